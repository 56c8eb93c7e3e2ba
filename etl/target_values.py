"""The number a target comes to on a series: fixed in the plan, or made from its baseline."""

from __future__ import annotations

import numpy as np

from etl.estimation import Flags, Floats


def target_values(
    baseline: Floats,
    *,
    value: Floats,
    change: Floats,
    is_maintain: Flags,
    is_change_pp: Flags,
    is_change_pct: Flags,
    has_number: Flags,
) -> Floats:
    """Target in percent per assessment; NaN without a number, or without the baseline it needs.

    A fixed value stays fixed. A change is taken from the comparable baseline: in percentage
    points, or in percent of it. A percentage cannot leave 0-100, so neither does its target.
    """
    fixed = np.where(is_maintain & np.isnan(value), baseline, value)
    result = np.select(
        [is_change_pp, is_change_pct],
        [baseline + change, baseline * (1.0 + change / 100.0)],
        default=fixed,
    )
    return np.where(has_number, np.clip(result, 0.0, 100.0), np.nan)
