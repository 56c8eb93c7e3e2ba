"""How to cite: the figures as their producers published them, and the view that shows them.

Ready text, BibTeX and CSL-JSON (citation managers read one or the other). What is not known, such
as a year of publication, is left out and never guessed.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.chart_frame import ONE_BY_ONE
from dashboard.dossier import Dossier, Row
from dashboard.i18n import Words, sentence_case
from dashboard.origin import build_day, licence_of, slug
from dashboard.rows import cell, text

TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # by name: BibTeX counts braces to find the end of a field, those after a backslash too
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
"""Signs that mean something to TeX, and how they are written."""


@dataclass(frozen=True)
class Work:
    """Something to cite; None where it is not known."""

    key: str
    kind: str
    """Type in CSL: dataset or webpage."""
    author: str
    title: str
    issued: dt.date | None
    accessed: dt.date | None
    edition: str | None
    url: str | None
    licence: str | None
    language: str
    """Language of the work itself: the producers publish in Dutch."""


def figure_works(sources: Sequence[Row]) -> list[Work]:
    """A work per loaded series and edition, from rows of marts.sources."""
    works: dict[tuple[str, str], Work] = {}
    for row in sources:
        retrieved = cell(row, "retrieved_at")
        works[row["series_id"], row["edition"]] = Work(
            key=slug(f"{row['series_id']} {row['edition']}"),
            kind="dataset",
            author=text(row, "producer") or str(row["series_id"]),
            title=str(row["title"]),
            issued=None,
            accessed=None if retrieved is None else retrieved.date(),
            edition=str(row["edition"]),
            url=text(row, "url"),
            licence=text(row, "licence"),
            language="nl",
        )
    return list(works.values())


def used_works(dossier: Dossier) -> list[Work]:
    """Works behind the figures of a municipality."""
    used = set(dossier.figures["series_id"]) | set(dossier.verdicts.get("series_id", ()))
    rows: list[Row] = dossier.sources.to_dict("records")  # type: ignore[assignment]
    return figure_works([row for row in rows if row["series_id"] in used])


def view_work(dossier: Dossier, *, words: Words, url: str | None = None) -> Work:
    """The view of a municipality in this build; `url` reopens it, where it is known."""
    day = build_day(dossier.build_id)
    known = re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    return Work(
        key=slug(f"doelmonitor {dossier.name} {dossier.build_id}"),
        kind="webpage",
        author=words("exports.cite.author"),
        title=words("exports.cite.view", place=dossier.name),
        issued=dt.date.fromisoformat(day) if known else None,
        accessed=None,
        edition=dossier.build_id,
        url=url,
        licence=None,
        language=words.language,
    )


def view_text(dossier: Dossier, *, words: Words, url: str | None = None) -> str:
    """The view as a reference in a text."""
    return citation_text(view_work(dossier, words=words, url=url), words=words)


def citation_texts(works: Sequence[Work], *, words: Words) -> str:
    """The works as references in a text, one on a line."""
    return "\n".join(citation_text(work, words=words) for work in works)


def citation_text(work: Work, *, words: Words) -> str:
    """One reference as it stands in a list of literature."""
    issued = words.format_date(work.issued) if work.issued else words("exports.cite.undated")
    named = _edition(work)
    edition = words(f"exports.cite.named.{work.kind}", name=named) if named else ""
    retrieved = (
        words("exports.cite.retrieved", day=words.format_date(work.accessed))
        if work.accessed
        else ""
    )
    licence = sentence_case(licence_of([work.licence], words=words))
    parts = [f"{work.author} ({issued}). {work.title}", edition, licence, retrieved]
    said = ". ".join(part for part in parts if part) + "."
    # no full stop after an address: it would be copied along with it
    return f"{said} {work.url}" if work.url else said


def _edition(work: Work) -> str | None:
    """The edition, where the figures came as one: not one by one from publications."""
    return None if work.edition == ONE_BY_ONE else work.edition


def bibtex(works: Sequence[Work], *, words: Words) -> str:
    """The works as BibTeX entries, safe for any character in a title."""
    return "\n".join(_entry(work, words=words) for work in works)


def csl_json(works: Sequence[Work], *, words: Words) -> str:
    """The works as CSL-JSON, a list of items."""
    items = [_item(work, words=words) for work in works]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _entry(work: Work, *, words: Words) -> str:
    fields = {
        "author": f"{{{_tex(work.author)}}}",  # a group of people: not a surname and initials
        "title": f"{{{_tex(work.title)}}}",
        "year": str(work.issued.year) if work.issued else None,
        "edition": _tex(_edition(work)),
        "url": work.url,
        "urldate": work.accessed.isoformat() if work.accessed else None,
        "note": _tex(licence_of([work.licence], words=words)),
        "language": {"nl": "dutch", "en": "english"}[work.language],
    }
    lines = [f"  {name} = {{{said}}}," for name, said in fields.items() if said]
    return "\n".join([f"@misc{{{work.key},", *lines, "}", ""])


def _tex(said: str | None) -> str | None:
    return None if said is None else "".join(TEX.get(sign, sign) for sign in said)


def _item(work: Work, *, words: Words) -> dict[str, object]:
    known = {
        "id": work.key,
        "type": work.kind,
        "author": [{"literal": work.author}],
        "title": work.title,
        "issued": _date_parts(work.issued),
        "accessed": _date_parts(work.accessed),
        "version": _edition(work),
        "URL": work.url,
        "note": licence_of([work.licence], words=words) or None,
        "language": work.language,
    }
    return {name: said for name, said in known.items() if said is not None}


def _date_parts(day: dt.date | None) -> dict[str, object] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}
