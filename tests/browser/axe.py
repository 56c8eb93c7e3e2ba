"""What axe-core finds on an open page, against WCAG 2.2 level A and AA."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""axe-core's names for the rules of WCAG 2.2 A and AA."""

_axe = Axe()


@dataclass(frozen=True)
class Violation:
    """One rule that one element breaks."""

    rule: str
    target: str
    markup: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.target}: {self.markup}"


def violations(page: Page, *, tags: tuple[str, ...] = WCAG) -> list[Violation]:
    """Return what breaks a rule on the page as it is now."""
    options = {"runOnly": {"type": "tag", "values": list(tags)}, "resultTypes": ["violations"]}
    found = _axe.run(page, options=options).response["violations"]
    return [
        Violation(rule["id"], " ".join(map(str, node["target"])), node["html"][:200])
        for rule in found
        for node in rule["nodes"]
    ]
