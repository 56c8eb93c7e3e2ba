"""What several pages show: titles, markup, charts with their table twin, a warehouse problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

import streamlit as st

from dashboard import exports, figure_table, markup, page_tables, selection, sentences
from dashboard.charts import Chart
from dashboard.exports import Download, Offer
from dashboard.i18n import LANGUAGES, Words
from dashboard.markup import Markup
from dashboard.rows import Row, optional
from dashboard.theme import (
    NARROW,
    PLOTLY_CONFIG,
    THEMES,
    WIDE,
    Frame,
    Theme,
    TypeScale,
    on_white,
)

BUILD_COMMAND = "python -m etl build"

ROOM_COOKIE = "doelmonitor_room"
"""In it page.js says "narrow" or "wide": the room for charts in this window, at this zoom."""


def theme() -> Theme:
    """Return the appearance that the visitor sees, light until the browser says otherwise."""
    return THEMES[st.context.theme.type or "light"]


MEETING = replace(
    WIDE, name="meeting", width=880, type=TypeScale(title=25, text=19, label=18, small=15), dot=15
)
"""Larger letters, for a projector; what it is called is not in the list of frames for files."""


def chart_frame() -> Frame:
    """Return the frame to draw charts for: what page.js measured when the page was opened.

    Without that, phones are narrow: they say so in every request.
    """
    measured = st.context.cookies.get(ROOM_COOKIE)
    is_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    if measured == "narrow" or (measured is None and is_phone):
        return NARROW
    return MEETING if selection.current().meeting else WIDE


def show(piece: Markup) -> None:
    """Show markup that was made by `dashboard.markup`, where there is any."""
    if piece:
        st.html(piece)


def show_title(title: str, *, above: str | None = None, below: str | None = None) -> None:
    """Show the one h1 of the page, with a small line above it and one below."""
    parts = [
        markup.paragraph(above, class_="dm-kicker") if above else markup.EMPTY,
        markup.heading(1, title),
        markup.paragraph(below, class_="dm-lead") if below else markup.EMPTY,
    ]
    st.html(markup.element("header", markup.joined(parts), class_="dm-title"))


def show_heading(words: str, *, anchor: str | None = None) -> None:
    """Show an h2; with an anchor it can be linked to."""
    st.html(markup.heading(2, words, anchor=anchor, class_="dm-heading"))


def show_text(*paragraphs: str) -> None:
    """Show plain paragraphs, where there are any."""
    show(markup.joined(markup.paragraph(words) for words in paragraphs))


def show_instruction(words: str) -> None:
    """Show a paragraph in which `…` is a command or a file."""
    show(markup.instruction(words))


def show_notice(words: str) -> None:
    """Show what must be known before anything on the page is read."""
    st.html(markup.paragraph(words, class_="dm-notice"))


def show_sources(shown: Iterable[Row], *, build_id: str, words: Words) -> None:
    """Show where figures outside charts come from: a line for each series and edition.

    `shown` are rows of estimates or assessments, with the source line of their series.
    """
    dated = [(row, _years_shown(row)) for row in shown]
    lines = sentences.source_lines(dated, words, build_id=build_id)
    said = markup.joined(markup.paragraph(line, class_="dm-small") for line in lines)
    if lines:
        show(markup.element("div", said, class_="dm dm-sources"))


def _years_shown(row: Row) -> list[int]:
    """The years of the figures in a row."""
    found = (optional(row, name) for name in ("baseline_year", "latest_year", "year"))
    return [int(each) for each in found if each is not None]


def show_chart(chart: Chart, *, key: str, words: Words) -> None:
    """Show a chart with its text alternative and, folded, its table twin.

    `key` is unique on the page. Below it are the downloads of the chart and of its figures.
    """
    wide = not chart_frame().narrow
    with st.container(key=f"{'wide' if wide else 'narrow'}-chart-{key}", gap="small"):
        st.plotly_chart(
            chart.figure,
            theme=None,
            config=PLOTLY_CONFIG,
            alt=chart.alternative,
            key=f"chart-{key}",
        )
        if own := exports.client_downloads(chart, words=words):
            show_text(words("exports.client.missing"))
            st.html(markup.saving(own, colours=on_white(theme())))
        twin, downloads = _beside(chart, words=words)
        st.html(twin)
        show_downloads(downloads, key=key, words=words)


_made_beside: WeakKeyDictionary[Chart, tuple[Markup, list[Download]]] = WeakKeyDictionary()
"""Table twin and downloads of every chart that is kept; they go when the chart goes."""


def _beside(chart: Chart, *, words: Words) -> tuple[Markup, list[Download]]:
    """Return table twin and downloads of a chart, made once as the chart itself is."""
    made = _made_beside.get(chart)
    if made is None:
        made = (table_twin(chart, words=words), exports.chart_downloads(chart, words=words))
        _made_beside[chart] = made
    return made


def show_downloads(
    downloads: Sequence[Download], *, key: str, words: Words, title: str | None = None
) -> None:
    """Show a folded row of buttons; a file is made when its button is chosen.

    The buttons come when the row is opened: a page has up to a hundred of them.
    """
    title = title or words("exports.buttons.title")
    with st.expander(title, on_change="rerun", key=f"files-{key}") as folded:
        if not folded.open:
            return
        buttons = st.container(key=f"downloads-{key}", horizontal=True, gap="small")
    with buttons:
        for download in downloads:
            st.download_button(
                download.label,
                data=download.data,
                file_name=download.file_name,
                mime=download.mime,
                on_click="ignore",
                key=f"download-{key}-{download.file_name}",
            )


def show_table_downloads(offer: Offer, *, table: str, key: str, words: Words) -> None:
    """Show the downloads of a table, folded below it; `table` is what it is called."""
    downloads = exports.offered_downloads(offer, words=words)
    title = words("exports.buttons.title_of", table=table)
    show_downloads(downloads, key=key, words=words, title=title)


def show_newest_figures(figures: Sequence[Row], *, caption: str, words: Words) -> None:
    """Show newest figures without a verdict as a table with its downloads, where there are any."""
    if figures:
        show(figure_table.figure_table(figures, caption=caption, words=words))
        offer = page_tables.newest_figures(figures, words=words)
        show_table_downloads(offer, table=caption, key="newest", words=words)


def table_twin(chart: Chart, *, words: Words) -> Markup:
    """The marks of a chart as a table, folded."""
    columns = {str(name): str(name) for name in chart.printed.columns}
    rows = [
        {str(name): str(cell) for name, cell in row.items()}
        for row in chart.printed.to_dict("records")
    ]
    twin = markup.table(rows, columns=columns, caption=chart.title)
    return markup.folded(words("pages.chart.as_table"), markup.later(twin))


def show_address(address: str, *, words: Words) -> None:
    """Show, folded, the address that reopens this view, with a button that copies it."""
    whole = urljoin(st.context.url or "", address)
    copy = markup.copyable(
        whole, action=words("pages.address.copy"), done=words("pages.address.copied")
    )
    show(markup.folded(words("pages.address.title"), copy))


def show_warehouse_problem(reason: str) -> None:
    """Say in both languages that no build can be shown, and what to run; no path, no trace."""
    st.set_page_config(page_title=Words(LANGUAGES[0])("pages.frame.site_name"), layout="wide")
    for level, language in enumerate(LANGUAGES, start=1):
        words = Words(language)
        said = (
            markup.heading(level, words("pages.problem.title"))
            + markup.paragraph(words(f"pages.problem.{reason}"))
            + markup.paragraph(words("pages.problem.to_do"))
            + markup.element("pre", markup.text(BUILD_COMMAND))
        )
        st.html(markup.element("section", said, class_="dm-problem", lang=language))
