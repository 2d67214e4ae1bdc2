"""Rows of a file that cannot be written: line, column, why."""

from __future__ import annotations

from counter_app.services.ports.arrival import RowFault
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class FaultsModel(CellModel):
    """Three columns; the line is the one that Excel shows."""

    def __init__(self) -> None:
        """Empty until a dry run."""
        super().__init__((Column(tr("Dòng"), 70), Column(tr("Cột"), 170), Column(tr("Vì sao"), 240, grow=1)))

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        fault: RowFault = self.rows()[row]
        if column == 0:
            return CellSpec(str(fault.line))
        return (
            CellSpec(fault.column, colour="text2")
            if column == 1
            else CellSpec(fault.words, tooltip=fault.words)
        )
