"""Small charts: what is drawn where, and what is told, in both languages and appearances."""

from __future__ import annotations

import re
from typing import Any
from xml.dom.minidom import Document, Element, parseString

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.i18n import Words
from dashboard.small_charts import SIDE, WIDTH, SmallChart, change_and_target, now_and_target
from dashboard.theme import DARK, LIGHT, Theme

NL, EN = Words("nl"), Words("en")
ROW: dict[str, Any] = {
    "region_name": "Westland",
    "indicator_label": "Eenzaam",
    "series_age_label": "65 jaar en ouder",
    "kind": "level",
    "baseline_value": 45.8,
    "baseline_year": 2016,
    "baseline_ci_lower": None,
    "baseline_ci_upper": None,
    "baseline_rounding_step": 0.1,
    "latest_value": 48.7,
    "latest_year": 2020,
    "ci_lower": 45.1,
    "ci_upper": 52.3,
    "latest_rounding_step": 0.1,
    "target_value": 36.0,
    "target_year": 2028,
    "country_value": 49.5,
    "country_year": 2020,
}


def drawn(words: Words = NL, theme: Theme = LIGHT, **changes: Any) -> SmallChart:
    chart = change_and_target(ROW | changes, words=words, theme=theme, name="kaart-1", end=60.0)
    assert chart is not None
    return chart


def document(chart: SmallChart) -> Document:
    return parseString(chart.svg)  # noqa: S318 - markup made by us


def elements(chart: SmallChart, tag: str) -> list[Element]:
    return list(document(chart).getElementsByTagName(tag))


def texts(chart: SmallChart) -> list[str]:
    return [node.firstChild.nodeValue for node in elements(chart, "text")]  # type: ignore[union-attr]


def across(percent: float) -> str:
    """Pixels of a percentage on an axis from 0 to 60."""
    return f"{SIDE + percent / 60 * (WIDTH - 2 * SIDE):.1f}"


def test_dots_and_ring_stand_at_their_percentages() -> None:
    assert [e.getAttribute("cx") for e in elements(drawn(), "circle")] == [
        across(36.0),
        across(45.8),
        across(48.7),
    ]


def test_the_baseline_is_open_and_now_is_filled() -> None:
    ring, before, latest = (e.getAttribute("fill") for e in elements(drawn(), "circle"))
    assert (ring, before, latest) == (LIGHT.background, LIGHT.background, LIGHT.ink)


def test_the_whisker_reaches_from_margin_to_margin() -> None:
    spans = [(e.getAttribute("x1"), e.getAttribute("x2")) for e in elements(drawn(), "line")]
    assert (across(45.1), across(52.3)) in spans
    bare = drawn(ci_lower=None, ci_upper=float("nan"))
    spans = [(e.getAttribute("x1"), e.getAttribute("x2")) for e in elements(bare, "line")]
    assert all(a == b for a, b in spans if (a, b) != (across(45.8), across(48.7)))


def test_baseline_and_now_are_joined_unless_the_measurement_broke_between_them() -> None:
    def spans(**changes: Any) -> list[tuple[str, str]]:
        lines = elements(drawn(**changes), "line")
        return [(e.getAttribute("x1"), e.getAttribute("x2")) for e in lines]

    between = (across(45.8), across(48.7))
    assert between in spans(change="untested")
    assert between not in spans(change="not_comparable")
    dots = [e.getAttribute("cx") for e in elements(drawn(change="not_comparable"), "circle")]
    assert dots == [across(36.0), *between]


def test_the_country_is_a_triangle_at_its_value() -> None:
    (triangle,) = elements(drawn(), "polygon")
    assert triangle.getAttribute("points").startswith(across(49.5))
    assert triangle.getAttribute("fill") == LIGHT.country
    assert elements(drawn(country_value=None), "polygon") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (NL, ["doel 2028: 36%", "2016: 45,8%", "2020: 48,7%", "Nederland 49,5%", "0%", "60%"]),
        (EN, ["target 2028: 36%", "2016: 45.8%", "2020: 48.7%", "Netherlands 49.5%", "0%", "60%"]),
    ],
    ids=["nl", "en"],
)
def test_labels_are_in_the_language_of_the_page(words: Words, said: list[str]) -> None:
    assert set(said) <= set(texts(drawn(words)))


def test_the_alternative_stands_inside_and_names_every_value() -> None:
    chart = drawn()
    (described,) = elements(chart, "desc")
    assert described.firstChild is not None
    assert described.firstChild.nodeValue == chart.alternative
    assert chart.alternative == (
        "Eenzaam, 65 jaar en ouder. Westland: 2016 45,8%; 2020 48,7% (marge 45,1% tot 52,3%). "
        "Westland, doel: 2028 36%. Nederland: 2020 49,5%."
    )


def test_the_picture_is_named_by_its_own_title() -> None:
    root = document(drawn()).documentElement
    assert root is not None
    assert root.getAttribute("role") == "img"
    assert root.getAttribute("aria-labelledby") == "kaart-1-title kaart-1-desc"


def test_without_the_baseline_only_now_is_drawn() -> None:
    chart = now_and_target(ROW, words=NL, theme=LIGHT, name="x")
    assert chart is not None
    assert "2016" not in chart.svg
    assert len(elements(chart, "circle")) == 2


def test_without_a_figure_there_is_no_picture() -> None:
    assert now_and_target(ROW | {"latest_value": None}, words=NL, theme=LIGHT, name="x") is None
    nothing = ROW | {"latest_value": float("nan"), "latest_year": float("nan")}
    assert change_and_target(nothing, words=NL, theme=LIGHT, name="x") is None


def test_names_from_data_cannot_become_markup() -> None:
    chart = drawn(indicator_label='<script>"x"&', region_name="<b>")
    assert "<script>" not in chart.svg
    assert "<b>" not in chart.svg
    document(chart)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_no_verdict_colour_is_used_for_data(theme: Theme) -> None:
    svg = drawn(theme=theme).svg
    assert theme.blue.fill not in svg
    assert theme.orange.fill not in svg
    assert theme.background in svg


def places_of(chart: SmallChart) -> dict[str, tuple[float, str]]:
    """Where each label is set, and by which of its ends."""
    return {
        str(e.firstChild.nodeValue): (float(e.getAttribute("x")), e.getAttribute("text-anchor"))  # type: ignore[union-attr]
        for e in elements(chart, "text")
    }


def heights_of(chart: SmallChart) -> dict[str, float]:
    """Where the foot of each label is."""
    return {
        str(e.firstChild.nodeValue): float(e.getAttribute("y"))  # type: ignore[union-attr]
        for e in elements(chart, "text")
    }


@pytest.mark.parametrize("baseline", [10.0, 40.1, 41.9, 45.0])
def test_words_stand_at_their_own_dots_however_near_the_others_are(baseline: float) -> None:
    chart = drawn(baseline_value=baseline, latest_value=41.9, target_value=40.0)
    places, heights = places_of(chart), heights_of(chart)
    start = f"2016: {NL.format_pct(baseline, decimals=1)}"
    assert places[start] == (float(across(baseline)), "middle")
    assert places["2020: 41,9%"] == (float(across(41.9)), "middle")
    dot = float(elements(chart, "circle")[-1].getAttribute("cy"))
    assert heights["doel 2028: 40%"] < heights["2020: 41,9%"] < dot
    assert dot < heights[start] < heights["Nederland 49,5%"] < heights["0%"]


def test_words_at_the_edge_stay_in_the_picture() -> None:
    places = places_of(drawn(baseline_value=0.0, latest_value=60.0, target_value=59.5))
    assert places["2016: 0,0%"][0] - 30 > 0
    assert places["2020: 60,0%"][0] + 30 < WIDTH


def test_the_rule_of_the_target_runs_through_no_words() -> None:
    chart = drawn(baseline_value=36.0, latest_value=36.5, target_value=36.0, country_value=30.0)
    heights = heights_of(chart)
    rules = [e for e in elements(chart, "line") if e.getAttribute("stroke-dasharray")]
    covered = [heights[name] for name in ("2016: 36,0%", "2020: 36,5%", "Nederland 30,0%")]
    assert rules
    for rule in rules:
        top, foot = float(rule.getAttribute("y1")), float(rule.getAttribute("y2"))
        assert rule.getAttribute("x1") == across(36.0)
        assert not any(top < y - 1 and foot > y - 9 for y in covered)


def test_without_a_start_there_is_no_line_for_it() -> None:
    with_start, without = drawn(), now_and_target(ROW, words=NL, theme=LIGHT, name="x")
    assert without is not None
    assert without.height < with_start.height
    for chart in (with_start, without):
        root = document(chart).documentElement
        assert root is not None
        assert root.getAttribute("height") == str(chart.height)
        assert max(heights_of(chart).values()) < chart.height


def test_the_axis_starts_at_nought() -> None:
    assert texts(drawn())[0] == "0%"
    first = elements(drawn(), "line")[0]
    assert first.getAttribute("x1") == across(0.0)


@settings(max_examples=60, deadline=None)
@given(
    latest=st.floats(0, 100) | st.just(-0.0),
    baseline=st.none() | st.floats(0, 100),
    target=st.none() | st.floats(0, 100),
    country=st.none() | st.floats(0, 100),
)
def test_whatever_the_numbers_the_picture_holds_together(
    latest: float, baseline: float | None, target: float | None, country: float | None
) -> None:
    row = ROW | {
        "latest_value": latest,
        "ci_lower": None,
        "ci_upper": None,
        "baseline_value": baseline,
        "target_value": target,
        "country_value": country,
    }
    chart = change_and_target(row, words=NL, theme=LIGHT, name="x")
    assert chart is not None
    document(chart)
    assert not re.search(r"nan|None|inf\b|-0,0|−0", chart.svg.replace("Financ", ""))
    for circle in elements(chart, "circle"):
        assert 0 <= float(circle.getAttribute("cx")) <= WIDTH
