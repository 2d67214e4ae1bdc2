"""Closing the window on the PC that holds the pen: it is offered to a running PC, and never waits long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from counter_app.ui.background import Background
from counter_app.ui.i18n import tr
from counter_app.ui.shell.window import Window

if TYPE_CHECKING:
    from counter_app.services.ports.pen import PenOffer
    from counter_app.services.ports.program import Program

LOOK_MS = 1_500
"""So long it may take to learn who is there; then the window closes as it was told to."""
PASS_MS = 15_000
"""So long the pen may take to go; then the window may be closed again."""


class PenAtClosing(QObject):
    """Hears the window's closing. The system's own end of the session is never held up."""

    def __init__(self, window: Window, background: Background, program: Callable[[], Program | None]) -> None:
        """``program``: None before one is open, and while it goes; then nothing is asked."""
        super().__init__(window)
        self._window, self._background = window, background
        self._program = program
        self._offers: tuple[PenOffer, ...] = ()
        self._may_close = self._passing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._close)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A close waits for the answer to one question; any later one while it stands closes at once."""
        if event.type() != QEvent.Type.Close or (program := self._program()) is None or self._may_close:
            return False
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.isSavingSession():
            return False
        asked = self._timer.isActive() or (bool(self._offers) and self._window.dialog.is_open())
        if asked and not self._passing:  # he closes again: he means it
            self._timer.stop()
            self._may_close = True
            return False
        event.ignore()
        if not self._passing:
            self._timer.start(LOOK_MS)
            self._background.run_query(
                partial(_look, program), self._offered, self._unknown, owner=self, key="shell.closing"
            )
        return True

    def _offered(self, offers: tuple[PenOffer, ...]) -> None:
        if not self._timer.isActive() or self._may_close:
            return
        self._timer.stop()
        self._offers = offers
        if not offers:
            self._close()
            return
        words = tr("Quyền cấp số {registers} ở máy này. Tắt máy thì nơi khác không cấp số được.")
        self._window.dialog.ask_pen(
            words.format(registers=", ".join(offers[0].registers)),
            tuple(one.name for one in offers), self._give, self._close,
        )  # fmt: skip

    def _unknown(self, _error: BaseException) -> None:
        """What cannot be read keeps nobody."""
        self._close()

    def _give(self, place: int) -> None:
        program, journal = self._program(), self._offers[place].journal
        if program is None:
            return
        self._passing = True
        self._timer.start(PASS_MS)
        self._window.tell(tr("Đang chuyển quyền cấp số…"))
        self._background.run_change(
            lambda: program.pen.offer_pens(journal), self._given, self._kept, owner=self
        )

    def _given(self, _sentence: str) -> None:
        self._close()

    def _kept(self, error: BaseException) -> None:
        """It did not go: said, and the window stays for another try."""
        self._timer.stop()
        self._passing = False
        self._window.show_error(error)

    def _close(self) -> None:
        self._timer.stop()
        self._may_close = True
        self._window.close()


def _look(program: Program) -> tuple[PenOffer, ...]:
    return program.pen.offers()
