"""Everybody can use every page: axe-core, the keyboard, a small screen, the right language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.variants import Address, Variant, address_of, covering
from tests.browser.visit import Visit, visiting
from tests.serving import Dashboard

pytestmark = pytest.mark.xdist_group("accessibility")

TARGET = "doel?gemeente=GM1783&doel=westland-65-plus"
LAPTOP = {"viewport": {"width": 1280, "height": 900}}

SIDEWAYS = """main => [main, ...main.querySelectorAll('*')]
  .filter(e => e.scrollWidth > e.clientWidth + 1)
  .filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
  .filter(e => !e.closest('.dm-table'))
  .map(e => `${e.className}: ${e.scrollWidth} > ${e.clientWidth}`)"""
"""What scrolls sideways on a page, but for tables, which may."""

FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const framed = e.role === 'combobox' ? e.closest('[role=group]') : e;  // the list, not its field
  const style = getComputedStyle(framed);
  return {
    name: (e.getAttribute('aria-label') || e.innerText || '').trim().split('\\n').pop(),
    framed: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
"""The name of what has the focus, whether it has a frame, and whether it is on the screen."""


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Callable[[Variant], Visit]]:
    """Return a window per variant, opened once: pages share what the browser has loaded."""
    with ExitStack() as stack:
        opened: dict[Variant, Visit] = {}

        def of(variant: Variant) -> Visit:
            if variant not in opened:
                opened[variant] = stack.enter_context(visiting(browser, **variant.look))
            return opened[variant]

        yield of


@pytest.mark.parametrize(
    ("variant", "page"),
    covering("GM1783"),
    ids=lambda each: each.name,
)
def test_a_page_breaks_no_rule(
    dashboard: Dashboard, window: Callable[[Variant], Visit], variant: Variant, page: Address
) -> None:
    visit = window(variant)
    visit.open(address_of(dashboard.address, page, language=variant.language))
    visit.drawn()
    visit.unfold()
    assert [str(each) for each in violations(visit.page)] == []
    assert visit.without_alternative == []
    assert visit.page.locator("html").get_attribute("lang") == variant.language
    assert visit.page.locator("[data-testid=stMain]").evaluate(SIDEWAYS) == []


def test_the_judge_sees_what_is_wrong(dashboard: Dashboard, browser: Browser) -> None:
    with visiting(browser, **LAPTOP) as visit:
        visit.open(f"{dashboard.address}/?taal=nl")
        visit.page.evaluate(
            "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"x.png\">')"
        )
        assert {each.rule for each in violations(visit.page)} == {"image-alt"}


def test_the_promise_on_an_english_page_is_marked_as_dutch(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser, **LAPTOP) as visit:
        visit.open(f"{dashboard.address}/{TARGET}&taal=en")
        quote = visit.page.get_by_text("het percentage matig en ernstig eenzamen").first
        assert quote.evaluate("e => e.closest('[lang]').lang") == "nl"
        assert visit.page.locator("h1").evaluate("e => e.closest('[lang]').lang") == "en"


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser, **LAPTOP) as visit:
        visit.open(f"{dashboard.address}/{TARGET}&taal=nl")
        visit.drawn()
        links = visit.page.locator(".dm-pages a").all_inner_texts()
        stops = []
        while not stops or stops[-1]["name"] != "Toegankelijkheid":
            visit.page.keyboard.press("Tab")
            stops.append(visit.page.evaluate(FOCUSED))
            assert len(stops) < 60
        names = [stop["name"] for stop in stops]
        frame = ["Naar de inhoud", "Gemeente", *links, "English", "Overlegweergave"]
        assert names[: len(frame)] == frame
        wanted = ["Kies een doel", "Cijfers als tabel", "Downloaden", "Kopieer tekst met bron"]
        assert [name for name in names if name in wanted] == wanted
        assert [stop["name"] for stop in stops if not (stop["framed"] and stop["seen"])] == []


def test_the_first_stop_skips_to_the_content(dashboard: Dashboard, browser: Browser) -> None:
    with visiting(browser, **LAPTOP) as visit:
        visit.open(f"{dashboard.address}/{TARGET}&taal=nl")
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("Tab")
        expect(visit.page.get_by_role("combobox", name="Kies een doel")).to_be_focused()


def test_municipality_page_language_and_file_are_chosen_without_a_mouse(
    dashboard: Dashboard, browser: Browser, tmp_path: Path
) -> None:
    with visiting(browser, **LAPTOP) as visit:
        page, keys = visit.page, visit.page.keyboard
        visit.open(f"{dashboard.address}/?gemeente=GM1783&taal=nl")
        page.get_by_role("combobox", name="Gemeente").focus()
        keys.type("heemst")
        expect(page.get_by_role("option")).to_have_count(1)
        keys.press("ArrowDown")
        keys.press("Enter")
        expect(page.locator("h1")).to_have_text("Heemstede")
        page.locator(".dm-pages a", has_text="Leeftijdsgroepen").focus()
        keys.press("Enter")
        expect(page.locator("h1")).to_have_text("Leeftijdsgroepen")
        said = page.locator("[role=status]", has_text="Bijgewerkt: Heemstede – Leeftijdsgroepen")
        expect(said).to_have_count(1)  # a screen reader hears what was opened
        visit.wait()
        page.locator("summary", has_text="Downloaden").first.focus()
        keys.press("Enter")
        button = page.get_by_role("button", name="CSV voor Excel (NL)").first
        button.focus()
        with page.expect_download() as started:
            keys.press("Enter")
        started.value.save_as(tmp_path / "file.csv")
        assert (tmp_path / "file.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        page.get_by_role("link", name="English").focus()
        keys.press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_municipalities_are_put_beside_ours_and_taken_away_without_a_mouse(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/vergelijken?gemeente=GM1783&taal=nl")
        field = visit.page.get_by_role("combobox", name="Zet er een gemeente naast")
        for part, code in (("hardenb", "GM0160"), ("gravenh", "GM0518")):
            field.focus()
            visit.page.keyboard.type(part)
            visit.page.keyboard.press("ArrowDown")
            visit.page.keyboard.press("Enter")
            expect(visit.page).to_have_url(re.compile(f"vergelijk=.*{code}"))
            expect(field).to_have_value("")
        beside = visit.page.get_by_role("list", name="Ernaast gezet").get_by_role("link")
        expect(beside).to_have_text(["Hardenberg×", "'s-Gravenhage×"])
        beside.first.focus()
        visit.page.keyboard.press("Enter")
        expect(beside).to_have_text(["'s-Gravenhage×"])
        expect(beside).to_be_focused()
        visit.page.keyboard.press("Enter")
        expect(beside).to_have_count(0)
        expect(field).to_be_focused()
        visit.page.go_back()
        expect(beside).to_have_text(["'s-Gravenhage×"])


def test_a_run_that_ends_after_a_link_was_followed_is_not_taken_for_the_page_it_leads_to(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser, **LAPTOP) as visit:
        visit.open(f"{dashboard.address}/?gemeente=GM1783&taal=nl")
        visit.page.evaluate("""() => {
            document.querySelector('.dm-pages a[href*="/leeftijdsgroepen"]').click();
            const app = document.querySelector('[data-test-script-state]');
            app.dataset.testScriptState = 'notRunning';
        }""")
        expect(visit.page.locator("h1")).to_have_text("Leeftijdsgroepen")
        said = visit.page.locator("[role=status]", has_text="Bijgewerkt: Westland – Leeftijdsgro")
        expect(said).to_have_count(1)


@pytest.mark.parametrize(
    ("language", "menu", "page"),
    [("nl", "Menu openen", "Vergelijken"), ("en", "Open menu", "Compare")],
)
def test_a_telephone_opens_the_pages_without_a_mouse(
    dashboard: Dashboard, browser: Browser, language: str, menu: str, page: str
) -> None:
    with visiting(browser, viewport={"width": 320, "height": 640}) as visit:
        visit.open(f"{dashboard.address}/{TARGET}&taal={language}")
        opener = visit.page.get_by_role("button", name=menu)
        opener.focus()
        visit.page.keyboard.press("Enter")
        link = visit.page.locator(".dm-pages a", has_text=page)
        expect(link).to_be_in_viewport()
        link.focus()
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("h1")).to_have_text(page)
        expect(link).not_to_be_in_viewport()
        expect(opener).to_be_focused()


@pytest.mark.parametrize("path", ["", "doel", "vergelijken"])
def test_nothing_scrolls_sideways_at_four_times_zoom(
    dashboard: Dashboard, browser: Browser, path: str
) -> None:
    zoomed = {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4}
    with visiting(browser, **zoomed) as visit:
        visit.open(f"{dashboard.address}/{path}?gemeente=GM1783&taal=nl")
        visit.drawn()
        assert visit.page.locator("[data-testid=stMain]").evaluate(SIDEWAYS) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 320


def test_zooming_in_on_an_open_page_draws_its_charts_for_the_smaller_room(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser, **LAPTOP) as visit:
        visit.open(f"{dashboard.address}/{TARGET}&taal=nl")
        expect(visit.page.locator("[class*=st-key-wide-chart]")).to_have_count(1)
        visit.page.set_viewport_size({"width": 640, "height": 450})
        expect(visit.page.locator("[class*=st-key-narrow-chart]")).to_have_count(1)
        visit.drawn()
        expect(visit.page).to_have_url(re.compile("doel=westland-65-plus"))
        assert visit.page.locator("[data-testid=stMain]").evaluate(SIDEWAYS) == []
