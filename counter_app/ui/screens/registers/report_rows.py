"""Rows of a report of certification, and of the lines that one of its figures opens."""

from __future__ import annotations

from counter_app.services.ports.register_reports import ReportRow
from counter_app.services.ports.register_row import RegisterRow
from counter_app.ui.formatting import day, money, number
from counter_app.ui.i18n import tr
from counter_app.ui.screens.registers.rows import STRUCK
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

FIGURE_OF_COLUMN = (
    "numbers",
    "numbers",
    "signed",
    "unconfirmed",
    "struck",
    "annulled",
    "own",
    "numbers",
    "numbers",
)
"""What a column opens; copies and fees open the numbers that they belong to."""
FIRST_FIGURE = 1


def words_of_figure(figure: str) -> str:
    """A figure in words, for the head of its lines."""
    return {
        "numbers": tr("Số đã cấp"),
        "signed": tr("Số đã ký"),
        "unconfirmed": tr("Số chưa xác nhận đã ký"),
        "struck": tr("Số gạch"),
        "annulled": tr("Số huỷ bỏ giá trị"),
        "own": tr("Số tự nhận, tự ký"),
    }[figure]


class ReportTable(CellModel):
    """Registers in bold with their signatories below; the figure under the cell's frame opens its lines."""

    def __init__(self) -> None:
        """Empty; ``mark`` moves the frame."""
        super().__init__(
            (
                Column(tr("Sổ, người ký")),
                Column(tr("Đã cấp"), 76, right=True),
                Column(tr("Đã ký"), 72, right=True),
                Column(tr("Chưa ký"), 80, right=True),
                Column(tr("Gạch"), 64, right=True),
                Column(tr("Huỷ bỏ"), 72, right=True),
                Column(tr("Tự nhận, ký"), 96, right=True),
                Column(tr("Bản, giấy"), 84, right=True),
                Column(tr("Phí"), 104, right=True),
            )
        )
        self._marked = (-1, -1)

    def mark(self, row: int, column: int) -> None:
        """The frame stands on a figure."""
        before, self._marked = self._marked, (row, column)
        for place in (before, self._marked):
            index = self.index(*place)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def row_at(self, row: int) -> ReportRow | None:
        """A row of the report, None where there is none."""
        rows = self.rows()
        return rows[row] if 0 <= row < len(rows) else None

    def cell(self, row: int, column: int) -> CellSpec:
        """The label, or one figure."""
        one: ReportRow = self.rows()[row]
        bold = 400 if one.signatory else 700
        if column == 0:
            words = f"      {one.label}" if one.signatory else one.label
            return CellSpec(
                words, weight=bold, colour="text2" if one.signatory else "text", tooltip=one.label
            )
        figures = (
            one.numbers, one.signed, one.unconfirmed, one.struck, one.annulled, one.own, one.copies, one.fees,
        )  # fmt: skip
        value = figures[column - 1]
        text = money(value) if column == len(self.columns) - 1 else number(value)
        framed = self._marked == (row, column)
        colour = "primary" if framed else "text" if value else "text3"
        return CellSpec(text, align="right", weight=bold, colour=colour, edit=framed)


class LinesTable(CellModel):
    """Number, day, whose paper and its name: enough to know the line; Enter opens it in its book."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(
            (
                Column(tr("Số"), 62, right=True),
                Column(tr("Ngày"), 92),
                Column(tr("Tên"), 170),
                Column(tr("Giấy tờ, văn bản")),
                Column(tr("Phí"), 84, right=True),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One column of one line."""
        line: RegisterRow = self.rows()[row]
        struck = line.state in STRUCK
        return (
            CellSpec(str(line.number), align="right", weight=700, struck=struck),
            CellSpec(day(line.day), struck=struck),
            CellSpec(line.name, weight=500, struck=struck, tooltip=line.name),
            CellSpec(line.original, struck=struck, tooltip=line.note or line.original),
            CellSpec(money(line.fee), align="right", struck=struck),
        )[column]
