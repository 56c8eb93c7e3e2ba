"""The meeting paper: one A4 page with the picture of a municipality, one with the explanation.

Print-ready HTML, and PDF/UA through WeasyPrint: tagged, with its language and alternative texts.
Colour says nothing that icon, words and outline do not say, so a black-and-white print is complete.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from dashboard import markup
from dashboard.dossier import Dossier
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.paper_parts import explanation, picture

STYLE = Path(__file__).parent / "static" / "paper.css"
STEPS = (1.12, 1.06, 1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64)
"""Sizes of letters on a page; below the last they would be smaller than 6 points."""
READABLE = 0.88
"""Size of letters where a page takes several sheets anyway: small ones would save nothing."""


class PangoMissingError(Exception):
    """WeasyPrint cannot be loaded on this machine."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            "The library Pango is missing on this machine: PDF of the meeting paper needs it. "
            "Install it (Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0; "
            "Windows and macOS: see the installation page of WeasyPrint), "
            f"or print the HTML paper from a browser. ({cause})"
        )


PANGO = ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll")
"""Names of the library on Linux, macOS and Windows."""


@lru_cache(maxsize=1)
def can_print() -> bool:
    """Whether this machine has Pango, told without the time that WeasyPrint takes to load."""
    return any(_can_load(name) for name in PANGO)


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@dataclass(frozen=True)
class Sizes:
    """Letter size of the two pages, as a share of the largest."""

    picture: float = 1.0
    explanation: float = 1.0


def paper_html(dossier: Dossier, *, words: Words, sizes: Sizes | None = None) -> str:
    """The paper as one HTML file that needs nothing else; it prints on two A4 pages."""
    sizes = sizes or Sizes()
    pages = [
        _page("picture", picture(dossier, words=words), size=sizes.picture),
        _page("explanation", explanation(dossier, words=words), size=sizes.explanation),
    ]
    return _html(markup.joined(pages), head=_head(dossier, words=words), words=words)


def _html(pages: Markup, *, head: Markup, words: Words) -> str:
    body = markup.element("body", markup.element("main", pages))
    inside = markup.element("head", head) + body
    return "<!DOCTYPE html>\n" + markup.element("html", inside, lang=words.language)


def _head(dossier: Dossier, *, words: Words) -> Markup:
    """Title, what the paper is and where it comes from, and its style."""
    title = words("exports.paper.document", place=dossier.name)
    parts = [
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        _meta("author", words("pages.frame.site_name")),
        _meta("description", words("exports.paper.about", build=dossier.build_id)),
        _meta("generator", f"Doelmonitor {dossier.build_id}"),
        markup.element("title", markup.text(title)),
        _style(),
        _sheet_mark(dossier),
    ]
    return markup.joined(parts)


def _style() -> Markup:
    return markup.element("style", Markup(STYLE.read_text(encoding="utf-8")))


def _sheet_mark(dossier: Dossier) -> Markup:
    """Municipality, build and number at the foot of every sheet: loose sheets stay known."""
    said = _css_string(f"{dossier.name} · {dossier.build_id} · ")
    rule = f'@page {{ @bottom-right {{ content: {said} counter(page) "/" counter(pages); }} }}'
    return markup.element("style", Markup(rule))


def _css_string(said: str) -> str:
    """Text as a CSS string; signs that end it, or the element around it, as their numbers."""
    safe = "".join(f"\\{ord(c):x} " if c in '"\\<>&' or ord(c) < 32 else c for c in said)
    return f'"{safe}"'


def paper_pdf(dossier: Dossier, *, words: Words) -> bytes:
    """The paper as tagged PDF; PangoMissingError where WeasyPrint cannot work."""
    return _fitted(dossier, words=words)[0]


def fitted_html(dossier: Dossier, *, words: Words) -> str:
    """The HTML at the letter sizes at which each page fits, as far as this machine can tell."""
    try:
        sizes = _fitted(dossier, words=words)[1]
    except PangoMissingError:
        sizes = Sizes()
    return paper_html(dossier, words=words, sizes=sizes)


def _fitted(dossier: Dossier, *, words: Words) -> tuple[bytes, Sizes]:
    """PDF with each page at the largest size at which it fits on one sheet."""
    sizes = Sizes(
        picture=_largest("picture", picture(dossier, words=words), words=words),
        explanation=_largest("explanation", explanation(dossier, words=words), words=words),
    )
    document = _laid_out(paper_html(dossier, words=words, sizes=sizes))
    return document.write_pdf(pdf_variant="pdf/ua-1"), sizes


def _largest(name: str, content: Markup, *, words: Words) -> float:
    """The largest size at which a page takes one sheet, found by halving; else a readable one."""
    too_large, fits = -1, len(STEPS)
    while fits - too_large > 1:
        middle = (fits + too_large) // 2
        if _fits(name, content, size=STEPS[middle], words=words):
            fits = middle
        else:
            too_large = middle
    return STEPS[fits] if fits < len(STEPS) else READABLE


def _fits(name: str, content: Markup, *, size: float, words: Words) -> bool:
    """Whether a page takes one sheet at a size."""
    page = _html(_page(name, content, size=size), head=_style(), words=words)
    return len(_laid_out(page).pages) == 1


def _laid_out(page: str) -> Any:
    """The document laid out on sheets by WeasyPrint, which may fetch nothing."""
    try:
        import weasyprint
    except OSError as missing:
        raise PangoMissingError(str(missing).splitlines()[0]) from missing
    nothing_from_elsewhere = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    html = weasyprint.HTML(string=page, url_fetcher=nothing_from_elsewhere)
    return html.render(font_config=_letters())


@lru_cache(maxsize=1)
def _letters() -> Any:
    """The letters of this machine, looked up once: each look-up keeps memory of its own."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _page(name: str, content: Markup, *, size: float) -> Markup:
    return markup.element("section", content, id=name, class_="page", style=f"--size: {size}")


def _meta(name: str, content: str) -> Markup:
    return Markup(f'<meta name="{name}" content="{escape(content)}">')
