"""Parts of the page about the figures: definitions, sources, method, corrections, refused rows.

File names and the published columns are English in every language, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import load_sentences, markup, sentences
from dashboard.chart_frame import ONE_BY_ONE
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.origin import licence_of
from dashboard.rows import Row, is_missing, optional, text

METHOD_STEPS = ("level", "change", "path", "detectable", "model", "editions", "ages", "trend")
"""Steps of the method that the page explains, in order."""

FORMULAS = {
    "level": "z = (lg T − lg y) / s(y)",
    "change": "z = (lg b − lg y) / √(s(b)² + s(y)²)",
    "path": "z = (lg g − lg y) / √(s(y)² + s(g)²)",
}
"""For lower is better; lg(x) = ln(x / (100 − x)). Signs, not words: the same in both languages."""


def has_rows(content: Markup) -> bool:
    """Whether a part shows a table or a list, so that there is something to download."""
    return "<table" in content or "<li" in content


def section(name: str, content: Markup, *, words: Words) -> Markup:
    """A part of the page with its heading; its name is its anchor."""
    title = markup.heading(2, words(f"pages.about.{name}.title"), anchor=name)
    return markup.element("section", title + content, class_="dm dm-section")


def paragraphs(name: str, *, words: Words) -> Markup:
    """The plain paragraphs of a part, in the order of their numbers."""
    said = words.section(f"pages.about.{name}.text")
    return markup.joined(markup.paragraph(said[key]) for key in sorted(said))


def definitions(indicators: Sequence[Row], *, words: Words) -> Markup:
    """What each word means, and on which scale it is measured."""
    rows = [
        {
            "what": str(row["label"]),
            "definition": text(row, "definition") or "–",
            "scale": text(row, "scale_label") or "–",
        }
        for row in indicators
    ]
    return _table("definitions", rows, words=words)


def series(listed: Sequence[Row], *, words: Words) -> Markup:
    """Which series there are: who was asked, how, in which years."""
    rows = [
        {
            "series": str(row["label"]),
            "method": words(f"pages.about.series.methods.{row['method']}"),
            "population": text(row, "population") or "–",
            "years": words.format_years(_years(row["years"])) or "–",
            "licence": licence_of([text(row, "licence")], words=words) or "–",
        }
        for row in listed
    ]
    return _table("series", rows, words=words)


def _years(years: object) -> list[int]:
    """Years of a list column; none where the series has no figures."""
    if years is None or isinstance(years, float):
        return []
    return [int(year) for year in years]  # type: ignore[attr-defined]


def sources(files: Sequence[Row], *, series: Sequence[Row], words: Words) -> Markup:
    """Every file that was read, with where it came from and its checksum.

    A table has its own title; figures that were published one by one have the name of their series.
    """
    labels = {row["series_id"]: str(row["label"]) for row in series}
    rows = [
        {
            "title": labels[row["series_id"]]
            if row["edition"] == ONE_BY_ONE
            else str(row["title"]),
            "edition": "–" if row["edition"] == ONE_BY_ONE else str(row["edition"]),
            "figures": words.format_number(row["figures"]),
            "origin": words(f"pages.about.sources.origins.{row['origin']}"),
            "retrieved": _day(optional(row, "retrieved_at"), words),
            "checksum": str(row["sha256"])[:12],
        }
        for row in files
    ]
    return _table("sources", rows, numbers=("figures",), words=words)


def _day(moment: date | None, words: Words) -> str:
    return "–" if moment is None else words.format_date(moment)


def method(*, words: Words) -> Markup:
    """How figures become a verdict, step by step, with the formulas."""
    steps = (_step(name, words=words) for name in METHOD_STEPS)
    return paragraphs("method", words=words) + markup.joined(steps)


def _step(name: str, *, words: Words) -> Markup:
    title = markup.heading(3, words(f"pages.about.method.steps.{name}.title"))
    said = markup.paragraph(words(f"pages.about.method.steps.{name}.text"))
    formula = FORMULAS.get(name)
    written = markup.paragraph(formula, class_="dm-formula") if formula else markup.EMPTY
    return markup.element("div", title + said + written, class_="dm-step")


def corrections(listed: Sequence[Row], *, words: Words) -> Markup:
    """Figures that a newer edition or file changed, the largest first."""
    if not listed:
        return markup.paragraph(words("pages.about.corrections.none"))
    said = [
        sentences.correction_sentence(
            row,
            words,
            subject=f"{row['region_name']}, {row['indicator_label']}, {row['age_label']}",
        )
        for row in listed
    ]
    count = words("pages.about.corrections.count", count=_count(listed, words), shown=len(listed))
    return markup.paragraph(count) + markup.lines(said)


def _count(listed: Sequence[Row], words: Words) -> str:
    return words.format_number(listed[0]["total"])


def calibration(listed: Sequence[Row], *, words: Words) -> Markup:
    """Whether the margins are as wide as the differences between municipalities say."""
    if not listed:
        return markup.paragraph(words("pages.about.calibration.none"))
    rows = [
        {
            "figure": f"{row['series_label']}, {row['indicator_label']}, {row['age_label']}",
            "years": words.format_year_range(row["year_before"], row["year_after"]),
            "regions": words.format_number(row["regions"]),
            "mean": words.format_number(row["mean_z"], decimals=2),
            "spread": words.format_number(row["sd_z"], decimals=2),
        }
        for row in listed
    ]
    return paragraphs("calibration", words=words) + _table(
        "calibration", rows, numbers=("regions", "mean", "spread"), words=words
    )


def load_report(listed: Sequence[Row], *, names: Sequence[Row], words: Words) -> Markup:
    """What came in, was mended, warned about and refused; `names`: the words of what it names."""
    named = load_sentences.by_code(names)
    rows = [
        {
            "source": str(row["source"]),
            "kind": words(f"pages.about.load_report.kinds.{row['kind']}"),
            "count": words.format_number(row["count"]),
            "detail": load_sentences.sentence(row, words, names=named),
        }
        for row in listed
    ]
    return _table("load_report", rows, numbers=("count",), english=("source",), words=words)


def rejected(listed: Sequence[Row], *, words: Words) -> Markup:
    """Rows that were refused, with the reason."""
    if not listed:
        return markup.paragraph(words("pages.about.rejected.none"))
    rows = [
        {
            "source": str(row["source"]),
            "row": str(row["row"]),
            "reason": load_sentences.reason(row, words),
        }
        for row in listed
    ]
    count = words("pages.about.rejected.count", count=_count(listed, words), shown=len(listed))
    table = _table("rejected", rows, numbers=("row",), english=("source",), words=words)
    return markup.paragraph(count) + table


def history(listed: Sequence[Row], *, words: Words) -> Markup:
    """Earlier builds, and what the build after each changed."""
    if not listed:
        return markup.paragraph(words("pages.about.history.none"))
    rows = [
        {
            "build": str(row["build_id"]),
            "replaced": words.format_date(row["replaced_at"]),
            "added": words.format_number(row["figures_added"]),
            "corrected": words.format_number(row["figures_corrected"]),
            "removed": words.format_number(row["figures_removed"]),
            "verdicts": words.format_number(row["verdicts_changed"]),
        }
        for row in listed
    ]
    numbers = ("added", "corrected", "removed", "verdicts")
    return _table("history", rows, numbers=numbers, words=words)


def dictionary(columns: Sequence[Row], *, words: Words) -> Markup:
    """Every published table with the meaning of its columns, folded per table."""
    tables: dict[str, list[Row]] = {}
    for column in columns:
        tables.setdefault(str(column["table_name"]), []).append(column)
    parts = (_dictionary_table(name, listed, words=words) for name, listed in tables.items())
    return paragraphs("dictionary", words=words) + markup.element(
        "div", markup.joined(parts), lang="en"
    )


def _dictionary_table(name: str, listed: Sequence[Row], *, words: Words) -> Markup:
    rows = [
        {"name": str(c["column_name"]), "type": str(c["data_type"]), "meaning": str(c["comment"])}
        for c in listed
    ]
    comment = listed[0]["table_comment"]
    caption = name if is_missing(comment) else str(comment)
    return markup.folded(f"marts.{name}", _table("dictionary", rows, caption=caption, words=words))


def _table(
    name: str,
    rows: Sequence[Mapping[str, str]],
    *,
    numbers: Sequence[str] = (),
    english: Sequence[str] = (),
    caption: str | None = None,
    words: Words,
) -> Markup:
    """A table whose columns are named in the locale, under the part it belongs to."""
    columns = words.section(f"pages.about.{name}.columns")
    shown = {key: columns[key] for key in rows[0]} if rows else columns
    title = caption or words(f"pages.about.{name}.title")
    return markup.table(
        rows,
        columns=shown,
        caption=title,
        numbers=numbers,
        english=english,
        quiet=caption is None,
    )
