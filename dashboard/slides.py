"""Slides: one per target, with a native chart that can be edited, in a template of one's own.

The chart is an XY scatter, because measured years are not evenly apart. Its numbers stand in the
workbook inside the slide; the sentence, the margin and the source stand in the speaker notes.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.util import Emu, Inches, Pt

from dashboard import sentences
from dashboard.chart_labels import text_width
from dashboard.dossier import Dossier, Story, over_time
from dashboard.i18n import Words
from dashboard.rows import Row, text
from dashboard.slide_chart import add_chart
from dashboard.theme import LIGHT

WIDE_SLIDE = (Inches(13.333), Inches(7.5))
TITLE_ONLY = ("Title Only", "Alleen titel")
"""Layouts of a template that are wanted, in this order; else the first with a title."""
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
LANGUAGES = {"nl": MSO_LANGUAGE_ID.DUTCH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}

Box = tuple[int, int, int, int]
EDGE, SAID, FOOT = 0.05, 0.18, 0.09
"""Empty edge as a share of the width; verdict and source as shares of the height of a slide."""
TITLE_SIZES, VERDICT_SIZES = (26, 22, 18), (18, 16, 14)
"""Letters of the title (two lines) and of the verdict (three lines below its badge), in points."""
INSET = 0.2
"""Empty edges of a text box left and right, together, in inches."""


class TemplateError(Exception):
    """A template cannot be read, or has no layout with a title."""


def slides(dossier: Dossier, *, words: Words, template: Path | None = None) -> bytes:
    """PPTX with a slide per target, in the given template (a PPTX file) or a plain one.

    Raises TemplateError where the template cannot be used.
    """
    deck = plain_template() if template is None else _read(template)
    layout = _layout(deck)
    for story in dossier.stories:
        _add_slide(deck, layout, story, build_id=dossier.build_id, words=words)
    deck.core_properties.title = words("exports.slides.document", place=dossier.name)
    deck.core_properties.author = words("pages.frame.site_name")
    deck.core_properties.comments = words("exports.paper.about", build=dossier.build_id)
    deck.core_properties.language = words.language
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def plain_template() -> Any:
    """A white 16:9 deck with its title at the upper left and nothing else."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE_SLIDE
    edge = int(deck.slide_width * EDGE)
    for holder in (deck.slide_master.placeholders[0], _layout(deck).placeholders[0]):
        holder.left, holder.top = Emu(edge), Inches(0.35)
        holder.width, holder.height = Emu(deck.slide_width - 2 * edge), Inches(0.95)
    titles = deck.slide_master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    titles.set("algn", "l")
    letters = titles.find("{*}defRPr")
    letters.set("sz", f"{TITLE_SIZES[0]}00")
    letters.set("b", "1")
    return deck


def _read(template: Path) -> Any:
    """A template with its slides taken out: an exported deck can be one."""
    try:
        deck = Presentation(str(template))
    except (OSError, PackageNotFoundError, BadZipFile, ValueError, KeyError) as wrong:
        raise TemplateError(f"{template}: cannot be read as a PPTX file") from wrong
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)
    return deck


def _layout(deck: Any) -> Any:
    """The layout with a title alone, by its name; else the first that has a title."""
    titled = [
        layout
        for layout in deck.slide_layouts
        if any(holder.placeholder_format.type in TITLES for holder in layout.placeholders)
    ]
    if not titled:
        raise TemplateError("the template has no layout with a title: add one in PowerPoint")
    named = {layout.name: layout for layout in titled}
    return next((named[name] for name in TITLE_ONLY if name in named), titled[0])


def _add_slide(deck: Any, layout: Any, story: Story, *, build_id: str, words: Words) -> None:
    """The slide of one target: place and promise, verdict, chart, source; notes below."""
    slide = deck.slides.add_slide(layout)
    for holder in list(slide.placeholders):
        if holder.placeholder_format.type not in TITLES:
            holder.element.getparent().remove(holder.element)
    promised = sentences.target_title(story.row, words)
    title = words("exports.slides.title", place=story.row["region_name"], target=promised)
    _write_title(slide.shapes.title, title, words=words)
    verdict, middle, foot = _rooms(deck, below=slide.shapes.title)
    _write_verdict(slide.shapes.add_textbox(*verdict), story.row, words=words)
    source = source_of(story, build_id=build_id, words=words)
    _write(slide.shapes.add_textbox(*foot).text_frame, [source], size=11, words=words)
    chart = over_time(story, build_id=build_id, words=words, theme=LIGHT)
    if chart is not None:
        add_chart(slide, story, box=middle, alternative=chart.alternative, words=words)
    elif lines := _instead_of_chart(story.row, words=words):
        _write(slide.shapes.add_textbox(*middle).text_frame, lines, size=18, words=words)
    notes = notes_of(story, source=source, words=words)
    _write(slide.notes_slide.notes_text_frame, notes, size=None, words=words)


def _write_title(holder: Any, title: str, *, words: Words) -> None:
    """The title in the letters of the template, in smaller ones where it takes three lines."""
    size = _fitting(title, width=holder.width, lines=2, sizes=TITLE_SIZES, is_bold=True)
    smaller = None if size == TITLE_SIZES[0] else size
    _write(holder.text_frame, [title], size=smaller, words=words, is_headed=True)


def _write_verdict(box: Any, row: Row, *, words: Words) -> None:
    """Badge and verdict, in letters that leave the chart its room."""
    shown, said = sentences.badge(row, words), sentences.verdict_sentence(row, words)
    size = _fitting(said, width=box.width, lines=3, sizes=VERDICT_SIZES)
    lines = [f"{shown.icon} {shown.words}", said]
    _write(box.text_frame, lines, size=size, words=words, is_headed=True)


def _fitting(
    line: str, *, width: int, lines: int, sizes: tuple[int, ...], is_bold: bool = False
) -> int:
    """The largest size in points at which words fit on so many lines of a width in EMU."""
    room = (Emu(width).inches - INSET) * 72
    # a line ends at a blank: half a word stays empty at most
    fits = (
        size
        for size in sizes
        if text_width(line, size=size, bold=is_bold) <= room * lines - 4 * size * (lines - 1)
    )
    return next(fits, sizes[-1])


def _rooms(deck: Any, *, below: Any) -> tuple[Box, Box, Box]:
    """Room for verdict, chart and source under the title: left, top, width, height in EMU."""
    wide, high = deck.slide_width, deck.slide_height
    left, width = int(wide * EDGE), int(wide * (1 - 2 * EDGE))
    top = below.top + below.height
    chart, foot = top + int(high * SAID), int(high * (1 - FOOT))
    return (
        (left, top, width, chart - top),
        (left, chart, width, foot - chart),
        (left, foot, width, high - foot),
    )


def _instead_of_chart(row: Row, *, words: Words) -> list[str]:
    """What a slide says where there is no figure to draw: the promise, and why."""
    quote, why = text(row, "quote"), text(row, "explanation")
    said = [words("sentences.copy.quote_only", quote=quote) if quote else "", why or ""]
    return [line for line in said if line]


def source_of(story: Story, *, build_id: str, words: Words) -> str:
    """Source line of the figures, or where the target stands; and the build."""
    figures = sentences.source_line(story.row, words, build_id=build_id, years=story.years)
    plan = text(story.row, "source")
    quoted = words("exports.paper.plan_source", source=plan) if plan and not figures else ""
    return " ".join(filter(None, [figures, quoted, words("charts.build", build=build_id)]))


def notes_of(story: Story, *, source: str, words: Words) -> list[str]:
    """What the speaker can say: the sentence, what it means, the promise, the source."""
    row = story.row
    quote = text(row, "quote")
    said = [
        sentences.verdict_sentence(row, words),
        *sentences.five_lines(
            row, words, country=story.country_change, sensitivity=story.sensitivity
        ),
        words("sentences.copy.quote_only", quote=quote) if quote else "",
        source,
    ]
    return [line for line in said if line]


def _write(
    frame: Any, lines: list[str], *, size: int | None, words: Words, is_headed: bool = False
) -> None:
    """Lines of text in the language of the deck; the first is bold where it is a heading."""
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.language_id = LANGUAGES[words.language]
        if size is not None:
            run.font.size = Pt(size)
            run.font.bold = is_headed and number == 0
