-- grain: one row per file and edition; of the files of an edition, rank 1 goes first
-- fetched goes before inbox, inbox before shipped, the newest retrieval first, then the file name so that the order is total
create table staging.files as
select
    series_id,
    edition,
    file,
    origin,
    count(*) over (partition by series_id, edition) > 1 as is_contested,
    row_number() over (
        partition by series_id, edition
        order by
            case origin when 'fetched' then 0 when 'inbox' then 1 else 2 end,
            retrieved_at desc nulls last,
            file
    ) as file_rank
from raw_sources;
