"""What the page of tickets knows and may ask; the self-test before a ticket runs on the worker of changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.tickets import TicketDone, TicketForm, TicketsPort, TicketsView
from counter_app.ui.background import Background


class TicketsModel(QObject):
    """Tickets of the unit, what was asked of this PC, the draft; opening one, writing a bundle."""

    changed = Signal()
    opened = Signal(object)
    told = Signal(str)
    refused = Signal(object)
    failed = Signal(object)
    busy_changed = Signal()

    def __init__(self, port: TicketsPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self.view = TicketsView()
        self.busy = False

    def read(self) -> None:
        """Everything again."""
        self._background.run_query(
            self._port.view, self._show, self.failed.emit, owner=self, key="technician.tickets"
        )

    def open_ticket(self, form: TicketForm) -> None:
        """Opens it, once until that is answered. Called from F9 alone."""
        if not self.busy:
            self._turn_busy(True)
            port = self._port
            self._background.run_change(
                lambda: port.open_ticket(form), self._opened, self._not_done, owner=self
            )

    def write_bundle(self, folder: str) -> None:
        """A diagnostics bundle into ``folder``; writes no entry."""
        if not self.busy:
            self._turn_busy(True)
            port = self._port
            self._background.run_query(
                lambda: port.write_bundle(folder), self._written, self._not_done, owner=self
            )

    def keep_draft(self, form: TicketForm) -> None:
        """What is typed outlives the program."""
        port = self._port
        self._background.run_change(lambda: port.keep_draft(form), self._kept, self.refused.emit, owner=self)

    def _show(self, view: TicketsView) -> None:
        self.view = view
        self.changed.emit()

    def _opened(self, done: TicketDone) -> None:
        self._turn_busy(False)
        self.opened.emit(done)
        self.read()

    def _written(self, path: str) -> None:
        self._turn_busy(False)
        self.told.emit(path)

    def _not_done(self, error: BaseException) -> None:
        self._turn_busy(False)
        self.refused.emit(error)

    def _kept(self, _nothing: None) -> None:
        """Nobody is told of a draft."""

    def _turn_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit()
