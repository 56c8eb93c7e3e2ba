"""Tables as files: CSV for a Dutch Excel, CSV, XLSX and Parquet, each with its provenance.

Column names are those of the published tables in every language and format, so that a script that
reads one file reads the next. Text that a spreadsheet would take for a formula is defused.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.origin import Origin

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters at which a spreadsheet reads a text cell as a formula (OWASP, CSV injection)."""

BOM = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""


@dataclass(frozen=True)
class Table:
    """A table to write, with what every file of it says of itself."""

    frame: pd.DataFrame
    origin: Origin
    codebook: pd.DataFrame
    """Columns column_name, data_type, description; one row per column of `frame` that has one."""


def codebook_for(
    frame: pd.DataFrame, *, tables: tuple[str, ...], codebook: pd.DataFrame
) -> pd.DataFrame:
    """Rows of the codebook for the columns of a frame, from the first of `tables` that has each."""
    known = codebook[codebook["table_name"].isin(tables)]
    order = known["table_name"].map({name: position for position, name in enumerate(tables)})
    first = known.assign(order=order).sort_values("order", kind="stable")
    first = first.drop_duplicates("column_name").set_index("column_name")
    present = [name for name in frame.columns if name in first.index]
    return first.loc[present].drop(columns="order").reset_index()


def with_provenance(frame: pd.DataFrame, *, origin: Origin) -> pd.DataFrame:
    """The frame with build, source, licence and method in every row, where it lacks them.

    A CSV file has no other place for them that survives its header being the first row.
    """
    said = {
        "build_id": origin.build_id,
        "source_line": " ".join(origin.sources),
        "licence": origin.licence,
        "method": origin.method,
    }
    return frame.assign(**{name: text for name, text in said.items() if name not in frame})


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with an apostrophe before every text that a spreadsheet would run as a formula."""
    texts = [name for name in frame.columns if not _is_typed(frame[name])]
    return frame.assign(**{name: frame[name].map(defused_cell) for name in texts})


def csv_for_excel(table: Table) -> bytes:
    """CSV that a Dutch Excel opens by a double click: `;`, decimal comma, UTF-8 with BOM."""
    return (BOM + _csv(table, separator=";", decimal=",")).encode()


def csv_plain(table: Table) -> bytes:
    """CSV as RFC 4180 has it: `,`, decimal point, UTF-8."""
    return _csv(table, separator=",", decimal=".").encode()


def parquet(table: Table) -> bytes:
    """Parquet with types, a description per column, and the provenance as metadata of the file."""
    frame = with_provenance(table.frame, origin=table.origin)
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    meanings = dict(zip(table.codebook["column_name"], table.codebook["description"], strict=True))
    types = dict(zip(table.codebook["column_name"], table.codebook["data_type"], strict=True))
    fields = [
        field.with_type(_stored(field.type, declared=types.get(field.name))).with_metadata(
            {"description": str(meanings[field.name])} if field.name in meanings else None
        )
        for field in arrow.schema
    ]
    notes = {**table.origin.notes, "codebook": json.dumps(meanings, ensure_ascii=False)}
    metadata = {
        **(arrow.schema.metadata or {}),
        **{k.encode(): v.encode() for k, v in notes.items()},
    }
    file = io.BytesIO()
    pq.write_table(arrow.cast(pa.schema(fields, metadata=metadata)), file)
    return file.getvalue()


EMPTY_TYPES = {
    "DOUBLE": pa.float64(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "TIMESTAMP": pa.timestamp("us"),
}
"""Types of columns without any value, by what the published table declares; others are text."""


def _stored(found: pa.DataType, *, declared: str | None) -> pa.DataType:
    """The type of a column in the file, which does not depend on what happens to be in it.

    Files of several municipalities are read as one table: a column must be alike in all of them.
    """
    if pa.types.is_null(found):
        return EMPTY_TYPES.get(str(declared), pa.string())
    return pa.string() if pa.types.is_large_string(found) else found


WRITERS: dict[str, tuple[str, str, Callable[[Table], bytes]]] = {
    "csv_for_excel": ("-excel.csv", "text/csv; charset=utf-8", csv_for_excel),
    "csv": (".csv", "text/csv; charset=utf-8", csv_plain),
    "parquet": (".parquet", "application/vnd.apache.parquet", parquet),
}
"""Ending, media type and writer by format; workbooks, which hold several tables, are apart."""


def _csv(table: Table, *, separator: str, decimal: str) -> str:
    frame = defused(with_provenance(table.frame, origin=table.origin))
    text: str = frame.to_csv(
        index=False, sep=separator, decimal=decimal, lineterminator="\r\n", date_format="%Y-%m-%d"
    )
    return text


def _is_typed(column: pd.Series) -> bool:
    """Whether a column holds numbers, booleans or dates, none of which can be a formula."""
    kind = column.dtype
    return bool(
        pd.api.types.is_numeric_dtype(kind)
        or pd.api.types.is_bool_dtype(kind)
        or pd.api.types.is_datetime64_any_dtype(kind)
    )


def defused_cell(cell: object) -> object:
    """Text with an apostrophe before it where a spreadsheet would run it; all else as it is."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
