-- grain: one row per figure in use that a verdict, a comparison or the calibration may rest on
-- districts and neighbourhoods without targets are a hundred times as many and are judged by nobody
create view staging.assessed_estimates as
select estimates.*
from staging.estimates as estimates
join staging.regions as regions using (region_code)
where regions.has_targets or regions.region_level not in ('district', 'neighbourhood');
