"""Parts of the page about the approach: promises, aims, pillars, partners, notes with a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import markup, sentences
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import Row, optional, text, year

PARTS = ("aim", "pillar", "building_block")
"""Kinds of items that an approach consists of, in the order of the page."""


def of_kind(plan: Sequence[Row], kind: str) -> list[Row]:
    """Items of one kind, in the order of the plan."""
    return sorted(
        (row for row in plan if row["item_kind"] == kind), key=lambda row: row["position"]
    )


def attribution(texts: Sequence[Row], *, municipality: str) -> str | None:
    """That the source does not name the municipality, where that is so."""
    for row in texts:
        if row["subject_id"] == municipality and row["field"] == "attributed":
            return str(row["text"])
    return None


def coalition(plan: Sequence[Row]) -> str | None:
    """Who works together, in a sentence; None where metrics.yaml does not say."""
    return next((text(row, "text") for row in of_kind(plan, "coalition")), None)


def to_discuss(
    plan: Sequence[Row], *, next_wave: int | None, new_years: Sequence[int], words: Words
) -> Markup:
    """What a meeting can be about: new figures first, else the approach itself."""
    if new_years:
        title = words("pages.approach.discuss.new", years=words.format_years(new_years))
        return _block(title, [words("pages.approach.discuss.look_first")])
    title = words("pages.approach.discuss.title")
    if next_wave is not None:
        title = words("pages.approach.discuss.title_until", year=words.format_year(next_wave))
    kinds = [kind for kind in PARTS if of_kind(plan, kind)] or ["none"]
    questions = [words(f"pages.approach.discuss.{kinds[-1]}")]
    questions += [words(f"pages.approach.discuss.{name}") for name in ("reached", "know")]
    return _block(title, questions)


def _block(title: str, lines: Sequence[str]) -> Markup:
    said = markup.heading(2, title) + markup.lines(lines)
    return markup.element("section", said, class_="dm dm-talk")


def promises(
    targets: Sequence[Row], *, notes: Sequence[Row], links: Mapping[str, str], words: Words
) -> Markup:
    """Every target with its literal words, its notes, and the way to its page (`links`, by id)."""
    if not targets:
        return markup.EMPTY
    items = markup.joined(
        markup.element("li", _promise(row, notes=notes, links=links, words=words))
        for row in targets
    )
    said = markup.heading(2, words("pages.approach.promises"))
    return markup.element(
        "section", said + markup.element("ul", items, class_="dm-items"), class_="dm dm-section"
    )


def _promise(row: Row, *, notes: Sequence[Row], links: Mapping[str, str], words: Words) -> Markup:
    title = markup.titled_link(sentences.target_title(row, words), links[row["target_id"]])
    said, source = text(row, "quote"), text(row, "source")
    quote = markup.quote(said, source=source) if said else markup.EMPTY
    if not said and source:
        named = markup.text(f"{words('pages.approach.source')} ") + markup.element(
            "span", markup.text(source), lang="nl"
        )
        quote = markup.element("p", named, class_="dm-small")
    head = markup.element("strong", title)
    return head + quote + notes_about(notes, about=row["target_id"], words=words)


def parts(plan: Sequence[Row], *, words: Words) -> Markup:
    """Aims, pillars and building blocks, each with the notes about it."""
    notes = of_kind(plan, "note")
    sections = []
    for kind in PARTS:
        items = of_kind(plan, kind)
        if items:
            listed = markup.joined(_part(row, notes=notes, words=words) for row in items)
            said = markup.heading(2, words(f"pages.approach.kinds.{kind}"))
            said += markup.element("ul", listed, class_="dm-items")
            sections.append(markup.element("section", said, class_="dm dm-section"))
    return markup.joined(sections)


def _part(row: Row, *, notes: Sequence[Row], words: Words) -> Markup:
    title = markup.element("strong", markup.text(str(row["text"])))
    return markup.element("li", title + notes_about(notes, about=row["item_id"], words=words))


def notes_about(notes: Sequence[Row], *, about: str | None, words: Words) -> Markup:
    """Notes about one item, newest first, each with its day; `None`: about everything."""
    wanted = [note for note in notes if optional(note, "about") == about]
    if not wanted:
        return markup.EMPTY
    ordered = sorted(wanted, key=lambda note: (_day(note), -note["position"]), reverse=True)
    items = markup.joined(markup.element("li", _note(note, words)) for note in ordered)
    return markup.element("ul", items, class_="dm-notes")


def _note(note: Row, words: Words) -> Markup:
    day = _day(note)
    when = markup.element("time", markup.text(words.format_date(day)), datetime=day.isoformat())
    return when + markup.text(f" {note['text']}")


def _day(note: Row) -> date:
    """Day of a note; a database hands over a moment."""
    day: date = note["noted_on"].date() if hasattr(note["noted_on"], "date") else note["noted_on"]
    return day


def people(plan: Sequence[Row], *, words: Words) -> Markup:
    """When the coalition meets, and who takes part."""
    meetings, partners = of_kind(plan, "meeting"), of_kind(plan, "partner")
    columns = []
    if meetings:
        said = markup.heading(2, words("pages.approach.meetings"))
        columns.append(said + markup.lines([str(row["text"]) for row in meetings]))
    if partners:
        said = markup.heading(2, words("pages.approach.partners"))
        columns.append(said + markup.lines([str(row["text"]) for row in partners]))
    if not columns:
        return markup.EMPTY
    inside = markup.joined(markup.element("div", column) for column in columns)
    return markup.element("section", inside, class_="dm dm-two dm-apart")


def general_notes(plan: Sequence[Row], *, words: Words) -> Markup:
    """Notes about everything, and where a note is added."""
    notes = notes_about(of_kind(plan, "note"), about=None, words=words)
    said = markup.heading(2, words("pages.approach.notes")) + notes
    said += markup.instruction(words("pages.approach.add_note"), class_="dm-explained")
    return markup.element("section", said, class_="dm dm-section")


def next_wave(build: Row) -> int | None:
    """Year of the next regular measurement."""
    return year(build, "next_wave_year")
