-- grain: one row per figure in use: series, edition, region, indicator, age group and year
create view staging.figures as
select ranked.* exclude (precedence), series.design_effect
from staging.ranked_figures as ranked
join metrics_series as series using (series_id)
where ranked.precedence = 1;
