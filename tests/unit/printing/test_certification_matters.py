"""Texts of signatures, translators and transactions: wording by date and place, parties, nothing cut."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from counter_app.printing import texts
from counter_app.printing.forms import certification_matters as form
from counter_app.printing.layout import PRACTICE_MARK
from counter_app.printing.model import Marks
from counter_app.printing.preview import page_count
from tests.unit.printing.seeing import codes_in, poor_scan, squeezed, text_of, white_margins_mm

ONE = form.Party(name="LÒ THỊ TẬP HUẤN", id_number="012190000002")
TWO = form.Party(name="LÒ VĂN TẬP HUẤN", id_number="012190000003", fingerprint=True)
PAYLOAD = "MC1:" + "7KQ2" * 44
KINDS = ("signature", "translator", "transaction")
SYMBOLS = {"signature": "SCT/CK,ĐC", "translator": "SCT/CKND", "transaction": "SCT/GD"}


def a_text(kind: str = "signature", **changes: object) -> form.MatterText:
    """A text of the practice unit."""
    text = form.MatterText(
        kind=kind, number=7, book="03", year=2026, symbol=SYMBOLS[kind], day=date(2026, 11, 20),
        place="one_stop", office="TRUNG TÂM TẬP HUẤN", parties=(ONE,), paper="Đơn tập huấn",
        receiver="MAI TẬP HUẤN", signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), signer_name="THĂNG TẬP HUẤN",
        signer_title="Phó Chủ tịch", qr_payload=PAYLOAD, languages="từ tiếng Anh sang tiếng Việt",
    )  # fmt: skip
    return replace(text, **changes)


def said(*pile: form.MatterText) -> str:
    return squeezed(text_of(form.render(form.MatterPile(texts=pile))))


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_names_number_book_symbol_signatory_and_party(kind: str) -> None:
    words = said(a_text(kind))
    for part in ("Số chứng thực: 07 quyển số: 03/2026 -" + SYMBOLS[kind], "THĂNG TẬP HUẤN, là Phó Chủ tịch",
                 "LÒ THỊ TẬP HUẤN, giấy tờ tùy thân số 012190000002", "KT. CHỦ TỊCH"):  # fmt: skip
        assert squeezed(part) in words, part
    assert "{" not in words


@pytest.mark.parametrize("kind", KINDS)
def test_the_centres_text_names_the_receiver_and_that_of_the_seat_does_not(kind: str) -> None:
    centre, seat = said(a_text(kind)), said(a_text(kind, place="seat"))
    assert squeezed("trước mặt ông/bà MAI TẬP HUẤN, là người tiếp nhận hồ sơ") in centre
    assert squeezed("trước mặt tôi") in seat
    assert squeezed("MAI TẬP HUẤN") not in seat


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["seat", "one_stop"])
def test_texts_change_on_the_first_of_november_2025_without_a_gap(kind: str, place: str) -> None:
    before = texts.text_in_force(kind, date(2025, 10, 31), place)
    after = texts.text_in_force(kind, date(2025, 11, 1), place)
    assert (before.valid_to, after.valid_from) == (date(2025, 10, 31), date(2025, 11, 1))
    assert {before.mark, after.mark} == {"U"}, "wording nobody has read stays marked as such"


def test_contracts_became_transactions() -> None:
    assert squeezed("HỢP ĐỒNG, GIAO DỊCH") in said(a_text("transaction", day=date(2025, 10, 31)))
    assert squeezed("HỢP ĐỒNG, GIAO DỊCH") not in said(a_text("transaction"))


def test_several_signers_and_fingerprints_have_their_own_words() -> None:
    assert squeezed("đã cùng ký, điểm chỉ vào") in said(a_text(parties=(ONE, TWO)))
    assert squeezed("đã điểm chỉ vào") in said(a_text(parties=(TWO,)))
    assert squeezed("đã ký vào") in said(a_text())


def test_outside_the_office_hour_minute_and_place_stand_in_place_of_the_office() -> None:
    words = said(a_text(outside_at=datetime.fromisoformat("2026-11-20T09:05"), outside_place="bản Tập Huấn"))
    assert squeezed("lúc 09 giờ 05 phút, tại bản Tập Huấn (ngoài trụ sở)") in words
    assert squeezed("TRUNG TÂM TẬP HUẤN") not in words


def test_witness_and_interpreter_are_named_with_their_papers() -> None:
    words = said(a_text(witness=TWO, interpreter=ONE))
    assert squeezed("Người làm chứng: LÒ VĂN TẬP HUẤN, giấy tờ tùy thân số 012190000003") in words
    assert squeezed("Người phiên dịch: LÒ THỊ TẬP HUẤN") in words


def test_a_transaction_prints_a_page_for_each_original_in_pile_order() -> None:
    pdf = form.render(form.MatterPile(texts=(a_text("transaction", copies=3), a_text(number=8))))
    assert page_count(pdf) == 4
    assert squeezed("lập thành 03 bản chính") in squeezed(text_of(pdf))


def test_the_code_is_read_from_a_poor_scan() -> None:
    pdf = form.render(form.MatterPile(texts=(a_text(),)))
    assert ("QRCode", PAYLOAD) in codes_in(poor_scan(pdf))


@pytest.mark.parametrize("name", ["NGUYỄN THỊ TẬP HUẤN", "NGUYỄN THỊ " + "TẬP HUẤN " * 11])
def test_twenty_parties_are_all_named_and_nothing_is_cut(name: str) -> None:
    twenty = tuple(form.Party(name=name.strip(), id_number=f"0121900000{n:02d}") for n in range(20))
    pdf = form.render(form.MatterPile(texts=(a_text(parties=twenty),)))
    words = squeezed(text_of(pdf))
    assert all(party.id_number in words for party in twenty)
    for page in range(page_count(pdf)):
        assert min(white_margins_mm(pdf, page)) >= 5
    assert squeezed("THĂNG TẬP HUẤN") in words


def test_practice_and_an_empty_pile() -> None:
    pdf = form.render(form.MatterPile(texts=(a_text(),), marks=Marks(practice=True)))
    assert squeezed(PRACTICE_MARK) in squeezed(text_of(pdf))
    with pytest.raises(ValueError, match="at least one"):
        form.render(form.MatterPile(texts=()))
    with pytest.raises(ValueError, match="at least one"):
        form.render(form.MatterPile(texts=(a_text(parties=()),)))


@pytest.mark.parametrize("kind", ["signature", "translator"])
def test_a_text_under_the_signature_leaves_the_rest_of_the_sheet_white(kind: str) -> None:
    under = a_text(kind, under_top=150.0)
    pdf = form.render(form.MatterPile(texts=(under,)))
    assert page_count(pdf) == 1
    upper, lower = white_margins_mm(pdf)[1], form.height_under(under)
    assert 149 <= upper <= 154
    assert 150 + lower <= 297 - form.FOOT
    assert PAYLOAD in {found for _kind, found in codes_in(poor_scan(pdf))}
    assert squeezed("Số chứng thực: 07") in squeezed(text_of(pdf))


def test_a_text_that_does_not_fit_goes_on_a_page_of_its_own_and_is_never_cut() -> None:
    low = form.render(form.MatterPile(texts=(a_text(under_top=220.0),)))
    page = form.render(form.MatterPile(texts=(a_text(),)))
    assert squeezed(text_of(low)) == squeezed(text_of(page))
    assert white_margins_mm(low) == white_margins_mm(page)


def test_twenty_parties_take_more_of_the_sheet_than_one() -> None:
    many = a_text(parties=(ONE, TWO) * 8)
    assert form.height_under(many) > form.height_under(a_text())


def test_a_practice_text_says_so_at_its_place() -> None:
    pdf = form.render(form.MatterPile(texts=(a_text(under_top=150.0),), marks=Marks(practice=True)))
    assert squeezed(PRACTICE_MARK) in squeezed(text_of(pdf))
    assert white_margins_mm(pdf)[1] > 140
