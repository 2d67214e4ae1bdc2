"""Lists of the signing desk: the pile, the lots, the lines of one lot."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.services.ports.signing import COMPLETE, LotLine, LotRow, PileRow
from counter_app.ui.i18n import tr
from counter_app.ui.theme.tokens import check_state, record_state
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column
from sync.protocol.naming.ids import EntryId

IsTicked = Callable[[EntryId], bool]


class PileModel(CellModel):
    """Requests waiting for numbers; only those that are *Đủ* can be ticked."""

    def __init__(self, is_ticked: IsTicked) -> None:
        """``is_ticked`` asks the view model: the ticks outlive a list read again."""
        super().__init__(
            (
                Column("", 46),
                Column(tr("Người yêu cầu"), 156, grow=3),
                Column(tr("Nội dung"), 172, grow=2),
                Column(tr("Đã chờ"), 116, right=True),
                Column(tr("Máy đã tự kiểm tra"), 138),
            )
        )
        self._is_ticked = is_ticked

    def cell(self, row: int, column: int) -> CellSpec:
        """Tick, person, contents, waiting time, the machine's verdict."""
        one: PileRow = self.rows()[row]
        if column == 0:
            on, can = self._is_ticked(one.request), one.check == COMPLETE
            return CellSpec(tick=on, tick_enabled=can, row_kind="sel" if on else "")
        if column == 1:
            return CellSpec(one.name, one.second_line, weight=600)
        if column == 2:
            return CellSpec(one.content, one.content_second)
        if column == 3:
            colour = "bad" if one.overdue else "text2"
            return CellSpec(one.waited, one.due, align="right", second_colour=colour)
        state = check_state(one.check)
        return CellSpec(badge=(tr(state.words), state.kind, state.icon))


class LotsModel(CellModel):
    """Lots with numbers nobody has confirmed yet."""

    def __init__(self) -> None:
        """Five columns, shown without heads."""
        super().__init__(
            (
                Column(tr("Xấp"), 158),
                Column(tr("Số")),
                Column(tr("Người ký"), 158),
                Column(tr("Đã ký, đóng dấu"), 170),
                Column(tr("Còn"), 62, right=True),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """Title, numbers, signatory, how far, how many are left."""
        lot: LotRow = self.rows()[row]
        if column == 0:
            return CellSpec(lot.title, lot.second_line, weight=600)
        if column == 1:
            return CellSpec(lot.numbers, lot.content)
        if column == 2:
            return CellSpec(lot.signatory, lot.signatory_second)
        if column == 3:
            words = tr("Đã xác nhận {n} / {total}").format(n=lot.confirmed, total=lot.total)
            begun = (words, "primary", "scan")
            return CellSpec(badge=begun if lot.confirmed else (tr("Chưa xác nhận"), "wait", "clock"))
        left = tr("còn {n}").format(n=lot.total - lot.confirmed)
        return CellSpec(left, align="right", weight=700, colour="conf")


class LinesModel(CellModel):
    """Lines of one lot: numbers to tick when the paper is back, signed ones, struck ones."""

    def __init__(self, is_inked: IsTicked) -> None:
        """``is_inked`` asks the view model."""
        super().__init__((Column("", 40), Column(tr("Số"), 62, right=True), Column(tr("Người và bản chính"))))
        self._is_inked = is_inked

    def cell(self, row: int, column: int) -> CellSpec:
        """A struck number keeps its line, struck through; a signed one has its mark."""
        line: LotLine = self.rows()[row]
        struck, signed = line.state == "struck", line.state == "signed"
        if column == 0:
            return self._mark(line, struck=struck, signed=signed)
        if column == 1:
            return CellSpec(str(line.number), align="right", weight=700, struck=struck)
        return CellSpec(line.name, line.original, weight=500, struck=struck)

    def _mark(self, line: LotLine, *, struck: bool, signed: bool) -> CellSpec:
        if struck:
            return CellSpec(icon=("ban", "bad"), words=tr(record_state("struck").words), row_kind="bad")
        if signed:
            return CellSpec(icon=("circle-check", "ok"), words=tr("Đã ký, đóng dấu"))
        on = self._is_inked(line.line)
        return CellSpec(tick=on, row_kind="sel" if on else "")
