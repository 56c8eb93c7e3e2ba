"""metrics.yaml and data/notes.yaml: read strictly, every problem with its line, all at once.

`python -m etl.metrics --write-schema` writes etl/metrics.schema.json from the models.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from etl.findings import Finding, raise_all
from etl.metrics_models import Metrics, Notes
from etl.metrics_rules import KnownRegion, broken_rules, unused_rules
from etl.notes import broken_note_rules
from etl.strict_yaml import Document, Refused, read_yaml
from etl.validation import explained, validated

__all__ = ["SCHEMA_FILE", "Metrics", "read_metrics", "schema_text", "unused_rules"]

MOST_FINDINGS = 200
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
    problems = [_with_line(finding, document) for finding in findings]
    raise_all([*document.findings, *problems], path=path)
    if notes is None or not notes.exists():
        return metrics
    own = {code: _joined(metrics.notes, read, code) for code, read in _notes(notes, metrics)}
    return metrics.model_copy(update={"notes": {**metrics.notes, **own}})


def _joined(notes: Notes, read: tuple[Any, ...], code: str) -> tuple[Any, ...]:
    return (*notes.get(code, ()), *read)


def _notes(path: Path, metrics: Metrics) -> Iterator[tuple[str, tuple[Any, ...]]]:
    document = read_yaml(path)
    if document.data is None and not document.findings:
        return iter(())
    notes, findings = _checked(document, Notes)
    if isinstance(document.data, dict):
        findings += broken_note_rules(document.data, metrics=metrics)
    problems = [_with_line(finding, document) for finding in findings]
    raise_all([*document.findings, *problems], path=path)
    return iter(notes.items())


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
