"""Words beside the marks of a plot over time: no legend, and nothing on top of anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.chart_labels import Box, beside, best_place, spread
from dashboard.chart_panel import Panel
from dashboard.i18n import Words
from dashboard.promise import Promise
from dashboard.time_content import Content
from dashboard.time_words import Wanted, names_of, target_label, values_of

UPSIDE_DOWN = 0.02
"""What a place costs that turns two names around, by its area: less than covering words."""


def write_labels(
    panel: Panel,
    content: Content,
    *,
    taken: Sequence[Box],
    right: float,
    words: Words,
    compact: bool = False,
    country: bool = True,
) -> None:
    """Write every label: target first, then the names in a column, then single values.

    `compact`: our newest value without the name, as where panels stand side by side; the
    Netherlands by name alone, and only where `country` says so.
    """
    busy = list(taken)
    above = 0 if compact else panel.frame.type.label
    room = Box(-0.08 * panel.width, 2, panel.width + right, panel.height + above)
    for label in target_label(panel, content.promise, words=words):
        busy.append(_write(panel, label, _free_place(panel, label, taken=busy, room=room)))
    names = names_of(panel, content, words=words)
    if compact:
        names = _without_other_names(names, content, country=country)
    column = _column(panel, names, content.promise, taken=busy, room=room)
    named: list[tuple[Wanted, Box]] = []
    ours = names[0].mark.value or 0.0 if names else 0.0
    placed = sorted(  # those in the column first, then the one nearest to ours
        zip(names, column, strict=True),
        key=lambda pair: (pair[1] is None, abs((pair[0].mark.value or 0.0) - ours)),
    )
    for label, box in placed:
        short = label if box or not panel.frame.narrow else _shortened(label, words=words)
        place = box or _free_place(panel, short, taken=busy, room=room, named=named)
        named.append((short, place))
        busy.append(_write(panel, short, place))
    for label in values_of(panel, content, words=words):
        busy.append(_write(panel, label, _free_place(panel, label, taken=busy, room=room)))


def _without_other_names(
    names: Sequence[Wanted], content: Content, *, country: bool
) -> list[Wanted]:
    """Our newest value without its name, and the name of the Netherlands without its value."""
    return [
        replace(label, lines=label.lines[1:] if label.style.bold else label.lines[:1])
        for label in names
        if label.style.bold or (country and label.mark in content.country)
    ]


def _free_place(
    panel: Panel,
    label: Wanted,
    *,
    taken: Sequence[Box],
    room: Box,
    named: Sequence[tuple[Wanted, Box]] = (),
) -> Box:
    """The cheapest free place around the mark of a label; names keep the order of their dots."""
    x, y = panel.at(label.x, label.mark.value or 0.0)
    radius = panel.frame.dot / 2 * label.reach
    up, down = (
        abs(panel.at(0, limit)[1] - y) if limit is not None else 0.0
        for limit in (label.mark.upper, label.mark.lower)
    )
    places = beside(
        (x, y),
        size=label.size_in_pixels,
        clear=radius + 5,
        up=max(up, radius) + 3,
        down=max(down, radius) + 3,
        prefer=label.prefer,
    )
    ordered = [
        (cost + UPSIDE_DOWN * box.area * sum(_upside_down(label, box, *o) for o in named), box)
        for cost, box in places
    ]
    return best_place(ordered, taken=taken, room=room)


def _upside_down(label: Wanted, box: Box, other: Wanted, place: Box) -> bool:
    """Whether a name would stand above another of the same year whose dot lies higher."""
    apart = (label.mark.value or 0.0) - (other.mark.value or 0.0)
    middles = (box.bottom + box.top) - (place.bottom + place.top)
    return label.x == other.x and apart * middles < 0


def _write(panel: Panel, label: Wanted, box: Box) -> Box:
    """Write a label in its place."""
    panel.write(
        label.html(panel.theme.muted),
        x=label.x,
        y=label.mark.value or 0.0,
        box=box,
        colour=label.style.words,
        size=label.size,
    )
    return box


def _shortened(label: Wanted, *, words: Words) -> Wanted:
    """A name on one line: NL for the Netherlands, the value alone for the place in the title."""
    if label.mark.kind != "measured" or len(label.lines) != 2:
        return label
    value = label.lines[1]
    name = words("charts.country_short") if label.mark.who == words("charts.country") else ""
    return replace(
        label, lines=(value if label.style.bold else f"{name or label.mark.who} {value}",)
    )


def _column(
    panel: Panel, names: Sequence[Wanted], promise: Promise, *, taken: Sequence[Box], room: Box
) -> list[Box | None]:
    """Places right of the newest dots, in the order of the dots and apart; None without room.

    The dashed path is not crossed: names above it stay above. Where a long name would reach another
    mark, the names on its side of the path leave the column; on a narrow screen all do, where names
    are shortened together.
    """
    newest = max((label.x for label in names), default=0.0)
    members = [label for label in names if label.x == newest]
    left = panel.at(newest, 0)[0] + panel.frame.dot / 2 + 5
    sizes = [label.size_in_pixels for label in members]
    widest = max((width for width, _ in sizes), default=0.0)
    centres = [panel.at(label.x, label.mark.value or 0.0)[1] for label in members]
    barrier = _path_heights(panel, promise, left, left + widest)
    moved = _apart(centres, [height for _, height in sizes], barrier=barrier, room=room)
    places = {
        id(label): Box(left, y - height / 2, left + width, y + height / 2, "left")
        for label, y, (width, height) in zip(members, moved, sizes, strict=True)
    }
    marks = [other for other in taken if other.weight >= 1 and other.right > left + 1]
    near = all(
        abs(new - old) <= 1.6 * height
        for new, old, (_, height) in zip(moved, centres, sizes, strict=True)
    )
    middle = sum(barrier) / 2 if barrier and not panel.frame.narrow else 0.0
    sides = {id(label): y >= middle for label, y in zip(members, centres, strict=True)}
    full = {
        sides[label]
        for label, box in places.items()
        if not near or box.right > room.right or any(box.overlap(mark) for mark in marks)
    }
    kept = {label: box for label, box in places.items() if sides[label] not in full}
    return [kept.get(id(label)) for label in names]


def _apart(
    centres: Sequence[float],
    heights: Sequence[float],
    *,
    barrier: tuple[float, float] | None,
    room: Box,
) -> list[float]:
    """Centres moved apart; with a barrier, each stays on its own side of it."""
    if barrier is None:
        return spread(centres, sizes=heights, low=room.bottom, high=room.top)
    moved = list(centres)
    for side, low, high in (
        ([i for i, y in enumerate(centres) if y >= sum(barrier) / 2], barrier[1] + 3, room.top),
        ([i for i, y in enumerate(centres) if y < sum(barrier) / 2], room.bottom, barrier[0] - 3),
    ):
        chosen = [centres[i] for i in side]
        places = spread(chosen, sizes=[heights[i] for i in side], low=low, high=high)
        for index, place in zip(side, places, strict=True):
            moved[index] = place
    return moved


def _path_heights(
    panel: Panel, promise: Promise, left: float, right: float
) -> tuple[float, float] | None:
    """Lowest and highest pixel of the dashed line between two edges; None where it is not."""
    target = promise.target
    if target is None or target.value is None:
        return None
    level = (panel.x_range[0], target.value) if promise.is_limit else None
    first = promise.path_start or level
    if first is None:
        return None
    last = panel.x_range[1] if target.year is None else target.year
    start, end = panel.at(*first), panel.at(last, target.value)
    if left > end[0] or right < start[0]:
        return None
    slope = (end[1] - start[1]) / (end[0] - start[0])
    ends = [start[1] + slope * (x - start[0]) for x in (max(left, start[0]), min(right, end[0]))]
    return min(ends), max(ends)
