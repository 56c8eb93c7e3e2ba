"""Answers of an OData service: a document with records, a count, or what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from etl.errors import Problem
from etl.snapshots import MAX_FILE_BYTES
from etl.sources.page_columns import columns_of, read_document

if TYPE_CHECKING:
    import requests

NEXT_LINK = "odata.nextLink"
TOO_MANY_RECORDS = "more than 10000 records"
_HALF_A_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")
_MOST_DIGITS = 18
_PASSING = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Page:
    """An answer as delivered, its number of records, and the link to the next page.

    `columns`: the text columns that were asked for, where Arrow could read them.
    """

    content: bytes
    rows: int
    next_link: str | None
    columns: pa.Table | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Document(Page):
    """A page with its records read."""

    records: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """Status, the headers that matter, and the whole body of one answer."""

    url: str
    status: int
    content: bytes
    location: str
    retry_after: str

    @classmethod
    def of(cls, response: requests.Response, *, url: str, chunk_bytes: int) -> Answer:
        """Take in a response; one beyond the largest size of a file is cut off there."""
        content = bytearray()
        for chunk in response.iter_content(chunk_bytes):
            content += chunk
            if len(content) > MAX_FILE_BYTES:
                break
        return cls(
            url=url,
            status=response.status_code,
            content=bytes(content),
            location=response.headers.get("Location", ""),
            retry_after=response.headers.get("Retry-After", ""),
        )


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer; a passing one is worth asking again."""

    found: str
    expected: str = "an answer with status 200"
    is_passing: bool = False
    wait_seconds: float | None = None

    def problem(self, url: str, *, attempts: int) -> Problem:
        """Say it to the user."""
        times = "once" if attempts == 1 else f"{attempts} times"
        wait = f" (it asks to wait {self.wait_seconds:.0f} s)" if self.wait_seconds else ""
        return Problem(
            where=url,
            found=f"{self.found}{wait}; asked {times}",
            expected=self.expected,
            remedy=(
                "check the connection, try again later: what is already here is not fetched "
                "again, and what was loaded before stays in use"
            ),
        )


def unreachable(error: requests.RequestException) -> Fault:
    """Say why no complete answer came; it may be over in a moment."""
    name = type(error).__name__
    reasons = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "no answer in time",
        "Timeout": "an answer that is not complete in time",
        "ConnectionError": "no connection, or it was broken off",
        "ChunkedEncodingError": "an answer that breaks off",
        "ContentDecodingError": "an answer that cannot be unpacked",
        "SSLError": "a connection that is not safe",
        "ProxyError": "a proxy that does not answer",
    }
    return Fault(
        found=reasons.get(name, name), expected="a complete answer", is_passing=name != "SSLError"
    )


def fault_of(answer: Answer) -> Fault | None:
    """Return what is wrong with a status or size, None where the body can be read."""
    if len(answer.content) > MAX_FILE_BYTES:
        limit = f"at most {MAX_FILE_BYTES:,} bytes in one answer"
        return Fault(found=f"more than {MAX_FILE_BYTES:,} bytes", expected=limit)
    if answer.status == 200:
        return None
    said = _said(answer.content)
    return Fault(
        found=f"status {answer.status}{said}",
        is_passing=answer.status in _PASSING and TOO_MANY_RECORDS not in said,
        wait_seconds=_wait_seconds(answer.retry_after),
    )


def _said(content: bytes) -> str:
    """Return the message in an error document of the service, if it is one."""
    try:
        return f": {str(json.loads(content)['odata.error']['message']['value'])[:200]}"
    except (ValueError, KeyError, TypeError):
        return ""


def _is_number(text: str) -> bool:
    """Whether a text is a row of digits; a small raised one is a digit too, and no number."""
    return text.isascii() and text.isdigit()


def _wait_seconds(retry_after: str) -> float | None:
    """Return seconds from a Retry-After header, which holds seconds or a moment."""
    if not retry_after:
        return None
    if _is_number(retry_after.strip()):
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def document_in(answer: Answer) -> Document:
    """Read a page; ValueError where it is cut off or something else than records."""
    if answer.content.lstrip()[:1] == b"<":
        raise ValueError("a web page instead of JSON")
    try:
        content = json.loads(answer.content)
        if _HALF_A_CHARACTER.search(answer.content):
            json.dumps(content, ensure_ascii=False).encode()  # fails unless both halves are there
    except (ValueError, RecursionError) as error:
        size = f"{len(answer.content):,} bytes"
        raise ValueError(f"a document of {size} that is cut off or damaged: {error}") from error
    records = content.get("value") if isinstance(content, dict) else None
    if not isinstance(records, list) or not set(map(type, records)) <= {dict}:
        raise ValueError("a document without a list of records named 'value'")
    link = content.get(NEXT_LINK)
    if link is not None and not isinstance(link, str):
        raise ValueError(f"{NEXT_LINK} {link!r}")
    return Document(answer.content, len(records), link, records=records)


def page_in(answer: Answer, *, columns: Collection[str]) -> Page:
    """Read a page of texts: a Page where every record has all columns, else a Document to look at.

    Arrow does the first several at a time and without an object for each record.
    """
    complete = _complete_page(answer.content, columns=columns) if columns else None
    return complete or document_in(answer)


def _complete_page(content: bytes, *, columns: Collection[str]) -> Page | None:
    """Return a page whose records all have text or null in every column; None where in doubt."""
    names = sorted(columns)
    try:
        document = read_document(content, columns=names, texts=(NEXT_LINK,))
    except pa.ArrowInvalid:
        return None
    values = document["value"].combine_chunks()
    records = values.flatten()
    if len(values) != 1 or values.null_count or records.null_count:
        return None
    table = columns_of(records, columns=names)
    for name in names:
        # null, or not there at all: only a text that is followed by a colon is a name
        is_named = f"{json.dumps(name)}:".encode()
        if table[name].null_count and content.count(is_named) != len(records):
            return None
    return Page(content, len(records), document[NEXT_LINK][0].as_py(), columns=table)


def count_in(answer: Answer) -> int | None:
    """Read a row count; None where the service says that it does not count."""
    if answer.status != 200:
        return None
    text = answer.content.decode("utf-8-sig", errors="replace").strip()
    if not _is_number(text) or len(text) > _MOST_DIGITS:
        raise ValueError(f"{text[:40]!r} as the number of rows")
    return int(text)
