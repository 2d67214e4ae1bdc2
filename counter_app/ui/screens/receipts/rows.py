"""Lists of the page: receipts found, slips that wait for a receipt, books."""

from __future__ import annotations

from counter_app.services.ports.pen import ReceiptFound
from counter_app.services.ports.receipts import BookView, SlipView
from counter_app.ui.formatting import day, money
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class FoundModel(CellModel):
    """Receipts that bear what was typed."""

    def __init__(self) -> None:
        """Receipt, day, money, what became of it."""
        super().__init__(
            (
                Column(tr("Biên lai, người nộp")),
                Column(tr("Ngày"), 104),
                Column(tr("Số tiền"), 108, right=True),
                Column(tr("Còn"), 108, right=True),
                Column(tr("Trạng thái"), 128),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One receipt; a void one is ruled through."""
        one: ReceiptFound = self.rows()[row]
        if column == 0:
            return CellSpec(one.title, one.payer, weight=600, struck=one.void)
        if column == 1:
            return CellSpec(day(one.day))
        if column in (2, 3):
            return CellSpec(money(one.amount if column == 2 else one.left), align="right", struck=one.void)
        if one.void:
            return CellSpec(badge=(tr("Đã hủy"), "bad", "ban"))
        if one.left < one.amount:
            return CellSpec(badge=(tr("Đã hoàn"), "warn", "cash-banknote"))
        return CellSpec(badge=(tr("Có giá trị"), "ok", "circle-check"))


class SlipsModel(CellModel):
    """Provisional slips whose receipt has not followed."""

    def __init__(self) -> None:
        """Slip, day, money."""
        super().__init__(
            (Column(tr("Phiếu thu tạm")), Column(tr("Ngày"), 104), Column(tr("Số tiền"), 108, right=True))
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One slip."""
        one: SlipView = self.rows()[row]
        if column == 0:
            return CellSpec(one.payer, one.code, weight=600)
        return CellSpec(day(one.day)) if column == 1 else CellSpec(money(one.amount), align="right")


def outcome_words(outcome: str) -> str:
    """What became of a closed book."""
    return {
        "used": tr("Dùng hết"), "returned": tr("Đã nộp lại"), "destroyed": tr("Đã hủy"), "lost": tr("Mất"),
    }.get(outcome, "")  # fmt: skip


class BooksModel(CellModel):
    """Books of this counter with what is left in them."""

    def __init__(self) -> None:
        """Book, next number, left, state."""
        super().__init__(
            (
                Column(tr("Quyển")),
                Column(tr("Số tiếp theo"), 108, right=True),
                Column(tr("Còn"), 76, right=True),
                Column(tr("Trạng thái"), 176),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One book; its warning stands below its symbol."""
        one: BookView = self.rows()[row]
        if column == 0:
            span = tr("{symbol} · số {first}–{last}")
            words = span.format(symbol=one.symbol, first=one.first_number, last=one.last_number)
            second = one.warning or one.closed_words or tr("Mẫu {template}").format(template=one.template)
            return CellSpec(words, second, weight=600, second_colour="warn" if one.warning else "text2")
        if column in (1, 2):
            closed = bool(one.outcome)
            value = one.next_number if column == 1 else one.left
            return CellSpec("–" if closed else str(value), align="right", weight=600)
        if one.outcome:
            return CellSpec(badge=(outcome_words(one.outcome), "wait", "lock"))
        if one.warning:
            return CellSpec(badge=(tr("Sắp hết") if one.left else tr("Cần đóng"), "warn", "alert-triangle"))
        state = tr("Đang dùng") if one.in_use else tr("Chưa dùng tới")
        return CellSpec(badge=(state, "ok" if one.in_use else "wait", "book"))
