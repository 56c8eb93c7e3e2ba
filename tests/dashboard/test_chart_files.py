"""Charts as files: what is inside, that text is text, and that nothing is clipped."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Browser

from dashboard import chart_files
from dashboard.chart_files import WRITERS
from dashboard.charts import Chart
from dashboard.dossier import over_time
from dashboard.i18n import Words
from dashboard.theme import DARK, LIGHT, NARROW
from tests.dashboard.exported import LONGEST_NAME, chart_of, dossier_of

SVG = "{http://www.w3.org/2000/svg}"
TARGET = "westland-severely-lonely"

pytestmark = pytest.mark.xdist_group("drawing")  # one browser for all of these


@pytest.fixture(scope="module")
def drawn(warehouse: Path) -> dict[str, bytes]:
    """A chart that the screen showed narrow and dark, in every format."""
    chart = chart_of(dossier_of(warehouse, "GM1783"), TARGET, theme=DARK)
    assert chart.again is not None
    shown = chart.again(theme=DARK, frame=NARROW)
    return {kind: write(shown, words=Words("nl")) for kind, (_, _, write) in WRITERS.items()}


def parsed(svg: bytes | str) -> ElementTree.Element:
    """A drawing as XML."""
    return ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves


def texts(svg: bytes) -> list[str]:
    """Every text of a drawing."""
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def words_of(svg: bytes) -> str:
    return " ".join(texts(svg))


@pytest.mark.parametrize(("kind", "width"), [("png", 1520), ("png_wide", 1920)])
def test_a_picture_is_white_and_sharp(drawn: dict[str, bytes], kind: str, width: int) -> None:
    picture = Image.open(io.BytesIO(drawn[kind])).convert("RGB")
    assert picture.width == width
    corners = [(0, 0), (picture.width - 1, 0), (0, picture.height - 1)]
    assert {picture.getpixel(corner) for corner in corners} == {(255, 255, 255)}


def test_the_picture_for_a_slide_is_sixteen_to_nine(drawn: dict[str, bytes]) -> None:
    assert Image.open(io.BytesIO(drawn["png_wide"])).size == (1920, 1080)


def test_nothing_is_drawn_at_the_edge_of_a_picture(drawn: dict[str, bytes]) -> None:
    for kind in ("png", "png_wide"):
        picture = Image.open(io.BytesIO(drawn[kind])).convert("L")
        wide, high = picture.size
        edges = [
            (0, 0, wide, 8),
            (0, high - 8, wide, high),
            (0, 0, 8, high),
            (wide - 8, 0, wide, high),
        ]
        assert {picture.crop(edge).getextrema() for edge in edges} == {(255, 255)}


def test_a_picture_carries_its_provenance_and_alternative(
    drawn: dict[str, bytes], warehouse: Path
) -> None:
    said = Image.open(io.BytesIO(drawn["png"])).text
    assert said["Build id"] == dossier_of(warehouse, "GM1783").build_id
    assert "RIVM StatLine 50090NED" in said["Source"]
    assert "CC BY 4.0" in said["Source"]
    assert "2020 9,6%" in said["Description"]


def test_title_margins_source_edition_licence_and_build_are_texts_inside(
    drawn: dict[str, bytes], warehouse: Path
) -> None:
    said = words_of(drawn["svg"])
    for part in (
        "Sterk eenzaam: boven de lijn",
        "18 jaar en ouder, Westland, 2012–2020",
        "Westland 9,6%",
        "doel 4%",
        "geen marge gepubliceerd",
        "Bron: Gezondheidsmonitor",
        "50090NED",
        "CC BY 4.0",
        dossier_of(warehouse, "GM1783").build_id,
    ):
        assert part in said


def test_figures_without_one_licence_say_where_to_find_it(warehouse: Path) -> None:
    chart = chart_of(dossier_of(warehouse, "GM1783"), "westland-19-64")
    assert "Licentie: zie de vindplaats." in words_of(chart_files.svg(chart, words=Words("nl")))


def test_margins_are_drawn_where_they_were_published(warehouse_with_margins: Path) -> None:
    chart = chart_of(dossier_of(warehouse_with_margins, "GM1783"), TARGET)
    svg = chart_files.svg(chart, words=Words("nl"))
    root = parsed(svg)
    bars = [path for path in root.iter(f"{SVG}path") if path.get("class") == "yerror"]
    assert len(bars) >= 3
    assert "95%-marge" in words_of(svg)


def test_english_files_have_points(warehouse: Path) -> None:
    chart = chart_of(dossier_of(warehouse, "GM1783", "en"), TARGET)
    said = words_of(chart_files.svg(chart, words=Words("en")))
    assert "Westland 9.6%" in said
    assert "9,6%" not in said


def test_a_drawing_is_complete_in_itself(drawn: dict[str, bytes]) -> None:
    svg = drawn["svg"].decode()
    root = parsed(svg)
    assert root.find(f"{SVG}title").text.startswith("Sterk eenzaam")
    assert "2020 9,6%" in root.find(f"{SVG}desc").text
    assert "build_id" in root.find(f"{SVG}metadata").text
    assert root.get("role") == "img"
    assert root.get("lang") == "nl"
    assert "<image" not in svg
    assert re.findall(r'(?:href|src)="http[^"]*"|url\(["\']?http', svg) == []


def test_letters_are_of_a_font_that_is_everywhere(drawn: dict[str, bytes]) -> None:
    fonts = set(re.findall(r"font-family: ([^;]*);", drawn["svg"].decode()))
    assert len(fonts) == 1
    assert fonts.pop().startswith("Arial, ")


def test_a_pdf_holds_text_in_letters_of_its_own(drawn: dict[str, bytes]) -> None:
    document = pypdf.PdfReader(io.BytesIO(drawn["pdf"]))
    (page,) = document.pages
    said = " ".join(page.extract_text().split())
    assert "Westland 9,6%" in said
    assert "CC BY 4.0" in said
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)


def test_a_pdf_is_tagged_titled_and_has_its_language(drawn: dict[str, bytes]) -> None:
    document = pypdf.PdfReader(io.BytesIO(drawn["pdf"]))
    assert document.root_object["/MarkInfo"]["/Marked"]
    assert document.root_object["/Lang"] == "nl"
    assert document.metadata.title.startswith("Sterk eenzaam")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("municipality", ["GM1783", "GM0160", "GM0397"])
def test_no_text_is_clipped_under_the_longest_name(
    warehouse: Path, browser: Browser, municipality: str, language: str
) -> None:
    dossier = dossier_of(warehouse, municipality, language)
    words = Words(language)
    page = browser.new_page()
    for story in dossier.stories:
        longest = replace(story, row={**story.row, "region_name": LONGEST_NAME})
        chart = over_time(longest, build_id=dossier.build_id, words=words, theme=LIGHT)
        if chart is None:
            continue
        svg = chart_files.svg(chart, words=words)
        assert LONGEST_NAME in words_of(svg)
        page.set_content(svg.decode())
        assert page.evaluate(OUTSIDE) == []
    page.close()


OUTSIDE = """() => {
  const room = document.querySelector("svg").getBoundingClientRect();
  return [...document.querySelectorAll("svg text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < room.left || box.right > room.right
      || box.top < room.top || box.bottom > room.bottom;
  }).map((text) => text.textContent);
}"""


def test_a_chart_drawn_behind_the_door_cannot_be_a_file(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    chart = chart_of(dossier, TARGET)
    unknown: Chart = replace(chart, again=None)
    with pytest.raises(ValueError, match=r"dashboard\.charts"):
        chart_files.svg(unknown, words=Words("nl"))
