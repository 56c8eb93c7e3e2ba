"""What Healthy People (NCHS, United States) would say of the same figures, by its own rules."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from etl.crosswalk_rules import TOLERANCE, Flags, Numbers, Ruling, improvement, reached

TWO_SIDED = 1.96
"""Critical value of Healthy People 2030: two-sided test at the 5% level."""

ONE_SIDED = 1.645
"""Critical value of Healthy People 2020: one-sided test at the 5% level."""

NOTABLE_SHARE = 0.10
"""Healthy People 2020 without standard errors: share of a change that counts as a change."""


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


def _percent(part: Numbers, *, of: Numbers, where: Flags) -> Numbers:
    whole = np.where(where & (of > TOLERANCE), of, np.nan)
    return np.asarray(100 * part / whole)
