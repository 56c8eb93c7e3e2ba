"""What a visitor reads on Overzicht."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path

import pytest
import yaml

from dashboard.figure_table import add_target
from dashboard.i18n import Words
from tests.dashboard.exported import build_with_a_newer_edition_of_one
from tests.dashboard.pages import Page, open_page

NAMES = {"GM0518": "'s-Gravenhage", "GM1690": "De Wolden", "GM1783": "Westland"}


@pytest.fixture
def overview(warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the overview with an address."""

    def opened(**address: str) -> Page:
        return open_page(warehouse, "overview", monkeypatch=monkeypatch, **address)

    return opened


def test_westland_says_how_old_the_figures_are_and_what_comes(overview) -> None:
    text = overview(gemeente="GM1783").text
    assert "De laatste meting is van 2020" in text
    assert "2028" in text
    assert "50150NED" in text


def test_a_newer_survey_of_others_is_named_beside_the_last_measurement(overview) -> None:
    page = overview(gemeente="GM0518")
    assert "De laatste meting is van 2020" in page.text
    assert (
        "Er zijn ook cijfers over 2024, uit een ander onderzoek: "
        "RIVM, jongvolwassenen (vragenlijst)." in page.text
    )


def test_the_last_measurement_is_not_older_than_a_figure_in_the_verdicts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partial = build_with_a_newer_edition_of_one(tmp_path)
    text = open_page(partial, "overview", monkeypatch=monkeypatch, gemeente="GM1783").text
    assert "in 2024" in text[text.index("Sterk eenzaam: van 8% naar 4%") :]
    assert "De laatste meting is van 2024" in text
    assert "Er zijn ook cijfers over" not in text
    others = open_page(partial, "overview", monkeypatch=monkeypatch, gemeente="GM0397").text
    assert "De laatste meting is van 2020" in others
    assert "Er zijn ook cijfers over 2024, uit een ander onderzoek" in others


def test_since_the_last_meeting_there_is_no_new_measurement(overview, warehouse: Path) -> None:
    build_id = json.loads((warehouse / "current.json").read_text("utf-8"))["build_id"]
    day = dt.datetime.strptime(build_id[:8], "%Y%m%d").date().isoformat()  # noqa: DTZ007
    text = overview(gemeente="GM1783", sinds=day).text
    assert "Sinds de vorige vergadering is er geen nieuwe meting" in text


def test_of_the_time_before_the_first_build_nothing_is_claimed(overview) -> None:
    text = overview(gemeente="GM1783", sinds="2019-09-01").text
    assert "geen nieuwe meting" not in text
    assert "De laatste meting is van 2020" in text


def test_every_target_of_westland_has_its_card(overview) -> None:
    page = overview(gemeente="GM1783")
    for title in (
        "Sterk eenzaam: van 8% naar 4% in 2028",
        "Jongeren (leeftijd niet genoemd): van 34% naar 30% in 2028",
        "19 t/m 64 jaar: van 38% naar 30% in 2028",
        "65 jaar en ouder: van 44% naar 36% in 2028",
    ):
        assert title in page.text
    assert page.markup.count('class="dm dm-target"') == 4
    assert page.markup.count("<svg") == 3  # the youth have no figure
    for target in ("severely-lonely", "youth", "19-64", "65-plus"):
        assert any(f"doel=westland-{target}" in link for link in page.links)


def test_nowhere_in_westland_a_colour_claims_what_is_not_shown(overview) -> None:
    page = overview(gemeente="GM1783")
    assert "dm-badge dm-grey" in page.markup
    assert "dm-badge dm-orange" not in page.markup
    assert "dm-badge dm-blue" not in page.markup


def test_the_netherlands_stand_in_the_same_row_and_a_missing_region_says_why(overview) -> None:
    text = overview(gemeente="GM1783").text
    assert "Nederland: 49,5%." in text
    assert "Voor GGD Haaglanden staat dit cijfer niet in deze reeks." in text


def test_youth_says_why_the_figures_of_16_to_25_do_not_count(overview) -> None:
    text = overview(gemeente="GM1783").text
    assert "Waarom nog geen cijfer?" in text
    assert "een ander onderzoek met een andere schaal" in text


def test_barendrecht_has_aims_in_words_and_figures_without_a_verdict(overview) -> None:
    page = overview(gemeente="GM0489")
    assert "Doelen in woorden" in page.text
    assert "Een brede, preventieve en blijvende netwerkaanpak" in page.text
    assert "dm-badge" not in page.markup
    assert "45,8%" in page.text


def test_a_plan_that_names_no_municipality_is_called_attributed(overview) -> None:
    assert "daarom is dit plan aan Hardenberg toegeschreven" in overview(gemeente="GM0160").text
    assert "toegeschreven" not in overview(gemeente="GM1783").text


def test_heemstede_waits_for_a_measurement(overview) -> None:
    text = overview(gemeente="GM0397").text
    assert "Wacht op een meting" in text
    assert "42,9%" in text


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        (
            "nl",
            "GM1783",
            [
                "Ouderen 2016–2020, GGD'en, CBS en RIVM (RIVM StatLine 50090NED; bewerking: dit",
                "de GGD 2016, gepubliceerde cijfers; de vindplaats van elk cijfer staat bij",
            ],
        ),
        ("en", "GM0397", ["Gezondheidsmonitor Volwassenen en Ouderen 2020, GGDs"]),
        ("nl", "GM0489", ["Gezondheidsmonitor Volwassenen en Ouderen 2020, GGD'en"]),
        (
            "nl",
            "GM0518",
            [
                "Gezondheidsmonitor Volwassenen en Ouderen 2016–2020, GGD'en",
                "Bron: onderzoek onder jongvolwassenen 2024, GGD'en en RIVM",
            ],
        ),
    ],
)
def test_figures_have_their_sources_on_the_page_once_for_each_series(
    overview, language: str, code: str, said: list[str]
) -> None:
    text = overview(gemeente=code, taal=language).text
    start = {"nl": "Bron: ", "en": "Source: "}[language]
    assert [text.count(each) for each in said] == [1] * len(said)
    assert text.count(start) == len(said)


def test_a_municipality_without_targets_shows_figures_and_how_to_add_a_target(overview) -> None:
    page = overview(gemeente="GM0518")
    assert "Deze gemeente heeft hier nog geen doelen" in page.text
    assert "56,8%" in page.text
    assert "GM0518:" in page.markup
    assert "metrics.yaml" in page.text


@pytest.mark.parametrize("code", ["GM0518", "GM1690", "GM1783"])
def test_the_block_to_copy_is_read_by_the_program_that_gets_it(code: str) -> None:
    block = add_target(code, name=NAMES[code], words=Words("nl"))
    (written,) = re.findall(r"<pre[^>]*>(.*)</pre>", block, flags=re.DOTALL)
    read = yaml.safe_load(html.unescape(written))["municipalities"][code]
    assert read["name"] == NAMES[code]
    assert (
        read["targets"][0]["id"]
        == {
            "GM0518": "s-gravenhage-lonely",
            "GM1690": "de-wolden-lonely",
            "GM1783": "westland-lonely",
        }[code]
    )


def test_time_has_one_scale_on_the_line_of_measurements(overview) -> None:
    line = overview(gemeente="GM1783").markup.split("<ol")[1].split("</ol>")[0]
    years = [int(year) for year in re.findall(r"<strong>(\d{4})</strong>", line)]
    widths = [float(width) for width in re.findall(r"--width: ([\d.]+)rem", line)]
    assert years == [2012, 2016, 2020, 2028]
    assert widths[2] == 2 * widths[1] == 2 * widths[0]


def test_without_a_municipality_there_is_a_chooser(overview) -> None:
    page = overview()
    assert "Halen gemeenten hun doelen tegen eenzaamheid?" in page.text
    assert {"/?gemeente=GM1783&taal=nl", "/?gemeente=GM0489&taal=nl"} <= set(page.links)
    assert len(page.run.main.selectbox) == 1
