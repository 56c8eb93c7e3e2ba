"""metrics.yaml and data/notes.yaml: read strictly, every problem with its line, all at once.

`python -m etl.metrics --write-schema` writes etl/metrics.schema.json from the models.
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from etl.errors import MetricsError, Problem
from etl.findings import Finding, problems_in
from etl.metrics_models import Metrics, Notes
from etl.metrics_rules import KnownRegion, broken_rules, unused_rules
from etl.notes import broken_note_rules
from etl.strict_yaml import Document, Refused, read_yaml
from etl.validation import explained, validated

__all__ = ["SCHEMA_FILE", "Metrics", "read_metrics", "read_names", "schema_text", "unused_rules"]

MOST_FINDINGS = 200
NAMES = ("version", "scales", "indicators", "age_groups", "series")
"""Parts of metrics.yaml that say by which names figures are recognised."""
SCHEMA_FILE = Path(__file__).with_name("metrics.schema.json")


def read_metrics(path: Path, *, notes: Path | None = None, regions: Path | None = None) -> Metrics:
    """Read metrics.yaml and, where it exists, the notes file; raise MetricsError with all problems.

    With `regions` (regions.csv) a municipality or GGD region that it does not hold is refused, and
    a GGD region that is not the one it gives.
    """
    document = read_yaml(path)
    metrics, findings = _checked(document, Metrics)
    if isinstance(document.data, dict):
        known = _known_regions(regions) if regions is not None and regions.is_file() else {}
        findings += islice(broken_rules(document.data, regions=known), MOST_FINDINGS)
    problems = _told(findings, document, path=path)
    own: dict[str, tuple[Any, ...]] = {}
    if notes is not None and notes.exists():
        own, wrong = _notes(notes, metrics)
        problems += wrong
    if problems:
        raise MetricsError(problems)
    joined = {code: (*metrics.notes.get(code, ()), *read) for code, read in own.items()}
    return metrics.model_copy(update={"notes": {**metrics.notes, **joined}}) if own else metrics


def read_names(path: Path) -> Metrics | None:
    """Read the names that figures are recognised by; None where those are not in order themselves.

    With them the files of figures can be checked although something else in metrics.yaml is wrong.
    """
    data = read_yaml(path).data
    if not isinstance(data, dict):
        return None
    metrics, _ = validated(Metrics, {part: data[part] for part in NAMES if part in data})
    return metrics


def _notes(path: Path, metrics: Metrics | None) -> tuple[dict[str, tuple[Any, ...]], list[Problem]]:
    """Read the notes, and tell what is wrong with them as far as metrics.yaml allows."""
    document = read_yaml(path)
    if document.data is None and not document.findings:
        return {}, []
    notes, findings = _checked(document, Notes)
    if isinstance(document.data, dict) and metrics is not None:
        findings += broken_note_rules(document.data, metrics=metrics)
    return notes or {}, _told(findings, document, path=path)


def _told(findings: list[Finding], document: Document, *, path: Path) -> list[Problem]:
    """Tell what the reader of a file and its rules found, with the line of each."""
    placed = [_with_line(finding, document) for finding in findings]
    return problems_in([*document.findings, *placed], path=path)


def _checked(document: Document, kind: Any) -> tuple[Any, list[Finding]]:
    """Check the types of a document; an unreadable one has been reported already."""
    if isinstance(document.data, Refused) or (document.data is None and document.findings):
        return None, []
    if not isinstance(document.data, dict):
        found = "nothing" if document.data is None else "a list or a single value"
        remedy = "begin with names at the left margin, such as `indicators:`"
        return None, [Finding(found, "blocks of `name: value`", remedy, line=1)]
    value, error = validated(kind, document.data)
    if error is None:
        return value, []
    return value, list(islice(explained(error, kind), MOST_FINDINGS))


def _known_regions(regions: Path) -> dict[str, KnownRegion]:
    """Read three columns alone; what is wrong with the file is for its own reader to say."""
    with regions.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        return {
            row["region_code"]: KnownRegion(
                name=row.get("region_name") or "", ggd_region=row.get("ggd_region_code") or ""
            )
            for row in csv.DictReader(lines)
            if row.get("region_code")
        }


def _with_line(finding: Finding, document: Document) -> Finding:
    line = finding.line or document.line_of(finding.location)
    return Finding(
        finding.found, finding.expected, finding.remedy, line=line, location=finding.location
    )


def schema_text() -> str:
    """Make the JSON schema of metrics.yaml, for editors, from the models."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= Metrics.model_json_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the schema, or say how."""
    if arguments != ["--write-schema"]:
        sys.stderr.write("python -m etl.metrics --write-schema\n")
        return 2
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
