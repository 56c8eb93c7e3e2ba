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


def test_a_workbook_is_explained_by_its_sheets(tmp_path: Path) -> None:
    write_workbook(tmp_path / "inbox" / "a.xlsx", {"Blad1": [("a",)], "Blad2": [("b",)]})
    (problem,) = explain_unclaimed(tmp_path, claimed=[])
    assert problem.found == "a workbook with sheets Blad1, Blad2"


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
