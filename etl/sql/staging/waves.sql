-- grain: one row per series, edition and year with figures
create table staging.waves as
select
    figures.series_id,
    figures.edition,
    figures.year,
    coalesce(bool_or(waves.exceptional), false) as exceptional,
    count(*) as figures
from staging.figures as figures
left join metrics_waves as waves using (year)
where figures.value is not null
group by figures.series_id, figures.edition, figures.year;
