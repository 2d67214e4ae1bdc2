"""The register of a month as Excel: real dates, real money, text that stays text.

No cell can become a formula or a link, whatever a name begins with (``quality.md``, Security).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from counter_app.printing.formats import clean
from counter_app.printing.forms.register_month import LineState, RegisterLine, RegisterMonth, closing_words
from counter_app.printing.layout import PRACTICE_MARK

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WIDTHS: Final = (12, 13, 30, 40, 30, 10, 13, 36)
HEAD_ROW: Final = 5
"""Index of the row with the column heads; lines begin two rows below."""
CELL_LIMIT: Final = 32_767
"""Letters a cell can hold."""
_NUMBERS: Final = (5, 6)


class Styles:
    """The formats of the workbook, for plain and for struck lines."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
        self.bold = book.add_format({"bold": True, "font_name": "Times New Roman"})
        self.head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "font_name": "Times New Roman",
            }
        )
        self.plain = [self._cell(book, column, struck=False) for column in range(8)]
        self.struck = [self._cell(book, column, struck=True) for column in range(8)]

    @staticmethod
    def _cell(book: Workbook, column: int, *, struck: bool) -> Format:
        """Return the format of a column's cells."""
        look: dict[str, object] = {
            "border": 1,
            "text_wrap": True,
            "valign": "top",
            "font_name": "Times New Roman",
            "font_strikeout": struck and column != 7,
        }
        if column == 1:
            look["num_format"] = "dd/mm/yyyy"
        elif column in _NUMBERS:
            look["num_format"] = "#,##0"
        elif column == 0:
            look["align"] = "center"
        else:
            look["num_format"] = "@"
        return book.add_format(look)


def render(data: RegisterMonth) -> bytes:
    """Return an .xlsx with the register's columns, the closing line and a repeated head.

    Raises ValueError for a text longer than a cell can hold.
    """
    from xlsxwriter.workbook import Workbook

    buffer = BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {"title": f"Sổ {data.symbol} tháng {data.month:02d}/{data.year}", "created": data.as_of}
    )
    styles = Styles(book)
    sheet = book.add_worksheet(f"{data.month:02d}-{data.year}")
    _head(sheet, data, styles)
    row = HEAD_ROW + 2
    for line in data.lines:
        _line(sheet, row, line, styles.struck if line.state is LineState.STRUCK else styles.plain)
        row += 1
    _text(sheet, row + 1, 0, closing_words(data), styles.bold)
    book.close()
    return buffer.getvalue()


def _head(sheet: Worksheet, data: RegisterMonth, styles: Styles) -> None:
    """Write title, column heads and page setup."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW + 1)
    sheet.freeze_panes(HEAD_ROW + 2, 1)
    sheet.set_footer("&LTrang &P/&N" + (f"&C{PRACTICE_MARK}" if data.marks.practice else ""))
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    _text(
        sheet,
        0,
        0,
        f"{data.head.superior} - {data.head.unit}" if data.head.superior else data.head.unit,
        styles.bold,
    )
    _text(sheet, 1, 0, data.title, styles.title)
    period = f"Tháng {data.month:02d} năm {data.year} - Quyển số {data.book}/{data.year} -{data.symbol}"
    _text(sheet, 2, 0, period, styles.bold)
    marks = [data.status_words, data.marks.reprint, PRACTICE_MARK if data.marks.practice else ""]
    _text(sheet, 3, 0, " · ".join(filter(None, marks)), styles.bold)
    for column, head in enumerate(data.heads):
        _text(sheet, HEAD_ROW, column, head, styles.head)
        _text(sheet, HEAD_ROW + 1, column, f"({column + 1})", styles.head)


def _line(sheet: Worksheet, row: int, line: RegisterLine, look: list[Format]) -> None:
    """Write one line of the register."""
    if line.count > 1:
        _text(sheet, row, 0, line.number_words, look[0])
    else:
        sheet.write_number(row, 0, line.number, look[0])
    if line.day is None:
        sheet.write_blank(row, 1, None, look[1])
    else:
        sheet.write_datetime(row, 1, line.day, look[1])
    for column, words in ((2, line.requester), (3, line.original), (4, line.signer), (7, line.note_words)):
        _text(sheet, row, column, words, look[column])
    for column, figure in zip(_NUMBERS, (line.copies, line.fee), strict=True):
        if figure is None:
            sheet.write_blank(row, column, None, look[column])
        else:
            sheet.write_number(row, column, figure, look[column])


def _text(sheet: Worksheet, row: int, column: int, words: str, look: Format) -> None:
    """Write a text as text. Raises ValueError when it would be cut."""
    words = clean(words)
    if len(words) > CELL_LIMIT:
        raise ValueError("text longer than an Excel cell")
    sheet.write_string(row, column, words, look)
