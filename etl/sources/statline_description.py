"""What the metadata of a StatLine table says: which column holds what, and what codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.errors import Problem
from etl.snapshots import Definition
from etl.sources.base import SeriesFacts, Vocabulary
from etl.sources.codes import Remark
from etl.sources.statline_dimensions import read_dimensions
from etl.sources.statline_layout import Layout
from etl.sources.statline_metadata import Entity, Metadata, tidy
from etl.sources.statline_names import NamedTopic, has_title_of, resolve_topics


@dataclass(frozen=True)
class Described:
    """Layout of a table, the definition of each of its indicators, and what stops the load."""

    layout: Layout | None
    definitions: Mapping[str, Definition]
    warned: tuple[Remark, ...]
    problems: tuple[Problem, ...]


def describe(
    metadata: Metadata, *, table_id: str, series: SeriesFacts, vocabulary: Vocabulary, where: str
) -> Described:
    """Read the metadata of a table; every problem in it is collected."""
    named, descriptions = _topics(metadata.properties)
    topics, problems = resolve_topics(named, series=series, vocabulary=vocabulary, where=where)
    if table_id not in series.editions and not has_title_of(series, title=metadata.title):
        problems.append(_other_title(metadata, series=series, where=where))
    reading = read_dimensions(metadata, series=series, vocabulary=vocabulary, where=where)
    problems += reading.problems
    if problems:
        return Described(None, {}, (), tuple(problems))
    definitions = {topic.indicator: descriptions[topic.key] for topic in topics}
    layout = Layout(series=series, table_id=table_id, topics=tuple(topics), **reading.found)
    return Described(layout, definitions, tuple(reading.warned), ())


def _topics(properties: Entity) -> tuple[list[NamedTopic], dict[str, Definition]]:
    """Return the topics of a table with their titles, and what each is said to measure."""
    named, descriptions = [], {}
    for row in properties:
        if row.get("Type") == "Topic":
            key, title = str(row.get("Key", "")).strip(), tidy(row.get("Title"))
            given = str(row.get("Decimals") or "").strip()
            decimals = int(given) if given.isdecimal() else None
            named.append(NamedTopic(key, title, decimals))
            text = str(row.get("Description") or "")
            descriptions[key] = Definition(key, title, text, decimals)
    return named, descriptions


def _other_title(metadata: Metadata, *, series: SeriesFacts, where: str) -> Problem:
    return Problem(
        where=f"{where}, title",
        found=repr(metadata.title),
        expected=f"a title that begins with {' or '.join(map(repr, series.titles)) or 'nothing'}",
        remedy=(
            "another population or scale belongs in a series of its own; if it is the same, add "
            f"the title to series.{series.series_id}.titles in metrics.yaml"
        ),
    )
