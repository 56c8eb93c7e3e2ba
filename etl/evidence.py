"""What a verdict rests on: the figures of many assessments at once, and the three tests on them.

Written for "lower is better"; `sign` -1 mirrors an assessment, so that every z is positive when
things are better. Percentages run from 0 to 100, errors are on the logit scale, NaN is "none".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.estimation import TOLERANCE, Flags, Floats, binomial_share, logit, read_inside


@dataclass(frozen=True)
class Evidence:
    """What the verdicts rest on, one entry per assessment; years are numbers, NaN where unknown.

    `earlier_best` is the best value between baseline and latest wave (times `sign`), and
    `earlier_bar` the logit (times `sign`) from which a target was shown met by one of them.
    `judged_*` is the first wave in or after the target year. `latest_value` is NaN where no wave
    is comparable with the baseline, and then `not_comparable` is true.
    """

    sign: Floats
    baseline_year: Floats
    baseline_value: Floats
    baseline_error: Floats
    baseline_step: Floats
    latest_year: Floats
    latest_value: Floats
    latest_error: Floats
    latest_step: Floats
    target_value: Floats
    target_year: Floats
    earlier_best: Floats
    earlier_bar: Floats
    judged_year: Floats
    judged_value: Floats
    allows_path: Flags
    no_target: Flags
    not_comparable: Flags


@dataclass(frozen=True)
class Tests:
    """The three tests and the path, one entry per assessment; z is positive where it is better."""

    z_change: Floats
    z_target: Floats
    z_path: Floats
    path_value: Floats


def at_or_past(value: Floats, *, target: Floats, sign: Floats) -> Flags:
    """Whether a percentage as printed is at its target or better; never where one is unknown."""
    result: Flags = sign * value <= sign * target + TOLERANCE
    return result


def signed_logit(value: Floats, *, step: Floats, sign: Floats) -> Floats:
    """Logit of a published percentage, turned so that lower is better."""
    result: Floats = sign * logit(read_inside(value, rounding_step=step))
    return result


def target_logit(evidence: Evidence) -> Floats:
    """Logit of the target, signed; NaN for one of 0 or 100, which has none and is never tested."""
    e = evidence
    is_inside = (e.target_value > 0.0) & (e.target_value < 100.0)
    result: Floats = e.sign * logit(np.where(is_inside, e.target_value, np.nan))
    return result


def has_path(evidence: Evidence, *, baseline_at_target: Flags) -> Flags:
    """A path runs from a baseline short of the target to a later target year, past this wave."""
    e = evidence
    known = ~np.isnan(e.baseline_value) & ~np.isnan(e.target_value) & ~np.isnan(e.latest_value)
    between = (e.baseline_year < e.latest_year) & (e.latest_year < e.target_year)
    return e.allows_path & known & between & ~baseline_at_target


def run_tests(evidence: Evidence, *, has_path: Flags) -> Tests:
    """z of change, of target and of path, on the logit scale (method, section 2)."""
    e = evidence
    latest = signed_logit(e.latest_value, step=e.latest_step, sign=e.sign)
    baseline = signed_logit(e.baseline_value, step=e.baseline_step, sign=e.sign)
    is_later = e.latest_year > e.baseline_year
    years = np.where(has_path, e.target_year - e.baseline_year, np.nan)
    elapsed = (e.latest_year - e.baseline_year) / years
    path = e.baseline_value + elapsed * (e.target_value - e.baseline_value)
    read = read_inside(e.baseline_value, rounding_step=e.baseline_step)
    path_error = (1.0 - elapsed) * binomial_share(read) / binomial_share(path) * e.baseline_error
    both = np.hypot(e.baseline_error, e.latest_error)
    return Tests(
        z_change=np.where(is_later, (baseline - latest) / both, np.nan),
        z_target=(target_logit(e) - latest) / e.latest_error,
        z_path=(e.sign * logit(path) - latest) / np.hypot(e.latest_error, path_error),
        path_value=path,
    )
