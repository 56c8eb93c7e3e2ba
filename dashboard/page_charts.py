"""Charts of the pages, each from the choices that decide it; `data.keep` makes each only once."""

from __future__ import annotations

from typing import Any, cast

from pandas import DataFrame

from dashboard import age_parts, target_chart
from dashboard.charts import Chart, now_against_target, progress_over_time, small_multiples
from dashboard.data import load, rows
from dashboard.i18n import Words
from dashboard.queries import ages, figures, targets
from dashboard.queries import frame as frame_queries
from dashboard.theme import Frame, Theme


def build_id() -> str:
    """Return the build that all of these are of."""
    return str(rows(frame_queries.build)[0]["build_id"])


def target_over_time(*, target_id: str, language: str, theme: Theme, frame: Frame) -> Chart | None:
    """The headline figure of a target over time; None where it has no series."""
    row = headline(target_id=target_id, language=language)
    if row["series_id"] == "none":
        return None
    words = Words(language)
    which = {name: row[name] for name in ("series_id", "edition", "indicator", "age_group")}
    ours, country, region = (
        load(figures.estimates_over_time, regions=(code or "",), **which)
        for code in (row["region_code"], figures.COUNTRY, row["ggd_region_code"])
    )
    return progress_over_time(
        ours,
        assessment=row,
        country=country,
        region=region,
        breaks=load(
            figures.breaks,
            series_id=row["series_id"],
            indicator=row["indicator"],
            language=language,
        ),
        waves=load(
            figures.waves, series_id=row["series_id"], edition=row["edition"], language=language
        ),
        caption=target_chart.caption_of(row, years=ours["year"], build_id=build_id(), words=words),
        words=words,
        theme=theme,
        frame=frame,
    )


def headline(*, target_id: str, language: str) -> dict[str, Any]:
    """Return the newest assessment of a target on the series it is judged by first."""
    found = rows(targets.target_assessments, target_id=target_id, language=language)
    return next(row for row in found if row["is_headline"] and row["is_current"])


def first_of(frame: DataFrame) -> dict[str, Any]:
    """Return the first row, for what all rows share."""
    return cast("dict[str, Any]", frame.iloc[0].to_dict())


def ages_now(
    *, municipality: str, series_id: str, indicator: str, language: str, theme: Theme, frame: Frame
) -> Chart:
    """Where every age group stands on one indicator, against its target."""
    words = Words(language)
    newest = load(
        ages.newest_by_age,
        municipality=municipality,
        series_id=series_id,
        indicator=indicator,
        language=language,
    )
    first = first_of(newest)
    label = str(first["indicator_label"])
    caption = age_parts.caption_of(
        first,
        kind="now",
        title=words("pages.age_groups.now", indicator=label),
        measure=label,
        years=newest["year"],
        build_id=build_id(),
        words=words,
    )
    return now_against_target(newest, caption=caption, words=words, theme=theme, frame=frame)


def ages_over_time(
    *, municipality: str, series_id: str, indicator: str, language: str, theme: Theme, frame: Frame
) -> Chart:
    """Every age group on one indicator over time, on one axis."""
    words = Words(language)
    asked = {"series_id": series_id, "indicator": indicator, "language": language}
    here = {"municipality": municipality, **asked}
    ours = load(ages.all_by_age, region=municipality, **here)
    first = first_of(ours)
    label = str(first["indicator_label"])
    return small_multiples(
        ours,
        country=load(ages.all_by_age, region=figures.COUNTRY, **here),
        assessments=load(targets.series_assessments, **here),
        breaks=load(figures.breaks, **asked),
        waves=load(figures.waves, series_id=series_id, edition=first["edition"], language=language),
        caption=age_parts.caption_of(
            first,
            kind="over_time",
            title=words("pages.age_groups.over_time", indicator=label),
            measure=label,
            years=ours["year"],
            build_id=build_id(),
            words=words,
        ),
        words=words,
        theme=theme,
        frame=frame,
    )


def series_now(
    *,
    municipality: str,
    series_id: str,
    several_ages: bool,
    language: str,
    theme: Theme,
    frame: Frame,
) -> Chart:
    """The newest figures of a series of its own, one row per indicator and age group."""
    words = Words(language)
    newest = load(
        ages.newest_by_age,
        municipality=municipality,
        series_id=series_id,
        indicator=None,
        language=language,
    )
    first = first_of(newest)
    caption = age_parts.caption_of(
        first,
        kind="now",
        title=words("pages.age_groups.newest", series=str(first["series_label"])),
        measure="",
        years=newest["year"],
        build_id=build_id(),
        words=words,
    )
    return now_against_target(
        newest,
        label="figure_label" if several_ages else "indicator_label",
        caption=caption,
        words=words,
        theme=theme,
        frame=frame,
    )
