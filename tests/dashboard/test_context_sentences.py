"""Country, ages, corrections, news and other rules are told as sure as they are, no surer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dashboard import sentences
from dashboard.i18n import Words
from tests.dashboard.said import LANGUAGES, checked_words, is_tidy, row_and_words

COUNTRY: dict[str, Any] = {
    "comparator": "country",
    "baseline_value": 10.1,
    "baseline_year": 2016,
    "latest_value": 11.2,
    "latest_year": 2020,
    "change_pp": 1.1,
    "z_difference": None,
}
WENT = "In Nederland ging het van 10,1% in 2016 naar 11,2% in 2020."

DIFFERENCES = [
    (None, "survey", "Of Westland zich anders ontwikkelde, is zonder marges niet te toetsen."),
    (1.95, "survey", "Een verschil in ontwikkeling met Westland is niet aangetoond."),
    (-1.95, "survey", "Een verschil in ontwikkeling met Westland is niet aangetoond."),
    (1.96, "survey", "Het verschil is aangetoond: Westland ontwikkelde zich gunstiger."),
    (-1.96, "survey", "Het verschil is aangetoond: Westland ontwikkelde zich minder gunstig."),
    (2.5, "model", "Volgens het model ontwikkelde Westland zich gunstiger."),
    (-2.5, "model", "Volgens het model ontwikkelde Westland zich minder gunstig."),
]


@pytest.mark.parametrize(("z", "method", "told"), DIFFERENCES)
def test_a_difference_from_the_country_is_told_as_sure_as_it_is(
    z: float | None, method: str, told: str
) -> None:
    row, words = row_and_words("unchanged", method=method)
    country = COUNTRY | {"z_difference": z}
    assert sentences.comparison_sentence(country, words, row=row) == f"{WENT} {told}"


def test_the_country_is_not_compared_across_a_major_break_either() -> None:
    row, words = row_and_words("not_comparable")
    told = "In Nederland was het 11,2% in 2020."
    assert sentences.comparison_sentence(COUNTRY, words, row=row) == told
    region = sentences.comparison_sentence(COUNTRY, words, row=row, place="GGD Haaglanden")
    assert region == "In GGD Haaglanden was het 11,2% in 2020."


def test_a_region_is_called_by_its_name() -> None:
    row, words = row_and_words("unchanged", "en")
    told = sentences.comparison_sentence(COUNTRY, words, row=row, place="GGD Haaglanden")
    assert told.startswith("In GGD Haaglanden it went from 10.1% in 2016 to 11.2% in 2020.")


def test_the_country_in_the_row_is_shown_without_a_claim() -> None:
    row, words = row_and_words("unchanged")
    beside = row | {"country_value": 11.2, "country_year": 2020, "country_baseline_value": None}
    assert sentences.five_lines(beside, words)[1] == "In Nederland was het 11,2% in 2020."
    both = beside | {"country_baseline_value": 10.1, "latest_year": 2020}
    assert sentences.five_lines(both, words)[1] == WENT
    level = both | {"country_baseline_value": 11.2}
    assert sentences.five_lines(level, words)[1] == "In Nederland was het 11,2% in 2016 en in 2020."
    only = both | {"country_year": 2016}
    assert sentences.five_lines(only, words)[1] == "In Nederland was het 11,2% in 2016."
    assert sentences.five_lines(row, words)[1] == (
        "Voor Nederland is er geen cijfer uit dezelfde reeks."
    )
    assert sentences.five_lines(row, words, country=COUNTRY)[1].startswith(WENT)


def test_the_number_of_age_groups_tested_is_told() -> None:
    words = Words("nl")
    assert sentences.age_intro(2, words).startswith("Er zijn 2 leeftijdsgroepen getoetst")
    assert sentences.age_intro(1, words) == "Er is één leeftijdsgroep getoetst."
    assert sentences.age_intro(0, words).startswith("Zonder marges")


def age_row(change: str, points: float | None) -> dict[str, Any]:
    has_change = points is not None
    return {
        "baseline_value": 40.0 if has_change else None,
        "baseline_year": 2016 if has_change else None,
        "latest_value": 40.0 + (points or 0.0),
        "latest_year": 2020,
        "change_pp": points,
        "change": change,
    }


AGES = [
    ("improved", -4.0, "aantoonbaar gedaald, van 40,0% in 2016 naar 36,0% in 2020, ook na"),
    ("worsened", 4.0, "aantoonbaar gestegen, van 40,0% in 2016 naar 44,0% in 2020, ook na"),
    ("none_shown", -1.0, "een verandering is niet aangetoond, van 40,0% in 2016"),
    ("untested", -4.0, "niet te toetsen, van 40,0% in 2016 naar 36,0% in 2020"),
    ("no_baseline", None, "een vergelijkbare nulmeting ontbreekt"),
    ("not_comparable", None, "de cijfers zijn niet te vergelijken"),
    ("not_applicable", None, "er is geen latere meting"),
]


@pytest.mark.parametrize(("change", "points", "told"), AGES)
def test_an_age_group_is_told_as_its_corrected_test_says(
    change: str, points: float | None, told: str
) -> None:
    row, words = row_and_words("unchanged")
    sentence = sentences.age_sentence(
        age_row(change, points), words, row=row, group="65 jaar en ouder"
    )
    assert is_tidy(sentence)
    assert sentence.startswith(f"65 jaar en ouder: {told}")
    assert sentence.endswith(".")


def test_every_change_of_an_age_group_has_words() -> None:
    assert {change for change, _, _ in AGES} == checked_words("change", "age_breakdown")


def test_an_age_group_of_a_model_is_told_as_such() -> None:
    row, words = row_and_words("unchanged", method="model")
    told = sentences.age_sentence(age_row("improved", -4.0), words, row=row, group="65+")
    assert "volgens het model gedaald" in told
    assert "aantoonbaar" not in told


CORRECTIONS = [
    (8.5, 8.3, -0.2, "was 8,5%, is nu 8,3% (0,2 procentpunt lager)."),
    (8.3, 8.55, 0.25, "was 8,30%, is nu 8,55% (0,25 procentpunt hoger)."),
    (8.3, 8.3, 0.0, "8,3%, ongewijzigd."),
    (None, 8.3, None, "eerst niet gepubliceerd, nu 8,3%."),
    (8.5, None, None, "was 8,5%, nu niet meer gepubliceerd."),
    (None, None, None, "niet gepubliceerd."),
]


@pytest.mark.parametrize(("former", "value", "points", "told"), CORRECTIONS)
def test_a_correction_says_what_was_and_what_is(
    former: float | None, value: float | None, points: float | None, told: str
) -> None:
    correction = {
        "year": 2016,
        "former_value": former,
        "value": value,
        "difference_pp": points,
        "kind": "edition",
        "source": "50120NED",
        "former_source": "50090NED",
    }
    sentence = sentences.correction_sentence(correction, Words("nl"), subject="Westland, eenzaam")
    assert sentence == (
        f"Westland, eenzaam, 2016: {told} "
        "De nieuwere uitgave 50120NED schat dit cijfer opnieuw; 50090NED was de eerdere."
    )
    from_file = correction | {"kind": "file", "source": "nieuw.csv", "former_source": "oud.csv"}
    assert sentences.correction_sentence(from_file, Words("nl"), subject="x").endswith(
        "Het cijfer komt nu uit nieuw.csv; eerder uit oud.csv."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_and_status_of_others_has_words(language: str) -> None:
    words = Words(language)
    statuses = checked_words("status", "crosswalk")
    assert set(words.section("crosswalk.status")) == statuses
    without_own_word = {"not_testable", "none", "not_applicable"}
    assert set(words.section("crosswalk.original")) == statuses - without_own_word
    for group in ("method", "rule"):
        assert set(words.section(f"crosswalk.{group}")) == checked_words("method", "crosswalk")


@pytest.mark.parametrize("method", sorted(checked_words("method", "crosswalk")))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_of_each_other_system_is_told_under_its_name(language: str, method: str) -> None:
    words = Words(language)
    line = sentences.rule_line({"method": method}, words)
    assert is_tidy(line)
    assert line.startswith(words(f"crosswalk.method.{method}"))
    assert line.endswith(words(f"crosswalk.rule.{method}"))


def test_others_are_quoted_in_their_own_words_beside_plain_ones() -> None:
    row, _ = row_and_words("worsened")
    outcome = {"method": "open_sdg", "status": "deterioration", "detail": "{}"}
    assert sentences.crosswalk_sentence(outcome, Words("nl"), row=row) == (
        "Open SDG: het gaat de andere kant op (“Deterioration”)."
    )
    untested = outcome | {"method": "healthy_people_2030", "status": "not_testable"}
    assert sentences.crosswalk_sentence(untested, Words("nl"), row=row) == (
        "Healthy People 2030 (Verenigde Staten): niet te toetsen."
    )
    equal = outcome | {"status": "target_achieved", "detail": '{"equal_as_printed": true}'}
    assert sentences.crosswalk_sentence(equal, Words("en"), row=row) == (
        "Open SDG: the target has been achieved (“Target achieved”). "
        "The printed figure equals the target; with more decimals their outcome may differ."
    )


def test_after_a_major_break_no_other_rule_is_said_to_lack_a_margin() -> None:
    none = {"method": "fingertips_target_value", "status": "none", "detail": "{}"}
    broken, words = row_and_words("not_comparable")
    assert sentences.crosswalk_sentence(none, words, row=broken) == (
        "Fingertips (Engeland), alleen het cijfer: "
        "geen uitkomst, want de nieuwe cijfers zijn niet te vergelijken."
    )
    untested, words = row_and_words("untested")
    interval = none | {"method": "fingertips_target_interval"}
    assert sentences.crosswalk_sentence(interval, words, row=untested).endswith(
        "geen uitkomst, want er is geen marge."
    )


def test_most_meetings_have_no_new_figure_and_a_next_one() -> None:
    assert sentences.news_sentences(
        Words("nl"), latest_year=2020, next_wave_year=2028, next_results_year=2029
    ) == [
        "Sinds de vorige vergadering is er geen nieuwe meting.",
        "De laatste cijfers gaan over 2020.",
        "De volgende gewone meting is in 2028; de uitkomsten komen naar verwachting in 2029.",
    ]


def test_new_figures_and_a_newer_edition_are_news() -> None:
    assert sentences.news_sentences(
        Words("nl"),
        latest_year=2024,
        new_years=[2024, 2022],
        since=dt.date(2026, 3, 5),
        newer_editions=["50150NED"],
        next_wave_year=2028,
    ) == [
        "Nieuw sinds 5 maart 2026: cijfers over 2022 en 2024.",
        "De laatste cijfers gaan over 2024.",
        (
            "Er is een nieuwere uitgave bekend (50150NED) die hier nog niet is ingelezen: "
            "uw analist kan die ophalen."
        ),
        "De volgende gewone meting is in 2028.",
    ]


def test_without_any_figure_only_the_absence_is_told() -> None:
    assert sentences.news_sentences(Words("en"), latest_year=None) == [
        "Since the previous meeting there has been no new measurement."
    ]
