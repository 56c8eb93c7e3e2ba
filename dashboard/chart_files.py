"""Charts as files: PNG, PNG for a slide, SVG and PDF, white, with everything inside.

Each is the chart of the page drawn again for paper: title, subtitle, margins, source, edition,
build and licence stand inside the picture, and its text alternative in the file.
"""

from __future__ import annotations

import html
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

from plotly import graph_objects as go

from dashboard import browser
from dashboard.charts import Chart
from dashboard.export_tables import origin_of_chart
from dashboard.i18n import Words
from dashboard.theme import LIGHT, SLIDE, WIDE, Frame

FONT = 'Arial, Helvetica, "Liberation Sans", "DejaVu Sans", sans-serif'
"""Letters of files: at least one of them is on every system; PDF carries its own."""

PICTURE = replace(WIDE, name="picture", pad=20)
"""A chart in a file has air around it, wherever it is pasted."""

SHARP = 2.0
"""Pixels per unit of a PNG; the slide gets 1920 × 1080."""
SLIDE_SCALE = 1.5

PNG_SIGNATURE_AND_HEADER = 8 + 25
OPENING = re.compile(r"<svg\b([^>]*)>")


def png(chart: Chart, *, words: Words) -> bytes:
    """PNG for a report, twice as sharp as a screen."""
    return _png(chart, frame=PICTURE, scale=SHARP, words=words)


def png_wide(chart: Chart, *, words: Words) -> bytes:
    """PNG of 1920 × 1080 pixels that fills a slide, with letters to be read from the back row."""
    return _png(chart, frame=SLIDE, scale=SLIDE_SCALE, words=words)


def svg(chart: Chart, *, words: Words) -> bytes:
    """SVG in which text is text, with title, description and provenance inside."""
    return _svg(chart, words=words).encode()


def pdf(chart: Chart, *, words: Words) -> bytes:
    """PDF of one page as large as the chart: text is text, letters are embedded, tagged."""
    drawn = _svg(chart, words=words)
    page = (
        f'<!DOCTYPE html><html lang="{words.language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(chart.title)}</title>"
        f"<style>@page{{size:{_size(drawn)};margin:0}}body{{margin:0}}svg{{display:block}}</style>"
        f"</head><body>{drawn}</body></html>"
    )
    return browser.print_page(page)


WRITERS: dict[str, tuple[str, str, Callable[..., bytes]]] = {
    "png": (".png", "image/png", png),
    "png_wide": ("-16x9.png", "image/png", png_wide),
    "svg": (".svg", "image/svg+xml", svg),
    "pdf": (".pdf", "application/pdf", pdf),
}
"""Ending, media type and writer by format."""


def for_paper(chart: Chart, *, frame: Frame) -> go.Figure:
    """The figure of a chart drawn again: white, at the size of the frame, in letters of files."""
    if chart.again is None:
        raise ValueError(f"chart {chart.name!r} was not drawn through dashboard.charts")
    figure = chart.again(theme=LIGHT, frame=frame).figure
    return figure.update_layout(font={"family": FONT})


def _png(chart: Chart, *, frame: Frame, scale: float, words: Words) -> bytes:
    drawn = browser.draw(for_paper(chart, frame=frame), kind="png", scale=scale)
    said = {**origin_of_chart(chart, words=words).notes, "Description": chart.alternative}
    return _with_texts(drawn, {name.replace("_", " ").capitalize(): t for name, t in said.items()})


def _svg(chart: Chart, *, words: Words) -> str:
    drawn = browser.draw(for_paper(chart, frame=PICTURE), kind="svg").decode()
    return described(drawn, chart=chart, words=words)


def described(drawn: str, *, chart: Chart, words: Words) -> str:
    """A drawing of a chart with title, description, language and provenance inside."""
    said = origin_of_chart(chart, words=words).notes
    provenance = "\n".join(f"{name}: {text}" for name, text in said.items())
    opening = (
        f'<svg\\1 role="img" xml:lang="{words.language}" lang="{words.language}" '
        'aria-labelledby="chart-title chart-description">'
        f'<title id="chart-title">{_literal(chart.title)}</title>'
        f'<desc id="chart-description">{_literal(chart.alternative)}</desc>'
        f"<metadata>{_literal(provenance)}</metadata>"
    )
    return OPENING.sub(opening, drawn, count=1)


def _literal(text: str) -> str:
    """Text as it may stand in SVG and in the replacement of a pattern."""
    return html.escape(text).replace("\\", "\\\\")


def _size(svg_text: str) -> str:
    """Width and height of a drawing as CSS has them."""
    found = dict(re.findall(r'\b(width|height)="(\d+)"', svg_text[:500]))
    return f"{found['width']}px {found['height']}px"


def _with_texts(picture: bytes, texts: dict[str, str]) -> bytes:
    """A PNG with texts inside (iTXt chunks, UTF-8), right after its header."""
    chunks = b"".join(_text_chunk(name, text) for name, text in texts.items())
    head = picture[:PNG_SIGNATURE_AND_HEADER]
    return head + chunks + picture[PNG_SIGNATURE_AND_HEADER:]


def _text_chunk(name: str, text: str) -> bytes:
    """An iTXt chunk after the PNG specification: length, type, data, CRC-32 of type and data."""
    data = b"iTXt" + name.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
