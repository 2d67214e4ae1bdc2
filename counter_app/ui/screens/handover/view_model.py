"""What a person comes for - results of dossiers and copies - and handing it over (``ux.md`` 4.6)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from counter_app.domain.card_qr import CardData, parse_card_qr
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.domain.errors import DomainError
from counter_app.services.ports.dossiers import (
    ActForm,
    Done,
    DossiersPort,
    GivingForm,
    GivingRow,
    GivingView,
)
from counter_app.services.ports.handover import HandoverPort, ReturnForm, ReturnLine, ReturnView
from counter_app.ui.background import Background
from counter_app.ui.widgets.fields.ways_to_pay import CASH
from sync.protocol.naming.ids import EntryId

HIMSELF, OTHER, POST = "self", "other", "post"
PAPER, PAD, FINGERPRINT = "paper", "pad", "fingerprint"
UNCOLLECTED_DAYS = 30
"""A result that lies longer than this is worth another call (``ux.md`` 4.6)."""
NOTHING = frozenset({"return.none"})
"""Codes of *nothing found*: the other port's words count more then."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes the results, as the form on the right says it; empty name: the requester himself."""

    name: str = ""
    id_number: str = ""
    how_signed: str = PAPER
    given: str = ""
    by_post: bool = False
    tracking: str = ""
    authorisation: str = ""
    witness: str = ""
    witness_id: str = ""
    interpreter: str = ""
    language: str = ""
    read_back: bool = False
    method: str = CASH
    originals_shown: bool = False


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line of a found request; ``first`` shows the request's own words."""

    view: ReturnView
    line: ReturnLine
    first: bool


Line = ResultLine | GivingRow
Waiting = ReturnView | GivingRow


def id_of(line: Line | ReturnView) -> EntryId:
    """The request or the dossier a line is ticked by."""
    if isinstance(line, GivingRow):
        return line.dossier
    return line.request if isinstance(line, ReturnView) else line.view.request


def uncollected(one: Waiting) -> bool:
    """Whether a result lies for more than thirty days."""
    return isinstance(one, GivingRow) and one.waited > UNCOLLECTED_DAYS


def is_ready(view: ReturnView) -> bool:
    """Whether anything of a request can be handed over now."""
    return any(line.ready for line in view.lines)


def copies_ready(view: ReturnView) -> int:
    """How many copies would leave."""
    return sum(line.copies for line in view.lines if line.ready)


@dataclass(frozen=True, slots=True)
class Found:
    """All that one person may come for."""

    copies: tuple[ReturnView, ...] = ()
    results: GivingView | None = None


class _Desk:
    """Both ports asked as one; runs on a worker."""

    def __init__(self, copies: HandoverPort, dossiers: DossiersPort | None) -> None:
        self._copies, self._dossiers = copies, dossiers

    def waiting(self) -> tuple[Waiting, ...]:
        """Results first, those that lie long before the others; then copies."""
        results = () if self._dossiers is None else self._dossiers.ready()
        return (*results, *self._copies.waiting())

    def find(self, text: str) -> Found:
        """Raises the more telling of both errors when neither has anything."""
        try:
            results = None if self._dossiers is None else self._dossiers.find_results(text)
        except DomainError as error:
            return Found(self._copies_or(text, error))
        number = results.id_number if results is not None else ""
        try:
            return Found(self._copies.find(text), results)
        except DomainError:
            if results is None:
                raise
        try:
            return Found(self._copies.find(number) if number else (), results)
        except DomainError:
            return Found((), results)

    def hand_over(self, forms: tuple[ReturnForm, ...], results: GivingForm | None) -> str:
        """Copies and results in one act: a power cut leaves no half in the person's hand."""
        return self._copies.hand_over_all(forms, results)

    def tell_owner(self, form: ActForm) -> Done:
        """The requester was called, texted or told through the hamlet."""
        if self._dossiers is None:
            raise ValueError("only a result of a dossier has an owner to tell")
        return self._dossiers.act(form)

    def _copies_or(self, text: str, error: DomainError) -> tuple[ReturnView, ...]:
        try:
            return self._copies.find(text)
        except DomainError as other:
            raise (other if error.code in NOTHING else error) from None


class HandoverModel(QObject):
    """What was found, with ticks by id; the waiting list below. All verbs return at once."""

    waiting_changed = Signal()
    found_changed = Signal()
    ticks_changed = Signal()
    card_read = Signal(object)
    """``CardData`` of the other person who takes the results."""
    handed = Signal(str)
    told = Signal(str)
    """The owner of a result was told; the sentence."""
    not_found = Signal(object)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(
        self, port: HandoverPort, background: Background, dossiers: DossiersPort | None = None
    ) -> None:
        """Reads nothing before ``read``. Without ``dossiers`` the desk hands over copies alone."""
        super().__init__()
        self._desk, self._background = _Desk(port, dossiers), background
        self.waiting: tuple[Waiting, ...] = ()
        self.found: tuple[ReturnView, ...] = ()
        self.results: GivingView | None = None
        self.chosen: set[EntryId] = set()
        self.by_card = False
        self._handing = False

    def read(self) -> None:
        """Reads the list of what waits."""
        desk = self._desk
        self._background.run_query(
            desk.waiting, self._show_waiting, self.unread.emit, owner=self, key="handover.waiting"
        )

    def find(self, text: str) -> None:
        """A slip, receipt, copy, card, number or name; everything of the person opens."""
        desk = self._desk
        by_card = classify_scan(text).kind is ScanKind.IDENTITY_CARD
        self._background.run_query(
            lambda: desk.find(text),
            lambda found: self._show_found(found, by_card=by_card),
            self._show_none,
            owner=self,
            key="handover.find",
        )

    def read_card(self, text: str) -> None:
        """The card of another person who takes the results."""
        self._background.run_query(
            lambda: parse_card_qr(text).card, self._card, self.failed.emit, owner=self, key="handover.card"
        )

    def open(self, one: Waiting) -> None:
        """A row of the waiting list, without its slip."""
        self._show_found(_found_of(one), by_card=False)

    def open_waiting(self, subject: EntryId) -> None:
        """A request or dossier of the list of home; nothing opens when it does not wait here (any more)."""
        desk = self._desk
        self._background.run_query(
            lambda: next((one for one in desk.waiting() if id_of(one) == subject), None),
            lambda one: self.open(one) if one is not None else None,
            self.unread.emit,
            owner=self,
            key="handover.find",
        )

    def clear(self) -> None:
        """Puts the person aside."""
        self._show_found(Found(), by_card=False)

    def group(self) -> str:
        """The school or body all of them came with, "" when one came alone or not all did."""
        groups = {view.group for view in self.found} if len(self.found) > 1 else set[str]()
        return groups.pop() if len(groups) == 1 else ""

    def lines(self) -> tuple[Line, ...]:
        """Every result of a dossier, then every line of every found request."""
        copies = (
            ResultLine(view, line, place == 0) for view in self.found for place, line in enumerate(view.lines)
        )
        return (*(self.results.rows if self.results is not None else ()), *copies)

    def turn(self, subject: EntryId) -> bool:
        """Takes a request or result in or out of this handing over; False when nothing of it is ready."""
        if subject not in self._may_leave():
            return False
        (self.chosen.discard if subject in self.chosen else self.chosen.add)(subject)
        self.ticks_changed.emit()
        return True

    def leaving(self) -> tuple[ReturnView, ...]:
        """The copies F9 would hand over."""
        return tuple(view for view in self.found if view.request in self.chosen)

    def leaving_results(self) -> tuple[GivingRow, ...]:
        """The results F9 would hand over."""
        rows = self.results.rows if self.results is not None else ()
        return tuple(row for row in rows if row.dossier in self.chosen)

    def to_pay(self) -> int:
        """Dong still to be paid for what is ticked."""
        return sum(view.to_pay for view in self.leaving()) + sum(row.to_pay for row in self.leaving_results())

    def hand_over(self, receiver: Receiver, *, slip_lost: bool) -> None:
        """Commits. Called from F9 alone; a second F9 before the answer does nothing.

        Where more than one paper of account is made each takes exactly what it costs: the change was given
        back for all at once.
        """
        leaving, results, desk = self.leaving(), self.leaving_results(), self._desk
        if not (leaving or results) or self._handing:
            return
        self._handing = True
        alone = len(leaving) + bool(results) == 1
        given = receiver.given if alone else ""
        forms = tuple(
            ReturnForm(
                view.request,
                receiver.name,
                receiver.id_number,
                receiver.how_signed,
                slip_lost,
                given,
                receiver.method,
            )
            for view in leaving
        )
        form = _giving(results, receiver, given, slip_lost=slip_lost) if results else None
        self._background.run_change(
            lambda: desk.hand_over(forms, form), self._handed, self._refused, owner=self
        )

    def tell_owner(self, dossier: EntryId, how: str, words: str) -> None:
        """Commits that the requester was told. Called from the dialog's F9."""
        desk, form = self._desk, ActForm(dossier, "contact", {"how": how, "outcome": "told", "words": words})
        self._background.run_change(lambda: desk.tell_owner(form), self._told, self.failed.emit, owner=self)

    def _may_leave(self) -> frozenset[EntryId]:
        ready = (row.dossier for row in (self.results.rows if self.results is not None else ()) if row.ready)
        return frozenset((*ready, *(view.request for view in self.found if is_ready(view))))

    def _show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        self.waiting = waiting
        self.waiting_changed.emit()

    def _show_found(self, found: Found, *, by_card: bool) -> None:
        self.found, self.results = found.copies, found.results
        self.by_card = by_card or (found.results is not None and found.results.slip_lost)
        self.chosen = set(self._may_leave())
        self.found_changed.emit()

    def _show_none(self, error: BaseException) -> None:
        self._show_found(Found(), by_card=False)
        self.not_found.emit(error)

    def _card(self, card: CardData) -> None:
        self.card_read.emit(card)

    def _handed(self, sentence: str) -> None:
        self._handing = False
        self.clear()
        self.handed.emit(sentence)
        self.read()

    def _told(self, done: Done) -> None:
        self.told.emit(done.sentence)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._handing = False
        self.failed.emit(error)
        self.read()


def _found_of(one: Waiting) -> Found:
    if isinstance(one, GivingRow):
        return Found((), GivingView(one.name, one.identity, (one,), slip_lost=False))
    return Found((one,))


def _giving(rows: tuple[GivingRow, ...], receiver: Receiver, given: str, *, slip_lost: bool) -> GivingForm:
    """The form of the results; ink is what the copies call paper."""
    return GivingForm(
        tuple(row.dossier for row in rows), "post" if receiver.by_post else "counter", receiver.name,
        receiver.id_number, receiver.authorisation,
        "ink" if receiver.how_signed == PAPER else receiver.how_signed, receiver.witness,
        receiver.interpreter, receiver.language, slip_lost, receiver.originals_shown, receiver.tracking,
        given, receiver.witness_id, receiver.read_back, receiver.method,
    )  # fmt: skip
