"""What is new and how old the figures are; mostly nothing is, and that has its own good words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard import markup
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import optional

SHOWN_WAVES = 3
"""Measurements on the small time line, the newest ones."""


def state_of_figures(
    *,
    waves: Sequence[Mapping[str, Any]],
    build: Mapping[str, Any],
    newer: Sequence[Mapping[str, Any]],
    since: date | None,
    changes: Mapping[str, Any] | None,
    words: Words,
) -> Markup:
    """The block above the targets: last measurement, what is new, what comes next.

    `changes`: what builds since `since` changed; both None where no earlier meeting is named.
    """
    said = [
        _next_wave(build, words),
        *(
            words("pages.news.newer", producer=row["producer"], edition=row["edition"])
            for row in newer
        ),
        words("pages.news.meanwhile"),
    ]
    block = markup.heading(
        2, _title(waves, since=since, changes=changes, words=words)
    ) + markup.joined(markup.paragraph(line) for line in said if line)
    timeline = _timeline(waves, next_year=optional(build, "next_wave_year"), words=words)
    return markup.element("section", markup.element("div", block) + timeline, class_="dm dm-state")


def _title(
    waves: Sequence[Mapping[str, Any]],
    *,
    since: date | None,
    changes: Mapping[str, Any] | None,
    words: Words,
) -> str:
    if not waves:
        return words("pages.news.no_figures")
    if since is None or changes is None:
        return words("pages.news.last", year=words.format_year(waves[-1]["year"]))
    day = words.format_date(since)
    if changes["figures_added"]:
        return words(
            "pages.news.new_since", date=day, number=words.format_number(changes["figures_added"])
        )
    if changes["figures_corrected"]:
        return words("pages.news.corrected_since", date=day)
    return words("pages.news.nothing_since", date=day)


def _next_wave(build: Mapping[str, Any], words: Words) -> str:
    year, results = optional(build, "next_wave_year"), optional(build, "next_results_year")
    if year is None:
        return words("pages.news.next_unknown")
    if results is None:
        return words("pages.news.next", year=words.format_year(year))
    return words(
        "pages.news.next_and_results",
        year=words.format_year(year),
        results=words.format_year(results),
    )


def _timeline(
    waves: Sequence[Mapping[str, Any]], *, next_year: float | None, words: Words
) -> Markup:
    """The last measurements and the next one, as a list that is drawn as a line."""
    last = len(waves) - 1
    points = [
        _point(
            words.format_year(wave["year"]),
            words("pages.news.point_last") if index == last else str(optional(wave, "label") or ""),
        )
        for index, wave in enumerate(waves)
    ][-SHOWN_WAVES:]
    if next_year is not None:
        points.append(
            _point(words.format_year(next_year), words("pages.news.point_next"), class_="dm-later")
        )
    return markup.element("ol", markup.joined(points), aria_label=words("pages.news.timeline"))


def _point(year: str, said: str, *, class_: str | None = None) -> Markup:
    strong = markup.element("strong", markup.text(year))
    return markup.element("li", strong + markup.text(said), class_=class_)
