"""The practice town: every verdict, and no page, chart or file that could pass for real."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from dashboard.navigation import PAGES
from etl.verdict_codes import CODES
from tests.conftest import ROOT
from tests.dashboard.pages import open_page

DATA = ROOT / "data" / "demo"
WRITTEN = (
    *("metrics.yaml", "regions.csv"),
    *(f"figures/practice_{name}.csv" for name in ("survey", "model", "young")),
)
TOWN = "GM9001"


@pytest.fixture(scope="module")
def build(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    """Open a copy: the pages hold the build itself open in their own way."""
    copy = tmp_path_factory.mktemp("copy") / "demo.duckdb"
    shutil.copy(next(demo.glob("goals-*.duckdb")), copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def verdicts(build: DuckDBPyConnection) -> dict[str, str]:
    """Return the headline verdict of every practice target, by its id."""
    found = build.execute(
        "select target_id, code from marts.assessments where is_headline and is_current"
    )
    return dict(found.fetchall())


def test_every_verdict_code_has_a_target(verdicts: dict[str, str]) -> None:
    assert sorted(verdicts.values()) == sorted(CODES)


def test_every_target_is_called_after_its_verdict(verdicts: dict[str, str]) -> None:
    assert {f"practice-{code.replace('_', '-')}": code for code in CODES} == verdicts


def test_every_verdict_but_the_untested_rests_on_margins(build: DuckDBPyConnection) -> None:
    without = build.execute(
        """
        select code from marts.assessments
        where is_headline and is_current and latest_value is not null and ci_lower is null
        """
    ).fetchall()
    assert {code for (code,) in without} == {code for code in CODES if "untested" in code}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_files_are_what_their_script_writes(name: str, tmp_path: Path) -> None:
    runpy.run_path(str(DATA / "make.py"))["write"](tmp_path)
    assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_says_that_its_figures_are_invented(
    demo: Path, monkeypatch: pytest.MonkeyPatch, page, language: str
) -> None:
    opened = open_page(demo, page.name, monkeypatch=monkeypatch, gemeente=TOWN, taal=language)
    assert opened.errors == []
    notice = {"nl": "de cijfers zijn verzonnen", "en": "the figures are invented"}[language]
    assert notice in opened.text
    assert all("verzonnen" in said or "invented" in said for said in opened.alternatives)


def test_no_place_survey_or_source_passes_for_a_real_one(build: DuckDBPyConnection) -> None:
    names = build.execute(
        """
        select region_name from marts.regions
        union all select distinct source_ref from marts.estimates
        union all select text from marts.texts
        where subject = 'series' and field in ('label', 'source_line') and language = 'nl'
        """
    ).fetchall()
    assert [name for (name,) in names if "verzonnen" not in name] == []
