from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.sources.base import FIGURE_COLUMNS

ROOT = Path(__file__).parents[2]
Query = Callable[..., list[tuple[Any, ...]]]


def etl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def build(metrics: Path, data: Path, warehouse: Path) -> subprocess.CompletedProcess[str]:
    return etl("build", "--metrics", metrics, "--data", data, "--warehouse", warehouse)


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    pointer = json.loads((warehouse / "current.json").read_text())
    with duckdb.connect(str(warehouse / pointer["file"]), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("warehouse")
    result = build(ROOT / "metrics.yaml", ROOT / "data", warehouse)
    assert result.returncode == 0, result.stderr
    return warehouse


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may change."""
    shutil.copytree(ROOT / "data/figures", tmp_path / "data/figures")
    for name in ("regions.csv", "quoted_figures.csv", "notes.yaml"):
        shutil.copy(ROOT / "data" / name, tmp_path / "data" / name)
    shutil.copy(ROOT / "metrics.yaml", tmp_path / "metrics.yaml")
    return tmp_path


def built(installation: Path) -> subprocess.CompletedProcess[str]:
    return build(installation / "metrics.yaml", installation / "data", installation / "warehouse")


def test_all_shipped_figures_are_published(shipped: Path) -> None:
    rows = query(
        shipped,
        "select series_id, edition, count(value), count(*) - count(value)"
        " from marts.estimates group by all order by all",
    )

    assert rows == [
        ("ggd_monitor", "published", 14, 0),
        ("national_monitor", "published", 9, 0),
        ("rivm_smap", "50090NED", 10324, 0),
        ("rivm_young_adults", "50140NED", 2088, 102),
    ]
    assert query(shipped, "select count(*) from marts.quoted_figures") == [(7,)]


VERDICTS = {
    "westland-severely-lonely": ("rivm_smap", "untested_behind", 8.3, 2016, 9.6, 2020, 4.0),
    "westland-65-plus": ("rivm_smap", "untested_behind", 45.8, 2016, 48.7, 2020, 36.0),
    "westland-19-64": ("ggd_monitor", "baseline_only", 38.0, 2016, 38.0, 2016, 30.0),
    "westland-youth": ("none", "no_data", None, None, None, None, 30.0),
    "hardenberg-lonely": ("rivm_smap", "no_baseline", None, None, 41.0, 2020, 35.0),
    "hardenberg-severely-lonely": ("rivm_smap", "no_baseline", None, None, 8.7, 2020, 7.0),
}


@pytest.mark.parametrize("target_id", VERDICTS)
def test_the_headline_verdict_of_each_promise_on_the_shipped_figures(
    shipped: Path, target_id: str
) -> None:
    rows = query(
        shipped,
        "select series_id, code, baseline_value, baseline_year, latest_value, latest_year,"
        f" target_value from marts.assessments where target_id = '{target_id}'"
        " and is_headline and is_current",
    )

    assert rows == [VERDICTS[target_id]]


def test_westland_19_64_is_judged_second_on_the_model_which_has_no_2020(shipped: Path) -> None:
    rows = query(
        shipped,
        "select code, age_group, fit, baseline_value, latest_year from marts.assessments"
        " where target_id = 'westland-19-64' and series_id = 'rivm_smap' and is_current",
    )

    assert rows == [("baseline_only", "18-64", "near", 39.1, 2016)]


def test_a_ggd_region_that_regions_csv_leaves_blank_is_the_one_that_metrics_yaml_gives(
    installation: Path,
) -> None:
    metrics = installation / "metrics.yaml"
    metrics.write_text(metrics.read_text() + "  GM0758: {name: Breda, ggd_region: GG5206}\n")

    assert built(installation).returncode == 0
    assert query(
        installation / "warehouse",
        "select region_code, ggd_region_code from marts.regions"
        " where region_code in ('GM0758', 'GM0748', 'GM1783') order by region_code",
    ) == [("GM0748", None), ("GM0758", "GG5206"), ("GM1783", "GG7014")]


def test_hardenberg_has_a_level_and_no_path(shipped: Path) -> None:
    rows = query(
        shipped,
        "select distinct level, change, pace, path_value, target_year, colour"
        " from marts.assessments where target_id like 'hardenberg-%' and code = 'no_baseline'",
    )

    assert rows == [("not_met_untested", "no_baseline", "not_applicable", None, None, "grey")]


def test_heemstede_awaits_a_measurement_beside_the_country(shipped: Path) -> None:
    rows = query(
        shipped,
        "select code, latest_value, latest_year from marts.assessments join marts.targets"
        " using (target_id) where region_code = 'GM0397' and is_headline and is_current",
    )

    assert rows == [("awaiting_measurement", 42.9, 2020)]


def test_barendrecht_has_four_aims_in_words_with_figures_and_no_verdict(shipped: Path) -> None:
    rows = query(
        shipped,
        "select code, series_id, as_of_year from marts.assessments join marts.targets"
        " using (target_id) where region_code = 'GM0489'",
    )

    assert rows == [("qualitative", "none", 0)] * 4
    assert query(
        shipped,
        "select count(distinct target_id) > 0 from marts.target_series"
        " where role = 'shown_beside' and target_id like 'barendrecht-%'",
    ) == [(True,)]


def test_without_margins_nothing_has_a_colour(shipped: Path) -> None:
    assert query(shipped, "select distinct colour from marts.assessments") == [("grey",)]


def test_every_published_table_and_column_is_described(shipped: Path) -> None:
    undescribed = query(
        shipped,
        "select table_name, null from duckdb_tables() where schema_name = 'marts'"
        " and comment is null union all select table_name, column_name from duckdb_columns()"
        " where schema_name = 'marts' and comment is null",
    )
    keyless = query(
        shipped,
        "select table_name from duckdb_tables() where schema_name = 'marts'"
        " and not has_primary_key",
    )

    assert undescribed == []
    assert keyless == []


def test_the_key_of_the_estimates_is_that_of_the_contract_though_it_is_made_last(
    shipped: Path,
) -> None:
    assert query(
        shipped,
        "select constraint_column_names from duckdb_constraints() where schema_name = 'marts'"
        " and table_name = 'estimates' and constraint_type = 'PRIMARY KEY'",
    ) == [(["series_id", "edition", "region_code", "indicator", "age_group", "year"],)]


BAD_ESTIMATES = {
    "a value above 100": "100.5, null, null, 'normal'",
    "a value below 0": "-1, null, null, 'normal'",
    "a value outside its interval": "8, 9, 10, 'normal'",
    "limits in the wrong order": "8, 9, 7, 'normal'",
    "an interval without width": "8, 8, 8, 'normal'",
    "a missing value that is called normal": "null, null, null, 'normal'",
    "a suppressed figure with a value": "8, null, null, 'suppressed'",
    "an unknown status": "8, null, null, 'fine'",
}


@pytest.mark.parametrize("reason", BAD_ESTIMATES)
def test_the_table_of_estimates_refuses(shipped: Path, tmp_path: Path, reason: str) -> None:
    pointer = json.loads((shipped / "current.json").read_text())
    shutil.copy(shipped / pointer["file"], tmp_path / "copy.duckdb")
    insert = (
        "insert into marts.estimates (series_id, edition, region_code, indicator, age_group, year,"
        " value, ci_lower, ci_upper, obs_status, se_method, rounding_step, is_current_edition,"
        " origin, source_ref) values ('rivm_smap', '50090NED', 'GM1783', 'lonely', '18+', 2019,"
        " {}, 'none', 0.1, true, 'shipped', 'test')"
    )
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as connection:
        with pytest.raises(duckdb.ConstraintException):
            connection.execute(insert.format(BAD_ESTIMATES[reason]))
        connection.execute(insert.format("8, 7, 9, 'normal'"))
        with pytest.raises(duckdb.ConstraintException):
            connection.execute(insert.format("8, 7, 9, 'normal'"))  # the same key twice


def test_severely_lonely_is_never_above_lonely(shipped: Path) -> None:
    compared, above = query(
        shipped,
        "select count(*), count(*) filter (where severe.value > lonely.value)"
        " from marts.estimates as severe join marts.estimates as lonely"
        " using (series_id, edition, region_code, age_group, year)"
        " where severe.indicator = 'severely_lonely' and lonely.indicator = 'lonely'",
    )[0]

    assert compared > 2800
    assert above == 0


def test_the_same_figures_in_another_order_have_the_same_hash(installation: Path) -> None:
    hashes = []
    figures = installation / "data/figures/rivm_50090NED.csv"
    header, *rows = figures.read_text(encoding="utf-8").splitlines()
    for ordered in (rows, rows[::-1]):
        figures.write_text("\n".join([header, *ordered]) + "\n", encoding="utf-8")
        assert built(installation).returncode == 0
        hashes += query(installation / "warehouse", "select content_hash from marts.build")

    assert hashes[0] == hashes[1]


def test_equal_inputs_have_equal_hashes_and_one_changed_figure_another(installation: Path) -> None:
    hashes = []
    figures = installation / "data/figures/rivm_50090NED.csv"
    for _ in range(2):
        assert built(installation).returncode == 0
        hashes += query(installation / "warehouse", "select content_hash from marts.build")
    text = figures.read_text(encoding="utf-8")
    changed = text.replace("lonely,65+,2020,48.7", "lonely,65+,2020,48.8", 1)
    assert changed != text
    figures.write_text(changed, encoding="utf-8")
    assert built(installation).returncode == 0
    hashes += query(installation / "warehouse", "select content_hash from marts.build")

    assert hashes[0] == hashes[1]
    assert hashes[2] != hashes[0]
    assert query(
        installation / "warehouse",
        "select figures_added, figures_corrected, figures_removed, verdicts_changed"
        " from marts.history order by built_at, build_id",
    ) == [(0, 0, 0, 0), (0, 1, 0, 0)]


def test_a_failed_build_says_where_and_leaves_the_previous_one_in_use(installation: Path) -> None:
    assert built(installation).returncode == 0
    before = (installation / "warehouse/current.json").read_text()
    metrics = installation / "metrics.yaml"
    text = metrics.read_text(encoding="utf-8")
    metrics.write_text(text.replace("indicator: severely_lonely", "indicator: severly_lonely", 1))
    result = built(installation)

    assert result.returncode == 2
    assert "severely_lonely" in result.stderr
    assert "Traceback" not in result.stderr
    assert (installation / "warehouse/current.json").read_text() == before


def test_a_part_above_its_whole_in_another_file_stops_and_names_both_files(
    installation: Path,
) -> None:
    assert built(installation).returncode == 0
    before = (installation / "warehouse/current.json").read_text()
    row = "rivm_smap,50090NED,GM0160,,severely_lonely,18+,2020,90,,,,,,,a report,"
    inbox = installation / "data/inbox"
    inbox.mkdir()
    (inbox / "ours.csv").write_text("\n".join((",".join(FIGURE_COLUMNS), row)) + "\n")
    result = built(installation)

    assert result.returncode == 2
    assert "GM0160, 18+, 2020, severely_lonely 90.0 above lonely 41.0" in result.stderr
    assert "from figures/rivm_50090NED.csv or inbox/ours.csv" in result.stderr
    assert (installation / "warehouse/current.json").read_text() == before


def test_check_validates_and_writes_nothing(installation: Path) -> None:
    result = etl(
        "check", "--metrics", installation / "metrics.yaml", "--data", installation / "data"
    )

    assert result.returncode == 0
    assert "nothing was written" in result.stdout
    assert not (installation / "warehouse").exists()
    assert not (installation / "data/warehouse").exists()


def test_status_lists_the_targets_in_the_order_of_metrics_yaml(shipped: Path) -> None:
    listed = etl("status", "--warehouse", shipped).stdout
    promised = re.findall(r"^      - id: (\S+)", (ROOT / "metrics.yaml").read_text(), re.M)
    shown = re.findall("^(" + "|".join(promised) + ") ", listed, re.M)
    assert shown == promised


def test_status_says_what_is_loaded_and_fails_when_it_is_too_old(shipped: Path) -> None:
    fresh = etl("status", "--warehouse", shipped, "--max-age", "1")
    old = etl("status", "--warehouse", shipped, "--max-age", "0")

    assert (fresh.returncode, old.returncode) == (0, 1)
    assert "Figures    up to 2024" in fresh.stdout
    assert "50150NED" in fresh.stdout  # a newer edition is known
    assert etl("status", "--warehouse", shipped / "nowhere").returncode == 1


def test_rows_of_the_example_that_stay_in_a_file_of_the_inbox_are_warned_about(
    installation: Path,
) -> None:
    inbox = installation / "data/inbox"
    assert etl("template", "ggd", "--out", inbox).returncode == 0
    for name in ("ggd_template.csv", "ggd_codebook.csv"):
        (inbox / name).unlink()
    example = (inbox / "ggd_example.csv").read_text()
    first, *others = example.splitlines()[1:]
    own = first.replace("2020,40,", "2024,41,").split(',"VERZONNEN')[0] + ",GGD Haaglanden,"
    (inbox / "ggd_example.csv").write_text(
        "\n".join([",".join(FIGURE_COLUMNS), own, *others]) + "\n"
    )

    result = built(installation)

    assert result.returncode == 0
    assert query(
        installation / "warehouse",
        "select source, kind, count from marts.load_report where code = 'invented_figures'",
    ) == [("inbox/ggd_example.csv", "warned", len(others))]
    assert "which are invented" in result.stdout


def test_refused_rows_and_what_is_odd_are_published_with_their_codes(installation: Path) -> None:
    inbox = installation / "data/inbox"
    inbox.mkdir()
    rows = (
        ",".join((*FIGURE_COLUMNS, "extra")),
        "ggd_monitor,published,GM1783,Westland,lonely,65+,2022,40.5,0.1,42,44,,,normal,GGD,,",
        "ggd_monitor,published,GM9999,,lonely,65+,2022,40.5,0.1,38,43,,,normal,GGD,=1+1,",
        "ggd_monitor,published,GM9998,,lonely,65+,2022,40.5,0.1,38,43,,,normal,GGD,,",
    )
    (inbox / "new.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    result = built(installation)
    assert result.returncode == 0, result.stderr

    warehouse = installation / "warehouse"
    assert query(
        warehouse, "select row, code, facts, reason from marts.rejected_rows order by 1, 2"
    ) == [
        (2, "outside_interval", "{}", "value outside interval"),
        (3, "formula_in_text", '{"column": "note"}', "a formula in note"),
        (3, "unknown_region", "{}", "region code not in data/regions.csv"),
        (4, "unknown_region", "{}", "region code not in data/regions.csv"),
    ]
    told = query(
        warehouse,
        "select kind, code, count, facts from marts.load_report"
        " where source = 'inbox/new.csv' order by all",
    )
    assert told == [
        ("refused", "formula_in_text", 1, '{"column": "note"}'),
        ("refused", "outside_interval", 1, "{}"),
        ("refused", "unknown_region", 2, "{}"),
        ("warned", "no_figures", 0, "{}"),
        ("warned", "unread_columns", 1, '{"columns": "extra"}'),
    ]
