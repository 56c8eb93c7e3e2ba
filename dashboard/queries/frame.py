"""What the frame around every page asks: the build, the choices, the words of the installation."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from dashboard.queries.in_use import IN_USE


def build(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the one row of the build: id, moment, newest year, next wave."""
    return cursor.execute("from marts.build").df()


def municipalities(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the municipalities that exist and have figures or targets; those with targets first.

    Sorted by name within both, without a ranking.
    """
    return cursor.execute(
        """
        select
            region_code, region_name, has_targets,
            (select count(*) from marts.targets t where t.region_code = r.region_code) as targets
        from marts.regions r
        where region_level = 'municipality'
          and (has_targets
               or (exists_in_2024
                   and region_code in (
                       select region_code from marts.estimates where value is not null)))
        order by has_targets desc, strip_accents(lower(ltrim(region_name, '''s- ')))
        """
    ).df()


def targets(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the id, municipality and order of every target."""
    return cursor.execute(
        "select target_id, region_code from marts.targets order by sort_order"
    ).df()


def age_groups(cursor: DuckDBPyConnection, *, language: str) -> pd.DataFrame:
    """Return the age groups with their labels, in order."""
    return cursor.execute(
        """
        select a.age_group, t.text as label
        from marts.age_groups a
        left join marts.texts t
          on t.subject = 'age_group' and t.subject_id = a.age_group
         and t.field = 'label' and t.language = ?
        order by a.sort_order
        """,
        [language],
    ).df()


def indicators(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the indicators, in order."""
    return cursor.execute("select indicator from marts.indicators order by sort_order").df()


def years(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the years that have a figure, or that a plan or the press quotes one of."""
    return cursor.execute(
        """
        select year from marts.waves
        union
        select year from marts.quoted_figures where year is not null
        order by year
        """
    ).df()


def series(cursor: DuckDBPyConnection, *, language: str) -> pd.DataFrame:
    """Return the series with their labels, in order."""
    return cursor.execute(
        """
        select s.series_id, s.method, t.text as label
        from marts.series s
        left join marts.texts t
          on t.subject = 'series' and t.subject_id = s.series_id
         and t.field = 'label' and t.language = ?
        order by s.sort_order
        """,
        [language],
    ).df()


def texts(cursor: DuckDBPyConnection, *, subject: str, language: str) -> pd.DataFrame:
    """Return all words of a subject, such as `site`: id, field and text."""
    return cursor.execute(
        """
        select subject_id, field, text
        from marts.texts
        where subject = ? and language = ?
        order by subject_id, field
        """,
        [subject, language],
    ).df()


def plan(cursor: DuckDBPyConnection, *, municipality: str, language: str) -> pd.DataFrame:
    """Return the plan, coalition, aims, pillars, partners, meetings and notes of a municipality."""
    return cursor.execute(
        """
        select item_kind, item_id, position, text, start_year, end_year, noted_on, about, source
        from marts.plans
        where region_code = ? and language = ?
        order by item_kind, position
        """,
        [municipality, language],
    ).df()


def editions_in_use(
    cursor: DuckDBPyConnection, *, municipality: str | None, language: str
) -> pd.DataFrame:
    """Return the edition in use of every model's series that has figures, with the series' label.

    For a municipality its own, else the current one of the country.
    """
    return cursor.execute(
        "with "
        + IN_USE
        + """
        select
            e.series_id, e.edition, coalesce(t.text, s.producer, s.series_id) as label,
            (select max(w.year) from marts.waves w
             where w.series_id = e.series_id and w.edition = e.edition and w.figures > 0
            ) as latest_year
        from in_use e
        join marts.series s using (series_id)
        left join marts.texts t
          on t.subject = 'series' and t.subject_id = e.series_id
         and t.field = 'label' and t.language = $language
        where s.method = 'model'
        order by s.sort_order
        """,
        {"municipality": municipality, "language": language},
    ).df()
