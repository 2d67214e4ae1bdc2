"""JSON over HTTP to a portal: time limits, size limits, and no answer believed that is not plainly one."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sync.hub.portal.port import PortalAway, PortalDirty, PortalRefused

MOST_BYTES = 4 << 20
SECONDS = 30.0
_PIECE = 1 << 16
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SessionOver(Exception):
    """The portal wants a sign-in; the request did not count."""


class Line:
    """Posts JSON below one address. Plain HTTP is for this machine alone (a simulator)."""

    def __init__(self, address: str, *, authority: str = "", seconds: float = SECONDS) -> None:
        """``authority``: a PEM file to trust, not the system's. Raises ValueError for another address."""
        place = urlsplit(address)
        if place.scheme not in ("https", "http") or not place.hostname or place.username:
            raise ValueError("the portal's address is https://host[:port][/path]")
        if place.scheme == "http" and place.hostname not in _LOOPBACK:
            raise ValueError("the portal is spoken to over https only")
        self._place = place
        self._seconds = seconds
        self._tls = ssl.create_default_context(cafile=authority or None) if place.scheme == "https" else None

    def post(
        self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """The JSON object that answers ``body``.

        Raises PortalAway (none, half of one, 5xx), PortalDirty (no JSON object), PortalRefused (4xx),
        SessionOver (401, 403).
        """
        data = json.dumps(body, ensure_ascii=False).encode()
        words = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        connection = self._open()
        until = time.monotonic() + self._seconds
        try:
            connection.request(
                "POST", self._place.path.rstrip("/") + path, data, {**words, **(headers or {})}
            )
            answer = connection.getresponse()
            raw = _read(answer, until)
        except (OSError, http.client.HTTPException) as error:
            raise PortalAway(type(error).__name__) from None
        finally:
            connection.close()
        return _object(answer.status, raw)

    def _open(self) -> http.client.HTTPConnection:
        host, port = self._place.hostname or "", self._place.port
        if self._tls is not None:
            return http.client.HTTPSConnection(host, port, timeout=self._seconds, context=self._tls)
        return http.client.HTTPConnection(host, port, timeout=self._seconds)


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    """The whole body. A drip that never ends is no answer."""
    wanted = answer.length
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise PortalDirty("too large")
        if time.monotonic() > until:
            raise PortalAway("too slow")
        pieces.append(piece)
    if wanted is not None and size < wanted:
        raise PortalAway("cut off")
    return b"".join(pieces)


def _object(status: int, raw: bytes) -> dict[str, Any]:
    if status in (401, 403):
        raise SessionOver
    if status == 429 or status >= 500:
        raise PortalAway(f"HTTP {status}")
    if status >= 400:
        raise PortalRefused(f"HTTP {status}")
    if status >= 300:
        raise PortalDirty(f"HTTP {status}")
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise PortalDirty(_look_of(raw)) from None
    if not isinstance(found, dict):
        raise PortalDirty(f"a JSON {type(found).__name__}")
    return found


def _look_of(raw: bytes) -> str:
    """What an unreadable answer looks like, without its contents."""
    start = raw.lstrip()[:5].lower()
    if not raw:
        return "empty"
    return "HTML" if start.startswith((b"<htm", b"<!doc", b"<?xml")) else "no JSON"
