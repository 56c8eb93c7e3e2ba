"""Notes of coalitions: rules that data/notes.yaml must keep with metrics.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from etl.findings import Finding, nearest, one_of, quoted
from etl.metrics_models import Metrics
from etl.municipality_models import Municipality


def broken_note_rules(data: Mapping[str | int, object], *, metrics: Metrics) -> list[Finding]:
    """Gather notes about a municipality, target, aim or pillar that metrics.yaml does not have."""
    return list(_unknown_subjects(data, metrics))


def subjects(municipality: Municipality) -> list[str]:
    """List what a note can be about: ids of targets, aims, pillars, building blocks, meetings."""
    approach = municipality.approach
    items = (
        (*approach.aims, *approach.pillars, *approach.building_blocks, *approach.meetings)
        if approach
        else ()
    )
    return [target.id for target in municipality.targets] + [item.id for item in items if item.id]


def _unknown_subjects(data: Mapping[str | int, object], metrics: Metrics) -> Iterator[Finding]:
    for code, notes in data.items():
        if code not in metrics.municipalities:
            known = list(metrics.municipalities)
            found, remedy = (
                f"{quoted(code)}, which is not in metrics.yaml",
                nearest(str(code), known),
            )
            yield Finding(found, f"one of {one_of(known)}", remedy, location=(code,))
            continue
        known = subjects(metrics.municipalities[str(code)])
        for position, note in enumerate(notes if isinstance(notes, tuple) else ()):
            about = note.get("about") if isinstance(note, Mapping) else None
            if isinstance(about, str) and about not in known:
                found, remedy = f"a note about {quoted(about)}", nearest(about, known)
                place = (code, position, "about")
                yield Finding(found, f"one of {one_of(known)}", remedy, location=place)
