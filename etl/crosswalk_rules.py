"""What the rules of other systems share: what a ruling is, better and worse, reached, errors.

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

INTERVAL_WIDTH = 3.92
"""Width of a 95% interval in standard errors, as Fingertips and Healthy People use it."""

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
