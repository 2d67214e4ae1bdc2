"""Entries, drafts and the one refusal of the codec."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from sync.protocol.carrying.packing import pack_entry, unpack_entry
from sync.protocol.journals.codec import (
    MAX_ENTRY_BYTES,
    MAX_OWN_BYTES,
    Body,
    decode,
    decode_body,
    encode,
    encode_body,
    fresh_salt,
)
from sync.protocol.journals.entry import (
    MAX_FACTS_BYTES,
    MUST_UNDERSTAND,
    Draft,
    Entry,
    Facts,
    read_entry,
    read_redacted,
    resolve,
    write_entry,
)
from sync.protocol.naming.ids import SELF, EntryId, pending
from sync.protocol.refusals import Malformed, TooLarge
from tests.unit.protocol import strategies as some

PLACE = EntryId(1793, 5)


def plain_facts(**other: Any) -> Facts:
    """Facts of an ordinary act, some of them replaced."""
    return msgspec.structs.replace(Facts(1, 100, 1, 0, None, None, (PLACE,)), **other)


@given(some.facts, some.bodies)
def test_what_is_written_is_read(facts: Facts, body: bytes) -> None:
    written = write_entry(PLACE, facts, body)
    again = read_entry(PLACE, written.facts_bytes, body)
    assert again == written
    assert again.facts == facts
    assert again.digest == hashlib.sha256(body).digest()


@given(some.foreign_facts(), some.bodies)
def test_unknown_trailing_facts_survive_to_the_byte(facts_bytes: bytes, body: bytes) -> None:
    entry = read_entry(PLACE, facts_bytes, body)
    assert unpack_entry(PLACE, pack_entry(entry)).facts_bytes == facts_bytes
    assert encode(entry.facts) != facts_bytes


@given(some.facts, some.bodies, st.data())
def test_every_flipped_bit_changes_the_header_hash_or_is_refused(
    facts: Facts, body: bytes, data: st.DataObject
) -> None:
    entry = write_entry(PLACE, facts, body)
    whole = bytearray(entry.facts_bytes + body)
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    cut = len(entry.facts_bytes)
    try:
        changed = read_entry(PLACE, bytes(whole[:cut]), bytes(whole[cut:]))
    except Malformed:
        return
    assert changed.header_hash != entry.header_hash


def test_position_is_part_of_the_hash() -> None:
    hashes = {
        write_entry(place, plain_facts(), b"x").header_hash
        for place in (PLACE, EntryId(1793, 6), EntryId(1794, 5))
    }
    assert len(hashes) == 3


def test_redaction_keeps_the_hash_and_drops_the_body() -> None:
    entry = write_entry(PLACE, plain_facts(), b"Nguyen", bytes(64))
    bare = entry.without_body()
    assert bare.is_redacted
    assert not entry.is_redacted
    assert bare.header_hash == entry.header_hash
    assert bare == read_redacted(PLACE, entry.facts_bytes, entry.digest, bytes(64))
    assert b"Nguyen" not in pack_entry(bare)
    assert unpack_entry(PLACE, pack_entry(bare)) == bare


def test_a_flag_says_what_must_be_understood() -> None:
    assert plain_facts(flags=MUST_UNDERSTAND | 8).must_understand
    assert not plain_facts(flags=2).must_understand


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": -1},
        {"at": 2**63},
        {"kind": 0},
        {"kind": 65_536},
        {"version": 0},
        {"version": 256},
        {"flags": -1},
        {"flags": 2**31},
        {"subjects": ()},
        {"subjects": (PLACE,) * 5},
        {"subjects": (SELF,)},
        {"after": (PLACE,) * 33},
        {"after": (pending(1),)},
        {"actor": SELF},
        {"post": pending(3)},
    ],
)
def test_facts_out_of_bounds_are_never_written(wrong: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        write_entry(PLACE, plain_facts(**wrong), b"")


@pytest.mark.parametrize("place", [EntryId(0, 1), EntryId(1, 0), EntryId(2**31, 1), EntryId(1, 2**32)])
def test_impossible_positions(place: EntryId) -> None:
    with pytest.raises(Malformed):
        write_entry(place, plain_facts(), b"")


def test_sizes() -> None:
    facts = encode(plain_facts())
    assert read_entry(PLACE, facts, bytes(MAX_ENTRY_BYTES - len(facts))).body is not None
    with pytest.raises(TooLarge):
        read_entry(PLACE, facts, bytes(MAX_ENTRY_BYTES - len(facts) + 1))
    with pytest.raises(TooLarge):
        read_entry(PLACE, encode([*decode(list, facts), "x" * MAX_FACTS_BYTES]), b"")
    with pytest.raises(TooLarge):
        write_entry(PLACE, plain_facts(), bytes(MAX_OWN_BYTES))
    assert write_entry(PLACE, plain_facts(kind=4), bytes(MAX_OWN_BYTES)).facts.kind == 4


@pytest.mark.parametrize("seal", [b"x", bytes(63), bytes(65)])
def test_a_seal_is_64_bytes_or_none(seal: bytes) -> None:
    with pytest.raises(Malformed):
        read_entry(PLACE, encode(plain_facts()), b"", seal)


def test_a_digest_is_32_bytes() -> None:
    with pytest.raises(Malformed):
        read_redacted(PLACE, encode(plain_facts()), bytes(31))


def test_a_batch_resolves_its_own_ids() -> None:
    drafts = [
        Draft(100, (SELF,), b"request"),
        Draft(101, (SELF, pending(1)), b"original"),
        Draft(102, (pending(1), EntryId(9, 9)), b"later", after=(pending(2),)),
    ]
    first, second, third = resolve(drafts, EntryId(1793, 10))
    assert first.subjects == (EntryId(1793, 10),)
    assert second.subjects == (EntryId(1793, 11), EntryId(1793, 10))
    assert third.subjects == (EntryId(1793, 10), EntryId(9, 9))
    assert third.after == (EntryId(1793, 11),)
    assert third.facts(7, None, PLACE) == Facts(
        7, 102, 1, 0, None, PLACE, third.subjects, (EntryId(1793, 11),)
    )


def test_a_batch_names_no_draft_it_does_not_have() -> None:
    with pytest.raises(ValueError, match="no draft 2"):
        resolve([Draft(100, (pending(2),), b"")], EntryId(1793, 1))
    with pytest.raises(ValueError, match="resolve"):
        Draft(100, (SELF,), b"").facts(1, None, None)


class Early(Body, frozen=True):
    """A body as the first release knew it."""

    name: Annotated[str, Meta(max_length=5)]


class Late(Body, frozen=True):
    """The same body in a later release."""

    name: Annotated[str, Meta(max_length=5)]
    place: str = ""


def test_old_readers_skip_new_fields_and_new_readers_fill_them() -> None:
    assert decode_body(Early, encode_body(Late("Lan", "Bình Lư"))) == Early("Lan")
    assert decode_body(Late, encode_body(Early("Lan"))) == Late("Lan")


DEEP = b"\x91" * 60_000 + b"\xc0"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        DEEP,
        b"\xdd\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xffx",
        b"\x91\xa2\xff\xfe",
        encode(["Lan"]) + b"\x00",
        encode(["Lan"])[:-1],
        encode(["quá dài rồi"]),
        encode([]),
        encode([7]),
        encode({"name": "Lan"}),
        b"\x92\xa3Lan" + DEEP[:50_000],
    ],
)
def test_one_refusal_for_everything_that_does_not_decode(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode_body(Early, data)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused_or_read(data: bytes) -> None:
    try:
        entry = read_entry(PLACE, data, data)
    except Malformed:
        return
    assert isinstance(entry, Entry)


def test_bodies_have_a_limit_both_ways() -> None:
    with pytest.raises(TooLarge):
        encode_body(Late("x", "y" * 70_000))
    with pytest.raises(TooLarge):
        decode_body(Late, encode(["x", "y" * 70_000]))


def test_salts_differ() -> None:
    assert len({fresh_salt() for _ in range(64)}) > 60
    assert len(fresh_salt()) == 4
