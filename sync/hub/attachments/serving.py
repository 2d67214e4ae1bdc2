"""``/v1/files`` as a plain ASGI route: tus 1.0.0 (core, creation, checksum, termination) and GET with ranges.

Who asks is settled before a byte of the body is read; a body that is cut off is forgotten, so that an offset
is only ever told of bytes that came in one piece and were flushed.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import errno
import hashlib
import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import msgspec

from sync.hub.attachments.asking import Asker, asker
from sync.hub.attachments.folder import FileFolder
from sync.hub.attachments.giving import Giver
from sync.hub.attachments.refusing import FileRefused
from sync.hub.attachments.uploads import Standing, Uploads
from sync.hub.hub import Hub
from sync.hub.serving.body import Gone, TooMuch, read_body
from sync.protocol.meeting.attachment import MAX_SEALED_BYTES

PATH: Final = "/v1/files"
VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,checksum,termination"
ALGORITHMS: Final = "sha1,sha256"
MOST_IN_A_PATCH: Final = 1024 * 1024
_OFFSET_TYPE: Final = "application/offset+octet-stream"
_MOST_METADATA: Final = 1_000

Headers = dict[str, str]
Reply = tuple[int, Headers, bytes]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def is_files(path: str) -> bool:
    """True for a path this route answers."""
    return path == PATH or path.startswith(f"{PATH}/")


class FileRoute:
    """The route for one hub whose files lie in ``hub.folder``."""

    def __init__(self, hub: Hub) -> None:
        assert hub.folder is not None
        self._hub = hub
        folder = FileFolder(hub.folder)
        self._uploads = Uploads(hub, folder)
        self._giver = Giver(hub, folder)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        method = str(headers.get("x-http-method-override", scope["method"])).upper()
        name = scope["path"].removeprefix(PATH).removeprefix("/")
        try:
            reply = await self._reply(method, name, headers, receive)
        except Gone:
            return
        except FileRefused as refused:
            reply = self._refusal(refused)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            reply = self._refusal(FileRefused(507 if full else 503, "disk", "the hub cannot write"))
        await _send(send, reply, bodiless=method == "HEAD")

    async def _reply(self, method: str, name: str, headers: Headers, receive: Receive) -> Reply:
        if method == "OPTIONS":
            return _abilities()
        if method != "GET" and headers.get("tus-resumable") != VERSION:
            raise FileRefused(412, "tus-version", f"Tus-Resumable: {VERSION}")
        # The body waits until it is known who sends it.
        who = await asyncio.to_thread(asker, self._hub, headers.get("authorization", ""))
        body = b""
        if method == "PATCH":
            if headers.get("content-type") != _OFFSET_TYPE:
                raise FileRefused(415, "content-type", _OFFSET_TYPE)
            body = await _body(headers, receive)
        return await asyncio.to_thread(self._act, method, name, headers, who, body)

    def _act(self, method: str, name: str, headers: Headers, who: Asker, body: bytes) -> Reply:
        if not name:
            if method != "POST":
                raise FileRefused(405, "method", "uploads are created by POST")
            return self._create(headers, who)
        if method == "HEAD":
            return 200, {"cache-control": "no-store", **_told(self._uploads.standing(who, name))}, b""
        if method == "PATCH":
            _check(headers, body)
            offset = _number(headers, "upload-offset")
            return 204, _told(self._uploads.append(who, name, offset, body)), b""
        if method == "DELETE":
            self._uploads.drop(who, name)
            return 204, {}, b""
        if method == "GET":
            return self._give(headers, who, name)
        raise FileRefused(405, "method", "no such act on a file")

    def _create(self, headers: Headers, who: Asker) -> Reply:
        if "upload-defer-length" in headers:
            raise FileRefused(400, "length", "the length is known beforehand")
        name = _metadata(headers.get("upload-metadata", "")).get("name", "")
        stands = self._uploads.create(who, name, _number(headers, "upload-length"))
        return 201, {"location": f"{PATH}/{stands.id}", **_told(stands)}, b""

    def _give(self, headers: Headers, who: Asker, name: str) -> Reply:
        wanted = headers.get("range", "")
        piece = self._giver.give(who, name, wanted)
        told = {"content-type": "application/octet-stream", "accept-ranges": "bytes"}
        if len(piece.data) == piece.length:
            return 200, told, piece.data
        last = piece.first + len(piece.data) - 1
        return 206, {**told, "content-range": f"bytes {piece.first}-{last}/{piece.length}"}, piece.data

    def _refusal(self, refused: FileRefused) -> Reply:
        """In JSON, with the hub's clock: a device whose own is wrong writes its next pass by it."""
        data = msgspec.json.encode({"code": refused.code, "detail": refused.detail})
        told = {"content-type": "application/json", "hub-clock": str(self._hub.now())}
        if refused.status == 401:
            told["www-authenticate"] = "Counter"
        if refused.status == 412:
            told["tus-version"] = VERSION
        return refused.status, told, data


def _abilities() -> Reply:
    return (
        204,
        {
            "tus-version": VERSION,
            "tus-extension": EXTENSIONS,
            "tus-max-size": str(MAX_SEALED_BYTES),
            "tus-checksum-algorithm": ALGORITHMS,
        },
        b"",
    )


def _told(stands: Standing) -> Headers:
    return {"upload-offset": str(stands.offset), "upload-length": str(stands.length)}


def _number(headers: Headers, name: str) -> int:
    """A header that must be a number. Raises FileRefused 400."""
    value = headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 12):
        raise FileRefused(400, name, f"{name} is a number of bytes")
    return int(value)


def _metadata(value: str) -> dict[str, str]:
    """Upload-Metadata: pairs of key and base64, parted by commas. Raises FileRefused 400."""
    if len(value) > _MOST_METADATA:
        raise FileRefused(400, "metadata", "too long")
    found = {}
    for pair in filter(None, (part.strip() for part in value.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            found[key] = base64.b64decode(encoded, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError) as error:
            raise FileRefused(400, "metadata", "not in base64") from error
    return found


def _check(headers: Headers, body: bytes) -> None:
    """Upload-Checksum, where one is sent. Raises FileRefused 400 (an unknown kind), 460 (it differs)."""
    if not (value := headers.get("upload-checksum", "")):
        return
    kind, _, encoded = value.partition(" ")
    if kind not in ALGORITHMS.split(","):
        raise FileRefused(400, "checksum-kind", ALGORITHMS)
    made = hashlib.new(kind, body, usedforsecurity=False).digest()
    try:
        told = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FileRefused(400, "checksum", "not in base64") from error
    if not hmac.compare_digest(made, told):
        raise FileRefused(460, "checksum", "the part was changed on the way")


async def _body(headers: Headers, receive: Receive) -> bytes:
    """The part in a PATCH. Raises FileRefused 413 as soon as it is clear, Gone when it is cut off."""
    try:
        return await read_body(headers.get("content-length", "0"), receive, MOST_IN_A_PATCH)
    except TooMuch as error:
        raise FileRefused(413, "too-large", f"at most {MOST_IN_A_PATCH} bytes at once") from error


async def _send(send: Send, reply: Reply, *, bodiless: bool) -> None:
    status, told, data = reply
    headers = {"tus-resumable": VERSION, "content-length": str(len(data)), **told}
    if bodiless:
        headers["content-length"] = "0"
    if status == 204:
        del headers["content-length"]
    raw = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if bodiless else data})
