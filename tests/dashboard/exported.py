"""What tests of files share: dossiers of the real build, and of one whose figures have margins."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from dashboard.charts import Chart
from dashboard.data import current_build
from dashboard.dossier import Dossier, gather, over_time
from dashboard.i18n import Words
from dashboard.theme import DARK, Theme

ROOT = Path(__file__).parents[2]
WITH_TARGETS = ("GM1783", "GM0160", "GM0397", "GM0489")
"""Westland, Hardenberg, Heemstede, Barendrecht."""
TARGETS = {
    "GM1783": (
        *("westland-severely-lonely", "westland-youth"),
        *("westland-19-64", "westland-65-plus"),
    ),
    "GM0160": ("hardenberg-lonely", "hardenberg-severely-lonely", "hardenberg-taboo"),
    "GM0397": ("heemstede-trend",),
    "GM0489": (
        *("barendrecht-knowledge", "barendrecht-taboo"),
        *("barendrecht-network", "barendrecht-tailored"),
    ),
}
LONGEST_NAME = "Nuenen, Gerwen en Nederwetten"
MARGIN_BELOW, MARGIN_ABOVE = 1.1, 1.3
"""Points from a value to the limits of its margin in the build with margins."""


@lru_cache
def dossier_of(warehouse: Path, code: str, language: str = "nl") -> Dossier:
    """Everything about a municipality in a build."""
    found = gather(current_build(warehouse).load, municipality=code, language=language)
    assert found is not None
    return found


def chart_of(dossier: Dossier, target: str, *, theme: Theme = DARK) -> Chart:
    """The chart of a target as a screen in the dark shows it."""
    story = next(story for story in dossier.stories if story.target_id == target)
    words = Words(dossier.language)
    chart = over_time(story, build_id=dossier.build_id, words=words, theme=theme)
    assert chart is not None
    return chart


def build_with_margins(folder: Path) -> Path:
    """Build the shipped figures with a margin around every figure of Westland; the warehouse."""
    data = _shipped(folder)
    _add_margins(data / "figures" / "rivm_50090NED.csv")
    return _built(folder)


def build_with_a_newer_edition_of_one(folder: Path) -> Path:
    """Build the shipped figures with Westland's alone from the next edition, waves to 2024 too.

    So it is after a download of one municipality from RIVM's portal. The figures are made up.
    """
    return _with_a_newer_edition(folder, has=lambda code: code == "GM1783")


def build_with_a_newer_edition_of_all_but_one(folder: Path) -> Path:
    """Build the shipped figures with the next edition for all but Westland, waves to 2024 too.

    So it is when municipalities merge. The figures are made up.
    """
    return _with_a_newer_edition(folder, has=lambda code: code != "GM1783")


def _with_a_newer_edition(folder: Path, *, has: Callable[[str], bool]) -> Path:
    figures = _shipped(folder) / "figures"
    rows = _rows(figures / "rivm_50090NED.csv")
    newer = [row | {"edition": "50150NED"} for row in rows if has(row["region_code"])]
    later = [
        row | {"year": year, "value": f"{float(row['value']) + 1:.1f}"}
        for row in newer
        for year in ("2022", "2024")
        if row["year"] == "2020" and row["value"]
    ]
    _write(figures / "rivm_50150NED.csv", [*newer, *later])
    return _built(folder)


def _shipped(folder: Path) -> Path:
    """A data folder with what is shipped, to change."""
    data = folder / "data"
    data.mkdir(parents=True)
    for name in ("regions.csv", "quoted_figures.csv"):
        shutil.copy(ROOT / "data" / name, data / name)
    shutil.copytree(ROOT / "data" / "figures", data / "figures")
    return data


def _built(folder: Path) -> Path:
    from etl import pipeline
    from etl.paths import Paths

    warehouse = folder / "warehouse"
    pipeline.build(Paths(metrics=ROOT / "metrics.yaml", data=folder / "data", warehouse=warehouse))
    return warehouse


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(file: Path, rows: Sequence[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def _add_margins(file: Path) -> None:
    rows = _rows(file)
    for row in rows:
        if row["region_code"] == "GM1783" and row["value"]:
            row["ci_lower"] = f"{float(row['value']) - MARGIN_BELOW:.1f}"
            row["ci_upper"] = f"{float(row['value']) + MARGIN_ABOVE:.1f}"
    _write(file, rows)
