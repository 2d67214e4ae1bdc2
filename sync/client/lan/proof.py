"""Who speaks: a device of this unit, with the key of its journal, in this very talk.

The unit key says that both ends belong to the unit; the proof says which counter it is. It carries the
openings of the counter's lives, so that a sibling which nobody has met yet is known by its grant alone (hub
-> grant -> device, offline), and a signature of the journal's key over the handshake.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.carrying.store_port import StorePort
from sync.protocol.journals.codec import Millis, Signature, UnitCode, decode, decode_body, encode, encode_body
from sync.protocol.journals.entry import Entry
from sync.protocol.journals.system_kinds import Carried, carry
from sync.protocol.meeting.parcel import signing_key_of
from sync.protocol.naming.grants import HubKeys, Opening, verify_opening
from sync.protocol.naming.ids import (
    FIRST_LIFE,
    MAX_LIFE,
    Journal,
    device_of,
    is_province,
    journal_of,
    life_of,
)
from sync.protocol.naming.keys import Purpose, SigningKey, verify
from sync.protocol.refusals import Forked, Malformed, NotAuthentic, OtherUnit, Refusal

INSTANCE_BYTES = 16
CALLER, LISTENER = b"caller", b"listener"
_MOST_OPENING = 4096


class Revoked(Refusal):
    """The province took the device's right away; what it wrote before still comes from the others."""

    code = "revoked"


class _Claim(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What is signed, besides the handshake and the role."""

    instance: Annotated[bytes, Meta(min_length=INSTANCE_BYTES, max_length=INSTANCE_BYTES)]
    unit: UnitCode
    journal: Journal
    at: Millis
    port: Annotated[int, Meta(ge=0, le=65_535)]
    openings: Annotated[list[Annotated[bytes, Meta(max_length=_MOST_OPENING)]], Meta(max_length=MAX_LIFE)]


class _Proof(msgspec.Struct, array_like=True, frozen=True, gc=False):
    claim: Annotated[bytes, Meta(max_length=MAX_LIFE * _MOST_OPENING)]
    signature: Signature


class Self(msgspec.Struct, frozen=True):
    """This counter in a talk: ``instance`` are 16 random bytes of this run of the program."""

    unit: str
    journal: int
    key: SigningKey
    instance: bytes
    port: int = 0
    openings: tuple[bytes, ...] = ()


class Peer(msgspec.Struct, frozen=True):
    """A proven counter: its journal, key, name (of its grant), clock (ms) and listening port (0: none)."""

    journal: int
    public: bytes
    name: str
    at: int
    port: int
    instance: bytes


class Membership(msgspec.Struct, frozen=True):
    """By what a counter is judged: pinned hub keys, what the store knows of it, who was revoked."""

    hub_keys: HubKeys
    store: StorePort
    revoked: Callable[[int], bool] = lambda _: False


def own_openings(store: StorePort) -> tuple[bytes, ...]:
    """The openings of this counter's lives, packed; the tail is signed so that they may leave."""
    store.hand_over()
    held = store.vector().positions
    lives = [one for one in sorted(held) if device_of(one) == device_of(store.journal)]
    runs = [run for one in lives for run in store.pieces_from({one: 1}, 1)]
    return tuple(encode_body(carry(run.entries[0])) for run in runs)


def prove(own: Self, transcript: bytes, role: bytes, at: int) -> bytes:
    """The proof of ``own`` in the talk of ``transcript``, as CALLER or LISTENER, at our clock (ms)."""
    claim = encode(_Claim(own.instance, own.unit, own.journal, at, own.port, list(own.openings)))
    return encode(_Proof(claim, own.key.sign(Purpose.LAN, transcript + role + claim)))


def check(data: bytes, transcript: bytes, role: bytes, by: Membership) -> Peer:
    """The counter that made this proof in this talk.

    Raises Malformed, OtherUnit, NotAuthentic, HubUnknown, EarlierLifeUnknown, Forked (another key than the
    one known here for its journal), Revoked.
    """
    outer = decode(_Proof, data)
    claim = decode(_Claim, outer.claim)
    if claim.unit != by.store.unit:
        raise OtherUnit(f"a counter of unit {claim.unit}")
    opening = _opening(claim, by)
    public = opening.opened.signing_key
    verify(public, Purpose.LAN, transcript + role + outer.claim, outer.signature)
    if by.revoked(claim.journal):
        raise Revoked(f"journal {claim.journal}")
    name = opening.grant.name if opening.grant is not None else ""
    return Peer(claim.journal, public, name, claim.at, claim.port, claim.instance)


def _opening(claim: _Claim, by: Membership) -> Opening:
    """The verified opening of the journal claimed; it must be the one held, where one is."""
    if is_province(claim.journal):
        raise NotAuthentic("the province is no counter")
    if device_of(claim.journal) < 1 or life_of(claim.journal) < FIRST_LIFE:
        raise Malformed(f"no counter writes journal {claim.journal}")
    entries = {entry.id.journal: entry for entry in map(_unpacked, claim.openings)}
    if claim.journal not in entries:
        raise Malformed("a proof without the opening of its journal")
    opening = _verified(claim.journal, entries, by.hub_keys)
    if opening.grant is None or opening.grant.unit != claim.unit:
        raise OtherUnit("the grant is for another unit")
    held = signing_key_of(claim.journal, by.store, by.hub_keys)
    if held is not None and held != opening.opened.signing_key:
        raise Forked(f"journal {claim.journal} is known here under another key")
    return opening


def _verified(journal: int, entries: dict[int, Entry], hub_keys: HubKeys) -> Opening:
    """The opening of ``journal``; earlier lives are verified first, so that none can be made up."""
    known: dict[int, bytes] = {}
    for life in range(FIRST_LIFE, life_of(journal) + 1):
        one = journal_of(device_of(journal), life)
        if one in entries:
            opening = verify_opening(entries[one], hub_keys, known.get)
            known[one] = opening.opened.signing_key
    return opening


def _unpacked(data: bytes) -> Entry:
    return decode_body(Carried, data).unpack()
