-- grain: one row per source, kind of event, code and facts
create view staging.load_report as
select source, kind, sum(count)::bigint as count, code, facts, detail
from raw_load_notes
group by source, kind, code, facts, detail
union all
select source, 'refused', count(*), code, facts, reason
from (select distinct source, "row", code, facts, reason from raw_rejected_rows)
group by source, code, facts, reason;
