"""What a visitor finds on Gegevens en export: every figure, filters in the address, files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.dashboard.pages import Page, open_page


@pytest.fixture
def data(warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page with an address."""

    def opened(**address: str) -> Page:
        return open_page(warehouse, "data_export", monkeypatch=monkeypatch, **address)

    return opened


def shipped(code: str, **wanted: str) -> list[dict[str, str]]:
    """Rows of the shipped files about a municipality."""
    rows = []
    for file in (ROOT / "data" / "figures").glob("*.csv"):
        with file.open(encoding="utf-8") as lines:
            rows += [row for row in csv.DictReader(lines) if row["region_code"] == code]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_every_shipped_figure_has_a_row(data) -> None:
    count = len(shipped("GM1783"))
    page = data(gemeente="GM1783")
    assert f"Aantal cijfers: {count}" in page.text
    table = page.markup[page.markup.index("Aantal cijfers") :].split("</table>")[0]
    assert table.count("<tr>") == count + 1


@pytest.mark.parametrize(
    ("parameter", "value", "column"),
    [
        ("onderwerp", "severely_lonely", "indicator"),
        ("leeftijd", "65+", "age_group"),
        ("reeks", "ggd_monitor", "series_id"),
        ("jaar", "2016", "year"),
    ],
)
def test_each_filter_of_the_address_narrows_the_table(
    data, parameter: str, value: str, column: str
) -> None:
    page = data(gemeente="GM1783", **{parameter: value})
    count = len(shipped("GM1783", **{column: value}))
    assert 0 < count < len(shipped("GM1783"))
    assert f"Aantal cijfers: {count}" in page.text


def test_filters_add_up_and_can_leave_nothing(data) -> None:
    page = data(gemeente="GM1783", onderwerp="severely_lonely", leeftijd="65+", jaar="2020")
    assert "Aantal cijfers: 1" in page.text
    assert "9,3%" in page.text
    page = data(gemeente="GM1783", reeks="ggd_monitor", jaar="2020")
    assert "Bij deze keuze zijn er geen cijfers." in page.text


def test_a_filter_without_figures_here_is_left_open(data) -> None:
    page = data(gemeente="GM0397", leeftijd="19-64")
    assert page.errors == []
    assert f"Aantal cijfers: {len(shipped('GM0397'))}" in page.text


def test_a_figure_that_was_not_published_has_a_row_with_its_reason(data) -> None:
    with (ROOT / "data" / "figures" / "rivm_50140NED.csv").open(encoding="utf-8") as lines:
        code = next(
            row["region_code"]
            for row in csv.DictReader(lines)
            if row["value"] == "" and row["region_code"].startswith("GM")
        )
    text = data(gemeente=code).text
    assert "niet gepubliceerd" in text or "geen cijfer" in text


def test_there_are_files_for_figures_verdicts_and_codebook(data) -> None:
    page = data(gemeente="GM1783").unfolded()
    names = [button.proto.label for button in page.run.get("download_button")]
    assert names.count("CSV voor Excel (NL)") == 4  # and those that the filters let through
    assert names.count("Parquet") == 4


def test_without_targets_no_file_of_verdicts_is_offered(data) -> None:
    folded = [box.label for box in data(gemeente="GM0518").run.expander]
    assert "Cijfers" in folded
    assert "Oordelen" not in folded


def test_there_are_files_for_the_meeting_and_references(data) -> None:
    page = data(gemeente="GM1783").unfolded()
    names = [button.proto.label for button in page.run.get("download_button")]
    assert names[:3] == [
        "Overlegstuk (PDF)",
        "Overlegstuk om af te drukken (HTML)",
        "Dia's (PPTX)",
    ]
    folded = {box.label: box for box in page.run.expander}
    assert {"Voor het overleg", "Verwijzingen"} <= set(folded)
    cited = [button.proto.label for button in folded["Verwijzingen"].get("download_button")]
    assert cited == ["BibTeX", "CSL-JSON", "Tekst"]


def test_the_codebook_holds_every_column_of_the_estimates(data) -> None:
    page = data(gemeente="GM1783")
    for column in ("rounding_step", "obs_status", "margin_lower", "pct_targeted_change"):
        assert f">{column}</th>" in page.markup
    assert "Percentage van 0 tot 100, zoals gepubliceerd" in page.own_text
    assert "Percentage, 0 to 100, as published" not in page.text
    assert "Percentage, 0 to 100, as published" in data(gemeente="GM1783", taal="en").text


def test_the_citation_names_edition_licence_and_build(data) -> None:
    text = data(gemeente="GM1783").text
    cited = text[text.index("Zo verwijst u naar deze cijfers") :]
    assert "50090NED" in cited
    assert "CC BY 4.0" in cited
    assert "Doelen tegen eenzaamheid, Westland" in cited
