"""Parts of the page of one target: three questions, what it means, how certain, history, others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard import markup, sentences
from dashboard.address import Selection
from dashboard.i18n import Words, decimals_of
from dashboard.markup import Markup
from dashboard.rows import Row, number, optional, text
from dashboard.target_card import badge

ANALYST_COLUMNS = (
    *("series_id", "edition", "age_group", "fit", "as_of_year", "code", "level", "change", "pace"),
    *("colour", "comparability", "notes", "baseline_value", "baseline_year", "latest_value"),
    *("latest_year", "ci_lower", "ci_upper", "baseline_se_method", "latest_se_method"),
    *("target_value", "target_year", "path_value", "gap_pp", "change_pp", "change_ci_lower"),
    *("change_ci_upper", "pct_targeted_change", "z_change", "p_improved", "z_target", "p_met"),
    *("z_path", "p_on_path", "z_trend", "z_trend_country", "forecast_value"),
    *("observed_pp_per_year", "required_pp_per_year", "detectable_change_pp"),
    *("detectable_change_80_pp", "respondents_needed", "detectable_is_assumed"),
    "rounding_sensitive",
)
"""Columns of marts.assessments that an analyst reads, in the order of the method."""


@dataclass(frozen=True)
class Evidence:
    """What a verdict rests on besides its own row: rows of the marts of the same names."""

    comparisons: Sequence[Row]
    sensitivity: Sequence[Row]
    crosswalk: Sequence[Row]
    waves: Sequence[Row]
    """Every assessment of the target: all series, all waves."""
    break_reason: str | None
    build_id: str


@dataclass(frozen=True)
class Part:
    """A part of the page; one that is a table says which verdicts and what it is called."""

    content: Markup
    verdicts: Sequence[Row] = ()
    name: str = ""
    title: str = ""


def below_the_chart(row: Row, evidence: Evidence, *, words: Words) -> Iterator[Part]:
    """All that is told of a target, in order; a part without content is empty."""
    yield Part(three_questions(row, words))
    yield Part(meaning(row, evidence, words=words))
    caption = words("pages.target.history.caption")
    yield Part(history(evidence.waves, words), _waves(evidence.waves), "waves", caption)
    yield Part(other_series(evidence.waves, words))
    yield Part(other_readings(row, evidence, words=words))
    folded, title = numbers(row, words), words("pages.target.numbers.title")
    yield Part(folded, [row] if folded else (), "numbers", title)
    yield Part(markup.heading(2, words("pages.target.copy.title"), class_="dm-heading"))
    copy = markup.copyable(
        sentences.copy_text(row, words, build_id=evidence.build_id),
        action=words("pages.target.copy.action"),
        done=words("pages.target.copy.done"),
    )
    yield Part(copy)


def no_targets(name: str, *, chosen: Selection, words: Words) -> Markup:
    """That a municipality promised nothing here, and the ways to its figures and to a target."""
    links = {
        words("pages.overview.figures", name=name): chosen.link("", target=None),
        words("pages.overview.add_target"): chosen.link("gegevens", target=None),
    }
    ways = (
        markup.element("p", markup.link(said, address), class_="dm-more")
        for said, address in links.items()
    )
    said = markup.paragraph(words("pages.overview.no_targets"))
    return markup.element("div", said + markup.joined(ways), class_="dm")


def headline(row: Row, words: Words) -> Markup:
    """Promise, verdict and its sentence, below the title."""
    said = text(row, "quote")
    quote = markup.quote(said, source=text(row, "source")) if said else markup.EMPTY
    explained = text(row, "explanation")
    note = (
        markup.paragraph(explained, class_="dm-small dm-explained") if explained else markup.EMPTY
    )
    verdict = badge(row, words) + markup.paragraph(
        sentences.verdict_sentence(row, words), class_="dm-verdict"
    )
    return markup.element(
        "div", quote + note + markup.element("div", verdict, class_="dm-judged"), class_="dm"
    )


def three_questions(row: Row, words: Words) -> Markup:
    """The three questions side by side, each with its own answer."""
    answered = {
        "level": sentences.level_answer(row, words),
        "change": sentences.change_answer(row, words),
        "pace": sentences.pace_answer(row, words),
    }
    if len(set(answered.values())) == 1:  # the verdict has said it already
        return markup.EMPTY
    blocks = (
        markup.element(
            "div",
            markup.heading(2, words(f"pages.questions.{name}"), class_="dm-question")
            + markup.paragraph(f"{answer}."),
        )
        for name, answer in answered.items()
    )
    return markup.element("section", markup.joined(blocks), class_="dm dm-three")


def meaning(row: Row, evidence: Evidence, *, words: Words) -> Markup:
    """Five lines on what it means, and as many as it takes on how certain it is."""
    country = next((c for c in evidence.comparisons if c["comparator"] == "country"), None)
    region = next((c for c in evidence.comparisons if c["comparator"] == "ggd_region"), None)
    means = sentences.five_lines(row, words, country=country, sensitivity=evidence.sensitivity)
    if region is not None:
        place = str(region["region_name"])
        means.insert(2, sentences.comparison_sentence(region, words, row=row, place=place))
    minor_break = sentences.note_sentence("break_minor", row, words)  # said with its reason
    certain = [
        sentences.baseline_sentence(row, words),
        sentences.comparability_sentence(row, words, reason=evidence.break_reason),
        *(note for note in sentences.note_sentences(row, words) if note != minor_break),
    ]
    columns = (
        _column(words("pages.target.meaning"), means),
        _column(words("pages.target.certainty"), [line for line in certain if line]),
    )
    return markup.element("section", markup.joined(columns), class_="dm dm-two")


def _column(title: str, items: Sequence[str]) -> Markup:
    if not items:
        return markup.EMPTY
    return markup.element("div", markup.heading(2, title) + markup.lines(items))


def _waves(assessments: Sequence[Row]) -> list[Row]:
    """The assessments of every wave of the series that a target is judged on first."""
    return [row for row in assessments if row["is_headline"] and row["as_of_year"]]


def history(assessments: Sequence[Row], words: Words) -> Markup:
    """What the edition in use says of each wave, with today's target; empty without a wave."""
    waves = _waves(assessments)
    if not waves:
        return markup.EMPTY
    columns = ("year", "value", "verdict", "level", "change", "pace")
    table = markup.table(
        [_history_row(row, words) for row in waves],
        columns={name: words(f"pages.target.history.{name}") for name in columns},
        caption=words("pages.target.history.caption"),
    )
    title = markup.heading(2, words("pages.target.history.title"))
    return markup.element("section", title + table, class_="dm dm-section")


def _history_row(row: Row, words: Words) -> dict[str, str]:
    return {
        "year": words.format_year(row["as_of_year"]),
        "value": _value(row, words),
        "verdict": sentences.badge(row, words).words,
        "level": sentences.level_answer(row, words),
        "change": sentences.change_answer(row, words),
        "pace": sentences.pace_answer(row, words),
    }


def _value(row: Row, words: Words) -> str:
    value = number(row, "latest_value")
    if value is None:
        return "–"
    decimals = decimals_of(number(row, "latest_rounding_step"))
    shown = words.format_pct(value, decimals=decimals)
    lower, upper = optional(row, "ci_lower"), optional(row, "ci_upper")
    if lower is None or upper is None:
        return shown
    return f"{shown} ({words.format_interval(lower, upper, decimals=decimals)})"


def other_series(assessments: Sequence[Row], words: Words) -> Markup:
    """The verdict on each further series that the target may be measured by."""
    current = [row for row in assessments if row["is_current"] and not row["is_headline"]]
    if not current:
        return markup.EMPTY
    blocks = markup.joined(_series_block(row, words) for row in current)
    title = markup.heading(2, words("pages.target.other_series"))
    return markup.element("section", title + blocks, class_="dm dm-section")


def _series_block(row: Row, words: Words) -> Markup:
    name = f"{row['series_label']}, {row['series_age_label']}"
    said = (
        markup.heading(3, name)
        + badge(row, words)
        + markup.paragraph(sentences.verdict_sentence(row, words))
    )
    return markup.element("div", said, class_="dm-series")


def other_readings(row: Row, evidence: Evidence, *, words: Words) -> Markup:
    """The verdict under other readings, and what other public systems would say."""
    parts = []
    if evidence.sensitivity:
        said = [
            sentences.sensitivity_sentence(each, words, row=row) for each in evidence.sensitivity
        ]
        parts.append(_column(words("pages.target.sensitivity"), said))
    if evidence.crosswalk:
        said = [sentences.crosswalk_sentence(each, words, row=row) for each in evidence.crosswalk]
        intro = markup.paragraph(words("crosswalk.intro"))
        title = markup.heading(2, words("pages.target.crosswalk"))
        rules = markup.lines([sentences.rule_line(each, words) for each in evidence.crosswalk])
        folded = markup.folded(words("crosswalk.rules"), rules)
        parts.append(markup.element("div", title + intro + markup.lines(said) + folded))
    if not parts:
        return markup.EMPTY
    return markup.element("section", markup.joined(parts), class_="dm dm-two")


def numbers(row: Row, words: Words) -> Markup:
    """All numbers behind the verdict, folded, under their names in the warehouse.

    Empty for an aim in words: it has no number and no verdict.
    """
    if row["kind"] == "qualitative":
        return markup.EMPTY
    listed = [{"name": name, "value": _plain(row, name)} for name in ANALYST_COLUMNS]
    table = markup.table(
        [each for each in listed if each["value"]],
        columns={name: words(f"pages.target.numbers.{name}") for name in ("name", "value")},
        caption=words("pages.target.numbers.caption"),
        english=("name", "value"),
    )
    return markup.folded(words("pages.target.numbers.title"), table)


def _plain(row: Row, name: str) -> str:
    """A number as it is stored, with a point and at most six digits; empty where missing."""
    value = optional(row, name)
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
