"""Nothing that somebody dropped is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.sources.unclaimed import explain_unclaimed
from tests.etl.sources.figure_files import drop
from tests.etl.sources.swing_files import write_workbook


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("page.csv", b"<!DOCTYPE html><html>", "a web page"),
        ("other.csv", b"naam,aantal\nx,1\n", "columns naam, aantal"),
        ("broken.xlsx", b"no workbook", "no Excel workbook"),
        ("report.pdf", b"%PDF", "a file of another kind (.pdf)"),
        ("README", b"text", "a file of another kind (no extension)"),
        ("empty.csv", b"", "an empty file"),
        ("page.json", b"\n<!DOCTYPE html><html>", "a web page"),
        ("error.json", b'{"odata.error": {"code": ""}}', "JSON without the columns of a table"),
    ],
)
def test_a_file_that_no_source_recognises_is_explained(
    tmp_path: Path, name: str, content: bytes, found: str
) -> None:
    drop(tmp_path, content, name=name)
    (problem,) = explain_unclaimed(tmp_path, claimed=[])
    assert problem.where == f"inbox/{name}"
    assert found in problem.found
    assert problem.remedy


def test_a_workbook_is_explained_by_its_sheets_and_their_first_rows(tmp_path: Path) -> None:
    sheets = {"data": [("PERIODE", None, "GEBIED"), (2020, 1, 2)], "Blad2": []}
    write_workbook(tmp_path / "inbox" / "a.xlsx", sheets)
    (problem,) = explain_unclaimed(tmp_path, claimed=[])
    told = "data (PERIODE, GEBIED), Blad2 (nothing on its first row)"
    assert problem.found == f"a workbook with sheets {told}"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json", "a.pdf"])
@pytest.mark.parametrize("target", ["a", "nowhere", "outside"])
def test_a_link_that_leads_elsewhere_or_nowhere_is_explained(
    tmp_path: Path, name: str, target: str
) -> None:
    (tmp_path / "outside").write_bytes(b"PK")
    link = tmp_path / "data" / "inbox" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(link if target == "a" else tmp_path / target)
    (problem,) = explain_unclaimed(tmp_path / "data", claimed=[])
    assert problem.where == f"inbox/{name}"
    found = "not a plain file" if target == "a" else f"a link or path to {tmp_path / target}"
    assert problem.found == found


def test_a_name_in_another_encoding_is_explained(tmp_path: Path) -> None:
    drop(tmp_path, b"x", name="Frysl\udce2n.csv")
    (problem,) = explain_unclaimed(tmp_path, claimed=[])
    assert problem.where == r"inbox/Frysl\udce2n.csv"
    assert "Rename the file" in problem.remedy


def test_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "inbox" / "2024").mkdir(parents=True)
    (problem,) = explain_unclaimed(tmp_path, claimed=[])
    assert (problem.where, problem.found) == ("inbox/2024", "a folder")


def test_claimed_and_hidden_files_need_no_explanation(tmp_path: Path) -> None:
    claimed = drop(tmp_path, b"x", name="ours.csv")
    for name in (".gitkeep", "~$ours.xlsx"):
        drop(tmp_path, b"", name=name)
    assert explain_unclaimed(tmp_path, claimed=[claimed]) == []
    assert explain_unclaimed(tmp_path / "elsewhere", claimed=[]) == []
