"""`python -m benchmarks.axe`: axe-core over every page, language, appearance and width.

Prints the table of docs/accessibility.md: violations of WCAG 2.2 A and AA per page and variant, and
each of them below it. Opens every folded part first, so that what is inside is judged too.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.axe import WCAG, Violation, violations
from tests.browser.variants import FULL, Variant, address_of, pages_of
from tests.browser.visit import browsing, visiting
from tests.serving import ROOT, serving

Found = dict[tuple[str, str], list[Violation]]
"""Violations by name of page and name of variant."""


def judge(
    browser: Browser, address: str, *, variant: Variant, municipality: str, tags: tuple[str, ...]
) -> Found:
    """Judge every page in one variant."""
    found: Found = {}
    with visiting(browser, **variant.look) as visit:
        for page in pages_of(municipality):
            visit.open(address_of(address, page, language=variant.language))
            visit.drawn()
            visit.unfold()
            found[page.name, variant.name] = violations(visit.page, tags=tags)
    return found


def measure(address: str, *, municipality: str, tags: tuple[str, ...]) -> Found:
    """Judge every page in every variant."""
    found: Found = {}
    with browsing() as browser:
        for variant in FULL:
            found |= judge(browser, address, variant=variant, municipality=municipality, tags=tags)
            print(f"{variant.name} done", file=sys.stderr)
    return found


def table(found: Found) -> str:
    """Return the table in Markdown: a row per page, a column per variant."""
    variants = list(dict.fromkeys(variant for _, variant in found))
    lines = [
        f"| page | {' | '.join(variants)} |",
        f"|---|{'---:|' * len(variants)}",
    ]
    for page in dict.fromkeys(page for page, _ in found):
        counts = " | ".join(str(len(found[page, variant])) for variant in variants)
        lines.append(f"| {page} | {counts} |")
    return "\n".join(lines)


def main() -> int:
    """Judge, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?")
    parser.add_argument("--municipality", default="GM1783")
    parser.add_argument("--warehouse", type=Path, default=ROOT / "data" / "warehouse")
    parser.add_argument("--advice", action="store_true", help="also what is no rule of WCAG")
    asked = parser.parse_args()
    tags = (*WCAG, "best-practice") if asked.advice else WCAG
    chosen = {"municipality": asked.municipality, "tags": tags}
    if asked.address:
        found = measure(asked.address, **chosen)
    else:
        with serving(asked.warehouse) as running:
            found = measure(running.address, **chosen)
    print(table(found))
    for (page, variant), each in found.items():
        for violation in each:
            print(f"{page} {variant}: {violation}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
