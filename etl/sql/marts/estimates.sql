-- grain: one row per published figure: series, edition, region, indicator, age group and year
create table marts.estimates (
    series_id varchar not null,
    edition varchar not null,
    region_code varchar not null,
    indicator varchar not null,
    age_group varchar not null,
    year smallint not null check (year between 2000 and 2100),
    value double check (value between 0 and 100),
    ci_lower double check (ci_lower between 0 and 100),
    ci_upper double check (ci_upper between 0 and 100),
    standard_error double check (standard_error > 0),
    se_method varchar not null check (se_method in ('published', 'interval', 'sample_size', 'none')),
    logit_standard_error double check (logit_standard_error > 0),
    margin_lower double check (margin_lower between 0 and 100),
    margin_upper double check (margin_upper between 0 and 100),
    sample_size integer check (sample_size >= 0),
    rounding_step double not null check (rounding_step > 0),
    obs_status varchar not null check (obs_status in ('normal', 'provisional', 'revised_provisional', 'estimated', 'break', 'unreliable', 'suppressed', 'missing', 'not_applicable')),
    is_current_edition boolean not null,
    origin varchar not null check (origin in ('fetched', 'inbox', 'shipped')),
    source_ref varchar not null,
    note varchar,
    check (value is not null or obs_status in ('suppressed', 'missing', 'not_applicable')),
    check (value is null or obs_status not in ('suppressed', 'missing', 'not_applicable')),
    check (ci_lower < ci_upper),
    check (value between ci_lower and ci_upper),
    check ((logit_standard_error is null) = (se_method = 'none'))
);
comment on table marts.estimates is 'Published figures with their uncertainty, or the fact that none was published';
comment on column marts.estimates.series_id is 'Series';
comment on column marts.estimates.edition is 'Edition; figures of two editions are never compared';
comment on column marts.estimates.region_code is 'Region';
comment on column marts.estimates.indicator is 'Indicator';
comment on column marts.estimates.age_group is 'Age group';
comment on column marts.estimates.year is 'Year of the wave';
comment on column marts.estimates.value is 'Percentage, 0 to 100, as published; null where obs_status says why';
comment on column marts.estimates.ci_lower is 'Lower limit of the published 95% interval, percent';
comment on column marts.estimates.ci_upper is 'Upper limit of the published 95% interval, percent';
comment on column marts.estimates.standard_error is 'Published standard error, percentage points';
comment on column marts.estimates.se_method is 'What the tested standard error comes from: published, interval, sample_size (assumed design effect), none (not tested)';
comment on column marts.estimates.logit_standard_error is 'Standard error on the logit scale, rounding included; null where not tested';
comment on column marts.estimates.margin_lower is 'Lower limit of the 95% margin to show, percent; as published, else from the standard error';
comment on column marts.estimates.margin_upper is 'Upper limit of the 95% margin to show, percent';
comment on column marts.estimates.sample_size is 'Respondents';
comment on column marts.estimates.rounding_step is 'Step to which the figure was rounded when published, percentage points';
comment on column marts.estimates.obs_status is 'SDMX observation status in words';
comment on column marts.estimates.is_current_edition is 'Whether the edition is the newest complete one of the series';
comment on column marts.estimates.origin is 'fetched, inbox or shipped';
comment on column marts.estimates.source_ref is 'Table or publication the figure stands in';
comment on column marts.estimates.note is 'What to know about the figure';
-- sources deliver their figures region by region, and rows keep that order: a page asks for one region
insert into marts.estimates by name select * from staging.estimates;
-- added last: keys that are made at once take half the time of keys made row by row
alter table marts.estimates add primary key (series_id, edition, region_code, indicator, age_group, year);
