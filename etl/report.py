"""What a person reads at the console: the report of a build, and the status of the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from etl import warehouse
from etl.errors import Problem, WarehouseError
from etl.pipeline import Summary


def format_build(summary: Summary) -> str:
    """Return figures per series and edition, what was refused, and the verdict per target."""
    title = f"Published {summary.build_id}" if summary.build_id else "Valid; nothing was written"
    parts = [
        f"{title}  (content {summary.content_hash[:12]})",
        _table(("series", "edition", "years", "figures", "without value"), summary.figures),
        _table(("target", "series", "as of", "verdict"), summary.verdicts),
    ]
    if summary.report:
        parts.append(_table(("source", "", "rows", "what"), summary.report))
    return "\n\n".join(parts)


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows in aligned columns, numbers to the right."""
    cells = [list(header), *[["" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    numeric = [
        bool(rows) and all(isinstance(row[i], int | float) for row in rows)
        for i in range(len(header))
    ]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in cells
    )


def status(folder: Path, *, max_age_days: float | None) -> tuple[str, bool]:
    """Say what is loaded, how old it is and what comes next; False where older than allowed."""
    published = warehouse.current(folder)
    if published is None:
        raise WarehouseError(
            Problem(
                where=str(folder),
                found="no published build",
                expected="a file goals-….duckdb and current.json",
                remedy="run `python -m etl build`",
            )
        )
    ((built_at, latest, next_wave, next_results),) = warehouse.read(
        published,
        "select built_at, latest_year, next_wave_year, next_results_year from marts.build",
    )
    if not isinstance(built_at, datetime):
        raise TypeError(f"marts.build.built_at is {built_at!r}, expected a timestamp")
    age = datetime.now(UTC).replace(tzinfo=None) - built_at
    days = age.total_seconds() / 86400
    loaded = warehouse.read(published, _LOADED)
    lines = [
        f"Build      {published.build_id}, {days:.1f} days ago ({built_at:%Y-%m-%d %H:%M} UTC)",
        f"Figures    up to {latest or 'none'}",
        f"Next wave  {next_wave or 'not stated'}, results expected {next_results or 'not stated'}",
        f"Kept       {', '.join(build.build_id for build in warehouse.builds(folder))}",
        "",
        _table(("series", "edition", "", "years", "figures", "retrieved"), loaded),
        "",
        _table(("target", "series", "as of", "verdict"), warehouse.read(published, _VERDICTS)),
    ]
    newer = warehouse.read(published, _NEWER)
    if newer:
        lines += ["", "A newer edition exists and is not loaded: run `python -m etl fetch`."]
        lines += [f"  {series} {edition}" for series, edition in newer]
    is_fresh = max_age_days is None or days <= max_age_days
    if not is_fresh:
        lines += ["", f"Older than {max_age_days:g} days: run `python -m etl build`."]
    return "\n".join(lines), is_fresh


_LOADED = """
    select editions.series_id, editions.edition,
        case when editions.is_current then 'in use' else 'kept' end,
        string_agg(distinct waves.year::varchar, ' ' order by waves.year::varchar),
        sum(waves.figures)::bigint,
        (select max(retrieved_at)::date::varchar from marts.sources
            where sources.series_id = editions.series_id and sources.edition = editions.edition)
    from marts.editions as editions
    join marts.waves as waves using (series_id, edition)
    group by editions.series_id, editions.edition, editions.is_current, editions.newest_rank
    order by editions.series_id, editions.newest_rank
"""
_VERDICTS = """
    select target_id, series_id, nullif(as_of_year, 0), code
    from marts.assessments
    join marts.targets using (target_id)
    where is_headline and is_current
    order by sort_order
"""
_NEWER = """
    select series_id, edition
    from marts.editions as listed
    where not is_loaded and newest_rank < (
        select min(newest_rank) from marts.editions as loaded
        where loaded.series_id = listed.series_id and loaded.is_loaded
    )
    order by series_id, newest_rank
"""
