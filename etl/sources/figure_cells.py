"""Cells of a file in the figures layout, as text, turned into numbers, years and statuses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.errors import Problem
from etl.findings import enumerated, one_of, quoted
from etl.sources.base import (
    FIGURE_COLUMNS,
    FIGURE_SCHEMA,
    OBS_STATUSES,
    WITHOUT_VALUE,
    LoadNote,
    Rejection,
)
from etl.sources.codes import NoteCode, RefusalCode, remark
from etl.sources.delimited import MAX_LISTED, Sheet

OPTIONAL_COLUMNS = frozenset({"region_name"})
SIGNS = {
    ".": "suppressed",
    "x": "suppressed",
    "-": "not_applicable",
    **dict.fromkeys(("-99996", "-99996.0", "-99996,0"), "suppressed"),
}
"""Signs that stand in the place of a figure; blank is `missing`."""
STARS = {"*": "provisional", "**": "revised_provisional"}
NUMBERS = ("value", "rounding_step", "ci_lower", "ci_upper", "standard_error")
TEXTS = ("series_id", "edition", "region_code", "region_name", "indicator", "age_group")
FREE_TEXTS = ("source_ref", "note")


@dataclass(frozen=True)
class Cells:
    """Figures of one file, with what was refused, mended or rejected in its cells."""

    figures: pa.Table
    problems: tuple[Problem, ...]
    notes: tuple[LoadNote, ...]
    rejections: tuple[Rejection, ...]


class CellReader:
    """Casts the columns of one sheet and keeps what does not fit."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.notes: list[LoadNote] = []

    def text(self, name: str) -> pa.Array:
        """Return a column as text; blank where the file does not have it."""
        if name not in self.sheet.cells.column_names:
            return pa.array([""] * len(self.sheet.row), pa.string())
        return self.sheet.cells[name].combine_chunks()

    def words(self, name: str) -> pa.Array:
        """Return a column as text, null where blank."""
        return null_where(self.text(name), pc.equal(self.text(name), ""))

    def refuse(self, name: str, wrong: pa.Array, *, expected: str, remedy: str) -> None:
        """Keep a problem for each different text among the cells that are wrong."""
        if not pc.any(wrong).as_py():
            return
        texts = self.text(name).filter(wrong).to_pylist()
        rows: dict[str, list[int]] = {}
        for text, row in zip(texts, self.sheet.row.filter(wrong).to_pylist(), strict=True):
            rows.setdefault(text, []).append(row)
        for text, found in list(rows.items())[:MAX_LISTED]:
            where = f"{self.sheet.file}, {rows_in_words(found)}, column {name}"
            self.problems.append(Problem(where, quoted(text), expected, remedy))
        if len(rows) > MAX_LISTED:
            more = f"{len(rows) - MAX_LISTED:,} other texts like these"
            where = f"{self.sheet.file}, column {name}"
            self.problems.append(Problem(where, more, expected, remedy))

    def numbers(self, name: str, texts: pa.Array) -> pa.Array:
        """Cast texts in the dialect of the file; blank and signs become null, the rest refused."""
        decimal = self.sheet.dialect.decimal
        point = r"\." if decimal == "." else ","
        fits = pc.match_substring_regex(texts, rf"^-?[0-9]{{1,9}}({point}[0-9]{{1,17}})?$")
        empty = pc.is_in(texts, pa.array(["", *SIGNS]))
        wrong = pc.invert(pc.or_(fits, empty))
        remedy = "Correct the cell; leave it blank where there is no figure."
        self.refuse(name, wrong, expected=f"a number such as 38{decimal}5", remedy=remedy)
        digits = null_where(texts, pc.or_(empty, wrong))
        # adding nothing makes a plain 0 of -0
        return pc.add(pc.cast(pc.replace_substring(digits, ",", "."), pa.float64()), 0.0)

    def integers(self, name: str, *, pattern: str, expected: str, remedy: str) -> pa.Array:
        """Cast a column of whole numbers; blank and signs become null, the rest is refused."""
        texts = self.text(name)
        empty = pc.is_in(texts, pa.array(["", *SIGNS]))
        wrong = pc.invert(pc.or_(pc.match_substring_regex(texts, pattern), empty))
        self.refuse(name, wrong, expected=expected, remedy=remedy)
        return pc.cast(null_where(texts, pc.or_(empty, wrong)), pa.int64())

    def note(self, count: int, of: NoteCode) -> None:
        """Keep a note of something mended, if there was anything."""
        if count:
            self.notes.append(LoadNote(self.sheet.file, remark(of), count))


def read_cells(sheet: Sheet) -> Cells:
    """Cast all columns of a figures file; every cell that does not fit is a problem."""
    reader = CellReader(sheet)
    missing = [
        Problem(
            f"{sheet.file}, row 1",
            f"no column {name}",
            "the header of a figures file",
            "Take the header that `python -m etl template ggd` writes.",
        )
        for name in FIGURE_COLUMNS
        if name not in sheet.cells.column_names and name not in OPTIONAL_COLUMNS
    ]
    if missing:
        return Cells(FIGURE_SCHEMA.empty_table(), tuple(missing), (), ())
    _note_extra_columns(reader)
    stars, marked = _stars(reader.text("value"))
    value = reader.numbers("value", marked)
    status, bare = _statuses(reader, stars=stars, figures=marked, value=value)
    columns = {name: reader.words(name) for name in (*TEXTS, *FREE_TEXTS)}
    columns |= {name: reader.numbers(name, reader.text(name)) for name in NUMBERS[1:]}
    columns |= _whole_numbers(reader)
    columns |= {
        "value": null_where(value, pc.is_in(status, pa.array(WITHOUT_VALUE))),
        "rounding_step": _steps(columns["series_id"], columns["rounding_step"], texts=marked),
        "obs_status": status,
        "file": pa.array([sheet.file] * len(sheet.row), pa.string()),
        "row": sheet.row,
    }
    _refuse_blanks(reader)
    figures = pa.table({name: columns[name] for name in FIGURE_SCHEMA.names}).cast(FIGURE_SCHEMA)
    rejections = _rejected(reader, bare)
    kept = figures.filter(pc.invert(bare))
    return Cells(kept, tuple(reader.problems), tuple(reader.notes), rejections)


def _note_extra_columns(reader: CellReader) -> None:
    extra = [name for name in reader.sheet.cells.column_names if name not in FIGURE_COLUMNS]
    if extra:
        unread = remark(NoteCode.UNREAD_COLUMNS, columns=enumerated(extra))
        reader.notes.append(LoadNote(reader.sheet.file, unread, len(extra)))


def _stars(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Split `45.4*` into the sign for a provisional figure and the figure itself."""
    starred = pc.match_substring_regex(texts, r"^[^*]* ?\*{1,2}$")
    if not pc.any(starred).as_py():
        return pa.nulls(len(texts), pa.string()), texts
    figure = pc.utf8_rtrim(texts, characters="* ")
    stars = pc.replace_substring_regex(texts, r"^[^*]*", "")
    return null_where(stars, pc.invert(starred)), pc.if_else(starred, figure, texts)


def _statuses(
    reader: CellReader, *, stars: pa.Array, figures: pa.Array, value: pa.Array
) -> tuple[pa.Array, pa.Array]:
    """Give each figure its status from the column, the sign and whether there is a value.

    `stars` and `figures` are the two parts of each text in the column value. The second array
    marks rows that hold only a star: provisional, but without a figure.
    """
    given, texts = reader.text("obs_status"), reader.text("value")
    unknown = pc.invert(pc.is_in(given, pa.array(["", *OBS_STATUSES])))
    remedy = "Write one of the statuses, or leave it blank."
    reader.refuse("obs_status", unknown, expected=one_of(OBS_STATUSES), remedy=remedy)
    empty = pc.is_null(value)
    says_none = pc.is_in(given, pa.array(WITHOUT_VALUE))
    contradiction = pc.and_(says_none, pc.invert(empty))
    remedy = "Remove the value, or correct the status."
    reader.refuse("value", contradiction, expected="no value with this status", remedy=remedy)
    bare = pc.is_in(texts, pa.array(list(STARS)))
    sign = _looked_up(figures, SIGNS, otherwise="missing")
    absent = pc.if_else(says_none, given, sign)
    star = _looked_up(stars, STARS, otherwise="normal")
    plain = pc.is_in(given, pa.array(["", "normal"]))
    present = pc.if_else(plain, star, given)
    signs = pc.and_(empty, pc.is_in(figures, pa.array(list(SIGNS))))
    reader.note(_count(signs), NoteCode.SIGNS_READ)
    blank = pc.and_(pc.equal(texts, ""), pc.and_(pc.invert(says_none), pc.not_equal(given, "")))
    reader.note(_count(blank), NoteCode.BLANKS_READ)
    return pc.if_else(empty, absent, present), bare


def _looked_up(texts: pa.Array, words: dict[str, str], *, otherwise: str) -> pa.Array:
    position = pc.index_in(texts, pa.array(list(words)))
    return pc.fill_null(pc.take(pa.array(list(words.values())), position), otherwise)


def _whole_numbers(reader: CellReader) -> dict[str, pa.Array]:
    years = reader.integers(
        "year",
        pattern="^[0-9]{4}$",
        expected="one year of four digits, such as 2016",
        remedy="Give every wave its own row with its own year.",
    )
    sizes = reader.integers(
        "sample_size",
        pattern="^[0-9]{1,9}$",
        expected="a whole number of respondents, without points or spaces",
        remedy="Write the number in digits only, or leave the cell blank.",
    )
    return {"year": pc.cast(years, pa.int16()), "sample_size": sizes}


def _steps(series: pa.Array, steps: pa.Array, *, texts: pa.Array) -> pa.Array:
    """Fill blank rounding steps from the most decimals that the file gives for the series."""
    if steps.null_count == 0:
        return steps
    is_number = pc.match_substring_regex(texts, "^-?[0-9]+([.,][0-9]+)?$")
    fraction = pc.replace_substring_regex(texts, r"^[^.,]*[.,]?", "")
    decimals = pc.if_else(is_number, pc.utf8_length(fraction), 0)
    names = pc.fill_null(series, "").dictionary_encode()
    most = np.zeros(len(names.dictionary), np.int64)
    np.maximum.at(most, names.indices.to_numpy(), decimals.to_numpy())
    by_series = pa.array([round(10.0**-d, d) for d in most.tolist()], pa.float64())
    return pc.coalesce(steps, pc.take(by_series, names.indices))


def _refuse_blanks(reader: CellReader) -> None:
    """Refuse a row that does not say which figure it is."""
    for name in ("series_id", "edition", "region_code", "indicator", "age_group", "year"):
        blank = pc.is_in(reader.text(name), pa.array(["", *SIGNS]))
        remedy = "Fill the cell; only values, margins, sizes, statuses and notes may be blank."
        reader.refuse(name, blank, expected="not blank", remedy=remedy)


def _rejected(reader: CellReader, bare: pa.Array) -> tuple[Rejection, ...]:
    """Reject rows whose value is only a star."""
    reason = remark(RefusalCode.SIGN_WITHOUT_FIGURE)
    cells = reader.sheet.cells.filter(bare).to_pylist()
    rows = reader.sheet.row.filter(bare).to_pylist()
    return tuple(
        Rejection(
            reader.sheet.file, row, reason, ",".join(cell.values()), cell["region_code"] or None
        )
        for row, cell in zip(rows, cells, strict=True)
    )


def rows_in_words(rows: list[int]) -> str:
    """Name rows: `row 7`, `rows 7, 9 and 11`, `rows 7, 8, 9 and 41 more`."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) <= 4:
        return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
    return f"rows {', '.join(map(str, rows[:3]))} and {len(rows) - 3:,} more"


def null_where(values: pa.Array, mask: pa.Array) -> pa.Array:
    """Return the values with null where the mask is true."""
    return pc.if_else(mask, pa.scalar(None, values.type), values)


def _count(mask: pa.Array) -> int:
    return int(np.count_nonzero(mask.fill_null(False).to_numpy(zero_copy_only=False)))
