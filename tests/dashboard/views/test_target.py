"""What a visitor reads on Doel."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.pages import Page, open_page


@pytest.fixture
def target(warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page of a target with an address."""

    def opened(**address: str) -> Page:
        return open_page(warehouse, "target", monkeypatch=monkeypatch, **address)

    return opened


def test_the_first_target_is_shown_where_none_is_named(target) -> None:
    page = target(gemeente="GM1783")
    assert "Sterk eenzaam: van 8% naar 4% in 2028" in page.text
    assert page.headings.count(1) == 1
    assert "<h1>Sterk eenzaam: " in page.markup


def test_the_three_questions_are_answered_apart(target) -> None:
    text = target(gemeente="GM1783", doel="westland-65-plus").text
    assert "Doel gehaald? Nee: 48,7% tegen 36%, niet getoetst." in text
    assert "Echt veranderd? Niet te toetsen" in text
    assert "Snel genoeg? Boven de lijn: 48,7% tegen 42,5% in 2020" in text


def test_the_stated_baseline_stands_beside_the_comparable_one(target) -> None:
    text = target(gemeente="GM1783", doel="westland-65-plus").text
    assert "Het plan ging uit van 44%" in text
    assert "45,8%" in text


def test_the_chart_says_every_figure_to_who_cannot_see_it(target) -> None:
    page = target(gemeente="GM1783", doel="westland-65-plus")
    (alternative,) = page.alternatives
    for said in ("42,9%", "45,8%", "48,7%", "49,5%", "36%", "2028"):
        assert said in alternative


def test_the_chart_has_its_table_and_the_table_the_same_figures(target) -> None:
    page = target(gemeente="GM1783", doel="westland-65-plus")
    twin = page.markup[page.markup.index("Cijfers als tabel") :]
    for said in ("42,9%", "45,8%", "48,7%"):
        assert said in twin


def test_each_wave_has_its_verdict_and_each_series_its_own(target) -> None:
    text = target(gemeente="GM1783", doel="westland-65-plus").text
    assert "Het oordeel per meting" in text
    text = target(gemeente="GM1783", doel="westland-19-64").text
    assert "Wat zegt een andere reeks?" in text
    assert "RIVM, modelschatting, 18 t/m 64 jaar" in text


def test_others_would_say_something_else_and_the_page_tells(target) -> None:
    text = target(gemeente="GM1783", doel="westland-65-plus").text
    assert "Wat zouden anderen zeggen?" in text
    assert "Open SDG" in text
    assert "Deterioration" in text
    assert "Waar kijkt elke regel naar?" in text
    assert "Kijkt alleen of het cijfer het doel haalt" in text


def test_a_target_without_a_figure_has_no_chart_and_no_history(target) -> None:
    page = target(gemeente="GM1783", doel="westland-youth")
    assert page.alternatives == []
    assert "Het oordeel per meting" not in page.text
    assert "Nog geen cijfer" in page.text


def test_an_aim_in_words_has_figures_beside_it_and_no_numbers_behind_a_verdict(target) -> None:
    page = target(gemeente="GM0489", doel="barendrecht-taboo")
    assert "Cijfers bij dit doel, zonder oordeel" in page.text
    assert "45,8%" in page.text  # RIVM 50090NED, 18 and over, 2020
    assert "47,0%" in page.text  # the Netherlands
    assert "Een cijfer over Nederland zegt niets over dit doel." in page.text
    assert "Alle getallen achter dit oordeel" not in page.text
    with_a_number = target(gemeente="GM1783", doel="westland-65-plus")
    assert "zonder oordeel" not in with_a_number.text


def test_hardenberg_is_judged_on_its_level_alone(target) -> None:
    text = target(gemeente="GM0160", doel="hardenberg-lonely").text
    assert "Nee: 41,0% tegen 35%, niet getoetst" in text
    assert "Boven het doel, niet getoetst (schatting)" in text
    assert "daarom is dit plan aan Hardenberg toegeschreven" in text
    assert "zonder vergelijkbare nulmeting is over verandering niets te zeggen" in text


def test_numbers_are_folded_for_analysts_under_their_own_names(target) -> None:
    page = target(gemeente="GM1783", doel="westland-65-plus")
    folded = page.markup[page.markup.index("Alle getallen achter dit oordeel") :]
    assert "untested_behind" in folded
    assert "42.5333" in folded


def test_the_text_to_copy_names_source_and_build(target, warehouse: Path) -> None:
    build_id = next(warehouse.glob("goals-*.duckdb")).stem.removeprefix("goals-")
    page = target(gemeente="GM1783", doel="westland-65-plus")
    copied = page.markup[page.markup.index("dm-copy") :]
    assert "RIVM StatLine 50090NED" in copied
    assert build_id in copied
    assert "48,7%" in copied


def test_where_nothing_was_promised_the_page_leads_on_to_figures_and_to_a_target(target) -> None:
    page = target(gemeente="GM0518")
    assert "'s-Gravenhage Doel Deze gemeente heeft hier nog geen doelen." in page.text
    assert {"/?gemeente=GM0518&taal=nl", "/gegevens?gemeente=GM0518&taal=nl"} <= set(page.links)


def test_a_figure_beside_an_aim_has_its_source(target) -> None:
    text = target(gemeente="GM0489").text
    assert text.count("Bron: Gezondheidsmonitor Volwassenen en Ouderen 2020, GGD'en") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Vindplaats van dit cijfer: Gezondheidsmonitor GGD Haaglanden; "),
        ("en", "Where this figure was published: Gezondheidsmonitor GGD Haaglanden; "),
    ],
)
def test_a_copied_figure_that_was_published_by_itself_says_where(
    target, language: str, said: str
) -> None:
    assert said in target(gemeente="GM1783", doel="westland-19-64", taal=language).text
    of_a_table = target(gemeente="GM1783", doel="westland-65-plus", taal=language).text
    assert said.split(":")[0] not in of_a_table
