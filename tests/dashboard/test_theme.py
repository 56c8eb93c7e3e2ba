"""Colours reach the contrast that reading needs; verdicts have colours of their own."""

from __future__ import annotations

import pytest

from dashboard.theme import (
    DARK,
    LIGHT,
    NARROW,
    PLOTLY_CONFIG,
    PRINT,
    SLIDE,
    THEMES,
    WIDE,
    Theme,
    on_white,
    plotly_template,
)
from tests.dashboard.contrast import contrast_ratio

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast_ratio("#000000", against="#ffffff") == pytest.approx(21.0)
    assert contrast_ratio("#767676", against="#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast_ratio("#ffffff", against="#ffffff") == 1.0


@both_themes
@pytest.mark.parametrize("name", ["ink", "muted", "link"])
def test_words_reach_four_and_a_half(theme: Theme, name: str) -> None:
    for ground in (theme.background, theme.surface):
        assert contrast_ratio(getattr(theme, name), against=ground) >= 4.5


@both_themes
@pytest.mark.parametrize("name", ["ink", "country", "region", "crowd", "edge"])
def test_marks_reach_three(theme: Theme, name: str) -> None:
    assert contrast_ratio(getattr(theme, name), against=theme.background) >= 3.0


@both_themes
@pytest.mark.parametrize("colour", ["blue", "orange", "grey"])
def test_a_badge_is_readable_filled_and_outlined(theme: Theme, colour: str) -> None:
    verdict = getattr(theme, colour)
    assert contrast_ratio(verdict.on_fill, against=verdict.fill) >= 4.5
    assert contrast_ratio(verdict.fill, against=theme.background) >= 4.5


def test_the_verdict_colours_are_those_agreed() -> None:
    assert (LIGHT.blue.fill, LIGHT.orange.fill) == ("#005ea8", "#b85000")


@both_themes
def test_data_are_grey_and_ink(theme: Theme) -> None:
    for name in ("ink", "country", "region", "crowd"):
        colour = getattr(theme, name)
        channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert max(channels) - min(channels) <= 20


@both_themes
def test_tick_labels_are_set_and_readable(theme: Theme) -> None:
    layout = plotly_template(theme).layout
    for axis in (layout.xaxis, layout.yaxis):
        assert contrast_ratio(axis.tickfont.color, against=theme.background) >= 4.5
    assert layout.showlegend is False
    assert layout.dragmode is False


def test_plotlys_own_buttons_and_its_cloud_are_off() -> None:
    assert PLOTLY_CONFIG["displayModeBar"] is False
    assert PLOTLY_CONFIG["showSendToCloud"] is False


def test_a_slide_is_sixteen_by_nine_and_narrow_fits_a_phone() -> None:
    assert SLIDE.width * 9 == (SLIDE.height or 0) * 16
    assert NARROW.width <= 360


def test_every_frame_has_four_sizes_of_letters_in_order() -> None:
    for frame in (WIDE, NARROW, SLIDE, PRINT):
        scale = frame.type
        assert scale.title > scale.text >= scale.label > scale.small >= 11
    assert set(THEMES) == {"light", "dark"}


def test_a_chart_of_a_dark_screen_has_its_colours_on_white() -> None:
    found = on_white(DARK)
    assert found["rgb(20, 23, 28)"] == "rgb(255, 255, 255)"
    assert found["rgb(242, 242, 239)"] == "rgb(26, 26, 26)"
    assert len(found) == 8
    assert not set(found) & set(found.values())  # none is exchanged twice
    assert on_white(LIGHT) == {}
