"""Listens to raw keys while the scanner test stands on the screen, before the program's own key map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.ui.keyboard import time_of
from counter_app.ui.screens.technician.scan_trial import Key

RUN_ENDS_MS = 400
LEAST_KEYS = 6
_NAMES = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backspace: "Backspace",
}


class KeyRecorder(QObject):
    """``run_ended`` carries the keys of one run; nothing is kept, nothing is swallowed."""

    run_ended = Signal(object)

    def __init__(self, parent: QObject, clock: Callable[[QKeyEvent], float] = time_of) -> None:
        """``clock`` gives ms of a key event."""
        super().__init__(parent)
        self.clock = clock
        self._keys: list[Key] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RUN_ENDS_MS)
        self._timer.timeout.connect(self.end_run)

    def listen(self, on: bool) -> None:
        """Starts or stops; the filter installed last hears first."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self._keys.clear()
        if on:
            app.installEventFilter(self)

    def end_run(self) -> None:
        """Hands over what came, if it may have been a scan."""
        self._timer.stop()
        keys, self._keys = self._keys, []
        if len([key for key in keys if key.text]) >= LEAST_KEYS:
            self.run_ended.emit(tuple(keys))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes each key once: what the map gives back later and what goes on to parents is the same key."""
        if not isinstance(watched, QWidget):
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._press(event)
        elif isinstance(event, QInputMethodEvent) and event.commitString():
            at = self._keys[-1].at if self._keys else 0.0
            self._note(Key(event.commitString(), at, composed=True))
        return False

    def _press(self, event: QKeyEvent) -> None:
        at = self.clock(event)
        name = _NAMES.get(Qt.Key(event.key()), "")
        text = "" if name else event.text()
        if not name and not text:
            return
        if any((key.text, key.name, key.at) == (text, name, at) for key in self._keys):
            return
        if self._keys and at - self._keys[-1].at > RUN_ENDS_MS:
            self._keys.clear()
        self._note(Key(text, at, name))

    def _note(self, key: Key) -> None:
        self._keys.append(key)
        self._timer.start()
