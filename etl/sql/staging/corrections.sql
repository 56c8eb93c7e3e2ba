-- grain: one row per figure that two files of one edition, or two successive editions, give differently
create view staging.corrections as
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
    join staging.figures as newer using (series_id, edition)
    join staging.figures as former
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
