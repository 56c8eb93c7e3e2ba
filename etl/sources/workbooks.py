"""Excel workbooks: opened only when they are what they say, every cell as stored."""

from __future__ import annotations

import lzma
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from etl.errors import Problem, SourceError
from etl.snapshots import MAX_FILE_BYTES

MAX_PARTS = 2_000
MAX_CELLS = 20_000_000
XML_START = 2_048
SMALLER = "Deliver the figures in smaller files."
SAVE_AGAIN = "Open it in Excel and save it again as .xlsx, or download it again."

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What the library raises on a damaged or forged workbook; none of it is documented."""

Row = tuple[object, ...]
Sheets = Mapping[str, Sequence[Row]]


def check_workbook(content: bytes, *, file: str) -> None:
    """Refuse what is no workbook, is damaged, or would unpack to far more than it is."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_size(parts, file=file)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(archive, part, file=file)
    except DAMAGE as error:
        _refuse(file, f"no Excel workbook, or a damaged one ({error})", "an .xlsx", SAVE_AGAIN)


def _check_size(parts: Sequence[zipfile.ZipInfo], *, file: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_FILE_BYTES:
        found = f"{len(parts):,} parts that unpack to {unpacked / 1e6:,.0f} MB"
        expected = f"at most {MAX_PARTS:,} parts and {MAX_FILE_BYTES / 1e6:,.0f} MB"
        _refuse(file, found, expected, SMALLER)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= {part.filename for part in parts}:
        _refuse(file, "an archive without a workbook in it", "an Excel workbook", SAVE_AGAIN)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, file: str) -> None:
    """Refuse definitions of a document's own: no workbook needs them, only attacks do."""
    with archive.open(part) as stream:
        start = stream.read(XML_START)
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        _refuse(file, f"document definitions in {part.filename}", "none", SAVE_AGAIN)


def read_workbook(path: Path, *, file: str, rows: int | None = None) -> Sheets:
    """Read all rows of every sheet by its name, or only the first `rows` of each.

    A formula comes as its text, so that a reader sees that it is no figure.
    """
    from openpyxl import load_workbook  # only loaded when there is a workbook to read

    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        expected = f"at most {MAX_FILE_BYTES / 1e6:,.0f} MB"
        _refuse(file, f"{size / 1e6:,.1f} MB", expected, SMALLER)
    content = path.read_bytes()
    check_workbook(content, file=file)
    sheets: dict[str, Sequence[Row]] = {}
    try:
        with warnings.catch_warnings():
            # styles and extensions that the library leaves out hold no figures
            warnings.filterwarnings("ignore", module="openpyxl")
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                sheets[sheet.title] = _rows(
                    sheet.iter_rows(max_row=rows, values_only=True), file=file
                )
            book.close()
    except DAMAGE as error:
        _refuse(file, f"a damaged workbook ({error})", "an .xlsx file", SAVE_AGAIN)
    return sheets


def _rows(rows: Iterable[Row], *, file: str) -> list[Row]:
    """Take in rows up to a bound: a forged sheet can claim any number of empty ones."""
    taken, cells = [], 0
    for row in rows:
        cells += len(row) + 1
        if cells > MAX_CELLS:
            _refuse(file, f"more than {MAX_CELLS:,} cells", "fewer cells", SMALLER)
        taken.append(row)
    return taken


def _refuse(file: str, found: str, expected: str, remedy: str) -> NoReturn:
    raise SourceError(Problem(file, found[:300], expected, remedy))
