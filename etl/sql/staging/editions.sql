-- grain: one row per series and edition, listed in metrics.yaml or loaded
-- an edition found in the catalogue and not yet listed is newer than every listed one
-- complete: at least nine tenths of the municipalities of the fullest edition of its series, or of
-- its regions where no edition has municipalities; neighbourhoods are optional and do not count
create table staging.editions as
with loaded as (
    select
        series_id,
        edition,
        count(*) filter (where region_code[1:2] = 'GM') as municipalities,
        count(*) as regions
    from (select distinct series_id, edition, region_code from staging.figures where value is not null)
    group by series_id, edition
),
known as (
    select series_id, edition, newest_rank, 1 as is_listed, null as modified from metrics_editions
    union all
    select series_id, edition, null, 0, max(modified)
    from (
        select series_id, edition, modified from raw_sources
        union all
        select series_id, edition, modified from raw_newest_tables
    )
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
        case when max(loaded.municipalities) over (partition by series_id) > 0
            then coalesce(loaded.municipalities, 0) >= 0.9 * max(loaded.municipalities) over (partition by series_id)
            else coalesce(loaded.regions, 0) >= 0.9 * max(loaded.regions) over (partition by series_id)
        end as is_complete
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
