"""What a visitor reads on Vergelijken: places in a fixed order, and no difference unshown."""

from __future__ import annotations

import csv
import re
import statistics
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import ROOT
from tests.dashboard.pages import Page, open_page


@pytest.fixture
def compare(warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page with an address."""

    def opened(**address: str) -> Page:
        return open_page(warehouse, "compare", monkeypatch=monkeypatch, **address)

    return opened


@pytest.fixture
def practice(demo: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page of the practice town, whose figures have margins."""

    def opened(**address: str) -> Page:
        return open_page(demo, "compare", monkeypatch=monkeypatch, gemeente="GM9001", **address)

    return opened


def in_order(text: str, *names: str) -> bool:
    """Whether names occur one after the other."""
    places = [text.index(name) for name in names]
    return places == sorted(places)


def test_the_first_promise_stands_beside_the_country(compare) -> None:
    beside = compare(gemeente="GM1783").alternatives[0]
    assert "Sterk eenzaam, 18 jaar en ouder, 2020" in beside
    assert in_order(beside, "Westland: 2020 9,6%", "Nederland: 2020 11,2%")


def test_chosen_municipalities_come_by_name_and_never_by_value(compare) -> None:
    one = compare(gemeente="GM1783", vergelijk="GM0160,GM0518").alternatives[0]
    other = compare(gemeente="GM1783", vergelijk="GM0518,GM0160").alternatives[0]
    assert one == other
    assert in_order(
        one, "Westland: 2020 9,6%", "'s-Gravenhage: 2020 16,1%", "Hardenberg: 2020 8,7%"
    )


def test_chart_and_table_have_the_places_in_the_same_order(compare) -> None:
    page = compare(gemeente="GM1783", vergelijk="GM0160,GM0518,GM0489,GM0397")
    table = page.text[page.text.index("Verschil met Westland") :]
    for told in (page.alternatives[0], table):  # 's-Gravenhage is found under its G
        assert in_order(told, "Barendrecht", "'s-Gravenhage", "Hardenberg", "Heemstede")


def taking_away(page: Page) -> dict[str, str | None]:
    """Municipalities that can be taken away, and which are left then, in the order of the page."""
    found = re.findall(r'href="([^"]*)"[^>]*aria-label="([^"]*) weghalen"', page.markup)
    left = {unescape(name): parse_qs(urlsplit(unescape(to)).query) for to, name in found}
    assert all(query["gemeente"] == ["GM1783"] for query in left.values())
    return {name: query.get("vergelijk", [None])[0] for name, query in left.items()}


def test_each_chosen_municipality_can_be_taken_away_alone(compare) -> None:
    page = compare(gemeente="GM1783", vergelijk="GM0160,GM0518")
    assert taking_away(page) == {"Hardenberg": "GM0518", "'s-Gravenhage": "GM0160"}
    assert taking_away(compare(gemeente="GM1783", vergelijk="GM0160")) == {"Hardenberg": None}
    assert taking_away(compare(gemeente="GM1783")) == {}


def test_what_is_taken_away_leaves_the_subject_alone(compare) -> None:
    page = compare(gemeente="GM1783", vergelijk="GM0160", onderwerp="lonely", leeftijd="65+")
    (link,) = [
        to
        for to in page.links
        if to.startswith("/vergelijken?") and "lonely" in to and "vergelijk=" not in to
    ]
    assert "leeftijd=65" in link


def test_ours_is_not_put_beside_itself(compare) -> None:
    page = compare(gemeente="GM1783", vergelijk="GM1783,GM0160")
    assert taking_away(page) == {"Hardenberg": None}
    assert "Westland" not in page.run.main.selectbox[-1].options
    assert "Hardenberg" not in page.run.main.selectbox[-1].options


def test_after_six_there_is_no_list_until_one_is_taken_away(compare) -> None:
    five = "GM0160,GM0518,GM0489,GM0397,GM0363"
    assert "Zet er een gemeente naast (hoogstens 6)" in labels(
        compare(gemeente="GM1783", vergelijk=five)
    )
    full = compare(gemeente="GM1783", vergelijk=f"{five},GM0599")
    assert "Zet er een gemeente naast (hoogstens 6)" not in labels(full)
    assert "Haal er een weg om een andere te kiezen." in full.text
    assert len(taking_away(full)) == 6


def labels(page: Page) -> list[str]:
    """Of the lists on the page."""
    return [each.label for each in page.run.main.selectbox]


def test_without_margins_no_difference_is_claimed(compare) -> None:
    page = compare(gemeente="GM1783", vergelijk="GM0518")
    assert "Westland en Nederland: verschil niet te toetsen" in page.text
    assert page.text.count("niet te toetsen") >= 3
    for claim in ("aantoonbaar hoger", "aantoonbaar lager", "volgens het model hoger"):
        assert claim not in page.text


def test_a_region_without_the_figure_says_so(compare) -> None:
    page = compare(gemeente="GM1783")
    assert "Voor GGD Haaglanden staat dit cijfer niet in deze reeks." in page.text
    assert "GGD Haaglanden:" not in page.alternatives[0]


def test_all_municipalities_are_counted_and_ours_is_named(compare) -> None:
    everyone = compare(gemeente="GM1783").alternatives[1]
    assert "355 gemeenten" in everyone or "Aantal gemeenten per percentage" in everyone
    assert "Westland: 2020 9,6%" in everyone
    assert "Nederland: 2020 11,2%" in everyone
    assert "'s-Gravenhage" not in everyone


def test_nothing_is_ranked(compare) -> None:
    page = compare(gemeente="GM1783")
    assert "geen ranglijst" in page.text
    for word in ("beste", "slechtste", "koploper", "plaats 1", "dm-orange", "dm-blue"):
        assert word not in page.markup


def nearest_by_hand(code: str, *, count: int) -> set[str]:
    """Work out the municipalities nearest to one in figure and change, from the shipped files."""
    with (ROOT / "data" / "regions.csv").open(encoding="utf-8") as file:
        exists = {r["region_code"]: r["exists_in_2024"] == "yes" for r in csv.DictReader(file)}
    values: dict[str, dict[str, float]] = {}
    with (ROOT / "data" / "figures" / "rivm_50090NED.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            is_asked = (row["indicator"], row["age_group"]) == ("severely_lonely", "18+")
            if is_asked and row["value"] and exists.get(row["region_code"]):
                values.setdefault(row["region_code"], {})[row["year"]] = float(row["value"])
    tracks = {
        each: (found["2020"], found["2020"] - found["2012"])
        for each, found in values.items()
        if each.startswith("GM") and {"2012", "2020"} <= found.keys()
    }
    spreads = [statistics.stdev(track[part] for track in tracks.values()) for part in (0, 1)]
    ours = tracks.pop(code)

    def apart(each: str) -> tuple[float, str]:
        parts = zip(tracks[each], ours, spreads, strict=True)
        return round(sum(((a - b) / spread) ** 2 for a, b, spread in parts), 9), each

    return set(sorted(tracks, key=apart)[:count])


def test_similar_municipalities_are_those_nearest_in_figure_and_change(compare) -> None:
    page = compare(gemeente="GM1783")
    (link,) = [link for link in page.links if "vergelijk=" in link]
    codes = link.split("vergelijk=")[1].split("&")[0].split(",")
    assert set(codes) == nearest_by_hand("GM1783", count=5)
    assert "hooguit 0,1 procentpunt, en de verandering sinds 2012" in page.text
    assert "Kies gerust andere gemeenten" in page.text


def test_a_major_break_ends_the_change_that_is_compared(compare) -> None:
    page = compare(gemeente="GM1783", onderwerp="socially_lonely", leeftijd="18+")
    assert "Gemeenten met vergelijkbare cijfers" in page.text
    assert "de verandering sinds" not in page.text


def test_another_subject_age_and_year_can_be_chosen(compare) -> None:
    beside = compare(
        gemeente="GM1783", onderwerp="lonely", leeftijd="18-64", jaar="2016"
    ).alternatives[0]
    assert "Eenzaam, 18 t/m 64 jaar, 2016" in beside
    assert "Westland: 2016 39,1%" in beside


def test_a_year_without_the_figure_gives_the_newest_that_has_it(compare) -> None:
    page = compare(gemeente="GM1783", onderwerp="lonely", leeftijd="18-64", jaar="2020")
    assert "Eenzaam, 18 t/m 64 jaar, 2016" in page.alternatives[0]


def test_the_target_one_came_from_is_the_subject(compare) -> None:
    page = compare(gemeente="GM1783", doel="westland-65-plus")
    assert "Eenzaam, 65 jaar en ouder, 2020" in page.alternatives[0]


def test_margins_that_lie_apart_show_a_difference_and_others_do_not(practice) -> None:
    # the town 39.0-43.0 in 2024; the country 46.3-46.7, the region 44.9-46.1
    page = practice(onderwerp="lonely", leeftijd="18+")
    assert "In Voorbeeldstad (verzonnen) lager dan in Nederland" in page.text
    assert page.text.count("aantoonbaar hoger") == 2
    # the town 43.0-47.0 in 2020; the country 46.8-47.2
    page = practice(onderwerp="lonely", leeftijd="18+", jaar="2020")
    assert "Voorbeeldstad (verzonnen) en Nederland: geen verschil aangetoond" in page.text
    assert "aantoonbaar" not in page.text


def test_a_difference_between_model_figures_is_by_the_model_alone(practice) -> None:
    # 40.5-43.7 against 43.9-44.3
    page = practice(onderwerp="lonely", leeftijd="18+", reeks="practice_model")
    assert "volgens het model lager dan in Nederland" in page.text
    assert "een aanwijzing, geen bewijs" in page.text
    assert "aantoonbaar" not in page.text


def test_a_meeting_has_no_lists(compare) -> None:
    page = compare(gemeente="GM1783", weergave="overleg", vergelijk="GM0160")
    assert len(page.run.main.selectbox) == 0
    assert "weghalen" not in page.markup
    assert "Hardenberg: 2020 8,7%" in page.alternatives[0]


def test_english_names_the_country_in_english(compare) -> None:
    page = compare(gemeente="GM1783", taal="en")
    assert "Netherlands: 2020 11.2%" in page.alternatives[0]
    assert "Nederland" not in page.alternatives[0]


def test_without_a_municipality_there_is_a_list_to_choose_from(compare) -> None:
    page = compare()
    assert page.errors == []
    assert page.headings.count(1) == 1


def test_names_of_files_say_the_municipality(compare) -> None:
    page = compare(gemeente="GM1783").unfolded()
    keys = [button.proto.id for button in page.run.get("download_button")]
    assert keys
    assert all("westland-" in key and "gm1783" not in key for key in keys)


@pytest.mark.parametrize(
    ("changed", "to", "then"),
    [
        ("Onderwerp", "lonely", ["lonely", "18+", "2020"]),
        ("Leeftijd", "65+", ["severely_lonely", "65+", "2020"]),
        ("Leeftijd", "18-64", ["severely_lonely", "18-64", "2016"]),
        ("Jaar", "2012", ["severely_lonely", "18+", "2012"]),
    ],
)
def test_what_the_other_lists_show_stays_when_one_is_changed(
    compare, changed: str, to: str, then: list[str]
) -> None:
    page = compare(gemeente="GM1783")
    lists = {box.label: box for box in page.run.main.selectbox}
    assert [box.value for box in lists.values()] == ["severely_lonely", "18+", "2020", None]
    lists[changed].set_value(to).run()
    assert [box.value for box in page.run.main.selectbox] == [*then, None]
    assert page.run.exception == []


@pytest.mark.parametrize("asked", [{"jaar": "2012"}, {"leeftijd": "16-25"}])
def test_a_choice_without_a_figure_is_told_with_what_is_shown_instead(
    compare, asked: dict[str, str]
) -> None:
    page = compare(gemeente="GM1783", onderwerp="socially_lonely", **asked)
    year = page.run.main.selectbox[2].value
    said = f"Bij deze keuze is er geen cijfer. U ziet: Sociaal eenzaam, 18 jaar en ouder, {year}."
    assert said in page.text
    there = compare(gemeente="GM1783", onderwerp="socially_lonely", leeftijd="18+", jaar=year)
    assert "geen cijfer. U ziet" not in there.text
