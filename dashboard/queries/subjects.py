"""What a page can be about: the series, indicators, age groups and years that have figures."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from dashboard.queries.in_use import IN_USE

OFFERED = (
    "with "
    + IN_USE
    + """,
labels as (
    select subject, subject_id, text
    from marts.texts
    where field = 'label' and language = $language
),
promised as (
    select a.series_id, t.indicator, a.age_group,
           min(t.sort_order) as promised_order, list(t.target_id) as targets
    from marts.assessments a
    join marts.targets t using (target_id)
    where a.is_headline and a.is_current and t.region_code = $municipality
    group by all
)
select
    e.series_id, e.edition, e.indicator, e.age_group, e.year,
    nullif(in_use.edition, e.edition) as newer_edition,
    s.method, i.scale, i.sort_order as indicator_order, a.sort_order as age_order,
    coalesce(promised.targets, []) as targets,
    exists (
        from marts.estimates country
        where country.region_code = 'NL01' and country.value is not null
          and country.series_id = e.series_id and country.edition = e.edition
          and country.indicator = e.indicator and country.age_group = e.age_group
          and country.year = e.year
    ) as has_country,
    indicator_label.text as indicator_label,
    age_label.text as age_label,
    series_label.text as series_label,
    source_line.text as source_line,
    (select max(retrieved_at) from marts.sources f
     where f.series_id = e.series_id and f.edition = e.edition) as retrieved_at
from (
    select distinct series_id, edition, indicator, age_group, year
    from marts.estimates
    join marts.regions using (region_code)
    where value is not null
      and case when $comparable then is_current_edition
          else (series_id, edition) in (select (series_id, edition) from in_use) end
      and ((not $below and region_code = $municipality)
           or ($below and municipality_code = $municipality
               and region_level in ('district', 'neighbourhood')))
) e
join marts.indicators i using (indicator)
join marts.series s using (series_id)
join marts.age_groups a using (age_group)
left join promised using (series_id, indicator, age_group)
join in_use on in_use.series_id = e.series_id
left join labels indicator_label
  on indicator_label.subject = 'indicator' and indicator_label.subject_id = e.indicator
left join labels age_label
  on age_label.subject = 'age_group' and age_label.subject_id = e.age_group
left join labels series_label
  on series_label.subject = 'series' and series_label.subject_id = e.series_id
left join marts.texts source_line
  on source_line.subject = 'series' and source_line.subject_id = e.series_id
 and source_line.field = 'source_line' and source_line.language = $language
order by
    has_country desc, promised_order nulls last,
    s.sort_order, i.sort_order, a.sort_order, e.year desc
"""
)
"""Subjects of a municipality, or of its districts and neighbourhoods: first those that the country
has too, and of them what was promised."""


def of_municipality(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return what a municipality has figures of: what it promised first, newest year first."""
    return _offered(cursor, municipality=municipality, language=language)


def to_compare(cursor: DuckDBPyConnection, *, municipality: str, language: str) -> pd.DataFrame:
    """Return what a municipality and the others have figures of, in editions of the whole country.

    `newer_edition` names an edition that is in use for the municipality and not for the others.
    """
    return _offered(cursor, municipality=municipality, language=language, comparable=True)


def of_neighbourhoods(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return what the districts and neighbourhoods of a municipality have figures of."""
    return _offered(
        cursor, municipality=municipality, language=language, comparable=True, below=True
    )


def _offered(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    language: str,
    comparable: bool = False,
    below: bool = False,
) -> pd.DataFrame:
    asked = {"municipality": municipality, "language": language}
    return cursor.execute(OFFERED, {**asked, "comparable": comparable, "below": below}).df()
