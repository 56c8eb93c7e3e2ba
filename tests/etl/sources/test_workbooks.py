"""Workbooks that are none, are damaged, or would unpack to far more than they are."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.sources import workbooks
from etl.sources.workbooks import read_workbook
from tests.etl.sources.swing_files import write_workbook


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_workbook(path, file="inbox/ours.xlsx")
    assert {problem.where for problem in caught.value.problems} == {"inbox/ours.xlsx"}
    return str(caught.value)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "ours.xlsx", {"data": [("a", "b"), (1, 2.5), (None, "=1+1")]})


def test_cells_come_as_stored_and_formulas_as_their_text(good: Path) -> None:
    assert read_workbook(good, file="f") == {"data": [("a", "b"), (1, 2.5), (None, "=1+1")]}


def test_only_the_first_rows_are_read_where_that_is_asked(good: Path) -> None:
    assert read_workbook(good, file="f", rows=1) == {"data": [("a", "b")]}


@pytest.mark.parametrize(
    "content", [b"", b"no workbook", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_workbook_stops(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ours.xlsx"
    path.write_bytes(content)
    assert "no Excel workbook, or a damaged one" in refusal(path)


def test_an_archive_of_something_else_stops(tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "an archive without a workbook" in refusal(path)


def test_a_bomb_is_not_unpacked(good: Path) -> None:
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(200_000_001))
    assert good.stat().st_size < 1_000_000
    message = refusal(good)
    assert "unpack to 200 MB" in message


def test_too_many_parts_stop(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_PARTS", 3)
    assert "parts that unpack" in refusal(good)


def test_a_sheet_that_claims_endless_cells_stops(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MAX_CELLS", 5)
    assert "more than 5 cells" in refusal(good)


def rewritten(path: Path, part: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, original in parts.items():
            archive.writestr(name, content if name == part else original)
    return path


@pytest.mark.parametrize("definition", [b'<!DOCTYPE x SYSTEM "http://x">', b'<!ENTITY a "aaaa">'])
def test_definitions_of_a_documents_own_stop(good: Path, definition: bytes) -> None:
    bomb = b'<?xml version="1.0"?>' + definition + b"<x/>"
    assert "document definitions" in refusal(rewritten(good, "xl/worksheets/sheet1.xml", bomb))


def test_a_sheet_that_understates_its_size_is_read_whole(good: Path) -> None:
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(good) as archive:
        sheet = archive.read(part)
    understated = sheet.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1"')
    assert understated != sheet
    assert len(read_workbook(rewritten(good, part, understated), file="f")["data"]) == 3


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<cut", b"<x/>"])
def test_a_damaged_part_stops_or_leaves_no_rows(good: Path, part: str, content: bytes) -> None:
    path = rewritten(good, part, content)
    try:
        sheets = read_workbook(path, file="inbox/ours.xlsx")
    except SourceError as error:
        assert error.problems[0].where == "inbox/ours.xlsx"
    else:
        assert part != "xl/worksheets/sheet1.xml" or not any(sheets.values())


def test_a_workbook_beyond_two_hundred_megabytes_is_not_read(good: Path) -> None:
    with good.open("r+b") as stream:
        stream.truncate(200_000_001)
    assert "200.0 MB" in refusal(good)
