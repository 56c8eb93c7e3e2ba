-- grain: one row per source, kind of event and detail
create view staging.load_report as
select source, kind, sum(count)::bigint as count, detail
from raw_load_notes
group by source, kind, detail
union all
select source, 'refused', count(*), reason
from (select distinct source, "row", reason from raw_rejected_rows)
group by source, reason;
