"""Gegevens en export: the long table with filters, downloads, codebook and citation."""

from __future__ import annotations

from dashboard import (
    citation,
    components,
    data_parts,
    dossier,
    export_tables,
    exports,
    filters,
    frame,
    markup,
    selection,
)
from dashboard.data import load, rows
from dashboard.dossier import Dossier
from dashboard.i18n import Words
from dashboard.queries import data_table as queries
from dashboard.selection import Selection


def show() -> None:
    """Show everything that is known of the municipality of the address."""
    chosen = selection.current()
    words = Words(chosen.language)
    title = words("pages.data_export.title")
    if chosen.municipality is None:
        frame.show_municipality_needed(title, chosen=chosen, words=words)
        return
    name = frame.municipality_names()[chosen.municipality]
    components.show_title(title, above=name, below=words("pages.data_export.lead", name=name))
    found = dossier.gather(load, municipality=chosen.municipality, language=chosen.language)
    if found is not None:
        show_files(found, words=words)
    components.show_heading(words("pages.data_export.table"))
    show_table(chosen, municipality=chosen.municipality, words=words)
    if found is not None:
        show_citation(found, words=words)
    components.show_heading(words("pages.data_export.codebook"))
    components.show(data_parts.codebook(rows(queries.columns), words))


def show_table(chosen: Selection, *, municipality: str, words: Words) -> None:
    """Show the filters of the address and the figures that they let through."""
    figures = rows(queries.figures, municipality=municipality, language=chosen.language)
    offered = data_parts.options(figures, words)
    used = data_parts.in_use(chosen.wanted(), offered=offered)
    filters.show_filters(offered, used=used, chosen=chosen, words=words)
    components.show(data_parts.long_table(data_parts.filtered(figures, used=used), words))


def show_files(found: Dossier, *, words: Words) -> None:
    """Show the files with figures, verdicts and codebook."""
    components.show_heading(words("pages.data_export.downloads"))
    components.show_text(words("pages.data_export.downloads_note"))
    for name, table in (
        ("figures", export_tables.figures_table),
        ("verdicts", export_tables.verdicts_table),
        ("codebook", export_tables.codebook_table),
    ):
        downloads = exports.table_downloads(table(found, words=words), words=words)
        components.show_downloads(
            downloads, key=name, words=words, title=words(f"pages.data_export.{name}")
        )


def show_citation(found: Dossier, *, words: Words) -> None:
    """Show how to cite the figures and this view of them."""
    components.show_heading(words("pages.data_export.citation"))
    works = [
        *citation.used_works(found),
        citation.view_work(found, words=words),
    ]
    text = "\n".join(citation.citation_text(work, words=words) for work in works)
    components.show(
        markup.copyable(
            text,
            action=words("pages.data_export.copy"),
            done=words("pages.data_export.copied"),
        )
    )


show()
