"""Requests to the hub's application without a socket: what a browser, a device or a stranger may send."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sync.hub.serving.app import Asgi

Pairs = Sequence[tuple[bytes, bytes]]


class Answered(NamedTuple):
    """Status, headers and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Asking:
    """One loop for many requests. ``close`` it."""

    def __init__(self, app: Asgi) -> None:
        self._app, self._loop = app, asyncio.new_event_loop()

    def ask(
        self, method: str, path: str, headers: Pairs = (), body: bytes = b"", query: bytes = b""
    ) -> Answered:
        """The answer. Raises what the application raises: a server would make a 500 of it."""
        return self._loop.run_until_complete(self._asked(method, path, headers, body, query))

    async def _asked(self, method: str, path: str, headers: Pairs, body: bytes, query: bytes) -> Answered:
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "https", "path": path, "raw_path": path.encode("utf-8", "replace"), "root_path": "",
            "query_string": query, "headers": [(b"host", b"tinh.test"), *headers],
            "client": ("192.0.2.7", 40_000), "server": ("192.0.2.1", 443),
        }  # fmt: skip
        said: list[dict[str, Any]] = []
        asked = iter(({"type": "http.request", "body": body, "more_body": False},))

        async def receive() -> dict[str, Any]:
            return next(asked, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            said.append(message)

        await self._app(scope, receive, send)
        told = {key.decode("latin-1"): value.decode("latin-1") for key, value in said[0]["headers"]}
        return Answered(said[0]["status"], told, b"".join(one.get("body", b"") for one in said[1:]))

    def close(self) -> None:
        """End the loop and its threads."""
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
