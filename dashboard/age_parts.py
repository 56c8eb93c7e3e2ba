"""Parts of the page about age groups: captions of its charts, the change per group in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import markup, sentences
from dashboard.charts import Caption, Chart
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import Row

SHOWN_INDICATORS = 2
"""Indicators of the main series with charts of their own: lonely, and severely lonely."""


def caption_of(
    row: Row,
    *,
    kind: str,
    title: str,
    measure: str,
    years: Iterable[float],
    build_id: str,
    words: Words,
) -> Caption:
    """What stands around a chart of several groups; `row` is any figure in it.

    `kind`: now or over_time, for the name of its files.
    """
    subject = words(f"exports.subjects.{kind}")
    shown = sorted({int(each) for each in years})
    return Caption(
        title=title,
        measure=measure,
        population="",
        place=str(row["region_name"]),
        series=str(row["series_label"]),
        source_line=sentences.source_line(row, words, build_id=build_id, years=shown),
        edition=str(row["edition"]),
        build_id=build_id,
        name="-".join(
            [
                *(str(row[part]) for part in ("region_name", "series_id", "indicator")),
                subject,
                str(row["edition"]),
            ]
        ),
    )


def measure_of(chart: Chart) -> str:
    """What a chart is about, for the heading above it."""
    return chart.caption.measure if chart.caption else chart.title


def changes(breakdown: Sequence[Row], words: Words) -> Markup:
    """The change of each age group after the correction, or nothing where none was computed."""
    if not breakdown:
        return markup.EMPTY
    intro = sentences.age_intro(int(breakdown[0]["groups_tested"]), words)
    said = [
        sentences.age_sentence(row, words, row=row, group=str(row["age_label"]))
        for row in breakdown
    ]
    return markup.element("div", markup.paragraph(intro) + markup.lines(said), class_="dm")
