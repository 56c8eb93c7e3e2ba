"""What to ask the service for: only the columns and rows that become figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.snapshots import Regions
from etl.sources.statline_layout import Layout
from etl.sources.statline_metadata import PREFIXES, Entity
from etl.sources.statline_names import MARGINS


@dataclass(frozen=True)
class Questions:
    """One filter for all rows (to count them), and one per partition (to fetch them)."""

    select: str
    all_rows: str
    partitions: Mapping[str, str]


def questions_for(
    layout: Layout, *, dimensions: Mapping[str, Entity], regions: Regions
) -> Questions:
    """Return the filters of a table: its wanted regions, ages, margins, totals and years.

    A filter names codes as delivered, with their padding. A dimension of which every code is
    wanted needs no filter. Each period is a partition of its own.
    """
    parts = [_region_filter(layout, dimensions=dimensions, regions=regions)]
    wanted: dict[str | None, tuple[str, ...]] = {
        layout.age: tuple(layout.age_groups),
        layout.margin: tuple(MARGINS),
        **{name: (total,) for name, total in layout.totals.items()},
    }
    parts += [
        _one_of(name, _delivered(dimensions[name], codes=codes), entity=dimensions[name])
        for name, codes in wanted.items()
        if name is not None
    ]
    return Questions(
        select=",".join(layout.columns),
        all_rows=_both(*parts, _period_filter(layout, dimensions=dimensions)),
        partitions={
            period: _both(*parts, _equals(layout.period, key) if layout.period else "")
            for period, key in _periods(layout, dimensions=dimensions)
        },
    )


def _region_filter(layout: Layout, *, dimensions: Mapping[str, Entity], regions: Regions) -> str:
    """Filter on the kind of region, which is the beginning of its code."""
    kinds = list(dict.fromkeys(str(row.get("Key", ""))[:2] for row in dimensions[layout.region]))
    wanted = [kind for kind in kinds if kind in PREFIXES[regions]]
    if len(wanted) == len(kinds):
        return ""
    return _any(*(f"startswith({layout.region},'{kind}')" for kind in wanted))


def _period_filter(layout: Layout, *, dimensions: Mapping[str, Entity]) -> str:
    """Filter on the periods that are years; none where all are."""
    if layout.period is None:
        return ""
    entity = dimensions[layout.period]
    return _one_of(layout.period, _delivered(entity, codes=tuple(layout.years)), entity=entity)


def _periods(layout: Layout, *, dimensions: Mapping[str, Entity]) -> list[tuple[str, str]]:
    """Return code and delivered key of every period to fetch; one nameless one without periods."""
    if layout.period is None:
        return [("", "")]
    keys = _delivered(dimensions[layout.period], codes=tuple(layout.years))
    return [(key.strip(), key) for key in keys]


def _delivered(entity: Entity, *, codes: Sequence[str]) -> list[str]:
    """Return codes as the service writes them, with their padding."""
    return [str(row["Key"]) for row in entity if str(row.get("Key", "")).strip() in codes]


def _one_of(name: str, keys: Sequence[str], *, entity: Entity) -> str:
    if len(keys) == len(entity):
        return ""
    return _any(*(_equals(name, key) for key in keys))


def _equals(name: str, key: str) -> str:
    return f"{name} eq '{key.replace(chr(39), chr(39) * 2)}'"


def _any(*parts: str) -> str:
    return parts[0] if len(parts) == 1 else f"({' or '.join(parts)})"


def _both(*parts: str) -> str:
    return " and ".join(part for part in parts if part)
