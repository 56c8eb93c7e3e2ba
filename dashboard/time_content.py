"""What a plot area over time holds: our figures, those beside them, the promise, the breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from dashboard.chart_marks import Mark, measured, records, with_value
from dashboard.i18n import Words
from dashboard.promise import Promise
from dashboard.rows import optional


@dataclass(frozen=True)
class Break:
    """A change of the measurement between two years: minor (tested, noted) or major (not)."""

    before: int
    after: int
    major: bool
    reason: str

    def lies_between(self, first: int, second: int) -> bool:
        """Whether a line from the first year to the second would cross it."""
        return self.before < second and first < self.after


def breaks_of(frame: pd.DataFrame | None) -> list[Break]:
    """Breaks from rows of marts.breaks with their `reason` in the page's language."""
    if frame is None:
        return []
    return [
        Break(
            before=int(row["year_before"]),
            after=int(row["year_after"]),
            major=row["severity"] == "major",
            reason=optional(row, "reason") or "",
        )
        for row in records(frame)
    ]


def joined(marks: Sequence[Mark], *, breaks: Sequence[Break]) -> list[tuple[Mark, Mark, bool]]:
    """Neighbouring waves that a line may join, and whether a minor break lies between.

    Never over a wave without a figure, and never over a major break.
    """
    pairs = []
    for first, second in pairwise(marks):
        between = [b for b in breaks if b.lies_between(first.year or 0, second.year or 0)]
        known = first.value is not None and second.value is not None
        if known and not any(b.major for b in between):
            pairs.append((first, second, bool(between)))
    return pairs


@dataclass(frozen=True)
class Content:
    """Everything that one plot area over time shows."""

    ours: list[Mark]
    country: list[Mark]
    region: list[Mark]
    promise: Promise
    breaks: list[Break]
    exceptional: dict[int, str]

    @property
    def marks(self) -> list[Mark]:
        """All marks, ours first."""
        promise = [self.promise.stated, self.promise.target, self.promise.forecast]
        return [*self.ours, *(m for m in promise if m), *self.country, *self.region]

    @property
    def years(self) -> list[int]:
        """Years with a measured figure of ours."""
        return [m.year for m in with_value(self.ours) if m.year is not None]


def exceptional_waves(waves: pd.DataFrame | None) -> dict[int, str]:
    """Years outside the regular rhythm with their label, from columns year, exceptional, label."""
    if waves is None:
        return {}
    rows = records(waves[waves["exceptional"].astype(bool)])
    return {int(row["year"]): optional(row, "label") or "" for row in rows}


def beside_ours(frame: pd.DataFrame | None, *, name: str | None, words: Words) -> list[Mark]:
    """Marks of the country or region; none where the series does not have it."""
    if frame is None or frame.empty:
        return []
    return measured(frame, who=name or str(frame["region_name"].iloc[0]), words=words)
