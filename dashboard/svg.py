"""A drawing in SVG of our own: lines, dots and words, told in the document itself."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.chart_labels import text_width
from dashboard.theme import FONT_STACK

SIZE = 13
"""Pixels of the letters."""


@dataclass(frozen=True)
class Label:
    """Words at a point: x is their middle, start or end, y their foot."""

    words: str
    x: float
    y: float
    colour: str
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "middle"

    @property
    def width(self) -> float:
        """Pixels that the words take."""
        return text_width(self.words, size=SIZE, bold=self.bold)

    def covers(self, x: float) -> bool:
        """Whether a rule at `x` would run through the words."""
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        return left - 3 < x < left + self.width + 3

    @property
    def svg(self) -> str:
        """The words as SVG."""
        weight = ' font-weight="700"' if self.bold else ""
        return (
            f'<text x="{self.x:.1f}" y="{self.y:.1f}" text-anchor="{self.anchor}" '
            f'fill="{self.colour}"{weight}>{html.escape(self.words)}</text>'
        )


def line(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    colour: str,
    width: float,
    dash: str = "",
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        f'stroke="{colour}" stroke-width="{width}"{dashed}/>'
    )


def circle(x: float, y: float, *, radius: float, fill: str, stroke: str) -> str:
    """A dot; open where it is filled with the background."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:g}" r="{radius}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="2"/>'
    )


def document(
    body: Sequence[str],
    *,
    size: tuple[int, int],
    title: str,
    text: str,
    name: str,
    ground: str,
) -> str:
    """The drawing with its title and description, on a background of its own for copying."""
    ident = html.escape(name, quote=True)
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" style="max-width:100%;height:auto" '
        f'aria-labelledby="{ident}-title {ident}-desc" '
        f'font-family="{html.escape(FONT_STACK, quote=True)}" font-size="{SIZE}">'
        f'<title id="{ident}-title">{html.escape(title)}</title>'
        f'<desc id="{ident}-desc">{html.escape(text)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{ground}"/>'
        f"{''.join(body)}</svg>"
    )
