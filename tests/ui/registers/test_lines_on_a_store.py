"""A note, a correction and the report of a real register, by the keys of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.ui.screens.registers import ENTRY
from tests.support.counter import PASSWORD, REGISTRAR, SIGNER, Counter, make_counter
from tests.support.fakes.exchange import FakeExchange
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, press
from tests.unit.services.pen.office import day
from tests.unit.services.registers.test_years import at


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Two signed numbers, November bound; the registrar comes on 1 December."""
    made = make_counter(tmp_path)
    made.areas.signing.confirm(day(made, 2).lot, None)
    made.sign_in(REGISTRAR)
    at(made, "2026-11-30 16:30")
    made.areas.registers.close_month(2026, 11, "246810")
    at(made, "2026-12-01 09:00")
    yield made
    made.close()


@pytest.fixture
def desk(themed: QApplication, counter: Counter) -> Iterator[Desk]:
    """The registers' page over the real services."""
    areas = counter.areas
    session = areas.session.sign_in(counter.officials[REGISTRAR], PASSWORD)
    ports: dict[str, Any] = {
        "pen": areas.pen, "registers": areas.registers, "session": areas.session, "exchange": FakeExchange(),
    }  # fmt: skip
    made = Desk(themed, ENTRY, ports, session.permissions).show()
    yield made
    assert made.errors == []
    made.close()


def test_a_note_and_a_correction_of_a_bound_month_wait_for_their_slips(desk: Desk, counter: Counter) -> None:
    press(desk, KEY.Key_B)
    desk.robot.type("da bao nguoi dan")
    press(desk, KEY.Key_F9)
    assert "da bao nguoi dan" in desk.view.rows.cell(0, 7).text
    press(desk, KEY.Key_Down, KEY.Key_Q)
    card = desk.view.lines.card
    card.choose(1)
    card.now.fill("Giấy khai sinh (bản chính)")
    card.words.fill("ghi thiếu")
    officials = [one.official for one in card.two.people]
    card.two.picker.setCurrentIndex(officials.index(counter.officials[SIGNER]))
    card.two.secret.edit.setText(PASSWORD)
    card.own.edit.setText(PASSWORD)
    press(desk, KEY.Key_F9)
    assert "Đính chính cột (4)" in desk.view.rows.cell(1, 7).text
    assert desk.view.rows.cell(1, 3).text == "Giấy khai sinh", "the line stays as written"
    press(desk, KEY.Key_T)
    (year,) = desk.view.yearly.panel.years
    assert len(year.notes) == 2
    assert year.slips.words() == "In 2 phiếu ghi chú bổ sung"
    year.slips.click()
    desk.settle()
    assert "Đã in 2 phiếu" in bar(desk)
    assert all("đã in phiếu" in note for note in desk.view.yearly.panel.years[0].notes)


def test_each_figure_of_the_report_opens_its_lines_and_these_their_book(desk: Desk, counter: Counter) -> None:
    desk.view.book.choose_tab(len(counter.areas.registers.kinds()))
    desk.settle()
    pane = desk.view.book.report
    total = pane.rows.rows()[-1]
    assert (total.kind, total.numbers, total.signed) == ("", 2, 2)
    press(desk, KEY.Key_End, KEY.Key_Right, KEY.Key_Right, KEY.Key_Return)
    assert [line.number for line in desk.view.reporting.lines.rows.rows()] == [1776, 1777]
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert desk.view.rows.rows()[desk.view.table.current_row()].number == 1777
    assert not desk.view.reporting.stands()


def test_the_report_lies_among_the_papers(desk: Desk, counter: Counter) -> None:
    desk.view.book.choose_tab(len(counter.areas.registers.kinds()))
    desk.settle()
    press(desk, (KEY.Key_E, CTRL))
    assert "bao-cao-chung-thuc-2026.xlsx" in bar(desk)
    assert list(counter.folder.rglob("bao-cao-chung-thuc-2026.xlsx"))
