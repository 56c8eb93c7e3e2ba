"""metrics.yaml and data/notes.yaml: read strictly, every problem with its line, all at once.

`python -m etl.metrics --write-schema` writes etl/metrics.schema.json from the models.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from etl.findings import Finding, raise_all
from etl.metrics_models import Metrics, Notes
from etl.metrics_rules import broken_rules, unused_rules
from etl.notes import broken_note_rules
from etl.strict_yaml import Document, Refused, read_yaml
from etl.validation import explained, validated

__all__ = ["SCHEMA_FILE", "Metrics", "read_metrics", "schema_text", "unused_rules"]

SCHEMA_FILE = Path(__file__).with_name("metrics.schema.json")


def read_metrics(
    path: Path, *, notes: Path | None = None, region_names: Mapping[str, str] | None = None
) -> Metrics:
    """Read metrics.yaml and, where it exists, the notes file; raise MetricsError with all problems.

    `region_names` (code to name, from regions.csv) lets unknown municipalities be refused here.
    """
    document = read_yaml(path)
    metrics, findings = _checked(document, Metrics)
    if isinstance(document.data, dict):
        findings += broken_rules(document.data, region_names=region_names or {})
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
    return value, [] if error is None else list(explained(error, kind))


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
