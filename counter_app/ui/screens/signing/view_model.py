"""What waits for numbers, what waits for ink, and the four moments as verbs (``ux.md`` 4.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.papers import PapersPort, PrintJobView
from counter_app.services.ports.signing import (
    COMPLETE,
    NEEDS_LOOK,
    Banner,
    LotLine,
    LotRow,
    Numbered,
    PenStatus,
    PileDetail,
    PileRow,
    QueueTab,
    Reason,
    SigningPort,
)
from counter_app.ui.background import Background
from counter_app.ui.screens.signing.group_filter import GroupFilter
from sync.protocol.naming.ids import EntryId

NUMBERED = "numbered"
"""State of a line whose ink nobody has confirmed yet."""
Clock = Callable[[], int]
"""Moment of the program's clock in ms; asked on a worker."""
NO_PEN = PenStatus(False, "", "")


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the page shows but the right pane, read in one go."""

    banner: Banner = field(default_factory=lambda: Banner(""))
    pen: PenStatus = NO_PEN
    tabs: tuple[QueueTab, ...] = ()
    rows: tuple[PileRow, ...] = ()
    lots: tuple[LotRow, ...] = ()
    lines: dict[EntryId, tuple[LotLine, ...]] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    now: int = 0


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanned slip or copy is here: a waiting request, or lines that wait for ink, or neither.

    ``together``: everybody of a group whose slip it is.
    """

    request: EntryId | None
    lines: tuple[EntryId, ...]
    together: tuple[EntryId, ...] = ()


def read_desk(port: SigningPort, kind: str, now: Clock) -> Desk:
    """Reads the page on a worker."""
    lots = port.lots()
    return Desk(
        port.banner(kind),
        port.pen(kind),
        port.tabs(),
        port.pile(kind),
        lots,
        {lot.lot: port.lot_lines(lot.lot) for lot in lots},
        port.reasons(),
        now(),
    )


def _scan(port: SigningPort, code: str) -> Scanned:
    lines = tuple(line.line for line in port.lines_of_code(code) if line.state == NUMBERED)
    if lines:
        return Scanned(None, lines)
    return Scanned(port.request_of_code(code), (), port.group_of_code(code))


def _numbered(
    port: SigningPort,
    papers: PapersPort,
    requests: tuple[EntryId, ...],
    pin: str,
    signatory: EntryId | None,
    kind: str,
) -> tuple[Numbered, tuple[PrintJobView, ...]]:
    done = port.number(requests, pin, signatory=signatory, kind=kind)
    jobs = set(done.jobs)
    return done, tuple(job for job in papers.waiting() if job.job in jobs and job.state == "failed")


class SigningModel(QObject):
    """Holds ticks by id, so that a list read again keeps them. All verbs return at once."""

    desk_changed = Signal()
    ticks_changed = Signal()
    detail_changed = Signal()
    scanned = Signal(object)
    said = Signal(str)
    numbered = Signal(object, object)
    """``Numbered`` and the print jobs that failed."""
    witnessed = Signal()
    pin_refused = Signal(object, object)
    """The error and a function that takes the next PIN."""
    failed = Signal(object)
    unread = Signal(object)
    """The list itself could not be read."""

    signatory_asked = Signal(object, object)
    """The requests whose slips name different people, and the ``SignatoryChoice``s."""

    def __init__(
        self,
        port: SigningPort,
        papers: PapersPort,
        background: Background,
        now: Clock,
        who_may_sign: Callable[[], tuple[SignatoryChoice, ...]],
    ) -> None:
        """Reads nothing before ``read``; ``now`` and ``who_may_sign`` are asked on a worker."""
        super().__init__()
        self._port, self._papers, self._background, self._now = port, papers, background, now
        self._who_may_sign = who_may_sign
        self.kind = "copy"
        self.desk = Desk()
        """As it is shown: of a chosen group its rows alone."""
        self.groups = GroupFilter()
        self.detail: PileDetail | None = None
        self.ticked: set[EntryId] = set()
        self.opened: set[EntryId] = set()
        self.inked: set[EntryId] = set()
        self._confirming = False

    # --- reading ---

    def read(self) -> None:
        """Reads the page again; ticks of rows that are still there stay."""
        port, kind, now = self._port, self.kind, self._now
        self._background.run_query(
            lambda: read_desk(port, kind, now), self._read, self.unread.emit, owner=self, key="signing.desk"
        )

    def choose_kind(self, kind: str) -> None:
        """Another queue; a lot never crosses kinds, so the ticks are given up."""
        if kind != self.kind:
            self.kind = kind
            self.groups.group = None
            self.ticked.clear()
            self.read()

    def choose_group(self, group: EntryId | None) -> None:
        """Those of one group alone, None everybody. Ticks that are no longer seen are given up."""
        self._show(replace(self.desk, rows=self.groups.choose(group)))

    def look_at(self, request: EntryId) -> None:
        """The right pane shows this request."""
        port, kind = self._port, self.kind
        self._background.run_query(
            lambda: port.detail(request, kind),
            self._show_detail,
            self.failed.emit,
            owner=self,
            key="signing.detail",
        )

    def scan(self, code: str) -> None:
        """Finds out what a slip is; ``scanned`` tells. Commits nothing."""
        port = self._port
        self._background.run_query(
            lambda: _scan(port, code), self._scanned, self.failed.emit, owner=self, key="signing.scan"
        )

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Reasons for the keys 1..9: (code, words)."""
        return tuple((reason.code, reason.words) for reason in self.desk.reasons[:9])

    # --- moment 2: the pile ---

    def row_of(self, request: EntryId) -> PileRow | None:
        """The row of a waiting request."""
        return next((row for row in self.desk.rows if row.request == request), None)

    def chosen(self) -> tuple[PileRow, ...]:
        """The ticked rows in the order of the pile."""
        return tuple(row for row in self.desk.rows if row.request in self.ticked)

    def turn(self, request: EntryId, on: bool | None = None) -> bool:
        """Ticks or unticks a complete request; False for one that goes alone."""
        row = self.row_of(request)
        if row is None or row.check != COMPLETE:
            return False
        on = request not in self.ticked if on is None else on
        (self.ticked.add if on else self.ticked.discard)(request)
        self.ticks_changed.emit()
        return True

    def tick_complete(self) -> int:
        """Ctrl+A: all that are *Đủ*, nothing else; returns how many."""
        self.ticked = {row.request for row in self.desk.rows if row.check == COMPLETE}
        self.ticks_changed.emit()
        return len(self.ticked)

    def open(self, request: EntryId) -> None:
        """A person has the request open before him: it may be numbered alone."""
        self.opened.add(request)
        self.look_at(request)

    def may_number_alone(self, request: EntryId) -> bool:
        """Complete, or needing a look and looked at."""
        row = self.row_of(request)
        return row is not None and (
            row.check == COMPLETE or (row.check == NEEDS_LOOK and request in self.opened)
        )

    def needs_witness(self) -> bool:
        """Whether the last number on paper or today's date must be confirmed before numbering."""
        return self.desk.pen.paper_witness_needed or self.desk.pen.date_confirmation_needed

    def number(self, requests: tuple[EntryId, ...], pin: str, signatory: EntryId | None = None) -> None:
        """Commits moment 2. Called after Ctrl+Enter or F9 and a PIN alone.

        Where the slips name different signatories nothing is numbered and ``signatory_asked`` fires.
        """
        port, papers, kind = self._port, self._papers, self.kind
        otherwise = self._pin_or_failed(lambda again: self.number(requests, again, signatory))
        self._background.run_change(
            lambda: _numbered(port, papers, requests, pin, signatory, kind),
            self._numbered,
            lambda error: self._ask_signatory(error, requests, otherwise),
            owner=self,
        )

    def confirm_witness(self, last_number: int, pin: str) -> None:
        """Commits the paper witness or the date (sync 5)."""
        port, kind = self._port, self.kind
        self._background.run_change(
            lambda: port.confirm_witness(last_number, pin, kind),
            lambda _nothing: self._witnessed(),
            self._pin_or_failed(lambda again: self.confirm_witness(last_number, again)),
            owner=self,
        )

    def return_to_clerk(self, request: EntryId, reason: str, words: str) -> None:
        """Commits: back to the clerk, before it has a number."""
        port = self._port
        self._change(lambda: port.return_to_clerk(request, reason, words))

    # --- moment 4: ink and seal ---

    def open_lines(self, lot: EntryId) -> tuple[LotLine, ...]:
        """The lot's lines that nobody has confirmed."""
        return tuple(line for line in self.desk.lines.get(lot, ()) if line.state == NUMBERED)

    def unconfirmed(self) -> int:
        """Numbers given whose ink is not confirmed, over all lots."""
        return sum(row.total - row.confirmed for row in self.desk.lots)

    def lot_of(self, line: EntryId) -> EntryId | None:
        """The lot a line stands in."""
        for lot, lines in self.desk.lines.items():
            if any(one.line == line for one in lines):
                return lot
        return None

    def ink(self, line: EntryId, on: bool | None = None) -> bool:
        """Ticks a line as signed and sealed; False when it does not wait for ink."""
        lot = self.lot_of(line)
        if lot is None or all(one.line != line for one in self.open_lines(lot)):
            return False
        on = line not in self.inked if on is None else on
        (self.inked.add if on else self.inked.discard)(line)
        self.ticks_changed.emit()
        return True

    def confirm(self, lot: EntryId) -> None:
        """Commits moment 4: the ticked lines of every lot, or, with none ticked, this whole lot.

        A second F9 before the first has been answered does nothing: it would confirm the next lot.
        """
        if self._confirming:
            return
        self._confirming = True
        port = self._port
        if not self.inked:
            self._change(lambda: port.confirm(lot, None))
            return
        by_lot = {
            row.lot: tuple(line.line for line in self.open_lines(row.lot) if line.line in self.inked)
            for row in self.desk.lots
        }
        parts = tuple((one, lines) for one, lines in by_lot.items() if lines)
        self._change(lambda: " ".join(port.confirm(one, lines) for one, lines in parts))

    def strike(self, line: EntryId, reason: str, words: str) -> None:
        """Commits: a paper came back unsigned, its number is struck and stays in the book."""
        port = self._port
        self.inked.discard(line)
        self._change(lambda: port.strike(line, reason, words))

    # --- answers ---

    def _change(self, work: Callable[[], str]) -> None:
        self._background.run_change(work, self._said, self._refused, owner=self)

    def _said(self, sentence: str) -> None:
        self.said.emit(sentence)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._confirming = False
        self.failed.emit(error)

    def _read(self, desk: Desk) -> None:
        self._show(replace(desk, rows=self.groups.take(desk.rows)))

    def _show(self, desk: Desk) -> None:
        self.desk = desk
        self._confirming = False
        here = {row.request for row in desk.rows}
        self.ticked &= {row.request for row in desk.rows if row.check == COMPLETE}
        self.opened &= here
        waiting = {line.line for lines in desk.lines.values() for line in lines if line.state == NUMBERED}
        self.inked &= waiting
        if self.detail is not None and self.detail.request not in here:
            self._show_detail(None)
        self.desk_changed.emit()

    def _show_detail(self, detail: PileDetail | None) -> None:
        self.detail = detail
        self.detail_changed.emit()

    def _scanned(self, scanned: Scanned) -> None:
        for line in scanned.lines:
            self.ink(line, True)
        request = scanned.request
        if self.groups.hides({*scanned.together, *((request,) if request is not None else ())}):
            self.choose_group(None)
        here = tuple(one for one in scanned.together if self.row_of(one) is not None)
        if here:
            self._tick_together(here)
            scanned = Scanned(here[0], (), here)
        elif request is not None and not self.turn(request, True):
            row = self.row_of(request)
            if row is not None:
                self.open(request)
            else:
                scanned = Scanned(None, ())
        self.scanned.emit(scanned)

    def ticked_of(self, scanned: Scanned) -> int:
        """How many of a scanned group are ticked."""
        return sum(one in self.ticked for one in scanned.together)

    def _tick_together(self, requests: tuple[EntryId, ...]) -> None:
        """A group's slip: everybody of it who is *Đủ*; the others are opened one by one."""
        rows = (self.row_of(one) for one in requests)
        self.ticked.update(row.request for row in rows if row is not None and row.check == COMPLETE)
        self.ticks_changed.emit()

    def _numbered(self, result: tuple[Numbered, tuple[PrintJobView, ...]]) -> None:
        done, unprinted = result
        self.ticked.clear()
        self.numbered.emit(done, unprinted)
        self.read()

    def _witnessed(self) -> None:
        self.witnessed.emit()
        self.read()

    def _ask_signatory(
        self, error: BaseException, requests: tuple[EntryId, ...], otherwise: Callable[[BaseException], None]
    ) -> None:
        if not isinstance(error, DomainError) or error.code != "lot.signatory":
            otherwise(error)
            return
        self._background.run_query(
            self._who_may_sign,
            lambda choices: self.signatory_asked.emit(requests, choices),
            self.failed.emit,
            owner=self,
        )

    def _pin_or_failed(self, again: Callable[[str], None]) -> Callable[[BaseException], None]:
        def take(error: BaseException) -> None:
            if isinstance(error, DomainError) and error.code == "pin.wrong":
                self.pin_refused.emit(error, again)
            else:
                self.failed.emit(error)
                self.read()

        return take
