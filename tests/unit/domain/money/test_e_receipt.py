"""Electronic receipts: all faults at once, symbols, media; the cases by hand are in tests/law."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import DomainError
from counter_app.domain.money.e_receipt import (
    ReceiptContents,
    check_receipt,
    parse_receipt_rules,
    symbol_for,
)
from counter_app.domain.money_words import money_words
from resources import load

RULES = parse_receipt_rules(load.receipt_rules())
LETTERS = "ABCDEGHKLMNPQRSTUVXY"
GOOD = ReceiptContents(
    "Biên lai thu phí", "EBL01", "27TAA", 7, "Trung tâm tập huấn", "0100000000", "Phí chứng thực", 52_000,
    "Năm mươi hai nghìn đồng", date(2027, 1, 4), b"signed",
)  # fmt: skip


def test_a_whole_receipt_passes() -> None:
    check_receipt(GOOD, RULES)


def test_all_faults_are_named_at_once_the_first_gets_the_focus() -> None:
    with pytest.raises(DomainError) as refusal:
        check_receipt(replace(GOOD, number=0, fee_kind="", signature=b""), RULES)
    title = refusal.value.title
    assert title == "Biên lai thiếu hoặc sai: số biên lai, loại phí, lệ phí, chữ ký số của tổ chức."
    assert refusal.value.field == "number"


@given(st.text(LETTERS, min_size=2, max_size=2), st.integers(1, 10**9))
def test_any_two_of_the_twenty_letters(letters: str, amount: int) -> None:
    check_receipt(
        replace(GOOD, symbol=symbol_for(2027, letters), amount=amount, amount_words=money_words(amount)),
        RULES,
    )


@pytest.mark.parametrize("letter", "FIJOWZĐa1")
def test_no_other_letter(letter: str) -> None:
    with pytest.raises(DomainError):
        check_receipt(replace(GOOD, symbol=symbol_for(2027, "A" + letter)), RULES)


@pytest.mark.parametrize("symbol", ["27TAAA", "27TA", "7TAA", "٢٧TAA", "27TAA\n"])
def test_five_signs_exactly(symbol: str) -> None:
    with pytest.raises(DomainError):
        check_receipt(replace(GOOD, symbol=symbol), RULES)


def test_paper_after_its_end_has_words() -> None:
    with pytest.raises(DomainError) as refusal:
        RULES.check_medium("paper", date(2027, 1, 1))
    assert refusal.value.title == "Không được dùng biên lai giấy ngày 01/01/2027."
    RULES.check_medium("paper", date(2026, 12, 31))


def test_a_table_with_a_hole_refuses() -> None:
    empty = parse_receipt_rules(
        b'{"by_date":[],"template_codes":["EBL01"],"symbol_pattern":".*","number_max":9}'
    )
    assert empty.media_on(date(2026, 1, 1)) == ()
    with pytest.raises(DomainError) as refusal:
        check_receipt(GOOD, empty)
    assert refusal.value.code == "receipt.medium"


def test_a_damaged_file_has_words() -> None:
    with pytest.raises(DomainError):
        parse_receipt_rules(b"[]")
