"""What the documents point to exists: pages, headings, files, commands with their options."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from dashboard.__main__ import parser as dashboard_parser
from dashboard.export_command import parser as export_parser
from etl.__main__ import _parser as etl_parser

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data" / "README.md"]
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`]+)`", re.S)
ELSEWHERE = {"pip", "pip_audit", "pytest", "venv"}
"""Modules that documents run and that are not ours."""

MADE_LATER = ("data/raw", "data/inbox", "data/warehouse")
"""Folders that a fetch, an analyst or a build fills."""


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def code_of(file: Path) -> list[str]:
    """Return what is set as code, without the comment behind a command."""
    found = ["".join(pair) for pair in CODE.findall(file.read_text(encoding="utf-8"))]
    return [line.split("  #")[0].strip() for piece in found for line in piece.splitlines()]


def anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", DOCUMENTS, ids=name)
def test_every_link_leads_to_a_page_and_a_heading(file: Path) -> None:
    for path, anchor in LINK.findall(file.read_text(encoding="utf-8")):
        page = file.parent / path if path else file
        assert page.exists(), path
        assert not anchor or anchor in anchors(page), f"{path}#{anchor}"


@pytest.mark.parametrize("file", DOCUMENTS, ids=name)
def test_every_file_of_ours_that_is_named_exists(file: Path) -> None:
    folders = "etl|dashboard|tests|benchmarks|deploy|docs|data"
    for code in code_of(file):
        if re.fullmatch(rf"(?:{folders})/[\w./-]+", code) and not code.startswith(MADE_LATER):
            assert (ROOT / code).exists() or (ROOT / f"{code}.py").exists(), code


@pytest.mark.parametrize("file", DOCUMENTS, ids=name)
def test_every_command_of_make_and_every_module_exists(file: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for code in code_of(file):
        asked = re.match(r"(?:.*&& )?make ([a-z]+)", code)
        assert asked is None or asked[1] in targets, code
        for module in re.findall(r"python -m ([\w.]+)", code):
            assert module in ELSEWHERE or importlib.util.find_spec(module), code


OURS = re.compile(r"python -m (etl|dashboard)((?: (?:<[\w ]+>|[\w./:%=-]+))+)")


def commands() -> list[tuple[str, str, str]]:
    """Return each command of ours that a document gives: where, which half, with which words."""
    return [
        (name(file), half, re.sub(r"<[\w ]+>", "20260101-000000-00000000", words).strip())
        for file in DOCUMENTS
        for code in code_of(file)
        for half, words in OURS.findall(code)
    ]


@pytest.mark.parametrize(("where", "half", "words"), sorted(set(commands())))
def test_every_command_takes_the_options_it_is_given(where: str, half: str, words: str) -> None:
    arguments = shlex.split(words.replace(" N", " 8501"))
    if half == "etl":
        etl_parser().parse_args(arguments)
    elif arguments[0] == "export":
        export_parser().parse_args(arguments[1:])
    else:
        dashboard_parser().parse_args(arguments)


def test_the_first_page_gives_commands_of_both_halves() -> None:
    given = {half for where, half, _ in commands() if where == "README.md"}
    assert given == {"etl", "dashboard"}
