"""Grants of the hub, and the journals that devices open under them, verified offline: hub -> grant -> device.

A grant names a device; whoever holds its signed bytes (typed code, provisioning file) makes keys on the PC
and opens life 1 with them. A next life is certified by the previous life's key or opened under a spare grant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.protocol.journals.codec import (
    Body,
    Line,
    Millis,
    PublicKey,
    Signature,
    UnitCode,
    decode,
    decode_body,
    encode,
)
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import (
    MAX_COUNTER_DEVICE,
    MAX_DEVICE,
    MAX_LIFE,
    MAX_SEQ,
    device_of,
    is_province,
    journal_of,
)
from sync.protocol.naming.keys import Purpose, SigningKey, verify
from sync.protocol.refusals import (
    EarlierLifeUnknown,
    Forked,
    GrantExpired,
    HubUnknown,
    Malformed,
    NotAuthentic,
    OtherUnit,
)

JOURNAL_OPENED = 1
MAX_SPARES = 2
_NO_SIGNATURE = b""


class Grant(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The hub's leave for one device of one unit.

    ``counter`` is the device's number within its unit (1-999, in provisional codes), ``name`` what screens
    call it (QUẦY-01), ``valid_until`` ms, ``spare`` 0 for the first grant and 1-2 for spares,
    ``hub_key_id`` names the signing key, ``practice`` marks a practice province whose papers are never real.
    """

    unit: UnitCode
    device: Annotated[int, Meta(ge=1, le=MAX_COUNTER_DEVICE)]
    counter: Annotated[int, Meta(ge=1, le=999)]
    name: Line
    valid_until: Millis
    spare: Annotated[int, Meta(ge=0, le=MAX_SPARES)]
    hub_key_id: Annotated[bytes, Meta(min_length=8, max_length=8)]
    practice: bool


class _SignedGrant(msgspec.Struct, array_like=True, frozen=True, gc=False):
    grant: Annotated[bytes, Meta(max_length=1_024)]
    signature: Signature


class OpenReason(IntEnum):
    """Why a life begins."""

    ENROLLED = 1
    RESTORED = 2
    REPLACED = 3
    REIMAGED = 4
    COPY_FOUND = 5
    FORK_FOUND = 6


class JournalOpened(Body, frozen=True):
    """Kind 1, seq 1 of every journal, its own subject: keys and right of the life that begins.

    ``grant`` is the signed grant (empty in the province's journals), ``previous_seq`` the last seq known of
    the previous life (0 in life 1), ``certificate`` the previous life's signature over
    ``next_life_message`` or empty.
    """

    grant: Annotated[bytes, Meta(max_length=1_200)]
    signing_key: PublicKey
    exchange_key: PublicKey
    life: Annotated[int, Meta(ge=1, le=MAX_LIFE)]
    previous_seq: Annotated[int, Meta(ge=0, le=MAX_SEQ)]
    reason: Annotated[int, Meta(ge=1, le=255)]
    certificate: Annotated[bytes, Meta(max_length=64)] = _NO_SIGNATURE


class Opening(msgspec.Struct, frozen=True):
    """A verified opening: whose journal it is and the keys that speak for it. ``grant`` is None for the
    province.
    """

    journal: int
    opened: JournalOpened
    grant: Grant | None

    def same_grant(self, other: Opening) -> bool:
        """True when both used one and the same signed grant."""
        return self.grant is not None and self.opened.grant == other.opened.grant


HubKeys = Mapping[bytes, bytes]
"""Pinned hub keys: ``{key id: public key}``."""
EarlierKey = Callable[[int], bytes | None]
"""``journal -> signing key`` of a life already known."""


def sign_grant(grant: Grant, hub: SigningKey) -> bytes:
    """The signed grant: MessagePack array [grant, signature]. Raises ValueError for another key's id."""
    if grant.hub_key_id != hub.key_id:
        raise ValueError("the grant names another hub key")
    data = encode(grant)
    return encode(_SignedGrant(data, hub.sign(Purpose.GRANT, data)))


def read_grant(signed: bytes, hub_keys: HubKeys) -> Grant:
    """The grant in ``signed``, verified. Raises Malformed, HubUnknown, NotAuthentic."""
    outer = decode(_SignedGrant, signed)
    grant = decode(Grant, outer.grant)
    public = hub_keys.get(grant.hub_key_id)
    if public is None:
        raise HubUnknown(f"hub key {grant.hub_key_id.hex()}")
    verify(public, Purpose.GRANT, outer.grant, outer.signature)
    return grant


def check_usable(grant: Grant, unit: str, at: int) -> None:
    """For the device about to open a journal at ``at`` (ms): raises OtherUnit or GrantExpired.

    Readers of an opened journal do not ask this: a wild clock must not make a journal unreadable.
    """
    if grant.unit != unit:
        raise OtherUnit(f"granted to unit {grant.unit}")
    if at > grant.valid_until:
        raise GrantExpired(f"valid until {grant.valid_until}")


def next_life_message(
    grant: bytes, signing_key: bytes, exchange_key: bytes, life: int, previous_seq: int
) -> bytes:
    """What a previous life signs for the next: MessagePack array of these five values."""
    return encode([grant, signing_key, exchange_key, life, previous_seq])


def certify_next_life(previous: SigningKey, opened: JournalOpened) -> JournalOpened:
    """``opened`` with the certificate of the previous life's key."""
    certificate = previous.sign(Purpose.NEXT_LIFE, _certified(opened))
    return msgspec.structs.replace(opened, certificate=certificate)


def _certified(opened: JournalOpened) -> bytes:
    return next_life_message(
        opened.grant, opened.signing_key, opened.exchange_key, opened.life, opened.previous_seq
    )


def verify_opening(entry: Entry, hub_keys: HubKeys, earlier_key: EarlierKey = lambda _: None) -> Opening:
    """The opening in ``entry``: seq 1 of its journal, under a grant of a pinned hub key.

    Raises Malformed, HubUnknown, NotAuthentic, EarlierLifeUnknown. Its own checkpoint is verified with the
    run.
    """
    if entry.id.seq != 1 or entry.facts.kind != JOURNAL_OPENED or entry.body is None:
        raise Malformed(f"journal {entry.id.journal} does not begin with its opening")
    opened = decode_body(JournalOpened, entry.body)
    if is_province(entry.id.journal):
        if opened.signing_key not in hub_keys.values():
            raise HubUnknown("a province's journal under a key that is not pinned")
        _check_provinces_number(entry.id.journal, opened.life)
        return Opening(entry.id.journal, opened, None)
    grant = read_grant(opened.grant, hub_keys)
    if journal_of(grant.device, opened.life) != entry.id.journal:
        raise NotAuthentic(f"journal {entry.id.journal} opened under the grant of device {grant.device}")
    if opened.life > 1:
        _verify_next_life(opened, grant, earlier_key)
    return Opening(entry.id.journal, opened, grant)


def _check_provinces_number(journal: int, life: int) -> None:
    """A bent number can name a device that no province has: it is refused here, before it is looked up."""
    device = device_of(journal)
    if device > MAX_DEVICE or journal_of(device, life) != journal:
        raise Malformed(f"journal {journal} is none of a province in life {life}")


def _verify_next_life(opened: JournalOpened, grant: Grant, earlier_key: EarlierKey) -> None:
    """A spare grant speaks for itself; else the previous life must have certified these keys."""
    if not opened.certificate:
        if grant.spare == 0:
            raise NotAuthentic("a next life needs its predecessor's certificate or a spare grant")
        return
    previous = earlier_key(journal_of(grant.device, opened.life - 1))
    if previous is None:
        raise EarlierLifeUnknown(f"life {opened.life - 1} of device {grant.device}")
    verify(previous, Purpose.NEXT_LIFE, _certified(opened), opened.certificate)


def check_not_forked(known: Opening, given: Opening) -> None:
    """Raises Forked when one grant was used with two keys and the later life is not certified by the earlier.

    Also for two openings of one journal that differ at all.
    """
    if known.journal == given.journal:
        if known.opened != given.opened:
            raise Forked(f"journal {known.journal} opened twice")
        return
    certified = max(known, given, key=lambda opening: opening.journal).opened.certificate
    same_key = known.opened.signing_key == given.opened.signing_key
    if known.same_grant(given) and not same_key and not certified:
        raise Forked("one grant, two keys")
