"""How old the figures are, what is new, and what comes next."""

from __future__ import annotations

from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection

from dashboard.queries.in_use import IN_USE


def measured_years(cursor: DuckDBPyConnection, *, municipality: str, language: str) -> pd.DataFrame:
    """Return the years of the main series that has figures of a municipality, oldest first.

    They are those of the edition in use for it.
    """
    return cursor.execute(
        "with "
        + IN_USE
        + """,
        main_series as (
            select e.series_id, e.edition
            from marts.estimates e
            join marts.series s using (series_id)
            join in_use on in_use.series_id = e.series_id and in_use.edition = e.edition
            where e.region_code = $municipality and e.value is not null
            order by s.sort_order
            limit 1
        )
        select w.series_id, w.edition, w.year, w.exceptional, t.text as label
        from marts.waves w
        join main_series using (series_id, edition)
        left join marts.texts t
          on t.subject = 'wave' and t.subject_id = cast(w.year as varchar)
         and t.field = 'label' and t.language = $language
        where w.figures > 0
        order by w.year
        """,
        {"municipality": municipality, "language": language},
    ).df()


def newer_elsewhere(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return the other series whose figures of a municipality are newer than its main series."""
    return cursor.execute(
        """
        with found as (
            select e.series_id, s.sort_order, max(e.year) as year
            from marts.estimates e
            join marts.series s using (series_id)
            where e.region_code = $municipality and e.value is not null
            group by all
        )
        select found.series_id, found.year, t.text as label
        from found
        join marts.texts t
          on t.subject = 'series' and t.subject_id = found.series_id
         and t.field = 'label' and t.language = $language
        where found.year > (select arg_min(year, sort_order) from found)
        order by found.sort_order
        """,
        {"municipality": municipality, "language": language},
    ).df()


def newer_editions(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the newest known edition of every series that uses an older one, with its producer."""
    return cursor.execute(
        """
        select newest.series_id, newest.edition, s.producer
        from marts.editions newest
        join marts.editions used using (series_id)
        join marts.series s using (series_id)
        where newest.newest_rank = 0 and not newest.is_loaded and used.is_current
        order by s.sort_order
        """
    ).df()


def new_years(cursor: DuckDBPyConnection, *, since: date) -> pd.DataFrame:
    """Return the years with figures that builds since a date added, oldest first."""
    return cursor.execute(
        """
        with changed as (
            select unnest(cast(json_extract(detail, '$.figures') as json[])) as figure
            from marts.history
            where replaced_at >= ?
        )
        select distinct cast(figure ->> 'year' as smallint) as year
        from changed
        where cast(figure ->> 'added' as integer) > 0
        order by year
        """,
        [since],
    ).df()
