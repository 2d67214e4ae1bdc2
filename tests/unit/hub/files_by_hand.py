"""Requests for files given to the hub's ASGI route by hand, as a device would send them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from sync.hub.attachments.serving import FileRoute
from sync.hub.hub import Hub
from sync.protocol.meeting.attachment import seal_attachment, wire_name
from sync.protocol.meeting.file_pass import write_pass
from sync.protocol.naming.unit_keys import UnitKey
from tests.unit.hub.commune import Commune

OCTETS = "application/offset+octet-stream"
PART = 32 * 1024


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def offset(self) -> int:
        return int(self.headers["upload-offset"])


class Hands:
    """One device's requests; ``who`` None shows no pass."""

    def __init__(self, hub: Hub, who: Commune | None) -> None:
        self.hub = hub
        self.who = who
        self.at: int | None = None

    def pass_value(self) -> str:
        assert self.who is not None
        at = self.hub.now() if self.at is None else self.at
        return write_pass(self.who.unit, self.who.journal, at, self.who.device_key, self.hub.public_key)

    def ask(self, method: str, path: str, body: bytes = b"", cut: bool = False, **headers: str) -> Answer:
        told = {"tus-resumable": "1.0.0", **{key.replace("_", "-"): value for key, value in headers.items()}}
        if self.who is not None:
            told.setdefault("authorization", self.pass_value())
        raw = [(key.encode(), value.encode("latin-1")) for key, value in told.items() if value]
        scope: dict[str, Any] = {"type": "http", "path": path, "method": method, "headers": raw}
        waiting = [{"type": "http.request", "body": body, "more_body": cut}]
        answer = Answer()

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {key.decode(): value.decode() for key, value in message["headers"]}
            else:
                answer.body += message["body"]

        asyncio.run(FileRoute(self.hub)(scope, receive, send))
        return answer

    def create(self, name: str, length: int) -> Answer:
        encoded = base64.b64encode(name.encode()).decode()
        return self.ask("POST", "/v1/files", upload_length=str(length), upload_metadata=f"name {encoded}")

    def patch(self, place: str, offset: int, data: bytes, **headers: str) -> Answer:
        return self.ask("PATCH", place, data, upload_offset=str(offset), content_type=OCTETS, **headers)

    def send(self, sealed: bytes, name: str, part: int = PART) -> Answer:
        """A whole upload; the answer to its last part."""
        answer = self.create(name, len(sealed))
        place, offset = answer.headers["location"], answer.offset
        while offset < len(sealed):
            answer = self.patch(place, offset, sealed[offset : offset + part])
            if answer.status != 204:
                return answer
            offset = answer.offset
        return answer


def sealed_for(hub: Hub, data: bytes, unit: str = "00000") -> tuple[bytes, str, UnitKey]:
    """The sealed file, its name and the newest key of the unit."""
    key = hub.unit_key(unit)
    assert key is not None
    return seal_attachment(data, key), wire_name(key, hashlib.sha256(data).digest()), key
