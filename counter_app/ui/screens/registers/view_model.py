"""One month of the register, what its closing looks at, and opening a register from the paper book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import AnnulForm, PenDeskPort
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.registers import OpeningForm, RegisterMonth, RegistersPort
from counter_app.services.ports.session import PersonChoice, SessionPort
from counter_app.ui.background import Background
from counter_app.ui.formatting import moment
from counter_app.ui.i18n import tr
from sync.protocol.naming.ids import EntryId

NO_REGISTER = "register.none"
COPY = "copy"
VALID = frozenset({"signed", "numbered", "rebuilt"})
"""States of lines that count; the others keep their place and count nothing."""
CHECK, COUNT = 1, 2
"""Steps of the closing; the third is paper, two names under it."""

Months = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the closing looks at; ``kind`` ok, warn or wait."""

    kind: str
    words: str


def holes_and_doubles(rows: tuple[RegisterRow, ...]) -> tuple[int, int]:
    """How many numbers are missing between the first and the last, how many stand more than once."""
    numbers = [row.number for row in rows]
    distinct = set(numbers)
    missing = max(distinct) - min(distinct) + 1 - len(distinct) if distinct else 0
    return missing, len(numbers) - len(distinct)


def checks_of(month: RegisterMonth) -> tuple[Check, ...]:
    """The four checks of step 1, in words with figures."""
    states = [row.state for row in month.rows]
    missing, doubles = holes_and_doubles(month.rows)
    struck = states.count("struck") + states.count("voided")
    unexplained = sum(row.state in ("struck", "voided") and not row.note for row in month.rows)
    unconfirmed, unknown = states.count("numbered"), states.count("unknown")
    whole = tr("Không thiếu, không trùng số")
    broken = tr("Thiếu {missing} số, trùng {doubles} số").format(missing=missing, doubles=doubles)
    signed = tr("Mọi số đã xác nhận đã ký")
    return (
        Check("warn", broken) if missing or doubles else Check("ok", whole),
        Check("warn", tr("{n} số gạch chưa có lý do").format(n=unexplained))
        if unexplained
        else Check("ok", tr("{n} số gạch, có lý do").format(n=struck) if struck else tr("Không có số gạch")),
        Check("warn", tr("{n} số chưa xác nhận đã ký").format(n=unconfirmed))
        if unconfirmed
        else Check("ok", signed),
        Check("warn", tr("{n} số chưa rõ").format(n=unknown))
        if unknown
        else Check("ok", tr("Không có số chưa rõ")),
    )


def words_of_file(path: str) -> str:
    """Where a file that was written lies."""
    place = PurePath(path)
    return tr("Đã ghi {name} vào {folder}.").format(name=place.name, folder=place.parent)


def _read(port: RegistersPort, wanted: tuple[int, int], kind: str) -> tuple[Months, RegisterMonth]:
    months = port.months(kind)
    chosen = wanted if wanted in months else months[0]
    return months, port.month(*chosen, kind)


class RegistersModel(QObject):
    """All verbs return at once; what is read stays until it is read again."""

    month_changed = Signal()
    no_register = Signal(object)
    history_read = Signal(object, object)
    """The row and its acts in words."""
    people_read = Signal(object, int)
    """``PersonChoice``s and the year that runs."""
    said = Signal(str)
    closed = Signal(str)
    opened = Signal(str)
    seconds_read = Signal(object)
    """``SecondPerson``s who may confirm an annulment."""
    annulled = Signal(str)
    line_found = Signal(object)
    """The line that was looked for, now on the page."""
    kind_changed = Signal(str)
    """The register of that line."""
    kinds_read = Signal(object)
    """``RegisterTab``s in use today."""
    pin_refused = Signal(object)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(
        self,
        port: RegistersPort,
        pen: PenDeskPort,
        session: SessionPort,
        background: Background,
        now: Callable[[], int],
    ) -> None:
        """Reads nothing before ``read``; ``now`` is the program's clock in ms, asked on a worker."""
        super().__init__()
        self._port, self._pen, self._session = port, pen, session
        self._background, self._now = background, now
        self.months: Months = ()
        self.month: RegisterMonth | None = None
        self.step = CHECK
        self.kind = COPY
        self._wanted = (0, 0)
        self._looked_for: EntryId | None = None
        self._annuls = self._opens = False

    def read(self) -> None:
        """Reads the months there are, and the chosen one (the newest at first)."""
        port, wanted, kind = self._port, self._wanted, self.kind
        self._background.run_query(
            lambda: _read(port, wanted, kind), self._show, self._not_read, owner=self, key="registers.month"
        )

    def read_kinds(self) -> None:
        """Which registers are in use; ``kinds_read`` tells. An error leaves those shown."""
        self._background.run_query(
            self._port.kinds, self.kinds_read.emit, self._no_kinds, owner=self, key="registers.kinds"
        )

    def _no_kinds(self, error: BaseException) -> None:
        """The page itself says what is wrong."""

    def choose(self, year: int, month: int) -> None:
        """Another month."""
        self._wanted = (year, month)
        self.step = CHECK
        self.read()

    def choose_kind(self, kind: str) -> None:
        """Another register: its newest month."""
        if kind != self.kind:
            self.kind, self.month = kind, None
            self.choose(0, 0)

    def look_for(self, line: EntryId) -> None:
        """The month whose page holds a line; ``line_found`` tells once it is shown."""
        port = self._port
        self._looked_for = line
        self._background.run_query(
            lambda: (port.register_of(line), port.month_of(line)),
            self._found,
            self._not_found,
            owner=self,
            key="registers.line",
        )

    def history(self, row: RegisterRow) -> None:
        """The acts on a line; ``history_read`` tells."""
        if row.line is None:
            self.history_read.emit(row, (row.note,) if row.note else ())
            return
        port, line = self._port, row.line
        self._background.run_query(
            lambda: port.history(line),
            lambda acts: self.history_read.emit(row, acts),
            self.failed.emit,
            owner=self,
            key="registers.history",
        )

    def export(self, *, excel: bool) -> None:
        """Writes the month as Excel or PDF beside the other papers; work goes on meanwhile."""
        month, port = self.month, self._port
        if month is None:
            return
        work: Callable[[], str] = (
            (lambda: port.export_excel(month.year, month.month, month.register))
            if excel
            else (lambda: port.export_pdf(month.year, month.month, month.register))
        )
        self._background.run_query(work, self.said.emit, self.failed.emit, owner=self)

    def next_step(self) -> int:
        """From checking to counting; returns the step that stands now."""
        self.step = COUNT
        return self.step

    def first_step(self) -> None:
        """Back to checking."""
        self.step = CHECK

    def close(self, pin: str) -> None:
        """Commits the closing of the month. Called after F9 and a PIN alone."""
        month, port = self.month, self._port
        if month is not None:
            self._background.run_change(
                lambda: port.close_month(month.year, month.month, pin, month.register),
                self._closed,
                self._not_closed,
                owner=self,
            )

    def ask_people(self) -> None:
        """Who may stand as the second person, and which year it is; ``people_read`` tells."""
        session, now = self._session, self._now
        self._background.run_query(
            lambda: (session.people(), moment(now()).year), self._people, self.failed.emit, owner=self
        )

    def open_register(self, form: OpeningForm) -> None:
        """Commits the opening balance, once until it is answered. Called from F9 alone."""
        if self._opens:
            return
        self._opens, port = True, self._port
        self._background.run_change(
            lambda: port.open_register(form), self._opened, self._not_opened, owner=self
        )

    def ask_seconds(self) -> None:
        """Who may stand beside an annulment; ``seconds_read`` tells."""
        self._background.run_query(
            self._pen.seconds, self.seconds_read.emit, self.failed.emit, owner=self, key="registers.seconds"
        )

    def annul(self, form: AnnulForm) -> None:
        """Commits the decision, once until it is answered. Called from F9 alone."""
        if self._annuls:
            return
        self._annuls, pen = True, self._pen
        self._background.run_change(lambda: pen.annul(form), self._annulled, self._not_annulled, owner=self)

    def _annulled(self, sentence: str) -> None:
        self._annuls = False
        self.annulled.emit(sentence)
        self.read()

    def _not_annulled(self, error: BaseException) -> None:
        self._annuls = False
        self.failed.emit(error)

    def _found(self, place: tuple[str, tuple[int, int]]) -> None:
        self.kind, month = place
        self.kind_changed.emit(self.kind)
        self.choose(*month)

    def _not_found(self, error: BaseException) -> None:
        """A line that is not held here: the words, and the newest month behind them."""
        self._looked_for = None
        self.failed.emit(error)
        self.read()

    def _show(self, read: tuple[Months, RegisterMonth]) -> None:
        self.months, self.month = read
        self._wanted = (self.month.year, self.month.month)
        if self.month.blocked or self.month.closed:
            self.step = CHECK
        self.month_changed.emit()
        line, self._looked_for = self._looked_for, None
        if line is not None:
            self.line_found.emit(line)

    def _not_read(self, error: BaseException) -> None:
        if isinstance(error, DomainError) and error.code == NO_REGISTER:
            self.no_register.emit(error)
        else:
            self.unread.emit(error)

    def _people(self, answer: tuple[tuple[PersonChoice, ...], int]) -> None:
        self.people_read.emit(*answer)

    def _closed(self, sentence: str) -> None:
        self.step = CHECK
        self.closed.emit(sentence)
        self.read()

    def _not_closed(self, error: BaseException) -> None:
        wrong_pin = isinstance(error, DomainError) and error.code == "pin.wrong"
        (self.pin_refused if wrong_pin else self.failed).emit(error)
        self.read()

    def _opened(self, sentence: str) -> None:
        self._opens = False
        self.opened.emit(sentence)
        self.read()

    def _not_opened(self, error: BaseException) -> None:
        self._opens = False
        self.failed.emit(error)
