"""Figures side by side: one row each, dot and whisker on a common axis from 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.chart_labels import LINE_HEIGHT, Box, leaning, spread, text_width, wrap
from dashboard.chart_marks import Mark, escape
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
from dashboard.theme import Frame, Theme

Role = Literal["ours", "place", "country", "region", "peer"]


@dataclass(frozen=True)
class Row:
    """One row: whose figure it is, the figure, and what it is held against."""

    label: str
    detail: str
    main: Mark
    role: Role = "ours"
    hollow: bool = False
    target: Mark | None = None
    baseline: Mark | None = None
    country: Mark | None = None
    target_words: str = ""
    dated: bool = False
    """Whether the value says its year, as where a baseline stands beside it."""

    @property
    def marks(self) -> list[Mark]:
        """All marks of the row, in the order they are told."""
        marks = (self.baseline, self.main, self.target, self.country)
        return [mark for mark in marks if mark is not None]

    @property
    def is_full(self) -> bool:
        """Whether marks besides the figure itself need words below it."""
        return bool(self.target or self.baseline or self.country)


@dataclass(frozen=True)
class Line:
    """A line of a row's label; the name stands out, its detail is quiet."""

    text: str
    is_name: bool


@dataclass(frozen=True)
class RowSizes:
    """Pixels of a row: room for its label, height in all, height of its marks from below."""

    left: float
    height: float
    marks_at: float
    label_lines: list[list[Line]]
    full: bool


def row_sizes(rows: Sequence[Row], *, frame: Frame) -> RowSizes:
    """Room for labels at the left, or above each row where the frame is narrow."""
    size, full = frame.type.label, any(row.is_full for row in rows)
    line = LINE_HEIGHT * size
    bands = (2 * line + 2.6 * frame.dot) if full else max(line, 1.6 * frame.dot)
    below = (line + 1.5 * frame.dot) if full else bands / 2
    if frame.narrow:
        lines = [_stacked(row, width=frame.width - 2 * frame.pad - 8, size=size) for row in rows]
        above = line * max((_lines_above(x, frame=frame) for x in lines), default=1)
        spare = (1.5 if full else 1.0) * line
        half_nought = text_width("0%", size=size) / 2 + 2
        return RowSizes(half_nought, above + bands + spare, below + 0.4 * spare, lines, full)
    room = 0.36 * frame.width
    lines = [_stacked(row, width=room, size=size) for row in rows]
    widths = [text_width(x.text, size=size, bold=True) for rowed in lines for x in rowed]
    widest = max(widths, default=0.0)
    tallest = line * max((len(x) for x in lines), default=1)
    gap = (0.7 if frame.height else 1.3) if full else 0.55
    height = max(bands, tallest) + gap * line
    spare = height - bands
    return RowSizes(min(widest, room) + 18, height, below + spare / 2, lines, full)


def _stacked(row: Row, *, width: float, size: float) -> list[Line]:
    """Label in lines, the detail on lines of its own."""
    return [
        *(Line(text, True) for text in wrap(row.label, width=width, size=size, bold=True)),
        *(Line(text, False) for text in wrap(row.detail, width=width, size=size)),
    ]


def _lines_above(lines: Sequence[Line], *, frame: Frame) -> int:
    """Lines that a label above its row takes: one where name and detail fit beside each other."""
    joined = " ".join(line.text for line in lines)
    fits = text_width(joined, size=frame.type.label, bold=True) <= 0.85 * frame.width
    return 1 if fits else len(lines)


def draw_rows(panel: Panel, rows: Sequence[Row], *, sizes: RowSizes, words: Words) -> None:
    """Every row from the top down; vertical places are pixels of the plot."""
    count = len(rows)
    for index, row in enumerate(rows):
        y = (count - 1 - index) * sizes.height + sizes.marks_at
        _write_label(panel, row, sizes=sizes, lines=sizes.label_lines[index], y=y)
        if row.main.value is None:
            _write_missing(panel, row, y=y, words=words)
        _draw_marks(panel, row, y=y, words=words)
        if sizes.full:
            _write_around(panel, row, y=y, words=words)
        elif row.main.value is not None:
            _write_beside(panel, row, y=y, words=words)


def role_style(role: Role, *, theme: Theme, frame: Frame) -> Style:
    """Ink and round for ours, grey with a shape of its own for the others."""
    styles = {
        "ours": our_style(theme, frame),
        "place": replace(our_style(theme, frame), bold=False),
        "country": country_style(theme, frame),
        "region": region_style(theme, frame),
        "peer": replace(country_style(theme, frame), symbol="circle"),
    }
    return styles[role]


def _draw_marks(panel: Panel, row: Row, *, y: float, words: Words) -> None:
    """Target first, so that a dot on it stays visible inside its ring."""
    ours = role_style(row.role, theme=panel.theme, frame=panel.frame)
    dot = panel.frame.dot
    ring = replace(our_style(panel.theme, panel.frame), size=dot * 1.55, hollow=True)
    open_mark = replace(ours, hollow=True, size=dot * 0.9)
    if row.baseline and row.baseline.value is not None and row.main.value is not None:
        ends = [row.baseline.value, row.main.value]
        panel.line(ends, [y, y], role="change", colour=ours.colour, width=1.8)
    if row.baseline and row.main.value is not None and row.target:
        ends = [row.main.value, row.target.value or 0.0]
        panel.line(ends, [y, y], role="path", colour=ours.colour, width=1.6, dash=DASH)
    if row.target and row.target.value is not None:
        up = [y - 1.6 * dot, y]
        ends = [row.target.value] * 2
        panel.line(ends, up, role="target-line", colour=ring.colour, width=1.8, dash="4px,3px")
    lower = y - 1.2 * dot
    beside = replace(country_style(panel.theme, panel.frame), size=dot)
    for mark, style, place, role in (
        (row.target, ring, y, "target"),
        (row.country, beside, lower, "country"),
        (row.baseline, open_mark, y, "baseline"),
        (row.main, replace(ours, hollow=row.hollow), y, row.role),
    ):
        if mark is not None and mark.value is not None:
            panel.dots([mark], style=style, words=words, values_on="x", places=[place], role=role)


def _write_label(
    panel: Panel, row: Row, *, sizes: RowSizes, lines: Sequence[Line], y: float
) -> None:
    """The row's name and its detail, left of the plot or above the row."""
    size, narrow, quiet = panel.frame.type.label, panel.frame.narrow, panel.theme.muted
    bold = row.role == "ours"
    width, _ = size_of([line.text for line in lines], size=size, bold=True)
    names = [_bold(line.text, bold) for line in lines if line.is_name]
    details = [line.text for line in lines if not line.is_name]
    spans = [f'<span style="color:{quiet}">{escape(detail)}</span>' for detail in details]
    one_line = narrow and _lines_above(lines, frame=panel.frame) == 1
    text = " ".join([*names, *spans]) if one_line else "<br>".join([*names, *spans])
    height = (1 if one_line else len(lines)) * LINE_HEIGHT * size
    if narrow:
        bottom = y + (0.75 * panel.frame.dot + (LINE_HEIGHT if sizes.full else 0.5) * size)
        box = Box(6, bottom, 6 + width, bottom + height, "left")
    else:
        box = Box(-sizes.left, y - height / 2, width - sizes.left, y + height / 2, "left")
    panel.write(text, x=0, y=y, box=box, colour=panel.theme.ink, size=size, role="row")


def _bold(text: str, weight: bool) -> str:
    """Text as Plotly reads it, in bold where asked."""
    return f"<b>{escape(text)}</b>" if weight else escape(text)


def _write_missing(panel: Panel, row: Row, *, y: float, words: Words) -> None:
    """Why a row has no dot, where its dot would be."""
    text, size = row.main.note or words("charts.status.missing"), panel.frame.type.label
    width, height = size_of([text], size=size)
    box = Box(4, y - height / 2, 4 + width, y + height / 2, "left")
    panel.write(escape(text), x=0, y=y, box=box, colour=panel.theme.muted, size=size)


def _write_beside(panel: Panel, row: Row, *, y: float, words: Words) -> None:
    """The value right of its whisker, tied to its end: a page may show the plot wider."""
    style = role_style(row.role, theme=panel.theme, frame=panel.frame)
    text = words.format_pct(row.main.value or 0.0, decimals=row.main.decimals)
    size = panel.frame.type.label
    width, height = size_of([text], size=size, bold=style.bold)
    left = panel.at(row.main.high, 0)[0] + panel.frame.dot / 2 + 6
    box = Box(left, y - height / 2, left + width, y + height / 2, "left")
    shown = _bold(text, style.bold)
    panel.write(shown, x=row.main.high, y=y, box=box, colour=style.words, size=size)


def _write_around(panel: Panel, row: Row, *, y: float, words: Words) -> None:
    """Values of figure and baseline above the marks, of target and country below."""
    ink, muted = panel.theme.ink, panel.theme.muted
    baseline = row.baseline
    said = ""
    if baseline is not None and baseline.value is not None:
        value = words.format_pct(baseline.value, decimals=baseline.decimals)
        said = words("charts.baseline_label", year=str(baseline.year or ""), value=value)
    now = ""
    if row.main.value is not None:
        now = words.format_pct(row.main.value, decimals=row.main.decimals)
        if row.dated:
            now = words("charts.baseline_label", year=str(row.main.year or ""), value=now)
    beside = ""
    if row.country is not None and row.country.value is not None:
        value = words.format_pct(row.country.value, decimals=row.country.decimals)
        name = words("charts.country_short" if panel.frame.narrow else "charts.country")
        beside = f"{name} {value}"
    half = panel.frame.type.label * 0.65
    dot = panel.frame.dot
    above = y + 0.75 * dot + half
    below = y - 1.75 * dot - half
    _write_line(panel, [(row.baseline, said, muted), (row.main, now, ink)], y=y, at=above)
    target = (row.target, row.target_words, ink)
    _write_line(panel, [target, (row.country, beside, muted)], y=y, at=below)


def _write_line(
    panel: Panel, items: Sequence[tuple[Mark | None, str, str]], *, y: float, at: float
) -> None:
    """Words under or over their marks on one line, moved apart where they would touch."""
    kept = [(mark, text, colour) for mark, text, colour in items if mark is not None and text]
    size, ink = panel.frame.type.label, panel.theme.ink
    boxes = [size_of([text], size=size, bold=colour == ink) for _, text, colour in kept]
    centres = [panel.at(mark.value or 0.0, 0)[0] for mark, _, _ in kept]
    low, high = -4.0, panel.width + panel.frame.pad + 8
    rooms = [width + 10 for width, _ in boxes]
    moved = spread(centres, sizes=rooms, low=low, high=high)
    for (mark, text, colour), (width, height), centre in zip(kept, boxes, moved, strict=True):
        align = "center" if panel.frame.narrow else leaning(centre, moved=moved, sizes=rooms)
        box = Box(centre - width / 2, at - height / 2, centre + width / 2, at + height / 2, align)
        shown = _bold(text, colour == ink)
        panel.write(shown, x=mark.value or 0.0, y=y, box=box, colour=colour, size=size)
