"""What a browser may say over the websocket, and what it is told about the machine.

The framework also takes messages that only its developer menu sends: clear everybody's cache, list
files of the repository, write into the project folder. Visitors have no use for them.
"""

from __future__ import annotations

from pathlib import Path

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.http_layers import Application, Message, Receive, Scope, Send

SAID_BY_PAGES = ("rerun_script", "stop_script", "app_heartbeat")
"""Kinds of messages that pages send by themselves."""

OPERATIONS = ("deferred_file",)
"""What a page may ask beside a run: the file of a download button."""


class Conversation:
    """Lets through what pages say; keeps the folder of the installation out of the answers."""

    def __init__(self, app: Application, *, script: Path) -> None:
        self._app = app
        self._script = str(script).encode()
        self._name = script.name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry one conversation."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def receiving() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                if message.get("bytes") is None:  # the protocol has no texts
                    return {"type": "websocket.disconnect", "code": 1003}
                if is_allowed(message["bytes"]):
                    return message

        async def sending(message: Message) -> None:
            payload = message.get("bytes")
            if payload and self._script in payload:
                message = {**message, "bytes": self._without_folder(payload)}
            await send(message)

        await self._app(scope, receiving, sending)

    def _without_folder(self, payload: bytes) -> bytes:
        answer = ForwardMsg.FromString(payload)
        if answer.WhichOneof("type") == "new_session":
            answer.new_session.main_script_path = self._name
        return answer.SerializeToString()


def is_allowed(payload: bytes) -> bool:
    """Whether a page would send this; what cannot be read is left to the framework to refuse."""
    try:
        message = BackMsg.FromString(payload)
    except DecodeError:
        return True
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in SAID_BY_PAGES
