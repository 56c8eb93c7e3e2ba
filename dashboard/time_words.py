"""What the labels of a plot over time say, the most important first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.chart_labels import text_width
from dashboard.chart_marks import Mark, escape, with_value
from dashboard.chart_panel import Panel, Style, country_style, our_style, region_style, size_of
from dashboard.i18n import Words
from dashboard.promise import Promise
from dashboard.theme import Frame
from dashboard.time_content import Content

ASIDE = ("below", "above", "right", "left")
BEHIND = ("right", "above", "below", "left")
NEAR = 2.5
"""Heights of a letter between two marks of one year that one label tells together."""


@dataclass(frozen=True)
class Wanted:
    """Words that want a place near a mark, the most important first.

    `tail` are quieter lines below, `reach` the radius of the mark in dots.
    """

    lines: tuple[str, ...]
    x: float
    mark: Mark
    style: Style
    size: float
    prefer: tuple[str, ...]
    tail: tuple[str, ...] = ()
    reach: float = 1.0

    def html(self, quiet: str) -> str:
        """The lines as Plotly reads them, the tail in the colour `quiet`."""
        head = "<br>".join(escape(line) for line in self.lines)
        parts = [f"<b>{head}</b>" if self.style.bold else head]
        parts += [f'<span style="color:{quiet}">{escape(line)}</span>' for line in self.tail]
        return "<br>".join(parts)

    @property
    def size_in_pixels(self) -> tuple[float, float]:
        """Width and height of all lines."""
        head = size_of(self.lines, size=self.size, bold=self.style.bold)
        tail = size_of(self.tail, size=self.size)
        return max(head[0], tail[0]), head[1] + tail[1]


def names_of(panel: Panel, content: Content, *, words: Words) -> list[Wanted]:
    """Names at the newest dots, and the forecast, which stands in the same year."""
    wanted = []
    for marks, style in (
        (content.ours, our_style(panel.theme, panel.frame)),
        (content.country, country_style(panel.theme, panel.frame)),
        (content.region, region_style(panel.theme, panel.frame)),
    ):
        for mark in with_value(marks)[-1:]:
            lines = name_lines(mark, narrow=panel.frame.narrow, words=words)
            ours = marks is content.ours
            tail = _said_at(panel, mark, content, words=words) if ours else ()
            size = panel.frame.type.label
            wanted.append(Wanted(lines, mark.point[0], mark, style, size, BEHIND, tail=tail))
    forecast = content.promise.forecast
    return [*wanted, *([_quiet(panel, forecast, words=words)] if forecast else [])]


def values_of(panel: Panel, content: Content, *, words: Words) -> list[Wanted]:
    """Values at our earlier dots; where it is narrow only at the baseline, else the first.

    A stated baseline joins the value of its year, or stands alone where that is not near.
    """
    earlier = with_value(content.ours)[:-1]
    if panel.frame.narrow:
        start = content.promise.path_start
        chosen = [mark for mark in earlier if start and mark.year == start[0]]
        earlier = chosen or earlier[:1]
    style, size = our_style(panel.theme, panel.frame), panel.frame.type.label
    wanted = [
        Wanted(
            (words.format_pct(mark.point[1], decimals=mark.decimals),),
            mark.point[0],
            mark,
            style,
            size,
            ASIDE,
            tail=_said_at(panel, mark, content, words=words),
        )
        for mark in earlier
    ]
    wanted.sort(key=lambda label: -len(label.tail))
    stated = content.promise.stated
    if stated and stated.year is not None and not _near_ours(panel, stated, content):
        wanted.append(_quiet(panel, stated, words=words))
    return [*wanted, *_path_label(panel, content, words=words)]


def _path_label(panel: Panel, content: Content, *, words: Words) -> list[Wanted]:
    """What the dashes are, along their later half; left out where it is narrow."""
    start, target = content.promise.path_start, content.promise.target
    if start is None or target is None or panel.frame.narrow:
        return []
    end = target.point
    x, y = (near + 0.68 * (far - near) for near, far in zip(start, end, strict=True))
    style = replace(our_style(panel.theme, panel.frame), bold=False, words=panel.theme.muted)
    mark = replace(target, value=y)
    size = panel.frame.type.label
    return [Wanted((words("charts.path_label"),), x, mark, style, size, ("above", "below"))]


def _said_at(panel: Panel, mark: Mark, content: Content, *, words: Words) -> tuple[str, ...]:
    """What the plan says about the year of a mark, as a quiet line under its value."""
    stated = content.promise.stated
    if stated is None or stated.year != mark.year or not _near_ours(panel, stated, content):
        return ()
    return (promise_words(stated, words=words),)


def _near_ours(panel: Panel, stated: Mark, content: Content) -> bool:
    """Whether our figure of the year that the plan states is so near that one label tells both."""
    heights = [
        panel.at(0, mark.point[1])[1]
        for mark in with_value(content.ours)
        if mark.year == stated.year
    ]
    own = panel.at(0, stated.value or 0.0)[1]
    return any(abs(own - height) <= NEAR * panel.frame.type.label for height in heights)


def _quiet(panel: Panel, mark: Mark, *, words: Words) -> Wanted:
    """Grey words at a mark that was not measured."""
    style = replace(our_style(panel.theme, panel.frame), bold=False, words=panel.theme.muted)
    line, size = promise_words(mark, words=words), panel.frame.type.label
    return Wanted((line,), mark.point[0], mark, style, size, BEHIND)


def promise_words(mark: Mark, *, words: Words) -> str:
    """Label of a stated baseline or a forecast, such as 'in het plan: 44%'."""
    value = words.format_pct(mark.value or 0.0, decimals=mark.decimals)
    return words(f"charts.{mark.kind}_label", value=value)


def target_label(panel: Panel, promise: Promise, *, words: Words) -> list[Wanted]:
    """The target in words at its ring."""
    mark = promise.target
    if mark is None or mark.value is None:
        return []
    x = panel.x_range[1] if mark.year is None else mark.year
    prefer = ("below", "above", "left", "right") if panel.frame.narrow else BEHIND
    line = target_words(promise, words=words)
    style = our_style(panel.theme, panel.frame)
    return [Wanted((line,), x, mark, style, panel.frame.type.label, prefer, reach=1.4)]


def target_words(promise: Promise, *, words: Words) -> str:
    """The label at a target, such as 'doel 36%' or 'niet boven 45,8%'; empty without one."""
    mark = promise.target
    if mark is None or mark.value is None:
        return ""
    value = words.format_pct(mark.value, decimals=mark.decimals)
    if not promise.is_limit or mark.year is None:
        return words("charts.target_label", value=value)
    key = "limit_label" if promise.direction == "decrease" else "limit_label_increase"
    return words(f"charts.{key}", value=value)


def name_lines(mark: Mark, *, narrow: bool, words: Words) -> tuple[str, ...]:
    """Name and value of a mark on one line, or on two."""
    value = words.format_pct(mark.value or 0.0, decimals=mark.decimals)
    return (mark.who, value) if narrow else (f"{mark.who} {value}",)


def right_margin(content: Content, *, words: Words, frame: Frame) -> float:
    """Pixels right of the plot for the words at its last mark, at most two fifths of the frame."""
    size, lines = frame.type.label, [""]
    last = max(content.years, default=0)
    target = content.promise.target
    if target is not None and not frame.narrow:
        lines.append(target_words(content.promise, words=words))
    if target is None or (target.year or last) <= last:
        for marks in (content.ours, content.country, content.region):
            if known := with_value(marks):
                lines += name_lines(known[-1], narrow=frame.narrow, words=words)
    if content.promise.forecast is not None:
        lines.append(promise_words(content.promise.forecast, words=words))
    widest = max(text_width(line, size=size, bold=True) for line in lines)
    half_year = text_width("2028", size=size) / 2
    return min(max(widest + 8, half_year), 0.4 * frame.width)
