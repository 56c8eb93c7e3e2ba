"""Charts with rows and panels: age groups, places, surveys. Figures: RIVM 50090NED, typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts
from dashboard.chart_labels import LINE_HEIGHT, text_width
from dashboard.charts import Chart
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
AGES = pd.concat(
    [
        figures((2020, 45.4, 42.1, 48.7), age_group="18+", age_label="18 jaar en ouder"),
        figures((2016, 39.1, 35.8, 42.5), age_group="18-64", age_label="18 t/m 64 jaar"),
        figures((2020, 48.7, 45.1, 52.3), age_group="65+", age_label="65 jaar en ouder"),
    ]
).assign(
    target_value=[None, 30.0, 36.0],
    target_year=[None, 2028, 2028],
    country_value=[47.0, 42.0, 49.5],
)
OVER_TIME = pd.concat(
    [
        figures((2016, 40.6, 38.0, 43.2), (2020, 45.4, 42.1, 48.7)).assign(
            age_group="18+", age_label="18 jaar en ouder"
        ),
        figures((2016, 45.8, 42.9, 48.7), (2020, 48.7, 45.6, 51.8)).assign(
            age_group="65+", age_label="65 jaar en ouder"
        ),
    ]
)
ASSESSMENTS = pd.DataFrame(
    [
        {
            "age_group": "65+",
            "age_label": "65 jaar en ouder",
            "kind": "level",
            "direction": "decrease",
            "baseline_value": 45.8,
            "baseline_year": 2016,
            "baseline_stated": 44.0,
            "latest_value": 48.7,
            "latest_year": 2020,
            "ci_lower": 45.6,
            "ci_upper": 51.8,
            "latest_rounding_step": 0.1,
            "baseline_rounding_step": 0.1,
            "target_value": 36.0,
            "target_year": 2028,
            "country_value": 49.5,
        }
    ]
)


def place(code: str, level: str, name: str, value: float) -> pd.DataFrame:
    row = figures((2020, value, value - 3, value + 3))
    return row.assign(region_code=code, region_level=level, region_name=name)


PLACES = pd.concat(
    [
        place("GM0160", "municipality", "Hardenberg", 41.0),
        place("NL01", "country", "Nederland", 47.0),
        place("GM0397", "municipality", "Heemstede", 42.9),
        place("GM1783", "municipality", "Westland", 45.4),
        place("GG7014", "ggd_region", "GGD Haaglanden", 49.9),
        place("GM0518", "municipality", "'s-Gravenhage", 56.8),
    ]
)
MUNICIPALITIES = PLACES[PLACES["region_level"] == "municipality"]
SURVEYS = pd.concat(
    [
        figures((2016, 40.6, None, None), series_label="RIVM, model", age_label="18 jaar en ouder"),
        figures((2016, 38.0, 34.8, 41.2), series_label="GGD, vragenlijst", age_label="19+ jaar"),
    ]
)
Draw = Callable[..., Chart]


def now(**more: Any) -> Chart:
    return charts.now_against_target(AGES, **more)


def change(**more: Any) -> Chart:
    return charts.baseline_now_target(ASSESSMENTS, **more)


def panels(**more: Any) -> Chart:
    country = OVER_TIME.assign(value=OVER_TIME["value"] + 1, margin_lower=None, margin_upper=None)
    return charts.small_multiples(OVER_TIME, country=country, assessments=ASSESSMENTS, **more)


def comparison(**more: Any) -> Chart:
    return charts.comparison(PLACES, municipality="GM1783", **more)


def distribution(**more: Any) -> Chart:
    country = PLACES[PLACES["region_level"] == "country"]
    return charts.distribution(MUNICIPALITIES, municipality="GM1783", country=country, **more)


def neighbourhoods(**more: Any) -> Chart:
    return charts.neighbourhoods(MUNICIPALITIES, **more)


def surveys(**more: Any) -> Chart:
    return charts.figures_side_by_side(SURVEYS, **more)


ALL: list[Draw] = [now, change, panels, comparison, distribution, neighbourhoods, surveys]
every_chart = pytest.mark.parametrize("draw", ALL, ids=lambda draw: draw.__name__)
both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
every_frame = pytest.mark.parametrize(
    "frame", [WIDE, NARROW, SLIDE, PRINT], ids=lambda frame: frame.name
)


def chart_of(draw: Draw, *, words: Words = NL, theme: Theme = LIGHT, frame: Frame = WIDE) -> Chart:
    return draw(caption=caption(words.language), words=words, theme=theme, frame=frame)


@every_chart
@every_frame
def test_percentages_start_at_nought(draw: Draw, frame: Frame) -> None:
    figure = chart_of(draw, frame=frame).figure
    axes = figure.select_yaxes() if draw is panels else figure.select_xaxes()
    assert all(axis.range[0] == 0 for axis in axes)


@every_chart
@every_frame
def test_there_is_room_for_the_nought_at_the_axis(draw: Draw, frame: Frame) -> None:
    figure = chart_of(draw, frame=frame).figure
    size = next(figure.select_xaxes()).tickfont.size
    assert figure.layout.margin.l >= text_width("0%", size=size) / 2


@every_chart
@both_themes
def test_no_verdict_colour_is_used_for_data(draw: Draw, theme: Theme) -> None:
    drawing = chart_of(draw, theme=theme).figure.to_json().lower()
    for verdict in (theme.blue, theme.orange):
        assert verdict.fill not in drawing


@pytest.mark.parametrize(
    "draw", [draw for draw in ALL if draw is not distribution], ids=lambda draw: draw.__name__
)
@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
def test_the_alternative_names_every_value_of_the_table(draw: Draw, words: Words) -> None:
    chart = chart_of(draw, words=words)
    for key in ("value", "lower", "upper"):
        column = words(f"charts.columns.{key}")
        for cell in chart.printed.get(column, []):
            assert cell in chart.alternative


@every_chart
@pytest.mark.parametrize(("words", "wrong"), [(NL, "."), (EN, ",")], ids=["nl", "en"])
def test_numbers_are_written_as_the_language_writes_them(
    draw: Draw, words: Words, wrong: str
) -> None:
    said = everything_said(chart_of(draw, words=words).figure)
    percentages = [word for word in said.replace(f"{BUILD}.", "").split() if "%" in word]
    assert percentages
    assert not [word for word in percentages if wrong in word.split("%")[0]]


@every_chart
def test_title_subtitle_source_and_build_stand_inside(draw: Draw) -> None:
    chart = chart_of(draw)
    inside = " ".join(words_in(chart.figure))
    assert chart.title in chart.figure.layout.title.text
    assert chart.subtitle in inside
    assert f"CC BY 4.0. Doelmonitor {BUILD}." in inside
    assert chart.alternative.startswith(f"{chart.title}. {chart.subtitle}")


@every_chart
@every_frame
@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
def test_no_two_labels_overlap_and_none_is_cut(draw: Draw, words: Words, frame: Frame) -> None:
    figure = chart_of(draw, words=words, frame=frame).figure
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


@every_chart
def test_nothing_is_smoothed_filled_or_stacked(draw: Draw) -> None:
    figure = chart_of(draw).figure
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert all(trace.fill in (None, "none") and not trace.stackgroup for trace in figure.data)
    assert all(line.line.shape in (None, "linear") for line in lines(figure))


def test_each_age_group_is_a_row_with_dot_whisker_and_target() -> None:
    figure = chart_of(now).figure
    assert [x for x, _ in points(figure, "ours")] == [39.1, 45.4, 48.7]
    ends = {x: whiskers(trace, "x") for trace in traces(figure, "ours") for x in trace.x}
    assert ends == {45.4: [(42.1, 48.7)], 39.1: [(35.8, 42.5)], 48.7: [(45.1, 52.3)]}
    assert [x for x, _ in points(figure, "target")] == [30.0, 36.0]
    rows = {y for _, y in points(figure, "ours")}
    assert {y for _, y in points(figure, "target")} < rows


@pytest.mark.parametrize("draw", ["now", "panels"])
def test_a_target_for_another_age_group_than_the_figures_says_so(draw: str) -> None:
    drawn = {
        "now": lambda **more: charts.now_against_target(
            AGES.assign(target_age_label=[None, "19 t/m 64 jaar", "65 jaar en ouder"]), **more
        ),
        "panels": lambda **more: charts.small_multiples(
            OVER_TIME,
            assessments=ASSESSMENTS.assign(
                age_label="66 jaar en ouder", series_age_label="65 jaar en ouder"
            ),
            **more,
        ),
    }[draw]
    said = " ".join(words_in(chart_of(drawn).figure))
    assert said.count("Het doel bij") == 1
    assert {
        "now": "Het doel bij 18 t/m 64 jaar gaat over 19 t/m 64 jaar.",
        "panels": "Het doel bij 65 jaar en ouder gaat over 66 jaar en ouder.",
    }[draw] in said


def test_rows_stand_in_the_order_given_from_the_top() -> None:
    heights = dict(points(chart_of(now).figure, "ours"))
    assert heights[45.4] > heights[39.1] > heights[48.7]


def test_each_row_says_its_year_and_an_older_one_is_hollow() -> None:
    figure = chart_of(now).figure
    inside = {x: t.marker.color for t in traces(figure, "ours") for x in t.x}
    assert inside == {45.4: LIGHT.ink, 39.1: LIGHT.background, 48.7: LIGHT.ink}
    said = " ".join(words_in(figure))
    assert "18 t/m 64 jaar cijfer van 2016" in said
    assert "Open stip: een ouder cijfer dan dat van 2020." in said


def test_a_row_without_a_figure_says_why() -> None:
    silent = AGES.copy()
    missing = silent["age_group"] == "18-64"
    silent.loc[missing, ["value", "margin_lower", "margin_upper"]] = None
    silent.loc[missing, "obs_status"] = "suppressed"
    chart = charts.now_against_target(silent, caption=caption(), words=NL, theme=LIGHT)
    assert [x for x, _ in points(chart.figure, "ours")] == [45.4, 48.7]
    assert "niet gepubliceerd, te weinig deelnemers" in words_in(chart.figure)
    assert "18 t/m 64 jaar: 2016 niet gepubliceerd, te weinig deelnemers." in chart.alternative


@pytest.mark.parametrize("draw", [charts.now_against_target, charts.small_multiples])
def test_two_scales_never_share_a_figure(draw: Callable[..., Chart]) -> None:
    mixed = AGES.assign(scale=["djg_11", "djg_11", "djg_6"])
    with pytest.raises(charts.MixedScalesError, match="djg_11, djg_6"):
        draw(mixed, caption=caption(), words=NL, theme=LIGHT)


def test_a_dumbbell_goes_from_baseline_over_now_to_the_target() -> None:
    figure = chart_of(change).figure
    assert [x for x, _ in points(figure, "baseline")] == [45.8]
    assert [x for x, _ in points(figure, "ours")] == [48.7]
    (done,), (ahead,) = traces(figure, "change"), traces(figure, "path")
    assert (list(done.x), done.line.dash) == ([45.8, 48.7], "solid")
    assert (list(ahead.x), ahead.line.dash) == ([48.7, 36.0], "6px,5px")
    said = words_in(figure)
    assert {"2016: 45,8%", "2020: 48,7%", "doel 2028: 36%", "Nederland 49,5%"} <= set(said)


def test_panels_share_one_axis_and_each_has_its_own_points() -> None:
    figure = chart_of(panels).figure
    assert len({tuple(axis.range) for axis in figure.select_yaxes()}) == 1
    assert len({tuple(axis.range) for axis in figure.select_xaxes()}) == 1
    by_axis = {t.yaxis: list(t.y) for t in traces(figure, "ours")}
    assert by_axis == {"y": [40.6, 45.4], "y2": [45.8, 48.7]}


def test_only_the_panel_with_a_target_has_a_path() -> None:
    (path,) = traces(chart_of(panels).figure, "path")
    assert (path.yaxis, list(path.x), list(path.y)) == ("y2", [2016, 2028], [45.8, 36.0])


def test_places_stand_in_a_fixed_order_never_by_value() -> None:
    heights = {
        x: y
        for role in ("ours", "country", "region", "peer")
        for x, y in points(chart_of(comparison).figure, role)
    }
    order = sorted(heights, key=lambda x: -heights[x])
    assert order == [45.4, 47.0, 49.9, 56.8, 41.0, 42.9]
    assert "Dit is geen ranglijst." in " ".join(words_in(chart_of(comparison).figure))


@pytest.mark.parametrize("draw", [comparison, neighbourhoods, surveys], ids=lambda d: d.__name__)
def test_a_value_stands_right_of_its_whisker_however_wide_the_page_shows_the_plot(
    draw: Draw,
) -> None:
    figure = chart_of(draw).figure
    roles = ("ours", "place", "country", "region", "peer")
    ends = [e for role in roles for t in traces(figure, role) for _, e in whiskers(t, "x")]
    tied = [n for n in figure.layout.annotations if n.xanchor == "left" and n.text.count("%")]
    values = [n for n in tied if n.name == "label"]
    assert sorted(n.x for n in values) == sorted(ends)  # so that no width moves them over it
    assert all(n.xshift >= WIDE.dot / 2 for n in values)


def test_our_municipality_is_ink_and_the_others_are_told_apart_by_shape() -> None:
    figure = chart_of(comparison).figure
    (ours,), (country,), (region,) = (traces(figure, r) for r in ("ours", "country", "region"))
    assert ours.marker.color == LIGHT.ink
    symbols = {ours.marker.symbol, country.marker.symbol, region.marker.symbol}
    assert len(symbols) == 3


def test_every_municipality_is_a_dot_at_its_exact_value_and_ours_is_named() -> None:
    figure = chart_of(distribution).figure
    assert [x for x, _ in points(figure, "crowd")] == [41.0, 42.9, 56.8]
    assert [x for x, _ in points(figure, "ours")] == [45.4]
    assert {"Westland 45,4%", "Nederland 47,0%"} <= set(words_in(figure))
    assert "Hardenberg" not in " ".join(words_in(figure))


def test_the_distribution_is_counted_in_words_and_listed_in_the_table() -> None:
    chart = chart_of(distribution)
    assert "Westland: 2020 45,4%" in chart.alternative
    assert "40% tot 45%: 2; 45% tot 50%: 1; 55% tot 60%: 1" in chart.alternative
    assert list(chart.table["Waar of wie"]) == [
        "Westland",
        "Nederland",
        "'s-Gravenhage",
        "Hardenberg",
        "Heemstede",
    ]


def test_a_municipality_without_a_figure_leaves_the_others_in_place() -> None:
    chart = charts.distribution(
        MUNICIPALITIES, municipality="GM0000", caption=caption(), words=NL, theme=LIGHT
    )
    assert points(chart.figure, "ours") == []
    assert len(points(chart.figure, "crowd")) == 4


def test_neighbourhoods_stand_by_name_under_a_caution() -> None:
    chart = chart_of(neighbourhoods)
    heights = dict(points(chart.figure, "place"))
    assert sorted(heights, key=lambda x: -heights[x]) == [56.8, 41.0, 42.9, 45.4]
    assert "schattingen uit een model" in chart.subtitle


def test_figures_of_other_surveys_are_told_apart_by_survey_age_and_year() -> None:
    said = " ".join(words_in(chart_of(surveys).figure))
    assert "GGD, vragenlijst 2016, 19+ jaar" in said
    assert "Trek ze niet van elkaar af." in said


def test_among_figures_of_other_surveys_those_of_the_country_are_grey() -> None:
    levels = SURVEYS.assign(region_level=["municipality", "country"])
    chart = charts.figures_side_by_side(levels, caption=caption(), words=NL, theme=LIGHT)
    (ours,), (country,) = (traces(chart.figure, role) for role in ("ours", "country"))
    assert (list(ours.x), list(country.x)) == ([40.6], [38.0])
    assert country.marker.color == LIGHT.country


@pytest.mark.parametrize("name", ["Westland", "Nuenen, Gerwen en Nederwetten"])
def test_names_that_do_not_fit_beside_each_other_stand_below_each_other(name: str) -> None:
    renamed = MUNICIPALITIES.replace({"region_name": {"Westland": name}})
    country = PLACES[PLACES["region_level"] == "country"]
    drawn = charts.distribution(
        renamed,
        municipality="GM1783",
        country=country,
        caption=caption(),
        words=NL,
        theme=LIGHT,
        frame=NARROW,
    )
    heights = {
        note.text: note.yshift for note in drawn.figure.layout.annotations if note.name == "label"
    }
    ours, theirs = (next(heights[t] for t in heights if n in t) for n in (name, "Nederland"))
    assert (ours > theirs) == (name != "Westland")


@pytest.mark.parametrize("words", [4, 8, 16])
def test_a_title_of_any_length_ends_above_the_subtitle(words: int) -> None:
    title = " ".join(["verschil"] * words)
    drawn = charts.comparison(
        PLACES,
        municipality="GM1783",
        caption=caption(title=title),
        words=NL,
        theme=LIGHT,
        frame=NARROW,
    ).figure
    size, lines = NARROW.type.title, drawn.layout.title.text.count("<br>") + 1
    assert drawn.layout.title.yanchor == "bottom"  # the first line stands on y, the others below
    stands_on = (1 - drawn.layout.title.y) * drawn.layout.height
    ends = stands_on + (lines - 1) * LINE_HEIGHT * size + 0.3 * size
    subtitle = next(note for note in drawn.layout.annotations if "65 jaar" in note.text)
    assert stands_on >= 0.75 * size
    assert ends <= drawn.layout.margin.t - subtitle.yshift


def test_a_margin_that_the_dot_hides_is_not_drawn_and_is_told_all_the_same() -> None:
    row = figures((2020, 46.5, 46.3, 46.7)).assign(
        region_code="NL01", region_level="country", region_name="Nederland"
    )
    chart = charts.comparison(
        pd.concat([PLACES[PLACES["region_code"] == "GM1783"], row]),
        municipality="GM1783",
        caption=caption(),
        words=NL,
        theme=LIGHT,
    )
    ours, country = (traces(chart.figure, role)[0] for role in ("ours", "country"))
    assert [len(set(whiskers(each, "x")[0])) for each in (ours, country)] == [2, 1]
    assert "46,3%" in chart.alternative
