"""Format 2 of the exchange says what format 1 says, in fewer bytes; both are read."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.dictionaries import FIRST_SAID, GENERATION
from sync.protocol.carrying.vector import Vector, make_vector, sign_vector
from sync.protocol.carrying.wire import Reader
from sync.protocol.meeting.brief import can_be_brief, put_brief_vector, take_brief_vector
from sync.protocol.meeting.exchange import (
    ExchangeAnswer,
    ExchangeRequest,
    HeadAt,
    Parked,
    pack_answer,
    pack_request,
    unpack_answer,
    unpack_request,
)
from sync.protocol.naming.ids import MAX_SEQ, EntryId, common_journal, journal_of, unit_journal
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Malformed, NewerFormat, NotAuthentic, NotOurs, Refusal

UNIT = "03390"
JOURNAL = journal_of(7, 1)
DEVICE, HUB = SigningKey(bytes([2]) * 32), SigningKey(bytes([1]) * 32)
AT = 1_795_000_000_000
HELD = {JOURNAL: 812, JOURNAL + 1: 3, journal_of(8, 1): 90, common_journal(): 14, unit_journal(UNIT): 300}
VECTOR = make_vector({number: (seq, bytes(32)) for number, seq in HELD.items()})


def request(**other: Any) -> ExchangeRequest:
    plain = ExchangeRequest(UNIT, JOURNAL, AT, 12_288, VECTOR, b"", True, GENERATION)
    return msgspec.structs.replace(plain, **other)


def packed(**other: Any) -> bytes:
    return pack_request(request(**other), DEVICE, HUB.public)


def test_a_request_comes_back_and_is_shorter() -> None:
    asked = request(bundle=pack_bundle(Bundle(UNIT, JOURNAL, ())))
    read = unpack_request(pack_request(asked, DEVICE, HUB.public))
    assert read.request == asked
    read.verify(DEVICE.public, HUB)
    assert read.open_bundle() is not None
    common = pack_request(msgspec.structs.replace(asked, brief=False), DEVICE, HUB.public)
    assert len(pack_request(asked, DEVICE, HUB.public)) <= len(common) - 8


def test_format_1_says_the_generation_of_its_time() -> None:
    assert unpack_request(packed(brief=False)).request.generation == FIRST_SAID


@given(bit=st.integers(0, len(packed()) * 8 - 1))
def test_a_flipped_bit_is_refused(bit: int) -> None:
    data = bytearray(packed())
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal):
        unpack_request(bytes(data)).verify(DEVICE.public, HUB)


def test_the_tag_covers_the_generation() -> None:
    tag = packed()[-16:]
    with pytest.raises(NotAuthentic):
        unpack_request(packed(generation=1)[:-16] + tag).verify(DEVICE.public, HUB)


@given(
    counters=st.dictionaries(st.integers(1, 5_000), st.integers(1, MAX_SEQ), max_size=8),
    lives=st.dictionaries(st.tuples(st.booleans(), st.integers(1, 255)), st.integers(1, MAX_SEQ), max_size=6),
    unit=st.integers(0, 99_999).map("{:05d}".format),
)
def test_every_vector_of_one_unit_comes_back(
    counters: dict[int, int], lives: dict[tuple[bool, int], int], unit: str
) -> None:
    held = {journal_of(device, 1): seq for device, seq in counters.items()}
    held |= {
        (unit_journal(unit, life) if of_unit else common_journal(life)): seq
        for (of_unit, life), seq in lives.items()
    }
    vector = make_vector({journal: (seq, bytes(32)) for journal, seq in held.items()})
    assert can_be_brief(vector, unit)
    out = bytearray()
    put_brief_vector(out, vector, unit)
    reader = Reader(bytes(out))
    assert take_brief_vector(reader, unit) == vector
    reader.done()


def test_the_journal_of_another_unit_has_no_brief_form() -> None:
    strange = Vector({unit_journal("00001"): 4}, bytes(8))
    assert not can_be_brief(strange, UNIT)
    with pytest.raises(ValueError, match="none of unit"):
        pack_request(request(vector=strange), DEVICE, HUB.public)
    with pytest.raises(ValueError, match="KiB"):
        pack_request(request(want=1_000), DEVICE, HUB.public)


@pytest.mark.parametrize(
    "data",
    [
        bytes([1, 0, 4, 0]),  # a step of nothing
        bytes([1, 4, 0, 0]),  # no entry of it
        bytes([0, 2, 1, 4, 1, 4]),  # the same code twice
        bytes([0, 2, 3, 4, 1, 4]),  # out of order
        bytes([0, 1, 0, 0]),  # no entry of common
        bytes([1, 0x80, 0x80, 0x80, 0x80, 0x04, 1, 0]),  # the province's journal among the counters'
    ],
)
def test_a_vector_has_one_form(data: bytes) -> None:
    with pytest.raises(Malformed):
        take_brief_vector(Reader(data + bytes(8)), UNIT)


def answers() -> list[ExchangeAnswer]:
    word = sign_vector(HUB, UNIT, AT + 5_000, 2, VECTOR, make_vector({}))
    other = sign_vector(HUB, UNIT, AT - 70_000, 1, make_vector({JOURNAL: (5, bytes(32))}), VECTOR)
    bundle = pack_bundle(Bundle(UNIT, unit_journal(UNIT), ()))
    heads, parked = (HeadAt(JOURNAL, 5, bytes(32)),), (Parked(EntryId(JOURNAL, 6), "forked"),)
    return [
        ExchangeAnswer(word.at, word),
        ExchangeAnswer(other.at, other, bundle, True, parked, heads),
        ExchangeAnswer(AT - 3, None, refused="newer-format"),
    ]


@pytest.mark.parametrize("said", answers(), ids=["idle", "all", "refused"])
def test_an_answer_comes_back_in_either_format(said: ExchangeAnswer) -> None:
    brief, common = pack_answer(said, VECTOR, AT), pack_answer(said, VECTOR)
    assert unpack_answer(brief, UNIT, VECTOR, AT) == unpack_answer(common, UNIT, VECTOR, AT) == said
    assert len(brief) <= len(common) - 5
    if said.word is not None:
        found = unpack_answer(brief, UNIT, VECTOR, AT).word
        assert found is not None
        found.verify(HUB.public)


def test_who_asked_in_format_1_is_not_answered_in_format_2() -> None:
    with pytest.raises(NotOurs):
        unpack_answer(pack_answer(answers()[0], VECTOR, AT), UNIT, VECTOR)
    with pytest.raises(NewerFormat):
        unpack_answer(b"CCX\x02" + bytes(80), UNIT, VECTOR, AT)


@pytest.mark.parametrize("page", ["<html>Wi-Fi</html>", "\ufeff<html>", " « Đăng nhập »"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_page_of_a_captive_portal_is_no_answer(page: str, coding: str) -> None:
    with pytest.raises(NotOurs):
        unpack_answer(page.encode(coding), UNIT, VECTOR, AT)


@given(noise=st.binary(max_size=300))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(Refusal):
        unpack_request(b"CCX\x02" + noise).verify(DEVICE.public, HUB)
    try:
        read = unpack_answer(b"\xf8" + noise, UNIT, VECTOR, AT)
    except Refusal:
        return
    if read.word is not None:
        with pytest.raises(NotAuthentic):
            read.word.verify(HUB.public)


@given(want=st.integers(0, 64), behind=st.integers(0, 64))
def test_format_3_says_what_is_on_the_way(want: int, behind: int) -> None:
    asked = request(tight=True, want=want * 1024, behind=behind * 1024)
    data = pack_request(asked, DEVICE, HUB.public)
    assert unpack_request(data).request == asked
    brief = pack_request(request(want=want * 1024), DEVICE, HUB.public)
    assert len(data) == len(brief) + bool(behind) or want == 64


def test_format_3_does_not_say_nothing_is_on_the_way_as_a_number() -> None:
    data = packed(tight=True, behind=1024)
    place = data.index(bytes([12 << 1 | 1, 1]))
    bent = data[: place + 1] + b"\x00" + data[place + 2 :]
    with pytest.raises(Malformed):
        unpack_request(bent)


def test_the_tag_covers_what_is_on_the_way() -> None:
    data = packed(tight=True, behind=1024)
    place = data.index(bytes([12 << 1 | 1, 1]))
    bent = data[: place + 1] + b"\x02" + data[place + 2 :]
    with pytest.raises(NotAuthentic):
        unpack_request(bent).verify(DEVICE.public, HUB)


def test_only_whole_kib_are_on_the_way() -> None:
    with pytest.raises(ValueError, match="KiB"):
        packed(tight=True, behind=1_000)
