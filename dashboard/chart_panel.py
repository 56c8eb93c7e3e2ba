"""A plot area whose pixels are known: lines, dots with whiskers, and labels beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from plotly import graph_objects as go

from dashboard.chart_labels import Box, text_width
from dashboard.chart_marks import Mark, hover
from dashboard.i18n import Words
from dashboard.theme import Frame, Theme

DASH = "6px,5px"


@dataclass(frozen=True)
class Style:
    """How one region's figures are drawn: told apart by shape and grey, never by hue."""

    colour: str
    words: str
    symbol: str
    size: float
    line: float
    bold: bool = False
    hollow: bool = False


def our_style(theme: Theme, frame: Frame) -> Style:
    """The municipality: ink, round, bold words."""
    return Style(theme.ink, theme.ink, "circle", frame.dot, 2.2, bold=True)


def country_style(theme: Theme, frame: Frame) -> Style:
    """The Netherlands: a grey triangle."""
    return Style(theme.country, theme.muted, "triangle-up", frame.dot * 0.85, 1.8)


def region_style(theme: Theme, frame: Frame) -> Style:
    """The GGD region: a lighter grey square."""
    return Style(theme.region, theme.muted, "square", frame.dot * 0.7, 1.8)


@dataclass(frozen=True)
class Panel:
    """One plot area in a figure: its axes' ranges and its size in pixels."""

    figure: go.Figure
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    width: float
    height: float
    theme: Theme
    frame: Frame
    axes: str = ""
    """Number of its axes in the figure: nothing for the first, then 2, 3 …"""
    written: list[dict[str, object]] = field(default_factory=list)
    """Words in the plot; the sheet sets all at once, as each one set alone checks all before it."""

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the lower left corner of the plot area."""
        across = (x - self.x_range[0]) / (self.x_range[1] - self.x_range[0])
        up = (y - self.y_range[0]) / (self.y_range[1] - self.y_range[0])
        return across * self.width, up * self.height

    @property
    def references(self) -> dict[str, str]:
        """Axes that a trace is drawn on."""
        return {"xaxis": f"x{self.axes}", "yaxis": f"y{self.axes}"}

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        role: str,
        colour: str,
        width: float,
        dash: str = "solid",
    ) -> None:
        """A straight line between the given points."""
        self.figure.add_trace(
            go.Scatter(
                x=list(xs),
                y=list(ys),
                mode="lines",
                line={"color": colour, "width": width, "dash": dash},
                hoverinfo="skip",
                meta={"role": role},
                **self.references,
            )
        )

    def dots(
        self,
        marks: Sequence[Mark],
        *,
        style: Style,
        words: Words,
        values_on: Literal["x", "y"],
        places: Sequence[float],
        role: str,
    ) -> None:
        """Dots with whiskers from margin to margin; `places` are their years or rows."""
        values = [mark.value for mark in marks]
        xs, ys = (places, values) if values_on == "y" else (values, places)
        self.figure.add_trace(
            go.Scatter(
                x=list(xs),
                y=list(ys),
                mode="markers",
                marker=self._marker(style),
                cliponaxis=False,
                hovertemplate=[hover(mark, words=words) for mark in marks],
                name=marks[0].who if marks else "",
                meta={"role": role},
                **{f"error_{values_on}": _whiskers(self._seen(marks, style, values_on), style)},
                **self.references,
            )
        )

    def _seen(
        self, marks: Sequence[Mark], style: Style, values_on: Literal["x", "y"]
    ) -> list[Mark]:
        """Marks without the margins that their own dot hides: what sticks out would be a smudge."""
        (low, high), pixels = (
            (self.x_range, self.width) if values_on == "x" else (self.y_range, self.height)
        )
        return [
            replace(mark, lower=None, upper=None)
            if mark.has_margin and _length(mark) * pixels / (high - low) <= style.size + 2
            else mark
            for mark in marks
        ]

    def _marker(self, style: Style) -> dict[str, object]:
        """A filled mark, or an open one with the background inside, so no line shows through."""
        return {
            "symbol": style.symbol,
            "size": style.size,
            "color": self.theme.background if style.hollow else style.colour,
            "line": (
                {"color": style.colour, "width": 2.2}
                if style.hollow
                else {"color": self.theme.background, "width": 1.2}
            ),
            "opacity": 1,
        }

    def write(
        self,
        text: str,
        *,
        x: float,
        y: float,
        box: Box,
        colour: str,
        size: float,
        role: str = "label",
    ) -> None:
        """Words in `box` (pixels in the plot area), tied to the point `x`, `y` of the data."""
        across, up = self.at(x, y)
        edge = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}
        self.written.append(
            {
                "text": text,
                "x": x,
                "y": y,
                "xref": f"x{self.axes}",
                "yref": f"y{self.axes}",
                "xanchor": box.align,
                "yanchor": "middle",
                "xshift": edge[box.align] - across,
                "yshift": (box.bottom + box.top) / 2 - up,
                "align": box.align,
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": size, "color": colour},
                "name": role,
            }
        )


def _length(mark: Mark) -> float:
    """From the lower to the upper limit."""
    return (mark.upper or 0.0) - (mark.lower or 0.0)


def _whiskers(marks: Sequence[Mark], style: Style) -> dict[str, object]:
    """Error bars from the lower to the upper limit; length nothing where no margin is known."""
    known = [(m.value, m.lower, m.upper) if m.has_margin else (0.0, 0.0, 0.0) for m in marks]
    return {
        "type": "data",
        "symmetric": False,
        "array": [(upper or 0.0) - (value or 0.0) for value, _, upper in known],
        "arrayminus": [(value or 0.0) - (lower or 0.0) for value, lower, _ in known],
        "color": style.colour,
        "thickness": 1.6,
        "width": round(style.size * 0.35),
        "visible": any(mark.has_margin for mark in marks),
    }


def size_of(lines: Sequence[str], *, size: float, bold: bool = False) -> tuple[float, float]:
    """Width and height in pixels of lines of text."""
    widths = [text_width(line, size=size, bold=bold) for line in lines]
    return max(widths, default=0.0), len(lines) * size * 1.3
