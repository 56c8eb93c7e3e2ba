"""Charts per age group or target: now against the target, and from the baseline to the target."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard import rows as cells
from dashboard.chart_frame import Caption, Chart
from dashboard.chart_marks import Mark, records, status_note
from dashboard.i18n import Words, decimals_of
from dashboard.promise import (
    baseline_mark,
    country_mark,
    latest_mark,
    target_mark,
    target_phrase,
)
from dashboard.row_chart import row_chart
from dashboard.row_panel import Row
from dashboard.theme import WIDE, Frame, Theme


class MixedScalesError(ValueError):
    """Figures of two scales were asked for in one chart: they cannot be compared."""


def now_against_target(
    groups: pd.DataFrame,
    *,
    label: str = "age_label",
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """Newest figure of each age group against its target, in the order given.

    `groups` has one row each: the column `label`, year, value, margin_lower, margin_upper,
    rounding_step, obs_status; where known target_value, target_year, target_age_label,
    country_value and scale.
    A figure older than the newest is drawn hollow. MixedScalesError where `scale` differs.
    """
    rows, newest = one_scale(groups), _newest(groups)
    return row_chart(
        [_now_row(row, label=label, newest=newest, words=words) for row in rows],
        caption=caption,
        notes=[
            *hollow_notes(groups, words=words),
            *other_age_notes(
                [
                    (cells.optional(row, "age_label"), cells.optional(row, "target_age_label"))
                    for row in rows
                ],
                words=words,
            ),
        ],
        words=words,
        theme=theme,
        frame=frame,
    )


def baseline_now_target(
    assessments: pd.DataFrame,
    *,
    label: str = "age_label",
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """From the comparable baseline over now to the target: a dumbbell per assessment row.

    `assessments` are assessment rows, one per target; `label` is the column that names each.
    """
    return row_chart(
        [_change_row(row, label=label, words=words) for row in one_scale(assessments)],
        caption=caption,
        notes=[words("charts.start_note")],
        words=words,
        theme=theme,
        frame=frame,
    )


def hollow_notes(groups: pd.DataFrame, *, words: Words) -> list[str]:
    """What a hollow dot means, where one is drawn."""
    years = groups.loc[groups["value"].notna(), "year"]
    if years.empty or years.min() == years.max():
        return []
    return [words("charts.hollow_note", year=words.format_year(years.max()))]


def other_age_notes(targets: Iterable[tuple[str | None, str | None]], *, words: Words) -> list[str]:
    """Which target is for another age group than the figures beside it, as (figures, target)."""
    return [
        words("charts.other_age_note", series_age=figures, age=target)
        for figures, target in targets
        if figures is not None and target is not None and target != figures
    ]


def one_scale(groups: pd.DataFrame) -> list[cells.Row]:
    """Rows of a frame whose figures are on one scale."""
    if "scale" in groups and len(groups["scale"].dropna().unique()) > 1:
        found = ", ".join(sorted(groups["scale"].dropna().astype(str).unique()))
        raise MixedScalesError(f"one chart, several scales: {found}")
    return records(groups)


def _newest(groups: pd.DataFrame) -> int:
    """Newest year with a figure; 0 without any."""
    years = groups.loc[groups["value"].notna(), "year"]
    return 0 if years.empty else int(years.max())


def figure_mark(row: cells.Row, *, who: str, words: Words) -> Mark:
    """The figure of a row of marts.estimates as a mark."""
    year = cells.optional(row, "year")
    return Mark(
        kind="measured",
        who=who,
        group="",
        year=None if year is None else int(year),
        value=cells.optional(row, "value"),
        lower=cells.optional(row, "margin_lower"),
        upper=cells.optional(row, "margin_upper"),
        decimals=decimals_of(cells.optional(row, "rounding_step")),
        note=status_note(row, words=words),
    )


def _now_row(row: cells.Row, *, label: str, newest: int, words: Words) -> Row:
    """A row of now_against_target: its year as detail, hollow where older."""
    main = figure_mark(row, who=str(row[label]), words=words)
    target = target_mark(row, who=main.who)
    year = "" if main.year is None else words("charts.figure_of", year=str(main.year))
    return Row(
        label=main.who,
        detail=year if main.value is not None else "",
        main=main,
        hollow=main.value is not None and main.year is not None and main.year < newest,
        target=target,
        country=_country_beside(row, main, words=words),
        target_words=target_phrase(target, words=words),
    )


def _change_row(row: cells.Row, *, label: str, words: Words) -> Row:
    """A row of baseline_now_target; without a figure it says so."""
    who = str(row[label])
    latest = latest_mark(row, who=who) or Mark("measured", who, "", None, None)
    target = target_mark(row, who=who)
    return Row(
        label=who,
        detail="",
        main=latest,
        target=target,
        baseline=baseline_mark(row, who=who),
        country=country_mark(row, group=who, words=words) if latest.value is not None else None,
        target_words=target_phrase(target, words=words),
        dated=True,
    )


def _country_beside(row: cells.Row, main: Mark, *, words: Words) -> Mark | None:
    """The Netherlands in the same year of the same series."""
    value = cells.optional(row, "country_value")
    if value is None or main.value is None:
        return None
    name = words("charts.country")
    return Mark("measured", name, main.who, main.year, value, decimals=main.decimals)
