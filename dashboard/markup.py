"""Pieces of HTML: every text that goes in is escaped, and nothing else makes markup.

`Markup` marks what was made here, so that a text cannot be taken for it by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote as percent_encoded

from dashboard.sentences import Badge


class Markup(str):
    """Text that is markup already; only markup can be added to it."""

    def __add__(self, other: str) -> Markup:
        """Return the two after each other; plain text must be escaped first."""
        if not isinstance(other, Markup):
            raise TypeError("only markup can follow markup: escape the text first")
        return Markup(str.__add__(self, other))


EMPTY = Markup("")
QUOTATION_MARKS = (("“", "”"), ('"', '"'))
"""Pairs that may stand around a quotation already."""


def joined(parts: Iterable[Markup]) -> Markup:
    """Pieces one after the other."""
    return Markup("".join(parts))


def element(name: str, content: Markup, /, **attributes: str | None) -> Markup:
    """One element around markup; plain text comes through `text`.

    Attribute names are written with `_` for `-`, `class_` and `for_` for the reserved words.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>{content}</{name}>")


def text(words: str) -> Markup:
    """Escaped text."""
    return Markup(escape(words))


def paragraph(words: str, *, class_: str | None = None, lang: str | None = None) -> Markup:
    """A paragraph of plain text."""
    return element("p", text(words), class_=class_, lang=lang)


def instruction(words: str, *, class_: str | None = None) -> Markup:
    """A paragraph in which `…` is a command or a file: it breaks at its spaces alone."""
    parts = words.split("`")
    told = (text(part) if index % 2 == 0 else _code(part) for index, part in enumerate(parts))
    return element("p", joined(told), class_=class_)


def _code(typed: str) -> Markup:
    words = (element("span", text(word)) for word in typed.split())
    return element("code", Markup(" ".join(words)), translate="no")


def heading(
    level: int, words: str, *, anchor: str | None = None, class_: str | None = None
) -> Markup:
    """A heading; with an anchor it can be linked to. Too long, it breaks after its colon."""
    return element(f"h{level}", _title(words), id=anchor, class_=class_)


def _title(words: str) -> Markup:
    subject, colon, finding = words.partition(": ")
    said = text(subject + colon)
    return said + element("span", text(finding), class_="dm-whole") if finding else said


def link(words: str, address: str, *, lang: str | None = None) -> Markup:
    """A link that opens in the same tab."""
    return element("a", text(words), href=address, target="_self", lang=lang, hreflang=lang)


def titled_link(title: str, address: str) -> Markup:
    """A link that is the title of what it leads to: it breaks as a heading does."""
    return element("a", _title(title), href=address, target="_self")


def lines(items: Iterable[str]) -> Markup:
    """A list of plain sentences."""
    return element("ul", joined(element("li", text(item)) for item in items), class_="dm-lines")


def later(content: str) -> Markup:
    """Markup or a drawing of ours that the page's own script puts in its place.

    A drawing comes at once, before anything is painted: the framework takes drawings out of what
    it shows as it is. What is folded comes when it opens: a table of every municipality costs as
    much as a chart, and few visitors open it.
    """
    return element("div", EMPTY, class_="dm-later", data_later=percent_encoded(content))


def badge(shown: Badge, *, indicative: bool) -> Markup:
    """Icon and words of a verdict; outlined where the figures come from a model."""
    classes = f"dm-badge dm-{shown.colour}" + (" dm-indicative" if indicative else "")
    icon = element("span", text(shown.icon), aria_hidden="true")
    return element("span", icon + text(shown.words), class_=classes)


def quote(words: str, *, source: str | None = None) -> Markup:
    """A promise as it was written: always Dutch, whatever the language of the page."""
    around = any(words.startswith(a) and words.endswith(b) for a, b in QUOTATION_MARKS)
    bare = words[1:-1] if around else words
    said = element("span", text(f"“{bare}”"), lang="nl")
    origin = element("cite", text(f" — {source}"), lang="nl") if source else EMPTY
    return element("blockquote", said + origin, class_="dm-quote")


def answers(pairs: Mapping[str, str]) -> Markup:
    """Questions with their short answers."""
    return element(
        "dl",
        joined(element("dt", text(q)) + element("dd", text(a)) for q, a in pairs.items()),
        class_="dm-answers",
    )


def table(
    rows: Sequence[Mapping[str, str]],
    *,
    columns: Mapping[str, str],
    caption: str,
    numbers: Iterable[str] = (),
    english: Iterable[str] = (),
    quiet: bool = False,
) -> Markup:
    """A table with headers for columns and rows, in a frame that scrolls sideways by itself.

    `columns`: key in the rows to the words of its header; the first names the row. `numbers`: keys
    that are set to the right; `english`: keys whose texts are English in every language. `quiet`:
    the caption is for who cannot see that a heading above says the same.
    """
    right, foreign = set(numbers), set(english)
    heads = joined(
        _cell("th", words, scope="col", right=key in right) for key, words in columns.items()
    )
    body = joined(
        element("tr", _cells(row, list(columns), right=right, foreign=foreign)) for row in rows
    )
    inside = (
        element("caption", text(caption), class_="dm-unseen" if quiet else None)
        + element("thead", element("tr", heads))
        + element("tbody", body)
    )
    table = element("table", inside)
    return element("div", table, class_="dm-table", tabindex="0", role="region", aria_label=caption)


def _cells(
    row: Mapping[str, str], keys: Sequence[str], *, right: set[str], foreign: set[str]
) -> Markup:
    """The cells of one row; the first names it."""
    first, *others = keys
    named = _cell("th", row[first], scope="row", right=False, english=first in foreign)
    return named + joined(
        _cell("td", row[key], right=key in right, english=key in foreign) for key in others
    )


def _cell(
    name: str, words: str, *, right: bool, scope: str | None = None, english: bool = False
) -> Markup:
    return element(
        name,
        _breakable(words),
        scope=scope,
        class_="dm-number" if right else None,
        lang="en" if english else None,
    )


def _breakable(words: str) -> Markup:
    """Text in which a path breaks after its folders where there is little room."""
    return Markup(re.sub(r"(?<=\w{3}/)(?=\w{3})", "<wbr>", text(words)))


def folded(words: str, content: Markup) -> Markup:
    """Content that opens when its line is chosen."""
    return element("details", element("summary", text(words)) + content, class_="dm-folded")


def copyable(said: str, *, action: str, done: str) -> Markup:
    """A text with a button that copies it and then says so."""
    button = element("button", text(action), type="button", data_copied=done)
    return element("div", paragraph(said) + button, class_="dm dm-copy")


def saving(files: Mapping[str, tuple[str, str]], *, colours: Mapping[str, str]) -> Markup:
    """Buttons that save the chart above them: kind to words and file name.

    `colours`: those that are shown to those of the file, as CSS writes them.
    """
    pairs = ";".join(f"{shown}={printed}" for shown, printed in colours.items())
    buttons = (
        element(
            "button", text(said), type="button", data_save=kind, data_name=name, data_colours=pairs
        )
        for kind, (said, name) in files.items()
    )
    return element("div", joined(buttons), class_="dm dm-saving")
