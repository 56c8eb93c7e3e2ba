"""Every page, both languages, every kind of municipality; bad addresses; a broken warehouse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.navigation import PAGES
from tests.dashboard.pages import Page, open_page

EVERY_PAGE = [page.name for page in PAGES]
MUNICIPALITIES = {
    "Westland": "GM1783",
    "Hardenberg": "GM0160",
    "Heemstede": "GM0397",
    "Barendrecht": "GM0489",
    "without targets": "GM0518",
}

ENGLISH = re.compile(r"\b(the|and|with|figures?|target|measurement|lonely|download)\b", re.I)
DUTCH = re.compile(r"\b(het|een|niet|cijfers?|doel|meting|eenzaam|zijn|voor)\b", re.I)
NAMES = ("GGD", "RIVM", "Eén tegen Eenzaamheid", "Samen tegen Eenzaamheid", "Open SDG")


def check_page(page: Page) -> None:
    """Hold what is true of every page."""
    assert page.errors == []
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        assert below <= above + 1, f"h{below} after h{above}"
    assert all(len(alternative) > 40 for alternative in page.alternatives)
    assert len(page.anchors) == len(set(page.anchors))
    assert "nan" not in page.text.lower().split()
    assert not re.search(r"\bNone\b|\{[a-z_]+\}|<NA>|NaT", page.text)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", MUNICIPALITIES.values(), ids=MUNICIPALITIES)
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_page_stands_in_both_languages(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str, language: str
) -> None:
    page = open_page(warehouse, name, monkeypatch=monkeypatch, gemeente=code, taal=language)
    check_page(page)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_page_stands_without_a_municipality(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    check_page(open_page(warehouse, name, monkeypatch=monkeypatch, taal=language))


@pytest.mark.parametrize("code", MUNICIPALITIES.values(), ids=MUNICIPALITIES)
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_page_mixes_its_languages(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    dutch = open_page(warehouse, name, monkeypatch=monkeypatch, gemeente=code, taal="nl")
    english = open_page(warehouse, name, monkeypatch=monkeypatch, gemeente=code, taal="en")
    said = dutch.own_text
    for original in re.findall(r"“[^”]*”", said):  # a quotation is in its own language
        said = said.replace(original, "")
    assert ENGLISH.findall(said) == []
    said = english.own_text
    for known in (*english.run.sidebar.selectbox[0].options, *NAMES):
        said = said.replace(known, "")
    for original in re.findall(
        r"https?://\S+|/[a-z-]+\?\S+|“[^”]*”|Gezondheids\w+ [\w ]+|jeugdmonitor", said
    ):
        said = said.replace(original, "")
    assert DUTCH.findall(said) == []


def test_an_address_that_is_not_known_gets_the_usual_view_and_a_notice(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "<img src=x onerror=alert(1)>' or 1=1 --"
    page = open_page(warehouse, "overview", monkeypatch=monkeypatch, gemeente=evil, leeftijd=evil)
    assert page.errors == []
    assert "Een deel van dit webadres kennen we niet" in page.text
    assert "Halen gemeenten hun doelen tegen eenzaamheid?" in page.text
    assert "onerror" not in page.markup
    assert "1=1" not in page.markup


def test_a_known_address_gets_no_notice(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(warehouse, "overview", monkeypatch=monkeypatch, gemeente="GM1783")
    assert "kennen we niet" not in page.text


def test_every_page_ends_with_help_colophon_privacy_accessibility_and_the_build(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_id = next(warehouse.glob("goals-*.duckdb")).stem.removeprefix("goals-")
    page = open_page(warehouse, "about", monkeypatch=monkeypatch, gemeente="GM1783")
    foot = page.markup[page.markup.index('<footer class="dm-foot">') :]
    assert "https://www.eentegeneenzaamheid.nl" in foot
    for anchor in ("colofon", "privacy", "toegankelijkheid"):
        assert f"#{anchor}" in foot
        assert anchor in page.anchors
    assert build_id in foot
    assert "50090NED" in foot
    assert "Cijfers t/m 2020" in foot


def test_the_list_of_municipalities_begins_with_those_that_have_targets(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(warehouse, "overview", monkeypatch=monkeypatch)
    options = page.run.sidebar.selectbox[0].options
    assert options[:4] == ["Barendrecht", "Hardenberg", "Heemstede", "Westland"]
    assert options[4] == "Aa en Hunze"
    assert len(options) == len(set(options)) == 338
    assert "'s-Gravenhage" in options
    assert page.run.sidebar.selectbox[0].placeholder == "Kies een gemeente"


def test_a_choice_goes_into_the_address_and_takes_the_former_target_with_it(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(
        warehouse, "overview", monkeypatch=monkeypatch, gemeente="GM1783", doel="westland-65-plus"
    )
    page.run.sidebar.selectbox[0].set_value("GM0397").run()
    assert page.run.query_params["gemeente"] in ("GM0397", ["GM0397"])
    assert "doel" not in page.run.query_params
    assert "Heemstede" in Page(page.run, language="nl").text


def test_the_meeting_view_has_larger_letters_and_no_choosers(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = open_page(warehouse, "target", monkeypatch=monkeypatch, gemeente="GM1783")
    meeting = open_page(
        warehouse, "target", monkeypatch=monkeypatch, gemeente="GM1783", weergave="overleg"
    )
    assert len(usual.run.selectbox) == 2
    assert len(meeting.run.selectbox) == 0
    assert "font-size:125%" in meeting.markup
    assert "font-size:125%" not in usual.markup
    to_about = [link for link in meeting.links if link.startswith("/over-de-cijfers")]
    assert to_about
    assert all("weergave=overleg" in link for link in to_about)


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_without_a_build_every_page_says_what_to_run_and_names_no_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    page = open_page(tmp_path / "secret-place", name, monkeypatch=monkeypatch)
    assert page.errors == []
    assert "Er is nog geen versie met cijfers gemaakt." in page.text
    assert "No build with figures has been made yet." in page.text
    assert "python -m etl build" in page.text
    assert "secret-place" not in page.markup
    assert page.headings == [1, 2]


def test_the_last_good_build_is_shown_with_a_notice(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = next(warehouse.glob("goals-*.duckdb"))
    (tmp_path / good.name).write_bytes(good.read_bytes())
    (tmp_path / "current.json").write_text('{"file": "goals-lost.duckdb", "build_id": "lost"}')
    page = open_page(tmp_path, "overview", monkeypatch=monkeypatch, gemeente="GM1783")
    assert page.errors == []
    assert "U ziet de laatste goede versie." in page.text
    assert "Westland" in page.text
