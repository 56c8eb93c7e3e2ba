"""Over de cijfers: what words mean, where figures come from, how a verdict is made, who answers."""

from __future__ import annotations

from dashboard import about_parts, components, frame, page_tables, selection
from dashboard.data import rows
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.queries import provenance

# corrections and refused rows on the page; all of them are in the warehouse
SHOWN_ROWS = 50


def show() -> None:
    """Show every part under its own heading and anchor."""
    chosen = selection.current()
    words = Words(chosen.language)
    components.show_title(words("pages.about.title"), below=words("pages.about.lead"))
    parts = {**from_the_build(words), **from_the_publisher(words)}
    parts["colofon"] += frame.publisher_line(words)
    for name, content in parts.items():
        components.show(about_parts.section(name, content, words=words))
        if about_parts.has_rows(content):
            components.show_table_downloads(
                page_tables.about(name, words=words),
                table=words(f"pages.about.{name}.title"),
                key=name,
                words=words,
            )


def from_the_build(words: Words) -> dict[str, Markup]:
    """Return what the build says of its figures, by the name of the part."""
    said = {"language": words.language}
    series = rows(provenance.series_in_words, **said)
    corrections = rows(provenance.corrections, limit=SHOWN_ROWS, **said)
    refused = rows(provenance.rejected_rows, limit=SHOWN_ROWS)
    report, names = rows(provenance.load_report), rows(provenance.names_in_report, **said)
    return {
        "definitions": about_parts.definitions(rows(provenance.indicators, **said), words=words),
        "series": about_parts.series(series, words=words),
        "sources": about_parts.sources(rows(provenance.sources), series=series, words=words),
        "method": about_parts.method(words=words),
        "calibration": about_parts.calibration(rows(provenance.calibration, **said), words=words),
        "corrections": about_parts.corrections(corrections, words=words),
        "load_report": about_parts.load_report(report, names=names, words=words),
        "rejected": about_parts.rejected(refused, words=words),
        "history": about_parts.history(rows(provenance.history, limit=SHOWN_ROWS), words=words),
        "dictionary": about_parts.dictionary(rows(provenance.dictionary), words=words),
    }


def from_the_publisher(words: Words) -> dict[str, Markup]:
    """Return what the publisher of the site says, by the name of the part."""
    names = ("toegankelijkheid", "privacy", "colofon")
    return {name: about_parts.paragraphs(name, words=words) for name in names}


show()
