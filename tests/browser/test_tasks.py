"""What each visitor comes for, done as that visitor would: three clicks at most, from the overview.

The overview of one's municipality is where one arrives: by the link in the invitation, a bookmark,
or because the installation starts there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.visit import Visit, visiting
from tests.serving import Dashboard

pytestmark = pytest.mark.xdist_group("tasks")

MOST_CLICKS = 3
PROJECTOR = {"viewport": {"width": 1280, "height": 720}}
TELEPHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari",
}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@dataclass
class Visitor:
    """Somebody with a question, who counts clicks."""

    visit: Visit
    clicks: int = 0
    files: list[Path] = field(default_factory=list)

    def click(self, what: Locator) -> None:
        """Click once, and wait until the page has answered."""
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        what.click()
        self.visit.page.wait_for_timeout(100)
        self.visit.wait()

    def link(self, name: str) -> Locator:
        """A link on the page or in the list of pages."""
        return self.visit.page.get_by_role("link", name=name, exact=True).first

    def button(self, name: str) -> Locator:
        """A button that can be seen."""
        return self.visit.page.get_by_role("button", name=name, exact=True).first

    def folded(self, name: str) -> Locator:
        """A line that opens what is folded under it."""
        return self.visit.page.locator("summary", has_text=name).first

    def sees(self, *answers: str) -> None:
        """Hold that each answer can be seen, whatever was scrolled."""
        for answer in answers:
            expect(
                self.visit.page.get_by_text(answer).locator("visible=true").first
            ).to_be_visible()

    def copied(self) -> str:
        """What the visitor can paste elsewhere."""
        return str(self.visit.page.evaluate("navigator.clipboard.readText()"))

    def download(self, button: Locator, *, folder: Path) -> Path:
        """Click, and keep the file under its own name."""
        with self.visit.page.expect_download() as started:
            self.click(button)
        path = folder / started.value.suggested_filename
        started.value.save_as(path)
        return path


@pytest.fixture
def coalition(dashboard: Dashboard, browser: Browser) -> Iterator[Visitor]:
    with visiting(browser, **PROJECTOR, **CLIPBOARD) as visit:
        visit.open(f"{dashboard.address}/?gemeente=GM1783&taal=nl")
        yield Visitor(visit)


@pytest.fixture
def alderman(dashboard: Dashboard, browser: Browser) -> Iterator[Visitor]:
    with visiting(browser, **TELEPHONE, **CLIPBOARD) as visit:
        visit.open(f"{dashboard.address}/?gemeente=GM1783&taal=nl")
        yield Visitor(visit)


analyst = coalition
"""At a desk, with the same screen."""


def test_from_the_front_page_a_municipality_is_one_click_away(
    dashboard: Dashboard, browser: Browser
) -> None:
    with visiting(browser, **PROJECTOR) as visit:
        visit.open(f"{dashboard.address}/?taal=nl")
        visitor = Visitor(visit)
        visitor.click(visitor.link("Westland 4 doelen"))
        visitor.sees("De laatste meting is van 2020")


def test_coalition_is_there_anything_new(coalition: Visitor) -> None:
    coalition.sees("De laatste meting is van 2020", "De volgende gewone meting is in 2028")
    coalition.visit.page.get_by_label("Wat is er veranderd sinds deze dag?").fill("2026-05-31")
    coalition.click(coalition.button("Toon"))
    coalition.sees("Veranderd sinds 31 mei 2026")


def test_coalition_how_do_our_goals_stand(coalition: Visitor) -> None:
    verdicts = coalition.visit.page.locator(".dm-target .dm-badge").all_inner_texts()
    assert [re.sub(r"\s+", " ", each).split(" ", 1)[1] for each in verdicts] == [
        "Achter op schema, niet getoetst (schatting)",
        "Nog geen cijfer",
        "Alleen de nulmeting",
        "Achter op schema, niet getoetst (schatting)",
    ]
    coalition.sees("Nee: 9,6% tegen 4%, niet getoetst")


def test_coalition_which_ages(coalition: Visitor) -> None:
    coalition.click(coalition.link("Leeftijdsgroepen"))
    chart = coalition.visit.page.locator(".stPlotlyChart").first
    for said in ("18 jaar en ouder", "18 t/m 64 jaar", "65 jaar en ouder", "48,7%"):
        expect(chart).to_contain_text(said)


def test_coalition_what_does_it_not_say(coalition: Visitor) -> None:
    coalition.sees("Deze cijfers zeggen niet of een activiteit werkt.")
    coalition.click(coalition.link("Meer over dit doel"))
    coalition.sees("Hoe zeker is dit?", "een aanwijzing en geen bewijs")


def test_coalition_the_text_for_the_minutes(coalition: Visitor) -> None:
    coalition.click(coalition.link("Meer over dit doel"))
    coalition.click(coalition.button("Kopieer tekst met bron"))
    expect(coalition.button("Gekopieerd")).to_be_visible()
    copied = coalition.copied()
    for said in ("Westland. Sterk eenzaam", "9,6%", "Dit cijfer zegt niet of een", "50090NED"):
        assert said in copied


def test_coalition_the_meeting_has_large_letters_and_no_lists(coalition: Visitor) -> None:
    coalition.click(coalition.link("Overlegweergave"))
    coalition.visit.page.wait_for_url(re.compile("weergave=overleg"))
    coalition.visit.wait()
    assert coalition.visit.page.get_by_role("combobox").count() == 0
    size = coalition.visit.page.locator("html").evaluate("e => getComputedStyle(e).fontSize")
    assert size == "20px"


def test_alderman_do_we_make_it_and_what_did_we_promise(alderman: Visitor) -> None:
    alderman.sees("Doel gehaald?", "Nee: 9,6% tegen 4%, niet getoetst")
    alderman.sees("“het percentage ernstig eenzamen verminderen van 8% tot 4%”")


def test_alderman_the_netherlands_and_the_region(alderman: Visitor) -> None:
    alderman.sees("Nederland: 11,2%. Voor GGD Haaglanden staat dit cijfer niet in deze reeks.")


def test_alderman_what_is_needed_per_year(alderman: Visitor) -> None:
    alderman.click(alderman.link("Meer over dit doel"))
    alderman.sees("moet het cijfer vanaf 2020 elk jaar 0,7 procentpunt omlaag")


def test_alderman_a_sentence_to_say_with_its_source(alderman: Visitor) -> None:
    alderman.click(alderman.link("Meer over dit doel"))
    alderman.click(alderman.button("Kopieer tekst met bron"))
    expect(alderman.button("Gekopieerd")).to_be_visible()
    assert "Bron: Gezondheidsmonitor Volwassenen en Ouderen" in alderman.copied()


def test_alderman_somebody_quotes_another_figure(alderman: Visitor) -> None:
    alderman.click(alderman.button("Menu openen"))
    alderman.click(alderman.link("Waarom een ander cijfer?"))
    alderman.sees("Dit cijfer is geciteerd in een plan of in de pers.", "Dit cijfer is anders door")
    chart = alderman.visit.page.locator("[class*=st-key-narrow-chart] .stPlotlyChart")
    expect(chart).to_have_count(1)


def test_analyst_where_a_number_comes_from(analyst: Visitor) -> None:
    analyst.click(analyst.link("Over de cijfers"))
    analyst.sees("Bronnen en licenties", "Gezondheid per wijk en buurt (50090NED)")
    table = analyst.visit.page.get_by_role("region", name="Bronnen en licenties")
    expect(table).to_contain_text("Controlegetal")


def test_analyst_the_chart_as_svg(analyst: Visitor, tmp_path: Path) -> None:
    analyst.click(analyst.link("Meer over dit doel"))
    analyst.click(analyst.folded("Downloaden"))
    path = analyst.download(analyst.button("SVG"), folder=tmp_path)
    assert path.name.startswith("westland-") or "gm1783" in path.name
    drawn = path.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "50090NED" in drawn


def test_analyst_figures_that_open_in_a_dutch_excel(analyst: Visitor, tmp_path: Path) -> None:
    analyst.click(analyst.link("Gegevens en export"))
    analyst.click(analyst.folded("Cijfers"))
    path = analyst.download(analyst.button("CSV voor Excel (NL)"), folder=tmp_path)
    assert path.suffix == ".csv"
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert {row["value"] for row in rows} >= {"9,6", "48,7"}


def test_analyst_the_rule_and_its_inputs(analyst: Visitor) -> None:
    analyst.click(analyst.link("Meer over dit doel"))
    analyst.click(analyst.folded("Alle getallen achter dit oordeel"))
    analyst.sees("latest_value", "target_value", "baseline_value")
    analyst.click(analyst.link("Over de cijfers"))
    analyst.sees("z = (lg T − lg y) / s(y)")


def test_analyst_the_citation(analyst: Visitor) -> None:
    analyst.click(analyst.link("Gegevens en export"))
    analyst.click(analyst.button("Kopieer verwijzing"))
    expect(analyst.button("Gekopieerd")).to_be_visible()
    copied = analyst.copied()
    assert "Gezondheid per wijk en buurt (50090NED)" in copied
    assert "Doelmonitor eenzaamheid" in copied


def test_analyst_how_to_add_a_file_of_the_ggd_or_a_target(analyst: Visitor) -> None:
    analyst.click(analyst.link("Gegevens en export"))
    analyst.sees("Cijfers van uw GGD toevoegen", "data/inbox", "python -m etl template ggd")
    analyst.sees("Een doel toevoegen", "metrics.yaml")
