"""Swing workbooks in the two documented layouts, for the tests of their reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

IMPORT_HEADER = ("PERIODE", "GEBIEDSNIVEAU", "GEBIED", "NAAM", "WAARDE")
METADATA_HEADER = (
    *("Name", "Description", "Indicator code", "RoundOff"),
    *("More information", "Unit", "Source", "Data type"),
)
INDICATORS_HEADER = (
    *("Indicator code", "Name", "Unit", "Data type", "Visible", "Threshold value", "RoundOff"),
)
LONELY = "Is eenzaam (obv De Jong Gierveld schaal)"
SEVERELY = "Is (zeer) ernstig eenzaam"

Rows = Sequence[Sequence[object]]


def write_workbook(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write a workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def metadata(code: str, description: str, **more: object) -> tuple[object, ...]:
    """One row of the metadata of an import workbook."""
    cells: dict[str, object] = {
        "Name": description,
        "Description": description,
        "Indicator code": code,
        "RoundOff": 1,
        "Unit": "p",
        "Source": "gmvo",
        "Data type": "Percentage",
        **more,
    }
    return tuple(cells.get(name) for name in METADATA_HEADER)


def import_workbook(data: Path, *rows: Sequence[object], described: Rows = ()) -> Path:
    """Write an import workbook into the inbox."""
    known = (metadata("GGEES217", LONELY), metadata("GGEES209", SEVERELY), *described)
    sheets = {"data": (IMPORT_HEADER, *rows), "metadata": (METADATA_HEADER, *known)}
    return write_workbook(data / "inbox" / "import.xlsx", sheets)


def cube_workbook(
    data: Path,
    *rows: Sequence[object],
    header: Sequence[str] = ("Jaar", "Geolevel", "Geoitem", "leeftijd", "GGEES217", "n_ongewogen"),
    items: Rows = ((1, "18-64 jaar", 1), (2, "65 jaar en ouder", 2)),
    indicators: Rows = (("GGEES217", LONELY, "percentage", "Percentage", 1, 50, "0,1"),),
    dimensions: Sequence[str] = ("leeftijd",),
    definition: Rows | None = None,
) -> Path:
    """Write a cube workbook into the inbox; by default percentages by age."""
    variables = header[3 + len(dimensions) :]
    types = definition or (
        ("Jaar", "period"),
        ("geolevel", "geolevel"),
        ("geoitem", "geoitem"),
        *((name, "dim") for name in dimensions),
        *((name, "var") for name in variables),
    )
    sheets: dict[str, Rows] = {
        "Data": (header, *rows),
        "Data_def": (("col", "type"), *types),
        "Dimensies": (("Dimensiecode", "Naam"), *((name, name) for name in dimensions)),
        **dict.fromkeys(dimensions, (("Itemcode", "Naam", "Volgnr"), *items)),
        "Indicators": (INDICATORS_HEADER, *indicators),
    }
    return write_workbook(data / "inbox" / "cube.xlsx", sheets)
