"""A register without a store: the design's month, an empty one, a blocked and a free one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_reports import Report, ReportPeriod, ReportRow
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.register_years import (
    BookProgress,
    CorrectionForm,
    LaterNoteRow,
    YearCard,
    YearForm,
    YearMonth,
)
from counter_app.services.ports.registers import OpeningForm, RegisterMonth, RegisterTab
from counter_app.services.ports.session import NEEDS_PASSWORD, PersonChoice
from sync.protocol.naming.ids import EntryId

PIN = "246810"
_ROWS = (
    (1799, "Lò Văn Ín", "Giấy khai sinh", 2, 4000, "", "signed"),
    (1800, "Lò Văn Ín", "Bằng tốt nghiệp THCS", 2, 4000, "", "signed"),
    (1801, "Mùa Thị Chía", "Học bạ tiểu học", 1, 7000, "Gạch: bản sao thiếu trang, không ký", "struck"),
    (1802, "Mùa Thị Chía", "Học bạ tiểu học", 1, 7000, "Thay số 1801", "signed"),
    (1803, "Phàn Tả Sơn", "Thẻ căn cước", 3, 12000, "", "signed"),
    (1804, "Phàn Tả Sơn", "Giấy phép lái xe", 3, 12000, "", "signed"),
    (1805, "", "", 0, 0, "Chưa rõ: số của máy hỏng, chờ xác định", "unknown"),
    (1806, "Tẩn A Ửng", "Giấy chứng nhận kết hôn", 2, 4000, "", "signed"),
    (1807, "Sùng Thị Dí", "Giấy CN hộ nghèo", 3, 6000, "thu khi trả", "signed"),
    (1808, "Hoàng Thị Ẩm", "Sổ bảo hiểm xã hội", 1, 4000, "", "numbered"),
    (1809, "Hoàng Thị Ẩm", "Bằng trung cấp", 2, 4000, "", "numbered"),
)
BLOCKED = "Tháng 11 còn 2 số chưa xác nhận đã ký; 1 số chưa rõ, chưa khóa được."


def day_rows() -> tuple[RegisterRow, ...]:
    """Eleven lines: struck, unknown and unconfirmed ones among them."""
    return tuple(
        RegisterRow(
            None if state == "unknown" else EntryId(513, number), number,
            0 if state == "unknown" else 20261120,
            name, original, "Vàng Văn Thăng, PCT" if name else "", copies, fee, note, state,
        )
        for number, name, original, copies, fee, note, state in _ROWS
    )  # fmt: skip


def november(**changes: Any) -> RegisterMonth:
    """The running month, blocked by what is open."""
    rows = day_rows()
    counted = [row for row in rows if row.state in ("signed", "numbered")]
    copies, fees = sum(row.copies for row in counted), sum(row.fee for row in counted)
    month = RegisterMonth(
        "copy", "Sổ SCT/BS tháng 11/2026", 2026, 11, 3, rows,
        "11 số = 7 đã ký + 2 chưa xác nhận + 1 gạch + 1 chưa rõ; 19 bản sao; 57.000 đ", copies, fees,
        BLOCKED, False, "Số liệu của máy này đến 10:41, gồm cả QUẦY-01 và BÀN KÝ; 16 mục chưa ở tỉnh.",
    )  # fmt: skip
    return replace(month, **changes)


def october() -> RegisterMonth:
    """A month with nothing open."""
    signed = tuple(row for row in day_rows() if row.state == "signed")
    rows = tuple(replace(row, number=1500 + i, day=20261020) for i, row in enumerate(signed))
    return november(
        month=10,
        rows=rows,
        blocked="",
        copies=16,
        fees=49000,
        sum_line="7 số = 7 đã ký; 16 bản sao; 49.000 đ",
    )


def year_2026(**changes: Any) -> YearCard:
    """A year whose months are bound, on its last day."""
    card = YearCard(
        EntryId(257, 9), "copy", "SCT/BS", "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH", 2026, "03", 1776, 2650,
        "BÀN KÝ", False, (), "875 số = 868 đã ký + 6 gạch + 1 huỷ bỏ giá trị; 1.738 bản sao; 3.476.000 đ",
        (YearMonth(11, 1776, 2105, 330, True), YearMonth(12, 2106, 2650, 545, True)), "", 0, 2,
    )  # fmt: skip
    return replace(card, **changes)


def year_2027() -> YearCard:
    """The next year, just opened."""
    return year_2026(
        register=EntryId(257, 10), year=2027, books="01", first=1, last=0, months=(), total="Chưa có số nào.",
        open_items=("chưa đến ngày 31/12/2027",), next_why_not="Sổ năm 2028 mở được từ tháng 12.", settled=0,
    )  # fmt: skip


PERIODS = (ReportPeriod(2026, 0), ReportPeriod(2026, 2), ReportPeriod(2026, 1))
_COUNTS = (
    ("copy", "SCT/BS · Sổ chứng thực bản sao từ bản chính", "", 10, 6, 2, 1, 1, 19, 57_000, 2),
    ("copy", "Vàng Văn Thăng", "Vàng Văn Thăng", 8, 5, 2, 1, 0, 15, 45_000, 2),
    ("copy", "Giàng A Chiến", "Giàng A Chiến", 2, 1, 0, 0, 1, 4, 12_000, 0),
    ("signature", "SCT/CK,ĐC · Sổ chứng thực chữ ký/chứng thực điểm chỉ", "", 4, 4, 0, 0, 0, 4, 40_000, 0),
    ("signature", "Vàng Văn Thăng", "Vàng Văn Thăng", 4, 4, 0, 0, 0, 4, 40_000, 0),
    ("translator", "SCT/CKND · Sổ chứng thực chữ ký người dịch", "", 0, 0, 0, 0, 0, 0, 0, 0),
    ("transaction", "SCT/GD · Sổ chứng thực giao dịch", "", 0, 0, 0, 0, 0, 0, 0, 0),
    ("electronic", "SCTĐT/BS · Sổ chứng thực bản sao điện tử từ bản chính", "", 0, 0, 0, 0, 0, 0, 0, 0),
)


def report_of(period: ReportPeriod) -> Report:
    """Two registers in work, two signatories; the first half of the year had nothing."""
    words = {0: "năm", 1: "6 tháng đầu năm", 2: "6 tháng cuối năm"}[period.half] + f" {period.year}"
    rows = tuple(ReportRow(*counts) for counts in _COUNTS)
    total = ReportRow("", "Tổng cộng", "", 14, 10, 2, 1, 1, 23, 97_000, 2)
    if period.half == 1:
        rows = tuple(ReportRow(row.kind, row.label, "", *(0,) * 8) for row in rows if not row.signatory)
        total = ReportRow("", "Tổng cộng", "", *(0,) * 8)
    return Report(period, words, "Số liệu của máy này đến 10:41; 16 mục chưa ở tỉnh.", rows, total)


def later_note_rows() -> tuple[LaterNoteRow, ...]:
    """Three changes of two bound lines; one has its slip already."""
    line, other = EntryId(513, 1799), EntryId(513, 1802)
    morning = 1_796_090_400_000
    return (
        LaterNoteRow(line, 1799, 11, morning, "Đính chính cột (4): “Giấy khai sinh (bản chính)” thay cho"
                     " “Giấy khai sinh”: ghi thiếu", "Lò Thị Hoa", False),
        LaterNoteRow(line, 1799, 11, morning + 60_000, "đã báo người dân", "Lò Thị Hoa", False),
        LaterNoteRow(other, 1802, 11, morning - 3_600_000, "Huỷ bỏ theo 12/QĐ-UBND", "Lò Thị Hoa", True),
    )  # fmt: skip


@dataclass
class FakeRegisters:
    """``calls`` holds every change asked for; closing a month closes it."""

    kept: dict[tuple[int, int], RegisterMonth] = field(
        default_factory=lambda: {(2026, 11): november(), (2026, 10): october()}
    )
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    trouble: Exception | None = None
    refuses: DomainError | None = None
    kept_years: tuple[YearCard, ...] = field(default_factory=lambda: (year_2026(),))
    notes: tuple[LaterNoteRow, ...] = ()

    def months(self, kind: str = "copy") -> tuple[tuple[int, int], ...]:
        if self.trouble is not None:
            raise self.trouble
        return tuple(sorted(self.kept, reverse=True)) or ((2026, 11),)

    def month(self, year: int, month: int, kind: str = "copy") -> RegisterMonth:
        if kind != "copy" or (year, month) not in self.kept:
            raise DomainError(
                "Sổ SCT/BS năm 2026 chưa mở.", "", "Mở sổ (số dư từ sổ giấy, hai người), rồi cấp số.",
                code="register.none",
            )  # fmt: skip
        return self.kept[year, month]

    def export_pdf(self, year: int, month: int, kind: str = "copy") -> str:
        self.calls.append(("pdf", year, month))
        return f"giay-to/so-copy-{year}-{month:02d}.pdf"

    def export_excel(self, year: int, month: int, kind: str = "copy") -> str:
        self.calls.append(("excel", year, month))
        return f"giay-to/so-copy-{year}-{month:02d}.xlsx"

    def close_month(self, year: int, month: int, pin: str, kind: str = "copy") -> str:
        if pin != PIN:
            raise DomainError("PIN chưa đúng. Còn 4 lần.", field="pin", code="pin.wrong")
        self.calls.append(("close", year, month))
        self.kept[year, month] = replace(self.kept[year, month], closed=True)
        return f"Đã khóa sổ tháng {month:02d}/{year}, đã in sổ."

    def open_register(self, form: OpeningForm) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.calls.append(("open", form))
        self.kept[form.year, 11] = november(
            rows=(), sum_line="Chưa có số nào.", blocked="Tháng 11 chưa có số nào."
        )
        return "Đã mở sổ SCT/BS năm 2026, số tiếp theo có khi trình ký."

    def month_of(self, line: EntryId) -> tuple[int, int]:
        for when, month in self.kept.items():
            if any(row.line == line for row in month.rows):
                return when
        raise DomainError("Không thấy dòng này.", code="subject.unknown")

    def register_of(self, line: EntryId) -> str:
        return "copy"

    def kinds(self) -> tuple[RegisterTab, ...]:
        return tuple(
            RegisterTab(kind, symbol, title, kind == "copy")
            for kind, symbol, title in (
                ("copy", "SCT/BS", "Sổ chứng thực bản sao từ bản chính"),
                ("signature", "SCT/CK,ĐC", "Sổ chứng thực chữ ký/chứng thực điểm chỉ"),
                ("translator", "SCT/CKND", "Sổ chứng thực chữ ký người dịch"),
                ("transaction", "SCT/GD", "Sổ chứng thực giao dịch"),
                ("electronic", "SCTĐT/BS", "Sổ chứng thực bản sao điện tử từ bản chính"),
            )
        )

    def years(self, kind: str = "copy") -> tuple[YearCard, ...]:
        if self.trouble is not None:
            raise self.trouble
        return self.kept_years if kind == "copy" else ()

    def closing_seconds(self) -> tuple[SecondPerson, ...]:
        return (SecondPerson(EntryId(1, 1), "Vàng Văn Thăng", "Phó Chủ tịch"),)

    def close_year(self, form: YearForm) -> str:
        if form.pin != PIN:
            raise DomainError("PIN chưa đúng. Còn 4 lần.", field="pin", code="pin.wrong")
        if self.refuses is not None:
            raise self.refuses
        self.calls.append(("close_year", form))
        self.kept_years = tuple(
            replace(card, closed=True) if card.year == form.year else card for card in self.kept_years
        )
        return f"Đã khóa sổ năm {form.year} đến hết ngày 31/12/{form.year}."

    def export_year(self, year: int, kind: str = "copy", progress: BookProgress | None = None) -> str:
        self.calls.append(("year_pdf", year, kind))
        return f"giay-to/so-{kind}-{year}.pdf"

    def open_next_year(self, year: int, kind: str = "copy") -> str:
        self.calls.append(("next_year", year, kind))
        self.kept_years = (year_2027(), *self.kept_years)
        return f"Đã mở sổ SCT/BS năm {year + 1}, bắt đầu từ số 01."

    def later_notes(self, year: int, kind: str = "copy") -> tuple[LaterNoteRow, ...]:
        return self.notes if year == 2026 else ()

    def print_later_notes(self, year: int, kind: str = "copy") -> str:
        self.calls.append(("slips", year, kind))
        self.kept_years = tuple(replace(card, unprinted=0) for card in self.kept_years)
        return "Đã in 2 phiếu ghi chú bổ sung; dán vào đúng số trong quyển tháng."

    def note(self, line: EntryId, words: str) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.calls.append(("note", line, words))
        return "Đã ghi chú."

    def correct(self, form: CorrectionForm) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.calls.append(("correct", form))
        return "Đã đính chính."

    def print_settlement(self, year: int, second: EntryId, kind: str = "copy") -> str:
        self.calls.append(("settlement", year, second, kind))
        return "Đã in biên bản giải quyết số chưa rõ."

    def report_periods(self) -> tuple[ReportPeriod, ...]:
        if self.trouble is not None:
            raise self.trouble
        return PERIODS

    def report(self, period: ReportPeriod) -> Report:
        if self.trouble is not None:
            raise self.trouble
        return report_of(period)

    def report_lines(self, period: ReportPeriod, row: ReportRow, figure: str) -> tuple[RegisterRow, ...]:
        self.calls.append(("lines", period, row.label, figure))
        states = {"signed": ("signed",), "unconfirmed": ("numbered",), "struck": ("struck",)}
        wanted = states.get(figure, ("signed", "numbered", "struck"))
        return tuple(line for line in day_rows() if line.state in wanted)[: getattr(row, figure)]

    def export_report(self, period: ReportPeriod, *, excel: bool) -> str:
        self.calls.append(("report", period, excel))
        return f"giay-to/bao-cao-chung-thuc-{period.year}.{'xlsx' if excel else 'pdf'}"

    def history(self, line: EntryId) -> tuple[str, ...]:
        return (
            "07:42 20/11/2026 · Vàng Văn Thăng · Cấp số",
            "09:10 20/11/2026 · Lù Thị Mai · Xác nhận đã ký, đóng dấu",
        )


@dataclass
class FakePeople:
    """Only ``people`` of the session port."""

    def people(self) -> tuple[PersonChoice, ...]:
        return (
            PersonChoice(EntryId(1, 1), "Vàng Văn Thăng", "Phó Chủ tịch", NEEDS_PASSWORD),
            PersonChoice(EntryId(1, 2), "Đỗ Hải", "Tư pháp - hộ tịch", NEEDS_PASSWORD),
        )
