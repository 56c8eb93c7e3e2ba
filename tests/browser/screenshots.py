"""`python -m tests.browser.screenshots [ADDRESS]`: every page as a visitor sees it, to look at.

Writes screenshots/<page>-<language>-<theme>-<width>.png for the four variants that differ most, or
with --full for all eight. Without the address of a running dashboard it starts one on the
published build of data/warehouse.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.variants import FOUR, FULL, Variant, address_of, pages_of
from tests.browser.visit import browsing, visiting
from tests.serving import ROOT, serving

FOLDER = ROOT / "screenshots"
MAIN = "[data-testid=stMain]"
TALLEST = 16_000
"""Pixels; a longer page is cut."""


def take(
    browser: Browser, address: str, *, variants: Sequence[Variant], municipality: str, folder: Path
) -> None:
    """Take a picture of every page in each variant, as tall as the page is."""
    folder.mkdir(parents=True, exist_ok=True)
    for variant in variants:
        with visiting(browser, **variant.look) as visit:
            for page in pages_of(municipality):
                visit.page.set_viewport_size({"width": variant.width, "height": variant.height})
                visit.open(address_of(address, page, language=variant.language))
                visit.drawn()
                tall = visit.page.locator(MAIN).evaluate("e => e.scrollHeight")
                size = {"width": variant.width, "height": min(int(tall), TALLEST)}
                visit.page.set_viewport_size(size)  # type: ignore[arg-type]
                visit.page.screenshot(path=folder / f"{page.name}-{variant.name}.png")


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?")
    parser.add_argument("--municipality", default="GM1783")
    parser.add_argument("--warehouse", type=Path, default=ROOT / "data" / "warehouse")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--full", action="store_true", help="all eight variants instead of four")
    asked = parser.parse_args()
    chosen = {
        "variants": FULL if asked.full else FOUR,
        "municipality": asked.municipality,
        "folder": asked.folder,
    }
    with browsing() as browser:
        if asked.address:
            take(browser, asked.address, **chosen)
        else:
            with serving(asked.warehouse) as running:
                take(browser, running.address, **chosen)
    print(asked.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
