"""`python -m benchmarks.paint`: how long a visitor looks at a page that is not there yet.

In a real browser, on the shipped figures, beside bare Streamlit pages in the same run: pages are
opened in turns, each in a fresh window without anything kept, so a busy machine is busy for all.
Times run from the start of the navigation, or from the key or click, until nothing on the page
moves any more: the script has ended, every part has arrived, every chart is drawn.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.load_servers import ROOT, dashboards, free_port, started
from tests.browser.visit import browsing

WINDOW = {"viewport": {"width": 1280, "height": 900}, "locale": "nl-NL"}
LONGEST = 60_000
"""Milliseconds."""

WATCH = """
window.begun = 0;
for (const kind of ['click', 'keydown']) {
  addEventListener(kind, () => { window.begun = performance.now(); }, true);
}
window.settled = (title) => {
  const app = document.querySelector('[data-testid=stApp]');
  const heading = document.querySelector('.dm-title') ?? document.querySelector('h1');
  const frames = [...document.querySelectorAll('.stPlotlyChart')];
  const tables = [...document.querySelectorAll('.stDataFrame')];
  return app?.dataset.testScriptState === 'notRunning'
    && heading?.getClientRects().length > 0 && heading.innerText.includes(title)
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && frames.every(each => each.querySelector('.main-svg'))
    && tables.every(each => each.querySelector('canvas'));
};
window.untilSettled = (title) => new Promise(done => {
  let since = null;
  const started = performance.now();
  const look = () => {
    const now = performance.now();
    if (now - started > 60000) throw new Error(`never settled: ${title}`);
    if (!window.settled(title)) since = null;
    else since ??= now;
    if (since !== null && now - since > 300) done(since - window.begun);
    else requestAnimationFrame(look);
  };
  look();
});
"""
"""Told to every page before it starts: when the visitor acted, and when the page is complete."""


@dataclass(frozen=True)
class Case:
    """One thing that is timed: what is opened, what is done there, what then stands on top."""

    name: str
    address: str
    title: str
    act: Callable[[Page], None] | None = None
    then: str = ""


def milliseconds(browser: Browser, case: Case) -> float:
    """Time one case in a fresh window."""
    context = browser.new_context(**WINDOW)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(LONGEST)
        page.add_init_script(WATCH)
        page.goto(case.address, wait_until="commit")
        opened = page.evaluate("title => window.untilSettled(title)", case.title)
        if case.act is None:
            return float(opened)
        case.act(page)
        return float(page.evaluate("title => window.untilSettled(title)", case.then))
    finally:
        context.close()


def choose(name: str) -> Callable[[Page], None]:
    """Choose in the list of municipalities."""

    def act(page: Page) -> None:
        field = page.get_by_role("combobox").first
        field.click()
        field.fill(name)
        page.get_by_role("option", name=name, exact=True).wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

    return act


def follow(name: str) -> Callable[[Page], None]:
    """Follow a link in the list of pages."""
    return lambda page: page.get_by_role("link", name=name).first.click()


def cases(ours: str, bare: str, empty: str) -> dict[str, tuple[Case, Case, float]]:
    """What is timed: ours, its yardstick, and the ratio that is wanted at most."""
    westland = f"{ours}/{{}}?gemeente=GM1783&taal=nl"
    chart = westland.format("doel")
    plain = Case("bare page", bare, "Gemeente 1")
    other = Case("bare list", bare, "Gemeente 1", choose("Gemeente 30"), "Gemeente 30")
    switch = Case("bare switch", bare, "Eenzaamheid", follow("Tweede"), "Zorgen")
    return {
        "overview, first paint": (
            Case("overview", westland.format(""), "Westland"),
            Case("empty page", empty, "Eenzaamheid"),
            1.3,
        ),
        "target, one chart": (Case("target", chart, "Sterk eenzaam"), plain, 1.15),
        "compare, two charts": (
            Case("compare", westland.format("vergelijken"), "Vergelijken"),
            plain,
            1.15,
        ),
        "other municipality": (
            Case("choose", chart, "Sterk eenzaam", choose("Heemstede"), "Heemstede"),
            other,
            1.25,
        ),
        "other page, one chart": (
            Case("switch", chart, "Sterk eenzaam", follow("Waarom een ander"), "Waarom"),
            switch,
            1.25,
        ),
        "other page, two charts": (
            Case("switch", chart, "Sterk eenzaam", follow("Vergelijken"), "Vergelijken"),
            switch,
            1.25,
        ),
    }


def measure(browser: Browser, asked: dict[str, tuple[Case, Case, float]], *, rounds: int) -> None:
    """Print medians, their spread and the median ratio of what was timed in turns."""
    head = f"{'what':<24}{'ours ms':>9}{'p25–p75':>13}{'bare ms':>9}{'p25–p75':>13}{'ratio':>7}"
    print(f"{head}   wanted")
    for name, (ours, bare, most) in asked.items():
        pairs = [
            (milliseconds(browser, ours), milliseconds(browser, bare)) for _ in range(rounds + 1)
        ][1:]  # the first of each warms the servers
        mine, theirs = zip(*pairs, strict=True)
        ratio = statistics.median(mine) / statistics.median(theirs)
        print(
            f"{name:<24}{statistics.median(mine):>9.0f}{_middle(mine):>13}"
            f"{statistics.median(theirs):>9.0f}{_middle(theirs):>13}{ratio:>7.2f}   ≤ {most:g}",
            flush=True,
        )


def _middle(values: tuple[float, ...]) -> str:
    low, _, high = statistics.quantiles(values, n=4)
    return f"{low:.0f}–{high:.0f}"


def main() -> int:
    """Build the shipped figures into a folder of its own, start the servers, and measure."""
    from etl import pipeline
    from etl.paths import Paths

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", default="", help="part of the name of what is timed")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        paths = Paths(metrics=ROOT / "metrics.yaml", data=ROOT / "data", warehouse=folder / "wh")
        pipeline.build(paths)
        (ours,) = stack.enter_context(dashboards(folder / "wh"))
        bare, empty = (
            _plain(name, folder=folder, stack=stack) for name in ("bare_pages", "empty_page")
        )
        browser = stack.enter_context(browsing())
        timed = cases(ours.address, bare, empty)
        measure(
            browser,
            {name: case for name, case in timed.items() if asked.only in name},
            rounds=asked.rounds,
        )
    return 0


def _plain(name: str, *, folder: Path, stack: ExitStack) -> str:
    """Start a bare page with Streamlit's own command, away from our settings."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name(f"{name}.py"))),
        *("--server.port", str(port), "--server.address", "localhost"),
        *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
    ]
    return stack.enter_context(started(command, port=port, cwd=folder)).address


if __name__ == "__main__":
    sys.exit(main())
