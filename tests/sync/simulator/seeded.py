"""Chance from one seed: the same seed makes the same keys, the same salts and so the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sync.protocol.keys import SigningKey
from sync.protocol.unit_keys import ExchangeKey, UnitKey


@contextmanager
def seeded(chance: random.Random) -> Iterator[None]:
    """Fresh keys come from ``chance`` ; store keys, never in a trace, stay the system's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SigningKey, "fresh", classmethod(lambda cls: cls(chance.randbytes(32))))
        patch.setattr(ExchangeKey, "fresh", classmethod(lambda cls: cls(chance.randbytes(32))))
        patch.setattr(
            UnitKey, "fresh", classmethod(lambda cls, unit, version: cls(unit, version, chance.randbytes(32)))
        )
        yield
