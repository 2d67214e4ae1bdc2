"""A written column put right after the fact, and what a bound page does not show."""

from __future__ import annotations

import random

import pytest

from counter_app.domain.certification.entries import LineCorrected, Printed
from counter_app.domain.certification.lines.annulment import AnnulmentAct, annul_line
from counter_app.domain.certification.lines.codes import BOUND_NOTE
from counter_app.domain.certification.lines.correction import Correction, correct_line, written
from counter_app.domain.certification.piles.signing import confirm_signed, note_line, printed, strike_line
from counter_app.domain.drafting import draft
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.seconds import Second
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import Purpose
from tests.unit.domain.certification.ledger import (
    CASHIER,
    CHAIRMAN,
    MINUTE,
    NOW,
    REGISTRAR,
    Ledger,
    key,
    refused_by,
)

SECOND = Second(CHAIRMAN, lambda message: key(3).sign(Purpose.OFFICIAL, message))
RIGHT = Correction(4, "Học bạ THPT", "ghi thiếu tên giấy tờ")
ACT = AnnulmentAct("12/QĐ-UBND", 20261120, "chứng thực sai bản chính")


def signed_line() -> tuple[Ledger, EntryId]:
    ledger = Ledger()
    _, line = ledger.number(ledger.take())
    ledger.append(*confirm_signed([ledger.line(line)]))
    return ledger, line


def test_the_bytes_of_the_kind_stay_as_they_were_released() -> None:
    body = LineCorrected(4, "Học bạ", "Học bạ THPT", "ghi thiếu", EntryId(257, 3), b"\x09")
    assert BY_NUMBER[238].body is LineCorrected
    assert BY_NUMBER[238].sealed
    assert encode_body(body).hex() == (
        "9604aa48e1bb8d632062e1baa1af48e1bb8d632062e1baa12054485054ab67686920746869e1babf7592cd010103c40109"
    )
    assert decode_body(LineCorrected, encode_body(body)) == body


def test_a_correction_stands_in_the_notes_and_the_column_stays_readable() -> None:
    ledger, line = signed_line()
    drafts = correct_line(ledger.line(line), RIGHT, REGISTRAR, SECOND)
    assert drafts[0].sealed
    ledger.append(*drafts)
    state = ledger.line(line)
    assert state.original_name == "Học bạ"
    assert state.remarks == ("Đính chính cột (4): “Học bạ THPT” thay cho “Học bạ”: ghi thiếu tên giấy tờ")
    assert state.state == "signed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Correction(1, "1777", "sai số"), "correct.column"),
        (Correction(2, "21/11/2026", "sai ngày"), "correct.column"),
        (Correction(4, "Học bạ THPT", " "), "correct.words"),
        (Correction(4, " ", "thiếu"), "correct.same"),
        (Correction(4, "Học bạ", "như cũ"), "correct.same"),
    ],
)
def test_what_cannot_be_put_right_is_refused(wrong: Correction, code: str) -> None:
    ledger, line = signed_line()
    with refused_by(code):
        correct_line(ledger.line(line), wrong, REGISTRAR, SECOND)


def test_two_persons_put_right_and_a_struck_number_stays() -> None:
    ledger, line = signed_line()
    with refused_by("role.not_allowed"):
        correct_line(ledger.line(line), RIGHT, CASHIER, SECOND)
    with refused_by("second.not_signed"):
        correct_line(ledger.line(line), RIGHT, REGISTRAR, Second(CHAIRMAN, lambda _: b"\0" * 64))
    other = Ledger()
    lot, struck = other.number(other.take())
    other.append(*strike_line(other.line(struck), "differs", "mờ dấu"))
    assert lot
    with refused_by("correct.struck"):
        correct_line(other.line(struck), RIGHT, REGISTRAR, SECOND)


def test_columns_as_written() -> None:
    ledger, line = signed_line()
    state = ledger.line(line)
    assert [written(state, column) for column in (3, 6, 7)] == ["LÝ THỊ TẬP HUẤN", "2", "52000"]


def test_every_later_change_waits_for_its_slip_and_the_slip_covers_those_before_it() -> None:
    ledger, line = signed_line()
    assert ledger.line(line).changes == ()
    ledger.append(*annul_line(ledger.line(line), ACT, 20261120, REGISTRAR, SECOND), at=NOW + MINUTE)
    ledger.append(*note_line(ledger.line(line), "thu hồi bản sao"), at=NOW + 2 * MINUTE)
    assert [(one.words, one.pasted) for one in ledger.line(line).changes] == [
        ("Huỷ bỏ giá trị theo 12/QĐ-UBND ngày 20/11/2026: chứng thực sai bản chính", False),
        ("thu hồi bản sao", False),
    ]
    ledger.append(*printed("strip", 1, line))
    assert not any(one.pasted for one in ledger.line(line).changes), "another paper is no slip"
    ledger.append(*printed(BOUND_NOTE, 1, line))
    ledger.append(*correct_line(ledger.line(line), RIGHT, REGISTRAR, SECOND), at=NOW + 3 * MINUTE)
    assert [one.pasted for one in ledger.line(line).changes] == [True, True, False]
    for seed in range(5):
        assert ledger.folded(line, random.Random(seed)).state == ledger.line(line)


def test_a_slip_printed_before_a_change_was_known_does_not_cover_it() -> None:
    ledger, line = signed_line()
    (slip,) = ledger.append(draft(Printed(BOUND_NOTE, 1, 1, ""), line))
    ledger.append(*note_line(ledger.line(line), "muộn"), blind=(slip,), at=NOW + MINUTE)
    assert [one.pasted for one in ledger.line(line).changes] == [False]
