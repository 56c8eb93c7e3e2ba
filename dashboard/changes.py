"""What changed in the data since a day that the visitor picks, such as the previous meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dashboard import markup, sentences
from dashboard.address import EARLIEST_YEAR
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import Row

KINDS = ("added", "corrected", "removed")
"""What can happen to figures, in the order in which it is told."""


def day_form(*, since: date | None, today: date, kept: Mapping[str, str], words: Words) -> Markup:
    """A field for a day, which becomes a part of the address; `kept`: what is in it already."""
    hidden = markup.joined(
        markup.element("input", markup.EMPTY, type="hidden", name_=name, value=value)
        for name, value in kept.items()
    )
    field = markup.element(
        "input",
        markup.EMPTY,
        type="date",
        id="since",
        name_="sinds",
        min=f"{EARLIEST_YEAR}-01-01",
        max=today.isoformat(),
        required="required",
        value=since.isoformat() if since else None,
    )
    label = markup.element("label", markup.text(words("pages.changes.since")), for_="since")
    button = markup.element("button", markup.text(words("pages.changes.show")), type="submit")
    return markup.element(
        "form", hidden + label + field + button, class_="dm-day", method="get", action="/"
    )


def changes(
    figures: Sequence[Row],
    *,
    verdicts: Sequence[Row],
    assessments: Sequence[Row],
    since: date,
    first_day: date,
    words: Words,
) -> Markup:
    """The changes since a day, line by line; that there are none is said too.

    `assessments` are the newest assessment rows of the municipality; `first_day` is the day from
    which changes are known at all.
    """
    told = [*_figure_lines(figures, words), *_verdict_lines(verdicts, assessments, words)]
    day = words.format_date(since)
    if not told:
        told = [words("pages.changes.none", date=words.format_date(max(since, first_day)))]
    if first_day > since:
        told.append(words("pages.changes.known_from", date=words.format_date(first_day)))
    title = markup.heading(2, words("pages.changes.title", date=day))
    return title + markup.lines(told)


def _figure_lines(figures: Sequence[Row], words: Words) -> Iterator[str]:
    for row in figures:
        for kind in KINDS:
            count = int(row[kind])
            if count:
                yield words(
                    f"pages.changes.{kind}",
                    series=str(row["series_label"]),
                    year=words.format_year(row["year"]),
                    edition=str(row["edition"]),
                    count=words.format_number(count),
                )


def _verdict_lines(
    verdicts: Sequence[Row], assessments: Sequence[Row], words: Words
) -> Iterator[str]:
    by_target = {row["target_id"]: row for row in assessments}
    for verdict in verdicts:
        row = by_target[verdict["target_id"]]
        yield words(
            "pages.changes.verdict",
            target=sentences.target_title(row, words),
            verdict=sentences.badge(row, words).words,
        )
