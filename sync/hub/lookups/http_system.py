"""A system spoken to over HTTP with JSON; names and paths are data (``resources/lookups/mapping.json``).

What comes back is a stranger's: length and time are limited, every value must be a text or a whole number,
the person must be the one that was asked about.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sync.hub.lookups.port import Found, NotAnswered, Question

MOST_BYTES = 64 * 1024
SECONDS = 20.0
"""Own figures [U]: no system's terms were read."""
_PIECE = 8 * 1024
_MOST_TEXT = 600


class SystemMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one system names things; ``found``/``none`` are the words of ``status``."""

    path: str
    id: str
    purpose: str
    by: str
    reference: str
    status: str
    found: str
    none: str
    fields: dict[str, str]


class Mappings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mapping of every system, with its source."""

    source: str
    status: str
    systems: dict[str, SystemMapping]


def parse_mapping(raw: bytes) -> Mappings:
    """Mappings from their JSON. Raises ValueError (msgspec's) with what is wrong."""
    return msgspec.json.decode(raw, type=Mappings)


class HttpSystem:
    """One system at ``base`` (``https://host[:port]``); ``token`` goes as a bearer's, "" for none."""

    def __init__(
        self, base: str, mapping: SystemMapping, token: str = "", seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic, tls: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address begins with https:// or http://")
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._path = parts.path.rstrip("/") + mapping.path
        self._mapping, self._token, self._seconds, self._clock = mapping, token, seconds, clock
        self._tls = tls

    def ask(self, question: Question) -> Found:
        """One POST. Raises NotAnswered."""
        names = self._mapping
        asked = {names.id: question.id_number, names.purpose: question.purpose, names.by: question.by}
        try:
            status, raw = self._post(json.dumps(asked).encode())
        except TimeoutError:
            raise NotAnswered("slow") from None
        except (OSError, http.client.HTTPException):
            raise NotAnswered("away") from None
        if status != http.client.OK:
            raise NotAnswered(_reason(status))
        return read_answer(raw, names, question)

    def _post(self, body: bytes) -> tuple[int, bytes]:
        ending = self._clock() + self._seconds
        connection: http.client.HTTPConnection
        if self._secure:
            connection = http.client.HTTPSConnection(
                self._host, self._port, timeout=self._seconds, context=self._tls
            )
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            connection.request("POST", self._path, body, headers)
            answer = connection.getresponse()
            return answer.status, self._read(answer, ending)
        finally:
            connection.close()

    def _read(self, answer: http.client.HTTPResponse, ending: float) -> bytes:
        """The body, piece by piece: one that drips or never ends is left."""
        raw = b""
        while piece := answer.read1(_PIECE):
            raw += piece
            if len(raw) > MOST_BYTES:
                raise NotAnswered("dirty")
            if self._clock() > ending:
                raise NotAnswered("slow")
        return raw


def read_answer(raw: bytes, names: SystemMapping, question: Question) -> Found:
    """The answer's values by our field codes. Raises NotAnswered ``dirty``, ``other_person``."""
    try:
        told: Any = msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise NotAnswered("dirty") from None
    reference = _text(told.get(names.reference))[:120]
    said = _text(told.get(names.status))
    if said == names.none:
        return Found(False, {}, reference)
    if said != names.found:
        raise NotAnswered("dirty")
    if _text(told.get(names.id)) != question.id_number:
        raise NotAnswered("other_person")
    return Found(True, _values(told, names, question), reference)


def _values(told: Mapping[str, Any], names: SystemMapping, question: Question) -> dict[str, str]:
    """Only what was asked: a system that says more is not listened to."""
    wanted = {code: names.fields[code] for code in question.fields if code in names.fields}
    return {code: _text(told.get(name))[:_MOST_TEXT] for code, name in wanted.items()}


def _text(value: Any) -> str:
    """A text or a whole number; anything else is not there."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if type(value) is int else ""


def _reason(status: int) -> str:
    if status in (429, 503):
        return "busy"
    return "refused" if 400 <= status < 500 else "away"
