"""Notes under a chart over time: what a gap, an asterisk or a missing margin means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.chart_marks import Mark, with_value
from dashboard.i18n import Words
from dashboard.time_content import Break, Content


def notes_of(content: Content, *, words: Words) -> list[str]:
    """One sentence per thing in the plot that needs one, in the order of the years."""
    return [
        *margin_notes(content.ours, words=words),
        *(
            words("charts.missing_note", who=m.who, year=str(m.year), reason=m.note)
            for m in content.ours
            if m.value is None and m.note
        ),
        *_break_notes(content.ours, content.breaks, words=words),
        *_wave_notes(content.ours, content.exceptional, words=words),
    ]


def margin_notes(marks: Sequence[Mark], *, words: Words) -> list[str]:
    """What the thin lines are, or that no margin was published."""
    known = with_value(marks)
    if not known:
        return []
    having = [mark.has_margin for mark in known]
    if not any(having):
        return [words("charts.no_margins_note")]
    return [words("charts.whisker_note" if all(having) else "charts.some_margins_note")]


def _break_notes(marks: Sequence[Mark], breaks: Sequence[Break], *, words: Words) -> list[str]:
    """Each break that lies between two drawn waves, with its reason."""
    years = [mark.year for mark in with_value(marks) if mark.year is not None]
    return [
        words(
            "charts.break_major" if gap.major else "charts.break_minor",
            before=str(gap.before),
            after=str(gap.after),
            reason=gap.reason,
        ).strip()
        for gap in breaks
        if years and gap.lies_between(min(years), max(years))
    ]


def _wave_notes(marks: Sequence[Mark], waves: Mapping[int, str], *, words: Words) -> list[str]:
    """What an asterisk at a year means."""
    drawn = {mark.year for mark in with_value(marks)}
    return [
        words("charts.wave_note", year=str(year), label=label)
        for year, label in sorted(waves.items())
        if year in drawn
    ]
