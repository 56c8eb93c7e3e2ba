-- grain: one row per earlier build; the newest of them compared with the draft
-- `previous` is the build in use, attached read only
create table staging.history as
with figure_changes as (
    select
        coalesce(now.series_id, before.series_id) as series_id,
        coalesce(now.edition, before.edition) as edition,
        coalesce(now.year, before.year) as year,
        count(*) filter (where before.year is null) as added,
        count(*) filter (where before.year is not null and now.year is not null) as corrected,
        count(*) filter (where now.year is null) as removed
    from marts.estimates as now
    full join previous.marts.estimates as before
        using (series_id, edition, region_code, indicator, age_group, year)
    where now.value is distinct from before.value
        or now.ci_lower is distinct from before.ci_lower
        or now.ci_upper is distinct from before.ci_upper
        or now.obs_status is distinct from before.obs_status
    group by 1, 2, 3
),
verdict_changes as (
    select now.target_id, targets.region_code, before.code as before, now.code as after
    from marts.assessments as now
    join marts.targets as targets using (target_id)
    join previous.marts.assessments as before using (target_id)
    where now.is_headline and now.is_current and before.is_headline and before.is_current
        and now.code <> before.code
),
summary as (
    select
        coalesce((select sum(added) from figure_changes), 0)::integer as figures_added,
        coalesce((select sum(corrected) from figure_changes), 0)::integer as figures_corrected,
        coalesce((select sum(removed) from figure_changes), 0)::integer as figures_removed,
        (select count(*) from verdict_changes)::integer as verdicts_changed,
        to_json({
            'figures': coalesce((select list(change order by series_id, edition, year) from figure_changes as change), []),
            'verdicts': coalesce((select list(change order by target_id) from verdict_changes as change), [])
        })::varchar as detail
)
select build_id, built_at, content_hash, latest_year, replaced_at, figures_added, figures_corrected, figures_removed, verdicts_changed, detail
from previous.marts.history
union all
select build.build_id, build.built_at, build.content_hash, build.latest_year, $built_at, summary.*
from previous.marts.build as build, summary;
