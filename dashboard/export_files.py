"""Which files each format of the command line makes of a municipality.

Files come one by one, so that a run over the whole country holds one at a time. What the machine
lacks comes as `Missing`, with what could be made instead before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard import chart_files, citation, small_charts, table_files, workbooks
from dashboard.browser import BrowserMissingError, DrawingError
from dashboard.charts import Chart
from dashboard.dossier import Dossier, over_time
from dashboard.export_tables import codebook_table, figures_table, origin_of_chart, verdicts_table
from dashboard.i18n import Words
from dashboard.origin import build_day, file_stem
from dashboard.paper import PangoMissingError, fitted_html, paper_pdf
from dashboard.paper_parts import shown_beside
from dashboard.small_files import small_svg
from dashboard.table_files import Table
from dashboard.theme import LIGHT


@dataclass(frozen=True)
class File:
    """A file to write."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Missing:
    """Why something could not be made, and what to do about it."""

    reason: str


Made = Iterator[File | Missing]
WITH_EVERY_EDITION = ("workbook", "citation")
"""Subjects of files that hold or cite every figure of the municipality."""
NO_BROWSER = (BrowserMissingError, DrawingError)


@dataclass(frozen=True)
class Order:
    """What is made into files: a municipality, in a language, slides in a template."""

    dossier: Dossier
    words: Words
    template: Path | None = None

    def stem(self, subject: str) -> str:
        """File name of something about the whole municipality, without its ending."""
        return file_stem(
            self.dossier.name,
            self.words(f"exports.subjects.{subject}"),
            "-".join(_editions(self.dossier, subject)),
            day=build_day(self.dossier.build_id),
            language=self.words.language,
        )


def paper(order: Order) -> Made:
    """The meeting paper as PDF; without Pango as HTML, which any browser prints."""
    try:
        yield File(f"{order.stem('paper')}.pdf", paper_pdf(order.dossier, words=order.words))
    except PangoMissingError as missing:
        yield from paper_as_html(order)
        yield Missing(str(missing))


def paper_as_html(order: Order) -> Made:
    """The meeting paper as HTML that prints on two sheets."""
    page = fitted_html(order.dossier, words=order.words)
    yield File(f"{order.stem('paper')}.html", page.encode())


def deck(order: Order) -> Made:
    """Slides, one per target; none for a municipality without targets."""
    if order.dossier.stories:
        from dashboard.slides import slides  # python-pptx is loaded where somebody asks for it

        made = slides(order.dossier, words=order.words, template=order.template)
        yield File(f"{order.stem('slides')}.pptx", made)


def pictures(*kinds: str) -> Callable[[Order], Made]:
    """Charts of the targets drawn by the browser of this machine, in each of the kinds."""

    def made(order: Order) -> Made:
        for chart in _charts(order):
            stem = origin_of_chart(chart, words=order.words).stem
            for kind in kinds:
                ending, _, write = chart_files.WRITERS[kind]
                yield File(stem + ending, write(chart, words=order.words))

    def made_or_missing(order: Order) -> Made:
        try:
            yield from made(order)
        except NO_BROWSER as missing:
            yield Missing(str(missing))

    return made_or_missing


def drawings(order: Order) -> Made:
    """Charts as SVG; without a browser the small drawings of the overview, which need none."""
    for made in pictures("svg")(order):
        if isinstance(made, Missing):
            yield from _small_drawings(order)
        yield made


def tables(kind: str) -> Callable[[Order], Made]:
    """Verdicts, figures and codebook, each as a file of its own."""
    ending, _, write = table_files.WRITERS[kind]

    def made(order: Order) -> Made:
        for table in _tables(order).values():
            yield File(table.origin.stem + ending, write(table))
        codebook = codebook_table(order.dossier, words=order.words)
        yield File(codebook.origin.stem + ending, write(codebook))

    return made


def both_csvs(order: Order) -> Made:
    """CSV for a Dutch Excel and CSV for everything else."""
    yield from tables("csv_for_excel")(order)
    yield from tables("csv")(order)


def book(order: Order) -> Made:
    """One workbook with verdicts, figures, sources and codebook."""
    made = workbooks.workbook(_tables(order), sources=order.dossier.sources, words=order.words)
    yield File(f"{order.stem('workbook')}.xlsx", made)


def references(order: Order) -> Made:
    """How to cite the view and the figures behind it: text, BibTeX and CSL-JSON."""
    words = order.words
    works = [citation.view_work(order.dossier, words=words), *citation.used_works(order.dossier)]
    texts = citation.citation_texts(works, words=words)
    stem = order.stem("citation")
    yield File(f"{stem}.txt", f"{texts}\n".encode())
    yield File(f"{stem}.bib", citation.bibtex(works, words=words).encode())
    yield File(f"{stem}.csl.json", citation.csl_json(works, words=words).encode())


FORMATS: dict[str, Callable[[Order], Made]] = {
    "pdf": paper,
    "html": paper_as_html,
    "pptx": deck,
    "png": pictures("png", "png_wide"),
    "svg": drawings,
    "chart-pdf": pictures("pdf"),
    "csv": both_csvs,
    "xlsx": book,
    "parquet": tables("parquet"),
    "citation": references,
}
"""What each format of the command line makes."""


def _charts(order: Order) -> Iterator[Chart]:
    for story in order.dossier.stories:
        chart = over_time(story, build_id=order.dossier.build_id, words=order.words, theme=LIGHT)
        if chart is not None:
            yield chart


def _small_drawings(order: Order) -> Made:
    for story in order.dossier.stories:
        chart = over_time(story, build_id=order.dossier.build_id, words=order.words, theme=LIGHT)
        drawn = small_charts.change_and_target(
            story.row, words=order.words, theme=LIGHT, name=story.target_id
        )
        if chart is not None and drawn is not None:
            stem = origin_of_chart(chart, words=order.words).stem
            yield File(f"{stem}.svg", small_svg(drawn, chart=chart, words=order.words))


def _tables(order: Order) -> dict[str, Table]:
    """Tables by the name of their sheet; verdicts only where there are targets."""
    words, dossier = order.words, order.dossier
    found = {}
    if len(dossier.verdicts):
        found[words("exports.sheets.verdicts")] = verdicts_table(dossier, words=words)
    found[words("exports.sheets.figures")] = figures_table(dossier, words=words)
    return found


def _editions(dossier: Dossier, subject: str) -> list[str]:
    """Editions in a file: all, else those behind the verdicts or shown without one."""
    if subject in WITH_EVERY_EDITION:
        return sorted({str(edition) for edition in dossier.figures["edition"]})
    judged = [story.row for story in dossier.stories if story.ours is not None]
    return sorted({str(row["edition"]) for row in judged or shown_beside(dossier)})
