"""What a visitor reads on Waarom een ander cijfer?: every figure, and why it differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.pages import Page, open_page


@pytest.fixture
def other(warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page with an address."""

    def opened(**address: str) -> Page:
        return open_page(warehouse, "other_figure", monkeypatch=monkeypatch, **address)

    return opened


@pytest.fixture
def practice(demo: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page of the practice town, whose model has two editions."""

    def opened(**address: str) -> Page:
        return open_page(
            demo, "other_figure", monkeypatch=monkeypatch, gemeente="GM9001", **address
        )

    return opened


def test_the_year_with_most_figures_is_shown_first(other) -> None:
    # lonely in 2016: six of Westland, one of the region, four of the country; fewer in any other
    page = other(gemeente="GM1783", onderwerp="lonely")
    assert page.run.main.selectbox[2].value == "2016"
    assert page.run.main.selectbox[2].options == [
        "2024",
        "2022",
        "2020",
        "2016",
        "2012",
        "2009",
        "2004",
    ]


def test_the_figure_of_the_age_asked_for_is_what_others_are_compared_with(other) -> None:
    page = other(gemeente="GM1783", onderwerp="lonely", leeftijd="65+")
    first = page.text[page.text.index("Over Westland") :]
    assert first.index("45,8%") < first.index("Met dit cijfer vergelijken we de andere.")
    assert first.index("Met dit cijfer") < first.index("Dit cijfer is anders")
    assert page.text.count("Met dit cijfer vergelijken we") == 1


def test_each_figure_says_why_it_differs(other) -> None:
    text = other(gemeente="GM1783", onderwerp="lonely", leeftijd="65+").text
    for said in (
        "een ander onderzoek (GGD, vragenlijst)",
        "een andere groep mensen (19 t/m 64 jaar)",
        "een ander gebied (GGD Haaglanden)",
        "een ander gebied (Nederland)",
        "een andere methode (een steekproef)",
    ):
        assert said in text


def test_every_known_figure_is_there_with_its_source(other) -> None:
    text = other(gemeente="GM1783", onderwerp="lonely").text
    for value in ("45,8%", "40,6%", "39,1%", "38%", "44%", "34%", "48%", "48,3%", "43,4%", "42,0%"):
        assert value in text
    assert "westlanders.nu, 13 juni 2019" in text
    assert "457.153 deelnemers" in text
    assert text.count("Bron: ") >= 11


def test_quoted_figures_are_told_as_quoted_and_never_drawn(other) -> None:
    page = other(gemeente="GM1783", onderwerp="lonely", leeftijd="65+")
    assert page.text.count("Dit cijfer is geciteerd in een plan of in de pers.") == 2
    assert "Uit welke uitgave het komt, staat er niet bij" in page.text
    assert "Dit cijfer is anders door een andere groep mensen" in page.text
    assert "Het jaar staat er niet bij." in page.text
    (drawn,) = page.alternatives
    assert "2016 44%" not in drawn
    assert "34%" not in drawn


def test_other_ages_of_a_series_that_has_the_age_are_folded_and_not_drawn(other) -> None:
    page = other(gemeente="GM1783", onderwerp="lonely", leeftijd="65+")
    assert page.text.count("Andere leeftijden uit dezelfde reeks (2)") == 2
    (drawn,) = page.alternatives
    assert "40,6%" not in drawn
    assert "19 t/m 64 jaar" in drawn  # the GGD has no figure of 65 and over here


def test_a_year_with_quoted_figures_alone_has_no_chart(other) -> None:
    page = other(gemeente="GM1783", onderwerp="lonely", jaar="2004")
    assert page.errors == []
    assert page.alternatives == []
    assert "36%" in page.text
    assert "die kennen geen meting in 2004" in page.text


def test_another_questionnaire_stands_apart(other) -> None:
    page = other(gemeente="GM1783", onderwerp="lonely", jaar="2024")
    apart = page.text[page.text.index("Cijfers met een andere vragenlijst") :]
    assert "48,7%" in apart
    assert "een andere vragenlijst (De Jong Gierveld, 6 uitspraken)" in apart or (
        "een ander onderwerp" in apart
    )
    assert "16,6%" not in apart  # strongly lonely is a part of lonely
    assert not any("48,7%" in said for said in page.alternatives)


def test_two_editions_are_told_apart(practice) -> None:
    page = practice(onderwerp="lonely", leeftijd="18+", jaar="2020")
    assert "oudere uitgave practice-1" in page.text
    assert "45,1%" in page.text
    assert "44,6%" in page.text


def test_each_survey_says_once_who_was_asked(other) -> None:
    page = other(gemeente="GM1783", onderwerp="lonely")
    assert page.text.count("de vragenlijsten van 2012 en 2016 gingen naar mensen van 19") == 1


def test_dutch_sources_are_marked_as_dutch_on_an_english_page(other) -> None:
    page = other(gemeente="GM1783", onderwerp="lonely", taal="en")
    assert "Uit de pers" in page.text
    assert "Uit de pers" not in page.own_text
    assert "another area (Netherlands)" in page.text


def test_a_target_that_one_came_from_chooses_subject_and_age(other) -> None:
    page = other(gemeente="GM1783", doel="westland-65-plus")
    assert [box.value for box in page.run.main.selectbox[:2]] == ["lonely", "65+"]


def test_names_of_files_say_the_municipality(other) -> None:
    keys = [one.proto.id for one in other(gemeente="GM1783").unfolded().run.get("download_button")]
    assert keys
    assert all("westland-" in key and "gm1783" not in key for key in keys)


def test_the_chart_says_under_which_licence_its_figures_are(other) -> None:
    (chart,) = other(gemeente="GM1783").run.get("plotly_chart")
    drawn = " ".join(chart.proto.spec.replace("<br>", " ").replace(r"\u003cbr\u003e", " ").split())
    assert "CC BY 4.0 en zie de vindplaats bij elk cijfer. Doelmonitor 20" in drawn


@pytest.mark.parametrize("asked", [{"jaar": "2012"}, {"leeftijd": "16-25"}])
def test_a_choice_without_a_figure_is_told_with_what_is_shown_instead(
    other, asked: dict[str, str]
) -> None:
    page = other(gemeente="GM1783", onderwerp="socially_lonely", **asked)
    year = page.run.main.selectbox[2].value
    said = f"Bij deze keuze is er geen cijfer. U ziet: Sociaal eenzaam, 18 jaar en ouder, {year}."
    assert said in page.text
    there = other(gemeente="GM1783", onderwerp="socially_lonely", leeftijd="18+", jaar=year)
    assert "geen cijfer. U ziet" not in there.text
