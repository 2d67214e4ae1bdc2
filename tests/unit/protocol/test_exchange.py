"""The one message pair of an exchange: round trips, sizes, and everything a stranger may send instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.vector import make_vector, sign_vector
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
from sync.protocol.naming.ids import EntryId, journal_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Malformed, NewerFormat, NotAuthentic, NotOurs, Refusal

UNIT = "03390"
JOURNAL = journal_of(7, 1)
DEVICE = SigningKey(bytes(range(32)))
HUB = SigningKey(bytes(range(1, 33)))
VECTOR = make_vector({JOURNAL: (12, b"h" * 32), journal_of(8, 1): (3, b"g" * 32)})
AT = 1_795_000_000_000


def request(bundle: bytes = b"") -> ExchangeRequest:
    return ExchangeRequest(UNIT, JOURNAL, AT, 12_288, VECTOR, bundle)


def packed(bundle: bytes = b"") -> bytes:
    return pack_request(request(bundle), DEVICE, HUB.public)


def answer(**more: object) -> ExchangeAnswer:
    word = sign_vector(HUB, UNIT, AT, 1, VECTOR, VECTOR)
    return ExchangeAnswer(AT, word, **more)  # type: ignore[arg-type]


def test_a_request_comes_back_as_it_was_said_and_is_the_device_s_own() -> None:
    bundle = pack_bundle(Bundle(UNIT, JOURNAL, ()))
    read = unpack_request(packed(bundle))
    assert read.request == request(bundle)
    read.verify(DEVICE.public, HUB)
    opened = read.open_bundle()
    assert opened is not None
    assert opened.sender == JOURNAL


def test_a_request_for_one_hub_is_not_believed_by_another() -> None:
    read = unpack_request(packed())
    with pytest.raises(NotAuthentic):
        read.verify(DEVICE.public, SigningKey.fresh())
    with pytest.raises(NotAuthentic):
        read.verify(HUB.public, HUB)


def test_a_bundle_of_another_sender_inside_a_request_is_refused() -> None:
    read = unpack_request(packed(pack_bundle(Bundle(UNIT, JOURNAL + 256, ()))))
    with pytest.raises(Malformed):
        read.open_bundle()


@given(bit=st.integers(0, len(packed()) * 8 - 1))
def test_no_flipped_bit_of_a_request_is_believed(bit: int) -> None:
    data = bytearray(packed())
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal):
        unpack_request(bytes(data)).verify(DEVICE.public, HUB)


@given(cut=st.integers(0, len(packed()) - 1))
def test_a_cut_request_is_refused_not_guessed(cut: int) -> None:
    with pytest.raises(Refusal):
        unpack_request(packed()[:cut]).verify(DEVICE.public, HUB)


def test_an_idle_exchange_is_small() -> None:
    assert len(packed()) <= 110
    assert len(pack_answer(answer(), VECTOR)) <= 90


def test_an_answer_comes_back_whole() -> None:
    said = answer(
        bundle=pack_bundle(Bundle(UNIT, JOURNAL, ())),
        more=True,
        parked=(Parked(EntryId(JOURNAL, 9), "chain-broken"),),
        heads=(HeadAt(JOURNAL, 12, b"h" * 32),),
    )
    read = unpack_answer(pack_answer(said, VECTOR), UNIT, VECTOR)
    assert read == said
    assert read.word is not None
    read.word.verify(HUB.public)


def test_a_refusal_is_told_by_its_code_and_carries_nothing_else() -> None:
    read = unpack_answer(pack_answer(ExchangeAnswer(AT, None, refused="revoked"), VECTOR), UNIT, VECTOR)
    assert (read.refused, read.word, read.bundle) == ("revoked", None, b"")


def test_the_page_of_a_captive_portal_is_not_an_answer() -> None:
    with pytest.raises(NotOurs):
        unpack_answer(b"<!DOCTYPE html><html>Wi-Fi</html>", UNIT, VECTOR)


def test_an_answer_of_a_later_format_is_newer_not_damaged() -> None:
    data = bytearray(pack_answer(answer(), VECTOR))
    data[3] = 2
    with pytest.raises(NewerFormat):
        unpack_answer(bytes(data), UNIT, VECTOR)


@given(noise=st.binary(max_size=400), tail=st.binary(max_size=40))
def test_garbage_is_only_ever_refused(noise: bytes, tail: bytes) -> None:
    for data in (noise, b"CCX\x01" + noise, pack_answer(answer(), VECTOR)[:-1] + tail):
        for read in (lambda d: unpack_answer(d, UNIT, VECTOR), unpack_request):
            try:
                read(data)
            except Refusal:
                continue
