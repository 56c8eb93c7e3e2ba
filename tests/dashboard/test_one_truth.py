"""One truth: the same number in sentence, chart, table and every file, for every target.

The number comes from the warehouse itself, asked here with SQL of its own; every other place must
show that number.
"""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pypdf
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard import sentences, small_charts
from dashboard.dossier import Story
from dashboard.export_tables import chart_table, verdicts_table
from dashboard.i18n import Words, decimals_of
from dashboard.paper import paper_pdf
from dashboard.slides import slides
from dashboard.table_files import csv_for_excel, csv_plain, parquet
from dashboard.theme import LIGHT
from dashboard.workbooks import workbook
from tests.dashboard.exported import TARGETS, chart_of, dossier_of

EVERY_TARGET = [(code, target) for code, targets in TARGETS.items() for target in targets]
pytestmark = pytest.mark.xdist_group("one truth")  # papers and decks are made once


@dataclass(frozen=True)
class Truth:
    """What the warehouse says of a target: newest value with its year, baseline and target."""

    latest: float | None
    year: int | None
    baseline: float | None
    target: float | None
    step: float | None

    @property
    def printed(self) -> str:
        """The newest value as a Dutch reader sees it."""
        assert self.latest is not None
        return Words("nl").format_pct(self.latest, decimals=decimals_of(self.step))


@pytest.fixture(scope="module")
def truths(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Truth]:
    """Ask a copy of the published file itself: two ways of opening one file do not go together."""
    named = json.loads((warehouse / "current.json").read_text(encoding="utf-8"))["file"]
    file = shutil.copy(warehouse / named, tmp_path_factory.mktemp("truth"))
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.execute(
            """
            select
                a.target_id,
                a.latest_value, a.latest_year, a.baseline_value, a.target_value, e.rounding_step
            from marts.assessments a
            join marts.targets t using (target_id)
            left join marts.estimates e
              on e.series_id = a.series_id and e.edition = a.edition
             and e.region_code = t.region_code and e.indicator = t.indicator
             and e.age_group = a.age_group and e.year = a.latest_year
            where a.is_headline and a.is_current
            """
        ).fetchall()
    return {target: Truth(*numbers) for target, *numbers in rows}


def story_of(warehouse: Path, code: str, target: str) -> Story:
    """The story that tile, sentences and files are made from."""
    return next(s for s in dossier_of(warehouse, code).stories if s.target_id == target)


def newest(frame: pd.DataFrame, target: str) -> dict[str, Any]:
    """The row of the headline verdict in a table of verdicts; missing is None."""
    rows = frame[(frame["target_id"] == target) & frame["is_headline"] & frame["is_current"]]
    (row,) = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return row


def agrees(row: dict[str, Any], truth: Truth) -> bool:
    """Whether a row of a file holds what the warehouse says."""
    found = (row["latest_value"], row["latest_year"], row["baseline_value"], row["target_value"])
    return found == (truth.latest, truth.year, truth.baseline, truth.target)


@pytest.fixture(scope="module")
def papers(warehouse: Path) -> dict[str, str]:
    """Text of every paper."""
    found = {}
    for code in TARGETS:
        content = paper_pdf(dossier_of(warehouse, code), words=Words("nl"))
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        found[code] = " ".join(" ".join(page.extract_text() for page in pages).split())
    return found


@pytest.fixture(scope="module")
def decks(warehouse: Path) -> dict[str, Any]:
    """Every deck of slides."""
    return {
        code: Presentation(io.BytesIO(slides(dossier_of(warehouse, code), words=Words("nl"))))
        for code in TARGETS
    }


@pytest.mark.parametrize(("code", "target"), EVERY_TARGET)
def test_tile_and_sentence_say_the_number(
    warehouse: Path, truths: dict[str, Truth], code: str, target: str
) -> None:
    truth, story = truths[target], story_of(warehouse, code, target)
    words = Words("nl")
    sentence = sentences.verdict_sentence(story.row, words)
    tile = small_charts.change_and_target(story.row, words=words, theme=LIGHT, name="tile")
    if truth.latest is None:
        assert tile is None
        assert sentences.is_indicative(story.row) is False
        return
    assert truth.printed in sentence
    assert f"{truth.year}: {truth.printed}" in tile.svg
    assert truth.printed in tile.alternative


@pytest.mark.parametrize(("code", "target"), EVERY_TARGET)
def test_the_chart_draws_the_number(
    warehouse: Path, truths: dict[str, Truth], code: str, target: str
) -> None:
    truth, dossier = truths[target], dossier_of(warehouse, code)
    if truth.latest is None:
        assert story_of(warehouse, code, target).years == []
        return
    chart = chart_of(dossier, target)
    ours = [trace for trace in chart.figure.data if (trace.meta or {}).get("role") == "ours"]
    drawn = {point for trace in ours for point in zip(trace.x, trace.y, strict=True)}
    assert max(drawn) == (truth.year, truth.latest)
    promised = [trace for trace in chart.figure.data if (trace.meta or {}).get("role") == "target"]
    assert [trace.y[0] for trace in promised] == ([] if truth.target is None else [truth.target])


@pytest.mark.parametrize(("code", "target"), EVERY_TARGET)
def test_the_table_beside_the_chart_and_its_files_hold_the_number(
    warehouse: Path, truths: dict[str, Truth], code: str, target: str
) -> None:
    truth, dossier = truths[target], dossier_of(warehouse, code)
    if truth.latest is None:
        return
    table = chart_table(chart_of(dossier, target), words=Words("nl"))
    ours = table.frame[
        (table.frame["region_name"] == dossier.name)
        & (table.frame["kind"] == "measured")
        & (table.frame["year"] == truth.year)
    ]
    assert ours["value"].tolist() == [truth.latest]
    read = pd.read_csv(io.BytesIO(csv_for_excel(table)), sep=";", decimal=",")
    assert read.loc[ours.index, "value"].tolist() == [truth.latest]


@pytest.mark.parametrize(("code", "target"), EVERY_TARGET)
def test_csv_xlsx_and_parquet_hold_the_number(
    warehouse: Path, truths: dict[str, Truth], tmp_path: Path, code: str, target: str
) -> None:
    truth, words = truths[target], Words("nl")
    dossier = dossier_of(warehouse, code)
    table = verdicts_table(dossier, words=words)
    dutch = pd.read_csv(io.BytesIO(csv_for_excel(table)), sep=";", decimal=",")
    plain = pd.read_csv(io.BytesIO(csv_plain(table)))
    book = workbook({"Oordelen": table}, sources=dossier.sources, words=words)
    head, *rows = openpyxl.load_workbook(io.BytesIO(book))["Oordelen"].iter_rows(values_only=True)
    file = tmp_path / "oordelen.parquet"
    file.write_bytes(parquet(table))
    asked = duckdb.execute(f"from '{file}'").df()
    for frame in (dutch, plain, pd.DataFrame(rows, columns=head), pd.read_parquet(file), asked):
        assert agrees(newest(frame, target), truth)


@pytest.mark.parametrize(("code", "target"), EVERY_TARGET)
def test_the_paper_prints_the_number(
    warehouse: Path,
    truths: dict[str, Truth],
    papers: dict[str, str],
    code: str,
    target: str,
) -> None:
    truth, story = truths[target], story_of(warehouse, code, target)
    words, shown = Words("nl"), papers[code]
    assert sentences.target_title(story.row, words) in shown
    if truth.latest is not None:
        assert sentences.verdict_sentence(story.row, words) in shown
        assert f"{truth.year}: {truth.printed}" in shown


@pytest.mark.parametrize(("code", "target"), EVERY_TARGET)
def test_the_slide_holds_the_number(
    warehouse: Path, truths: dict[str, Truth], decks: dict[str, Any], code: str, target: str
) -> None:
    truth, story = truths[target], story_of(warehouse, code, target)
    slide = decks[code].slides[TARGETS[code].index(target)]
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert any(sentences.verdict_sentence(story.row, Words("nl")) in text for text in said)
    charts = [shape.chart for shape in slide.shapes if shape.has_chart]
    if truth.latest is None:
        assert charts == []
        return
    series = {each.name: _points(each) for each in charts[0].plots[0].series}
    assert max(series[story.row["region_name"]]) == (truth.year, truth.latest)
    if truth.target is not None:
        ends = [points[-1][1] for name, points in series.items() if name in ("doel", "grens")]
        assert ends == [truth.target]


def _points(series: Any) -> list[tuple[float, float]]:
    found = [
        [float(v.text) for v in series._element.findall(f"{qn(axis)}//{qn('c:v')}")]
        for axis in ("c:xVal", "c:yVal")
    ]
    return list(zip(*found, strict=True))


def test_the_numbers_are_those_that_were_published(truths: dict[str, Truth]) -> None:
    """From RIVM StatLine 50090NED and the plans, typed by hand."""
    assert set(truths) == {target for _, target in EVERY_TARGET}
    numbers = {name: (t.latest, t.year, t.target) for name, t in truths.items() if t.latest}
    assert numbers == {
        "westland-severely-lonely": (9.6, 2020, 4.0),
        "westland-19-64": (38.0, 2016, 30.0),
        "westland-65-plus": (48.7, 2020, 36.0),
        "hardenberg-lonely": (41.0, 2020, 35.0),
        "hardenberg-severely-lonely": (8.7, 2020, 7.0),
        "heemstede-trend": (42.9, 2020, None),
    }
