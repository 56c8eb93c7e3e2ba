"""Parts of the page that compares: findings, differences in words, a suggestion with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import markup, subject
from dashboard.address import MOST_COMPARED, Selection
from dashboard.charts import Caption
from dashboard.figure_table import figure_words
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import Row, number, text, year


def finding(places: Sequence[Row], *, method: str, words: Words) -> str:
    """Title of the chart: how our figure stands to that of the country, as far as it is shown."""
    ours = str(places[0]["region_name"])
    country = next((row for row in places if row["region_level"] == "country"), None)
    outcome = "alone" if country is None else str(country["difference"])
    if outcome in ("higher", "lower"):
        outcome = f"{outcome}_{method}"
    return words(f"pages.compare.finding.{outcome}", place=ours)


@dataclass(frozen=True)
class Captions:
    """What stands around both charts of the page."""

    beside: Caption
    all: Caption


def captions(shown: Row, *, places: Sequence[Row], build_id: str, words: Words) -> Captions:
    """Titles, sources and file names of both charts; the first place is ours."""
    ours = str(places[0]["region_name"])
    titles = {
        "beside": finding(places, method=shown["method"], words=words),
        "all": words("pages.compare.all", place=ours),
    }
    return Captions(
        **{
            name: subject.caption_of(
                shown,
                title=title,
                place="",
                name=f"{ours}-{name}",
                build_id=build_id,
                words=words,
            )
            for name, title in titles.items()
        }
    )


def put_beside(
    beside: Sequence[str], *, names: Mapping[str, str], chosen: Selection, words: Words
) -> Markup:
    """The municipalities that were put beside ours, each a link that takes it away again.

    `beside` are their codes, `names` what they are called.
    """
    if not beside:
        return markup.EMPTY
    links = [
        _away(names[code], chosen=chosen, left=_without(beside, code), words=words)
        for code in beside
    ]
    title = markup.element("p", markup.text(words("pages.compare.beside")), id="dm-beside")
    listed = markup.element("ul", markup.joined(links), aria_labelledby="dm-beside")
    full = len(beside) == MOST_COMPARED
    most = (
        markup.paragraph(words("pages.compare.most"), class_="dm-small") if full else markup.EMPTY
    )
    return markup.element("div", title + listed + most, class_="dm dm-beside")


def _without(codes: Sequence[str], taken: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code != taken)


def _away(name: str, *, chosen: Selection, left: tuple[str, ...], words: Words) -> Markup:
    """A name with a cross: the link to the page without it."""
    cross = markup.element("span", markup.text("×"), aria_hidden="true")
    link = markup.element(
        "a",
        markup.text(name) + cross,
        href=chosen.link("vergelijken", compare=left),
        target="_self",
        aria_label=words("pages.compare.take_away", place=name),
    )
    return markup.element("li", link)


def in_series(places: pd.DataFrame) -> pd.DataFrame:
    """Places that the series knows, published or not."""
    return places[places["obs_status"].notna()]


def country(places: pd.DataFrame) -> pd.DataFrame:
    """The row of the Netherlands, where the series has one."""
    return places[places["value"].notna() & (places["region_level"] == "country")]


def differences(places: Sequence[Row], *, method: str, words: Words) -> Markup:
    """Every figure beside ours, and what may be said of the difference; in the fixed order."""
    ours = str(places[0]["region_name"])
    columns = {
        "place": words("pages.compare.place"),
        "value": words("pages.overview.value"),
        "difference": words("pages.compare.difference", place=ours),
    }
    known = [row for row in places if text(row, "obs_status") is not None]
    table = markup.table(
        [
            {
                "place": str(row["region_name"]),
                "value": figure_words(row, words),
                "difference": _difference(row, method=method, words=words),
            }
            for row in known
        ],
        columns=columns,
        caption=words("pages.compare.table"),
    )
    outcomes = {str(row["difference"]) for row in known[1:]}
    notes = [words(f"pages.compare.notes.{name}") for name in _told(outcomes, method=method)]
    notes += [
        words("pages.overview.no_region", region=str(row["region_name"]))
        for row in places
        if row not in known
    ]
    return markup.element("section", table + markup.lines(notes), class_="dm dm-section")


def _difference(row: Row, *, method: str, words: Words) -> str:
    outcome = str(row["difference"])
    if outcome in ("higher", "lower"):
        outcome = f"{outcome}_{method}"
    return words(f"pages.compare.differences.{outcome}")


def _told(outcomes: set[str], *, method: str) -> list[str]:
    """Which rules of reading belong to the outcomes in the table."""
    told = []
    if "not_tested" in outcomes:
        told.append("not_tested")
    if outcomes & {"overlap", "higher", "lower"}:
        told += ["margins", "model" if method == "model" else "chance"]
    return told


def suggestion(
    similar: Sequence[Row], *, ours: str, address: str, shown: Mapping[str, str], words: Words
) -> Markup:
    """Municipalities whose figures resemble ours, why, and a link that puts them beside ours.

    `shown` has the words of indicator, age_group and year; `address` the page with them chosen.
    """
    if not similar:
        return markup.EMPTY
    names = words.format_list([str(row["region_name"]) for row in similar])
    said = (
        markup.heading(2, words("pages.compare.similar.title"))
        + markup.paragraph(words("pages.compare.similar.names", names=names, place=ours))
        + markup.paragraph(_reason(similar[0], shown=shown, words=words))
        + markup.paragraph(words("pages.compare.similar.caution"), class_="dm-small")
        + markup.element(
            "p", markup.link(words("pages.compare.similar.show"), address), class_="dm-more"
        )
    )
    return markup.element("section", said, class_="dm dm-section")


def _reason(row: Row, *, shown: Mapping[str, str], words: Words) -> str:
    facts = {**shown, "level": words.format_pp(number(row, "level_within_pp") or 0.0)}
    change, first_year = number(row, "change_within_pp"), year(row, "first_year")
    if change is None or first_year is None:
        return words("pages.compare.similar.level", **facts)
    facts["change"] = words.format_pp(change)
    facts["first_year"] = words.format_year(first_year)
    return words("pages.compare.similar.level_and_change", **facts)
