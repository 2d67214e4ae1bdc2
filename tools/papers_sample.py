"""Write every paper with practice data to out/papers, as PDF and picture, to be looked at.

Run from the checkout: ``python -m tools.papers_sample [folder] [dpi]``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from counter_app.printing import raster
from counter_app.printing.forms import (
    acceptance,
    appointment,
    arrival_minutes,
    certification,
    day_closing,
    minutes,
    receipt,
    refusal,
    register_excel,
    register_month,
    register_pdf,
    stamp_list,
    strip,
    ticket_slip,
    trial_sheet,
)
from counter_app.printing.forms.one_stop import books as one_stop_books
from counter_app.printing.forms.one_stop import samples
from counter_app.printing.model import Letterhead, Marks, Signature
from counter_app.printing.preview import page_count, preview_png

HEAD = Letterhead(
    superior="UBND XÃ BÌNH LƯ (TẬP HUẤN)", unit="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", place="Bình Lư"
)
MARKS = Marks(practice=True)
NOW = datetime.fromisoformat("2026-11-20T10:15")
CODE = "00000002126112000182"
QR = "MC1:" + "K7R2M9Q4T6V8X3Z5" * 11
CLERK = "LÒ THỊ TẬP HUẤN"
SIGNER = "TRẦN VĂN TẬP HUẤN"
LONG = "NGUYỄN THỊ ẨM ẶNG <b>TẬP HUẤN</b> & =SUM(A1) ĐẠI DIỆN HỢP TÁC XÃ NÔNG NGHIỆP TẬP HUẤN BẢN THÍ DỤ"


def certification_texts(medium: certification.Medium) -> bytes:
    """Three texts in pile order on one medium."""
    texts = tuple(
        certification.CertificationText(
            number=1776 + i,
            book="03",
            year=2026,
            day=date(2026, 11, 20),
            place="one_stop",
            signer_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            signer_name=SIGNER,
            qr_payload=QR,
            copies=1 + i,
        )
        for i in range(3)
    )
    return certification.render(certification.CertificationPile(texts=texts, medium=medium, marks=MARKS))


def stamp_paper() -> bytes:
    """The list for the hand stamp."""
    lines = tuple(
        stamp_list.StampLine(
            number=1776 + i,
            original="Bằng tốt nghiệp trung học phổ thông",
            requester=LONG if i == 2 else CLERK,
            copies=3,
            signer=f"{SIGNER}, Phó Chủ tịch",
        )
        for i in range(40)
    )
    return stamp_list.render(
        stamp_list.StampList(
            head=HEAD, book="03", year=2026, day=NOW.date(), pile_code=CODE, lines=lines, marks=MARKS
        )
    )


def strip_paper(copy_number: int = 1) -> bytes:
    """The 80 mm strip of a request of three originals."""
    rows = (
        ("Bằng tốt nghiệp trung học phổ thông", 1, 3, 6_000),
        ("Học bạ", 24, 2, 52_000),
        ("Giấy khai sinh (bản chính cấp lại, có ghi chú thay đổi, cải chính hộ tịch)", 2, 10, 40_000),
    )
    lines = tuple(strip.StripLine(text=t, pages=p, copies=c, amount=a) for t, p, c, a in rows)
    return strip.render(
        strip.Strip(
            head=HEAD,
            short_code="02-0018",
            code=CODE,
            requester=LONG,
            taken_at=NOW,
            lines=lines,
            due_at=datetime.fromisoformat("2026-11-20T16:00"),
            received=100_000,
            change=2_000,
            receiver=CLERK,
            marks=Marks(practice=True, copy_number=copy_number),
        )
    )


def receipt_paper(book: receipt.ReceiptBook | None) -> bytes:
    """A receipt of the paper book, or the provisional slip."""
    fees = (receipt.MoneyLine(text="Phí chứng thực bản sao từ bản chính", quantity=15, amount=98_000),)
    services = (
        receipt.MoneyLine(text="Tiền chụp (không phải phí), theo giá của tỉnh", quantity=48, amount=24_000),
    )
    return receipt.render(
        receipt.Receipt(
            head=HEAD,
            tax_code="0000000000",
            book=book,
            payer=LONG,
            address="Bản Thí Dụ, xã Bình Lư (tập huấn)",
            fees=fees,
            services=services,
            words="Một trăm hai mươi hai nghìn đồng",
            means="Tiền mặt",
            taken_at=NOW,
            cashier=CLERK,
            code=CODE,
            marks=MARKS,
        )
    )


def appointment_paper() -> bytes:
    """The appointment slip with hour and date."""
    return appointment.render(
        appointment.Appointment(
            head=HEAD,
            code=CODE,
            requester=LONG,
            address="Bản Thí Dụ, xã Bình Lư (tập huấn)",
            phone="0200000000",
            procedure="Chứng thực bản sao từ bản chính",
            originals=("Bằng tốt nghiệp trung học phổ thông, 1 trang, 3 bản", "Học bạ, 24 trang, 2 bản"),
            received_at=datetime.fromisoformat("2026-11-20T15:20"),
            due_at=datetime.fromisoformat("2026-11-23T10:00"),
            reason="Nhận sau 15 giờ, trả trong ngày làm việc tiếp theo",
            return_place="Quầy 2, " + HEAD.unit,
            receiver=CLERK,
            fee_due=98_000,
            read_aloud=True,
            marks=MARKS,
        )
    )


def refusal_paper() -> bytes:
    """The refusal of a torn original."""
    return refusal.render(
        refusal.Refusal(
            head=HEAD,
            code=CODE,
            requester=LONG,
            address="Bản Thí Dụ, xã Bình Lư (tập huấn)",
            phone="",
            original="Giấy chứng nhận quyền sử dụng đất",
            ground="damaged",
            details="rách mất góc dưới bên phải, không đọc được số vào sổ và ngày cấp",
            refused_at=NOW,
            receiver=CLERK,
            marks=MARKS,
        )
    )


def register_data(count: int = 60) -> register_month.RegisterMonth:
    """A month with every state of a line in it."""
    state = register_month.LineState
    odd = {
        5: (state.STRUCK, "Người ký trả lại: sai số trang"),
        9: (state.UNCONFIRMED, ""),
        12: (state.ANNULLED, "Quyết định số 12/QĐ-UBND ngày 19/11/2026 (tập huấn)"),
    }
    lines = [
        register_month.RegisterLine(
            number=n,
            state=odd.get(n, (state.SIGNED, ""))[0],
            day=date(2026, 11, 1 + n * 19 // count),
            requester=LONG if n == 7 else f"HỌC VIÊN TẬP HUẤN SỐ {n}",
            original="Bằng tốt nghiệp trung học phổ thông",
            signer=f"{SIGNER}, Phó Chủ tịch",
            copies=3,
            fee=6_000,
            note=odd.get(n, (state.SIGNED, ""))[1],
        )
        for n in range(1, count + 1)
    ]
    lines[19:30] = [
        register_month.RegisterLine(number=20, last=30, state=state.UNKNOWN, note="máy QUẦY-01 hỏng")
    ]
    return register_month.RegisterMonth(
        head=HEAD,
        book="03",
        year=2026,
        month=11,
        lines=tuple(lines),
        as_of=NOW,
        closed=False,
        signatures=(
            Signature(role="NGƯỜI LẬP", name=CLERK),
            Signature(role="NGƯỜI THỰC HIỆN CHỨNG THỰC", name=SIGNER),
        ),
        marks=MARKS,
    )


def minutes_papers() -> dict[str, bytes]:
    """The three kinds of minutes with two names."""
    first = minutes.Person(name=CLERK, office="công chức tư pháp - hộ tịch")
    second = minutes.Person(name=SIGNER, office="Phó Chủ tịch")
    numbers = (
        ("1843", "Có hiệu lực", "Biên lai và bản sao người dân xuất trình"),
        ("1844 - 1850", "Hủy", "Không có phiếu"),
    )
    return {
        "opening_balance": minutes.render(
            minutes.opening_balance(
                head=HEAD,
                held_at=NOW,
                register="SCT/BS",
                book="03",
                year=2026,
                last_on_paper=1775,
                counter="BÀN KÝ",
                first=first,
                second=second,
                journal_head="9f" * 32,
                marks=MARKS,
            )
        ),
        "recovery": minutes.render(
            minutes.recovery(
                head=HEAD,
                held_at=NOW,
                register="SCT/BS",
                year=2026,
                lost_counter="BÀN KÝ",
                last_known=1842,
                resume_at=1851,
                reason="hỏng nguồn",
                first=first,
                second=second,
                journal_head="9f" * 32,
                marks=MARKS,
            )
        ),
        "settlement": minutes.render(
            minutes.settlement(
                head=HEAD,
                held_at=NOW,
                register="SCT/BS",
                year=2026,
                numbers=numbers,
                first=first,
                second=second,
                journal_head="9f" * 32,
                marks=MARKS,
            )
        ),
    }


def closing_paper() -> bytes:
    """The sheet of a day's closing."""
    return day_closing.render(
        day_closing.DayClosing(
            head=HEAD,
            counter="QUẦY-02",
            day=NOW.date(),
            closed_at=datetime.fromisoformat("2026-11-20T17:05"),
            cash_lines=(
                ("Đầu ngày", 500_000),
                ("Thu tiền mặt, phí", 1_646_000),
                ("Thu tiền mặt, tiền chụp", 200_000),
                ("Hoàn", 0),
            ),
            expected=2_346_000,
            counted=(
                day_closing.Count(value=500_000, notes=3),
                day_closing.Count(value=200_000, notes=2),
                day_closing.Count(value=100_000, notes=4),
                day_closing.Count(value=2_000, notes=22),
            ),
            reason="trả lại thừa 2.000 đ",
            work_lines=(
                ("Chuyển khoản", "212.000 đ"),
                ("Số chứng thực đã cấp", "1776 - 1799"),
                ("Biên lai", "0000101 - 0000140, 1 hủy"),
            ),
            open_items=("1 bản in lỗi", "2 nháp có thu tiền"),
            journal="00517",
            seq=2_140,
            journal_head="3ac4" * 16,
            cashier=CLERK,
            supervisor=SIGNER,
            marks=MARKS,
        )
    )


def acceptance_paper() -> bytes:
    """The technician's minutes."""
    verdict = acceptance.Verdict
    checks = (
        ("Máy quét mã", verdict.PASSED, "20 chữ số, 412 ms"),
        ("Đồng hồ, pin CMOS", verdict.LOOK, "Chậm 4 phút. Chỉnh giờ, thay pin."),
        ("Kho dữ liệu", verdict.PASSED, "Mã hóa, kiểm tra toàn vẹn đạt"),
        ("Máy in A4", verdict.BROKEN, "Máy in HP-QUAY2 không trả lời."),
        ("Tỉnh", verdict.OFFLINE, "Không có mạng; làm việc bình thường, tự gửi khi có mạng."),
    )
    return acceptance.render(
        acceptance.Acceptance(
            head=HEAD,
            counter="QUẦY-02",
            device="00000-002",
            version="1.0 (tập huấn)",
            tested_at=NOW,
            checks=tuple(acceptance.Check(name=n, verdict=v, words=w) for n, v, w in checks),
            technician="KỸ THUẬT VIÊN TẬP HUẤN",
            representative=SIGNER,
            marks=MARKS,
        )
    )


def arrival_paper() -> bytes:
    """Opening figures of an office that arrives in mid-year."""
    return arrival_minutes.render(
        arrival_minutes.ArrivalMinutes(
            head=HEAD,
            title=arrival_minutes.FIGURES_TITLE,
            held_at=NOW,
            facts=(
                ("Căn cứ", "sổ giấy quyển 03/2026, lưu tại Trung tâm"),
                ("Biên lai", "mẫu 01BLP, ký hiệu AA-26P, từ 101 đến 200, số tiếp theo 137"),
                ("Sổ theo dõi hồ sơ (mẫu 07)", "số cuối 418"),
                ("Tiền mặt trong két đầu ngày", "350.000 đồng"),
            ),
            registers=(("SCT/BS", "03", "1.775", "1.776"), ("SCT/CK,ĐC", "01", "212", "213")),
            statement=arrival_minutes.FIGURES_WORDS,
            first=minutes.Person(name=CLERK, office="Công chức"),
            second=minutes.Person(name=SIGNER, office="Phó Chủ tịch"),
            journal_head="3ac4" * 16,
            marks=MARKS,
        )
    )


def ticket_paper() -> bytes:
    """A ticket that could not leave yet."""
    return ticket_slip.render(
        ticket_slip.TicketSlip(
            head=HEAD,
            number="SC-2-1-418",
            counter="QUẦY-02",
            screen="Trình ký",
            opened_at=NOW,
            words="Quét phiếu xong, dòng thứ hai không sáng lên; đã thử lại sau khi mở lại trang.",
            support="Tổ hỗ trợ tỉnh (tập huấn), 0912 000 000",
            lacking=("Máy in A4", "Đường truyền tỉnh"),
            marks=MARKS,
        )
    )


def trial_paper(paper: str) -> bytes:
    """The printer's test page."""
    return trial_sheet.render(
        trial_sheet.TrialSheet(printer="HP-QUAY2", role="máy in A4", printed_at=NOW, paper=paper, marks=MARKS)
    )


def papers() -> dict[str, bytes]:
    """All papers by file name, as PDF."""
    plain: dict[str, Callable[[], bytes]] = {
        "stamp_list": stamp_paper,
        "strip": strip_paper,
        "appointment": appointment_paper,
        "refusal": refusal_paper,
        "day_closing": closing_paper,
        "acceptance": acceptance_paper,
        "arrival": arrival_paper,
        "ticket": ticket_paper,
    }
    made = {name: make() for name, make in plain.items()}
    made |= {f"certification_{m.value}": certification_texts(m) for m in certification.Medium}
    made |= {
        "receipt": receipt_paper(receipt.ReceiptBook(template="01BLP", symbol="AA-26P", number=101)),
        "provisional_slip": receipt_paper(None),
        "strip_reprint": strip_paper(2),
    }
    made |= {f"trial_{p}": trial_paper(p) for p in ("A4", "A5", "80mm")}
    made |= {
        f"form_{t.form}_{t.set}_{'old' if t.valid_to else 'now'}": samples.try_out(t)
        for t in one_stop_books.shipped()
    }
    return made | minutes_papers() | {"register": register_pdf.render(register_data())}


def main(folder: str = "out/papers", dpi: str = "90") -> None:
    """Write all papers, their pictures, the register as Excel and the strip as ESC/POS."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for name, pdf in papers().items():
        (out / f"{name}.pdf").write_bytes(pdf)
        pages = page_count(pdf)
        for page in range(min(pages, 3)):
            (out / f"{name}-{page + 1}.png").write_bytes(preview_png(pdf, page, float(dpi)))
        print(f"{name:28s} {pages:3d} trang {len(pdf) / 1024:7.1f} KB")
    (out / "register.xlsx").write_bytes(register_excel.render(register_data()))
    (out / "strip.escpos").write_bytes(raster.escpos(raster.bitmap(strip_paper())))


if __name__ == "__main__":
    main(*sys.argv[1:])
