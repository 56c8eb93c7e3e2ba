"""The ASGI entry: health, headers, language of the document, warm-up; and the server around it."""

from __future__ import annotations

import atexit
import gc
import os
import socket
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from streamlit import config as streamlit_config
from streamlit.web import bootstrap

from dashboard import data, succession, warm_up
from dashboard.document import STATIC
from dashboard.http_layers import CompressedFiles, Documents, SecurityHeaders
from dashboard.socket_layer import Conversation

SCRIPT = Path(__file__).parent / "app.py"
SETTINGS = Path(__file__).parent.parent / ".streamlit" / "config.toml"
ASSETS = ("icon.svg", "page.css", "page.js")
DEFAULT_PORT = 8501
PORTS_TRIED = 50
LONGEST_ADDRESS = 512 * 1024
"""Bytes of a request line; longer ones are refused before anything reads them."""
LARGEST_MESSAGE = 1024 * 1024
"""Bytes of one message from a browser; there is nothing to upload."""


class PortTakenError(Exception):
    """The port that was asked for is in use."""


def health(_request: Request) -> Response:
    """Say whether a build can be shown, and which."""
    try:
        build = data.current_build(data.warehouse_folder())
    except data.WarehouseProblem as problem:
        return JSONResponse({"status": "no build", "reason": problem.reason}, status_code=503)
    status = "older build" if build.is_older else "ok"
    return JSONResponse({"status": status, "build_id": build.build_id})


def asset(request: Request) -> Response:
    """Send one of our own few files; their addresses change when they do."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return Response(status_code=404)
    return FileResponse(STATIC / name, headers={"cache-control": "public, max-age=86400"})


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load what every page needs, then keep it out of the garbage collector's sight.

    What is loaded by now never becomes garbage, and would be walked through by every collection.
    Builds that are published meanwhile are made ready before visitors move to them.
    """
    await to_thread.run_sync(warm_up.warm_up)
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
    with succession.watched(data.warehouse_folder()):
        yield


def create_app() -> st.App:
    """Return the dashboard as an ASGI application."""
    use_settings()
    return st.App(
        SCRIPT,
        lifespan=lifespan,
        routes=[Route("/healthz", health), Route("/assets/{name}", asset)],
        middleware=[
            Middleware(Conversation, script=SCRIPT),
            Middleware(SecurityHeaders),
            Middleware(CompressedFiles),
            Middleware(Documents),
        ],
    )


def use_settings() -> None:
    """Apply .streamlit/config.toml, from whatever folder the server is started.

    What the environment sets (STREAMLIT_…) goes before it.
    """
    settings = dict(_flattened("", tomllib.loads(SETTINGS.read_text(encoding="utf-8"))))
    bootstrap.load_config_options(
        {name: value for name, value in settings.items() if _variable(name) not in os.environ}
    )


def _flattened(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flattened(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value


def _variable(option: str) -> str:
    """Name of the environment variable of an option: server.address → STREAMLIT_SERVER_ADDRESS."""
    words = "".join(f"_{sign}" if sign.isupper() else sign for sign in option)
    return f"STREAMLIT_{words.replace('.', '_').upper()}"


class _Server(uvicorn.Server):
    """Tells where the dashboard is once it really listens."""

    def __init__(self, config: uvicorn.Config, *, address: str, open_browser: bool) -> None:
        super().__init__(config)
        self._address = address
        self._open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        print(f"Doelmonitor: {self._address}  (stop: Ctrl+C)", flush=True)
        if self._open_browser:
            await to_thread.run_sync(webbrowser.open, self._address)


def serve(*, port: int | None, open_browser: bool) -> None:
    """Run the dashboard until it is stopped; raises PortTakenError."""
    app = create_app()
    host = streamlit_config.get_option("server.address") or "localhost"
    listening = listen(host, port)
    shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1") else host  # noqa: S104
    server = _Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="websockets-sansio",
            ws_max_size=LARGEST_MESSAGE,
            h11_max_incomplete_event_size=LONGEST_ADDRESS,
            timeout_graceful_shutdown=3,
        ),
        address=f"http://{shown}:{listening.getsockname()[1]}",
        open_browser=open_browser,
    )
    with suppress(KeyboardInterrupt):  # Ctrl+C is how one stops it
        server.run(sockets=[listening])


def listen(host: str, port: int | None) -> socket.socket:
    """Return a listening socket on a port, or on the first free one from the default on."""
    tried = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED)
    for candidate in tried:
        try:
            return socket.create_server((host, candidate))
        except OSError:
            continue
    raise PortTakenError(f"port {tried[0]} is in use; choose another with --port")
