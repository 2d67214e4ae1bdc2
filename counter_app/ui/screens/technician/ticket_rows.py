"""Tables of the page of tickets."""

from __future__ import annotations

from counter_app.services.ports.tickets import AfarView, TicketView
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class TicketRows(CellModel):
    """Tickets of the unit, those that moved last first."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__((Column(tr("Phiếu"), 220, grow=1), Column(tr("Tình trạng"), 170)))

    def cell(self, row: int, column: int) -> CellSpec:
        """What happened with number, counter and moment; whether the province answered."""
        one: TicketView = self.rows()[row]
        if column == 0:
            parts = (one.number, one.counter, formatting.day_and_time(one.opened_at), one.where)
            first = " ".join(one.words.split())
            return CellSpec(first, " · ".join(part for part in parts if part), weight=600)
        if one.status == "closed":
            return CellSpec(badge=(tr("Đã khép"), "wait", "check"))
        if one.status == "answered":
            return CellSpec(badge=(tr("Đã trả lời"), "ok", "mail"))
        return CellSpec(badge=(tr("Chờ trả lời"), "warn", "clock"))


class AfarRows(CellModel):
    """What the province asked of this PC."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__((Column(tr("Tỉnh nhờ"), 220, grow=1), Column(tr("Kết quả"), 170)))

    def cell(self, row: int, column: int) -> CellSpec:
        """What and why; how far."""
        one: AfarView = self.rows()[row]
        if column == 0:
            parts = (formatting.day_and_time(one.asked_at), one.why, one.outcome)
            return CellSpec(one.what, " · ".join(part for part in parts if part), weight=600)
        if one.waits:
            return CellSpec(badge=(tr("Chờ lúc rảnh"), "wait", "clock"))
        return CellSpec(badge=(tr("Đã trả lời tỉnh"), "ok", "check"))
