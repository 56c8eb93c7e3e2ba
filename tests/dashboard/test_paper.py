"""The meeting paper: two sheets, tagged, complete, and nothing from elsewhere."""

from __future__ import annotations

import io
import itertools
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf
import pytest

from dashboard import paper, sentences
from dashboard.dossier import Dossier
from dashboard.i18n import Words
from dashboard.paper import PangoMissingError, fitted_html, paper_html, paper_pdf
from tests.dashboard.exported import LONGEST_NAME, WITH_TARGETS, dossier_of

A4_POINTS = (595.28, 841.89)
PAPERS = [(code, "nl") for code in WITH_TARGETS] + [("GM1783", "en"), ("GM0518", "nl")]


@pytest.fixture(scope="module")
def westland(warehouse: Path) -> pypdf.PdfReader:
    return read(dossier_of(warehouse, "GM1783"))


def read(dossier: Dossier) -> pypdf.PdfReader:
    """The paper of a municipality as PDF."""
    content = paper_pdf(dossier, words=Words(dossier.language))
    return pypdf.PdfReader(io.BytesIO(content))


def said(document: pypdf.PdfReader, *, sheet: int | None = None) -> str:
    """Text of the paper or one sheet, blanks made equal, words broken at a hyphen joined."""
    sheets = document.pages if sheet is None else [document.pages[sheet]]
    return " ".join(" ".join(page.extract_text() for page in sheets).split())


def longest(dossier: Dossier) -> Dossier:
    """The same municipality under the longest name of the country."""
    stories = [
        replace(story, row={**story.row, "region_name": LONGEST_NAME}) for story in dossier.stories
    ]
    return replace(dossier, name=LONGEST_NAME, stories=stories)


def test_all_drawings_are_to_one_scale_with_a_start_or_without(westland: pypdf.PdfReader) -> None:
    scales: list[float] = []

    def note(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do":  # words of a drawing
            scales.append(matrix[0])

    westland.pages[0].extract_text(visitor_operand_before=note)
    assert len(scales) > 20
    assert max(scales) == pytest.approx(min(scales), rel=0.001)


@pytest.mark.parametrize(("code", "language"), PAPERS)
def test_the_picture_is_one_a4_sheet_and_the_explanation_another(
    warehouse: Path, code: str, language: str
) -> None:
    document = read(longest(dossier_of(warehouse, code, language)))
    assert len(document.pages) == 2
    for page in document.pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx(A4_POINTS, abs=0.01)
    kicker = {"nl": ("Het beeld", "De toelichting"), "en": ("The picture", "The explanation")}
    assert kicker[language][0] in said(document, sheet=0)
    assert kicker[language][1] in said(document, sheet=1)
    assert LONGEST_NAME in said(document, sheet=0)


def test_every_target_has_its_promise_verdict_and_answers_on_the_first_sheet(
    warehouse: Path, westland: pypdf.PdfReader
) -> None:
    words, shown = Words("nl"), said(westland, sheet=0)
    for story in dossier_of(warehouse, "GM1783").stories:
        for part in (
            sentences.target_title(story.row, words),
            sentences.badge(story.row, words).words,
            sentences.verdict_sentence(story.row, words),
        ):
            assert part in shown
    for part in ("2016: 8,3%", "2020: 9,6%", "doel 2028: 4%", "Nederland 11,2%", "Snel genoeg?"):
        assert part in shown


def test_the_year_on_top_is_that_of_the_newest_figure_on_the_paper(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM0518")
    assert max(row["year"] for row in dossier.beside) == 2024  # young adults, not on the paper
    page = paper_html(dossier, words=Words("nl"))
    assert "De laatste meting is van 2020." in page
    assert "2024" not in page.split("<body")[1].replace(dossier.build_id, "")


def test_the_second_sheet_says_how_sure_it_is_and_where_it_comes_from(
    warehouse: Path, westland: pypdf.PdfReader
) -> None:
    shown = said(westland, sheet=1)
    for part in (
        "er is geen marge bij gepubliceerd",
        "0,7 procentpunt omlaag",
        "Bron: Gezondheidsmonitor Volwassenen en Ouderen",
        "CC BY 4.0",
        "Hulp",
        "zeggen niet of een activiteit werkt",
    ):
        assert part in shown
    build_id = dossier_of(warehouse, "GM1783").build_id
    assert all(build_id in said(westland, sheet=sheet) for sheet in (0, 1))


def test_the_picture_names_its_sources_for_who_copies_that_sheet_alone(
    westland: pypdf.PdfReader,
) -> None:
    shown = said(westland, sheet=0)
    assert "RIVM StatLine 50090NED" in shown
    assert "CC BY 4.0" in shown
    assert "gezondheidsmonitor van de GGD 2009–2016" in shown


@pytest.mark.parametrize("code", ["GM0160", "GM1783"])
def test_each_source_is_named_once_with_all_its_years(warehouse: Path, code: str) -> None:
    shown = said(read(dossier_of(warehouse, code)), sheet=1)
    assert shown.count("RIVM StatLine 50090NED") == 1
    assert re.search("Ouderen 2012– ?2020, GGD'en", shown)


def test_every_sheet_says_whose_it_is_of_which_build_and_which_of_how_many(
    warehouse: Path,
) -> None:
    name = """Nuenen "a\\b" </style> 's-Gravenhage"""
    dossier = replace(dossier_of(warehouse, "GM1783"), name=name)
    document = read(replace(dossier, stories=dossier.stories * 3))
    count = len(document.pages)
    assert count > 2
    for sheet in range(count):
        mark = f"{name} · {dossier.build_id} · {sheet + 1}/{count}"
        assert mark in said(document, sheet=sheet)


def test_margins_stand_in_the_paper(warehouse_with_margins: Path) -> None:
    shown = said(read(dossier_of(warehouse_with_margins, "GM1783")))
    assert "tussen 8,5% en 10,9%" in shown


def test_the_pdf_is_tagged_for_universal_access(westland: pypdf.PdfReader) -> None:
    root = westland.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert westland.metadata.title == "Overlegstuk Westland: doelen tegen eenzaamheid"


def test_every_drawing_has_an_alternative_text(westland: pypdf.PdfReader) -> None:
    alternatives = list(_alternatives(westland.root_object["/StructTreeRoot"]))
    assert len(alternatives) == 3
    assert "Westland: 2016 8,3%; 2020 9,6%." in alternatives[0]
    assert "doel: 2028 4%" in alternatives[0]


def _alternatives(node: Any) -> list[str]:
    """Alternative texts of a part of the structure, in order."""
    node = node.get_object()
    if isinstance(node, list):
        return [text for each in node for text in _alternatives(each)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (_alternatives(node["/K"]) if "/K" in node else [])


def test_headings_are_in_order_and_one_is_the_first(warehouse: Path) -> None:
    page = paper_html(dossier_of(warehouse, "GM1783"), words=Words("nl"))
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_dutch_promise_keeps_its_language_on_an_english_paper(warehouse: Path) -> None:
    page = paper_html(dossier_of(warehouse, "GM1783", "en"), words=Words("en"))
    assert '<html lang="en">' in page
    assert re.search(r'<span lang="nl">“het percentage ernstig eenzamen verminderen', page)


def test_black_and_white_loses_nothing(warehouse: Path) -> None:
    """Each badge says its verdict in an icon and in words, and a model verdict in an outline."""
    page = paper_html(dossier_of(warehouse, "GM1783"), words=Words("nl"))
    badges = re.findall(
        r'<span class="dm-badge([^"]*)"><span aria-hidden="true">(.)</span>(.+?)<', page
    )
    assert len(badges) == 4
    assert all(icon.strip() and words for _, icon, words in badges)
    assert ["indicative" in kind for kind, _, _ in badges] == [True, False, False, True]


def test_a_browser_prints_the_ground_of_white_words(warehouse: Path) -> None:
    page = paper_html(dossier_of(warehouse, "GM1783"), words=Words("nl"))
    (rule,) = re.findall(r"\.dm-badge \{([^}]*)\}", page)
    assert "print-color-adjust: exact" in rule


def test_pango_is_looked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise OSError(name)

    assert paper.can_print.__wrapped__()
    monkeypatch.setattr(paper.ctypes, "CDLL", absent)
    assert not paper.can_print.__wrapped__()


class Addresses(HTMLParser):
    """Collects what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {"src", "data", "srcset", *(["href"] if tag == "link" else [])}
        self.found += [value or "" for name, value in attrs if name in names]


def test_the_html_needs_nothing_else(warehouse: Path) -> None:
    page = paper_html(dossier_of(warehouse, "GM1783"), words=Words("nl"))
    addresses = Addresses()
    addresses.feed(page)
    assert len(addresses.found) == 3
    assert all(address.startswith("data:image/svg+xml;base64,") for address in addresses.found)
    assert "@import" not in page
    assert "url(" not in page


def test_markup_in_a_name_is_text(warehouse: Path) -> None:
    dossier = replace(dossier_of(warehouse, "GM0397"), name="<script>alert(1)</script>&")
    page = paper_html(dossier, words=Words("nl"))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page


def test_a_municipality_without_targets_shows_its_figures_without_a_verdict(
    warehouse: Path,
) -> None:
    shown = said(read(dossier_of(warehouse, "GM0518")))
    assert "'s-Gravenhage" in shown
    assert "2020: 56,8%" in shown
    assert "Er hoort geen oordeel bij." in shown
    assert "RIVM StatLine 50090NED" in shown


def test_the_paper_tells_the_line_of_the_change_from_that_of_the_margin(warehouse: Path) -> None:
    shown = said(read(dossier_of(warehouse, "GM1783", "en")), sheet=1)
    assert "Line from the open dot to the filled one: the change." in shown
    assert "Line with a bar at each end: the true percentage is probably within it" in shown


def test_without_targets_only_the_marks_that_are_drawn_are_explained(warehouse: Path) -> None:
    shown = said(read(dossier_of(warehouse, "GM0518", "en")), sheet=1)
    assert "Filled dot: the newest figure. Triangle: the Netherlands." in shown
    assert "Line with a bar at each end" in shown
    for mark in ("Open dot", "Ring with", "with an outline"):
        assert mark not in shown


def test_more_targets_than_fit_take_more_sheets_and_lose_none(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    many = replace(dossier, stories=dossier.stories * 3)
    shown = said(read(many))
    assert shown.count("Jongeren (leeftijd niet genoemd): van 34% naar 30% in 2028") == 6


def test_a_page_that_takes_more_sheets_anyway_keeps_letters_that_can_be_read(
    warehouse: Path,
) -> None:
    dossier, words = dossier_of(warehouse, "GM1783"), Words("nl")
    many = fitted_html(replace(dossier, stories=dossier.stories * 4), words=words)
    assert re.findall(r'style="--size: ([\d.]+)"', many) == ["0.88", "0.88"]
    few = fitted_html(dossier_of(warehouse, "GM0397"), words=words)
    assert re.findall(r'style="--size: ([\d.]+)"', few) == ["1.12", "1.12"]


class WithoutPango:
    """An import system in which WeasyPrint finds no Pango."""

    def find_spec(self, name: str, *_given: object) -> None:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nmore")


def test_without_pango_the_message_says_what_to_install_and_html_remains(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango(), *sys.meta_path])
    dossier, words = dossier_of(warehouse, "GM0397"), Words("nl")
    with pytest.raises(PangoMissingError, match="apt-get install libpango"):
        paper_pdf(dossier, words=words)
    assert "Heemstede" in fitted_html(dossier, words=words)
