"""What a page can be about: the series, indicators, age groups and years that have figures."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

OFFERED = """
with labels as (
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
    where is_current_edition and value is not null
      and ((not $below and region_code = $municipality)
           or ($below and municipality_code = $municipality
               and region_level in ('district', 'neighbourhood')))
) e
join marts.indicators i using (indicator)
join marts.series s using (series_id)
join marts.age_groups a using (age_group)
left join promised using (series_id, indicator, age_group)
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
"""Subjects of a municipality, or of its districts and neighbourhoods: first those that the country
has too, and of them what was promised."""


def of_municipality(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return what a municipality has figures of: what it promised first, newest year first."""
    return cursor.execute(
        OFFERED, {"municipality": municipality, "language": language, "below": False}
    ).df()


def of_neighbourhoods(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return what the districts and neighbourhoods of a municipality have figures of."""
    return cursor.execute(
        OFFERED, {"municipality": municipality, "language": language, "below": True}
    ).df()
