"""Figures per age group, with the target that each has, and the change that was shown for each."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from dashboard.queries.in_use import IN_USE

FIGURES = (
    "with "
    + IN_USE
    + """,
labels as (
    select subject, subject_id, text
    from marts.texts
    where field = 'label' and language = $language
),
promised as (
    select a.series_id, t.indicator, a.age_group, t.region_code, t.age_group as target_age_group,
           a.target_value, a.target_year, t.kind
    from marts.assessments a
    join marts.targets t using (target_id)
    where a.is_current
    qualify row_number() over (
        partition by a.series_id, t.indicator, a.age_group, t.region_code
        order by t.sort_order) = 1
)
select
    e.*, i.scale, i.direction, s.method, r.region_name,
    indicator_label.text as indicator_label,
    age_label.text as age_label,
    series_label.text as series_label,
    indicator_label.text || ', ' || age_label.text as figure_label,
    source_line.text as source_line,
    population.text as population,
    promised.target_value, promised.target_year, promised.kind,
    target_age_label.text as target_age_label,
    country.value as country_value,
    (select max(retrieved_at) from marts.sources f
     where f.series_id = e.series_id and f.edition = e.edition) as retrieved_at
from marts.estimates e
join marts.regions r using (region_code)
join marts.indicators i using (indicator)
join marts.series s using (series_id)
join marts.age_groups a using (age_group)
left join promised
  on promised.series_id = e.series_id and promised.indicator = e.indicator
 and promised.age_group = e.age_group and promised.region_code = e.region_code
left join marts.estimates country
  on country.series_id = e.series_id and country.edition = e.edition
 and country.region_code = 'NL01' and country.indicator = e.indicator
 and country.age_group = e.age_group and country.year = e.year
left join labels indicator_label
  on indicator_label.subject = 'indicator' and indicator_label.subject_id = e.indicator
left join labels age_label
  on age_label.subject = 'age_group' and age_label.subject_id = e.age_group
left join labels target_age_label
  on target_age_label.subject = 'age_group'
 and target_age_label.subject_id = promised.target_age_group
left join labels series_label
  on series_label.subject = 'series' and series_label.subject_id = e.series_id
left join marts.texts source_line
  on source_line.subject = 'series' and source_line.subject_id = e.series_id
 and source_line.field = 'source_line' and source_line.language = $language
left join marts.texts population
  on population.subject = 'series' and population.subject_id = e.series_id
 and population.field = 'population' and population.language = $language
semi join in_use on in_use.series_id = e.series_id and in_use.edition = e.edition
where e.region_code = $region and e.series_id = $series_id
  and ($indicator is null or e.indicator = $indicator)
"""
)
"""Figures of one region in one series, in the edition of $municipality, with target, country and
words."""


def newest_by_age(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    series_id: str,
    indicator: str | None,
    language: str,
) -> pd.DataFrame:
    """Return the newest figure of each age group (and indicator, where none is named)."""
    return cursor.execute(
        FIGURES
        + """
        and e.value is not null
        qualify row_number() over (
            partition by e.indicator, e.age_group order by e.year desc) = 1
        order by i.sort_order, a.sort_order
        """,
        {
            "municipality": municipality,
            "region": municipality,
            "series_id": series_id,
            "indicator": indicator,
            "language": language,
        },
    ).df()


def all_by_age(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    region: str,
    series_id: str,
    indicator: str,
    language: str,
) -> pd.DataFrame:
    """Return all waves of each age group, those without a published value included.

    Of `region`, which may be the country, in the edition in use for `municipality`: figures of two
    editions never stand in one chart.
    """
    return cursor.execute(
        FIGURES + " order by a.sort_order, e.year",
        {
            "municipality": municipality,
            "region": region,
            "series_id": series_id,
            "indicator": indicator,
            "language": language,
        },
    ).df()


def series_with_figures(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return the series that have figures of a municipality, each with its indicators in order."""
    return cursor.execute(
        "with "
        + IN_USE
        + """,
        measured as (
            select e.series_id, e.indicator, i.sort_order, count(distinct e.age_group) as age_groups
            from marts.estimates e
            join marts.indicators i using (indicator)
            semi join in_use on in_use.series_id = e.series_id and in_use.edition = e.edition
            where e.region_code = $municipality and e.value is not null
            group by e.series_id, e.indicator, i.sort_order
        )
        select
            m.series_id, s.method, t.text as label, any_value(p.text) as population,
            list(m.indicator order by m.sort_order) as indicators,
            max(m.age_groups) as age_groups
        from measured m
        join marts.series s using (series_id)
        left join marts.texts t
          on t.subject = 'series' and t.subject_id = m.series_id
         and t.field = 'label' and t.language = $language
        left join marts.texts p
          on p.subject = 'series' and p.subject_id = m.series_id
         and p.field = 'population' and p.language = $language
        group by m.series_id, s.method, t.text, s.sort_order
        order by s.sort_order
        """,
        {"municipality": municipality, "language": language},
    ).df()


def breakdown(
    cursor: DuckDBPyConnection, *, municipality: str, indicator: str, language: str
) -> pd.DataFrame:
    """Return the change per age group for the first target on an indicator, Holm-corrected."""
    return cursor.execute(
        """
        with judged as (
            select a.target_id, a.series_id, a.as_of_year, s.method
            from marts.assessments a
            join marts.targets t using (target_id)
            join marts.series s using (series_id)
            where t.region_code = ? and t.indicator = ? and a.is_headline and a.is_current
            order by t.sort_order
            limit 1
        )
        select b.*, judged.method, label.text as age_label
        from marts.age_breakdown b
        join judged using (target_id, series_id, as_of_year)
        join marts.age_groups g using (age_group)
        left join marts.texts label
          on label.subject = 'age_group' and label.subject_id = b.age_group
         and label.field = 'label' and label.language = ?
        order by g.sort_order
        """,
        [municipality, indicator, language],
    ).df()
