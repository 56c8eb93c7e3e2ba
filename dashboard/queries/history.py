"""What earlier builds held otherwise: new figures, corrections, changed verdicts."""

from __future__ import annotations

from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection


def changed_figures(cursor: DuckDBPyConnection, *, since: date, language: str) -> pd.DataFrame:
    """Return per series, edition and year how many figures were added, corrected and removed.

    Of all builds that replaced another on or after `since`; what came and went again counts twice.
    """
    return cursor.execute(
        """
        with changed as (
            select unnest(cast(json_extract(detail, '$.figures') as json[])) as figure
            from marts.history
            where replaced_at >= $since
        )
        select
            figure ->> 'series_id' as series_id,
            figure ->> 'edition' as edition,
            cast(figure ->> 'year' as integer) as year,
            coalesce(t.text, figure ->> 'series_id') as series_label,
            cast(sum(cast(figure ->> 'added' as integer)) as integer) as added,
            cast(sum(cast(figure ->> 'corrected' as integer)) as integer) as corrected,
            cast(sum(cast(figure ->> 'removed' as integer)) as integer) as removed
        from changed
        left join marts.series s on s.series_id = figure ->> 'series_id'
        left join marts.texts t
          on t.subject = 'series' and t.subject_id = figure ->> 'series_id'
         and t.field = 'label' and t.language = $language
        group by all
        order by min(s.sort_order), edition, year
        """,
        {"since": since, "language": language},
    ).df()


def changed_verdicts(cursor: DuckDBPyConnection, *, since: date, municipality: str) -> pd.DataFrame:
    """Return the targets of a municipality whose verdict is another than it was on `since`."""
    return cursor.execute(
        """
        with changed as (
            select
                replaced_at,
                unnest(cast(json_extract(detail, '$.verdicts') as json[])) as verdict
            from marts.history
            where replaced_at >= $since
        )
        select
            t.target_id,
            arg_min(verdict ->> 'before', replaced_at) as before,
            arg_max(verdict ->> 'after', replaced_at) as after
        from changed
        join marts.targets t on t.target_id = verdict ->> 'target_id'
        where t.region_code = $municipality
        group by t.target_id, t.sort_order
        having before <> after
        order by t.sort_order
        """,
        {"since": since, "municipality": municipality},
    ).df()


def first_build(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the day of the oldest build that is remembered: one row."""
    return cursor.execute(
        """
        select cast(min(built_at) as date) as first_day
        from (select built_at from marts.history union all select built_at from marts.build)
        """
    ).df()
