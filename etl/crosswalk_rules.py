"""What Healthy People, Fingertips and Open SDG would say of the same figures, by their own rules.

Every rule is a pure function of arrays: percentages, standard errors and interval limits in
percentage points, nan where something is unknown. None of them knows of the others or of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]

TWO_SIDED = 1.96
"""Critical value of Healthy People 2030: two-sided test at the 5% level."""

ONE_SIDED = 1.645
"""Critical value of Healthy People 2020: one-sided test at the 5% level."""

NOTABLE_SHARE = 0.10
"""Healthy People 2020 without standard errors: share of a change that counts as a change."""

TREND_WAVES = 5
"""Points that the recent trend of Fingertips rests on."""

TREND_CHI2 = 9.5495
"""Fingertips recent trend: 99.8% point of chi-squared with one degree of freedom."""

INTERVAL_WIDTH = 3.92
"""Width of a 95% interval in standard errors, as Fingertips and Healthy People use it."""

ON_TRACK, ACCELERATE = 0.95, 0.60
"""Open SDG: ratio of observed to required growth from which a target is on track, or nearly."""

SMALLEST_VALUE = 0.001
"""Open SDG reads a baseline or target of zero as this: growth from zero is undefined."""

TOLERANCE = 1e-9
"""Points within which two decimal numbers are equal once they are binary ones."""


@dataclass(frozen=True)
class Ruling:
    """What a rule says of each figure, and the numbers it used (nan: not used)."""

    status: Words
    numbers: Mapping[str, Numbers]


def improvement(start: npt.ArrayLike, *, end: npt.ArrayLike, lower_is_better: Flags) -> Numbers:
    """Points that `end` is better than `start`; negative where it is worse."""
    rise = np.asarray(end, dtype=float) - np.asarray(start, dtype=float)
    return np.where(lower_is_better, -rise, rise)


def reached(latest: npt.ArrayLike, *, target: npt.ArrayLike, lower_is_better: Flags) -> Flags:
    """Whether a value is at or past the target, equal decimals being equal."""
    return improvement(target, end=latest, lower_is_better=lower_is_better) >= -TOLERANCE


def equal_as_printed(
    latest: Numbers, *, target: Numbers, rounding_step: Numbers, derived: Flags
) -> Flags:
    """Whether value and target are the same number on paper, so that hidden digits may decide.

    A target that follows from the baseline is printed like the figure, to its `rounding_step`.
    """
    slack = np.where(derived, rounding_step / 2, 0.0)
    return np.abs(latest - target) <= np.nan_to_num(slack) + TOLERANCE


def standard_error_points(
    published: npt.ArrayLike, *, ci_lower: npt.ArrayLike, ci_upper: npt.ArrayLike
) -> Numbers:
    """Standard error in points: as published, else a 3.92nd of the width of the 95% interval."""
    known = np.asarray(published, dtype=float)
    width = np.asarray(ci_upper, dtype=float) - np.asarray(ci_lower, dtype=float)
    return np.where(np.isnan(known), width / INTERVAL_WIDTH, known)


def z_of_change(
    baseline: npt.ArrayLike, *, latest: npt.ArrayLike, se_baseline: Numbers, se_latest: Numbers
) -> Numbers:
    """Change in points over its standard error, two independent estimates; nan without both."""
    change = np.asarray(latest, dtype=float) - np.asarray(baseline, dtype=float)
    return change / np.hypot(se_baseline, se_latest)


def healthy_people_2030(
    latest: Numbers,
    *,
    target: Numbers,
    baseline: Numbers,
    se_baseline: Numbers,
    se_latest: Numbers,
    is_baseline: Flags,
    lower_is_better: Flags,
) -> Ruling:
    """Status of a core objective (NCHS, Healthy People 2030): the value, else a two-sided test.

    `is_baseline` marks where the newest wave is the baseline itself.
    """
    z = z_of_change(baseline, latest=latest, se_baseline=se_baseline, se_latest=se_latest)
    gain = np.where(lower_is_better, -z, z)
    status = np.select(
        [
            is_baseline,
            reached(latest, target=target, lower_is_better=lower_is_better),
            np.isnan(z),
            gain >= TWO_SIDED - TOLERANCE,
            gain <= TOLERANCE - TWO_SIDED,
        ],
        ["baseline_only", "target_met", "not_testable", "improving", "getting_worse"],
        "no_detectable_change",
    )
    return Ruling(status, {"se_baseline": se_baseline, "se_latest": se_latest, "z": z})


def healthy_people_2020(
    latest: Numbers,
    *,
    target: Numbers,
    baseline: Numbers,
    se_baseline: Numbers,
    se_latest: Numbers,
    is_baseline: Flags,
    lower_is_better: Flags,
) -> Ruling:
    """Status of an objective (NCHS, Healthy People 2020): one-sided test, else the rule of 10%."""
    z = z_of_change(baseline, latest=latest, se_baseline=se_baseline, se_latest=se_latest)
    gain = np.where(lower_is_better, -z, z)
    moved = improvement(baseline, end=latest, lower_is_better=lower_is_better)
    promised = improvement(baseline, end=target, lower_is_better=lower_is_better)
    untested = np.isnan(z)
    notably_better = (moved > TOLERANCE) & (moved >= NOTABLE_SHARE * promised - TOLERANCE)
    notably_worse = (moved < -TOLERANCE) & (-moved >= NOTABLE_SHARE * baseline - TOLERANCE)
    status = np.select(
        [
            is_baseline,
            reached(latest, target=target, lower_is_better=lower_is_better),
            np.isnan(moved),
            np.where(untested, notably_better, gain >= ONE_SIDED - TOLERANCE),
            np.where(untested, notably_worse, gain <= TOLERANCE - ONE_SIDED),
        ],
        ["baseline_only", "target_met", "not_testable", "improving", "getting_worse"],
        "no_detectable_change",
    )
    numbers = {
        "se_baseline": se_baseline,
        "se_latest": se_latest,
        "z": z,
        "pct_targeted_change": _percent(moved, of=promised, where=untested),
        "pct_change_from_baseline": _percent(latest - baseline, of=baseline, where=untested),
    }
    return Ruling(status, numbers)


def fingertips_target_value(latest: Numbers, *, target: Numbers, lower_is_better: Flags) -> Ruling:
    """Goal comparison of Fingertips on the value alone: at or past the target is better."""
    status = np.select(
        [np.isnan(latest), reached(latest, target=target, lower_is_better=lower_is_better)],
        ["none", "better"],
        "worse",
    )
    return Ruling(status, {"value": latest, "target": target})


def fingertips_target_interval(
    ci_lower: Numbers, *, ci_upper: Numbers, target: Numbers, lower_is_better: Flags
) -> Ruling:
    """Goal comparison of Fingertips on the 95% interval.

    A lower limit on the target is above it already; an upper limit on it is not yet below.
    """
    above, below = ci_lower >= target - TOLERANCE, ci_upper < target - TOLERANCE
    status = np.select(
        [
            np.isnan(ci_lower) | np.isnan(ci_upper),
            np.where(lower_is_better, above, below),
            np.where(lower_is_better, below, above),
        ],
        ["none", "worse", "better"],
        "similar",
    )
    return Ruling(status, {"ci_lower": ci_lower, "ci_upper": ci_upper, "target": target})


def fingertips_trend(values: Numbers, *, ci_lower: Numbers, ci_upper: Numbers) -> Ruling:
    """Recent trend of Fingertips over five waves in order of time, shape (..., 5).

    A weighted straight line in points through 1 to 5: a trend if chi-squared passes its 99.8%
    point and no single wave carries the direction. nan in a wave: cannot be calculated.
    """
    weights = (INTERVAL_WIDTH / (ci_upper - ci_lower)) ** 2
    slope, se_slope = _weighted_slope(values, weights=weights)
    one_left_out = weights[..., np.newaxis, :] * (1 - np.eye(TREND_WAVES))
    slopes, _ = _weighted_slope(values[..., np.newaxis, :], weights=one_left_out)
    chi2 = (slope / se_slope) ** 2
    shown = chi2 > TREND_CHI2
    lowest, highest = slopes.min(axis=-1), slopes.max(axis=-1)
    status = np.select(
        [
            np.isnan(chi2),
            shown & (slope > TOLERANCE) & (lowest > TOLERANCE),
            shown & (slope < -TOLERANCE) & (highest < -TOLERANCE),
        ],
        ["cannot_be_calculated", "increasing", "decreasing"],
        "no_change",
    )
    numbers = {
        "waves": np.isfinite(weights).sum(axis=-1).astype(float),
        "slope": slope,
        "se_slope": se_slope,
        "chi2": chi2,
        "slope_lowest_one_left_out": lowest,
        "slope_highest_one_left_out": highest,
    }
    return Ruling(status, numbers)


def open_sdg(
    latest: Numbers,
    *,
    latest_year: Numbers,
    baseline: Numbers,
    baseline_year: Numbers,
    target: Numbers,
    target_year: Numbers,
    lower_is_better: Flags,
) -> Ruling:
    """Progress measure of Open SDG (after Statistics Canada): observed over required growth.

    Both are compound annual growth rates since the baseline, as fractions. Reached is judged
    first, on the value, as Open SDG does; without room between baseline and target there is no
    required growth to compare with.
    """
    start = np.where(baseline == 0, SMALLEST_VALUE, baseline)
    goal = np.where(target == 0, SMALLEST_VALUE, target)
    room = improvement(baseline, end=target, lower_is_better=lower_is_better) > TOLERANCE
    observed = _annual_growth(start, end=latest, years=latest_year - baseline_year)
    required = _annual_growth(start, end=goal, years=target_year - baseline_year)
    ratio = observed / np.where(room & (required != 0), required, np.nan)
    status = np.select(
        [
            reached(latest, target=target, lower_is_better=lower_is_better),
            np.isnan(ratio),
            ratio >= ON_TRACK - TOLERANCE,
            ratio >= ACCELERATE - TOLERANCE,
            ratio >= -TOLERANCE,
        ],
        [
            "target_achieved",
            "not_applicable",
            "on_track",
            "acceleration_needed",
            "limited_progress",
        ],
        "deterioration",
    )
    numbers = {"ratio": ratio, "cagr_observed": observed, "cagr_required": required}
    return Ruling(status, numbers)


def _percent(part: Numbers, *, of: Numbers, where: Flags) -> Numbers:
    whole = np.where(where & (of > TOLERANCE), of, np.nan)
    return np.asarray(100 * part / whole)


def _annual_growth(start: Numbers, *, end: Numbers, years: Numbers) -> Numbers:
    # one to any power is one, even to an unknown one: where nothing elapsed, say so at the end
    growth = (end / start) ** (1 / np.where(years > 0, years, 1)) - 1
    return np.where(years > 0, growth, np.nan)


def _weighted_slope(values: Numbers, *, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Slope per wave and its standard error, weights being one over the known variances."""
    order = np.arange(1.0, TREND_WAVES + 1)
    total, first = weights.sum(axis=-1), (weights * order).sum(axis=-1)
    spread = total * (weights * order**2).sum(axis=-1) - first**2
    level, tilt = (weights * values).sum(axis=-1), (weights * order * values).sum(axis=-1)
    return (total * tilt - first * level) / spread, np.sqrt(total / spread)
