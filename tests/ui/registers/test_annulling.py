"""A signed line loses its value by the Chairman's decision; a line looked for stands under the bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.domain.errors import DomainError
from counter_app.ui.screens.registers import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import Button
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.pen import PEOPLE, SECRET, FakePen
from tests.support.fakes.registers import FakePeople, FakeRegisters, day_rows, november
from tests.ui import robot
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import KEY, bar, nameless, press, scan, too_big

Seat = Callable[..., Desk]
REGISTRAR = CLERK | {"close_books", "two_persons_first"}


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits a registrar down before fake ports."""
    desks: list[Desk] = []

    def sit(
        pen: FakePen, registers: FakeRegisters | None = None, may: frozenset[str] = REGISTRAR,
        scale: float = 1.0,
    ) -> Desk:  # fmt: skip
        if scale != 1.0:
            themes.apply(themed, Theme("light", scale))
        ports = {"registers": registers or FakeRegisters(), "pen": pen, "session": FakePeople()}
        desks.append(Desk(themed, ENTRY, ports, may))
        return desks[-1].show(1366, 697)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def fill(desk: Desk, *texts: str, secret: str = SECRET) -> None:
    """The decision field by field, the second person as chosen, his secret."""
    for text in texts:
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    press(desk, KEY.Key_Return)
    desk.robot.type(secret)


DECISION = ("12/QĐ-UBND", "20/11/2026", "Bản chính giả")


def test_a_signed_line_is_annulled_with_one_f9(seat: Seat) -> None:
    desk = seat(pen := FakePen())
    press(desk, KEY.Key_R)
    assert desk.view.annulling.stands()
    fill(desk, *DECISION)
    assert pen.calls == []
    press(desk, KEY.Key_F9)
    ((what, form),) = pen.calls
    assert what == "annul"
    assert (form.line, form.act_number, form.act_day, form.words) == (day_rows()[0].line, *DECISION)
    assert (form.second, form.second_secret) == (PEOPLE[0].official, SECRET)
    assert "huỷ bỏ giá trị theo 12/QĐ-UBND" in bar(desk)
    assert not desk.view.annulling.stands()
    assert desk.view.table.hasFocus()
    press(desk, KEY.Key_F9)
    assert len(pen.calls) == 1


@pytest.mark.parametrize(("place", "words"), [(2, "gạch số ở bàn ký"), (6, "đã ký"), (9, "gạch số ở bàn ký")])
def test_only_a_signed_number_can_be_annulled(seat: Seat, place: int, words: str) -> None:
    desk = seat(FakePen())
    desk.view.table.go_to(place)
    press(desk, KEY.Key_R)
    assert not desk.view.annulling.stands()
    assert words in bar(desk)


def test_a_line_is_not_annulled_twice(seat: Seat) -> None:
    line = replace(day_rows()[0], state="annulled", note="Huỷ bỏ giá trị")
    desk = seat(FakePen(), FakeRegisters(kept={(2026, 11): november(rows=(line,))}))
    press(desk, KEY.Key_R)
    assert bar(desk) == "Số 1799 đã huỷ bỏ giá trị."


def test_it_takes_the_right_of_the_first_of_two_persons(seat: Seat) -> None:
    desk = seat(FakePen(), may=CLERK)
    press(desk, KEY.Key_R)
    assert not desk.view.annulling.stands()
    assert "Không có quyền" in bar(desk)
    assert "R" not in [hint.keys for hint in desk.view.legend()]


def test_what_is_missing_is_named_at_its_field(seat: Seat) -> None:
    desk = seat(pen := FakePen())
    press(desk, KEY.Key_R, KEY.Key_F9)
    card = desk.view.annulling._card
    assert [field.error() for field in (card.number, card.day, card.words, card.two.secret)] == [
        "Ô này chưa nhập."
    ] * 4
    assert card.number.edit.hasFocus()
    assert card.two.secret.edit.echoMode() == QLineEdit.EchoMode.Password
    assert pen.calls == []


@pytest.mark.parametrize(
    ("code", "field", "place"), [("annul.date", "act_date", "day"), ("annul.act", "act_number", "number")]
)
def test_what_the_rules_refuse_stands_at_its_field(seat: Seat, code: str, field: str, place: str) -> None:
    desk = seat(pen := FakePen(refuses=DomainError("Xem lại.", field=field, code=code)))
    press(desk, KEY.Key_R)
    fill(desk, *DECISION)
    press(desk, KEY.Key_F9)
    assert pen.calls == []
    assert getattr(desk.view.annulling._card, place).error().startswith("Xem lại.")


def test_a_wrong_secret_keeps_what_was_typed(seat: Seat) -> None:
    desk = seat(pen := FakePen())
    press(desk, KEY.Key_R)
    fill(desk, *DECISION, secret="sai")
    press(desk, KEY.Key_F9)
    card = desk.view.annulling._card
    assert "Mật khẩu" in card.two.secret.error()
    assert card.words.text() == "Bản chính giả"
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    assert len(pen.calls) == 1


def test_without_a_second_person_words_say_so(seat: Seat) -> None:
    desk = seat(pen := FakePen(people=()))
    press(desk, KEY.Key_R)
    fill(desk, *DECISION)
    press(desk, KEY.Key_F9)
    assert pen.calls == []
    assert "người thứ hai" in bar(desk)


def test_escape_and_scans_annul_nothing_and_close_no_month(seat: Seat) -> None:
    desk = seat(pen := FakePen(), registers := FakeRegisters())
    press(desk, KEY.Key_R)
    for field in dict.fromkeys(desk.view.annulling._card.fields.values()):
        field.edit.setFocus()
        scan(desk, "033900021261120001820")
        press(desk, KEY.Key_Return)
    press(desk, KEY.Key_Escape)
    assert not desk.view.annulling.stands()
    press(desk, KEY.Key_F9)
    assert (pen.calls, registers.calls) == ([], [])


def test_a_mouse_finds_it_among_the_acts_of_the_line(seat: Seat) -> None:
    desk = seat(FakePen())
    press(desk, KEY.Key_Return)
    buttons = [one for one in desk.window.findChildren(Button) if "Huỷ bỏ" in one.words() and one.isVisible()]
    assert len(buttons) == 1
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.view.annulling.stands()


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_drawer_fits(seat: Seat, scale: float) -> None:
    desk = seat(FakePen(), scale=scale)
    press(desk, KEY.Key_R, KEY.Key_F9)
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []
    assert nameless(desk.window) == []


# --- a line that was looked for ---


def test_a_line_opens_its_own_month_with_the_bar_on_it(seat: Seat) -> None:
    """An ``EntryId`` is a pair of numbers: it once was taken for year and month."""
    desk = seat(FakePen(), registers := FakeRegisters())
    sought = registers.kept[2026, 10].rows[4]
    registers.kept[2026, 10] = replace(
        registers.kept[2026, 10],
        rows=tuple(
            replace(row, line=EntryId(513, 9_000 + i)) for i, row in enumerate(registers.kept[2026, 10].rows)
        ),
    )
    desk.view.on_shown(EntryId(513, 9_004))
    desk.settle()
    assert (desk.view.model.month.year, desk.view.model.month.month) == (2026, 10)
    assert desk.view.rows.rows()[desk.view.table.current_row()].number == sought.number
    desk.view.on_shown((2026, 11))
    desk.settle()
    assert desk.view.model.month.month == 11


def test_a_line_not_held_here_is_told_and_the_page_still_opens(seat: Seat) -> None:
    desk = seat(FakePen())
    desk.view.on_shown(EntryId(999, 7))
    desk.settle()
    assert "Không thấy dòng này." in bar(desk)
    assert desk.view.model.month.month == 11
