"""What a person comes for, what may leave with him, and handing it over (``ux.md`` 4.6)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from counter_app.domain.card_qr import CardData, parse_card_qr
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.services.ports.handover import HandoverPort, ReturnForm, ReturnLine, ReturnView
from counter_app.ui.background import Background
from sync.protocol.ids import EntryId

HIMSELF, OTHER = "self", "other"
PAPER, PAD, FINGERPRINT = "paper", "pad", "fingerprint"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes the copies, as the form on the right says it; empty name: the requester himself."""

    name: str = ""
    id_number: str = ""
    how_signed: str = PAPER
    given: str = ""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line of a found request; ``first`` shows the request's own words."""

    view: ReturnView
    line: ReturnLine
    first: bool


def is_ready(view: ReturnView) -> bool:
    """Whether anything of a request can be handed over now."""
    return any(line.ready for line in view.lines)


def copies_ready(view: ReturnView) -> int:
    """How many copies would leave."""
    return sum(line.copies for line in view.lines if line.ready)


def _hand_over(port: HandoverPort, forms: tuple[ReturnForm, ...]) -> str:
    return " ".join(port.hand_over(form) for form in forms)


class HandoverModel(QObject):
    """Found requests with ticks by id; the waiting list below. All verbs return at once."""

    waiting_changed = Signal()
    found_changed = Signal()
    ticks_changed = Signal()
    card_read = Signal(object)
    """``CardData`` of the other person who takes the copies."""
    handed = Signal(str)
    not_found = Signal(object)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(self, port: HandoverPort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.waiting: tuple[ReturnView, ...] = ()
        self.found: tuple[ReturnView, ...] = ()
        self.chosen: set[EntryId] = set()
        self.by_card = False
        self._handing = False

    def read(self) -> None:
        """Reads the list of what waits."""
        port = self._port
        self._background.run_query(
            port.waiting, self._show_waiting, self.unread.emit, owner=self, key="handover.waiting"
        )

    def find(self, text: str) -> None:
        """A slip, receipt, copy, card, number or name; all results of the person open."""
        port = self._port
        by_card = classify_scan(text).kind is ScanKind.IDENTITY_CARD
        self._background.run_query(
            lambda: port.find(text),
            lambda found: self._show_found(found, by_card=by_card),
            self._show_none,
            owner=self,
            key="handover.find",
        )

    def read_card(self, text: str) -> None:
        """The card of another person who takes the copies."""
        self._background.run_query(
            lambda: parse_card_qr(text).card, self._card, self.failed.emit, owner=self, key="handover.card"
        )

    def open(self, view: ReturnView) -> None:
        """A row of the waiting list, without its slip."""
        self._show_found((view,), by_card=False)

    def open_waiting(self, request: EntryId) -> None:
        """A request of the list of home; nothing opens when it does not wait here (any more)."""
        port = self._port
        self._background.run_query(
            lambda: tuple(view for view in port.waiting() if view.request == request),
            lambda found: self._show_found(found, by_card=False) if found else None,
            self.unread.emit,
            owner=self,
            key="handover.find",
        )

    def clear(self) -> None:
        """Puts the person aside."""
        self._show_found((), by_card=False)

    def lines(self) -> tuple[ResultLine, ...]:
        """Every line of every found request."""
        return tuple(
            ResultLine(view, line, place == 0) for view in self.found for place, line in enumerate(view.lines)
        )

    def turn(self, request: EntryId) -> bool:
        """Takes a request in or out of this handing over; False when nothing of it is ready."""
        view = next((view for view in self.found if view.request == request), None)
        if view is None or not is_ready(view):
            return False
        (self.chosen.discard if request in self.chosen else self.chosen.add)(request)
        self.ticks_changed.emit()
        return True

    def leaving(self) -> tuple[ReturnView, ...]:
        """What F9 would hand over."""
        return tuple(view for view in self.found if view.request in self.chosen)

    def to_pay(self) -> int:
        """Dong still to be paid for what is ticked."""
        return sum(view.to_pay for view in self.leaving())

    def hand_over(self, receiver: Receiver, *, slip_lost: bool) -> None:
        """Commits. Called from F9 alone; a second F9 before the answer does nothing.

        With several requests each takes exactly what it costs: the change was given back for all at once.
        """
        leaving, port = self.leaving(), self._port
        if not leaving or self._handing:
            return
        self._handing = True
        alone = len(leaving) == 1
        forms = tuple(
            ReturnForm(
                view.request,
                receiver.name,
                receiver.id_number,
                receiver.how_signed,
                slip_lost,
                receiver.given if alone else "",
            )
            for view in leaving
        )
        self._background.run_change(lambda: _hand_over(port, forms), self._handed, self._refused, owner=self)

    def _show_waiting(self, waiting: tuple[ReturnView, ...]) -> None:
        self.waiting = waiting
        self.waiting_changed.emit()

    def _show_found(self, found: tuple[ReturnView, ...], *, by_card: bool) -> None:
        self.found, self.by_card = found, by_card
        self.chosen = {view.request for view in found if is_ready(view)}
        self.found_changed.emit()

    def _show_none(self, error: BaseException) -> None:
        self._show_found((), by_card=False)
        self.not_found.emit(error)

    def _card(self, card: CardData) -> None:
        self.card_read.emit(card)

    def _handed(self, sentence: str) -> None:
        self._handing = False
        self.clear()
        self.handed.emit(sentence)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._handing = False
        self.failed.emit(error)
        self.read()
