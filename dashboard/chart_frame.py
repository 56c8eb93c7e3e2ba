"""What stands around every chart: finding, subtitle, notes and source, inside the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from plotly import graph_objects as go

from dashboard.chart_labels import LINE_HEIGHT, wrap
from dashboard.chart_marks import Mark, escape, printed_table, sentences_of, table_of
from dashboard.i18n import Words
from dashboard.theme import Frame, Theme, plotly_template


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
    is_model: bool = False


@dataclass(frozen=True)
class Chart:
    """A figure with everything that must travel with it."""

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
    if caption.edition and caption.edition not in source:
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
    def top(self) -> float:
        """Room for title and subtitle."""
        scale = self.frame.type
        lines = len(self.title) * scale.title + len(self.subtitle) * scale.text
        return round(lines * LINE_HEIGHT + 0.4 * scale.title + 1.6 * scale.text) + self.frame.pad

    @property
    def bottom(self) -> float:
        """Room for notes and source."""
        scale = self.frame.type
        lines = len(self.notes) * scale.label * 0.95 + len(self.source) * scale.small
        return round(lines * LINE_HEIGHT + 0.8 * scale.small) + self.frame.pad


def surround(
    caption: Caption, *, subtitle: str, notes: Sequence[str], words: Words, frame: Frame
) -> Surround:
    """Title, subtitle, notes and source in lines that fit the width of the frame."""
    scale, width = frame.type, frame.width - 2 * frame.pad
    return Surround(
        title=wrap(caption.title, width=width, size=scale.title, bold=True),
        subtitle=wrap(subtitle, width=width, size=scale.text),
        notes=[
            x for note in notes for x in wrap(note, width=width, size=round(scale.label * 0.95))
        ],
        source=wrap(source_of(caption, words=words), width=width, size=scale.small),
        frame=frame,
    )


def dress(
    figure: go.Figure,
    *,
    texts: Surround,
    theme: Theme,
    left: float,
    right: float,
    axis: float,
    head: float = 0,
    plot: float | None,
) -> None:
    """Set title, subtitle, notes and source around a plot.

    `left`, `right`, `axis` and `head` are the pixels that labels at the sides, below and above
    the plot need; `plot` is its height where the frame does not fix the whole.
    """
    frame, scale = texts.frame, texts.frame.type
    top, bottom = texts.top + head, texts.bottom + axis
    height = frame.height or round(top + bottom + (plot or 0))
    title_height = len(texts.title) * scale.title * LINE_HEIGHT
    title = {
        "text": f"<b>{_lines(texts.title)}</b>",
        "font": {"size": scale.title},
        "y": 1 - (frame.pad + title_height / 2 - 0.05 * scale.title) / height,
        "yref": "container",
        "yanchor": "middle",
        "pad": {"l": frame.pad},
    }
    figure.update_layout(
        template=plotly_template(theme),
        width=frame.width,
        height=height,
        margin={
            "l": left + frame.pad,
            "r": right + frame.pad,
            "t": top,
            "b": bottom,
            "pad": 0,
            "autoexpand": False,
        },
        title=title,
        font={"size": scale.label},
        hoverlabel={"font": {"size": scale.label}},
    )
    subtitle_y = top - frame.pad - title_height - 0.4 * scale.title
    _outside(figure, texts.subtitle, size=scale.text, theme=theme, left=left, y=1, shift=subtitle_y)
    shift = -(axis + 0.5 * scale.small)
    note_size = round(scale.label * 0.95)
    _outside(figure, texts.notes, size=note_size, theme=theme, left=left, y=0, shift=shift)
    shift -= len(texts.notes) * note_size * LINE_HEIGHT + (0.3 * scale.small if texts.notes else 0)
    _outside(figure, texts.source, size=scale.small, theme=theme, left=left, y=0, shift=shift)


def _outside(
    figure: go.Figure,
    lines: Sequence[str],
    *,
    size: int,
    theme: Theme,
    left: float,
    y: int,
    shift: float,
) -> None:
    """Lines of text at the left edge of the picture, `shift` pixels from the plot's edge `y`."""
    if lines:
        figure.add_annotation(
            text=_lines(lines),
            xref="paper",
            yref="paper",
            x=0,
            y=y,
            xanchor="left",
            yanchor="top",
            xshift=-left,
            yshift=shift,
            align="left",
            showarrow=False,
            borderpad=0,
            font={"size": size, "color": theme.muted},
        )


def _lines(lines: Sequence[str]) -> str:
    """Lines as Plotly reads them, text from data made safe."""
    return "<br>".join(escape(line) for line in lines)


def plot_height(texts: Surround, *, axis: float, head: float = 0, wanted: float) -> float:
    """Pixels left for the plot where the frame fixes the height; else what is wanted."""
    if texts.frame.height is None:
        return wanted
    return texts.frame.height - texts.top - texts.bottom - axis - head


def finish(
    figure: go.Figure,
    *,
    caption: Caption,
    subtitle: str,
    marks: Sequence[Mark],
    notes: Sequence[str],
    words: Words,
) -> Chart:
    """The chart with its table twin and the text alternative made from the same marks."""
    source = source_of(caption, words=words)
    separators = words("formats.decimal") + words("formats.thousands")
    body = [f"{caption.title.rstrip('.')}.", subtitle, *sentences_of(marks, words=words), *notes]
    figure.update_layout(separators=separators, meta={"name": caption.name})
    return Chart(
        figure=figure,
        title=caption.title,
        subtitle=subtitle,
        alternative=" ".join([*body, source]),
        table=table_of(marks, words=words),
        printed=printed_table(marks, words=words),
        source_line=source,
        name=caption.name,
    )


def axis_top(values: Sequence[float]) -> tuple[float, float]:
    """Round end of a percentage axis from 0 above the highest value, and the step of its ticks."""
    highest = 1.05 * max(values, default=10.0)  # so that words fit above the highest mark
    step = next(step for step in (1.0, 2.0, 5.0, 10.0, 20.0) if highest <= 7 * step or step == 20)
    end = step * -(-highest // step)
    return (max(min(end, 100.0), step * 2), step) if highest > 0 else (10.0, 5.0)
