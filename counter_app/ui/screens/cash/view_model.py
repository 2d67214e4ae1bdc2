"""The day's money, the count by note, and closing the day (``ux.md`` 4.9)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.papers import CashPort, DayForm, DayView
from counter_app.ui.background import Background

MOST_PIECES = 99_999
"""More notes of one value than any drawer holds."""


class CashModel(QObject):
    """Holds the count while the day goes on; nothing is kept before F9."""

    day_changed = Signal()
    count_changed = Signal()
    closed = Signal(str)
    pin_refused = Signal(object)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(self, port: CashPort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.day: DayView | None = None
        self.pieces: dict[int, int] = {}
        self._closing = False

    def read(self) -> None:
        """Reads the day's money; the count stays."""
        self._background.run_query(self._port.day, self._show, self.unread.emit, owner=self, key="cash.day")

    def count(self, value: int, pieces: int) -> None:
        """How many notes of a value lie there; 0 takes the value out of the count."""
        if pieces:
            self.pieces[value] = pieces
        else:
            self.pieces.pop(value, None)
        self.count_changed.emit()

    def counted(self) -> int:
        """Dong counted so far; of a closed day what was counted then."""
        if self.day is not None and self.day.counted is not None:
            return self.day.counted
        return sum(value * pieces for value, pieces in self.pieces.items())

    def difference(self) -> int:
        """Counted less what must be there; negative: money is missing."""
        return self.counted() - self.day.expected if self.day is not None else 0

    def begun(self) -> bool:
        """Whether anything is counted: before that no difference is shown, it would only frighten."""
        return bool(self.pieces) or (self.day is not None and self.day.counted is not None)

    def needs_reason(self) -> bool:
        """A difference needs a reason and never blocks; so does a receipt that could not be printed."""
        return self.difference() != 0 or bool(self.day is not None and self.day.problems)

    def close(self, reason: str, pin: str) -> None:
        """Commits the closing. Called after F9 and a PIN alone; once until it is answered."""
        if self._closing:
            return
        self._closing = True
        counted = tuple(sorted(self.pieces.items(), reverse=True))
        form, port = DayForm(counted, reason), self._port
        self._background.run_change(
            lambda: port.close_day(form, pin), self._closed, self._not_closed, owner=self
        )

    def _show(self, day: DayView) -> None:
        if self.day is not None and self.day.day != day.day:
            self.pieces.clear()
        self.day = day
        self.day_changed.emit()

    def _closed(self, sentence: str) -> None:
        self._closing = False
        self.closed.emit(sentence)
        self.read()

    def _not_closed(self, error: BaseException) -> None:
        self._closing = False
        wrong_pin = isinstance(error, DomainError) and error.code == "pin.wrong"
        (self.pin_refused if wrong_pin else self.failed).emit(error)
        self.read()
