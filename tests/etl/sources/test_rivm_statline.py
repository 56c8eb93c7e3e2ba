"""Rows of a StatLine table become the right figures, or a problem that says where and what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.sources.codes import NoteCode, remark
from etl.sources.statline_columns import STATUSES, Records, parse_cell
from etl.sources.statline_figures import Assembled, assemble
from etl.sources.statline_layout import Layout
from etl.sources.statline_metadata import tidy
from etl.sources.statline_names import (
    NamedTopic,
    Topic,
    ages_in_title,
    letters,
    resolve_topics,
    year_of_period,
)
from etl.sources.statline_pages import page_table
from tests.etl.statline import (
    ADULTS,
    VOCABULARY,
    fetch_from,
    figure_of,
    figures_of,
    read_fetched,
    with_aliases,
)
from tests.servers.odata import served
from tests.servers.statline_tables import (
    Region,
    StatlineTable,
    table_50090,
    table_50140,
    table_50150,
)

COLUMNS = ("WijkenEnBuurten", "Perioden", "Leeftijd", "Marges", "Eenzaam_25", "SterkEenzaam_26")
LAYOUT = Layout(
    series=ADULTS,
    table_id="50150NED",
    region="WijkenEnBuurten",
    period="Perioden",
    age="Leeftijd",
    margin="Marges",
    topics=(Topic("Eenzaam_25", "lonely", 1), Topic("SterkEenzaam_26", "severely_lonely", 1)),
    years={"2016JJ00": 2016, "2024JJ00": 2024},
    age_groups={"20300": "18+", "80200": "65+"},
)
ROW = ("GM1783    ", "2024JJ00", "20300", "MW00000", "    45.4", "     9.1")


def assembled(*rows: Sequence[str | None], layout: Layout = LAYOUT) -> Assembled:
    """Assemble rows of text in the order of COLUMNS."""
    columns = pa.table(
        {
            name: pa.array(list(cells), pa.string())
            for name, cells in zip(COLUMNS, zip(*rows, strict=True), strict=True)
        }
    )
    records = Records(columns, "raw/manifest.json", lambda row: f"page, record {row + 1}")
    return assemble(records, layout=layout)


def changed(**cells: str | None) -> tuple[str | None, ...]:
    """Return the row without fault with other cells."""
    return tuple({**dict(zip(COLUMNS, ROW, strict=True)), **cells}.values())


def lonely(result: Assembled) -> list[dict[str, object]]:
    """Return the figures of one indicator."""
    assert result.problems == ()
    return [row for row in result.figures.to_pylist() if row["indicator"] == "lonely"]


def fetched(table: StatlineTable, data: Path, **options: object) -> Path:
    """Fetch a table from a server that plays it."""
    with served(table) as service:
        fetch_from(service, data, table=table.table_id, **options)
    return data


# --- cells -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        ("    45.4", 45.4, "normal"),
        ("73", 73.0, "normal"),
        ("     0.0", 0.0, "normal"),
        ("   100.0", 100.0, "normal"),
        ("       .", None, "suppressed"),
        ("x", None, "suppressed"),
        ("-", 0.0, "normal"),
        ("45.4*", 45.4, "provisional"),
        ("45.4**", 45.4, "revised_provisional"),
    ],
)
def test_every_sign_has_its_own_status(cell: str, value: float | None, status: str) -> None:
    (figure,) = lonely(assembled(changed(Eenzaam_25=cell)))
    assert figure["value"] == value
    assert figure["obs_status"] == status


@pytest.mark.parametrize(
    "cell",
    [
        *("NA", "null", "None", "NaN", "nan", "Inf", "-inf", "38,0", "1.234,5", "1e2", "45.4 %"),
        *("22-mei", "=1+1", "4 5.4", "0x1F", "٤٥", "45.", ".5", "+45.4", "45.4***", "--", ".."),
        "45_4",
    ],
)
def test_anything_else_stops_the_load_with_its_place(cell: str) -> None:
    result = assembled(ROW, changed(Perioden="2016JJ00", Eenzaam_25=cell))
    (problem,) = result.problems
    assert problem.where == "page, record 2"
    assert repr(cell) in problem.found
    assert "Eenzaam_25" in problem.found
    assert len(result.figures) == 0


@given(st.integers(0, 1000), st.sampled_from(["", "*", "**"]), st.integers(0, 6))
def test_a_number_is_read_as_written_whatever_its_padding(tenths: int, star: str, pad: int) -> None:
    text = f"{tenths // 10}.{tenths % 10}{star}"
    value, status, decimals = parse_cell((" " * pad + text).strip())
    assert value == tenths / 10
    assert STATUSES[status] == ("normal", "provisional", "revised_provisional")[len(star)]
    assert decimals == 1


@given(st.text(max_size=8))
def test_a_cell_is_a_number_a_sign_or_an_error_and_nothing_else(text: str) -> None:
    try:
        value, status, _ = parse_cell(text)
    except ValueError:
        return
    assert math.isnan(value) == (STATUSES[status] in ("suppressed", "not_applicable"))


# --- joining ---------------------------------------------------------------------------------


def test_bounds_are_joined_to_the_value_of_the_same_cell() -> None:
    rows = [
        changed(Leeftijd=age, Perioden=period, Marges=margin, Eenzaam_25=cell)
        for age, period, margin, cell in [
            ("20300", "2024JJ00", "MBG0095", "47.0"),
            ("20300", "2024JJ00", "MOG0095", "43.5"),
            ("20300", "2024JJ00", "MW00000", "45.4"),
            ("80200", "2024JJ00", "MW00000", "50.1"),
            ("80200", "2016JJ00", "MOG0095", "38.0"),
            ("80200", "2016JJ00", "MW00000", "40.0"),
            ("80200", "2016JJ00", "MBG0095", "42.5"),
        ]
    ]
    found = {
        (f["age_group"], f["year"]): (f["ci_lower"], f["value"], f["ci_upper"])
        for f in lonely(assembled(*rows))
    }
    assert found == {
        ("18+", 2024): (43.5, 45.4, 47.0),
        ("65+", 2024): (None, 50.1, None),
        ("65+", 2016): (38.0, 40.0, 42.5),
    }


def test_one_bound_alone_is_no_interval() -> None:
    result = assembled(ROW, changed(Marges="MOG0095", Eenzaam_25="43.5", SterkEenzaam_26=None))
    (figure,) = lonely(result)
    assert (figure["ci_lower"], figure["ci_upper"]) == (None, None)
    assert result.noted[remark(NoteCode.ONE_BOUND)] == 1


def test_bounds_of_a_suppressed_value_are_not_shown() -> None:
    rows = [changed(Eenzaam_25=".")]
    rows += [changed(Marges=margin, Eenzaam_25="40.0") for margin in ("MOG0095", "MBG0095")]
    (figure,) = lonely(assembled(*rows))
    assert (figure["value"], figure["ci_lower"], figure["ci_upper"]) == (None, None, None)


def test_bounds_without_their_value_stop_the_load() -> None:
    (problem,) = assembled(ROW, changed(Perioden="2016JJ00", Marges="MOG0095")).problems
    assert "bounds without a value, 1 times" in problem.found
    assert problem.where == "page, record 2"


def test_the_same_row_twice_counts_once() -> None:
    result = assembled(ROW, changed(WijkenEnBuurten="GM1783"), ROW)
    assert [f["value"] for f in lonely(result)] == [45.4]
    assert result.noted[remark(NoteCode.REPEATED_ROWS)] == 2


@pytest.mark.parametrize("cell", ["45.5", ".", None])
def test_the_same_key_with_another_figure_stops_the_load(cell: str | None) -> None:
    (problem,) = assembled(ROW, changed(Eenzaam_25=cell)).problems
    assert problem.where == "page, record 2"
    assert "page, record 1" in problem.found


def test_a_topic_that_no_region_has_was_not_measured() -> None:
    rows = [
        changed(WijkenEnBuurten=region, Perioden="2016JJ00", SterkEenzaam_26=None)
        for region in ("GM1783", "NL01")
    ]
    figures = assembled(*rows, ROW).figures.to_pylist()
    severe = [f for f in figures if f["indicator"] == "severely_lonely"]
    assert [f["year"] for f in severe] == [2024]


def test_a_blank_among_measured_regions_is_not_applicable() -> None:
    rows = [ROW, changed(WijkenEnBuurten="NL01", Eenzaam_25=None)]
    found = {f["region_code"]: (f["value"], f["obs_status"]) for f in lonely(assembled(*rows))}
    assert found == {"GM1783": (45.4, "normal"), "NL01": (None, "not_applicable")}


def test_codes_are_stripped_and_counted() -> None:
    result = assembled(ROW)
    assert [f["region_code"] for f in lonely(result)] == ["GM1783"]
    assert result.noted == {remark(NoteCode.CODES_STRIPPED): 1}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"WijkenEnBuurten": "160"}, "WijkenEnBuurten '160'"),
        ({"WijkenEnBuurten": "GM160"}, "WijkenEnBuurten 'GM160'"),
        ({"WijkenEnBuurten": "gm1783"}, "WijkenEnBuurten 'gm1783'"),
        ({"WijkenEnBuurten": None}, "WijkenEnBuurten ''"),
        ({"Perioden": "2023/2024"}, "Perioden '2023/2024'"),
        ({"Perioden": "2024KW01"}, "Perioden '2024KW01'"),
        ({"Leeftijd": "99999"}, "Leeftijd '99999'"),
        ({"Marges": "MW0000"}, "Marges 'MW0000'"),
    ],
)
def test_an_unknown_code_stops_the_load(cells: Mapping[str, str | None], found: str) -> None:
    (problem,) = assembled(ROW, changed(**cells)).problems
    assert problem.where == "page, record 2"
    assert problem.found.startswith(found)


def test_problems_of_all_columns_are_collected() -> None:
    rows = [ROW, changed(WijkenEnBuurten="160", Eenzaam_25="38,0", SterkEenzaam_26="NA")]
    assert len(assembled(*rows).problems) == 3


def test_a_period_that_is_marked_provisional_marks_its_figures() -> None:
    layout = replace(LAYOUT, provisional={"2024JJ00": "provisional"})
    rows = [ROW, changed(Perioden="2016JJ00"), changed(WijkenEnBuurten="NL01", Eenzaam_25=".")]
    found = {
        (f["region_code"], f["year"]): f["obs_status"]
        for f in lonely(assembled(*rows, layout=layout))
    }
    assert found == {
        ("GM1783", 2024): "provisional",
        ("GM1783", 2016): "normal",
        ("NL01", 2024): "suppressed",
    }


@pytest.mark.parametrize(
    ("declared", "cell", "step"),
    [(1, "73", 0.1), (None, "73", 1.0), (None, "73.0", 0.1), (0, "73.25", 0.01), (1, "73.2", 0.1)],
)
def test_the_rounding_step_is_that_of_the_table_and_never_coarser_than_its_figures(
    declared: int | None, cell: str, step: float
) -> None:
    topics = (replace(LAYOUT.topics[0], decimals=declared), LAYOUT.topics[1])
    (figure,) = lonely(assembled(changed(Eenzaam_25=cell), layout=replace(LAYOUT, topics=topics)))
    assert figure["rounding_step"] == step


# --- names -----------------------------------------------------------------------------------


def test_names_are_compared_by_their_letters() -> None:
    assert letters("Ernstig/zeer ernstig eenzaam") == letters("ErnstigZeerErnstigEenzaam")
    assert letters("Suïcide") == letters("Suicide")
    assert letters("Eenzaam") != letters("Sociaal eenzaam")


def resolved(*topics: NamedTopic) -> tuple[dict[str, str], list[str]]:
    """Resolve topics beside the other three of a complete table."""
    others = {
        "severely_lonely": NamedTopic("SterkEenzaam_26", "Sterk eenzaam"),
        "emotionally_lonely": NamedTopic("EmotioneelEenzaam_27", "Emotioneel eenzaam"),
        "socially_lonely": NamedTopic("SociaalEenzaam_28", "Sociaal eenzaam"),
    }
    found, problems = resolve_topics(
        [*topics, *others.values()], series=ADULTS, vocabulary=VOCABULARY, where="table 50150NED"
    )
    return {t.key: t.indicator for t in found}, [str(problem) for problem in problems]


@pytest.mark.parametrize("key", ["Eenzaam_25", "Eenzaam_999", "Eenzaam_1"])
def test_the_number_behind_a_name_means_nothing(key: str) -> None:
    found, problems = resolved(NamedTopic(key, "Eenzaam"))
    assert found[key] == "lonely"
    assert problems == []


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("EenzaamOfAlleen_25", "Eenzaam of alleen"),
        ("Eenzaamheid_25", "Eenzaamheid"),
        ("Eenzaam_25", "Eenzaam (zes uitspraken)"),
        ("Eenzaam_25", ""),
        ("Eenzaam_25", "Sterk eenzaam"),
        ("Alleen_25", "Eenzaam"),
        ("EnigszinsTotSterkEenzaam_53", "Enigszins tot sterk eenzaam"),
        ("MatigEENZAAM_25", "Matig"),
    ],
)
def test_a_loneliness_like_topic_without_one_meaning_stops(key: str, title: str) -> None:
    found, problems = resolved(NamedTopic(key, title))
    assert key not in found
    message = "\n".join(problems)
    assert f"topic {key}" in message
    assert "source_names in metrics.yaml" in message


def test_other_topics_are_left_alone() -> None:
    found, problems = resolved(NamedTopic("Eenzaam_25", "Eenzaam"), NamedTopic("Roker_11", "Roker"))
    assert set(found.values()) == {
        "lonely",
        "severely_lonely",
        "emotionally_lonely",
        "socially_lonely",
    }
    assert problems == []


def test_a_missing_topic_and_a_doubled_one_stop() -> None:
    assert "no column with one of its names" in resolved()[1][0]
    twice = [NamedTopic("Eenzaam_25", "Eenzaam"), NamedTopic("Eenzaam_26", "Eenzaam")]
    assert "columns Eenzaam_25, Eenzaam_26" in resolved(*twice)[1][0]


@pytest.mark.parametrize(
    ("title", "ages"),
    [
        ("18 jaar of ouder", (18, None)),
        ("18 tot 65 jaar", (18, 64)),
        ("65 jaar of ouder", (65, None)),
        ("16 tot en met 25 jaar", (16, 25)),
        ("16 t/m 25 jaar", (16, 25)),
        ("75 jaar en ouder", (75, None)),
        ("Totaal", None),
        ("18+", None),
    ],
)
def test_ages_are_read_from_titles(title: str, ages: tuple[int, int | None] | None) -> None:
    assert ages_in_title(title) == ages


@pytest.mark.parametrize(
    "code", ["2016KW01", "2016", "2016JJ01", "16JJ00", "2015SJ00", " 2016JJ00"]
)
def test_only_whole_years_are_years(code: str) -> None:
    assert year_of_period(code) is None
    assert year_of_period("2016JJ00") == 2016


# --- pages -----------------------------------------------------------------------------------


def test_a_page_with_numbers_reads_like_one_with_texts() -> None:
    page = b'{"odata.metadata": "x", "value": [{"a": %s, "b": "GM1783", "c": [1]}]}'
    for cell in (b"45.4", b'"45.4"'):
        table = page_table(page % cell, columns=["a", "b"])
        assert table.to_pylist() == [{"a": "45.4", "b": "GM1783"}]


def test_a_column_that_is_null_differs_from_one_that_is_not_there() -> None:
    page = b'{"value": [{"a": "1", "b": null}, {"a": "2", "b": null}]}'
    assert page_table(page, columns=["a", "b"])["b"].null_count == 2
    with pytest.raises(KeyError, match="record 1 has no c"):
        page_table(page, columns=["a", "c"])


@pytest.mark.parametrize("cell", [b"true", b"[1]", b'{"x": 1}'])
def test_a_cell_of_another_kind_is_refused(cell: bytes) -> None:
    with pytest.raises(TypeError):
        page_table(b'{"value": [{"a": %s}]}' % cell, columns=["a"])


# --- whole tables from a server --------------------------------------------------------------


def test_social_loneliness_of_2012_was_not_measured(tmp_path: Path) -> None:
    loaded = read_fetched(fetched(table_50090(), tmp_path))
    years = {
        indicator: sorted({row["year"] for row in figures_of(loaded, indicator=indicator)})
        for indicator in ("lonely", "socially_lonely")
    }
    assert years == {"lonely": [2012, 2016, 2020], "socially_lonely": [2016, 2020]}


def test_a_table_without_bounds_gives_figures_without_intervals(tmp_path: Path) -> None:
    table = table_50090()
    table.margins = {"MW00000": "Waarde"}
    loaded = read_fetched(fetched(table, tmp_path))
    figures = loaded.figures.to_pylist()
    assert len(figures) == 8 * 3 * (3 * 3 + 2)
    assert all(row["value"] is not None and row["ci_lower"] is None for row in figures)
    assert any("no bounds" in note.detail for note in loaded.notes if note.kind == "warned")


def test_bounds_that_are_there_and_empty_give_figures_without_intervals(tmp_path: Path) -> None:
    table = table_50150()
    table.fixed = {
        (topic.key, region.code, period, age, margin): float("nan")
        for topic in table.topics
        for region in table.regions
        for period in table.periods
        for age in table.people[1]
        for margin in ("MOG0095", "MBG0095")
    }
    figures = read_fetched(fetched(table, tmp_path)).figures.to_pylist()
    assert len(figures) == 8 * 3 * (3 * 5 + 4)
    assert all(row["value"] is not None and row["ci_upper"] is None for row in figures)


def test_a_suppressed_and_a_blank_figure_keep_their_difference(tmp_path: Path) -> None:
    table = table_50150()
    table.fixed = {
        ("Eenzaam_25", "GM1783", "2024JJ00", "20300", "MW00000"): None,
        ("Eenzaam_25", "GM0397", "2024JJ00", "20300", "MW00000"): float("nan"),
    }
    loaded = read_fetched(fetched(table, tmp_path))
    keys = {"indicator": "lonely", "age_group": "18+", "year": 2024}
    assert figure_of(loaded, region_code="GM1783", **keys)["obs_status"] == "suppressed"
    assert figure_of(loaded, region_code="GM0397", **keys)["obs_status"] == "not_applicable"


def test_an_unknown_topic_stops_until_its_name_is_added(tmp_path: Path) -> None:
    table = table_50150()
    table.topics[4] = replace(table.topics[4], key="ZeerEenzaam_26", title="Zeer eenzaam")
    with pytest.raises(SourceError, match="ZeerEenzaam_26"):
        fetched(table, tmp_path)
    words = with_aliases("severely_lonely", "ZeerEenzaam")
    fetched(table, tmp_path, vocabulary=words)
    figures = read_fetched(tmp_path, vocabulary=words).figures.to_pylist()
    assert len([f for f in figures if f["indicator"] == "severely_lonely"]) == 8 * 3 * 5


def test_an_age_that_metrics_yaml_does_not_have_is_neither_asked_for_nor_read(
    tmp_path: Path,
) -> None:
    table = table_50150()
    table.people = ("Leeftijd", {**table.people[1], "80300": "75 jaar of ouder"})
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        (first, *_) = service.asked_for("UntypedDataSet?")
    assert "(Leeftijd eq '20300' or Leeftijd eq '53115' or Leeftijd eq '80200')" in first
    loaded = read_fetched(tmp_path)
    assert {row["age_group"] for row in loaded.figures.to_pylist()} == {"18+", "18-64", "65+"}
    assert any("75 jaar of ouder" in note.detail for note in loaded.notes)


def test_an_age_code_that_changed_its_meaning_stops(tmp_path: Path) -> None:
    table = table_50150()
    table.people = ("Leeftijd", {**table.people[1], "80200": "75 jaar of ouder"})
    with pytest.raises(SourceError, match="age 80200"):
        fetched(table, tmp_path)


def test_a_dimension_that_is_missing_stops(tmp_path: Path) -> None:
    table = table_50150()
    table.periods = []
    for topic in table.topics:
        table.topics[table.topics.index(topic)] = replace(topic, not_in=())
    with pytest.raises(SourceError, match="one year, as there are no periods"):
        fetched(table, tmp_path)


def test_a_new_dimension_without_a_total_stops(tmp_path: Path) -> None:
    table = table_50140()
    table.people = ("Persoonskenmerken", {"3000": "Mannen", "4000": "Vrouwen"})
    with pytest.raises(SourceError, match="one code for the total"):
        fetched(table, tmp_path)


def test_a_region_that_the_lists_do_not_know_is_refused_row_by_row(tmp_path: Path) -> None:
    table = table_50150(regions=[*table_50150().regions, Region("GM9999", "Nergenshuizen")])
    loaded = read_fetched(fetched(table, tmp_path))
    assert {row.region_code for row in loaded.rejections} == {"GM9999"}
    assert len(loaded.rejections) == 3 * (3 * 5 + 4)
    assert not figures_of(loaded, region_code="GM9999")


def test_a_name_that_is_another_code_s_stops(tmp_path: Path) -> None:
    regions = [
        replace(region, name="Heemstede") if region.code == "GM1783" else region
        for region in table_50150().regions
    ]
    fetched(table_50150(regions=regions), tmp_path)
    with pytest.raises(SourceError, match="Heemstede"):
        read_fetched(tmp_path)


def test_a_name_with_odd_spaces_or_accents_is_tidied(tmp_path: Path) -> None:
    regions = [
        replace(region, name="\u00a0Westland  ") if region.code == "GM1783" else region
        for region in table_50150().regions
    ]
    loaded = read_fetched(fetched(table_50150(regions=regions), tmp_path))
    assert {row["region_name"] for row in figures_of(loaded, region_code="GM1783")} == {"Westland"}
    assert tidy(" Su\u0301dwest-\u00a0 Frysla\u0302n") == "S\u00fadwest- Frysl\u00e2n"


def test_regions_are_found_whichever_of_two_types_the_service_gives_them(tmp_path: Path) -> None:
    table = table_50150()
    table.geo_type = "GeoDetail"
    loaded = read_fetched(fetched(table, tmp_path, regions="neighbourhoods"))
    assert len({row["region_code"] for row in loaded.figures.to_pylist()}) == 11
    assert len(loaded.regions) == 3


def test_two_editions_stay_apart(tmp_path: Path) -> None:
    fetched(table_50090(), tmp_path)
    fetched(table_50150(), tmp_path)
    loaded = read_fetched(tmp_path)
    keys = {"region_code": "NL01", "indicator": "lonely", "age_group": "18+", "year": 2016}
    assert sorted(row["edition"] for row in figures_of(loaded, **keys)) == ["50090NED", "50150NED"]
    assert {file.edition: file.figures for file in loaded.files} == {
        "50090NED": 8 * 3 * (3 * 3 + 2),
        "50150NED": 8 * 3 * (3 * 5 + 4),
    }


def test_the_report_says_which_column_was_taken_for_what(tmp_path: Path) -> None:
    loaded = read_fetched(fetched(table_50150(), tmp_path))
    told = [note for note in loaded.notes if note.remark.of is NoteCode.COLUMN_RECOGNISED]
    assert {note.kind for note in told} == {"fixed"}
    severe = {"column": "SterkEenzaam_26", "indicator": "severely_lonely"}
    assert severe in [dict(note.remark.facts) for note in told]
