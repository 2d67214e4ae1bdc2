"""What passes once two counters share keys: frames that show a listener nothing but about how long they are.

Frame: length u32 || AES-256-GCM of (length of the body u32 || kind u8 || body || zeros up to a multiple of
64). Each direction has its key and counts its frames from 0; the count is the nonce (12 bytes, big-endian),
so a frame that is lost, repeated or out of turn does not open.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.protocol.meeting.exchange import MAX_MESSAGE_BYTES
from sync.protocol.refusals import Damaged, Malformed, TooLarge

BLOCK = 64
TAG_BYTES = 16
LENGTH_BYTES = 4
MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + 4096
_HEAD = struct.Struct(">IB")


class Message(NamedTuple):
    """One message of a talk: its kind (``messages``) and its body."""

    kind: int
    body: bytes = b""


class Channel:
    """Seals what leaves under one key and opens what comes under the other; from one thread at a time."""

    def __init__(self, sending: bytes, receiving: bytes) -> None:
        """Both keys are 32 bytes and of this connection alone."""
        self._out, self._in = AESGCM(sending), AESGCM(receiving)
        self._sent = self._received = 0

    def seal(self, message: Message) -> bytes:
        """The next frame, length included. Raises TooLarge above what the other side would take."""
        plain = _HEAD.pack(len(message.body), message.kind) + message.body
        plain += bytes(-(len(plain) + TAG_BYTES) % BLOCK)
        if len(plain) + TAG_BYTES > MAX_FRAME_BYTES:
            raise TooLarge(f"a frame of {len(plain)} bytes")
        sealed = self._out.encrypt(self._sent.to_bytes(12, "big"), plain, None)
        self._sent += 1
        return len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed

    def open(self, sealed: bytes) -> Message:
        """The message of a frame without its length. Raises Damaged, Malformed."""
        try:
            plain = self._in.decrypt(self._received.to_bytes(12, "big"), sealed, None)
        except InvalidTag as error:
            raise Damaged("a frame does not open") from error
        self._received += 1
        if len(plain) < _HEAD.size:
            raise Malformed("a frame without a head")
        size, kind = _HEAD.unpack_from(plain)
        if size > len(plain) - _HEAD.size:
            raise Malformed("a frame shorter than its body")
        return Message(kind, plain[_HEAD.size : _HEAD.size + size])


def frame_size(head: bytes, most: int = MAX_FRAME_BYTES) -> int:
    """The length that the first four bytes of a frame tell. Raises Malformed, TooLarge."""
    size = int.from_bytes(head[:LENGTH_BYTES], "big")
    if size > most:
        raise TooLarge(f"a frame of {size} bytes")
    if size < TAG_BYTES + _HEAD.size:
        raise Malformed(f"a frame of {size} bytes")
    return size
