"""On a server without a browser the visitor's own browser saves a chart as SVG and PNG."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.serving import Dashboard, serving

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def without_browser(warehouse: Path) -> Iterator[Dashboard]:
    """Start a dashboard that finds no browser on its machine."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("BROWSER_PATH", "/nowhere/chromium")
        with serving(warehouse) as running:
            yield running


@pytest.fixture
def page(browser: Browser, without_browser: Dashboard) -> Iterator[Page]:
    """Open the chart of a target."""
    visited = browser.new_page(viewport={"width": 1280, "height": 1000})
    address = "/doel?gemeente=GM1783&doel=westland-severely-lonely&taal=nl"
    visited.goto(without_browser.address + address)
    expect(visited.locator(".js-plotly-plot svg.main-svg").first).to_be_visible(timeout=30_000)
    yield visited
    visited.close()


def saved(page: Page, label: str) -> tuple[str, bytes]:
    """Choose a button; name and content of the file that comes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_the_visitor_saves_a_complete_drawing(page: Page) -> None:
    name, content = saved(page, "Grafiek opslaan als SVG")
    assert name.startswith("westland-severely-lonely-50090ned-")
    assert name.endswith(".svg")
    root = ElementTree.fromstring(content)  # noqa: S314 - drawn by ourselves
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for part in ("Sterk eenzaam", "Westland 9,6%", "doel 4%", "CC BY 4.0", "Doelmonitor 20"):
        assert part in said
    assert b"http://localhost" not in content


def test_the_visitor_saves_a_picture_with_white_around_it(page: Page) -> None:
    name, content = saved(page, "Grafiek opslaan als PNG")
    assert name.endswith(".png")
    picture = Image.open(io.BytesIO(content)).convert("L")
    shown = page.locator(".js-plotly-plot svg.main-svg").first.bounding_box()
    assert shown is not None
    assert picture.size == (round(2 * (shown["width"] + 48)), round(2 * (shown["height"] + 48)))
    edge = [picture.getpixel((x, y)) for x in range(40) for y in range(0, picture.height, 10)]
    assert set(edge) == {255}
    assert picture.getextrema()[0] < 60


def test_on_a_dark_screen_the_file_is_white_and_the_page_says_what_is_missing(
    browser: Browser, without_browser: Dashboard
) -> None:
    visited = browser.new_page(viewport={"width": 1280, "height": 1000}, color_scheme="dark")
    address = "/doel?gemeente=GM1783&doel=westland-severely-lonely&taal=nl"
    visited.goto(without_browser.address + address)
    expect(visited.locator(".js-plotly-plot svg.main-svg").first).to_be_visible(timeout=30_000)
    expect(visited.get_by_text("ontbreken hier PDF en PNG voor een dia")).to_be_visible()
    _, content = saved(visited, "Grafiek opslaan als SVG")
    assert b"rgb(20, 23, 28)" not in content
    assert b"rgb(26, 26, 26)" in content
    _, content = saved(visited, "Grafiek opslaan als PNG")
    picture = Image.open(io.BytesIO(content)).convert("L")
    assert picture.getpixel((0, 0)) == 255
    assert sum(picture.histogram()[200:]) > 0.9 * picture.width * picture.height
    visited.close()


def test_figures_are_downloads_of_the_server_all_the_same(page: Page) -> None:
    page.get_by_text("Downloaden", exact=True).first.click()
    name, content = saved(page, "CSV voor Excel (NL)")
    assert name.endswith("-excel.csv")
    assert content.startswith(b"\xef\xbb\xbfregion_name;")
    expect(page.get_by_role("button", name="PNG voor een dia (16:9)")).to_have_count(0)
