"""What changed since a day: told from what builds really changed, and that nothing did."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from dashboard import selection
from dashboard.changes import changes, day_form
from dashboard.i18n import Words
from etl import pipeline
from etl.paths import Paths
from tests.conftest import ROOT
from tests.dashboard.pages import Page, Reader, open_page

NL = Words("nl")
TOWN = "GM9001"
LONG_AGO = "2020-01-01"
TOMORROW = (dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=2)).date().isoformat()


def figures(**more: object) -> dict[str, object]:
    """A row of changed figures in which nothing changed, unless told otherwise."""
    return {
        "series_label": "RIVM, modelschatting",
        "edition": "50150NED",
        "year": 2024,
        "added": 0,
        "corrected": 0,
        "removed": 0,
        **more,
    }


def said(rows: list[dict[str, object]], *, first_day: dt.date = dt.date(2020, 1, 1)) -> str:
    """The words of the changes since 1 June 2026."""
    reader = Reader("nl")
    reader.feed(
        changes(
            rows,
            verdicts=[],
            assessments=[],
            since=dt.date(2026, 6, 1),
            first_day=first_day,
            words=NL,
        )
    )
    return " ".join(words for _, words in reader.words)


def test_new_corrected_and_removed_figures_are_told_apart() -> None:
    text = said([figures(added=12), figures(year=2020, corrected=1355, removed=2)])
    assert "RIVM, modelschatting, 2024: nieuwe cijfers over het hele land (12," in text
    assert "2020: gecorrigeerde cijfers over het hele land (1.355, uitgave 50150NED)" in text
    assert "2020: cijfers die er niet meer staan (2," in text
    assert text.count("2024:") == 1


def test_that_nothing_changed_is_told_with_the_day() -> None:
    assert "Sinds 1 juni 2026 is hier niets veranderd" in said([])
    assert "niets veranderd" not in said([figures(added=1)])


def test_what_was_not_remembered_is_not_called_unchanged() -> None:
    text = said([], first_day=dt.date(2026, 9, 1))
    assert "Sinds 1 september 2026 is hier niets veranderd" in text
    assert "Wat er voor 1 september 2026 is veranderd, is hier niet bijgehouden." in text
    assert "bijgehouden" not in said([], first_day=dt.date(2026, 6, 1))


def test_the_form_keeps_what_the_address_holds_already() -> None:
    form = day_form(
        since=dt.date(2026, 6, 1),
        today=dt.date(2026, 9, 2),
        kept={"gemeente": "GM1783", "taal": "en"},
        words=NL,
    )
    assert '<input type="hidden" name="gemeente" value="GM1783">' in form
    assert '<input type="hidden" name="taal" value="en">' in form
    assert 'name="sinds"' in form
    assert 'value="2026-06-01"' in form
    assert 'min="2000-01-01"' in form
    assert 'max="2026-09-02"' in form
    assert '<label for="since">' in form
    assert 'id="since"' in form


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the practice town, correct one figure by which a verdict turns, build again."""
    folder = tmp_path_factory.mktemp("history")
    data = folder / "data"
    shutil.copytree(ROOT / "data" / "demo", data)
    paths = Paths(metrics=data / "metrics.yaml", data=data, warehouse=folder / "warehouse")
    pipeline.build(paths)
    file = data / "figures" / "practice_survey.csv"
    before = file.read_text(encoding="utf-8")
    worse = f"{TOWN},Voorbeeldstad (verzonnen),lonely,18-24,2024,49.0,0.1,47.0,51.0"
    assert before.count(worse) == 1
    better = worse.replace("49.0,0.1,47.0,51.0", "45.0,0.1,43.0,47.0")
    file.write_text(before.replace(worse, better), encoding="utf-8")
    pipeline.build(paths)
    return folder / "warehouse"


@pytest.fixture
def overview(replaced: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the overview of the practice town after its correction."""

    def opened(**address: str) -> Page:
        return open_page(replaced, "overview", monkeypatch=monkeypatch, gemeente=TOWN, **address)

    return opened


def test_a_correction_and_the_verdict_it_turned_are_told(overview) -> None:
    page = overview(sinds=LONG_AGO)
    assert page.errors == []
    assert (
        "Oefenvragenlijst (verzonnen), 2024: gecorrigeerde cijfers over het hele land "
        "(1, uitgave practice)." in page.text
    )
    assert "Het oordeel over “18 t/m 24 jaar: van 45% naar 40% in 2032” is veranderd." in page.text
    assert page.text.count("is veranderd. Het is nu:") == 1
    assert "is hier niet bijgehouden" in page.text


def test_what_changed_before_the_day_is_not_told(overview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "dutch_today", lambda: dt.date.fromisoformat(TOMORROW))
    page = overview(sinds=TOMORROW)
    assert page.errors == []
    assert "is hier niets veranderd" in page.text
    assert "gecorrigeerde cijfers" not in page.text


def test_of_a_day_that_has_not_been_nothing_is_said(overview) -> None:
    page = overview(sinds=TOMORROW)
    assert page.errors == []
    assert "Een deel van dit webadres kennen we niet." in page.text
    assert "niets veranderd" not in page.text


def test_without_a_day_there_is_a_field_and_nothing_is_claimed(overview) -> None:
    page = overview()
    assert "Wat is er veranderd sinds deze dag?" in page.text
    assert "Veranderd sinds" not in page.text


def test_a_meeting_has_no_field(overview) -> None:
    page = overview(weergave="overleg", sinds=LONG_AGO)
    assert "Wat is er veranderd sinds deze dag?" not in page.text
    assert "gecorrigeerde cijfers" in page.text


@pytest.mark.parametrize("name", ["overview", "compare", "approach"])
def test_every_page_shows_the_address_that_reopens_it(
    demo: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    page = open_page(
        demo, name, monkeypatch=monkeypatch, gemeente=TOWN, onderwerp="lonely", jaar="2020"
    )
    assert "Link naar deze weergave" in page.text
    assert f"?gemeente={TOWN}&taal=nl&onderwerp=lonely&jaar=2020" in page.text
