"""What stands on the two pages of the meeting paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from dashboard import markup, sentences, small_charts
from dashboard.citation import view_text
from dashboard.dossier import Dossier, Row, Story
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.origin import build_day
from dashboard.rows import optional, text
from dashboard.small_charts import SmallChart
from dashboard.target_card import promise, three_answers
from dashboard.theme import LIGHT

QUALITATIVE = "qualitative"
ADULTS = "18+"
OF_TARGETS = ("start", "target", "badge")
"""What is drawn of targets alone; beside a figure without a verdict there is none of it."""
FEW = 4
"""Figures without a verdict that one page shows."""


def picture(dossier: Dossier, *, words: Words) -> Markup:
    """The first page: a block per target with its small chart, then aims in words."""
    judged = [story for story in dossier.stories if story.row["kind"] != QUALITATIVE]
    parts = [
        _header(dossier, kicker=words("exports.paper.kicker_picture"), words=words),
        *(_target(story.row, words=words) for story in judged),
        _aims([s.row for s in dossier.stories if s.row["kind"] == QUALITATIVE], words=words),
        *(_beside(row, number=n, words=words) for n, row in enumerate(shown_beside(dossier))),
        # this sheet is copied without the other one
        _footer(dossier, _figure_sources(dossier, words=words), words=words),
    ]
    return markup.joined(parts)


def explanation(dossier: Dossier, *, words: Words) -> Markup:
    """The second page: what each verdict means, how sure it is, how to read it, the sources."""
    blocks = [
        *(_explained(story, words=words) for story in dossier.stories),
        _block(words("exports.paper.terms"), _definitions(dossier)),
        _block(words("exports.paper.reading"), _legend(dossier, words=words)),
        _block(words("exports.paper.sources"), _sources(dossier, words=words)),
        _block(words("exports.paper.method"), [words("exports.method"), _how_made(dossier, words)]),
        _block(words("exports.paper.cite"), [view_text(dossier, words=words)]),
        _help(dossier, words=words),
    ]
    return markup.joined(
        [
            _header(dossier, kicker=words("exports.paper.kicker_explanation"), words=words),
            markup.element("div", markup.joined(blocks), class_="columns"),
            _footer(dossier, [], words=words),
        ]
    )


def drawing(chart: SmallChart) -> Markup:
    """A drawing as an image with its alternative text, inside the page.

    Its height goes to the style sheet in parts of its width, which is the same for all.
    """
    data = b64encode(chart.svg.encode()).decode()
    shown = markup.element(
        "img",
        markup.EMPTY,
        src=f"data:image/svg+xml;base64,{data}",
        alt=chart.alternative,
        style=f"--height: {chart.height / small_charts.WIDTH:.4f}",
    )
    return Markup(shown.removesuffix("</img>"))


def _header(dossier: Dossier, *, kicker: str, words: Words) -> Markup:
    plans = [str(item["text"]) for item in dossier.plan if item["item_kind"] == "plan"]
    lead = " · ".join([*plans, _state_of_figures(dossier, words=words)])
    # one h1 for the paper: the second page repeats the name as a plain line
    is_first = kicker == words("exports.paper.kicker_picture")
    name = markup.text(dossier.name)
    name = markup.element("h1", name) if is_first else markup.element("p", name, class_="name")
    parts = [
        markup.paragraph(kicker, class_="kicker"),
        name,
        markup.paragraph(lead, class_="lead"),
    ]
    return markup.element("header", markup.joined(parts))


def _state_of_figures(dossier: Dossier, *, words: Words) -> str:
    """Year of the newest figure on the paper, and of the next measurement."""
    shown = [*shown_beside(dossier), *(story.row for story in dossier.stories)]
    years = [optional(row, name) for row in shown for name in ("latest_year", "year")]
    known = [int(year) for year in years if year is not None]
    last = words("exports.paper.last", year=max(known)) if known else ""
    coming = optional(dossier.build, "next_wave_year")
    following = words("exports.paper.next", year=int(coming)) if coming is not None else ""
    return f"{last} {following}".strip()


def _target(row: Row, *, words: Words) -> Markup:
    """One target: badge, title, promise, verdict; its small chart beside it."""
    name = f"picture-{row['target_id']}"
    chart = small_charts.change_and_target(row, words=words, theme=LIGHT, name=name)
    said = markup.joined(
        [
            markup.badge(sentences.badge(row, words), indicative=sentences.is_indicative(row)),
            markup.heading(2, sentences.target_title(row, words)),
            promise(row),
            markup.paragraph(sentences.verdict_sentence(row, words)),
            three_answers(row, words),
        ]
    )
    return _with_picture(said, chart, caption=_subject(row))


def _beside(row: Row, *, number: int, words: Words) -> Markup:
    """A figure without a verdict, with its small chart."""
    drawn = {
        **row,
        "latest_value": row["value"],
        "latest_year": row["year"],
        "latest_rounding_step": row["rounding_step"],
        "ci_lower": row["margin_lower"],
        "ci_upper": row["margin_upper"],
        "series_age_label": row["age_label"],
    }
    chart = small_charts.now_and_target(drawn, words=words, theme=LIGHT, name=f"beside-{number}")
    said = markup.heading(2, f"{row['indicator_label']}, {row['age_label']}") + markup.paragraph(
        words("exports.paper.beside", series=row["series_label"], year=int(row["year"]))
    )
    return _with_picture(said, chart, caption=_subject(drawn))


def _with_picture(said: Markup, chart: SmallChart | None, *, caption: str) -> Markup:
    block = markup.element("div", said)
    if chart is not None:
        note = markup.element("figcaption", markup.text(caption))
        shown = drawing(chart)
        block = markup.element("figure", shown + note) + block
        return markup.element("section", block, class_="target pictured")
    return markup.element("section", block, class_="target")


def _subject(row: Row) -> str:
    """Measure, population and series of a small chart."""
    known = (text(row, name) for name in ("indicator_label", "series_age_label", "series_label"))
    return ". ".join([", ".join(list(filter(None, known))), ""]).strip()


def _aims(rows: Sequence[Row], *, words: Words) -> Markup:
    """Aims without a number, in the order of the plan."""
    if not rows:
        return markup.EMPTY
    items = markup.joined(
        markup.element("li", markup.text(sentences.target_title(row, words)) + promise(row))
        for row in rows
    )
    return markup.element(
        "section",
        markup.heading(2, words("pages.overview.in_words"))
        + markup.paragraph(words("pages.overview.in_words_note"))
        + markup.element("ol", items),
        class_="aims",
    )


def shown_beside(dossier: Dossier) -> list[Row]:
    """Figures without a verdict for the paper: adults alone where there are many."""
    if len(dossier.beside) <= FEW:
        return dossier.beside
    return [row for row in dossier.beside if row["age_group"] == ADULTS][:FEW]


def _explained(story: Story, *, words: Words) -> Markup:
    """What a verdict means, or why there is none."""
    if story.ours is None:
        return _unmeasured(story.row, words=words)
    return _meaning(story, words=words)


def _meaning(story: Story, *, words: Words) -> Markup:
    """Lines on a verdict, and what makes it more or less sure.

    That a figure does not say whether an activity works, stands at the foot of the page.
    """
    row = story.row
    lines = sentences.five_lines(
        row, words, country=story.country_change, sensitivity=story.sensitivity
    )
    said = [
        *lines[:-1],
        sentences.baseline_sentence(row, words),
        *sentences.note_sentences(row, words),
    ]
    return _listed(sentences.target_title(row, words), [line for line in said if line])


def _unmeasured(row: Row, *, words: Words) -> Markup:
    """Why there is no figure; nothing for an aim in words, which says so itself."""
    said = text(row, "explanation")
    if said is None or row["kind"] == QUALITATIVE:
        return markup.EMPTY
    return _block(sentences.target_title(row, words), [said])


def _listed(title: str, lines: Sequence[str]) -> Markup:
    return markup.element("section", markup.heading(2, title) + markup.lines(lines))


def _block(title: str, paragraphs: Sequence[str]) -> Markup:
    said = markup.joined(markup.paragraph(words) for words in paragraphs)
    return markup.element("section", markup.heading(2, title) + said)


def _sources(dossier: Dossier, *, words: Words) -> list[str]:
    """Where the figures come from, and where the targets stand."""
    plans = {text(story.row, "source") for story in dossier.stories}
    quoted = [
        words("exports.paper.plan_source", source=each) for each in sorted(filter(None, plans))
    ]
    return [*_figure_sources(dossier, words=words), *quoted]


def _figure_sources(dossier: Dossier, *, words: Words) -> list[str]:
    """The source line of every series and edition on the paper, each once with all its years."""
    judged = [(story.row, story.years) for story in dossier.stories if story.ours is not None]
    shown = [(row, [int(row["year"])]) for row in _with_source(dossier)]
    return sentences.source_lines([*judged, *shown], words, build_id=dossier.build_id)


def _with_source(dossier: Dossier) -> list[Row]:
    """The figures shown without a verdict, as they stand in the table with their source lines."""
    named = ["series_id", "edition", "indicator", "age_group", "year"]
    shown = {tuple(row[name] for name in named) for row in shown_beside(dossier)}
    known: list[Row] = dossier.figures.to_dict("records")  # type: ignore[assignment]
    return [row for row in known if tuple(row[name] for name in named) in shown]


def _definitions(dossier: Dossier) -> list[str]:
    """What each indicator on the paper means."""
    used = [story.row["indicator"] for story in dossier.stories]
    used += [row["indicator"] for row in shown_beside(dossier)]
    return [
        f"{dossier.indicators[name]['label']}: {dossier.indicators[name]['definition']}"
        for name in dict.fromkeys(used)
        if isinstance(name, str) and "definition" in dossier.indicators[name]
    ]


def _legend(dossier: Dossier, *, words: Words) -> list[str]:
    """How to read the marks of the drawings, and no others."""
    is_judged = any(story.ours is not None for story in dossier.stories)
    said = words.section("exports.paper.legend")
    return [line for mark, line in said.items() if is_judged or mark not in OF_TARGETS]


def _how_made(dossier: Dossier, words: Words) -> str:
    return words("exports.paper.about", build=dossier.build_id)


def _help(dossier: Dossier, *, words: Words) -> Markup:
    """Where people who feel lonely, or who know someone, find help."""
    said = dossier.site.get("help_label") or words("pages.frame.help_general")
    address = dossier.site.get("help_url")
    where = markup.paragraph(said)
    if address:
        where += markup.element("p", markup.element("a", markup.text(address), href=address))
    return markup.element("section", markup.heading(2, words("exports.paper.help")) + where)


def _footer(dossier: Dossier, sources: Sequence[str], *, words: Words) -> Markup:
    """Sources where they are not told elsewhere on the sheet, the build, and what it cannot say."""
    said = words("exports.paper.footer", build=dossier.build_id, day=build_day(dossier.build_id))
    lines = [*sources, f"{said} {words('exports.paper.no_cause')}"]
    return markup.element("footer", markup.joined(markup.paragraph(line) for line in lines))
