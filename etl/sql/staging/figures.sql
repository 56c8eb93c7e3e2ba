-- grain: one row per figure in use: series, edition, region, indicator, age group and year
create view staging.figures as
select * exclude (precedence)
from staging.ranked_figures
where precedence = 1;
