"""What the page of officials knows and may do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.exchange import ExchangePort
from counter_app.services.ports.founding import (
    AccountView,
    CarriedAccounts,
    DelegationForm,
    FoundingPort,
    OfficialForm,
)
from counter_app.ui.background import Background


class PeopleModel(QObject):
    """Officials read; one added, an act recorded, accounts written to a stick."""

    changed = Signal()
    added = Signal(str)
    recorded = Signal(str)
    written = Signal(object)
    failed = Signal(object)

    def __init__(self, port: FoundingPort, exchange: ExchangePort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._exchange, self._background = port, exchange, background
        self.rows: tuple[AccountView, ...] = ()

    def read(self) -> None:
        """The list again."""
        self._background.run_query(
            self._port.accounts, self._show, self.failed.emit, owner=self, key="people"
        )

    def add(self, form: OfficialForm) -> None:
        """A new official. Called from F9 alone."""
        port = self._port
        self._change(lambda: port.add(form), lambda _id: self.added.emit(form.name))

    def record(self, form: DelegationForm) -> None:
        """A written act. Called from F9 alone."""
        port = self._port
        self._change(lambda: port.delegate(form), lambda _id: self.recorded.emit(form.act_number))

    def write_accounts(self) -> None:
        """The file of accounts: on the first stick that can be written, else in the outbox."""
        port, exchange = self._port, self._exchange

        def write() -> CarriedAccounts:
            places = [place for place in exchange.places() if place.writable]
            return port.write_accounts(places[0].path)

        self._change(write, self.written.emit)

    def _change(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run_change(work, done, self.failed.emit, owner=self)

    def _show(self, rows: tuple[AccountView, ...]) -> None:
        self.rows = rows
        self.changed.emit()
