"""Files that entries name, to the hub and from it: one request of at most one part each time it is asked.

Whoever calls decides when: after the records are through, so that a new record waits for one part at most.
How far a file is the hub says: after a cut, a refusal or a new start its offset is asked for (HEAD), and a
file counts as sent when the hub has opened it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import NamedTuple, Protocol

import msgspec

from sync.client.engine import BUDGET_SPENT
from sync.client.file_line import VERSION, FileLine, Reply
from sync.client.pacing import ByteBudget
from sync.client.transport import Garbled, LineFault
from sync.protocol.meeting.attachment import MAX_SEALED_BYTES, PART_BYTES
from sync.protocol.meeting.file_pass import write_pass
from sync.protocol.naming.keys import SigningKey

NOTHING = "nothing"
MORE = "more"
REFUSED = "refused"
_HEADERS_COST = 500
"""About what headers of a request and its answer weigh, for the day's budget."""


class Outgoing(NamedTuple):
    """A file to send: its ``name`` on the wire, ``length`` and ``offset`` in bytes of the sealed file."""

    digest: bytes
    name: str
    length: int
    offset: int


class Incoming(NamedTuple):
    """A file to fetch: what it may be called (newest key first), how much is here."""

    digest: bytes
    names: tuple[str, ...]
    offset: int


class AttachmentPort(Protocol):
    """Where files wait and where they go; each change is kept before the call returns."""

    def next_out(self) -> Outgoing | None:
        """The file to send now; the same one until it is sent or gone."""
        ...

    def part(self, digest: bytes, offset: int, count: int) -> bytes | None:
        """Bytes of the sealed file, None when the file is not here any more (then it waits no longer)."""
        ...

    def moved(self, digest: bytes, offset: int) -> None:
        """The hub holds ``offset`` bytes."""
        ...

    def sent(self, digest: bytes) -> None:
        """The hub has opened the file and keeps it."""
        ...

    def refused(self, digest: bytes, code: str) -> None:
        """The hub took it for no file of the unit; it is sealed anew, or given up."""
        ...

    def next_in(self) -> Incoming | None:
        """The file somebody waits for."""
        ...

    def came(self, digest: bytes, offset: int, data: bytes, length: int) -> None:
        """Bytes of a sealed file of ``length``; with the last ones it is opened, proved and kept.

        Length 0: what is here is of no use, it begins anew.
        """
        ...

    def absent(self, digest: bytes) -> None:
        """The hub does not have it (yet)."""
        ...


class DeviceIdentity(NamedTuple):
    """Who asks, and whom: the device's unit, journal and key, the hub's Ed25519 key."""

    unit: str
    journal: int
    key: SigningKey
    hub_key: bytes


class Stepped(NamedTuple):
    """What one step did: NOTHING, MORE, BUDGET_SPENT, REFUSED (the hub's code in ``detail``), a LineFault's.

    ``out`` are bytes of files that left.
    """

    code: str
    detail: str = ""
    out: int = 0


class FileExchange:
    """Steps of one device's files. Use from one thread at a time.

    ``now_ms`` is the device's clock; how far the hub's differs is learnt from its refusals.
    """

    def __init__(
        self,
        port: AttachmentPort,
        line: FileLine,
        device: DeviceIdentity,
        now_ms: Callable[[], int],
        budget: ByteBudget | None = None,
    ) -> None:
        self._port = port
        self._line = line
        self._device = device
        self._now_ms = now_ms
        self._budget = budget or ByteBudget()
        self._ahead_ms = 0
        self._known: bytes | None = None
        self._tried: dict[bytes, int] = {}

    def step(self) -> Stepped:
        """One request at the most, fetching first: somebody waits for that. Never raises for the line."""
        incoming = self._port.next_in()
        outgoing = None if incoming is not None else self._port.next_out()
        if incoming is None and outgoing is None:
            return Stepped(NOTHING)
        if self._budget.exhausted:
            return Stepped(BUDGET_SPENT)
        try:
            if incoming is not None:
                return self._fetch(incoming)
            assert outgoing is not None
            return self._send(outgoing)
        except LineFault as fault:
            self._known = None  # what was under way may have come through or not
            return Stepped(fault.code, str(fault))

    def close(self) -> None:
        """Drops the connection."""
        self._line.close()

    def _send(self, file: Outgoing) -> Stepped:
        place = f"/{file.name}-{self._device.journal}"
        if self._known == file.digest:
            return self._part(file, place)
        if file.offset:
            reply = self._ask("HEAD", place)
            if reply.status == 200:
                return self._stands(file, reply)
            if reply.status != 404:
                return self._refusal(reply)
        name = base64.b64encode(file.name.encode("ascii")).decode("ascii")
        length = {"Upload-Length": str(file.length), "Upload-Metadata": f"name {name}"}
        reply = self._ask("POST", "", length)
        return self._stands(file, reply) if reply.status == 201 else self._given_up(file, reply)

    def _part(self, file: Outgoing, place: str) -> Stepped:
        data = self._port.part(file.digest, file.offset, PART_BYTES)
        if data is None:
            return Stepped(MORE)
        checksum = base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")
        told = {
            "Upload-Offset": str(file.offset),
            "Content-Type": "application/offset+octet-stream",
            "Upload-Checksum": f"sha256 {checksum}",
        }
        reply = self._ask("PATCH", place, told, data)
        if reply.status == 204:
            return self._stands(file, reply, len(data))
        self._known = None
        if reply.status in (404, 409, 460):  # another offset, or forgotten there: ask, then go on from that
            return Stepped(MORE, f"HTTP status {reply.status}")
        return self._given_up(file, reply)

    def _stands(self, file: Outgoing, reply: Reply, out: int = 0) -> Stepped:
        """The hub told an offset. Raises Garbled for one that cannot be."""
        offset = _number(reply, "upload-offset")
        if offset > file.length:
            raise Garbled(f"offset {offset} of {file.length}")
        if offset == file.length:
            self._known = None
            self._port.sent(file.digest)
        else:
            self._known = file.digest
            self._port.moved(file.digest, offset)
        return Stepped(MORE, out=out)

    def _given_up(self, file: Outgoing, reply: Reply) -> Stepped:
        """Refused for what the file is: it is sealed anew. Else for who asks: later."""
        if reply.status in (400, 409, 413, 422):
            self._port.refused(file.digest, _code(reply))
            return Stepped(MORE, _code(reply))
        return self._refusal(reply)

    def _fetch(self, file: Incoming) -> Stepped:
        tried = self._tried.get(file.digest, 0)
        if tried >= len(file.names):
            self._tried.pop(file.digest, None)
            self._port.absent(file.digest)
            return Stepped(MORE)
        last = file.offset + PART_BYTES - 1
        reply = self._ask("GET", f"/{file.names[tried]}", {"Range": f"bytes={file.offset}-{last}"})
        if reply.status in (200, 206):
            first, length = _piece(reply, file.offset)
            self._port.came(file.digest, first, reply.body, length)
            return Stepped(MORE)
        if reply.status == 404:
            self._tried[file.digest] = tried + 1
            return Stepped(MORE)
        if reply.status == 416:  # it was sealed anew meanwhile and is shorter
            self._port.came(file.digest, 0, b"", 0)
            return Stepped(MORE)
        return self._refusal(reply)

    def _refusal(self, reply: Reply) -> Stepped:
        code = _code(reply)
        if code == "pass-stale":
            ahead = _number(reply, "hub-clock") - self._now_ms()
            if abs(ahead - self._ahead_ms) > 1_000:
                self._ahead_ms = ahead
                return Stepped(MORE, code)
        return Stepped(REFUSED, code)

    def _ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Reply:
        who = self._device
        at = self._now_ms() + self._ahead_ms
        told = {"Authorization": write_pass(who.unit, who.journal, max(0, at), who.key, who.hub_key)}
        if method != "GET":
            told["Tus-Resumable"] = VERSION
        size = _HEADERS_COST + len(body)
        try:
            reply = self._line.ask(method, path, {**told, **(headers or {})}, body)
            size += len(reply.body)
            return reply
        finally:
            self._budget.spend(size)


def _piece(reply: Reply, wanted: int) -> tuple[int, int]:
    """First byte and whole length of what came. Raises Garbled when that is not what was asked for."""
    if reply.status == 200:
        return 0, len(reply.body)
    unit, _, rest = reply.headers.get("content-range", "").partition(" ")
    span, _, length = rest.partition("/")
    first = span.partition("-")[0]
    if unit != "bytes" or not (first.isdigit() and length.isdigit()) or len(first + length) > 20:
        raise Garbled("no Content-Range")
    whole = int(length)
    if whole > MAX_SEALED_BYTES:
        raise Garbled(f"a file of {whole} bytes")
    if int(first) != wanted or not reply.body or wanted + len(reply.body) > whole:
        raise Garbled("another piece than was asked for")
    return wanted, whole


def _number(reply: Reply, name: str) -> int:
    """A number in a header. Raises Garbled."""
    value = reply.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise Garbled(f"no {name}")
    return int(value)


def _code(reply: Reply) -> str:
    """The refusal's code; the status where there is none."""
    try:
        found = msgspec.json.decode(reply.body, type=dict[str, str]).get("code", "")
    except msgspec.DecodeError:
        found = ""
    return found[:64] or f"http-{reply.status}"
