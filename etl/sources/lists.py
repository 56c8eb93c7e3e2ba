"""Lists beside the figures: regions, and figures that plans and press quote."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from etl.errors import Problem, SourceError
from etl.findings import enumerated, one_of
from etl.sources.base import LoadNote, Rejection, Vocabulary
from etl.sources.codes import NoteCode, RefusalCode, remark
from etl.sources.delimited import read_sheet
from etl.sources.figure_cells import SIGNS, CellReader
from etl.sources.identity import NAMED_LEVELS, WELL_FORMED, letters
from etl.sources.places import below, read_bytes
from etl.sources.plausibility import FORMULA, MARKUP

REGION_COLUMNS = ("region_code", "region_level", "region_name", "ggd_region_code", "exists_in_2024")
LEVELS = {
    "NL": "country",
    "CG": "caribbean_netherlands",
    "GG": "ggd_region",
    "GM": "municipality",
    "WK": "district",
    "BU": "neighbourhood",
}
EXISTS = {"yes": True, "no": False, "": None}
REGIONS_SCHEMA = pa.schema(
    [
        ("region_code", pa.string()),
        ("region_level", pa.string()),
        ("region_name", pa.string()),
        ("ggd_region_code", pa.string()),
        ("exists_in_2024", pa.bool_()),
    ]
)
QUOTED_SCHEMA = pa.schema(
    [
        ("quoted_id", pa.int32()),
        ("region_code", pa.string()),
        ("indicator", pa.string()),
        ("age_group", pa.string()),
        ("year", pa.int16()),
        ("value", pa.float64()),
        ("ci_lower", pa.float64()),
        ("ci_upper", pa.float64()),
        ("sample_size", pa.int32()),
        ("survey", pa.string()),
        ("certainty", pa.string()),
        ("source", pa.string()),
        ("note", pa.string()),
    ]
)


@dataclass(frozen=True)
class Listed:
    """One list as a table, with what was mended, warned about or refused in it."""

    table: pa.Table
    notes: tuple[LoadNote, ...] = ()
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True)
class _List:
    """A list under way: its cells, and what does not fit."""

    reader: CellReader

    def refuse(self, name: str, wrong: Sequence[bool], *, expected: str, remedy: str) -> None:
        """Stop at the marked cells of a column."""
        mask = pa.array(wrong, pa.bool_())
        self.reader.refuse(name, mask, expected=expected, remedy=remedy)

    def stop_if_any(self) -> None:
        """Raise one error with all that was found."""
        if self.reader.problems:
            raise SourceError(self.reader.problems)


def read_regions(path: Path, *, data: Path) -> Listed:
    """Read data/regions.csv: which regions there are, how they are called, what they are."""
    if not path.exists():
        remedy = "Restore it from the project: no figure can be placed without it."
        raise SourceError(
            Problem(below(path, data=data), "no such file", "a list of regions", remedy)
        )
    given = _open(path, data=data, columns=REGION_COLUMNS)
    reader = given.reader
    if not len(reader.sheet.row):
        file, remedy = below(path, data=data), "Restore it from the project."
        raise SourceError(Problem(file, "a header alone", "a list of regions", remedy))
    columns = {name: reader.text(name).to_pylist() for name in REGION_COLUMNS}
    _check_codes(given, columns)
    names = columns["region_name"]
    unsafe = [not name or bool(FORMULA.search(name) or MARKUP.search(name)) for name in names]
    given.refuse("region_name", unsafe, expected="a plain name", remedy="Write the official name.")
    exists = columns["exists_in_2024"]
    unclear = [word not in EXISTS for word in exists]
    given.refuse("exists_in_2024", unclear, expected="yes, no or blank", remedy="Write yes or no.")
    given.stop_if_any()
    table = pa.table(
        {
            "region_code": columns["region_code"],
            "region_level": columns["region_level"],
            "region_name": names,
            "ggd_region_code": reader.words("ggd_region_code"),
            "exists_in_2024": [EXISTS[word] for word in exists],
        },
        schema=REGIONS_SCHEMA,
    )
    return Listed(table, _notes(reader, columns=REGION_COLUMNS))


def _check_codes(given: _List, columns: dict[str, list[str]]) -> None:
    """Refuse codes of another form, twice, at another level, or of an unknown GGD region."""
    codes, levels, ggd = (
        columns[name] for name in ("region_code", "region_level", "ggd_region_code")
    )
    form = "a code such as GM0160, with its letters and leading zeros"
    wrong = [not WELL_FORMED.fullmatch(code) for code in codes]
    given.refuse("region_code", wrong, expected=form, remedy="Write the code of CBS.")
    twice = _repeated(codes)
    given.refuse("region_code", twice, expected="every region once", remedy="Remove one row.")
    other = [
        LEVELS.get(code[:2], level) != level for code, level in zip(codes, levels, strict=True)
    ]
    expected = f"the level that belongs to the code: {one_of(LEVELS.values())}"
    given.refuse("region_level", other, expected=expected, remedy="Correct the level or the code.")
    known = {"", *(code for code in codes if code.startswith("GG"))}
    unknown = [code not in known for code in ggd]
    expected = "the code of a GGD region in this file, or blank"
    given.refuse(
        "ggd_region_code", unknown, expected=expected, remedy="Correct it or add the region."
    )


def _repeated(words: Sequence[str]) -> list[bool]:
    """Mark every word that stood there before."""
    seen: set[str] = set()
    marks = []
    for word in words:
        marks.append(word in seen)
        seen.add(word)
    return marks


def read_quoted_figures(path: Path, *, data: Path, vocabulary: Vocabulary) -> Listed:
    """Read data/quoted_figures.csv, if it is there: figures that are shown and never tested."""
    if not path.exists():
        return Listed(QUOTED_SCHEMA.empty_table())
    columns = (*QUOTED_SCHEMA.names[1:2], "region_name", *QUOTED_SCHEMA.names[2:])
    given = _open(path, data=data, columns=columns)
    reader = given.reader
    _check_known(given, vocabulary=vocabulary)
    table = _quoted_table(reader)
    given.stop_if_any()
    reasons = _reasons(table, known=vocabulary.region_names)
    refused = pa.array([reason is not None for reason in reasons], pa.bool_())
    rejections = _rejections(reader, reasons)
    return Listed(table.filter(pc.invert(refused)), _notes(reader, columns=columns), rejections)


def _check_known(given: _List, *, vocabulary: Vocabulary) -> None:
    """Refuse words that metrics.yaml does not know, blanks that must be filled, malformed codes."""
    text = {
        name: given.reader.text(name).to_pylist()
        for name in ("region_code", "region_name", "indicator", "age_group", "value", "source")
    }
    form = "a code such as GM0160, with its letters and leading zeros"
    wrong = [not WELL_FORMED.fullmatch(code) for code in text["region_code"]]
    given.refuse("region_code", wrong, expected=form, remedy="Write the code of CBS.")
    known_names = vocabulary.region_names
    owners = {letters(known_names[c]): c for c in known_names if c[:2] in NAMED_LEVELS}
    others = [
        code in known_names and owners.get(letters(name), code) != code
        for code, name in zip(text["region_code"], text["region_name"], strict=True)
    ]
    expected = "the name of the region with this code, or blank"
    given.refuse("region_name", others, expected=expected, remedy="Correct the code or the name.")
    for name, known in (("indicator", vocabulary.indicators), ("age_group", vocabulary.age_groups)):
        blank_allowed = name == "age_group"
        unknown = [word not in known and not (blank_allowed and not word) for word in text[name]]
        remedy = "Correct the word, or add it to metrics.yaml."
        given.refuse(name, unknown, expected=one_of(known), remedy=remedy)
    for name in ("value", "source"):
        blank = [word in ("", *SIGNS) for word in text[name]]
        remedy = "Fill the cell: a quoted figure has a value and a source."
        given.refuse(name, blank, expected="not blank", remedy=remedy)


def _quoted_table(reader: CellReader) -> pa.Table:
    """Cast the columns of quoted figures; `quoted_id` is the row in the file."""
    words = ("region_code", "indicator", "age_group", "survey", "certainty", "source", "note")
    numbers = ("value", "ci_lower", "ci_upper")
    columns = {name: reader.words(name) for name in words}
    columns |= {name: reader.numbers(name, reader.text(name)) for name in numbers}
    year = "a year of four digits, or blank"
    size = "a whole number, or blank"
    columns["year"] = reader.integers(
        "year", pattern="^(19|20)[0-9]{2}$", expected=year, remedy="Correct the year."
    )
    columns["sample_size"] = reader.integers(
        "sample_size", pattern="^[0-9]{1,9}$", expected=size, remedy="Write digits only."
    )
    columns["quoted_id"] = reader.sheet.row
    return pa.table({name: columns[name] for name in QUOTED_SCHEMA.names}).cast(QUOTED_SCHEMA)


def _reasons(table: pa.Table, *, known: Collection[str]) -> list[RefusalCode | None]:
    """Why each row is refused; None where it is not."""
    return [_reason(row, known=known) for row in table.to_pylist()]


def _reason(row: dict[str, object], *, known: Collection[str]) -> RefusalCode | None:
    texts = [str(row[name] or "") for name in ("survey", "certainty", "source", "note")]
    if row["region_code"] not in known:
        return RefusalCode.UNKNOWN_REGION
    if any(FORMULA.search(text) or MARKUP.search(text) for text in texts):
        return RefusalCode.UNSAFE_TEXT
    if row["value"] is None or not 0 <= float(str(row["value"])) <= 100:
        return RefusalCode.VALUE_OUT_OF_RANGE
    lower, value, upper = (
        None if row[name] is None else float(str(row[name]))
        for name in ("ci_lower", "value", "ci_upper")
    )
    return _interval_reason(lower, value, upper)


def _interval_reason(
    lower: float | None, value: float | None, upper: float | None
) -> RefusalCode | None:
    """Why an interval cannot be true, as for any other figure; None where it can, or is absent."""
    if lower is None and upper is None:
        return None
    if lower is None or value is None or upper is None:
        return RefusalCode.HALF_INTERVAL
    if lower > upper:
        return RefusalCode.REVERSED_INTERVAL
    if lower == upper:
        return RefusalCode.INTERVAL_WITHOUT_WIDTH
    if lower < 0 or upper > 100:
        return RefusalCode.LIMIT_OUT_OF_RANGE
    return None if lower <= value <= upper else RefusalCode.OUTSIDE_INTERVAL


def _rejections(reader: CellReader, reasons: Sequence[RefusalCode | None]) -> tuple[Rejection, ...]:
    cells, rows = reader.sheet.cells.to_pylist(), reader.sheet.row.to_pylist()
    return tuple(
        Rejection(
            reader.sheet.file, row, remark(reason), ",".join(cell.values()), cell["region_code"]
        )
        for cell, row, reason in zip(cells, rows, reasons, strict=True)
        if reason is not None
    )


def _open(path: Path, *, data: Path, columns: Sequence[str]) -> _List:
    """Read a list and refuse it when one of its columns is missing."""
    file = below(path, data=data)
    reader = CellReader(read_sheet(read_bytes(path, data=data), file=file))
    missing = [name for name in columns if name not in reader.sheet.cells.column_names]
    if missing:
        header = ",".join(columns)
        found = f"no column {', '.join(missing)}"
        raise SourceError(Problem(f"{file}, row 1", found, header, "Restore the header."))
    return _List(reader)


def _notes(reader: CellReader, *, columns: Sequence[str]) -> tuple[LoadNote, ...]:
    extra = [name for name in reader.sheet.cells.column_names if name not in columns]
    unread = remark(NoteCode.UNREAD_COLUMNS, columns=enumerated(extra))
    ignored = [LoadNote(reader.sheet.file, unread, len(extra))] if extra else []
    return (*reader.sheet.notes, *reader.notes, *ignored)
