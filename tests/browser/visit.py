"""A visitor with a real browser, who notices what is wrong on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.install import find_browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

HARMLESS_404 = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")
"""A page below the root asks for these under its own path first, to find the root."""

WITHOUT_ALTERNATIVE = """elements => elements
  .filter(e => e.getClientRects().length && !e.closest('[aria-hidden=true]'))
  .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')
                 || e.getAttribute('alt') || e.querySelector(':scope > title')))
  .map(e => e.outerHTML.slice(0, 160))"""
"""Of the elements given, those that can be seen and say nothing to who cannot."""

CHART = ".stPlotlyChart"

SEEN = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || !parent.getClientRects().length) continue;
    if (parent.closest('script, style, pre, [data-testid=stIconMaterial]')) continue;
    said.push([parent.closest('[lang]').lang, node.textContent.trim()]);
  }
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const text = e.getAttribute(name);
      if (text && e.getClientRects().length) said.push([e.closest('[lang]').lang, text]);
    }
  }
  return said;
}"""
"""Every text a visitor meets, with the language it is marked as."""


@dataclass
class Visit:
    """One open page, with the complaints it wrote to the console."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Load an address and wait until the page is complete."""
        self.page.goto(address)
        self.wait()

    def wait(self) -> None:
        """Wait until the run has ended and every part of the page is there, to its foot."""
        settled = "[data-testid=stApp][data-test-script-state=notRunning]"
        self.page.locator(settled).wait_for()
        self.page.locator(".dm-foot").wait_for()
        waiting = self.page.locator("[data-testid=stSkeleton]")
        expect(waiting).to_have_count(0, timeout=30_000)

    def drawn(self) -> None:
        """Wait until every chart of the page is drawn."""
        for chart in self.page.locator(CHART).all():
            chart.locator(".main-svg").first.wait_for()

    def unfold(self) -> None:
        """Open everything that is folded, so that what is inside counts too."""
        self.page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        expect(self.page.locator("details[open] .dm-later:empty")).to_have_count(0)

    def hears(self, message: ConsoleMessage) -> None:
        """Keep what the console complains about, but for the two harmless questions."""
        address = message.location.get("url", "")
        if message.type == "error" and not HARMLESS_404.search(address):
            self.complaints.append(f"{message.text} ({address})")

    @property
    def exceptions(self) -> list[str]:
        """Boxes in which the framework shows an error."""
        return self.page.locator(".stException, [data-testid=stException]").all_inner_texts()

    @property
    def without_alternative(self) -> list[str]:
        """Charts and images that say nothing to who cannot see them."""
        marks = "img, svg[role=img], .stPlotlyChart"
        return list(self.page.eval_on_selector_all(marks, WITHOUT_ALTERNATIVE))

    def words(self, language: str) -> str:
        """All texts that are marked as of a language."""
        return " | ".join(text for marked, text in self.page.evaluate(SEEN) if marked == language)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run a headless browser until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(browser: Browser, **look: object) -> Iterator[Visit]:
    """Open an empty page in a fresh session; `look` is what a browser context takes."""
    context = browser.new_context(**look)  # type: ignore[arg-type]
    visit = Visit(context.new_page())
    visit.page.on("console", visit.hears)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    try:
        yield visit
    finally:
        context.close()
