"""Over de cijfers: what words mean, where figures come from, how a verdict is made, who answers."""

from __future__ import annotations

from dashboard import about_parts, components, frame, selection
from dashboard.data import rows
from dashboard.i18n import Words
from dashboard.queries import provenance

# corrections and refused rows on the page; all of them are in the warehouse
SHOWN_ROWS = 50


def show() -> None:
    """Show every part under its own heading and anchor."""
    chosen = selection.current()
    words = Words(chosen.language)
    language = chosen.language
    components.show_title(words("pages.about.title"), below=words("pages.about.lead"))
    parts = {
        "definitions": about_parts.definitions(
            rows(provenance.indicators, language=language), words=words
        ),
        "series": about_parts.series(
            rows(provenance.series_in_words, language=language), words=words
        ),
        "sources": about_parts.sources(
            rows(provenance.sources),
            series=rows(provenance.series_in_words, language=language),
            words=words,
        ),
        "method": about_parts.method(words=words),
        "calibration": about_parts.calibration(
            rows(provenance.calibration, language=language), words=words
        ),
        "corrections": about_parts.corrections(
            rows(provenance.corrections, limit=SHOWN_ROWS, language=language), words=words
        ),
        "load_report": about_parts.load_report(
            rows(provenance.load_report),
            names=rows(provenance.names_in_report, language=language),
            words=words,
        ),
        "rejected": about_parts.rejected(
            rows(provenance.rejected_rows, limit=SHOWN_ROWS), words=words
        ),
        "history": about_parts.history(rows(provenance.history, limit=SHOWN_ROWS), words=words),
        "dictionary": about_parts.dictionary(rows(provenance.dictionary), words=words),
    }
    for name, content in parts.items():
        components.show(about_parts.section(name, content, words=words))
    for name in ("toegankelijkheid", "privacy", "colofon"):
        content = about_parts.paragraphs(name, words=words)
        components.show(about_parts.section(name, content, words=words))
    components.show(frame.publisher_line(words))


show()
