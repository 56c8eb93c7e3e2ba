"""An empty file for figures of a GGD, a filled example, and what each column means."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from etl.metrics import read_metrics
from etl.paths import Paths
from etl.sources.base import FIGURE_COLUMNS, OBS_STATUSES

CODEBOOK_COLUMNS = ("column", "value", "filled", "nl", "en")
TEMPLATE, EXAMPLE, CODEBOOK = "ggd_template.csv", "ggd_example.csv", "ggd_codebook.csv"
FICTIONAL = "VERZONNEN VOORBEELD, geen echt cijfer / INVENTED EXAMPLE, not a real figure"
SERIES, EDITION, REGION = "ggd_monitor", "published", ("NL01", "Nederland")

EXAMPLE_FIGURES: tuple[dict[str, object], ...] = (
    # a whole percentage with its margins and respondents
    {"indicator": "lonely", "age_group": "18+", "year": 2020, "value": 40, "rounding_step": 1,
     "ci_lower": 37, "ci_upper": 43, "sample_size": 1050},
    # one decimal, respondents only
    {"indicator": "lonely", "age_group": "65+", "year": 2020, "value": "41.5",
     "rounding_step": "0.1", "sample_size": 480},
    # a provisional figure with its standard error
    {"indicator": "severely_lonely", "age_group": "18+", "year": 2020, "value": 9,
     "rounding_step": 1, "standard_error": "0.9", "sample_size": 1050,
     "obs_status": "provisional"},
    # too few answers: no value, and the reason
    {"indicator": "severely_lonely", "age_group": "65+", "year": 2020,
     "obs_status": "suppressed"},
)  # fmt: skip
"""Invented, and for the whole country, so that no municipality can be mistaken for measured."""


@dataclass(frozen=True)
class ColumnText:
    """What a column holds, in Dutch and English, and whether it must be filled."""

    filled: str
    nl: str
    en: str


COLUMN_TEXTS: Mapping[str, ColumnText] = {
    "series_id": ColumnText(
        "verplicht",
        nl="De reeks in metrics.yaml, bijvoorbeeld ggd_monitor. Eén reeks is één onderzoek: nooit "
        "vragenlijst en modelschatting door elkaar.",
        en="The series in metrics.yaml, such as ggd_monitor. One series is one survey.",
    ),
    "edition": ColumnText(
        "verplicht",
        nl="De uitgave van de reeks die metrics.yaml noemt; voor GGD-cijfers: published.",
        en="The edition of the series as in metrics.yaml; for figures of a GGD: published.",
    ),
    "region_code": ColumnText(
        "verplicht",
        nl="De CBS-code met letters en voorloopnullen, zoals GM0160. Zie data/regions.csv.",
        en="The code with its letters and leading zeros, such as GM0160. See data/regions.csv.",
    ),
    "region_name": ColumnText(
        "mag leeg",
        nl="De naam; alleen om te controleren of de code klopt.",
        en="The name; only to check the code.",
    ),
    "indicator": ColumnText(
        "verplicht",
        nl="Wat er gemeten is: een indicator uit metrics.yaml.",
        en="What was measured: an indicator of metrics.yaml.",
    ),
    "age_group": ColumnText(
        "verplicht",
        nl="Over wie het gaat: een leeftijdsgroep uit metrics.yaml. T/m 2016 begon de vragenlijst "
        "bij 19 jaar, daarna bij 18 jaar.",
        en="About whom: an age group of metrics.yaml. Surveys began at 19 up to 2016, at 18 later.",
    ),
    "year": ColumnText(
        "verplicht",
        nl="Het jaar van de meting, vier cijfers. Elk jaar een eigen regel.",
        en="The year of the survey, four digits. Every year its own row.",
    ),
    "value": ColumnText(
        "mag leeg",
        nl="Het gewogen percentage, 0 tot 100. Leeg als er geen cijfer is. 0 is een echt cijfer.",
        en="The weighted percentage, 0 to 100. Blank where there is none. 0 is a real figure.",
    ),
    "rounding_step": ColumnText(
        "mag leeg",
        nl="Waarop is afgerond: 1 voor hele procenten, 0.1 voor één decimaal. Leeg: het grootste "
        "aantal decimalen dat het bestand voor de reeks heeft.",
        en="Rounded to: 1 for whole percents, 0.1 for one decimal. Blank: from the most decimals.",
    ),
    "ci_lower": ColumnText(
        "mag leeg",
        nl="Ondergrens van het 95%-betrouwbaarheidsinterval, in procenten.",
        en="Lower limit of the 95% confidence interval, percent.",
    ),
    "ci_upper": ColumnText(
        "mag leeg",
        nl="Bovengrens van het 95%-betrouwbaarheidsinterval, in procenten.",
        en="Upper limit of the 95% confidence interval, percent.",
    ),
    "standard_error": ColumnText(
        "mag leeg",
        nl="Standaardfout in procentpunten.",
        en="Standard error in percentage points.",
    ),
    "sample_size": ColumnText(
        "mag leeg",
        nl="Aantal mensen dat de vraag beantwoordde, ongewogen. Zonder marge, standaardfout of "
        "aantal wordt een verandering niet getoetst. Minder dan 30: het cijfer wordt niet getoond.",
        en="People who answered, unweighted. Without margin, standard error or number a change is "
        "not tested. Fewer than 30: the figure is not shown.",
    ),
    "obs_status": ColumnText(
        "mag leeg",
        nl=f"Leeg of een van: {', '.join(OBS_STATUSES)}.",
        en=f"Blank or one of: {', '.join(OBS_STATUSES)}.",
    ),
    "source_ref": ColumnText(
        "aanbevolen",
        nl="Waar het cijfer gepubliceerd is.",
        en="Where the figure is published.",
    ),
    "note": ColumnText(
        "mag leeg",
        nl="Wat een lezer moet weten. Geen namen of andere gegevens van personen.",
        en="What a reader should know. No names or other data of people.",
    ),
}


def write_template(out: Path, *, paths: Paths) -> list[Path]:
    """Write the empty template, the example and the codebook; existing files are replaced.

    The codebook lists the words that metrics.yaml and regions.csv of this installation know.
    """
    out.mkdir(parents=True, exist_ok=True)
    example = [
        {
            "series_id": SERIES,
            "edition": EDITION,
            "region_code": REGION[0],
            "region_name": REGION[1],
            "obs_status": "normal",
            "source_ref": FICTIONAL,
            "note": FICTIONAL,
            **figure,
        }
        for figure in EXAMPLE_FIGURES
    ]
    return [
        _write(out / TEMPLATE, FIGURE_COLUMNS, ()),
        _write(out / EXAMPLE, FIGURE_COLUMNS, example),
        _write(out / CODEBOOK, CODEBOOK_COLUMNS, _codebook(paths)),
    ]


def _codebook(paths: Paths) -> list[dict[str, object]]:
    """One row per column of the template, and one per word that it accepts."""
    metrics = read_metrics(paths.metrics)
    words: dict[str, Mapping[str, Any]] = {
        "series_id": metrics.series,
        "indicator": metrics.indicators,
        "age_group": metrics.age_groups,
    }
    rows: list[dict[str, object]] = []
    for name, text in COLUMN_TEXTS.items():
        rows.append({"column": name, "value": "", **asdict(text)})
        rows += [
            {"column": name, "value": word, "filled": "", **_label(word, one.label)}
            for word, one in words.get(name, {}).items()
        ]
    return rows


def _label(word: str, label: Mapping[str, str] | None) -> dict[str, object]:
    """Dutch and English label of a word; the word itself where it needs none, such as 65+."""
    return dict(label) if label else {"nl": word, "en": word}


def _write(path: Path, header: Sequence[str], rows: Iterable[dict[str, object]]) -> Path:
    """Write a CSV in the dialect that every reader here takes: UTF-8, comma, decimal point."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
