"""Which tables leave the dashboard: figures and verdicts of a municipality, marks of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard import sentences
from dashboard.charts import Chart
from dashboard.dossier import Dossier, Row
from dashboard.i18n import Words
from dashboard.origin import Origin, licence_of
from dashboard.plain_lines import source_line
from dashboard.rows import is_missing
from dashboard.table_files import Table, codebook_for

ADDED = {
    "age_label": "VARCHAR",
    "source_line": "VARCHAR",
    "target": "VARCHAR",
    "verdict": "VARCHAR",
    "country_value": "DOUBLE",
    "country_year": "SMALLINT",
    "difference": "VARCHAR",
    "label": "VARCHAR",
    "definition": "VARCHAR",
    "scale_label": "VARCHAR",
    "population": "VARCHAR",
    "years": "VARCHAR",
    "indicator_label": "VARCHAR",
    "series_label": "VARCHAR",
    "explanation": "VARCHAR",
}
"""Columns that files have and the published tables have not, with their types."""

ESTIMATE_COLUMNS = (
    *("series_id", "edition", "region_code", "region_name", "indicator", "age_group", "year"),
    *("value", "ci_lower", "ci_upper", "margin_lower", "margin_upper", "standard_error"),
    *("se_method", "sample_size", "rounding_step", "obs_status", "is_current_edition"),
    *("producer", "method", "licence", "source_ref", "note"),
)
VERDICT_COLUMNS = (
    *("region_code", "region_name", "target_id", "kind", "indicator", "direction"),
    *("series_id", "edition", "age_group", "fit", "as_of_year", "is_headline", "is_current"),
    *("code", "level", "change", "pace", "colour"),
    *("baseline_stated", "baseline_value", "baseline_year", "baseline_ci_lower"),
    *("baseline_ci_upper", "baseline_se_method", "latest_value", "latest_year", "ci_lower"),
    *("ci_upper", "latest_se_method", "target_value", "target_year", "path_value", "gap_pp"),
    *("change_pp", "change_ci_lower", "change_ci_upper", "pct_targeted_change", "z_change"),
    *("p_improved", "z_target", "p_met", "z_path", "p_on_path", "z_trend", "z_trend_country"),
    *("forecast_value", "observed_pp_per_year", "required_pp_per_year", "detectable_change_pp"),
    *("detectable_change_80_pp", "respondents_needed", "detectable_is_assumed"),
    *("rounding_sensitive", "comparability", "notes", "country_value", "country_year"),
    *("quote", "source", "producer", "method", "licence"),
)
DIFFERENCE_COLUMNS = (
    *("region_code", "region_name", "region_level", "series_id", "edition", "indicator"),
    *("age_group", "year", "value", "ci_lower", "ci_upper", "margin_lower", "margin_upper"),
    *("sample_size", "obs_status", "source_ref", "note", "difference"),
)
MARK_COLUMNS = {"lower": "margin_lower", "upper": "margin_upper", "who": "region_name"}
"""Columns of a chart's table under the names of the published tables; others keep their own."""
MARK_TYPES = {
    "region_name": "VARCHAR",
    "group": "VARCHAR",
    "kind": "VARCHAR",
    "year": "SMALLINT",
    "value": "DOUBLE",
    "margin_lower": "DOUBLE",
    "margin_upper": "DOUBLE",
    "note": "VARCHAR",
}


def figures_table(dossier: Dossier, *, words: Words, name: str = "figures") -> Table:
    """Every published figure of the municipality, with margins and source.

    `name` is that of its subject and title in the locale, where the figures are a part of all.
    """
    found = dossier.figures
    frame = found[list(ESTIMATE_COLUMNS)].assign(
        age_label=found["age_label"],
        source_line=_source_lines(found, build_id=dossier.build_id, words=words),
        build_id=dossier.build_id,
    )
    tables = ("estimates", "series", "regions", "build")
    return Table(
        frame,
        origin_of(dossier, frame, name=name),
        described(frame, *tables, codebook=dossier.codebook, words=words),
    )


def verdicts_table(dossier: Dossier, *, words: Words, name: str = "verdicts") -> Table:
    """Every verdict on every target of the municipality: each series and each wave.

    `name` is that of its subject and title in the locale, where the verdicts are a part of all.
    """
    columns = [*VERDICT_COLUMNS, "series_age_label"]
    found = dossier.verdicts if len(dossier.verdicts) else pd.DataFrame(columns=columns)
    rows: list[Row] = found.to_dict("records")  # type: ignore[assignment]
    frame = found[list(VERDICT_COLUMNS)].assign(
        age_label=found["series_age_label"],
        target=[sentences.target_title(row, words) for row in rows],
        verdict=[sentences.verdict_sentence(row, words) for row in rows],
        source_line=pd.Series(
            [source_line(row, words, build_id=dossier.build_id) or None for row in rows],
            index=found.index,
            dtype=object,
        ),
        build_id=dossier.build_id,
    )
    tables = ("assessments", "targets", "series", "regions", "indicators", "build")
    return Table(
        frame,
        origin_of(dossier, frame, name=name),
        described(frame, *tables, codebook=dossier.codebook, words=words),
    )


def described(
    frame: pd.DataFrame, *tables: str, codebook: pd.DataFrame, words: Words
) -> pd.DataFrame:
    """The codebook of a frame, with the columns that only files have."""
    added = [
        {
            "column_name": name,
            "data_type": data_type,
            "description": words(f"exports.columns.{name}"),
        }
        for name, data_type in ADDED.items()
        if name in frame
    ]
    known = codebook_for(frame, tables=tables, codebook=codebook)
    return pd.concat([known, pd.DataFrame(added)], ignore_index=True)


def with_country(table: Table, *, beside: pd.DataFrame, on: Sequence[str], words: Words) -> Table:
    """A table of figures with that of the country beside each; `beside` has its country_value."""
    frame = table.frame.merge(beside, on=list(on), how="left", validate="one_to_one")
    added = described(frame[["country_value"]], codebook=table.codebook.iloc[:0], words=words)
    return replace(table, frame=frame, codebook=pd.concat([table.codebook, added]))


def codebook_table(dossier: Dossier, *, words: Words) -> Table:
    """Every column of every published table, with its meaning."""
    origin = own_origin("codebook", build_id=dossier.build_id, words=words)
    return Table(dossier.codebook, origin, dossier.codebook.iloc[:0])


def differences_origin(chart: Chart, *, words: Words) -> Origin:
    """Provenance of the table beside a chart that compares."""
    drawn = origin_of_chart(chart, words=words)
    subject = f"{drawn.subject}-{words('exports.subjects.differences')}"
    return replace(drawn, subject=subject, margins=words("exports.margins"))


def differences_table(
    places: pd.DataFrame, *, origin: Origin, codebook: pd.DataFrame, words: Words
) -> Table:
    """Places beside ours, each with how its figure stands to ours."""
    frame = places[list(DIFFERENCE_COLUMNS)]
    return Table(
        frame, origin, described(frame, "estimates", "regions", codebook=codebook, words=words)
    )


def chart_table(chart: Chart, *, words: Words) -> Table:
    """The marks of a chart: what is drawn, and nothing else."""
    names = {said: name for name, said in words.section("charts.columns").items()}
    kinds = {said: name for name, said in words.section("charts.kinds").items()}
    frame = chart.table.rename(columns=names).rename(columns=MARK_COLUMNS)
    frame = frame.assign(kind=frame["kind"].map(kinds))
    described = [
        {
            "column_name": name,
            "data_type": MARK_TYPES[name],
            "description": words(f"exports.marks.{name}"),
        }
        for name in frame.columns
    ]
    return Table(frame, origin_of_chart(chart, words=words), pd.DataFrame(described))


def own_origin(name: str, *, build_id: str, words: Words) -> Origin:
    """Provenance of a table that the dashboard itself is the source of; `name` as in the locale."""
    return Origin(
        title=words(f"exports.titles.{name}"),
        place="",
        subject=words(f"exports.subjects.{name}"),
        editions=(),
        build_id=build_id,
        sources=(words("exports.own_source", build=build_id),),
        licence=words("exports.own_licence"),
        method=words("exports.method"),
        margins=words("exports.no_margins"),
        language=words.language,
    )


def origin_of(dossier: Dossier, frame: pd.DataFrame, *, name: str) -> Origin:
    """Provenance of a table of a municipality, in the language of the dossier."""
    words = Words(dossier.language)
    editions = [str(each) for each in frame.get("edition", pd.Series(dtype=object)).dropna()]
    sources = frame.get("source_line", pd.Series(dtype=object)).dropna()
    return Origin(
        title=words(f"exports.titles.{name}", place=dossier.name),
        place=dossier.name,
        subject=words(f"exports.subjects.{name}"),
        editions=tuple(dict.fromkeys(editions)),
        build_id=dossier.build_id,
        sources=tuple(dict.fromkeys(str(each) for each in sources)),
        licence=licence_of(frame.get("licence", pd.Series(dtype=object)), words=words),
        method=words("exports.method"),
        margins=words("exports.margins"),
        language=dossier.language,
    )


def origin_of_chart(chart: Chart, *, words: Words) -> Origin:
    """Provenance of the files of a chart: what its caption and source line say."""
    caption = chart.caption
    if caption is None:
        raise ValueError(f"chart {chart.name!r} was not drawn through dashboard.charts")
    return Origin(
        title=chart.title,
        place=caption.place,
        subject=caption.name,
        editions=(caption.edition,) if caption.edition else (),
        build_id=caption.build_id,
        sources=(chart.source_line,),
        licence=words("exports.licence_in_source"),
        method=f"{caption.series}. {words('exports.method')}".lstrip(". "),
        margins=words("exports.margins_in_chart"),
        language=words.language,
    )


def _source_lines(frame: pd.DataFrame, *, build_id: str, words: Words) -> pd.Series:
    """The source line of each row, for the year of its own."""
    rows: list[Row] = frame.to_dict("records")  # type: ignore[assignment]
    lines = [
        None
        if is_missing(row["source_line"])
        else source_line(row, words, build_id=build_id, years=[int(row["year"])])
        for row in rows
    ]
    return pd.Series(lines, index=frame.index, dtype=object)
