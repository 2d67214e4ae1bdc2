"""Enter goes to the next field, Shift+Enter back; keypad Enter is Enter; Tab goes the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from counter_app.ui.widgets.fields.field import Field


class FocusChain(QObject):
    """The order of a form. Skips what is hidden, disabled or read-only; in longer texts Enter is a new line.

    Enter never commits and never presses a button: on a push button it clicks only that button, as people
    expect of a button that has focus, unless ``commit`` buttons are in the chain (they take F9 alone).
    """

    def __init__(
        self,
        fields: Sequence[QWidget],
        on_end: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``fields`` in order (a ``Field`` stands for its input); ``on_end`` runs after the last one."""
        super().__init__(parent or (fields[0] if fields else None))
        self._inputs = [field.edit if isinstance(field, Field) else field for field in fields]
        self._on_end = on_end
        for one in self._inputs:
            one.installEventFilter(self)
        for one, following in zip(self._inputs, self._inputs[1:], strict=False):
            QWidget.setTabOrder(one, following)

    def inputs(self) -> tuple[QWidget, ...]:
        """The inputs in order."""
        return tuple(self._inputs)

    def start(self) -> None:
        """Focus to the first input that takes it."""
        self._go(-1, 1)

    def first_error(self) -> QWidget | None:
        """The first input with an error, focused; None when there is none (F9 asks)."""
        for one in self._inputs:
            if one.property("state") == "error":
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return one
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter without other modifiers."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        back = modifiers == Qt.KeyboardModifier.ShiftModifier
        if (modifiers and not back) or watched not in self._inputs:
            return False
        if isinstance(watched, QPlainTextEdit):
            return False
        if isinstance(watched, QPushButton) and not back and watched.property("kind") != "commit":
            watched.click()
            return True
        assert isinstance(watched, QWidget)
        self._go(self._inputs.index(watched), -1 if back else 1)
        return True

    def _go(self, place: int, step: int) -> None:
        place += step
        while 0 <= place < len(self._inputs):
            if _takes_focus(self._inputs[place]):
                self._inputs[place].setFocus(Qt.FocusReason.TabFocusReason)
                return
            place += step
        if step > 0 and self._on_end is not None:
            self._on_end()


def _hidden(widget: QWidget) -> bool:
    """Hidden itself, or by the ``Field`` or part it stands in; a window not shown yet hides nothing."""
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        if part.isHidden():
            return True
        part = part.parentWidget()
    return False


def _takes_focus(widget: QWidget) -> bool:
    if not widget.isEnabled() or _hidden(widget):
        return False
    read_only = isinstance(widget, QLineEdit | QPlainTextEdit) and widget.isReadOnly()
    return not read_only
