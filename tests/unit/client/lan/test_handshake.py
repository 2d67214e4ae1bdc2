"""Keys are shared by who holds a unit key, proofs by who holds a device's; to all others it is noise."""

from __future__ import annotations

import os
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.client.lan import handshake
from sync.client.lan.beacon import BEACON_BYTES, Heard, open_beacon, seal_beacon
from sync.client.lan.channel import BLOCK, Channel, Message, frame_size
from sync.client.lan.handshake import FIRST_BYTES, SECOND_BYTES, Call, answer
from sync.client.lan.proof import CALLER, LISTENER, Membership, Revoked, Self, check, own_openings, prove
from sync.protocol.journals.codec import decode, encode
from sync.protocol.journals.system_kinds import Carried
from sync.protocol.naming.grants import Grant, JournalOpened, sign_grant
from sync.protocol.naming.ids import EntryId, journal_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey, UnitKey
from sync.protocol.refusals import (
    Damaged,
    Forked,
    HubUnknown,
    KeyUnknown,
    Malformed,
    NotAuthentic,
    OtherUnit,
    Refusal,
    TooLarge,
)
from tests.unit.client.peers import AT, EXCHANGE_KEY, HUB_KEY, HUB_KEYS, UNIT, MemoryStore, counter

INSTANCE = bytes(range(16))
TALK = bytes(32)


def key(version: int, unit: str = UNIT) -> UnitKey:
    return UnitKey(unit, version, bytes([version]) * 32)


def keys(*versions: int) -> dict[int, UnitKey]:
    return {version: key(version) for version in versions}


def met(caller: dict[int, UnitKey], listener: dict[int, UnitKey]) -> bool:
    call = Call(caller)
    second, there = answer(call.first, listener)
    here = call.finish(second)
    assert (len(call.first), len(second)) == (FIRST_BYTES, SECOND_BYTES)
    return here == there


@pytest.mark.parametrize(
    ("caller", "listener"), [((1,), (1,)), ((1, 2), (1,)), ((1,), (1, 2)), ((2, 5, 6, 7), (5, 7, 8, 9, 4))]
)
def test_a_common_key_is_enough(caller: tuple[int, ...], listener: tuple[int, ...]) -> None:
    assert met(keys(*caller), keys(*listener))


@pytest.mark.parametrize(("caller", "listener"), [((1,), (2,)), ((1,), (2, 3, 4, 5, 1)), ((), (1,))])
def test_no_common_key_no_answer(caller: tuple[int, ...], listener: tuple[int, ...]) -> None:
    """Also a key so old that four came after it."""
    with pytest.raises(KeyUnknown):
        met(keys(*caller), keys(*listener))


def test_a_unit_with_the_same_bytes_as_key_is_still_another_unit() -> None:
    with pytest.raises(KeyUnknown):
        answer(Call(keys(1)).first, {1: UnitKey("00001", 1, bytes([1]) * 32)})


def test_each_talk_has_other_keys_and_a_replay_too() -> None:
    call = Call(keys(1))
    (_, one), (_, two) = answer(call.first, keys(1)), answer(call.first, keys(1))
    assert not set(one) & set(two), "a recorded first message leads to keys that nobody else can make"
    assert len(set(one)) == 3


def test_the_unit_key_alone_reads_no_recorded_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: keys from the unit key alone. Then both directions of any talk could be made again from it."""
    ephemeral = ExchangeKey.fresh()
    seen = {answer(Call(keys(1), salt=bytes(32)).first, keys(1), ephemeral, bytes(32))[1] for _ in range(3)}
    assert len(seen) == 3, "the callers' ephemeral keys are part of it"
    assert handshake.newest(keys(1, 2, 3, 4, 5))[0].version == 5


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_noise_is_refused_with_a_code(noise: bytes) -> None:
    for read in (lambda: answer(noise, keys(1)), lambda: Call(keys(1)).finish(noise)):
        with pytest.raises(Refusal):
            read()
    assert open_beacon(noise, keys(1)) is None


@settings(max_examples=100, deadline=None)
@given(st.integers(0, FIRST_BYTES - 1), st.integers(1, 255))
def test_a_bent_first_message_shares_no_keys(place: int, bend: int) -> None:
    call = Call(keys(1))
    bent = bytearray(call.first)
    bent[place] ^= bend
    try:
        second, there = answer(bytes(bent), keys(1))
        here = call.finish(second)
    except Refusal:
        return
    assert here.transcript != there.transcript, "each side's keys are bound to what it saw"


def test_frames_open_once_and_in_turn() -> None:
    one, two = Channel(b"a" * 32, b"b" * 32), Channel(b"b" * 32, b"a" * 32)
    frames = [one.seal(Message(2, b"x" * size)) for size in (0, 1, 50, 500)]
    assert {(frame_size(frame)) % BLOCK for frame in frames} == {0}, "lengths tell little"
    assert two.open(frames[0][4:]) == Message(2, b"")
    for wrong in (frames[0], frames[2], frames[1][:-1] + bytes([frames[1][-1] ^ 1])):
        with pytest.raises(Damaged):
            two.open(wrong[4:])
    assert two.open(frames[1][4:]) == Message(2, b"x")
    with pytest.raises(TooLarge):
        frame_size(b"\xff\xff\xff\xff")
    with pytest.raises(Malformed):
        frame_size(bytes(4))


def own(store: MemoryStore, **changes: object) -> Self:
    made = Self(UNIT, store.journal, store.key, INSTANCE, 7443, own_openings(store))
    return msgspec.structs.replace(made, **changes)


def judged(proof: bytes, store: MemoryStore, role: bytes = CALLER, talk: bytes = TALK) -> object:
    return check(proof, talk, role, Membership(HUB_KEYS, store))


def test_a_proof_names_the_counter_that_nobody_has_met() -> None:
    one, two = counter(1), counter(2)
    peer = judged(prove(own(two), TALK, CALLER, AT), one)
    assert (peer.journal, peer.name, peer.at, peer.port) == (two.journal, "QUẦY-02", AT, 7443)


def test_a_next_life_is_proved_by_its_predecessor() -> None:
    from sync.protocol.naming.grants import certify_next_life

    one, two = counter(1), counter(2)
    key = SigningKey.fresh()
    first = two.entries[two.journal][0]
    grant = decode_opened(first.body).grant
    opened = certify_next_life(two.key, JournalOpened(grant, key.public, EXCHANGE_KEY.public, 2, 1, 2))
    later = MemoryStore(journal_of(2, 2), key, opened)
    both = (*own_openings(two), *own_openings(later))
    made = Self(UNIT, later.journal, key, INSTANCE, 7443, both)
    assert judged(prove(made, TALK, CALLER, AT), one).journal == later.journal
    alone = msgspec.structs.replace(made, openings=own_openings(later))
    with pytest.raises(Refusal):
        judged(prove(alone, TALK, CALLER, AT), one)


def decode_opened(body: bytes | None) -> JournalOpened:
    assert body is not None
    return decode(JournalOpened, body)


def granted_elsewhere() -> MemoryStore:
    """A counter of another unit under the same hub, which claims to be ours."""
    grant = Grant("00001", 9, 9, "QUẦY-09", 2**62, 0, HUB_KEY.key_id, True)
    key = SigningKey.fresh()
    opened = JournalOpened(sign_grant(grant, HUB_KEY), key.public, EXCHANGE_KEY.public, 1, 0, 1)
    return MemoryStore(journal_of(9, 1), key, opened)


CASES: list[tuple[Callable[[MemoryStore], bytes], type[Refusal]]] = [
    (lambda two: prove(own(two), TALK, LISTENER, AT), NotAuthentic),
    (lambda two: prove(own(two), b"\1" * 32, CALLER, AT), NotAuthentic),
    (lambda two: prove(own(two, key=SigningKey.fresh()), TALK, CALLER, AT), NotAuthentic),
    (lambda two: prove(own(two, unit="00001"), TALK, CALLER, AT), OtherUnit),
    (lambda two: prove(own(two, openings=()), TALK, CALLER, AT), Malformed),
    (lambda two: prove(own(two, journal=journal_of(3, 1)), TALK, CALLER, AT), Malformed),
    (lambda two: prove(own(two, openings=(b"x",)), TALK, CALLER, AT), Malformed),
    (lambda _: prove(own(granted_elsewhere()), TALK, CALLER, AT), OtherUnit),
    (lambda two: prove(own(two, journal=2**30), TALK, CALLER, AT), Refusal),
    (lambda _: os.urandom(200), Malformed),
    (lambda _: encode([b"", bytes(64)]), Malformed),
]


@pytest.mark.parametrize(("make", "refusal"), CASES)
def test_every_other_proof_is_refused(make: Callable[[MemoryStore], bytes], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        judged(make(counter(2)), counter(1))


@pytest.mark.parametrize("journal", [1, 255, 256, 512, 0x3FFFFF00])
def test_a_journal_that_no_counter_can_write_is_malformed(journal: int) -> None:
    """Device 0, or life 0: before any signature is looked at, so a bare member of the unit could say it."""
    one, two = counter(1), counter(2)
    carried = decode(Carried, own_openings(two)[0])
    opening = encode(msgspec.structs.replace(carried, entry=EntryId(journal, 1)))
    with pytest.raises(Malformed, match="no counter writes"):
        judged(prove(own(two, journal=journal, openings=(opening,)), TALK, CALLER, AT), one)


def test_a_hub_that_is_not_pinned_and_a_key_that_is_not_the_known_one() -> None:
    one, two, other = counter(1), counter(2), counter(2, seed=99)
    proof = prove(own(two), TALK, CALLER, AT)
    with pytest.raises(HubUnknown):
        check(proof, TALK, CALLER, Membership({}, one))
    one.entries.update(other.entries)
    one.heads.update(other.heads)
    other.hand_over()
    one.points.update(other.points)
    with pytest.raises(Forked):
        judged(proof, one)


def test_a_revoked_device_is_refused() -> None:
    one, two = counter(1), counter(2)
    with pytest.raises(Revoked):
        check(prove(own(two), TALK, CALLER, AT), TALK, CALLER, Membership(HUB_KEYS, one, lambda _: True))


def test_a_beacon_is_understood_by_the_unit_alone() -> None:
    data = seal_beacon(keys(1, 2), INSTANCE, 7443)
    assert len(data) == BEACON_BYTES
    assert open_beacon(data, keys(2)) == Heard(INSTANCE, 7443)
    assert open_beacon(data, keys(1)) is None, "it is sealed under the newest"
    assert INSTANCE not in data
    assert seal_beacon(keys(1), INSTANCE, 7443) != seal_beacon(keys(1), INSTANCE, 7443)
    assert seal_beacon({}, INSTANCE, 7443) == b""
