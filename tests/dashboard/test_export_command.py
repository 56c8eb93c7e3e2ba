"""`python -m dashboard export`: what it writes, what it refuses, and what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import weakref
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboard import browser, export_command
from dashboard.__main__ import main
from dashboard.data import Build, build_of, current_build
from dashboard.export_files import FORMATS
from dashboard.warehouse import Warehouse
from tests.dashboard.exported import ROOT, TARGETS

pytestmark = pytest.mark.xdist_group("drawing")


def export(out: Path, warehouse: Path, *arguments: str) -> int:
    """Run the command in this process."""
    return main(["export", *arguments, "--out", str(out), "--warehouse", str(warehouse)])


def endings(folder: Path) -> set[str]:
    return {file.suffix for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("pdf", {".pdf": 1}),
        ("html", {".html": 1}),
        ("pptx", {".pptx": 1}),
        ("png", {".png": 2}),
        ("svg", {".svg": 1}),
        ("chart-pdf", {".pdf": 1}),
        ("csv", {".csv": 6}),
        ("xlsx", {".xlsx": 1}),
        ("parquet", {".parquet": 3}),
        ("citation", {".txt": 1, ".bib": 1, ".json": 1}),
    ],
)
def test_each_format_makes_its_files(
    warehouse: Path, tmp_path: Path, kind: str, files: dict[str, int]
) -> None:
    assert export(tmp_path, warehouse, "--municipality", "GM0397", "--format", kind) == 0
    names = [file.name for file in tmp_path.iterdir()]
    assert {end: sum(name.endswith(end) for name in names) for end in files} == files
    assert len(names) == sum(files.values())
    assert all(file.stat().st_size > 0 for file in tmp_path.iterdir())


def test_every_format_is_tried_above() -> None:
    tried = {
        mark.args[1][n][0]
        for mark in test_each_format_makes_its_files.pytestmark
        if mark.name == "parametrize"
        for n in range(len(mark.args[1]))
    }
    assert tried == set(FORMATS)


def test_all_is_every_municipality_with_targets(warehouse: Path, tmp_path: Path) -> None:
    assert export(tmp_path, warehouse, "--all", "--format", "pptx") == 0
    names = sorted(file.name.split("-")[0] for file in tmp_path.iterdir())
    assert names == ["barendrecht", "hardenberg", "heemstede", "westland"]
    assert len(names) == len(TARGETS)


def test_the_folder_is_made_and_the_run_tells_how_many_and_of_which_build(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nieuw" / "map"
    assert export(out, warehouse, "--municipality", "GM1783", "--format", "csv") == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"6 files in {out} (build 20")
    assert said.err == ""


def test_english_files_have_english_names(warehouse: Path, tmp_path: Path) -> None:
    arguments = ("--municipality", "GM1783", "--format", "xlsx", "--language", "en")
    assert export(tmp_path, warehouse, *arguments) == 0
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("westland-workbook-")
    assert file.name.endswith("-en.xlsx")


def test_a_municipality_without_targets_has_figures_and_a_paper_but_no_slides(
    warehouse: Path, tmp_path: Path
) -> None:
    arguments = ("--municipality", "GM0518", "--format", "csv", "--format", "pptx")
    assert export(tmp_path, warehouse, *arguments, "--format", "pdf") == 0
    assert endings(tmp_path) == {".csv", ".pdf"}


def test_the_name_of_a_file_says_the_editions_that_are_in_it(
    warehouse: Path, tmp_path: Path
) -> None:
    asked = ("--format", "html", "--format", "xlsx", "--format", "citation")
    assert export(tmp_path, warehouse, "--municipality", "GM0518", *asked) == 0
    assert {re.sub(r"-\d{4}-\d\d-\d\d-nl\..*", "", file.name) for file in tmp_path.iterdir()} == {
        "s-gravenhage-overlegstuk-50090ned",
        "s-gravenhage-werkboek-50090ned-50140ned",
        "s-gravenhage-verwijzing-50090ned-50140ned",
    }


def test_an_unknown_municipality_is_refused_with_examples(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(tmp_path / "x", warehouse, "--municipality", "GM9999", "--format", "csv") == 2
    said = capsys.readouterr().err
    assert "GM9999" in said
    assert "GM1783 Westland" in said
    assert not (tmp_path / "x").exists()


def test_a_missing_warehouse_is_told_with_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert export(tmp_path / "x", empty, "--all", "--format", "csv") == 2
    assert "python -m etl build" in capsys.readouterr().err


def test_a_folder_that_is_a_file_is_told(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    assert export(taken, warehouse, "--municipality", "GM1783", "--format", "csv") == 1
    assert "taken" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "csv", "--out", "x"],
        ["--all", "--municipality", "GM1783", "--format", "csv", "--out", "x"],
        ["--all", "--format", "docx", "--out", "x"],
        ["--all", "--format", "csv", "--language", "de", "--out", "x"],
        ["--all", "--format", "csv"],
    ],
)
def test_a_request_that_makes_no_sense_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["export", *arguments])
    assert stopped.value.code == 2


def test_without_a_browser_svg_comes_from_our_own_drawings_and_the_reason_is_told(
    warehouse: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    browser.close()
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    arguments = ("--municipality", "GM1783", "--format", "png", "--format", "svg")
    assert export(tmp_path, warehouse, *arguments, "--format", "csv") == 1
    assert endings(tmp_path) == {".svg", ".csv"}
    drawing = next(tmp_path.glob("westland-severely-lonely-*.svg")).read_text(encoding="utf-8")
    assert "2020: 9,6%" in drawing
    tree = ElementTree.fromstring(drawing)  # noqa: S314 - made by ourselves
    assert tree.get("lang") == "nl"
    seen = " ".join(text.text or "" for text in tree.iter("{http://www.w3.org/2000/svg}text"))
    for said in ("Westland", "niet gepubliceerd", "RIVM StatLine 50090NED", "CC BY 4.0"):
        assert said in seen
    build_id = current_build(warehouse).build_id
    assert build_id in seen
    kept = tree.findtext("{http://www.w3.org/2000/svg}metadata") or ""
    assert f"build_id: {build_id}" in kept
    assert "margins: " in kept
    said = capsys.readouterr()
    assert said.err.count("apt-get install chromium") == 1
    assert said.out.startswith("9 files")


def test_a_small_drawing_is_called_after_its_municipality_too(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.close()
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    assert export(tmp_path, demo, "--all", "--format", "svg") == 1
    names = [file.name for file in tmp_path.iterdir()]
    assert len(names) > 20
    assert all(name.startswith("voorbeeldstad-verzonnen-") for name in names)


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        (OSError(28, "No space left on device"), "Could not write: "),
        (KeyboardInterrupt(), "Stopped. Every file in "),
    ],
)
def test_a_stop_halfway_leaves_the_file_of_before_and_no_half_one(
    stop: BaseException,
    said: str,
    warehouse: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ("--municipality", "GM0397", "--format", "citation")
    assert export(tmp_path, warehouse, *asked) == 0
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    write = Path.write_bytes

    def half(file: Path, content: bytes) -> int:
        write(file, content[:10])
        raise stop

    monkeypatch.setattr(Path, "write_bytes", half)
    assert export(tmp_path, warehouse, *asked) == 1
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert said in capsys.readouterr().err


def test_a_template_that_cannot_be_read_is_refused(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--municipality", "GM0397", "--format", "pptx", "--template", "nowhere.pptx")
    assert export(tmp_path, warehouse, *arguments) == 2
    assert "nowhere.pptx" in capsys.readouterr().err


def test_the_same_build_gives_the_same_tables_twice(warehouse: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        export(
            folder, warehouse, "--municipality", "GM1783", "--format", "csv", "--format", "parquet"
        )
    first, second = ({f.name: f.read_bytes() for f in folder.iterdir()} for folder in folders)
    assert first == second


def test_it_runs_as_a_program(warehouse: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [
            *(sys.executable, "-W", "error", "-m", "dashboard", "export", "--all"),
            *("--format", "parquet", "--language", "nl"),
            *("--out", str(tmp_path), "--warehouse", str(warehouse)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(list(tmp_path.glob("*.parquet"))) == 9


def test_a_file_that_comes_with_every_municipality_is_counted_once(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(tmp_path, warehouse, "--all", "--format", "parquet") == 0
    count = len(list(tmp_path.iterdir()))
    assert count == 4 * 2 + 1
    assert capsys.readouterr().out.startswith(f"{count} files in ")


def test_a_long_run_closes_the_file_before_it_opens_it_again(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[weakref.ref[Warehouse]] = []

    def noted(file: Path) -> Build:
        assert [before() for before in opened] == [None] * len(opened)
        build = build_of(file)
        opened.append(weakref.ref(build.warehouse))
        return build

    monkeypatch.setattr(export_command, "build_of", noted)
    monkeypatch.setattr(export_command, "AT_A_TIME", 2)
    file = current_build(warehouse).warehouse.file
    codes = ["GM1783", "GM0160", "GM0518", "GM0397", "GM0489"]
    found = [each.code for each in export_command.dossiers(file, codes, language="nl")]
    assert (found, len(opened)) == (codes, 3)


def test_a_run_stays_with_its_build_when_a_newer_one_is_published(
    warehouse: Path, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_command, "AT_A_TIME", 1)
    shutil.copytree(warehouse, tmp_path / "builds")
    file = current_build(tmp_path / "builds").warehouse.file
    found = export_command.dossiers(file, ["GM1783", "GM0160"], language="nl")
    first = next(found)
    for published in demo.iterdir():
        shutil.copy(published, tmp_path / "builds")
    assert current_build(tmp_path / "builds").build_id != first.build_id
    assert next(found).build_id == first.build_id
