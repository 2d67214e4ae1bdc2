"""The cash day: counted by keys, a difference with its reason, what stops it, closed once, then read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.papers import DayForm
from counter_app.ui import i18n
from counter_app.ui.screens.cash import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.cash import BLOCKED, FREE, PIN, UNPRINTED, UNSIGNED, FakeCash
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import (
    CTRL,
    KEY,
    bar,
    colours,
    give_pin,
    nameless,
    press,
    scan,
    takes_keys,
    too_big,
    walk,
)

Seat = Callable[..., Desk]
CLOSES = CLERK | {"close_day"}
EXACT = ("4", "1", "1", "", "2", "", "1", "", "1")
"""2.346.000 đ in notes from 500.000 down to 1.000."""


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits a cashier down before a fake port."""
    desks: list[Desk] = []

    def sit(
        port: FakeCash, permissions: frozenset[str] = CLOSES, size: tuple[int, int] = (1366, 768)
    ) -> Desk:
        desks.append(Desk(themed, ENTRY, {"cash": port}, permissions, "QUẦY-02"))
        return desks[-1].show(*size)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def count(desk: Desk, *pieces: str) -> None:
    """Types the count from the biggest note down, Enter after each."""
    for one in pieces:
        desk.robot.type(one)
        press(desk, KEY.Key_Return)


def test_the_exact_count_is_closed_by_f9_and_a_pin(seat: Seat) -> None:
    desk = seat(port := FakeCash())
    count(desk, *EXACT)
    assert desk.view.model.difference() == 0
    press(desk, KEY.Key_F9)
    assert port.forms == []
    give_pin(desk, PIN)
    expected = ((500_000, 4), (200_000, 1), (100_000, 1), (20_000, 2), (5_000, 1), (1_000, 1))
    assert port.forms == [DayForm(expected, "")]


def test_focus_starts_at_the_biggest_note_and_enter_goes_down_to_the_reason(seat: Seat) -> None:
    desk = seat(FakeCash())
    assert desk.view.count.lines[0].hasFocus()
    assert [line.value_of_note for line in desk.view.count.lines][:3] == [500_000, 200_000, 100_000]
    press(desk, *[KEY.Key_Return] * len(desk.view.count.lines))
    assert desk.view.reason.edit.hasFocus()


def test_keypad_plus_is_the_next_note_and_the_decimal_key_is_nothing(seat: Seat) -> None:
    desk = seat(FakeCash())
    desk.robot.type("3+2.,")
    assert [line.text() for line in desk.view.count.lines[:2]] == ["3", "2"]
    assert desk.view.model.counted() == 1_900_000


@pytest.mark.parametrize(("typed", "pieces"), [("-5", 5), ("abc", 0), ("1e3", 13), ("007", 7)])
def test_only_digits_are_counted(seat: Seat, typed: str, pieces: int) -> None:
    desk = seat(FakeCash())
    desk.robot.type(typed)
    assert desk.view.count.lines[0].pieces() == pieces


def test_digits_of_other_scripts_and_absurd_piles_are_not_counted(seat: Seat) -> None:
    line = seat(FakeCash()).view.count.lines[0]
    line.insert("\u0663")
    assert line.pieces() == 0
    line.clear()
    line.insert("100000")
    assert line.pieces() == 0


def test_a_difference_needs_a_reason_and_does_not_block(seat: Seat) -> None:
    desk = seat(port := FakeCash())
    count(desk, "3", "2", "4")
    press(desk, KEY.Key_F9)
    assert not desk.window.dialog.is_open()
    assert "−46.000" in desk.view.reason.error()
    assert desk.view.reason.edit.hasFocus()
    desk.robot.type("tra thua")
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert [form.reason for form in port.forms] == ["tra thua"]


def test_a_reason_left_from_before_is_not_written_when_the_count_is_right(seat: Seat) -> None:
    desk = seat(port := FakeCash())
    count(desk, *EXACT)
    desk.view.reason.fill("không còn lệch")
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert port.forms[0].reason == ""


def test_correcting_a_count_corrects_the_sum(seat: Seat) -> None:
    desk = seat(FakeCash())
    count(desk, "3")
    desk.view.count.focus_first()
    desk.robot.type("5")
    assert desk.view.model.counted() == 2_500_000
    desk.view.count.focus_first()
    desk.view.count.lines[0].selectAll()
    press(desk, KEY.Key_Backspace)
    assert desk.view.model.counted() == 0
    assert desk.view.model.pieces == {}


def test_unconfirmed_numbers_stop_it_and_ctrl_dot_leads_to_the_desk(seat: Seat) -> None:
    desk = seat(port := FakeCash(replace(FREE, problems=(UNSIGNED,))))
    count(desk, *EXACT)
    press(desk, KEY.Key_F9)
    assert bar(desk) == UNSIGNED
    assert not desk.window.dialog.is_open()
    assert port.forms == []
    led: list[tuple[str, object]] = []
    desk.window.open_screen = lambda name, argument=None: led.append((name, argument))  # type: ignore[method-assign]
    press(desk, (KEY.Key_Period, CTRL))
    assert led == [("signing", 4)]


def test_an_unprinted_receipt_is_closed_with_a_reason(seat: Seat) -> None:
    desk = seat(port := FakeCash(replace(FREE, problems=(UNPRINTED,))))
    count(desk, *EXACT)
    desk.view.reason.fill("máy in hỏng, đã báo")
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert port.forms[0].reason == "máy in hỏng, đã báo"


def test_what_the_rules_still_refuse_is_said(seat: Seat) -> None:
    refused = DomainError("Còn 8 số đã cấp chưa xác nhận đã ký.", code="day.unconfirmed")
    desk = seat(FakeCash(BLOCKED, refuses=refused))
    count(desk, *EXACT)
    desk.view.reason.fill("thử")
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert "Còn 8 số" in bar(desk)


def test_money_that_came_while_the_pin_was_typed_asks_for_a_reason_at_its_field(seat: Seat) -> None:
    port = FakeCash(refuses=DomainError("Lệch −2.000 đ. Ghi lý do lệch.", field="reason"))
    desk = seat(port)
    count(desk, *EXACT)
    press(desk, KEY.Key_F9)
    port.today = replace(FREE, cash=FREE.cash + 2_000, expected=FREE.expected + 2_000)
    give_pin(desk, PIN)
    assert desk.view.reason.error() == "Lệch −2.000 đ. Ghi lý do lệch."
    assert desk.view.reason.edit.isEnabled()


def test_a_wrong_pin_closes_nothing_and_asks_again(seat: Seat) -> None:
    desk = seat(port := FakeCash())
    count(desk, *EXACT)
    press(desk, KEY.Key_F9)
    give_pin(desk, "111222")
    assert port.forms == []
    give_pin(desk, PIN)
    assert len(port.forms) == 1


def test_escape_from_the_pin_keeps_the_count(seat: Seat) -> None:
    desk = seat(port := FakeCash())
    count(desk, *EXACT)
    press(desk, KEY.Key_F9, KEY.Key_Escape)
    assert port.forms == []
    assert desk.view.model.counted() == 2_346_000


def test_a_closed_day_is_read_only(seat: Seat) -> None:
    desk = seat(port := FakeCash())
    count(desk, *EXACT)
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert desk.view.banner.isVisible()
    assert all(line.isReadOnly() for line in desk.view.count.lines)
    assert not desk.view.commit.isEnabled()
    press(desk, KEY.Key_F9)
    assert len(port.forms) == 1
    assert bar(desk) == "Ngày này đã chốt."


def test_a_day_closed_before_shows_no_false_difference(seat: Seat) -> None:
    desk = seat(FakeCash(replace(FREE, closed=True)))
    assert desk.view._difference.text() == "–"


def test_without_the_right_the_page_is_read_only(seat: Seat) -> None:
    desk = seat(port := FakeCash(), CLERK)
    press(desk, KEY.Key_F9)
    assert "Không có quyền chốt quỹ" in bar(desk)
    assert all(line.isReadOnly() for line in desk.view.count.lines)
    assert port.forms == []


def test_a_day_without_any_money_is_closed_too(seat: Seat) -> None:
    empty = replace(FREE, opening=0, cash=0, transfer=0, expected=0, open_items=())
    desk = seat(port := FakeCash(empty))
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert port.forms == [DayForm((), "")]


def test_the_next_day_starts_without_the_count_of_the_last(seat: Seat) -> None:
    port = FakeCash()
    desk = seat(port)
    count(desk, "3")
    port.today = replace(FREE, day=20261121)
    desk.window.screens_changed(frozenset({"money"}))
    desk.settle()
    assert desk.view.model.counted() == 0
    assert desk.view.count.lines[0].text() == ""


def test_money_taken_meanwhile_changes_what_must_be_there_and_keeps_the_count(seat: Seat) -> None:
    port = FakeCash()
    desk = seat(port)
    count(desk, *EXACT)
    port.today = replace(FREE, cash=FREE.cash + 4_000, expected=FREE.expected + 4_000)
    desk.window.screens_changed(frozenset({"money"}))
    desk.settle()
    assert desk.view.model.difference() == -4_000


def test_more_open_things_than_fit_are_counted(seat: Seat) -> None:
    items = tuple(f"việc {n}" for n in range(9))
    desk = seat(FakeCash(replace(FREE, open_items=items)))
    words = [holder.accessibleName() for _icon, holder in desk.view._items]
    assert words[-1] == "và 3 việc khác trên biên bản"
    assert len(words) == 7


def test_nothing_open_says_so(seat: Seat) -> None:
    desk = seat(FakeCash(replace(FREE, open_items=())))
    assert [holder.accessibleName() for _icon, holder in desk.view._items] == ["Không còn việc nào dở dang."]


@pytest.mark.parametrize("suffix", [KEY.Key_Return, KEY.Key_Tab, None])
def test_a_burst_into_any_field_counts_and_closes_nothing(seat: Seat, suffix: Qt.Key | None) -> None:
    desk = seat(port := FakeCash())
    count(desk, *EXACT)
    before = dict(desk.view.model.pieces)
    for widget in takes_keys(desk.window):
        widget.setFocus()
        scan(desk, "03390002126112000062", suffix)
        assert not desk.window.dialog.is_open(), widget
    assert port.forms == []
    assert desk.view.model.pieces == before


def test_tab_follows_the_count(seat: Seat) -> None:
    desk = seat(FakeCash())
    path = walk(desk, len(desk.view.count.lines))
    assert path[:-1] == list(desk.view.count.lines[1:])


def test_a_day_that_cannot_be_read_says_why(seat: Seat) -> None:
    port = FakeCash(trouble=DomainError("Đĩa hỏng.", remedy="Nhấn F5."))
    desk = seat(port)
    assert not desk.view.count.isVisible()
    port.trouble = None
    press(desk, KEY.Key_F5)
    assert desk.view.count.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("day", [FREE, BLOCKED, replace(BLOCKED, closed=True)])
def test_fits_the_smallest_screen(
    themed: QApplication, seat: Seat, scale: float, language: str, day: object
) -> None:
    i18n.use_language("en" if language == "en" else "vi")
    themes.apply(themed, Theme("light", scale))
    desk = seat(FakeCash(day), size=(1366, 697))  # type: ignore[arg-type]
    press(desk, KEY.Key_F9)
    assert too_big(desk) == ""


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_paints(themed: QApplication, seat: Seat, theme: str) -> None:
    themes.apply(themed, Theme(theme))
    assert colours(seat(FakeCash())) > 4
    assert colours(seat(FakeCash(BLOCKED))) > 4


def test_everything_that_takes_focus_has_a_name(seat: Seat) -> None:
    assert nameless(seat(FakeCash(BLOCKED)).view) == []


def test_a_closed_day_says_what_was_counted(seat: Seat) -> None:
    desk = seat(FakeCash(replace(FREE, closed=True, counted=2_344_000)))
    assert desk.view.count.total.text() == "2.344.000\u00a0đ"
    assert desk.view._difference.text() == "−2.000\u00a0đ"
    assert not desk.view.reason.isEnabled() or desk.view.reason.edit.isReadOnly()


def test_the_day_names_its_receipts_and_the_way_to_them(seat: Seat) -> None:
    desk = seat(FakeCash())
    assert (desk.view._receipts.text(), desk.view._slips.text()) == ("41, hủy 1", "2")
    opened: list[str] = []
    desk.window.open_screen = lambda name, argument=None: opened.append(name)  # type: ignore[method-assign]
    press(desk, (KEY.Key_O, CTRL))
    assert opened == ["receipts"]
