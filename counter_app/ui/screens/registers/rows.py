"""The eight legal columns of a register, in the order of the law's form (``law.md``)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from counter_app.services.ports.register_row import RegisterRow
from counter_app.ui.formatting import day, money
from counter_app.ui.i18n import tr
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

STRUCK = frozenset({"struck", "voided"})
"""Numbers ruled through, here as on the printed page and in Excel: never signed, or given up with minutes."""


_HEADS: dict[str, Callable[[], tuple[str, str, str]]] = {
    "copy": lambda: (tr("Người yêu cầu"), tr("Tên bản chính"), tr("Số bản")),
    "signature": lambda: (tr("Người ký, số giấy tờ"), tr("Giấy tờ, văn bản"), tr("Số giấy")),
    "translator": lambda: (tr("Người dịch, số giấy tờ"), tr("Giấy tờ, tiếng dịch"), tr("Số giấy")),
    "transaction": lambda: (tr("Các bên, số giấy tờ"), tr("Tên giao dịch"), tr("Bản chính")),
}


def _columns(whose: str, what: str, many: str) -> tuple[Column, ...]:
    return (
        Column(tr("Số"), 62, right=True),
        Column(tr("Ngày"), 62),
        Column(whose, 168),
        Column(what, 178),
        Column(tr("Người ký, chức danh"), 158),
        Column(many, 64, right=True),
        Column(tr("Phí"), 88, right=True),
        Column(tr("Ghi chú")),
    )


class RegisterModel(CellModel):
    """A struck number keeps its line, ruled through, its reason in *Ghi chú*; an unknown one is amber.

    An annulled one (Chairman, TT 01/2020 art. 7) was signed and paid for: its line stays readable, with
    reason and act in *Ghi chú* (``law.md`` 4.2), on amber ground. Only a struck number is *số gạch*.
    """

    def __init__(self) -> None:
        """The columns of the book."""
        super().__init__(_columns(tr("Người yêu cầu"), tr("Tên bản chính"), tr("Số bản")))
        self._kind = "copy"

    def show_kind(self, kind: str) -> None:
        """Columns 3, 4 and 6 by the register they belong to."""
        if kind == self._kind:
            return
        self._kind = kind
        self.columns = _columns(*_HEADS.get(kind, _HEADS["copy"])())
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def cell(self, row: int, column: int) -> CellSpec:
        """One column of one line."""
        line: RegisterRow = self.rows()[row]
        struck = line.state in STRUCK
        if column == 0:
            kind = "bad" if line.state in STRUCK else "warn" if line.state in ("unknown", "annulled") else ""
            return CellSpec(str(line.number), align="right", weight=700, struck=struck, row_kind=kind)
        if column == 7:
            return self._note(line)
        if line.state == "unknown":
            return CellSpec("–" if column == 1 else "", colour="text3")
        texts = (
            CellSpec(day(line.day)[:5], struck=struck, tooltip=day(line.day)),
            CellSpec(line.name, weight=500, struck=struck, tooltip=line.name),
            CellSpec(line.original, struck=struck, tooltip=line.original),
            CellSpec(line.signatory, colour="text2", struck=struck, tooltip=line.signatory),
            CellSpec(str(line.copies), align="right", struck=struck),
            CellSpec(money(line.fee), align="right", struck=struck),
        )
        return texts[column - 1]

    def _note(self, line: RegisterRow) -> CellSpec:
        if line.state == "numbered":
            return CellSpec(badge=(tr("chưa xác nhận đã ký"), "conf", "writing-sign"), tooltip=line.note)
        if line.state == "unknown":
            state = record_state("unclear_number")
            return CellSpec(badge=(tr(state.words), state.kind, state.icon), tooltip=line.note)
        colour = "bad" if line.state in STRUCK else "warn" if line.state == "annulled" else "text2"
        return CellSpec(line.note, colour=colour, tooltip=line.note)
