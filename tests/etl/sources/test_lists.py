"""Regions and quoted figures: read strictly, refused with their row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.sources.lists import Listed, read_quoted_figures, read_regions
from tests.etl.sources.figure_files import VOCABULARY

DATA = Path(__file__).parents[3] / "data"
REGION_HEADER = "region_code,region_level,region_name,ggd_region_code,exists_in_2024"
GOOD_REGIONS = (
    "NL01,country,Nederland,,yes",
    "GG1009,ggd_region,GGD IJsselland,,yes",
    "GM0160,municipality,Hardenberg,GG1009,yes",
)
QUOTED_HEADER = (
    "region_code,region_name,indicator,age_group,year,value,ci_lower,ci_upper,sample_size,"
    "survey,certainty,source,note"
)


def regions(folder: Path, *lines: str, header: str = REGION_HEADER) -> Listed:
    path = folder / "regions.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return read_regions(path, data=folder)


def quoted(folder: Path, *lines: str, header: str = QUOTED_HEADER) -> Listed:
    path = folder / "quoted_figures.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return read_quoted_figures(path, data=folder, vocabulary=VOCABULARY)


def test_the_shipped_regions_are_complete() -> None:
    rows = read_regions(DATA / "regions.csv", data=DATA).table.to_pylist()
    assert Counter(row["region_level"] for row in rows) == {
        "country": 1,
        "caribbean_netherlands": 1,
        "ggd_region": 25,
        "municipality": 360,
    }
    assert Counter(row["exists_in_2024"] for row in rows) == {True: 365, False: 22}
    without = [r for r in rows if r["region_level"] == "municipality" and not r["ggd_region_code"]]
    assert len(without) == 42
    by_code = {row["region_code"]: row for row in rows}
    assert by_code["GM1783"]["region_name"] == "Westland"
    assert by_code["GM1783"]["ggd_region_code"] == "GG7014"
    assert by_code["GM0397"]["ggd_region_code"] == "GG3109"


def test_the_shipped_quoted_figures_are_complete() -> None:
    listed = read_quoted_figures(DATA / "quoted_figures.csv", data=DATA, vocabulary=VOCABULARY)
    rows = listed.table.to_pylist()
    assert [row["quoted_id"] for row in rows] == [2, 3, 4, 5, 6, 7, 8]
    assert [(row["region_code"], row["value"], row["year"]) for row in rows] == [
        ("GM1783", 36.0, 2004),
        ("GM1783", 44.0, 2016),
        ("GM1783", 8.0, None),
        ("GM1783", 34.0, None),
        ("GM0160", 40.0, None),
        ("GM0160", 10.0, None),
        ("GM0397", 35.0, None),
    ]
    assert rows[3]["age_group"] == "youth"
    assert {row["source"] is not None for row in rows} == {True}
    assert listed.rejections == ()


def test_regions_are_read_with_their_types(tmp_path: Path) -> None:
    table = regions(tmp_path, *GOOD_REGIONS, "GM0003,municipality,Appingedam,,no").table
    assert table.to_pylist()[2:] == [
        {
            "region_code": "GM0160",
            "region_level": "municipality",
            "region_name": "Hardenberg",
            "ggd_region_code": "GG1009",
            "exists_in_2024": True,
        },
        {
            "region_code": "GM0003",
            "region_level": "municipality",
            "region_name": "Appingedam",
            "ggd_region_code": None,
            "exists_in_2024": False,
        },
    ]


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("160,municipality,Hardenberg,,yes", "region_code", '"160"'),
        ("GM0160,municipality,Again,,yes", "region_code", '"GM0160"'),
        ("GM0003,gemeente,Appingedam,,yes", "region_level", '"gemeente"'),
        ("GM0003,country,Appingedam,,yes", "region_level", '"country"'),
        ("GM0003,municipality,,,yes", "region_name", '""'),
        ("GM0003,municipality,=1+1,,yes", "region_name", '"=1+1"'),
        ("GM0003,municipality,<b>A</b>,,yes", "region_name", '"<b>A</b>"'),
        ("GM0003,municipality,Appingedam,GG0111,yes", "ggd_region_code", '"GG0111"'),
        ("GM0003,municipality,Appingedam,,ja", "exists_in_2024", '"ja"'),
    ],
)
def test_a_wrong_region_stops(tmp_path: Path, row: str, column: str, found: str) -> None:
    with pytest.raises(SourceError) as caught:
        regions(tmp_path, *GOOD_REGIONS, row)
    (problem,) = caught.value.problems
    assert problem.where == f"regions.csv, row 5, column {column}"
    assert problem.found == found


def test_all_wrong_regions_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        regions(tmp_path, "160,municipality,,,yes", "GM0003,municipality,A,,ja")
    assert len(caught.value.problems) == 3


def test_a_missing_list_of_regions_stops_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"regions\.csv[\s\S]*no such file[\s\S]*Restore it"):
        read_regions(tmp_path / "regions.csv", data=tmp_path)


def test_a_list_without_regions_stops_because_it_would_refuse_every_figure(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a header alone"):
        regions(tmp_path)


def test_a_quoted_figure_may_have_an_interval_and_another_spelling(tmp_path: Path) -> None:
    (row,) = quoted(tmp_path, "GM0160,Hardenbergh,lonely,,,40,40,45,,,,s,").table.to_pylist()
    assert (row["ci_lower"], row["value"], row["ci_upper"]) == (40.0, 40.0, 45.0)


def test_a_missing_column_of_regions_stops(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column exists_in_2024"):
        regions(tmp_path, "NL01,country,Nederland,", header=REGION_HEADER[:-15])


def test_an_extra_column_of_regions_is_reported(tmp_path: Path) -> None:
    listed = regions(tmp_path, "NL01,country,Nederland,,yes,x", header=f"{REGION_HEADER},extra")
    assert [note.detail for note in listed.notes] == ["columns that are not read: extra"]


def test_quoted_figures_may_be_absent(tmp_path: Path) -> None:
    path = tmp_path / "quoted_figures.csv"
    listed = read_quoted_figures(path, data=tmp_path, vocabulary=VOCABULARY)
    assert listed.table.num_rows == 0
    assert listed.table.column_names[0] == "quoted_id"


def test_a_quoted_figure_is_read_with_its_types(tmp_path: Path) -> None:
    row = "GM0160,Hardenberg,lonely,65+,2016,47,45,49.5,915,survey,press,paper,a note"
    assert quoted(tmp_path, row).table.to_pylist() == [
        {
            "quoted_id": 2,
            "region_code": "GM0160",
            "indicator": "lonely",
            "age_group": "65+",
            "year": 2016,
            "value": 47.0,
            "ci_lower": 45.0,
            "ci_upper": 49.5,
            "sample_size": 915,
            "survey": "survey",
            "certainty": "press",
            "source": "paper",
            "note": "a note",
        }
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("160,,lonely,,,40,,,,,,s,", "region_code"),
        ("GM0160,,lonly,,,40,,,,,,s,", "indicator"),
        ("GM0160,,,,,40,,,,,,s,", "indicator"),
        ("GM0160,,lonely,66+,,40,,,,,,s,", "age_group"),
        ("GM0160,,lonely,,16,40,,,,,,s,", "year"),
        ("GM0160,,lonely,,,NA,,,,,,s,", "value"),
        ("GM0160,,lonely,,,,,,,,,s,", "value"),
        ("GM0160,,lonely,,,40,,,few,,,s,", "sample_size"),
        ("GM0160,,lonely,,,x,,,,,,s,", "value"),
        ("GM0160,,lonely,,,40,,,,,,,", "source"),
        ("GM0160,Westland,lonely,,,40,,,,,,s,", "region_name"),
    ],
)
def test_a_wrong_quoted_figure_stops(tmp_path: Path, row: str, column: str) -> None:
    with pytest.raises(SourceError) as caught:
        quoted(tmp_path, row)
    assert [p.where for p in caught.value.problems] == [
        f"quoted_figures.csv, row 2, column {column}"
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("GM9999,,lonely,,,40,,,,,,s,", "region code not in data/regions.csv"),
        ("GM0160,,lonely,,,101,,,,,,s,", "value below 0 or above 100"),
        ("GM0160,,lonely,,,-1,,,,,,s,", "value below 0 or above 100"),
        ("GM0160,,lonely,,,40,45,35,,,,s,", "lower limit above upper limit"),
        ("GM0160,,lonely,,,40,40,40,,,,s,", "interval without width"),
        ("GM0160,,lonely,,,40,-1,45,,,,s,", "limit below 0 or above 100"),
        ("GM0160,,lonely,,,40,35,101,,,,s,", "limit below 0 or above 100"),
        ("GM0160,,lonely,,,40,41,45,,,,s,", "value outside interval"),
        ("GM0160,,lonely,,,40,30,39,,,,s,", "value outside interval"),
        ("GM0160,,lonely,,,40,30,,,,,s,", "only one limit of the interval"),
        ("GM0160,,lonely,,,40,,,,,,=1+1,", "a formula or markup in a text"),
        ("GM0160,,lonely,,,40,,,,,,s,<b>", "a formula or markup in a text"),
    ],
)
def test_an_impossible_quoted_figure_is_rejected_alone(
    tmp_path: Path, row: str, reason: str
) -> None:
    listed = quoted(tmp_path, "GM0160,,lonely,,,40,,,,,,s,", row)
    assert [(r.row, r.reason, r.raw) for r in listed.rejections] == [(3, reason, row)]
    assert listed.table["quoted_id"].to_pylist() == [2]
