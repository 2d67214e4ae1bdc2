"""A robot at the keyboard: types like a person, scans like a scanner, on a clock of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from counter_app.ui.keyboard import Keyboard, KeyTarget
from counter_app.ui.widgets.fields.pin import PinBox


def squeezed(window: QWidget) -> list[str]:
    """What is drawn smaller than it needs or outside its parent: a layout that only seems to fit."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLineEdit | QAbstractButton | PinBox | QLabel):
            continue
        least, parent = widget.minimumSizeHint(), widget.parentWidget()
        slack = 3 if isinstance(widget, QLineEdit) else 0  # its own hint counts margins the sheet leaves out
        small = widget.height() < least.height() - slack or (
            isinstance(widget, QAbstractButton) and widget.width() < least.width()
        )
        outside = parent is not None and not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry())
        if small or outside:
            said = widget.accessibleName() or getattr(widget, "text", str)()
            found.append(f"{type(widget).__name__} {said!r}: {widget.geometry()} needs {least}")
    return found


PERSON_MS = 120.0
SCANNER_MS = 8.0


class Robot:
    """Owns the clock that ``Keyboard`` reads: a person's keys are 120 ms apart, a scanner's 8 ms."""

    def __init__(self, app: QApplication, target: KeyTarget) -> None:
        self._app = app
        self.now = 1000.0
        self.keyboard = Keyboard(target, lambda _event: self.now)
        app.installEventFilter(self.keyboard)

    def leave(self) -> None:
        """Takes the filter away."""
        self._app.removeEventFilter(self.keyboard)

    def focus(self) -> QWidget:
        """Where keys go."""
        widget = QApplication.focusWidget() or QApplication.activeWindow()
        assert widget is not None
        return widget

    def type(self, text: str, gap: float = PERSON_MS) -> None:
        """Types at a person's pace; the last key is settled."""
        for character in text:
            self.now += gap
            self._press_text(character)
        self.now += gap
        self.keyboard.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key by itself."""
        self.now += PERSON_MS
        QTest.keyClick(self.focus(), key, modifiers)
        self.now += PERSON_MS
        self.keyboard.settle()

    def press_now(self, key: Qt.Key) -> None:
        """One key at this very moment of the robot's clock."""
        QTest.keyClick(self.focus(), key)

    def burst(
        self, code: str, suffix: Qt.Key | None = Qt.Key.Key_Return, gaps: list[float] | None = None
    ) -> None:
        """A scanner's burst; ``gaps`` before each key where the scanner stutters."""
        for place, character in enumerate(code):
            self.now += gaps[place] if gaps else SCANNER_MS
            self._wait_like_the_timer(gaps[place] if gaps else SCANNER_MS)
            self._press_text(character)
        if suffix is not None:
            self.now += SCANNER_MS
            QTest.keyClick(self.focus(), suffix)
        else:
            self.keyboard.settle()
        self.now += 1000

    def compose(self, preedit: str) -> None:
        """An input method shows unfinished text."""
        QApplication.sendEvent(self.focus(), QInputMethodEvent(preedit, []))

    def hold_down(self, key: Qt.Key, text: str, times: int) -> None:
        """A key held down: auto-repeat events."""
        for _ in range(times):
            self.now += 10
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, True)
            QApplication.sendEvent(self.focus(), event)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """A left click."""
        place = at if at is not None else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def _press_text(self, character: str) -> None:
        """One character, also one that no key of an English keyboard has."""
        control = ord(character) < 32
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        key = ord(character) + 64 if control else ord(character.upper()) if character.isascii() else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.focus(), QKeyEvent(kind, key, modifier, character))

    def _wait_like_the_timer(self, gap: float) -> None:
        """What the real timer would have done in a gap longer than its wait."""
        if gap > 40:
            self.keyboard.settle()
