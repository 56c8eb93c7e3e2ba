"""Every remark has a code that the published tables know, and the facts that its sentence needs."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.base import REGION_CODE
from etl.sources.codes import NoteCode, RefusalCode, remark

ETL = Path(__file__).parents[3] / "etl"
MARTS = ETL / "sql" / "marts"


def listed(mart: str) -> list[str]:
    """Return the codes that a published table admits, in order."""
    (found,) = re.findall(
        r"code in \(([^)]*)\)", (MARTS / f"{mart}.sql").read_text(encoding="utf-8")
    )
    return re.findall(r"'(\w+)'", found)


def made(name: str) -> set[str]:
    """Return the members of an enumeration that the pipeline uses anywhere."""
    trees = [
        ast.parse(file.read_text(encoding="utf-8"))
        for file in ETL.rglob("*.py")
        if file.name != "codes.py"
    ]
    return {
        node.attr.lower()
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }


def test_the_published_tables_admit_all_codes_and_no_other() -> None:
    refusals = [one.code for one in RefusalCode]
    assert listed("rejected_rows") == refusals
    assert listed("load_report") == [*(one.code for one in NoteCode), *refusals]


def test_every_code_is_made_somewhere() -> None:
    assert made("NoteCode") == {one.code for one in NoteCode}
    assert made("RefusalCode") == {one.code for one in RefusalCode}


def test_a_code_tells_whether_a_file_was_mended_warned_about_or_refused() -> None:
    assert {one.kind for one in NoteCode} == {"loaded", "fixed", "warned"}
    assert {one.kind for one in RefusalCode} == {"refused"}


def test_a_remark_is_told_with_its_facts() -> None:
    jump = remark(
        NoteCode.JUMP_BETWEEN_WAVES,
        region="GM1842",
        indicator="lonely",
        age_group="19-64",
        year="2016",
        before=27.0,
        after=38.25,
    )
    assert jump.english == (
        "changes of more than 10 points between two waves, the largest: "
        "GM1842 lonely 19-64 2016, from 27 to 38.25"
    )
    assert jump.json == (
        '{"after": 38.25, "age_group": "19-64", "before": 27.0, "indicator": "lonely", '
        '"region": "GM1842", "year": "2016"}'
    )


def test_a_remark_without_facts_has_an_empty_object() -> None:
    assert remark(RefusalCode.OUTSIDE_INTERVAL).json == "{}"


@pytest.mark.parametrize("facts", [{}, {"column": "note"}, {"series": "a", "column": "note"}])
def test_facts_that_are_not_those_of_the_code_are_a_mistake(facts: dict[str, str]) -> None:
    with pytest.raises(TypeError, match=r"no_margins needs \['series'\]"):
        remark(NoteCode.NO_MARGINS, **facts)


@given(st.text())
def test_facts_come_back_whatever_a_file_has_in_it(text: str) -> None:
    assert json.loads(remark(NoteCode.UNREAD_COLUMNS, columns=text).json) == {"columns": text}


@pytest.mark.parametrize("digit", ["\u0661", "\uff11", "\u0967"])
def test_a_region_code_has_plain_digits(digit: str) -> None:
    assert re.fullmatch(REGION_CODE, "GM1783")
    assert not re.fullmatch(REGION_CODE, f"GM178{digit}")


def test_the_published_regions_have_codes_of_the_same_form() -> None:
    assert f"'{REGION_CODE}'" in (MARTS / "regions.sql").read_text(encoding="utf-8")
