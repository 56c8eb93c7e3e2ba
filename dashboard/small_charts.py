"""Small charts as SVG of our own: they paint at once on the landing page and print on paper.

Everything is drawn from an assessment row; the text alternative stands inside the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.chart_frame import axis_top
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

WIDTH, SIDE = 360, 22
TARGET_TOP, NOW_LINE, MARK_LINE, START_LINE, LANE = 13, 38, 54, 77, 19
"""Pixels from the top: feet of words and middles of marks. Each thing has a line of its own, so
that its words stand at it, however near others are: the target above, then now, the start below."""

LETTERS = 12
"""Pixels from the foot of words to above their letters."""


@dataclass(frozen=True)
class SmallChart:
    """An SVG with its alternative text inside, and the same text apart; its height in pixels."""

    svg: str
    alternative: str
    height: int


@dataclass(frozen=True)
class _Plot:
    """From percent to pixels, on an axis from 0; `start` where it has a line for the start."""

    end: float
    step: float
    start: bool

    def at(self, value: float) -> float:
        """Pixels from the left."""
        return SIDE + value / self.end * (WIDTH - 2 * SIDE)

    @property
    def country(self) -> int:
        """Middle of the triangle of the country, from the top."""
        return START_LINE - 2 + (LANE if self.start else 0)

    @property
    def axis(self) -> int:
        """Foot of the plot, from the top."""
        return self.country + 19

    @property
    def height(self) -> int:
        """Of the picture, with the percentages below its axis."""
        return self.axis + 24


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
    plot = _Plot(end or reach, step, start=before is not None)
    labels = [
        *_value_labels(before, latest, plot=plot, theme=theme, words=words),
        *_country_label(country, plot=plot, theme=theme, words=words),
    ]
    body = [
        *_axis(plot, theme=theme, words=words),
        *_target(target, plot=plot, labels=labels, theme=theme, words=words),
        *_triangle(country, plot=plot, theme=theme),
        *_figures(before, latest, joined=may_be_joined(row), plot=plot, theme=theme),
        *(label.svg for label in labels),
    ]
    title = ", ".join(str(row[key]) for key in ("indicator_label", "series_age_label") if row[key])
    text = f"{title}. {' '.join(sentences_of(marks, words=words))}"
    size = (WIDTH, plot.height)
    svg = document(body, size=size, title=title, text=text, name=name, ground=theme.background)
    return SmallChart(svg, text, plot.height)


def _axis(plot: _Plot, *, theme: Theme, words: Words) -> list[str]:
    """Hairlines and percentages from 0."""
    step = plot.step if plot.end / plot.step <= 6 else 2 * plot.step
    parts = []
    for index in range(int(plot.end / step + 1e-9) + 1):
        x, colour = plot.at(index * step), theme.grid if index else theme.edge
        parts.append(line((x, TARGET_TOP + 8), (x, plot.axis), colour=colour, width=1))
        tick = words.format_pct(index * step, decimals=0)
        parts.append(Label(tick, x, plot.axis + 16, theme.muted).svg)
    return parts


def _target(
    target: Mark | None,
    *,
    plot: _Plot,
    labels: Sequence[Label],
    theme: Theme,
    words: Words,
) -> list[str]:
    """A dashed rule with a ring, its words on top; the rule stops where other words stand."""
    if target is None or target.value is None:
        return []
    x = plot.at(target.value)
    label = Label(target_phrase(target, words=words), x, TARGET_TOP, theme.ink, bold=True)
    words_at = [(each.y - LETTERS, each.y + 4) for each in labels if each.covers(x)]
    spans = _between(words_at, top=TARGET_TOP + 5, foot=plot.axis)
    return [
        *(line((x, a), (x, b), colour=theme.ink, width=1.8, dash="4 3") for a, b in spans),
        circle(x, MARK_LINE, radius=8, fill=theme.background, stroke=theme.ink),
        _inside(label).svg,
    ]


def _between(
    gaps: Sequence[tuple[float, float]], *, top: float, foot: float
) -> Iterator[tuple[float, float]]:
    """What is left of a rule from `top` to `foot` without its gaps."""
    for begin, end in sorted(gaps):
        if begin > top:
            yield top, begin
        top = max(top, end)
    if top < foot:
        yield top, foot


def _inside(label: Label) -> Label:
    """A label that is set in its middle, moved as far as it would leave the picture."""
    room = label.width / 2 + 2
    return replace(label, x=min(max(label.x, room), WIDTH - room))


def _country_label(country: Mark | None, *, plot: _Plot, theme: Theme, words: Words) -> list[Label]:
    """Name and value beside the triangle, on the side where there is room."""
    if country is None or country.value is None:
        return []
    x = plot.at(country.value)
    value = words.format_pct(country.value, decimals=country.decimals)
    label = Label(f"{country.who} {value}", x + 10, plot.country + 5, theme.muted, anchor="start")
    fits = label.x + label.width <= WIDTH
    return [label if fits else replace(label, x=x - 10, anchor="end")]


def _triangle(country: Mark | None, *, plot: _Plot, theme: Theme) -> list[str]:
    """The Netherlands as a grey triangle."""
    if country is None or country.value is None:
        return []
    x, y = plot.at(country.value), plot.country
    points = f"{x:.1f},{y - 5} {x - 5.5:.1f},{y + 5} {x + 5.5:.1f},{y + 5}"
    return [f'<polygon points="{points}" fill="{theme.country}"/>']


def _figures(
    before: Mark | None, latest: Mark, *, joined: bool, plot: _Plot, theme: Theme
) -> list[str]:
    """Whisker, open dot of the baseline, filled dot of now; a line between the dots if joined."""
    x, y, ink = plot.at(latest.value or 0.0), MARK_LINE, theme.ink
    parts = []
    if latest.lower is not None and latest.upper is not None:
        low, high = plot.at(latest.lower), plot.at(latest.upper)
        parts.append(line((low, y), (high, y), colour=ink, width=1.6))
        parts += [line((e, y - 5), (e, y + 5), colour=ink, width=1.6) for e in (low, high)]
    if before is not None and before.value is not None:
        start = plot.at(before.value)
        if joined:
            parts.append(line((start, y), (x, y), colour=ink, width=2))
        parts.append(circle(start, MARK_LINE, radius=4.5, fill=theme.background, stroke=ink))
    return [*parts, circle(x, MARK_LINE, radius=5.5, fill=ink, stroke=ink)]


def _value_labels(
    before: Mark | None, latest: Mark, *, plot: _Plot, theme: Theme, words: Words
) -> list[Label]:
    """Year and value of now above its dot, those of the start below its own."""
    now = Label(_said(latest, words), plot.at(latest.value or 0.0), NOW_LINE, theme.ink, bold=True)
    if before is None:
        return [_inside(now)]
    start = Label(_said(before, words), plot.at(before.value or 0.0), START_LINE, theme.muted)
    return [_inside(start), _inside(now)]


def _said(mark: Mark, words: Words) -> str:
    """Year and value of a dot."""
    return words(
        "charts.baseline_label",
        year=words.format_year(mark.year or 0),
        value=words.format_pct(mark.value or 0.0, decimals=mark.decimals),
    )
