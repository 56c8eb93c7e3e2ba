"""Downloads of the StatLine portal as text columns: CSV, workbook, or a page of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pyarrow as pa

from etl.errors import Problem, SourceError
from etl.sources.base import LoadNote
from etl.sources.codes import NoteCode
from etl.sources.delimited import Sheet, header_words, read_sheet
from etl.sources.places import below, is_plain, read_bytes
from etl.sources.statline_names import table_ids, topic_name
from etl.sources.workbooks import read_workbook

REGION_COLUMNS = ("WijkenEnBuurten", "RegioS")
_HEAD_BYTES = 1 << 16
DOWNLOAD_AGAIN = "download the table again and put it in the inbox as it is"


@dataclass(frozen=True)
class PortalFile:
    """Text columns of one download, the row of each record, and the table ids that it names."""

    file: str
    columns: pa.Table
    rows: Sequence[int]
    table_ids: Sequence[str]
    notes: tuple[LoadNote, ...] = ()
    unit: str = "row"

    def locate(self, record: int) -> str:
        """Say where a record (counted from 0) is to be found."""
        return f"{self.file}, {self.unit} {self.rows[record]}"


def is_portal_file(path: Path, *, data: Path) -> bool:
    """Recognise a download by its columns; one that cannot be opened is nobody's."""
    if not is_plain(path, data=data):
        return False
    kind = path.suffix.lower()
    if kind == ".csv":
        return _is_header(header_words(path))
    if kind == ".json":
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
        return any(f'"{name}"'.encode() in head for name in REGION_COLUMNS)
    if kind != ".xlsx":
        return False
    try:
        sheets = read_workbook(path, file=below(path, data=data), rows=1)
    except SourceError:
        return False
    return any(_is_header(_texts(rows[0])) for rows in sheets.values() if rows)


def _is_header(words: Sequence[str | None]) -> bool:
    """Whether column names are those of a StatLine table: regions, and topics with a number."""
    known = {name.casefold() for name in REGION_COLUMNS}
    plain = [word.strip().casefold() for word in words if word is not None]
    return bool(known & set(plain)) and any(topic_name(word) != word for word in plain)


def read_portal_file(path: Path, *, data: Path) -> PortalFile:
    """Read a download as text; SourceError where it is damaged or something else."""
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx, ".json": _read_json}
    return readers[path.suffix.lower()](path, data=data)


def _read_csv(path: Path, *, data: Path) -> PortalFile:
    file = below(path, data=data)
    content = read_bytes(path, data=data)
    sheet = read_sheet(content, file=file)
    # numbers are read with a decimal point whatever separates the columns
    notes = tuple(note for note in sheet.notes if note.remark.of is not NoteCode.DUTCH_EXCEL)
    columns = sheet.cells.rename_columns(_as_delivered(sheet, content=content))
    return PortalFile(file, columns, sheet.row.to_pylist(), (), notes)


def _as_delivered(sheet: Sheet, *, content: bytes) -> list[str]:
    """Return column names with their capitals, which the reader of CSV makes small."""
    line = content.removeprefix(b"\xef\xbb\xbf").splitlines()[0].decode("utf-8", "replace")
    names = [name.strip(' "') for name in line.split(sheet.dialect.delimiter)]
    by_small = {name.lower(): name for name in names}
    return [by_small.get(name, name) for name in sheet.cells.column_names]


def _read_xlsx(path: Path, *, data: Path) -> PortalFile:
    """Read the sheet with figures; its name is that of the download, table id included."""
    file = below(path, data=data)
    sheets = read_workbook(path, file=file)
    fitting = [name for name, rows in sheets.items() if rows and _is_header(_texts(rows[0]))]
    if len(fitting) != 1:
        _refuse(file, found=f"{len(fitting)} sheets with figures", expected="one")
    header, *rows = sheets[fitting[0]]
    names = _column_names(header, file=file)
    filled = [(n, row) for n, row in enumerate(rows, start=2) if any(c is not None for c in row)]
    columns = {
        name: pa.array(
            [_cell(row[place : place + 1], where=f"{file}, row {n}") for n, row in filled],
            pa.string(),
        )
        for place, name in enumerate(names)
        if name
    }
    return PortalFile(file, pa.table(columns), [n for n, _ in filled], table_ids(fitting[0]))


def _column_names(header: Sequence[object], *, file: str) -> list[str]:
    """Return column names; SourceError where two columns have one name."""
    names = [(name or "").strip() for name in _texts(header)]
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        _refuse(f"{file}, row 1", found=f"{', '.join(doubled)} twice", expected="each column once")
    return names


def _texts(row: Sequence[object]) -> list[str | None]:
    return [None if cell is None else str(cell) for cell in row]


def _cell(cells: Sequence[object], *, where: str) -> str | None:
    """Return a cell as text; a row may end before its last columns."""
    value = cells[0] if cells else None
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, int | float) or isinstance(value, bool):
        _refuse(where, found=f"{value!r}", expected="a text or a number")
    return repr(value)


def _read_json(path: Path, *, data: Path) -> PortalFile:
    """Read a page of the service, or the bare list of its records."""
    file = below(path, data=data)
    try:
        content = json.loads(read_bytes(path, data=data))
    except (ValueError, RecursionError) as error:
        _refuse(file, found=f"JSON that is cut off or damaged: {error}", expected="a whole page")
    page = content if isinstance(content, dict) else {"value": content}
    records = page.get("value")
    if not isinstance(records, list) or not all(isinstance(row, dict) for row in records):
        _refuse(file, found="no list of records", expected="the records of a table")
    names = list(dict.fromkeys(name for record in records for name in record))
    for number, record in enumerate(records, start=1):
        if record.keys() != set(names):
            lost = ", ".join(sorted(set(names) - record.keys()))
            _refuse(f"{file}, record {number}", found=f"no {lost}", expected="every column")
    columns = {name: pa.array(_cells(records, name=name, file=file), pa.string()) for name in names}
    ids = table_ids(str(page.get("odata.metadata", "")))
    return PortalFile(file, pa.table(columns), range(1, len(records) + 1), ids, unit="record")


def _cells(records: Sequence[Mapping[str, object]], *, name: str, file: str) -> list[str | None]:
    return [
        _cell([record[name]], where=f"{file}, record {number}")
        for number, record in enumerate(records, start=1)
    ]


def _refuse(where: str, *, found: str, expected: str) -> NoReturn:
    raise SourceError(Problem(where, found, expected, DOWNLOAD_AGAIN))
