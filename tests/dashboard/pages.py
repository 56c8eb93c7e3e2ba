"""A page as a visitor gets it, without a browser: its markup, its words, its errors."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"
UNCLOSED = {"br", "circle", "rect", "path", "line", "polygon", "polyline", "input", "img", "meta"}


class Reader(HTMLParser):
    """Collects headings, links, anchors, and the words with the language they are marked as."""

    def __init__(self, language: str | None = None) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.words: list[tuple[str | None, str]] = []
        self._open: list[tuple[str, str | None]] = [("", language)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if given.get("id"):
            self.anchors.append(str(given["id"]))
        if tag not in UNCLOSED:
            marked = "code" if tag == "pre" else given.get("lang")
            self._open.append((tag, marked or self._open[-1][1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing opens that does not close."""

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1][0] not in ("style", "script"):
            self.words.append((self._open[-1][1], data.strip()))


def in_place(markup: str) -> str:
    """Markup with what comes later in its place, where the script of the page puts it."""
    return re.sub(r'(?<= data-later=)"([^"]*)">', lambda found: f'"">{unquote(found[1])}', markup)


class Page:
    """What one run of the dashboard sent."""

    def __init__(self, run: AppTest, *, language: str) -> None:
        self.run, self.language = run, language
        self.errors = [error.message for error in run.exception]
        self.markup = "\n".join(
            [in_place(element.proto.body) for element in run.get("html")]
            + [element.value for element in run.markdown]
        )
        reader = Reader(language)
        reader.feed(self.markup.replace("<wbr>", ""))  # a place to break, not a space
        self.headings, self.links, self.anchors = reader.headings, reader.links, reader.anchors
        self.text = " ".join(words for _, words in reader.words)
        self.own_text = " ".join(words for marked, words in reader.words if marked == language)
        self.alternatives = [element.proto.alt for element in run.get("plotly_chart")]

    def unfolded(self) -> Page:
        """The page with every row of files opened."""
        for box in self.run.expander:
            self.run.session_state[box.proto.id.split("-", 2)[2]] = True
        return Page(self.run.run(), language=self.language)


def open_page(
    warehouse: Path, page: str, *, monkeypatch: pytest.MonkeyPatch, **address: str
) -> Page:
    """Run a page of the dashboard with an address, as a new visitor."""
    monkeypatch.setenv("DOELMONITOR_WAREHOUSE", str(warehouse))
    run = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in address.items():
        run.query_params[name] = value
    run.run()
    if page != "overview":  # the pages are known only after a first run
        run.switch_page(f"views/{page}.py").run()
    return Page(run, language=address.get("taal", "nl"))
