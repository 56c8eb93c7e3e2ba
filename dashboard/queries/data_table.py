"""The long table: every figure of a municipality, one row each, in words."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection


def figures(cursor: DuckDBPyConnection, *, municipality: str, language: str) -> pd.DataFrame:
    """Return every figure of a municipality in every edition, those without a value included."""
    return cursor.execute(
        """
        with labels as (
            select subject, subject_id, text
            from marts.texts
            where field = 'label' and language = $language
        )
        select
            e.series_id, e.edition, e.indicator, e.age_group, cast(e.year as integer) as year,
            e.value, e.margin_lower, e.margin_upper, e.sample_size, e.rounding_step,
            e.obs_status, e.is_current_edition, e.source_ref,
            indicator_label.text as indicator_label,
            age_label.text as age_label,
            series_label.text as series_label
        from marts.estimates e
        join marts.indicators i using (indicator)
        join marts.series s using (series_id)
        join marts.age_groups a using (age_group)
        left join labels indicator_label
          on indicator_label.subject = 'indicator' and indicator_label.subject_id = e.indicator
        left join labels age_label
          on age_label.subject = 'age_group' and age_label.subject_id = e.age_group
        left join labels series_label
          on series_label.subject = 'series' and series_label.subject_id = e.series_id
        where e.region_code = $municipality
        order by
            i.sort_order, a.sort_order, s.sort_order, e.is_current_edition desc, e.edition, e.year
        """,
        {"municipality": municipality, "language": language},
    ).df()


def columns(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the columns of the two tables that files are made of, with type and meaning."""
    return cursor.execute(
        """
        select c.table_name, c.column_name, c.data_type, c.comment as description
        from duckdb_columns() c
        where c.schema_name = 'marts' and c.database_name = current_database()
          and c.table_name in ('estimates', 'assessments')
        order by c.table_name desc, c.column_index
        """
    ).df()
