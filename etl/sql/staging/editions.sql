-- grain: one row per series and edition, listed in metrics.yaml or loaded
-- an edition found in the catalogue and not yet listed is newer than every listed one
-- complete: at least nine tenths of the regions of the fullest edition of its series
create table staging.editions as
with loaded as (
    select series_id, edition, count(distinct region_code) as regions
    from staging.figures
    where value is not null
    group by all
),
known as (
    select series_id, edition, newest_rank, 1 as is_listed, null as modified from metrics_editions
    union all
    select series_id, edition, null, 0, max(modified)
    from raw_sources
    anti join metrics_editions using (series_id, edition)
    group by series_id, edition
),
ranked as (
    select
        series_id,
        edition,
        row_number() over (
            partition by series_id
            order by is_listed, newest_rank, modified desc nulls last, edition desc
        ) - 1 as newest_rank
    from known
),
fullness as (
    select
        ranked.*,
        loaded.regions is not null as is_loaded,
        coalesce(loaded.regions, 0) >= 0.9 * max(loaded.regions) over (partition by series_id) as is_complete
    from ranked
    left join loaded using (series_id, edition)
)
select
    series_id,
    edition,
    newest_rank,
    is_loaded,
    is_loaded and is_complete and newest_rank = min(newest_rank) filter (where is_loaded and is_complete) over (partition by series_id) as is_current
from fullness;
