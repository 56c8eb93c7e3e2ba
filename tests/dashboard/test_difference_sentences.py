"""Another figure for the same subject: one line says what sets it apart."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import sentences
from dashboard.i18n import Words

OURS: dict[str, Any] = {
    "region_code": "GM1783",
    "region_name": "Westland",
    "series_id": "rivm_smap",
    "series_label": "RIVM, modelschatting",
    "method": "model",
    "scale": "djg_11",
    "scale_label": "De Jong Gierveld, 11 uitspraken",
    "indicator": "lonely",
    "indicator_label": "Eenzaam",
    "age_group": "65+",
    "age_label": "65 jaar en ouder",
    "year": 2020,
    "edition": "50090NED",
    "rounding_step": 0.1,
}

REASONS = [
    ({"region_code": "NL01", "region_name": "Nederland"}, "een ander gebied (Nederland)"),
    (
        {"scale": "djg_6", "scale_label": "De Jong Gierveld, 6 uitspraken"},
        "een andere vragenlijst (De Jong Gierveld, 6 uitspraken)",
    ),
    (
        {"indicator": "severely_lonely", "indicator_label": "Sterk eenzaam"},
        "een ander onderwerp (Sterk eenzaam)",
    ),
    (
        {"age_group": "18+", "age_label": "18 jaar en ouder"},
        "een andere groep mensen (18 jaar en ouder)",
    ),
    ({"year": 2016.0}, "een ander jaar (2016)"),
    ({"edition": "50120NED"}, "een andere uitgave van dezelfde tabel (50120NED)"),
    ({"rounding_step": 1.0}, "een andere afronding (op stappen van 1 procentpunt)"),
    (
        {
            "series_id": "ggd",
            "series_label": "GGD, vragenlijst",
            "method": "survey",
            "edition": "x",
        },
        "een ander onderzoek (GGD, vragenlijst) en een andere methode (een steekproef)",
    ),
    (
        {
            "series_id": "ggd",
            "series_label": "GGD, vragenlijst",
            "edition": "2019",
            "is_in_use": False,
            "is_newer": False,
        },
        "een ander onderzoek (GGD, vragenlijst) en een oudere uitgave (2019)",
    ),
    (
        {
            "series_id": "ggd",
            "series_label": "GGD, vragenlijst",
            "edition": "2027",
            "is_in_use": False,
            "is_newer": True,
        },
        "een ander onderzoek (GGD, vragenlijst) en een nieuwere uitgave (2027)",
    ),
    (
        {
            "series_id": "ggd",
            "series_label": "GGD, vragenlijst",
            "edition": "2023",
            "is_in_use": True,
            "is_newer": False,
        },
        "een ander onderzoek (GGD, vragenlijst)",
    ),
    (
        {"series_id": None, "series_label": None, "survey": "krantenbericht", "method": None},
        "een ander onderzoek (krantenbericht)",
    ),
]


@pytest.mark.parametrize(("columns", "reason"), REASONS)
def test_the_line_names_what_sets_a_figure_apart(columns: dict[str, Any], reason: str) -> None:
    other = OURS | columns
    assert sentences.difference_sentence(other, Words("nl"), ours=OURS) == (
        f"Dit cijfer is anders door {reason}."
    )


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"age_group": None, "age_label": None}, "De leeftijd staat er niet bij."),
        ({"year": float("nan")}, "Het jaar staat er niet bij."),
        ({"age_group": None, "year": None}, "Leeftijd en jaar staan er niet bij."),
    ],
)
def test_what_is_not_stated_is_no_reason(columns: dict[str, Any], said: str) -> None:
    unstated = OURS | columns
    assert sentences.difference_sentence(unstated, Words("nl"), ours=OURS) == (
        f"{said} Daarom is niet te zeggen waarom het anders is."
    )
    elsewhere = unstated | {"region_code": "NL01", "region_name": "Nederland"}
    assert sentences.difference_sentence(elsewhere, Words("nl"), ours=OURS) == (
        f"Dit cijfer is anders door een ander gebied (Nederland). {said}"
    )


def test_one_percentage_point_is_one_in_english_too() -> None:
    rounder = OURS | {"rounding_step": 1.0}
    assert sentences.difference_sentence(rounder, Words("en"), ours=OURS) == (
        "This figure differs because of another rounding (in steps of 1 percentage point)."
    )


def test_several_reasons_make_one_line() -> None:
    other = OURS | {
        "region_code": "NL01",
        "region_name": "Nederland",
        "year": 2016,
        "rounding_step": 1,
    }
    assert sentences.difference_sentence(other, Words("nl"), ours=OURS) == (
        "Dit cijfer is anders door een ander gebied (Nederland), een ander jaar (2016) "
        "en een andere afronding (op stappen van 1 procentpunt)."
    )


def test_without_a_known_reason_a_correction_is_named_as_a_possibility() -> None:
    assert sentences.difference_sentence(OURS, Words("nl"), ours=OURS) == (
        "Bron, groep, jaar en methode zijn gelijk; "
        "een verschil kan door een latere correctie komen."
    )
