"""Sealed files and unit keys: every way a file can be wrong has its own refusal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.meeting import sealing as under_test
from sync.protocol.meeting.sealing import FileHeader, open_file, peek_file, seal_file
from sync.protocol.naming.unit_keys import ExchangeKey, UnitKey, unwrap_unit_key, wrap_unit_key
from sync.protocol.refusals import (
    CutShort,
    Damaged,
    KeyUnknown,
    Malformed,
    NewerFormat,
    NotAuthentic,
    NotOurs,
    OtherUnit,
    Refusal,
    SenderUnknown,
    TooLarge,
)
from tests.unit.protocol.examples import (
    COUNTER,
    COUNTER_EXCHANGE,
    HUB,
    HUB_EXCHANGE,
    JOURNAL,
    UNIT,
    UNIT_KEY,
)

CONTENTS = b"runs of a day"
FILE = seal_file(CONTENTS, UNIT_KEY, COUNTER, JOURNAL, 2, 3)
HEADER_BYTES = len(FILE) - len(CONTENTS) - 16 - 64


def opened(data: bytes, unit: str = UNIT, key: UnitKey = UNIT_KEY) -> tuple[FileHeader, bytes]:
    """Open as the unit's other counter would."""
    return open_file(data, unit, {key.version: key}, lambda *_: COUNTER.public)


@given(st.binary(max_size=500))
def test_a_file_opens_for_the_unit_and_the_hub(contents: bytes) -> None:
    data = seal_file(contents, UNIT_KEY, COUNTER, JOURNAL, 2, 3)
    header, found = opened(data)
    assert found == contents
    assert (header.unit, header.sender, header.part, header.parts) == (UNIT, JOURNAL, 2, 3)
    assert peek_file(data) == header


def test_two_files_never_share_a_key_stream() -> None:
    other = seal_file(CONTENTS, UNIT_KEY, COUNTER, JOURNAL, 2, 3)
    assert peek_file(other).salt != peek_file(FILE).salt
    assert other[HEADER_BYTES:-64] != FILE[HEADER_BYTES:-64]
    assert CONTENTS not in FILE


def test_every_flipped_bit_is_refused() -> None:
    for bit in range(len(FILE) * 8):
        changed = bytearray(FILE)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            opened(bytes(changed))


def test_every_truncation_is_cut_short_or_not_ours() -> None:
    for length in range(len(FILE)):
        with pytest.raises(CutShort if length >= 3 else NotOurs):
            opened(FILE[:length])


@settings(max_examples=200)
@given(st.sampled_from([b"", b"MCX", b"MCX\1", FILE[:60]]), st.binary(max_size=200))
def test_arbitrary_bytes_are_refused(front: bytes, data: bytes) -> None:
    with pytest.raises(Refusal):
        opened(front + data)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (b"<html>captive portal", NotOurs),
        (b"MCX\2" + FILE[4:], NewerFormat),
        (FILE + b"\0", Malformed),
        (FILE[:4] + b"0x000" + FILE[9:], Malformed),
        (FILE[:17] + b"\0\0" + FILE[19:], Malformed),
        (FILE[:17] + b"\0\4" + FILE[19:], Malformed),
        (FILE[: HEADER_BYTES - 4] + b"\xff\xff\xff\xff" + FILE[HEADER_BYTES:], TooLarge),
        (FILE[: HEADER_BYTES - 4] + b"\0\0\0\1" + FILE[HEADER_BYTES:], TooLarge),
        (FILE[:HEADER_BYTES] + bytes(len(CONTENTS) + 16) + FILE[-64:], Damaged),
        (FILE[:-64] + bytes(64), NotAuthentic),
    ],
)
def test_each_wrong_file_has_its_own_refusal(wrong: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        opened(wrong)
    assert type(caught.value) is refusal


def test_other_units_unknown_keys_and_strangers() -> None:
    with pytest.raises(OtherUnit):
        opened(FILE, "03390")
    with pytest.raises(KeyUnknown):
        opened(FILE, key=UnitKey(UNIT, 2, bytes(32)))
    with pytest.raises(Damaged):
        opened(FILE, key=UnitKey(UNIT, 1, bytes(32)))
    with pytest.raises(SenderUnknown):
        open_file(FILE, UNIT, {1: UNIT_KEY}, lambda *_: None)
    with pytest.raises(NotAuthentic):
        open_file(FILE, UNIT, {1: UNIT_KEY}, lambda *_: HUB.public)


def test_a_new_senders_key_may_come_from_the_file_itself() -> None:
    seen: list[tuple[int, bytes]] = []

    def from_contents(journal: int, contents: bytes) -> bytes:
        seen.append((journal, contents))
        return COUNTER.public

    open_file(FILE, UNIT, {1: UNIT_KEY}, from_contents)
    assert seen == [(JOURNAL, CONTENTS)]


def test_codes_of_refusals_are_distinct() -> None:
    shapes = [NotOurs, NewerFormat, CutShort, TooLarge, Malformed]
    refusals = [*shapes, OtherUnit, KeyUnknown, Damaged, SenderUnknown, NotAuthentic]
    assert len({refusal.code for refusal in refusals}) == len(refusals)


def test_a_bundle_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "MAX_BUNDLE_BYTES", 10)
    with pytest.raises(TooLarge):
        seal_file(bytes(11), UNIT_KEY, COUNTER, JOURNAL)
    with pytest.raises(TooLarge):
        opened(FILE)


@pytest.mark.parametrize("owner", [COUNTER_EXCHANGE, HUB_EXCHANGE])
def test_a_unit_key_opens_for_its_recipient_only(owner: ExchangeKey) -> None:
    wrapped = wrap_unit_key(UNIT_KEY, owner.public)
    assert len(wrapped) == 80
    assert unwrap_unit_key(wrapped, owner, UNIT, 1) == UNIT_KEY
    for wrong in (("03390", 1), (UNIT, 2)):
        with pytest.raises(Damaged):
            unwrap_unit_key(wrapped, owner, *wrong)
    with pytest.raises(Damaged):
        unwrap_unit_key(wrapped, ExchangeKey.fresh(), UNIT, 1)
    with pytest.raises(Malformed):
        unwrap_unit_key(wrapped[:-1], owner, UNIT, 1)


def test_every_flipped_bit_of_a_wrapped_key_is_refused() -> None:
    wrapped = wrap_unit_key(UNIT_KEY, COUNTER_EXCHANGE.public)
    for bit in range(len(wrapped) * 8):
        changed = bytearray(wrapped)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            unwrap_unit_key(bytes(changed), COUNTER_EXCHANGE, UNIT, 1)


def test_fresh_keys_differ() -> None:
    assert UnitKey.fresh(UNIT, 1).key != UnitKey.fresh(UNIT, 1).key
    assert ExchangeKey(COUNTER_EXCHANGE.private).public == COUNTER_EXCHANGE.public
    with pytest.raises(Malformed):
        COUNTER_EXCHANGE.agree(bytes(32))
