"""The body of a request, read no further than it may go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class TooMuch(Exception):
    """More bytes than a request may have."""


class Gone(Exception):
    """The device hung up in mid-request."""


async def read_body(announced: str, receive: Receive, most: int) -> bytes:
    """The body, of which ``announced`` is the Content-Length. Raises TooMuch as soon as it is clear, Gone."""
    if announced.isdecimal() and int(announced) > most:  # not isdigit: it takes a superscript for a digit
        raise TooMuch
    data = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        data += message.get("body", b"")
        if len(data) > most:
            raise TooMuch
        if not message.get("more_body"):
            return bytes(data)
