"""Everything that files about one municipality are made of, asked once and of one build."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from dashboard import charts
from dashboard.charts import Chart
from dashboard.codebook import in_language
from dashboard.i18n import Words
from dashboard.queries import downloads, figures, frame, targets
from dashboard.target_chart import caption_of
from dashboard.theme import WIDE, Frame, Theme

Row = dict[str, Any]

NO_SERIES = "none"
"""Series of an assessment that rests on no figure."""


class Load(Protocol):
    """Asks a query of one build, as `dashboard.data.load` does."""

    def __call__(self, query: Any, **parameters: Hashable) -> pd.DataFrame:
        """Rows of the query."""


@dataclass(frozen=True)
class Story:
    """One target: its assessment and the figures around it; frames are None without a series."""

    row: Row
    comparisons: list[Row]
    sensitivity: list[Row]
    ours: pd.DataFrame | None
    country: pd.DataFrame | None
    region: pd.DataFrame | None
    breaks: pd.DataFrame | None
    waves: pd.DataFrame | None

    @property
    def target_id(self) -> str:
        """Id of the target."""
        return str(self.row["target_id"])

    @property
    def years(self) -> list[int]:
        """Measured years with a figure."""
        if self.ours is None:
            return []
        return [int(year) for year in self.ours.loc[self.ours["value"].notna(), "year"]]

    @property
    def country_change(self) -> Row | None:
        """The change of the country beside it; None where it is not known."""
        return next((row for row in self.comparisons if row["comparator"] == "country"), None)


@dataclass(frozen=True)
class Dossier:
    """One municipality in one language."""

    code: str
    name: str
    language: str
    build: Row
    site: dict[str, str]
    indicators: dict[str, dict[str, str]]
    """Label and definition by indicator."""
    stories: list[Story]
    beside: list[Row]
    """Newest figures without a verdict: beside aims in words, or all there is without targets."""
    plan: list[Row]
    figures: pd.DataFrame
    verdicts: pd.DataFrame
    sources: pd.DataFrame
    codebook: pd.DataFrame

    @property
    def build_id(self) -> str:
        """Name of the build."""
        return str(self.build["build_id"])


def gather(load: Load, *, municipality: str, language: str) -> Dossier | None:
    """Ask everything about a municipality; None for a code that is no municipality."""
    named = _rows(load(downloads.municipality_named, municipality=municipality))
    if not named:
        return None
    asked = {"municipality": municipality, "language": language}
    headlines = _rows(load(targets.headline_assessments, **asked))
    site = _texts(load(frame.texts, subject="site", language=language))
    return Dossier(
        code=municipality,
        name=str(named[0]["region_name"]),
        language=language,
        build=_rows(load(frame.build))[0],
        site=site.get("site", {}),
        indicators=_texts(load(frame.texts, subject="indicator", language=language)),
        stories=[_story(load, row, language=language) for row in headlines],
        beside=_beside(load, headlines, municipality=municipality, language=language),
        plan=_rows(load(frame.plan, **asked)),
        figures=load(downloads.figures, **asked),
        verdicts=_verdicts(load, headlines, language=language),
        sources=load(downloads.sources),
        codebook=in_language(load(downloads.codebook), language),
    )


def over_time(
    story: Story, *, build_id: str, words: Words, theme: Theme, frame: Frame = WIDE
) -> Chart | None:
    """The chart of a target over time; None where there is no figure to draw."""
    if story.ours is None or not story.years:
        return None
    years = [float(year) for year in story.years]
    return charts.progress_over_time(
        story.ours,
        assessment=story.row,
        country=story.country,
        region=story.region,
        breaks=story.breaks,
        waves=story.waves,
        caption=caption_of(story.row, years=years, build_id=build_id, words=words),
        words=words,
        theme=theme,
        frame=frame,
    )


def _story(load: Load, row: Row, *, language: str) -> Story:
    """The figures around one assessment."""
    which = {name: row[name] for name in ("target_id", "series_id", "as_of_year")}
    comparisons = _rows(load(targets.comparisons, **which))
    sensitivity = _rows(load(targets.sensitivity, **which))
    if row["series_id"] == NO_SERIES:
        return Story(row, comparisons, sensitivity, None, None, None, None, None)
    series = {"series_id": row["series_id"]}
    subject = {**series, "indicator": row["indicator"]}
    figure = {**subject, "edition": row["edition"], "age_group": row["age_group"]}
    places = {"ours": row["region_code"], "country": figures.COUNTRY}
    if isinstance(row["ggd_region_code"], str):
        places["region"] = row["ggd_region_code"]
    asked = {
        place: load(figures.estimates_over_time, regions=(code,), **figure)
        for place, code in places.items()
    }
    return Story(
        row,
        comparisons,
        sensitivity,
        ours=asked["ours"],
        country=asked["country"],
        region=asked.get("region"),
        breaks=load(figures.breaks, language=language, **subject),
        waves=load(figures.waves, edition=row["edition"], language=language, **series),
    )


def _beside(load: Load, headlines: list[Row], *, municipality: str, language: str) -> list[Row]:
    """Newest figures to show without a verdict."""
    known = _rows(load(figures.municipality_figures, municipality=municipality, language=language))
    wanted = {
        (row["series_id"], row["indicator"], row["age_group"])
        for row in _rows(load(targets.shown_beside, municipality=municipality))
    }
    newest: dict[tuple[Any, ...], Row] = {}
    for row in known:
        key = (row["series_id"], row["indicator"], row["age_group"])
        if (key in wanted or not headlines) and not pd.isna(row["value"]):
            newest[key] = row  # rows come in the order of their years
    return list(newest.values())


def _verdicts(load: Load, headlines: list[Row], *, language: str) -> pd.DataFrame:
    """Every assessment of every target, each series and wave."""
    frames = [
        load(targets.target_assessments, target_id=row["target_id"], language=language)
        for row in headlines
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _texts(found: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Words by id and field."""
    texts: dict[str, dict[str, str]] = {}
    for row in _rows(found):
        texts.setdefault(str(row["subject_id"]), {})[str(row["field"])] = str(row["text"])
    return texts


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Rows of a result by column name."""
    records: list[Row] = frame.to_dict("records")  # type: ignore[assignment]
    return records
