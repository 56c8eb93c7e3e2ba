"""All that comes in is read before anything stops: a user mends everything at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.intake import take_in
from etl.paths import Paths
from etl.sources.present import sources_in
from tests.etl.sources.figure_files import drop, line, text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The real lists and metrics.yaml, and one file of figures with one word in it for a number."""
    data = tmp_path / "data"
    data.mkdir()
    for name in ("regions.csv", "quoted_figures.csv"):
        shutil.copy(ROOT / "data" / name, data / name)
    shutil.copy(ROOT / "metrics.yaml", tmp_path / "metrics.yaml")
    drop(data, text(line(value="NA")))
    return Paths(metrics=tmp_path / "metrics.yaml", data=data, warehouse=tmp_path / "warehouse")


def change(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


def places(paths: Paths) -> list[str]:
    """Take everything in, and return where something is to be mended."""
    with pytest.raises(SourceError) as caught:
        take_in(sources_in(paths.data), paths=paths)
    return [
        problem.where.removeprefix(f"{paths.metrics.parent}/") for problem in caught.value.problems
    ]


IN_FIGURES = "inbox/ours.csv, row 2, column value"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("target: {value: 4, year: 2028}", "target: {value: 9, year: 2028}"),
        ("target: {value: 4, year: 2028}", "target: {valeu: 4, year: 2028}"),
        ("    name: Heemstede", "    name: no"),
        ("  name: {nl:", "  nmae: {nl:"),
    ],
)
def test_a_wrong_target_hides_no_wrong_figure(paths: Paths, old: str, new: str) -> None:
    change(paths.metrics, old, new)
    found = places(paths)
    assert found[0].startswith("metrics.yaml, line ")
    assert found[-1] == IN_FIGURES


def test_an_indicator_that_cannot_be_read_makes_no_figure_of_it_wrong(paths: Paths) -> None:
    change(paths.metrics, "direction: decrease", "direction: down")
    (found,) = places(paths)
    assert found.startswith("metrics.yaml, line ")


def test_every_file_tells_its_own_problems_at_once(paths: Paths) -> None:
    change(paths.metrics, "target: {value: 4, year: 2028}", "target: {value: 9, year: 2028}")
    change(paths.data / "quoted_figures.csv", ",36,", ",NA,")
    (paths.data / "notes.yaml").write_text("GM1783: [x]\n", encoding="utf-8")
    (paths.data / "inbox" / "page.csv").write_text("<html>", encoding="utf-8")
    metrics, notes, *files = places(paths)
    assert metrics.startswith("metrics.yaml, line ")
    assert notes == "data/notes.yaml, line 1 (GM1783[0])"
    assert files == ["quoted_figures.csv, row 2, column value", IN_FIGURES, "inbox/page.csv"]


def test_a_wrong_list_of_regions_makes_no_municipality_of_metrics_unknown(paths: Paths) -> None:
    change(paths.data / "regions.csv", "GM0160,", "160,")
    assert places(paths) == ["regions.csv, row 60, column region_code", IN_FIGURES]
