"""Pages of a StatLine table, as verified bytes, to text columns and records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.errors import Problem, SourceError
from etl.snapshots import Part, read_columns, read_part
from etl.sources.page_columns import columns_of, from_bytes, read_document
from etl.sources.statline_columns import Records

THREADS = 2


def read_entity(parts: Sequence[Part], *, folder: Path, data: Path) -> list[dict[str, Any]]:
    """Return the records of a small entity, all its pages in order."""
    records: list[dict[str, Any]] = []
    for part in parts:
        records += records_of(read_part(part, folder=folder, data=data))
    return records


def records_of(content: bytes) -> list[dict[str, Any]]:
    """Return the records of one page."""
    records: list[dict[str, Any]] = json.loads(content)["value"]
    return records


def read_records(
    parts: Sequence[Part], *, columns: Sequence[str], folder: Path, data: Path, file: str
) -> Records:
    """Return text columns of all pages of a table; every damaged page is a problem."""
    tables: list[pa.Table] = []
    problems: list[Problem] = []
    with ThreadPoolExecutor(THREADS) as pool:
        futures = [
            pool.submit(_read_page, part, columns=columns, folder=folder, data=data)
            for part in parts
        ]
        for future in futures:
            try:
                tables.append(future.result())
            except SourceError as error:
                problems += error.problems
    if problems:
        raise SourceError(problems)
    ends = list(accumulate(part.rows for part in parts))
    names = [(folder.relative_to(data) / part.path).as_posix() for part in parts]

    def locate(row: int) -> str:
        page = next(n for n, end in enumerate(ends) if row < end)
        return f"{names[page]}, record {row - (ends[page] - parts[page].rows) + 1}"

    return Records(pa.concat_tables(tables), file=file, locate=locate)


def _read_page(part: Part, *, columns: Sequence[str], folder: Path, data: Path) -> pa.Table:
    """Read one page; SourceError where it changed, or lacks a column."""
    content = read_part(part, folder=folder, data=data)
    where = (folder.relative_to(data) / part.path).as_posix()
    try:
        table = _kept_columns(part, columns=columns, folder=folder)
        if table is None:
            table = page_table(content, columns=columns)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            Problem(
                where=where,
                found=f"records that cannot be read: {error}",
                expected=f"the columns {', '.join(columns)} in every record",
                remedy="remove this table's folder below data/raw and run `python -m etl fetch`",
            )
        ) from error
    if len(table) != part.rows:
        raise SourceError(
            Problem(
                where=where,
                found=f"{len(table):,} records",
                expected=f"{part.rows:,}, as the manifest says",
                remedy="remove this table's folder below data/raw and run `python -m etl fetch`",
            )
        )
    return table


def _kept_columns(part: Part, *, columns: Sequence[str], folder: Path) -> pa.Table | None:
    """Return the columns of a page as they were read when it came, where they were kept."""
    kept = read_columns(part, folder=folder)
    if kept is None:
        return None
    return from_bytes(kept, columns=columns, page_sha256=part.sha256)


def page_table(content: bytes, *, columns: Sequence[str]) -> pa.Table:
    """Return the text columns of one page, dictionary-encoded; ValueError where it has others.

    Arrow reads the texts of an UntypedDataSet; a page with numbers in it goes the slow way.
    """
    try:
        document = read_document(content, columns=columns)
    except pa.ArrowInvalid:
        return table_of(json.loads(content)["value"], columns=columns)
    table = columns_of(document["value"].combine_chunks().flatten(), columns=columns)
    missing = [name for name in columns if table[name].null_count == len(table)]
    if missing:
        _require_columns(json.loads(content)["value"], columns=missing)
    return table


def table_of(records: Sequence[dict[str, Any]], *, columns: Sequence[str]) -> pa.Table:
    """Return the text columns of records; KeyError where a record lacks one."""
    _require_columns(records, columns=columns)
    return pa.table(
        {
            name: pa.array(
                [_text(record[name]) for record in records], pa.string()
            ).dictionary_encode()
            for name in columns
        }
    )


def _require_columns(records: Sequence[dict[str, Any]], *, columns: Sequence[str]) -> None:
    """Tell a column that is null from one that is not there at all."""
    for number, record in enumerate(records, start=1):
        absent = [name for name in columns if name not in record]
        if absent:
            raise KeyError(f"record {number} has no {', '.join(absent)}")


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    raise TypeError(f"{value!r} in a column of text or numbers")
