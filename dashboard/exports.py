"""The room's door: what may be downloaded beside a chart or a table, ready for buttons.

Nothing is written until it is asked for: each download carries the function that makes its bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from dashboard import chart_files, export_files, table_files, workbooks
from dashboard.browser import find_browser
from dashboard.charts import Chart
from dashboard.dossier import Dossier
from dashboard.export_files import Made, Order
from dashboard.export_tables import chart_table, origin_of_chart
from dashboard.i18n import Words
from dashboard.paper import can_print
from dashboard.table_files import Table

NO_SOURCES = pd.DataFrame(columns=["series_id"])
"""Rows of marts.sources where a file names its source in words alone."""
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PAPERS = {
    "paper": ("paper", ".pdf", "application/pdf", export_files.paper),
    "paper_html": ("paper", ".html", "text/html; charset=utf-8", export_files.paper_as_html),
    "slides": ("slides", ".pptx", PRESENTATION, export_files.deck),
}
"""What a municipality takes to a meeting: subject, ending, media type and maker by button."""
REFERENCES = {
    "bibtex": (".bib", "application/x-bibtex"),
    "csl_json": (".csl.json", "application/vnd.citationstyles.csl+json"),
    "reference": (".txt", "text/plain; charset=utf-8"),
}
"""Endings and media types of references by button."""


@dataclass(frozen=True)
class Download:
    """One button: its words, what makes the bytes, and the name and media type of the file."""

    label: str
    data: Callable[[], bytes]
    file_name: str
    mime: str


def chart_downloads(chart: Chart, *, words: Words) -> list[Download]:
    """The picture in every format, where this server has a browser, and the figures behind it."""
    pictures = picture_downloads(chart, words=words) if find_browser() else []
    return [*pictures, *table_downloads(chart_table(chart, words=words), words=words)]


def picture_downloads(chart: Chart, *, words: Words) -> list[Download]:
    """The picture as PNG, PNG for a slide, SVG and PDF."""
    stem = origin_of_chart(chart, words=words).stem
    return [
        Download(
            words(f"exports.buttons.{kind}"), partial(write, chart, words=words), stem + end, mime
        )
        for kind, (end, mime, write) in chart_files.WRITERS.items()
    ]


@dataclass(frozen=True)
class Offer:
    """A table that is made when one of its downloads is chosen, and its name until then."""

    stem: str
    make: Callable[[], Table]
    sources: Callable[[], pd.DataFrame] = lambda: NO_SOURCES
    """Makes the rows of marts.sources for its workbook."""
    sheet: str = "figures"
    """What its sheet in the workbook is called, by its name in the locale."""


def table_downloads(
    table: Table, *, words: Words, sources: pd.DataFrame = NO_SOURCES, sheet: str = "figures"
) -> list[Download]:
    """A table as CSV for a Dutch Excel, CSV, XLSX with sources and codebook, and Parquet."""
    offer = Offer(table.origin.stem, lambda: table, lambda: sources, sheet)
    return offered_downloads(offer, words=words)


def offered_downloads(offer: Offer, *, words: Words) -> list[Download]:
    """The same four files of a table that nobody has made yet."""
    files = [
        Download(
            words(f"exports.buttons.{kind}"),
            partial(_written, write, offer),
            offer.stem + end,
            mime,
        )
        for kind, (end, mime, write) in table_files.WRITERS.items()
    ]
    book = partial(_workbook, offer, words=words)
    label = words("exports.buttons.xlsx")
    files.insert(2, Download(label, book, f"{offer.stem}.xlsx", workbooks.MEDIA_TYPE))
    return files


def _written(write: Callable[[Table], bytes], offer: Offer) -> bytes:
    return write(offer.make())


def _workbook(offer: Offer, *, words: Words) -> bytes:
    sheets = {words(f"exports.sheets.{offer.sheet}"): offer.make()}
    return workbooks.workbook(sheets, sources=offer.sources(), words=words)


def meeting_downloads(dossier: Dossier, *, words: Words) -> list[Download]:
    """The meeting paper as PDF, where this server can write one, and as HTML; the slides."""
    order = Order(dossier, words)
    offered = {
        name: each
        for name, each in PAPERS.items()
        if (name != "paper" or can_print()) and (name != "slides" or dossier.stories)
    }
    return [
        Download(
            words(f"exports.buttons.{name}"),
            partial(_content, make, order, end),
            order.stem(subject) + end,
            mime,
        )
        for name, (subject, end, mime, make) in offered.items()
    ]


def reference_downloads(dossier: Dossier, *, words: Words) -> list[Download]:
    """How to cite the figures and the view, for citation managers and as text."""
    order = Order(dossier, words)
    return [
        Download(
            words(f"exports.buttons.{name}"),
            partial(_content, export_files.references, order, end),
            order.stem("citation") + end,
            mime,
        )
        for name, (end, mime) in REFERENCES.items()
    ]


def _content(make: Callable[[Order], Made], order: Order, end: str) -> bytes:
    """The bytes of the file with an ending among those that are made."""
    return next(
        made.content
        for made in make(order)
        if isinstance(made, export_files.File) and made.name.endswith(end)
    )


def client_downloads(chart: Chart, *, words: Words) -> dict[str, tuple[str, str]]:
    """Words and file name of what the visitor's own browser can save: SVG and PNG as shown.

    For servers without a browser; empty where this one has one. Nothing is sent anywhere.
    """
    if find_browser():
        return {}
    stem = origin_of_chart(chart, words=words).stem
    return {kind: (words(f"exports.client.{kind}"), f"{stem}.{kind}") for kind in ("svg", "png")}
