"""Gegevens en export: the long table with filters, downloads, codebook and citation."""

from __future__ import annotations

from dashboard import (
    citation,
    components,
    data_parts,
    figure_table,
    filters,
    frame,
    page_files,
    page_tables,
    selection,
)
from dashboard.address import Selection
from dashboard.data import keep, load, rows
from dashboard.dossier import Dossier
from dashboard.exports import Download
from dashboard.i18n import Words
from dashboard.queries import data_table as queries


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
    asked = {"municipality": chosen.municipality, "language": chosen.language}
    found = keep(page_files.gathered, **asked)
    files = keep(page_files.files, **asked)
    show_files({each: files[each] for each in files if each != "codebook"}, words=words)
    components.show_heading(words("pages.data_export.table"))
    show_table(chosen, municipality=chosen.municipality, name=name, words=words)
    if found is not None:
        show_citation(found, words=words)
    components.show_heading(words("pages.data_export.codebook"))
    components.show(data_parts.codebook(load(queries.columns), words))
    title = words("exports.buttons.title_of", table=words("pages.data_export.codebook"))
    components.show_downloads(files["codebook"], key="codebook", words=words, title=title)
    components.show_heading(words("pages.data_export.add_figures"))
    components.show_instruction(words("pages.data_export.add_figures_how"))
    components.show(figure_table.add_target(chosen.municipality, name=name, words=words))


def show_table(chosen: Selection, *, municipality: str, name: str, words: Words) -> None:
    """Show the filters of the address and the figures that they let through."""
    figures = rows(queries.figures, municipality=municipality, language=chosen.language)
    offered = data_parts.options(figures, words)
    used = data_parts.in_use(chosen.wanted(), offered=offered)
    filters.show_filters(offered, used=used, chosen=chosen, words=words)
    shown = data_parts.filtered(figures, used=used)
    components.show(data_parts.long_table(shown, words))
    if shown:
        offer = page_tables.shown_figures(
            shown, name="selection", municipality=municipality, place=name, words=words
        )
        table = words("pages.data_export.shown")
        components.show_table_downloads(offer, table=table, key="selection", words=words)


def show_files(downloads: dict[str, list[Download]], *, words: Words) -> None:
    """Show the files, each in every format."""
    components.show_heading(words("pages.data_export.downloads"))
    components.show_text(words("pages.data_export.downloads_note"))
    for name, each in downloads.items():
        components.show_downloads(
            each, key=name, words=words, title=words(f"pages.data_export.{name}")
        )


def show_citation(found: Dossier, *, words: Words) -> None:
    """Show how to cite the figures and this view of them."""
    components.show_heading(words("pages.data_export.citation"))
    works = [*citation.used_works(found), citation.view_work(found, words=words)]
    components.show(data_parts.to_copy(citation.citation_texts(works, words=words), words))


show()
