"""What one assessment says of its own figures: how sure they are and how they were published."""

from __future__ import annotations

from dashboard.i18n import decimals_of
from dashboard.rows import Row, number, optional

ADULTS = ("18+", "19+")
"""Age groups that go without saying: all adults."""

SHOWN = 1.96
"""Size of z from which a difference counts as shown (two-sided 95%)."""


def is_indicative(row: Row) -> bool:
    """Whether the figures are model estimates: an indication, drawn as an outlined badge."""
    return optional(row, "method") == "model"


def is_shown(row: Row, column: str) -> bool:
    """Whether the test in `column` (a z) shows a difference, either way."""
    z = number(row, column)
    return z is not None and abs(z) >= SHOWN


def decimals(row: Row, column: str) -> int:
    """Decimals with which the baseline or latest value was published."""
    step = optional(row, f"{column}_rounding_step")
    return decimals_of(None if step is None else float(step))


def difference_decimals(row: Row) -> int:
    """Decimals of a difference of both values: the finer of the two."""
    return max(decimals(row, "latest"), decimals(row, "baseline"))


def target_value(row: Row) -> float | None:
    """Target in percent: as judged, else as fixed in the plan; None without a number."""
    judged = number(row, "target_value")
    return optional(row, "target_value_stated") if judged is None else judged
