"""One edition per municipality on every page, also where it is not that of most others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboard.data import current_build
from dashboard.queries import figures
from tests.dashboard.exported import (
    build_with_a_newer_edition_of_all_but_one,
    build_with_a_newer_edition_of_one,
)
from tests.dashboard.pages import Page, open_page

Opened = Callable[..., Page]
Query = Callable[..., pd.DataFrame]


@pytest.fixture(scope="module")
def one_ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Westland alone is in the next edition."""
    return build_with_a_newer_edition_of_one(tmp_path_factory.mktemp("ahead"))


@pytest.fixture(scope="module")
def one_behind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All but Westland are in the next edition."""
    return build_with_a_newer_edition_of_all_but_one(tmp_path_factory.mktemp("behind"))


@pytest.fixture
def ahead(one_ahead: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Open a page of Westland, where it is ahead."""

    def opened(page: str, gemeente: str = "GM1783", **address: str) -> Page:
        return open_page(one_ahead, page, monkeypatch=monkeypatch, gemeente=gemeente, **address)

    return opened


@pytest.fixture
def behind(one_behind: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Open a page of Westland, where it is behind."""

    def opened(page: str, gemeente: str = "GM1783", **address: str) -> Page:
        return open_page(one_behind, page, monkeypatch=monkeypatch, gemeente=gemeente, **address)

    return opened


@pytest.mark.parametrize("page", ["overview", "target", "age_groups"])
def test_the_newest_figure_is_the_same_on_every_page(ahead: Opened, page: str) -> None:
    opened = ahead(page)
    said = " ".join([opened.text, *map(str, opened.alternatives)])
    assert opened.errors == []
    assert "10,6%" in said  # severely lonely in 2024, 9.6 in 2020
    assert "50150NED" in said


def test_age_groups_draw_no_country_of_another_edition(ahead: Opened, behind: Opened) -> None:
    charts = {
        name: opened("age_groups").alternatives[:2]
        for name, opened in (("ahead", ahead), ("behind", behind))
    }
    assert all("2024" in chart and "Nederland: 20" not in chart for chart in charts["ahead"])
    assert all("2024" not in chart for chart in charts["behind"])
    assert "Nederland" in charts["behind"][1]


@pytest.mark.parametrize(
    ("code", "until"),
    [
        ("GM1783", "Cijfers t/m 2024: RIVM, modelschatting 50150NED"),
        ("GM0397", "Cijfers t/m 2020: RIVM, modelschatting 50090NED"),
    ],
)
def test_the_side_column_names_the_edition_of_the_municipality(
    ahead: Opened, code: str, until: str
) -> None:
    assert until in ahead("approach", gemeente=code).text


def test_without_a_municipality_the_edition_is_that_of_the_country(
    one_ahead: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chooser = open_page(one_ahead, "overview", monkeypatch=monkeypatch)
    assert "Cijfers t/m 2020: RIVM, modelschatting 50090NED" in chooser.text


def test_others_are_compared_in_the_edition_that_all_are_in_and_that_is_told(
    ahead: Opened, behind: Opened
) -> None:
    told = "Van Westland is er al een nieuwere uitgave (50150NED)."
    page = ahead("compare")
    assert told in page.text
    assert "Daarom ziet u hier uitgave 50090NED." in page.text
    assert "Westland: 2020 9,6%" in page.alternatives[0]
    assert "Nederland: 2020 11,2%" in page.alternatives[0]
    assert "nieuwere uitgave (" not in ahead("compare", gemeente="GM0397").text
    assert "nieuwere uitgave (" not in behind("compare", gemeente="GM0397").text


def test_an_edition_that_is_newer_is_not_called_older(ahead: Opened, behind: Opened) -> None:
    ours = ahead("other_figure", onderwerp="severely_lonely", leeftijd="18+", jaar="2020").text
    assert "oudere uitgave 50090NED" in ours
    assert "uitgave 50150NED" not in ours
    newest = ahead("other_figure", onderwerp="severely_lonely", leeftijd="18+", jaar="2024").text
    assert "10,6%" in newest
    assert "uitgave 50150NED" not in newest
    theirs = behind("other_figure", onderwerp="severely_lonely", leeftijd="18+", jaar="2020").text
    assert "nieuwere uitgave 50150NED" in theirs
    assert "oudere uitgave" not in theirs


@pytest.mark.parametrize("query", [figures.municipality_figures, figures.newest_figures])
def test_files_hold_figures_of_one_edition_per_series(
    one_ahead: Path, one_behind: Path, query: Query
) -> None:
    def editions(warehouse: Path, code: str) -> set[str]:
        found = current_build(warehouse).load(query, municipality=code, language="nl")
        return set(found.loc[found["series_id"] == "rivm_smap", "edition"])

    assert editions(one_ahead, "GM1783") == {"50150NED"}
    assert editions(one_ahead, "GM0397") == {"50090NED"}
    assert editions(one_behind, "GM1783") == {"50090NED"}
    assert editions(one_behind, "GM0397") == {"50150NED"}
