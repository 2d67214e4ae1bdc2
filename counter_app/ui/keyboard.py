"""Every key press of the program passes here first: scanner bursts, then the key map, then the widget.

Keys with text are held until it is clear that they are typing (40 ms; 80 ms after three fast ones), so a
burst never reaches a field, a list or the PIN box, and its Enter or Tab commits nothing. Where a slow start
let characters through, the field is put back as it was. While an input method composes, nothing is mapped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from counter_app.ui import wedge
from counter_app.ui.actions import Action, action_for, screen_key
from counter_app.ui.wedge import Stroke
from counter_app.ui.widgets.lists.states import FOR_A_LIST

Clock = Callable[[QKeyEvent], float]
_SUFFIX = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_EDITING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Backtab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


def time_of(event: QKeyEvent) -> float:
    """When the key was pressed, ms: the system's stamp, so that a busy program makes no burst of typing."""
    stamp = float(event.timestamp())
    return stamp if stamp > 0 else time.monotonic() * 1000


class KeyTarget(Protocol):
    """Who acts on keys: the shell."""

    def takes_action(self, action: Action) -> bool:
        """Acts, or returns False: the key goes on to the widget."""
        ...

    def takes_screen_key(self, key: str) -> bool:
        """Brings the screen of ``"F4"`` to the front."""
        ...

    def takes_scan(self, code: str) -> None:
        """A whole code was scanned. Nothing may be committed."""
        ...


def _is_list(widget: QWidget | None) -> bool:
    if widget is not None and widget.property(FOR_A_LIST):
        return True
    return isinstance(widget, QAbstractItemView) and not isinstance(widget.parent(), QComboBox)


class Keyboard(QObject):
    """The application's event filter. Install with ``app.installEventFilter(keyboard)``."""

    def __init__(self, target: KeyTarget, clock: Clock = time_of, *, letter_keys: bool = True) -> None:
        """``clock`` gives ms of a key event (tests give their own); ``letter_keys``: the setting."""
        super().__init__()
        self._target, self._clock = target, clock
        self.letter_keys = letter_keys
        self._held: list[Stroke[tuple[QWidget, QKeyEvent]]] = []
        self._passed: list[Stroke[tuple[QWidget, QKeyEvent]]] = []
        self._before: list[tuple[QLineEdit, str, int] | None] = []
        self._released: list[QKeyEvent] = []
        self._repeats = wedge.RepeatedScans()
        self._suffix_until = float("-inf")
        self._composing = False
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallows bursts and mapped keys; the rest goes on."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif kind == QEvent.Type.FocusIn:
            self._composing = False
        elif isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            if kind == QEvent.Type.KeyPress:
                return self._pressed(watched, event)
            return kind == QEvent.Type.KeyRelease and self._let_go(event)
        return False

    def settle(self) -> None:
        """Decides now about the keys held: a scan without suffix, or typing."""
        self._timer.stop()
        if isinstance(self._target, QObject) and not isValid(self._target):
            self._held.clear()  # the window went while a key was waited for: nobody is left to hear it
            self._released.clear()
            return
        strokes = self._passed + self._held
        if wedge.is_burst(strokes):
            self._suffix_until = strokes[-1].at + wedge.LATE_SUFFIX_MS
            self._scanned(strokes)
        else:
            self._give_back()

    def _pressed(self, receiver: QWidget, event: QKeyEvent) -> bool:
        if self._replaying or self._composing or event.isAutoRepeat():
            if self._held and not self._replaying:
                self._give_back()
            return self._mapped(event)
        at, key = self._clock(event), event.key()
        if key in _MODIFIERS:
            return False
        if key in _SUFFIX and not _chorded(event):
            if self._ends_burst(at):
                return True
            self.settle()
        elif event.text() and key not in _EDITING and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self._hold(receiver, event, at)
        else:
            self.settle()
        return self._mapped(event)

    def _ends_burst(self, at: float) -> bool:
        strokes = self._passed + self._held
        if self._held and wedge.is_burst(strokes) and at - strokes[-1].at <= wedge.LATE_SUFFIX_MS:
            self._timer.stop()
            self._suffix_until = float("-inf")
            self._scanned(strokes)
            return True
        late = not self._held and at <= self._suffix_until
        self._suffix_until = float("-inf")
        return late

    def _hold(self, receiver: QWidget, event: QKeyEvent, at: float) -> bool:
        if self._held and at - self._held[-1].at > wedge.wait_ms(self._held):
            self.settle()
        if self._passed and not self._held and at - self._passed[-1].at > wedge.PAUSE_MS:
            self._forget_passed()
        self._held.append(Stroke(event.text(), at, (receiver, event.clone())))
        self._timer.start(wedge.wait_ms(self._passed + self._held))
        return True

    def _let_go(self, event: QKeyEvent) -> bool:
        """A tap shorter than the wait: its release stays behind its press, or a button would never be hit."""
        waits = any(one.payload[1].key() == event.key() for one in self._held)
        if waits and not self._replaying and not event.isAutoRepeat():
            self._released.append(event.clone())
            return True
        return False

    def _give_back(self) -> None:
        """It was typing: the keys go to the widget they were pressed on, through the key map."""
        held, self._held = self._held, []
        released, self._released = self._released, []
        self._timer.stop()
        for stroke in held:
            receiver, event = stroke.payload
            if not isValid(receiver):
                continue
            self._remember(stroke)
            self._replaying = True
            try:
                QApplication.sendEvent(QApplication.focusWidget() or receiver, event)
                after = next((one for one in released if one.key() == event.key()), None)
                if after is not None:
                    released.remove(after)
                    QApplication.sendEvent(QApplication.focusWidget() or receiver, after)
            finally:
                self._replaying = False

    def _remember(self, stroke: Stroke[tuple[QWidget, QKeyEvent]]) -> None:
        """The last two keys given back may still be the slow start of a burst."""
        receiver = stroke.payload[0]
        line = receiver if isinstance(receiver, QLineEdit) else None
        self._passed = [*self._passed[-1:], stroke]
        before = (line, line.text(), line.cursorPosition()) if line is not None else None
        self._before = [*self._before[-1:], before]

    def _forget_passed(self) -> None:
        self._passed.clear()
        self._before.clear()

    def _scanned(self, strokes: list[Stroke[tuple[QWidget, QKeyEvent]]]) -> None:
        before = self._before[0] if self._before else None
        if before is not None and isValid(before[0]):
            widget, text, cursor = before
            widget.setText(text)
            widget.setCursorPosition(cursor)
        self._held.clear()
        self._released.clear()
        self._forget_passed()
        code = wedge.code_of(strokes)
        if code and not self._repeats.is_repeat(code, strokes[-1].at):
            self._target.takes_scan(code)

    def _mapped(self, event: QKeyEvent) -> bool:
        if self._composing:
            return False
        if name := screen_key(event.keyCombination()):
            return self._target.takes_screen_key(name)
        focus = QApplication.focusWidget()
        action = action_for(event.keyCombination(), in_list=_is_list(focus), letter_keys=self.letter_keys)
        if action is None or (event.isAutoRepeat() and action is not Action.TICK):
            return False
        if action is Action.UNDO and isinstance(focus, QLineEdit | QPlainTextEdit) and _can_undo(focus):
            return False
        return self._target.takes_action(action)


def _chorded(event: QKeyEvent) -> bool:
    plain = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    return bool(event.modifiers() & ~plain)


def _can_undo(widget: QLineEdit | QPlainTextEdit) -> bool:
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable()
    return widget.document().isUndoAvailable()
