"""The change between two published figures of one series and edition: in points, and its test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.estimation import TOLERANCE, Codes, Flags, Floats, binomial_share, read_inside
from etl.evidence import signed_logit
from etl.figure_index import FigureIndex
from etl.verdict_codes import SHOWN


@dataclass(frozen=True)
class Change:
    """`pp` and its 95% interval in percentage points; `improvement` is on the logit scale.

    `error` belongs to `improvement`; `z` is their ratio and positive when things got better.
    `is_large`: more than one rounding step, the coarser of the two.
    """

    pp: Floats
    ci_lower: Floats
    ci_upper: Floats
    improvement: Floats
    error: Floats
    z: Floats
    is_large: Flags


def in_points(difference: Floats) -> Floats:
    """A difference of published percentages without the noise of binary numbers."""
    return np.round(difference, 9)


def error_in_points(value: Floats, *, step: Floats, error: Floats) -> Floats:
    """Standard error in percentage points of a logit standard error: s p(1 - p)."""
    result: Floats = 100.0 * error * binomial_share(read_inside(value, rounding_step=step))
    return result


def measure_change(index: FigureIndex, *, baseline: Codes, latest: Codes, sign: Floats) -> Change:
    """Change from the figures in one set of rows to those in another."""
    values = index.value[baseline], index.value[latest]
    steps = index.step[baseline], index.step[latest]
    errors = index.error[baseline], index.error[latest]
    before, after = (
        signed_logit(value, step=step, sign=sign) for value, step in zip(values, steps, strict=True)
    )
    points = [
        error_in_points(value, step=step, error=error)
        for value, step, error in zip(values, steps, errors, strict=True)
    ]
    pp = in_points(values[1] - values[0])
    half = SHOWN * np.hypot(*points)
    error = np.hypot(*errors)
    return Change(
        pp=pp,
        ci_lower=pp - half,
        ci_upper=pp + half,
        improvement=before - after,
        error=error,
        z=(before - after) / error,
        is_large=np.abs(pp) > np.fmax(*steps) + TOLERANCE,
    )
