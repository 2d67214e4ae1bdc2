"""Variable-length integers, vectors, and the hub's signed word."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.carrying.vector import (
    SignedVector,
    Vector,
    lacking,
    make_vector,
    pack_signed_vector,
    put_vector,
    sign_vector,
    take_vector,
    unpack_signed_vector,
)
from sync.protocol.carrying.wire import Reader, put_signed, put_varint
from sync.protocol.refusals import Malformed, NotAuthentic, Refusal
from tests.unit.protocol.examples import AT, COUNTER, HUB, UNIT

heads = st.dictionaries(
    st.integers(1, 2**31 - 1),
    st.tuples(st.integers(1, 2**32 - 1), st.binary(min_size=32, max_size=32)),
    max_size=8,
)


@given(st.lists(st.integers(0, 2**64 - 1)), st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_integers_come_back(unsigned: list[int], signed: list[int]) -> None:
    out = bytearray()
    for value in unsigned:
        put_varint(out, value)
    for value in signed:
        put_signed(out, value)
    reader = Reader(bytes(out))
    assert [reader.varint() for _ in unsigned] == unsigned
    assert [reader.signed() for _ in signed] == signed
    reader.done()


@pytest.mark.parametrize("data", [b"", b"\x80", b"\x80\x00", b"\xff" * 10 + b"\x01", b"\xff" * 9 + b"\x02"])
def test_integers_that_are_cut_long_or_too_large_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        Reader(data).varint()


@pytest.mark.parametrize("value", [-1, 2**64])
def test_what_does_not_fit_is_not_written(value: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        put_varint(bytearray(), value)


def test_bounds_are_the_readers() -> None:
    assert Reader(b"\x05").varint(5) == 5
    with pytest.raises(Malformed):
        Reader(b"\x06").varint(5)
    with pytest.raises(Malformed):
        Reader(b"ab").take(3)
    with pytest.raises(Malformed):
        Reader(b"a").done()


@given(heads)
def test_a_vector_comes_back(held: dict[int, tuple[int, bytes]]) -> None:
    vector = make_vector(held)
    out = bytearray()
    put_vector(out, vector)
    reader = Reader(bytes(out))
    assert take_vector(reader) == vector
    reader.done()


@given(heads, heads)
def test_equal_vectors_mean_equal_contents(
    one: dict[int, tuple[int, bytes]], other: dict[int, tuple[int, bytes]]
) -> None:
    assert (make_vector(one) == make_vector(other)) == (one == other)


def test_equal_positions_with_unequal_heads_are_a_fork() -> None:
    one, other = make_vector({5: (3, bytes(32))}), make_vector({5: (3, b"\1" * 32)})
    assert one.forked_from(other)
    assert not one.forked_from(one)
    assert not one.forked_from(make_vector({5: (4, bytes(32))}))


def test_order_and_empty_journals_do_not_matter() -> None:
    head = bytes(32)
    assert make_vector({9: (1, head), 5: (3, head)}) == make_vector(
        {5: (3, head), 7: (0, head), 9: (1, head)}
    )


def test_what_the_other_side_lacks() -> None:
    mine = Vector({5: 3, 6: 8, 7: 2}, bytes(8))
    theirs = Vector({5: 3, 6: 5, 9: 1}, bytes(8))
    assert lacking(mine, theirs) == {6: 6, 7: 1}
    assert mine.covers(6, 8)
    assert not mine.covers(6, 9)
    assert not mine.covers(10, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01\x05\x03",
        b"\x01\x00\x03" + bytes(8),
        b"\x01\x05\x00" + bytes(8),
        b"\x02\x05\x03\x00\x01" + bytes(8),
        b"\xff\xff\x03",
        b"\x02\xff\xff\xff\xff\x07\x01\x01\x01" + bytes(8),
    ],
)
def test_malformed_vectors(data: bytes) -> None:
    with pytest.raises(Malformed):
        take_vector(Reader(data))


def word(received: Vector, backed_up: Vector) -> SignedVector:
    """The hub's word."""
    return sign_vector(HUB, UNIT, AT, 1, received, backed_up)


@given(heads, heads, st.booleans())
def test_the_hubs_word_comes_back_and_verifies(
    received: dict[int, tuple[int, bytes]], backed_up: dict[int, tuple[int, bytes]], asked: bool
) -> None:
    said = word(make_vector(received), make_vector(backed_up))
    ours = said.received if asked else None
    read = unpack_signed_vector(pack_signed_vector(said, ours), UNIT, ours)
    assert read == said
    read.verify(HUB.public)
    with pytest.raises(NotAuthentic):
        read.verify(COUNTER.public)


def test_nothing_new_takes_few_bytes() -> None:
    ours = make_vector({1793: (2_000, bytes(32)), 2049: (900, bytes(32)), 1073741825: (40, bytes(32))})
    assert len(pack_signed_vector(word(ours, ours), ours)) <= 75


def test_every_flipped_bit_of_the_word_is_refused() -> None:
    received, backed_up = make_vector({5: (3, bytes(32))}), make_vector({5: (2, bytes(32))})
    whole = pack_signed_vector(word(received, backed_up))
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            unpack_signed_vector(bytes(changed), UNIT, None).verify(HUB.public)


def test_the_word_is_about_one_unit_and_one_question() -> None:
    vector = make_vector({5: (3, bytes(32))})
    whole = pack_signed_vector(word(vector, vector), vector)
    with pytest.raises(NotAuthentic):
        unpack_signed_vector(whole, "03390", vector).verify(HUB.public)
    with pytest.raises(NotAuthentic):
        unpack_signed_vector(whole, UNIT, make_vector({5: (4, bytes(32))})).verify(HUB.public)
    with pytest.raises(Malformed):
        unpack_signed_vector(whole, UNIT, None)
    with pytest.raises(Malformed):
        unpack_signed_vector(whole[:-1], UNIT, vector)


@pytest.mark.parametrize("life", [0, 256])
def test_a_hubs_lives_are_1_to_255(life: int) -> None:
    vector = make_vector({})
    said = msgspec.structs.replace(word(vector, vector), life=life)
    with pytest.raises(Malformed):
        unpack_signed_vector(pack_signed_vector(said), UNIT)
