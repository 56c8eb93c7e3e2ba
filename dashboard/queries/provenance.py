"""Where figures come from, what was done to them, and what every published column means."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection


def indicators(cursor: DuckDBPyConnection, *, language: str) -> pd.DataFrame:
    """Return every indicator that has figures, with label, definition and scale."""
    return cursor.execute(
        """
        select
            i.indicator, label.text as label, definition.text as definition,
            scale.text as scale_label
        from marts.indicators i
        left join marts.texts label
          on label.subject = 'indicator' and label.subject_id = i.indicator
         and label.field = 'label' and label.language = $language
        left join marts.texts definition
          on definition.subject = 'indicator' and definition.subject_id = i.indicator
         and definition.field = 'definition' and definition.language = $language
        left join marts.texts scale
          on scale.subject = 'scale' and scale.subject_id = i.scale
         and scale.field = 'label' and scale.language = $language
        where i.indicator in (select indicator from marts.estimates)
        order by i.sort_order
        """,
        {"language": language},
    ).df()


def series_in_words(cursor: DuckDBPyConnection, *, language: str) -> pd.DataFrame:
    """Return every series with its population, licence and the years that were measured."""
    return cursor.execute(
        """
        select
            s.series_id, s.method, s.producer, s.licence, label.text as label,
            population.text as population,
            (select list(distinct w.year order by w.year) from marts.waves w
             join marts.editions e using (series_id, edition)
             where w.series_id = s.series_id and e.is_current and w.figures > 0) as years
        from marts.series s
        left join marts.texts label
          on label.subject = 'series' and label.subject_id = s.series_id
         and label.field = 'label' and label.language = $language
        left join marts.texts population
          on population.subject = 'series' and population.subject_id = s.series_id
         and population.field = 'population' and population.language = $language
        order by s.sort_order
        """,
        {"language": language},
    ).df()


def sources(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return every loaded file: series, edition, title, producer, licence, address, checksum."""
    return cursor.execute(
        """
        select f.*
        from marts.sources f
        join marts.series s using (series_id)
        order by s.sort_order, f.edition, f.file
        """
    ).df()


def corrections(cursor: DuckDBPyConnection, *, limit: int, language: str) -> pd.DataFrame:
    """Return figures that a newer edition or file changed, the largest first, and their number."""
    return cursor.execute(
        """
        select
            c.*, r.region_name, i.text as indicator_label, a.text as age_label,
            count(*) over () as total
        from marts.corrections c
        join marts.regions r using (region_code)
        left join marts.texts i
          on i.subject = 'indicator' and i.subject_id = c.indicator
         and i.field = 'label' and i.language = $language
        left join marts.texts a
          on a.subject = 'age_group' and a.subject_id = c.age_group
         and a.field = 'label' and a.language = $language
        order by abs(c.difference_pp) desc nulls last, c.region_code, c.year
        limit $limit
        """,
        {"limit": limit, "language": language},
    ).df()


def calibration(cursor: DuckDBPyConnection, *, language: str) -> pd.DataFrame:
    """Return the check on the margins: z of the change over all municipalities."""
    return cursor.execute(
        """
        select c.*, i.text as indicator_label, a.text as age_label, s.text as series_label
        from marts.calibration c
        left join marts.texts i
          on i.subject = 'indicator' and i.subject_id = c.indicator
         and i.field = 'label' and i.language = $language
        left join marts.texts a
          on a.subject = 'age_group' and a.subject_id = c.age_group
         and a.field = 'label' and a.language = $language
        left join marts.texts s
          on s.subject = 'series' and s.subject_id = c.series_id
         and s.field = 'label' and s.language = $language
        order by c.series_id, c.edition, c.indicator, c.age_group, c.year_before
        """,
        {"language": language},
    ).df()


def load_report(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return what came in, was fixed, warned about and refused, per file."""
    return cursor.execute(
        """
        select source, kind, count, code, facts
        from marts.load_report
        order by source, kind, code, facts
        """
    ).df()


def names_in_report(cursor: DuckDBPyConnection, *, language: str) -> pd.DataFrame:
    """Return the words of the series, indicators, age groups and regions that facts name."""
    return cursor.execute(
        """
        select subject, subject_id, text
        from marts.texts
        where subject in ('series', 'indicator', 'age_group')
          and field = 'label' and language = $language
        union all
        select 'region', region_code, region_name
        from marts.regions
        where region_code in (
            select json_extract_string(facts, '$.region') from marts.load_report
        )
        order by subject, subject_id
        """,
        {"language": language},
    ).df()


def rejected_rows(cursor: DuckDBPyConnection, *, limit: int) -> pd.DataFrame:
    """Return refused rows with their reasons, and how many there are."""
    return cursor.execute(
        """
        select source, row, code, facts, region_code, count(*) over () as total
        from marts.rejected_rows
        order by source, row, code, facts
        limit ?
        """,
        [limit],
    ).df()


def rejected_of_region(cursor: DuckDBPyConnection, *, region_code: str) -> pd.DataFrame:
    """Return the refused rows of one region, for the pages they are missing from."""
    return cursor.execute(
        """
        select source, row, code, facts
        from marts.rejected_rows
        where region_code = ?
        order by source, row, code, facts
        """,
        [region_code],
    ).df()


def history(cursor: DuckDBPyConnection, *, limit: int) -> pd.DataFrame:
    """Return the newest earlier builds, and what the next one changed."""
    return cursor.execute(
        """
        select build_id, built_at, replaced_at, figures_added, figures_corrected,
               figures_removed, verdicts_changed
        from marts.history
        order by replaced_at desc
        limit ?
        """,
        [limit],
    ).df()


def dictionary(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return every published column with its type and its meaning, from the comments."""
    return cursor.execute(
        """
        select c.table_name, t.comment as table_comment, c.column_name, c.data_type, c.comment
        from duckdb_columns() c
        join duckdb_tables() t using (database_name, schema_name, table_name)
        where c.schema_name = 'marts'
        order by c.table_name, c.column_index
        """
    ).df()
