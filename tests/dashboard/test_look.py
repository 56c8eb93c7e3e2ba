"""One set of colours: the framework's theme, our style sheet and the charts agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.theme import DARK, LIGHT, Theme
from tests.dashboard.contrast import contrast_ratio

ROOT = Path(__file__).parent.parent.parent
STYLE = (ROOT / "dashboard" / "static" / "page.css").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def declared(theme: Theme) -> dict[str, str]:
    """Return the colours that the style sheet declares for an appearance."""
    light, dark = re.findall(r":root \{([^}]*)\}", STYLE)[:2]
    block = light if theme is LIGHT else dark
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_has_the_colours_of_the_charts(theme: Theme) -> None:
    assert declared(theme) == {
        "ink": theme.ink,
        "muted": theme.muted,
        "background": theme.background,
        "surface": theme.surface,
        "edge": theme.edge,
        "grid": theme.grid,
        "link": theme.link,
        "blue": theme.blue.fill,
        "on-blue": theme.blue.on_fill,
        "orange": theme.orange.fill,
        "on-orange": theme.orange.on_fill,
        "grey": theme.grey.fill,
        "on-grey": theme.grey.on_fill,
    }


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_framework_has_the_colours_of_the_charts(theme: Theme) -> None:
    given = SETTINGS["theme"][theme.name]
    assert given["backgroundColor"] == theme.background
    assert given["secondaryBackgroundColor"] == theme.surface
    assert given["textColor"] == theme.ink
    assert given["linkColor"] == theme.link
    assert given["borderColor"] == theme.edge


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_words_can_be_read_and_edges_seen_on_every_ground(theme: Theme) -> None:
    for ground in (theme.background, theme.surface):
        for words in (theme.ink, theme.muted, theme.link):
            assert contrast_ratio(words, against=ground) >= 4.5
        assert contrast_ratio(theme.edge, against=ground) >= 3
        for verdict in (
            theme.blue,
            theme.orange,
            theme.grey,
        ):  # outlined badges, on the page itself
            assert contrast_ratio(verdict.fill, against=ground) >= 4.5


def test_nothing_is_fetched_from_elsewhere_and_nothing_is_told_to_others() -> None:
    assert "http" not in STYLE.replace("http://www.w3.org", "")
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"
    assert SETTINGS["client"]["showErrorLinks"] is False
    assert SETTINGS["server"]["address"] == "localhost"
    assert SETTINGS["runner"]["magicEnabled"] is False


def test_what_has_the_focus_is_seen() -> None:
    assert ":focus-visible" in STYLE
    assert re.search(r"outline: 3px solid var\(--link\)", STYLE)
