-- grain: one row per figure and file, for editions that come from several files; precedence 1 is the one in use
create table staging.contested_figures as
select
    figures.* exclude (region_name, "row"),
    files.origin,
    row_number() over (
        partition by series_id, edition, region_code, indicator, age_group, year
        order by files.file_rank
    ) as precedence
from computed_figures as figures
join staging.files as files using (series_id, edition, file)
where files.is_contested;
