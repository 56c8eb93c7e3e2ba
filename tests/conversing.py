"""Conversations over the websocket, for tests that also drive a browser in their thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Outcome = TypeVar("Outcome")


def conversing(conversation: Coroutine[None, None, Outcome]) -> Outcome:
    """Run a conversation to its end, in a thread of its own: Playwright keeps a loop in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, conversation).result()
