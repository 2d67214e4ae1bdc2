"""Settings by keys: choices by arrows, F9 keeps them, Esc takes back what was not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.decisions import POLICIES
from counter_app.services.ports.settings import IDLE_CHOICES, LANGUAGES, SCALES, THEME_CODES, PcSettings
from counter_app.ui import i18n
from counter_app.ui.screens.settings import ENTRY, words
from counter_app.ui.screens.settings.secret_panel import PASSWORD, PIN
from counter_app.ui.screens.settings.words_panel import WordsPanel
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import Button
from tests.support.fakes.session import FakeSession
from tests.support.fakes.settings import FakeSettings
from tests.ui.desk import Desk

KEY = Qt.Key
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeSettings, session: FakeSession | None = None) -> Desk:
        ports = {"settings": port, "session": session or FakeSession()}
        desks.append(Desk(themed, ENTRY, ports, frozenset({"settings"})))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()


def press(desk: Desk, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        desk.robot.key(key)
        desk.settle()


def test_what_is_kept_stands_on_the_page(seat: Seat) -> None:
    kept = PcSettings(
        "high_contrast", 130, "en", letter_keys=False, sounds=False, idle_minutes=15,
        on_the_move=True,
    )  # fmt: skip
    desk = seat(FakeSettings(kept))
    assert desk.view.chosen() == kept


def test_arrows_choose_and_f9_keeps(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port)
    press(desk, KEY.Key_Right)
    press(desk, KEY.Key_Tab)
    press(desk, KEY.Key_Right, 2)
    assert port.kept == []
    press(desk, KEY.Key_F9)
    assert [(one.theme, one.scale) for one in port.kept] == [("dark", 130)]
    assert desk.window.bar.words() == "Đã lưu cài đặt của máy này."


def test_tab_goes_through_all_choices_in_reading_order(seat: Seat, themed: QApplication) -> None:
    desk = seat(FakeSettings())
    seen = []
    for _ in range(6):
        focus = themed.focusWidget()
        assert focus is not None
        parent = focus.parentWidget()
        assert parent is not None
        seen.append(parent.accessibleName())
        press(desk, KEY.Key_Tab)
    assert seen == [
        "Giao diện", "Cỡ chữ", "Ngôn ngữ", "Phím chữ cái trong danh sách", "Âm thanh", "Tự khóa màn hình sau",
    ]  # fmt: skip


def test_esc_takes_back_what_was_not_kept(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port)
    press(desk, KEY.Key_Right)
    assert desk.view.chosen().theme == "dark"
    press(desk, KEY.Key_Escape)
    assert desk.view.chosen() == port.now
    assert port.kept == []


def test_a_burst_and_enter_keep_nothing(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port)
    for _ in range(6):
        desk.robot.burst("0339000212611200018")
        press(desk, KEY.Key_Return)
        press(desk, KEY.Key_Tab)
    assert port.kept == []
    assert desk.view.chosen() == port.now


def test_settings_of_the_unit_say_value_since_when_by_whom_and_why(seat: Seat) -> None:
    desk = seat(FakeSettings())
    texts = [text.text().replace("\u00a0", " ") for text in desk.view.unit.findChildren(QLabel)]
    assert "Cảnh báo" in texts
    assert "mặc định, lãnh đạo quyết định" in texts
    assert "đơn vị đã đặt" in texts
    assert "từ 03/02/2026 08:05 · Giàng A Chiến (tập huấn) · Quy chế 2026" in texts
    assert "500 đ một trang" in texts
    assert any("700 đ một trang (sắp áp dụng): từ 01/01/2027" in text for text in texts)


def test_who_helps_is_shown(seat: Seat) -> None:
    desk = seat(FakeSettings())
    assert desk.view.support.text() == "Tổ công nghệ số (tập huấn) · 0213 000 000"
    bare = seat(FakeSettings(PcSettings()))
    assert bare.view.support.text() == ""


def test_who_helps_is_written_and_kept_by_f9_alone(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port)
    desk.view.support.edit.setFocus()
    desk.view.support.edit.clear()
    desk.view.support.edit.insert("0213 111 222")  # typed this fast it would be a scanner
    QTest.keyClick(desk.view.support.edit, KEY.Key_Return)
    assert port.kept == []
    press(desk, KEY.Key_F9)
    assert [one.support for one in port.kept] == ["0213 111 222"]
    assert port.kept[0].theme == "light"


def test_esc_takes_back_a_number_that_was_not_kept(seat: Seat) -> None:
    desk = seat(FakeSettings())
    desk.view.support.fill("khác")
    press(desk, KEY.Key_Escape)
    assert desk.view.support.text() == "Tổ công nghệ số (tập huấn) · 0213 000 000"


def test_every_choice_and_every_setting_of_a_unit_has_words(themed: QApplication) -> None:
    assert tuple(code for code, _ in words.themes()) == THEME_CODES
    assert tuple(int(code) for code, _ in words.scales()) == SCALES
    assert tuple(code for code, _ in words.languages()) == LANGUAGES
    assert tuple(int(code) for code, _ in words.idle()) == IDLE_CHOICES
    for code, values in POLICIES.items():
        assert words.unit_setting(code) != code
        assert words.unit_meaning(code) != ""
        assert all(words.unit_value(code, value) != value for value in values)
    assert words.unit_value("new", "x") == "x"


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.3), ("high_contrast", 1.3)])
def test_it_fits_the_small_screen(seat: Seat, themed: QApplication, theme: str, scale: float) -> None:
    themes.apply(themed, Theme(theme, scale))
    desk = seat(FakeSettings())
    least = desk.show(1366, 697).window.minimumSizeHint()
    themes.apply(themed, Theme())
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least


def test_english_is_spoken(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(FakeSettings())
    assert desk.view.title() == "Settings"
    assert desk.view.commit.words() == "Save settings"
    i18n.use_language("vi")


def test_focus_follows_the_choice_that_was_read(seat: Seat, themed: QApplication) -> None:
    port = FakeSettings(PcSettings("high_contrast"))
    desk = seat(port)
    focus = themed.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Tương phản cao"
    port.now = PcSettings("dark")
    desk.view.model.read()
    desk.settle()
    assert themed.focusWidget().accessibleName() == "Tối"  # type: ignore[union-attr]


OLD, NEW_PIN, NEW = "tap huan 2026", "804615", "mot cau moi 2026"


def typed(desk: Desk, *texts: str) -> None:
    """One field after another, Enter between them, F9."""
    for text in texts:
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    press(desk, KEY.Key_F9)


def test_the_own_pin_is_changed_in_the_drawer_and_nothing_else_is_kept(seat: Seat) -> None:
    port, session = FakeSettings(), FakeSession()
    desk = seat(port, session)
    desk.window.has_pin = False
    desk.view.open_secret(PIN)
    typed(desk, OLD, NEW_PIN, NEW_PIN)
    assert session.pins == [("pin", OLD, NEW_PIN, NEW_PIN)]
    assert port.kept == []
    assert desk.window.bar.words() == "Đã đổi PIN."
    assert desk.window.has_pin
    press(desk, KEY.Key_F9)
    assert len(port.kept) == 1, "with the drawer closed F9 keeps the choices again"


def test_a_password_keeps_its_spaces(seat: Seat) -> None:
    session = FakeSession()
    desk = seat(FakeSettings(), session)
    desk.view.open_secret(PASSWORD)
    typed(desk, OLD, f" {NEW} ", f" {NEW} ")
    assert session.pins == [("password", OLD, f" {NEW} ", f" {NEW} ")]


@pytest.mark.parametrize(("field", "place"), [("password", 0), ("new", 1), ("pin", 1), ("repeated", 2)])
def test_a_refusal_stands_at_its_field_and_goes_with_the_next_f9(seat: Seat, field: str, place: int) -> None:
    session = FakeSession()
    session.refuse = DomainError("Chưa đúng.", field=field, code="password.wrong", title_en="wrong")
    desk = seat(FakeSettings(), session)
    desk.view.open_secret(PASSWORD)
    typed(desk, OLD, NEW, NEW)
    panel = desk.view._secret
    shown = [one.error() for one in (panel.password, panel.new, panel.repeated)]
    assert [bool(words) for words in shown] == [one == place for one in range(3)]
    session.refuse = None
    press(desk, KEY.Key_F9)
    assert desk.window.bar.words() == "Đã đổi mật khẩu."


def test_esc_leaves_the_drawer_before_the_page(seat: Seat) -> None:
    session = FakeSession()
    desk = seat(FakeSettings(), session)
    desk.view.open_secret(PIN)
    desk.robot.type(OLD)
    press(desk, KEY.Key_Escape)
    press(desk, KEY.Key_F9)
    assert session.pins == []


def words_drawer(desk: Desk) -> WordsPanel:
    """The drawer of short words, opened by its button."""
    (button,) = [one for one in desk.view.findChildren(Button) if one.accessibleName() == "Sửa tên tắt"]
    button.setFocus()
    press(desk, KEY.Key_Space)
    panel: WordsPanel = desk.view._words
    return panel


def test_a_short_word_is_set_and_taken_away_by_keys(themed: QApplication) -> None:
    port = FakeSettings()
    ports = {"settings": port, "session": FakeSession()}
    desk = Desk(themed, ENTRY, ports, frozenset({"settings", "take_in"})).show()
    panel = words_drawer(desk)
    assert panel.known.text() == "tkb — Thời khóa biểu"
    assert desk.robot.focus() is panel.word.edit
    desk.robot.type("gnh")
    press(desk, KEY.Key_Return)
    desk.robot.type("giay nhap hoc")
    press(desk, KEY.Key_F9)
    assert panel.known.text().endswith("gnh — giay nhap hoc")
    assert port.kept == [], "F9 keeps the word, not the page"
    assert desk.robot.focus() is panel.word.edit
    desk.robot.type("tkb")
    press(desk, KEY.Key_F9)
    assert [one.word for one in port.words] == ["gnh"]
    press(desk, KEY.Key_Escape)
    assert not panel.isVisible()
    desk.close()


def test_a_word_that_means_something_else_is_refused_under_its_field(themed: QApplication) -> None:
    ports = {"settings": FakeSettings(), "session": FakeSession()}
    desk = Desk(themed, ENTRY, ports, frozenset({"settings", "take_in"})).show()
    panel = words_drawer(desk)
    desk.robot.type("hb")
    press(desk, KEY.Key_Return)
    desk.robot.type("ho bo")
    press(desk, KEY.Key_F9)
    assert panel.word.error().startswith("“hb” đang là Học bạ.")
    assert panel.word.text() == "hb", "what was typed is kept"
    assert desk.errors == []
    desk.close()


def test_who_takes_nothing_in_sets_no_words(seat: Seat) -> None:
    desk = seat(FakeSettings())
    assert "Sửa tên tắt" not in [one.accessibleName() for one in desk.view.findChildren(Button)]
