"""The downloads that pages show: which there are, what they are called, and that they are lazy."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation

from dashboard import chart_files, charts, exports
from dashboard.export_tables import chart_table, figures_table, origin_of_chart
from dashboard.i18n import Words
from dashboard.theme import DARK, LIGHT, SLIDE, WIDE
from tests.dashboard.exported import chart_of, dossier_of

TARGET = "westland-65-plus"
PICTURES = ["PNG", "PNG voor een dia (16:9)", "SVG", "PDF"]
TABLES = ["CSV voor Excel (NL)", "CSV (punt en komma's)", "Excel (XLSX)", "Parquet"]


def test_a_chart_has_its_picture_and_its_figures_in_every_format(warehouse: Path) -> None:
    chart = chart_of(dossier_of(warehouse, "GM1783"), TARGET)
    found = exports.chart_downloads(chart, words=Words("nl"))
    assert [download.label for download in found] == PICTURES + TABLES
    endings = [download.file_name.rpartition("-nl")[2] for download in found]
    assert endings == [
        *(".png", "-16x9.png", ".svg", ".pdf"),
        *("-excel.csv", ".csv", ".xlsx", ".parquet"),
    ]
    stems = {download.file_name.rpartition("-nl")[0] for download in found}
    day = dossier_of(warehouse, "GM1783").build_id[:8]
    assert stems == {f"westland-65-plus-50090ned-{day[:4]}-{day[4:6]}-{day[6:]}"}


def test_nothing_is_made_before_it_is_chosen(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> bytes:
        raise AssertionError("drawn before anybody asked")

    monkeypatch.setattr(chart_files.browser, "draw", refuse)
    chart = chart_of(dossier_of(warehouse, "GM1783"), TARGET)
    found = exports.chart_downloads(chart, words=Words("nl"))
    with pytest.raises(AssertionError, match="drawn before"):
        found[0].data()


def test_a_table_download_holds_what_the_chart_draws(warehouse: Path) -> None:
    chart = chart_of(dossier_of(warehouse, "GM1783"), TARGET)
    found = {d.label: d for d in exports.chart_downloads(chart, words=Words("nl"))}
    read = pd.read_csv(io.BytesIO(found["CSV voor Excel (NL)"].data()), sep=";", decimal=",")
    assert list(read.columns[:4]) == ["region_name", "kind", "year", "value"]
    ours = read.query("region_name == 'Westland' and kind == 'measured'")
    assert ours[["year", "value"]].to_numpy().tolist() == [[2012, 42.9], [2016, 45.8], [2020, 48.7]]
    target = read.query("kind == 'target'")
    assert target[["year", "value"]].to_numpy().tolist() == [[2028, 36.0]]
    assert set(read["build_id"]) == {dossier_of(warehouse, "GM1783").build_id}
    assert read["source_line"].str.contains("CC BY 4.0").all()


def test_columns_and_kinds_are_the_same_in_both_languages(warehouse: Path) -> None:
    frames = [
        chart_table(
            chart_of(dossier_of(warehouse, "GM1783", language), TARGET), words=Words(language)
        ).frame
        for language in ("nl", "en")
    ]
    assert list(frames[0].columns) == list(frames[1].columns)
    assert frames[0]["kind"].tolist() == frames[1]["kind"].tolist()


def test_without_a_browser_figures_remain_and_the_visitor_saves_the_picture(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    chart, words = chart_of(dossier_of(warehouse, "GM1783"), TARGET), Words("nl")
    assert [d.label for d in exports.chart_downloads(chart, words=words)] == TABLES
    stem = origin_of_chart(chart, words=words).stem
    assert exports.client_downloads(chart, words=words) == {
        "svg": ("Grafiek opslaan als SVG", f"{stem}.svg"),
        "png": ("Grafiek opslaan als PNG", f"{stem}.png"),
    }


def test_with_a_browser_the_visitor_need_not_save_the_picture(warehouse: Path) -> None:
    chart = chart_of(dossier_of(warehouse, "GM1783"), TARGET)
    assert exports.client_downloads(chart, words=Words("nl")) == {}


def test_a_table_of_figures_has_four_downloads_in_english_words(warehouse: Path) -> None:
    table = figures_table(dossier_of(warehouse, "GM0397", "en"), words=Words("en"))
    found = exports.table_downloads(table, words=Words("en"))
    assert [d.label for d in found] == ["CSV for a Dutch Excel", "CSV", "Excel (XLSX)", "Parquet"]
    assert all(download.data() for download in found)


def test_a_chart_drawn_again_has_the_same_figures_in_another_dress(warehouse: Path) -> None:
    chart = chart_of(dossier_of(warehouse, "GM1783"), TARGET, theme=DARK)
    assert chart.again is not None
    again = chart.again(theme=LIGHT, frame=SLIDE)
    assert again.table.equals(chart.table)
    assert again.alternative == chart.alternative
    assert again.figure.layout.template.layout.paper_bgcolor == "#ffffff"
    assert (again.figure.layout.width, again.figure.layout.height) == (1280, 720)
    assert again.again is not None
    assert again.again(theme=DARK, frame=WIDE).figure.layout.width == WIDE.width


def test_every_chart_of_the_door_can_be_drawn_again() -> None:
    drawing = [name for name in charts.__all__ if name[0].islower()]
    assert len(drawing) == 8
    assert all(hasattr(getattr(charts, name), "__wrapped__") for name in drawing)


def test_a_chart_without_a_caption_cannot_name_its_file(warehouse: Path) -> None:
    chart = replace(chart_of(dossier_of(warehouse, "GM1783"), TARGET), caption=None)
    with pytest.raises(ValueError, match=r"dashboard\.charts"):
        exports.chart_downloads(chart, words=Words("nl"))


def test_a_municipality_takes_paper_and_slides_to_a_meeting(warehouse: Path) -> None:
    found = exports.meeting_downloads(dossier_of(warehouse, "GM0397"), words=Words("nl"))
    paper, page, deck = found
    assert [d.label for d in found] == [
        "Overlegstuk (PDF)",
        "Overlegstuk om af te drukken (HTML)",
        "Dia's (PPTX)",
    ]
    assert paper.file_name.startswith("heemstede-overlegstuk-50090ned-")
    assert paper.file_name.endswith("-nl.pdf")
    assert deck.file_name.startswith("heemstede-dias-50090ned-")
    assert paper.data().startswith(b"%PDF-")
    assert page.data().startswith(b"<!DOCTYPE html>")
    assert len(Presentation(io.BytesIO(deck.data())).slides) == 1


def test_without_targets_there_are_no_slides_and_without_pango_there_is_no_pdf(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "can_print", lambda: False)
    found = exports.meeting_downloads(dossier_of(warehouse, "GM0518", "en"), words=Words("en"))
    assert [d.label for d in found] == ["Meeting paper to print (HTML)"]
    assert b"'s-Gravenhage" in found[0].data() or b"&#x27;s-Gravenhage" in found[0].data()


def test_references_are_files_for_citation_managers_and_text(warehouse: Path) -> None:
    found = exports.reference_downloads(dossier_of(warehouse, "GM1783"), words=Words("nl"))
    made = {d.label: d.data().decode() for d in found}
    assert list(made) == ["BibTeX", "CSL-JSON", "Tekst"]
    assert made["BibTeX"].count("@misc{") == 4
    titles = [item["title"] for item in json.loads(made["CSL-JSON"])]
    assert titles[0] == "Doelen tegen eenzaamheid, Westland"
    assert "Gezondheid per wijk en buurt (50090NED)" in titles
    assert made["Tekst"].count("\n") == 4
    endings = [d.file_name.rpartition("-nl")[2] for d in found]
    assert endings == [".bib", ".csl.json", ".txt"]
