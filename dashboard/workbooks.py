"""Tables as one XLSX workbook: typed cells, a sheet with sources, a sheet with the codebook."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard.i18n import Words
from dashboard.origin import Origin, build_moment, licence_of
from dashboard.rows import is_missing
from dashboard.table_files import Table, defused, with_provenance

WIDEST = 60
"""Characters of the widest column."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(tables: Mapping[str, Table], *, sources: pd.DataFrame, words: Words) -> bytes:
    """A workbook with a sheet per table (its name to the table), then sources and codebook.

    `sources` are rows of marts.sources; those of other series are left out.
    """
    file = io.BytesIO()
    origin = _origin_of_all(tables, words=words)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {
                "title": origin.title,
                "subject": origin.place,
                "author": words("pages.frame.site_name"),
                "comments": "\n".join(f"{name}: {said}" for name, said in origin.notes.items()),
                # the figures are as old as their build; and one build gives one file, always
                "created": build_moment(origin.build_id),
            }
        )
        for name, table in tables.items():
            _write(book, name, with_provenance(table.frame, origin=table.origin))
        _write(book, words("exports.sheets.sources"), sources_sheet(tables, sources, words=words))
        codebook = pd.concat([table.codebook.assign(sheet=name) for name, table in tables.items()])
        columns = ["sheet", "column_name", "data_type", "description"]
        _write(book, words("exports.sheets.codebook"), codebook[columns])
    return file.getvalue()


def sources_sheet(
    tables: Mapping[str, Table], sources: pd.DataFrame, *, words: Words
) -> pd.DataFrame:
    """What the figures rest on: the provenance in words, then every file of the series used."""
    origin = _origin_of_all(tables, words=words)
    said = [
        {"item": words(f"exports.notes.{name}"), "value": value}
        for name, value in origin.notes.items()
    ]
    used = {
        str(series)
        for table in tables.values()
        if "series_id" in table.frame
        for series in table.frame["series_id"]
    }
    listed = sources[sources["series_id"].isin(used)].astype(object)
    if "licence" in listed:
        listed["licence"] = [licence_of([one], words=words) for one in listed["licence"]]
    files = [
        {"item": f"{row['series_id']} {row['edition']}: {column}", "value": row[column]}
        for row in listed.to_dict("records")
        for column in ("title", "producer", "licence", "url", "retrieved_at", "file", "sha256")
        if not is_missing(row[column]) and row[column] != ""
    ]
    return pd.DataFrame([*said, *files], columns=["item", "value"])


def _origin_of_all(tables: Mapping[str, Table], *, words: Words) -> Origin:
    """Provenance of the workbook: the titles, sources and licences of all its tables."""
    origins = [table.origin for table in tables.values()]
    licences = [
        licence
        for table in tables.values()
        if "licence" in table.frame
        for licence in table.frame["licence"]
    ]
    sources = [source for origin in origins for source in origin.sources]
    return replace(
        origins[0],
        title="; ".join(dict.fromkeys(origin.title for origin in origins)),
        sources=tuple(dict.fromkeys(sources)),
        licence=licence_of(licences, words=words) or origins[0].licence,
    )


def _write(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame) -> None:
    """A sheet with a frozen header, filters, and columns as wide as what is in them."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    safe = defused(frame)
    for position, column in enumerate(safe.columns):
        cells = safe[column].tolist()
        sheet.write_string(0, position, str(column), head)
        for row, cell in enumerate(cells, start=1):
            _write_cell(sheet, row, position, cell, day=day)
        widest = max([len(str(column)) + 3, *(len(_shown(cell)) + 1 for cell in cells)])
        sheet.set_column(position, position, min(widest, WIDEST))
    sheet.freeze_panes(1, 0)
    if len(safe):
        sheet.autofilter(0, 0, len(safe), len(safe.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, cell: Any, *, day: Any) -> None:
    """One cell in its own type; nothing where nothing is known."""
    if is_missing(cell):
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (dt.date, dt.datetime)):
        sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), day)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, str(cell))


def _shown(cell: object) -> str:
    return "" if is_missing(cell) else str(cell)
