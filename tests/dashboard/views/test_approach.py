"""What a visitor reads on Aanpak: the promises literally, the parts, notes with their day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.pages import Page, open_page


@pytest.fixture
def approach(warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page with an address."""

    def opened(**address: str) -> Page:
        return open_page(warehouse, "approach", monkeypatch=monkeypatch, **address)

    return opened


@pytest.fixture
def practice(demo: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page of the practice town, which has notes."""

    def opened(**address: str) -> Page:
        return open_page(demo, "approach", monkeypatch=monkeypatch, gemeente="GM9001", **address)

    return opened


def test_the_promises_of_westland_are_literal_and_lead_to_their_targets(approach) -> None:
    page = approach(gemeente="GM1783")
    assert "“het percentage ernstig eenzamen verminderen van 8% tot 4%”" in page.text
    assert "tot het niveau van 2004: 36%”" in page.text
    for target in ("severely-lonely", "youth", "19-64", "65-plus"):
        assert any(
            link.startswith("/doel?") and f"doel=westland-{target}" in link for link in page.links
        )


def test_aims_pillars_meetings_and_partners_are_there(approach) -> None:
    text = approach(gemeente="GM1783").text
    for said in (
        "Plan van de lokale coalitie 2019–2028",
        "Speerpunten Meer bewustwording en kennis",
        "Pijlers Zinvol bezig zijn",
        "De kerncoalitie komt drie keer per jaar bij elkaar.",
        "Partners Bibliotheek Gemeente Westland Vitis Welzijn",
    ):
        assert said in text
    assert "Bouwstenen" not in text


def test_a_plan_that_is_attributed_says_so_first(approach) -> None:
    text = approach(gemeente="GM0160").text
    assert text.index("aan Hardenberg toegeschreven") < text.index("Wat er is beloofd")
    assert "Bouwstenen Weten Vinden Ondersteunen" in text


def test_without_a_new_figure_there_is_something_to_talk_about(approach) -> None:
    text = approach(gemeente="GM1783").text
    assert "Om over te praten tot de meting van 2028" in text
    assert "Wat loopt er nu bij elke pijler, en wat ligt stil?" in text
    text = approach(gemeente="GM0160").text
    assert "Wat loopt er nu bij elke bouwsteen, en wat ligt stil?" in text


def test_nothing_says_that_an_activity_works(approach) -> None:
    text = approach(gemeente="GM1783").text
    assert "Deze cijfers zeggen niet of een activiteit werkt" in text
    for word in ("dankzij", "door de aanpak", "effect", "resultaat van"):
        assert word not in text


def test_every_note_stands_with_its_day_under_what_it_is_about(practice) -> None:
    page = practice()
    assert "Elkaar ontmoeten (verzonnen) 28 mei 2026 Verzonnen aantekening: de inloop" in page.text
    assert 'datetime="2026-05-28"' in page.markup
    promise = page.text.index("Eenzaam: van 45% naar 40% in 2032")
    assert promise < page.text.index("12 maart 2026") < page.text.index("18 t/m 64 jaar: van")
    assert page.text.index("Aantekeningen") < page.text.index("18 juni 2026")
    for day in ("12 maart 2026", "28 mei 2026", "18 juni 2026"):
        assert page.text.count(day) == 1


def test_a_note_has_its_english_words_on_an_english_page(practice) -> None:
    text = practice(taal="en").text
    assert "28 May 2026 Invented note: the drop-in morning starts in September." in text
    assert "Verzonnen aantekening" not in text


def test_where_notes_are_written_is_told(approach) -> None:
    assert "data/notes.yaml" in approach(gemeente="GM1783").text


def test_a_municipality_without_a_plan_says_so(approach) -> None:
    page = approach(gemeente="GM0518")
    assert page.errors == []
    assert "nog niets" in page.text
    assert "Wat er is beloofd" not in page.text
