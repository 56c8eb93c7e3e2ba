"""Rules on the targets of metrics.yaml: which there are, and those of one municipality together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from etl.findings import Finding, Location
from etl.metrics_models import Indicator, Series
from etl.municipality_models import MeasuredBy, Plan, Target
from etl.promises import fit, period
from etl.selection import select
from etl.target_number_rules import NUMBER_OF_KIND, Around, Placed, broken_number_rules
from etl.validation import piece


def broken_target_rules(data: Mapping[str | int, object]) -> Iterator[Finding]:
    """Give what is wrong with targets, by location."""
    placed = list(_placed(data))
    around = _around(data)
    yield from _ids(data)
    for one in placed:
        yield from broken_number_rules(one, around)
        yield from _measured_by(one, around)
        yield from _figures(one)
    yield from _plans(data)
    yield from _item_ids(data)
    yield from _overlaps(placed)


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
    groups = near if isinstance(near, tuple) else ()
    return Around(
        indicators={str(name): value for name, value in indicators.items() if value},
        series={str(name): value for name, value in series.items() if value},
        age_groups=frozenset(str(name) for name in _block(data, "age_groups")),
        near=tuple(tuple(map(str, group)) for group in groups if isinstance(group, tuple)),
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


def _measured_by(one: Placed, around: Around) -> Iterator[Finding]:
    seen: set[str] = set()
    for position, measure in enumerate(one.target.measured_by):
        place = (*one.location, "measured_by", position)
        if measure.series in seen:
            found = f"the series {measure.series} a second time"
            yield Finding(found, "each series once", "remove one", location=place)
        seen.add(measure.series)
        yield from _unfit(one.target, measure, around, place)


def _figures(one: Placed) -> Iterator[Finding]:
    for position, figure in enumerate(one.target.figures):
        if figure in one.target.figures[:position]:
            place = (*one.location, "figures", position)
            yield Finding("figures a second time", "each once", "remove one", location=place)


def _unfit(
    target: Target, measure: MeasuredBy, around: Around, place: Location
) -> Iterator[Finding]:
    """Figures of another population or scale cannot judge a target."""
    group, wanted = measure.age_group or target.age_group, target.age_group
    both_known = group in around.age_groups and wanted in around.age_groups
    if group and wanted and both_known and not fit(group, of_target=wanted, near=around.near):
        yield Finding(
            f"age group {group} for a target about {wanted}",
            "the same age group, or one near it (comparability.near_age_groups)",
            "use a group that fits, or show the figures under `figures`",
            location=(*place, "age_group"),
        )
    indicator = around.indicators.get(target.indicator or "")
    series = around.series.get(measure.series)
    scales = {part.scale for part in (indicator, series) if part and part.scale}
    if indicator and series and len(scales) > 1:
        yield Finding(
            f"series {measure.series} on scale {series.scale}",
            f"a series on scale {indicator.scale}, as {target.indicator}",
            "figures on another scale cannot judge this target",
            location=(*place, "series"),
        )


def _plans(data: Mapping[str | int, object]) -> Iterator[Finding]:
    for code, municipality in _block(data, "municipalities").items():
        plan = piece(Plan, _block(municipality, "plan"))
        if plan and plan.start and plan.end and plan.end < plan.start:
            place = ("municipalities", code, "plan", "end")
            found = f"a plan from {plan.start} to {plan.end}"
            yield Finding(found, "an end after the start", "correct one", location=place)


def _item_ids(data: Mapping[str | int, object]) -> Iterator[Finding]:
    """Within a municipality an id is of one target, aim, pillar, building block or meeting."""
    for code, municipality in _block(data, "municipalities").items():
        seen = {name for _, name in select(municipality, "targets.*.id") if isinstance(name, str)}
        for inner, name in select(municipality, "approach.*.*.id"):
            place = ("municipalities", code, *inner)
            if not isinstance(name, str):
                continue
            if name in seen:
                found, expected = f'the id "{name}" a second time', "each id once"
                yield Finding(found, expected, "give one of them another id", location=place)
            seen.add(name)


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
