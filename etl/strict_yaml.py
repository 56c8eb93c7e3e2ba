"""Strict YAML: every value is what it looks like, or it is refused with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from etl.findings import Finding, Location, quoted
from etl.yaml_scalars import HIDDEN, Refusal, plain_value, text_value

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml: slower, the same events
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

LARGEST_BYTES = 16 * 1024 * 1024
DEEPEST = 24
MOST_FINDINGS = 500


class Refused:
    """Stands where a value was refused, so that it is not reported twice."""

    def __repr__(self) -> str:
        return "refused"


REFUSED = Refused()


@dataclass
class Document:
    """What a file says, on which line it says it, and what was refused on the way."""

    data: object = None
    lines: dict[Location, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def line_of(self, location: Location) -> int:
        """Find the line of a location, or of the nearest one that it stands in; at least 1."""
        for length in range(len(location), 0, -1):
            if location[:length] in self.lines:
                return self.lines[location[:length]]
        return 1


def read_yaml(path: Path) -> Document:
    """Read one file; whatever is wrong with it becomes a finding, never another error."""
    document = Document()
    text = _text(path, document)
    if text is None:
        return document
    is_indented_by_tabs = re.search(r"^ *\t", text, re.MULTILINE) is not None
    try:
        _Reader(document).read(_without_tabs(text, document))
    except _Stop as stop:
        document.findings.append(stop.finding)
        document.data = REFUSED
    except yaml.YAMLError as error:
        if not is_indented_by_tabs:  # else the tab is the cause, and that has been said
            document.findings.append(_syntax(error))
        document.data = REFUSED
    return document


def _text(path: Path, document: Document) -> str | None:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_BYTES else b""
    except OSError as error:
        reason = error.strerror or "not readable"
        found = "no such file" if isinstance(error, FileNotFoundError) else reason
        remedy = "give its path with --metrics, or put the file there"
        document.findings.append(Finding(found, "a file that can be read", remedy))
        return None
    if size > LARGEST_BYTES:
        remedy = "check that this is the right file"
        document.findings.append(Finding(f"{size:,} bytes", "at most 16 MB", remedy))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02X}, which is not UTF-8"
        remedy = "save the file again with encoding UTF-8"
        document.findings.append(Finding(found, "text in UTF-8", remedy, line=line))
        return None


def _without_tabs(text: str, document: Document) -> str:
    if "\t" not in text and not HIDDEN.search(text):
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            remedy = "replace the tab by spaces"
            document.findings.append(Finding("a tab", "spaces only", remedy, line=number))
        for character in sorted(set(HIDDEN.findall(line))):
            found = f"the hidden character U+{ord(character):04X}"
            document.findings.append(Finding(found, "visible text", "remove it", line=number))
    return HIDDEN.sub(" ", text.replace("\t", "  "))


def _syntax(error: yaml.YAMLError) -> Finding:
    problem = getattr(error, "problem", None) or "characters that are not text"
    mark = getattr(error, "problem_mark", None)
    return Finding(
        problem.removeprefix("found "),
        "YAML: `key: value`, two spaces per level, quotes that are closed",
        "mend this line or the one above; what comes after it was not read",
        line=mark.line + 1 if mark else 1,
    )


class _Stop(Exception):  # noqa: N818 - no error of the program: the end of reading
    """Ends the reading of a file that would cost time and teach nothing more."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Reader:
    """Turns the events of one document into plain values, with the line of each location."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.events: Iterator[yaml.Event] = iter(())

    def read(self, text: str) -> None:
        self.events = yaml.parse(text, Loader=Loader)
        documents = 0
        for event in self.events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            documents += 1
            if documents > 1:
                self._report(event, "a second document after ---", "one document", "remove ---")
                return
            self.document.data = self._value(next(self.events), ())

    def _value(self, event: yaml.Event, location: Location) -> object:
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent) or location not in self.document.lines:
            self.document.lines[location] = line
        if isinstance(event, yaml.AliasEvent):
            self._report(event, f"the alias *{event.anchor}", "the value itself", "write it out")
            return REFUSED
        self._refuse_anchor_and_tag(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(location) >= DEEPEST:
            found = f"more than {DEEPEST} levels deep"
            raise _Stop(Finding(found, "few levels", "remove levels", line=_line(event)))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(location)
        return self._mapping(location)

    def _sequence(self, location: Location) -> tuple[object, ...]:
        values: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*location, len(values))))
        return tuple(values)

    def _mapping(self, location: Location) -> dict[str | int, object]:
        values: dict[str | int, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, location)
            inside: Location = (*location, key if key is not None else "?")
            if key is not None and key in values:
                first = self.document.lines[inside]
                found = f"{quoted(key)} a second time (first on line {first})"
                self._report(event, found, "each key once", "remove or rename one of the two")
                inside = (*location, f"{key} again")
                key = None
            self.document.lines[inside] = _line(event)
            value = self._value(next(self.events), inside)
            if key is not None:
                values[key] = value
        return values

    def _key(self, event: yaml.Event, location: Location) -> str | int | None:
        if not isinstance(event, yaml.ScalarEvent):
            self._report(event, "a key that is a list or block", "a word as key", "use a word")
            if not isinstance(event, yaml.AliasEvent):
                self._value(event, (*location, "?"))
            return None
        self._refuse_anchor_and_tag(event)
        key = self._scalar(event)
        if isinstance(key, (str, int)) and not isinstance(key, bool) and key != "":
            return key
        if not isinstance(key, Refused):
            self._report(event, quoted(event.value), "a word as key", "put the key in quotes")
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        is_plain = event.style in (None, "")
        value = plain_value(event.value) if is_plain else text_value(event.value)
        if isinstance(value, Refusal):
            self._report(event, value.found, value.expected, value.remedy)
            return REFUSED
        return value

    def _refuse_anchor_and_tag(self, event: yaml.Event) -> None:
        if anchor := getattr(event, "anchor", None):
            self._report(event, f"the anchor &{anchor}", "no anchors", "write it out")
        if tag := getattr(event, "tag", None):
            self._report(event, f"the tag {tag}", "no tags", "remove the tag")

    def _report(self, event: yaml.Event, found: str, expected: str, remedy: str) -> None:
        line = _line(event)
        self.document.findings.append(Finding(found, expected, remedy, line=line))
        if len(self.document.findings) >= MOST_FINDINGS:
            found = f"more than {MOST_FINDINGS} problems up to here"
            raise _Stop(Finding(found, "metrics.yaml", "check the file", line=line))
