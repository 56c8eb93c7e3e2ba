"""Pure readings of a target: what is in force, which series may judge it, over which period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from etl.municipality_models import Plan, Revision, Target, TargetValue

NUMBERS = ("value", "change_pp", "change_pct")
"""The three ways to give a target a number."""


@dataclass(frozen=True)
class Promise:
    """The target in force, the one before it, and the decision that changed it."""

    current: TargetValue
    former: TargetValue | None
    revision: Revision | None


def promise_in_force(target: Target) -> Promise:
    """Apply the revisions in order of their date; the newest is the target, the one before former.

    What a decision does not name stays as it was. A new number replaces the old one, also when it
    is of another form.
    """
    current, former, newest = target.target or TargetValue(), None, None
    for revision in sorted(target.revisions, key=lambda revision: revision.decided):
        former, newest = current, revision
        current = _revised(current, revision.target)
    return Promise(current=current, former=former, revision=newest)


def _revised(current: TargetValue, decided: TargetValue) -> TargetValue:
    named = decided.model_dump(exclude_none=True)
    kept = current.model_dump(exclude_none=True)
    if any(number in named for number in NUMBERS):
        kept = {name: value for name, value in kept.items() if name not in NUMBERS}
    return TargetValue(**{**kept, **named})


def baseline_year(target: Target) -> int | None:
    """Year of the stated baseline: as stated, else as assumed, else none."""
    if target.baseline is None:
        return None
    return target.baseline.year or target.baseline.assumed_year


def period(target: Target, *, plan: Plan | None) -> tuple[int, int]:
    """First and last year that a target is about; open ends reach as far as years go."""
    first = baseline_year(target) or (plan.start if plan else None) or 0
    last = promise_in_force(target).current.year or (plan.end if plan else None) or 9999
    return first, max(first, last)


def fit(
    age_group: str, *, of_target: str, near: Iterable[Iterable[str]]
) -> Literal["same", "near"] | None:
    """Say whether figures of an age group fit a target: its own group, or another threshold."""
    if age_group == of_target:
        return "same"
    return "near" if any({age_group, of_target} <= set(groups) for groups in near) else None
