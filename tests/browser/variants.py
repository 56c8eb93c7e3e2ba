"""In what looks the pages are tried: language, light or dark, wide or small."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from dashboard.navigation import PAGES

WITHOUT_TARGETS = "GM0518"
"""A municipality that has figures and promised nothing here."""

HEIGHTS = {1280: 900, 390: 844, 320: 640}
"""Of the window, in pixels, by its width: a laptop, a telephone, the smallest that must work."""


@dataclass(frozen=True)
class Variant:
    """How a page is looked at."""

    language: str
    theme: str
    width: int

    @property
    def name(self) -> str:
        """Such as nl-light-1280."""
        return f"{self.language}-{self.theme}-{self.width}"

    @property
    def height(self) -> int:
        """Of the window in pixels."""
        return HEIGHTS[self.width]

    @property
    def look(self) -> dict[str, Any]:
        """What a browser context takes."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": self.theme,
        }


@dataclass(frozen=True)
class Address:
    """One page with what its address says."""

    name: str
    path: str
    parameters: str = ""


FULL = [Variant(*each) for each in product(("nl", "en"), ("light", "dark"), (1280, 320))]
"""Every language × appearance × width: eight."""

FOUR = [
    Variant("nl", "light", 1280),
    Variant("en", "dark", 320),
    Variant("nl", "dark", 320),
    Variant("en", "light", 1280),
]
"""Half of them, in which each language meets each width and each appearance meets each width."""


def pages_of(municipality: str) -> list[Address]:
    """Every page of a municipality, one without targets, and the list to choose one from."""
    pages = [Address(page.name, page.path, f"gemeente={municipality}&") for page in PAGES]
    elsewhere = Address("no_targets", "", f"gemeente={WITHOUT_TARGETS}&")
    return [Address("chooser", ""), elsewhere, *pages]


def address_of(server: str, page: Address, *, language: str) -> str:
    """Return the whole address of a page."""
    return f"{server}/{page.path}?{page.parameters}taal={language}"


def covering(municipality: str) -> list[tuple[Variant, Address]]:
    """Each page in the two variants that differ in everything, and in one of the two between."""
    first, opposite, *between = FOUR
    pages = pages_of(municipality)
    pairs = [(variant, page) for variant in (first, opposite) for page in pages]
    return pairs + [
        (variant, page)
        for turn, variant in enumerate(between)
        for page in pages[turn :: len(between)]
    ]
