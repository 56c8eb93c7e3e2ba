"""What stands between the network and the framework: headers, closed doors, language, compression.

Plain ASGI, so that websockets and streams pass untouched.
"""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from anyio import to_thread

from dashboard.document import document, document_language, not_found
from dashboard.navigation import PAGES

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SECURITY_HEADERS = {
    # styles are written by the framework's components while they run; scripts only come from us
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}

CLOSED = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/upload_file",
    "/_stcore/script-health-check",
)
"""Doors of the framework that this dashboard does not use."""

LEFT_TO_FRAMEWORK = ("/static/", "/media/", "/component/", "/_stcore/", "/assets/", "/healthz")
"""Addresses that are no page: files, streams and health."""

FRAMEWORK_PROBE = "/_stcore/"
"""A page below the root asks for this under its own path first, to find out where the root is."""

COMPRESSED = (".js", ".css", ".svg", ".json", ".map")


class SecurityHeaders:
    """Adds the security headers to every answer and keeps unused doors closed."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            send = _with_headers(send)
            if scope["path"].startswith(CLOSED):
                await _answer(send, status=404, body=b"", content_type=b"text/plain")
                return
        await self._app(scope, receive, send)


def _with_headers(send: Send) -> Send:
    extra = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending


class Documents:
    """Answers a page's address with the document in its language, and any other with a 404."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._pages = {f"/{page.path}" for page in PAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _asks_for_document(scope):
            await self._app(scope, receive, send)
            return
        language = document_language(scope["query_string"])
        exists = scope["path"] in self._pages
        await _answer(
            send,
            status=200 if exists else 404,
            body=document(language) if exists else not_found(language),
            head=scope["method"] == "HEAD",
        )


def _asks_for_document(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path: str = scope["path"]
    return not path.startswith(LEFT_TO_FRAMEWORK) and FRAMEWORK_PROBE not in path


async def _answer(
    send: Send,
    *,
    status: int,
    body: bytes,
    content_type: bytes = b"text/html; charset=utf-8",
    head: bool = False,
) -> None:
    """Send one whole answer; browsers ask again each time, as what it names may change."""
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-cache"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else body})


class CompressedFiles:
    """Compresses the framework's scripts and styles once per process, not once per visitor."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _wants_compressed_file(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._kept:
            status, headers, body = await self._fetched(scope, receive)
            if status != 200:
                await send({"type": "http.response.start", "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": body})
                return
            smaller = await to_thread.run_sync(gzip.compress, body, 6)
            self._kept[path] = (_headers_of_compressed(headers, size=len(smaller)), smaller)
        headers, body = self._kept[path]
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body})

    async def _fetched(
        self, scope: Scope, receive: Receive
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Return the whole file from the framework, uncompressed."""
        plain = {**scope, "headers": [], "method": "GET"}
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self._app(plain, receive, collect)
        body = b"".join(message.get("body", b"") for message in messages[1:])
        return messages[0]["status"], list(messages[0]["headers"]), body


def _wants_compressed_file(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    if not scope["path"].startswith("/static/") or not scope["path"].endswith(COMPRESSED):
        return False
    asked = dict(scope["headers"])
    return b"gzip" in asked.get(b"accept-encoding", b"") and b"range" not in asked


def _headers_of_compressed(
    headers: list[tuple[bytes, bytes]], *, size: int
) -> list[tuple[bytes, bytes]]:
    changed = (b"content-length", b"etag", b"accept-ranges")
    return [
        *((name, value) for name, value in headers if name.lower() not in changed),
        (b"content-encoding", b"gzip"),
        (b"content-length", str(size).encode()),
        (b"vary", b"accept-encoding"),
    ]
