"""Rows of the list of persons, and of the groups that were taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.services.ports.groups import GroupRow, LineView, PersonLine
from counter_app.ui.formatting import grouped, money
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


@dataclass(frozen=True, slots=True)
class ListRow:
    """One person with his place on the list (from 0), what was read of him and his state."""

    place: int
    person: PersonLine
    line: LineView | None
    state: str


BADGES: dict[str, Callable[[], tuple[str, str, str]]] = {
    "stop": lambda: (tr("Cần sửa"), "bad", "alert-circle"),
    "look": lambda: (tr("Cần xem"), "warn", "alert-triangle"),
    "unticked": lambda: (tr("Chưa đối chiếu"), "wait", "circle-dashed"),
    "ready": lambda: (tr("Đủ"), "ok", "circle-check"),
    "taken": lambda: (tr("Đã ghi"), "ok", "checks"),
}


class PeopleModel(CellModel):
    """Place, person, number and birth, what he brings, how he stands, the tick."""

    def __init__(self) -> None:
        """Six columns."""
        super().__init__(
            (
                Column("#", 44, right=True),
                Column(tr("Họ và tên"), 190, grow=2),
                Column(tr("Số giấy tờ, ngày sinh"), 150, grow=1),
                Column(tr("Bản sao"), 92, right=True, roomy=True),
                Column(tr("Trạng thái"), 150, grow=2),
                Column(tr("Đối chiếu"), 76, centre=True),
            )
        )

    def show_changes(self, rows: list[ListRow]) -> None:
        """The same persons in the same order, some of them changed: only those are painted again."""
        before, self._rows = self._rows, rows
        for row in range(self.rowCount()):
            if before[row] != rows[row]:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        one: ListRow = self.rows()[row]
        person = one.person
        if column == 0:
            return CellSpec(str(one.place + 1), align="right", colour="text2")
        if column == 1:
            return CellSpec(person.name or tr("chưa có tên"), person.label, weight=600, tooltip=person.name)
        if column == 2:
            read = one.line
            digits, birth = ("", "") if read is None else (read.id_number, read.birth)
            return CellSpec(grouped(digits or person.id_number), birth or person.birth)
        if column == 3:
            return self._papers(one)
        if column == 4:
            return self._state(one)
        taken = one.state == "taken"
        return CellSpec(tick=bool(person.compared_at) or taken, tick_enabled=not taken, align="centre",
                        words=tr("đối chiếu"))  # fmt: skip

    def _papers(self, one: ListRow) -> CellSpec:
        if one.line is None or one.state == "taken":
            return CellSpec("")
        less = tr("bỏ {n} giấy").format(n=len(one.person.without)) if one.person.without else ""
        return CellSpec(str(one.line.copies), less or money(one.line.amount), align="right")

    def _state(self, one: ListRow) -> CellSpec:
        badge = BADGES.get(one.state)
        words = one.line.words if one.line is not None else ()
        if not words:
            return CellSpec(badge=badge() if badge is not None else None)
        more = tr(" (và {n} điều nữa)").format(n=len(words) - 1) if len(words) > 1 else ""
        colour = "bad" if one.state == "stop" else "warn"
        said = badge()[0] if badge is not None else ""
        return CellSpec(said, words[0] + more, colour=colour, weight=600, tooltip=" ".join(words))


class GroupsListModel(CellModel):
    """Groups taken in: name, how many, what is still to be paid."""

    def __init__(self) -> None:
        """Two columns."""
        super().__init__((Column(tr("Nhóm gần đây")), Column("", 96, right=True)))

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        one: GroupRow = self.rows()[row]
        if column == 0:
            counts = tr("{code} · {taken}/{planned} người").format(
                code=one.short_code, taken=one.taken, planned=one.planned
            )
            return CellSpec(one.name, counts, weight=600, tooltip=one.name)
        if not one.complete:
            return CellSpec(tr("đang ghi"), align="right", colour="warn")
        if one.to_pay:
            return CellSpec(money(one.to_pay), tr("còn thu"), align="right", weight=600)
        if one.to_refund:
            return CellSpec(money(one.to_refund), tr("phải hoàn"), align="right", weight=600, colour="bad")
        return CellSpec(tr("đã ghi đủ"), align="right", colour="ok")
