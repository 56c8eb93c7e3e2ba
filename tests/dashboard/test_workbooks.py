"""Workbooks, opened with openpyxl."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dashboard.export_tables import figures_table, verdicts_table
from dashboard.i18n import Words
from dashboard.table_files import Table
from dashboard.workbooks import workbook
from tests.dashboard.exported import dossier_of
from tests.dashboard.test_table_files import NO_CODEBOOK, ORIGIN


def opened(warehouse: Path, code: str, language: str = "nl") -> openpyxl.Workbook:
    """The workbook of a municipality."""
    dossier, words = dossier_of(warehouse, code, language), Words(language)
    tables = {
        words("exports.sheets.verdicts"): verdicts_table(dossier, words=words),
        words("exports.sheets.figures"): figures_table(dossier, words=words),
    }
    content = workbook(tables, sources=dossier.sources, words=words)
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nl", ["Oordelen", "Cijfers", "Bronnen", "Codeboek"]),
        ("en", ["Verdicts", "Figures", "Sources", "Codebook"]),
    ],
)
def test_sheets_are_named_in_the_language(warehouse: Path, language: str, names: list[str]) -> None:
    assert opened(warehouse, "GM1783", language).sheetnames == names


def test_cells_have_their_own_types(warehouse: Path) -> None:
    sheet = opened(warehouse, "GM1783")["Cijfers"]
    head, first, *_ = sheet.iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))
    assert row["value"] == 36
    assert isinstance(row["year"], int)
    assert row["is_current_edition"] is True
    assert row["region_name"] == "Westland"
    assert row["ci_lower"] is None


def test_the_header_is_frozen_filtered_and_wide_enough(warehouse: Path) -> None:
    for sheet in opened(warehouse, "GM1783").worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    sheet = opened(warehouse, "GM1783")["Cijfers"]
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert widths["is_current_edition"] >= len("is_current_edition")
    assert widths["source_line"] <= 61


def test_a_sheet_says_build_source_licence_method_and_margins(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    said = dict(opened(warehouse, "GM1783")["Bronnen"].iter_rows(min_row=2, values_only=True))
    assert said["Versie van de Doelmonitor"] == dossier.build_id
    assert "RIVM StatLine 50090NED" in said["Bronnen"]
    assert "CC BY 4.0" in said["Licentie"]
    assert "95%" in said["Methode"]
    assert "ci_lower" in said["Marges"]
    assert said["rivm_smap 50090NED: licence"] == "CC BY 4.0"
    assert len(said["rivm_smap 50090NED: sha256"]) == 64


def test_a_dangerous_text_is_no_formula_and_a_negative_number_is_a_number() -> None:
    frame = pd.DataFrame({"note": ["=1+1", "@x"], "gap_pp": [-1.3, 0.0]})
    content = workbook(
        {"A": Table(frame, ORIGIN, NO_CODEBOOK)}, sources=NO_SOURCES, words=Words("nl")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content))["A"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["'=1+1", "'@x"]
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == -1.3


def test_days_are_days() -> None:
    frame = pd.DataFrame({"retrieved_at": pd.to_datetime(["2022-05-13 10:00"])})
    content = workbook(
        {"A": Table(frame, ORIGIN, NO_CODEBOOK)}, sources=NO_SOURCES, words=Words("nl")
    )
    cell = openpyxl.load_workbook(io.BytesIO(content))["A"]["A2"]
    assert cell.is_date
    assert cell.value.date().isoformat() == "2022-05-13"


def test_a_workbook_is_as_old_as_its_build_and_the_same_each_time() -> None:
    tables = {"A": Table(pd.DataFrame({"year": [2020]}), ORIGIN, NO_CODEBOOK)}
    first = workbook(tables, sources=NO_SOURCES, words=Words("nl"))
    created = openpyxl.load_workbook(io.BytesIO(first)).properties.created
    assert created == dt.datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - of build 20260102-030405
    time.sleep(1.1)  # properties are written to the second
    assert workbook(tables, sources=NO_SOURCES, words=Words("nl")) == first


NO_SOURCES = pd.DataFrame(columns=["series_id"])


@pytest.mark.parametrize("code", ["GM0489", "GM1783"])
def test_the_workbook_names_the_sources_of_every_sheet(warehouse: Path, code: str) -> None:
    book = opened(warehouse, code)
    said = dict(book["Bronnen"].iter_rows(min_row=2, max_col=2, values_only=True))
    head, *rows = book["Cijfers"].iter_rows(values_only=True)
    lines = {row[head.index("source_line")] for row in rows}
    assert len(lines) > 1
    assert all(line in said["Bronnen"] for line in lines)
    assert all(line in book.properties.description for line in lines)
    assert "CC BY 4.0" in said["Licentie"]
    assert "Oordelen over de doelen" in said["Titel"]
    assert "Cijfers over eenzaamheid" in said["Titel"]
    assert book.properties.creator == "Doelmonitor eenzaamheid"
    assert "as stated" not in str(said)


def test_the_name_of_a_file_says_every_edition_in_it(warehouse: Path) -> None:
    figures = figures_table(dossier_of(warehouse, "GM1783"), words=Words("nl"))
    stem = figures.origin.stem
    assert stem.startswith("westland-cijfers-50090ned-50140ned-published-20")
