"""Whole files: what they are, how they are written, where they lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.sources import places
from etl.sources.ggd_swing import GgdSwing
from etl.sources.portal import Portal
from tests.etl.sources.figure_files import HEADER, drop, line, load, notes, refusal, text

DUTCH_HEADER = HEADER.replace(",", ";")


def dutch(**changes: object) -> str:
    """Write a row as a Dutch Excel does."""
    return line(**changes).replace(",", ";").replace(".", ",")


def dutch_file(*lines: str) -> str:
    return "\r\n".join((DUTCH_HEADER, *lines)) + "\r\n"


def test_a_dutch_excel_file_gives_the_same_figure_as_a_file_with_points(tmp_path: Path) -> None:
    content = dutch_file(dutch(note="één café", region_name="Hardenberg")).encode("cp1252")
    drop(tmp_path / "dutch", content)
    drop(tmp_path / "point", text(line(note="één café", region_name="Hardenberg")))
    ours, theirs = load(tmp_path / "dutch"), load(tmp_path / "point")
    assert ours.figures == theirs.figures
    assert ours.figures["value"].to_pylist() == [38.5]
    assert ours.figures["note"].to_pylist() == ["één café"]


def test_a_dutch_excel_file_is_reported_as_mended(tmp_path: Path) -> None:
    drop(tmp_path, dutch_file(dutch(note="één")).encode("cp1252"))
    fixed = notes(load(tmp_path), "fixed")
    assert "1 read as Windows-1252, the encoding of Dutch Excel" in fixed
    assert "1 read as Dutch Excel: semicolon, decimal comma" in fixed


def test_a_dutch_excel_file_in_utf8_keeps_its_letters(tmp_path: Path) -> None:
    drop(tmp_path, dutch_file(dutch(note="één")))
    loaded = load(tmp_path)
    assert loaded.figures["note"].to_pylist() == ["één"]
    assert not any("Windows" in note for note in notes(loaded, "fixed"))


def test_a_decimal_point_in_a_dutch_excel_file_stops(tmp_path: Path) -> None:
    drop(tmp_path, dutch_file(dutch().replace("38,5", "38.5")))
    message = refusal(tmp_path)
    assert "inbox/ours.csv, row 2, column value" in message
    assert '"38.5"' in message
    assert "such as 38,5" in message


def test_windows_1252_without_the_dutch_header_stops_at_its_line(tmp_path: Path) -> None:
    drop(tmp_path, text(line(), line(year=2016, note="één")).encode("cp1252"))
    message = refusal(tmp_path)
    assert "inbox/ours.csv, line 3" in message
    assert "0xe9, not UTF-8" in message


def test_a_byte_that_windows_1252_does_not_have_stops(tmp_path: Path) -> None:
    drop(tmp_path, dutch_file(dutch(note="x")).encode().replace(b";x", b";\x81"))
    assert "line 2" in refusal(tmp_path)


def test_utf16_stops(tmp_path: Path) -> None:
    drop(tmp_path, text(line()).encode("utf-16-le"), folder="figures")
    assert "figures/ours.csv, line 1" in refusal(tmp_path)


def test_a_byte_order_mark_is_removed_and_reported(tmp_path: Path) -> None:
    drop(tmp_path, b"\xef\xbb\xbf" + text(line()).encode())
    loaded = load(tmp_path)
    assert loaded.figures["series_id"].to_pylist() == ["ggd_monitor"]
    assert "1 byte order mark at the start of the file removed" in notes(loaded, "fixed")


def test_a_letter_lost_in_an_earlier_conversion_stops(tmp_path: Path) -> None:
    message = refusal(tmp_path, line(), line(year=2016, note="\ufffd\ufffdn"))
    assert "inbox/ours.csv, row 3, column note" in message


@pytest.mark.parametrize(
    "content",
    [b"<!DOCTYPE html><html><body>502</body></html>", b"\n  <HTML>", b"<?xml version='1.0'?>"],
)
def test_a_web_page_saved_as_csv_stops(tmp_path: Path, content: bytes) -> None:
    drop(tmp_path, content, folder="figures")
    message = refusal(tmp_path)
    assert "figures/ours.csv" in message
    assert "a web page" in message


def test_a_workbook_named_csv_stops(tmp_path: Path) -> None:
    drop(tmp_path, b"PK\x03\x04rest", folder="figures")
    assert "a workbook or archive" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"  \n\n ", b"\xef\xbb\xbf"])
def test_an_empty_file_stops(tmp_path: Path, content: bytes) -> None:
    drop(tmp_path, content, folder="figures")
    assert "an empty file" in refusal(tmp_path)


def test_a_file_with_tabs_stops_at_its_header(tmp_path: Path) -> None:
    drop(tmp_path, text(line()).replace(",", "\t"))
    message = refusal(tmp_path)
    assert "inbox/ours.csv, row 1" in message
    assert "column names with commas" in message


def test_a_header_with_commas_over_rows_with_semicolons_stops(tmp_path: Path) -> None:
    drop(tmp_path, HEADER + "\n" + dutch() + "\n")
    message = refusal(tmp_path)
    assert "inbox/ours.csv, row 2" in message
    assert "16 columns" in message


def test_every_row_with_another_number_of_columns_is_named(tmp_path: Path) -> None:
    message = refusal(
        tmp_path, line(), line(year=2016) + ",extra", line(year=2012), "ggd_monitor,p"
    )
    assert "row 3" in message
    assert "17 columns" in message
    assert "row 5" in message
    assert "2 columns" in message
    assert "row 4" not in message


def test_misshapen_rows_are_listed_up_to_twenty_and_then_counted(tmp_path: Path) -> None:
    drop(tmp_path, text(*["a,b"] * 50))
    with pytest.raises(SourceError) as caught:
        load(tmp_path)
    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1].found == "30 more rows with another number of columns"


def test_a_file_that_was_cut_off_in_its_last_row_stops(tmp_path: Path) -> None:
    drop(tmp_path, text(line(), line(year=2016))[:-40])
    message = refusal(tmp_path)
    assert "row 3" in message
    assert "cut off" in message


def test_a_quotation_mark_that_never_closes_stops(tmp_path: Path) -> None:
    message = refusal(tmp_path, line(), line(note='"open', year=2016), line(year=2012))
    assert "line 3 or later" in message
    assert "never closed" in message


@pytest.mark.parametrize("column", ["region_name", "note"])
def test_two_quotation_marks_that_are_no_pair_do_not_swallow_rows(
    tmp_path: Path, column: str
) -> None:
    rows = (line(**{column: '"a'}), line(year=2016), line(**{column: 'b"'}, year=2012))
    message = refusal(tmp_path, *rows)
    assert f"row 2, column {column}" in message
    assert "whole rows" in message


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    two_lines = line(note='"first\nsecond"')
    drop(tmp_path, text(two_lines, "", line(year=2016), "," * 15, line(year=2012)))
    loaded = load(tmp_path)
    assert loaded.figures["row"].to_pylist() == [2, 4, 6]
    assert loaded.figures["note"][0].as_py() == "first\nsecond"
    assert "2 empty rows left out" in notes(loaded, "fixed")


def test_spaces_around_cells_are_removed_and_counted(tmp_path: Path) -> None:
    drop(tmp_path, text(line(region_code=" GM0160 ", indicator="lonely\u00a0")))
    loaded = load(tmp_path)
    assert loaded.figures["region_code"].to_pylist() == ["GM0160"]
    assert "2 spaces around the text of a cell removed" in notes(loaded, "fixed")


def test_a_column_that_stands_there_twice_stops(tmp_path: Path) -> None:
    drop(tmp_path, HEADER.replace("note", "value") + "\n" + line() + "\n")
    message = refusal(tmp_path)
    assert "row 1" in message
    assert "twice: value" in message


def test_a_link_out_of_the_data_folder_stops(tmp_path: Path) -> None:
    outside = drop(tmp_path, text(line()), folder="elsewhere")
    link = tmp_path / "data" / "inbox" / "ours.csv"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    message = refusal(tmp_path / "data")
    assert "inbox/ours.csv" in message
    assert "a link or path to" in message


@pytest.mark.parametrize("name", ["ours.csv", "ours.xlsx", "ours.json"])
def test_a_link_to_itself_stops_no_source(tmp_path: Path, name: str) -> None:
    link = tmp_path / "inbox" / name
    link.parent.mkdir()
    link.symlink_to(link)
    found = [path for source in (Portal(), GgdSwing()) for path in source.find(tmp_path)]
    assert found == []
    if name == "ours.csv":
        assert "inbox/ours.csv\n    found     not a plain file" in refusal(tmp_path)


def test_a_name_in_another_encoding_stops(tmp_path: Path) -> None:
    drop(tmp_path, text(line()), name="Frysl\udce2n.csv")
    message = refusal(tmp_path)
    assert r"inbox/Frysl\udce2n.csv" in message
    assert "Rename the file" in message


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_a_header_alone_is_a_file_without_figures(tmp_path: Path, end: str) -> None:
    drop(tmp_path, HEADER + end)
    assert notes(load(tmp_path), "warned") == ["0 no figures in it"]


def test_a_last_row_without_an_end_is_a_row(tmp_path: Path) -> None:
    drop(tmp_path, text(line(), line(year=2016)).rstrip("\n"))
    assert load(tmp_path).figures["year"].to_pylist() == [2020, 2016]


@pytest.mark.parametrize("start", ["<!-- 502 -->", "<error>", "<HTML>"])
def test_any_markup_is_no_file_with_columns(tmp_path: Path, start: str) -> None:
    drop(tmp_path, f"{start}{text(line())}")
    assert "a web page" in refusal(tmp_path)


@pytest.mark.parametrize("start", ["sep=;", "SEP=,", "\ufeffsep=;"])
def test_the_line_that_only_excel_reads_is_told_by_its_name(tmp_path: Path, start: str) -> None:
    drop(tmp_path, f"{start}\r\n{text(line())}", folder="figures")
    message = refusal(tmp_path)
    assert "figures/ours.csv, row 1" in message
    assert "Remove the first line" in message


def test_a_row_with_a_comma_too_many_is_not_called_cut_off(tmp_path: Path) -> None:
    message = refusal(tmp_path, line(value="38,0"))
    assert "inbox/ours.csv, row 2\n    found     17 columns" in message
    assert "Put quotation marks around" in message
    assert "cut off" not in message


def test_of_many_columns_that_are_not_read_the_first_are_named(tmp_path: Path) -> None:
    extra = [f"extra{number}" for number in range(5000)]
    header, row = f"{HEADER},{','.join(extra)}", line() + ",x" * len(extra)
    drop(tmp_path, f"{header}\n{row}\n")
    (said,) = notes(load(tmp_path), "warned")
    assert said.startswith("5000 columns that are not read: extra0, extra1, ")
    assert said.endswith("extra11 … (5000 in all)")


def test_a_link_inside_the_data_folder_is_a_file_like_any_other(tmp_path: Path) -> None:
    target = drop(tmp_path, text(line()), name="kept.txt")
    (tmp_path / "inbox" / "ours.csv").symlink_to(target)
    assert load(tmp_path).figures.num_rows == 1


def test_a_folder_named_as_a_file_stops(tmp_path: Path) -> None:
    (tmp_path / "figures" / "ours.csv").mkdir(parents=True)
    assert "not a plain file" in refusal(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    os.mkfifo(tmp_path / "figures" / "ours.csv")
    assert "not a plain file" in refusal(tmp_path)


def test_a_file_beyond_two_hundred_megabytes_is_not_read(tmp_path: Path) -> None:
    path = drop(tmp_path, text(line()), folder="figures")
    with path.open("r+b") as stream:
        stream.truncate(200_000_001)
    message = refusal(tmp_path)
    assert "200.0 MB" in message
    assert "at most 200 MB" in message


def test_too_many_rows_stop_before_the_end_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MAX_ROWS", 3)
    assert "more than 3 rows" in refusal(tmp_path, line(), line(year=2016), line(year=2012))


def test_five_million_rows_is_the_limit() -> None:
    assert places.MAX_ROWS == 5_000_000


def test_hidden_files_of_editors_are_no_figures(tmp_path: Path) -> None:
    for name in (".~lock.ours.csv", "~$ours.csv", "._ours.csv"):
        drop(tmp_path, b"\x00\x05\x16\x07", name=name, folder="figures")
    assert load(tmp_path).figures.num_rows == 0
