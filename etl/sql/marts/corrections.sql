-- grain: one row per figure that two editions or two files give differently
create table marts.corrections (
    series_id varchar not null,
    region_code varchar not null,
    indicator varchar not null,
    age_group varchar not null,
    year smallint not null,
    kind varchar not null check (kind in ('edition', 'file')),
    former_source varchar not null,
    source varchar not null,
    former_value double,
    value double,
    difference_pp double,
    former_obs_status varchar not null,
    obs_status varchar not null,
    primary key (series_id, region_code, indicator, age_group, year, kind, former_source, source)
);
comment on table marts.corrections is 'The same figure in two editions, or in two files of one edition, with different values';
comment on column marts.corrections.series_id is 'Series';
comment on column marts.corrections.region_code is 'Region';
comment on column marts.corrections.indicator is 'Indicator';
comment on column marts.corrections.age_group is 'Age group';
comment on column marts.corrections.year is 'Year';
comment on column marts.corrections.kind is 'edition: a newer edition re-estimates it; file: a newer file replaces it';
comment on column marts.corrections.former_source is 'Edition or file that gave the former value';
comment on column marts.corrections.source is 'Edition or file that gives the value in use';
comment on column marts.corrections.former_value is 'Former value, percent';
comment on column marts.corrections.value is 'Value in use, percent';
comment on column marts.corrections.difference_pp is 'Value minus former value, percentage points';
comment on column marts.corrections.former_obs_status is 'Former status';
comment on column marts.corrections.obs_status is 'Status in use';
insert into marts.corrections by name select * from staging.corrections;
