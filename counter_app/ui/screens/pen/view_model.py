"""What the pen desk shows and asks for: one register at a time, its numbers, its recovery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.pen import (
    Double,
    PenCard,
    PenDeskPort,
    RebuiltForm,
    RecoveryForm,
    RecoveryProposal,
    SecondPerson,
    UnknownNumber,
)
from counter_app.ui.background import Background
from sync.protocol.ids import EntryId


@dataclass(frozen=True, slots=True)
class PenRead:
    """One reading of the page; ``proposal`` only where this PC does not hold the pen."""

    cards: tuple[PenCard, ...] = ()
    card: PenCard | None = None
    seconds: tuple[SecondPerson, ...] = ()
    unknown: tuple[UnknownNumber, ...] = ()
    doubles: tuple[Double, ...] = ()
    proposal: RecoveryProposal | None = None


def _read(port: PenDeskPort, register: EntryId | None) -> PenRead:
    """Everything of one register: the wished one, else the newest."""
    cards = port.cards()
    card = next((one for one in cards if one.register == register), cards[0] if cards else None)
    if card is None:
        return PenRead()
    lost = not card.here and not card.closed
    return PenRead(
        cards,
        card,
        port.seconds(),
        port.unknown_numbers(card.register),
        port.doubles(card.register),
        port.proposal(card.register) if lost else None,
    )


class PenModel(QObject):
    """Reads the page and commits its three forms; nothing is committed twice by two presses of F9."""

    changed = Signal()
    proposed = Signal()
    done = Signal(str)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(self, port: PenDeskPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self._register: EntryId | None = None
        self._busy = False
        self.page = PenRead()
        self.proposal: RecoveryProposal | None = None

    def read(self) -> None:
        """Reads the page again."""
        port, register = self._port, self._register
        self._background.run_query(
            lambda: _read(port, register), self._show, self.unread.emit, owner=self, key="pen.page"
        )

    def choose(self, place: int) -> None:
        """Another register-year."""
        if 0 <= place < len(self.page.cards):
            self._register = self.page.cards[place].register
            self.read()

    def compute(self, highest_on_paper: int, waiting_there: int) -> None:
        """The least number to go on at, for what was typed."""
        port, card = self._port, self.page.card
        if card is None or self.page.proposal is None:
            return
        register = card.register
        self._background.run_query(
            lambda: port.proposal(register, highest_on_paper, waiting_there),
            self._propose,
            self.failed.emit,
            owner=self,
            key="pen.proposal",
        )

    def recover(self, form: RecoveryForm) -> None:
        """Commits. Called from F9 alone."""
        port = self._port
        self._commit(lambda: port.recover(form))

    def rebuild(self, form: RebuiltForm) -> None:
        """Commits. Called from F9 alone."""
        port = self._port
        self._commit(lambda: port.settle_rebuilt(form))

    def void(self, register: EntryId, number: int, minutes: str) -> None:
        """Commits. Called from F9 alone."""
        port = self._port
        self._commit(lambda: port.settle_void(register, number, minutes))

    def rule(self, register: EntryId, double: Double, keep: EntryId, ground: str) -> None:
        """Commits: ``keep`` stands, the other line is struck. Called from F9 alone."""
        port = self._port
        strike = next(line.line for line in double.lines if line.line != keep)
        self._commit(lambda: port.rule_double(register, double.number, keep, strike, ground))

    def _commit(self, act: Callable[[], str]) -> None:
        if self._busy:
            return
        self._busy = True
        self._background.run_change(act, self._done, self._refused, owner=self)

    def _show(self, page: PenRead) -> None:
        self.page, self.proposal = page, page.proposal
        self.changed.emit()

    def _propose(self, proposal: RecoveryProposal) -> None:
        self.proposal = proposal
        self.proposed.emit()

    def _done(self, sentence: str) -> None:
        self._busy = False
        self.done.emit(sentence)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._busy = False
        self.failed.emit(error)
