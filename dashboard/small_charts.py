"""Small charts as SVG of our own: they paint at once on the landing page and print on paper.

Everything is drawn from an assessment row; the text alternative stands inside the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.chart_frame import axis_top
from dashboard.chart_labels import spread
from dashboard.chart_marks import Mark, sentences_of
from dashboard.i18n import Words
from dashboard.promise import (
    baseline_mark,
    country_mark,
    latest_mark,
    may_be_joined,
    target_mark,
    target_phrase,
)
from dashboard.rows import Row
from dashboard.svg import Label, circle, document, line
from dashboard.theme import Theme

WIDTH, HEIGHT, SIDE = 360, 118, 22
GAP = 4
"""Pixels on either side of a label above the dots."""

TARGET_TOP, VALUE_LINE, MARK_LINE, COUNTRY_LINE, AXIS = 13, 38, 54, 75, 94


@dataclass(frozen=True)
class SmallChart:
    """An SVG with its alternative text inside, and the same text apart."""

    svg: str
    alternative: str


@dataclass(frozen=True)
class _Scale:
    """From percent to pixels, on an axis from 0."""

    end: float
    step: float

    def at(self, value: float) -> float:
        """Pixels from the left."""
        return SIDE + value / self.end * (WIDTH - 2 * SIDE)


def now_and_target(
    row: Row, *, words: Words, theme: Theme, name: str, end: float | None = None
) -> SmallChart | None:
    """Newest figure with its margin, target and the Netherlands; None without a figure.

    `row` is an assessment row, `name` an id that is unique on the page, `end` the end of the
    axis in percent where several charts share one.
    """
    return _small_chart(row, baseline=False, words=words, theme=theme, name=name, end=end)


def change_and_target(
    row: Row, *, words: Words, theme: Theme, name: str, end: float | None = None
) -> SmallChart | None:
    """As now_and_target, with the baseline as an open dot and a line to now.

    Across a major break there is no line: figures before and after it are not compared.
    """
    return _small_chart(row, baseline=True, words=words, theme=theme, name=name, end=end)


def _small_chart(
    row: Row, *, baseline: bool, words: Words, theme: Theme, name: str, end: float | None
) -> SmallChart | None:
    """Marks of the row, drawn and told."""
    who = str(row["region_name"])
    latest = latest_mark(row, who=who)
    if latest is None:
        return None
    before = baseline_mark(row, who=who) if baseline else None
    target, country = target_mark(row, who=who), country_mark(row, words=words)
    marks = [mark for mark in (before, latest, target, country) if mark is not None]
    reach, step = axis_top([*(mark.high for mark in marks), end or 0.0])
    scale = _Scale(end or reach, step)
    labels = [
        *_value_labels(before, latest, scale=scale, theme=theme, words=words),
        *_country_label(country, scale=scale, theme=theme, words=words),
    ]
    body = [
        *_axis(scale, theme=theme, words=words),
        *_target(target, scale=scale, labels=labels, theme=theme, words=words),
        *_triangle(country, scale=scale, theme=theme),
        *_figures(before, latest, joined=may_be_joined(row), scale=scale, theme=theme),
        *(label.svg for label in labels),
    ]
    title = ", ".join(str(row[key]) for key in ("indicator_label", "series_age_label") if row[key])
    text = f"{title}. {' '.join(sentences_of(marks, words=words))}"
    svg = document(
        body, size=(WIDTH, HEIGHT), title=title, text=text, name=name, ground=theme.background
    )
    return SmallChart(svg, text)


def _axis(scale: _Scale, *, theme: Theme, words: Words) -> list[str]:
    """Hairlines and percentages from 0."""
    step = scale.step if scale.end / scale.step <= 6 else 2 * scale.step
    parts = []
    for index in range(int(scale.end / step + 1e-9) + 1):
        x, colour = scale.at(index * step), theme.grid if index else theme.edge
        parts.append(line((x, TARGET_TOP + 8), (x, AXIS), colour=colour, width=1))
        tick = words.format_pct(index * step, decimals=0)
        parts.append(Label(tick, x, AXIS + 16, theme.muted).svg)
    return parts


def _target(
    target: Mark | None,
    *,
    scale: _Scale,
    labels: Sequence[Label],
    theme: Theme,
    words: Words,
) -> list[str]:
    """A dashed rule with a ring, its words on top; the rule stops where other words stand."""
    if target is None or target.value is None:
        return []
    x = scale.at(target.value)
    label = Label(target_phrase(target, words=words), x, TARGET_TOP, theme.ink, bold=True)
    inside = min(max(x, label.width / 2 + 2), WIDTH - label.width / 2 - 2)
    lines = {label.y for label in labels if label.covers(x)}
    top, middle, foot = TARGET_TOP + 5, VALUE_LINE + 4, COUNTRY_LINE - 8
    spans = [
        (top, VALUE_LINE - 11 if VALUE_LINE in lines else middle),
        (middle, foot),
        (COUNTRY_LINE + 8 if COUNTRY_LINE + 5 in lines else foot, AXIS),
    ]
    return [
        *(line((x, a), (x, b), colour=theme.ink, width=1.8, dash="4 3") for a, b in spans),
        circle(x, MARK_LINE, radius=8, fill=theme.background, stroke=theme.ink),
        replace(label, x=inside).svg,
    ]


def _country_label(
    country: Mark | None, *, scale: _Scale, theme: Theme, words: Words
) -> list[Label]:
    """Name and value beside the triangle, on the side where there is room."""
    if country is None or country.value is None:
        return []
    x = scale.at(country.value)
    value = words.format_pct(country.value, decimals=country.decimals)
    label = Label(f"{country.who} {value}", x + 10, COUNTRY_LINE + 5, theme.muted, anchor="start")
    fits = label.x + label.width <= WIDTH
    return [label if fits else replace(label, x=x - 10, anchor="end")]


def _triangle(country: Mark | None, *, scale: _Scale, theme: Theme) -> list[str]:
    """The Netherlands as a grey triangle."""
    if country is None or country.value is None:
        return []
    x, y = scale.at(country.value), COUNTRY_LINE
    points = f"{x:.1f},{y - 5} {x - 5.5:.1f},{y + 5} {x + 5.5:.1f},{y + 5}"
    return [f'<polygon points="{points}" fill="{theme.country}"/>']


def _figures(
    before: Mark | None, latest: Mark, *, joined: bool, scale: _Scale, theme: Theme
) -> list[str]:
    """Whisker, open dot of the baseline, filled dot of now; a line between the dots if joined."""
    x, y, ink = scale.at(latest.value or 0.0), MARK_LINE, theme.ink
    parts = []
    if latest.lower is not None and latest.upper is not None:
        low, high = scale.at(latest.lower), scale.at(latest.upper)
        parts.append(line((low, y), (high, y), colour=ink, width=1.6))
        parts += [line((e, y - 5), (e, y + 5), colour=ink, width=1.6) for e in (low, high)]
    if before is not None and before.value is not None:
        start = scale.at(before.value)
        if joined:
            parts.append(line((start, y), (x, y), colour=ink, width=2))
        parts.append(circle(start, MARK_LINE, radius=4.5, fill=theme.background, stroke=ink))
    return [*parts, circle(x, MARK_LINE, radius=5.5, fill=ink, stroke=ink)]


def _value_labels(
    before: Mark | None, latest: Mark, *, scale: _Scale, theme: Theme, words: Words
) -> list[Label]:
    """Years and values above the dots, moved apart where they would touch."""
    labels = [
        Label(
            words(
                "charts.baseline_label",
                year=words.format_year(mark.year or 0),
                value=words.format_pct(mark.value or 0.0, decimals=mark.decimals),
            ),
            scale.at(mark.value or 0.0),
            VALUE_LINE,
            theme.ink if mark is latest else theme.muted,
            bold=mark is latest,
        )
        for mark in (before, latest)
        if mark is not None
    ]
    sizes = [label.width + 2 * GAP for label in labels]
    places = spread([label.x for label in labels], sizes=sizes, low=0, high=WIDTH)
    moved = [replace(label, x=x) for label, x in zip(labels, places, strict=True)]
    if places == [label.x for label in labels] or len(labels) < 2:
        return moved
    return _leaning(moved)


def _leaning(labels: Sequence[Label]) -> list[Label]:
    """Two labels with no room to spare, set against the point where they meet.

    Letters are mostly narrower than reckoned: set in its middle, a label would stand away from its
    own dot, over another mark.
    """
    left, right = sorted(labels, key=lambda label: label.x)
    meeting = right.x - right.width / 2 - GAP
    places = {left.x: (meeting - GAP, "end"), right.x: (meeting + GAP, "start")}
    return [
        replace(label, x=places[label.x][0], anchor=places[label.x][1])  # type: ignore[arg-type]
        for label in labels
    ]
