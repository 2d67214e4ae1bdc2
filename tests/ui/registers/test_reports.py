"""The tab of reports: periods, figures that open their lines, Excel and PDF, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.register_reports import FIGURES, ReportPeriod
from counter_app.ui import i18n
from counter_app.ui.screens.registers.report_pane import LinesPanel
from counter_app.ui.screens.registers.report_rows import FIGURE_OF_COLUMN, ReportTable, words_of_figure
from tests.support.fakes.registers import FakeRegisters, day_rows, report_of
from tests.ui import robot
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import CTRL, KEY, bar, nameless, press, too_big

Sits = Callable[..., Desk]
YEAR, SECOND, FIRST = ReportPeriod(2026), ReportPeriod(2026, 2), ReportPeriod(2026, 1)
ALT_DOWN = (KEY.Key_Down, CTRL.AltModifier)


def reading(sits: Sits, port: FakeRegisters, **more: object) -> Desk:
    """The tab is in front."""
    desk = sits(port, **more)
    press(desk, KEY.Key_6)
    assert desk.view.reporting.stands()
    return desk


def test_the_last_tab_shows_the_year_and_hides_book_and_closing(sits: Sits) -> None:
    desk = reading(sits, FakeRegisters())
    view, pane = desk.view, desk.view.book.report
    assert view.title() == "Báo cáo chứng thực"
    assert view.subtitle() == "UBND xã Bình Lư · năm 2026"
    assert [row.kind for row in pane.rows.rows() if not row.signatory][-1] == "", "the total stands last"
    assert len(pane.rows.rows()) == 9
    assert pane.note() == "Số liệu của máy này đến 10:41; 16 mục chưa ở tỉnh."
    assert view.closing.isHidden()
    assert view.note.isHidden()
    assert view.stack.isHidden()
    assert pane.table.hasFocus()
    assert view.book.tab_keys() == "1–6"


def test_a_register_is_as_it_was_when_the_reports_are_left(sits: Sits) -> None:
    desk = reading(sits, FakeRegisters())
    press(desk, KEY.Key_1)
    view = desk.view
    assert view.title() == "Sổ chứng thực bản sao"
    assert view.book.report.isHidden()
    assert len(view.rows.rows()) == 11
    assert view.table.hasFocus()
    assert not view.closing.isHidden()
    press(desk, KEY.Key_6, KEY.Key_2)
    assert view.model.kind == "signature"
    assert view.title() == "Sổ chứng thực chữ ký, điểm chỉ"


def test_arrows_walk_the_figures_and_enter_opens_their_lines(sits: Sits) -> None:
    desk = reading(sits, port := FakeRegisters())
    press(desk, KEY.Key_Down, KEY.Key_Right, KEY.Key_Right, KEY.Key_Return)
    assert port.calls == [("lines", YEAR, "Vàng Văn Thăng", "unconfirmed")]
    panel = desk.view.reporting.lines
    assert [line.number for line in panel.rows.rows()] == [1808, 1809]
    assert desk.window.drawer.title() == "Số chưa xác nhận đã ký: 2"
    assert [hint.words for hint in desk.view.legend()] == ["Chọn số", "Mở trong sổ", "Đóng"]


def test_a_line_of_a_figure_opens_in_its_book(sits: Sits) -> None:
    desk = reading(sits, FakeRegisters())
    press(desk, KEY.Key_Right, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    view = desk.view
    assert not desk.window.drawer.is_open()
    assert not view.reporting.stands()
    assert view.rows.rows()[view.table.current_row()].number == 1800
    assert view.title() == "Sổ chứng thực bản sao"


def test_nothing_behind_a_nought_is_said(sits: Sits) -> None:
    desk = reading(sits, port := FakeRegisters())
    press(desk, *(KEY.Key_Down,) * 2, *(KEY.Key_Right,) * 2, KEY.Key_Return)
    assert port.calls == []
    assert bar(desk) == "Không có số nào."


def test_the_frame_stays_on_its_figure_in_another_period(sits: Sits) -> None:
    desk = reading(sits, FakeRegisters())
    press(desk, KEY.Key_Right, KEY.Key_Right)
    desk.view.book.period.picked.emit(1)
    desk.settle()
    assert desk.view.reporting.model.report.period == SECOND
    row, figure = desk.view.book.report.chosen()
    assert (row.kind, figure) == ("copy", "unconfirmed")
    desk.view.book.period.picked.emit(2)
    desk.settle()
    assert desk.view.subtitle().endswith("6 tháng đầu năm 2026")
    assert all(row.numbers == 0 for row in desk.view.book.report.rows.rows())


def test_alt_down_opens_the_periods(sits: Sits) -> None:
    desk = reading(sits, FakeRegisters())
    press(desk, ALT_DOWN)
    period = desk.view.book.period
    assert period.view().isVisible()
    assert [period.itemText(i) for i in range(period.count())] == [
        "Năm 2026", "6 tháng cuối năm 2026", "6 tháng đầu năm 2026",
    ]  # fmt: skip
    period.hidePopup()


def test_excel_and_pdf_by_keys_and_by_buttons(sits: Sits) -> None:
    desk = reading(sits, port := FakeRegisters())
    press(desk, (KEY.Key_E, CTRL))
    assert bar(desk) == "Đã ghi bao-cao-chung-thuc-2026.xlsx vào giay-to."
    press(desk, (KEY.Key_P, CTRL))
    desk.view.book.report.excel.click()
    desk.view.book.report.pdf.click()
    desk.settle()
    assert port.calls == [("report", YEAR, excel) for excel in (True, False, True, False)]


def test_keys_that_change_a_register_do_nothing_here(sits: Sits) -> None:
    desk = reading(sits, port := FakeRegisters())
    for key in (KEY.Key_R, KEY.Key_T, KEY.Key_B, KEY.Key_Q, KEY.Key_F9):
        press(desk, key)
        assert not desk.window.drawer.is_open()
    assert port.calls == []


def test_whoever_reads_no_reports_has_no_tab(sits: Sits) -> None:
    desk = sits(FakeRegisters(), may=CLERK)
    assert desk.view.book.tab_keys() == "1–5"
    press(desk, KEY.Key_6)
    assert not desk.view.reporting.stands()
    assert desk.view.model.kind == "copy"


def test_a_report_that_cannot_be_read_says_so_and_is_tried_again(sits: Sits) -> None:
    port = FakeRegisters()
    desk = sits(port)
    port.trouble = DomainError("Không đọc được kho dữ liệu.", code="store.read")
    press(desk, KEY.Key_6)
    assert desk.view.reporting.model.report is None
    port.trouble = None
    press(desk, KEY.Key_F5)
    assert desk.view.reporting.model.report == report_of(YEAR)


def test_a_number_signed_meanwhile_is_read_into_the_report_alone(sits: Sits) -> None:
    desk = reading(sits, port := FakeRegisters())
    port.report = lambda period: replace(report_of(period), note="10:45")
    desk.view.on_changed(frozenset({"registers"}))
    desk.settle()
    assert desk.view.book.report.note() == "10:45"
    assert desk.view.closing.isHidden()


def test_a_month_that_comes_late_brings_no_closing_bar(sits: Sits) -> None:
    desk = reading(sits, FakeRegisters())
    desk.view.model.read()
    desk.settle()
    assert desk.view.closing.isHidden()
    assert desk.view.note.isHidden()


def test_a_link_to_a_month_leaves_the_reports(sits: Sits) -> None:
    desk = reading(sits, FakeRegisters())
    desk.view.on_shown((2026, 10))
    desk.settle()
    assert not desk.view.reporting.stands()
    assert desk.view.model.month.month == 10
    desk.view.on_shown(None)
    assert desk.view.stack.isVisible()


def test_settled_numbers_without_a_line_are_named(themed: QApplication) -> None:
    row = report_of(YEAR).rows[0]
    panel = LinesPanel(row, "signed", day_rows()[:4], lambda: None)
    assert panel.said == "Enter mở dòng trong sổ. 2 số dựng lại từ căn cứ chỉ có trong biên bản."
    assert panel.line().number == 1799


def test_every_column_opens_a_figure_that_the_port_knows() -> None:
    table = ReportTable()
    assert len(FIGURE_OF_COLUMN) == len(table.columns)
    assert set(FIGURE_OF_COLUMN) == set(FIGURES)
    assert len({words_of_figure(figure) for figure in FIGURES}) == len(FIGURES)


def test_the_cells_say_each_figure_under_its_head() -> None:
    table = ReportTable()
    table.show_rows((replace(report_of(YEAR).rows[1], numbers=1234, fees=45000),))
    assert [table.cell(0, column).text for column in range(1, 9)] == [
        "1.234", "5", "2", "1", "0", "2", "15", "45.000\u00a0đ",
    ]  # fmt: skip
    table.mark(0, 3)
    assert [table.cell(0, column).edit for column in range(9)] == [c == 3 for c in range(9)]


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_it_fits_and_everything_has_a_name(sits: Sits, scale: float) -> None:
    desk = reading(sits, FakeRegisters(), scale=scale)
    assert nameless(desk.view) == []
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []
    press(desk, KEY.Key_Return)
    assert nameless(desk.view.reporting.lines) == []


def test_english_of_the_report(sits: Sits) -> None:
    i18n.use_language("en")
    try:
        desk = reading(sits, FakeRegisters())
        assert desk.view.title() == "Report of certification"
        assert desk.view.book.period.itemText(1) == "Second half of 2026"
        assert [column.words for column in desk.view.book.report.rows.columns][:3] == [
            "Register, signatory", "Given", "Signed",
        ]  # fmt: skip
    finally:
        i18n.use_language("vi")
