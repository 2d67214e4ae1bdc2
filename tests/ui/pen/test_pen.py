"""The pen desk as two persons work it: recover, settle, rule; F9 alone commits, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from counter_app.domain.errors import DomainError
from counter_app.ui import i18n
from counter_app.ui.screens.pen import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.exchange import FakeExchange
from tests.support.fakes.pen import (
    BACK_TWICE,
    DOUBLE,
    ELSEWHERE,
    KEPT,
    OTHER,
    PEOPLE,
    RECOVERED,
    SECRET,
    FakePen,
    recovered,
)
from tests.support.fakes.signing import FakeSigning
from tests.ui import robot
from tests.ui.desk import SIGNER, Desk
from tests.ui.screen_checks import CTRL, KEY, Press, bar, colours, nameless, press, scan, takes_keys, too_big

Seat = Callable[..., Desk]
LEADER = SIGNER | {"two_persons_first"}
TO_ACTS, TO_LIST, TO_DOUBLES = (KEY.Key_4, CTRL), (KEY.Key_2, CTRL), (KEY.Key_3, CTRL)


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits a leader down before a fake port."""
    desks: list[Desk] = []

    def sit(
        port: FakePen, width: int = 1366, height: int = 768, scale: float = 1.0, name: str = "light"
    ) -> Desk:
        if (scale, name) != (1.0, "light"):
            themes.apply(themed, Theme(name, scale))
        ports = {"pen": port, "exchange": FakeExchange(), "signing": FakeSigning()}
        desks.append(Desk(themed, ENTRY, ports, LEADER, "QUẦY-01"))
        return desks[-1].show(width, height)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


RECOVERY = (TO_ACTS, KEY.Key_Down, KEY.Key_Return)
"""Where the pen is elsewhere: files first, recovery below."""


def type_in(desk: Desk, *texts: str) -> None:
    """One text a field, Enter between them."""
    for text in texts:
        desk.robot.type(text)
        press(desk, KEY.Key_Return)


def fill_recovery(desk: Desk, secret: str = SECRET, on_paper: str = "1850") -> None:
    press(desk, *RECOVERY)
    type_in(desk, on_paper, "6")
    press(desk, KEY.Key_Return)  # the number to go on at stays as computed
    type_in(desk, "Máy hỏng nguồn")
    press(desk, KEY.Key_Return)  # the second person as chosen
    desk.robot.type(secret)


def test_the_card_says_where_numbers_are_given(seat: Seat) -> None:
    desk = seat(FakePen())
    assert desk.view.parts.holder._holder.text() == "BÀN KÝ"
    assert desk.view.parts.holder._badge.words() == "Ở máy khác"
    assert "1841" in desk.view.parts.holder._facts.text()
    assert "6 phiếu" in desk.view.parts.holder._facts.text()
    assert not desk.view.parts.commit.isVisible()


def test_the_least_number_follows_what_is_typed_and_a_raised_one_stays(seat: Seat) -> None:
    desk = seat(FakePen())
    form = desk.view.parts.recovery
    press(desk, *RECOVERY)
    assert (form.waiting.text(), form.resume.text()) == ("6", "1862")
    type_in(desk, "1850")
    assert form.resume.text() == str(1850 + 6 + 15)
    type_in(desk, "9")
    assert form.resume.text() == str(1850 + 9 + 15)
    desk.robot.type("1900")
    press(desk, (KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier))
    type_in(desk, "10")
    assert form.resume.text() == "1900"
    press(desk, (KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier))
    type_in(desk, "2")
    assert form.waiting.text() == "6"


def test_two_persons_recover_with_one_f9(seat: Seat) -> None:
    desk = seat(port := FakePen())
    fill_recovery(desk)
    assert port.calls == []
    press(desk, KEY.Key_F9)
    ((what, form),) = port.calls
    assert what == "recover"
    assert (form.highest_on_paper, form.waiting_there, form.resume_at, form.ground) == (
        1850, 6, 1871, "Máy hỏng nguồn",
    )  # fmt: skip
    assert form.second == PEOPLE[0].official
    assert "7 số chưa rõ" in bar(desk)
    assert desk.view.parts.form is None
    assert desk.view.parts.recovery.secret.text() == ""
    assert len(desk.view.parts.unknown_rows.rows()) == 7


def test_a_wrong_secret_stands_at_its_field_and_nothing_is_recovered(seat: Seat) -> None:
    desk = seat(port := FakePen())
    fill_recovery(desk, "sai")
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert "Mật khẩu" in desk.view.parts.recovery.secret.error()
    assert desk.view.parts.recovery.secret.edit.hasFocus()
    assert desk.view.parts.recovery.ground.text() == "Máy hỏng nguồn"
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    assert [call[0] for call in port.calls] == ["recover"]


def test_empty_and_wordy_fields_are_named_before_anything_is_asked(seat: Seat) -> None:
    desk = seat(port := FakePen())
    press(desk, *RECOVERY, KEY.Key_F9)
    form = desk.view.parts.recovery
    assert form.highest.error()
    assert form.secret.error()
    assert form.highest.edit.hasFocus()
    desk.robot.type("hai")
    press(desk, KEY.Key_F9)
    assert form.highest.error() == "Chỉ nhập số."
    assert port.calls == []


def test_the_secret_is_never_shown(seat: Seat) -> None:
    desk = seat(FakePen())
    assert desk.view.parts.recovery.secret.edit.echoMode() == QLineEdit.EchoMode.Password


def test_without_a_second_person_words_say_so(seat: Seat) -> None:
    desk = seat(port := FakePen(people=()))
    fill_recovery(desk)
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert "người thứ hai" in bar(desk)


def test_where_the_pen_is_here_there_is_nothing_to_recover(seat: Seat) -> None:
    desk = seat(FakePen((replace(RECOVERED, unknown_count=0, doubles=0),)))
    assert [act.code for act in desk.view.parts.overview.rows.rows()] == ["pass", "to_paper"]


def test_a_number_is_rebuilt_from_its_slip(seat: Seat) -> None:
    desk = seat(port := recovered())
    press(desk, TO_LIST, KEY.Key_Down, KEY.Key_Return)
    assert desk.view.parts.commit.words() == "Ghi số 1843"
    type_in(desk, "phiếu 01-0002", "Lò Văn Tập", "Giấy khai sinh", "2", "4000", "20/11/2026")
    desk.robot.type("Vàng Văn Thăng")
    press(desk, KEY.Key_F9)
    ((what, form),) = port.calls
    assert what == "rebuilt"
    assert (form.number, form.evidence, form.name, form.copies, form.fee, form.day) == (
        1843, "phiếu 01-0002", "Lò Văn Tập", 2, 4000, "20/11/2026",
    )  # fmt: skip
    assert [one.number for one in desk.view.parts.unknown_rows.rows()] == [1842, *range(1844, 1849)]
    assert desk.view.parts.unknown.hasFocus()


def test_the_service_names_the_wrong_field(seat: Seat) -> None:
    desk = seat(port := recovered())
    press(desk, TO_LIST, KEY.Key_Return)
    type_in(desk, "phiếu", "Lò Văn Tập", "Giấy khai sinh", "2", "", "32/11/2026")
    desk.robot.type("Vàng Văn Thăng")
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert "32/11/2026" in desk.view.parts.settle.day.error()


def test_a_number_is_voided_with_its_minutes_and_the_next_keeps_them(seat: Seat) -> None:
    desk = seat(port := recovered())
    press(desk, TO_LIST, KEY.Key_Return)
    desk.view.parts.settle.how.choose("void")
    assert desk.view.parts.commit.words() == "Hủy số 1842"
    press(desk, KEY.Key_F9)
    assert port.calls == []
    desk.robot.type("BB 12/2026")
    press(desk, KEY.Key_F9, KEY.Key_Return)
    assert desk.view.parts.settle.number == 1843
    assert desk.view.parts.settle.minutes.text() == "BB 12/2026"
    press(desk, KEY.Key_F9)
    assert [call[2:] for call in port.calls] == [(1842, "BB 12/2026"), (1843, "BB 12/2026")]


def test_the_line_of_the_bar_stands_and_the_other_is_struck(seat: Seat) -> None:
    desk = seat(port := recovered())
    press(desk, TO_DOUBLES, KEY.Key_Down, KEY.Key_Return)
    assert "Phàn Thị Sểnh" in desk.view.parts.ruling._words.text()
    press(desk, KEY.Key_F9)
    assert port.calls == []
    desk.robot.type("Bản ở BÀN KÝ đã trao")
    press(desk, KEY.Key_F9)
    assert port.calls == [("rule", DOUBLE.number, OTHER.line, KEPT.line, "Bản ở BÀN KÝ đã trao")]
    assert desk.view.parts.double_rows.rows() == ()


def test_escape_puts_the_form_aside_and_keeps_what_was_typed(seat: Seat) -> None:
    desk = seat(port := FakePen())
    fill_recovery(desk)
    press(desk, KEY.Key_Escape)
    assert desk.view.parts.form is None
    press(desk, KEY.Key_F9)
    assert port.calls == []
    press(desk, *RECOVERY)
    assert desk.view.parts.recovery.ground.text() == "Máy hỏng nguồn"


def test_a_scan_with_enter_into_any_field_commits_nothing(seat: Seat) -> None:
    desk = seat(port := FakePen())
    press(desk, *RECOVERY)
    for field in dict.fromkeys(desk.view.parts.recovery.fields.values()):
        field.edit.setFocus()
        scan(desk, "033900021261120001820")
        press(desk, KEY.Key_Return)
    assert port.calls == []


def test_another_year_is_chosen(seat: Seat) -> None:
    desk = seat(
        FakePen((ELSEWHERE, replace(ELSEWHERE, register=KEPT.line, year=2025, holder="QUẦY-02", closed=True)))
    )
    picker = desk.view.parts.holder.registers
    assert picker.isVisible()
    picker.picked.emit(1)
    desk.settle()
    assert desk.view.parts.holder._holder.text() == "QUẦY-02"
    assert desk.view.parts.holder._badge.words() == "Sổ đã khóa"


def test_numbers_used_on_paper_are_named(seat: Seat) -> None:
    desk = seat(FakePen((replace(RECOVERED, to_enter="1858-1860"),)))
    assert "1858-1860" in desk.view.parts.holder._open.text()


def test_a_reading_that_fails_says_so_and_no_register_says_how_to_begin(seat: Seat) -> None:
    desk = seat(FakePen(trouble=DomainError("Chưa đọc được sổ.", "", "Nhấn F5.", code="x")))
    assert desk.view.parts.unknown_stack.currentWidget().accessibleName().startswith("Chưa đọc được sổ.")
    other = seat(FakePen(()))
    assert "Mở sổ" in other.view.parts.overview.words()
    assert not other.view.parts.holder.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("keys", [RECOVERY, (TO_LIST, KEY.Key_Return), (TO_DOUBLES, KEY.Key_Return)])
def test_it_fits_and_nothing_is_squeezed(seat: Seat, scale: float, keys: tuple[Press, ...]) -> None:
    port = FakePen() if keys == RECOVERY else recovered()
    desk = seat(port, 1366, 697, scale)
    press(desk, *keys)
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_is_painted_and_all_has_a_name(seat: Seat, name: str) -> None:
    desk = seat(recovered(), name=name)
    assert colours(desk) > 6
    assert nameless(desk.view) == []
    assert takes_keys(desk.view)


def test_english_is_complete_on_the_page(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(recovered())
    assert desk.view.title() == "Pen and registers"
    assert desk.view.parts.holder._badge.words() == "At this PC"


def test_sheets_that_two_pcs_took_back_are_said_with_both_numbers(seat: Seat) -> None:
    view = seat(FakePen((BACK_TWICE,))).view
    texts = (one.text() for one in view.findChildren(QLabel))
    (said,) = [text for text in texts if "cùng nhận lại tờ sổ" in text]
    assert said.startswith("Hai máy cùng nhận lại tờ sổ: QUẦY-01 (1844), BÀN KÝ (1846). Đối chiếu")
    assert said.endswith("phân xử số trùng.")
