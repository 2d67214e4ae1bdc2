"""The offline verdict on a copy's QR: valid, altered, annulled, unknown, not sent, being recovered."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from counter_app.domain.certification.lines.copy_check import copy_code_of, describe_copy
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles.signing import confirm_signed
from counter_app.domain.registers.spans import span
from counter_app.domain.registers.state import Recovery, RegisterState
from sync.protocol.journals.copy_code import CopyCode, read_copy_code, write_copy_code
from sync.protocol.refusals import NotAuthentic
from tests.unit.domain.certification.ledger import DESK, Ledger, key, original


def signed_line() -> tuple[Ledger, LineState]:
    ledger = Ledger()
    _, line = ledger.number(ledger.take(original("Bằng tốt nghiệp", 1, 3)))
    ledger.append(*confirm_signed([ledger.line(line)]))
    return ledger, ledger.line(line)


def verdict(
    code: CopyCode, line: LineState | None, register: RegisterState | None, authentic: Any = True
) -> Any:
    return describe_copy(code, authentic=authentic, line=line, register=register)


def test_a_true_copy_survives_the_way_over_paper() -> None:
    ledger, line = signed_line()
    text = write_copy_code(copy_code_of(line, "00000", DESK), key(9))
    read = read_copy_code(text)
    read.verify(key(9).public)
    found = verdict(read.code, line, ledger.book())
    assert found.kind == "valid"
    assert found.title == "Bản sao đúng với sổ: số 1776/2026, ngày 20/11/2026."
    with pytest.raises(NotAuthentic):
        read.verify(key(8).public)


@pytest.mark.parametrize(
    ("change", "word"),
    [({"copies": 4}, "số bản sao"), ({"words": b"12345678"}, "tên bản chính")],
)
def test_a_copy_that_differs_from_the_book_is_altered(change: dict[str, Any], word: str) -> None:
    ledger, line = signed_line()
    code = msgspec.structs.replace(copy_code_of(line, "00000", DESK), **change)
    found = verdict(code, line, ledger.book())
    assert found.kind == "altered"
    assert word in found.meaning


def test_a_forged_signature_is_altered_and_a_missing_key_unknown() -> None:
    ledger, line = signed_line()
    code = copy_code_of(line, "00000", DESK)
    assert verdict(code, line, ledger.book(), authentic=False).kind == "altered"
    assert verdict(code, None, None, authentic=None).kind == "unknown"


@pytest.mark.parametrize(
    ("state", "kind"), [("numbered", "unconfirmed"), ("struck", "struck"), ("annulled", "annulled")]
)
def test_the_line_s_state_speaks(state: str, kind: str) -> None:
    ledger, line = signed_line()
    other = msgspec.structs.replace(line, state=state, act_number="12/QĐ", act_date=20261120, words="x")
    assert verdict(copy_code_of(line, "00000", DESK), other, ledger.book()).kind == kind


def test_a_number_that_has_not_arrived_is_not_called_annulled() -> None:
    ledger, line = signed_line()
    code = msgspec.structs.replace(copy_code_of(line, "00000", DESK), number=1777)
    for register in (ledger.book(), None):
        found = verdict(code, None, register)
        assert (found.kind, found.title) == ("not_sent", "Chữ ký đúng; máy của xã chưa gửi về tỉnh.")


def test_a_number_of_a_lost_pc_is_being_recovered_even_when_it_was_voided() -> None:
    ledger, line = signed_line()
    lost = msgspec.structs.replace(
        ledger.book(),
        next_number=1800,
        recoveries=(Recovery(2, DESK, 1777, 1799, span(1777, 1790), voided=span(1791, 1799)),),
    )
    for number in (1777, 1790, 1795):
        code = msgspec.structs.replace(copy_code_of(line, "00000", DESK), number=number)
        found = verdict(code, None, lost)
        assert (found.kind, found.title) == ("recovering", "Chữ ký đúng; sổ đang khôi phục.")


def test_a_number_the_whole_book_lacks_is_unknown() -> None:
    ledger, line = signed_line()
    code = msgspec.structs.replace(copy_code_of(line, "00000", DESK), number=12)
    assert verdict(code, None, ledger.book()).kind == "unknown"
