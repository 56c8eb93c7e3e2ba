-- grain: one row per figure in use, with whether its edition is the current one
create view staging.estimates as
select figures.* exclude (file), editions.is_current as is_current_edition
from staging.figures as figures
join staging.editions as editions using (series_id, edition);
