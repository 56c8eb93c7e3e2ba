"""What a survey could have shown: smallest detectable change, and how many must be asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.estimation import Flags, Floats, binomial_share, logit, percentage
from etl.verdict_codes import SHOWN

Z_POWER_80 = 0.8416212
"""Standard normal quantile of a power of 80%."""

NEWTON_STEPS = 60
"""More than ever needed: the search doubles its digits with every step."""


@dataclass(frozen=True)
class Detectable:
    """Sizes in percentage points, respondents per wave; NaN where there is no answer."""

    change_pp: Floats
    change_80_pp: Floats
    respondents_needed: Floats
    is_assumed: Flags


def effective_sample_size(value: Floats, *, error: Floats) -> Floats:
    """Size of the simple random sample with this logit standard error: 1 / (s² p(1 - p))."""
    result: Floats = 1.0 / (error**2 * binomial_share(value))
    return result


def smallest_change(
    baseline: Floats, *, baseline_error: Floats, sample_size: Floats, sign: Floats, z: float
) -> Floats:
    """Smallest change for the better, in points, at which z_change is `z`; NaN where it never is.

    Solves u = z √(s_b² + 1 / (n y(1 - y))) for u, the logit difference. The right side less u is
    convex, so Newton's search from u = 0 climbs to the first root and never passes it; where the
    slope turns positive first there is no root.
    """
    start = sign * logit(baseline)
    step = np.zeros_like(start)
    solvable = np.isfinite(start) & np.isfinite(baseline_error) & np.isfinite(sample_size)
    open_rows = np.flatnonzero(solvable)
    for _ in range(NEWTON_STEPS):
        if not len(open_rows):
            break
        u = step[open_rows]
        value, slope = _excess(
            u, start[open_rows], baseline_error[open_rows], sample_size[open_rows], z
        )
        falling = slope < 0.0
        move = np.where(falling, -value / np.where(falling, slope, 1.0), np.nan)
        step[open_rows] = u + move
        open_rows = open_rows[falling & (move > 1e-12 * (1.0 + u))]
    step[open_rows] = np.nan
    end = percentage(sign * (start - step))
    return np.where(solvable, np.abs(baseline - end), np.nan)


def _excess(
    u: Floats, start: Floats, baseline_error: Floats, sample_size: Floats, z: float
) -> tuple[Floats, Floats]:
    """z √variance - u at a logit `u` better than `start`, and its slope."""
    with np.errstate(over="ignore", invalid="ignore"):
        hyperbolic = np.exp(start - u), np.exp(u - start)
        variance = baseline_error**2 + (2.0 + hyperbolic[0] + hyperbolic[1]) / sample_size
        root = np.sqrt(variance)
        slope = z * (hyperbolic[1] - hyperbolic[0]) / sample_size / (2.0 * root) - 1.0
    return z * root - u, np.where(np.isfinite(slope), slope, np.inf)


def needed_sample_size(baseline: Floats, *, target: Floats) -> Floats:
    """Effective size per wave that shows the change from baseline to target with 80% power."""
    distance = logit(baseline) - logit(target)
    noise = 1.0 / binomial_share(baseline) + 1.0 / binomial_share(target)
    result: Floats = (SHOWN + Z_POWER_80) ** 2 * noise / distance**2
    return result


def detectable(
    *,
    baseline: Floats,
    baseline_error: Floats,
    latest: Floats,
    latest_error: Floats,
    latest_sample_size: Floats,
    target: Floats,
    sign: Floats,
    design_effect: Floats,
    typical_sample_size: Floats,
) -> Detectable:
    """What a next wave like the latest would show, and how many respondents the promise needs.

    Percentages read inside 0-100. `target` is NaN where the baseline is at or past it or it has
    no logit. A standard error that is not known is taken from the typical sample size of the
    series over its design effect, and said to be assumed. Respondents are an effective size times
    what a respondent of the latest wave counted for: n over its own effective size where both are
    known, else the design effect of the series.
    """
    typical = typical_sample_size / design_effect
    known_size = effective_sample_size(latest, error=latest_error)
    size = np.where(np.isnan(known_size), typical, known_size)
    from_size = 1.0 / np.sqrt(typical * binomial_share(baseline))
    error = np.where(np.isnan(baseline_error), from_size, baseline_error)
    known = ~np.isnan(size) & ~np.isnan(error) & ~np.isnan(baseline)
    weight = latest_sample_size / known_size
    needed = needed_sample_size(baseline, target=target)
    people = np.ceil(needed * np.where(np.isnan(weight), design_effect, weight) - 1e-9)
    assumed = known & (np.isnan(known_size) | np.isnan(baseline_error))
    sizes = [
        smallest_change(baseline, baseline_error=error, sample_size=size, sign=sign, z=z)
        for z in (SHOWN, SHOWN + Z_POWER_80)
    ]
    return Detectable(
        change_pp=sizes[0],
        change_80_pp=sizes[1],
        respondents_needed=np.where(known & (people < 1e15), people, np.nan),
        is_assumed=assumed,
    )
