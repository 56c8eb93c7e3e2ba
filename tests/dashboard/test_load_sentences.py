"""What came in and what was refused is told in the reader's language, whatever the code."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from dashboard import about_parts, load_sentences
from dashboard.i18n import Words, placeholders
from etl.sources.codes import NoteCode, RefusalCode
from tests.dashboard.pages import open_page

MARTS = Path(__file__).parents[2] / "etl" / "sql" / "marts"
NL, EN = Words("nl"), Words("en")
LANGUAGES = pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
NAMES = {
    ("region", "GM1842"): "Midden-Delfland",
    ("indicator", "lonely"): "Eenzaam",
    ("age_group", "19-64"): "19 t/m 64 jaar",
    ("series", "rivm_smap"): "RIVM, modelschatting",
}
FIGURE = {"region": "GM1842", "indicator": "lonely", "age_group": "19-64", "year": "2016"}
JUMP: dict[str, str | float] = {**FIGURE, "before": 27.0, "after": 38.2}


def listed(mart: str) -> set[str]:
    """Return the codes that a published table admits."""
    (found,) = re.findall(r"code in \(([^)]*)\)", (MARTS / f"{mart}.sql").read_text("utf-8"))
    return set(re.findall(r"'(\w+)'", found))


def told(code: str, facts: Mapping[str, str | float], *, words: Words = NL) -> str:
    row = {"kind": "warned", "code": code, "facts": json.dumps(facts)}
    return load_sentences.sentence(row, words, names=NAMES)


@LANGUAGES
def test_every_published_code_has_its_own_words_and_no_other_has(words: Words) -> None:
    refused = listed("rejected_rows")
    assert len(refused) == 16
    assert set(words.section("rejected")) == refused
    assert set(words.section("load_report")) == listed("load_report") - refused


@LANGUAGES
@pytest.mark.parametrize("one", [*NoteCode, *RefusalCode], ids=lambda one: one.code)
def test_a_sentence_asks_for_no_fact_that_the_pipeline_does_not_give(
    one: NoteCode | RefusalCode, words: Words
) -> None:
    section = "rejected" if one.kind == "refused" else "load_report"
    assert set(placeholders(words.template(f"{section}.{one.code}"))) == one.needs


def test_a_jump_is_told_with_the_names_that_readers_know_and_as_many_decimals() -> None:
    assert told("jump_between_waves", JUMP) == (
        "Verschillen van meer dan 10 procentpunt tussen twee metingen. Het grootste: "
        "Midden-Delfland, Eenzaam, 19 t/m 64 jaar, 2016: van 27,0% naar 38,2%."
    )
    assert told("jump_between_waves", JUMP, words=EN).endswith("2016: from 27.0% to 38.2%.")


def test_a_code_without_words_stands_for_itself() -> None:
    said = told("far_from_others", {**FIGURE, "indicator": "tired", "value": 5.5})
    assert "Midden-Delfland, tired, 19 t/m 64 jaar, 2016: 5,5%" in said


def test_a_name_is_looked_up_under_its_own_kind_alone() -> None:
    assert told("unread_columns", {"columns": "lonely"}).endswith("niet lezen: lonely.")
    assert told("no_margins", {"series": "rivm_smap"}).startswith("RIVM, modelschatting: ")


def test_what_a_file_has_in_braces_is_shown_and_not_filled() -> None:
    assert told("unread_columns", {"columns": "{region}"}).endswith(": {region}.")


def test_refused_rows_are_told_by_their_reason() -> None:
    reason = "Er staat een formule in de kolom note."
    row = {"code": "formula_in_text", "facts": '{"column": "note"}'}
    assert load_sentences.sentence({**row, "kind": "refused"}, NL, names=NAMES) == reason
    listed = [{**row, "source": "inbox/a.csv", "row": 12, "total": 1}]
    part = about_parts.rejected(listed, words=NL)
    assert reason in part
    assert "inbox/a.csv" in part


def test_the_page_tells_the_real_report_in_the_language_of_the_page(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = json.loads((warehouse / "current.json").read_text("utf-8"))["file"]
    # a copy: the dashboard of this process may hold the file itself with its own settings
    copy = shutil.copy(warehouse / build, tmp_path / build)
    with duckdb.connect(copy, read_only=True) as connection:
        details = connection.execute("select detail from marts.load_report").fetchall()
    page = open_page(warehouse, "about", monkeypatch=monkeypatch)
    assert len(details) == 10
    assert not [detail for (detail,) in details if " " in detail and detail in page.text]
    assert "Midden-Delfland, Eenzaam, 19 t/m 64 jaar, 2016: van 27% naar 38%." in page.own_text
    assert "RIVM, modelschatting: bij deze cijfers staan geen marges." in page.own_text
    for kind in ("region", "indicator", "age_group", "series"):
        assert f"{{{kind}}}" not in page.text
