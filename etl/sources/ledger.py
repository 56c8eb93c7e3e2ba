"""What rules find in a table of figures, told by file and row: problems, rejections, notes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.errors import Problem
from etl.sources.base import FIGURE_COLUMNS, LoadNote, Rejection
from etl.sources.codes import RefusalCode, Remark, remark

MAX_LISTED = 20
SHOWN_ROWS = 3
KEY = ("file", "series_id", "edition", "region_code", "indicator", "age_group", "year")
"""What tells one figure from another in a table of several files."""

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Word:
    """A column of text as positions in a list of its different words; null is the word None."""

    codes: Codes
    words: list[str | None]

    def where(self, matches: Callable[[str], bool]) -> Mask:
        """Mark the rows whose word matches; asks once per different word, null never matches."""
        hits = np.array([word is not None and matches(word) for word in self.words], bool)
        return hits[self.codes] if len(hits) else np.zeros(len(self.codes), bool)

    def at(self, index: int) -> str:
        """Return the word of one row; empty where null."""
        return self.words[self.codes[index]] or ""


class Columns:
    """A table in FIGURE_SCHEMA as numpy arrays, each made once and only when asked for."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self._words: dict[str, Word] = {}
        self._numbers: dict[str, Numbers] = {}
        self._keys: dict[tuple[str, ...], Codes] = {}

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def word(self, name: str) -> Word:
        """Return a column of text."""
        if name not in self._words:
            column = self.table[name].combine_chunks()
            words = column.dictionary.to_pylist()
            codes = column.indices.fill_null(len(words)).to_numpy().astype(np.int64)
            self._words[name] = Word(codes, [*words, None] if column.null_count else words)
        return self._words[name]

    def number(self, name: str) -> Numbers:
        """Return a column of numbers; null is NaN."""
        if name not in self._numbers:
            column = self.table[name]
            if column.null_count == len(column):  # as errors and sample sizes of a model are
                self._numbers[name] = np.full(len(column), np.nan)
            else:
                numbers = column.cast(pa.float64()).combine_chunks()
                self._numbers[name] = numbers.to_numpy(zero_copy_only=False)
        return self._numbers[name]

    @cached_property
    def year(self) -> Word:
        """The years as a column of words, in their order."""
        encoded = self.table["year"].combine_chunks().dictionary_encode()
        years = encoded.dictionary.to_numpy()
        place = np.append(np.argsort(np.argsort(years)), len(years))  # the last for no year
        codes = place[encoded.indices.fill_null(len(years)).to_numpy()]
        words: list[str | None] = [f"{year:.0f}" for year in np.sort(years).tolist()]
        return Word(codes, [*words, None] if encoded.null_count else words)

    def counts(self, *names: str) -> dict[tuple[str, ...], int]:
        """Count the rows of each combination of words."""
        _, first, counts = np.unique(self.key(*names), return_index=True, return_counts=True)
        combinations = (tuple(self.word(name).at(i) for name in names) for i in first.tolist())
        return dict(zip(combinations, counts.tolist(), strict=True))

    def first_of_each(self, *names: str) -> list[int]:
        """Return the first row of each combination of words, so that a rule looks at it once."""
        key = self.key(*names)
        if self._combinations(*names) > len(key):
            return [int(index) for index in np.unique(key, return_index=True)[1]]
        first = np.full(self._combinations(*names), -1)
        first[key[::-1]] = np.arange(len(key))[::-1]  # of equal keys the last one written stays
        return [int(index) for index in first[first >= 0]]

    def first_by_word(self, rows: Rows, *names: str) -> int:
        """Return the row whose words come first: an example that no order of rows changes."""
        for name in names:
            column = self._column(name)
            words = [column.words[code] or "" for code in column.codes[rows].tolist()]
            earliest = min(words)
            rows = rows[[word == earliest for word in words]]
        return int(rows[0])

    def _combinations(self, *names: str) -> int:
        return math.prod(max(len(self._column(name).words), 1) for name in names)

    def _column(self, name: str) -> Word:
        return self.year if name == "year" else self.word(name)

    def key(self, *names: str) -> Codes:
        """Number the combinations of several columns: equal where all of them are equal."""
        if names not in self._keys:
            key = np.zeros(len(self), np.int64)
            for name in names:
                column = self._column(name)
                key = key * max(len(column.words), 1) + column.codes
            self._keys[names] = key
        return self._keys[names]


@dataclass
class Ledger:
    """The findings of all rules on one table."""

    columns: Columns
    problems: list[Problem] = field(default_factory=list)
    notes: list[LoadNote] = field(default_factory=list)
    rejected: list[tuple[Rows, Remark]] = field(default_factory=list)
    dropped: list[Rows] = field(default_factory=list)

    def stop(
        self,
        rows: Rows,
        *,
        column: str,
        found: Callable[[int], str],
        expected: Callable[[int], str],
        remedy: Callable[[int], str],
    ) -> None:
        """Keep one problem per file and text found, naming the first rows that have it."""
        files, grouped = self.columns.word("file"), dict[tuple[str, str], list[int]]()
        for index in rows[: MAX_LISTED * 1000].tolist():
            grouped.setdefault((files.at(index), found(index)), []).append(index)
        for (file, text), same in list(grouped.items())[:MAX_LISTED]:
            where = f"{file}, {self.rows_in_words(same)}, column {column}"
            self.problems.append(Problem(where, text, expected(same[0]), remedy(same[0])))
        listed = sum(len(same) for same in list(grouped.values())[:MAX_LISTED])
        if len(rows) > listed:
            more = f"{len(rows) - listed:,} more rows like these"
            where = f"{files.at(int(rows[-1]))} and perhaps others"
            self.problems.append(Problem(where, more, expected(int(rows[-1])), "See above."))

    def reject(self, mask: Mask, of: RefusalCode, **facts: str) -> None:
        """Refuse the marked rows, and only them."""
        rows = np.flatnonzero(mask)
        if len(rows):
            self.rejected.append((rows, remark(of, **facts)))

    def drop(self, rows: Rows) -> None:
        """Leave out rows that say the same as another one."""
        self.dropped.append(rows)

    def note(self, rows: Rows, said: Callable[[Rows], Remark]) -> None:
        """Keep one note per file with the number of rows it concerns."""
        files = self.columns.word("file")
        codes = files.codes[rows]
        for code, count in zip(*np.unique(codes, return_counts=True), strict=True):
            name = files.words[code] or ""
            self.notes.append(LoadNote(name, said(rows[codes == code]), int(count)))

    def rows_in_words(self, indices: list[int]) -> str:
        """Name rows as the file counts them: `row 7`, `rows 7, 8, 9 and 41 more`."""
        numbers = self.columns.table["row"].take(pa.array(indices[:SHOWN_ROWS])).to_pylist()
        named = ", ".join(map(str, numbers))
        more = len(indices) - len(numbers)
        return (
            f"row{'s' if len(indices) > 1 else ''} {named}{f' and {more:,} more' if more else ''}"
        )

    def accepted(self) -> Mask:
        """Mark the rows that are neither rejected nor dropped."""
        kept = np.ones(len(self.columns), bool)
        for rows in (*(rows for rows, _ in self.rejected), *self.dropped):
            kept[rows] = False
        return kept

    def rejections(self) -> tuple[Rejection, ...]:
        """Tell every refused row with its reason."""
        told = []
        for rows, reason in self.rejected:
            for cells in self.columns.table.take(pa.array(rows)).to_pylist():
                raw = ",".join(
                    "" if cells[name] is None else str(cells[name]) for name in FIGURE_COLUMNS
                )
                told.append(
                    Rejection(cells["file"], cells["row"], reason, raw, cells["region_code"])
                )
        return tuple(told)
