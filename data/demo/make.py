"""Writes the practice data beside it: a town that does not exist, with a target for every verdict.

    python data/demo/make.py

All figures are invented. Indicators, scales and ages are those of the real metrics.yaml; series,
places and promises have names that say that they are made up.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent
TOWN, REGION, COUNTRY = "GM9001", "GG9001", "NL01"
TOWN_NAME = "Voorbeeldstad (verzonnen)"
PLACES = {
    COUNTRY: ("country", "Nederland (verzonnen cijfers)", ""),
    REGION: ("ggd_region", "GGD Voorbeeldregio (verzonnen)", ""),
    TOWN: ("municipality", TOWN_NAME, REGION),
    "WK900101": ("district", "Wijk 01 Oude Oefenstad (verzonnen)", ""),
    "WK900102": ("district", "Wijk 02 Proefwijk (verzonnen)", ""),
    "WK900103": ("district", "Wijk 03 Denkdorp (verzonnen)", ""),
    "BU90010101": ("neighbourhood", "Bedenkbuurt (verzonnen)", ""),
    "BU90010102": ("neighbourhood", "Fantasiepark (verzonnen)", ""),
    "BU90010201": ("neighbourhood", "Leerkwartier (verzonnen)", ""),
    "BU90010202": ("neighbourhood", "Probeerplein (verzonnen)", ""),
    "BU90010301": ("neighbourhood", "Schetsveld (verzonnen)", ""),
    "BU90010302": ("neighbourhood", "Stelhoek (verzonnen)", ""),
}
OTHER_TOWNS = 40
SURVEY, MODEL, YOUNG = "practice_survey", "practice_model", "practice_young"
SOURCE = "verzonnen voor deze oefening"
HEADER = (
    *("series_id", "edition", "region_code", "region_name", "indicator", "age_group", "year"),
    *("value", "rounding_step", "ci_lower", "ci_upper", "standard_error", "sample_size"),
    *("obs_status", "source_ref", "note"),
)
PLAN = "Verzonnen plan van de gemeente Voorbeeldstad, 2021"


class Case(NamedTuple):
    """A target, the figures by which it gets its verdict, and those of the country.

    `waves` and `country` are year to percentage. `promise` is what metrics.yaml says of it.
    """

    code: str
    indicator: str
    age_group: str
    waves: dict[int, float]
    promise: dict[str, Any]
    country: dict[int, float]
    has_margin: bool = True


def level(value: float, *, year: int | None = 2032, baseline: int | None = 2020) -> dict[str, Any]:
    """Return a promise to reach a percentage."""
    target: dict[str, Any] = {"value": value}
    if year is not None:
        target["year"] = year
    promise: dict[str, Any] = {"kind": "level", "target": target}
    if baseline is not None:
        promise["baseline"] = {"year": baseline}
    return promise


TREND: dict[str, Any] = {"kind": "trend"}
NONE: dict[str, Any] = {"kind": "none"}
L, S, E = "lonely", "socially_lonely", "emotionally_lonely"
CASES = (
    Case(
        "improved_on_track",
        L,
        "18+",
        {2016: 44.2, 2020: 45.0, 2024: 41.0},
        level(40.0),
        {2016: 43.4, 2020: 47.0, 2024: 46.5},
    ),
    Case(
        "improved_behind",
        L,
        "18-64",
        {2020: 45.0, 2024: 41.9},
        level(30.0),
        {2020: 46.0, 2024: 45.6},
    ),
    Case(
        "unchanged_behind",
        L,
        "65+",
        {2020: 45.0, 2024: 45.5},
        level(40.0),
        {2020: 49.5, 2024: 49.0},
    ),
    Case("worsened", L, "18-24", {2020: 45.0, 2024: 49.0}, level(40.0), {2020: 48.0, 2024: 51.0}),
    Case(
        "undetermined", L, "25-39", {2020: 45.0, 2024: 43.6}, level(40.0), {2020: 46.0, 2024: 46.2}
    ),
    Case(
        "improved_pace_unclear",
        L,
        "40-54",
        {2020: 45.0, 2024: 41.8},
        level(37.0),
        {2020: 46.1, 2024: 45.0},
    ),
    Case(
        "improved",
        L,
        "55-64",
        {2020: 45.0, 2024: 41.8},
        level(37.0, year=None),
        {2020: 46.4, 2024: 45.1},
    ),
    Case(
        "unchanged",
        L,
        "65-74",
        {2020: 45.0, 2024: 43.6},
        level(40.0, year=None),
        {2020: 47.0, 2024: 46.6},
    ),
    Case("no_data", L, "75-84", {}, level(40.0), {2020: 51.0, 2024: 50.4}),
    Case("no_target", L, "85+", {2020: 58.0, 2024: 54.0}, NONE, {2020: 60.0, 2024: 59.5}),
    Case("met", S, "18+", {2020: 33.0, 2024: 23.0}, level(28.0), {2020: 33.5, 2024: 33.0}),
    Case(
        "met_within_margin",
        S,
        "18-64",
        {2020: 33.0, 2024: 27.5},
        level(28.0),
        {2020: 33.0, 2024: 32.7},
    ),
    Case(
        "missed",
        S,
        "65+",
        {2016: 33.0, 2024: 32.0},
        level(28.0, year=2024, baseline=2016),
        {2016: 34.0, 2024: 34.1},
    ),
    Case(
        "missed_within_margin",
        S,
        "18-24",
        {2016: 33.0, 2024: 29.0},
        level(28.0, year=2024, baseline=2016),
        {2016: 30.0, 2024: 33.0},
    ),
    Case(
        "lost",
        S,
        "25-39",
        {2016: 33.0, 2020: 24.0, 2024: 32.0},
        level(28.0, baseline=2016),
        {2016: 32.0, 2020: 32.4, 2024: 33.0},
    ),
    Case(
        "around_target",
        S,
        "40-54",
        {2016: 33.0, 2020: 27.5, 2024: 29.0},
        level(28.0, baseline=2016),
        {2016: 33.0, 2020: 33.2, 2024: 33.3},
    ),
    Case(
        "no_baseline",
        S,
        "55-64",
        {2024: 33.0},
        level(28.0, baseline=None),
        {2020: 34.0, 2024: 34.0},
    ),
    Case(
        "met_untested",
        S,
        "65-74",
        {2020: 33.0, 2024: 28.0},
        level(28.0),
        {2020: 34.2, 2024: 34.0},
        has_margin=False,
    ),
    Case(
        "missed_untested",
        S,
        "75-84",
        {2016: 33.0, 2024: 29.0},
        level(28.0, year=2024, baseline=2016),
        {2016: 35.0, 2024: 35.2},
        has_margin=False,
    ),
    Case(
        "baseline_only",
        S,
        "85+",
        {2020: 37.0, 2024: 36.0},
        level(30.0, baseline=2024),
        {2020: 38.0, 2024: 38.1},
    ),
    Case(
        "trend_broken",
        E,
        "18+",
        {2012: 32.0, 2016: 32.0, 2020: 32.0, 2024: 26.0},
        TREND,
        {2012: 32.0, 2016: 32.0, 2020: 32.0, 2024: 32.0},
    ),
    Case(
        "trend_turned",
        E,
        "18-64",
        {2012: 26.0, 2016: 29.0, 2020: 32.0, 2024: 27.0},
        TREND,
        {2012: 30.0, 2016: 33.0, 2020: 36.0, 2024: 36.0},
    ),
    Case(
        "trend_with_country",
        E,
        "65+",
        {2012: 32.0, 2016: 32.0, 2020: 32.0, 2024: 26.0},
        TREND,
        {2012: 32.0, 2016: 32.0, 2020: 32.0, 2024: 26.0},
    ),
    Case(
        "trend_slowed",
        E,
        "18-24",
        {2012: 26.0, 2016: 29.0, 2020: 32.0, 2024: 32.5},
        TREND,
        {2012: 30.0, 2016: 33.0, 2020: 36.0, 2024: 39.0},
    ),
    Case(
        "trend_not_shown",
        E,
        "25-39",
        {2012: 26.0, 2016: 29.0, 2020: 32.0, 2024: 35.0},
        TREND,
        {2012: 30.0, 2016: 33.0, 2020: 36.0, 2024: 39.0},
    ),
    Case(
        "trend_untested",
        E,
        "40-54",
        {2012: 26.0, 2016: 29.0, 2020: 32.0, 2024: 30.0},
        TREND,
        {2012: 30.0, 2016: 33.0, 2020: 36.0, 2024: 36.0},
        has_margin=False,
    ),
    Case(
        "awaiting_measurement",
        E,
        "55-64",
        {2012: 26.0, 2016: 29.0, 2020: 32.0},
        TREND,
        {2012: 30.0, 2016: 33.0, 2020: 36.0},
    ),
    Case(
        "untested_on_track",
        E,
        "65-74",
        {2020: 35.0, 2024: 33.3},
        level(30.0),
        {2020: 36.0, 2024: 36.0},
        has_margin=False,
    ),
    Case(
        "untested_behind",
        E,
        "75-84",
        {2020: 35.0, 2024: 33.4},
        level(30.0),
        {2020: 37.0, 2024: 37.1},
        has_margin=False,
    ),
    Case(
        "untested",
        E,
        "85+",
        {2020: 39.0, 2024: 37.4},
        level(34.0, year=None),
        {2020: 41.0, 2024: 41.0},
        has_margin=False,
    ),
    Case(
        "not_comparable",
        "severely_lonely",
        "18+",
        {2020: 12.0, 2024: 10.5},
        level(9.0),
        {2020: 11.0, 2024: 12.5},
    ),
)
"""One case per verdict with a figure or a number; `qualitative` has neither and stands apart."""


def figure(
    series: str,
    place: str,
    what: tuple[str, str, int],
    value: float | None,
    *,
    half_margin: float | None,
    sample_size: int | None = None,
    edition: str = "practice",
    note: str = "",
) -> dict[str, object]:
    """Return a row of a figures file; `what` is indicator, age group and year."""
    has_margin = value is not None and half_margin is not None
    return {
        "series_id": series,
        "edition": edition,
        "region_code": place,
        "region_name": PLACES.get(place, ("", "", ""))[1] or town_name(place),
        "indicator": what[0],
        "age_group": what[1],
        "year": what[2],
        "value": "" if value is None else f"{value:.1f}",
        "rounding_step": "0.1",
        "ci_lower": f"{value - half_margin:.1f}" if has_margin else "",  # type: ignore[operator]
        "ci_upper": f"{value + half_margin:.1f}" if has_margin else "",  # type: ignore[operator]
        "standard_error": "",
        "sample_size": sample_size or "",
        "obs_status": "suppressed" if value is None else "normal",
        "source_ref": SOURCE,
        "note": note,
    }


def survey_figures() -> Iterator[dict[str, object]]:
    """Yield the figures of every case, of region and country beside it, and of the other towns."""
    for case in CASES:
        subject = (case.indicator, case.age_group)
        for year, value in case.waves.items():
            half, size = (2.0, 2400) if case.has_margin else (None, None)
            yield figure(SURVEY, TOWN, (*subject, year), value, half_margin=half, sample_size=size)
        for year, value in case.country.items():
            yield figure(SURVEY, COUNTRY, (*subject, year), value, half_margin=0.2)
            yield figure(SURVEY, REGION, (*subject, year), value - 1.0, half_margin=0.6)
    chance = random.Random(2024)  # noqa: S311 - the same figures every time, no secret
    for code in other_towns():
        start = 44.0 + chance.gauss(0, 4)
        for year in (2020, 2024):
            value = round(start + (year - 2020) * chance.gauss(0, 0.4), 1)
            yield figure(SURVEY, code, (L, "18+", year), value, half_margin=2.4)


def model_figures() -> Iterator[dict[str, object]]:
    """Yield estimates of a model in two editions: the town, its districts and neighbourhoods."""
    for edition, values in (("practice-2", (43.2, 44.6, 42.1)), ("practice-1", (43.6, 45.1))):
        for year, value in zip((2016, 2020, 2024), values, strict=False):
            subject = (L, "18+", year)
            yield figure(MODEL, TOWN, subject, value, half_margin=1.6, edition=edition)
            yield figure(MODEL, COUNTRY, subject, value + 2, half_margin=0.2, edition=edition)
    chance = random.Random(16)  # noqa: S311
    small = [code for code in PLACES if code.startswith(("WK", "BU"))]
    for year in (2020, 2024):
        for code in small:
            hidden = code == "BU90010302" and year == 2024
            value = None if hidden else round(43.0 + chance.gauss(0, 5), 1)
            subject = (L, "18+", year)
            yield figure(MODEL, code, subject, value, half_margin=4.5, edition="practice-2")


def young_figures() -> Iterator[dict[str, object]]:
    """Yield figures of young adults, on another scale."""
    for place, value, half in ((TOWN, 61.0, 3.5), (REGION, 59.4, 1.2), (COUNTRY, 58.1, 0.4)):
        yield figure(YOUNG, place, ("lonely_6item", "16-25", 2024), value, half_margin=half)


def other_towns() -> list[str]:
    """Return the codes of the towns around ours."""
    return [f"GM{9100 + number}" for number in range(1, OTHER_TOWNS + 1)]


def town_name(code: str) -> str:
    """Return the name of one of the other towns."""
    return f"Oefengemeente {int(code[4:])} (verzonnen)"


def regions() -> Iterator[dict[str, object]]:
    """Yield the rows of regions.csv."""
    towns = {code: ("municipality", town_name(code), REGION) for code in other_towns()}
    for code, (kind, name, region) in {**PLACES, **towns}.items():
        yield {
            "region_code": code,
            "region_level": kind,
            "region_name": name,
            "ggd_region_code": region,
            "exists_in_2024": "yes",
        }


def metrics() -> dict[str, Any]:
    """Return metrics.yaml: the real indicators, invented series, one invented municipality."""
    real = yaml.safe_load((HERE.parent.parent / "metrics.yaml").read_text(encoding="utf-8"))
    used = (L, S, E, "severely_lonely", "lonely_6item")
    return {
        "version": 1,
        "demo": True,
        "site": {
            "name": {"nl": "Doelmonitor (oefening)", "en": "Target monitor (practice)"},
            "help": real["site"]["help"],
            "default_municipality": TOWN,
        },
        "scales": real["scales"],
        "indicators": {name: real["indicators"][name] for name in used},
        "age_groups": {
            **{case.age_group: real["age_groups"][case.age_group] for case in CASES},
            "16-25": real["age_groups"]["16-25"],
        },
        "series": {
            SURVEY: _series("Oefenvragenlijst (verzonnen)", "Practice survey (invented)"),
            MODEL: {
                **_series("Oefenmodel (verzonnen)", "Practice model (invented)"),
                "method": "model",
                "editions": ["practice-2", "practice-1"],
            },
            YOUNG: {
                **_series(
                    "Oefenvragenlijst jongeren (verzonnen)", "Practice youth survey (invented)"
                ),
                "scale": "djg_6",
                "min_age": 16,
            },
        },
        "next_wave": {"year": 2028, "results_expected": 2029},
        "comparability": {"breaks": [_break()]},
        "municipalities": {TOWN: _town()},
    }


def _series(dutch: str, english: str) -> dict[str, Any]:
    return {
        "label": {"nl": dutch, "en": english},
        "producer": "Niemand (verzonnen)",
        "method": "survey",
        "scale": "djg_11",
        "min_age": 18,
        "design_effect": 1.5,
        "editions": ["practice"],
        "licence": "CC0",
        "population": {
            "nl": "Niemand: deze cijfers zijn verzonnen.",
            "en": "Nobody: these figures are invented.",
        },
        "source_line": {
            "nl": "Bron: verzonnen cijfers om mee te oefenen, {years} ({edition}{retrieved}).",
            "en": "Source: invented figures for practice, {years} ({edition}{retrieved}).",
        },
    }


def _break() -> dict[str, Any]:
    return {
        "series": SURVEY,
        "indicators": ["severely_lonely"],
        "between": [2020, 2024],
        "severity": "major",
        "reason": {
            "nl": "In dit voorbeeld is de vragenlijst in 2024 veranderd.",
            "en": "In this example the questionnaire changed in 2024.",
        },
    }


def _town() -> dict[str, Any]:
    return {
        "name": TOWN_NAME,
        "ggd_region": REGION,
        "coalition": {
            "nl": "Een verzonnen coalitie, om mee te oefenen.",
            "en": "An invented coalition, for practice.",
        },
        "plan": {
            "title": {"nl": "Verzonnen plan 2021–2032", "en": "Invented plan 2021–2032"},
            "start": 2021,
            "end": 2032,
            "source": PLAN,
        },
        "targets": [*(_target(case) for case in CASES), _aim_in_words()],
        "approach": _approach(),
    }


def _target(case: Case) -> dict[str, Any]:
    """Return the target of a case; what a plan states is what it was measured to be."""
    promise = {
        name: dict(part) if isinstance(part, dict) else part for name, part in case.promise.items()
    }
    baseline = promise.get("baseline")
    if baseline is not None:
        baseline["value"] = case.waves.get(baseline["year"], 45.0)
    series = [SURVEY, MODEL] if case.code == "improved_on_track" else [SURVEY]
    return {
        "id": f"practice-{case.code.replace('_', '-')}",
        "indicator": case.indicator,
        "age_group": case.age_group,
        **promise,
        "measured_by": [{"series": name} for name in series],
        "source": PLAN,
    }


def _aim_in_words() -> dict[str, Any]:
    return {
        "id": "practice-qualitative",
        "kind": "qualitative",
        "text": {
            "nl": "Eenzaamheid bespreekbaar maken (verzonnen doel)",
            "en": "Making loneliness speakable (invented aim)",
        },
        "figures": [{"series": SURVEY, "indicator": L, "age_group": "18+"}],
        "source": PLAN,
    }


def _approach() -> dict[str, Any]:
    def item(name: str, dutch: str, english: str) -> dict[str, str]:
        return {"id": name, "nl": f"{dutch} (verzonnen)", "en": f"{english} (invented)"}

    return {
        "aims": [item("know", "Weten wie we missen", "Knowing whom we miss")],
        "pillars": [
            item("meet", "Elkaar ontmoeten", "Meeting each other"),
            item("listen", "Luisteren", "Listening"),
        ],
        "building_blocks": [item("together", "Samen optrekken", "Working together")],
        "meetings": [
            item(
                "core",
                "De kerngroep komt drie keer per jaar bij elkaar",
                "The core group meets three times a year",
            )
        ],
        "partners": ["Bibliotheek De Oefening (verzonnen)", "Stichting Voorbeeld (verzonnen)"],
    }


NOTES = {
    TOWN: [
        {
            "date": date(2026, 3, 12),
            "about": "practice-improved-on-track",
            "text": "Verzonnen aantekening: in juni bespreken we dit cijfer opnieuw.",
            "text_en": "Invented note: we discuss this figure again in June.",
        },
        {
            "date": date(2026, 5, 28),
            "about": "meet",
            "text": "Verzonnen aantekening: de inloopochtend begint in september.",
            "text_en": "Invented note: the drop-in morning starts in September.",
        },
        {
            "date": date(2026, 6, 18),
            "text": "Verzonnen aantekening: volgende keer is er een kwartier voor de cijfers.",
            "text_en": "Invented note: next time a quarter of an hour is kept for the figures.",
        },
    ]
}
QUOTED = {
    "region_code": TOWN,
    "region_name": TOWN_NAME,
    "indicator": L,
    "age_group": "18+",
    "year": "2024",
    "value": "40",
    "ci_lower": "",
    "ci_upper": "",
    "sample_size": "",
    "survey": "",
    "certainty": "quoted in press",
    "source": "verzonnen krantenbericht",
    "note": "de krant rondde af en noemde geen onderzoek",
}


class _Plain(yaml.SafeDumper):
    """Writes what occurs twice two times: metrics.yaml may hold no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        """Never refer back."""
        return True


def write(folder: Path) -> None:
    """Write all practice files into a folder."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    _write_table(folder / "regions.csv", list(regions()))
    _write_table(folder / "quoted_figures.csv", [QUOTED])
    for name, rows in (
        (SURVEY, survey_figures()),
        (MODEL, model_figures()),
        (YOUNG, young_figures()),
    ):
        _write_table(folder / "figures" / f"{name}.csv", list(rows))
    _write_yaml(folder / "metrics.yaml", metrics())
    _write_yaml(folder / "notes.yaml", NOTES)


def _write_table(file: Path, rows: list[dict[str, object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_yaml(file: Path, content: object) -> None:
    said = yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)
    head = "# Verzonnen, om mee te oefenen; gemaakt door make.py hiernaast.\n"
    file.write_text(head + said, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
