"""Chain, forks, checkpoints."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.journals.chain import compare_known, first_head, follow, next_head
from sync.protocol.journals.checkpoint import Checkpoint, checkpoint_due, sign_checkpoint
from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import Purpose, SigningKey, key_id, verify
from sync.protocol.refusals import ChainBroken, Forked, NotAuthentic, SealDiffers
from tests.unit.protocol import strategies as some
from tests.unit.protocol.examples import COUNTER, HUB, JOURNAL


def act(seq: int, body: bytes = b"x", journal: int = JOURNAL) -> Entry:
    """An entry at ``seq``."""
    place = EntryId(journal, seq)
    return write_entry(place, Facts(seq, 100, 1, 0, None, None, (place,)), body)


def test_heads_are_computed_as_the_format_says() -> None:
    zero = hashlib.sha256(b"commune-counter journal" + JOURNAL.to_bytes(4, "big")).digest()
    entry = act(1)
    header = hashlib.sha256(
        JOURNAL.to_bytes(4, "big")
        + (1).to_bytes(8, "big")
        + entry.facts_bytes
        + hashlib.sha256(b"x").digest()
    ).digest()
    assert follow(zero, 0, [entry]) == [hashlib.sha256(zero + header).digest()]
    assert first_head(JOURNAL) == zero


@given(some.entries())
def test_a_head_stands_for_everything_before_it(entries: list[Entry]) -> None:
    first = entries[0].id.seq - 1
    heads = follow(bytes(32), first, entries)
    for place in range(len(entries)):
        other = write_entry(entries[place].id, Facts(1, 9, 9, 9, None, None, (EntryId(9, 9),)), b"other")
        changed = [*entries[:place], other, *entries[place + 1 :]]
        assert follow(bytes(32), first, changed)[-1] != heads[-1]


@pytest.mark.parametrize(
    "entries",
    [[act(2)], [act(1), act(3)], [act(1), act(1)], [act(1), act(2, journal=JOURNAL + 1)], [act(2), act(1)]],
)
def test_holes_and_strangers_break_the_chain(entries: list[Entry]) -> None:
    with pytest.raises(ChainBroken):
        follow(first_head(JOURNAL), 0, entries)


def test_next_head_depends_on_both() -> None:
    assert next_head(bytes(32), b"a" * 32) != next_head(b"b" * 32, b"a" * 32)
    assert first_head(1) != first_head(2)


def test_the_same_entry_again_changes_nothing() -> None:
    assert compare_known(act(1), act(1)) == act(1)
    assert compare_known(act(1).without_body(), act(1)).is_redacted
    assert compare_known(act(1), act(1).without_body()) == act(1)


def test_other_contents_at_a_known_position_are_a_fork() -> None:
    with pytest.raises(Forked):
        compare_known(act(1), act(1, b"y"))
    with pytest.raises(Forked):
        compare_known(act(1).without_body(), act(1, b"y"))
    place = EntryId(JOURNAL, 1)
    with pytest.raises(Forked):
        compare_known(act(1), write_entry(place, Facts(2, 100, 1, 0, None, None, (place,)), b"x"))


def test_a_seal_may_arrive_late_but_not_change() -> None:
    sealed = act(1).sealed_by(bytes(64))
    assert compare_known(act(1), sealed) == sealed
    assert compare_known(sealed, act(1)) == sealed
    with pytest.raises(SealDiffers):
        compare_known(sealed, act(1).sealed_by(b"\1" * 64))


def test_only_one_position_is_compared() -> None:
    with pytest.raises(ValueError, match="one position"):
        compare_known(act(1), act(2))


@given(st.binary(min_size=32, max_size=32), st.integers(1, 2**32 - 1), st.data())
def test_a_checkpoint_says_exactly_one_thing(head: bytes, seq: int, data: st.DataObject) -> None:
    point = sign_checkpoint(COUNTER, JOURNAL, seq, head)
    point.verify(COUNTER.public)
    bit = data.draw(st.integers(0, 255))
    flipped = bytearray(head)
    flipped[bit // 8] ^= 1 << bit % 8
    for wrong in (
        Checkpoint(JOURNAL + 1, seq, head, point.signature),
        Checkpoint(JOURNAL, seq + 1, head, point.signature),
        Checkpoint(JOURNAL, seq, bytes(flipped), point.signature),
        Checkpoint(JOURNAL, seq, head, bytes(64)),
    ):
        with pytest.raises(NotAuthentic):
            wrong.verify(COUNTER.public)
    with pytest.raises(NotAuthentic):
        point.verify(HUB.public)


@pytest.mark.parametrize(
    ("last", "covered", "handing_over", "due"),
    [
        (0, 0, True, False),
        (1, 0, True, True),
        (5, 5, True, False),
        (63, 0, False, False),
        (64, 0, False, True),
        (127, 64, False, False),
        (128, 64, False, True),
        (200, 64, False, True),
    ],
)
def test_a_checkpoint_is_due_at_64_or_at_a_hand_over(
    last: int, covered: int, handing_over: bool, due: bool
) -> None:
    assert checkpoint_due(last, covered, handing_over) is due


def test_a_signature_serves_one_purpose() -> None:
    signature = COUNTER.sign(Purpose.GRANT, b"message")
    verify(COUNTER.public, Purpose.GRANT, b"message", signature)
    for purpose in set(Purpose) - {Purpose.GRANT}:
        with pytest.raises(NotAuthentic):
            verify(COUNTER.public, purpose, b"message", signature)


def test_no_purpose_begins_another() -> None:
    values = [purpose.value for purpose in Purpose]
    assert not any(one != other and one.startswith(other) for one in values for other in values)


def test_a_key_is_its_seed() -> None:
    key = SigningKey.fresh()
    assert SigningKey(key.seed).public == key.public
    assert key.key_id == key_id(key.public)
    assert SigningKey.fresh().public != key.public


@pytest.mark.parametrize("public", [b"", bytes(31), b"\xff" * 32])
def test_a_useless_public_key_verifies_nothing(public: bytes) -> None:
    with pytest.raises(NotAuthentic):
        verify(public, Purpose.COPY, b"", bytes(64))
