"""Hostile visitors: addresses and websocket messages that no page would send, for a bounded time.

Whatever comes, no page shows an error, nothing of the machine is told, no file is read, and the
next visitor is served.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import WebSocketException

from benchmarks.load_client import Run, visiting
from dashboard.address import PARAMETERS
from dashboard.navigation import PAGES
from tests.conversing import conversing
from tests.serving import ROOT, Dashboard, serving

pytestmark = pytest.mark.xdist_group("fuzz")

SECONDS = 6
HOSTILE = (
    *("", " ", "GM1783", "GM0000", "gm1783", "GM1783,GM0503", "GM1783\x00", "en", "NL", "18+"),
    *("' or 1=1 --", "'; drop table marts.estimates; --", "$municipality", "?", "%", "_", "%27"),
    *("<script>window.fuzzed=1</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"),
    *("[x](javascript:alert(1))", "$x^2$", ":material/home:", "{title}", "{0}", "%s", "${jndi:x}"),
    *("../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "C:\\Windows\\win.ini", "\\\\h\\s"),
    *("-1", "0", "9" * 400, "1e999", "nan", "2024", "2024-02-30", "0000-00-00", "2026-05-31"),
    *("a" * 121, "a" * 60_000, ",".join(["GM1783"] * 500), "é", "\u202e", "\ud83d", "🧨", "\n\r"),
    *("__class__", "__import__('os')", "constructor", "true", "null", "[]", "{}", "()", "*"),
)
NAMES = (*PARAMETERS, "", "x", "embed", "embed_options", "session_state", "__proto__", "a" * 2_000)
PATHS = [page.path for page in PAGES]
SECRETS = (str(ROOT).encode(), b"root:x:0", b"site-packages", b"Traceback", b"duckdb.duckdb")


class Markup(HTMLParser):
    """Notices markup that came out of an address."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in ("script", "img", "iframe") or "onerror" in names:
            self.found.append(tag)


@pytest.fixture(scope="module")
def attacked(warehouse: Path) -> Iterator[Dashboard]:
    """Run a dashboard of its own: others must not suffer."""
    with serving(warehouse) as dashboard:
        yield dashboard


def wrong_in(run: Run) -> list[str]:
    """Return what a run should not have shown."""
    said = b"\n".join(run.payloads)
    markup = Markup()
    for element in run.elements():
        kind = element.WhichOneof("type")
        markup.feed(element.html.body if kind == "html" else "")
        markup.feed(element.markdown.body if kind == "markdown" else "")
    told = [secret.decode() for secret in SECRETS if secret in said]
    return [*run.exceptions(), *told, *markup.found]


def address(chance: random.Random) -> dict[str, str]:
    """Return parameters as nobody would write them."""
    return {
        chance.choice(NAMES): chance.choice(HOSTILE).encode("utf-8", "replace").decode()
        for _ in range(chance.randint(1, 5))
    }


def test_no_address_breaks_a_page(attacked: Dashboard) -> None:
    async def attack() -> tuple[int, list[tuple[dict[str, str], list[str]]]]:
        chance, count, failures = random.Random(7), 0, []  # noqa: S311 - no secret
        until = time.monotonic() + SECONDS
        async with visiting(attacked.address) as visitor:
            while time.monotonic() < until:
                query = address(chance)
                run = await asyncio.wait_for(visitor.open(chance.choice(PATHS), query), 20)
                count += 1
                if wrong := wrong_in(run):
                    failures.append((query, wrong))
        return count, failures

    count, failures = conversing(attack())
    assert failures == []
    assert count > 15
    assert attacked.get("/healthz").status == 200


def messages(chance: random.Random) -> Iterator[bytes | str]:
    """Yield messages that no browser sends, without end."""
    while True:
        yield from (
            chance.randbytes(chance.choice((0, 1, 7, 500, 70_000))),
            _mutated(_rerun(chance), chance),
            _rerun(chance).SerializeToString(),
            chance.choice(HOSTILE).encode("utf-8", "replace").decode(),
            _rerun(chance).SerializeToString(),
            b"\0" * (2 * 1024 * 1024),
            _rerun(chance).SerializeToString(),
        )


def _mutated(message: BackMsg, chance: random.Random) -> bytes:
    whole = bytearray(message.SerializeToString())
    for _ in range(chance.randint(1, 8)):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    return bytes(whole[: chance.randint(1, len(whole))])


def _rerun(chance: random.Random) -> BackMsg:
    """Ask for a run with widgets, fragments and pages that do not exist, or not like that."""

    def word() -> str:
        return chance.choice(HOSTILE).encode("utf-8", "replace").decode()

    message = BackMsg()
    state = message.rerun_script
    state.query_string = word()
    state.page_script_hash = chance.choice(("", word()))
    state.page_name = chance.choice((*PATHS, word()))
    state.cached_message_hashes.append(word())
    for _ in range(chance.randint(0, 4)):
        widget = state.widget_states.widgets.add()
        name = chance.choice(("choice_gemeente_side", "choice_gemeente_", word()))
        widget.id = f"$$ID-{chance.randrange(16**32):032x}-{name}"
        field = chance.choice(("string_value", "int_value", "bytes_value", "json_value"))
        values = {
            "string_value": word(),
            "int_value": 2**31,
            "bytes_value": b"\xff",
            "json_value": word(),
        }
        setattr(widget, field, values[field])
    if chance.random() < 0.2:
        state.fragment_id = word()
    return message


def test_no_message_breaks_the_server(attacked: Dashboard) -> None:
    async def attack() -> tuple[int, list[list[str]]]:
        chance, answered, failures = random.Random(11), 0, []  # noqa: S311 - no secret
        hostile = messages(chance)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            message = next(hostile)
            try:
                async with visiting(attacked.address) as visitor:
                    await visitor.send(message)
                    run = await asyncio.wait_for(visitor.settled(), 1.5)
            except (TimeoutError, WebSocketException, KeyError):
                continue  # not answered, or the line was cut
            answered += 1
            if wrong := wrong_in(run):
                failures.append([repr(message[:300]), *wrong])
        return answered, failures

    answered, failures = conversing(attack())
    assert failures == []
    assert answered > 0
    assert attacked.process.poll() is None
    assert attacked.get("/healthz").status == 200


def test_after_all_that_a_visitor_is_served(attacked: Dashboard) -> None:
    async def visit() -> list[list[str]]:
        async with visiting(attacked.address) as visitor:
            return [wrong_in(await visitor.open(path, {"gemeente": "GM1783"})) for path in PATHS]

    assert conversing(visit()) == [[] for _ in PATHS]
    assert "MemoryError" not in attacked.said()
