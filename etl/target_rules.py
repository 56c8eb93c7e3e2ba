"""Rules on the targets of metrics.yaml: each by itself, and those of one municipality together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from etl.findings import Finding, Location
from etl.metrics_models import Indicator, Plan, Series, Target, TargetValue
from etl.promises import NUMBERS, baseline_year, fit, period, promise_in_force
from etl.validation import piece

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
    near: tuple[tuple[str, ...], ...]


def broken_target_rules(data: Mapping[str | int, object]) -> list[Finding]:
    """Gather what is wrong with targets, by location."""
    placed = list(_placed(data))
    around = _around(data)
    findings = list(_ids(data))
    for one in placed:
        findings += _number(one)
        findings += _needs(one)
        findings += _years(one)
        findings += _against_baseline(one, around)
        findings += _revisions(one)
        findings += _measured_by(one, around)
    return [*findings, *_plans(data), *_overlaps(placed)]


def _block(value: object, name: str | int) -> Mapping[str | int, object]:
    inner = value.get(name) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def _placed(data: Mapping[str | int, object]) -> Iterator[Placed]:
    for code, municipality in _block(data, "municipalities").items():
        if not isinstance(municipality, Mapping):
            continue
        given = municipality.get("plan")
        plan = piece(Plan, given) if given is not None else None
        targets = municipality.get("targets")
        for position, value in enumerate(targets if isinstance(targets, tuple) else ()):
            target = piece(Target, value)
            if target is not None:
                location = ("municipalities", code, "targets", position)
                yield Placed(
                    target, location, plan, plan_is_readable=given is None or plan is not None
                )


def _around(data: Mapping[str | int, object]) -> Around:
    indicators = {name: piece(Indicator, v) for name, v in _block(data, "indicators").items()}
    series = {name: piece(Series, v) for name, v in _block(data, "series").items()}
    near = _block(data, "comparability").get("near_age_groups")
    groups = (
        [group for group in near if isinstance(group, tuple)] if isinstance(near, tuple) else []
    )
    return Around(
        indicators={str(name): value for name, value in indicators.items() if value},
        series={str(name): value for name, value in series.items() if value},
        near=tuple(tuple(str(name) for name in group) for group in groups),
    )


def _ids(data: Mapping[str | int, object]) -> Iterator[Finding]:
    seen: dict[str, Location] = {}
    for code, municipality in _block(data, "municipalities").items():
        targets = municipality.get("targets") if isinstance(municipality, Mapping) else None
        for position, value in enumerate(targets if isinstance(targets, tuple) else ()):
            name = value.get("id") if isinstance(value, Mapping) else None
            location = ("municipalities", code, "targets", position, "id")
            if isinstance(name, str) and name in seen:
                found = f'a second target with the id "{name}"'
                expected = "each id once in the whole file"
                yield Finding(found, expected, "give one of them another id", location=location)
            elif isinstance(name, str):
                seen[name] = location


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


def _measured_by(one: Placed, around: Around) -> Iterator[Finding]:
    target = one.target
    indicator = around.indicators.get(target.indicator or "")
    scale = indicator.scale if indicator else None
    seen: set[str] = set()
    for position, measure in enumerate(target.measured_by):
        place = (*one.location, "measured_by", position)
        if measure.series in seen:
            found = f"the series {measure.series} a second time"
            yield Finding(found, "each series once", "remove one", location=place)
        seen.add(measure.series)
        group = measure.age_group or target.age_group
        if (
            group
            and target.age_group
            and not fit(group, of_target=target.age_group, near=around.near)
        ):
            yield Finding(
                f"age group {group} for a target about {target.age_group}",
                "the same age group, or one near it (comparability.near_age_groups)",
                "use a group that fits, or show the figures under `figures`",
                location=(*place, "age_group"),
            )
        series = around.series.get(measure.series)
        if series and scale and series.scale and series.scale != scale:
            found = f"series {measure.series} on scale {series.scale}"
            expected = f"a series on scale {scale}, as {target.indicator}"
            remedy = "figures on another scale cannot judge this target"
            yield Finding(found, expected, remedy, location=(*place, "series"))


def _plans(data: Mapping[str | int, object]) -> Iterator[Finding]:
    for code, municipality in _block(data, "municipalities").items():
        plan = piece(Plan, _block(municipality, "plan"))
        if plan and plan.start and plan.end and plan.end < plan.start:
            place = ("municipalities", code, "plan", "end")
            found = f"a plan from {plan.start} to {plan.end}"
            yield Finding(found, "an end after the start", "correct one", location=place)


def _overlaps(placed: list[Placed]) -> Iterator[Finding]:
    """Two promises on the same figures over the same years contradict or repeat each other."""
    by_subject: dict[tuple[object, ...], list[Placed]] = {}
    for one in placed:
        target = one.target
        form = "number" if target.kind in NUMBER_OF_KIND else target.kind
        if target.kind != "qualitative" and target.indicator and target.age_group:
            subject = (one.location[1], target.indicator, target.age_group, form)
            by_subject.setdefault(subject, []).append(one)
    for targets in by_subject.values():
        for first, second in combinations(targets, 2):
            (start, end), (other_start, other_end) = (
                period(one.target, plan=one.plan) for one in (first, second)
            )
            if max(start, other_start) < min(end, other_end) or (start, end) == (
                other_start,
                other_end,
            ):
                yield Finding(
                    f'"{second.target.id}" and "{first.target.id}" are about the same figures',
                    "one target per indicator, age group and period",
                    "remove one, or put a later decision under `revisions`",
                    location=(*second.location, "id"),
                )
