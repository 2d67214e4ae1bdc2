"""What stands in the frame ends when it is no longer true, and what is typed never goes without a word."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.errors import DomainError
from counter_app.services.ports.program import Program
from counter_app.ui.application import Application
from counter_app.ui.draft_keeper import DraftKeeper
from counter_app.ui.screens.contract import BarAction
from counter_app.ui.shell.window import Window
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.screen import PAGE_MARGINS
from tests.ui.robot import Robot
from tests.ui.samples import build_window
from tests.ui.test_application import CLERK, ENTRIES, SIGNER, FakeProgram

Desk = tuple[Window, Robot]
KEY = Qt.Key
DISK = DomainError("Ổ đĩa đầy.", "Chưa lưu được.", "Dọn chỗ rồi nhấn F9.", title_en="Disk full.")


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    window = build_window()
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    robot = Robot(themed, window)
    yield window, robot
    robot.leave()
    window.close()
    window.deleteLater()


@pytest.fixture
def application(themed: QApplication, qtbot: QtBot) -> Iterator[Application]:
    made = Application(themed, entries=ENTRIES)
    made.window.show()
    made.attach(cast(Program, FakeProgram()))
    qtbot.waitUntil(made.window.is_covered)
    made.window.signed_in(CLERK)
    qtbot.waitUntil(lambda: not made.background.busy())
    yield made
    assert made.close()
    made.window.close()
    made.window.deleteLater()


def open_form(window: Window) -> Field:
    """A form with two fields in the drawer, the first of them filled by the program."""
    holder, filled, typed = QWidget(), Field("Năm"), Field("Số")
    column = QVBoxLayout(holder)
    for field in (filled, typed):
        column.addWidget(field)
    filled.fill("2026")
    holder.setFocusProxy(typed.edit)
    window.open_panel("Mở sổ từ sổ giấy", holder)
    return typed


def press(window: Window, words: str) -> None:
    (found,) = [b for b in window.findChildren(Button) if b.words() == words and b.isVisible()]
    found.click()


# --- an error that was overtaken ---


def test_the_error_of_a_page_goes_with_the_page(desk: Desk) -> None:
    window, _ = desk
    window.show_error(DISK)
    window.open_screen(window.current_name())
    assert window.bar.is_error(), "the same page, nothing changed"
    window.open_screen("copies")
    assert window.bar.words() == ""


def test_a_fact_crosses_to_the_next_page(desk: Desk) -> None:
    window, _ = desk
    window.tell("Đã lưu 02-0018, đã in phiếu.")
    window.open_screen("copies")
    assert window.bar.words() == "Đã lưu 02-0018, đã in phiếu."


def test_reading_again_takes_the_error_away(desk: Desk) -> None:
    window, robot = desk
    window.show_error(DISK)
    robot.key(KEY.Key_F5)
    assert not window.bar.is_error()


def test_the_next_act_that_succeeds_takes_the_error_away(application: Application, qtbot: QtBot) -> None:
    bar = application.window.bar
    application.window.show_error(DISK)
    application.background.run_query(lambda: None, lambda _read: None)
    qtbot.waitUntil(lambda: not application.background.busy())
    assert bar.is_error(), "reading is no act"
    application.background.run_change(lambda: 1 // 0, lambda _done: None, lambda _error: None)
    qtbot.waitUntil(lambda: not application.background.busy())
    assert bar.is_error(), "it failed again"
    application.background.run_change(lambda: None, lambda _done: None)
    qtbot.waitUntil(lambda: not application.background.busy())
    assert bar.words() == ""


def test_what_an_act_says_of_itself_stays(application: Application, qtbot: QtBot) -> None:
    window = application.window
    application.background.run_change(lambda: None, lambda _done: window.show_error(DISK))
    qtbot.waitUntil(lambda: not application.background.busy())
    assert window.bar.is_error()


def test_a_draft_that_is_kept_is_no_act(application: Application, qtbot: QtBot) -> None:
    keeper = DraftKeeper(lambda _form: 1, application.background)
    application.window.show_error(DISK)
    keeper.put(SimpleNamespace())
    qtbot.waitUntil(lambda: keeper.at == 1)
    assert application.window.bar.is_error()


# --- a change of seat ---


@pytest.mark.parametrize("told", ["fact", "error", "undo"])
def test_the_next_person_does_not_read_what_the_last_one_was_told(
    application: Application, qtbot: QtBot, told: str
) -> None:
    window = application.window
    undone: list[str] = []
    if told == "error":
        window.show_error(DISK)
    elif told == "undo":
        window.tell_undo("Đã xóa dòng 3.", lambda: undone.append("3"))
    else:
        window.tell("Đã lưu 02-0018.", seconds=0)
    window.lock()
    qtbot.waitUntil(window.is_covered)
    window.signed_in(SIGNER)
    assert window.bar.words() == ""
    assert not window.bar.undo()
    assert undone == []


def test_who_only_locked_finds_his_sentence_again(application: Application, qtbot: QtBot) -> None:
    window = application.window
    window.tell("Đã lưu 02-0018.", seconds=0)
    window.lock()
    qtbot.waitUntil(window.is_covered)
    window.signed_in(CLERK)
    assert window.bar.words() == "Đã lưu 02-0018."


# --- what is typed in the drawer ---


def test_esc_closes_a_form_in_which_nothing_was_typed(desk: Desk) -> None:
    window, robot = desk
    open_form(window)
    robot.key(KEY.Key_Escape)
    assert not window.drawer.is_open()
    assert not window.dialog.is_open()


def test_esc_names_the_loss_and_esc_again_keeps_the_form(desk: Desk) -> None:
    window, robot = desk
    field = open_form(window)
    robot.type("1842")
    robot.key(KEY.Key_Escape)
    assert window.drawer.is_open()
    assert window.dialog.is_open()
    said = [one.text() for one in window.dialog.findChildren(QWidget) if hasattr(one, "text")]
    assert "Bỏ phần đang nhập: Mở sổ từ sổ giấy?" in said
    assert "1 ô đã nhập sẽ mất." in said
    robot.key(KEY.Key_Escape)
    assert (field.text(), window.drawer.is_open(), window.dialog.is_open()) == ("1842", True, False)
    assert robot.focus() is field.edit
    robot.key(KEY.Key_Escape)
    robot.key(KEY.Key_F9)
    assert not window.drawer.is_open()


@pytest.mark.parametrize("way", ["button", "screen key", "help", "scan", "rail"])
def test_no_other_way_out_drops_what_was_typed(desk: Desk, way: str) -> None:
    window, robot = desk
    scanned: list[str] = []
    window.scan_unclaimed.connect(scanned.append)
    field = open_form(window)
    robot.type("1842")
    if way == "button":
        press(window, "Đóng")
    elif way == "screen key":
        robot.key(KEY.Key_F4)
    elif way == "help":
        robot.key(KEY.Key_F1)
    elif way == "scan":
        window.takes_scan("12345678901234567890")
    else:
        window.rail.chosen.emit("copies")
    assert window.dialog.is_open()
    assert (field.text(), scanned, window.current_name()) == ("1842", [], "home")
    robot.key(KEY.Key_F9)
    assert window.current_name() == ("copies" if way in ("screen key", "rail") else "home")
    assert scanned == (["12345678901234567890"] if way == "scan" else [])
    assert window.drawer.is_open() == (way == "help")


def test_a_field_emptied_again_holds_nothing(desk: Desk) -> None:
    window, robot = desk
    field = open_form(window)
    robot.type("1")
    robot.key(KEY.Key_Backspace)
    assert window.drawer.typed() == 0
    robot.type("18")
    assert window.drawer.typed() == 1
    assert isinstance(field.edit, QLineEdit)


# --- where the bar stands ---


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("kind", ["fact", "button", "error"])
def test_the_bar_covers_nothing_that_stands_on_the_page(
    themed: QApplication, scale: float, kind: str
) -> None:
    themes.apply(themed, Theme("light", scale))
    window = build_window()
    try:
        window.resize(1366, 697)
        window.show()
        window.open_screen("copies")
        themed.processEvents()
        window.tell("Đã lưu 02-0016.", (BarAction("In lại", lambda: None, "P"),))
        if kind == "error":
            window.show_error(DISK)
        elif kind == "fact":
            window.tell("Đã lưu 02-0018, đã in phiếu.")
        themed.processEvents()
        bar, page = window.bar, window._screens
        bottom_of_page = page.y() + page.height() - PAGE_MARGINS[3]
        assert bar.y() >= bottom_of_page - 1
        assert bar.geometry().bottom() < window.height()
        said = [b.words() for b in bar.findChildren(Button) if b.isVisible()]
        assert said == {"fact": [], "button": ["In lại"], "error": ["Đóng"]}[kind]
    finally:
        window.close()
        window.deleteLater()
        themes.apply(themed, Theme())


def test_long_words_take_two_lines_and_no_more_height_than_these(desk: Desk) -> None:
    window, _ = desk
    window.show_error(DomainError("Ổ đĩa đầy, chưa lưu được. " * 8, code="disk"))
    QApplication.processEvents()
    words = window.bar._words
    assert words.height() >= words.heightForWidth(words.width())
    assert window.bar.height() <= max(words.heightForWidth(words.width()), 36) + 12, window.bar.height()
    assert window.bar.geometry().right() < window.width() - 200
