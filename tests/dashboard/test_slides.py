"""Slides, opened with python-pptx and read as XML where that knows nothing of it."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from dashboard import sentences
from dashboard.dossier import Dossier
from dashboard.i18n import Words
from dashboard.slides import TemplateError, plain_template, slides
from tests.dashboard.exported import (
    LONGEST_NAME,
    MARGIN_ABOVE,
    MARGIN_BELOW,
    TARGETS,
    dossier_of,
)


def deck(dossier: Dossier, *, template: Path | None = None) -> Any:
    """The slides of a municipality."""
    content = slides(dossier, words=Words(dossier.language), template=template)
    return Presentation(io.BytesIO(content))


def chart_frame(slide: Any) -> Any:
    """The one chart on a slide."""
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    return frame


def points(series: Any) -> list[tuple[float, float]]:
    """Years and percentages of a series."""
    xs = [float(v.text) for v in series._element.findall(f"{qn('c:xVal')}//{qn('c:v')}")]
    ys = [float(v.text) for v in series._element.findall(f"{qn('c:yVal')}//{qn('c:v')}")]
    return list(zip(xs, ys, strict=True))


@pytest.mark.parametrize("code", TARGETS)
def test_each_target_has_one_slide(warehouse: Path, code: str) -> None:
    assert len(deck(dossier_of(warehouse, code)).slides) == len(TARGETS[code])


def test_the_chart_is_native_and_holds_the_figures_at_their_years(warehouse: Path) -> None:
    slide = deck(dossier_of(warehouse, "GM1783")).slides[0]
    chart = chart_frame(slide).chart
    assert chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS or "SCATTER" in str(
        chart.chart_type
    )
    found = {series.name: points(series) for series in chart.plots[0].series}
    assert found == {
        "Westland": [(2012, 7.3), (2016, 8.3), (2020, 9.6)],
        "Nederland": [(2012, 8.6), (2016, 10.1), (2020, 11.2)],
        "rechte lijn naar het doel": [(2016, 8.3), (2028, 4)],
        "doel": [(2028, 4)],
    }


def test_the_chart_can_be_edited_in_its_own_workbook(warehouse: Path) -> None:
    chart = chart_frame(deck(dossier_of(warehouse, "GM1783")).slides[0]).chart
    book = pd.read_excel(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob), header=None)
    assert 9.6 in book.to_numpy().ravel().tolist()


def test_notes_hold_the_sentence_and_the_source(warehouse: Path) -> None:
    dossier, words = dossier_of(warehouse, "GM1783"), Words("nl")
    for slide, story in zip(deck(dossier).slides, dossier.stories, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith(sentences.verdict_sentence(story.row, words))
        assert dossier.build_id in notes
        assert "Bron: " in notes or "Doelen: " in notes
        assert "activiteit werkt" in notes


def test_the_chart_has_an_alternative_text(warehouse: Path) -> None:
    frame = chart_frame(deck(dossier_of(warehouse, "GM0160")).slides[0])
    said = frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert "Hardenberg: 2012" in said
    assert "2020 41,0%" in said


def test_margins_are_error_bars(warehouse_with_margins: Path) -> None:
    chart = chart_frame(deck(dossier_of(warehouse_with_margins, "GM1783")).slides[0]).chart
    ours, country, *_ = chart.plots[0].series
    bars = ours._element.find(qn("c:errBars"))
    for side, length in (("plus", MARGIN_ABOVE), ("minus", MARGIN_BELOW)):
        found = [float(v.text) for v in bars.findall(f"{qn(f'c:{side}')}//{qn('c:v')}")]
        assert found == pytest.approx([length] * 3)
    order = [child.tag for child in ours._element]
    assert order.index(qn("c:errBars")) == order.index(qn("c:xVal")) - 1
    assert country._element.find(qn("c:errBars")) is None


def test_no_line_runs_over_a_major_break(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    story = dossier.stories[0]
    major = pd.DataFrame(
        {"year_before": [2016], "year_after": [2020], "severity": ["major"], "reason": ["x"]}
    )
    broken = replace(dossier, stories=[replace(story, breaks=major)])
    ours = chart_frame(deck(broken).slides[0]).chart.plots[0].series[0]
    hidden = [
        int(point.find(qn("c:idx")).get("val"))
        for point in ours._element.findall(qn("c:dPt"))
        if point.find(f".//{qn('a:ln')}/{qn('a:noFill')}") is not None
    ]
    assert hidden == [2]


@pytest.mark.parametrize(("language", "shown"), [("nl", '[$-413]0.0"%"'), ("en", '[$-809]0.0"%"')])
def test_values_are_shown_as_published_in_the_language(
    warehouse: Path, language: str, shown: str
) -> None:
    chart = chart_frame(deck(dossier_of(warehouse, "GM1783", language)).slides[0]).chart
    labels = chart.plots[0].series[0]._element.find(qn("c:dLbls"))
    assert labels.find(qn("c:numFmt")).get("formatCode") == shown


def test_a_slide_without_a_figure_says_why(warehouse: Path) -> None:
    slide = deck(dossier_of(warehouse, "GM1783")).slides[1]
    assert not [shape for shape in slide.shapes if shape.has_chart]
    said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Het plan noemt geen leeftijd en geen jaar." in said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_lies_on_the_slide_and_nothing_on_another(
    warehouse: Path, language: str
) -> None:
    dossier = dossier_of(warehouse, "GM1783", language)
    stories = [replace(s, row={**s.row, "region_name": LONGEST_NAME}) for s in dossier.stories]
    made = deck(replace(dossier, stories=stories))
    for slide in made.slides:
        assert LONGEST_NAME in slide.shapes.title.text_frame.text
        boxes = sorted(slide.shapes, key=lambda shape: shape.top)
        for shape in boxes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height
        for above, below in itertools.pairwise(boxes):
            assert above.top + above.height <= below.top


def test_an_exported_deck_can_be_the_template_and_its_slides_are_left_out(
    warehouse: Path, tmp_path: Path
) -> None:
    own = plain_template()
    own.slide_width = Inches(10)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text_frame.text = "Oude dia"
    file = tmp_path / "huisstijl.pptx"
    own.save(str(file))
    made = deck(dossier_of(warehouse, "GM0397"), template=file)
    assert made.slide_width == Inches(10)
    (slide,) = made.slides
    assert slide.shapes.title.text_frame.text.startswith("Heemstede")


@pytest.mark.parametrize("content", [None, b"no deck", b""])
def test_a_template_that_cannot_be_read_is_refused_by_name(
    warehouse: Path, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "huisstijl.pptx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(TemplateError, match=r"huisstijl\.pptx"):
        deck(dossier_of(warehouse, "GM0397"), template=file)


def test_a_template_without_titles_is_refused(warehouse: Path, tmp_path: Path) -> None:
    own = plain_template()
    for layout in own.slide_layouts:
        for holder in list(layout.placeholders):
            holder.element.getparent().remove(holder.element)
    file = tmp_path / "leeg.pptx"
    own.save(str(file))
    with pytest.raises(TemplateError, match="title"):
        deck(dossier_of(warehouse, "GM0397"), template=file)
