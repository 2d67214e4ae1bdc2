"""The hub as an ASGI application: one plain strict route for exchanges, Litestar for everything else.

The exchange route sends no header but Content-Length and reads no more than a message may have; the JSON
views need an integrator's token. Garbage gets a documented answer, never a 5xx; a database that does not
answer is a 503, and nothing of the request was applied.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

import msgspec

from sync.hub.attachments.serving import FileRoute, is_files
from sync.hub.hub import Hub
from sync.hub.serving.body import Gone, Receive, TooMuch, read_body
from sync.hub.serving.turns import BackgroundReader
from sync.hub.serving.updates import UpdateRoute, is_updates
from sync.hub.tables.engine import GONE
from sync.protocol.meeting.exchange import MAGIC, MAX_MESSAGE_BYTES
from sync.protocol.meeting.heads import is_about_heads

if TYPE_CHECKING:
    from litestar import Litestar

log = logging.getLogger(__name__)

PATH = "/v1/exchange"
SHORT_PATH = "/x"
"""The same route: its name is a twentieth of an idle request."""
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class Problem(msgspec.Struct, frozen=True):
    """An error in JSON: a stable ``code`` and one sentence for a log."""

    code: str
    detail: str


def make_app(hub: Hub, turns: BackgroundReader | None = None) -> Asgi:
    """The application for ``hub``; ``turns`` reads behind it (None: nobody reads by itself)."""
    views = _Views(hub)
    files = None if hub.folder is None else FileRoute(hub)
    updates = None if hub.folder is None else UpdateRoute(hub.folder)

    async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in (PATH, SHORT_PATH):
            await _exchange(hub, turns, scope, receive, send)
        elif files is not None and scope["type"] == "http" and is_files(scope["path"]):
            await files(scope, receive, send)
        elif updates is not None and scope["type"] == "http" and is_updates(scope["path"]):
            await updates(scope, send)
        else:
            await views(scope, receive, send)

    return app


class _Views:
    """Pages and JSON, made for who first asks: half of a hub's start is theirs, and counters never ask."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._made: Litestar | None = None
        self._turn = threading.Lock()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer; exchanges go on while the first is waiting."""
        views = self._made
        if views is None:
            views = await asyncio.to_thread(self._make)
        await views(scope, receive, send)  # type: ignore[arg-type]

    def _make(self) -> Litestar:
        from sync.hub.serving.json_views import make_views

        with self._turn:
            if self._made is None:
                self._made = make_views(self._hub)
            return self._made


async def _exchange(
    hub: Hub,
    turns: BackgroundReader | None,
    scope: MutableMapping[str, Any],
    receive: Receive,
    send: Send,
) -> None:
    if scope["method"] != "POST":
        await _problem(send, 405, "method", "an exchange is a POST")
        return
    try:
        announced = dict(scope["headers"]).get(b"content-length", b"0").decode("latin-1")
        data = await read_body(announced, receive, MAX_MESSAGE_BYTES)
    except TooMuch:
        await _problem(send, 413, "too-large", f"a message has at most {MAX_MESSAGE_BYTES} bytes")
        return
    except Gone:
        return
    if not (data.startswith(MAGIC) or is_about_heads(data)):
        await _problem(send, 400, "not-ours", "no exchange message")
        return
    try:
        answered = await asyncio.to_thread(hub.exchange_for, data)
    except GONE as error:  # nothing was written: the device keeps its entries and comes again
        log.warning("an exchange met a database that does not answer: %s", type(error).__name__)
        await _problem(send, 503, "hub-failed", "the database does not answer; ask again")
        return
    await _answer(send, 200, answered.data)
    if turns is not None and answered.unit:
        turns.wake()


async def _answer(send: Send, status: int, data: bytes, *headers: tuple[bytes, bytes]) -> None:
    length = (b"content-length", str(len(data)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [length, *headers]})
    await send({"type": "http.response.body", "body": data})


async def _problem(send: Send, status: int, code: str, detail: str) -> None:
    data = msgspec.json.encode(Problem(code, detail))
    await _answer(send, status, data, (b"content-type", b"application/json"))
