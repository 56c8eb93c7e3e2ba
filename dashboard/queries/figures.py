"""Published figures: over time, per age group, and which waves may be compared."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

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
    """Return every figure of a municipality in the current editions, with its words."""
    return cursor.execute(
        """
        with labels as (
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
        where e.region_code = $municipality and e.is_current_edition
        order by s.sort_order, i.sort_order, a.sort_order, e.year
        """,
        {"municipality": municipality, "language": language},
    ).df()


def waves(cursor: DuckDBPyConnection, *, series_id: str, language: str) -> pd.DataFrame:
    """Return the measured years of a series in its current edition; label where exceptional."""
    return cursor.execute(
        """
        select w.year, w.exceptional, t.text as label
        from marts.waves w
        join marts.editions e using (series_id, edition)
        left join marts.texts t
          on t.subject = 'wave' and t.subject_id = cast(w.year as varchar)
         and t.field = 'label' and t.language = ?
        where w.series_id = ? and e.is_current
        order by w.year
        """,
        [language, series_id],
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
