"""The script of every run: which build, what was chosen, which page; then the page itself."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dashboard import components, data, frame, selection
from dashboard.address import Selection
from dashboard.i18n import LANGUAGES, Words
from dashboard.navigation import PAGES

MEETING_LETTERS = "<style>html{font-size:125%}</style>"


def main() -> None:
    """Show one page of one build."""
    try:
        build = data.pin_build()
        chosen = selection.read(known=frame.known(), default=frame.default_municipality())
        _show(build, chosen=chosen, words=Words(chosen.language))
    except data.WarehouseProblem as problem:
        st.navigation(list(_pages(Words(LANGUAGES[0])).values()), position="hidden")
        components.show_warehouse_problem(problem.reason)


def _show(build: data.Build, *, chosen: Selection, words: Words) -> None:
    """Frame and page; nothing of the frame waits for the page."""
    pages = _pages(words)
    page = st.navigation(list(pages.values()), position="hidden")
    frame.name_tab(_name_of(page, pages), chosen=chosen, words=words)
    if chosen.meeting:
        st.html(MEETING_LETTERS)
    frame.show_sidebar(here=page.url_path, chosen=chosen, words=words)
    frame.show_notices(build, chosen=chosen, words=words)
    page.run()
    frame.show_foot(here=page.url_path, chosen=chosen, words=words)


def _pages(words: Words) -> dict[str, Page]:
    """Return the pages that exist, by name."""
    return {
        entry.name: st.Page(
            entry.file,
            title=words(f"pages.{entry.name}.title"),
            url_path=entry.path,
            default=not entry.path,
        )
        for entry in PAGES
    }


def _name_of(page: Page, pages: dict[str, Page]) -> str:
    """Return the name of the page that this address opens."""
    return next(name for name, candidate in pages.items() if candidate.url_path == page.url_path)


main()
