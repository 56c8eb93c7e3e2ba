"""Small drawings as files of their own, for machines without a browser that draws charts.

Around the drawing stands what a chart has around it: title, subtitle, margins, source and build.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from dashboard.chart_files import FONT, described
from dashboard.chart_labels import wrap
from dashboard.charts import Chart
from dashboard.i18n import Words
from dashboard.small_charts import WIDTH, SmallChart
from dashboard.theme import LIGHT

SIDE = 10
LINE = 1.35
TITLE, SMALL = 15, 9
"""Sizes of letters: of the title, and of all that stands around the drawing."""


def small_svg(drawn: SmallChart, *, chart: Chart, words: Words) -> bytes:
    """The drawing of a target with the words and the provenance of its chart around it."""
    above = [
        *((line, TITLE) for line in _wrapped(chart.title, size=TITLE)),
        *((line, SMALL) for line in _wrapped(chart.subtitle, size=SMALL)),
    ]
    notes = (words("exports.paper.legend.margin"), chart.source_line)
    below = [(line, SMALL) for note in notes for line in _wrapped(note, size=SMALL)]
    head, foot = _height(above), _height(below)
    width, height = WIDTH + 2 * SIDE, round(head + drawn.height + foot + 2 * SIDE)
    inside = (
        f'<rect width="{width}" height="{height}" fill="{LIGHT.background}"/>'
        + _lines(above, top=SIDE)
        + drawn.svg.replace("<svg ", f'<svg x="{SIDE}" y="{SIDE + head:.0f}" ', 1)
        + _lines(below, top=SIDE + head + drawn.height)
    )
    page = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{html.escape(FONT)}">{inside}</svg>'
    )
    return described(page, chart=chart, words=words).encode()


def _wrapped(text: str, *, size: int) -> list[str]:
    return wrap(text, width=WIDTH, size=size, bold=size == TITLE)


def _height(lines: Sequence[tuple[str, int]]) -> float:
    return sum(size * LINE for _, size in lines)


def _lines(lines: Sequence[tuple[str, int]], *, top: float) -> str:
    """Lines of text below each other, titles in bold."""
    written = []
    for line, size in lines:
        top += size * LINE
        weight = ' font-weight="700"' if size == TITLE else ""
        written.append(
            f'<text x="{SIDE}" y="{top - 0.3 * size:.1f}" font-size="{size}" fill="{LIGHT.ink}"'
            f"{weight}>{html.escape(line)}</text>"
        )
    return "".join(written)
