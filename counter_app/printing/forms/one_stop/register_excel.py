"""Form 07 as Excel: the columns of the template in force, real dates, text that stays text.

No cell can become a formula or a link, whatever a name begins with (``quality.md``, Security).
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from counter_app.printing.formats import clean
from counter_app.printing.forms.one_stop.register import (
    NO_DUE,
    RegisterContent,
    TrackedDossier,
    procedure_words,
    values,
)
from counter_app.printing.forms.one_stop.template import Column, Table, Template
from counter_app.printing.layout import PRACTICE_MARK

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW: Final = 4
"""Index of the row with the upper column heads; lines begin two rows below."""
CELL_LIMIT: Final = 32_767
"""Letters a cell can hold."""
SHEET_WIDTH: Final = 190.0
"""Widths of all columns together, in Excel's unit."""
FONT: Final = "Times New Roman"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | datetime | None


def render(template: Template, content: RegisterContent) -> bytes:
    """Return an .xlsx with a line per dossier. Raises ValueError for a text longer than a cell can hold."""
    from xlsxwriter.workbook import Workbook

    buffer = BytesIO()
    book = Workbook(buffer, _OPTIONS)
    facts = values(content)
    book.set_properties({"title": f"{template.title} {facts['period']}", "created": content.as_of})
    looks = _Looks(book)
    sheet = book.add_worksheet(str(content.year) if content.day is None else f"{content.day:%d-%m-%Y}")
    columns = next(part for part in template.parts if isinstance(part, Table)).columns
    _head(sheet, template, content, columns, looks)
    row = HEAD_ROW + 2
    for line in content.ordered:
        for index, column in enumerate(columns):
            _write(sheet, row, index, cell(line, column.field), looks)
        row += 1
    words = f"Tổng số: {facts['count']} hồ sơ; đã trả {facts['returned']}, chưa trả {facts['open']}."
    _text(sheet, row + 1, 0, words, looks.bold)
    book.close()
    return buffer.getvalue()


class _Looks:
    """The formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        cell = {"border": 1, "valign": "top", "font_name": FONT, "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_name": FONT})
        self.bold = book.add_format({"bold": True, "font_name": FONT})
        self.head = book.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter"})
        self.text = book.add_format({**cell, "num_format": "@"})
        self.number = book.add_format({**cell, "num_format": "0", "align": "center"})
        self.moment = book.add_format({**cell, "num_format": "hh:mm dd/mm/yyyy"})


def cell(line: TrackedDossier, field: str) -> Cell:
    """Return the value of a register's field for a cell: dates stay dates, numbers numbers."""
    if field == "due":
        return line.due_at or NO_DUE
    found: dict[str, Cell] = {
        "number": f"{line.book}-{line.number:02d}",
        "code": f"{line.code} (mã tạm)" if line.provisional else line.code,
        "procedure": procedure_words(line),
        "sets": line.sets,
        "party": line.party,
        "contact": line.contact.replace("\n", ", "),
        "decides": line.decides,
        "received": line.received_at,
        "returned": line.returned_at,
        "how": line.how,
        "signed": line.signed,
        "note": line.note,
    }
    return found[field]


def _head(
    sheet: Worksheet,
    template: Template,
    content: RegisterContent,
    columns: tuple[Column, ...],
    looks: _Looks,
) -> None:
    """Write title, column heads in two levels and the page setup."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW + 1)
    sheet.freeze_panes(HEAD_ROW + 2, 2)
    sheet.set_footer("&LTrang &P/&N" + (f"&C{PRACTICE_MARK}" if content.marks.practice else ""))
    facts = values(content)
    unit = " - ".join(filter(None, (content.head.superior, content.head.unit)))
    marks = (facts["status"], content.marks.reprint, PRACTICE_MARK if content.marks.practice else "")
    _text(sheet, 0, 0, unit, looks.bold)
    _text(sheet, 1, 0, template.title, looks.title)
    _text(sheet, 2, 0, f"{facts['period']} - Quyển số {facts['book']}", looks.bold)
    _text(sheet, 3, 0, " · ".join(filter(None, marks)), looks.bold)
    total = sum(column.share for column in columns)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, SHEET_WIDTH * column.share / total)
        _column_head(sheet, columns, index, looks.head)


def _column_head(sheet: Worksheet, columns: tuple[Column, ...], index: int, look: Format) -> None:
    """Write one head: over both rows, or below the head it shares with its neighbours."""
    column = columns[index]
    if not column.under:
        sheet.merge_range(HEAD_ROW, index, HEAD_ROW + 1, index, column.label, look)
        return
    _text(sheet, HEAD_ROW + 1, index, column.label, look)
    if index and columns[index - 1].under == column.under:
        return
    last = index
    while last + 1 < len(columns) and columns[last + 1].under == column.under:
        last += 1
    if last > index:
        sheet.merge_range(HEAD_ROW, index, HEAD_ROW, last, column.under, look)
    else:
        _text(sheet, HEAD_ROW, index, column.under, look)


def _write(sheet: Worksheet, row: int, column: int, value: Cell, looks: _Looks) -> None:
    """Write one value by its type."""
    if value is None:
        sheet.write_blank(row, column, None, looks.text)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, looks.moment)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks.number)
    else:
        _text(sheet, row, column, value, looks.text)


def _text(sheet: Worksheet, row: int, column: int, words: str, look: Format) -> None:
    """Write a text as text. Raises ValueError when it would be cut."""
    words = clean(words)
    if len(words) > CELL_LIMIT:
        raise ValueError("text longer than an Excel cell")
    sheet.write_string(row, column, words, look)
