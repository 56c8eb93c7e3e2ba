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
-- editions are compared as they were written just before: read sooner than what they came from
insert into marts.corrections by name
with between_files as (
    select
        in_use.series_id, in_use.region_code, in_use.indicator, in_use.age_group, in_use.year,
        'file' as kind,
        former.file as former_source, in_use.file as source,
        former.value as former_value, in_use.value as value,
        former.obs_status as former_obs_status, in_use.obs_status as obs_status
    from staging.contested_figures as in_use
    join staging.contested_figures as former using (series_id, edition, region_code, indicator, age_group, year)
    where in_use.precedence = 1 and former.precedence > 1
),
loaded_editions as (
    select
        series_id,
        edition,
        lead(edition) over (partition by series_id order by newest_rank) as former_edition
    from staging.editions
    where is_loaded
),
between_editions as (
    select
        newer.series_id, newer.region_code, newer.indicator, newer.age_group, newer.year,
        'edition' as kind,
        former.edition as former_source, newer.edition as source,
        former.value as former_value, newer.value as value,
        former.obs_status as former_obs_status, newer.obs_status as obs_status
    from loaded_editions
    join marts.estimates as newer using (series_id, edition)
    join marts.estimates as former
        on former.series_id = newer.series_id
        and former.edition = loaded_editions.former_edition
        and former.region_code = newer.region_code
        and former.indicator = newer.indicator
        and former.age_group = newer.age_group
        and former.year = newer.year
)
select *, value - former_value as difference_pp
from (from between_files union all from between_editions)
where value is distinct from former_value or (obs_status <> former_obs_status and value is not null);
