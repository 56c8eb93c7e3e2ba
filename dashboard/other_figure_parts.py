"""Parts of the page that explains other figures: each figure with its origin and its difference."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from dashboard import markup, sentences
from dashboard.chart_marks import records
from dashboard.charts import Caption
from dashboard.figure_table import figure_words
from dashboard.i18n import Words, sentence_case
from dashboard.markup import Markup
from dashboard.origin import licence_of
from dashboard.rows import Row, number, optional, text, year


def default_year(years: Sequence[Row], *, wanted: int | None) -> int:
    """The year asked for where it has figures, else the one with most; of equals the newest."""
    counted = {int(row["year"]): int(row["figures"]) for row in years}
    if wanted is not None and wanted in counted:
        return wanted
    return max(counted, key=lambda each: (counted[each], each))


def reference(known: Sequence[Row]) -> Row:
    """The figure that the others are explained against: the first that was published."""
    return next((row for row in known if not row["is_quoted"]), known[0])


def for_chart(known: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Figures to draw: published ones that are not folded; quoted figures are never drawn.

    Another edition is named, so that no two rows of the chart have the same words.
    """
    published = known[~known["is_quoted"] & ~known["is_other_age"]].copy()
    published["series_label"] = [
        str(row["series_label"])
        if row["is_in_use"]
        else f"{row['series_label']}, {_edition(row, words)}"
        for row in records(published)
    ]
    if published["scale"].nunique() < 2:  # one questionnaire: its name beside every dot is noise
        published = published.drop(columns="scale_label")
    return published


def caption_of(known: Sequence[Row], *, build_id: str, words: Words) -> Caption:
    """What stands around the chart: its source line names every source drawn, each once."""
    drawn = [row for row in known if not row["is_quoted"] and not row["is_other_age"]]
    named = "; ".join(dict.fromkeys(str(row["source"]) for row in drawn))
    licence = sentence_case(licence_of([row["licence"] for row in drawn], words=words))
    first = drawn[0]
    return Caption(
        title=words("pages.other_figure.finding_one")
        if len(drawn) == 1
        else words("pages.other_figure.finding", count=words.format_number(len(drawn))),
        measure=str(first["indicator_label"]),
        population="",
        place="",
        series="",
        source_line=words("pages.other_figure.sources", sources=named, licence=licence),
        edition="",
        build_id=build_id,
        name=f"{known[0]['region_name']}-{first['indicator'].replace('_', '-')}-{first['year']}",
    )


def by_place(known: Sequence[Row], *, ours: Row, words: Words) -> Markup:
    """Every figure with where it comes from and why it differs from `ours`, per place."""
    sections = []
    for place, group in groupby(known, key=lambda row: str(row["region_name"])):
        rows = list(group)
        is_country = rows[0]["region_level"] == "country"
        named = words("sentences.lines.netherlands") if is_country else place
        said = markup.heading(2, words("pages.other_figure.about", place=named))
        said += _list([r for r in rows if not r["is_other_age"]], ours=ours, words=words)
        folded = [row for row in rows if row["is_other_age"]]
        if folded:
            count = words.format_number(len(folded))
            title = words("pages.other_figure.other_ages", count=count)
            said += markup.folded(title, _list(folded, ours=ours, words=words))
        sections.append(markup.element("section", said, class_="dm dm-section"))
    return markup.joined(sections)


def _list(rows: Sequence[Row], *, ours: Row, words: Words) -> Markup:
    """Figures one by one."""
    items = markup.joined(_item(row, ours=ours, words=words) for row in rows)
    return markup.element("ul", items, class_="dm-figures")


def on_other_scales(rows: Sequence[Row], *, ours: Row, words: Words) -> Markup:
    """Figures of another questionnaire, apart: they are not about the same thing."""
    if not rows:
        return markup.EMPTY
    said = (
        markup.heading(2, words("pages.other_figure.other_scale"))
        + markup.paragraph(words("pages.other_figure.other_scale_note"))
        + _list(rows, ours=ours, words=words)
    )
    return markup.element("section", said, class_="dm dm-section")


def _item(row: Row, *, ours: Row, words: Words) -> Markup:
    """One figure: its value, what it is about, why it differs, its origin."""
    value = markup.paragraph(_value(row, words), class_="dm-value")
    told = (
        markup.paragraph(_subject(row, words), class_="dm-subject")
        + markup.paragraph(_explained(row, ours=ours, words=words))
        + _origin(row, words)
    )
    return markup.element("li", value + markup.element("div", told))


def _value(row: Row, words: Words) -> str:
    """The figure with its margin; a quoted one with the decimals it is quoted with."""
    if row["is_quoted"] and optional(row, "margin_lower") is None:
        return words.format_stated_pct(row["value"])
    return figure_words(row, words)


def _subject(row: Row, words: Words) -> str:
    """What the figure is about: indicator, people, place, year, as far as they are stated."""
    stated_year = year(row, "year")
    parts = [
        text(row, "indicator_label"),
        text(row, "age_label") or words("pages.other_figure.no_age"),
        text(row, "region_name"),
        words.format_year(stated_year) if stated_year else words("charts.no_year"),
    ]
    return ", ".join(part for part in parts if part)


def _explained(row: Row, *, ours: Row, words: Words) -> str:
    """Why the figure differs; of the first, that the others are compared with it."""
    said = sentences.difference_sentence(row, words, ours=ours)
    if row is ours:
        said = words("pages.other_figure.reference")
    elif row["is_quoted"] and said == words("sentences.different.nothing"):
        said = words("pages.other_figure.quoted_same")
    return f"{words('pages.other_figure.quoted')} {said}" if row["is_quoted"] else said


def _origin(row: Row, words: Words) -> Markup:
    """Survey, questionnaire, another edition and respondents in a line; then where it stands."""
    size = number(row, "sample_size")
    parts = [
        text(row, "series_label") or text(row, "survey"),
        text(row, "scale_label"),
        None if row["is_quoted"] or row["is_in_use"] else _edition(row, words),
        words("pages.other_figure.respondents", count=words.format_number(size)) if size else None,
    ]
    said = " · ".join(part for part in parts if part)
    origin = markup.paragraph(said, class_="dm-small") if said else markup.EMPTY
    return origin + _source(row, words)


def _edition(row: Row, words: Words) -> str:
    """An edition that is not the one in use for the municipality."""
    age = "newer" if row["is_newer"] else "older"
    return words(f"pages.other_figure.{age}", edition=str(row["edition"]))


def _source(row: Row, words: Words) -> Markup:
    """Where the figure stands and what is noted beside it: in Dutch, in every language."""
    note = text(row, "note")
    told = f"{row['source']}. {_capitalised(note)}." if note else f"{row['source']}."
    label = markup.text(f"{words('pages.other_figure.source')} ")
    dutch = markup.element("span", markup.text(told), lang="nl")
    return markup.element("p", label + dutch, class_="dm-small")


def _capitalised(note: str) -> str:
    return note[:1].upper() + note[1:]


def surveys(rows: Sequence[Row], words: Words) -> Markup:
    """Each survey once: its method, and who were asked."""
    told = {}
    for row in rows:
        if not row["is_quoted"]:
            method = words(f"pages.other_figure.method.{row['method']}")
            told[str(row["series_label"])] = f"{method} {row['population']}"
    if not told:
        return markup.EMPTY
    title = markup.heading(2, words("pages.other_figure.surveys"))
    return markup.element("section", title + markup.answers(told), class_="dm dm-section")
