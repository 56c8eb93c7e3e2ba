"""Client of an OData v3 service: one host, bounded retries, one page at a time."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import quote

import requests

from etl.errors import NetworkError
from etl.sources.odata_addresses import checked_base_url, is_loopback, next_address, question
from etl.sources.odata_answers import (
    Answer,
    Fault,
    Page,
    count_in,
    document_in,
    fault_of,
    page_in,
    unreachable,
)
from etl.sources.odata_answers import Document as Document

MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_CANNOT_COUNT = (400, 404, 405, 501)
_CHUNK_BYTES = 1 << 18

Read = TypeVar("Read")


@dataclass(frozen=True)
class Patience:
    """How long to wait for an answer and how often to ask again; times in seconds.

    `read_seconds` is the longest silence, `answer_seconds` the longest for one whole answer.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    answer_seconds: float = 120.0
    attempts: int = 4
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 120.0


class ODataClient:
    """Asks one service; never another host, over https or (to this machine only) http."""

    def __init__(
        self,
        base_url: str,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.base_url = checked_base_url(base_url)
        self.patience = patience or Patience()
        self.requests_made = 0
        self._sleep = sleep
        self._of_thread = threading.local()
        self._sessions: list[requests.Session] = []
        self._counting = threading.Lock()

    def table_url(self, table_id: str, *, entity: str, query: Mapping[str, str]) -> str:
        """Return the address of an entity of a table, on the side that delivers in pages."""
        path = f"ODataFeed/odata/{quote(table_id)}/{quote(entity, safe='$/')}"
        return f"{self.base_url}/{path}{question({'$format': 'json', **query})}"

    def catalogue_url(self) -> str:
        """Return the address of the list of all tables."""
        return f"{self.base_url}/ODataCatalog/Tables{question({'$format': 'json'})}"

    def fetch_document(self, url: str) -> Document:
        """Return one page; NetworkError when it does not come after bounded retries."""
        return self._fetch(url, read=document_in)

    def fetch_page(self, url: str, *, columns: Collection[str]) -> Page:
        """Return one page as `page_in` reads it; NetworkError when it does not come."""
        return self._fetch(url, read=partial(page_in, columns=columns))

    def fetch_count(self, table_id: str, *, entity: str, row_filter: str) -> int | None:
        """Return how many rows the service says there are; None where it does not count."""
        query = {"$filter": row_filter} if row_filter else {}
        path = f"ODataFeed/odata/{quote(table_id)}/{quote(entity)}/$count"
        url = f"{self.base_url}/{path}{question(query)}"
        return self._fetch(url, read=count_in, accept=_CANNOT_COUNT)

    def close(self) -> None:
        """Let go of all connections."""
        for session in self._sessions:
            session.close()

    def next_url(self, link: str, *, page_url: str) -> str:
        """Return the address that a page or a redirect leads to; NetworkError on another host."""
        return next_address(link, page_url=page_url, base_url=self.base_url)

    def _fetch(
        self, url: str, *, read: Callable[[Answer], Read], accept: tuple[int, ...] = ()
    ) -> Read:
        """Ask until an answer can be read, a fault is lasting, or patience is at its end."""
        wait = self.patience.first_wait_seconds
        for attempt in range(1, self.patience.attempts + 1):
            outcome = self._attempt(url, read=read, accept=accept)
            if not isinstance(outcome, Fault):
                return outcome
            fault = outcome
            jitter = random.uniform(0, wait / 2)  # noqa: S311  spreads clients, keeps no secret
            pause = wait + jitter if fault.wait_seconds is None else fault.wait_seconds
            is_last = attempt == self.patience.attempts
            if is_last or not fault.is_passing or pause > self.patience.longest_wait_seconds:
                break
            self._sleep(pause)
            wait = min(wait * 2, self.patience.longest_wait_seconds / 2)
        raise NetworkError(fault.problem(url, attempts=attempt))

    def _attempt(
        self, url: str, *, read: Callable[[Answer], Read], accept: tuple[int, ...]
    ) -> Read | Fault:
        """Ask once, along redirects on the same host."""
        for _ in range(MAX_REDIRECTS + 1):
            try:
                answer = self._ask(url)
            except requests.RequestException as error:
                return unreachable(error)
            if answer.status in _REDIRECTS:
                url = self.next_url(answer.location, page_url=url)
                continue
            fault = None if answer.status in accept else fault_of(answer)
            return self._read(answer, read=read) if fault is None else fault
        return Fault(found=f"more than {MAX_REDIRECTS} redirects", expected="the document itself")

    def _read(self, answer: Answer, *, read: Callable[[Answer], Read]) -> Read | Fault:
        try:
            return read(answer)
        except ValueError as error:
            return Fault(found=str(error), expected="a complete JSON document", is_passing=True)

    def _ask(self, url: str) -> Answer:
        """Send one request and take in its whole answer, up to the largest size of a file."""
        with self._counting:
            self.requests_made += 1
        timeout = (self.patience.connect_seconds, self.patience.read_seconds)
        with (
            self._session().get(
                url, timeout=timeout, stream=True, allow_redirects=False
            ) as response,
            _no_longer_than(self.patience.answer_seconds, response=response),
        ):
            return Answer.of(response, url=url, chunk_bytes=_CHUNK_BYTES)

    def _session(self) -> requests.Session:
        """Return the session of this thread: sessions are not safe to share."""
        session = getattr(self._of_thread, "session", None)
        if session is None:
            session = self._of_thread.session = requests.Session()
            session.trust_env = not is_loopback(self.base_url)
            self._sessions.append(session)
            session.headers["Accept"] = "application/json"
            session.headers["User-Agent"] = "doelmonitor-eenzaamheid"
        return session


@contextmanager
def _no_longer_than(seconds: float, *, response: requests.Response) -> Iterator[None]:
    """End an answer that goes on arriving, however little at a time; a Timeout then."""
    given_up = threading.Event()

    def give_up() -> None:
        given_up.set()
        with suppress(OSError, ValueError):  # it came to its end just now
            response.raw.shutdown()

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except requests.RequestException:
        if not given_up.is_set():
            raise
    finally:
        timer.cancel()
    if given_up.is_set():
        raise requests.Timeout
