"""From a grant to a journal that anyone can verify, and each grant that may not be used."""

from __future__ import annotations

import pytest

from sync.client.enrol import Enrolment, PracticeMixed, enrol, next_life
from sync.protocol.journals.entry import Facts, write_entry
from sync.protocol.naming.grants import Grant, Opening, OpenReason, sign_grant, verify_opening
from sync.protocol.naming.ids import EntryId, journal_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import EarlierLifeUnknown, GrantExpired, HubUnknown, NotAuthentic, OtherUnit
from tests.unit.client.peers import AT, HUB_KEY, HUB_KEYS, UNIT


def signed(spare: int = 0, unit: str = UNIT, hub: SigningKey = HUB_KEY, practice: bool = True) -> bytes:
    return sign_grant(Grant(unit, 7, 1, "QUẦY-01", AT + 1, spare, hub.key_id, practice), hub)


def opening_of(made: Enrolment, *earlier: Enrolment) -> Opening:
    own = EntryId(made.journal, 1)
    draft = made.opening
    entry = write_entry(own, Facts(AT, draft.kind, 1, 0, None, None, (own,)), draft.body)
    keys = {one.journal: one.signing_key.public for one in earlier}
    return verify_opening(entry, HUB_KEYS, keys.get)


def test_a_grant_opens_life_one_and_everyone_can_verify_it() -> None:
    made = enrol(signed(), HUB_KEYS, UNIT, AT, practice=True)
    opening = opening_of(made)
    assert made.journal == journal_of(7, 1) == opening.journal
    assert opening.opened.signing_key == made.signing_key.public
    assert opening.opened.exchange_key == made.exchange_key.public
    assert made.grant.name == "QUẦY-01"


def test_keys_are_new_each_time() -> None:
    first, again = (enrol(signed(), HUB_KEYS, UNIT, AT, practice=True) for _ in range(2))
    assert first.signing_key.public != again.signing_key.public
    assert first.exchange_key.public != again.exchange_key.public


@pytest.mark.parametrize(
    ("refusal", "grant", "at"),
    [
        (GrantExpired, signed(), AT + 2),
        (OtherUnit, signed(unit="03390"), AT),
        (HubUnknown, signed(hub=SigningKey.fresh()), AT),
        (PracticeMixed, signed(practice=False), AT),
        (NotAuthentic, signed()[:-1] + bytes([signed()[-1] ^ 1]), AT),
    ],
)
def test_a_grant_that_may_not_be_used(refusal: type[Exception], grant: bytes, at: int) -> None:
    with pytest.raises(refusal):
        enrol(grant, HUB_KEYS, UNIT, at, practice=True)


def test_a_practice_grant_never_opens_real_work() -> None:
    with pytest.raises(PracticeMixed):
        enrol(signed(), HUB_KEYS, UNIT, AT, practice=False)


def test_the_earlier_life_certifies_the_next() -> None:
    first = enrol(signed(), HUB_KEYS, UNIT, AT, practice=True)
    second = next_life(signed(), HUB_KEYS, (first.journal, 40), OpenReason.RESTORED, first.signing_key)
    opening = opening_of(second, first)
    assert (opening.journal, opening.opened.life, opening.opened.previous_seq) == (journal_of(7, 2), 2, 40)
    with pytest.raises(EarlierLifeUnknown):
        opening_of(second)


def test_a_spare_grant_opens_a_life_when_the_key_died_with_the_disk() -> None:
    made = next_life(signed(spare=1), HUB_KEYS, (journal_of(7, 3), 9), OpenReason.REPLACED, None)
    assert opening_of(made).journal == journal_of(7, 4)


@pytest.mark.parametrize(
    ("grant", "device", "life"), [(signed(), 7, 1), (signed(1), 8, 1), (signed(1), 7, 255)]
)
def test_no_next_life_without_a_right(grant: bytes, device: int, life: int) -> None:
    with pytest.raises(NotAuthentic):
        next_life(grant, HUB_KEYS, (journal_of(device, life), 0), OpenReason.REPLACED, None)
