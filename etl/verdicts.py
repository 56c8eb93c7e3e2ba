"""The verdict of every assessment under one reading of the figures: as published, or a variant."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from etl.comparisons import comparator_subjects, compare
from etl.estimation import Codes, Flags, Floats, percentage
from etl.evidence import Evidence, signed_logit
from etl.picks import Picks, gather
from etl.progress import Verdicts, judge
from etl.target_values import target_values
from etl.tracks import comparable
from etl.trend import Forecast, forecast, trend_codes
from etl.verdict_codes import CHANGES, CODES, colours

WITH_NUMBER = ("level", "change_pp", "change_pct", "maintain")
"""Kinds of target that come to a percentage."""

TREND_CODES = tuple(code for code in CODES if code.startswith("trend_"))


@dataclass(frozen=True)
class Reading:
    """How the figures are read: moved by a share of their rounding step, or against other words."""

    shift: float = 0.0
    stated_baseline: bool = False
    former_target: bool = False


AS_PUBLISHED = Reading()


@dataclass(frozen=True)
class TrendTests:
    """Of trend targets, NaN for others: forecast in percent, z's positive when better."""

    before: Codes
    forecast_value: Floats
    z: Floats
    z_country: Floats
    z_difference: Floats


@dataclass(frozen=True)
class Judged:
    """Assessments with their evidence, their target and their verdict."""

    picks: Picks
    evidence: Evidence
    verdicts: Verdicts
    trend: TrendTests
    target_value: Floats
    target_year: Floats


def judge_picks(
    picks: Picks, *, reading: Reading = AS_PUBLISHED, gathered: Evidence | None = None
) -> Judged:
    """Judge every assessment: trend targets by their forecast, others by level, change, pace.

    A figure from before the baseline year says nothing about a promise made later: no level.
    `gathered`: evidence of the same assessments and target year, where it is known already.
    """
    baseline, latest = _values(picks, reading)
    value, year = _target(picks, baseline=baseline, reading=reading)
    is_early = picks.year(picks.latest) < picks.of_target("baseline_year")
    evidence = replace(
        gathered or gather(picks, target_year=year),
        baseline_value=baseline,
        latest_value=np.where(picks.not_comparable, np.nan, latest),
        target_value=np.where(is_early, np.nan, value),
    )
    verdicts = judge(evidence)
    is_trend = picks.tracks.is_one_of("kind", "trend")[picks.track]
    verdicts, trend = _with_trend(
        picks, evidence=evidence, verdicts=verdicts, is_trend=is_trend, shift=reading.shift
    )
    return Judged(picks, evidence, verdicts, trend, value, year)


def moved(value: Floats, *, step: Floats, shift: float) -> Floats:
    """Percentages moved by a share of their rounding step, within 0-100."""
    return np.clip(value + shift * step, 0.0, 100.0) if shift else value


def _values(picks: Picks, reading: Reading) -> tuple[Floats, Floats]:
    index = picks.tracks.index
    baseline, latest = (
        moved(index.value[row], step=index.step[row], shift=reading.shift)
        for row in (picks.figure(picks.baseline), picks.figure(picks.latest))
    )
    if reading.stated_baseline:
        stated = picks.of_target("baseline_stated")
        baseline = np.where(np.isnan(stated) | np.isnan(baseline), baseline, stated)
    return baseline, latest


def _target(picks: Picks, *, baseline: Floats, reading: Reading) -> tuple[Floats, Floats]:
    prefix = "former_" if reading.former_target else ""
    kinds = {name: picks.tracks.is_one_of("kind", name)[picks.track] for name in WITH_NUMBER}
    value = target_values(
        baseline,
        value=picks.of_target(f"{prefix}target_value"),
        change=picks.of_target(f"{prefix}target_change"),
        is_maintain=kinds["maintain"],
        is_change_pp=kinds["change_pp"],
        is_change_pct=kinds["change_pct"],
        has_number=picks.tracks.is_one_of("kind", *WITH_NUMBER)[picks.track],
    )
    return value, picks.of_target(f"{prefix}target_year")


def _with_trend(
    picks: Picks, *, evidence: Evidence, verdicts: Verdicts, is_trend: Flags, shift: float
) -> tuple[Verdicts, TrendTests]:
    """Replace the verdict of trend targets: no level, change or pace, only what section 6 says."""
    nothing = np.full(len(picks), np.nan)
    before = np.zeros(len(picks), dtype=np.int64)
    if not is_trend.any():
        return verdicts, TrendTests(before, nothing, nothing, nothing, nothing)
    own, country = _forecasts(picks, evidence=evidence, shift=shift)
    has_later = evidence.latest_year > picks.of_target("plan_start")
    z_difference = compare(picks, evidence=evidence, comparator="country").z
    code = trend_codes(
        before=own.waves,
        has_later=has_later,
        not_comparable=picks.not_comparable,
        slope=own.slope,
        z_trend=own.z,
        z_trend_country=country.z,
        fall_shown=verdicts.change == CHANGES.index("improved"),
        z_difference=z_difference,
    )
    code = np.where(is_trend, code, verdicts.code)
    untold = {"no_baseline": "no_baseline", "not_comparable": "not_comparable"}
    change = np.full(len(picks), CHANGES.index("not_applicable"))
    for name, word in untold.items():
        change = np.where(code == CODES.index(name), CHANGES.index(word), change)
    change = np.where(is_trend, change, verdicts.change)
    z_path = verdicts.tests.z_path
    colour = colours(code, level=verdicts.level, change=change, z_path=z_path)
    told = is_trend & np.isin(code, [CODES.index(name) for name in TREND_CODES])
    tests = TrendTests(
        before=np.where(is_trend, own.waves, 0),
        forecast_value=np.where(told, percentage(evidence.sign * own.value), np.nan),
        z=np.where(told, own.z, np.nan),
        z_country=np.where(told, country.z, np.nan),
        z_difference=np.where(told, z_difference, np.nan),
    )
    return replace(verdicts, code=code, change=change, colour=colour), tests


def _forecasts(picks: Picks, *, evidence: Evidence, shift: float) -> tuple[Forecast, Forecast]:
    """The line through the waves before the plan, and through the differences from the country."""
    tracks, index = picks.tracks, picks.tracks.index
    figure = tracks.figure[picks.track]
    year = tracks.year[picks.track]
    fits = comparable(tracks.severity, published=picks.in_use)[picks.track]
    used = fits & (year <= picks.of_target("plan_start")[:, np.newaxis])
    sign = evidence.sign[:, np.newaxis]
    value = moved(index.value[figure], step=index.step[figure], shift=shift)
    logits = signed_logit(value, step=index.step[figure], sign=sign)
    later = signed_logit(evidence.latest_value, step=evidence.latest_step, sign=evidence.sign)
    years = {"year": year.astype(float), "used": used, "later_year": evidence.latest_year}
    own = forecast(
        logits=logits,
        errors=index.error[figure],
        later_logit=later,
        later_error=evidence.latest_error,
        **years,
    )
    subject = comparator_subjects(picks, comparator="country")[picks.track]
    rank = tracks.rank[picks.track]
    other = index.find(subject[:, np.newaxis], rank=rank[:, np.newaxis], year=year)
    other_later = index.find(subject, rank=rank, year=evidence.latest_year.astype(int))
    country = forecast(
        logits=logits - signed_logit(index.value[other], step=index.step[other], sign=sign),
        errors=np.hypot(index.error[figure], index.error[other]),
        later_logit=later
        - signed_logit(index.value[other_later], step=index.step[other_later], sign=evidence.sign),
        later_error=np.hypot(evidence.latest_error, index.error[other_later]),
        **years,
    )
    return own, country
