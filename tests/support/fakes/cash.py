"""A cash day without a store: the sums of the design, what stops it, what is listed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain.errors import DomainError
from counter_app.services.ports.papers import DayForm, DayView
from counter_app.services.ports.receipts import BookView, CloseBookForm, FollowForm, SlipView
from sync.protocol.naming.ids import EntryId

PIN = "246810"
FREE = DayView(
    20261120,
    500_000,
    1_846_000,
    212_000,
    0,
    2_346_000,
    (),
    ("1 bản in đang chờ", "2 nháp dở dang"),
    False,
    receipts=41,
    voided=1,
    slips=2,
)
UNSIGNED = "Còn 8 số đã cấp chưa xác nhận đã ký. Ctrl+. để đến bàn ký."
UNPRINTED = "Có 1 biên lai chưa in được. In lại hoặc ghi lý do."
BLOCKED = replace(FREE, problems=(UNSIGNED, UNPRINTED))
FULL = BookView(
    EntryId(257, 30), "AA-26P", "C1-10", 1, 50, 42, 9, 41, 164_000, True,
    "Còn 9 số: chuẩn bị quyển mới.",
)  # fmt: skip
FRESH = BookView(EntryId(257, 31), "AB-26P", "C1-10", 101, 150, 101, 50, 0, 0, False)
CLOSED = BookView(
    EntryId(257, 32), "AC-26P", "C1-10", 1, 50, 12, 0, 11, 40_000, False, "", "lost", "Biên bản 04/BB"
)  # fmt: skip
BOOKS = (FULL, FRESH, CLOSED)
SLIPS = (
    SlipView(EntryId(257, 40), "000000011261120000132", "Lò Văn Tập Huấn", 20261120, 8_000),
    SlipView(EntryId(257, 41), "000000011261120000140", "Phàn Thị Tập Huấn", 20261120, 4_000),
)


@dataclass
class FakeCash:
    """``forms`` holds every closing asked for."""

    today: DayView = FREE
    forms: list[DayForm] = field(default_factory=list)
    trouble: Exception | None = None
    refuses: DomainError | None = None
    all_books: tuple[BookView, ...] = BOOKS
    waiting: tuple[SlipView, ...] = SLIPS
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def day(self) -> DayView:
        if self.trouble is not None:
            raise self.trouble
        return self.today

    def close_day(self, form: DayForm, pin: str) -> str:
        if pin != PIN:
            raise DomainError("PIN chưa đúng. Còn 4 lần.", field="pin", code="pin.wrong")
        if self.refuses is not None:
            raise self.refuses
        self.forms.append(form)
        counted = sum(note * pieces for note, pieces in form.counted)
        self.today = replace(self.today, closed=True, counted=counted)
        return "Đã chốt ngày 20/11, lệch −2.000 đ. Đã sao lưu."

    def books(self) -> tuple[BookView, ...]:
        if self.trouble is not None:
            raise self.trouble
        return self.all_books

    def slips(self) -> tuple[SlipView, ...]:
        return self.waiting

    def follow_slip(self, form: FollowForm) -> str:
        self._refuse()
        self.calls.append(("follow", form))
        self.waiting = tuple(one for one in self.waiting if one.slip != form.slip)
        return f"Phiếu thu tạm đã có biên lai {form.symbol} số {form.number}."

    def close_book(self, form: CloseBookForm) -> str:
        self._refuse()
        self.calls.append(("close_book", form))
        self.all_books = tuple(
            replace(one, outcome=form.outcome, left=0) if one.book == form.book else one
            for one in self.all_books
        )
        return "Đã đóng quyển AA-26P từ số 42."

    def _refuse(self) -> None:
        if self.refuses is not None:
            raise self.refuses
