"""No English hides in the Dutch pages: in lists, labels, tooltips, or in what is said aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.variants import Address, address_of, pages_of
from tests.browser.visit import Visit, visiting
from tests.serving import Dashboard

pytestmark = pytest.mark.xdist_group("dutch")

LAPTOP = {"viewport": {"width": 1280, "height": 900}}

SAID = """async () => {
  // labels of the framework are put into Dutch in the next frame
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const said = [], skipped = 'script, style, pre, [data-testid=stIconMaterial]';
  const lang = e => e.closest('[lang]').lang;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const unseen = parent.closest('[aria-hidden=true]') && !parent.getClientRects().length;
    if (node.textContent.trim() && !parent.closest(skipped) && !unseen) {
      said.push([lang(parent), node.textContent.trim()]);
    }
  }
  const names = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description',
                 'aria-roledescription', 'aria-valuetext', 'data-copied'];
  for (const name of names) {
    for (const e of document.querySelectorAll(`[${name}]`)) {
      said.push([lang(e), e.getAttribute(name)]);
    }
  }
  said.push(['nl', document.title]);
  return said.filter(([marked]) => marked === 'nl').map(each => each[1]);
}"""
"""Every text of the document that is marked as Dutch, seen or only heard."""

ENGLISH = re.compile(
    r"\b(the|and|with|without|from|for|this|that|these|are|is not|has been|you|your|"
    r"figures?|targets?|goals?|survey|edition|published|stated|year|age|source|estimates?|"
    r"percentage points?|municipality|neighbou?rhood|people|lonely|loneliness|share|"
    r"options?|available|selected|remove|clear|value|press|enter|apply|choose|search|results?|"
    r"close|dismiss|expand|collapse|skip|sidebar|fullscreen|loading|running|connecting|error|"
    r"warning|settings|upload|files?|show|hide|view|copy|copied|zoom|reset|axes|autoscale|"
    r"link to|heading|unknown|missing|none|true|false|nan|required|optional|select|all)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"https?://\S+|“[^”]*”|Healthy People|Open SDG|Open stip|Eén tegen eenzaamheid|"
    r"metrics\.yaml|data/\S+|python -m [a-z ]+|marts\.\w+|[\w/]+\.(csv|json|yaml|xlsx|parquet)|"
    r"Bergen op Zoom",
    re.IGNORECASE,
)
"""What keeps its own language: addresses, quotations, names, files, commands."""


@pytest.fixture(scope="module")
def visit(browser: Browser) -> Iterator[Visit]:
    """One window for all pages."""
    with visiting(browser, **LAPTOP) as opened:
        yield opened


def english(texts: list[str]) -> set[str]:
    """Return the texts with an English word in them."""
    return {text for text in texts if ENGLISH.search(NAMES.sub("", text))}


def open_list(visit: Visit, field: Locator) -> None:
    """Open a list with the keyboard; while another one closes, a key may go by."""
    option = visit.page.locator("[role=option]").first
    for _ in range(20):
        field.focus()
        visit.page.keyboard.press("ArrowDown")
        visit.page.wait_for_timeout(250)
        if option.is_visible():
            return
    option.wait_for()


def every_text(visit: Visit) -> list[str]:
    """Open whatever opens, type what is not there, and collect all that was said meanwhile."""
    visit.drawn()
    visit.unfold()
    texts = list(visit.page.evaluate(SAID))
    for field in visit.page.locator("input[role=combobox]").all():
        open_list(visit, field)
        texts += visit.page.evaluate(SAID)
        visit.page.keyboard.type("qqq")
        visit.page.wait_for_timeout(200)
        texts += visit.page.evaluate(SAID)
        visit.page.keyboard.press("Escape")
        visit.page.keyboard.press("Escape")
    return texts


@pytest.mark.parametrize("page", pages_of("GM1783"), ids=lambda page: page.name)
def test_a_dutch_page_says_nothing_in_english(
    dashboard: Dashboard, visit: Visit, page: Address
) -> None:
    visit.open(address_of(dashboard.address, page, language="nl"))
    texts = every_text(visit)
    assert len(texts) > 20
    assert english(texts) == set()


def test_chosen_municipalities_are_taken_away_in_dutch(dashboard: Dashboard, visit: Visit) -> None:
    visit.open(f"{dashboard.address}/vergelijken?gemeente=GM1783&vergelijk=GM0160,GM0397&taal=nl")
    texts = every_text(visit)
    assert "Hardenberg weghalen" in texts
    assert english(texts) == set()


def test_the_list_of_english_words_is_not_blind() -> None:
    assert english(["Remove Hardenberg", "338 options available.", "Cijfers als tabel"]) == {
        "Remove Hardenberg",
        "338 options available.",
    }
