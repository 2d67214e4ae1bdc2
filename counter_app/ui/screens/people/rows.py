"""Officials as rows: name and title, roles, the act they sign under, whether this PC keeps the account."""

from __future__ import annotations

from counter_app.domain.organisation.roles import ROLE_NAMES
from counter_app.services.ports.founding import AccountView
from counter_app.ui.i18n import language, tr
from counter_app.ui.widgets.table import CellModel, CellSpec, Column


class OfficialsModel(CellModel):
    """One row an official."""

    def __init__(self) -> None:
        """Empty until they are read."""
        super().__init__((Column(tr("Cán bộ")), Column(tr("Vai trò")), Column(tr("Văn bản giao ký"), 150)))

    def cell(self, row: int, column: int) -> CellSpec:
        """Two lines of the name, roles, act."""
        one: AccountView = self.rows()[row]
        if column == 0:
            return CellSpec(one.name, one.title_line, weight=600)
        if column == 1:
            place = 0 if language() == "vi" else 1
            words = ", ".join(ROLE_NAMES[role][place] for role in one.roles if role in ROLE_NAMES)
            return CellSpec(words, "" if one.here else tr("chưa có tài khoản ở máy này"))
        return CellSpec(one.act or "–")
