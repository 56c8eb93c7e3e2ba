"""The order of the steps from files to a published build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from etl import warehouse
from etl.assessment import assess
from etl.checks import run_checks
from etl.console import progress_of_steps
from etl.draft import Draft, content_hash
from etl.estimates import add_standard_errors
from etl.intake import take_in
from etl.metrics_models import Metrics
from etl.metrics_tables import as_tables
from etl.paths import Paths
from etl.sources.present import sources_in
from etl.warehouse import CONTRACT_VERSION


def _marts(*names: str) -> tuple[str, ...]:
    return tuple(f"marts/{name}" for name in names)


STAGING = (
    *("sources", "files", "contested_figures", "figures", "editions", "estimates"),
    *("waves", "regions", "assessed_estimates", "load_report"),
)
FIGURES = _marts(
    *("series", "editions", "sources", "waves", "breaks", "load_report", "rejected_rows"),
    *("regions", "indicators", "age_groups", "texts", "quoted_figures", "estimates"),
    *("targets", "target_series", "plans", "corrections"),
)
VERDICTS = _marts(
    *("assessments", "sensitivity", "comparisons", "age_breakdown", "calibration", "crosswalk"),
)
BUILD, HISTORY = _marts("build", "history")
ASSESSED_STAGED = ("editions", "waves", "regions")
ASSESSED_PROMISED = ("targets", "target_series", "series", "breaks", "age_groups", "indicators")
SUMMARY = {
    "figures": """
        select series_id, edition, string_agg(distinct year::varchar, ' ' order by year::varchar),
            count(value), count(*) - count(value)
        from marts.estimates group by series_id, edition order by series_id, edition
    """,
    "verdicts": """
        select target_id, series_id, nullif(as_of_year, 0), code
        from marts.assessments join marts.targets using (target_id)
        where is_headline and is_current order by sort_order
    """,
    "report": """
        select source, kind, count, detail from marts.load_report
        where kind <> 'loaded' order by source, kind, detail
    """,
}


@dataclass(frozen=True)
class Summary:
    """What a build holds, for the report at its end."""

    build_id: str | None
    content_hash: str
    figures: list[tuple[object, ...]]
    verdicts: list[tuple[object, ...]]
    report: list[tuple[object, ...]]


def build(paths: Paths) -> Summary:
    """Publish a build; the one in use stays untouched when anything is wrong."""
    with (
        warehouse.locked(paths.warehouse),
        warehouse.draft(paths.warehouse) as building,
        progress_of_steps() as begin,
    ):
        metrics, digest = _fill(building, paths, begin=begin)
        begin("Publishing")
        built_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        build_id = warehouse.new_build_id(paths.warehouse, built_at=built_at, digest=digest)
        _describe(building, metrics, build_id=build_id, built_at=built_at, digest=digest)
        _remember(building, paths, built_at=built_at)
        summary = _summarise(building, build_id=build_id, digest=digest)
        warehouse.publish(building, paths.warehouse, build_id=build_id)
    return summary


def check(paths: Paths) -> Summary:
    """Do all that a build does, in memory, and publish nothing."""
    building = Draft(None)
    with progress_of_steps() as begin:
        _, digest = _fill(building, paths, begin=begin)
    return _summarise(building, build_id=None, digest=digest)


def _fill(building: Draft, paths: Paths, *, begin: Callable[[str], None]) -> tuple[Metrics, str]:
    """Read, stage, compute, publish into the draft, check; return the content hash."""
    begin("Reading")
    with ThreadPoolExecutor(1) as beside:
        declared = beside.submit(building.declare, (*FIGURES, *VERDICTS, BUILD, HISTORY))
        metrics, promised = _take_in(building, paths)
        declared.result()
    begin("Ranking")
    for relation in STAGING:
        building.run(f"staging/{relation}")
    begin("Judging and writing")
    given = _assessed_inputs(building, promised)
    with ThreadPoolExecutor(1) as beside:
        assessed = beside.submit(assess, **given)
        building.fill(FIGURES)
        building.release("computed_figures")
        building.register(assessed.result().tables())
    begin("Checking")
    with ThreadPoolExecutor(1) as beside:
        sealed = beside.submit(building.seal, FIGURES)
        building.fill(VERDICTS)
        checked = beside.submit(run_checks, building)
        digest = content_hash(building)
        sealed.result()
        checked.result()
    return metrics, digest


def _take_in(building: Draft, paths: Paths) -> tuple[Metrics, dict[str, pa.Table]]:
    """Read everything, give each figure its standard error, and show it all to the draft."""
    intake = take_in(sources_in(paths.data), paths=paths)
    promised, raw = as_tables(intake.metrics), intake.tables()
    figures = add_standard_errors(raw.pop("raw_figures"), series=promised["metrics_series"])
    building.register(promised | raw | {"computed_figures": figures})
    building.scale_to(rows=intake.rows)
    return intake.metrics, promised


def _assessed_inputs(building: Draft, promised: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return what verdicts are made from: the figures in use, and what was promised."""
    staged = {name: building.query(f"from staging.{name}") for name in ASSESSED_STAGED}
    estimates = building.query("from staging.assessed_estimates")
    stated = {name: promised[f"metrics_{name}"] for name in ASSESSED_PROMISED}
    return {"estimates": estimates, **staged, **stated}


def _describe(
    building: Draft, metrics: Metrics, *, build_id: str, built_at: datetime, digest: str
) -> None:
    """Write the one row that says which build this is."""
    ((latest_year,),) = building.connection.execute(
        "select max(year) from marts.estimates where is_current_edition and value is not null"
    ).fetchall()
    row = {
        "build_id": build_id,
        "built_at": built_at,
        "content_hash": digest,
        "latest_year": latest_year,
        "contract_version": CONTRACT_VERSION,
        "next_wave_year": metrics.next_wave.year if metrics.next_wave else None,
        "next_results_year": metrics.next_wave.results_expected if metrics.next_wave else None,
        "is_demo": metrics.demo,
    }
    building.register({"computed_build": pa.Table.from_pylist([row])})
    building.fill((BUILD,))


def _remember(building: Draft, paths: Paths, *, built_at: datetime) -> None:
    """Carry the history along, with what this build changes in the one it replaces."""
    if warehouse.attach_previous(building, paths.warehouse):
        building.run("staging/history", {"built_at": built_at})
        building.connection.execute("insert into marts.history by name from staging.history")
        building.connection.execute("detach previous")


def _summarise(building: Draft, *, build_id: str | None, digest: str) -> Summary:
    """Collect what the report at the end of a build says."""
    rows = {name: building.connection.execute(sql).fetchall() for name, sql in SUMMARY.items()}
    return Summary(build_id=build_id, content_hash=digest, **rows)
