"""Grants and openings: hub -> grant -> device, offline."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sync.protocol.journals.codec import encode, encode_body
from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.naming.grants import (
    Grant,
    JournalOpened,
    OpenReason,
    certify_next_life,
    check_not_forked,
    check_usable,
    read_grant,
    sign_grant,
    verify_opening,
)
from sync.protocol.naming.ids import MAX_DEVICE, EntryId, common_journal, journal_of
from sync.protocol.refusals import (
    EarlierLifeUnknown,
    Forked,
    GrantExpired,
    HubUnknown,
    Malformed,
    NotAuthentic,
    OtherUnit,
    Refusal,
)
from tests.unit.protocol.examples import (
    COUNTER,
    COUNTER_EXCHANGE,
    DEVICE,
    GRANT,
    HUB,
    JOURNAL,
    NEXT_COUNTER,
    OFFICIAL,
    OPENED,
    SIGNED_GRANT,
    UNIT,
)

HUB_KEYS = {HUB.key_id: HUB.public}
SPARE = sign_grant(msgspec.structs.replace(GRANT, spare=1), HUB)


def opening(opened: JournalOpened, journal: int | None = None, seq: int = 1, kind: int = 1) -> Entry:
    """The entry that holds ``opened``."""
    place = EntryId(journal or journal_of(DEVICE, opened.life), seq)
    return write_entry(place, Facts(1, kind, 1, 1, None, None, (place,)), encode_body(opened))


def next_life(**other: Any) -> JournalOpened:
    """Life 2 of the example's device under a key of its own, not certified."""
    second = JournalOpened(
        SIGNED_GRANT, NEXT_COUNTER.public, COUNTER_EXCHANGE.public, 2, 40, OpenReason.RESTORED
    )
    return msgspec.structs.replace(second, **other)


def known_lives(journal: int) -> bytes | None:
    """What a reader who holds life 1 knows."""
    return {JOURNAL: COUNTER.public}.get(journal)


def test_a_grant_is_verified_without_a_line() -> None:
    assert read_grant(SIGNED_GRANT, HUB_KEYS) == GRANT


def test_a_grant_of_another_hub_is_refused() -> None:
    with pytest.raises(HubUnknown):
        read_grant(SIGNED_GRANT, {OFFICIAL.key_id: OFFICIAL.public})
    with pytest.raises(ValueError, match="another hub key"):
        sign_grant(GRANT, OFFICIAL)
    lying = msgspec.structs.replace(GRANT, hub_key_id=OFFICIAL.key_id)
    with pytest.raises(NotAuthentic):
        read_grant(sign_grant(lying, OFFICIAL), {OFFICIAL.key_id: HUB.public})


def test_every_flipped_bit_of_a_grant_is_refused() -> None:
    for bit in range(len(SIGNED_GRANT) * 8):
        changed = bytearray(SIGNED_GRANT)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            read_grant(bytes(changed), HUB_KEYS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "0339"},
        {"unit": "٠٣٣٩٠"},
        {"device": 0},
        {"device": 0x400000},
        {"counter": 0},
        {"counter": 1000},
        {"name": "Q" * 201},
        {"valid_until": -1},
        {"spare": 3},
        {"spare": -1},
    ],
)
def test_a_grant_out_of_bounds_is_refused_even_when_signed(wrong: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        read_grant(sign_grant(msgspec.structs.replace(GRANT, **wrong), HUB), HUB_KEYS)


def test_a_grant_serves_its_unit_until_its_day() -> None:
    check_usable(GRANT, UNIT, GRANT.valid_until)
    with pytest.raises(GrantExpired):
        check_usable(GRANT, UNIT, GRANT.valid_until + 1)
    with pytest.raises(OtherUnit):
        check_usable(GRANT, "03390", 0)


def test_life_one_opens_under_a_grant() -> None:
    found = verify_opening(opening(OPENED), HUB_KEYS)
    assert found.journal == JOURNAL
    assert found.grant == GRANT
    assert found.opened.signing_key == COUNTER.public


def test_a_wild_clock_does_not_make_a_journal_unreadable() -> None:
    place = EntryId(JOURNAL, 1)
    late = write_entry(place, Facts(2**62, 1, 1, 1, None, None, (place,)), encode_body(OPENED))
    assert verify_opening(late, HUB_KEYS).grant == GRANT


@pytest.mark.parametrize(
    "entry",
    [
        opening(OPENED, seq=2),
        opening(OPENED, kind=2),
        opening(OPENED).without_body(),
        opening(msgspec.structs.replace(OPENED, signing_key=bytes(31))),
        opening(msgspec.structs.replace(OPENED, life=0), JOURNAL),
    ],
)
def test_a_journal_begins_with_its_opening(entry: Entry) -> None:
    with pytest.raises(Malformed):
        verify_opening(entry, HUB_KEYS)


def test_a_grant_opens_no_other_devices_journal() -> None:
    with pytest.raises(NotAuthentic):
        verify_opening(opening(OPENED, journal_of(DEVICE + 1, 1)), HUB_KEYS)
    with pytest.raises(NotAuthentic):
        verify_opening(opening(OPENED, journal_of(DEVICE, 2)), HUB_KEYS)


def test_a_next_life_needs_its_predecessor_or_a_spare() -> None:
    with pytest.raises(NotAuthentic):
        verify_opening(opening(next_life()), HUB_KEYS, known_lives)
    certified = opening(certify_next_life(COUNTER, next_life()))
    assert verify_opening(certified, HUB_KEYS, known_lives).opened.life == 2
    assert verify_opening(opening(next_life(grant=SPARE)), HUB_KEYS).opened.life == 2


def test_a_certificate_is_believed_only_from_the_previous_life() -> None:
    certified = certify_next_life(COUNTER, next_life())
    with pytest.raises(EarlierLifeUnknown):
        verify_opening(opening(certified), HUB_KEYS)
    with pytest.raises(NotAuthentic):
        verify_opening(opening(certify_next_life(OFFICIAL, next_life())), HUB_KEYS, known_lives)
    stolen = msgspec.structs.replace(certified, signing_key=OFFICIAL.public)
    with pytest.raises(NotAuthentic):
        verify_opening(opening(stolen), HUB_KEYS, known_lives)
    later = msgspec.structs.replace(certified, previous_seq=41)
    with pytest.raises(NotAuthentic):
        verify_opening(opening(later), HUB_KEYS, known_lives)


def test_the_province_opens_its_journals_with_a_pinned_key() -> None:
    province = JournalOpened(b"", HUB.public, COUNTER_EXCHANGE.public, 1, 0, OpenReason.ENROLLED)
    assert verify_opening(opening(province, common_journal()), HUB_KEYS).grant is None
    stranger = msgspec.structs.replace(province, signing_key=OFFICIAL.public)
    with pytest.raises(HubUnknown):
        verify_opening(opening(stranger, common_journal()), HUB_KEYS)
    with pytest.raises(Malformed):
        verify_opening(opening(province, JOURNAL), HUB_KEYS)


def test_one_grant_with_two_keys_is_a_fork() -> None:
    first = verify_opening(opening(OPENED), HUB_KEYS)
    check_not_forked(first, first)
    twin = verify_opening(opening(msgspec.structs.replace(OPENED, signing_key=OFFICIAL.public)), HUB_KEYS)
    with pytest.raises(Forked):
        check_not_forked(first, twin)
    spare_one = verify_opening(opening(next_life(grant=SPARE)), HUB_KEYS)
    check_not_forked(first, spare_one)
    spare_two = verify_opening(opening(next_life(grant=SPARE, life=3, signing_key=OFFICIAL.public)), HUB_KEYS)
    with pytest.raises(Forked):
        check_not_forked(spare_one, spare_two)


def test_a_certified_next_life_under_the_same_grant_is_no_fork() -> None:
    first = verify_opening(opening(OPENED), HUB_KEYS)
    second = verify_opening(opening(certify_next_life(COUNTER, next_life())), HUB_KEYS, known_lives)
    check_not_forked(first, second)
    check_not_forked(second, first)


def test_a_practice_grant_says_so() -> None:
    real = msgspec.structs.replace(GRANT, practice=False)
    assert encode(real) != encode(GRANT)
    assert isinstance(read_grant(sign_grant(real, HUB), HUB_KEYS), Grant)
    assert read_grant(SIGNED_GRANT, HUB_KEYS).practice


@pytest.mark.parametrize(
    "journal",
    [
        common_journal() | 0x2000_0000,  # one bit on the way: a device that no province has
        common_journal() - 1,  # its life 0, which nothing has
        common_journal(2),  # life 2 opened by an entry that says 1
        (MAX_DEVICE + 1) * 256 + 1,
    ],
)
def test_a_number_that_no_province_has_opens_nothing(journal: int) -> None:
    province = JournalOpened(b"", HUB.public, COUNTER_EXCHANGE.public, 1, 0, OpenReason.ENROLLED)
    with pytest.raises(Malformed):
        verify_opening(opening(province, journal), HUB_KEYS)
