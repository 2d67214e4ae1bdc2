"""The eight legal columns of SCT/BS, in the order of the law's form (``law.md``)."""

from __future__ import annotations

from counter_app.services.ports.registers import RegisterRow
from counter_app.ui.formatting import day, money
from counter_app.ui.i18n import tr
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.table import CellModel, CellSpec, Column

STRUCK = frozenset({"struck", "voided"})
"""Numbers ruled through, here as on the printed page and in Excel: never signed, or given up with minutes."""


class RegisterModel(CellModel):
    """A struck number keeps its line, ruled through, its reason in *Ghi chú*; an unknown one is amber.

    An annulled one (Chairman, TT 01/2020 art. 7) was signed and paid for: its line stays readable, with
    reason and act in *Ghi chú* (``law.md`` 4.2), on amber ground. Only a struck number is *số gạch*.
    """

    def __init__(self) -> None:
        """The columns of the book."""
        super().__init__(
            (
                Column(tr("Số"), 62, right=True),
                Column(tr("Ngày"), 62),
                Column(tr("Người yêu cầu"), 168),
                Column(tr("Tên bản chính"), 178),
                Column(tr("Người ký, chức danh"), 158),
                Column(tr("Số bản"), 64, right=True),
                Column(tr("Phí"), 88, right=True),
                Column(tr("Ghi chú")),
            )
        )

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
