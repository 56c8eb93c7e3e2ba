"""What a visitor reads on Over de cijfers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.pages import Page, open_page


@pytest.fixture
def about(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Open the page."""
    return open_page(warehouse, "about", monkeypatch=monkeypatch, gemeente="GM1783")


def test_words_sources_and_licences_are_named(about: Page) -> None:
    assert "Score 3 t/m 11 op de schaal van 11 uitspraken" in about.text
    assert "CC BY 4.0" in about.text
    assert "50090NED" in about.text
    assert "10.324" in about.text


def test_the_method_gives_its_formulas(about: Page) -> None:
    assert "z = (lg b − lg y) / √(s(b)² + s(y)²)" in about.text
    assert "1,96" in about.text


def test_what_was_corrected_and_refused_is_told_also_when_nothing_was(about: Page) -> None:
    assert "Geen cijfer in deze versie is door een nieuwere bron gewijzigd." in about.text
    assert "Er zijn geen regels geweigerd." in about.text
    assert "Dit is de eerste versie." in about.text


def test_the_dictionary_explains_the_tables_in_english(about: Page) -> None:
    assert "marts.assessments" in about.text
    assert "The verdict per target, series and wave" in about.text
    assert "The verdict per target" not in about.own_text


def test_no_string_of_the_program_is_shown_by_accident(about: Page) -> None:
    assert about.markup.lstrip().startswith("<")
    assert "SHOWN_ROWS" not in about.text
    assert about.text.count("Over de cijfers") >= 1
