"""Tables that pages show, as files: each is made when one of its downloads is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard import about_tables, dossier, export_tables, page_charts
from dashboard.charts import Chart
from dashboard.codebook import in_language
from dashboard.data import ask, later
from dashboard.dossier import Dossier
from dashboard.exports import Offer
from dashboard.i18n import Words
from dashboard.origin import Origin, table_stem
from dashboard.queries import downloads, figures
from dashboard.rows import Row
from dashboard.table_files import Table

FIGURE = ("series_id", "edition", "indicator", "age_group", "year")
"""Columns that tell a figure of a municipality from its others."""
VERDICT = ("target_id", "series_id", "as_of_year")
Keys = tuple[tuple[object, ...], ...]


def about(name: str, *, words: Words) -> Offer:
    """A part of the page about the figures."""
    subject = "codebook" if name == "dictionary" else name
    return Offer(
        _stem("", subject, editions=(), words=words),
        later(_about, name=name, language=words.language),
        sheet="table",
    )


def _about(*, name: str, language: str) -> Table:
    words = Words(language)
    if name == "dictionary":
        return about_tables.dictionary_table(ask, words=words)
    return about_tables.about_table(ask, name=name, words=words)


def shown_figures(
    shown: Sequence[Row], *, name: str, municipality: str, place: str, words: Words
) -> Offer:
    """The figures that a page shows, with all that is known of each; `name` as in the locale."""
    asked = {"municipality": municipality, "language": words.language}
    return Offer(
        _stem(place, name, editions=[str(row["edition"]) for row in shown], words=words),
        later(_figures, name=name, keys=_keys(shown, FIGURE), **asked),
        later(_sources),
    )


def newest_figures(shown: Sequence[Row], *, words: Words) -> Offer:
    """The newest figures of a municipality that a page shows, the Netherlands beside each."""
    code, place = str(shown[0]["region_code"]), str(shown[0]["region_name"])
    return shown_figures(shown, name="newest", municipality=code, place=place, words=words)


def _figures(*, name: str, keys: Keys, municipality: str, language: str) -> Table:
    found = _gathered(municipality, language=language)
    part = replace(found, figures=_rows_of(found.figures, keys=keys, columns=FIGURE))
    table = export_tables.figures_table(part, words=Words(language), name=name)
    if name != "newest":
        return table
    newest = ask(figures.newest_figures, municipality=municipality, language=language)
    beside = newest[[*FIGURE, "country_value"]]
    return export_tables.with_country(table, beside=beside, on=FIGURE, words=Words(language))


def shown_verdicts(shown: Sequence[Row], *, name: str, words: Words) -> Offer:
    """The verdicts on one target that a page shows, with all the numbers behind each."""
    asked = {"municipality": shown[0]["region_code"], "language": words.language}
    place, target = str(shown[0]["region_name"]), str(shown[0]["target_id"])
    return Offer(
        _stem(place, name, target, editions=_editions(shown), words=words),
        later(_verdicts, name=name, keys=_keys(shown, VERDICT), **asked),
        later(_sources),
        sheet="verdicts",
    )


def _verdicts(*, name: str, keys: Keys, municipality: str, language: str) -> Table:
    found = _gathered(municipality, language=language)
    part = replace(found, verdicts=_rows_of(found.verdicts, keys=keys, columns=VERDICT))
    return export_tables.verdicts_table(part, words=Words(language), name=name)


def differences(places: pd.DataFrame, *, chart: Chart, words: Words) -> Offer:
    """The places of a chart that compares, with how each stands to ours."""
    origin = export_tables.differences_origin(chart, words=words)
    make = later(_differences, places=places, origin=origin)
    return Offer(origin.stem, make, later(_sources))


def _differences(*, places: pd.DataFrame, origin: Origin) -> Table:
    codebook = in_language(ask(downloads.codebook), origin.language)
    words = Words(origin.language)
    return export_tables.differences_table(places, origin=origin, codebook=codebook, words=words)


def _sources() -> pd.DataFrame:
    return ask(downloads.sources)


def _gathered(municipality: str, *, language: str) -> Dossier:
    found = dossier.gather(ask, municipality=municipality, language=language)
    if found is None:
        raise LookupError(f"{municipality} is no municipality of this build")
    return found


def _stem(place: str, name: str, *about: str, editions: Sequence[str], words: Words) -> str:
    return table_stem(
        place,
        "-".join((*about, words(f"exports.subjects.{name}"))),
        editions=editions,
        build_id=page_charts.build_id(),
        language=words.language,
    )


def _editions(shown: Sequence[Row]) -> list[str]:
    """Editions of verdicts; one that rests on no figure has none."""
    return [str(row["edition"]) for row in shown if isinstance(row["edition"], str)]


def _keys(shown: Sequence[Row], columns: Sequence[str]) -> Keys:
    return tuple(tuple(row[column] for column in columns) for row in shown)


def _rows_of(frame: pd.DataFrame, *, keys: Keys, columns: Sequence[str]) -> pd.DataFrame:
    """The rows with one of the keys, in the order in which they are shown."""
    place = {key: position for position, key in enumerate(keys)}
    cells = zip(*(frame[column] for column in columns), strict=True)
    order = pd.Series([place.get(key) for key in cells], index=frame.index, dtype="Int64")
    kept = order.dropna().sort_values(kind="stable").index
    return frame.loc[kept].reset_index(drop=True)
