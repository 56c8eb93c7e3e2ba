"""Where words fit: widths of text, lines of text, and labels that make room for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]

LINE_HEIGHT = 1.3
"""Height of a line of text in letter sizes, as Plotly sets it."""

_EMS = {
    **dict.fromkeys("ijlI'ï", 0.29),
    **dict.fromkeys(" .,:;/|·’", 0.34),
    **dict.fromkeys("frt()[]-!", 0.41),
    **dict.fromkeys("szc–*“”?", 0.55),
    **dict.fromkeys("ABCDGHKNOQRUVXZ&", 0.74),
    **dict.fromkeys("wM#+<=>", 0.84),
    **dict.fromkeys("mW%@—", 0.98),
}
_OTHER = 0.635
_BOLD = 1.14


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """Width of one line in pixels at letter size `size`.

    Reckoned with the widest of the letters that systems fall back on (DejaVu Sans), so that a
    chart leaves room rather than clips where its own letters are missing.
    """
    ems = sum(_EMS.get(character, _OTHER) for character in text)
    return ems * size * (_BOLD if bold else 1.0)


def wrap(text: str, *, width: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines of at most `width` pixels; a longer single word keeps a line to itself."""
    lines: list[str] = []
    for words in _kept_together(text, width=width, size=size, bold=bold):
        joined = f"{lines[-1]} {words}" if lines else words
        if lines and text_width(joined, size=size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines.append(words)
    return lines


def _kept_together(text: str, *, width: float, size: float, bold: bool) -> Iterator[str]:
    """The words of a text; a few in brackets, such as "(6 uitspraken)", are not taken apart."""
    for part in re.findall(r"\([^()]*\)\S*|\S+", text):
        short = text_width(part, size=size, bold=bold) <= width / 2
        yield from [part] if short else part.split()


def wrap_evenly(text: str, *, width: float, size: float, bold: bool = False) -> list[str]:
    """As wrap, in as few lines, of which none is much shorter than the others: for titles."""
    lines = wrap(text, width=width, size=size, bold=bold)
    while len(lines) > 1:
        longest = max(text_width(line, size=size, bold=bold) for line in lines)
        narrower = wrap(text, width=longest - 1, size=size, bold=bold)
        if len(narrower) > len(lines) or narrower == lines:
            break
        lines = narrower
    return lines


def spread(
    centres: Sequence[float], *, sizes: Sequence[float], low: float, high: float
) -> list[float]:
    """Centres moved as little as possible so that labels of these sizes do not overlap.

    Order is kept. Labels stay between `low` and `high` as long as together they fit there.
    """
    order = sorted(range(len(centres)), key=lambda i: (centres[i], i))
    clusters: list[tuple[list[int], float]] = []
    for index in order:
        members, start = [index], _start([index], centres, sizes, low, high)
        while clusters and clusters[-1][1] + _length(clusters[-1][0], sizes) > start:
            members = clusters.pop()[0] + members
            start = _start(members, centres, sizes, low, high)
        clusters.append((members, start))
    moved = list(centres)
    for members, start in clusters:
        for index in members:
            moved[index] = start + sizes[index] / 2
            start += sizes[index]
    return moved


def leaning(centre: float, *, moved: Sequence[float], sizes: Sequence[float]) -> Align:
    """How a label is set in its room: two whose rooms touch lean to where they meet.

    Letters are mostly narrower than reckoned: set in the middle they would stand away from the
    points that they belong to. Not for a phone: what is drawn for it is shown narrower yet.
    """
    if len(moved) != 2 or abs(moved[1] - moved[0]) > sum(sizes) / 2 + 0.5:
        return "center"
    return "right" if centre == min(moved) else "left"


def _length(members: Sequence[int], sizes: Sequence[float]) -> float:
    """Length of a row of labels that touch."""
    return sum(sizes[i] for i in members)


def _start(
    members: Sequence[int],
    centres: Sequence[float],
    sizes: Sequence[float],
    low: float,
    high: float,
) -> float:
    """Start of a row of touching labels that moves its members least, kept within the bounds."""
    offset, wanted = 0.0, 0.0
    for index in members:
        wanted += centres[index] - offset - sizes[index] / 2
        offset += sizes[index]
    return max(low, min(wanted / len(members), high - offset))


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, upwards from the lower left corner of a plot area."""

    left: float
    bottom: float
    right: float
    top: float
    align: Align = "center"
    weight: float = 1.0
    """How bad it is to cover it: words and dots more than lines."""

    def overlap(self, other: Box) -> float:
        """Shared area, square pixels."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(across, 0.0) * max(up, 0.0)

    @property
    def area(self) -> float:
        """Area, square pixels."""
        return (self.right - self.left) * (self.top - self.bottom)


def along(start: tuple[float, float], end: tuple[float, float], *, half: float) -> list[Box]:
    """A line as a row of small boxes that labels keep clear of."""
    steps = max(1, round(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 8))
    points = [
        (start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps)
        for i in range(steps + 1)
    ]
    return [Box(x - 4, y - half, x + 4, y + half, weight=0.6) for x, y in points]


def beside(
    point: tuple[float, float],
    *,
    size: tuple[float, float],
    clear: float,
    up: float,
    down: float,
    prefer: Sequence[str],
) -> list[tuple[float, Box]]:
    """Places for a label of `size` around a point, each with its cost, the best known first.

    `clear` is the radius to keep free beside the point, `up` and `down` above and below it
    (a whisker reaches further). `prefer` orders right, above, below and left.
    """
    (x, y), (width, height) = point, size
    places: list[tuple[float, Box]] = []
    for rank, side in enumerate(prefer):
        for away in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.3, 1.6, 2.0):
            cost = 2.5 * rank + 4 * away
            if side == "right":
                for sign in (-1, 1):
                    middle = y + sign * away * height
                    places.append((cost, _box(x + clear, middle, size, "left")))
            elif side == "left":
                for sign in (-1, 1):
                    middle = y + sign * away * height
                    places.append((cost, _box(x - clear - width, middle, size, "right")))
            else:
                reach = (up if side == "above" else -down) + (
                    away if side == "above" else -away
                ) * (height)
                middle = y + reach + (height / 2 if side == "above" else -height / 2)
                places.append((cost, _box(x - width / 2, middle, size, "center")))
    return places


def _box(left: float, middle: float, size: tuple[float, float], align: Align) -> Box:
    """Box of `size` from its left edge and its middle."""
    return Box(left, middle - size[1] / 2, left + size[0], middle + size[1] / 2, align)


def best_place(places: Sequence[tuple[float, Box]], *, taken: Sequence[Box], room: Box) -> Box:
    """The cheapest place: near its point, clear of what is taken, inside the room."""

    def cost(place: tuple[float, Box]) -> float:
        own, box = place
        crossed = sum(box.overlap(other) * other.weight for other in taken)
        outside = box.area - box.overlap(room)
        return own + 0.2 * crossed + 5.0 * outside

    return min(places, key=cost)[1]
