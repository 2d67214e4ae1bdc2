"""Years of a register for the drawer: read, closed, opened, written out; all verbs return at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_years import BookProgress, LaterNoteRow, YearCard, YearForm
from counter_app.services.ports.registers import RegistersPort
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId

CHECK, COUNT, SIGN = 1, 2, 3
"""Steps of closing a year."""
BEAT_MS = 250
"""How often a book that is written tells how far it is."""


Answer = tuple[tuple[YearCard, ...], tuple[SecondPerson, ...], dict[int, tuple[LaterNoteRow, ...]]]


def to_close(cards: tuple[YearCard, ...]) -> YearCard | None:
    """The oldest year that is not closed: the one a closing is about."""
    return next((card for card in reversed(cards) if not card.closed), None)


def _read(port: RegistersPort, kind: str) -> Answer:
    """Years, who may sign, and what changed in the bound months of each."""
    cards = port.years(kind)
    bound = [card.year for card in cards if any(month.closed for month in card.months)]
    return cards, port.closing_seconds(), {year: port.later_notes(year, kind) for year in bound}


class YearsModel(QObject):
    """``read`` answers with the cards and who may sign a closing; acts answer once."""

    shown = Signal(object, object, object)
    """``YearCard``s, newest first, ``SecondPerson``s, ``LaterNoteRow``s by year."""
    done = Signal(str)
    written = Signal(str)
    writing = Signal(int, object)
    """A year and how far its book is (``BookProgress``); None when it is no longer written."""
    stopped = Signal(object)
    """A person stopped the book; its words."""
    pin_refused = Signal(object)
    failed = Signal(object)

    def __init__(self, port: RegistersPort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.kind = "copy"
        self._book: tuple[int, BookProgress] | None = None
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._tell)
        self._acts = False

    def read(self, kind: str) -> None:
        """The years of a register; ``shown`` tells."""
        port, self.kind = self._port, kind
        self._background.run_query(
            lambda: _read(port, kind),
            self._shown, self.failed.emit, owner=self, key="registers.years",
        )  # fmt: skip

    def close(self, form: YearForm) -> None:
        """Commits the closing. Called after F9, the second's secret and a PIN alone."""
        port = self._port
        self._act(lambda: port.close_year(form))

    def open_next(self, year: int) -> None:
        """Opens the register of the year after ``year``."""
        port, kind = self._port, self.kind
        self._act(lambda: port.open_next_year(year, kind))

    def print_notes(self, year: int) -> None:
        """Prints the slips to paste that have not come out."""
        port, kind = self._port, self.kind
        self._act(lambda: port.print_later_notes(year, kind))

    def settle(self, year: int, second: EntryId) -> None:
        """Prints the minutes of the numbers settled so far, for two persons to sign."""
        port, kind = self._port, self.kind
        self._act(lambda: port.print_settlement(year, second, kind))

    def export(self, year: int) -> None:
        """Writes the yearly book; work goes on meanwhile. While one is written it is stopped instead."""
        if self._book is not None:
            self._book[1].stopped |= self._book[0] == year
            self._tell()
            return
        port, kind, progress = self._port, self.kind, BookProgress()
        self._book = year, progress
        self._beat.start()
        self._tell()
        self._background.run_query(
            lambda: port.export_year(year, kind, progress), self._written, self._not_written, owner=self
        )

    def _tell(self) -> None:
        if self._book is not None:
            self.writing.emit(*self._book)

    def _over(self) -> None:
        self._beat.stop()
        if self._book is not None:
            year, self._book = self._book[0], None
            self.writing.emit(year, None)

    def _written(self, path: str) -> None:
        self._over()
        self.written.emit(path)

    def _not_written(self, error: BaseException) -> None:
        self._over()
        stopped = isinstance(error, DomainError) and error.code == "export.stopped"
        (self.stopped if stopped else self.failed).emit(error)

    def _act(self, act: Callable[[], str]) -> None:
        """One change at a time."""
        if not self._acts:
            self._acts = True
            self._background.run_change(act, self._done, self._not_done, owner=self)

    def _shown(self, answer: Answer) -> None:
        self.shown.emit(*answer)

    def _done(self, sentence: str) -> None:
        self._acts = False
        self.done.emit(sentence)

    def _not_done(self, error: BaseException) -> None:
        self._acts = False
        wrong_pin = isinstance(error, DomainError) and error.code == "pin.wrong"
        (self.pin_refused if wrong_pin else self.failed).emit(error)
