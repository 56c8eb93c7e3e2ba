"""A real nginx with the shipped configuration, two dashboards, and an evening full of events."""

from __future__ import annotations

import asyncio
import http.client
import random
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from benchmarks.load import ABOUT, wrong_with
from benchmarks.load_client import Visitor, visiting
from tests.conversing import conversing
from tests.deploy.proxy import Proxy, behind_nginx
from tests.serving import ROOT, Dashboard, serving

pytestmark = pytest.mark.xdist_group("nginx")

VISITORS = 6
WALKED = ("", "doel", "aanpak", ABOUT)
"""Paths of pages: few, so that a new build is soon ready for them."""


@dataclass
class Evening:
    """What visitors met."""

    proxy: Proxy
    over: threading.Event = field(default_factory=threading.Event)
    pages: int = 0
    reconnected: int = 0
    walking: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    builds: list[str] = field(default_factory=list)

    async def visit(self, number: int) -> None:
        """Walk from page to page; where the line drops, come back as a browser does."""
        chance = random.Random(number)  # noqa: S311 - where to walk
        while not self.over.is_set():
            try:
                async with self.line(number) as visitor:
                    self.walking.add(number)
                    await self._walk(visitor, chance)
            except (OSError, WebSocketException):
                self.reconnected += 1
                await asyncio.sleep(0.5)

    def line(self, number: int):  # type: ignore[no-untyped-def]
        """Open a conversation through the proxy with a visitor's own cookie."""
        cookie = {"Cookie": f"_streamlit_xsrf=2|00000000|00000000|{1_700_000_000 + number}"}
        return visiting(self.proxy.address, ssl=self.proxy.trust, additional_headers=cookie)

    async def _walk(self, visitor: Visitor, chance: random.Random) -> None:
        while not self.over.is_set():
            path = chance.choice(WALKED)
            code = chance.choice(["GM1783", "GM0518"])
            run = await asyncio.wait_for(visitor.open(path, {"gemeente": code}), 60)
            self.pages += 1
            self.wrong += wrong_with(path, run)
            self.builds += run.build_ids if path != ABOUT else []
            await asyncio.sleep(chance.uniform(0.05, 0.3))

    async def all_visits(self) -> None:
        """Let everybody walk until the evening is over."""
        await asyncio.gather(*(self.visit(number) for number in range(VISITORS)))

    def ask_again_and_again(self) -> None:
        """Ask the first page without pause: every answer must be one."""
        while not self.over.is_set():
            try:
                status, _, body = self.proxy.get("/")
                if status != 200 or b"<html" not in body:
                    self.wrong.append(f"GET / answered {status}")
            except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
                self.wrong.append(f"GET /: {error}")
            time.sleep(0.05)


@pytest.fixture(scope="module")
def published(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a shared volume with one build."""
    folder = tmp_path_factory.mktemp("volume") / "warehouse"
    shutil.copytree(warehouse, folder)
    return folder


@pytest.fixture(scope="module")
def pair(published: Path) -> Iterator[tuple[Dashboard, Dashboard]]:
    """Run two dashboards over one volume."""
    with serving(published) as first, serving(published) as second:
        yield first, second


@pytest.fixture(scope="module")
def proxy(
    pair: tuple[Dashboard, Dashboard], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """Run nginx before both."""
    ports = [int(dashboard.address.rsplit(":", 1)[1]) for dashboard in pair]
    with behind_nginx(tmp_path_factory.mktemp("nginx"), ports=ports) as running:
        yield running


def publisher(*arguments: str, warehouse: Path) -> None:
    """Run a command of the publisher, elsewhere than the dashboards."""
    subprocess.run(
        [sys.executable, "-m", "etl", *arguments, "--warehouse", str(warehouse)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )


def shown_by(dashboard: Dashboard) -> str:
    """Build that a process shows, from its health."""
    return dashboard.get("/healthz").body.decode().split('"build_id":"')[1].split('"')[0]


def wait_for_everybody(evening: Evening) -> None:
    """Wait until every visitor has an open line."""
    deadline = time.monotonic() + 90
    while len(evening.walking) < VISITORS:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def wait_until(dashboard: Dashboard, *, shows_another_than: str) -> str:
    """Wait until a process has moved to another build; return it."""
    deadline = time.monotonic() + 90
    while (shown := shown_by(dashboard)) == shows_another_than:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return shown


def test_transport_is_safe_and_headers_come_once(proxy: Proxy) -> None:
    status, headers, _ = proxy.get("/doel?gemeente=GM1783")
    assert status == 200
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["server"] == "nginx"  # without its version


def test_without_tls_one_is_sent_to_tls(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("localhost", proxy.plain_port, timeout=10)
    connection.request("GET", "/doel?gemeente=GM1783")
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["location"] == "https://localhost/doel?gemeente=GM1783"
    connection.close()


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/../etc"])
def test_closed_doors_stay_closed(proxy: Proxy, path: str) -> None:
    assert proxy.get(path)[0] in (400, 404)


def test_an_address_that_is_too_long_is_refused_before_the_dashboard(proxy: Proxy) -> None:
    assert proxy.get("/?gemeente=" + "x" * 20_000)[0] == 414


def test_visitors_of_one_address_are_spread_over_both_processes(
    proxy: Proxy, pair: tuple[Dashboard, Dashboard]
) -> None:
    evening = Evening(proxy)

    async def open_lines() -> list[int]:
        async with asyncio.TaskGroup() as group:
            ready, done = asyncio.Barrier(25), asyncio.Event()

            async def stay(number: int) -> None:
                async with evening.line(number) as visitor:
                    await visitor.open("", {})
                    await ready.wait()
                    await done.wait()

            for number in range(24):
                group.create_task(stay(number))
            await ready.wait()
            counted = [conversations(dashboard) for dashboard in pair]
            done.set()
        return counted

    counted = conversing(open_lines())
    assert sum(counted) >= 24
    assert min(counted) >= 1


def conversations(dashboard: Dashboard) -> int:
    """Count the established connections of a process on its port."""
    port = int(dashboard.address.rsplit(":", 1)[1])
    tables = [Path(f"/proc/{dashboard.process.pid}/net/{name}") for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


def test_a_killed_process_a_new_build_and_a_roll_back_are_no_ones_error(
    proxy: Proxy, pair: tuple[Dashboard, Dashboard], published: Path
) -> None:
    evening = Evening(proxy)
    walking = threading.Thread(target=lambda: asyncio.run(evening.all_visits()))
    asking = threading.Thread(target=evening.ask_again_and_again)
    first = shown_by(pair[0])
    walking.start()
    try:
        wait_for_everybody(evening)
        # Cookies are spread by chance: only a process that serves somebody drops a line.
        other, doomed = sorted(pair, key=conversations)
        asking.start()
        publisher("build", warehouse=published)
        second = wait_until(other, shows_another_than=first)
        doomed.process.kill()
        time.sleep(2)
        publisher("rollback", warehouse=published)
        third = wait_until(other, shows_another_than=second)
        time.sleep(1)
    finally:
        evening.over.set()
        walking.join()
        if asking.ident is not None:
            asking.join()

    assert third == first
    assert evening.wrong == []
    assert set(evening.builds) == {first, second}
    assert evening.builds[-1] == first
    assert evening.pages > 20
    assert 0 < evening.reconnected <= VISITORS
