"""The shell joined with a program: sign-in, lock, another person, figures of the frame, scans and search."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from counter_app.domain.errors import DomainError
from counter_app.services.ports import exchange
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.services.ports.program import Program
from counter_app.services.ports.session import CounterInfo, Session
from counter_app.services.ports.settings import PcSettings
from counter_app.ui import i18n
from counter_app.ui.application import Application, build_application
from counter_app.ui.errors import hook_into
from counter_app.ui.preferences import Preferences, preferences_of
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry
from counter_app.ui.shell.not_opened import NotOpened
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.screen import Screen
from sync.protocol.naming.ids import EntryId, Journal, Seq
from tests.ui.samples import SampleCopies, SampleHome, SampleStates

NOW = 1_795_145_040_000


def person(number: int, name: str, *permissions: str) -> Session:
    official = EntryId(Journal(257), Seq(number))
    return Session(official, name, "Công chức", ("intake",), frozenset(permissions), NOW, 10)


CLERK = person(1, "Lù Thị Mai", "copies")
SIGNER = person(2, "Vàng Văn Thăng", "sign")


class FakeProgram:
    """Answers at once; remembers on which thread it was asked."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.threads: set[threading.Thread] = set()
        self.locked = 0
        self.scans = {"1": ScanResult("request", "1", "Phiếu 02-0017"), "2": ScanResult("unknown", "2", "")}
        self.read = 100
        self.pill = exchange.Pill(exchange.OFFLINE, "Ngoại tuyến · 14 chưa ở tỉnh", 3)
        unit = "UBND xã Bình Lư"
        info = CounterInfo("00000", unit, unit, "QUẦY-02", 2, True)
        self.left = 0
        self.reminders: tuple[str, ...] = ("Còn 3 số đã cấp chưa xác nhận đã ký.", "Còn 14 mục chưa ở tỉnh.")
        self.session = SimpleNamespace(
            counter=self._noted(lambda: info), lock=self._noted(self._lock),
            reminders=self._noted(lambda: self.reminders), sign_out=self._noted(self._sign_out),
        )  # fmt: skip
        self.home = SimpleNamespace(
            badges=self._noted(lambda: {"copies": 4}),
            scan=self._noted(lambda code: self.scans[code[0]]),
            search=self._noted(lambda text: (SearchHit("request", text.upper(), "02-0017", "copies"),)),
        )
        self.pc = PcSettings("light")
        self.settings = SimpleNamespace(pc=self._noted(lambda: self.pc))
        self.exchange = SimpleNamespace(
            pill=self._noted(lambda: self.pill), try_now=self._noted(lambda: "Chưa có mạng.")
        )

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        self.listeners.append(listener)

    def percent_read(self) -> int:
        return self.read

    def now(self) -> int:
        self.threads.add(threading.current_thread())
        return NOW

    def _lock(self) -> None:
        self.locked += 1

    def _sign_out(self) -> tuple[str, ...]:
        self.left += 1
        return self.reminders

    def _noted(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any) -> Any:
            self.threads.add(threading.current_thread())
            return work(*arguments)

        return noted


class SignIn(Screen):
    """Stands for the sign-in screen."""

    def title(self) -> str:
        return "Đăng nhập"


def entry(name: str, key: str, load: Callable[[ScreenContext], Screen], permission: str = "") -> ScreenEntry:
    return ScreenEntry(name, name, permission, key, "home", load, on_rail=name != "signin")


ENTRIES = (
    entry("signin", "", SignIn),
    entry("home", "F2", SampleHome),
    entry("copies", "F4", SampleCopies, "copies"),
    entry("handover", "F6", SampleStates),
    entry("signing", "F7", SampleStates, "sign"),
    entry("sync", "", SampleStates),
)
Running = tuple[Application, FakeProgram]


@pytest.fixture
def running(themed: QApplication, qtbot: QtBot) -> Iterator[Running]:
    program = FakeProgram()
    application = Application(themed, entries=ENTRIES)
    application.window.resize(1366, 768)
    application.window.show()
    QTest.qWaitForWindowActive(application.window)
    application.attach(cast(Program, program))
    qtbot.waitUntil(application.window.is_covered)
    yield application, program
    assert application.close()
    application.window.close()
    application.window.deleteLater()
    themes.apply(themed, Theme())
    assert threading.main_thread() not in program.threads


def settled(application: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not application.background.busy())


def test_the_frame_stands_before_the_store_is_open(themed: QApplication) -> None:
    application = Application(themed, entries=ENTRIES)
    application.window.show()
    assert application.window.grab().width() > 0
    assert application.window.current_view() is None
    assert application.close()


def test_sign_in_covers_then_the_rail_of_the_person_stands(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    assert not application.window.is_covered()
    assert application.window.current_name() == "home"
    assert application.window.rail.name_for_key("F4") == "copies"
    assert application.window.rail.name_for_key("F7") == ""
    settled(application, qtbot)
    assert application.window.top.sync.state().kind == "wait"
    assert application.window.top.tasks.state().words == "3 việc chờ xử lý"


def test_the_same_person_finds_the_work_as_it_was(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    application.window.open_screen("copies")
    view = application.window.current_view()
    application.window.lock()
    qtbot.waitUntil(application.window.is_covered)
    assert program.locked == 1
    application.window.signed_in(CLERK)
    assert application.window.current_view() is view


def test_another_person_gets_a_rail_and_screens_of_his_own(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    application.window.open_screen("copies")
    application.window.lock()
    qtbot.waitUntil(application.window.is_covered)
    application.window.signed_in(SIGNER)
    assert application.window.current_name() == "home"
    assert application.window.rail.name_for_key("F7") == "signing"
    application.window.open_screen("copies")
    assert application.window.current_name() == "home"


def test_locking_twice_is_locking_once(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    application.window.lock()
    qtbot.waitUntil(application.window.is_covered)
    application.window.lock()
    settled(application, qtbot)
    assert program.locked == 1


def leave(running: Running, qtbot: QtBot) -> str:
    """Shift+F12, and what the dialog says."""
    application, _ = running
    window = application.window
    QTest.keyClick(window, Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(window.dialog.is_open)
    return " | ".join(text.text() for text in window.dialog.findChildren(QLabel) if text.text())


def test_signing_out_reminds_first_and_f9_goes(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    said = leave(running, qtbot)
    assert "Lù Thị Mai đăng xuất?" in said
    assert all(reminder in said for reminder in program.reminders)
    assert program.left == 0
    QTest.keyClick(application.window, Qt.Key.Key_F9)
    qtbot.waitUntil(application.window.is_covered)
    assert (program.left, program.locked) == (1, 0)


def test_esc_and_enter_stay(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):  # focus stands on staying
        leave(running, qtbot)
        QTest.keyClick(QApplication.focusWidget() or application.window, key)
        qtbot.waitUntil(lambda: not application.window.dialog.is_open())
    assert program.left == 0
    assert not application.window.is_covered()


def test_nothing_open_is_said_too(running: Running, qtbot: QtBot) -> None:
    application, program = running
    program.reminders = ()
    application.window.signed_in(CLERK)
    assert "Không còn việc nào để lại." in leave(running, qtbot)


def test_after_signing_out_the_same_person_starts_anew(running: Running, qtbot: QtBot) -> None:
    """After a lock his screens wait for him; after signing out nothing of them is left."""
    application, _ = running
    window = application.window
    window.signed_in(CLERK)
    window.open_screen("copies")
    before = window.current_view()
    leave(running, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(window.is_covered)
    window.signed_in(CLERK)
    assert window.current_name() == "home"
    window.open_screen("copies")
    assert window.current_view() is not before


def test_nobody_signs_out_from_the_covered_window(running: Running, qtbot: QtBot) -> None:
    application, program = running
    qtbot.waitUntil(application.window.is_covered)
    QTest.keyClick(application.window, Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    qtbot.wait(50)
    assert not application.window.dialog.is_open()
    assert program.left == 0


def test_reminders_that_come_after_a_lock_open_nothing(running: Running, qtbot: QtBot) -> None:
    application, program = running
    go = threading.Event()
    program.session.reminders = lambda: (go.wait(20), ())[1]
    application.window.signed_in(CLERK)
    application.window.sign_out_asked.emit()
    application.window.lock()
    qtbot.waitUntil(application.window.is_covered)
    go.set()
    qtbot.wait(100)
    assert not application.window.dialog.is_open()


def test_the_system_turning_dark_is_followed(running: Running, qtbot: QtBot) -> None:
    application, program = running
    read = []
    program.settings.pc = lambda: (read.append(1), program.pc)[1]
    application._system_changed(Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: read == [1] or not application._follows_settings)


def test_a_new_number_of_support_reaches_help_at_once(running: Running) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    application.apply(replace(application.preferences, support="0213 111 222"))
    QTest.keyClick(application.window, Qt.Key.Key_F1)
    assert "0213 111 222" in [text.text() for text in application.window.drawer.findChildren(QLabel)]


def test_silence_locks(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    timer = application._idle.timer
    assert timer.interval() == 10 * 60_000
    assert timer.isActive()
    timer.timeout.emit()
    qtbot.waitUntil(application.window.is_covered)
    assert not timer.isActive()


def test_what_changed_reaches_the_screens_from_a_worker(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    view = application.window.current_view()
    assert isinstance(view, SampleHome)
    thread = threading.Thread(target=program.listeners[0], args=(frozenset({"copies"}),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "changed ['copies']" in view.done)


def test_a_scan_opens_what_it_is(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    application.window.takes_scan("1234567")
    qtbot.waitUntil(lambda: application.window.current_name() == "handover")
    assert application.window.bar.words() == "Phiếu 02-0017"


def test_an_unknown_scan_says_so_and_opens_nothing(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    application.window.takes_scan("2234567")
    qtbot.waitUntil(lambda: bool(application.window.bar.words()))
    assert application.window.bar.words() == "Không thấy mã vừa quét trên máy này."
    assert application.window.current_name() == "home"


def test_search_as_typed_opens_what_is_chosen(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    box = application.window.top.search
    box.setFocus()
    QTest.keyClicks(box, "mai")
    qtbot.waitUntil(lambda: application._search.popup is not None and application._search.popup.isVisible())
    application.keyboard.settle()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert application.window.current_name() == "copies"
    assert box.text() == ""


def test_a_page_that_this_person_may_not_open_is_not_found(running: Running) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    found = tuple(SearchHit("command", name, "", name) for name in ("copies", "signing", "nowhere"))
    program.home.search = lambda _text: found
    assert [hit.target for hit in application._find("x")] == ["copies"]


def test_f5_tries_the_line_and_tells(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    application.window.open_screen("handover")
    application.window.setFocus()
    QTest.keyClick(application.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: application.window.bar.words() == "Chưa có mạng.")


def test_an_unexpected_error_is_logged_and_said_calmly(
    running: Running, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    application.background.run_query(lambda: int("x"), lambda _n: None)
    qtbot.waitUntil(lambda: "Có lỗi của chương trình" in application.window.bar.words())
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_settings_change_at_once(running: Running, qtbot: QtBot) -> None:
    application, _ = running
    application.window.signed_in(CLERK)
    application.apply(Preferences("dark", 1.15, "en", letter_keys=False))
    assert themes.current() == Theme("dark", 1.15)
    assert i18n.language() == "en"
    assert application.keyboard.letter_keys is False
    assert application.window.legend.hints()[-1].words == "Help"
    settled(application, qtbot)


def test_a_slip_leads_a_signer_to_his_pile(themed: QApplication, qtbot: QtBot) -> None:
    program = FakeProgram()
    pile_only = tuple(e for e in ENTRIES if e.name != "handover")
    application = build_application(cast(Program, program), entries=pile_only)
    qtbot.waitUntil(application.window.is_covered)
    application.window.signed_in(SIGNER)
    application.scan("1234567")
    qtbot.waitUntil(lambda: application.window.current_name() == "signing")
    assert application.close()
    application.window.deleteLater()


def test_a_scan_nobody_here_may_open_is_only_told(themed: QApplication, qtbot: QtBot) -> None:
    program = FakeProgram()
    few = tuple(e for e in ENTRIES if e.name in ("signin", "home", "signing"))
    application = build_application(cast(Program, program), entries=few)
    qtbot.waitUntil(application.window.is_covered)
    application.window.signed_in(CLERK)
    application.scan("1234567")
    qtbot.waitUntil(lambda: application.window.bar.words() == "Phiếu 02-0017")
    assert application.window.current_name() == "home"
    assert application.close()
    application.window.deleteLater()


def test_a_built_window_is_joined_and_not_shown(themed: QApplication, qtbot: QtBot) -> None:
    application = build_application(cast(Program, FakeProgram()), Preferences("dark"), ENTRIES)
    assert not application.window.isVisible()
    qtbot.waitUntil(application.window.is_covered)
    assert themes.current() == Theme("dark")
    assert application.close()
    themes.apply(themed, Theme())
    application.window.deleteLater()


def test_settings_kept_on_the_pc_are_put_in_force(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    application.window.open_screen("copies")
    program.pc = PcSettings("dark", 115, "en", letter_keys=False, support="0213 000 000")
    program.listeners[0](frozenset({"settings"}))
    qtbot.waitUntil(lambda: themes.current() == Theme("dark", 1.15))
    assert i18n.language() == "en"
    assert application.keyboard.letter_keys is False
    assert application.window.current_name() == "copies", "a new language stays on the screen"
    i18n.use_language("vi")


@pytest.mark.parametrize(("dark", "theme"), [(True, "dark"), (False, "light")])
def test_the_system_decides_where_nobody_chose(dark: bool, theme: str) -> None:
    assert preferences_of(PcSettings(), dark_system=dark) == Preferences(theme)
    assert preferences_of(PcSettings("high_contrast"), dark_system=dark).theme == "high_contrast"


def test_while_locked_no_screen_reads_and_the_same_person_finds_it_done(
    running: Running, qtbot: QtBot
) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    view = application.window.current_view()
    assert isinstance(view, SampleHome)
    application.window.lock()
    qtbot.waitUntil(application.window.is_covered)
    program.listeners[0](frozenset({"sync"}))
    program.listeners[0](frozenset({"money"}))
    qtbot.waitUntil(lambda: application._missed == {"sync", "money"})
    assert not [line for line in view.done if line.startswith("changed")]
    application.window.signed_in(CLERK)
    assert "changed ['money', 'sync']" in view.done


def test_a_window_that_is_going_hears_nothing_more(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    view = application.window.current_view()
    assert isinstance(view, SampleHome)
    before = list(view.done)
    assert application.close()
    program.listeners[0](frozenset({"copies"}))
    qtbot.wait(1)
    assert view.done == before


def test_a_store_that_does_not_open_has_the_window_to_itself(themed: QApplication, qtbot: QtBot) -> None:
    application = Application(themed, entries=ENTRIES)
    application.window.show()
    refused = DomainError("Máy này chưa ghi danh.", "Chưa có kho dữ liệu.", "Gọi kỹ thuật viên.")

    def load() -> Program:
        raise refused

    application.background.run_query(load, application.attach, application.funnel)
    qtbot.waitUntil(application.window.is_covered)
    cover = application.window._cover
    assert isinstance(cover, NotOpened)
    assert cover.title() == "Máy này chưa ghi danh. Chưa có kho dữ liệu. Gọi kỹ thuật viên."
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F2, Qt.Key.Key_Escape, Qt.Key.Key_F12):
        QTest.keyClick(application.window, key)
    assert application.window.is_covered()
    QTest.mouseClick(cover.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    assert not application.window.isVisible()
    assert application.close()
    application.window.deleteLater()


def test_an_update_says_how_far_the_registers_are_read(running: Running, qtbot: QtBot) -> None:
    application, program = running
    application.window.signed_in(CLERK)
    for percent, words in ((43, "43 %"), (99, "chưa nhận việc mới"), (100, "Làm việc được")):
        program.read = percent
        for listener in program.listeners:
            listener(frozenset({"received"}))
        qtbot.waitUntil(lambda words=words: words in application.window.bar.words())


def test_an_error_inside_an_answer_has_words_and_is_logged(
    running: Running, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A slot that fails: the page does not just stay as it is, and nobody reads a terminal at a counter."""
    application, _ = running
    monkeypatch.setattr(sys, "excepthook", hook_into(application.funnel))

    def fails() -> None:
        raise AttributeError("show_again")

    with qtbot.waitSignal(application.window.error_shown):
        QTimer.singleShot(0, fails)
    assert "Có lỗi của chương trình." in application.window.bar.words()
    assert "show_again" in caplog.text
