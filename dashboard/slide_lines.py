"""What the native chart of a slide draws: its series, with gaps where no line may run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd
from pptx.enum.chart import XL_MARKER_STYLE

from dashboard.chart_marks import Mark, measured, with_value
from dashboard.dossier import Story
from dashboard.i18n import Words
from dashboard.promise import Promise, promise_of
from dashboard.theme import LIGHT
from dashboard.time_content import Break, breaks_of

YEARS_APART = 2
"""Years between ticks: waves are two to four years apart."""


@dataclass(frozen=True)
class Line:
    """One series of the chart and how it is drawn; a mark without a value parts its line."""

    name: str
    marks: Sequence[Mark]
    colour: str
    marker: Any
    size: int
    dashed: bool = False
    joined: bool = True
    is_ours: bool = False
    above: bool | None = None
    """Side of its labels; None without labels."""


def lines_of(story: Story, *, words: Words) -> list[Line]:
    """The series of the chart: ours, the Netherlands, the region, the path and the target."""
    row = story.row
    place, land, near = str(row["region_name"]), words("charts.country"), row["ggd_region_name"]
    parting = breaks_of(story.breaks)
    ours = _marks(story.ours, who=place, breaks=parting, words=words)
    country = _marks(story.country, who=land, breaks=parting, words=words)
    region = _marks(story.region, who=str(near), breaks=parting, words=words)
    promise = promise_of(row, who=place, words=words)
    higher = not country or _newest(ours).point[1] >= _newest(country).point[1]
    circle, square = XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE
    lines = [
        Line(place, ours, LIGHT.ink, circle, 11, is_ours=True, above=higher),
        Line(land, country, LIGHT.country, XL_MARKER_STYLE.TRIANGLE, 9, above=not higher),
        Line(str(near), region, LIGHT.region, square, 8),
        *_promised(promise, ours=with_value(ours), words=words),
        *_forecast(promise, words=words),
    ]
    return _first_is_longest([line for line in lines if line.marks])


def _newest(marks: Sequence[Mark]) -> Mark:
    return with_value(marks)[-1]


def _marks(
    figures: pd.DataFrame | None, *, who: str, breaks: Sequence[Break], words: Words
) -> list[Mark]:
    """Marks by year from the first figure to the last, with an empty one in every gap.

    A gap is a wave without a figure or a major break: a program draws no line past an empty row.
    """
    every = [] if figures is None else measured(figures, who=who, words=words)
    known = [number for number, mark in enumerate(every) if mark.value is not None]
    if not known:
        return []
    every = every[known[0] : known[-1] + 1]
    marks = every[:1]
    for before, after in pairwise(every):
        years = (before.year or 0, after.year or 0)
        if any(gap.major and gap.lies_between(*years) for gap in breaks):
            marks.append(_emptied(before, year=sum(years) // 2))
        marks.append(after)
    return marks


def _emptied(mark: Mark, *, year: int | None) -> Mark:
    """The same mark without its figure."""
    return replace(mark, year=year, value=None, lower=None, upper=None)


def _first_is_longest(lines: list[Line]) -> list[Line]:
    """Lines with empty rows after the first, so that no other has more.

    LibreOffice loses the points of a series that is followed by a longer one.
    """
    first = lines[0]
    short = max(len(line.marks) for line in lines) - len(first.marks)
    empty = _emptied(first.marks[-1], year=first.marks[-1].year)
    return [replace(first, marks=[*first.marks, *[empty] * short]), *lines[1:]]


def _promised(promise: Promise, *, ours: Sequence[Mark], words: Words) -> list[Line]:
    """The straight path to the target, or the level line of a limit, and the target itself."""
    target = promise.target
    if target is None or target.value is None:
        return []
    first, last = ours[0].point[0], ours[-1].point[0]
    year = last + 2 * YEARS_APART if target.year is None else target.year
    end = replace(target, year=int(year))
    start = promise.path_start or ((first, target.value) if promise.is_limit else None)
    is_alone = target.year is None and start is not None
    lines = []
    if start is not None:
        begin = replace(target, year=int(start[0]), value=start[1])
        kind = "charts.path_label" if promise.path_start else "exports.slides.limit"
        name = words("charts.kinds.target" if is_alone else kind)
        above = True if is_alone else None
        none = XL_MARKER_STYLE.NONE
        lines.append(Line(name, [begin, end], LIGHT.ink, none, 2, dashed=True, above=above))
    if not is_alone:
        # a ring, as on the page, would not be seen in every program
        mark, name = XL_MARKER_STYLE.DIAMOND, words("charts.kinds.target")
        # in the year of the newest figure its words keep clear of that figure
        above = year > last or target.value >= ours[-1].point[1]
        lines.append(Line(name, [end], LIGHT.ink, mark, 14, joined=False, above=above))
    return lines


def _forecast(promise: Promise, *, words: Words) -> list[Line]:
    """Where the line from before the plan would have led, in the year of the newest figure."""
    if promise.forecast is None:
        return []
    name, cross = words("charts.kinds.forecast"), XL_MARKER_STYLE.X
    # the verdict above the chart says its value; a label would stand on the marks around it
    return [Line(name, [promise.forecast], LIGHT.muted, cross, 11, joined=False)]
