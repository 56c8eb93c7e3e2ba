"""One visitor of a running dashboard over the real websocket, without drawing what comes back.

Speaks the protocol that the browser speaks: the same messages, the same subprotocol, the same
cache of large messages. What a browser needs to draw them is not measured here (see `paint`).
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LARGEST_ANSWER = 32 * 1024 * 1024
BUILD_ID = re.compile(rb"\d{8}-\d{6}-[0-9a-f]{8}(?:-\d+)?")
RUNS_KEPT = 2
"""How many runs a browser keeps a large message for, when it is not shown again."""


@dataclass
class Run:
    """What came back for one action, until the page was settled."""

    seconds: float = 0.0
    received: int = 0
    """Bytes over the wire, before compression."""
    build_ids: set[str] = field(default_factory=set)
    payloads: list[bytes] = field(default_factory=list)
    """Every message as it came, messages of the visitor's own cache included."""

    def messages(self) -> Iterator[ForwardMsg]:
        """Yield the messages, decoded."""
        return (ForwardMsg.FromString(payload) for payload in self.payloads)

    def elements(self) -> Iterator[Element]:
        """Yield the elements that were shown."""
        for message in self.messages():
            if message.delta.WhichOneof("type") == "new_element":
                yield message.delta.new_element

    def exceptions(self) -> list[str]:
        """Return what went wrong on the page, by the name of the error."""
        kinds = ((e.WhichOneof("type"), e) for e in self.elements())
        return [element.exception.type for kind, element in kinds if kind == "exception"]


class Visitor:
    """An open session: asks pages, chooses in lists, remembers what a browser remembers."""

    def __init__(self, socket: ClientConnection, *, keep: bool) -> None:
        self._socket = socket
        self._keep = keep
        self._query = ""
        self._page_hash = ""
        self._pages: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._cache: dict[str, tuple[int, bytes]] = {}
        self._runs = 0

    async def open(self, path: str, query: Mapping[str, str]) -> Run:
        """Go to a page of the site by its path, as a link does."""
        self._query = urlencode(query)
        message = BackMsg()
        if path in self._pages:
            self._page_hash = self._pages[path]
        else:
            message.rerun_script.page_name = path
            self._page_hash = ""
        return await self._ask(message)

    async def choose(self, label: str, option: str) -> Run:
        """Choose an option of a list by the words a visitor sees."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = self._lists[label], option
        return await self._ask(message)

    async def send(self, message: bytes | str) -> None:
        """Send anything at all, for tests of hostile visitors."""
        await self._socket.send(message)

    async def _ask(self, message: BackMsg) -> Run:
        message.rerun_script.query_string = self._query
        message.rerun_script.page_script_hash = self._page_hash
        message.rerun_script.cached_message_hashes.extend(self._cache)
        self._runs += 1
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        run = await self.settled()
        run.seconds = time.perf_counter() - start
        return run

    async def settled(self) -> Run:
        """Receive until a run has finished and no other was started for it."""
        run = Run()
        while True:
            payload = bytes(await self._socket.recv(decode=False))
            run.received += len(payload)
            answer = ForwardMsg.FromString(payload)
            payload = self._remembered(answer, payload)
            run.build_ids.update(found.decode() for found in BUILD_ID.findall(payload))
            if self._keep:
                run.payloads.append(payload)
            self._note(answer)
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
            ):
                self._forget()
                return run

    def _remembered(self, answer: ForwardMsg, payload: bytes) -> bytes:
        """Return the message itself where a reference to an earlier one came."""
        if answer.WhichOneof("type") == "ref_hash":
            _, payload = self._cache[answer.ref_hash]
            self._cache[answer.ref_hash] = (self._runs, payload)
        elif answer.metadata.cacheable:
            self._cache[answer.hash] = (self._runs, payload)
        return payload

    def _forget(self) -> None:
        oldest = self._runs - RUNS_KEPT
        self._cache = {name: kept for name, kept in self._cache.items() if kept[0] > oldest}

    def _note(self, answer: ForwardMsg) -> None:
        """Keep what the next message to the server needs."""
        kind = answer.WhichOneof("type")
        if kind == "page_info_changed":
            self._query = answer.page_info_changed.query_string
        elif kind == "navigation":
            self._page_hash = answer.navigation.page_script_hash
            self._pages = {
                "" if page.is_default else page.url_pathname: page.page_script_hash
                for page in answer.navigation.app_pages
            }
        elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "selectbox":
            box = answer.delta.new_element.selectbox
            self._lists[box.label] = box.id


@asynccontextmanager
async def visiting(address: str, *, keep: bool = True, **connection: Any) -> AsyncIterator[Visitor]:
    """Open a session with the dashboard at an address such as http://localhost:8501.

    `connection`: further options of the websocket, such as `ssl`.
    """
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(
        stream,
        subprotocols=["streamlit"],
        origin=address,
        max_size=LARGEST_ANSWER,
        open_timeout=60,
        **connection,
    ) as socket:
        yield Visitor(socket, keep=keep)
