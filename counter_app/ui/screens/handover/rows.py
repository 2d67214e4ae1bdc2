"""Lists of the return desk: the results of the person, and everything that waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from counter_app.domain.certification import state as stages
from counter_app.services.ports.dossiers import GivingRow
from counter_app.services.ports.handover import ReturnView
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.screens.handover.view_model import (
    Line,
    ResultLine,
    Waiting,
    copies_ready,
    id_of,
    is_ready,
    uncollected,
)
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column
from sync.protocol.naming.ids import EntryId

_BADGES = {
    stages.TAKEN_IN: "submitted",
    stages.SUBMITTED: "submitted",
    stages.NUMBERED: "numbered",
    stages.SIGNED: "ready",
    stages.HANDED_OVER: "returned",
    stages.STRUCK: "struck",
    stages.ANNULLED: "struck",
}
"""State of an original -> record state of the screens (``ux.md`` 3.2)."""


def badge_of(code: str) -> tuple[str, str, str]:
    """Words, kind and icon of a line's state."""
    state = record_state(_BADGES.get(code, code))
    return tr(state.words), state.kind, state.icon


def numbers_words(numbers: Iterable[str]) -> str:
    """``1776/2026 … 1780/2026`` as ``1776–1780/2026``; numbers that do not follow each other stay apart."""
    runs: list[tuple[int, int, str]] = []
    odd: list[str] = []
    for number in numbers:
        counted, _, year = number.partition("/")
        if not counted.isdigit():
            odd.append(number)
        elif runs and (runs[-1][1] + 1, runs[-1][2]) == (int(counted), year):
            runs[-1] = (runs[-1][0], int(counted), year)
        else:
            runs.append((int(counted), int(counted), year))
    parts = (f"{first}/{year}" if first == last else f"{first}–{last}/{year}" for first, last, year in runs)
    return ", ".join((*parts, *odd))


class ResultsModel(CellModel):
    """Lines of what was found; a tick takes the whole request, lines that are not ready stay grey."""

    def __init__(self, is_chosen: Callable[[EntryId], bool]) -> None:
        """``is_chosen`` asks the view model."""
        super().__init__(
            (Column("", 46), Column(tr("Kết quả")), Column(tr("Số"), 262), Column(tr("Trạng thái"), 160))
        )
        self._is_chosen = is_chosen

    def cell(self, row: int, column: int) -> CellSpec:
        """Tick, paper, number, state."""
        one: Line = self.rows()[row]
        ready = one.ready if isinstance(one, GivingRow) else one.line.ready
        if column == 0:
            if not ready:
                return CellSpec(icon=("minus", "text3"), words=tr("không trả lần này"))
            on = self._is_chosen(id_of(one))
            return CellSpec(tick=on, row_kind="sel" if on else "")
        return _result_cell(one, column) if isinstance(one, GivingRow) else self._copy_cell(one, column)

    def _copy_cell(self, one: ResultLine, column: int) -> CellSpec:
        line, ready = one.line, one.line.ready
        if column == 1:
            words = tr("{name} · {n} bản").format(name=line.name, n=line.copies)
            return CellSpec(words, self._second(one), weight=600, colour="text" if ready else "text2")
        if column == 2:
            number = tr("Số {number}").format(number=line.number) if line.number else tr("chưa có số")
            return CellSpec(number, line.words, weight=600 if ready else 400, tooltip=line.words)
        return CellSpec(badge=badge_of(line.state))

    def _second(self, one: ResultLine) -> str:
        view = one.view
        if one.first and view.to_pay:
            return tr("{code} · thu khi trả {money}").format(code=view.short_code, money=money(view.to_pay))
        return view.short_code


def _result_cell(one: GivingRow, column: int) -> CellSpec:
    """A dossier's result: what it is, its number and drawer, or when it will be there."""
    strong = "text" if one.ready else "text2"
    if column == 1:
        paid = tr("{code} · thu khi trả {money}").format(code=one.code, money=money(one.to_pay))
        return CellSpec(one.what, paid if one.to_pay else one.code, weight=600, colour=strong)
    if column == 2:
        drawer = tr("Ngăn {drawer}").format(drawer=one.drawer) if one.drawer else ""
        second = drawer if one.ready else one.due
        return CellSpec(
            one.result, second, weight=600 if one.ready else 400, colour=strong, tooltip=one.words
        )
    return CellSpec(badge=badge_of("ready" if one.ready else "in_work"))


class WaitingModel(CellModel):
    """What lies in the drawer: results of dossiers and copies."""

    def __init__(self) -> None:
        """Five columns."""
        super().__init__(
            (
                Column(tr("Mã hồ sơ"), 84),
                Column(tr("Người nộp"), 150, grow=3),
                Column(tr("Kết quả"), 186, grow=2),
                Column(tr("Số, ngăn"), 132),
                Column(tr("Còn thu"), 86, right=True),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """Code, person, what, numbers, money."""
        one: Waiting = self.rows()[row]
        return _waiting_result(one, column) if isinstance(one, GivingRow) else self._copies(one, column)

    def _copies(self, view: ReturnView, column: int) -> CellSpec:
        if column == 0:
            return CellSpec(view.short_code, weight=600)
        if column == 1:
            return CellSpec(view.name, view.identity, weight=500)
        if column == 2:
            words = tr("Chứng thực bản sao · {n} bản").format(n=copies_ready(view))
            return CellSpec(words, view.message, second_colour="text2" if is_ready(view) else "warn")
        if column == 3:
            numbers = numbers_words(line.number for line in view.lines if line.ready and line.number)
            return CellSpec(numbers, tooltip=numbers)
        return CellSpec(money(view.to_pay) if view.to_pay else "", align="right", weight=600)


def _waiting_result(one: GivingRow, column: int) -> CellSpec:
    """A result in its drawer: how long, and what was done to tell its owner."""
    if column == 0:
        return CellSpec(one.code, weight=600)
    if column == 1:
        return CellSpec(one.name, one.identity, weight=500)
    if column == 2:
        return CellSpec(one.what, one.contact, tooltip=one.what)
    if column == 3:
        long = uncollected(one)
        days = tr("{n} ngày").format(n=one.waited) if one.waited else tr("hôm nay")
        drawer = tr("Ngăn {drawer}").format(drawer=one.drawer) if one.drawer else ""
        return CellSpec(drawer, days, second_colour="warn" if long else "text2", weight=600 if long else 400)
    return CellSpec(money(one.to_pay) if one.to_pay else "", align="right", weight=600)
