"""How two counters come to share keys on a LAN, without saying anything to whoever has no key of the unit.

First (224 bytes): salt 32 || four slots of 48: AES-256-GCM of the caller's ephemeral X25519 key, slot n under
the n-th newest unit key held, unused slots random. Second (80 bytes): salt 32 || the listener's ephemeral
key, sealed under the newest of its unit keys that opened a slot. To everybody else both are random bytes of
fixed length; to a first that opens under no key there is no answer at all.

The keys of the channel come from the X25519 secret and the unit key together: a unit key that leaks later
opens no recorded talk, an unknown one cannot be done without. Who speaks is proved next (``proof``).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.protocol.naming.keys import KEY_BYTES
from sync.protocol.naming.unit_keys import NONCE, ExchangeKey, UnitKey, derive
from sync.protocol.refusals import KeyUnknown, Malformed

SALT_BYTES = 32
SLOTS = 4
SLOT_BYTES = KEY_BYTES + 16
FIRST_BYTES = SALT_BYTES + SLOTS * SLOT_BYTES
SECOND_BYTES = SALT_BYTES + SLOT_BYTES
_HELLO = b"commune-counter lan hello 1"
_ANSWER = b"commune-counter lan answer 1"
_CALLER = b"commune-counter lan caller 1"
_LISTENER = b"commune-counter lan listener 1"
_TRANSCRIPT = b"commune-counter lan 1"

UnitKeys = Mapping[int, UnitKey]
"""Unit keys held, by version."""


class Secrets(NamedTuple):
    """What both ends share now: the key of each direction, and the digest that binds proofs to this talk."""

    caller: bytes
    listener: bytes
    transcript: bytes


class Call:
    """The side that connects. ``first`` is what it sends."""

    def __init__(
        self, unit_keys: UnitKeys, ephemeral: ExchangeKey | None = None, salt: bytes | None = None
    ) -> None:
        """``ephemeral`` and ``salt`` are for examples only. Raises KeyUnknown without any unit key."""
        if not unit_keys:
            raise KeyUnknown("no key of the unit is held")
        self._keys = newest(unit_keys)
        self._ephemeral = ephemeral or ExchangeKey.fresh()
        self._salt = salt or secrets.token_bytes(SALT_BYTES)
        slots = [_seal(key, self._salt, _HELLO, self._ephemeral.public) for key in self._keys]
        slots += [secrets.token_bytes(SLOT_BYTES) for _ in range(SLOTS - len(slots))]
        self.first: bytes = self._salt + b"".join(slots)

    def finish(self, second: bytes) -> Secrets:
        """The keys, from the listener's answer. Raises Malformed, KeyUnknown."""
        if len(second) != SECOND_BYTES:
            raise Malformed("no answer of a listener")
        salt = self._salt + second[:SALT_BYTES]
        for key in self._keys:
            theirs = _open(key, salt, _ANSWER, second[SALT_BYTES:])
            if theirs is not None:
                return _secrets(self._ephemeral.agree(theirs), key, self.first, second)
        raise KeyUnknown("the answer opens under no key of the unit held here")


def answer(
    first: bytes, unit_keys: UnitKeys, ephemeral: ExchangeKey | None = None, salt: bytes | None = None
) -> tuple[bytes, Secrets]:
    """The listener's side: its second message and the keys.

    Raises Malformed, and KeyUnknown for a stranger: then nothing may be sent.
    """
    if len(first) != FIRST_BYTES:
        raise Malformed("no first message")
    hello, places = first[:SALT_BYTES], range(SALT_BYTES, FIRST_BYTES, SLOT_BYTES)
    for key in newest(unit_keys):
        for place in places:
            theirs = _open(key, hello, _HELLO, first[place : place + SLOT_BYTES])
            if theirs is not None:
                return _answered(first, key, theirs, ephemeral or ExchangeKey.fresh(), salt)
    raise KeyUnknown("sealed under no key of the unit held here")


def _answered(
    first: bytes, key: UnitKey, theirs: bytes, own: ExchangeKey, salt: bytes | None
) -> tuple[bytes, Secrets]:
    salt = salt or secrets.token_bytes(SALT_BYTES)
    second = salt + _seal(key, first[:SALT_BYTES] + salt, _ANSWER, own.public)
    return second, _secrets(own.agree(theirs), key, first, second)


def newest(unit_keys: UnitKeys) -> list[UnitKey]:
    """The newest versions that are tried, newest first: a counter may have missed a change of the key."""
    return [unit_keys[version] for version in sorted(unit_keys, reverse=True)[:SLOTS]]


def _seal(key: UnitKey, salt: bytes, info: bytes, plain: bytes) -> bytes:
    return AESGCM(derive(key.key, salt, info)).encrypt(NONCE, plain, key.unit.encode())


def _open(key: UnitKey, salt: bytes, info: bytes, sealed: bytes) -> bytes | None:
    try:
        return AESGCM(derive(key.key, salt, info)).decrypt(NONCE, sealed, key.unit.encode())
    except InvalidTag:
        return None


def _secrets(shared: bytes, key: UnitKey, first: bytes, second: bytes) -> Secrets:
    transcript = hashlib.sha256(_TRANSCRIPT + first + second).digest()
    secret = shared + key.key
    return Secrets(derive(secret, transcript, _CALLER), derive(secret, transcript, _LISTENER), transcript)
