"""Parts of the landing page: the chooser, the plan in a line, cards, aims in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard import markup, sentences, small_charts
from dashboard.address import Selection
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import Row, text, year
from dashboard.target_card import promise, target_card
from dashboard.theme import Theme


def choices(
    municipalities: Sequence[Mapping[str, Any]], *, chosen: Selection, words: Words
) -> Markup:
    """The municipalities with targets, each a link to its own overview."""
    return markup.element(
        "ul",
        markup.joined(
            markup.element("li", _choice(row, chosen=chosen, words=words))
            for row in municipalities
            if row["has_targets"]
        ),
        class_="dm dm-choices",
    )


def _choice(row: Mapping[str, Any], *, chosen: Selection, words: Words) -> Markup:
    count = int(row["targets"])
    said = words("pages.overview.targets_one") if count == 1 else None
    said = said or words("pages.overview.targets", count=count)
    inside = markup.element("strong", markup.text(str(row["region_name"]))) + markup.text(said)
    return markup.element("a", inside, href=chosen.link("", municipality=row["region_code"]))


def plan_line(plan: Sequence[Row], words: Words) -> str | None:
    """The plan and its years in one line; None where none is known."""
    for item in plan:
        if item["item_kind"] == "plan":
            start, end = year(item, "start_year"), year(item, "end_year")
            years = words.format_year_range(start, end) if start and end else None
            said = text(item, "text")
            known = [said, years if said and years and years not in said else None]
            return " · ".join(part for part in known if part) or None
    return None


def cards(
    assessments: Sequence[Row], *, chosen: Selection, theme: Theme, words: Words
) -> Iterator[Markup]:
    """A card for every target that has, or could have, a number."""
    for row in assessments:
        if row["kind"] == "qualitative":
            continue
        drawing = small_charts.change_and_target(
            row, words=words, theme=theme, name=f"small-{row['target_id']}"
        )
        yield target_card(
            row,
            drawing=markup.later(drawing.svg) if drawing else None,
            address=chosen.link("doel", target=row["target_id"]),
            words=words,
        )


def aims(assessments: Sequence[Row], *, words: Words) -> Markup:
    """The aims in words; the figures that stand beside them come below."""
    in_words = [row for row in assessments if row["kind"] == "qualitative"]
    if not in_words:
        return markup.EMPTY
    items = markup.joined(markup.element("li", _aim(row, words)) for row in in_words)
    return markup.element(
        "section",
        markup.heading(2, words("pages.overview.in_words"))
        + markup.paragraph(words("pages.overview.in_words_note"))
        + markup.element("ol", items, class_="dm-aims"),
        class_="dm dm-section",
    )


def _aim(row: Row, words: Words) -> Markup:
    """An aim, and its literal words where those say more."""
    title = sentences.target_title(row, words)
    return markup.element("strong", markup.text(title)) + promise(row)
