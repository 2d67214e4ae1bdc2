"""In the drawer of the years: notes after binding, minutes of settled numbers, two years side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.ui import i18n
from counter_app.ui.screens.registers.one_year import NOTES_SHOWN
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.registers import FakeRegisters, later_note_rows, year_2026, year_2027
from tests.ui import robot
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import KEY, bar, nameless, press, too_big

Sits = Callable[..., Desk]
BOTH = (year_2027(), year_2026(unprinted=2))


def drawer(sits: Sits, port: FakeRegisters, **more: object) -> Desk:
    """The years stand in the drawer."""
    desk = sits(port, **more)
    press(desk, KEY.Key_T)
    assert desk.view.yearly.stands()
    return desk


def test_notes_after_binding_say_what_who_and_whether_the_slip_came_out(sits: Sits) -> None:
    desk = drawer(sits, FakeRegisters(kept_years=BOTH, notes=later_note_rows()))
    new, old = desk.view.yearly.panel.years
    assert new.notes == []
    assert [note.rpartition(" (")[2] for note in old.notes] == ["chưa in phiếu)"] * 2 + ["đã in phiếu)"]
    assert old.notes[1] == "Số 1799 · tháng 11 · 01/12 09:01 · Lò Thị Hoa: đã báo người dân (chưa in phiếu)"
    assert old.notes[2].startswith("Số 1802 · tháng 11 · 01/12 08:00")


def test_those_without_a_slip_stand_first_and_the_rest_is_counted(sits: Sits) -> None:
    printed = tuple(replace(later_note_rows()[2], number=1000 + i) for i in range(NOTES_SHOWN + 2))
    desk = drawer(sits, FakeRegisters(kept_years=(year_2026(),), notes=(*printed, later_note_rows()[0])))
    (year,) = desk.view.yearly.panel.years
    assert "chưa in phiếu" in year.notes[0]
    assert len(year.notes) == NOTES_SHOWN + 1
    assert year.notes[-1] == "Còn 3 ghi chú nữa trong quyển năm (PDF)."


def test_notes_are_not_asked_for_a_year_without_a_bound_month(sits: Sits) -> None:
    port, asked = FakeRegisters(kept_years=BOTH), []
    port.later_notes = lambda year, kind="copy": asked.append((year, kind)) or ()
    drawer(sits, port)
    assert asked == [(2026, "copy")]


def test_minutes_of_settled_numbers_name_the_second_signatory(sits: Sits) -> None:
    desk = drawer(sits, port := FakeRegisters(kept_years=BOTH))
    new, old = desk.view.yearly.panel.years
    assert new.settled.isHidden()
    assert old.settled.words() == "In biên bản 2 số đã giải quyết"
    old.settled.click()
    desk.settle()
    assert port.calls == [("settlement", 2026, EntryId(1, 1), "copy")]
    assert bar(desk) == "Đã in biên bản giải quyết số chưa rõ."


def test_who_may_not_sign_them_reads_why(sits: Sits) -> None:
    desk = drawer(sits, FakeRegisters(), may=CLERK | {"close_books"})
    (year,) = desk.view.yearly.panel.years
    assert not year.settled.isEnabled()
    assert "Không có quyền" in year.settled.toolTip()
    assert not year.second.isVisible()


def test_without_a_second_person_no_minutes(sits: Sits) -> None:
    port = FakeRegisters()
    port.closing_seconds = lambda: ()
    (year,) = drawer(sits, port).view.yearly.panel.years
    assert year.settled.toolTip() == "Chưa có người thứ hai nào có tài khoản trên máy này."


def test_two_years_stand_side_by_side_and_one_below_the_other_where_it_is_narrow(sits: Sits) -> None:
    desk = drawer(sits, FakeRegisters(kept_years=BOTH))
    panel = desk.view.yearly.panel
    new, old = panel.years
    assert panel.beside()
    assert new.y() == old.y()
    assert new.geometry().right() < old.geometry().left()
    panel.resize(400, panel.height())
    QApplication.processEvents()
    assert not panel.beside()


def test_one_year_keeps_the_drawer_narrow_and_three_stand_in_pairs(sits: Sits) -> None:
    desk = drawer(sits, FakeRegisters())
    narrow = desk.window.drawer.width()
    assert not desk.view.yearly.panel.beside()
    port = FakeRegisters(kept_years=(*BOTH, year_2026(year=2025, closed=True)))
    desk = drawer(sits, port)
    assert desk.window.drawer.width() == 2 * narrow
    first, second, third = desk.view.yearly.panel.years
    assert first.y() == second.y() < third.y()
    assert third.x() == first.x()


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_drawer_fits_with_all_of_it(sits: Sits, scale: float) -> None:
    desk = drawer(sits, FakeRegisters(kept_years=BOTH, notes=later_note_rows()), scale=scale)
    assert desk.view.yearly.panel.beside()
    assert nameless(desk.view.yearly.panel) == []
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []


def test_english_of_notes_and_minutes(sits: Sits) -> None:
    i18n.use_language("en")
    try:
        desk = drawer(sits, FakeRegisters(kept_years=BOTH, notes=later_note_rows()))
        old = desk.view.yearly.panel.years[1]
        assert old.notes[1].startswith("Number 1799 · month 11 ·")
        assert old.notes[1].endswith("(slip not printed)")
        assert old.settled.words() == "Print minutes of 2 settled numbers"
    finally:
        i18n.use_language("vi")
