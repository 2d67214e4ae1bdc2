"""A signing desk without a store: the day of ``ux.md`` 4.5 with practice names, and piles of any size."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain.errors import DomainError
from counter_app.services.ports.signing import (
    COMPLETE,
    MISSING,
    NEEDS_LOOK,
    Banner,
    CheckLine,
    DetailLine,
    LotLine,
    LotRow,
    Numbered,
    PenStatus,
    PileDetail,
    PileRow,
    QueueTab,
    Reason,
    ReceiverSigned,
)
from sync.protocol.naming.ids import EntryId

PIN = "246810"
ACT = (
    "Ký theo Quyết định 47/QĐ-UBND ngày 03/11/2026 (phân công) · phạm vi: chứng thực bản sao, chữ ký"
    " · đến 31/12/2026"
)
LOADS = (
    "Giàng A Chiến: có mặt · không có phiếu chờ;"
    " Vàng Văn Thăng: có mặt · 7 phiếu chờ, lâu nhất 58 phút · 5 số chưa ký"
)
HERE = PenStatus(True, "BÀN KÝ", "", last_number=1841)
ELSEWHERE = PenStatus(False, "BÀN KÝ", "Cấp số tại BÀN KÝ. Nhập được, số có khi trình ký.")
REASONS = (
    Reason("pages", "Sai số trang"),
    Reason("original", "Không đối chiếu bản chính"),
    Reason("fee", "Sai phí"),
    Reason("missing", "Thiếu giấy tờ"),
    Reason("authority", "Không thuộc thẩm quyền"),
)
_DAY = (
    ("Hoàng Văn Sơn", "02-0017", "Lù Thị Mai", 4, 12, "90.000 đ · 1 điều cần xem", "16 phút", NEEDS_LOOK),
    ("Phàn Thị Sểnh", "02-0016", "Lù Thị Mai", 4, 6, "18.000 đ", "26 phút", COMPLETE),
    ("Trường PTDTBT Bình Lư", "01-0021", "Đỗ Hải · 24 học sinh", 24, 72, "144.000 đ · giấy khai sinh",
     "31 phút", COMPLETE),
    ("Giàng Thị Mỷ", "01-0020", "Đỗ Hải", 2, 3, "6.000 đ · 1 bản chưa đối chiếu", "38 phút", MISSING),
    ("Nguyễn Văn Ổn", "01-0019", "Đỗ Hải", 2, 9, "41.000 đ", "44 phút", COMPLETE),
    ("Chẻo A Lù", "02-0014", "Lù Thị Mai", 2, 4, "8.000 đ", "52 phút", COMPLETE),
    ("Hảng A Sính", "01-0018", "Đỗ Hải", 1, 2, "4.000 đ", "58 phút", COMPLETE),
)  # fmt: skip
_PAPERS = (
    DetailLine(1, "Bằng tốt nghiệp THPT", "1 tr × 3", "Số hiệu A 0451278 · đối chiếu: Lù Thị Mai 10:19"),
    DetailLine(2, "Học bạ trung học phổ thông", "24 tr × 2", "Đối chiếu: Lù Thị Mai 10:21"),
    DetailLine(
        3,
        "Thẻ căn cước (2 mặt)",
        "2 tr × 5",
        "Số 012 086 006 812 · đối chiếu: Lù Thị Mai 10:22",
        "Thẻ hết hạn 14/03/2026. Công chức đã xem bản chính, xác nhận lúc 10:22.",
    ),
    DetailLine(5, "Giấy CN quyền sử dụng đất", "4 tr × 2", "Số hiệu DB 214077 · đối chiếu: Lù Thị Mai 10:25"),
)
_CHECKS = (
    CheckLine(True, "Phí đúng biểu, đã thu đủ"),
    CheckLine(True, "Mọi bản chính đã được đối chiếu"),
    CheckLine(True, "Người ký có quyền lúc 10:41, theo Quyết định 47"),
    CheckLine(True, "Người tiếp nhận khác người ký"),
)


def request_id(place: int) -> EntryId:
    """Id of the request in this place of the pile."""
    return EntryId(513, 100 + place)


def slip(place: int) -> str:
    """The code on the stub of the request in this place: digits only."""
    return f"0339000212611{place:07d}"


def day_pile() -> list[PileRow]:
    """The seven requests of the design's picture."""
    return [
        PileRow(
            request_id(place), name, f"{code} · {clerk}", f"{originals} bản chính · {copies} bản sao", fee,
            waited, "hạn 17:00", False, check, originals, copies, code,
        )
        for place, (name, code, clerk, originals, copies, fee, waited, check) in enumerate(_DAY)
    ]  # fmt: skip


def long_pile(count: int) -> list[PileRow]:
    """``count`` complete requests of one original and two copies each."""
    first = day_pile()[1]
    return [
        replace(
            first, request=request_id(place), name=f"Người tập huấn {place + 1}", originals=1, copies=2,
            code=f"02-{place + 1:04d}", content="1 bản chính · 2 bản sao",
        )
        for place in range(count)
    ]  # fmt: skip


def day_lots() -> tuple[list[LotRow], dict[EntryId, list[LotLine]]]:
    """One lot of 14 numbers, nine of them confirmed."""
    lot = EntryId(513, 90)
    names = ("Sùng Thị Dí", "Hoàng Thị Ẩm", "Tẩn A Ửng", "Má A Chu")
    lines = [
        LotLine(
            EntryId(513, 1000 + n), n, names[n % 4], "Giấy khai sinh · 2 bản",
            "signed" if n < 1837 else "numbered", EntryId(513, 60 + n % 6),
        )
        for n in range(1828, 1842)
    ]  # fmt: skip
    row = LotRow(
        lot, "Xấp 2 · 09:52", "Sổ 03/2026-SCT/BS", "Số 1828–1841", "14 số · 6 phiếu", "Vàng Văn Thăng",
        "Phó Chủ tịch", 9, 14,
    )  # fmt: skip
    return [row], {lot: lines}


@dataclass
class FakeSigning:
    """``calls`` holds every change that was asked for, in order; nothing else remembers."""

    rows: list[PileRow] = field(default_factory=day_pile)
    lot_rows: list[LotRow] = field(default_factory=lambda: day_lots()[0])
    lines: dict[EntryId, list[LotLine]] = field(default_factory=lambda: day_lots()[1])
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    act: Banner = field(default_factory=lambda: Banner(ACT, loads=LOADS))
    status: PenStatus = HERE
    groups: dict[str, tuple[EntryId, ...]] = field(default_factory=dict)
    trouble: Exception | None = None
    wrong_witness: bool = False
    differing: bool = False
    numbers: int = 1842

    def _reads(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def banner(self, kind: str = "copy") -> Banner:
        self._reads()
        return self.act

    def tabs(self) -> tuple[QueueTab, ...]:
        others = (("signature", "Chữ ký", 2), ("transaction", "Giao dịch", 1), ("civil", "Hộ tịch", 3),
                  ("other", "Khác", 0))  # fmt: skip
        first = QueueTab("copy", "Chứng thực bản sao", len(self.rows))
        return (first, *(QueueTab(*one) for one in others))

    def pile(self, kind: str = "copy") -> tuple[PileRow, ...]:
        return tuple(self.rows) if kind == "copy" else ()

    def detail(self, request: EntryId, kind: str = "") -> PileDetail:
        row = next(row for row in self.rows if row.request == request)
        summary = f"Phiếu {row.code} · {row.copies} bản sao từ {row.originals} bản chính · thu 90.000 đ"
        lines = _PAPERS if row.check == NEEDS_LOOK else _PAPERS[:2]
        foot = "Dòng 4 (chữ ký) ở hàng “Chữ ký”. Không lưu ảnh bản chính."
        return PileDetail(request, row.name, row.check, summary, lines, _CHECKS, foot)

    def request_of_code(self, code: str) -> EntryId | None:
        return next((row.request for place, row in self._placed() if slip(place) == code), None)

    def group_of_code(self, code: str) -> tuple[EntryId, ...]:
        return self.groups.get(code, ())

    def number(
        self, requests: tuple[EntryId, ...], pin: str, *, signatory: EntryId | None = None, kind: str = ""
    ) -> Numbered:
        self._check(pin)
        if self.differing and signatory is None:
            raise DomainError("Các phiếu này trình những người ký khác nhau.", code="lot.signatory")
        self.calls.append(("number", requests) if signatory is None else ("number", requests, signatory))
        lot, first = EntryId(513, 9000 + self.numbers), self.numbers
        taken = [row for row in self.rows if row.request in requests]
        self.rows = [row for row in self.rows if row.request not in requests]
        lines = []
        for row in taken:
            for index in range(row.originals):
                line = EntryId(513, 10_000 + self.numbers)
                lines.append(
                    LotLine(line, self.numbers, row.name, f"Bản chính {index + 1}", "numbered", row.request)
                )
                self.numbers += 1
        self.lines[lot] = lines
        numbers = f"Số {first}–{self.numbers - 1}"
        self.lot_rows.insert(0, LotRow(
            lot, "Xấp 3 · 10:41", "Sổ 03/2026-SCT/BS", numbers, f"{len(lines)} số · {len(taken)} phiếu",
            "Vàng Văn Thăng", "Phó Chủ tịch", 0, len(lines),
        ))  # fmt: skip
        texts = sum(row.copies for row in taken)
        sentence = f"Đã cấp {numbers.lower()}, đã in {texts} lời chứng."
        return Numbered(lot, first, self.numbers - 1, texts, sentence, (71,))

    def confirm_witness(self, last_number: int, pin: str, kind: str = "copy") -> None:
        self._check(pin)
        if self.wrong_witness:
            raise DomainError("Số trên giấy lớn hơn số máy biết.", "", "Gọi kỹ thuật viên.", "last_number")
        self.calls.append(("witness", last_number))
        self.status = replace(self.status, paper_witness_needed=False, date_confirmation_needed=False)

    def return_to_clerk(self, request: EntryId, reason: str, words: str) -> str:
        self.calls.append(("return", request, reason, words))
        self.rows = [row for row in self.rows if row.request != request]
        return "Đã trả lại phiếu."

    def reasons(self) -> tuple[Reason, ...]:
        return REASONS

    def lots(self) -> tuple[LotRow, ...]:
        return tuple(row for row in self.lot_rows if row.confirmed < row.total)

    def lot_lines(self, lot: EntryId) -> tuple[LotLine, ...]:
        return tuple(self.lines[lot])

    def lines_of_code(self, code: str) -> tuple[LotLine, ...]:
        every = [line for lines in self.lines.values() for line in lines]
        return tuple(line for line in every if slip(line.request.seq - 100) == code)

    def confirm(self, lot: EntryId, lines: tuple[EntryId, ...] | None) -> str:
        self.calls.append(("confirm", lot, lines))
        count = self._settle(lot, "signed", lines)
        return f"Đã ghi {count} số đã ký, đóng dấu."

    def strike(self, line: EntryId, reason: str, words: str) -> str:
        self.calls.append(("strike", line, reason, words))
        for lot in self.lines:
            self._settle(lot, "struck", (line,))
        return "Đã gạch số."

    def pen(self, kind: str = "copy") -> PenStatus:
        return self.status

    def receiver_signed(self, first: int, last: int) -> tuple[ReceiverSigned, ...]:
        return (ReceiverSigned("Vàng Văn Thăng", "copy", 93, 4),)

    def pass_pen_to_file(self, counter: int, folder: str) -> str:
        raise NotImplementedError

    def _settle(self, lot: EntryId, state: str, lines: tuple[EntryId, ...] | None) -> int:
        def chosen(line: LotLine) -> bool:
            return line.state == "numbered" and (lines is None or line.line in lines)

        count = sum(chosen(line) for line in self.lines[lot])
        self.lines[lot] = [replace(one, state=state) if chosen(one) else one for one in self.lines[lot]]
        self.lot_rows = [
            replace(row, confirmed=row.confirmed + count) if row.lot == lot else row for row in self.lot_rows
        ]
        return count

    def _placed(self) -> list[tuple[int, PileRow]]:
        return [(row.request.seq - 100, row) for row in self.rows]

    def _check(self, pin: str) -> None:
        if pin != PIN:
            raise DomainError("PIN chưa đúng. Còn 4 lần, sau đó cần mật khẩu.", field="pin", code="pin.wrong")
