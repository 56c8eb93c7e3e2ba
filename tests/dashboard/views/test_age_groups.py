"""What a visitor reads on Leeftijdsgroepen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.pages import Page, open_page


@pytest.fixture
def ages(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Open the page for Westland."""
    return open_page(warehouse, "age_groups", monkeypatch=monkeypatch, gemeente="GM1783")


def test_lonely_comes_first_then_severely_lonely_then_the_other_surveys(ages: Page) -> None:
    order = [
        ages.markup.index(f">{heading}</h2>")
        for heading in (
            "Eenzaam",
            "Sterk eenzaam",
            "RIVM, jongvolwassenen (vragenlijst)",
            "GGD, vragenlijst",
        )
    ]
    assert order == sorted(order)


def test_every_group_has_its_newest_figure_and_its_target(ages: Page) -> None:
    now = ages.alternatives[0]
    for said in ("45,4%", "39,1%", "48,7%", "2016", "36%"):
        assert said in now


def test_young_adults_are_in_a_panel_of_their_own(ages: Page) -> None:
    assert "Niet te vergelijken met de cijfers over volwassenen" in ages.text
    young = [said for said in ages.alternatives if "6 uitspraken" in said]
    assert len(young) == 1
    assert "45,4%" not in young[0]


def test_every_chart_has_a_table_twin(ages: Page) -> None:
    assert len(ages.alternatives) == 6
    assert ages.markup.count("Cijfers als tabel") == 6


def test_every_chart_has_files_of_its_own_name(ages: Page) -> None:
    keys = [one.proto.id for one in ages.unfolded().run.get("download_button")]
    names = [key[key.index("westland-") :] for key in keys]
    assert len(names) == len(set(names)) >= 40
    assert any("severely-lonely-nu-50090ned" in name for name in names)
    assert any("severely-lonely-door-de-jaren-50090ned" in name for name in names)
