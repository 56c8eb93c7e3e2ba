"""What a chart over time draws and says. Figures: RIVM 50090NED, margins typed here."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import Chart, progress_over_time
from dashboard.i18n import Words
from dashboard.theme import DARK, LIGHT, NARROW, PRINT, SLIDE, WIDE, Frame, Theme
from tests.dashboard.drawn import (
    BUILD,
    boxes,
    caption,
    everything_said,
    figures,
    lines,
    overlap,
    points,
    traces,
    whiskers,
    words_in,
)

NL, EN = Words("nl"), Words("en")
WESTLAND = figures((2012, 42.9, 40.0, 45.8), (2016, 45.8, 42.9, 48.7), (2020, 48.7, 45.6, 51.8))
COUNTRY = figures((2012, 45.3, None, None), (2016, 48.3, None, None), (2020, 49.5, None, None))
PROMISE: dict[str, Any] = {
    "kind": "level",
    "direction": "decrease",
    "baseline_value": 45.8,
    "baseline_year": 2016,
    "baseline_stated": 44.0,
    "target_value": 36.0,
    "target_year": 2028,
    "latest_year": 2020,
    "forecast_value": None,
}


def drawn(
    estimates: pd.DataFrame = WESTLAND,
    *,
    assessment: dict[str, Any] | None = PROMISE,
    country: pd.DataFrame | None = COUNTRY,
    words: Words = NL,
    theme: Theme = LIGHT,
    frame: Frame = WIDE,
    **more: Any,
) -> Chart:
    return progress_over_time(
        estimates,
        assessment=assessment,
        country=country,
        caption=more.pop("caption", caption(words.language)),
        words=words,
        theme=theme,
        frame=frame,
        **more,
    )


def a_break(severity: str) -> pd.DataFrame:
    row = {"year_before": 2016, "year_after": 2020, "severity": severity, "reason": "Andere vraag."}
    return pd.DataFrame([row])


@pytest.mark.parametrize("frame", [WIDE, NARROW, SLIDE, PRINT], ids=lambda frame: frame.name)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_dots_stand_at_the_measured_years_and_nowhere_else(theme: Theme, frame: Frame) -> None:
    figure = drawn(theme=theme, frame=frame).figure
    assert points(figure, "ours") == [(2012, 42.9), (2016, 45.8), (2020, 48.7)]
    assert points(figure, "country") == [(2012, 45.3), (2016, 48.3), (2020, 49.5)]


def test_lines_have_ends_at_measured_years_only() -> None:
    figure = drawn().figure
    measured = {2012, 2016, 2020}
    assert {x for line in traces(figure, "ours-line") for x in line.x} == measured
    assert all(line.line.shape in (None, "linear") for line in lines(figure))


def test_years_stand_on_a_linear_scale_as_plain_digits() -> None:
    axis = drawn().figure.layout.xaxis
    assert axis.type in (None, "linear")
    assert list(axis.tickvals) == [2012, 2016, 2020, 2028]
    assert list(axis.ticktext) == ["2012", "2016", "2020", "2028"]


def test_whiskers_reach_from_margin_to_margin() -> None:
    (trace,) = traces(drawn().figure, "ours")
    assert whiskers(trace) == [(40.0, 45.8), (42.9, 48.7), (45.6, 51.8)]
    assert trace.error_y.visible


def test_a_figure_without_a_margin_has_no_whisker() -> None:
    one = figures((2012, 42.9, None, None), (2016, 45.8, 42.9, 48.7))
    (trace,) = traces(drawn(one).figure, "ours")
    assert whiskers(trace) == [(42.9, 42.9), (42.9, 48.7)]
    (country,) = traces(drawn(one).figure, "country")
    assert not country.error_y.visible


def test_the_reader_is_told_when_no_margins_were_published() -> None:
    bare = WESTLAND.assign(margin_lower=None, margin_upper=None)
    assert "Bij deze cijfers is geen marge gepubliceerd." in words_in(drawn(bare).figure)
    assert "No margins were published with these figures." in words_in(drawn(bare, words=EN).figure)


@pytest.mark.parametrize("frame", [WIDE, NARROW, SLIDE], ids=lambda frame: frame.name)
def test_the_axis_starts_at_nought_and_holds_every_mark(frame: Frame) -> None:
    low, high = drawn(frame=frame).figure.layout.yaxis.range
    assert low == 0
    assert high > 51.8


def test_the_target_is_a_ring_at_its_year_named_at_its_end() -> None:
    figure = drawn().figure
    (ring,) = traces(figure, "target")
    assert (list(ring.x), list(ring.y)) == ([2028], [36.0])
    assert ring.marker.color == LIGHT.background
    assert ring.marker.line.color == LIGHT.ink
    assert "doel 36%" in words_in(figure)
    assert "target 36%" in words_in(drawn(words=EN).figure)


@pytest.mark.parametrize("frame", [WIDE, SLIDE], ids=lambda frame: frame.name)
def test_names_stand_in_the_order_of_their_dots_where_a_path_takes_their_room(
    frame: Frame,
) -> None:
    ours = figures((2016, 44.2, 42.2, 46.2), (2020, 45.0, 43.0, 47.0), (2024, 41.0, 39.0, 43.0))
    country = figures((2016, 43.5, None, None), (2020, 47.0, None, None), (2024, 46.5, None, None))
    region = figures((2016, 42.5, None, None), (2020, 46.0, None, None), (2024, 45.5, None, None))
    promise = PROMISE | {
        "baseline_value": 45.0,
        "baseline_year": 2020,
        "baseline_stated": 45.0,
        "target_value": 40.0,
        "target_year": 2032,
        "latest_year": 2024,
    }
    chart = drawn(
        ours,
        assessment=promise,
        country=country,
        region=region.assign(region_name="GGD Voorbeeldregio (verzonnen)"),
        caption=caption(place="Voorbeeldstad (verzonnen)"),
        frame=frame,
    )
    places = {name.split(" ", 1)[1]: box for name, box in boxes(chart.figure).items()}
    heights = [
        next(box[1] + box[3] for name, box in places.items() if name.startswith(start))
        for start in ("Nederland 46,5%", "GGD Voorbeeldregio", "Voorbeeldstad (verzonnen) 41,0%")
    ]
    assert heights == sorted(heights, reverse=True)


def test_after_a_major_break_no_path_judges_the_new_figures() -> None:
    broken = drawn(assessment=PROMISE | {"change": "not_comparable"}, breaks=a_break("major"))
    assert traces(broken.figure, "path") == []
    assert len(traces(broken.figure, "target")) == 1
    assert "rechte lijn" not in words_in(broken.figure)


def test_the_path_is_one_straight_dashed_line_from_baseline_to_target() -> None:
    (path,) = traces(drawn().figure, "path")
    assert (list(path.x), list(path.y)) == ([2016, 2028], [45.8, 36.0])
    assert path.line.dash == "6px,5px"


@pytest.mark.parametrize(
    "changes",
    [
        {"baseline_value": 35.0},
        {"baseline_value": None, "baseline_year": None},
        {"target_value": None, "target_year": None},
    ],
    ids=["baseline past the target", "no baseline", "no target"],
)
def test_without_a_way_to_go_there_is_no_path(changes: dict[str, Any]) -> None:
    assert traces(drawn(assessment=PROMISE | changes).figure, "path") == []


def test_where_more_is_better_the_path_goes_up() -> None:
    rising = PROMISE | {"direction": "increase", "target_value": 60.0}
    (path,) = traces(drawn(assessment=rising).figure, "path")
    assert list(path.y) == [45.8, 60.0]
    falling = PROMISE | {"direction": "increase"}
    assert traces(drawn(assessment=falling).figure, "path") == []


def test_a_level_to_keep_is_a_level_line() -> None:
    kept = PROMISE | {"kind": "maintain", "target_value": 45.8}
    figure = drawn(assessment=kept).figure
    (line,) = traces(figure, "path")
    assert list(line.y) == [45.8, 45.8]
    assert "niet boven 45,8%" in words_in(figure)


def test_a_target_without_a_year_is_a_level_line_with_its_ring_at_the_edge() -> None:
    timeless = PROMISE | {"target_value": 35.0, "target_year": None, "baseline_value": None}
    figure = drawn(assessment=timeless).figure
    (line,) = traces(figure, "path")
    assert list(line.y) == [35.0, 35.0]
    assert [y for _, y in points(figure, "target")] == [35.0]
    assert list(figure.layout.xaxis.tickvals) == [2012, 2016, 2020]


def test_the_stated_baseline_is_drawn_only_where_it_differs() -> None:
    assert points(drawn().figure, "stated") == [(2016, 44.0)]
    assert any("in het plan: 44%" in text for text in words_in(drawn().figure))
    same = PROMISE | {"baseline_stated": 45.8}
    assert points(drawn(assessment=same).figure, "stated") == []


def test_a_stated_baseline_far_from_the_figure_of_its_year_is_named_at_its_own_mark() -> None:
    far = drawn(assessment=PROMISE | {"baseline_stated": 20.0}).figure
    assert "in het plan: 20%" in words_in(far)
    assert "45,8%" in words_in(far)
    (note,) = [one for one in far.layout.annotations if "in het plan" in one.text]
    assert note.y == 20.0
    newest = PROMISE | {"baseline_year": 2020, "baseline_stated": 20.0}
    assert "Westland 48,7%" in words_in(drawn(assessment=newest).figure)


def test_no_line_crosses_a_major_break() -> None:
    figure = drawn(breaks=a_break("major"), assessment=None).figure
    for role in ("ours-line", "country-line"):
        assert [list(line.x) for line in traces(figure, role)] == [[2012, 2016]]
    assert "breuk" in words_in(figure)
    assert "break" in words_in(drawn(breaks=a_break("major"), words=EN).figure)
    assert points(figure, "ours")[-1] == (2020, 48.7)


def test_a_minor_break_makes_the_line_thin_and_says_why() -> None:
    figure = drawn(breaks=a_break("minor")).figure
    widths = {tuple(line.x): line.line.width for line in traces(figure, "ours-line")}
    assert widths[(2016, 2020)] < widths[(2012, 2016)]
    assert any("Andere vraag." in text for text in words_in(figure))
    assert "breuk" not in words_in(figure)


def test_a_break_outside_the_drawn_years_is_not_mentioned() -> None:
    early = WESTLAND[WESTLAND["year"] < 2020]
    assert "Andere vraag." not in drawn(early, breaks=a_break("major")).alternative


def test_a_suppressed_wave_is_a_gap_with_its_reason() -> None:
    gap = WESTLAND.copy()
    gap.loc[gap["year"] == 2016, ["value", "margin_lower", "margin_upper"]] = math.nan
    gap.loc[gap["year"] == 2016, "obs_status"] = "suppressed"
    chart = drawn(gap)
    assert points(chart.figure, "ours") == [(2012, 42.9), (2020, 48.7)]
    assert traces(chart.figure, "ours-line") == []
    assert "2016 niet gepubliceerd, te weinig deelnemers" in chart.alternative


def test_an_extra_wave_is_a_diamond_with_an_asterisk() -> None:
    waves = pd.DataFrame([{"year": 2020, "exceptional": True, "label": "extra coronameting"}])
    figure = drawn(waves=waves).figure
    symbols = {x: trace.marker.symbol for trace in traces(figure, "ours") for x in trace.x}
    assert symbols == {2012: "circle", 2016: "circle", 2020: "diamond"}
    assert list(figure.layout.xaxis.ticktext) == ["2012", "2016", "2020*", "2028"]
    assert any("Dichte ruit (*), 2020: extra coronameting." in text for text in words_in(figure))


def test_a_trend_target_shows_the_forecast_as_a_mark_and_no_line() -> None:
    trend = {"kind": "trend", "direction": "decrease", "latest_year": 2020, "forecast_value": 50.4}
    chart = drawn(assessment=trend)
    assert points(chart.figure, "forecast") == [(2020, 50.4)]
    assert traces(chart.figure, "path") == []
    assert "2020 50,4%" in chart.alternative


def test_the_country_and_the_region_are_named_at_their_lines() -> None:
    region = figures(
        (2016, 47.0, None, None), (2020, 49.9, None, None), region_name="GGD Haaglanden"
    )
    said = words_in(drawn(region=region).figure)
    assert "Nederland 49,5%" in said
    assert "GGD Haaglanden 49,9%" in said
    assert "Westland 48,7%" in said
    assert not drawn().figure.layout.showlegend


@pytest.mark.parametrize(
    ("words", "own", "other"), [(NL, "48,7%", "48.7%"), (EN, "48.7%", "48,7%")]
)
def test_numbers_are_written_as_the_language_writes_them(
    words: Words, own: str, other: str
) -> None:
    chart = drawn(words=words)
    said = everything_said(chart.figure)
    assert own in said
    assert other not in said
    assert chart.figure.layout.separators == {"nl": ",.", "en": ".,"}[words.language]


def test_hover_texts_speak_the_language_of_the_page() -> None:
    (dutch,), (english,) = (traces(drawn(words=w).figure, "ours") for w in (NL, EN))
    assert dutch.hovertemplate[2] == (
        "<b>Westland</b><br>2020: 48,7% (marge 45,6% tot 51,8%)<extra></extra>"
    )
    assert english.hovertemplate[2] == (
        "<b>Westland</b><br>2020: 48.7% (margin 45.6% to 51.8%)<extra></extra>"
    )


def test_decimals_follow_the_published_step() -> None:
    whole = figures((2016, 38.0, None, None), (2020, 41.0, 38.0, 44.0), rounding_step=1.0)
    chart = drawn(whole, assessment=None, country=None)
    assert "Westland: 2016 38%; 2020 41% (marge 38% tot 44%)." in chart.alternative


@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=lambda frame: frame.name)
def test_the_alternative_names_every_value_of_the_table(words: Words, frame: Frame) -> None:
    chart = drawn(words=words, frame=frame)
    assert len(chart.printed) == 8
    for column in ("value", "lower", "upper", "year"):
        for cell in chart.printed[words(f"charts.columns.{column}")]:
            assert cell in chart.alternative


def test_the_table_holds_the_drawn_values_as_numbers() -> None:
    chart = drawn()
    rows = chart.table[["Waar of wie", "Soort", "Jaar", "Percentage"]]
    assert rows.to_numpy().tolist() == [
        ["Westland", "cijfer", 2012, 42.9],
        ["Westland", "cijfer", 2016, 45.8],
        ["Westland", "cijfer", 2020, 48.7],
        ["Westland", "beginwaarde in het plan", 2016, 44.0],
        ["Westland", "doel", 2028, 36.0],
        ["Nederland", "cijfer", 2012, 45.3],
        ["Nederland", "cijfer", 2016, 48.3],
        ["Nederland", "cijfer", 2020, 49.5],
    ]


def test_finding_subtitle_and_source_stand_inside_the_figure() -> None:
    chart = drawn()
    assert "Het cijfer ligt boven de lijn naar het doel" in chart.figure.layout.title.text
    assert chart.subtitle == "Eenzaam, 65 jaar en ouder, Westland, 2012–2020. RIVM, modelschatting."
    inside = " ".join(words_in(chart.figure))
    assert chart.subtitle in inside
    assert f"StatLine 50090NED). CC BY 4.0. Doelmonitor {BUILD}." in inside


def test_an_edition_that_the_source_line_does_not_name_is_added() -> None:
    silent = caption(source_line="Bron: GGD Haaglanden.", edition="2021")
    assert drawn(caption=silent).source_line == (
        f"Bron: GGD Haaglanden. Uitgave 2021. Doelmonitor {BUILD}."
    )


def test_names_from_data_cannot_become_markup() -> None:
    sharp = drawn(caption=caption(place="<b>A&B</b>", title="x < y & z"))
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in str([n.text for n in sharp.figure.layout.annotations])
    assert "x &lt; y &amp; z" in sharp.figure.layout.title.text


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_no_verdict_colour_is_used_for_data(theme: Theme) -> None:
    drawing = drawn(theme=theme, breaks=a_break("major")).figure.to_json().lower()
    for verdict in (theme.blue, theme.orange):
        assert verdict.fill not in drawing


@pytest.mark.parametrize("frame", [WIDE, NARROW, SLIDE, PRINT], ids=lambda frame: frame.name)
@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
def test_no_two_labels_overlap_and_none_is_cut(words: Words, frame: Frame) -> None:
    figure = drawn(words=words, frame=frame, breaks=a_break("minor")).figure
    found = boxes(figure)
    for name, (left, bottom, right, top) in found.items():
        assert left >= -1, name
        assert bottom >= -1, name
        assert right <= figure.layout.width + 1, name
        assert top <= figure.layout.height + 1, name
    names = list(found)
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            assert overlap(found[name], found[other]) < 10, (name, other)


def test_figures_of_nobody_still_make_a_picture() -> None:
    chart = drawn(WESTLAND.iloc[:0], assessment=None, country=None)
    assert chart.table.empty
    assert "nan" not in chart.alternative


percentages = st.floats(0, 100, allow_nan=False) | st.just(-0.0)


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(st.none() | percentages, min_size=1, max_size=5),
    target=st.none() | percentages,
    baseline=st.none() | percentages,
    step=st.sampled_from([1.0, 0.1, 0.01]),
    narrow=st.booleans(),
)
def test_whatever_the_numbers_no_text_reads_nan_or_minus_nought(
    values: list[float | None],
    target: float | None,
    baseline: float | None,
    step: float,
    narrow: bool,
) -> None:
    rows = [
        (2008 + 4 * i, v, None if v is None else v / 2, None if v is None else (v + 100) / 2)
        for i, v in enumerate(values)
    ]
    frame = figures(*rows, rounding_step=step)
    promise = PROMISE | {"target_value": target, "baseline_value": baseline}
    for words in (NL, EN):
        chart = drawn(
            frame, assessment=promise, words=words, frame=NARROW if narrow else WIDE, country=None
        )
        said = " ".join([everything_said(chart.figure), chart.alternative, chart.printed.to_csv()])
        assert "nan" not in said.lower().replace("financ", "")
        for wrong in ("-0,0", "-0.0", "−0", "-0%", "None", "inf"):
            assert wrong not in said
