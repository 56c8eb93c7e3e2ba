"""Texts of producers and editors stay texts: they never become markup, a link or a script."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from dashboard.navigation import PAGES
from tests.browser.visit import visiting
from tests.dashboard.pages import open_page
from tests.security.hostile import hostile_copy
from tests.serving import Dashboard, serving

NAMES = [page.name for page in PAGES]
EXECUTABLE = {"script", "iframe", "object", "embed", "img", "meta", "base", "link", "style"}


class Suspicions(HTMLParser):
    """Collects tags and attributes that can run something or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EXECUTABLE:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            scheme = (value or "").strip().lower().split(":")[0]
            if name.startswith("on") or scheme in ("javascript", "vbscript"):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def hostile(warehouse: Path, shared_folder: Path) -> Path:
    """Return a build with hostile texts, made once for all workers."""
    folder = shared_folder / "hostile"
    with FileLock(shared_folder / "hostile.lock"):
        if not (folder / "current.json").exists():
            return hostile_copy(warehouse, folder)
    return folder


@pytest.mark.parametrize(
    ("page", "language"), [*((name, "nl") for name in NAMES), ("overview", "en"), ("about", "en")]
)
def test_no_page_turns_a_text_into_markup(
    hostile: Path, page: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = open_page(hostile, page, monkeypatch=monkeypatch, gemeente="GM1783", taal=language)
    suspicions = Suspicions()
    suspicions.feed(shown.markup)

    assert shown.errors == []
    assert suspicions.found == []
    assert "<script>window.hacked=1</script>" in suspicions.text  # shown, as the text it is


@pytest.fixture(scope="module")
def served(hostile: Path) -> Iterator[Dashboard]:
    """Serve the build with hostile texts."""
    with serving(hostile) as dashboard:
        yield dashboard


@pytest.mark.xdist_group("server")
@pytest.mark.parametrize("path", ["", "doel", "vergelijken", "over-de-cijfers"])
def test_nothing_runs_in_a_browser(served: Dashboard, browser: Browser, path: str) -> None:
    with visiting(browser) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.open(f"{served.address}/{path}?gemeente=GM1783")
        links = visit.page.eval_on_selector_all("a[href]", "found => found.map(a => a.href)")

        assert visit.page.evaluate("window.hacked") is None
        assert visit.page.locator("iframe, img[src='x'], svg[onload], [onmouseover]").count() == 0
        assert [link for link in links if link.startswith("javascript")] == []
        assert [url for url in asked if not url.startswith((served.address, "data:"))] == []
        assert "window.hacked=1" in visit.page.locator("body").inner_text()
