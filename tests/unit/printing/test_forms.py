"""The other papers: every fact given is on the paper, nothing is cut, codes are read back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from counter_app.printing import texts
from counter_app.printing.forms import (
    acceptance,
    appointment,
    day_closing,
    minutes,
    receipt,
    refusal,
    trial_sheet,
)
from counter_app.printing.layout import PRACTICE_MARK
from counter_app.printing.model import Letterhead, Marks
from counter_app.printing.preview import page_count
from tests.unit.printing.seeing import codes_in, page_size_mm, poor_scan, squeezed, text_of, white_margins_mm
from tools import papers_sample

HEAD = Letterhead(superior="UBND XÃ TẬP HUẤN", unit="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", place="Tập Huấn")
CODE = "00000002126112000182"
AT = datetime.fromisoformat("2026-11-20T15:20")
LONG = "NGUYỄN THỊ ẨM ẶNG <b>TẬP HUẤN</b> & =SUM(A1) HỢP TÁC XÃ NÔNG NGHIỆP VÀ DỊCH VỤ TỔNG HỢP TẬP HUẤN"
FIRST = minutes.Person(name="LÒ THỊ TẬP HUẤN", office="công chức tư pháp - hộ tịch")
SECOND = minutes.Person(name="TRẦN VĂN TẬP HUẤN", office="Phó Chủ tịch")


def holds(pdf: bytes, *parts: str) -> None:
    """Every part is on the paper, wrapped or not."""
    seen = squeezed(text_of(pdf))
    assert [part for part in parts if squeezed(part) not in seen] == []


@pytest.fixture(scope="module")
def samples() -> dict[str, bytes]:
    """All papers with practice data."""
    return papers_sample.papers()


def test_every_paper_of_the_practice_unit_is_marked_whole_and_small(samples: dict[str, bytes]) -> None:
    assert len(samples) >= 19
    for name, pdf in samples.items():
        assert len(pdf) <= 66_560, f"{name}: {len(pdf)} bytes"
        for page in range(page_count(pdf)):
            assert PRACTICE_MARK in text_of(pdf, page), (name, page)
            assert min(white_margins_mm(pdf, page)) > (0.5 if "80mm" in name else 2.5), (name, page)


def test_no_paper_needs_a_font_that_is_not_in_it(samples: dict[str, bytes]) -> None:
    for name, pdf in samples.items():
        assert pdf.count(b"/FontFile2") >= 1, name
        assert b"/F1 " not in pdf.split(b"/Contents")[-1] or b"/Type /Page" in pdf, name


def a_receipt(**changes: object) -> receipt.Receipt:
    """A receipt of the paper book."""
    data = receipt.Receipt(
        head=HEAD,
        tax_code="0123456789",
        book=receipt.ReceiptBook(template="01BLP", symbol="AA-26P", number=101),
        payer="ĐỖ ẪM",
        address="",
        fees=(receipt.MoneyLine(text="Phí chứng thực", quantity=5, amount=98_000),),
        services=(receipt.MoneyLine(text="Tiền chụp", quantity=48, amount=24_000),),
        words="Một trăm hai mươi hai nghìn đồng",
        means="Tiền mặt",
        taken_at=AT,
        cashier="LÒ THỊ TẬP HUẤN",
        code=CODE,
    )
    return replace(data, **changes)


def test_a_receipt_has_what_the_law_lists() -> None:
    pdf = receipt.render(a_receipt())
    holds(
        pdf,
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "Mẫu số: 01BLP",
        "Ký hiệu: AA-26P",
        "Số: 0000101",
        HEAD.unit,
        "0123456789",
        "98.000",
        "24.000",
        "Tổng cộng: 122.000 đ",
        "Bằng chữ: Một trăm hai mươi hai nghìn đồng",
        "15:20 20/11/2026",
    )
    assert "KHÔNG THAY BIÊN LAI" not in text_of(pdf)
    assert page_size_mm(pdf) == (210.0, 148.0)
    assert codes_in(poor_scan(pdf)) == [("Code128", CODE)]


def test_a_provisional_slip_says_it_is_no_receipt() -> None:
    pdf = receipt.render(a_receipt(book=None))
    holds(pdf, "PHIẾU THU TẠM", "KHÔNG THAY BIÊN LAI", "122.000 đ")
    assert "Mẫu số" not in text_of(pdf)
    assert codes_in(poor_scan(pdf)) == [("Code128", CODE)]


def test_a_receipt_of_many_lines_runs_on_and_keeps_its_total() -> None:
    fees = tuple(receipt.MoneyLine(text=f"{LONG} {n}", quantity=1, amount=1_000) for n in range(30))
    pdf = receipt.render(a_receipt(fees=fees, services=()))
    holds(pdf, *(f"{LONG} {n}" for n in range(30)), "Tổng cộng: 30.000 đ")
    assert page_count(pdf) > 1
    for page in range(page_count(pdf)):
        assert white_margins_mm(pdf, page)[3] > 3


def an_appointment(**changes: object) -> appointment.Appointment:
    """A slip for the next working day."""
    data = appointment.Appointment(
        head=HEAD,
        code=CODE,
        requester=LONG,
        address="Bản Tập Huấn",
        phone="0200000000",
        procedure="Chứng thực bản sao từ bản chính",
        originals=("Học bạ, 24 trang, 2 bản",),
        received_at=AT,
        due_at=datetime.fromisoformat("2026-11-23T10:00"),
        reason="Nhận sau 15 giờ",
        return_place="Quầy 2",
        receiver="LÒ THỊ TẬP HUẤN",
    )
    return replace(data, **changes)


def test_an_appointment_says_hour_and_date_of_both_ends() -> None:
    pdf = appointment.render(an_appointment(fee_due=98_000, read_aloud=True))
    holds(
        pdf,
        LONG,
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "15 giờ 20 phút, ngày 20 tháng 11 năm 2026",
        "10 giờ 00 phút, ngày 23 tháng 11 năm 2026",
        "Nhận sau 15 giờ",
        "98.000 đ",
        "Đã đọc lại",
    )
    assert page_size_mm(pdf) == (148.0, 210.0)
    assert codes_in(poor_scan(pdf)) == [("Code128", CODE)]


def test_an_appointment_without_phone_or_money_has_no_empty_lines_for_them() -> None:
    words = text_of(appointment.render(an_appointment(phone="", fee_due=None)))
    assert "Số điện thoại" not in words
    assert "Còn phải nộp" not in words


def test_an_appointment_with_sixty_papers_lists_them_all() -> None:
    originals = tuple(f"Giấy tờ số {n} của một người có tên rất dài để xuống dòng" for n in range(60))
    pdf = appointment.render(an_appointment(originals=originals))
    holds(pdf, *originals, "Quầy 2")
    for page in range(page_count(pdf)):
        assert white_margins_mm(pdf, page)[3] > 3


def a_refusal(**changes: object) -> refusal.Refusal:
    """A refusal of a torn original."""
    data = refusal.Refusal(
        head=HEAD,
        code=CODE,
        requester=LONG,
        address="Bản Tập Huấn",
        phone="",
        original="Bằng lái xe",
        ground="damaged",
        details="rách góc",
        refused_at=AT,
        receiver="LÒ THỊ TẬP HUẤN",
    )
    return replace(data, **changes)


@pytest.mark.parametrize("ground", [g.code for g in texts.refusal_grounds()])
def test_each_of_the_six_grounds_is_written_with_its_clause(ground: str) -> None:
    known = texts.ground_in_force(ground, AT.date())
    pdf = refusal.render(a_refusal(ground=ground))
    holds(pdf, known.text, f"{known.clause} Nghị định số 23/2015/NĐ-CP", "Bằng lái xe", "rách góc", LONG)
    assert codes_in(poor_scan(pdf)) == [("Code128", CODE)]
    assert "SCT/BS" not in text_of(pdf)


def test_the_grounds_are_the_six_clauses_of_article_22_in_order() -> None:
    assert [g.clause for g in texts.refusal_grounds()] == [f"khoản {n} Điều 22" for n in range(1, 7)]


@pytest.mark.parametrize(("ground", "day"), [("nothing", "2026-11-20"), ("damaged", "2009-01-01")])
def test_an_unknown_ground_or_day_makes_no_paper(ground: str, day: str) -> None:
    with pytest.raises(texts.NoTextInForce):
        refusal.render(a_refusal(ground=ground, refused_at=datetime.fromisoformat(f"{day}T08:00")))


def test_opening_minutes_go_on_after_the_last_number_on_paper() -> None:
    data = minutes.opening_balance(
        head=HEAD,
        held_at=AT,
        register="SCT/BS",
        book="03",
        year=2026,
        last_on_paper=1775,
        counter="BÀN KÝ",
        first=FIRST,
        second=SECOND,
        journal_head="ab" * 32,
    )
    holds(minutes.render(data), "1775", "1776", FIRST.name, SECOND.name, FIRST.office, "ab" * 32, "BÀN KÝ")


@pytest.mark.parametrize(
    ("last", "resume", "span"),
    [(1842, 1851, "1843 - 1850"), (1842, 1844, "1843"), (1842, 1843, None), (0, 2, "01")],
)
def test_recovery_minutes_name_exactly_the_numbers_between(last: int, resume: int, span: str | None) -> None:
    data = minutes.recovery(
        head=HEAD,
        held_at=AT,
        register="SCT/BS",
        year=2026,
        lost_counter="BÀN KÝ",
        last_known=last,
        resume_at=resume,
        reason="hỏng nguồn",
        first=FIRST,
        second=SECOND,
        journal_head="",
    )
    assert [row[0] for row in data.numbers] == ([span] if span else [])
    holds(minutes.render(data), "hỏng nguồn", *([span] if span else []))


def test_settlement_minutes_list_every_number_over_pages() -> None:
    numbers = tuple((str(n), "Có hiệu lực", f"Biên lai số {n}: {LONG}") for n in range(1843, 1900))
    data = minutes.settlement(
        head=HEAD,
        held_at=AT,
        register="SCT/BS",
        year=2026,
        numbers=numbers,
        first=FIRST,
        second=SECOND,
        journal_head="",
    )
    pdf = minutes.render(data)
    holds(pdf, *(row[2] for row in numbers))
    for page in range(page_count(pdf)):
        assert white_margins_mm(pdf, page)[3] > 3


def test_one_person_cannot_sign_minutes_twice() -> None:
    with pytest.raises(ValueError, match="two different"):
        minutes.settlement(
            head=HEAD,
            held_at=AT,
            register="SCT/BS",
            year=2026,
            numbers=(),
            first=FIRST,
            second=replace(FIRST, name="Lò Thị  Tập Huấn"),
            journal_head="",
        )


def a_closing(**changes: object) -> day_closing.DayClosing:
    """A day that lacks 2.000 đ."""
    data = day_closing.DayClosing(
        head=HEAD,
        counter="QUẦY-02",
        day=date(2026, 11, 20),
        closed_at=AT,
        cash_lines=(("Đầu ngày", 500_000),),
        expected=502_000,
        counted=(day_closing.Count(value=500_000, notes=1),),
        reason="trả thừa",
        work_lines=(),
        open_items=(),
        journal="517",
        seq=2140,
        journal_head="3a" * 32,
        cashier=FIRST.name,
        supervisor=SECOND.name,
    )
    return replace(data, **changes)


def test_a_closing_counts_the_difference_and_prints_the_head_of_the_journal() -> None:
    assert a_closing().difference == -2_000
    holds(
        day_closing.render(a_closing()), "Lệch: \u22122.000 đ", "Lý do lệch: trả thừa", "3a" * 32, "mục 2140"
    )
    even = a_closing(expected=500_000, reason="")
    holds(day_closing.render(even), "Không lệch.", "Không còn việc chưa xong.")


def test_a_closing_lists_all_open_work() -> None:
    items = tuple(f"Số {n} chưa xác nhận đã ký, {LONG}" for n in range(50))
    holds(day_closing.render(a_closing(open_items=items)), *items)


def test_acceptance_counts_its_outcomes() -> None:
    verdict = acceptance.Verdict
    checks = tuple(
        acceptance.Check(name=f"mục {n}", verdict=v, words=f"cách xử lý {n}")
        for n, v in enumerate([verdict.PASSED, verdict.PASSED, verdict.BROKEN])
    )
    assert acceptance.summary(checks) == "3 mục kiểm tra: 2 đạt, 1 hỏng."
    data = acceptance.Acceptance(
        head=HEAD,
        counter="QUẦY-02",
        device="00000-002",
        version="1.0",
        tested_at=AT,
        checks=checks * 25,
        technician="KỸ THUẬT TẬP HUẤN",
        representative=SECOND.name,
    )
    holds(acceptance.render(data), "cách xử lý 2", "75 mục kiểm tra", "KỸ THUẬT TẬP HUẤN")


@pytest.mark.parametrize("paper", ["A4", "A5", "80mm"])
def test_the_test_page_has_sample_letters_and_readable_codes(paper: str) -> None:
    pdf = trial_sheet.render(
        trial_sheet.TrialSheet(printer="HP-QUAY2", role="A4", printed_at=AT, paper=paper)
    )
    assert squeezed(text_of(pdf)).count(squeezed(trial_sheet.SAMPLE)) == 4
    assert "HP-QUAY2" in text_of(pdf)
    assert codes_in(poor_scan(pdf, blur=0.6)) == [
        ("Code128", trial_sheet.SCAN_DIGITS),
        ("QRCode", trial_sheet.SCAN_QR),
    ]


def test_the_test_page_knows_its_papers() -> None:
    with pytest.raises(ValueError, match="A3"):
        trial_sheet.render(trial_sheet.TrialSheet(printer="x", role="y", printed_at=AT, paper="A3"))


def test_reprints_are_counted_from_one() -> None:
    assert Marks().reprint == ""
    assert Marks(copy_number=2).reprint == "Bản in lần 2"
    with pytest.raises(ValueError, match="from 1"):
        Marks(copy_number=0)
    for pdf in (
        receipt.render(a_receipt(marks=Marks(copy_number=2))),
        refusal.render(a_refusal(marks=Marks(copy_number=2))),
        appointment.render(an_appointment(marks=Marks(copy_number=2))),
        day_closing.render(a_closing(marks=Marks(copy_number=2))),
    ):
        assert "Bản in lần 2" in text_of(pdf)
