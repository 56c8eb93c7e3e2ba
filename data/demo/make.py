"""Writes the practice data beside it: a town that does not exist, with a target for every verdict.

    python data/demo/make.py

From cases.csv (a line per verdict: promise and figures) and base.yaml (names, series, approach).
All figures are invented. Indicators, scales and ages are those of the real metrics.yaml; series,
places and promises have names that say that they are made up.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
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
INDICATORS = (
    *("lonely", "severely_lonely", "emotionally_lonely", "socially_lonely", "lonely_6item"),
)
STATED_WITHOUT_FIGURE = 45.0
"""Baseline, in percent, that the invented plan states where there is no figure of it."""
SOURCE = "verzonnen voor deze oefening"
HEADER = (
    *("series_id", "edition", "region_code", "region_name", "indicator", "age_group", "year"),
    *("value", "rounding_step", "ci_lower", "ci_upper", "standard_error", "sample_size"),
    *("obs_status", "source_ref", "note"),
)
PLAN = "Verzonnen plan van de gemeente Voorbeeldstad, 2021"


WAVES = (2012, 2016, 2020, 2024)


class Case(NamedTuple):
    """A target, the figures by which it gets its verdict, and those of the country.

    `waves` and `country` are year to percentage; `promise` is what metrics.yaml says of it.
    """

    code: str
    indicator: str
    age_group: str
    waves: dict[int, float]
    country: dict[int, float]
    promise: dict[str, Any]
    has_margin: bool


def cases() -> list[Case]:
    """Read cases.csv: one case per verdict; `qualitative` has no figures and is not among them."""
    with (HERE / "cases.csv").open(encoding="utf-8", newline="") as file:
        return [_case(row) for row in csv.DictReader(file)]


def _case(row: dict[str, str]) -> Case:
    waves, country = (
        {year: float(row[f"{who}_{year}"]) for year in WAVES if row[f"{who}_{year}"]}
        for who in ("town", "country")
    )
    promise: dict[str, Any] = {"kind": row["kind"]}
    if row["target"]:
        promise["target"] = {"value": float(row["target"])}
    if row["target_year"]:
        promise["target"]["year"] = int(row["target_year"])
    if row["baseline_year"]:  # what the plan states is what was measured
        year = int(row["baseline_year"])
        promise["baseline"] = {"year": year, "value": waves.get(year, STATED_WITHOUT_FIGURE)}
    return Case(
        code=row["code"],
        indicator=row["indicator"],
        age_group=row["age_group"],
        waves=waves,
        country=country,
        promise=promise,
        has_margin=row["has_margin"] == "yes",
    )


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
    for case in cases():
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
            yield figure(SURVEY, code, ("lonely", "18+", year), value, half_margin=2.4)


def model_figures() -> Iterator[dict[str, object]]:
    """Yield estimates of a model in two editions: the town, its districts and neighbourhoods."""
    for edition, values in (("practice-2", (43.2, 44.6, 42.1)), ("practice-1", (43.6, 45.1))):
        for year, value in zip((2016, 2020, 2024), values, strict=False):
            subject = ("lonely", "18+", year)
            yield figure(MODEL, TOWN, subject, value, half_margin=1.6, edition=edition)
            yield figure(MODEL, COUNTRY, subject, value + 2, half_margin=0.2, edition=edition)
    chance = random.Random(16)  # noqa: S311
    small = [code for code in PLACES if code.startswith(("WK", "BU"))]
    for year in (2020, 2024):
        for code in small:
            hidden = code == "BU90010302" and year == 2024
            value = None if hidden else round(43.0 + chance.gauss(0, 5), 1)
            subject = ("lonely", "18+", year)
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
    """Return metrics.yaml: base.yaml, the real indicators and ages, and a target per case."""
    real = yaml.safe_load((HERE.parent.parent / "metrics.yaml").read_text(encoding="utf-8"))
    base = yaml.safe_load((HERE / "base.yaml").read_text(encoding="utf-8"))
    ages = dict.fromkeys(case.age_group for case in cases())
    base["site"]["help"] = real["site"]["help"]
    town = base["municipalities"][TOWN]
    town["targets"] = [*(_target(case) for case in cases()), *town["targets"]]
    return {
        **base,
        "scales": real["scales"],
        "indicators": {name: real["indicators"][name] for name in INDICATORS},
        "age_groups": {name: real["age_groups"][name] for name in [*ages, "16-25"]},
    }


def _target(case: Case) -> dict[str, Any]:
    series = [SURVEY, MODEL] if case.code == "improved_on_track" else [SURVEY]
    return {
        "id": f"practice-{case.code.replace('_', '-')}",
        "indicator": case.indicator,
        "age_group": case.age_group,
        **case.promise,
        "measured_by": [{"series": name} for name in series],
        "source": PLAN,
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
    for name, rows in (
        (SURVEY, survey_figures()),
        (MODEL, model_figures()),
        (YOUNG, young_figures()),
    ):
        _write_table(folder / "figures" / f"{name}.csv", list(rows))
    _write_yaml(folder / "metrics.yaml", metrics())


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
