"""What the pen desk shows and asks for: one register at a time, its numbers, its recovery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.exchange import ExchangePort
from counter_app.services.ports.pen import (
    Counterpart,
    Double,
    PenCard,
    PenDeskPort,
    RebuiltForm,
    RecoveryForm,
    RecoveryProposal,
    SecondPerson,
    UnknownNumber,
)
from counter_app.services.ports.signing import PileRow, SigningPort
from counter_app.ui.background import Background
from counter_app.ui.i18n import tr
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class PenRead:
    """One reading of the page; ``proposal`` only where this PC does not hold the pen."""

    cards: tuple[PenCard, ...] = ()
    card: PenCard | None = None
    seconds: tuple[SecondPerson, ...] = ()
    unknown: tuple[UnknownNumber, ...] = ()
    doubles: tuple[Double, ...] = ()
    proposal: RecoveryProposal | None = None
    others: tuple[Counterpart, ...] = ()


@dataclass(frozen=True, slots=True)
class PenPorts:
    """What the page works with beside the pen's own port: files, slips that wait, who may sign."""

    pen: PenDeskPort
    exchange: ExchangePort
    signing: SigningPort
    signatories: Callable[[], tuple[SignatoryChoice, ...]]


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """Slips in the order of the sheet and the first number they bear there."""

    requests: tuple[EntryId, ...]
    first: int
    day: str
    signatory: EntryId | None = None


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
        port.counterparts() if card.here else (),
    )


def _take(ports: PenPorts, path: str) -> str:
    """Reads a file; says where the pen is then."""
    sentence = ports.exchange.import_file(path).sentence
    cards = ports.pen.cards()
    if not cards:
        return sentence
    if cards[0].here:
        return tr("{sentence} Quyền cấp số ở máy này.").format(sentence=sentence)
    words = tr("{sentence} Quyền cấp số vẫn ở {holder}.")
    return words.format(sentence=sentence, holder=cards[0].holder)


def _pass(ports: PenPorts, to: Counterpart, folder: str, register: EntryId) -> str:
    name = ports.pen.pass_pen_to_file(to.number, folder, register)
    return tr("Quyền cấp số ở trong tệp {file}. Mang tệp đến {name} và nhập.").format(file=name, name=to.name)


class PenModel(QObject):
    """Reads the page and commits its forms; nothing is committed twice by two presses of F9."""

    changed = Signal()
    proposed = Signal()
    places_found = Signal(object)
    """Folders and files, as ``FilePlace``s."""
    slips_found = Signal(object, object)
    """Slips that wait for a number; who may sign."""
    slip_scanned = Signal(object)
    """The request of a scanned slip, None for what is none."""
    pin_refused = Signal(object)
    done = Signal(str)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(self, ports: PenPorts, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._ports, self._port, self._background = ports, ports.pen, background
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

    def find_places(self) -> None:
        """Sticks and files; ``places_found`` tells."""
        exchange = self._ports.exchange
        self._background.run_query(
            exchange.places, self.places_found.emit, self.failed.emit, owner=self, key="pen.places"
        )

    def find_slips(self) -> None:
        """What waits for a number and who may sign; ``slips_found`` tells."""
        signing, signatories = self._ports.signing, self._ports.signatories
        self._background.run_query(
            lambda: (signing.pile(), signatories()),
            self._slips,
            self.failed.emit,
            owner=self,
            key="pen.slips",
        )

    def scanned(self, code: str) -> None:
        """Whose slip a code is; ``slip_scanned`` tells."""
        signing = self._ports.signing
        self._background.run_query(
            lambda: signing.request_of_code(code), self.slip_scanned.emit, self.failed.emit, owner=self
        )

    def pass_on(self, to: Counterpart, folder: str, register: EntryId) -> None:
        """Commits: the pen leaves into a file. Called from F9 alone."""
        ports = self._ports
        self._commit(lambda: _pass(ports, to, folder, register))

    def fetch(self, register: EntryId) -> None:
        """The pen comes here over the LAN."""
        self._commit(lambda: self._port.fetch_pen(register))

    def take(self, path: str) -> None:
        """Reads a file that may bring the pen. Called from F9 alone."""
        ports = self._ports
        self._commit(lambda: _take(ports, path))

    def to_paper(self, register: EntryId, sheets: int, second: EntryId, secret: str) -> None:
        """Commits. Called from F9 alone."""
        port = self._port
        self._commit(lambda: port.pass_to_paper(register, sheets, second, secret))

    def back_from_paper(self, register: EntryId, last_used: int, second: EntryId, secret: str) -> None:
        """Commits. Called from F9 alone."""
        port = self._port
        self._commit(lambda: port.return_from_paper(register, last_used, second, secret))

    def enter(self, entry: PaperEntry, pin: str) -> None:
        """Commits what stands on the sheets. Called after F9 and a PIN alone."""
        port = self._port
        self._commit(
            lambda: port.enter_from_paper(entry.requests, entry.first, entry.day, pin, entry.signatory),
            self._not_entered,
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

    def _commit(self, act: Callable[[], str], refused: Callable[[BaseException], None] | None = None) -> None:
        if self._busy:
            return
        self._busy = True
        self._background.run_change(act, self._done, refused or self._refused, owner=self)

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

    def _slips(self, found: tuple[tuple[PileRow, ...], tuple[SignatoryChoice, ...]]) -> None:
        self.slips_found.emit(*found)

    def _refused(self, error: BaseException) -> None:
        """Read again too: a pen that left although its file failed is not here any more."""
        self._busy = False
        self.failed.emit(error)
        self.read()

    def _not_entered(self, error: BaseException) -> None:
        """A wrong PIN is asked again; all else stands at its field."""
        if isinstance(error, DomainError) and error.code == "pin.wrong":
            self._busy = False
            self.pin_refused.emit(error)
        else:
            self._refused(error)
