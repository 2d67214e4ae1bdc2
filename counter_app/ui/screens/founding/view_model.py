"""What the page of the first officials knows and may do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.enrolment import FoundFile
from counter_app.services.ports.exchange import ExchangePort
from counter_app.services.ports.founding import FOUND, FoundingForm, FoundingPort, FoundingView
from counter_app.ui.background import Background, Result

ACCOUNTS = ".mca"


class FoundingModel(QObject):
    """Stage and files; founding, exchange now, import of a bundle or of accounts."""

    changed = Signal()
    told = Signal(str)
    accounts_came = Signal(int)
    failed = Signal(object)

    def __init__(self, port: FoundingPort, exchange: ExchangePort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._exchange, self._background = port, exchange, background
        self.view: FoundingView | None = None
        self.files: tuple[FoundFile, ...] = ()
        self.busy = False

    def may_found(self) -> bool:
        """Whether nobody of the unit is known here."""
        return self.view is not None and self.view.stage == FOUND

    def read(self) -> None:
        """Stage and files, read again."""
        port = self._port
        self._background.run_query(
            lambda: (port.stage(), port.files()), self._show, self.failed.emit, owner=self, key="founding"
        )

    def found(self, form: FoundingForm) -> None:
        """Founds the unit. Called from F9 alone."""
        port = self._port
        self._change(lambda: port.found(form), lambda _head: None)

    def exchange_now(self) -> None:
        """Asks the province once."""
        self._change(self._exchange.try_now, self.told.emit)

    def take(self, path: str) -> None:
        """A bundle or a file of accounts, by its suffix. Called from F9 alone."""
        port, exchange = self._port, self._exchange
        if path.casefold().endswith(ACCOUNTS):
            self._change(lambda: port.read_accounts(path).count, self.accounts_came.emit)
        else:
            self._change(lambda: exchange.import_file(path).sentence, self.told.emit)

    def _change(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        if self.busy:
            return
        self.busy = True

        def finished(result: Result) -> None:
            self.busy = False
            done(result)
            self.read()

        self._background.run_change(work, finished, self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        self.failed.emit(error)

    def _show(self, found: tuple[FoundingView, tuple[FoundFile, ...]]) -> None:
        self.view, self.files = found
        self.changed.emit()
