"""What files hold: the figures of a municipality, the sources, and the codebook of the tables."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection


def figures(cursor: DuckDBPyConnection, *, municipality: str, language: str) -> pd.DataFrame:
    """Return every figure of a municipality in every edition, with what must travel with it.

    Columns are those of marts.estimates, and region_name, producer, method, licence, the words of
    the source (`source_line`, not filled in yet) and of the age group (`age_label`), and the day of
    retrieval.
    """
    return cursor.execute(
        """
        with retrieved as (
            select series_id, edition, max(retrieved_at) as retrieved_at
            from marts.sources
            group by series_id, edition
        )
        select
            e.*, r.region_name, s.producer, s.method, s.licence, t.text as source_line,
            age.text as age_label, retrieved.retrieved_at
        from marts.estimates e
        join marts.regions r using (region_code)
        join marts.series s using (series_id)
        join marts.indicators i using (indicator)
        join marts.age_groups a using (age_group)
        left join retrieved using (series_id, edition)
        left join marts.texts t
          on t.subject = 'series' and t.subject_id = e.series_id
         and t.field = 'source_line' and t.language = $language
        left join marts.texts age
          on age.subject = 'age_group' and age.subject_id = e.age_group
         and age.field = 'label' and age.language = $language
        where e.region_code = $municipality
        order by s.sort_order, e.edition, i.sort_order, a.sort_order, e.year
        """,
        {"municipality": municipality, "language": language},
    ).df()


def sources(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the loaded files: series, edition, title, producer, licence, retrieval, checksum."""
    return cursor.execute("from marts.sources order by series_id, edition, file").df()


def codebook(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return every published column: table, column, type, whether it may be empty, meaning."""
    return cursor.execute(
        """
        select
            c.table_name, c.column_name, c.data_type, c.is_nullable, c.comment as description
        from duckdb_columns() c
        where c.schema_name = 'marts' and c.database_name = current_database()
        order by c.table_name, c.column_index
        """
    ).df()


def municipality_named(cursor: DuckDBPyConnection, *, municipality: str) -> pd.DataFrame:
    """Return code, name and whether it has targets; no row for a code that is none."""
    return cursor.execute(
        """
        select region_code, region_name, has_targets
        from marts.regions
        where region_level = 'municipality' and region_code = ?
        """,
        [municipality],
    ).df()
