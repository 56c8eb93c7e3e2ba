-- grain: one row per figure in use, with its standard error
create view staging.estimates as
select figures.* exclude (file, design_effect), editions.is_current as is_current_edition
from computed_estimates as figures
join staging.editions as editions using (series_id, edition);
