"""One target on the landing page: promise, verdict, three answers, small chart, the others."""

from __future__ import annotations

from dashboard import markup, sentences
from dashboard.i18n import Words, decimals_of
from dashboard.markup import Markup
from dashboard.rows import Row, number, optional, text

QUESTIONS = ("level", "change", "pace")


def target_card(row: Row, *, drawing: Markup | None, address: str, words: Words) -> Markup:
    """The card of an assessment; `drawing` is its small chart, `address` its own page."""
    left = (
        badge(row, words)
        + markup.heading(2, sentences.target_title(row, words))
        + promise(row)
        + markup.paragraph(sentences.verdict_sentence(row, words), class_="dm-verdict")
        + three_answers(row, words)
    )
    more = markup.link(words("pages.overview.more"), address)
    right = drawing + beside(row, words) if drawing else why_no_figure(row, words)
    return markup.element(
        "article",
        markup.element("div", left + markup.element("p", more, class_="dm-more"))
        + markup.element("div", right),
        class_="dm dm-target",
    )


def badge(row: Row, words: Words) -> Markup:
    """The verdict as icon and words, outlined where the figures come from a model."""
    return markup.badge(sentences.badge(row, words), indicative=sentences.is_indicative(row))


def why_no_figure(row: Row, words: Words) -> Markup:
    """What the municipality or the plan says of a target that no figure belongs to."""
    said = text(row, "explanation")
    if said is None:
        return markup.EMPTY
    title = markup.heading(3, words("pages.overview.why_no_figure"), class_="dm-why")
    return title + markup.paragraph(said)


def promise(row: Row) -> Markup:
    """What was promised, literally, where the plan's words are known."""
    said = text(row, "quote")
    return markup.quote(said) if said else markup.EMPTY


def three_answers(row: Row, words: Words) -> Markup:
    """Is it reached, has it changed, is it fast enough: each with its own certainty.

    Where the three are the same, the verdict has said it already.
    """
    replies = (
        sentences.level_answer(row, words),
        sentences.change_answer(row, words),
        sentences.pace_answer(row, words),
    )
    if len(set(replies)) == 1:
        return markup.EMPTY
    questions = (words(f"pages.questions.{question}") for question in QUESTIONS)
    return markup.answers(dict(zip(questions, replies, strict=True)))


def beside(row: Row, words: Words) -> Markup:
    """The Netherlands and the region in the same series, or why they are not there."""
    if number(row, "latest_value") is None:
        return markup.EMPTY
    return markup.paragraph(beside_line(row, words), class_="dm-beside")


def beside_line(row: Row, words: Words) -> str:
    """The Netherlands and the region in a line; both in one sentence where neither is there."""
    name = optional(row, "ggd_region_name")
    missing = number(row, "country_value") is None and number(row, "ggd_region_value") is None
    if missing and name is not None:
        return words("pages.overview.neither", region=name)
    return f"{country_line(row, words)} {region_line(row, words)}"


def country_line(row: Row, words: Words) -> str:
    """The Netherlands in the same year and series."""
    value = number(row, "country_value")
    if value is None:
        return words("pages.overview.no_country")
    return words("pages.overview.country", value=_pct(value, row=row, words=words))


def region_line(row: Row, words: Words) -> str:
    """The GGD region in the same year and series."""
    name, value = optional(row, "ggd_region_name"), number(row, "ggd_region_value")
    if name is None:
        return words("pages.overview.region_unknown")
    if value is None:
        return words("pages.overview.no_region", region=name)
    return words("pages.overview.region", region=name, value=_pct(value, row=row, words=words))


def _pct(value: float, *, row: Row, words: Words) -> str:
    return words.format_pct(value, decimals=decimals_of(number(row, "latest_rounding_step")))
