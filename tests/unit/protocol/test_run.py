"""Runs: columns, verification, cutting at checkpoints."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.carrying.run import Run, RunCheckpoint, cut_at_checkpoints, join, make_run, verify_run
from sync.protocol.carrying.run_columns import pack_run, unpack_run
from sync.protocol.carrying.wire import Reader
from sync.protocol.journals.chain import first_head, follow
from sync.protocol.journals.checkpoint import sign_checkpoint
from sync.protocol.journals.entry import Entry, Facts, write_entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import ChainBroken, Forked, Malformed, NotAuthentic, Refusal
from tests.unit.protocol import strategies as some
from tests.unit.protocol.examples import COUNTER, HUB, JOURNAL


def packed(run: Run) -> bytes:
    """The run's bytes."""
    out = bytearray()
    pack_run(out, run)
    return bytes(out)


def acts(count: int, first: int = 1) -> list[Entry]:
    """``count`` like entries."""
    places = [EntryId(JOURNAL, first + number) for number in range(count)]
    return [
        write_entry(place, Facts(1_795_000_000_000 + 977 * place.seq, 100, 1, 0, None, None, (place,)), b"x")
        for place in places
    ]


def run_of(count: int, *marks: int) -> Run:
    """A run from seq 1 with checkpoints at ``marks``."""
    entries = acts(count)
    heads = follow(first_head(JOURNAL), 0, entries)
    points = [sign_checkpoint(COUNTER, JOURNAL, mark, heads[mark - 1]) for mark in marks]
    return make_run(first_head(JOURNAL), entries, points)


@given(some.runs())
def test_a_run_survives_to_the_byte(given_run: tuple[Run, bytes]) -> None:
    run, _ = given_run
    reader = Reader(packed(run))
    assert unpack_run(reader) == run
    reader.done()


@given(some.runs())
def test_a_run_proves_what_its_checkpoints_cover_and_no_more(given_run: tuple[Run, bytes]) -> None:
    run, before = given_run
    verified = verify_run(run, before, COUNTER.public)
    assert verified.entries + verified.tail == run.entries
    assert len(verified.entries) == run.covered_seq - run.first_seq + 1
    assert len(verified.heads) == len(verified.entries)
    assert [point.seq for point in verified.checkpoints] == [point.seq for point in run.checkpoints]
    if verified.checkpoints:
        assert verified.checkpoints[-1].head == verified.heads[-1]


@given(some.runs(), st.data())
def test_any_flipped_bit_is_refused_or_changes_nothing_that_is_covered(
    given_run: tuple[Run, bytes], data: st.DataObject
) -> None:
    run, before = given_run
    whole = bytearray(packed(run))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    held = verify_run(run, before, COUNTER.public)
    try:
        reader = Reader(bytes(whole))
        changed = unpack_run(reader)
        reader.done()
        verified = verify_run(changed, before, COUNTER.public)
    except Refusal:
        return
    if changed.journal == run.journal:
        common = min(len(held.entries), len(verified.entries))
        assert verified.heads[:common] == held.heads[:common]
    else:
        assert not verified.entries


def test_every_single_flipped_bit_of_a_covered_run_is_refused() -> None:
    run = run_of(3, 3)
    whole = packed(run)
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            reader = Reader(bytes(changed))
            given_run = unpack_run(reader)
            reader.done()
            verified = verify_run(given_run, first_head(JOURNAL), COUNTER.public)
        except Refusal:
            continue
        assert not verified.entries, f"bit {bit} went through"


@given(some.runs(), st.data())
def test_truncation_is_refused(given_run: tuple[Run, bytes], data: st.DataObject) -> None:
    whole = packed(given_run[0])
    with pytest.raises(Malformed):
        unpack_run(Reader(whole[: data.draw(st.integers(0, len(whole) - 1))]))


@settings(max_examples=300)
@given(st.binary(max_size=120))
def test_arbitrary_bytes_are_refused(data: bytes) -> None:
    reader = Reader(data)
    try:
        run = unpack_run(reader)
    except Malformed:
        return
    assert len(run.entries) >= 1


def test_a_run_on_another_head_is_a_fork() -> None:
    with pytest.raises(Forked):
        verify_run(run_of(3, 3), b"other head" + bytes(22), COUNTER.public)


def test_a_wrong_first_place_or_key_is_refused() -> None:
    run = run_of(3, 3)
    with pytest.raises(ChainBroken):
        verify_run(msgspec.structs.replace(run, first_seq=2), first_head(JOURNAL), COUNTER.public)
    with pytest.raises(NotAuthentic):
        verify_run(run, first_head(JOURNAL), HUB.public)


def test_every_checkpoint_is_verified_not_only_the_last() -> None:
    run = run_of(4, 2, 4)
    points = (RunCheckpoint(2, bytes(64)), run.checkpoints[1])
    with pytest.raises(NotAuthentic):
        verify_run(msgspec.structs.replace(run, checkpoints=points), first_head(JOURNAL), COUNTER.public)


def test_without_a_checkpoint_everything_is_tail() -> None:
    verified = verify_run(run_of(3), first_head(JOURNAL), COUNTER.public)
    assert verified.entries == ()
    assert len(verified.tail) == 3


def test_relays_cut_at_checkpoints_and_drop_the_tail() -> None:
    run = run_of(10, 3, 4, 8)
    pieces = cut_at_checkpoints(run, first_head(JOURNAL))
    assert [(piece.first_seq, piece.last_seq) for piece in pieces] == [(1, 3), (4, 4), (5, 8)]
    head = first_head(JOURNAL)
    for piece in pieces:
        verified = verify_run(piece, head, COUNTER.public)
        assert verified.tail == ()
        head = verified.heads[-1]


def test_neighbours_join_again() -> None:
    run = run_of(10, 3, 4, 10)
    pieces = cut_at_checkpoints(run, first_head(JOURNAL))
    assert join(pieces) == [run]
    assert join([pieces[0], pieces[2]]) == [pieces[0], pieces[2]]
    assert join([]) == []


def test_a_run_is_never_empty() -> None:
    with pytest.raises(ValueError, match="at least one"):
        make_run(first_head(JOURNAL), [], [])
    with pytest.raises(Malformed):
        unpack_run(Reader(b"\x81\x0e\x01" + bytes(8) + b"\x00\x01\x00"))


def test_like_entries_cost_almost_nothing_before_compression() -> None:
    small, large = len(packed(run_of(10, 10))), len(packed(run_of(110, 110)))
    assert (large - small) / 100 <= 6


@pytest.mark.parametrize("place", [0, -1])
def test_checkpoints_lie_inside_their_run(place: int) -> None:
    run = run_of(3, 3)
    whole = bytearray(packed(run))
    whole[-65] = 4 if place else 0
    with pytest.raises(Malformed):
        unpack_run(Reader(bytes(whole)))


@pytest.mark.parametrize(
    "shapes",
    [
        "00",
        "010064010000010000",
        "010101010102",
        "02010101",
        "0108",
        "010064010005000000",
        "010064010001210000",
    ],
)
def test_impossible_shapes_are_malformed(shapes: str) -> None:
    head = b"\x81\x0e\x01" + bytes(8) + b"\x01"
    with pytest.raises(Malformed):
        unpack_run(Reader(head + bytes.fromhex(shapes) + bytes(200)))
