-- grain: one row per figure in use: series, edition, region, indicator, age group and year
-- an edition from one file has nothing to rank, so a whole country of neighbourhoods is not copied
create view staging.figures as
select figures.* exclude (region_name, "row"), files.origin
from computed_figures as figures
join staging.files as files using (series_id, edition, file)
where not files.is_contested
union all by name
select * exclude (precedence)
from staging.contested_figures
where precedence = 1;
