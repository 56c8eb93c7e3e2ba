"""Downloads of the portal load as they are, recognised by their columns; damaged ones do not."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.sources.base import Loaded, Vocabulary
from etl.sources.portal import Portal
from tests.etl.statline import ADULTS, VOCABULARY, YOUNG, figure_of, figures_of

REGION = ["Gemeentenaam_1", "SoortRegio_2", "Codering_3"]
HEADER = [
    *("ID", "Leeftijd", "Marges", "WijkenEnBuurten", "Perioden", *REGION, "Roker_11"),
    *("Eenzaam_28", "ErnstigZeerErnstigEenzaam_29", "EmotioneelEenzaam_30", "SociaalEenzaam_31"),
]
"""Columns of a workbook of 50090NED, most topics left out."""


def row(code: str, name: str, kind: str, *cells: str | None, number: int = 312139) -> list[Any]:
    """Return a row as the portal writes it: numbers for ID and age, padded texts for the rest."""
    names = (name.ljust(40), kind.ljust(10), code.ljust(20))
    return [number, 80200, "MW00000", code.ljust(10), "2016JJ00", *names, "    11.9", *cells]


# figures of RIVM StatLine 50090NED: 65 and over, 2016
ROWS = [
    row("NL01", "Nederland", "Land", "    48.3", "     9.5", "    23.7", "    34.6"),
    row("GM1783", "Westland", "Gemeente", "    45.8", "     8.5", "    22.7", "    30.2"),
    row("WK178301", "Westland", "Wijk", "       .", "       .", "       .", "       ."),
]

YOUNG_HEADER = (
    "ID;Persoonskenmerken;Marges;RegioS;MoeiteMetRondkomen_1;EnigszinsTotSterkEenzaam_53;"
    "SterkEenzaam_54;EnigszinsTotSterkSociaalEenzaam_55;SterkSociaalEenzaam_56;"
    "EnigszinsTotSterkEmotioneelEenzaam_57;SterkEmotioneelEenzaam_58"
)
YOUNG_CSV = f"""{YOUNG_HEADER}
0;T009002;MW00000;NL01  ;28.3;71.5;22.5;56.7;21.2;55.6;23.1
1;T009002;MW00000;GG0111;30.1;73;24;55;20.5;57.5;25
2;T009002;MW00000;GM0160;25.9;;;;;;
"""
"""A download of the typed data, in the layout of 50140NED; the figures are made up."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return an empty inbox."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def save_workbook(
    path: Path,
    rows: Sequence[Sequence[Any]] = ROWS,
    *,
    header: Sequence[str] = HEADER,
    sheet: str = "50090NED_UntypedDataSet_1305202",
) -> Path:
    """Save a workbook with one sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(sheet)
    for cells in (header, *rows):
        page.append(list(cells))
    book.save(path)
    return path


def load(inbox: Path, *, vocabulary: Vocabulary = VOCABULARY) -> Loaded:
    """Read all downloads in an inbox."""
    data, source = inbox.parent, Portal()
    return source.read(source.find(data), data=data, vocabulary=vocabulary)


def refusal(inbox: Path, *, vocabulary: Vocabulary = VOCABULARY) -> str:
    """Expect a refusal and return its message with all four parts."""
    with pytest.raises(SourceError) as stopped:
        load(inbox, vocabulary=vocabulary)
    for problem in stopped.value.problems:
        assert problem.where.startswith("inbox/")
        assert all((problem.found, problem.expected, problem.remedy))
    return str(stopped.value)


def test_a_workbook_of_the_portal_loads_unchanged(inbox: Path) -> None:
    save_workbook(inbox / "2016_65+.xlsx")
    loaded = load(inbox)
    figure = figure_of(loaded, region_code="GM1783", indicator="severely_lonely")
    assert (figure["value"], figure["age_group"], figure["year"]) == (8.5, "65+", 2016)
    assert (figure["edition"], figure["series_id"]) == ("50090NED", "rivm_smap")
    assert (figure["rounding_step"], figure["obs_status"]) == (0.1, "normal")
    assert (figure["file"], figure["row"]) == ("inbox/2016_65+.xlsx", 3)
    assert figure["ci_lower"] is None
    assert len(loaded.figures) == 3 * 4
    assert [(f.origin, f.edition, f.figures) for f in loaded.files] == [("inbox", "50090NED", 12)]


def test_a_suppressed_district_is_kept_under_the_name_that_the_file_gives(inbox: Path) -> None:
    save_workbook(inbox / "x.xlsx")
    loaded = load(inbox)
    assert (
        figure_of(loaded, region_code="WK178301", indicator="lonely")["obs_status"] == "suppressed"
    )
    (region,) = loaded.regions
    assert region.region_name == "Wijk WK178301 (Westland)"
    assert region.municipality_code == "GM1783"


def test_a_workbook_without_a_table_id_is_recognised_by_its_topics(inbox: Path) -> None:
    save_workbook(inbox / "x.xlsx", sheet="RIVM_gezondheid2020_65+")
    assert {row["edition"] for row in load(inbox).figures.to_pylist()} == {"50090NED"}


def test_topics_that_fit_no_table_or_two_ask_for_the_table(inbox: Path) -> None:
    save_workbook(inbox / "x.xlsx", sheet="Blad1")
    unlisted = replace(ADULTS, file_keys={})
    message = refusal(inbox, vocabulary=replace(VOCABULARY, series={"rivm_smap": unlisted}))
    assert "no table id" in message
    assert "file_keys" in message
    twice = replace(ADULTS, file_keys={"50090NED": ("Eenzaam_28",), "50160NED": ("Eenzaam_28",)})
    message = refusal(inbox, vocabulary=replace(VOCABULARY, series={"rivm_smap": twice}))
    assert "they fit 50090NED, 50160NED" in message


def test_a_table_that_is_almost_known_is_named_with_what_it_lacks(inbox: Path) -> None:
    moved = YOUNG_CSV.replace("EnigszinsTotSterkEenzaam_53", "EnigszinsTotSterkEenzaam_63")
    (inbox / "young.csv").write_text(moved, encoding="utf-8")
    lacking = "(nearest is 50140NED, without EnigszinsTotSterkEenzaam_53)"
    assert lacking in refusal(inbox)


def test_a_period_where_the_table_has_none_is_told_with_what_is_expected(inbox: Path) -> None:
    header, *rows = YOUNG_CSV.splitlines()
    quarters = "\n".join((f"{header};Perioden", *(f"{row};2024KW01" for row in rows)))
    (inbox / "young.csv").write_text(quarters + "\n", encoding="utf-8")
    message = refusal(inbox)
    assert "Perioden '2024KW01'" in message
    assert "expected  a year such as 2016JJ00" in message


def test_a_code_without_its_zeros_stops(inbox: Path) -> None:
    (inbox / "young.csv").write_text(YOUNG_CSV.replace("GM0160", "160"), encoding="utf-8-sig")
    message = refusal(inbox)
    assert "RegioS '160'" in message
    assert "inbox/young.csv, row 4" in message


def test_a_table_id_that_contradicts_the_topics_stops(inbox: Path) -> None:
    save_workbook(inbox / "x.xlsx", sheet="50150NED_UntypedDataSet_1")
    assert "table 50150NED without Eenzaam_25, SterkEenzaam_26" in refusal(inbox)


def test_a_table_of_no_series_stops(inbox: Path) -> None:
    save_workbook(inbox / "x.xlsx", sheet="50999NED_UntypedDataSet_1")
    assert "50999NED, which no series lists" in refusal(inbox)


def test_the_csv_of_the_typed_data_loads_unchanged(inbox: Path) -> None:
    (inbox / "young.csv").write_text(YOUNG_CSV, encoding="utf-8-sig")
    loaded = load(inbox)
    figure = figure_of(loaded, region_code="GG0111", indicator="lonely_6item")
    assert (figure["value"], figure["rounding_step"]) == (73.0, 0.1)
    assert (figure["age_group"], figure["year"], figure["row"]) == ("16-25", 2024, 3)
    assert {row["edition"] for row in loaded.figures.to_pylist()} == {"50140NED"}
    blank = figures_of(loaded, region_code="GM0160")
    assert {row["obs_status"] for row in blank} == {"not_applicable"}
    assert len(blank) == 6


def test_the_year_of_a_table_without_periods_comes_from_metrics_yaml_or_stops(inbox: Path) -> None:
    (inbox / "young.csv").write_text(YOUNG_CSV, encoding="utf-8-sig")
    keys = {"50140NED": ("EnigszinsTotSterkEenzaam_53",)}
    titled = replace(YOUNG, file_keys=keys, titles=("Gezondheidsmonitor Jongvolwassenen 2024",))
    loaded = load(inbox, vocabulary=replace(VOCABULARY, series={"rivm_young_adults": titled}))
    assert {row["year"] for row in loaded.figures.to_pylist()} == {2024}
    untitled = replace(YOUNG, file_keys=keys)
    message = refusal(inbox, vocabulary=replace(VOCABULARY, series={"rivm_young_adults": untitled}))
    assert "no column Perioden" in message


def test_other_people_than_the_total_are_left_out(inbox: Path) -> None:
    men = "3;3000;MW00000;NL01  ;28.3;61.5;12.5;46.7;11.2;45.6;13.1\n"
    (inbox / "young.csv").write_text(YOUNG_CSV + men, encoding="utf-8-sig")
    loaded = load(inbox)
    assert figure_of(loaded, region_code="NL01", indicator="lonely_6item")["value"] == 71.5
    assert [note.count for note in loaded.notes if "Persoonskenmerken" in note.detail] == [1]


@pytest.mark.parametrize("group", ["", "NA", ".", "=1+1", "-1"])
def test_a_group_that_is_no_code_stops(group: str, inbox: Path) -> None:
    text = YOUNG_CSV.replace("2;T009002", f"2;{group}")
    (inbox / "young.csv").write_text(text, encoding="utf-8-sig")
    message = refusal(inbox)
    assert "inbox/young.csv, row 4" in message
    assert "Persoonskenmerken" in message


def test_a_further_dimension_without_its_total_stops(inbox: Path) -> None:
    (inbox / "young.csv").write_text(YOUNG_CSV.replace("T009002", "3000   "), encoding="utf-8-sig")
    assert "Persoonskenmerken with 3000" in refusal(inbox)


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_page_of_json_loads(wrapped: bool, inbox: Path) -> None:
    records: Any = [dict(zip(HEADER, map(_json_cell, cells), strict=True)) for cells in ROWS]
    if wrapped:
        records = {"odata.metadata": "https://x/50090NED/$metadata", "value": records}
    (inbox / "rows.json").write_text(json.dumps(records))
    loaded = load(inbox)
    figure = figure_of(loaded, region_code="NL01", indicator="socially_lonely")
    assert (figure["value"], figure["row"]) == (34.6, 1)
    assert len(loaded.figures) == 12


def _json_cell(cell: object) -> object:
    return str(cell) if isinstance(cell, int) else cell


def test_numbers_that_excel_made_of_the_texts_read_the_same(inbox: Path) -> None:
    rows = [[_number(cell) for cell in cells] for cells in ROWS]
    save_workbook(inbox / "x.xlsx", rows)
    figure = figure_of(load(inbox), region_code="GM1783", indicator="lonely")
    assert (figure["value"], figure["rounding_step"]) == (45.8, 0.1)


def _number(cell: object) -> object:
    try:
        return float(cell) if isinstance(cell, str) else cell
    except ValueError:
        return cell


def test_bounds_in_a_download_are_joined(inbox: Path) -> None:
    bounds = []
    for margin, cells in {"MOG0095": ("44.0", "7.1"), "MBG0095": ("47.5", "9.9")}.items():
        changed = [*ROWS[1]]
        changed[2], changed[9], changed[10] = margin, *cells
        bounds.append(changed)
    save_workbook(inbox / "x.xlsx", [*ROWS, *bounds])
    figure = figure_of(load(inbox), region_code="GM1783", indicator="lonely")
    assert (figure["ci_lower"], figure["value"], figure["ci_upper"]) == (44.0, 45.8, 47.5)


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        ("Eenzaam_28", "38,0", "'38,0' in Eenzaam_28"),
        ("Eenzaam_28", "NA", "'NA' in Eenzaam_28"),
        ("Eenzaam_28", "=1+1", "'=1+1' in Eenzaam_28"),
        ("WijkenEnBuurten", "GM0397", "GM0397 described as GM1783"),
        ("Perioden", "2016KW01", "Perioden '2016KW01'"),
        ("Leeftijd", 99999, "age 99999"),
        ("Marges", "MW", "Marges 'MW'"),
        ("Codering_3", "GM0397", "GM1783 described as GM0397"),
        ("Roker_11", True, "True"),
    ],
)
def test_a_wrong_cell_stops_the_load(column: str, cell: object, found: str, inbox: Path) -> None:
    rows = [list(cells) for cells in ROWS]
    rows[1][HEADER.index(column)] = cell
    save_workbook(inbox / "x.xlsx", rows)
    message = refusal(inbox)
    assert found in message
    assert "inbox/x.xlsx" in message
    assert "row 3" in message or column == "Leeftijd"


@pytest.mark.parametrize("column", ["Perioden", "Leeftijd", "Marges", "SociaalEenzaam_31"])
def test_a_missing_column_stops_the_load(column: str, inbox: Path) -> None:
    place = HEADER.index(column)
    rows = [[*cells[:place], *cells[place + 1 :]] for cells in ROWS]
    save_workbook(inbox / "x.xlsx", rows, header=[name for name in HEADER if name != column])
    message = refusal(inbox)
    assert column in message or "socially_lonely" in message


def test_an_extra_column_is_left_out_with_a_warning(inbox: Path) -> None:
    rows = [[*cells, "gecontroleerd"] for cells in ROWS]
    save_workbook(inbox / "x.xlsx", rows, header=[*HEADER, "Opmerking"])
    loaded = load(inbox)
    assert len(loaded.figures) == 12
    assert any("Opmerking" in note.detail for note in loaded.notes if note.kind == "warned")


def test_an_unknown_loneliness_topic_stops(inbox: Path) -> None:
    rows = [[*cells, "    12.0"] for cells in ROWS]
    save_workbook(inbox / "x.xlsx", rows, header=[*HEADER, "MatigEenzaam_39"])
    assert "MatigEenzaam_39" in refusal(inbox)


def test_a_column_twice_stops(inbox: Path) -> None:
    rows = [[*cells, "    12.0"] for cells in ROWS]
    save_workbook(inbox / "x.xlsx", rows, header=[*HEADER, "Eenzaam_28"])
    assert "Eenzaam_28 twice" in refusal(inbox)


def test_problems_of_several_files_are_told_at_once(inbox: Path) -> None:
    save_workbook(inbox / "a.xlsx", sheet="50999NED")
    save_workbook(inbox / "b.xlsx", sheet="50150NED")
    message = refusal(inbox)
    assert "inbox/a.xlsx" in message
    assert "inbox/b.xlsx" in message


def test_empty_rows_do_not_shift_the_row_numbers(inbox: Path) -> None:
    save_workbook(inbox / "x.xlsx", [ROWS[0], [], ROWS[1]])
    assert figure_of(load(inbox), region_code="GM1783", indicator="lonely")["row"] == 4


def test_other_files_are_not_ours(inbox: Path) -> None:
    (inbox / "error.json").write_text("<html>Onderhoud</html>")
    (inbox / "error.csv").write_text("<!DOCTYPE html><html></html>")
    (inbox / "figures.csv").write_text("series_id,edition,region_code\n")
    (inbox / "forged.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (inbox / "notes.txt").write_text("WijkenEnBuurten;Eenzaam_28")
    save_workbook(inbox / "other.xlsx", [[1]], header=["Naam"])
    assert Portal().find(inbox.parent) == []


def test_a_truncated_page_of_json_stops(inbox: Path) -> None:
    text = json.dumps([dict(zip(HEADER, ROWS[0], strict=True))] * 3)
    (inbox / "rows.json").write_text(text[:-40])
    assert "cut off or damaged" in refusal(inbox)


def test_a_record_without_a_column_stops(inbox: Path) -> None:
    records = [dict(zip(HEADER, map(_json_cell, cells), strict=True)) for cells in ROWS]
    del records[1]["Eenzaam_28"]
    (inbox / "rows.json").write_text(json.dumps(records))
    assert "inbox/rows.json, record 2" in refusal(inbox)


def test_json_that_is_nested_too_deep_stops(inbox: Path) -> None:
    (inbox / "rows.json").write_text('["WijkenEnBuurten",' + "[" * 200_000)
    assert "cut off or damaged" in refusal(inbox)


def test_a_header_in_small_letters_stops(inbox: Path) -> None:
    (inbox / "young.csv").write_text(YOUNG_CSV.replace("RegioS", "regios"), encoding="utf-8")
    assert "one column WijkenEnBuurten or RegioS" in refusal(inbox)


def test_a_truncated_csv_stops(inbox: Path) -> None:
    (inbox / "young.csv").write_text(YOUNG_CSV[:-12], encoding="utf-8-sig")
    assert "inbox/young.csv, row 4" in refusal(inbox)


def test_a_link_to_a_file_elsewhere_is_not_followed(inbox: Path) -> None:
    save_workbook(inbox.parent.parent / "outside.xlsx")
    (inbox / "x.xlsx").symlink_to(inbox.parent.parent / "outside.xlsx")
    assert Portal().find(inbox.parent) == []


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_not_opened(inbox: Path) -> None:
    path = save_workbook(inbox / "x.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * 201_000_000)
    assert path.stat().st_size < 1_000_000
    assert Portal().find(inbox.parent) == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_a_mutated_csv_is_refused_or_gives_the_same_figures(
    draw: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = YOUNG_CSV.splitlines(keepends=True)
    change = draw.draw(st.sampled_from(["drop_column", "swap_cells", "byte", "cut", "separator"]))
    text = _mutated(lines, change=change, draw=draw)
    inbox = tmp_path_factory.mktemp("fuzz") / "inbox"
    inbox.mkdir()
    (inbox / "young.csv").write_bytes(text)
    try:
        loaded = load(inbox)
    except SourceError as error:
        assert all(problem.where.startswith("inbox/young.csv") for problem in error.problems)
        return
    for figure in loaded.figures.to_pylist():
        assert figure["series_id"] == "rivm_young_adults"
        assert figure["value"] is None or 0 <= figure["value"] <= 100


def _mutated(lines: list[str], *, change: str, draw: st.DataObject) -> bytes:
    """Break a file in one way."""
    if change == "drop_column":
        column = draw.draw(st.integers(0, 10))
        return "".join(_without(line, column) for line in lines).encode()
    if change == "swap_cells":
        one, other = draw.draw(st.integers(0, 10)), draw.draw(st.integers(0, 10))
        cells = lines[1].strip().split(";")
        cells[one], cells[other] = cells[other], cells[one]
        return "".join([lines[0], ";".join(cells) + "\n", *lines[2:]]).encode()
    content = bytearray("".join(lines).encode())
    place = draw.draw(st.integers(0, len(content) - 1))
    if change == "byte":
        content[place] = draw.draw(st.integers(0, 255))
    elif change == "cut":
        del content[place:]
    else:
        content = bytearray(content.replace(b";", draw.draw(st.sampled_from([b",", b"\t", b"|"]))))
    return bytes(content)


def _without(line: str, column: int) -> str:
    cells = line.rstrip("\n").split(";")
    return ";".join(cells[:column] + cells[column + 1 :]) + "\n"


def test_of_two_files_the_later_one_says_when_it_came(inbox: Path) -> None:
    path = save_workbook(inbox / "x.xlsx")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (file,) = load(inbox).files
    assert file.retrieved_at is not None
    assert file.retrieved_at.isoformat() == "2023-11-14T22:13:20"
