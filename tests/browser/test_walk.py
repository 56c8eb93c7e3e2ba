"""A walk through the dashboard as `make run` starts it, with a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from dashboard.navigation import PAGES
from tests.browser.visit import Visit, visiting
from tests.serving import Dashboard

pytestmark = pytest.mark.xdist_group("browser")

MUNICIPALITIES = {"Westland": "GM1783", "Hardenberg": "GM0160", "Heemstede": "GM0397"}
MUNICIPALITIES |= {"Barendrecht": "GM0489"}
ENGLISH = re.compile(
    r"\b(the|and|with|figures|target|measurement|lonely|close|skip to|expand|collapse|choose an|"
    r"search|loading|running|link to|fullscreen|streamlit)\b|\| Open \|",
    re.I,
)
DUTCH = re.compile(r"\b(het|een|niet|cijfers?|doel|meting|eenzaam|kies|sluiten|openen)\b", re.I)
FOREIGN = {"nl": ENGLISH, "en": DUTCH}
NAMES = re.compile(
    r"https?://\S+|"
    r"“[^”]*”|Open SDG|Open stip|GGD'en|Gezondheids\w+[^|.]*|jeugdmonitor|Het Hogeland|"
    r"E[eé]n tegen Eenzaamheid|Samen tegen Eenzaamheid|Nederlands|English",
    re.I,
)
"""What keeps its own language: addresses, quotations, names, the switch to the other one."""


def check(visit: Visit, language: str) -> None:
    """Hold what is true of every page in the browser."""
    assert visit.exceptions == []
    assert visit.complaints == []
    assert visit.without_alternative == []
    assert visit.page.evaluate("document.documentElement.lang") == language
    assert visit.page.locator("h1").count() == 1
    said = NAMES.sub("", visit.words(language))
    assert FOREIGN[language].findall(said) == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", MUNICIPALITIES.values(), ids=MUNICIPALITIES)
def test_the_walk_over_all_pages(
    dashboard: Dashboard, browser: Browser, code: str, language: str
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/?gemeente={code}&taal={language}")
        check(visit, language)
        links = visit.page.locator(".dm-pages a")
        assert links.count() >= len(PAGES) - 1  # one is there only where figures are
        for index in range(links.count()):
            title = links.nth(index).inner_text()
            links.nth(index).click()
            expect(visit.page).to_have_title(re.compile(rf" – {re.escape(title)} – "))
            expect(visit.page).to_have_url(re.compile(rf"/[a-z-]*\?gemeente={code}"))
            current = visit.page.locator('.dm-pages a[aria-current="page"]')
            expect(current).to_have_text(title)
            visit.wait()
            check(visit, language)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_opens_at_once_on_its_own_address(
    dashboard: Dashboard, browser: Browser, page: object
) -> None:
    path = getattr(page, "path", "")
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/{path}?gemeente=GM1783&taal=nl")
        check(visit, "nl")


def test_the_chooser_leads_to_a_municipality_and_back_however_soon(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/")
        check(visit, "nl")
        for _ in range(5):  # back before the page is complete, which once chose the first of a list
            visit.page.locator(".dm-choices a", has_text="Heemstede").click()
            expect(visit.page.locator("h1")).to_have_text("Heemstede")
            visit.page.go_back()
            expect(visit.page.locator("h1")).to_have_text(
                "Halen gemeenten hun doelen tegen eenzaamheid?"
            )


def test_a_target_is_two_clicks_away_and_the_way_back_is_the_same(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/?gemeente=GM1783&taal=nl")
        visit.page.evaluate("window.still_the_same_document = true")
        visit.page.locator(".dm-target", has_text="65 jaar en ouder").locator(".dm-more a").click()
        expect(visit.page.locator("h1")).to_contain_text("65 jaar en ouder: van 44% naar 36%")
        expect(visit.page).to_have_title(
            re.compile(r"^Westland – .*65 jaar en ouder: van 44% naar 36%.* – Doel – ")
        )
        expect(visit.page).to_have_url(re.compile("doel=westland-65-plus"))
        assert visit.page.evaluate("window.still_the_same_document") is True
        visit.page.go_back()
        expect(visit.page.locator("h1")).to_have_text("Westland")


def test_the_field_finds_a_municipality_by_a_part_of_its_name(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/?gemeente=GM1783&taal=nl")
        field = visit.page.get_by_role("combobox", name="Gemeente")
        field.click()
        field.fill("gravenh")
        visit.page.get_by_role("option", name="'s-Gravenhage").click()
        expect(visit.page.locator("h1")).to_have_text("'s-Gravenhage")
        expect(visit.page).to_have_url(re.compile("gemeente=GM0518"))
        visit.page.go_back()
        expect(visit.page.locator("h1")).to_have_text("Westland")
        expect(field).to_have_value("Westland")


def test_the_language_switch_keeps_the_view_and_turns_the_document(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/doel?gemeente=GM1783&doel=westland-65-plus&taal=nl")
        visit.page.get_by_role("link", name="English").click()
        expect(visit.page.locator("html")).to_have_attribute("lang", "en")
        visit.wait()
        check(visit, "en")
        expect(visit.page).to_have_url(re.compile("/doel.*doel=westland-65-plus.*taal=en"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_scrolls_sideways_at_320_pixels(
    dashboard: Dashboard, browser: Browser, page: object
) -> None:
    small = {"viewport": {"width": 320, "height": 640}}
    with visiting(browser, **small) as visit:
        visit.open(f"{dashboard.address}/{getattr(page, 'path', '')}?gemeente=GM1783&taal=nl")
        main = visit.page.locator("[data-testid=stMain]")
        widths = main.evaluate("e => [e.scrollWidth, e.clientWidth, document.body.scrollWidth]")
        assert widths == [320, 320, 320]


@pytest.mark.parametrize("path", ["?gemeente=GM0518", "gegevens?gemeente=GM1783"])
def test_a_table_of_figures_shows_its_percentages_at_320_pixels(
    dashboard: Dashboard, browser: Browser, path: str
) -> None:
    with visiting(browser, viewport={"width": 320, "height": 640}) as visit:
        visit.open(f"{dashboard.address}/{path}&taal=nl")
        table = visit.page.locator(".dm-table").first
        edge = table.evaluate("e => e.getBoundingClientRect().right")
        shown = table.locator("td:nth-child(4)", has_text="%").all()
        assert shown
        for cell in shown:
            words = cell.evaluate(WORDS)
            assert words["right"] <= edge
            assert words["left"] >= cell.evaluate(BEFORE)["right"]


WORDS = """e => { const r = document.createRange(); r.selectNodeContents(e);
  return r.getBoundingClientRect().toJSON(); }"""
"""Where the words of a cell stand."""

BEFORE = WORDS.replace("(e)", "(e.previousElementSibling)")
"""Where those of the cell before it stand."""


LETTERS = """drawn => Math.min(...[...drawn.querySelectorAll('text')].map(
  text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
"""Pixels of the smallest letter in a drawing, as it stands on the screen."""


@pytest.mark.parametrize(
    ("width", "mode", "least"),
    [
        (1280, "", 13),
        (1080, "", 13),
        (390, "", 13),
        (320, "", 11.5),
        (1280, "&weergave=overleg", 16.25),
    ],
)
def test_letters_in_small_charts_can_be_read_and_grow_for_a_projector(
    dashboard: Dashboard, browser: Browser, width: int, mode: str, least: float
) -> None:
    with visiting(browser, viewport={"width": width, "height": 720}) as visit:
        visit.open(f"{dashboard.address}/?gemeente=GM1783&taal=nl{mode}")
        drawings = visit.page.locator(".dm-target svg")
        expect(drawings).to_have_count(3)
        assert min(each.evaluate(LETTERS) for each in drawings.all()) >= least


def test_paper_has_the_page_without_its_side_column_and_buttons(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/doel?gemeente=GM1783&taal=nl")
        visit.page.emulate_media(media="print")
        expect(visit.page.locator("h1")).to_be_visible()
        for left_out in ("stSidebar", "stHeader"):
            expect(visit.page.get_by_test_id(left_out)).to_be_hidden()
        expect(visit.page.locator(".dm-copy button").first).to_be_hidden()


def test_a_hostile_address_of_100_kilobytes_gets_the_usual_view_and_a_notice(
    dashboard: Dashboard, browser: Browser
) -> None:
    evil = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E" * 2_500
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/?gemeente={evil}&taal=nl&taal=nl")
        notice = visit.page.locator(".dm-notice")
        expect(notice).to_contain_text("Een deel van dit webadres kennen we niet")
        assert visit.page.locator("img[src=x]").count() == 0
        assert visit.exceptions == []


def test_the_text_with_its_source_is_copied(dashboard: Dashboard, browser: Browser) -> None:
    allowed = {"permissions": ["clipboard-read", "clipboard-write"]}
    with visiting(browser, **allowed) as visit:
        visit.open(f"{dashboard.address}/doel?gemeente=GM1783&doel=westland-65-plus&taal=nl")
        button = visit.page.get_by_role("button", name="Kopieer tekst met bron")
        button.click()
        expect(visit.page.get_by_role("button", name="Gekopieerd")).to_be_visible()
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert "48,7%" in copied
        assert "50090NED" in copied


def test_small_charts_are_in_their_cards_and_stay_there(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/?gemeente=GM1783")
        drawings = visit.page.locator(".dm-target svg[role=img]")
        for _ in range(2):
            expect(drawings).to_have_count(3)
            for drawing in drawings.all():
                assert drawing.bounding_box()["width"] > 250
                assert drawing.locator("title").text_content()
                expect(drawing.locator("text").first).to_be_visible()
            visit.page.get_by_role("link", name="Aanpak").first.click()
            expect(visit.page.locator("h1")).to_have_text("Aanpak")
            visit.page.go_back()
            visit.wait()


def test_the_table_of_a_chart_comes_when_it_is_opened(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser) as visit:
        visit.open(f"{dashboard.address}/vergelijken?gemeente=GM1783")
        folded = visit.page.locator("details.dm-folded", has_text="Als tabel").last
        assert folded.locator("tr").count() == 0
        folded.locator("summary").click()
        expect(folded.get_by_role("rowheader", name="Westland")).to_be_visible()
        assert folded.locator("tbody tr").count() > 300
