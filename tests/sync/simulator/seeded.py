"""Chance from one seed: the same seed makes the same keys, the same salts and so the same bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.storage import engine
from sync.protocol.naming import keys
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey, UnitKey


class Remembering:
    """Ed25519 public keys that remember what verified: the same proof is asked by every holder of an entry.

    Only what was found valid is remembered, by all of key, message and signature; a bent bit is asked anew.
    """

    def __init__(self) -> None:
        self._valid: set[tuple[bytes, bytes, bytes]] = set()
        self._real: Any = Ed25519PublicKey

    def from_public_bytes(self, public: bytes) -> _Key:
        """The key of ``public``."""
        return _Key(public, self._valid, self._real)


class _Key(NamedTuple):
    public: bytes
    valid: set[tuple[bytes, bytes, bytes]]
    real: Any

    def verify(self, signature: bytes, message: bytes) -> None:
        """Raises InvalidSignature, ValueError."""
        asked = (self.public, signature, message)
        if asked not in self.valid:
            self.real.from_public_bytes(self.public).verify(signature, message)
            self.valid.add(asked)


def unsynced(pragmas: Callable[[bytes, bool], tuple[str, ...]]) -> Callable[[bytes, bool], tuple[str, ...]]:
    """The simulated disk keeps what it was given: a kill copies the files, so nothing waits for a platter."""
    return lambda key, create: tuple(
        one.replace("synchronous = FULL", "synchronous = OFF") for one in pragmas(key, create)
    )


@contextmanager
def seeded(chance: random.Random) -> Iterator[None]:
    """Fresh keys come from ``chance`` ; store keys, never in a trace, stay the system's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "Ed25519PublicKey", Remembering())
        patch.setattr(engine, "_pragmas", unsynced(engine._pragmas))
        patch.setattr(SigningKey, "fresh", classmethod(lambda cls: cls(chance.randbytes(32))))
        patch.setattr(ExchangeKey, "fresh", classmethod(lambda cls: cls(chance.randbytes(32))))
        patch.setattr(
            UnitKey, "fresh", classmethod(lambda cls, unit, version: cls(unit, version, chance.randbytes(32)))
        )
        yield
