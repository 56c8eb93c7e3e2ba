"""Text files with columns: read safely, in one of two dialects, every cell as delivered."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from etl.errors import Problem, SourceError
from etl.sources.base import LoadNote
from etl.sources.codes import NoteCode, remark
from etl.sources.places import refused

MAX_LISTED = 20

SAVE_AGAIN = "Save the file again as CSV, UTF-8, or download it again."
LINE_ENDS = (b"\n", b"\r")
TOO_FEW = "Complete the row; a cut-off last row means that the download was cut off."
TOO_MANY = "Put quotation marks around a text or number that holds the sign between the columns."


@dataclass(frozen=True)
class Dialect:
    """How a whole file separates its columns and writes its decimals."""

    delimiter: str
    decimal: str
    label: str


POINT = Dialect(delimiter=",", decimal=".", label="comma between columns, decimal point")
DUTCH_EXCEL = Dialect(delimiter=";", decimal=",", label="Dutch Excel: semicolon, decimal comma")
DIALECTS = (POINT, DUTCH_EXCEL)


@dataclass(frozen=True)
class Sheet:
    """The cells of one file as trimmed text, without the header; `row` counts the header as 1."""

    file: str
    cells: pa.Table
    row: pa.Array
    dialect: Dialect
    notes: tuple[LoadNote, ...]


def header_words(path: Path) -> tuple[str, ...]:
    """Column names on the first line, whatever separates them; empty where there is none."""
    with path.open("rb") as stream:
        line = stream.read(1 << 16).removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    text = line[0].decode("latin-1") if line else ""
    for separator in "\t|;":
        text = text.replace(separator, ",")
    return tuple(word.strip(' "').lower() for word in text.split(","))


def read_sheet(content: bytes, *, file: str) -> Sheet:
    """Turn the bytes of a file into cells; raises SourceError with every misshapen row."""
    text, dialect, notes = _decode(content, file=file)
    table = _parse(text, dialect=dialect, file=file)
    header = _header(table, file=file)
    rows = pa.array(range(2, table.num_rows + 1), pa.int64())
    body = table.slice(1).rename_columns(header)
    columns = [pc.utf8_trim_whitespace(body[name]) for name in header]
    filled = _filled(columns)
    trimmed = sum(_count(pc.not_equal(body[n], c)) for n, c in zip(header, columns, strict=True))
    if trimmed:
        notes.append(LoadNote(file, remark(NoteCode.SPACES_REMOVED), trimmed))
    blank = len(filled) - _count(filled)
    if blank:
        notes.append(LoadNote(file, remark(NoteCode.EMPTY_ROWS), blank))
    cells = pa.table(columns, names=header).filter(filled)
    _check_letters(cells, rows=rows.filter(filled), file=file)
    _check_swallowed(cells, rows=rows.filter(filled), file=file, delimiter=dialect.delimiter)
    return Sheet(file, cells, rows.filter(filled), dialect, tuple(notes))


def _decode(content: bytes, *, file: str) -> tuple[bytes, Dialect, list[LoadNote]]:
    """Return the text as UTF-8 bytes, its dialect, and what had to be mended for it."""
    notes: list[LoadNote] = []
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
        notes.append(LoadNote(file, remark(NoteCode.BYTE_ORDER_MARK), 1))
    _check_kind(content, file=file)
    _check_quotes(content, file=file)
    dialect = _dialect(content, file=file)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        content = _from_windows(content, dialect=dialect, file=file, position=error.start)
        notes.append(LoadNote(file, remark(NoteCode.WINDOWS_ENCODING), 1))
    if dialect is DUTCH_EXCEL:
        notes.append(LoadNote(file, remark(NoteCode.DUTCH_EXCEL), 1))
    return content, dialect, notes


def _check_kind(content: bytes, *, file: str) -> None:
    """Refuse what is no text with columns at all."""
    start = content[:1024].lstrip().lower()
    if not start:
        raise refused(file, "an empty file", "a header and rows", SAVE_AGAIN)
    if start.startswith(b"<"):
        raise refused(file, "a web page", "a CSV file", "Download it again: this is an error page.")
    if start.startswith((b"pk\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise refused(file, "a workbook or archive", "a CSV file", "Save it as CSV, or as .xlsx.")
    if start.startswith(b"sep="):
        found, remedy = "a line for Excel alone, such as sep=;", "Remove the first line."
        raise refused(f"{file}, row 1", found, "the names of the columns", remedy)
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise refused(
            f"{file}, line {line}", "a zero byte (another encoding?)", "UTF-8", SAVE_AGAIN
        )


def _check_quotes(content: bytes, *, file: str) -> None:
    """Refuse a quotation mark without its partner: it would swallow all rows after it."""
    if content.count(b'"') % 2:
        line = next(n for n, one in enumerate(content.split(b"\n"), start=1) if one.count(b'"') % 2)
        raise refused(
            f"{file}, line {line} or later",
            "a quotation mark that is opened and never closed",
            "quotation marks in pairs",
            SAVE_AGAIN,
        )


def _dialect(content: bytes, *, file: str) -> Dialect:
    """Recognise the dialect of the whole file by what separates the words of its header."""
    header = content[: 1 << 16].splitlines()[0]
    counts = {dialect: header.count(dialect.delimiter.encode()) for dialect in DIALECTS}
    dialect = max(DIALECTS, key=lambda one: counts[one])
    if not counts[dialect]:
        found = repr(header[:80].decode("utf-8", "replace"))
        expected = "column names with commas (or, from a Dutch Excel, semicolons) between them"
        raise refused(f"{file}, row 1", found, expected, SAVE_AGAIN)
    return dialect


def _from_windows(content: bytes, *, dialect: Dialect, file: str, position: int) -> bytes:
    """Re-encode a file of Dutch Excel; any other file that is not UTF-8 is refused."""
    where = f"{file}, line {content[:position].count(10) + 1}"
    refusal = refused(where, f"byte 0x{content[position]:02x}, not UTF-8", "UTF-8", SAVE_AGAIN)
    if dialect is not DUTCH_EXCEL:
        raise refusal
    try:
        return content.decode("cp1252").encode("utf-8")
    except UnicodeDecodeError:
        raise refusal from None


def _parse(content: bytes, *, dialect: Dialect, file: str) -> pa.Table:
    """Split the text into columns of strings; a row with another width is a problem."""
    width = len(next(csv.reader([_first_line(content)], delimiter=dialect.delimiter)))
    ragged: list[Problem] = []

    def note(row: pacsv.InvalidRow) -> str:
        found = f"{row.actual_columns} columns: {row.text[:80]!r}"
        remedy = TOO_MANY if row.actual_columns > row.expected_columns else TOO_FEW
        where = f"{file}, row {row.number}"
        ragged.append(Problem(where, found, f"{row.expected_columns} columns", remedy))
        return "skip"

    try:
        table = pacsv.read_csv(
            BytesIO(content if content.endswith(LINE_ENDS) else content + b"\n"),
            read_options=pacsv.ReadOptions(
                use_threads=False, block_size=len(content) + 2, autogenerate_column_names=True
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=dialect.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={f"f{i}": pa.string() for i in range(width)},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise refused(file, str(error)[:200], "rows of text", SAVE_AGAIN) from error
    if ragged:
        more = len(ragged) - MAX_LISTED
        rest = f"{more:,} more rows with another number of columns"
        tail = [Problem(file, rest, f"{width} columns", SAVE_AGAIN)] if more > 0 else []
        raise SourceError([*ragged[:MAX_LISTED], *tail])
    return table


def _first_line(content: bytes) -> str:
    return content[: 1 << 16].splitlines()[0].decode("utf-8", "replace")


def _header(table: pa.Table, *, file: str) -> list[str]:
    """Column names in lower case; raises SourceError for a name that stands there twice."""
    names = [
        table[i][0].as_py().strip().lower() or f"(column {i + 1})" for i in range(table.num_columns)
    ]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        found = f"twice: {', '.join(twice)}"
        raise refused(f"{file}, row 1", found, "every column once", "Remove or rename one.")
    return names


def _filled(columns: list[pa.ChunkedArray]) -> pa.Array:
    """Which rows hold anything at all."""
    filled = pc.not_equal(columns[0], "")
    for column in columns[1:]:
        filled = pc.or_(filled, pc.not_equal(column, ""))
    return filled.combine_chunks()


def _check_letters(cells: pa.Table, *, rows: pa.Array, file: str) -> None:
    """Refuse a text that lost its letters in an earlier conversion."""
    problems = []
    for name in cells.column_names:
        damaged = pc.match_substring(cells[name], "\ufffd")
        if _count(damaged):
            row = rows.filter(damaged.combine_chunks())[0]
            where = f"{file}, row {row}, column {name}"
            problems.append(Problem(where, "a letter that was lost (\ufffd)", "UTF-8", SAVE_AGAIN))
    if problems:
        raise SourceError(problems)


def _check_swallowed(cells: pa.Table, *, rows: pa.Array, file: str, delimiter: str) -> None:
    """Refuse a cell that holds whole rows, between two quotation marks that are no pair."""
    problems = []
    for name in cells.column_names:
        broken = pc.match_substring(cells[name], "\n")
        if not _count(broken):
            continue
        marks = pc.count_substring(cells[name], delimiter)
        swallowed = pc.and_(broken, pc.greater_equal(marks, cells.num_columns - 1))
        for row in rows.filter(swallowed.combine_chunks()).to_pylist()[:MAX_LISTED]:
            found = "a cell with whole rows in it, between quotation marks"
            where = f"{file}, row {row}, column {name}"
            problems.append(Problem(where, found, "one text", "Remove the quotation marks."))
    if problems:
        raise SourceError(problems)


def _count(mask: pa.ChunkedArray) -> int:
    return pc.sum(mask).as_py() or 0
