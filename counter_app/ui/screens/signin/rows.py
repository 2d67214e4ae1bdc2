"""The people of this PC as rows: name, duty, and what each must give."""

from __future__ import annotations

from counter_app.services.ports.session import LOCKED, NEEDS_PIN, PersonChoice
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class PeopleModel(CellModel):
    """One row a person."""

    def __init__(self) -> None:
        """Empty until the people are read."""
        super().__init__((Column(tr("Cán bộ, công chức")), Column(tr("Cần nhập"), 122)))

    def cell(self, row: int, column: int) -> CellSpec:
        """Name over duty; the badge."""
        person: PersonChoice = self.rows()[row]
        if column == 0:
            return CellSpec(person.name, person.title, weight=600)
        return CellSpec(badge=_badge(person), align="right")


def _badge(person: PersonChoice) -> tuple[str, str, str]:
    if person.needs == LOCKED:
        return (tr("Lâu không dùng") if person.idle_days else tr("Đã khóa"), "bad", "lock")
    if person.needs == NEEDS_PIN:
        return (tr("PIN"), "primary", "lock")
    return (tr("Mật khẩu"), "wait", "key")
