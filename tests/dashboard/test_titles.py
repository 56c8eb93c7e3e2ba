"""A title is the promise in the plan's own numbers, or the finding in ten words."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import sentences
from tests.dashboard.said import row_and_words

TITLES = [
    ({}, "Sterk eenzaam: van 8% naar 4% in 2028", "Severely lonely: from 8% to 4% in 2028"),
    ({"target_year": None}, "Sterk eenzaam: van 8% naar 4%", "Severely lonely: from 8% to 4%"),
    (
        {"baseline_stated": None, "target_value": 36.5},
        "Sterk eenzaam: naar 36,5% in 2028",
        "Severely lonely: to 36.5% in 2028",
    ),
    (
        {"kind": "change_pp", "target_change": -5.0},
        "Sterk eenzaam: 5 procentpunt omlaag in 2028",
        "Severely lonely: 5 percentage points down in 2028",
    ),
    (
        {"kind": "change_pct", "target_change": -50.0, "target_year": None},
        "Sterk eenzaam: 50% lager",
        "Severely lonely: 50% lower",
    ),
    (
        {"kind": "maintain", "target_value": 8.0},
        "Sterk eenzaam: niet hoger dan 8% in 2028",
        "Severely lonely: no higher than 8% in 2028",
    ),
    (
        {"kind": "maintain", "target_value": 8.0, "direction": "increase", "target_year": None},
        "Sterk eenzaam: niet lager dan 8%",
        "Severely lonely: no lower than 8%",
    ),
    ({"kind": "trend"}, "Sterk eenzaam: de trend doorbreken", "Severely lonely: break the trend"),
    (
        {"kind": "none"},
        "Sterk eenzaam: geen doel met een getal",
        "Severely lonely: no target with a number",
    ),
]


@pytest.mark.parametrize(("columns", "dutch", "english"), TITLES)
def test_a_title_is_the_promise_in_the_numbers_of_the_plan(
    columns: dict[str, Any], dutch: str, english: str
) -> None:
    for language, title in (("nl", dutch), ("en", english)):
        row, words = row_and_words("no_data", language)
        assert sentences.target_title(row | columns, words) == title


def test_a_title_names_the_age_group_where_it_is_not_all_adults() -> None:
    row, words = row_and_words("no_data")
    older = row | {"target_age_group": "65+", "age_label": "65 jaar en ouder"}
    promise = {"indicator": "lonely", "indicator_label": "Eenzaam", "baseline_stated": 44.0}
    lonely = older | promise | {"target_value": 36.0}
    assert sentences.target_title(lonely, words) == "65 jaar en ouder: van 44% naar 36% in 2028"
    assert sentences.target_title(older, words) == (
        "Sterk eenzaam, 65 jaar en ouder: van 8% naar 4% in 2028"
    )


def test_an_aim_in_words_is_its_own_title() -> None:
    row, words = row_and_words("qualitative")
    assert sentences.target_title(row, words) == "Voorlichting – kennisbevordering"


def test_a_long_subject_gives_way_to_the_finding() -> None:
    row, words = row_and_words("improved_behind, shown")
    long = row | {
        "target_age_group": "youth",
        "age_label": "jongeren van wie de leeftijd onbekend is",
    }
    assert sentences.finding_title(long, words) == "Sterk eenzaam: gedaald, maar achter op schema"
    longer = long | {"indicator_label": "Enigszins tot sterk sociaal eenzaam (6 uitspraken)"}
    assert sentences.finding_title(longer, words) == "Gedaald, maar achter op schema"


def test_ten_words_fit_in_a_title_and_eleven_do_not() -> None:
    older = {"target_age_group": "65+", "age_label": "65 jaar en ouder"}
    row, words = row_and_words("met_untested")
    assert sentences.finding_title(row | older, words) == (
        "Sterk eenzaam, 65 jaar en ouder: doel gehaald, niet getoetst"
    )
    row, words = row_and_words("improved_behind, hint")
    assert sentences.finding_title(row | older, words) == (
        "Sterk eenzaam: gedaald, lijkt achter op schema"
    )
