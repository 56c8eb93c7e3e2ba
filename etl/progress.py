"""Level, change and pace of many assessments at once, and the one verdict that follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.estimation import TOLERANCE, Codes, Flags, Floats
from etl.evidence import (
    Evidence,
    Tests,
    at_or_past,
    has_path,
    run_tests,
    signed_logit,
    target_logit,
)
from etl.verdict_codes import CHANGES, CODES, LEVELS, PACES, SHOWN, colours

Z_90 = 1.2815515655446004
"""z of the probability 0.90, from which a pace is on track, and below minus which it is behind."""


@dataclass(frozen=True)
class Verdicts:
    """Places in CODES, LEVELS, CHANGES, PACES and COLOURS, with what they were taken from."""

    code: Codes
    level: Codes
    change: Codes
    pace: Codes
    colour: Codes
    tests: Tests
    reached: Flags
    reached_before: Flags
    baseline_at_target: Flags
    final: Flags
    met_late: Flags


def judge(evidence: Evidence) -> Verdicts:
    """Test level, change and pace, and take the first verdict code that matches."""
    e = evidence
    reached = at_or_past(e.latest_value, target=e.target_value, sign=e.sign)
    baseline_at = at_or_past(e.baseline_value, target=e.target_value, sign=e.sign)
    tests = run_tests(e, has_path=has_path(e, baseline_at_target=baseline_at))
    level = _level(e, z_target=tests.z_target, reached=reached)
    change = _change(e, z_change=tests.z_change)
    pace = _pace(e, tests=tests)
    is_later = e.latest_year > e.baseline_year
    best = np.fmin(e.earlier_best, np.where(is_later, e.sign * e.baseline_value, np.nan))
    reached_before = ~reached & (best <= e.sign * e.target_value + TOLERANCE)
    final, judged_reached = _final(e, reached=reached)
    code = _code(
        e,
        places=(level, change, pace),
        z_target=tests.z_target,
        missed=final & ~judged_reached,
        reached_before=reached_before,
        met_before=_met_before(e),
    )
    return Verdicts(
        code=code,
        level=level,
        change=change,
        pace=pace,
        colour=colours(code, level=level, change=change, z_path=tests.z_path),
        tests=tests,
        reached=reached,
        reached_before=reached_before,
        baseline_at_target=baseline_at & ~np.isnan(e.target_value),
        final=final,
        met_late=final & reached & ~judged_reached,
    )


def _final(e: Evidence, *, reached: Flags) -> tuple[Flags, Flags]:
    """Whether a wave in or after the target year judges, and whether the first one reached it.

    The first such wave decides for good: a target reached then and lost later is `lost`, or
    `around_target`, and not missed.
    """
    is_latest = e.judged_year == e.latest_year
    judged = at_or_past(e.judged_value, target=e.target_value, sign=e.sign)
    return ~np.isnan(e.judged_year), np.where(is_latest, reached, judged)


def _met_before(e: Evidence) -> Flags:
    """An earlier wave, the baseline among them, was shown past the target."""
    baseline = signed_logit(e.baseline_value, step=e.baseline_step, sign=e.sign)
    own = np.where(e.latest_year > e.baseline_year, baseline + SHOWN * e.baseline_error, np.nan)
    result: Flags = np.fmin(e.earlier_bar, own) <= target_logit(e)
    return result


def _level(e: Evidence, *, z_target: Floats, reached: Flags) -> Codes:
    tested = ~np.isnan(e.latest_error)
    unknown = np.isnan(e.target_value) | np.isnan(e.latest_value)
    conditions = [
        unknown,
        reached & (z_target >= SHOWN),
        reached & tested,
        reached,
        z_target <= -SHOWN,
        tested,
    ]
    return np.select(conditions, [6, 0, 1, 2, 3, 4], default=5)


def _change(e: Evidence, *, z_change: Floats) -> Codes:
    """Shown at |z| >= 1.96 and a difference of more than one rounding step (the coarser one)."""
    step = np.fmax(e.baseline_step, e.latest_step)
    large = np.abs(e.latest_value - e.baseline_value) > step + TOLERANCE
    conditions = [
        e.not_comparable,
        np.isnan(e.baseline_value),
        ~(e.latest_year > e.baseline_year),
        np.isnan(z_change),
        large & (z_change >= SHOWN),
        large & (z_change <= -SHOWN),
    ]
    return np.select(conditions, [5, 4, 6, 3, 0, 2], default=1)


def _pace(e: Evidence, *, tests: Tests) -> Codes:
    ahead = at_or_past(e.latest_value, target=tests.path_value, sign=e.sign)
    conditions = [
        np.isnan(tests.path_value),
        np.isnan(tests.z_path) & ahead,
        np.isnan(tests.z_path),
        tests.z_path >= Z_90,
        tests.z_path <= -Z_90,
    ]
    return np.select(conditions, [5, 3, 4, 0, 2], default=1)


def _code(
    e: Evidence,
    *,
    places: tuple[Codes, Codes, Codes],
    z_target: Floats,
    missed: Flags,
    reached_before: Flags,
    met_before: Flags,
) -> Codes:
    """The first verdict code that matches (method, section 5), trend targets and words aside."""
    level, change, pace = places
    short = level >= LEVELS.index("not_met")
    tested = ~np.isnan(e.latest_error)
    matches = {
        "no_target": e.no_target,
        "baseline_only": e.latest_year == e.baseline_year,
        "not_comparable": e.not_comparable,
        **{name: level == LEVELS.index(name) for name in LEVELS[:3]},
        "missed": missed & (level == LEVELS.index("not_met")),
        "missed_within_margin": missed & (level == LEVELS.index("not_met_within_margin")),
        "missed_untested": missed & (level == LEVELS.index("not_met_untested")),
        "no_baseline": np.isnan(e.baseline_value),
        "lost": met_before & short & (z_target <= -SHOWN),
        "around_target": reached_before & tested & ~(z_target <= -SHOWN),
        **_progress_codes(change, pace=pace),
    }
    codes = [CODES.index(name) for name in matches]
    return np.select(list(matches.values()), codes, default=CODES.index("unchanged"))


def _progress_codes(change: Codes, *, pace: Codes) -> dict[str, Flags]:
    """Codes of change and pace, of what is neither met, missed nor was met before, in order."""
    untested = change == CHANGES.index("untested")
    improved = change == CHANGES.index("improved")
    at = {name: pace == place for place, name in enumerate(PACES)}
    return {
        "untested_on_track": untested & at["untested_on_track"],
        "untested_behind": untested & at["untested_behind"],
        "untested": untested,
        "worsened": change == CHANGES.index("worsened"),
        "improved_on_track": improved & at["on_track"],
        "improved_pace_unclear": improved & at["unclear"],
        "improved_behind": improved & at["behind"],
        "improved": improved,
        "unchanged_behind": at["behind"],
        "undetermined": ~at["not_applicable"],
    }
