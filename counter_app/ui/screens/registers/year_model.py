"""Years of a register for the drawer: read, closed, opened, written out; all verbs return at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_years import LaterNoteRow, YearCard, YearForm
from counter_app.services.ports.registers import RegistersPort
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId

CHECK, COUNT, SIGN = 1, 2, 3
"""Steps of closing a year."""


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
    pin_refused = Signal(object)
    failed = Signal(object)

    def __init__(self, port: RegistersPort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.kind = "copy"
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
        """Writes the yearly book; work goes on meanwhile."""
        port, kind = self._port, self.kind
        self._background.run_query(
            lambda: port.export_year(year, kind), self.written.emit, self.failed.emit, owner=self
        )

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
