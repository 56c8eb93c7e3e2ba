"""A picture as a sheet: text around, a plot inside, and the chart that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plotly import graph_objects as go

from dashboard.chart_frame import Caption, Chart, Surround, source_of, subtitle_of, surround
from dashboard.chart_marks import Mark, escape, printed_table, sentences_of, table_of
from dashboard.chart_panel import Panel
from dashboard.i18n import Words
from dashboard.theme import Frame, Theme, plotly_template


@dataclass(frozen=True)
class Edges:
    """Pixels that labels need around a plot: beside it, below it (`axis`) and above (`head`)."""

    left: float
    right: float
    axis: float
    head: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """Everything of a chart but its plot."""

    caption: Caption
    subtitle: str
    marks: Sequence[Mark]
    notes: Sequence[str]
    texts: Surround
    words: Words
    theme: Theme

    @property
    def frame(self) -> Frame:
        """Where the chart is shown."""
        return self.texts.frame

    def in_frame(self, frame: Frame) -> Sheet:
        """The same sheet with the letters or the height of another frame."""
        return replace(self, texts=replace(self.texts, frame=frame))

    def plot_width(self, edges: Edges) -> float:
        """Pixels that are left for the plot across."""
        return self.frame.width - edges.left - edges.right - 2 * self.frame.pad

    def plot_height(self, edges: Edges, *, wanted: float) -> float:
        """Pixels left for the plot where the frame fixes the height; else what is wanted."""
        if self.frame.height is None:
            return wanted
        around = self.texts.top + self.texts.bottom + edges.axis + edges.head
        return self.frame.height - around

    def panel(
        self,
        edges: Edges,
        *,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        height: float,
    ) -> Panel:
        """One plot area that takes the whole plot of a new figure."""
        return Panel(
            figure=go.Figure(),
            x_range=x_range,
            y_range=y_range,
            width=self.plot_width(edges),
            height=height,
            theme=self.theme,
            frame=self.frame,
        )

    def chart(
        self,
        figure: go.Figure,
        *,
        edges: Edges,
        plot: float,
        written: Sequence[dict[str, object]],
        alternative: str | None = None,
    ) -> Chart:
        """The chart: texts in and around the plot, table twin, text alternative of its marks."""
        self._set_size(figure, edges=edges, plot=plot)
        figure.update_layout(annotations=[*written, *self._texts_around(edges)])
        words = self.words
        separators = words("formats.decimal") + words("formats.thousands")
        figure.update_layout(separators=separators, meta={"name": self.caption.name})
        source = source_of(self.caption, words=words)
        told = alternative or " ".join([*sentences_of(self.marks, words=words), *self.notes])
        return Chart(
            figure=figure,
            title=self.caption.title,
            subtitle=self.subtitle,
            alternative=f"{self.caption.title.rstrip('.')}. {self.subtitle} {told} {source}",
            table=table_of(self.marks, words=words),
            printed=printed_table(self.marks, words=words),
            source_line=source,
            name=self.caption.name,
        )

    def _set_size(self, figure: go.Figure, *, edges: Edges, plot: float) -> None:
        """Size, margins and the finding as title."""
        frame, texts, scale = self.frame, self.texts, self.frame.type
        top, bottom = texts.top + edges.head, texts.bottom + edges.axis
        height = frame.height or round(top + bottom + plot)
        # with this anchor the first line stands on `y`, however many lines follow below it
        first_line = frame.pad + 0.95 * scale.title
        figure.update_layout(
            template=plotly_template(self.theme),
            width=frame.width,
            height=height,
            margin={
                "l": edges.left + frame.pad,
                "r": edges.right + frame.pad,
                "t": top,
                "b": bottom,
                "pad": 0,
                "autoexpand": False,
            },
            title={
                "text": f"<b>{_lines(texts.title)}</b>",
                "font": {"size": scale.title},
                "y": 1 - first_line / height,
                "yref": "container",
                "yanchor": "bottom",
                "pad": {"l": frame.pad},
            },
            font={"size": scale.label},
            hoverlabel={"font": {"size": scale.label}},
        )

    def _texts_around(self, edges: Edges) -> list[dict[str, object]]:
        """Subtitle above the plot, notes and source below it."""
        texts, scale = self.texts, self.frame.type
        above = texts.top + edges.head - self.frame.pad - texts.title_height - 0.4 * scale.title
        below = -(edges.axis + 0.5 * scale.small)
        lower = below - texts.notes_height - (0.3 * scale.small if texts.notes else 0)
        return [
            {
                "text": _lines(lines),
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": y,
                "xanchor": "left",
                "yanchor": "top",
                "xshift": -edges.left,
                "yshift": shift,
                "align": "left",
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": size, "color": self.theme.muted},
            }
            for lines, size, y, shift in (
                (texts.subtitle, scale.text, 1, above),
                (texts.notes, texts.note_size, 0, below),
                (texts.source, scale.small, 0, lower),
            )
            if lines
        ]


def sheet_of(
    caption: Caption,
    *,
    marks: Sequence[Mark],
    years: Sequence[int],
    notes: Sequence[str],
    words: Words,
    theme: Theme,
    frame: Frame,
    caution: str = "",
) -> Sheet:
    """A sheet for these marks, with a subtitle over the measured `years`."""
    subtitle = subtitle_of(caption, years=years, words=words, caution=caution)
    texts = surround(caption, subtitle=subtitle, notes=notes, words=words, frame=frame)
    return Sheet(caption, subtitle, marks, notes, texts, words, theme)


def _lines(lines: Sequence[str]) -> str:
    """Lines as Plotly reads them, text from data made safe."""
    return "<br>".join(escape(line) for line in lines)
