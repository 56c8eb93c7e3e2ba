"""The template for GGD figures: an empty file, an example that loads, and a codebook."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.metrics import read_metrics
from etl.paths import Paths
from etl.sources.base import FIGURE_COLUMNS, WITHOUT_VALUE
from etl.sources.lists import read_regions
from etl.sources.published import PublishedFigures
from etl.template import write_template
from etl.vocabulary import vocabulary

ROOT = Path(__file__).parents[2]
HEADER = (
    "series_id,edition,region_code,region_name,indicator,age_group,year,value,rounding_step,"
    "ci_lower,ci_upper,standard_error,sample_size,obs_status,source_ref,note"
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    paths = Paths(metrics=ROOT / "metrics.yaml", data=ROOT / "data")
    files = write_template(tmp_path / "out", paths=paths)
    assert [file.name for file in files] == [
        "ggd_template.csv",
        "ggd_example.csv",
        "ggd_codebook.csv",
    ]
    return tmp_path / "out"


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_template_is_the_header_and_nothing_else(written: Path) -> None:
    assert (written / "ggd_template.csv").read_text(encoding="utf-8") == HEADER + "\n"


def test_every_row_of_the_example_says_that_it_is_invented(written: Path) -> None:
    rows = rows_of(written / "ggd_example.csv")
    assert len(rows) == 4
    assert all("VERZONNEN" in row["note"] and "INVENTED" in row["source_ref"] for row in rows)
    assert {row["region_code"] for row in rows} == {"NL01"}


def test_the_example_loads_from_the_inbox(written: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "inbox").mkdir(parents=True)
    shutil.copy(written / "ggd_example.csv", data / "inbox")
    shutil.copy(ROOT / "data" / "regions.csv", data)
    regions = read_regions(data / "regions.csv", data=data).table
    names = zip(regions["region_code"].to_pylist(), regions["region_name"].to_pylist(), strict=True)
    words = vocabulary(read_metrics(ROOT / "metrics.yaml"), dict(names))
    source = PublishedFigures()
    loaded = source.read(source.find(data), data=data, vocabulary=words)
    figures = [
        (f["indicator"], f["value"], f["rounding_step"], f["obs_status"])
        for f in loaded.figures.to_pylist()
    ]
    assert figures == [
        ("lonely", 40.0, 1.0, "normal"),
        ("lonely", 41.5, 0.1, "normal"),
        ("severely_lonely", 9.0, 1.0, "provisional"),
        ("severely_lonely", None, 0.1, "suppressed"),
    ]
    assert loaded.rejections == ()
    assert not [note for note in loaded.notes if note.kind != "loaded"]


def test_the_example_shows_a_gap_and_all_three_measures_of_uncertainty(written: Path) -> None:
    rows = rows_of(written / "ggd_example.csv")
    assert any(row["obs_status"] in WITHOUT_VALUE and not row["value"] for row in rows)
    for column in ("ci_lower", "standard_error", "sample_size"):
        assert any(row[column] for row in rows)


def test_the_codebook_explains_every_column_in_both_languages(written: Path) -> None:
    columns = [row for row in rows_of(written / "ggd_codebook.csv") if not row["value"]]
    assert [row["column"] for row in columns] == list(FIGURE_COLUMNS)
    assert all(row["nl"] and row["en"] and row["filled"] for row in columns)


def test_the_codebook_lists_the_words_that_this_installation_knows(written: Path) -> None:
    listed = {(row["column"], row["value"]) for row in rows_of(written / "ggd_codebook.csv")}
    assert {("indicator", "lonely"), ("age_group", "65+"), ("series_id", "ggd_monitor")} <= listed


def test_the_command_line_names_the_files_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    metrics = str(ROOT / "metrics.yaml")
    assert main(["template", "ggd", "--out", str(tmp_path), "--metrics", metrics]) == 0
    told = capsys.readouterr().out.split()
    assert [Path(line).name for line in told][:2] == ["ggd_template.csv", "ggd_example.csv"]
    assert all(Path(line).is_file() for line in told)
