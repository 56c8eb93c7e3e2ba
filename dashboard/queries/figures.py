"""Published figures: over time, per age group, and which waves may be compared."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from dashboard.queries.in_use import IN_USE

COUNTRY = "NL01"


def estimates_over_time(
    cursor: DuckDBPyConnection,
    *,
    series_id: str,
    edition: str,
    indicator: str,
    age_group: str,
    regions: tuple[str, ...],
) -> pd.DataFrame:
    """Return all waves of one indicator and age group for some regions, from one edition."""
    return cursor.execute(
        """
        select e.*, r.region_name, r.region_level
        from marts.estimates e
        join marts.regions r using (region_code)
        where e.series_id = $series_id and e.edition = $edition and e.indicator = $indicator
          and e.age_group = $age_group and e.region_code in (select unnest($regions))
        order by list_position($regions, e.region_code), e.year
        """,
        {
            "series_id": series_id,
            "edition": edition,
            "indicator": indicator,
            "age_group": age_group,
            "regions": list(regions),
        },
    ).df()


def municipality_figures(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return every figure of a municipality in the editions in use for it, with its words."""
    return cursor.execute(
        "with "
        + IN_USE
        + """,
        labels as (
            select subject, subject_id, text
            from marts.texts
            where field = 'label' and language = $language
        )
        select
            e.*, i.direction, i.scale, s.method, s.producer, r.region_name,
            indicator_label.text as indicator_label,
            age_label.text as age_label,
            series_label.text as series_label,
            country.value as country_value
        from marts.estimates e
        join marts.regions r using (region_code)
        join marts.indicators i using (indicator)
        join marts.series s using (series_id)
        join marts.age_groups a using (age_group)
        left join marts.estimates country
          on country.series_id = e.series_id and country.edition = e.edition
         and country.region_code = 'NL01' and country.indicator = e.indicator
         and country.age_group = e.age_group and country.year = e.year
        left join labels indicator_label
          on indicator_label.subject = 'indicator' and indicator_label.subject_id = e.indicator
        left join labels age_label
          on age_label.subject = 'age_group' and age_label.subject_id = e.age_group
        left join labels series_label
          on series_label.subject = 'series' and series_label.subject_id = e.series_id
        semi join in_use on in_use.series_id = e.series_id and in_use.edition = e.edition
        where e.region_code = $municipality
        order by s.sort_order, i.sort_order, a.sort_order, e.year
        """,
        {"municipality": municipality, "language": language},
    ).df()


NEWEST_FIGURES = (
    "with "
    + IN_USE
    + """,
labels as (
    select subject, subject_id, text
    from marts.texts
    where field = 'label' and language = $language
)
select
    e.series_id, e.edition, e.indicator, e.age_group, e.year, e.value,
    e.margin_lower, e.margin_upper, e.rounding_step, e.obs_status, e.sample_size,
    s.method, i.scale, r.region_code, r.region_name,
    indicator_label.text as indicator_label,
    age_label.text as age_label,
    series_label.text as series_label,
    source_line.text as source_line,
    country.value as country_value,
    (select max(retrieved_at) from marts.sources f
     where f.series_id = e.series_id and f.edition = e.edition) as retrieved_at
from marts.estimates e
join marts.regions r using (region_code)
join marts.indicators i using (indicator)
join marts.series s using (series_id)
join marts.age_groups a using (age_group)
left join marts.estimates country
  on country.series_id = e.series_id and country.edition = e.edition
 and country.region_code = 'NL01' and country.indicator = e.indicator
 and country.age_group = e.age_group and country.year = e.year
left join labels indicator_label
  on indicator_label.subject = 'indicator' and indicator_label.subject_id = e.indicator
left join labels age_label
  on age_label.subject = 'age_group' and age_label.subject_id = e.age_group
left join labels series_label
  on series_label.subject = 'series' and series_label.subject_id = e.series_id
left join marts.texts source_line
  on source_line.subject = 'series' and source_line.subject_id = e.series_id
 and source_line.field = 'source_line' and source_line.language = $language
semi join in_use on in_use.series_id = e.series_id and in_use.edition = e.edition
where e.region_code = $municipality and e.value is not null
qualify row_number() over (
    partition by e.series_id, e.indicator, e.age_group order by e.year desc) = 1
order by s.sort_order, i.sort_order, a.sort_order
"""
)
"""The newest figure of each series, indicator and age group of a municipality, with its words."""


def newest_figures(cursor: DuckDBPyConnection, *, municipality: str, language: str) -> pd.DataFrame:
    """Return the newest figure of each series, indicator and age group, the country beside it."""
    return cursor.execute(
        NEWEST_FIGURES,
        {"municipality": municipality, "language": language},
    ).df()


def waves(
    cursor: DuckDBPyConnection, *, series_id: str, edition: str, language: str
) -> pd.DataFrame:
    """Return the measured years of a series in one edition; label where exceptional."""
    return cursor.execute(
        """
        select w.year, w.exceptional, t.text as label
        from marts.waves w
        left join marts.texts t
          on t.subject = 'wave' and t.subject_id = cast(w.year as varchar)
         and t.field = 'label' and t.language = ?
        where w.series_id = ? and w.edition = ?
        order by w.year
        """,
        [language, series_id, edition],
    ).df()


def breaks(
    cursor: DuckDBPyConnection, *, series_id: str, indicator: str, language: str
) -> pd.DataFrame:
    """Return the breaks of an indicator in a series, each with its reason."""
    return cursor.execute(
        """
        select b.year_before, b.year_after, b.severity, t.text as reason
        from marts.breaks b
        left join marts.texts t
          on t.subject = 'break' and t.subject_id = b.break_id
         and t.field = 'reason' and t.language = ?
        where b.series_id = ? and b.indicator = ?
        order by b.year_before
        """,
        [language, series_id, indicator],
    ).df()
