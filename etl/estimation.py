"""What a published percentage is worth: its standard error, its margin, and whether it is tested.

Percentages run from 0 to 100; standard errors are on the logit scale unless a name ends in `_pp`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

Z_95 = 1.959964
"""Half width of a 95% interval in standard errors."""

SE_METHODS = ("published", "interval", "sample_size", "none")
"""What a tested standard error can come from, best first."""

SUPPRESSED_BELOW = 30
"""Fewer respondents than this: the figure is a gap with a reason."""

UNTESTED_BELOW = 50
"""Fewer respondents than this: the figure is shown and never tested."""

WIDEST_TESTED_PP = 30.0
"""A 95% interval wider than this, in percentage points, is shown and never tested."""

TOLERANCE = 1e-9
"""Percentages closer than this are the same number: 45.8 - 5 is 40.8."""


@dataclass(frozen=True)
class StandardErrors:
    """Per figure; `logit_standard_error` and margins are NaN where there is none.

    `se_method` holds words of SE_METHODS. `suppressed`: under 30 respondents, so the value itself
    must not be published. `too_small`: shown, yet treated as without a standard error.
    """

    logit_standard_error: Floats
    se_method: npt.NDArray[np.object_]
    margin_lower: Floats
    margin_upper: Floats
    suppressed: Flags
    too_small: Flags


def logit(value: Floats) -> Floats:
    """ln(x / (100 - x)) of a percentage x; infinite at 0 and 100."""
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = np.log(value / (100.0 - value))
    return result


def percentage(logits: Floats) -> Floats:
    """The percentage whose logit is given."""
    with np.errstate(over="ignore"):
        result: Floats = 100.0 / (1.0 + np.exp(-logits))
    return result


def binomial_share(value: Floats) -> Floats:
    """p(1 - p) of a percentage: the slope of the percentage, as a share, on the logit scale."""
    share = value / 100.0
    result: Floats = share * (1.0 - share)
    return result


def normal_probability(z: Floats) -> Floats:
    """Standard normal distribution function; NaN stays NaN."""
    scaled = (z / -math.sqrt(2.0)).tolist()
    return 0.5 * np.fromiter(map(math.erfc, scaled), dtype=np.float64, count=len(scaled))


def read_inside(value: Floats, *, rounding_step: Floats) -> Floats:
    """Percentages printed as 0 or 100, read half a rounding step inside; others as printed.

    Nothing is read closer to 0 or 100 than that, so that a lower figure is never read as higher.
    """
    half = rounding_step / 2.0
    result: Floats = np.minimum(np.maximum(value, half), 100.0 - half)
    return result


def read_limit(limit: Floats, *, rounding_step: Floats) -> Floats:
    """Limits printed as 0 or 100, read half a rounding step inside; others as printed.

    A limit of 0.3 beside a value in whole percents stays 0.3: producers print limits finer.
    """
    half = rounding_step / 2.0
    result: Floats = np.where(limit <= 0.0, half, np.where(limit >= 100.0, 100.0 - half, limit))
    return result


def wilson_interval(
    value: Floats, *, sample_size: Floats, z: float = Z_95
) -> tuple[Floats, Floats]:
    """Wilson score limits in percent of a percentage of `sample_size` (Wilson 1927)."""
    share, square = value / 100.0, z * z
    centre = share + square / (2.0 * sample_size)
    half = z * np.sqrt(binomial_share(value) / sample_size + square / (4.0 * sample_size**2))
    scale = 100.0 / (1.0 + square / sample_size)
    return scale * (centre - half), scale * (centre + half)


def error_of_interval(lower: Floats, upper: Floats) -> Floats:
    """Logit standard error of a 95% interval, limits in percent."""
    result: Floats = (logit(upper) - logit(lower)) / (2.0 * Z_95)
    return result


def rounding_error(value: Floats, *, rounding_step: Floats) -> Floats:
    """Logit standard error of rounding to a step; half a step for what was printed as 0 or 100.

    A rounded figure is uniform within its step: step / sqrt(12), divided by p(1 - p).
    """
    read = read_inside(value, rounding_step=rounding_step)
    step = np.where(read == value, rounding_step, rounding_step / 2.0)
    result: Floats = step / 100.0 / math.sqrt(12.0) / binomial_share(read)
    return result


def is_too_small(
    *, ci_lower: Floats, ci_upper: Floats, standard_error: Floats, sample_size: Floats
) -> Flags:
    """Figures that are shown but never tested: n < 50, or a 95% interval wider than 30 points.

    The interval is the published one; without it, that of a published standard error. An interval
    made from n is not looked at: for those figures n itself decides.
    """
    width = np.where(
        np.isnan(ci_upper - ci_lower), 2.0 * Z_95 * standard_error, ci_upper - ci_lower
    )
    result: Flags = (sample_size < UNTESTED_BELOW) | (width > WIDEST_TESTED_PP + TOLERANCE)
    return result


def standard_errors(
    value: Floats,
    *,
    ci_lower: Floats,
    ci_upper: Floats,
    standard_error: Floats,
    sample_size: Floats,
    rounding_step: Floats,
    design_effect: Floats,
) -> StandardErrors:
    """Standard errors on the logit scale, rounding included, and margins to show, per figure.

    Percentages, limits and `standard_error` in points, NaN where not published. The first that
    applies: the published error, the 95% interval, the sample size over the design effect
    (Wilson). An interval without width once its limits are read inside 0-100 does not apply.
    """
    read = read_inside(value, rounding_step=rounding_step)
    limits = (read_limit(limit, rounding_step=rounding_step) for limit in (ci_lower, ci_upper))
    wilson = wilson_interval(read, sample_size=_positive(sample_size) / design_effect)
    candidates = [
        _positive(standard_error / 100.0 / binomial_share(read)),
        _positive(error_of_interval(*limits)),
        _positive(error_of_interval(*wilson)),
    ]
    suppressed = ~np.isnan(value) & (sample_size < SUPPRESSED_BELOW)
    too_small = ~np.isnan(value) & is_too_small(
        ci_lower=ci_lower, ci_upper=ci_upper, standard_error=standard_error, sample_size=sample_size
    )
    usable = [~np.isnan(candidate) & ~too_small & ~suppressed for candidate in candidates]
    sampling = np.select(usable, candidates, default=np.nan)
    error = np.hypot(sampling, rounding_error(value, rounding_step=rounding_step))
    margin_lower, margin_upper = _margins(value, read, error, ci_lower, ci_upper)
    return StandardErrors(
        logit_standard_error=error,
        se_method=np.array(SE_METHODS, dtype=object)[np.select(usable, [0, 1, 2], default=3)],
        margin_lower=np.where(suppressed, np.nan, margin_lower),
        margin_upper=np.where(suppressed, np.nan, margin_upper),
        suppressed=suppressed,
        too_small=too_small & ~suppressed,
    )


def _positive(numbers: Floats) -> Floats:
    """Numbers above zero; NaN for the others, which are no standard error or sample size."""
    return np.where(numbers > 0.0, numbers, np.nan)


def _margins(
    value: Floats, read: Floats, error: Floats, ci_lower: Floats, ci_upper: Floats
) -> tuple[Floats, Floats]:
    """The published interval, else the one of the standard error, never without the value in it."""
    published = ~np.isnan(ci_lower) & ~np.isnan(ci_upper) & ~np.isnan(value)
    own_lower = np.minimum(percentage(logit(read) - Z_95 * error), value)
    own_upper = np.maximum(percentage(logit(read) + Z_95 * error), value)
    return np.where(published, ci_lower, own_lower), np.where(published, ci_upper, own_upper)
