"""A plain list as PDF and Excel: nothing becomes a formula, every row is there, pages are many."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pypdfium2

from counter_app.printing.forms import plain_table
from counter_app.printing.forms.plain_table import Head, PlainTable
from counter_app.printing.model import Letterhead


def table(*rows: tuple[str | int, ...]) -> PlainTable:
    return PlainTable(
        head=Letterhead(superior="UBND XÃ", unit="TRUNG TÂM", place="Bình Lư"), title="DANH SÁCH",
        heads=(Head("Tên", 180), Head("Số tiền", 60, figures=True)), rows=rows,
        as_of=datetime(2026, 11, 20, 7, 30),  # noqa: DTZ001 - local
    )  # fmt: skip


def test_cells_stay_text_and_figures_stay_figures() -> None:
    data = plain_table.render_excel(table(("=1+1", 4_000), ("http://x", -5)))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Tên", "Số tiền"], ["=1+1", 4_000], ["http://x", -5],
    ]  # fmt: skip
    assert (sheet["A2"].data_type, sheet["A3"].hyperlink) == ("s", None)


def test_a_long_list_runs_over_pages_with_every_row() -> None:
    document = pypdfium2.PdfDocument(plain_table.render_pdf(table(*((f"Dòng {n}", n) for n in range(120)))))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(document) > 2
    assert all(f"Dòng {n}" in text for n in range(120))
    assert "120 dòng" in text


def test_an_empty_list_is_one_page_that_says_so() -> None:
    document = pypdfium2.PdfDocument(plain_table.render_pdf(table()))
    assert len(document) == 1
    assert "0 dòng" in document[0].get_textpage().get_text_range()
