"""What a running dashboard tells about itself, and what a visitor may make it do."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.load_client import Run, visiting
from dashboard.navigation import PAGES
from tests.conversing import conversing
from tests.serving import ROOT, Dashboard, serving

pytestmark = pytest.mark.xdist_group("server")

TELLS = re.compile(rb"Traceback|site-packages|\.duckdb|\.py\b[^\"]*line \d+|marts\.\w+ .*not exist")


def visits(dashboard: Dashboard, *paths: str) -> list[Run]:
    """Open pages as one visitor and return what came."""

    async def walk() -> list[Run]:
        async with visiting(dashboard.address) as visitor:
            return [await visitor.open(path, {"gemeente": "GM1783"}) for path in paths]

    return conversing(walk())


def told(runs: list[Run]) -> bytes:
    """Everything that was sent over the websocket."""
    return b"\n".join(payload for run in runs for payload in run.payloads)


@pytest.fixture(scope="module")
def broken(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """Serve a build that lacks what the page of a target asks for."""
    folder = tmp_path_factory.mktemp("broken")
    pointer = json.loads((warehouse / "current.json").read_text())
    shutil.copy(warehouse / pointer["file"], folder)
    with duckdb.connect(str(folder / pointer["file"])) as connection:
        connection.execute("drop table marts.crosswalk")
    (folder / "current.json").write_text(json.dumps(pointer))
    with serving(folder) as dashboard:
        yield dashboard


def test_no_page_names_a_folder_of_the_machine(dashboard: Dashboard, warehouse: Path) -> None:
    said = told(visits(dashboard, *[page.path for page in PAGES]))

    assert str(ROOT).encode() not in said
    assert str(warehouse).encode() not in said
    assert b"site-packages" not in said


def test_an_error_on_a_page_tells_no_path_no_trace_and_no_query(broken: Dashboard) -> None:
    (run,) = visits(broken, "doel")
    said = told([run])

    assert len(run.exceptions()) == 1
    assert TELLS.findall(said) == []
    assert str(ROOT).encode() not in said
    assert b"crosswalk" not in said


def test_other_pages_stay_when_one_fails(broken: Dashboard) -> None:
    runs = visits(broken, "doel", "", "leeftijdsgroepen")
    assert [len(run.exceptions()) for run in runs] == [1, 0, 0]


def test_nobody_is_told_about_visitors(dashboard: Dashboard) -> None:
    (run,) = visits(dashboard, "")
    sessions = [
        message.new_session
        for message in run.messages()
        if message.WhichOneof("type") == "new_session"
    ]

    assert sessions
    assert not any(session.config.gather_usage_stats for session in sessions)
    assert {session.main_script_path for session in sessions} == {"app.py"}


def test_the_server_talks_to_nobody_but_its_visitors(dashboard: Dashboard) -> None:
    visits(dashboard, *[page.path for page in PAGES])
    sockets = {
        link.readlink().name
        for link in Path(f"/proc/{dashboard.process.pid}/fd").iterdir()
        if str(link.readlink()).startswith("socket:")
    }
    lines = [
        line.split()
        for name in ("tcp", "tcp6", "udp", "udp6")
        for line in Path(f"/proc/{dashboard.process.pid}/net/{name}").read_text().splitlines()[1:]
    ]
    remote = {line[2].split(":")[0] for line in lines if f"socket:[{line[9]}]" in sockets}
    loopback = (
        "0100007F",
        "0" * 8,
        "0" * 32,
        "0" * 24 + "01000000",
        "0000000000000000FFFF00000100007F",
    )

    assert remote <= set(loopback)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(BackMsg(clear_cache=True), id="clear everybody's cache"),
        pytest.param(BackMsg(load_git_info=True), id="list files of the repository"),
        pytest.param(BackMsg(set_run_on_save=True), id="watch files"),
        pytest.param(BackMsg(debug_shutdown_runtime=True), id="stop the server"),
        pytest.param(BackMsg(debug_disconnect_websocket=True), id="disconnect"),
        pytest.param(
            BackMsg(
                backend_operation_request={"request_id": "1", "install_skills": {}},
            ),
            id="write into the project folder",
        ),
        pytest.param(
            BackMsg(file_urls_request={"request_id": "1", "file_names": ["a.txt"]}),
            id="upload a file",
        ),
    ],
)
def test_what_only_a_developer_menu_says_is_not_heard(
    dashboard: Dashboard, message: BackMsg
) -> None:
    async def say() -> list[str | None]:
        async with visiting(dashboard.address) as visitor:
            await visitor.open("", {})
            await visitor.send(message.SerializeToString())
            run = await visitor.open("", {"gemeente": "GM1783"})
            return [answer.WhichOneof("type") for answer in run.messages()]

    kinds = conversing(say())
    assert set(kinds).isdisjoint(
        {"git_info_changed", "backend_operation_response", "file_urls_response"}
    )
    assert kinds[-1] == "script_finished"


def test_a_page_of_another_site_cannot_open_a_conversation(dashboard: Dashboard) -> None:
    async def connect() -> None:
        stream = dashboard.address.replace("http", "ws", 1) + "/_stcore/stream"
        async with websockets.connect(
            stream, origin="https://elsewhere.example", subprotocols=["streamlit"]
        ):
            raise AssertionError("it was let in")

    with pytest.raises(websockets.InvalidStatus):
        conversing(connect())
