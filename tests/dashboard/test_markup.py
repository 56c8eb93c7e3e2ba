"""Markup: every text is escaped, and what is announced is announced rightly."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import markup
from dashboard.markup import Markup
from dashboard.sentences import Badge

EVIL = "<img src=x onerror=alert(1)>\"'&"


class Reader(HTMLParser):
    """Collects tags and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(piece: str) -> Reader:
    """Parse a piece as a browser does."""
    reader = Reader()
    reader.feed(piece)
    reader.close()
    return reader


@given(st.text())
def test_no_text_becomes_markup(words: str) -> None:
    shown = read(markup.paragraph(words))
    assert shown.tags == ["p"]
    pieces = [
        markup.lines([words]),
        markup.heading(2, words, anchor=words),
        markup.link(words, words),
        markup.quote(words, source=words),
        markup.badge(Badge(words, words, "grey"), indicative=True),
        markup.answers({words: words}),
        markup.folded(words, markup.text(words)),
        markup.copyable(words, action=words, done=words),
    ]
    allowed = {"ul", "li", "h2", "a", "blockquote", "span", "cite", "dl", "dt", "dd"}
    allowed |= {"details", "summary", "div", "p", "button"}
    for piece in pieces:
        assert set(read(piece).tags) <= allowed


@given(st.text(st.characters(codec="utf-8")))
def test_what_comes_later_is_one_word_until_it_is_in_its_place(content: str) -> None:
    piece = markup.later(content)
    given_back = re.fullmatch(
        r'<div class="dm-later" data-later="([\w.~/%-]*)"></div>', piece, re.A
    )
    assert given_back
    assert unquote(given_back[1]) == content


def test_a_command_stands_apart_and_breaks_at_its_spaces_alone() -> None:
    piece = markup.instruction("Met `python -m etl build`, en `<b>`.")
    assert read(piece).text == "Met python -m etl build, en <b>."
    assert read(piece).tags == ["p", "code", *["span"] * 4, "code", "span"]
    assert "<span>-m</span>" in piece


def test_a_long_heading_breaks_after_its_colon() -> None:
    piece = markup.heading(2, "65 jaar en ouder: van 44% naar 36%: <b>")
    assert read(piece).text == "65 jaar en ouder: van 44% naar 36%: <b>"
    assert piece.startswith("<h2>65 jaar en ouder: <span")
    assert markup.heading(1, "Overzicht") == "<h1>Overzicht</h1>"


def test_plain_text_cannot_be_added_to_markup() -> None:
    with pytest.raises(TypeError, match="escape the text first"):
        markup.paragraph("said") + "<script>"
    assert isinstance(markup.paragraph("a") + markup.paragraph("b"), Markup)


def test_a_table_names_its_columns_rows_and_itself() -> None:
    rows = [{"age": "65 jaar en ouder", "value": "48,7%"}, {"age": EVIL, "value": EVIL}]
    shown = markup.table(
        rows,
        columns={"age": "Leeftijd", "value": "Percentage"},
        caption="Cijfers",
        numbers=["value"],
    )
    assert shown.count('<th scope="col"') == 2
    assert shown.count('<th scope="row"') == 2
    assert '<th scope="row">65 jaar en ouder</th><td class="dm-number">48,7%</td>' in shown
    assert "<caption>Cijfers</caption>" in shown
    for said in ('role="region"', 'aria-label="Cijfers"', 'tabindex="0"'):
        assert said in shown
    assert "<img" not in shown


def test_a_column_in_english_says_so_in_every_cell() -> None:
    shown = markup.table(
        [{"a": "x", "b": "y"}], columns={"a": "A", "b": "B"}, caption="c", english=["b"]
    )
    assert '<td lang="en">y</td>' in shown
    assert '<th scope="row">x</th>' in shown


def test_a_quotation_is_dutch_on_every_page_and_quoted_once() -> None:
    assert "“tot 7% voor de groep 'eenzaam'”" in markup.quote(
        "tot 7% voor de groep 'eenzaam'"
    ).replace("&#x27;", "'")
    shown = markup.quote("“van 8% tot 4%”", source="het plan")
    assert '<span lang="nl">“van 8% tot 4%”</span>' in shown
    assert '<cite lang="nl"> — het plan</cite>' in shown


def test_a_verdict_of_a_model_is_outlined() -> None:
    shown = Badge("?", "Achter op schema", "grey")
    assert "dm-indicative" in markup.badge(shown, indicative=True)
    assert "dm-indicative" not in markup.badge(shown, indicative=False)
    assert '<span aria-hidden="true">?</span>' in markup.badge(shown, indicative=True)


def test_a_title_that_is_a_link_breaks_after_its_colon() -> None:
    assert markup.titled_link("Eenzaam: van 45% naar 40%", "/doel") == (
        '<a href="/doel" target="_self">Eenzaam: <span class="dm-whole">van 45% naar 40%</span></a>'
    )


def test_a_path_breaks_after_its_folder_in_a_table() -> None:
    table = markup.table(
        [{"file": "figures/survey_figures.csv"}], columns={"file": "Bestand"}, caption="Bestanden"
    )
    assert "figures/<wbr>survey_figures.csv" in table
