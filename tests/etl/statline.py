"""The names that tests of StatLine tables use, and short ways to fetch, read and look up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.fetch import FetchOptions, FetchReport, fetch
from etl.sources.base import (
    AgeBounds,
    IndicatorNames,
    Loaded,
    SeriesFacts,
    Vocabulary,
)
from etl.sources.odata import Patience
from etl.sources.rivm_statline import RivmStatline
from tests.servers.odata import Service
from tests.servers.statline_tables import MUNICIPALITIES

HASTY = Patience(connect_seconds=2, read_seconds=0.6, attempts=3, first_wait_seconds=0.01)
"""Patience that does not make a test wait."""


def _indicator(name: str, *names: str, scale: str = "djg_11") -> IndicatorNames:
    return IndicatorNames(name, scale, None, names, ())


_INDICATORS = (
    _indicator("lonely", "Eenzaam"),
    _indicator("severely_lonely", "ErnstigZeerErnstigEenzaam", "SterkEenzaam"),
    _indicator("emotionally_lonely", "EmotioneelEenzaam"),
    _indicator("socially_lonely", "SociaalEenzaam"),
    _indicator("lonely_6item", "EnigszinsTotSterkEenzaam", scale="djg_6"),
    _indicator("strongly_lonely_6item", "SterkEenzaam", scale="djg_6"),
    _indicator("socially_lonely_6item", "EnigszinsTotSterkSociaalEenzaam", scale="djg_6"),
    _indicator("strongly_socially_lonely_6item", "SterkSociaalEenzaam", scale="djg_6"),
    _indicator("emotionally_lonely_6item", "EnigszinsTotSterkEmotioneelEenzaam", scale="djg_6"),
    _indicator("strongly_emotionally_lonely_6item", "SterkEmotioneelEenzaam", scale="djg_6"),
)

ADULTS = SeriesFacts(
    series_id="rivm_smap",
    label="RIVM, modelschatting",
    producer="RIVM",
    method="model",
    scale="djg_11",
    licence="CC BY 4.0",
    min_age=18,
    editions=("50150NED", "50120NED", "50090NED"),
    titles=("Gezondheid per wijk en buurt",),
    file_keys={
        "50150NED": ("Eenzaam_25", "SterkEenzaam_26"),
        "50120NED": ("Eenzaam_27", "ErnstigZeerErnstigEenzaam_28"),
        "50090NED": ("Eenzaam_28", "ErnstigZeerErnstigEenzaam_29"),
    },
)
YOUNG = SeriesFacts(
    series_id="rivm_young_adults",
    label="RIVM, jongvolwassenen",
    producer="RIVM",
    method="survey",
    scale="djg_6",
    licence="CC BY 4.0",
    min_age=16,
    editions=("50140NED",),
    titles=("Gezondheidsmonitor Jongvolwassenen",),
    file_keys={"50140NED": ("2024JJ00", "EnigszinsTotSterkEenzaam_53", "SterkEenzaam_54")},
)

VOCABULARY = Vocabulary(
    indicators={names.indicator: names for names in _INDICATORS},
    age_groups={
        "18+": AgeBounds(18, None),
        "18-64": AgeBounds(18, 64),
        "65+": AgeBounds(65, None),
        "16-25": AgeBounds(16, 25),
    },
    series={"rivm_smap": ADULTS, "rivm_young_adults": YOUNG},
    region_names={
        "NL01": "Nederland",
        "CG01": "Caribisch Nederland",
        "GG0111": "GGD Groningen",
        **{code: name.removesuffix(" (gemeente)") for code, name in MUNICIPALITIES.items()},
    },
)


def with_aliases(indicator: str, *names: str) -> Vocabulary:
    """Return the vocabulary with more names for one indicator."""
    known = VOCABULARY.indicators[indicator]
    more = replace(known, source_names=(*known.source_names, *names))
    return replace(VOCABULARY, indicators={**VOCABULARY.indicators, indicator: more})


def fetch_from(service: Service, data: Path, **options: Any) -> FetchReport:
    """Fetch from the server of a test, without patience."""
    given = {
        "vocabulary": VOCABULARY,
        "patience": HASTY,
        "show_progress": False,
        "base_url": service.base_url,
        **options,
    }
    return fetch(FetchOptions(data=data, **given))


def read_fetched(data: Path, *, vocabulary: Vocabulary = VOCABULARY) -> Loaded:
    """Read all complete downloads of a data folder."""
    source = RivmStatline()
    return source.read(source.find(data), data=data, vocabulary=vocabulary)


def figures_of(loaded: Loaded, **keys: object) -> list[dict[str, Any]]:
    """Return the figures with these keys."""
    rows = loaded.figures.to_pylist()
    return [row for row in rows if all(row[name] == value for name, value in keys.items())]


def figure_of(loaded: Loaded, **keys: object) -> dict[str, Any]:
    """Return the one figure with these keys."""
    (row,) = figures_of(loaded, **keys)
    return row
