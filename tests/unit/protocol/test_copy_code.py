"""The QR of a certified copy."""

from __future__ import annotations

import base64
import string
import unicodedata
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.carrying.wire import put_varint
from sync.protocol.journals.copy_code import CopyCode, digest_of_words, read_copy_code, write_copy_code
from sync.protocol.naming.keys import Purpose
from sync.protocol.refusals import Malformed, NewerFormat, NotAuthentic, NotOurs, Refusal
from tests.unit.protocol.examples import CODE, COUNTER, HUB

TEXT = write_copy_code(CODE, COUNTER)
QR_VERSION_6_M = 154
"""Alphanumeric letters that fit into a QR of version 6 with correction M (41 x 41 modules)."""

codes = st.builds(
    lambda unit, journal, register, day, number, copies, words: CopyCode(
        f"{unit:05d}", journal, register, day.year, number, day, copies, words
    ),
    st.integers(0, 99_999),
    st.integers(1, 2**31 - 1),
    st.integers(0, 255),
    st.dates(date(2000, 1, 1), date(2255, 12, 31)),
    st.integers(1, 10**7),
    st.integers(0, 10**5),
    st.binary(min_size=8, max_size=8),
)


@given(codes)
def test_a_code_comes_back_and_verifies(code: CopyCode) -> None:
    signed = read_copy_code(write_copy_code(code, COUNTER))
    assert signed.code == code
    signed.verify(COUNTER.public)
    with pytest.raises(NotAuthentic):
        signed.verify(HUB.public)


@given(codes)
def test_it_fits_a_small_qr_in_its_dense_mode(code: CopyCode) -> None:
    text = write_copy_code(code, COUNTER)
    assert set(text) <= set(string.ascii_uppercase + string.digits + ":")
    assert len(text) <= QR_VERSION_6_M


def test_every_changed_letter_is_refused() -> None:
    for place in range(len(TEXT)):
        for letter in "A7Z0 ":
            if TEXT[place] == letter:
                continue
            with pytest.raises(Refusal):
                read_copy_code(TEXT[:place] + letter + TEXT[place + 1 :]).verify(COUNTER.public)


def test_every_cut_or_longer_text_is_refused() -> None:
    for length in range(len(TEXT)):
        with pytest.raises(Refusal):
            read_copy_code(TEXT[:length]).verify(COUNTER.public)
    with pytest.raises(Refusal):
        read_copy_code(TEXT + "A").verify(COUNTER.public)


def test_what_a_scanner_adds_does_not_matter() -> None:
    assert read_copy_code(f"  {TEXT.lower()}\r\n") == read_copy_code(TEXT)


@given(st.text(max_size=200))
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_copy_code(text)
    with pytest.raises(Refusal):
        read_copy_code("MC1:" + text)


def test_strangers_later_versions_and_giants() -> None:
    for stranger in ("", "012345678901|x|y", "https://example.invalid", "MCX:AAAA", "mc"):
        with pytest.raises(NotOurs):
            read_copy_code(stranger)
    with pytest.raises(NewerFormat):
        read_copy_code("MC2:AAAA")
    with pytest.raises(Malformed):
        read_copy_code("MC1:" + "A" * 4_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "0339"},
        {"unit": "٠٣٣٩٠"},
        {"year": 2025},
        {"words": b"x"},
        {"journal": 2**32},
        {"register": 256},
    ],
)
def test_what_does_not_fit_is_not_written(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, OverflowError)):
        write_copy_code(msgspec.structs.replace(CODE, **wrong), COUNTER)


def test_day_366_belongs_to_leap_years() -> None:
    leap = msgspec.structs.replace(CODE, year=2028, day=date(2028, 12, 31))
    assert read_copy_code(write_copy_code(leap, COUNTER)).code == leap


def test_words_are_told_by_their_letters_not_their_look() -> None:
    plain = digest_of_words("Bằng  tốt nghiệp", "A 1")
    assert plain == digest_of_words(" bằng tốt nghiệp ", "a 1")
    assert plain == digest_of_words(unicodedata.normalize("NFD", "Bằng tốt nghiệp"), "A 1")
    assert plain != digest_of_words("Bang tot nghiep", "A 1")
    assert plain != digest_of_words("Bằng tốt nghiệp A", "1")
    assert len(plain) == 8


def signed_text(fields: bytes) -> str:
    """A code with any fields at all, truly signed."""
    data = fields + COUNTER.sign(Purpose.COPY, fields)
    return "MC1:" + base64.b32encode(data).decode().rstrip("=")


def fields(unit: int = 0, journal: int = 1793, number: int = 5, day: int = 1) -> bytes:
    """The fields of a code of 2026."""
    out = bytearray(unit.to_bytes(3, "big") + journal.to_bytes(4, "big") + b"\x01\x1a")
    for value in (number, day, 1):
        put_varint(out, value)
    return bytes(out) + bytes(8)


@pytest.mark.parametrize(
    "wrong",
    [
        fields(unit=100_000),
        fields(journal=0),
        fields(journal=2**31),
        fields(number=0),
        fields(number=10**7 + 1),
        fields(day=0),
        fields(day=366),
        fields() + b"\0",
        fields()[:-1],
    ],
)
def test_impossible_fields_are_refused_even_when_signed(wrong: bytes) -> None:
    assert read_copy_code(signed_text(fields(day=365))).code.day == date(2026, 12, 31)
    with pytest.raises(Malformed):
        read_copy_code(signed_text(wrong))


def test_the_unused_bits_of_the_last_letter_are_zero() -> None:
    letters = string.ascii_uppercase + "234567"
    texts = [signed_text(fields(number=number)) for number in (5, 500, 50_000)]
    spare = {text: len(text[4:]) * 5 % 8 for text in texts}
    assert any(spare.values())
    for text, bits in spare.items():
        for other in range(1, 2**bits):
            twin = text[:-1] + letters[letters.index(text[-1]) | other]
            with pytest.raises(Malformed):
                read_copy_code(twin)
