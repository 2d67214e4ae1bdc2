"""The register page while others number: the bar, the months, two fast fingers, who is missing beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.session import NEEDS_PASSWORD, PersonChoice
from counter_app.ui import i18n
from counter_app.ui.screens.registers import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.pen import SECRET, FakePen
from tests.support.fakes.registers import PIN, FakePeople, FakeRegisters, november, october
from tests.ui import robot
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import CTRL, KEY, bar, give_pin, nameless, press, scan, takes_keys, too_big

OPEN = (KEY.Key_O, CTRL)
REGISTRAR = CLERK | {"close_books", "two_persons_first"}
ALONE = SimpleNamespace(people=lambda: FakePeople().people()[:1])
"""Only the person at the counter has an account."""


class Seats:
    """Sits a registrar down before fake ports."""

    def __init__(self, app: QApplication) -> None:
        self.app, self.desks = app, list[Desk]()
        self.pen = FakePen()

    def __call__(self, port: FakeRegisters, people: object | None = None, height: int = 768) -> Desk:
        ports = {"registers": port, "pen": self.pen, "session": people or FakePeople()}
        self.desks.append(Desk(self.app, ENTRY, ports, REGISTRAR).show(1366, height))
        return self.desks[-1]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seats]:
    seats = Seats(themed)
    yield seats
    for desk in seats.desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def news(desk: Desk, *areas: str) -> None:
    """Something was received or done elsewhere."""
    desk.window.screens_changed(frozenset(areas or ("received",)))
    desk.settle()


def number_of_bar(desk: Desk) -> int:
    """The number under the bar."""
    return int(desk.view.rows.rows()[desk.view.table.current_row()].number)


def type_opening(desk: Desk) -> None:
    """Book, last number, ground; the second person as proposed; his secret."""
    for text in ("3", "1775", "bien ban", "", "mat khau hai"):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)


# --- news ---


def test_news_keeps_the_bar_on_its_number(seat: Seats) -> None:
    port = FakeRegisters()
    desk = seat(port)
    press(desk, *[KEY.Key_Home, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down])
    before = number_of_bar(desk)
    month = port.kept[2026, 11]
    recovered = replace(month.rows[0], line=EntryId(769, 3), number=1798)
    port.kept[2026, 11] = replace(month, rows=(recovered, *month.rows))
    news(desk)
    assert number_of_bar(desk) == before == 1802


def test_news_leaves_the_month_that_is_looked_at(seat: Seats) -> None:
    port = FakeRegisters()
    desk = seat(port)
    desk.view.model.choose(2026, 10)
    desk.settle()
    port.kept[2026, 12] = november(month=12, rows=(), blocked="Tháng 12 chưa có số nào.")
    news(desk, "registers")
    assert desk.view.model.month.month == 10
    assert desk.view.month.count() == 3, "the new month may be chosen"


def test_news_takes_no_half_typed_decision_away(seat: Seats) -> None:
    port = FakeRegisters()
    desk = seat(port)
    press(desk, KEY.Key_Home, KEY.Key_R)
    for text in ("12/QĐ-UBND", "20/11/2026"):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    news(desk, "registers")
    desk.robot.type("Bản chính giả")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    ((_what, form),) = seat.pen.calls
    assert (form.act_number, form.words) == ("12/QĐ-UBND", "Bản chính giả")


def test_what_was_counted_is_closed_even_when_another_month_got_a_number(seat: Seats) -> None:
    port = FakeRegisters()
    desk = seat(port)
    desk.view.model.choose(2026, 10)
    desk.settle()
    press(desk, KEY.Key_F9, KEY.Key_F9)
    news(desk, "registers")
    give_pin(desk, PIN)
    assert port.calls == [("close", 2026, 10)]


def test_other_news_reads_nothing(seat: Seats) -> None:
    port = FakeRegisters()
    desk = seat(port)
    port.trouble = DomainError("Đĩa hỏng.", code="store.read")
    news(desk, "money")
    assert desk.view.table.isVisible()


# --- opening from the paper book ---


def test_two_presses_of_f9_in_one_breath_open_one_register(seat: Seats) -> None:
    port = FakeRegisters(kept={})
    desk = seat(port)
    press(desk, OPEN)
    type_opening(desk)
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert [call[0] for call in port.calls] == ["open"]


def test_an_opening_that_was_refused_may_be_tried_again(seat: Seats) -> None:
    refused = DomainError("Quyển 3 đã mở.", field="book", code="register.book")
    port = FakeRegisters(kept={}, refuses=refused)
    desk = seat(port)
    press(desk, OPEN)
    type_opening(desk)
    press(desk, KEY.Key_F9)
    panel = desk.view.opening.panel
    assert "Quyển 3 đã mở" in panel.book.error()
    assert panel.book.edit.hasFocus()
    assert panel.last.text() == "1775"
    port.refuses = None
    press(desk, KEY.Key_F9)
    assert [call[0] for call in port.calls] == ["open"]


def test_without_a_second_person_the_opening_says_who_is_missing(seat: Seats) -> None:
    port = FakeRegisters(kept={})
    desk = seat(port, ALONE)
    press(desk, OPEN)
    type_opening(desk)
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert "người thứ hai" in bar(desk)


@pytest.mark.parametrize("last", ["-1", "1.775", "mười", "12345678", ""])
def test_the_last_number_is_digits_alone(seat: Seats, last: str) -> None:
    port = FakeRegisters(kept={})
    desk = seat(port)
    press(desk, OPEN)
    type_opening(desk)
    desk.view.opening.panel.last.fill(last)
    press(desk, KEY.Key_F9)
    assert desk.view.opening.panel.last.error() == "Chỉ nhập chữ số."
    assert port.calls == []


def test_a_paper_book_without_any_number_begins_at_one(seat: Seats) -> None:
    port = FakeRegisters(kept={})
    desk = seat(port)
    press(desk, OPEN)
    type_opening(desk)
    desk.view.opening.panel.last.fill("0")
    press(desk, KEY.Key_F9)
    assert port.calls[0][1].last_number == 0


def test_scans_and_enter_in_the_drawer_open_nothing_and_escape_leaves_it(seat: Seats) -> None:
    port = FakeRegisters(kept={})
    desk = seat(port)
    press(desk, OPEN)
    for field in takes_keys(desk.view.opening.panel):
        field.setFocus()
        scan(desk, "033900021261120001820")
    assert port.calls == []
    press(desk, KEY.Key_Escape)
    assert not desk.window.drawer.is_open()
    assert "F9" not in [hint.keys for hint in desk.view.legend()][:1]
    press(desk, KEY.Key_F9)
    assert port.calls == []


def test_the_secret_of_the_second_person_is_never_shown(seat: Seats) -> None:
    desk = seat(FakeRegisters(kept={}))
    press(desk, OPEN)
    assert (
        desk.view.opening.panel.secret.edit.echoMode()
        == desk.view.opening.panel.secret.edit.EchoMode.Password
    )


def test_the_second_person_is_chosen_by_arrows(seat: Seats) -> None:
    third = PersonChoice(EntryId(1, 3), "Lò Thị Hoa", "Tư pháp", NEEDS_PASSWORD)
    people = SimpleNamespace(people=lambda: (*FakePeople().people(), third))
    port = FakeRegisters(kept={})
    desk = seat(port, people)
    press(desk, OPEN)
    for text in ("3", "1775", "bien ban"):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    press(desk, KEY.Key_Down, KEY.Key_Return)
    desk.robot.type("mat khau hai")
    press(desk, KEY.Key_F9)
    assert port.calls[0][1].second == EntryId(1, 3)


# --- the book ---


def test_ctrl_1_goes_to_the_months_and_ctrl_2_back(seat: Seats) -> None:
    desk = seat(FakeRegisters())
    press(desk, (KEY.Key_1, CTRL))
    assert desk.view.month.hasFocus()
    press(desk, (KEY.Key_2, CTRL))
    assert desk.view.table.hasFocus()


def test_who_is_sent_here_for_a_month_sees_that_month(seat: Seats) -> None:
    desk = seat(FakeRegisters())
    desk.window.open_screen("registers", (2026, 10))
    desk.settle()
    assert desk.view.model.month.month == 10
    assert "49.000" in desk.view.model.month.sum_line


def test_a_failed_export_says_why_and_the_book_stays(seat: Seats) -> None:
    port = FakeRegisters()
    desk = seat(port)

    def full(year: int, month: int, kind: str) -> str:
        raise DomainError("Đĩa đã đầy.", "", "Giải phóng chỗ rồi thử lại.", code="disk.full")

    port.export_excel = full  # type: ignore[method-assign]
    press(desk, (KEY.Key_E, CTRL))
    assert "Đĩa đã đầy" in bar(desk)
    assert desk.view.table.isVisible()


def test_a_listener_hears_number_person_paper_and_state(seat: Seats) -> None:
    desk = seat(FakeRegisters())
    rows = desk.view.rows
    heard = " ".join(
        str(rows.data(rows.index(2, column), Qt.ItemDataRole.AccessibleTextRole))
        for column in range(rows.columnCount())
    )
    for words in ("1801", "Mùa Thị Chía", "Học bạ tiểu học", "bản sao thiếu trang"):
        assert words in heard


def test_the_opening_drawer_fits_and_has_names_at_130_percent(themed: QApplication, seat: Seats) -> None:
    themes.apply(themed, Theme("light", 1.3))
    desk = seat(FakeRegisters(kept={}), height=697)
    press(desk, OPEN, KEY.Key_F9)
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []
    assert nameless(desk.window) == []


def test_english_of_book_and_drawer(seat: Seats) -> None:
    i18n.use_language("en")
    desk = seat(FakeRegisters(kept={(2026, 10): october()}))
    said = [desk.view.title(), desk.view.closing._title.text(), desk.view.closing.commit.words()]
    said += [desk.view.rows.headerData(place, Qt.Orientation.Horizontal) for place in range(8)]
    press(desk, OPEN, KEY.Key_F9)
    panel = desk.view.opening.panel
    for field in (panel.year, panel.book, panel.last, panel.ground, panel.secret):
        said += [field.words(), field.error()]
    assert [words for words in said if not str(words).replace("·", "").isascii()] == []
