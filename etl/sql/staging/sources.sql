-- grain: one row per loaded file and edition
create view staging.sources as
select
    delivered.series_id,
    delivered.edition,
    delivered.file,
    delivered.origin,
    delivered.title,
    series.producer,
    series.method,
    series.scale,
    series.licence,
    delivered.url,
    delivered.retrieved_at,
    delivered.modified,
    delivered.sha256,
    delivered.figures
from raw_sources as delivered
join metrics_series as series using (series_id);
