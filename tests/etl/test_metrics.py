from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from etl.metrics import SCHEMA_FILE, Metrics, main, read_metrics, schema_text, unused_rules
from etl.municipality_models import Target
from etl.promises import baseline_year, promise_in_force
from tests.etl.reading import REAL, ROOT, SMALL, changed


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    return read_metrics(
        REAL, notes=ROOT / "data" / "notes.yaml", regions=ROOT / "data" / "regions.csv"
    )


def target(metrics: Metrics, name: str) -> Target:
    (found,) = [t for m in metrics.municipalities.values() for t in m.targets if t.id == name]
    return found


def read(text: str, folder: Path) -> Metrics:
    path = folder / "metrics.yaml"
    path.write_text(text)
    return read_metrics(path)


@pytest.mark.parametrize(
    ("name", "stated", "year", "is_assumed", "value", "target_year"),
    [
        ("westland-severely-lonely", 8, 2016, True, 4, 2028),
        ("westland-youth", 34, None, False, 30, 2028),
        ("westland-19-64", 38, 2016, False, 30, 2028),
        ("westland-65-plus", 44, 2016, False, 36, 2028),
        ("hardenberg-lonely", 40, None, False, 35, None),
        ("hardenberg-severely-lonely", 10, None, False, 7, None),
    ],
)
def test_the_numbers_are_those_of_the_plans(
    metrics: Metrics,
    name: str,
    stated: float,
    year: int | None,
    is_assumed: bool,
    value: float,
    target_year: int | None,
) -> None:
    promised = target(metrics, name)
    assert promised.kind == "level"
    assert promised.baseline is not None
    assert promised.baseline.value == stated
    assert baseline_year(promised) == year
    assert (promised.baseline.assumed_year is not None) == is_assumed
    assert promise_in_force(promised).current.value == value
    assert promise_in_force(promised).current.year == target_year


@pytest.mark.parametrize(
    ("name", "judged_by"),
    [
        ("westland-severely-lonely", [("rivm_smap", "18+")]),
        ("westland-youth", [("ggd_youth_monitor", "youth")]),
        ("westland-19-64", [("ggd_monitor", "19-64"), ("rivm_smap", "18-64")]),
        ("westland-65-plus", [("rivm_smap", "65+")]),
        ("hardenberg-lonely", [("rivm_smap", "18+")]),
        ("heemstede-trend", [("rivm_smap", "18+")]),
    ],
)
def test_each_target_is_judged_by_the_series_that_its_plan_means(
    metrics: Metrics, name: str, judged_by: list[tuple[str, str]]
) -> None:
    measures = target(metrics, name).measured_by
    assert [(measure.series, measure.age_group) for measure in measures] == judged_by


def test_quotes_are_literal(metrics: Metrics) -> None:
    assert target(metrics, "westland-65-plus").quote == (
        "het percentage matig en ernstig eenzamen boven de 65 jaar laten dalen"
        " van 44% in 2016 tot het niveau van 2004: 36%"
    )
    assert target(metrics, "westland-severely-lonely").quote == (
        "het percentage ernstig eenzamen verminderen van 8% tot 4%"
    )
    assert target(metrics, "heemstede-trend").quote == (
        "Doel is de trend van eenzaamheid te doorbreken."
    )


def test_heemstede_is_a_trend_from_2021_and_barendrecht_has_four_aims_in_words(
    metrics: Metrics,
) -> None:
    heemstede, barendrecht = metrics.municipalities["GM0397"], metrics.municipalities["GM0489"]
    assert target(metrics, "heemstede-trend").kind == "trend"
    assert heemstede.plan is not None
    assert heemstede.plan.start == 2021
    assert [aim.kind for aim in barendrecht.targets] == ["qualitative"] * 4
    assert all(aim.figures and not aim.measured_by for aim in barendrecht.targets)


def test_hardenberg_is_called_attributed_and_the_others_are_not(metrics: Metrics) -> None:
    attributed = [code for code, one in metrics.municipalities.items() if one.attributed]
    assert attributed == ["GM0160"]


def test_each_municipality_lies_in_its_ggd_region(metrics: Metrics) -> None:
    assert {code: one.ggd_region for code, one in metrics.municipalities.items()} == {
        "GM1783": "GG7014",
        "GM0160": "GG1009",
        "GM0397": "GG3109",
        "GM0489": "GG4607",
    }


def test_the_editions_are_recognised_by_the_topics_that_rivm_delivers(metrics: Metrics) -> None:
    series = metrics.series["rivm_smap"]
    assert series.editions == ("50150NED", "50120NED", "50090NED")
    assert series.file_keys["50090NED"][:2] == ("Eenzaam_28", "ErnstigZeerErnstigEenzaam_29")
    assert series.file_keys["50120NED"][:2] == ("Eenzaam_27", "ErnstigZeerErnstigEenzaam_28")
    assert series.file_keys["50150NED"][:2] == ("Eenzaam_25", "SterkEenzaam_26")


def test_every_topic_of_the_young_adults_belongs_to_an_indicator_of_its_scale(
    metrics: Metrics,
) -> None:
    young = metrics.series["rivm_young_adults"]
    names = {
        name
        for indicator in metrics.indicators.values()
        if indicator.scale == young.scale
        for name in indicator.source_names
    }
    topics = [key for key in young.file_keys["50140NED"] if key != "2024JJ00"]
    assert {re.sub(r"_\d+$", "", key) for key in topics} == names


def test_adults_and_young_adults_are_never_on_one_scale(metrics: Metrics) -> None:
    assert metrics.series["rivm_smap"].scale == metrics.series["ggd_monitor"].scale == "djg_11"
    assert metrics.series["rivm_young_adults"].scale == "djg_6"
    assert metrics.series["rivm_young_adults"].min_age == 16


def test_the_shipped_file_holds_no_rule_about_nothing(metrics: Metrics) -> None:
    assert unused_rules(metrics) == []


def test_the_shipped_file_names_no_address_of_a_person() -> None:
    for path in (REAL, ROOT / "data" / "notes.yaml"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"[\w.]+@[\w.]+|\b0\d{9}\b|\b0\d{2,3}[- ]\d{6,7}\b", text) == []


def test_a_fifth_municipality_is_one_block_and_nothing_else(tmp_path: Path) -> None:
    block = """
  GM0518:
    name: "'s-Gravenhage"
    ggd_region: GG7014
    plan: {start: 2024}
    targets:
      - id: den-haag-lonely
        kind: change_pp
        indicator: lonely
        age_group: "18+"
        target: {change_pp: -5, year: 2030}
        measured_by: [{series: rivm_smap, age_group: "18+"}]
"""
    path = tmp_path / "metrics.yaml"
    path.write_text(REAL.read_text(encoding="utf-8") + block, encoding="utf-8")
    read_back = read_metrics(path, regions=ROOT / "data" / "regions.csv")
    added = read_back.municipalities["GM0518"]
    assert added.name == "'s-Gravenhage"
    assert added.targets[0].target is not None
    assert added.targets[0].target.change_pp == -5
    assert len(read_back.municipalities) == 5


def test_what_a_file_leaves_out_has_a_stated_default(tmp_path: Path) -> None:
    text = "series: {ggd: {method: survey}}\nindicators: {a: {direction: increase}}\n"
    small = read(text, tmp_path)
    assert small.series["ggd"].design_effect == 1.5
    assert small.series["ggd"].min_age == 18
    assert small.indicators["a"].unit == "percent"
    assert small.municipalities == {}
    assert small.demo is False
    assert small.next_wave is None


def test_a_break_may_name_an_indicator_of_another_file_but_not_a_typing_error(
    tmp_path: Path,
) -> None:
    breaks = (
        "  breaks: [{series: rivm_smap, between: [2016, 2020], severity: major,"
        " indicators: [%s]}]\n"
    )
    near = '  near_age_groups: [["18+", "19+"]]\n'
    other = read(changed(near, near + breaks % "emotionally_lonely"), tmp_path)
    assert unused_rules(other) == [("breaks", "emotionally_lonely")]
    with pytest.raises(Exception, match='nearest is "severely_lonely"'):
        read(changed(near, near + breaks % "severly_lonely"), tmp_path)


def test_the_newest_decision_is_the_target_and_the_one_before_it_the_former(
    tmp_path: Path,
) -> None:
    revisions = (
        "target: {value: 36, year: 2028}\n        revisions:\n"
        "          - {decided: 2026-02-01, target: {value: 39}, decision: second}\n"
        "          - {decided: 2024-05-14, target: {value: 38, year: 2030}, decision: first}"
    )
    text = changed("target: {value: 36, year: 2028}", revisions)
    promise = promise_in_force(read(text, tmp_path).municipalities["GM1783"].targets[0])
    assert (promise.current.value, promise.current.year) == (39, 2030)
    assert promise.former is not None
    assert (promise.former.value, promise.former.year) == (38, 2030)
    assert promise.revision is not None
    assert promise.revision.decided == date(2026, 2, 1)


def test_two_decisions_on_one_day_are_refused(tmp_path: Path) -> None:
    revisions = (
        "target: {value: 36, year: 2028}\n        revisions:\n"
        "          - {decided: 2024-05-14, target: {value: 39}}\n"
        "          - {decided: 2024-05-14, target: {value: 38}}"
    )
    with pytest.raises(Exception, match=r"line 35 [\s\S]*two decisions on 2024-05-14"):
        read(changed("target: {value: 36, year: 2028}", revisions), tmp_path)


def test_the_schema_for_editors_is_made_from_the_models() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_written_on_request_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.metrics.SCHEMA_FILE", tmp_path / "schema.json")
    assert main([]) == 2
    assert not (tmp_path / "schema.json").exists()
    assert main(["--write-schema"]) == 0
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_reading_metrics_loads_no_heavy_library() -> None:
    heavy = "pandas numpy pyarrow duckdb scipy"
    code = f"import sys, etl.metrics; print([n for n in '{heavy}'.split() if n in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.strip() == "[]"


def test_the_small_file_of_these_tests_has_its_lines_where_the_tests_say() -> None:
    assert SMALL.splitlines()[22] == "  GM1783:"
    assert SMALL.splitlines()[34] == "      - id: adults"


def test_the_example_in_the_documentation_works_as_it_stands(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "add-a-municipality.md").read_text(encoding="utf-8")
    block, revisions = [
        textwrap.dedent(example) for example in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    ]
    added = textwrap.indent(block, "  ") + textwrap.indent(revisions, " " * 8)
    path = tmp_path / "metrics.yaml"
    path.write_text(REAL.read_text(encoding="utf-8") + added, encoding="utf-8")
    metrics = read_metrics(path, regions=ROOT / "data" / "regions.csv")
    promise = promise_in_force(metrics.municipalities["GM0518"].targets[0])
    assert (promise.current.value, promise.current.year) == (47, 2032)
