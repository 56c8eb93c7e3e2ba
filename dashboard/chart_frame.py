"""What stands around every chart: finding, subtitle, notes and source, inside the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from plotly import graph_objects as go

from dashboard.chart_labels import LINE_HEIGHT, wrap, wrap_evenly
from dashboard.i18n import Words
from dashboard.theme import Frame

ONE_BY_ONE = "published"
"""Edition of figures that were published one by one: a name for files, not for readers."""


@dataclass(frozen=True)
class Caption:
    """What a chart is of, in the page's language: given by the page, set by the chart.

    `title` is the finding; `measure`, `population`, `place` and `series` are display names,
    `source_line` the source as its series words it, `name` the stem of a file name.
    """

    title: str
    measure: str
    population: str
    place: str
    series: str
    source_line: str
    edition: str
    build_id: str
    name: str


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure with everything that must travel with it; each drawing is one of its own."""

    figure: go.Figure
    title: str
    subtitle: str
    alternative: str
    """Every mark in words, for who cannot see the figure."""
    table: pd.DataFrame
    """Twin of the figure: one row per mark, numbers as numbers."""
    printed: pd.DataFrame
    """The same rows as text in the page's language."""
    source_line: str
    name: str
    caption: Caption | None = None
    again: Callable[..., Chart] | None = None
    """Draws the same chart with another `theme` and `frame`: for files, which are white."""


def subtitle_of(caption: Caption, *, years: Sequence[int], words: Words, caution: str = "") -> str:
    """Measure, population, place, years and series on a line; a caution after it."""
    span = words.format_year_range(min(years), max(years)) if years else ""
    parts = [caption.measure, caption.population, caption.place, span]
    sentence = f"{', '.join(filter(None, parts))}. {caption.series}".strip().rstrip(".") + "."
    return f"{sentence} {caution}".strip()


def source_of(caption: Caption, *, words: Words) -> str:
    """Source line with edition and build, unless it names them already."""
    source = caption.source_line.strip()
    if caption.edition not in ("", ONE_BY_ONE) and caption.edition not in source:
        source = f"{source} {words('charts.edition', edition=caption.edition)}"
    if caption.build_id not in source:
        source = f"{source} {words('charts.build', build=caption.build_id)}"
    return source


@dataclass(frozen=True)
class Surround:
    """The lines of text around a plot and the room in pixels that they take."""

    title: list[str]
    subtitle: list[str]
    notes: list[str]
    source: list[str]
    frame: Frame

    @property
    def note_size(self) -> int:
        """Letter size of notes."""
        return round(self.frame.type.label * 0.95)

    @property
    def title_height(self) -> float:
        """Pixels of the title alone."""
        return len(self.title) * self.frame.type.title * LINE_HEIGHT

    @property
    def notes_height(self) -> float:
        """Pixels of the notes alone."""
        return len(self.notes) * self.note_size * LINE_HEIGHT

    @property
    def top(self) -> float:
        """Room for title and subtitle."""
        scale = self.frame.type
        subtitle = len(self.subtitle) * scale.text * LINE_HEIGHT
        between = 0.4 * scale.title + 1.6 * scale.text
        return round(self.title_height + subtitle + between) + self.frame.pad

    @property
    def bottom(self) -> float:
        """Room for notes and source."""
        small = self.frame.type.small
        source = len(self.source) * small * LINE_HEIGHT
        return round(self.notes_height + source + 0.8 * small) + self.frame.pad


def surround(
    caption: Caption, *, subtitle: str, notes: Sequence[str], words: Words, frame: Frame
) -> Surround:
    """Title, subtitle, notes and source in lines that fit the width of the frame."""
    scale, width = frame.type, frame.width - 2 * frame.pad
    return Surround(
        title=wrap_evenly(caption.title, width=width, size=scale.title, bold=True),
        subtitle=wrap(subtitle, width=width, size=scale.text),
        notes=[
            x for note in notes for x in wrap(note, width=width, size=round(scale.label * 0.95))
        ],
        source=wrap(source_of(caption, words=words), width=width, size=scale.small),
        frame=frame,
    )


def axis_top(values: Sequence[float]) -> tuple[float, float]:
    """Round end of a percentage axis from 0 above the highest value, and the step of its ticks."""
    highest = 1.05 * max(values, default=10.0)  # so that words fit above the highest mark
    step = next(step for step in (1.0, 2.0, 5.0, 10.0, 20.0) if highest <= 7 * step or step == 20)
    end = step * -(-highest // step)
    return (max(min(end, 100.0), step * 2), step) if highest > 0 else (10.0, 5.0)
