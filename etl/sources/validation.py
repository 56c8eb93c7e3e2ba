"""The rules that every source shares, applied to a whole table of figures at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyarrow as pa

from etl.errors import Problem
from etl.sources import duplicates, identity, plausibility
from etl.sources.base import LoadNote, Rejection, Vocabulary
from etl.sources.ledger import Columns, Ledger


@dataclass(frozen=True)
class Known:
    """What a source knows beyond the vocabulary.

    `retrieved_years`: year of retrieval per file, where it is not the current year.
    `regions`: names of districts and neighbourhoods by code, from the metadata of a table.
    `editions`: editions per series that metrics.yaml does not list but the source found itself.
    """

    retrieved_years: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[str, Collection[str]] = field(default_factory=dict)
    current_year: int | None = None


@dataclass(frozen=True)
class Validated:
    """Figures that passed, and an account of those that did not."""

    figures: pa.Table
    problems: tuple[Problem, ...]
    notes: tuple[LoadNote, ...]
    rejections: tuple[Rejection, ...]


def validate(figures: pa.Table, *, vocabulary: Vocabulary, known: Known | None = None) -> Validated:
    """Check a table in FIGURE_SCHEMA; problems are returned so that a source can collect all.

    Columns `year` and `rounding_step` may be null only in rows that the source already refused.
    """
    known = known or Known()
    ledger = Ledger(Columns(figures))
    if len(ledger.columns):
        _apply(ledger, vocabulary=vocabulary, known=known)
    accepted = ledger.accepted()
    kept = figures if accepted.all() else figures.filter(pa.array(accepted))
    return Validated(kept, tuple(ledger.problems), tuple(ledger.notes), ledger.rejections())


def _apply(ledger: Ledger, *, vocabulary: Vocabulary, known: Known) -> None:
    """Identity first, then what is impossible, then what is only odd among the rest."""
    regions = (
        {**vocabulary.region_names, **known.regions} if known.regions else vocabulary.region_names
    )
    year = known.current_year or datetime.now(UTC).year
    identity.check_words(ledger, vocabulary=vocabulary)
    identity.check_editions(ledger, vocabulary=vocabulary, accepted=known.editions)
    identity.check_populations(ledger, vocabulary=vocabulary)
    identity.check_years(ledger, newest=known.retrieved_years, otherwise=year)
    identity.check_regions(ledger, known=regions)
    identity.check_names(ledger, known=regions)
    plausibility.check_texts(ledger)
    other_unit = plausibility.check_units(ledger)
    plausibility.check_ranges(ledger)
    plausibility.check_intervals(ledger)
    duplicates.check_duplicates(ledger)
    plausibility.check_parts(ledger, vocabulary=vocabulary, other_unit=other_unit)
    plausibility.note_margins(ledger)
    plausibility.note_jumps(ledger)
    plausibility.note_outliers(ledger)
