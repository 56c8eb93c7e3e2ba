"""Observations of a Swing workbook turned into figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from etl.errors import Problem
from etl.findings import enumerated, nearest, quoted
from etl.sources.base import FIGURE_SCHEMA, AgeBounds, LoadNote, Rejection, SeriesFacts, Vocabulary
from etl.sources.codes import NoteCode, RefusalCode, Remark, remark
from etl.sources.delimited import MAX_LISTED
from etl.sources.figure_cells import rows_in_words
from etl.sources.swing_layouts import Delivery, Observation, Variable, text
from etl.sources.swing_names import (
    Meaning,
    age_group,
    read_breakdown,
    read_variable,
    region_code,
)

SUPPRESSED = -99996
"""Sign of Swing for a figure that is secret or missing; never a number."""
FEWEST_AGREED = 50
"""National agreement: no figure on fewer respondents is published."""
DEFAULT_STEP = 0.1
FINEST_STEP_DECIMALS = 2
YES, NO = "1", "0"


@dataclass
class SwingFigures:
    """The figures of one workbook, and what did not become one."""

    delivery: Delivery
    file: str
    series: SeriesFacts
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    refused: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    noted: Counter[Remark] = field(default_factory=Counter)

    @cached_property
    def meanings(self) -> dict[str, Meaning]:
        """What each variable of the data stands for; an unlisted one about loneliness stops."""
        codes = dict.fromkeys(code for one in self.delivery.observations for code in one.values)
        return {code: self._meaning(code) for code in codes}

    def _meaning(self, code: str) -> Meaning:
        variable = self._variable(code)
        meaning = read_variable(
            code, label=variable.label, data_type=variable.data_type, vocabulary=self.vocabulary
        )
        where = f"{self.file}, variable {code[:80]}"
        known = [c for names in self.vocabulary.indicators.values() for c in names.ggd_codes]
        if meaning.kind == "unknown":
            found = f"{quoted(code)} {variable.label[:120]}".strip()
            remedy = (
                "If it measures one of the indicators, add the code to ggd_codes of that indicator "
                f"in metrics.yaml; {nearest(code, known)}. Else remove it from the workbook."
            )
            expected = f"a code that metrics.yaml lists: {', '.join(known)}"
            self.problems.append(Problem(where, found, expected, remedy))
        if meaning.kind == "contradiction":
            found = f"{quoted(code)}, but {quoted(variable.label)}"
            expected = "the same ages in the code and in the description"
            self.problems.append(Problem(where, found, expected, "Correct one of the two."))
        if meaning.kind == "figure" and variable.data_type.lower() not in (
            "",
            "percentage",
            "mean",
        ):
            expected = "data type Percentage"
            remedy = "Export percentages, or the weighted numbers of both answers."
            self.problems.append(
                Problem(where, f"data type {variable.data_type}", expected, remedy)
            )
        return meaning

    def _variable(self, code: str) -> Variable:
        """What the workbook says of a variable."""
        return self.delivery.variables.get(code.lower(), Variable(code))

    def table(self) -> pa.Table:
        """Return the figures in FIGURE_SCHEMA."""
        rows = [row for one in self.delivery.observations for row in self._rows(one)]
        finest = _finest_step(rows)
        for row in rows:
            row["rounding_step"] = row["rounding_step"] or finest
        columns = {name: [row.get(name) for row in rows] for name in FIGURE_SCHEMA.names}
        return pa.table(columns, schema=FIGURE_SCHEMA)

    def all_problems(self) -> tuple[Problem, ...]:
        """Tell everything that stops the workbook, the same cell text once; after `table`."""
        cells = [
            Problem(
                f"{self.file}, {rows_in_words(rows)} of the data, column {column}",
                quoted(found),
                expected,
                remedy,
            )
            for (column, found, expected, remedy), rows in self.refused.items()
        ]
        return tuple(dict.fromkeys([*self.problems, *cells[:MAX_LISTED]]))

    def notes(self) -> list[LoadNote]:
        """Tell what was left out, mended or deserves a second look; after `table`."""
        if unread := self.delivery.unread:
            said = remark(NoteCode.UNREAD_COLUMNS, columns=enumerated(unread))
            self.noted[said] = len(unread)
        return [LoadNote(self.file, what, count) for what, count in self.noted.items()]

    def _rows(self, one: Observation) -> list[dict[str, object]]:
        """Figures of one row of the data: none, one, or one per variable."""
        wanted = {code: self.meanings[code] for code in one.values}
        counted = sorted({m.indicator for m in wanted.values() if m.kind == "count"})
        figures = [(code, meaning) for code, meaning in wanted.items() if meaning.kind == "figure"]
        self._count_others(wanted)
        rows = [self._row(one, code, meaning, one.values[code]) for code, meaning in figures]
        for indicator in counted:
            answers = {
                m.answer: c for c, m in wanted.items() if m.indicator == indicator and m.answer
            }
            share = self._share(one, answers)
            code = next(iter(answers.values())).rpartition("_")[0]
            rows.append(self._row(one, f"{code}_perc", Meaning("figure", indicator), share))
        return [row for row in rows if row]

    def _count_others(self, wanted: dict[str, Meaning]) -> None:
        for code, meaning in wanted.items():
            if meaning.kind == "other_subject":
                self.noted[remark(NoteCode.OTHER_SUBJECTS)] += 1
            if meaning.kind == "other_breakdown":
                label = self._variable(code).label[:80]
                told = f"{code} {label}".strip()
                self.noted[remark(NoteCode.OTHER_BREAKDOWN, breakdown=told)] += 1

    def _share(self, one: Observation, answers: dict[str, str]) -> object:
        """Percentage of weighted people who said yes, of those who said yes or no."""
        if set(answers) != {YES, NO}:
            found = f"weighted numbers of answer {', '.join(sorted(answers))} only"
            remedy = "Export the cube again with all answers."
            problem = Problem(self.file, found, "of answers 0 and 1", remedy)
            self.problems += [] if problem in self.problems else [problem]
            return None
        yes, no = (one.values[answers[answer]] for answer in (YES, NO))
        if not _is_number(yes) or not _is_number(no):
            return yes if not _is_number(yes) else no
        if SUPPRESSED in (yes, no) or yes + no <= 0:  # type: ignore[operator]
            return SUPPRESSED
        return 100 * yes / (yes + no)  # type: ignore[operator]

    def _row(
        self, one: Observation, code: str, meaning: Meaning, cell: object
    ) -> dict[str, object] | None:
        """One figure, or None where the row is left out, rejected or wrong."""
        variable = self._variable(code)
        year = self._year(one)
        only_ages, ages = read_breakdown(one.breakdown)
        if year is None:
            return None
        if not only_ages:
            told = ", ".join(one.breakdown)[:80]
            self.noted[remark(NoteCode.OTHER_BREAKDOWN, breakdown=told)] += 1
            return None
        group = age_group(ages or meaning.ages, year=year, vocabulary=self.vocabulary)
        if group is None:
            told = ", ".join(one.breakdown) or variable.label or code
            self._leave_out(one, ages or meaning.ages, told=told[:80])
            return None
        region = self._region(one, code=code, cell=cell)
        if region is None:
            return None
        value, size, status = self._measured(one, cell, threshold=variable.threshold)
        return {
            "series_id": self.series.series_id,
            "edition": self.series.editions[0],
            "region_code": region,
            "indicator": meaning.indicator,
            "age_group": group,
            "year": year,
            "value": value,
            "rounding_step": _declared_step(variable),
            "sample_size": size,
            "obs_status": status,
            "source_ref": variable.source or None,
            "file": self.file,
            "row": one.row,
        }

    def _leave_out(self, one: Observation, ages: AgeBounds | None, *, told: str) -> None:
        """Note an age group that metrics.yaml does not have; stop at another population."""
        youngest = self.series.min_age
        if ages is None or ages.min_age is None or ages.min_age >= youngest:
            self.noted[remark(NoteCode.OTHER_AGES, ages=told)] += 1
            return
        remedy = "Put figures of another population in a series of their own."
        self._refuse(one, "age group", told, f"people of {youngest} and over", remedy)

    def _year(self, one: Observation) -> int | None:
        told = text(one.period)
        if len(told) == 4 and told.isascii() and told.isdigit():
            return int(told)
        expected = "one year of four digits, such as 2022"
        self._refuse(one, "period", told, expected, "Deliver each wave with its own year.")
        return None

    def _region(self, one: Observation, *, code: str, cell: object) -> str | None:
        """Code of the region; a level that is not used is left out, an unknown area rejected."""
        level, area = text(one.level), text(one.area)
        region = region_code(level, area, names=self.vocabulary.region_names)
        if region is None:
            raw = ",".join(text(part) for part in (one.period, level, area, code, cell))
            reason = remark(RefusalCode.UNCLEAR_AREA)
            self.rejections.append(Rejection(self.file, one.row, reason, raw, area or None))
        elif region != area:
            self.noted[remark(NoteCode.AREAS_READ)] += 1
        return region

    def _measured(
        self, one: Observation, cell: object, *, threshold: object
    ) -> tuple[float | None, int | None, str]:
        """Value, respondents and status; the sign for suppressed never becomes a number."""
        size = self._size(one)
        if cell is None or cell == "":
            return None, size, "missing"
        if not _is_number(cell):
            expected = "a number, or -99996 for suppressed"
            self._refuse(one, "value", text(cell), expected, "Save the workbook with numbers.")
            return None, size, "missing"
        value = float(cell)  # type: ignore[arg-type]
        if value == SUPPRESSED or one.sample_size == SUPPRESSED:
            return None, size, "suppressed"
        if size is not None and _is_number(threshold) and size < threshold:  # type: ignore[operator]
            self.noted[remark(NoteCode.BELOW_THRESHOLD)] += 1
            return None, size, "suppressed"
        if size is not None and size < FEWEST_AGREED:
            self.noted[remark(NoteCode.FEW_RESPONDENTS)] += 1
        return value, size, "normal"

    def _size(self, one: Observation) -> int | None:
        size = one.sample_size
        if size in (None, "", SUPPRESSED):
            return None
        if _is_number(size) and 0 <= size < 1e9 and float(size).is_integer():  # type: ignore
            return int(size)  # type: ignore[call-overload]
        expected = "a whole number of respondents, or -99996"
        self._refuse(one, "n_ongewogen", text(size), expected, "Correct the number.")
        return None

    def _refuse(
        self, one: Observation, column: str, found: str, expected: str, remedy: str
    ) -> None:
        rows = self.refused.setdefault((column, found, expected, remedy), [])
        rows += [one.row] if one.row not in rows[-1:] else []


def _is_number(cell: object) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == cell


def _declared_step(variable: Variable) -> float | None:
    """Step in points from RoundOff; None where the workbook does not give it."""
    told = text(variable.round_off).replace(",", ".")
    is_step = told.replace(".", "", 1).isdecimal() and 0 < float(told) <= 10
    return float(told) if is_step else None


def _finest_step(rows: Sequence[Mapping[str, object]]) -> float:
    """Step in points from the most decimals of a workbook; unrounded values count as 0.1."""
    values = [repr(row["value"]) for row in rows if row["value"] is not None]
    decimals = [len(value.partition(".")[2].rstrip("0")) for value in values]
    finest = max(decimals, default=1)
    return round(10.0**-finest, 9) if finest <= FINEST_STEP_DECIMALS else DEFAULT_STEP
