"""Vergelijken: beside the country, the region and others, and among all; never ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import (
    compare_parts,
    components,
    filters,
    frame,
    page_tables,
    selection,
    subject,
)
from dashboard.address import Selection
from dashboard.chart_marks import records
from dashboard.charts import comparison, distribution
from dashboard.data import drawn, load, rows
from dashboard.i18n import Words
from dashboard.queries import comparison as queries
from dashboard.queries import frame as frame_queries
from dashboard.queries import subjects
from dashboard.rows import Row, text

FIGURE = ("series_id", "edition", "indicator", "age_group", "year")


def show() -> None:
    """Show the subject of the address, else what the municipality promised first."""
    chosen = selection.current()
    words = Words(chosen.language)
    title = words("pages.compare.title")
    if chosen.municipality is None:
        frame.show_municipality_needed(title, chosen=chosen, words=words)
        return
    name = frame.municipality_names()[chosen.municipality]
    components.show_title(title, above=name, below=words("pages.compare.lead"))
    offered = rows(subjects.to_compare, municipality=chosen.municipality, language=chosen.language)
    if not offered:
        components.show_text(words("pages.news.no_figures"))
        return
    shown = subject.pick(offered, wanted=chosen.wanted(), target=chosen.target)
    filters.show_subject(offered, shown=shown, chosen=chosen, words=words)
    show_newer_edition(shown, name=name, words=words)
    filters.show_beside(frame.municipality_names(), chosen=chosen, words=words)
    show_figures(chosen, municipality=chosen.municipality, name=name, shown=shown, words=words)


def show_newer_edition(shown: Row, *, name: str, words: Words) -> None:
    """Say so where other pages show our figure from an edition that the others are not in."""
    newer, edition = text(shown, "newer_edition"), str(shown["edition"])
    if newer is not None:
        said = words("pages.compare.newer_edition", place=name, newer=newer, edition=edition)
        components.show_notice(said)


def show_figures(
    chosen: Selection, *, municipality: str, name: str, shown: Row, words: Words
) -> None:
    """Show ours beside others, a suggestion of others, and all municipalities."""
    asked = {column: shown[column] for column in FIGURE}
    which = {"municipality": municipality, "compare": chosen.compare, **asked}
    beside = subject.named(load(queries.places, **which), words)
    places = records(beside)
    build_id = rows(frame_queries.build)[0]["build_id"]
    captions = compare_parts.captions(shown, places=places, build_id=build_id, words=words)
    look: dict[str, Any] = {
        "municipality": municipality,
        "words": words,
        "theme": components.theme(),
        "frame": components.chart_frame(),
    }
    known = compare_parts.in_series(beside)
    chart = drawn(comparison, known, caption=captions.beside, **look)
    components.show_chart(chart, key="beside", words=words)
    components.show(compare_parts.differences(places, method=shown["method"], words=words))
    components.show_table_downloads(
        page_tables.differences(known, chart=chart, words=words),
        table=words("pages.compare.table"),
        key="differences",
        words=words,
    )
    similar = rows(queries.similar, municipality=municipality, **asked)
    show_similar(similar, chosen=chosen, name=name, shown=shown, words=words)
    everyone = load(queries.all_municipalities, **asked)
    if len(everyone) > 1:
        components.show_heading(words("pages.compare.all_heading"))
        country = compare_parts.country(beside)
        chart = drawn(distribution, everyone, country=country, caption=captions.all, **look)
        components.show_chart(chart, key="all", words=words)


def show_similar(
    similar: Sequence[Row], *, chosen: Selection, name: str, shown: Row, words: Words
) -> None:
    """Show which municipalities resemble ours, with a link that puts them beside it."""
    codes = tuple(row["region_code"] for row in similar)
    suggestion = compare_parts.suggestion(
        similar,
        ours=name,
        address=chosen.link("vergelijken", compare=codes),
        shown=subject.in_words(shown, words),
        words=words,
    )
    components.show(suggestion)


show()
