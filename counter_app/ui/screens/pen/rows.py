"""Lists of the pen desk: numbers nobody vouches for, and both lines of each double number."""

from __future__ import annotations

from typing import NamedTuple

from counter_app.services.ports.pen import Double, DoubleLine, UnknownNumber
from counter_app.ui.i18n import tr
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class DoubleRow(NamedTuple):
    """One line of a double; ``first`` where its number begins."""

    double: Double
    line: DoubleLine
    first: bool


def day_words(day: int) -> str:
    """``20/11/2026`` of ``yyyymmdd``, as entries hold a day."""
    return f"{day % 100:02d}/{day // 100 % 100:02d}/{day // 10_000}"


def double_rows(doubles: tuple[Double, ...]) -> tuple[DoubleRow, ...]:
    """Both lines of every double, one under the other."""
    return tuple(
        DoubleRow(double, line, place == 0) for double in doubles for place, line in enumerate(double.lines)
    )


class UnknownModel(CellModel):
    """Numbers to settle one by one."""

    def __init__(self) -> None:
        """Number, the PC that may have given it, state."""
        super().__init__(
            (
                Column(tr("Số đã có thể cấp"), 150),
                Column(tr("Máy có thể đã cấp")),
                Column(tr("Trạng thái"), 128),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """The state is always *chưa rõ*: what is settled leaves the list."""
        one: UnknownNumber = self.rows()[row]
        if column == 0:
            return CellSpec(str(one.number), weight=600)
        if column == 1:
            return CellSpec(one.lost)
        state = record_state("unclear_number")
        return CellSpec(badge=(tr(state.words), state.kind, state.icon))


class DoublesModel(CellModel):
    """Lines that share a number, two or more in a row."""

    def __init__(self) -> None:
        """Number, who and what, where it was given, state."""
        super().__init__(
            (
                Column(tr("Số"), 74),
                Column(tr("Người yêu cầu, bản chính")),
                Column(tr("Máy cấp"), 104),
                Column(tr("Trạng thái"), 176),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One line."""
        one: DoubleRow = self.rows()[row]
        if column == 0:
            words = tr("Số {n}").format(n=one.double.number)
            return CellSpec(str(one.double.number) if one.first else "", weight=600, words=words)
        if column == 1:
            copies = tr("{original} · {n} bản").format(original=one.line.original, n=one.line.copies)
            return CellSpec(one.line.name, copies, weight=600)
        if column == 2:
            return CellSpec(one.line.counter, day_words(one.line.day))
        if one.line.state == "signed":
            return CellSpec(badge=(tr("Đã ký, đóng dấu"), "ok", "circle-check"))
        state = record_state(one.line.state)
        return CellSpec(badge=(tr(state.words), state.kind, state.icon))
