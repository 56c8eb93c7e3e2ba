"""Rules on one target of metrics.yaml: the number it needs, its years, its baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.findings import Finding, Location
from etl.metrics_models import Indicator, Series
from etl.municipality_models import Plan, Target, TargetValue
from etl.promises import NUMBERS, baseline_year, promise_in_force

NUMBER_OF_KIND = {
    "level": "value",
    "change_pp": "change_pp",
    "change_pct": "change_pct",
    "maintain": "value",
}
"""Kind to the field of `target` that gives its number; other kinds have none."""

WITHOUT_NUMBER_TOO = ("maintain",)
"""Kinds whose number may be left out: then the baseline is not to be passed."""


@dataclass(frozen=True)
class Placed:
    """A valid target, where it stands, and the plan it belongs to."""

    target: Target
    location: Location
    plan: Plan | None
    plan_is_readable: bool


@dataclass(frozen=True)
class Around:
    """What targets refer to, as far as it is valid."""

    indicators: Mapping[str, Indicator]
    series: Mapping[str, Series]
    age_groups: frozenset[str]
    near: tuple[tuple[str, ...], ...]


def broken_number_rules(one: Placed, around: Around) -> list[Finding]:
    """Gather what is wrong with one target by itself, by location."""
    return [
        *_number(one),
        *_needs(one),
        *_years(one),
        *_against_baseline(one, around),
        *_revisions(one),
    ]


def _number(one: Placed) -> Iterator[Finding]:
    """Each kind has its own number, and no other."""
    kind = one.target.kind
    wanted = NUMBER_OF_KIND.get(kind)
    blocks = [((*one.location, "target"), one.target.target or TargetValue())]
    for position, revision in enumerate(one.target.revisions):
        blocks.append(((*one.location, "revisions", position, "target"), revision.target))
    for location, block in blocks:
        for name in NUMBERS:
            if getattr(block, name) is not None and name != wanted:
                expected = f"`{wanted}` alone" if wanted else "no number"
                found = f"`{name}` in a target of kind {kind}"
                remedy = "correct `kind`, or remove the number"
                yield Finding(found, expected, remedy, location=(*location, name))
    first = blocks[0][1]
    is_needed = wanted is not None and kind not in WITHOUT_NUMBER_TOO
    if is_needed and all(getattr(first, name) is None for name in NUMBERS):
        found = f"a target of kind {kind} without `target.{wanted}`"
        remedy = "add it, or use kind none or qualitative"
        yield Finding(found, f"`target: {{{wanted}: …}}`", remedy, location=one.location)


def _needs(one: Placed) -> Iterator[Finding]:
    target = one.target
    if target.kind == "qualitative":
        if target.text is None and target.quote is None:
            found, expected = "an aim in words without words", "`text: {nl: …, en: …}` or `quote`"
            yield Finding(found, expected, "add the words of the plan", location=one.location)
        if target.measured_by:
            found, place = "`measured_by` for an aim in words", (*one.location, "measured_by")
            expected = "`figures`, which are shown beside it"
            yield Finding(found, expected, "rename it to figures", location=place)
        return
    for name in ("indicator", "age_group"):
        if getattr(target, name) is None:
            found = f"a target of kind {target.kind} without `{name}`"
            yield Finding(found, f"`{name}`", "add it", location=one.location)
    has_start = one.plan is not None and one.plan.start is not None
    if target.kind == "trend" and one.plan_is_readable and not has_start:
        found = "a target of kind trend without `plan.start`"
        remedy = "add the year in which the plan starts"
        yield Finding(found, "`plan: {start: …}`", remedy, location=one.location)


def _years(one: Placed) -> Iterator[Finding]:
    baseline = one.target.baseline
    if baseline and baseline.year is not None and baseline.assumed_year is not None:
        found, place = "both `year` and `assumed_year`", (*one.location, "baseline")
        remedy = "keep year if the plan states it, else assumed_year"
        yield Finding(found, "one of the two", remedy, location=place)
    year = promise_in_force(one.target).current.year
    first = baseline_year(one.target)
    if year is not None and first is not None and year <= first:
        found = f"target year {year} with a baseline of {first}"
        place = _place_of(one, "year")
        yield Finding(found, "a target year after the baseline", "correct one", location=place)


def _place_of(one: Placed, name: str) -> Location:
    """Find where what is in force stands: in the newest revision that names it, or the target."""
    revisions = sorted(enumerate(one.target.revisions), key=lambda item: item[1].decided)
    for position, revision in reversed(revisions):
        if getattr(revision.target, name) is not None:
            return (*one.location, "revisions", position, "target", name)
    return (*one.location, "target", name)


def _against_baseline(one: Placed, around: Around) -> Iterator[Finding]:
    """A target worse than where it starts is a mistake, unless it says that it is meant."""
    name = NUMBER_OF_KIND.get(one.target.kind)
    amount = getattr(promise_in_force(one.target).current, name) if name else None
    if name is None or amount is None:
        return
    baseline = one.target.baseline.value if one.target.baseline else None
    goal = _goal(name, amount, baseline)
    place = _place_of(one, name)
    if goal is not None and not 0 <= goal <= 100:
        found = f"{amount} from {baseline}, which makes {goal:g}"
        yield Finding(found, "a target of 0 to 100", "correct the change", location=place)
        return
    indicator = around.indicators.get(one.target.indicator or "")
    if indicator is None or one.target.allow_worse_than_baseline:
        return
    rise = amount - baseline if name == "value" and baseline is not None else amount
    is_comparable = name != "value" or baseline is not None
    if is_comparable and (rise > 0 if indicator.direction == "decrease" else rise < 0):
        side = "below" if indicator.direction == "decrease" else "above"
        found = f"{amount:g}" + (
            f" with a baseline of {baseline:g}" if baseline is not None else ""
        )
        yield Finding(
            f"{found}, while the direction of {one.target.indicator} is {indicator.direction}",
            f"a target {side} its baseline",
            "correct it, or add `allow_worse_than_baseline: true` if it is meant",
            location=place,
        )


def _goal(name: str, amount: float, baseline: float | None) -> float | None:
    if name == "value" or baseline is None:
        return amount if name == "value" else None
    return baseline + amount if name == "change_pp" else baseline * (1 + amount / 100)


def _revisions(one: Placed) -> Iterator[Finding]:
    days = [revision.decided for revision in one.target.revisions]
    for position, day in enumerate(days):
        if day in days[:position]:
            place = (*one.location, "revisions", position, "decided")
            found, expected = f"two decisions on {day}", "one decision a day"
            yield Finding(found, expected, "correct one of the dates", location=place)
    for position, revision in enumerate(one.target.revisions):
        if not revision.target.model_dump(exclude_none=True):
            place = (*one.location, "revisions", position, "target")
            found = "a decision that changes nothing"
            yield Finding(found, "a number or a year", "add what was decided", location=place)
