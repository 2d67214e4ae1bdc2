"""The draft on disk follows the form: one save at a time, what changed meanwhile is saved after it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.intake import IntakeForm, IntakePort
from counter_app.ui.background import Background
from counter_app.ui.screens.intake import entry


class DraftKeeper(QObject):
    """``at``: the moment (ms) of the last save, 0 when there is nothing to keep."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, port: IntakePort, background: Background, now: Callable[[], int]) -> None:
        """``now``: the program's clock in ms, called on workers only."""
        super().__init__()
        self._port, self._background, self._now = port, background, now
        self.at = 0
        self._running = False
        self._next: IntakeForm | None = None

    def keep(self, form: IntakeForm) -> None:
        """Saves the form as it stands, a blank one takes the draft away; an opened dossier is no draft."""
        if form.dossier is not None:
            return
        if self._running:
            self._next = form
            return
        self._running, self._next = True, None
        port, now = self._port, self._now

        def work() -> int:
            moment = now()
            if entry.is_blank(form):
                port.discard_draft()
                return 0
            port.save_draft(form)
            return moment

        self._background.run_change(work, self._done, self._stopped, owner=self)

    def forget(self) -> None:
        """The draft became an act: what waited to be saved is not saved any more."""
        self._next, self.at = None, 0

    def _done(self, at: int) -> None:
        self._running = False
        self.at = at
        waiting, self._next = self._next, None
        if waiting is not None:
            self.keep(waiting)
        self.saved.emit()

    def _stopped(self, error: BaseException) -> None:
        self._running = False
        self.failed.emit(error)
