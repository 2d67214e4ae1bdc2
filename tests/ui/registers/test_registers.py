"""The register page: the book's columns and states, what blocks a closing, three steps, the first opening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.errors import DomainError
from counter_app.services.ports.registers import OpeningForm
from counter_app.ui import i18n
from counter_app.ui.screens.registers import ENTRY
from counter_app.ui.screens.registers.view_model import Check, checks_of, holes_and_doubles
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.pen import FakePen
from tests.support.fakes.registers import (
    BLOCKED,
    PIN,
    FakePeople,
    FakeRegisters,
    day_rows,
    november,
    october,
)
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
)

Seat = Callable[..., Desk]
CLOSES = CLERK | {"close_books"}
OPEN = (KEY.Key_O, CTRL)


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits a registrar down before a fake port."""
    desks: list[Desk] = []

    def sit(
        port: FakeRegisters, permissions: frozenset[str] = CLOSES, size: tuple[int, int] = (1366, 768)
    ) -> Desk:
        desks.append(
            Desk(themed, ENTRY, {"registers": port, "pen": FakePen(), "session": FakePeople()}, permissions)
        )
        return desks[-1].show(*size)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def to_october(desk: Desk) -> None:
    """The month with nothing open."""
    desk.view.model.choose(2026, 10)
    desk.settle()


# --- what is shown ---


def test_the_book_has_the_eight_columns_in_their_order(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    heads = [column.words for column in desk.view.rows.columns]
    assert heads == [
        "Số", "Ngày", "Người yêu cầu", "Tên bản chính", "Người ký, chức danh", "Số bản", "Phí", "Ghi chú",
    ]  # fmt: skip
    spoken = desk.view.rows.row_words(4)
    for part in ("1803", "20/11", "Phàn Tả Sơn", "Thẻ căn cước", "Vàng Văn Thăng, PCT", "12.000\u00a0đ"):
        assert part in spoken


def test_a_struck_number_keeps_its_line_and_its_reason(seat: Seat) -> None:
    rows = seat(FakeRegisters()).view.rows
    assert rows.cell(2, 0).row_kind == "bad"
    assert all(rows.cell(2, column).struck for column in range(7))
    note = rows.cell(2, 7)
    assert (note.text, note.colour, note.struck) == ("Gạch: bản sao thiếu trang, không ký", "bad", False)


def test_unconfirmed_and_unknown_numbers_carry_words_not_only_colour(seat: Seat) -> None:
    rows = seat(FakeRegisters()).view.rows
    assert rows.cell(9, 7).badge[0] == "chưa xác nhận đã ký"
    assert rows.cell(6, 7).badge[0] == "Chưa rõ"
    assert rows.cell(6, 2).text == ""
    assert rows.cell(6, 0).row_kind == "warn"


def test_voided_and_annulled_lines_differ(seat: Seat) -> None:
    states = ("voided", "annulled", "rebuilt")
    lines = tuple(replace(day_rows()[i], state=s, note=s) for i, s in enumerate(states))
    rows = seat(FakeRegisters(kept={(2026, 11): november(rows=lines)})).view.rows
    assert [rows.cell(i, 0).struck for i in range(3)] == [True, False, False]
    assert not any(rows.cell(1, column).struck for column in range(8)), "an annulled line stays readable"
    assert rows.cell(1, 0).row_kind == "warn"
    assert [rows.cell(i, 0).row_kind for i in range(3)] == ["bad", "warn", ""]
    assert [rows.cell(i, 7).colour for i in range(3)] == ["bad", "warn", "text2"]


def test_the_sums_stand_below_and_whose_data_it_is_above(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    assert desk.view.book.sums()[0] == "11 dòng, 9 có giá trị"
    assert "7 đã ký + 2 chưa xác nhận + 1 gạch + 1 chưa rõ" in desk.view.book.sums()[1]
    assert "16 mục chưa ở tỉnh" in desk.view.note.accessibleName()


def test_another_month_is_chosen_and_stays_after_a_change(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    assert [desk.view.month.itemText(i) for i in range(2)] == ["Tháng 11/2026", "Tháng 10/2026"]
    desk.view.month.setCurrentIndex(1)
    desk.view.month.picked.emit(1)
    desk.settle()
    assert desk.view.model.month.month == 10
    desk.window.screens_changed(frozenset({"registers"}))
    desk.settle()
    assert desk.view.model.month.month == 10


def test_alt_down_opens_the_months(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    desk.robot.key(KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.view.month.view().isVisible()
    desk.view.month.hidePopup()


def test_enter_opens_the_acts_of_a_number(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    press(desk, KEY.Key_Return)
    assert desk.window.drawer.title() == "Số 1799"
    texts = [one.text() for one in desk.window.drawer.findChildren(QLabel)]
    assert any("Xác nhận đã ký" in text for text in texts)


def test_a_number_nobody_vouches_for_shows_its_note(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    press(desk, *[KEY.Key_Down] * 6, KEY.Key_Return)
    texts = [one.text() for one in desk.window.drawer.findChildren(QLabel)]
    assert any("máy hỏng" in text for text in texts)


def test_excel_and_pdf_are_written_and_named(seat: Seat) -> None:
    desk = seat(port := FakeRegisters())
    press(desk, (KEY.Key_E, CTRL))
    assert "so-copy-2026-11.xlsx" in bar(desk)
    press(desk, (KEY.Key_P, CTRL))
    assert "so-copy-2026-11.pdf" in bar(desk)
    assert port.calls == [("excel", 2026, 11), ("pdf", 2026, 11)]


# --- closing ---


def test_a_month_with_open_numbers_is_not_closed_and_f9_says_why(seat: Seat) -> None:
    desk = seat(port := FakeRegisters())
    press(desk, KEY.Key_F9)
    assert bar(desk) == BLOCKED
    assert not desk.view.closing.commit.isEnabled()
    assert not desk.window.dialog.is_open()
    assert port.calls == []


def test_three_steps_close_a_month(seat: Seat) -> None:
    desk = seat(port := FakeRegisters())
    to_october(desk)
    assert "bước 1 trong 3" in desk.view.closing.words()
    press(desk, KEY.Key_F9)
    assert "bước 2 trong 3" in desk.view.closing.words()
    assert port.calls == []
    press(desk, KEY.Key_F9)
    assert port.calls == []
    give_pin(desk, PIN)
    assert port.calls == [("close", 2026, 10)]
    assert "đã khóa" in desk.view.closing.words()


def test_escape_goes_back_to_checking(seat: Seat) -> None:
    desk = seat(port := FakeRegisters())
    to_october(desk)
    press(desk, KEY.Key_F9, KEY.Key_Escape)
    assert "bước 1 trong 3" in desk.view.closing.words()
    assert desk.view.on_escape() is False
    assert port.calls == []


def test_another_month_begins_again_with_checking(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    to_october(desk)
    press(desk, KEY.Key_F9)
    desk.view.model.choose(2026, 11)
    desk.settle()
    to_october(desk)
    assert "bước 1 trong 3" in desk.view.closing.words()


def test_a_wrong_pin_closes_nothing_and_asks_again(seat: Seat) -> None:
    desk = seat(port := FakeRegisters())
    to_october(desk)
    press(desk, KEY.Key_F9, KEY.Key_F9)
    give_pin(desk, "111222")
    assert port.calls == []
    give_pin(desk, PIN)
    assert port.calls == [("close", 2026, 10)]


def test_a_closed_month_is_read_only(seat: Seat) -> None:
    desk = seat(port := FakeRegisters(kept={(2026, 10): replace(october(), closed=True)}))
    assert not desk.view.closing.commit.isVisible()
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert not desk.window.dialog.is_open()


def test_without_the_right_nobody_closes(seat: Seat) -> None:
    desk = seat(FakeRegisters(), CLERK)
    to_october(desk)
    press(desk, KEY.Key_F9)
    assert "Không có quyền khóa sổ" in bar(desk)
    assert not desk.view.closing.commit.isEnabled()


def test_a_month_that_became_blocked_while_counting_goes_back(seat: Seat) -> None:
    port = FakeRegisters()
    desk = seat(port)
    to_october(desk)
    press(desk, KEY.Key_F9)
    port.kept[2026, 10] = replace(october(), blocked="Tháng 10 còn 1 số.")
    desk.window.screens_changed(frozenset({"registers"}))
    desk.settle()
    press(desk, KEY.Key_F9)
    assert not desk.window.dialog.is_open()


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((), (0, 0)),
        ((5,), (0, 0)),
        ((5, 6, 7), (0, 0)),
        ((5, 8), (2, 0)),
        ((5, 6, 6), (0, 1)),
        ((9, 5), (3, 0)),
    ],
)
def test_holes_and_doubles(numbers: tuple[int, ...], expected: tuple[int, int]) -> None:
    first = day_rows()[0]
    assert holes_and_doubles(tuple(replace(first, number=n) for n in numbers)) == expected


def test_checks_name_what_is_wrong() -> None:
    signed = day_rows()[0]
    lines = (
        signed,
        replace(signed, number=1802, state="struck", note=""),
        replace(signed, number=1803, state="numbered"),
    )
    kinds = [check.kind for check in checks_of(november(rows=lines))]
    assert kinds == ["warn", "warn", "warn", "ok"]
    assert checks_of(november(rows=lines))[0] == Check("warn", "Thiếu 2 số, trùng 0 số")
    assert [check.kind for check in checks_of(october())] == ["ok"] * 4


# --- opening ---


def fill(desk: Desk, *texts: str) -> None:
    """Types the opening form from its focused field on; Enter goes to the next field."""
    for text in texts:
        desk.robot.type(text)
        press(desk, KEY.Key_Return)


def test_a_register_begins_with_the_paper_books_last_number_and_two_persons(seat: Seat) -> None:
    desk = seat(port := FakeRegisters(kept={}))
    assert desk.view.begin.isVisible()
    press(desk, OPEN)
    fill(desk, "3", "1775", "bien ban", "")
    desk.robot.type("mat khau hai")
    press(desk, KEY.Key_Return)
    assert port.calls == []
    press(desk, KEY.Key_F9)
    expected = OpeningForm(2026, 3, 1775, "bien ban", EntryId(1, 2), "mat khau hai")
    assert port.calls == [("open", expected)]
    assert not desk.window.drawer.is_open()


def test_an_opening_with_holes_says_where(seat: Seat) -> None:
    desk = seat(port := FakeRegisters(kept={}))
    press(desk, OPEN, KEY.Key_F9)
    assert port.calls == []
    panel = desk.view.opening.panel
    assert panel.book.error()
    assert panel.last.error()
    assert panel.secret.error()
    assert panel.book.edit.hasFocus()


def test_the_second_persons_wrong_password_is_told_at_its_field(seat: Seat) -> None:
    refused = DomainError("Mật khẩu chưa đúng. Còn 4 lần.", field="password", code="password.wrong")
    desk = seat(FakeRegisters(kept={}, refuses=refused))
    press(desk, OPEN)
    fill(desk, "3", "1775", "bb", "")
    desk.robot.type("sai roi nhe")
    press(desk, KEY.Key_F9)
    assert "Còn 4 lần" in desk.view.opening.panel.secret.error()


def test_nobody_without_the_right_opens_a_register(seat: Seat) -> None:
    desk = seat(FakeRegisters(kept={}), CLERK)
    assert not desk.view.begin.isVisible()
    press(desk, OPEN)
    assert not desk.window.drawer.is_open()
    assert "Không có quyền mở sổ" in bar(desk)


def test_the_person_at_the_counter_is_not_his_own_second(seat: Seat) -> None:
    desk = seat(FakeRegisters(kept={}))
    press(desk, OPEN)
    assert desk.view.opening.panel.second.count() == 1


# --- states, room, names ---


@pytest.mark.parametrize("suffix", [KEY.Key_Return, KEY.Key_Tab, None])
def test_a_burst_anywhere_closes_and_opens_nothing(seat: Seat, suffix: Qt.Key | None) -> None:
    desk = seat(port := FakeRegisters())
    to_october(desk)
    press(desk, KEY.Key_F9)
    for widget in takes_keys(desk.window):
        widget.setFocus()
        scan(desk, "03390002126112000062", suffix)
        assert not desk.window.dialog.is_open()
    press(desk, OPEN)
    for widget in takes_keys(desk.view.opening.panel):
        widget.setFocus()
        scan(desk, "03390002126112000062", suffix)
    assert port.calls == []


def test_a_book_that_cannot_be_read_says_why(seat: Seat) -> None:
    port = FakeRegisters(trouble=DomainError("Đĩa hỏng.", remedy="Nhấn F5."))
    desk = seat(port)
    assert not desk.view.table.isVisible()
    assert not desk.view.closing.isVisible()
    port.trouble = None
    press(desk, KEY.Key_F5)
    assert desk.view.table.isVisible()


def test_an_empty_month_says_what_fills_it(seat: Seat) -> None:
    empty = november(rows=(), sum_line="Chưa có số nào.", blocked="Tháng 11 chưa có số nào.")
    desk = seat(FakeRegisters(kept={(2026, 11): empty}))
    assert "F7" in desk.view.book._empty.accessibleName()
    assert not desk.view.begin.isVisible()


def test_two_thousand_lines_are_shown_without_holding_the_screen(
    themed: QApplication, seat: Seat, stall_guard: object
) -> None:
    first = day_rows()[0]
    lines = tuple(replace(first, number=n) for n in range(1, 2001))
    port = FakeRegisters(kept={(2026, 11): november(rows=lines, blocked="")})
    desk = seat(port)
    stall_guard.watching = True  # type: ignore[attr-defined]
    press(desk, *[KEY.Key_PageDown] * 8)
    stall_guard.watching = False  # type: ignore[attr-defined]
    press(desk, KEY.Key_End)
    assert desk.view.table.current_row() == 1999


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_fits_the_smallest_screen(themed: QApplication, seat: Seat, scale: float, language: str) -> None:
    i18n.use_language("en" if language == "en" else "vi")
    themes.apply(themed, Theme("light", scale))
    desk = seat(FakeRegisters(), size=(1366, 697))
    assert too_big(desk) == ""
    to_october(desk)
    press(desk, KEY.Key_F9)
    assert too_big(desk) == ""


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_paints(themed: QApplication, seat: Seat, theme: str) -> None:
    themes.apply(themed, Theme(theme))
    assert colours(seat(FakeRegisters())) > 4
    assert colours(seat(FakeRegisters(kept={}))) > 2


def test_everything_that_takes_focus_has_a_name(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    press(desk, OPEN)
    assert nameless(desk.window) == []


def test_keys_go_from_register_to_register_and_the_title_says_which(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    assert desk.view.book.rows.columns[3].words == "Tên bản chính"
    press(desk, KEY.Key_2)
    assert desk.view.model.kind == "signature"
    assert desk.view.title() == "Sổ chứng thực chữ ký, điểm chỉ"
    assert desk.view.begin.isVisible(), "that register is not open yet"
    press(desk, KEY.Key_1)
    assert desk.view.model.month is not None
    assert desk.view.model.month.register == "copy"


def test_the_register_in_front_is_the_one_that_is_opened(seat: Seat) -> None:
    port = FakeRegisters()
    desk = seat(port)
    press(desk, KEY.Key_3)
    press(desk, (KEY.Key_O, CTRL))
    desk.settle()
    panel = desk.view.opening.panel
    panel.book.fill("1")
    panel.last.fill("40")
    panel.secret.fill("matkhau")
    press(desk, KEY.Key_F9)
    (_, form) = port.calls[-1]
    assert (form.kind, form.last_number) == ("translator", 40)
