"""A cash day without a store: the sums of the design, what stops it, what is listed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.errors import DomainError
from counter_app.services.ports.papers import DayForm, DayView

PIN = "246810"
FREE = DayView(
    20261120, 500_000, 1_846_000, 212_000, 0, 2_346_000, (), ("1 bản in đang chờ", "2 nháp dở dang"), False
)
UNSIGNED = "Còn 8 số đã cấp chưa xác nhận đã ký. Ctrl+. để đến bàn ký."
UNPRINTED = "Có 1 biên lai chưa in được. In lại hoặc ghi lý do."
BLOCKED = replace(FREE, problems=(UNSIGNED, UNPRINTED))


@dataclass
class FakeCash:
    """``forms`` holds every closing asked for."""

    today: DayView = FREE
    forms: list[DayForm] = field(default_factory=list)
    trouble: Exception | None = None
    refuses: DomainError | None = None

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
        self.today = replace(self.today, closed=True)
        return "Đã chốt ngày 20/11, lệch −2.000 đ. Đã sao lưu."
