-- grain: one row per figure and file; precedence 1 is the one in use
-- fetched goes before inbox, inbox before shipped, the newest retrieval first, then the file name so that the order is total
create table staging.ranked_figures as
with files as (
    select
        series_id,
        edition,
        file,
        origin,
        row_number() over (
            partition by series_id, edition
            order by
                case origin when 'fetched' then 0 when 'inbox' then 1 else 2 end,
                retrieved_at desc nulls last,
                file
        ) as file_rank
    from raw_sources
)
select
    figures.* exclude (region_name, "row"),
    files.origin,
    row_number() over (
        partition by series_id, edition, region_code, indicator, age_group, year
        order by files.file_rank
    ) as precedence
from raw_figures as figures
join files using (series_id, edition, file);
