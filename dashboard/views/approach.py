"""Aanpak: what was promised, aims, pillars, partners, notes with a date, and what to talk about."""

from __future__ import annotations

from dashboard import approach_parts, components, frame, overview_parts, selection
from dashboard.address import Selection
from dashboard.data import rows
from dashboard.i18n import Words
from dashboard.queries import frame as frame_queries
from dashboard.queries import news
from dashboard.queries import targets as target_queries


def show() -> None:
    """Show the approach of the municipality in the address."""
    chosen = selection.current()
    words = Words(chosen.language)
    title = words("pages.approach.title")
    if chosen.municipality is None:
        frame.show_municipality_needed(title, chosen=chosen, words=words)
        return
    asked = {"municipality": chosen.municipality, "language": chosen.language}
    name, plan = frame.municipality_names()[chosen.municipality], rows(frame_queries.plan, **asked)
    components.show_title(title, above=name, below=overview_parts.plan_line(plan, words))
    texts = rows(frame_queries.texts, subject="municipality", language=chosen.language)
    said = (
        approach_parts.attribution(texts, municipality=chosen.municipality),
        approach_parts.coalition(plan),
    )
    components.show_text(*(each for each in said if each))
    show_to_discuss(chosen, words=words)
    targets = rows(target_queries.headline_assessments, **asked)
    links = {row["target_id"]: chosen.link("doel", target=row["target_id"]) for row in targets}
    notes = approach_parts.of_kind(plan, "note")
    components.show(approach_parts.promises(targets, notes=notes, links=links, words=words))
    components.show(approach_parts.parts(plan, words=words))
    components.show(approach_parts.people(plan, words=words))
    if not plan and not targets:
        components.show_instruction(words("pages.approach.nothing"))
    components.show(approach_parts.general_notes(plan, words=words))


def show_to_discuss(chosen: Selection, *, words: Words) -> None:
    """Show what a meeting can be about, with or without a new figure since the last one."""
    since = chosen.since
    new = rows(news.new_years, since=since) if since else []
    plan = rows(frame_queries.plan, municipality=chosen.municipality, language=chosen.language)
    components.show(
        approach_parts.to_discuss(
            plan,
            next_wave=approach_parts.next_wave(rows(frame_queries.build)[0]),
            new_years=[row["year"] for row in new],
            words=words,
        )
    )


show()
