"""What Open SDG would say of the same figures, by its own rule."""

from __future__ import annotations

import numpy as np

from etl.crosswalk_rules import TOLERANCE, Flags, Numbers, Ruling, improvement, reached

ON_TRACK, ACCELERATE = 0.95, 0.60
"""Open SDG: ratio of observed to required growth from which a target is on track, or nearly."""

SMALLEST_VALUE = 0.001
"""Open SDG reads a baseline or target of zero as this: growth from zero is undefined."""


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


def _annual_growth(start: Numbers, *, end: Numbers, years: Numbers) -> Numbers:
    # one to any power is one, even to an unknown one: where nothing elapsed, say so at the end
    growth = (end / start) ** (1 / np.where(years > 0, years, 1)) - 1
    return np.where(years > 0, growth, np.nan)
