"""The words of a verdict, in order, and the colour that follows from them."""

from __future__ import annotations

import numpy as np

from etl.estimation import Codes, Flags, Floats

SHOWN = 1.96
"""|z| from which a difference is shown."""

CODES = (
    *("qualitative", "no_data", "awaiting_measurement"),
    *("trend_untested", "trend_turned", "trend_broken"),
    *("trend_with_country", "trend_slowed", "trend_not_shown"),
    *("no_target", "baseline_only", "not_comparable"),
    *("met", "met_within_margin", "met_untested"),
    *("missed", "missed_within_margin", "missed_untested"),
    *("no_baseline", "lost", "around_target"),
    *("untested_on_track", "untested_behind", "untested"),
    *("worsened", "improved_on_track", "improved_pace_unclear", "improved_behind", "improved"),
    *("unchanged_behind", "undetermined", "unchanged"),
)
"""Verdict codes in order: the first that matches is the verdict."""

LEVELS = (
    *("met", "met_within_margin", "met_untested"),
    *("not_met", "not_met_within_margin", "not_met_untested", "not_applicable"),
)
CHANGES = (
    *("improved", "none_shown", "worsened", "untested"),
    *("no_baseline", "not_comparable", "not_applicable"),
)
PACES = (
    *("on_track", "unclear", "behind"),
    *("untested_on_track", "untested_behind", "not_applicable"),
)
COLOURS = ("orange", "blue", "grey")


def colours(code: Codes, *, level: Codes, change: Codes, z_path: Floats) -> Codes:
    """Orange: shown bad; blue: shown good; grey: everything else; in that order."""
    behind = _is(code, *(name for name in CODES if name.endswith("_behind")))
    orange = _is(code, "worsened", "lost", "missed") | (behind & (z_path <= -SHOWN))
    excluded = _is(code, "missed", "missed_within_margin", "missed_untested", "improved_behind")
    improved = (change == CHANGES.index("improved")) & ~excluded
    blue = (level == LEVELS.index("met")) | _is(code, "trend_turned", "trend_broken") | improved
    return np.where(orange, 0, np.where(blue, 1, 2))


def _is(code: Codes, *names: str) -> Flags:
    table = np.zeros(len(CODES), dtype=bool)
    table[[CODES.index(name) for name in names]] = True
    result: Flags = table[code]
    return result
