"""Overzicht: what is new and how every target stands; without a municipality, the chooser."""

from __future__ import annotations

from typing import Any

from dashboard import (
    changes,
    components,
    figure_table,
    frame,
    markup,
    news,
    overview_parts,
    selection,
)
from dashboard.address import Selection
from dashboard.data import rows
from dashboard.i18n import Words
from dashboard.queries import figures as figure_queries
from dashboard.queries import frame as frame_queries
from dashboard.queries import history
from dashboard.queries import news as news_queries
from dashboard.queries import targets as target_queries


def show() -> None:
    """Show the municipality of the address, or ask for one."""
    chosen = selection.current()
    words = Words(chosen.language)
    if chosen.municipality is None:
        show_chooser(chosen, words)
    else:
        show_municipality(chosen, municipality=chosen.municipality, words=words)


def show_chooser(chosen: Selection, words: Words) -> None:
    """Show the municipalities with targets as a list, all others in a field to type in."""
    components.show_title(
        words("pages.overview.choose_title"), below=words("pages.overview.choose_lead")
    )
    municipalities = rows(frame_queries.municipalities)
    components.show(overview_parts.choices(municipalities, chosen=chosen, words=words))
    components.show_heading(words("pages.overview.other_municipalities"))
    frame.show_municipality_choice(chosen=chosen, words=words, key="first")


def show_municipality(chosen: Selection, *, municipality: str, words: Words) -> None:
    """Show the state of the figures and a card per target."""
    asked = {"municipality": municipality, "language": chosen.language}
    name = frame.municipality_names()[municipality]
    plan = rows(frame_queries.plan, **asked)
    components.show_title(name, below=overview_parts.plan_line(plan, words))
    frame.show_attribution(municipality, words=words)
    show_news(chosen, municipality=municipality, words=words)
    assessments = rows(target_queries.headline_assessments, **asked)
    show_changes(chosen, assessments=assessments, words=words)
    theme = components.theme()
    for card in overview_parts.cards(assessments, chosen=chosen, theme=theme, words=words):
        components.show(card)
    figures = rows(figure_queries.newest_figures, **asked)
    if not assessments:
        title = words("pages.overview.figures", name=name)
        components.show_text(words("pages.overview.no_targets"))
        components.show_newest_figures(figures, caption=title, words=words)
        components.show(figure_table.add_target(municipality, name=name, words=words))
    shown = rows(target_queries.shown_beside, municipality=municipality)
    beside = figure_table.beside_aims(figures, shown=shown) if assessments else figures
    if aims := overview_parts.aims(assessments, words=words):
        components.show(aims)
        caption = words("pages.overview.beside")
        components.show_newest_figures(beside, caption=caption, words=words)
    build_id = rows(frame_queries.build)[0]["build_id"]
    components.show_sources([*assessments, *beside], build_id=build_id, words=words)


def show_news(chosen: Selection, *, municipality: str, words: Words) -> None:
    """Show how old the figures are and what is new since the last meeting, where that is known."""
    asked = {"municipality": municipality, "language": chosen.language}
    first_day = rows(history.first_build)[0]["first_day"].date()
    since = chosen.since if chosen.since is not None and chosen.since >= first_day else None
    components.show(
        news.state_of_figures(
            waves=rows(news_queries.measured_years, **asked),
            build=rows(frame_queries.build)[0],
            newer=rows(news_queries.newer_editions),
            elsewhere=rows(news_queries.newer_elsewhere, **asked),
            since=since,
            new_years=[row["year"] for row in rows(news_queries.new_years, since=since)]
            if since
            else [],
            words=words,
        )
    )


def show_changes(chosen: Selection, *, assessments: list[dict[str, Any]], words: Words) -> None:
    """Show the field for a day and, where the address names one, what changed since then."""
    since, form, said = chosen.since, markup.EMPTY, markup.EMPTY
    if since is not None:
        said = changes.changes(
            rows(history.changed_figures, since=since, language=chosen.language),
            verdicts=rows(history.changed_verdicts, since=since, municipality=chosen.municipality),
            assessments=assessments,
            since=since,
            first_day=rows(history.first_build)[0]["first_day"].date(),
            words=words,
        )
    if not chosen.meeting:
        today, kept = selection.dutch_today(), chosen.query(since=None)
        form = changes.day_form(since=since, today=today, kept=kept, words=words)
    components.show(markup.element("section", said + form, class_="dm dm-changes"))


show()
