from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import MetricsError
from etl.metrics import read_metrics
from tests.etl.reading import SMALL, changed, only_problem, problems


def test_the_small_file_itself_is_accepted(tmp_path: Path) -> None:
    assert problems(SMALL, tmp_path) == []


@pytest.mark.parametrize("written", ["36.6", "36.60", "36.599999999999994", "0.30000000000000004"])
def test_a_number_with_all_the_decimals_of_a_calculation_is_a_plain_number(
    tmp_path: Path, written: str
) -> None:
    assert problems(changed("value: 36,", f"value: {written},"), tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        # what YAML reads otherwise than it looks
        (
            "name: Westland",
            "name: no",
            24,
            '"no" without quotes, which YAML reads as true or false',
        ),
        ("name: Westland", "name: On", 24, "true or false"),
        ("  GM1783:", "  0160:", 23, "the code of a municipality is GM0160"),
        ("  GM1783:", "  1783:", 23, "write GM1783"),
        ("name: Westland", "name: 12:30", 24, "which YAML reads as minutes"),
        ("name: Westland", "name: 1_000", 24, "another notation"),
        ("value: 36,", "value: 3e1,", 32, "another notation"),
        ("value: 36,", "value: .nan,", 32, "another notation"),
        ("value: 36,", "value: +36,", 32, "another notation"),
        ("name: Westland", "name: 2024-5-4", 24, "moment in time"),
        ("name: Westland", "name: 2024-05-14", 24, "expected  text"),
        ("name: Westland", "name: 1783", 24, "expected  text"),
        # numbers as text
        ("value: 44,", "value: 8%,", 31, "write 8"),
        ("value: 44,", 'value: "44",', 31, "write 44"),
        ("value: 44,", 'value: "8,5",', 31, "write 8.5"),
        ("value: 44,", "value: 8,5,", 31, "decimals with a point"),
        ("value: 44,", "value: true,", 31, "expected  a number"),
        ("year: 2016}", "year: 2016.0}", 31, "expected  a whole number"),
        # YAML that hides something
        ("    name: Westland", "\tname: Westland", 24, "a tab"),
        ("name: Westland", "name: West\tland", 24, "a tab"),
        ("name: Westland", "name: &a Westland", 24, "the anchor &a"),
        ("name: Westland", "name: *a", 24, "the alias *a"),
        ("    name: Westland", "    <<: {name: Westland}", 24, '"<<"'),
        ("name: Westland", "name: !!str Westland", 24, "the tag tag:yaml.org,2002:str"),
        ("name: Westland", "name: West\u202eland", 24, "U+202E"),
        ("name: Westland", "name: West\u0000land", 24, "U+0000"),
        ("name: Westland", r'name: "West\u202eland"', 24, "U+202E"),
        ("name: Westland", r'name: "West\0land"', 24, "U+0000"),
        ("    name: Westland", r'    "na\u200bme": Westland', 24, "U+200B"),
        (
            "    direction: decrease",
            "    direction: decrease\n    direction: increase",
            5,
            "line 4",
        ),
        ("version: 1\n", "version: 1\n---\n", 2, "a second document"),
        # formulas and markup
        ("name: Westland", 'name: "=HYPERLINK(1)"', 24, "a spreadsheet reads as a formula"),
        ("name: Westland", 'name: "@SUM(A1)"', 24, "formula"),
        ("name: Westland", 'name: "+cmd|x"', 24, "formula"),
        ("name: Westland", "name: <script>alert(1)</script>", 24, "markup"),
        ("name: Westland", 'name: "[klik](https://example.org)"', 24, "markup"),
        ("name: Westland", 'name: "West&#108;and"', 24, "markup"),
        # unknown words, with the nearest one that is valid
        ("kind: level", "knid: level\n        kind: level", 28, 'nearest is "kind"'),
        ("kind: level", "kind: levl", 28, 'nearest is "level"'),
        ("part_of: lonely", "part_of: lonley", 7, 'nearest is "lonely"'),
        ('age_group: "18+"', 'age_group: "18plus"', 38, 'nearest is "18+"'),
        ("- {series: rivm_smap", "- {series: rivm_smp", 34, 'nearest is "rivm_smap"'),
        ("scale: djg_6}", "scale: djg6}", 19, 'nearest is "djg_6"'),
        ("  GM1783:", "  WK1783:", 23, "a municipality code such as GM1783"),
        ("version: 1", "versoin: 1", 1, 'nearest is "version"'),
        ("id: older", "id: {}", 27, "expected  text"),
        ("id: older", "id: [older]", 27, "expected  text"),
        ('indicator: lonely\n        age_group: "65+"', "age_group: {}", 29, "expected  text"),
        # what must be there, and where it must lie
        ("      - id: older\n        kind", "      - kind", 27, 'no "id"'),
        (', en: "Lonely"', "", 6, 'no "en"'),
        ("value: 36,", "value: 136,", 32, "at most 100"),
        ("value: 36,", "value: -1,", 32, "at least 0"),
        ("value: 36, year: 2028", "value: 36, year: 1999", 32, "at least 2000"),
        ("value: 36, year: 2028", "value: 36, year: 2101", 32, "at most 2100"),
    ],
)
def test_a_bad_value_is_refused_with_its_line_and_what_to_do(
    old: str, new: str, line: int, said: str, tmp_path: Path
) -> None:
    found_line, text = only_problem(changed(old, new), tmp_path)
    assert found_line == line
    assert said in text


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: adults", "id: older", 35, 'a second target with the id "older"'),
        ("value: 36,", "value: 45,", 32, "allow_worse_than_baseline: true"),
        ("change_pp: -5", "change_pp: 5", 39, "allow_worse_than_baseline: true"),
        ("{value: 36, year", "{change_pp: -8, year", 32, "`value` alone"),
        ("{value: 36, year: 2028}", "{year: 2028}", 27, "without `target.value`"),
        ("{change_pp: -5, year: 2028}", "{year: 2028}", 35, "without `target.change_pp`"),
        ("value: 36, year: 2028", "value: 36, year: 2016", 32, "a target year after the baseline"),
        ("year: 2016}", "year: 2016, assumed_year: 2016}", 31, "one of the two"),
        ('smap, age_group: "65+"}', 'smap, age_group: "18+"}', 34, "a target about 65+"),
        ("{series: rivm_smap}]", "{series: ggd_monitor}]", 40, "a second time"),
        ("{series: rivm_smap}]", "{series: young}]", 40, "series young on scale djg_6"),
        ("decrease\n    scale", "decrease\n    part_of: severely_lonely\n    scale", 5, "part of"),
        ('["18+", "19+"]', '["18+", "19+", "65+"]', 21, "differ by one year"),
        ('"19+": {min_age: 19}', '"19+": {min_age: 91}', 10, "the ages that the name says"),
        ("plan: {start: 2019}", "plan: {start: 2019, end: 2018}", 25, "an end after the start"),
        ('"50090NED"]', '"50150NED"]', 17, "more than once"),
    ],
)
def test_parts_that_contradict_each_other_are_refused(
    old: str, new: str, line: int, said: str, tmp_path: Path
) -> None:
    found = problems(changed(old, new), tmp_path)
    assert (line, True) in [(at, said in text) for at, text in found], found


def test_an_id_in_the_approach_is_used_once_in_a_municipality(tmp_path: Path) -> None:
    text = SMALL + (
        "    approach:\n"
        "      aims:\n"
        "        - {id: older, nl: a, en: b}\n"
        "        - {id: network, nl: a, en: b}\n"
        "      pillars: [{nl: a, en: b}, {id: network, nl: a, en: b}]\n"
    )
    found = problems(text, tmp_path)
    assert [line for line, _ in found] == [43, 45]
    assert all("a second time" in said for _, said in found)


def test_figures_beside_an_aim_are_named_once(tmp_path: Path) -> None:
    figure = "{series: rivm_smap, indicator: lonely, age_group: '18+'}"
    line, text = only_problem(SMALL + f"        figures: [{figure}, {figure}]\n", tmp_path)
    assert (line, "a second time" in text) == (41, True)


def test_a_source_line_may_ask_for_what_the_dashboard_fills_in_and_nothing_else(
    tmp_path: Path,
) -> None:
    line = "{method: survey, scale: djg_11, source_line: {nl: '%s', en: a}}"
    known = "GGD {years}, {edition}{retrieved}, {build}"
    text = changed("{method: survey, scale: djg_11}", line % known)
    assert problems(text, tmp_path) == []
    for wrong in ("GGD {yeers}", "GGD {years", "GGD years}", "GGD {}", "GGD {{years}}"):
        text = changed("{method: survey, scale: djg_11}", line % wrong)
        found = problems(text, tmp_path)
        assert [(at, "placeholder" in said) for at, said in found][:1] == [(18, True)], wrong


def test_a_target_that_no_series_measures_is_accepted(tmp_path: Path) -> None:
    unmeasured = (
        "measured_by: []\n        figures:\n          - {series: rivm_smap, indicator: lonely,"
    )
    text = changed("measured_by:\n          - {series: rivm_smap,", unmeasured)
    assert problems(text, tmp_path) == []


def test_a_trend_needs_the_start_of_the_plan(tmp_path: Path) -> None:
    trend = changed("kind: change_pp", "kind: trend")
    trend = changed("        target: {change_pp: -5, year: 2028}\n", "", text=trend)
    assert problems(trend, tmp_path) == []
    line, text = only_problem(changed("    plan: {start: 2019}\n", "", text=trend), tmp_path)
    assert (line, "plan.start" in text) == (34, True)


def test_an_aim_in_words_needs_words_and_is_not_measured(tmp_path: Path) -> None:
    aim = changed("kind: level", "kind: qualitative")
    aim = changed("        target: {value: 36, year: 2028}\n", "", text=aim)
    said = [text for _, text in problems(aim, tmp_path)]
    assert ["without words" in said[0], "`figures`" in said[1], len(said)] == [True, True, 2]


def test_a_target_may_be_meant_to_be_worse_than_its_baseline(tmp_path: Path) -> None:
    meant = "value: 45, year: 2028}\n        allow_worse_than_baseline: true"
    assert problems(changed("value: 36, year: 2028}", meant), tmp_path) == []


def test_for_an_indicator_that_should_rise_lower_is_worse(tmp_path: Path) -> None:
    rising = changed("    direction: decrease", "    direction: increase")
    lines = [line for line, text in problems(rising, tmp_path) if "above its baseline" in text]
    assert lines == [32, 39]


@pytest.mark.parametrize(
    ("kind", "amount", "is_refused"),
    [
        ("change_pct", "change_pct: -50", False),
        ("change_pct", "change_pct: 5", True),
        ("change_pp", "change_pp: -44", False),
        ("change_pp", "change_pp: -44.5", True),
        ("maintain", "value: 44", False),
        ("maintain", "value: 44.5", True),
    ],
)
def test_every_kind_of_number_is_held_against_the_baseline(
    kind: str, amount: str, is_refused: bool, tmp_path: Path
) -> None:
    text = changed("kind: level", f"kind: {kind}")
    found = problems(changed("value: 36, year: 2028", amount, text=text), tmp_path)
    assert [line for line, _ in found] == ([32] if is_refused else [])


@pytest.mark.parametrize(
    ("baseline", "year", "are_refused"),
    [(2016, 2028, True), (2020, 2028, True), (2028, 2032, False), (2004, 2016, False)],
)
def test_targets_for_the_same_figures_may_follow_but_not_overlap(
    baseline: int, year: int, are_refused: bool, tmp_path: Path
) -> None:
    second = (
        "      - {id: again, kind: level, indicator: lonely, age_group: '65+',"
        f" baseline: {{year: {baseline}}}, target: {{value: 30, year: {year}}}}}\n"
    )
    found = problems(SMALL + second, tmp_path)
    assert [line for line, _ in found] == ([41] if are_refused else [])


def test_another_municipality_may_have_the_same_target(tmp_path: Path) -> None:
    other = SMALL[SMALL.index("  GM1783:") :].replace("GM1783", "GM0518")
    other = other.replace("id: older", "id: hague-older").replace("id: adults", "id: hague-adults")
    assert problems(SMALL + other.replace("Westland", '"\'s-Gravenhage"'), tmp_path) == []


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = changed("direction: decrease\n    scale: djg_11\n", "direction: down\n    scale: djg\n")
    text = changed("name: Westland", "name: no", text=text)
    text = changed(
        'indicator: lonely\n        age_group: "65+"',
        'indicator: lonley\n        age_group: "65+"',
        text=text,
    )
    text = changed("value: 44,", "value: 8%,", text=text)
    text = changed("id: adults", "id: older", text=text)
    text = changed("kind: change_pp", "kind: change_pp\n        colour: red", text=text)
    text = changed("{series: rivm_smap}]", "{series: rivm_smp}]", text=text)
    found = problems(text, tmp_path)
    assert [line for line, _ in found] == [4, 5, 24, 29, 31, 35, 37, 41]


def test_a_typing_error_causes_no_second_complaint(tmp_path: Path) -> None:
    assert only_problem(changed("value: 36,", "value: 36%,"), tmp_path)[0] == 32
    assert only_problem(changed("plan: {start: 2019}", "plan: {start: '2019'}"), tmp_path)[0] == 25


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "found     nothing"),
        (b"# only a remark\n", 1, "found     nothing"),
        (b"- GM1783\n", 1, "a list or a single value"),
        (b"Westland\n", 1, "a list or a single value"),
        (b"version: 1\n# caf\xe9\n", 2, "byte 0xE9, which is not UTF-8"),
        ("version: 1\n".encode("utf-16"), 1, "not UTF-8"),
        (b"version: 1\nsite: {name: {nl: 'a\n", 3, "expected  YAML"),
        (b"version: 1\nsite: " + b"[" * 100_000, 2, "levels deep"),
        (b"? [a, b]\n: 1\n", 1, "a word as key"),
        (b"indicators: 3\n", 1, "a block of `name: value`"),
        (b"series:\n  - a\n", 1, "a block of `name: value`"),
        (b"indicators:\n  lonely:\n", 2, "a block of `field: value`"),
    ],
)
def test_a_file_of_another_form_is_refused_as_such(
    content: bytes, line: int, said: str, tmp_path: Path
) -> None:
    found_line, text = only_problem(content, tmp_path)
    assert found_line == line
    assert said in text


def test_an_alias_bomb_is_refused_without_being_blown_up(tmp_path: Path) -> None:
    levels = "".join(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]\n" for n in range(1, 30))
    found = problems("l0: &l0 [x]\n" + levels, tmp_path)
    assert found[0][1].count("the anchor &l0") == 1
    assert len(found) > 58


def test_a_hopeless_file_is_given_up_after_a_hundred_problems(tmp_path: Path) -> None:
    found = problems("series:\n" + "  a: 1\n" * 5000, tmp_path)
    assert len(found) == 101
    assert "more problems" in found[-1][1]


def test_a_file_above_16_mb_is_not_read(tmp_path: Path) -> None:
    assert "at most 16 MB" in only_problem(b" " * (16 * 1024 * 1024 + 1), tmp_path)[1]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none.yaml", "no such file"), (tmp_path, "Is a directory")):
        with pytest.raises(MetricsError, match=said) as raised:
            read_metrics(path)
        assert raised.value.exit_status == 2
        assert str(path) in str(raised.value)


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    assert problems(b"\xef\xbb\xbf" + SMALL.encode(), tmp_path) == []
    assert problems(SMALL.replace("\n", "\r\n"), tmp_path) == []


REGIONS = """region_code,region_level,region_name,ggd_region_code
GM1783,municipality,Westland,GG7014
GM0160,municipality,Hardenberg,GG1009
GM0758,municipality,Breda,
GG7014,ggd_region,GGD Haaglanden,
GG1009,ggd_region,GGD IJsselland,
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("  GM1783:", "  GM1873:", 23, 'nearest is "GM1783"'),
        ("name: Westland", "name: Hardenberg", 24, "which is the name of GM0160"),
        ("name: Westland", "ggd_region: GG7015", 24, "write GG7014, or leave the line out"),
        ("name: Westland", "ggd_region: GG1009", 24, "has GG7014 (GGD Haaglanden)"),
        ("version: 1", "site: {default_municipality: GM1784}", 1, 'nearest is "GM1783"'),
    ],
)
def test_a_municipality_that_regions_csv_does_not_know_is_refused(
    old: str, new: str, line: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / "regions.csv").write_text(REGIONS)
    (tmp_path / "metrics.yaml").write_text(changed(old, new).replace("name: Westland", ""))
    with pytest.raises(MetricsError) as raised:
        read_metrics(tmp_path / "metrics.yaml", regions=tmp_path / "regions.csv")
    (problem,) = raised.value.problems
    assert f"line {line} " in problem.where
    assert said in str(problem)


def test_regions_csv_that_knows_the_municipality_is_satisfied(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(REGIONS)
    (tmp_path / "metrics.yaml").write_text(SMALL)
    read_metrics(tmp_path / "metrics.yaml", regions=tmp_path / "regions.csv")


def test_a_ggd_region_that_regions_csv_leaves_blank_is_still_one_that_it_knows(
    tmp_path: Path,
) -> None:
    (tmp_path / "regions.csv").write_text(REGIONS)
    breda = changed("  GM1783:\n    name: Westland", "  GM0758:\n    ggd_region: GG7014")
    (tmp_path / "metrics.yaml").write_text(breda)
    read_metrics(tmp_path / "metrics.yaml", regions=tmp_path / "regions.csv")
    (tmp_path / "metrics.yaml").write_text(breda.replace("GG7014", "GG7015"))
    with pytest.raises(MetricsError, match='nearest is "GG7014"'):
        read_metrics(tmp_path / "metrics.yaml", regions=tmp_path / "regions.csv")
