"""The list of papers: originals, the commune's photocopies as lines of their own, the line to type in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.services.ports.copies import PaperKind, RequestForm, RequestView, RowView
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.entry import typed_row
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

COPY, SIGNATURE, PHOTOCOPY = "copy", "signature", "photocopy"
TRANSLATOR, TRANSACTION, ELECTRONIC = "translator", "transaction", "electronic"
PENDING, FAULTY, ENTRY = "pending", "faulty", "entry"
PAPER_COLUMN, TICK_COLUMN = 1, 7


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list. ``row`` is its place in the form; ``kind`` one of the constants above."""

    row: int
    kind: str
    name: str = ""
    second: str = ""
    pages: int = 0
    copies: int = 0
    unit_price: int = 0
    amount: int = 0
    ticked: bool | None = None


def lines_of(form: RequestForm, view: RequestView | None, viewed: RequestForm) -> list[Line]:
    """What the list shows; ``view`` was made for ``viewed`` and counts only for rows that are the same."""
    shown: list[Line] = []
    for index, row in enumerate(form.rows):
        same = index < len(viewed.rows) and viewed.rows[index].text == row.text
        read = [one for one in view.rows if one.row == index] if view is not None and same else []
        ticked = row.compared_at != 0
        if not read:
            shown.append(Line(index, PENDING, typed_row(row), ticked=ticked))
        for one in read:
            shown.append(_line(one, typed_row(row), row.mark, ticked=ticked))
    shown.append(Line(len(form.rows), ENTRY))
    return shown


def _line(read: RowView, typed: str, mark: str, *, ticked: bool) -> Line:
    if not read.kind:
        return Line(read.row, FAULTY, typed, read.second_line, ticked=ticked)
    photo = read.kind == PHOTOCOPY
    second = read.second_line or mark or typed
    return Line(
        read.row, read.kind, read.name, second, read.pages, read.copies, read.unit_price, read.amount,
        None if photo else ticked,
    )  # fmt: skip


class PapersModel(CellModel):
    """The eight columns of the picture."""

    def __init__(self) -> None:
        """Empty but for the line to type in."""
        super().__init__(
            (
                Column("#", 36), Column(tr("Giấy tờ")), Column(tr("Loại"), 116),
                Column(tr("Số trang"), 70, right=True), Column(tr("Số bản"), 62, right=True),
                Column(tr("Đơn giá"), 94, right=True, roomy=True), Column(tr("Thành tiền"), 96, right=True),
                Column(tr("Đối chiếu"), 80, centre=True),
            )
        )  # fmt: skip
        self.show_rows([Line(0, ENTRY)])

    def line(self, place: int) -> Line:
        """The line at a place of the list; the last one for a place beyond it."""
        lines: Sequence[Line] = self.rows()
        return lines[place] if 0 <= place < len(lines) else lines[-1]

    def place_of(self, row: int) -> int:
        """Where the form's row stands in the list (its photocopies come below it)."""
        places = (place for place, line in enumerate(self.rows()) if line.row >= row)
        return next(places, len(self.rows()) - 1)

    def cell(self, row: int, column: int) -> CellSpec:
        """The cell of a line."""
        line = self.line(row)
        if column == 0:
            return CellSpec("" if line.kind == PHOTOCOPY else str(line.row + 1), colour="text2")
        if line.kind == ENTRY:
            return (
                CellSpec(tr("gks 1x4 · hb 24x2p · ck syll 1"), colour="text3") if column == 1 else CellSpec()
            )
        if column == PAPER_COLUMN:
            colour = "bad" if line.kind == FAULTY else "text2"
            return CellSpec(line.name, line.second, weight=600, second_colour=colour, tooltip=line.name)
        if column == TICK_COLUMN:
            return self._tick(line)
        return self._figure(line, column) if line.kind not in (PENDING, FAULTY) else CellSpec()

    def _tick(self, line: Line) -> CellSpec:
        if line.ticked is None:
            return CellSpec()
        words = tr("đã đối chiếu") if line.ticked else tr("chưa đối chiếu")
        return CellSpec(tick=line.ticked, align="centre", words=words)

    def _figure(self, line: Line, column: int) -> CellSpec:
        if column == 2:
            return CellSpec(badge=_badge(line.kind))
        if column == 3:
            counted = line.kind in (
                COPY,
                ELECTRONIC,
                PHOTOCOPY,
            )  # a signature and a deal are not paid by the page
            return CellSpec(str(line.pages) if counted else "", align="right")
        if column == 4:
            return CellSpec(str(line.copies), align="right", weight=600)
        if column == 5:
            price = money(line.unit_price)
            price = tr("{price}/trang").format(price=price) if line.kind == PHOTOCOPY else price
            return CellSpec(price, align="right", colour="text2")
        return CellSpec(money(line.amount), align="right", weight=600)


def _badge(kind: str) -> tuple[str, str, str]:
    return {
        COPY: (tr("Bản sao"), "primary", "copy"),
        ELECTRONIC: (tr("Bản điện tử"), "primary", "signature"),
        SIGNATURE: (tr("Chữ ký"), "conf", "writing-sign"),
        TRANSLATOR: (tr("Người dịch"), "conf", "writing-sign"),
        TRANSACTION: (tr("Giao dịch"), "conf", "writing-sign"),
        PHOTOCOPY: (tr("Photo"), "wait", "printer"),
    }[kind]


class KindsModel(CellModel):
    """Kinds of paper offered while a row is typed."""

    def __init__(self) -> None:
        """Nothing offered."""
        super().__init__((Column("", 76), Column("")))

    def cell(self, row: int, column: int) -> CellSpec:
        """Short word, name."""
        kind: PaperKind = self.rows()[row]
        if column == 0:
            return CellSpec(kind.alias, weight=600, colour="primary")
        return CellSpec(kind.name)
