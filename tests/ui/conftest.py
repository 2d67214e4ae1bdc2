"""Fixtures of the screens' tests: the theme, guards against a held main thread and Qt's complaints."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from counter_app.ui import i18n
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme

HELD_MS = 50.0
EXPECTED = ("This plugin does not support",)


class StallGuard(QObject):
    """Measures processor time of this thread between two turns of the event loop while it is watching.

    Processor time, not wall time: on a machine shared with others a late turn is nobody's fault.
    """

    def __init__(self) -> None:
        super().__init__()
        self.worst_ms = 0.0
        self.watching = False
        self._since = time.thread_time()

    def turn(self) -> None:
        """The event loop is alive: what was spent since the last turn was held in one piece."""
        now = time.thread_time()
        if self.watching:
            self.worst_ms = max(self.worst_ms, (now - self._since) * 1000)
        self._since = now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every event delivered is a turn."""
        self.turn()
        return False


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage goes on this thread alone, as in the program (``counter_app.ui.collecting``)."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def quiet_qt() -> Iterator[list[str]]:
    """Fails the test that makes Qt complain."""
    heard: list[str] = []

    def listen(kind: QtMsgType, context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(EXPECTED):
            heard.append(message)

    before = qInstallMessageHandler(listen)
    yield heard
    qInstallMessageHandler(before)
    assert heard == []


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Closes and deletes the windows of a test: a change of theme walks every widget that lives."""
    yield
    if isinstance(QApplication.instance(), QApplication):
        for window in QApplication.topLevelWidgets():
            window.close()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application with fonts, light theme and Vietnamese."""
    i18n.use_language("vi")
    if themes.current() != Theme() or not qapp.styleSheet():
        themes.apply(qapp, Theme())
    yield qapp
    i18n.use_language("vi")


@pytest.fixture
def stall_guard(qapp: QApplication) -> Iterator[StallGuard]:
    """Set ``watching`` while a person would be using the screen; more than 50 ms in one piece fails."""
    guard = StallGuard()
    qapp.installEventFilter(guard)
    yield guard
    qapp.removeEventFilter(guard)
    assert guard.worst_ms <= HELD_MS, f"main thread held {guard.worst_ms:.0f} ms"
