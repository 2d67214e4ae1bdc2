"""The file of a self-test: whole, signed, strict towards strangers."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.carrying.doctor_file import FORMAT, MAX_BYTES, Line, Report, opened, sealed
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import Malformed, NotAuthentic, Refusal

KEY = SigningKey(bytes(range(32)))
REPORT = Report(
    unit="03390", counter=2, name="QUẦY-02", journal=513, device=2, life=1, version="0.1.0",
    system="Windows 10 22H2 19045.1", at=1_795_134_600_000, practice=False,
    lines=(
        Line("store", "good", "Kho dữ liệu", "Nguyên vẹn"),
        Line("clock", "look", "Ngày giờ", "Lệch 412 giây", "Chỉnh lại giờ"),
    ),
)  # fmt: skip


def changed(data: bytes, **fields: object) -> bytes:
    return json.dumps({**json.loads(data), **fields}, ensure_ascii=False).encode()


def test_what_was_written_is_read_with_its_key() -> None:
    read = opened(sealed(REPORT, KEY))
    assert (read.report, read.key) == (REPORT, KEY.public)


def test_people_and_programs_read_it_as_plain_json() -> None:
    data = sealed(REPORT, KEY)
    told = json.loads(data)
    assert (told["format"], told["unit"], len(told["lines"])) == (FORMAT, "03390", 2)
    assert "Ngày giờ" in data.decode()
    assert data.count(b"\n") > 10


def test_a_pc_that_may_not_write_signs_nothing_and_is_still_read() -> None:
    read = opened(sealed(REPORT, None))
    assert (read.report, read.key) == (REPORT, b"")


@pytest.mark.parametrize(
    "fields",
    [
        {"counter": 3}, {"version": "9"}, {"at": 1}, {"name": "QUẦY-03"},
        {"lines": [{"code": "store", "verdict": "good", "title": "Kho", "words": "Nguyên vẹn"}]},
        {"key": SigningKey(bytes(32)).public.hex()},
    ],
)  # fmt: skip
def test_nothing_signed_can_be_changed(fields: dict[str, object]) -> None:
    with pytest.raises(NotAuthentic):
        opened(changed(sealed(REPORT, KEY), **fields))


def test_a_signature_taken_away_takes_the_key_with_it() -> None:
    with pytest.raises(NotAuthentic):
        opened(changed(sealed(REPORT, KEY), signature=""))
    assert opened(changed(sealed(REPORT, KEY), signature="", key="")).key == b""


def test_layout_and_blanks_are_no_part_of_what_is_signed() -> None:
    data = sealed(REPORT, KEY)
    assert opened(json.dumps(json.loads(data)).encode()).report == REPORT


@pytest.mark.parametrize(
    "data",
    [
        b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b" " * (MAX_BYTES + 1),
        changed(sealed(REPORT, KEY), unit="3390"), changed(sealed(REPORT, KEY), unit="03390\n"),
        changed(sealed(REPORT, KEY), counter=-1), changed(sealed(REPORT, KEY), at=2**63),
        changed(sealed(REPORT, KEY), at=2**62),
        changed(sealed(REPORT, KEY), format="commune-counter doctor 2"),
        changed(sealed(REPORT, KEY), more=1), changed(sealed(REPORT, KEY), name="a" * 201),
        changed(sealed(REPORT, KEY), lines=[{"code": "../x", "verdict": "", "title": "", "words": ""}]),
        changed(sealed(REPORT, KEY), lines=[{}] * 201), changed(sealed(REPORT, KEY), key="AB" * 32),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Malformed):
        opened(data)


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        opened(data)


@settings(max_examples=40)
@given(st.data())
def test_a_changed_byte_is_never_a_changed_report(data: st.DataObject) -> None:
    whole = sealed(REPORT, KEY)
    place = data.draw(st.integers(0, len(whole) - 1))
    bent = whole[:place] + bytes([whole[place] ^ (1 << data.draw(st.integers(0, 7)))]) + whole[place + 1 :]
    with suppress(Refusal):
        assert opened(bent).report == REPORT
