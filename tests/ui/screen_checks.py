"""What every screen's tests ask of it: it fits, nothing is squeezed, all that takes focus has a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTableView, QWidget

from tests.ui.desk import Desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Press = Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]


def press(desk: Desk, *keys: Press) -> int:
    """Presses keys one after another, waiting for answers; returns how many."""
    for key in keys:
        plain, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        desk.robot.key(plain, modifier)
        desk.settle()
    return len(keys)


def scan(desk: Desk, code: str, suffix: Qt.Key | None = KEY.Key_Return) -> None:
    """One burst of the scanner, answered."""
    desk.robot.burst(code, suffix)
    desk.settle()


def bar(desk: Desk) -> str:
    """What the bottom bar says."""
    return desk.window.bar.words()


def give_pin(desk: Desk, pin: str) -> None:
    """Types a PIN into the dialog that stands and presses Enter."""
    assert desk.window.dialog.is_open()
    desk.robot.type(pin)
    press(desk, KEY.Key_Return)


def takes_keys(view: QWidget) -> list[QWidget]:
    """All visible widgets that Tab reaches."""
    return [
        widget
        for widget in view.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def nameless(view: QWidget) -> list[QWidget]:
    """Buttons, inputs and lists without a name for a screen reader."""
    kinds = (QAbstractButton, QLineEdit, QTableView)
    return [one for one in takes_keys(view) if isinstance(one, kinds) and not one.accessibleName()]


def too_big(desk: Desk) -> str:
    """Empty when the window fits 1366x697, else its least size."""
    least = desk.window.minimumSizeHint()
    return "" if least.width() <= 1366 and least.height() <= 697 else f"{least.width()}x{least.height()}"


def colours(desk: Desk) -> int:
    """How many colours stand in the page: a page that was not painted has one or two."""
    picture = desk.window.grab().toImage()
    return len({picture.pixelColor(x, y).name() for x in range(220, 1360, 7) for y in range(60, 730, 7)})


def walk(desk: Desk, steps: int) -> list[QWidget]:
    """Where Tab goes from where focus stands."""
    path: list[QWidget] = []
    for _ in range(steps):
        desk.robot.key(KEY.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        path.append(focus)
    return path
