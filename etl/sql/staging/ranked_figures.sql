-- grain: one row per figure and file; precedence 1 is the one in use
-- fetched goes before inbox, inbox before shipped, the newest retrieval first, then the file name so that the order is total
-- an edition from one file has nothing to rank, which spares a whole country of neighbourhoods the sorting
create table staging.ranked_figures as
with files as (
    select
        series_id,
        edition,
        file,
        origin,
        count(*) over (partition by series_id, edition) = 1 as is_only_file,
        row_number() over (
            partition by series_id, edition
            order by
                case origin when 'fetched' then 0 when 'inbox' then 1 else 2 end,
                retrieved_at desc nulls last,
                file
        ) as file_rank
    from raw_sources
),
placed as (
    select figures.* exclude (region_name, "row"), files.origin, files.is_only_file, files.file_rank
    from computed_figures as figures
    join files using (series_id, edition, file)
)
select * exclude (is_only_file, file_rank), 1 as precedence
from placed
where is_only_file
union all by name
select
    * exclude (is_only_file, file_rank),
    row_number() over (
        partition by series_id, edition, region_code, indicator, age_group, year
        order by file_rank
    ) as precedence
from placed
where not is_only_file;
