"""Overzicht: what is new, how every target stands; or the chooser of municipalities."""

from __future__ import annotations

import streamlit as st

from dashboard import components, frame, markup, news, selection
from dashboard.data import rows
from dashboard.i18n import Words
from dashboard.queries import frame as frame_queries
from dashboard.queries import news as news_queries
from dashboard.queries import targets as target_queries
from dashboard.selection import Selection
from dashboard.target_card import target_card


def show() -> None:
    """Show the municipality of the address, or ask for one."""
    chosen = selection.current()
    words = Words(chosen.language)
    if chosen.municipality is None:
        show_chooser(chosen, words)
        return
    components.show_title(frame.municipality_names()[chosen.municipality])
    show_news(chosen, words)
    assessments = rows(
        target_queries.headline_assessments,
        municipality=chosen.municipality,
        language=chosen.language,
    )
    for row in assessments:
        address = chosen.link("doel", target=row["target_id"])
        components.show(target_card(row, svg=None, address=address, words=words))


def show_news(chosen, words):
    components.show(
        news.state_of_figures(
            waves=rows(news_queries.measured_years, municipality=chosen.municipality, language=chosen.language),
            build=rows(frame_queries.build)[0],
            newer=rows(news_queries.newer_editions),
            since=chosen.since,
            changes=rows(news_queries.changes_since, since=chosen.since)[0] if chosen.since else None,
            words=words,
        )
    )


def show_chooser(chosen: Selection, words: Words) -> None:
    components.show_title(words("pages.overview.choose_title"), below=words("pages.overview.choose_lead"))


show()
