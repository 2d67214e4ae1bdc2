"""Rows of a queue, as those of home; an online dossier shows its acceptance clock."""

from __future__ import annotations

from counter_app.services.ports.dossiers import DossierRow
from counter_app.ui.i18n import tr
from counter_app.ui.screens.dossier.rows import SYNC, sync_words
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

SHOWN_OF_A_LONG_CODE = 9
"""Digits of a portal's code that fit its column: its end, which tells two of a day apart."""


def short_end(code: str) -> str:
    """A code of the day as it is; a portal's long one by its end: ``…1120-0007``."""
    long = len(code) > SHOWN_OF_A_LONG_CODE + 1
    return f"…{code[-SHOWN_OF_A_LONG_CODE:]}" if long else code


class QueueModel(CellModel):
    """One row a dossier."""

    def __init__(self, due_words: str = "") -> None:
        """``due_words`` names the column of the clock."""
        super().__init__(
            (
                Column(tr("Mã hồ sơ"), 100),
                Column(tr("Người nộp"), 136, grow=3),
                Column(tr("Thủ tục"), 206, grow=4),
                Column(due_words or tr("Hạn trả"), 146),
                Column(tr("Trạng thái"), 142, roomy=bool(due_words)),  # in a list of one state it gives way
                Column("", 36),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """Two lines a cell; what presses is bold and carries its colour."""
        one: DossierRow = self.rows()[row]
        if column == 0:
            return CellSpec(
                short_end(one.code), one.code_second, weight=600, words=one.code, tooltip=one.code
            )
        if column == 1:
            return CellSpec(one.name, one.name_second, weight=500, tooltip=one.name)
        if column == 2:
            return CellSpec(one.what, one.what_second, tooltip=one.what)
        if column == 3:
            weight = 600 if one.due_kind in ("bad", "warn") else 400
            return CellSpec(one.due, one.due_second, second_colour=one.due_kind or "text2", weight=weight)
        if column == 4:
            state = record_state(one.state)
            return CellSpec(badge=(tr(state.words), state.kind, state.icon))
        icon = SYNC.get(one.sync, SYNC["waiting"])
        return CellSpec(icon=icon, align="centre", words=sync_words(one.sync))
