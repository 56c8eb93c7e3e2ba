"""The server: health, headers, language of the document, compression, closed doors."""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import server
from tests.serving import ROOT, Dashboard, serving

pytestmark = pytest.mark.xdist_group("server")


def test_health_names_the_build(dashboard: Dashboard, warehouse: Path) -> None:
    build_id = next(warehouse.glob("goals-*.duckdb")).stem.removeprefix("goals-")
    answer = dashboard.get("/healthz")
    assert answer.status == 200
    assert answer.body.decode() == f'{{"status":"ok","build_id":"{build_id}"}}'


def test_health_fails_without_a_build_and_the_page_says_what_to_run(tmp_path: Path) -> None:
    with serving(tmp_path / "nothing", waits_for=503) as empty:
        assert empty.get("/healthz").body == b'{"status":"no build","reason":"missing"}'
        assert empty.get("/").status == 200


@pytest.mark.parametrize("path", ["/", "/doel", "/leeftijdsgroepen", "/over-de-cijfers"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_a_document_in_its_language(
    dashboard: Dashboard, path: str, language: str
) -> None:
    answer = dashboard.get(f"{path}?gemeente=GM1783&taal={language}")
    assert answer.status == 200
    assert f'<html lang="{language}">' in answer.body.decode()
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/nee", "/assets/page.css", "/_stcore/health", "/healthz"])
def test_every_answer_carries_the_security_headers(dashboard: Dashboard, path: str) -> None:
    headers = dashboard.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert "server" not in headers


def test_an_address_that_is_no_page_says_so_in_its_language(dashboard: Dashboard) -> None:
    answer = dashboard.get("/geheim?taal=en")
    assert answer.status == 404
    assert "This page does not exist" in answer.body.decode()
    assert "geheim" not in answer.body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/upload_file/a/b",
        "/_stcore/script-health-check",
    ],
)
def test_doors_that_are_not_used_are_closed(dashboard: Dashboard, path: str) -> None:
    assert dashboard.get(path).status == 404


@pytest.mark.parametrize("path", ["/static/../../etc/passwd", "/assets/..%2f..%2fdata.py"])
def test_no_other_file_can_be_asked(dashboard: Dashboard, path: str) -> None:
    assert dashboard.get(path).status in (400, 404)


def test_scripts_are_sent_compressed_to_who_can_read_that(dashboard: Dashboard) -> None:
    page = dashboard.get("/").body.decode()
    script = "/" + re.search(r'src="\./(static/js/[^"]+)"', page).group(1)
    plain = dashboard.get(script)
    first, again = (dashboard.get(script, accept_encoding="gzip") for _ in range(2))
    assert "content-encoding" not in plain.headers
    assert first.headers["content-encoding"] == "gzip"
    assert gzip.decompress(first.body) == plain.body
    assert again.body == first.body
    assert len(first.body) < len(plain.body) / 2
    assert "immutable" in first.headers["cache-control"]


def test_an_address_of_100_kilobytes_is_answered(dashboard: Dashboard) -> None:
    assert dashboard.get("/?gemeente=" + "x" * 100_000).status == 200


def test_a_taken_port_is_told_and_not_searched_past_when_asked_for() -> None:
    with socket.create_server(("localhost", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(server.PortTakenError, match=f"port {port} is in use"):
            server.listen("localhost", port)


def test_without_a_wish_the_first_free_port_is_taken() -> None:
    with server.listen("localhost", None) as first, server.listen("localhost", None) as second:
        assert second.getsockname()[1] > first.getsockname()[1] >= 8501


def test_the_command_line_says_what_it_can_do() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "serve", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for option in ("--port", "--no-browser", "--warehouse"):
        assert option in done.stdout


def test_options_become_names_of_the_environment() -> None:
    assert server._variable("server.address") == "STREAMLIT_SERVER_ADDRESS"
    assert server._variable("server.maxMessageSize") == "STREAMLIT_SERVER_MAX_MESSAGE_SIZE"
    assert server._variable("theme.light.textColor") == "STREAMLIT_THEME_LIGHT_TEXT_COLOR"
