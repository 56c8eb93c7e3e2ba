"""The files of the page Gegevens en export, as its buttons make them."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from dashboard import page_files
from dashboard.exports import Download
from tests.dashboard.exported import dossier_of


@pytest.fixture
def offered(warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    """Gives the files of a municipality by the name of their row of buttons."""

    def files(code: str, language: str = "nl") -> dict[str, list[Download]]:
        monkeypatch.setattr(
            page_files,
            "gathered",
            lambda *, municipality, language: dossier_of(warehouse, municipality, language),
        )
        return page_files.files(municipality=code, language=language)

    return files


def test_a_workbook_lists_the_files_that_its_figures_come_from(offered) -> None:
    (book,) = [one for one in offered("GM1783")["figures"] if one.file_name.endswith(".xlsx")]
    sheet = pd.read_excel(io.BytesIO(book.data()), sheet_name="Bronnen")
    said = dict(zip(sheet["item"], sheet["value"], strict=True))
    assert said["rivm_smap 50090NED: file"] == "figures/rivm_50090NED.csv"
    assert said["rivm_smap 50090NED: licence"] == "CC BY 4.0"
    assert said["ggd_monitor published: licence"] == "zie de vindplaats bij elk cijfer"


def test_rows_of_buttons_follow_what_a_municipality_has(offered) -> None:
    assert list(offered("GM1783")) == ["meeting", "figures", "verdicts", "codebook", "references"]
    assert list(offered("GM0518", "en")) == ["meeting", "figures", "codebook", "references"]
