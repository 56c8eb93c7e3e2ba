"""Drawing figures over time: measured years only, breaks as gaps, path and target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.chart_labels import Box, along
from dashboard.chart_marks import Mark, with_value
from dashboard.chart_panel import (
    DASH,
    Panel,
    Style,
    country_style,
    our_style,
    region_style,
    size_of,
)
from dashboard.i18n import Words
from dashboard.promise import Promise
from dashboard.time_content import Break, Content, joined


def draw(panel: Panel, content: Content, *, words: Words) -> list[Box]:
    """Lines, dots, path and target on one plot area, the quietest first; the room they take."""
    theme, frame = panel.theme, panel.frame
    styles = {
        "region": region_style(theme, frame),
        "country": country_style(theme, frame),
        "ours": our_style(theme, frame),
    }
    taken = [
        box
        for gap in content.breaks
        for box in draw_break(panel, gap, marks=content.ours, words=words)
    ]
    taken += draw_promise_lines(panel, content.promise)
    for role, marks in (
        ("region", content.region),
        ("country", content.country),
        ("ours", content.ours),
    ):
        draw_series(
            panel,
            marks,
            breaks=content.breaks,
            style=styles[role],
            words=words,
            role=role,
            exceptional=content.exceptional,
        )
        taken += taken_by(panel, marks, radius=frame.dot / 2)
        taken += lines_taken(panel, marks, breaks=content.breaks)
    taken += draw_promise_marks(panel, content.promise, words=words)
    return taken


def draw_series(
    panel: Panel,
    marks: Sequence[Mark],
    *,
    breaks: Sequence[Break],
    style: Style,
    words: Words,
    role: str,
    exceptional: Iterable[int] = (),
) -> None:
    """Thin lines between measured years, then dots with whiskers; extra waves as diamonds."""
    for first, second, thin in joined(marks, breaks=breaks):
        width = style.line / 2 if thin else style.line
        years, values = zip(first.point, second.point, strict=True)
        panel.line(years, values, role=f"{role}-line", colour=style.colour, width=width)
    extra = set(exceptional)
    for subset, symbol in (
        ([m for m in with_value(marks) if m.year not in extra], style.symbol),
        ([m for m in with_value(marks) if m.year in extra], "diamond"),
    ):
        if subset:
            panel.dots(
                subset,
                style=replace(style, symbol=symbol),
                words=words,
                values_on="y",
                places=[m.point[0] for m in subset],
                role=role,
            )


def draw_break(panel: Panel, gap: Break, *, marks: Sequence[Mark], words: Words) -> list[Box]:
    """A dotted rule with the word 'break' between the waves that a major break parts.

    Gives the room that they take.
    """
    years = [mark.point[0] for mark in with_value(marks)]
    before = [year for year in years if year < gap.after]
    after = [year for year in years if year > gap.before]
    if not gap.major or not before or not after:
        return []
    x, top = (max(before) + min(after)) / 2, panel.y_range[1]
    panel.line([x, x], [0, top], role="break", colour=panel.theme.edge, width=1, dash="2px,4px")
    text, size = words("charts.break_label"), panel.frame.type.small
    width, height = size_of([text], size=size)
    across, up = panel.at(x, top)
    box = Box(across + 4, up - height, across + 4 + width, up, "left")
    panel.write(text, x=x, y=top, box=box, colour=panel.theme.muted, size=size, role="break")
    return [box, *along((across, 0), (across, up), half=4)]


def draw_path(panel: Panel, start: tuple[float, float], end: tuple[float, float]) -> None:
    """The dashed straight path from (year, percent) to (year, percent)."""
    panel.line(
        [start[0], end[0]],
        [start[1], end[1]],
        role="path",
        colour=panel.theme.ink,
        width=1.8,
        dash=DASH,
    )


def draw_promise_lines(panel: Panel, promise: Promise) -> list[Box]:
    """The dashed path, or the level line of a limit; the room they take."""
    target = promise.target
    if target is None or target.value is None:
        return []
    end = (panel.x_range[1] if target.year is None else target.year, target.value)
    if promise.path_start is not None:
        start = promise.path_start
    elif promise.is_limit:
        start = (panel.x_range[0], target.value)
    else:
        return []
    draw_path(panel, start, end)
    return along(panel.at(*start), panel.at(*end), half=3)


def draw_promise_marks(panel: Panel, promise: Promise, *, words: Words) -> list[Box]:
    """Ring of the target, small open marks of stated baseline and forecast; the room they take."""
    ours = our_style(panel.theme, panel.frame)
    dot = panel.frame.dot
    shapes = {
        "target": replace(ours, size=dot * 1.25, hollow=True),
        "stated": replace(ours, size=dot * 0.75, hollow=True),
        "forecast": replace(ours, size=dot * 0.95, hollow=True, symbol="diamond"),
    }
    taken: list[Box] = []
    for role, mark in (
        ("stated", promise.stated),
        ("forecast", promise.forecast),
        ("target", promise.target),
    ):
        if mark is None or (mark.year is None and role != "target"):
            continue
        x = panel.x_range[1] if mark.year is None else mark.year
        panel.dots([mark], style=shapes[role], words=words, values_on="y", places=[x], role=role)
        taken += taken_by(panel, [replace(mark, year=int(x))], radius=dot * 0.6)
    return taken


def taken_by(panel: Panel, marks: Sequence[Mark], *, radius: float) -> list[Box]:
    """Room that dots and whiskers take, pixels."""
    boxes = []
    for mark in with_value(marks):
        if mark.year is None:
            continue
        x, y = panel.at(mark.year, mark.value or 0.0)
        boxes.append(Box(x - radius, y - radius, x + radius, y + radius))
        if mark.lower is not None and mark.upper is not None:
            low, high = panel.at(mark.year, mark.lower)[1], panel.at(mark.year, mark.upper)[1]
            boxes.append(Box(x - 4, low, x + 4, high))
    return boxes


def lines_taken(panel: Panel, marks: Sequence[Mark], *, breaks: Sequence[Break] = ()) -> list[Box]:
    """Room that the lines of a series take, pixels."""
    return [
        box
        for first, second, _ in joined(marks, breaks=breaks)
        for box in along(
            panel.at(*first.point),
            panel.at(*second.point),
            half=2,
        )
    ]
