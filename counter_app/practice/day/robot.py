"""A robot at the keyboard of a window: types like a person, scans like a scanner, on a clock of its own.

Key events go through the application's own filter (``ui.keyboard``) to whatever has focus; nothing of the
program is called. What is pressed is counted.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PERSON_MS = 120.0
SCANNER_MS = 8.0
AFTER_SCAN_MS = 1000.0
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


class RobotClock:
    """Moment of the next key event in ms; the keyboard's filter reads it instead of the system's stamp."""

    def __init__(self) -> None:
        """Starts at one second."""
        self.now = 1000.0

    def __call__(self, _event: QKeyEvent) -> float:
        """The moment, as ``ui.keyboard.Clock``."""
        return self.now


class Robot:
    """Presses keys of one window; ``keys`` and ``scans`` count them."""

    def __init__(self, clock: RobotClock, window: QWidget, settle: Callable[[], None]) -> None:
        """``settle`` is the filter's own: it decides about keys that may still become a burst."""
        self._clock, self._window, self._settle = clock, window, settle
        self.keys = 0
        self.scans = 0

    def type(self, text: str) -> None:
        """Types at a person's pace; every character counts as a key."""
        for character in text:
            self._pause()
            self._press_text(character)
        self._pause()
        self.keys += len(text)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """One key, or one chord, by itself."""
        self._pause()
        QTest.keyPress(self._focus(), key, modifiers)
        if key == Qt.Key.Key_Space:  # the filter holds it a moment; a finger is lifted later than that
            self._pause()
        QTest.keyRelease(self._focus(), key, modifiers)
        self._pause()
        self.keys += 1

    def hold(self, key: Qt.Key) -> None:
        """One key with time between down and up, as a finger does: a push button clicks when it is let go."""
        self._pause()
        QTest.keyPress(self._focus(), key)
        self._pause()
        QTest.keyRelease(self._focus(), key)
        self.keys += 1

    def burst(self, code: str) -> None:
        """A scanner's burst with its Enter."""
        self._pause()
        for character in code:
            self._clock.now += SCANNER_MS
            self._press_text(character)
        self._clock.now += SCANNER_MS
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)
        self._clock.now += AFTER_SCAN_MS
        self.scans += 1

    def _pause(self) -> None:
        self._clock.now += PERSON_MS
        self._settle()

    def _focus(self) -> QWidget:
        """Where keys go: the widget with focus, else the window."""
        return QApplication.focusWidget() or self._window

    def _press_text(self, character: str) -> None:
        """One character, also one that no key of an English keyboard has."""
        key = ord(character.upper()) if character.isascii() else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self._focus(), QKeyEvent(kind, key, _PLAIN, character))
