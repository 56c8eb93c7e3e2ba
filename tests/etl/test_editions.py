from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.etl.test_pipeline import ROOT, build, query

HEADER = (
    "series_id,edition,region_code,region_name,indicator,age_group,year,value,rounding_step,"
    "ci_lower,ci_upper,standard_error,sample_size,obs_status,source_ref,note\n"
)


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    (tmp_path / "figures").mkdir()
    for name in ("regions.csv", "figures/rivm_50090NED.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path / name)
    return tmp_path


def editions(data: Path) -> dict[str, tuple[bool, bool]]:
    result = build(ROOT / "metrics.yaml", data, data / "warehouse")
    assert result.returncode == 0, result.stderr
    rows = query(
        data / "warehouse",
        "select edition, is_loaded, is_current from marts.editions where series_id = 'rivm_smap'"
        " order by newest_rank",
    )
    return {edition: (loaded, current) for edition, loaded, current in rows}


def figures_of_50150(data: Path, regions: list[str]) -> None:
    rows = (
        f"rivm_smap,50150NED,{region},,lonely,65+,2024,48.7,0.1,,,,,normal,table,\n"
        for region in regions
    )
    (data / "figures/rivm_50150NED.csv").write_text(HEADER + "".join(rows), encoding="utf-8")


def municipalities(data: Path, *, count: int) -> list[str]:
    lines = (data / "regions.csv").read_text(encoding="utf-8").splitlines()
    return [line.split(",")[0] for line in lines if line.startswith("GM") and ",no" not in line][
        :count
    ]


def test_a_newer_edition_of_one_municipality_does_not_take_the_others_away(
    installation: Path,
) -> None:
    figures_of_50150(installation, ["GM1783"])

    assert editions(installation) == {
        "50150NED": (True, False),
        "50120NED": (False, False),
        "50090NED": (True, True),
    }


def test_a_newer_edition_of_nine_tenths_of_the_municipalities_is_the_current_one(
    installation: Path,
) -> None:
    figures_of_50150(installation, municipalities(installation, count=325))

    assert editions(installation)["50150NED"] == (True, True)
    assert editions(installation)["50090NED"] == (True, False)


def test_neighbourhoods_in_an_older_edition_do_not_keep_a_newer_one_from_being_current(
    installation: Path,
) -> None:
    neighbourhoods = [f"BU1783{number:04d}" for number in range(600)]
    with (installation / "regions.csv").open("a", encoding="utf-8") as regions:
        regions.writelines(f"{code},neighbourhood,Buurt {code},,\n" for code in neighbourhoods)
    with (installation / "figures/rivm_50090NED.csv").open("a", encoding="utf-8") as figures:
        figures.writelines(
            f"rivm_smap,50090NED,{code},,lonely,65+,2020,48.7,0.1,,,,,normal,table,\n"
            for code in neighbourhoods
        )
    figures_of_50150(installation, municipalities(installation, count=337))

    assert editions(installation)["50150NED"] == (True, True)


def test_a_table_that_the_last_fetch_saw_and_nobody_listed_is_the_newest(
    installation: Path,
) -> None:
    (installation / "raw").mkdir()
    table = {
        "series_id": "rivm_smap",
        "table_id": "50190NED",
        "title": "Gezondheid per wijk en buurt; 2012/2016/2020/2022/2024/2028",
        "period": "2012-2028",
        "modified": "2029-09-01T02:00:00",
        "metadata_modified": "2029-09-01T02:00:00",
        "seen_at": "2029-10-01T12:00:00+00:00",
    }
    older = {**table, "table_id": "50010NED", "modified": "2014-01-01T02:00:00"}
    (installation / "raw/catalogue.json").write_text(json.dumps({"tables": [table, older]}))

    assert list(editions(installation)) == ["50190NED", "50150NED", "50120NED", "50090NED"]
