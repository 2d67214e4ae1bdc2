"""The pen desk: the port of the screen *Quyền cấp số và sổ*."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.organisation import roles
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.pen import settling, status
from counter_app.services.pen.offering import PenOffering, Siblings
from counter_app.services.pen.on_paper import OnPaper
from counter_app.services.pen.over_lan import Ask, PenOverLan
from counter_app.services.pen.recovering import Recovering
from counter_app.services.pen.settling import Settling
from counter_app.services.pen.undoing import Undoing
from counter_app.services.ports.pen import (
    AnnulForm,
    BookForm,
    Counterpart,
    Double,
    LineFound,
    PenCard,
    PenOffer,
    RebuiltForm,
    ReceiptFound,
    RecoveryForm,
    RecoveryProposal,
    SecondPerson,
    UndoForm,
    UnknownNumber,
)
from counter_app.services.session.desk import Desk
from counter_app.services.signing.guards import Guards
from counter_app.services.signing.pen import PenMoves
from counter_app.services.workplace import Workplace
from sync.protocol.naming.ids import EntryId


@dataclass
class PenDeskArea:
    """Implements ``PenDeskPort``; ``guards`` are those of the signing desk."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    guards: Guards
    ask: Ask | None = None
    """A question to a sibling on the LAN, None where this PC does not use it."""
    siblings: Siblings = lambda: ()

    def cards(self) -> tuple[PenCard, ...]:
        """Each register-year, newest first. Raises DomainError ``role.*``."""
        self._reads()
        with self.work.store.read() as connection:
            return status.cards(connection, self.work)

    def counterparts(self) -> tuple[Counterpart, ...]:
        """Counters of the unit that the pen can be passed to, by number. Raises DomainError ``role.*``."""
        self._reads()
        with self.work.store.read() as connection:
            return status.counterparts(connection, self.work)

    def seconds(self, *, money: bool = False) -> tuple[SecondPerson, ...]:
        """Who may confirm beside the person at the counter; ``money`` for receipts."""
        act = roles.REFUND_SECOND if money else roles.TWO_PERSONS_SECOND
        me = self.desk.require()
        with self.work.store.read() as connection:
            return status.seconds(connection, self.work, me, act)

    def proposal(
        self, register: EntryId, highest_on_paper: int = 0, waiting_there: int = 0
    ) -> RecoveryProposal:
        """What recovering would say, computed again for what was typed."""
        self._reads()
        with self.work.store.read() as connection:
            state = self.work.state(connection, register)
            return self._recovering().proposal(connection, state, highest_on_paper, waiting_there)

    def recover(self, form: RecoveryForm) -> str:
        """The pen of a dead PC comes here; minutes are printed."""
        return self._recovering().recover(form)

    def unknown_numbers(self, register: EntryId) -> tuple[UnknownNumber, ...]:
        """Numbers to settle one by one."""
        self._reads()
        with self.work.store.read() as connection:
            return settling.unknown_numbers(connection, self.work, register)

    def settle_rebuilt(self, form: RebuiltForm) -> str:
        """One unknown number gets its columns from evidence."""
        return Settling(self.work, self.desk).rebuilt(form)

    def settle_void(self, register: EntryId, number: int, minutes: str) -> str:
        """One unknown number is voided with the minutes named."""
        return Settling(self.work, self.desk).void(register, number, minutes)

    def doubles(self, register: EntryId) -> tuple[Double, ...]:
        """Numbers that two lines bear."""
        self._reads()
        with self.work.store.read() as connection:
            return settling.doubles(connection, self.work, register)

    def rule_double(self, register: EntryId, number: int, keep: EntryId, strike: EntryId, ground: str) -> str:
        """One of two lines stands, the other is struck; both stay readable."""
        return Settling(self.work, self.desk).rule(register, number, keep, strike, ground)

    def pass_to_paper(self, register: EntryId, sheets: int, second: EntryId, secret: str) -> str:
        """Power cut: the next ``sheets`` numbers are printed on register sheets and used by hand."""
        return self._paper().pass_on(register, sheets, second, secret)

    def return_from_paper(self, register: EntryId, last_used: int, second: EntryId, secret: str) -> str:
        """The pen comes back to this PC with the last number used on paper."""
        return self._paper().come_back(register, last_used, second, secret)

    def enter_from_paper(
        self, requests: tuple[EntryId, ...], first: int, day: str, pin: str, signatory: EntryId | None = None
    ) -> str:
        """Requests of the power cut get the numbers they bear on paper, marked so; no text is printed."""
        return self._paper().enter(requests, first, day, pin, signatory)

    def pass_pen_to_file(self, counter: int, folder: str, register: EntryId | None = None) -> str:
        """The pen leaves this PC for another counter in a file; returns the file's name."""
        return PenMoves(self.work, self.desk).into_file(counter, folder, register)

    def offers(self) -> tuple[PenOffer, ...]:
        """Counters in contact that could take the pens held here."""
        return () if self.ask is None else self._offering(self.ask).offers()

    def offer_pens(self, journal: int) -> str:
        """Every pen held here goes there. Raises DomainError ``pen.*``."""
        return "" if self.ask is None else self._offering(self.ask).offer(journal)

    def _offering(self, ask: Ask) -> PenOffering:
        return PenOffering(self.work, self.desk, self.siblings, ask)

    def fetch_pen(self, register: EntryId) -> str:
        """The pen comes here from the PC that holds it, over the LAN; the sentence for the bar."""
        return PenOverLan(self.work, self.desk, self.ask).fetch(register)

    def line_of_number(self, register: EntryId, number: int) -> tuple[LineFound, ...]:
        """Lines that bear a number."""
        self._reads()
        with self.work.store.read() as connection:
            return settling.lines_of_number(connection, register, number)

    def annul(self, form: AnnulForm) -> str:
        """A signed line loses its value by the Chairman's decision."""
        return Undoing(self.work, self.desk).annul(form)

    def receipts(self, text: str) -> tuple[ReceiptFound, ...]:
        """Receipts by their number, symbol and number, or a slip's code."""
        self._reads()
        with self.work.store.read() as connection:
            return Undoing(self.work, self.desk).find(connection, text)

    def void_receipt(self, form: UndoForm) -> str:
        """The receipt no longer counts, its number stays used."""
        return Undoing(self.work, self.desk).void(form)

    def refund(self, form: UndoForm, amount: int) -> str:
        """Money goes back from this counter's box."""
        return Undoing(self.work, self.desk).refund(form, amount)

    def open_receipt_book(self, form: BookForm) -> str:
        """A new book of paper receipts of this counter."""
        return Undoing(self.work, self.desk).open_book(form)

    def _reads(self) -> None:
        roles.require(self.desk.require(), roles.READ_REGISTERS)

    def _recovering(self) -> Recovering:
        return Recovering(self.work, self.desk, self.queue, self.guards)

    def _paper(self) -> OnPaper:
        return OnPaper(self.work, self.desk, self.queue, self.guards)
