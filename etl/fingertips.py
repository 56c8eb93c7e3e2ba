"""What Fingertips (OHID, England) would say of the same figures, by its own rules."""

from __future__ import annotations

import numpy as np

from etl.crosswalk_rules import INTERVAL_WIDTH, TOLERANCE, Flags, Numbers, Ruling, reached

TREND_WAVES = 5
"""Points that the recent trend of Fingertips rests on."""

TREND_CHI2 = 9.5495
"""Fingertips recent trend: 99.8% point of chi-squared with one degree of freedom."""


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


def _weighted_slope(values: Numbers, *, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Slope per wave and its standard error, weights being one over the known variances."""
    order = np.arange(1.0, TREND_WAVES + 1)
    total, first = weights.sum(axis=-1), (weights * order).sum(axis=-1)
    spread = total * (weights * order**2).sum(axis=-1) - first**2
    level, tilt = (weights * values).sum(axis=-1), (weights * order * values).sum(axis=-1)
    return (total * tilt - first * level) / spread, np.sqrt(total / spread)
