"""Slides, opened with python-pptx and read as XML where that knows nothing of it."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
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


def rows_of(series: Any, name: str) -> dict[int, float]:
    """Numbers of a series by their row; a row without a number is left out."""
    found = series._element.findall(f"{qn(name)}//{qn('c:pt')}")
    return {int(point.get("idx")): float(point.find(qn("c:v")).text) for point in found}


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


def test_a_name_is_never_a_formula_in_the_workbook_of_a_chart(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    story = dossier.stories[0]
    named = replace(story, row={**story.row, "region_name": "=HYPERLINK(1)"})
    chart = chart_frame(deck(replace(dossier, stories=[named])).slides[0]).chart
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    (cell,) = [cell for row in book.active for cell in row if "HYPERLINK" in str(cell.value)]
    assert (cell.data_type, cell.value) == ("s", "'=HYPERLINK(1)")


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
    chart = chart_frame(deck(broken).slides[0]).chart
    for series in list(chart.plots[0].series)[:2]:
        assert rows_of(series, "c:xVal") == {0: 2012, 1: 2016, 2: 2018, 3: 2020}
        assert set(rows_of(series, "c:yVal")) == {0, 1, 3}  # no figure in 2018: a gap
    gap = chart._chartSpace.find(f".//{qn('c:dispBlanksAs')}")
    assert gap.get("val") == "gap"
    book = pd.read_excel(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob), header=None)
    assert book.iloc[1:5, 0].tolist() == [2012, 2016, 2018, 2020]
    assert book.iloc[1:5, 1].isna().tolist() == [False, False, True, False]


def test_the_line_from_before_the_plan_has_a_mark_in_the_newest_year(demo: Path) -> None:
    dossier = dossier_of(demo, "GM9001")
    trend = next(one for one in dossier.stories if one.row["code"] == "trend_broken")
    chart = chart_frame(deck(replace(dossier, stories=[trend])).slides[0]).chart
    found = {series.name: points(series) for series in chart.plots[0].series}
    assert found["op dezelfde lijn als voor het plan"] == [(2024, pytest.approx(32.0))]
    assert "doel" not in found


def test_no_line_runs_over_a_wave_without_a_figure(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    story = dossier.stories[0]
    assert story.ours is not None
    ours = story.ours.assign(value=story.ours["value"].where(story.ours["year"] != 2016))
    made = deck(replace(dossier, stories=[replace(story, ours=ours)]))
    series = chart_frame(made.slides[0]).chart.plots[0].series[0]
    assert rows_of(series, "c:yVal") == {0: 7.3, 2: 9.6}


def test_no_series_is_longer_than_the_first(warehouse: Path) -> None:
    # LibreOffice draws no points of a series before a longer one
    dossier = dossier_of(warehouse, "GM1783")
    story = dossier.stories[0]
    assert story.ours is not None
    ours = story.ours[story.ours["year"] == 2016]
    made = deck(replace(dossier, stories=[replace(story, ours=ours)]))
    series = list(chart_frame(made.slides[0]).chart.plots[0].series)
    assert rows_of(series[0], "c:yVal") == {0: 8.3}
    lengths = [
        int(s._element.find(f"{qn('c:yVal')}//{qn('c:ptCount')}").get("val")) for s in series
    ]
    assert lengths[0] == max(lengths) == 3


def test_a_target_without_a_year_is_a_level_line_with_its_value_at_the_end(
    warehouse: Path,
) -> None:
    chart = chart_frame(deck(dossier_of(warehouse, "GM0160")).slides[0]).chart
    *_, target = chart.plots[0].series
    assert target.name == "doel"
    assert points(target) == [(2012, 35), (2024, 35)]
    labels = target._element.find(qn("c:dLbls"))
    assert labels.find(qn("c:showVal")).get("val") == "1"
    hidden = [int(one.find(qn("c:idx")).get("val")) for one in labels.findall(qn("c:dLbl"))]
    assert hidden == [0]


@pytest.mark.parametrize(("year", "side"), [(2020, "b"), (2028, "t")])
def test_the_value_of_a_target_keeps_clear_of_a_figure_of_the_same_year(
    warehouse: Path, year: int, side: str
) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    story = dossier.stories[0]
    made = deck(replace(dossier, stories=[replace(story, row={**story.row, "target_year": year})]))
    *_, target = chart_frame(made.slides[0]).chart.plots[0].series
    assert points(target) == [(year, 4)]
    assert target._element.find(f"{qn('c:dLbls')}/{qn('c:dLblPos')}").get("val") == side


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


def test_the_longest_words_take_smaller_letters_and_the_others_do_not(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    story = dossier.stories[0]
    row = {
        **story.row,
        "region_name": LONGEST_NAME,
        "indicator_people": "jongvolwassenen die zich soms tot vaak emotioneel eenzaam voelen",
        "indicator_label": "Enigszins tot sterk emotioneel eenzaam (6 uitspraken)",
        "age_label": "jongvolwassenen van 16 t/m 25 jaar",
        "target_age_group": "16-25",
    }
    short, long = deck(replace(dossier, stories=[story, replace(story, row=row)])).slides
    assert runs(short.shapes.title) == [None]
    assert runs(short.shapes[1]) == [18, 18]
    assert runs(long.shapes.title) == [18]
    assert runs(long.shapes[1]) == [16, 16]


def runs(shape: Any) -> list[float | None]:
    """Letter sizes of a text in points; None where the template decides."""
    found = [run for line in shape.text_frame.paragraphs for run in line.runs]
    return [None if run.font.size is None else run.font.size.pt for run in found]


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
