"""The seal of a unit-year: how far each journal went when it was closed and safe, signed by the province.

Whoever comes later can prove by it that what lies below is what was closed, with the entries themselves or
without. Two byte strings: an array (format 1, unit, year, time, the province's life, ``[journal, seq, head]``
ascending by journal, key id), and the signature over its bytes.
"""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from sync.protocol.journals.codec import Millis, Signature, UnitCode, decode, encode
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.ids import MAX_LIFE, MAX_SEQ
from sync.protocol.naming.keys import Purpose, SigningKey, verify
from sync.protocol.refusals import HubUnknown, Malformed, NewerFormat

FORMAT: Final = 1
SUFFIX: Final = ".mcy"
MOST_JOURNALS: Final = 4_096
MOST_BYTES: Final = 262_144
_Head = Annotated[bytes, Meta(min_length=32, max_length=32)]


class SealedHead(NamedTuple):
    """Journal, the last entry of it that the seal covers, and the chain's head there (32 bytes)."""

    journal: Annotated[int, Meta(ge=1, lt=2**32)]
    seq: Annotated[int, Meta(ge=1, le=MAX_SEQ)]
    head: _Head


class _Version(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The first field of the facts of any format."""

    version: Annotated[int, Meta(ge=0, lt=2**31)]


class _Facts(msgspec.Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    version: Annotated[int, Meta(ge=FORMAT, le=FORMAT)]
    unit: UnitCode
    year: Annotated[int, Meta(ge=2_000, le=9_999)]
    at: Millis
    life: Annotated[int, Meta(ge=1, le=MAX_LIFE)]
    heads: Annotated[tuple[SealedHead, ...], Meta(min_length=1, max_length=MOST_JOURNALS)]
    hub_key_id: Annotated[bytes, Meta(min_length=8, max_length=8)]


class _Signed(msgspec.Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    facts: Annotated[bytes, Meta(max_length=MOST_BYTES)]
    signature: Signature


class YearSeal(NamedTuple):
    """A verified seal; ``at`` is the province's time (ms), ``life`` the province's."""

    unit: str
    year: int
    at: int
    life: int
    heads: tuple[SealedHead, ...]

    def upto(self, journal: int) -> int:
        """The last entry of ``journal`` that lies under the seal, 0 for none."""
        return next((one.seq for one in self.heads if one.journal == journal), 0)


def write_year_seal(seal: YearSeal, key: SigningKey) -> bytes:
    """The file ``.mcy``. Raises Malformed for heads out of order or none at all."""
    _check_order(seal.heads)
    facts = encode(_Facts(FORMAT, seal.unit, seal.year, seal.at, seal.life, seal.heads, key.key_id))
    return encode(_Signed(facts, key.sign(Purpose.YEAR_SEAL, facts)))


def read_year_seal(data: bytes, hub_keys: HubKeys) -> YearSeal:
    """A seal that a pinned key of the province signed.

    Raises Malformed (an older format too), NewerFormat, HubUnknown, NotAuthentic.
    """
    if len(data) > MOST_BYTES:
        raise Malformed(f"a year's seal has at most {MOST_BYTES} bytes")
    signed = decode(_Signed, data)
    if decode(_Version, signed.facts).version > FORMAT:
        raise NewerFormat("a seal of a later format")
    facts = decode(_Facts, signed.facts)
    public = hub_keys.get(facts.hub_key_id)
    if public is None:
        raise HubUnknown("a seal of another province")
    verify(public, Purpose.YEAR_SEAL, signed.facts, signed.signature)
    _check_order(facts.heads)
    return YearSeal(facts.unit, facts.year, facts.at, facts.life, facts.heads)


def _check_order(heads: tuple[SealedHead, ...]) -> None:
    numbers = [one.journal for one in heads]
    if not numbers or numbers != sorted(set(numbers)):
        raise Malformed("a seal names each journal once, in order")
