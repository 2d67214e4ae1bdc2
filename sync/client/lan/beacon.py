"""The call into the LAN: "a counter of this unit listens here", which only the unit's counters understand.

Datagram (68 bytes): salt 16 || AES-256-GCM of (mark 4 || instance 16 || port u16 || zeros), under
HKDF-SHA256(unit key, salt, info). A stranger sees random bytes of one length. A repeated one leads to an
address where nobody can prove himself, which costs one call.
"""

from __future__ import annotations

import secrets
import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.client.lan.handshake import UnitKeys, newest
from sync.client.lan.proof import INSTANCE_BYTES
from sync.protocol.naming.unit_keys import NONCE, derive

SALT_BYTES = 16
_INFO = b"commune-counter lan beacon 1"
_BODY = struct.Struct(">4s16sH14x")
_MARK = b"here"
BEACON_BYTES = SALT_BYTES + _BODY.size + 16


class Heard(NamedTuple):
    """A counter of the unit, this run of its program (``instance``) and its listening port."""

    instance: bytes
    port: int


def seal_beacon(unit_keys: UnitKeys, instance: bytes, port: int, salt: bytes | None = None) -> bytes:
    """The datagram, under the newest unit key; b"" without any. ``salt`` is for examples only."""
    keys = newest(unit_keys)
    if not keys:
        return b""
    if len(instance) != INSTANCE_BYTES:
        raise ValueError("an instance is 16 bytes")
    salt = salt or secrets.token_bytes(SALT_BYTES)
    body = _BODY.pack(_MARK, instance, port)
    return salt + AESGCM(derive(keys[0].key, salt, _INFO)).encrypt(NONCE, body, keys[0].unit.encode())


def open_beacon(data: bytes, unit_keys: UnitKeys) -> Heard | None:
    """What a datagram says, None for one that no counter of the unit made."""
    if len(data) != BEACON_BYTES:
        return None
    salt, sealed = data[:SALT_BYTES], data[SALT_BYTES:]
    for key in newest(unit_keys):
        try:
            body = AESGCM(derive(key.key, salt, _INFO)).decrypt(NONCE, sealed, key.unit.encode())
        except InvalidTag:
            continue
        mark, instance, port = _BODY.unpack(body)
        return Heard(instance, port) if mark == _MARK and port else None
    return None
