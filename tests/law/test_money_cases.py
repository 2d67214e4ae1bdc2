"""Fees (TT 226/2016 art. 4) and receipts (NĐ 254/2026) worked by hand, the sum beside each row."""

from datetime import date

import pytest

from counter_app.domain.certification.taking_in.fees import copy_fee, photocopy_cost, signature_fee
from counter_app.domain.errors import DomainError
from counter_app.domain.money.e_receipt import ReceiptContents, check_receipt, parse_receipt_rules
from counter_app.domain.money.fee_table import parse_fee_table
from resources import load

FEES = parse_fee_table(load.fee_table())
RECEIPTS = parse_receipt_rules(load.receipt_rules())
DAY = date(2026, 11, 20)

COPY_FEES = [
    (1, 1, 2_000, "2,000"),
    (2, 1, 4_000, "2 x 2,000"),
    (3, 1, 5_000, "4,000 + 1,000: law 4.6"),
    (10, 1, 12_000, "4,000 + 8,000: law 4.6"),
    (24, 1, 26_000, "4,000 + 22,000"),
    (24, 2, 52_000, "ux 4.4: hb 24x2 is 52,000"),
    (1, 4, 8_000, "gks 1x4"),
    (1, 3, 6_000, "bang 1x3"),
    (197, 1, 199_000, "4,000 + 195,000: one page below the cap"),
    (198, 1, 200_000, "4,000 + 196,000: the cap is met exactly"),
    (199, 1, 200_000, "201,000 capped"),
    (999, 1, 200_000, "capped"),
    (198, 3, 600_000, "the cap is for each copy"),
    (999, 200, 40_000_000, "200 x 200,000"),
]


@pytest.mark.parametrize(("pages", "copies", "dong", "why"), COPY_FEES)
def test_copy_fee(pages: int, copies: int, dong: int, why: str) -> None:
    assert copy_fee(FEES, pages, copies, DAY).amount == dong, why


FLAT_FEES = [
    ("certified_signature", 10_000, "a case = one document"),
    ("certified_transaction", 50_000, "TT 226/2016 art. 4"),
    ("certified_amendment", 30_000, "TT 226/2016 art. 4"),
    ("error_correction", 25_000, "TT 226/2016 art. 4"),
    ("archived_copy", 0, "no fee for the copy the office keeps"),
    ("photocopy_page", None, "set by the province, not yet: never 0"),
]


@pytest.mark.parametrize(("kind", "dong", "why"), FLAT_FEES)
def test_flat_fee(kind: str, dong: int | None, why: str) -> None:
    assert FEES.amount(kind, DAY) == dong, why


def test_signatures_are_paid_by_document() -> None:
    assert signature_fee(FEES, 3, DAY).amount == 30_000


def test_photocopies_have_no_price_until_the_province_sets_one() -> None:
    assert photocopy_cost(FEES, 24, 2, DAY) is None


def test_before_the_circular_there_is_no_fee_to_take() -> None:
    with pytest.raises(DomainError) as refusal:
        copy_fee(FEES, 1, 1, date(2016, 12, 31))
    assert refusal.value.code == "fee.none"


MEDIA = [
    (date(2026, 7, 1), {"paper", "electronic"}, "paper stock may be used up"),
    (date(2026, 12, 31), {"paper", "electronic"}, "last day of paper, art. 44(2)"),
    (date(2027, 1, 1), {"electronic"}, "electronic only"),
    (date(2030, 6, 1), {"electronic"}, "no end is set"),
]


@pytest.mark.parametrize(("day", "media", "why"), MEDIA)
def test_receipt_media(day: date, media: set[str], why: str) -> None:
    assert set(RECEIPTS.media_on(day)) == media, why


GOOD = {
    "name": "Biên lai thu phí",
    "template_code": "EBL01",
    "symbol": "27TAA",
    "number": 1,
    "body_name": "Trung tâm tập huấn",
    "tax_code": "0100000000",
    "fee_kind": "Phí chứng thực",
    "amount": 98_000,
    "amount_words": "Chín mươi tám nghìn đồng",
    "day": date(2027, 1, 4),
    "signature": b"signed",
}

RECEIPT_CASES = [
    ({}, None, "all of art. 23(2) is there; the payer's name is not in the list"),
    ({"number": 99_999_999}, None, "eight digits are the most"),
    ({"template_code": "EBL02"}, None, "with face value"),
    ({"tax_code": "0100000000-001"}, None, "a subordinate unit's tax code"),
    ({"name": " "}, "name", "the name is missing"),
    ({"template_code": "EBL03"}, "template_code", "no such code"),
    ({"symbol": "27TAI"}, "symbol", "I is not among the twenty letters"),
    ({"symbol": "27KAA"}, "symbol", "the third sign is T"),
    ({"symbol": "26TAA"}, "symbol", "another year's symbol"),
    ({"number": 0}, "number", "numbers begin at 1"),
    ({"number": 100_000_000}, "number", "nine digits"),
    ({"body_name": ""}, "body_name", "the collecting body is missing"),
    ({"tax_code": "12345"}, "tax_code", "no tax code"),
    ({"fee_kind": ""}, "fee_kind", "the kind is missing"),
    ({"amount": 0, "amount_words": "Không đồng"}, "amount", "nothing was collected"),
    ({"amount_words": "Tám mươi chín nghìn đồng"}, "amount_words", "words and figures differ"),
    ({"signature": b""}, "signature", "not signed by the organisation"),
]


@pytest.mark.parametrize(("change", "field", "why"), RECEIPT_CASES)
def test_contents_of_an_electronic_receipt(change: dict[str, object], field: str | None, why: str) -> None:
    receipt = ReceiptContents(**(GOOD | change))  # type: ignore[arg-type]
    if field is None:
        check_receipt(receipt, RECEIPTS)
        return
    with pytest.raises(DomainError) as refusal:
        check_receipt(receipt, RECEIPTS)
    assert refusal.value.field == field, why
