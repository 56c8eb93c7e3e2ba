"""How old the figures are and what is new; mostly nothing is, and that has a good page too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from dashboard import markup
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import Row, optional, year
from dashboard.sentences import news_sentences

LABEL_REM = 6.75
"""Room for the words below a year."""

SHOWN_WAVES = 3
"""Measurements on the small time line, the newest ones."""


def state_of_figures(
    *,
    waves: Sequence[Row],
    build: Row,
    newer: Sequence[Row],
    elsewhere: Sequence[Row],
    since: date | None,
    new_years: Sequence[int],
    words: Words,
) -> Markup:
    """The block above the targets: last measurement, what is new, what comes next.

    `newer` are editions that were not loaded, `elsewhere` other series with newer figures, each
    with its year and words. `since` is the day of the previous meeting where the address names it,
    `new_years` the years with figures that came in after it.
    """
    last = int(waves[-1]["year"]) if waves else None
    first, *others = news_sentences(
        words,
        latest_year=last if since else None,
        new_years=new_years,
        since=since,
        next_wave_year=year(build, "next_wave_year"),
        next_results_year=year(build, "next_results_year"),
        newer_editions=[f"{row['producer']} {row['edition']}" for row in newer],
    )
    title = first if since else _last_measurement(last, words)
    beside = [
        words(
            "pages.news.elsewhere",
            year=words.format_year(row["year"]),
            series=str(row["label"]),
        )
        for row in elsewhere
    ]
    said = [*beside, *others, words("pages.news.meanwhile")]
    text = markup.heading(2, title.rstrip(".")) + markup.joined(map(markup.paragraph, said))
    line = _timeline(waves, next_year=optional(build, "next_wave_year"), words=words)
    return markup.element("section", markup.element("div", text) + line, class_="dm dm-state")


def _last_measurement(last: int | None, words: Words) -> str:
    if last is None:
        return words("pages.news.no_figures")
    return words("pages.news.last", year=words.format_year(last))


def _timeline(
    waves: Sequence[Mapping[str, Any]], *, next_year: float | None, words: Words
) -> Markup:
    """The last measurements and the next one: a list that is drawn as a line."""
    last = len(waves) - 1
    points = [
        (
            int(wave["year"]),
            words("pages.news.point_last") if index == last else str(optional(wave, "label") or ""),
        )
        for index, wave in enumerate(waves)
    ][-SHOWN_WAVES:]
    if next_year is not None:
        points.append((int(next_year), words("pages.news.point_next")))
    years = [year for year, _ in points]
    gaps = [later - earlier for earlier, later in pairwise(years)]
    told = [gap for gap, (_, said) in zip(gaps, points, strict=False) if said]
    scale = LABEL_REM / min(told, default=max(gaps, default=1))
    widths = [gap * scale for gap in gaps] + [LABEL_REM]
    items = (
        _point(words.format_year(year), said, width=width, later=year == next_year)
        for (year, said), width in zip(points, widths, strict=False)
    )
    return markup.element("ol", markup.joined(items), aria_label=words("pages.news.timeline"))


def _point(year_shown: str, said: str, *, width: float, later: bool) -> Markup:
    """A point as wide as the years to the next one: time has one scale."""
    strong = markup.element("strong", markup.text(year_shown))
    return markup.element(
        "li",
        strong + markup.text(said),
        class_="dm-later" if later else None,
        style=f"--width: {width:.3f}rem",
    )
