"""Parts of pages in a real run: charts with their twin, the frame's notices."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard import components
from dashboard.theme import NARROW, WIDE
from tests.dashboard.pages import open_page


def changed(warehouse: Path, folder: Path, statement: str) -> Path:
    """Copy the build and change it, as a build with other figures would be."""
    source = next(warehouse.glob("goals-*.duckdb"))
    copy = folder / source.name
    copy.write_bytes(source.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute(statement)
    (folder / "current.json").write_text(f'{{"file": "{copy.name}", "build_id": "x"}}')
    return folder


def test_a_training_build_says_that_its_figures_are_invented(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = changed(warehouse, tmp_path, "update marts.build set is_demo = true")
    page = open_page(demo, "overview", monkeypatch=monkeypatch, gemeente="GM1783")
    assert "de cijfers zijn verzonnen" in page.text
    real = open_page(warehouse, "overview", monkeypatch=monkeypatch, gemeente="GM1783")
    assert "de cijfers zijn verzonnen" not in real.text


def test_refused_rows_are_announced_on_the_pages_of_their_municipality_alone(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = changed(
        warehouse,
        tmp_path,
        "insert into marts.rejected_rows by name select 'inbox/ggd.csv' as source, 7 as row,"
        " 'value_out_of_range' as code, '{}' as facts, 'above 100' as reason,"
        " '<b>380</b>' as raw, 'GM1783' as region_code",
    )
    page = open_page(refused, "overview", monkeypatch=monkeypatch, gemeente="GM1783")
    assert "Geweigerde regels met cijfers over deze gemeente: 1." in page.text
    other = open_page(refused, "overview", monkeypatch=monkeypatch, gemeente="GM0397")
    assert "Geweigerde regels" not in other.text
    about = open_page(refused, "about", monkeypatch=monkeypatch, gemeente="GM1783")
    assert "inbox/ggd.csv" in about.text
    assert "Het cijfer is lager dan 0 of hoger dan 100." in about.text
    assert "<b>380" not in about.markup


def test_markup_in_a_name_of_the_build_stays_text(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "<img src=x onerror=alert(1)>"
    build = changed(
        warehouse,
        tmp_path,
        f"update marts.texts set text = '{evil}' where field in ('label', 'explanation');"
        f"update marts.targets set quote = '{evil}', source = '{evil}'",
    )
    for name in ("overview", "target", "about"):
        page = open_page(build, name, monkeypatch=monkeypatch, gemeente="GM1783")
        assert page.errors == []
        assert "<img" not in page.markup
        assert "&lt;img" in page.markup


def test_a_chart_is_followed_by_its_table_and_carries_its_alternative(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(warehouse, "target", monkeypatch=monkeypatch, gemeente="GM1783")
    (chart,) = page.run.get("plotly_chart")
    assert chart.proto.alt.startswith("Sterk eenzaam")
    assert '"displayModeBar": false' in chart.proto.config
    assert "Cijfers als tabel" in page.text


def test_a_projector_gets_larger_letters_than_a_desk() -> None:
    assert components.MEETING.type.text > WIDE.type.text > NARROW.type.text


def test_an_empty_piece_shows_nothing(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(warehouse, "overview", monkeypatch=monkeypatch, gemeente="GM1783")
    assert all(element.proto.body.strip() for element in page.run.get("html"))
