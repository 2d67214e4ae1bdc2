"""Bodies of the system kinds: bounds, carried entries, an old reader."""

from __future__ import annotations

from typing import Any

import pytest

from sync.protocol.journals.codec import MAX_ENTRY_BYTES, MAX_OWN_BYTES, decode_body, encode, encode_body
from sync.protocol.journals.entry import Facts, write_entry
from sync.protocol.journals.system_kinds import SYSTEM_BODIES, Carried, EntryQuestioned, SystemKind, carry
from sync.protocol.naming.ids import EntryId, unit_journal
from sync.protocol.refusals import Malformed
from tests.unit.protocol.examples import GOLDEN, JOURNAL, UNIT, entries

BODIES = {path.stem: path for path in GOLDEN.glob("body-*.hex")}


def test_every_kind_has_a_body_and_stays_below_100() -> None:
    assert {kind for kind, _ in SYSTEM_BODIES} == set(SystemKind)
    assert max(SystemKind) < 100


@pytest.mark.parametrize("name", sorted(BODIES))
def test_a_later_release_may_add_fields_to_any_body(name: str) -> None:
    body_type = SYSTEM_BODIES[int(name[5:7]), 1]
    released = bytes.fromhex(BODIES[name].read_text("ascii"))
    values = decode_body(list[Any], released)
    assert decode_body(body_type, encode([*values, "new", 7])) == decode_body(body_type, released)


@pytest.mark.parametrize("name", sorted(BODIES))
def test_no_body_takes_a_wrong_first_field_or_nothing(name: str) -> None:
    body_type = SYSTEM_BODIES[int(name[5:7]), 1]
    values = decode_body(list[Any], bytes.fromhex(BODIES[name].read_text("ascii")))
    for wrong in ([], [None, *values[1:]], [{"x": 1}, *values[1:]], values[:1] if len(values) > 1 else []):
        with pytest.raises(Malformed):
            decode_body(body_type, encode(wrong))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_carried_entry_keeps_its_identity_and_bytes(number: int) -> None:
    inner = entries()[number]
    envelope = decode_body(Carried, encode_body(carry(inner)))
    assert envelope.unpack() == inner
    assert decode_body(Carried, encode_body(carry(inner.without_body()))).unpack() == inner.without_body()


def test_the_largest_entry_fits_its_envelope() -> None:
    place = EntryId(JOURNAL, 2)
    facts = Facts(1, 100, 1, 0, place, place, (place,) * 4, (place,) * 32)
    size = MAX_OWN_BYTES - len(encode(facts))
    inner = write_entry(place, facts, bytes(size), bytes(64))
    outer = EntryId(unit_journal(UNIT), 9)
    envelope = write_entry(outer, Facts(1, 4, 1, 0, None, None, (place,)), encode_body(carry(inner)))
    assert envelope.body is not None
    assert MAX_OWN_BYTES < len(envelope.body) < MAX_ENTRY_BYTES


@pytest.mark.parametrize(
    "packed", [b"", b"\xc0", encode([]), encode([b"", None, b""]), encode([b"x", b"", b""])]
)
def test_a_carried_entry_that_is_none_is_malformed(packed: bytes) -> None:
    with pytest.raises(Malformed):
        Carried(EntryId(JOURNAL, 2), packed).unpack()


def test_a_code_is_a_word_for_programs() -> None:
    place = EntryId(JOURNAL, 2)
    for wrong in ("", "Phí sai", "fee differs", "a" * 41, "fee\n"):
        with pytest.raises(Malformed):
            decode_body(EntryQuestioned, encode_body(EntryQuestioned(place, wrong, "", "")))
    assert (
        decode_body(EntryQuestioned, encode_body(EntryQuestioned(place, "fee-differs", "", ""))).theirs == ""
    )
