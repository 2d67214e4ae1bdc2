"""A seat before one counter's window: the real application on an open program, a robot at its keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from counter_app.composition.enrolling import Enrolling
from counter_app.composition.running import RunningProgram
from counter_app.practice.day.failures import DayFailed
from counter_app.practice.day.robot import CTRL, Robot, RobotClock
from counter_app.services.ports.program import Program
from counter_app.storage.store_errors import StoreError
from counter_app.ui.application import Application, build_application, qt_application
from counter_app.ui.collecting import Collector

WIDTH, HEIGHT = 1366, 768
PATIENCE_MS = 15_000
"""How long an answer may take before the day is called failed; nothing waits this long when all is well."""
LOOK_MS = 2


class Seat:
    """One window. One seat is taken at a time: ``sit`` gives it the keyboard, ``leave`` takes it away."""

    def __init__(self, program: RunningProgram | Enrolling) -> None:
        """Builds the window on ``program``, which stays open when the seat is closed.

        On a bare PC (``Enrolling``) the first page stands; ``program`` is known once it is enrolled.
        """
        self._app: QApplication = qt_application()
        self._app.setQuitOnLastWindowClosed(False)
        if self._app.findChild(Collector) is None:
            Collector(self._app)
        clock = RobotClock()
        if isinstance(program, Enrolling):
            self.application = Application(self._app, key_clock=clock)
            self.application.offer_enrolment(lambda: program, self._enrolled)
            self.application.funnel(StoreError("store.no_journal"))
        else:
            self.program = program
            self.application = build_application(program, key_clock=clock)
        self.window = self.application.window
        self.robot = Robot(clock, self.window, self.application.keyboard.settle)
        self.window.resize(WIDTH, HEIGHT)
        self._taken = True
        self.sit()
        self.until(self.window.is_covered, "trang đăng nhập")

    def _enrolled(self, program: Program) -> None:
        assert isinstance(program, RunningProgram)
        self.program = program
        self.application.attach(program)

    def sit(self) -> None:
        """The window comes to the front and its keyboard filter hears the keys."""
        if not self._taken:
            self._app.installEventFilter(self.application.keyboard)
            self._taken = True
        self.window.show()
        self._ready()
        self.settle()

    def leave(self) -> None:
        """Another window gets the keyboard."""
        if self._taken:
            self._app.removeEventFilter(self.application.keyboard)
            self._taken = False

    def close(self) -> None:
        """The window goes; the program stays open."""
        self.leave()
        self.application.close()
        self.window.close()
        self.window.deleteLater()
        self._app.processEvents()

    # --- keys ---

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and everything it set going."""
        self._ready()
        self.robot.key(key, modifiers)
        self.settle()

    def enter(self) -> None:
        """Enter."""
        self.press(Qt.Key.Key_Return)

    def commit(self) -> None:
        """F9."""
        self.press(Qt.Key.Key_F9)

    def type(self, text: str) -> None:
        """Types a text, and everything it set going."""
        self._ready()
        self.robot.type(text)
        self.settle()

    def scan(self, code: str) -> None:
        """Scans a code, and everything it set going."""
        self._ready()
        self.robot.burst(code)
        self.settle()

    def has(self, screen: str) -> bool:
        """Whether the person at the counter may open this screen (and it exists)."""
        return screen in self.application._allowed

    def open_by_search(self, words: str, screen: str) -> None:
        """Ctrl+K, a few letters of a command without marks, Enter."""
        self.press(Qt.Key.Key_K, CTRL)
        self.type(words)
        found = self.application._search
        self.until(lambda: found.popup is not None and found.popup.isVisible(), f"kết quả tìm “{words}”")
        self.settle()
        self.enter()
        if self.screen() != screen:
            raise DayFailed(f"tìm “{words}” mở {self.screen()!r}, cần {screen!r}")

    # --- waiting, without sleeping ---

    def settle(self) -> None:
        """Until no worker owes an answer and no event is left."""
        self.until(self._quiet, "chương trình làm xong việc")

    def until(self, holds: Callable[[], bool], words: str) -> None:
        """Turns the events until ``holds``; raises DayFailed naming what was waited for."""
        self._app.processEvents()
        if holds():
            return
        loop, look, alarm = QEventLoop(), QTimer(), QTimer()
        look.timeout.connect(lambda: loop.exit(0) if holds() else None)
        alarm.setSingleShot(True)
        alarm.timeout.connect(lambda: loop.exit(1))
        look.start(LOOK_MS)
        alarm.start(PATIENCE_MS)
        late = loop.exec()
        look.stop()
        if late:
            raise DayFailed(f"chờ mãi không thấy: {words} (thanh báo: “{self.bar()}”)")

    def _ready(self) -> None:
        """The window is in front: keys go to what has focus in it."""
        self.until(self._in_front, "cửa sổ ra phía trước")

    def _in_front(self) -> bool:
        """Asks for activation: another window's going may take it away once more."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
        return self.window.isActiveWindow()

    def _quiet(self) -> bool:
        if self.application.background.busy():
            return False
        self._app.processEvents()
        return not self.application.background.busy()

    # --- what is seen ---

    @property
    def view(self) -> Any:
        """The screen in front."""
        return self.window.current_view()

    @property
    def cover(self) -> Any:
        """The sign-in page while it stands."""
        return self.window._cover

    def screen(self) -> str:
        """Name of the screen in front, "" while it is covered."""
        return "" if self.window.is_covered() else self.window.current_name()

    def bar(self) -> str:
        """Words of the bottom bar."""
        return self.window.bar.words()

    def picture(self, path: Path) -> None:
        """The window as PNG."""
        self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(path))
