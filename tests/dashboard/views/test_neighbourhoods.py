"""What a visitor reads on Wijken en buurten: a caution first, places by name, gaps told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.dashboard.pages import Page, open_page

TOWN = "GM9001"


@pytest.fixture
def practice(demo: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page of the practice town with an address."""

    def opened(**address: str) -> Page:
        return open_page(demo, "neighbourhoods", monkeypatch=monkeypatch, **address)

    return opened


def listed(page: Page) -> list[str]:
    """Titles of the pages in the navigation."""
    navigation = re.search(r'<nav class="dm-pages".*?</nav>', page.markup)
    assert navigation
    return re.findall(r"<a [^>]*>([^<]*)</a>", navigation[0])


def test_the_caution_comes_before_any_figure(practice) -> None:
    page = practice(gemeente=TOWN)
    caution = page.markup.index("schattingen uit een model")
    assert caution < page.markup.index("Wijken</h2>")
    assert "een doel is er niet mee te toetsen" in page.text


def test_districts_come_before_neighbourhoods_and_both_by_name(practice) -> None:
    districts, neighbourhoods = practice(gemeente=TOWN).alternatives
    names = [f"Wijk 0{number}" for number in (1, 2, 3)]
    assert [districts.index(name) for name in names] == sorted(map(districts.index, names))
    named = ["Bedenkbuurt", "Fantasiepark", "Leerkwartier", "Probeerplein", "Schetsveld"]
    places = [neighbourhoods.index(name) for name in named]
    assert places == sorted(places)
    assert "Dit is geen ranglijst" in neighbourhoods


def test_every_estimate_has_its_margin(practice) -> None:
    districts = practice(gemeente=TOWN).alternatives[0]
    assert districts.count("(marge ") == 3


def test_a_neighbourhood_that_was_not_published_says_so(practice) -> None:
    page = practice(gemeente=TOWN)
    assert (
        "Stelhoek (verzonnen): 2024 niet gepubliceerd, te weinig deelnemers"
        in (page.alternatives[1])
    )
    earlier = practice(gemeente=TOWN, jaar="2020").alternatives[1]
    assert "niet gepubliceerd" not in earlier


def test_no_verdict_and_no_target_stand_beside_a_neighbourhood(practice) -> None:
    page = practice(gemeente=TOWN)
    assert "dm-badge" not in page.markup
    assert not any("doel:" in said for said in page.alternatives)


def test_the_page_is_listed_only_where_there_are_such_figures(practice) -> None:
    assert "Wijken en buurten" in listed(practice(gemeente=TOWN))
    assert "Wijken en buurten" not in listed(practice(gemeente="GM9101"))


def test_without_such_figures_the_page_says_so_and_what_can_be_done(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(warehouse, "neighbourhoods", monkeypatch=monkeypatch, gemeente="GM1783")
    assert page.errors == []
    assert "geen cijfers over wijken en buurten" in page.text
    assert "fetch --regions neighbourhoods" in page.text
    assert page.alternatives == []
    assert "Wijken en buurten" not in listed(page)
