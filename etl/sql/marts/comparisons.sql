-- grain: one row per assessment and comparator (country, GGD region)
create table marts.comparisons (
    target_id varchar not null,
    series_id varchar not null,
    as_of_year smallint not null,
    comparator varchar not null check (comparator in ('country', 'ggd_region')),
    region_code varchar not null,
    baseline_value double, baseline_year smallint,
    latest_value double, latest_year smallint,
    change_pp double, change_ci_lower double, change_ci_upper double,
    z_change double,
    difference_logit double,
    z_difference double,
    primary key (target_id, series_id, as_of_year, comparator)
);
comment on table marts.comparisons is 'The change of the country and of the GGD region over the same waves of the same series and edition';
comment on column marts.comparisons.target_id is 'Target';
comment on column marts.comparisons.series_id is 'Series';
comment on column marts.comparisons.as_of_year is 'Wave';
comment on column marts.comparisons.comparator is 'country or ggd_region';
comment on column marts.comparisons.region_code is 'Region compared with';
comment on column marts.comparisons.baseline_value is 'Its value in the baseline year, percent';
comment on column marts.comparisons.baseline_year is 'Baseline year';
comment on column marts.comparisons.latest_value is 'Its value at this wave, percent';
comment on column marts.comparisons.latest_year is 'Year of this wave';
comment on column marts.comparisons.change_pp is 'Its change, percentage points';
comment on column marts.comparisons.change_ci_lower is 'Lower limit of the 95% interval of that change';
comment on column marts.comparisons.change_ci_upper is 'Upper limit of the 95% interval of that change';
comment on column marts.comparisons.z_change is 'Test of its change; positive is better';
comment on column marts.comparisons.difference_logit is 'Change of the municipality minus its change, logit scale, positive is better for the municipality';
comment on column marts.comparisons.z_difference is 'Test of that difference; null where a margin is missing';
insert into marts.comparisons by name select * from computed_comparisons;
