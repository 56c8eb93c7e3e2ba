"""The marks of a chart, from which its drawing, its table and its text alternative are all made."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, cast

import pandas as pd

from dashboard.i18n import Words, decimals_of
from dashboard.rows import Row, number, optional

Kind = Literal["measured", "target", "stated", "forecast"]


@dataclass(frozen=True)
class Mark:
    """One figure in a chart: a percentage (0-100) with its 95% margin, or that it has none.

    `who` is the region or row it belongs to, `group` the population where a chart has several;
    `decimals` are those it was published or promised with.
    """

    kind: Kind
    who: str
    group: str
    year: int | None
    value: float | None
    lower: float | None = None
    upper: float | None = None
    decimals: int = 1
    note: str = ""

    @property
    def has_margin(self) -> bool:
        """Whether both limits of the margin are known."""
        return self.lower is not None and self.upper is not None

    @property
    def point(self) -> tuple[float, float]:
        """Year and percentage of a mark that has both."""
        if self.year is None or self.value is None:
            raise ValueError(f"{self.kind} of {self.who} has no year or no value to draw")
        return self.year, self.value

    @property
    def high(self) -> float:
        """Highest drawn value of a mark that has one: the upper limit, else the value; percent."""
        return max(x for x in (self.value, self.upper, 0.0) if x is not None)


def escape(text: str) -> str:
    """Text from data made safe for the small HTML that Plotly reads in its labels."""
    return html.escape(text, quote=False)


def measured(
    frame: pd.DataFrame,
    *,
    who: str,
    group: str = "",
    words: Words,
    notes: Mapping[int, str] | None = None,
) -> list[Mark]:
    """Marks of the figures in `frame` (columns as marts.estimates) by year; `notes` per year."""
    rows = records(frame.sort_values("year", kind="stable"))
    return [
        Mark(
            kind="measured",
            who=who,
            group=group,
            year=int(row["year"]),
            value=number(row, "value"),
            lower=optional(row, "margin_lower"),
            upper=optional(row, "margin_upper"),
            decimals=decimals_of(optional(row, "rounding_step")),
            note=", ".join(
                filter(None, [status_note(row, words=words), (notes or {}).get(row["year"])])
            ),
        )
        for row in rows
    ]


def records(frame: pd.DataFrame) -> list[Row]:
    """Rows of a frame by column name."""
    return cast("list[Row]", frame.to_dict("records"))


def status_note(row: Row, *, words: Words) -> str:
    """Words for an observation status; empty for a normal figure."""
    status = optional(row, "obs_status")
    return "" if status in (None, "normal") else words(f"charts.status.{status}")


def with_value(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that can be drawn."""
    return [mark for mark in marks if mark.value is not None]


def value_words(mark: Mark, *, words: Words) -> str:
    """Value of a mark with its margin, such as '45,8% (marge 41,2% tot 50,4%)'."""
    if mark.value is None:
        return mark.note or words("charts.status.missing")
    added = [mark.note] if mark.note else []
    if mark.lower is not None and mark.upper is not None:
        interval = words.format_interval(mark.lower, mark.upper, decimals=mark.decimals)
        added.insert(0, words("charts.margin", interval=interval))
    value = words.format_pct(mark.value, decimals=mark.decimals)
    return f"{value} ({'; '.join(added)})" if added else value


def year_words(mark: Mark, *, words: Words) -> str:
    """Year of a mark as plain digits, or that none was stated."""
    return words("charts.no_year") if mark.year is None else words.format_year(mark.year)


def hover(mark: Mark, *, words: Words) -> str:
    """Text shown when a mark is pointed at."""
    name = ", ".join(filter(None, [mark.who, mark.group]))
    kind = "" if mark.kind == "measured" else f" · {words(f'charts.kinds.{mark.kind}')}"
    body = escape(f"{year_words(mark, words=words)}: {value_words(mark, words=words)}")
    return f"<b>{escape(name)}</b>{escape(kind)}<br>{body}<extra></extra>"


def table_of(marks: Sequence[Mark], *, words: Words) -> pd.DataFrame:
    """Table twin: one row per mark, numbers as numbers, columns in words; empty ones left out."""
    columns = {
        "who": [mark.who for mark in marks],
        "group": [mark.group or None for mark in marks],
        "kind": [words(f"charts.kinds.{mark.kind}") for mark in marks],
        "year": pd.array([mark.year for mark in marks], dtype="Int64"),
        "value": pd.array([mark.value for mark in marks], dtype="Float64"),
        "lower": pd.array([mark.lower for mark in marks], dtype="Float64"),
        "upper": pd.array([mark.upper for mark in marks], dtype="Float64"),
        "note": [mark.note or None for mark in marks],
    }
    frame = pd.DataFrame(columns).dropna(axis="columns", how="all")
    return frame.rename(columns={name: words(f"charts.columns.{name}") for name in columns})


def printed_table(marks: Sequence[Mark], *, words: Words) -> pd.DataFrame:
    """The table twin as it is read: percentages and years as text in the page's language."""
    frame = table_of(marks, words=words).astype(object)
    printed = {
        "year": [year_words(mark, words=words) for mark in marks],
        "value": [_printed(mark.value, mark, words) for mark in marks],
        "lower": [_printed(mark.lower, mark, words) for mark in marks],
        "upper": [_printed(mark.upper, mark, words) for mark in marks],
    }
    for name, texts in printed.items():
        column = words(f"charts.columns.{name}")
        if column in frame:
            frame[column] = texts
    return frame.fillna("").astype(str)


def _printed(value: float | None, mark: Mark, words: Words) -> str:
    """A percentage of a mark as text; empty where it is missing."""
    return "" if value is None else words.format_pct(value, decimals=mark.decimals)


def sentences_of(marks: Sequence[Mark], *, words: Words) -> list[str]:
    """Every mark in words: a sentence per row of figures and one per promise."""
    sentences = []
    for (who, group, kind), run in groupby(
        marks, key=lambda mark: (mark.who, mark.group, mark.kind)
    ):
        name = ", ".join(filter(None, [who, group]))
        label = name if kind == "measured" else f"{name}, {words(f'charts.kinds.{kind}')}"
        values = "; ".join(
            f"{year_words(mark, words=words)} {value_words(mark, words=words)}" for mark in run
        )
        sentences.append(f"{label}: {values}.")
    return sentences
