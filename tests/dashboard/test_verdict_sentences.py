"""Every code has a verdict in both languages, and none says more than its code bears."""

from __future__ import annotations

import re
from itertools import product

import pytest

from dashboard import sentences
from tests.dashboard.said import (
    DIRECTIONS,
    EVERY_ROW,
    LANGUAGES,
    METHODS,
    checked_words,
    is_tidy,
    row_and_words,
    sentence_count,
)
from tests.dashboard.typed_rows import CASES


def test_every_code_of_the_contract_has_a_typed_row() -> None:
    assert {code for code, _ in CASES.values()} == checked_words("code", "assessments")


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_a_verdict_is_one_sentence_or_two(
    case: str, language: str, direction: str, method: str
) -> None:
    row, words = row_and_words(case, language, direction, method)
    verdict = sentences.verdict_sentence(row, words)
    assert is_tidy(verdict)
    assert verdict[0].isupper()
    assert verdict.endswith(".")
    assert sentence_count(verdict) <= 2
    assert len(verdict.split()) <= 55


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_answers_are_short_and_have_no_full_stop(
    case: str, language: str, direction: str, method: str
) -> None:
    row, words = row_and_words(case, language, direction, method)
    for answer in (sentences.level_answer, sentences.change_answer, sentences.pace_answer):
        text = answer(row, words)
        assert is_tidy(text)
        assert not text.endswith(".")
        assert len(text.split()) <= 20


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_every_number_in_a_verdict_is_a_stored_one(
    case: str, language: str, direction: str, method: str
) -> None:
    row, words = row_and_words(case, language, direction, method)
    stored = {words.format_year(row[name]) for name in YEARS if row[name] is not None}
    for name in PERCENTAGES:
        if row[name] is not None:
            stored |= {words.format_pct(row[name], decimals=places) for places in (0, 1, 2)}
    verdict = sentences.verdict_sentence(row, words)
    for age in (row["age_label"], row["series_age_label"]):
        verdict = verdict.replace(age, "") if age else verdict
    assert set(re.findall(r"\d[\d.,]*\d%?|\d%?", verdict)) <= stored


YEARS = ("baseline_year", "latest_year", "target_year", "plan_start")
PERCENTAGES = ("baseline_value", "latest_value", "target_value", "path_value", "forecast_value")

CLAIMS = {
    "changed": r"\b(gedaald|gestegen|fallen|risen)\b",
    "shown": r"\b(aantoonbaar|demonstrably)\b",
    "hint": r"\b(lijkt|aanwijzing|seems|indication)\b",
    "reached": r"\b(Doel gehaald|Target reached)\b",
    "not reached": r"\b(Doel niet|Target no)",
    "not shown": r"\b(niet aangetoond|not been shown)\b",
    "not tested": r"\b(niet getoetst|niet te toetsen|not tested|cannot (be )?test(ed)?)\b",
    "favourable": r"\b(gunstiger|more favourabl[ey])\b",
}
"""What a verdict can claim, and the words that claim it."""

BORNE: dict[str, set[str]] = {
    "qualitative": set(),
    "no_data": set(),
    "no_data, trend": set(),
    "awaiting_measurement": set(),
    "trend_untested": {"not tested"},
    "trend_turned": {"changed", "shown", "favourable"},
    "trend_broken": {"shown", "favourable"},
    "trend_with_country": {"not shown"},
    "trend_slowed": {"hint", "favourable"},
    "trend_not_shown": {"not shown"},
    "no_target": set(),
    "baseline_only": set(),
    "not_comparable": set(),
    "met": {"reached", "shown"},
    "met_within_margin": {"reached"},
    "met_within_margin, exactly": {"reached"},
    "met_untested": {"reached", "not tested"},
    "missed": {"not reached", "shown"},
    "missed_within_margin": {"not reached"},
    "missed_within_margin, target of nothing": {"not reached", "not tested"},
    "missed_untested": {"not reached", "not tested"},
    "no_baseline, not_met": {"shown"},
    "no_baseline, not_met_within_margin": set(),
    "no_baseline, not_met_untested": {"not tested"},
    "no_baseline, figures from before": set(),
    "no_baseline, trend": set(),
    "lost": {"not reached", "shown"},
    "around_target": set(),
    "untested_on_track": {"not tested"},
    "untested_behind": {"not tested"},
    "untested": {"not tested"},
    "untested, the same": {"not tested"},
    "worsened": {"changed", "shown"},
    "improved_on_track, shown": {"changed", "shown"},
    "improved_on_track, hint": {"changed", "shown", "hint"},
    "improved_pace_unclear": {"changed", "shown"},
    "improved_behind, shown": {"changed", "shown"},
    "improved_behind, hint": {"changed", "shown", "hint"},
    "improved": {"changed", "shown"},
    "unchanged_behind, shown": {"not shown", "shown"},
    "unchanged_behind, hint": {"not shown", "hint"},
    "undetermined": {"not shown"},
    "unchanged": {"not shown"},
}
"""What each verdict bears; nothing else may be in its sentence."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_verdict_claims_what_its_code_bears_and_no_more(case: str, language: str) -> None:
    row, words = row_and_words(case, language)
    verdict = sentences.verdict_sentence(row, words)
    claimed = {claim for claim, pattern in CLAIMS.items() if re.search(pattern, verdict)}
    assert claimed == BORNE[case]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_title_or_badge_never_claims_more_than_the_verdict(case: str, language: str) -> None:
    row, words = row_and_words(case, language)
    for text in (sentences.finding_title(row, words), sentences.badge(row, words).words):
        if re.search(CLAIMS["changed"], text, re.IGNORECASE):
            assert "changed" in BORNE[case]
        if re.search(r"\b(gehaald|reached)\b", text, re.IGNORECASE):
            assert {"reached", "not reached"} & BORNE[case]
        if "not tested" in BORNE[case]:
            assert re.search(r"toets|not tested|cannot be tested", text, re.IGNORECASE)
        if "hint" in BORNE[case]:
            assert re.search(r"lijkt|aanwijzing|seems|indication", text, re.IGNORECASE)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("case", [case for case in CASES if "changed" in BORNE[case]])
def test_the_figure_moved_the_way_the_sentence_says(case: str, direction: str) -> None:
    verdict = sentences.verdict_sentence(*row_and_words(case, "nl", direction))
    went_down = (direction == "decrease") != (case == "worsened")
    assert ("gedaald" in verdict) == went_down
    assert ("gestegen" in verdict) != went_down


@pytest.mark.parametrize(
    ("case", "direction", "side"),
    [
        ("met", "decrease", "onder het doel van 4% in 2028"),
        ("met", "increase", "boven het doel van 96% in 2028"),
        ("missed", "decrease", "boven het doel van 4% in 2028"),
        ("missed", "increase", "onder het doel van 96% in 2028"),
        ("untested_behind", "decrease", "boven de 6,9% op de lijn"),
        ("untested_behind", "increase", "onder de 93,1% op de lijn"),
        ("untested_on_track", "decrease", "niet boven de 6,9% op de lijn"),
        ("met_within_margin, exactly", "decrease", "precies op het doel van 4%"),
    ],
)
def test_the_figure_stands_on_the_side_the_sentence_says(
    case: str, direction: str, side: str
) -> None:
    assert side in sentences.verdict_sentence(*row_and_words(case, "nl", direction))


def test_the_verdict_of_westland_can_be_said_aloud() -> None:
    row, words = row_and_words("untested_behind", method="model")
    assert sentences.verdict_sentence(row, words) == (
        "Het aandeel mensen die zich sterk eenzaam voelen was 9,6% in 2020, "
        "boven de 6,9% op de lijn naar het doel van 4% in 2028; "
        "zonder marges is niet te toetsen of het echt is veranderd. "
        "Het cijfer is een modelschatting: een indicatie."
    )
    assert sentences.level_answer(row, words) == "Nee: 9,6% tegen 4%, niet getoetst"
    assert (
        sentences.change_answer(row, words) == "Niet te toetsen: van 8,3% in 2016 naar 9,6% in 2020"
    )
    assert sentences.pace_answer(row, words) == (
        "Boven de lijn: 9,6% tegen 6,9% in 2020, niet getoetst"
    )


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_a_model_is_always_called_a_model(
    case: str, language: str, direction: str, method: str
) -> None:
    row, words = row_and_words(case, language, direction, method)
    verdict = sentences.verdict_sentence(row, words)
    is_of_model = row["method"] == "model"
    assert bool(re.search("modelschatting|model estimate", verdict)) == is_of_model
    assert bool(re.search("indicatie|an indication", verdict)) >= is_of_model
    assert not (is_of_model and re.search("aantoonbaar|demonstrably", verdict))


def test_another_age_group_is_told_beside_the_verdict() -> None:
    row, words = row_and_words("improved")
    near = row | {
        "fit": "near",
        "age_group": "18-64",
        "target_age_group": "19-64",
        "age_label": "19 t/m 64 jaar",
        "series_age_label": "18 t/m 64 jaar",
    }
    assert sentences.verdict_sentence(near, words) == (
        "Het aandeel mensen die zich sterk eenzaam voelen (18 t/m 64 jaar) is aantoonbaar gedaald, "
        "van 8,3% in 2016 naar 6,0% in 2024; het doel is 4%. "
        "De cijfers gaan over 18 t/m 64 jaar, het doel over 19 t/m 64 jaar."
    )
    model = near | {"method": "model"}
    assert sentences.verdict_sentence(model, words).endswith(
        "Het is een modelschatting voor 18 t/m 64 jaar, dus een indicatie; "
        "het doel gaat over 19 t/m 64 jaar."
    )


def test_without_words_for_the_people_it_is_the_figure() -> None:
    row, words = row_and_words("untested")
    nameless = row | {"indicator_people": None}
    assert sentences.verdict_sentence(nameless, words).startswith("Het cijfer ging van 8,3%")


def test_a_line_that_would_read_like_the_figure_gets_more_decimals() -> None:
    row, words = row_and_words("untested_behind")
    close = row | {"latest_value": 6.9}
    assert "was 6,9% in 2020, boven de 6,87% op de lijn" in sentences.verdict_sentence(close, words)


def test_figures_keep_the_decimals_they_were_published_with() -> None:
    row, words = row_and_words("untested")
    whole = row | {"latest_value": 10.0, "latest_rounding_step": 1.0}
    assert "van 8,3% in 2016 naar 10% in 2020" in sentences.verdict_sentence(whole, words)


INDICATIONS = [
    (0.95, -1.4, "Niet aangetoond, wel een aanwijzing voor een daling"),
    (0.90, -1.4, "Niet aangetoond, wel een aanwijzing voor een daling"),
    (0.89, -1.4, "Niet aangetoond: van"),
    (0.08, 1.4, "Niet aangetoond, wel een aanwijzing voor een stijging"),
    (0.95, 0.0, "Niet aangetoond: van"),
]


@pytest.mark.parametrize(("probability", "points", "start"), INDICATIONS)
def test_a_change_that_is_not_shown_can_be_an_indication(
    probability: float, points: float, start: str
) -> None:
    row, words = row_and_words("unchanged")
    leaning = row | {"p_improved": probability, "change_pp": points}
    assert sentences.change_answer(leaning, words).startswith(start)


@pytest.mark.parametrize(
    ("case", "method", "start"),
    [
        ("improved_on_track, shown", "survey", "Ja: "),
        ("improved_on_track, hint", "survey", "Het lijkt van wel: "),
        ("improved_on_track, shown", "model", "Het lijkt van wel: "),
        ("unchanged_behind, shown", "survey", "Nee: "),
        ("unchanged_behind, hint", "survey", "Het lijkt van niet: "),
        ("unchanged_behind, shown", "model", "Het lijkt van niet: "),
        ("undetermined", "survey", "Niet te zeggen: "),
        ("missed", "survey", "Niet van toepassing: het doeljaar 2028 is geweest"),
        ("met", "survey", "Niet van toepassing: het cijfer ligt onder het doel"),
        ("unchanged", "survey", "Niet te zeggen: het plan noemt geen jaar voor het doel"),
    ],
)
def test_the_pace_is_shown_an_indication_or_not_to_be_said(
    case: str, method: str, start: str
) -> None:
    assert sentences.pace_answer(*row_and_words(case, method=method)).startswith(start)


def test_no_shape_stands_for_both_shown_good_and_shown_bad() -> None:
    shapes: dict[str, set[str]] = {"blue": set(), "orange": set(), "grey": set()}
    for case, direction in product(CASES, DIRECTIONS):
        badge = sentences.badge(*row_and_words(case, direction=direction))
        shapes[badge.colour].add(badge.icon)
    assert shapes["blue"] & shapes["orange"] == set()
    assert shapes["orange"] & shapes["grey"] == set()


@pytest.mark.parametrize("method", METHODS)
def test_a_badge_of_a_model_is_outlined(method: str) -> None:
    row, words = row_and_words("improved", method=method)
    assert sentences.is_indicative(row) == (method == "model")
    assert sentences.badge(row, words).words == (
        "Gedaald (schatting)" if method == "model" else "Gedaald"
    )


def test_a_target_that_no_sample_can_show_is_not_called_within_the_margin() -> None:
    row, words = row_and_words("missed_within_margin, target of nothing")
    assert sentences.level_answer(row, words) == "Nee: 0,8% tegen 0%, niet getoetst"
    assert sentences.badge(row, words)[:2] == ("?", "Niet gehaald, niet getoetst")


def test_a_trend_without_enough_waves_asks_for_waves_and_not_for_a_baseline() -> None:
    assert sentences.change_answer(*row_and_words("no_baseline, trend")) == (
        "Niet te zeggen: te weinig metingen van voor de start"
    )


@pytest.mark.parametrize(("z", "words_for_it"), [(-1.96, "ligt aantoonbaar"), (-1.95, "lijkt")])
def test_behind_is_shown_from_the_same_z_as_every_test(z: float, words_for_it: str) -> None:
    row, words = row_and_words("improved_behind, hint")
    assert f"maar {words_for_it} boven" in sentences.verdict_sentence(row | {"z_path": z}, words)


SAYS_NOTHING_OF_A_FIGURE = re.compile(
    "qualitative|no_data|no_target|awaiting_measurement|baseline_only|not_comparable"
    "|untested|undetermined|unchanged|trend_untested|trend_not_shown"
)


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_a_badge_of_a_model_says_estimate_where_it_claims_something(
    case: str, language: str, direction: str, method: str
) -> None:
    row, words = row_and_words(case, language, direction, method)
    says = re.search(r"\((schatting|estimate)\)", sentences.badge(row, words).words)
    claims = not SAYS_NOTHING_OF_A_FIGURE.fullmatch(row["code"])
    assert bool(says) == (claims and row["method"] == "model")
