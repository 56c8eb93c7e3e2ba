"""No table on any page stands without its downloads, and every file of them opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1.element_tree import Block, Element

from dashboard import components, data
from dashboard.exports import Download, Offer
from dashboard.i18n import Words
from etl import pipeline
from etl.paths import Paths
from tests.conftest import ROOT
from tests.dashboard.pages import Page, open_page

PAGES = (
    *("overview", "target", "age_groups", "compare", "neighbourhoods", "other_figure"),
    *("approach", "data_export", "about"),
)
TABLES = {
    "nl": ["CSV voor Excel (NL)", "CSV (punt en komma's)", "Excel (XLSX)", "Parquet"],
    "en": ["CSV for a Dutch Excel", "CSV", "Excel (XLSX)", "Parquet"],
}
ABOUT = (
    *("woorden", "reeksen", "bronnen", "controle-op-de-marges", "gecorrigeerde-cijfers"),
    *("verslag-van-het-inlezen", "geweigerde-regels", "eerdere-versies", "codeboek"),
)


@pytest.fixture(scope="module")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice town with corrections, margins to check, refused rows, and an earlier build."""
    folder = tmp_path_factory.mktemp("eventful")
    files = folder / "data"
    for file in (ROOT / "data" / "demo").rglob("*.csv"):
        copy = files / file.relative_to(ROOT / "data" / "demo")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    paths = Paths(
        metrics=ROOT / "data" / "demo" / "metrics.yaml", data=files, warehouse=folder / "warehouse"
    )
    pipeline.build(paths)
    refuse_a_row(next(iter(sorted((files / "figures").glob("*.csv")))))
    pipeline.build(paths)
    return paths.warehouse


def refuse_a_row(file: Path) -> None:
    """Give the first row a value that cannot be."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0] = {**rows[0], "value": "101", "ci_lower": "", "ci_upper": ""}
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def in_order(block: Block) -> Iterator[tuple[str, str]]:
    """Everything on a page from top to bottom: its kind, and its markup or label."""
    for child in block.children.values():
        if isinstance(child, Block):
            if child.type == "expander":
                yield "downloads", " | ".join(button_labels(child))
            else:
                yield from in_order(child)
        elif isinstance(child, Element) and child.type in ("html", "markdown"):
            yield "markup", str(child.proto.body)


def button_labels(block: Block) -> list[str]:
    """Words of the download buttons in a block."""
    return [str(button.proto.label) for button in block.get("download_button")]


def without_downloads(page: Page, language: str) -> list[str]:
    """Captions of tables that no row of buttons with the four files follows."""
    needed = TABLES[language]
    waiting: list[str] = []
    left: list[str] = []
    for kind, said in in_order(page.run.main):
        if kind == "downloads":
            if said.split(" | ")[-len(needed) :] == needed:
                waiting = []
        elif "<table" in said:
            left += waiting
            waiting = [said.split("<caption")[1].split("<")[0]]
    return left + waiting


@pytest.mark.parametrize(
    ("code", "language"), [("GM1783", "nl"), ("GM0489", "en"), ("GM0518", "nl")]
)
@pytest.mark.parametrize("page", PAGES)
def test_no_table_stands_without_its_downloads(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, page: str, code: str, language: str
) -> None:
    seen = open_page(warehouse, page, monkeypatch=monkeypatch, gemeente=code, taal=language)
    assert seen.run.get("download_button") == []  # they come when their row is opened
    seen = seen.unfolded()
    assert seen.errors == []
    assert without_downloads(seen, language) == []


def test_a_table_without_downloads_would_be_seen(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(components, "show_table_downloads", lambda *_, **__: None)
    page = open_page(warehouse, "about", monkeypatch=monkeypatch).unfolded()
    assert len(without_downloads(page, "nl")) >= 5


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch):
    """Opens a page and gives the files that it offers below its tables, by their names."""

    def opened(warehouse: Path, page: str, **address: str) -> dict[str, Download]:
        found: dict[str, Download] = {}

        def noted(offer: Offer, *, words: Words, **_: str) -> None:
            made = components.exports.offered_downloads(offer, words=words)
            found.update({each.file_name: each for each in made})

        monkeypatch.setattr(components, "show_table_downloads", noted)
        seen = open_page(warehouse, page, monkeypatch=monkeypatch, **address)
        assert seen.errors == []
        return found

    return opened


def of_subject(files: dict[str, Download], subject: str, ending: str) -> bytes:
    """The bytes of the one file about a subject with an ending."""
    (file,) = [
        each
        for name, each in files.items()
        if f"{subject}-" in name and name.endswith(ending) and "-excel" not in name
    ]
    return file.data()


@pytest.mark.parametrize("subject", ABOUT)
def test_every_table_about_the_figures_opens_in_every_format(
    eventful: Path, offered, subject: str
) -> None:
    files = offered(eventful, "about")
    frame = pd.read_csv(io.BytesIO(of_subject(files, subject, ".csv")))
    assert len(frame) > 0
    sheets = openpyxl.load_workbook(io.BytesIO(of_subject(files, subject, ".xlsx")))
    assert sheets.sheetnames == ["Tabel", "Bronnen", "Codeboek"]
    assert sheets["Tabel"].max_row == len(frame) + 1
    table = pq.read_table(io.BytesIO(of_subject(files, subject, ".parquet")))
    assert table.column_names == list(frame.columns)
    assert table.num_rows == len(frame)
    notes = {key.decode(): said.decode() for key, said in table.schema.metadata.items()}
    assert notes["build_id"] == data.current_build(eventful).build_id
    assert notes["licence"]
    assert notes["source"].startswith("Bron: Doelmonitor eenzaamheid, versie ")
    if subject != "codeboek":
        added = {"build_id", "source_line", "licence", "method"}
        described = {f.name for f in table.schema if b"description" in (f.metadata or {})}
        assert set(frame.columns) - described <= added


def test_files_about_the_figures_hold_what_the_page_says(eventful: Path, offered) -> None:
    files = offered(eventful, "about")
    refused = pd.read_csv(io.BytesIO(of_subject(files, "geweigerde-regels", ".csv")))
    assert refused["explanation"].tolist() == ["Het cijfer is lager dan 0 of hoger dan 100."]
    corrected = pd.read_csv(io.BytesIO(of_subject(files, "gecorrigeerde-cijfers", ".csv")))
    assert (corrected["value"] - corrected["former_value"]).round(6).tolist() == corrected[
        "difference_pp"
    ].round(6).tolist()
    assert "total" not in corrected


def test_a_file_is_made_of_the_build_of_the_page_on_another_thread(eventful: Path, offered) -> None:
    import threading

    files = offered(eventful, "about")
    made: list[bytes] = []
    worker = threading.Thread(target=lambda: made.append(of_subject(files, "reeksen", ".csv")))
    worker.start()
    worker.join()
    assert made[0].startswith(b"series_id,")


def test_the_figures_of_a_filtered_table_are_those_of_its_file(warehouse: Path, offered) -> None:
    files = offered(warehouse, "data_export", gemeente="GM1783", leeftijd="65+", jaar="2016")
    frame = pd.read_csv(io.BytesIO(of_subject(files, "gekozen-cijfers", ".csv")))
    assert set(frame["age_group"]) == {"65+"}
    assert set(frame["year"]) == {2016}
    lonely = frame.query("indicator == 'lonely' and series_id == 'rivm_smap'")
    assert lonely["value"].tolist() == [45.8]
    assert frame["source_line"].str.contains("2016").all()


def test_newest_figures_have_the_country_beside_them(warehouse: Path, offered) -> None:
    files = offered(warehouse, "overview", gemeente="GM0489")
    table = pq.read_table(io.BytesIO(of_subject(files, "nieuwste-cijfers", ".parquet")))
    frame = table.to_pandas().set_index(["series_id", "indicator", "age_group"])
    assert frame.loc[("rivm_smap", "lonely", "18+"), ["value", "country_value"]].tolist() == [
        45.8,
        47.0,
    ]
    assert b"Nederland" in table.schema.field("country_value").metadata[b"description"]


def test_verdicts_of_one_target_are_those_that_the_page_shows(warehouse: Path, offered) -> None:
    files = offered(warehouse, "target", gemeente="GM1783", doel="westland-65-plus")
    waves = pd.read_csv(io.BytesIO(of_subject(files, "oordeel-per-meting", ".csv")))
    assert waves["as_of_year"].tolist() == [2016, 2020]
    assert set(waves["target_id"]) == {"westland-65-plus"}
    numbers = pd.read_csv(io.BytesIO(of_subject(files, "getallen-achter-het-oordeel", ".csv")))
    assert numbers[["latest_value", "target_value"]].to_numpy().tolist() == [[48.7, 36.0]]
    book = openpyxl.load_workbook(
        io.BytesIO(of_subject(files, "getallen-achter-het-oordeel", ".xlsx"))
    )
    assert book.sheetnames == ["Oordelen", "Bronnen", "Codeboek"]


def test_differences_are_those_of_the_places_compared(warehouse: Path, offered) -> None:
    files = offered(warehouse, "compare", gemeente="GM1783", vergelijk="GM0518")
    frame = pd.read_csv(io.BytesIO(of_subject(files, "verschillen", ".csv")))
    assert frame["region_name"].tolist()[:2] == ["Westland", "Nederland"]
    assert "'s-Gravenhage" in frame["region_name"].tolist()
    assert frame["difference"].tolist()[0] == "ours"
    assert frame["value"].notna().all()
