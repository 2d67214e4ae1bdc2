"""The work list: code, person, what, promise, state, where the data is."""

from __future__ import annotations

from counter_app.services.ports.home import WorkRow
from counter_app.ui.i18n import tr
from counter_app.ui.screens.dossiers.rows import short_end
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

SYNC = {
    "waiting": ("cloud-up", "text2"),
    "received": ("cloud-check", "ok"),
    "asked": ("alert-triangle", "bad"),
}


class WorkModel(CellModel):
    """One row a request."""

    def __init__(self) -> None:
        """Empty until the list is read."""
        super().__init__(
            (
                Column(tr("Mã hồ sơ"), 100),
                Column(tr("Người nộp"), 126, grow=3),
                Column(tr("Thủ tục"), 206, grow=2),
                Column(tr("Hạn trả"), 132),
                Column(tr("Trạng thái"), 156),
                Column("", 36),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """Two lines a cell; the promise carries its own colour."""
        work: WorkRow = self.rows()[row]
        if column == 0:
            return CellSpec(
                short_end(work.code), work.code_second, weight=600, words=work.code, tooltip=work.code
            )
        if column == 1:
            return CellSpec(work.name, work.name_second, weight=500)
        if column == 2:
            return CellSpec(work.what, work.what_second)
        if column == 3:
            pressing = 600 if work.due_kind in ("bad", "warn") else 400
            return CellSpec(
                work.due, work.due_second, second_colour=work.due_kind or "text2", weight=pressing
            )
        if column == 4:
            state = record_state(work.state)
            return CellSpec(badge=(tr(state.words), state.kind, state.icon))
        return CellSpec(
            icon=SYNC.get(work.sync, SYNC["waiting"]), align="centre", words=_sync_words(work.sync)
        )


def _sync_words(sync: str) -> str:
    if sync == "received":
        return tr("tỉnh đã nhận")
    return tr("tỉnh hỏi lại") if sync == "asked" else tr("chưa ở tỉnh")
