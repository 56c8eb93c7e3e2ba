"""What stands around the chart of a target: its caption, and the reason of a break in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard import sentences
from dashboard.charts import Caption
from dashboard.i18n import Words
from dashboard.rows import Row, optional, year


def caption_of(row: Row, *, years: Iterable[float], build_id: str, words: Words) -> Caption:
    """Finding, measure, population, place, series and source of an assessment."""
    return Caption(
        title=sentences.finding_title(row, words),
        measure=str(row["indicator_label"]),
        population=str(row["series_age_label"]),
        place=str(row["region_name"]),
        series=str(row["series_label"]),
        source_line=sentences.source_line(
            row, words, build_id=build_id, years=[int(shown) for shown in years]
        ),
        edition=str(row["edition"]),
        build_id=build_id,
        name=f"{row['target_id']}-{row['edition']}",
    )


def reason_of(breaks: Sequence[Mapping[Any, Any]], *, row: Row) -> str | None:
    """Why the measurement changed between baseline and latest wave; None where it did not."""
    start, end = year(row, "baseline_year"), year(row, "latest_year")
    if start is None or end is None:
        return None
    for each in breaks:
        if start <= each["year_before"] and each["year_after"] <= end:
            reason: str | None = optional(each, "reason")
            return reason
    return None
