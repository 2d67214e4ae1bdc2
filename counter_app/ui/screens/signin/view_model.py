"""Who may sit down here, and what he must give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.exchange import ExchangePort, SyncStatus
from counter_app.services.ports.session import (
    LOCKED,
    NEEDS_PASSWORD,
    NEEDS_PIN,
    PersonChoice,
    RecoveryForm,
    Session,
    SessionPort,
)
from counter_app.ui.background import Background
from counter_app.ui.formatting import fold
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class Doorstep:
    """What the page shows of the PC: its people, how the line stands, the time in ms."""

    people: tuple[PersonChoice, ...]
    line: SyncStatus
    now: int


class SignInModel(QObject):
    """The people of this PC, the one chosen, and opening the counter to him."""

    changed = Signal()
    chosen_changed = Signal()
    opened = Signal(object)
    """The ``Session`` of whoever gave his PIN or password."""
    pin_offered = Signal(object)
    """The ``Session`` that has no PIN at this PC yet, or forgot it: it opens after the answer."""
    pin_refused = Signal(object)
    locked_again = Signal()
    refused = Signal(object)
    confirmed = Signal()
    account_opened = Signal()

    def __init__(
        self, port: SessionPort, exchange: ExchangePort, background: Background, now: Callable[[], int]
    ) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._exchange, self._background, self._now = port, exchange, background, now
        self.door: Doorstep | None = None
        self.chosen: PersonChoice | None = None
        self.by_password = False
        self._came: Session | None = None

    def read(self) -> None:
        """People and line, read again; whoever was chosen stays chosen."""
        port, exchange, now = self._port, self._exchange, self._now
        self._background.run_query(
            lambda: Doorstep(port.people(), exchange.status(), now()),
            self._show,
            owner=self,
            key="signin.door",
        )

    def people(self) -> tuple[PersonChoice, ...]:
        """Officials with an account here."""
        return self.door.people if self.door is not None else ()

    def needs(self) -> str:
        """PIN or password for the one chosen; "" while nobody or a locked one is chosen."""
        if self.chosen is None or self.chosen.needs == LOCKED:
            return ""
        return NEEDS_PASSWORD if self.by_password else self.chosen.needs

    def choose(self, index: int) -> None:
        """The person at this place of the list."""
        people = self.people()
        if 0 <= index < len(people) and people[index] != self.chosen:
            self.chosen, self.by_password = people[index], False
            self.chosen_changed.emit()

    def choose_by_name(self, typed: str) -> bool:
        """The first person whose name holds what was typed, without diacritics; False when none does."""
        wanted = fold(typed)
        for index, person in enumerate(self.people()):
            if wanted and any(
                word.startswith(wanted) for word in (fold(person.name), *fold(person.name).split())
            ):
                self.choose(index)
                return True
        return False

    def ask_password(self) -> None:
        """ "Quên PIN?": the password does as well."""
        if self.chosen is not None and self.chosen.needs == NEEDS_PIN:
            self.by_password = True
            self.chosen_changed.emit()

    def sign_in(self, secret: str) -> None:
        """PIN or password of the one chosen."""
        if self.chosen is None:
            return
        port, official = self._port, self.chosen.official
        self._background.run_change(
            lambda: port.sign_in(official, secret), self._let_in, self._refused, owner=self
        )

    def _let_in(self, session: Session) -> None:
        """His own, or first the question about a PIN."""
        self._came = session if session.offers_pin else None
        (self.pin_offered if session.offers_pin else self.opened).emit(session)

    def set_pin(self, pin: str, repeated: str) -> None:
        """The PIN of whoever gave his password just now; then the counter opens to him."""
        port, came = self._port, self._came
        if came is None:
            return
        opened = replace(came, has_pin=True, offers_pin=False)
        self._background.run_change(
            lambda: port.set_pin(pin, repeated),
            lambda _nothing: self._open(opened),
            self.pin_refused.emit,
            owner=self,
        )

    def put_pin_off(self) -> None:
        """Later: he works with his password."""
        if self._came is not None:
            self._open(self._came)

    def lock_again(self) -> None:
        """Nobody answered: whoever comes now is not let in by Esc."""
        if self._came is not None:
            self._came = None
            self._background.run_change(
                self._port.lock, lambda _nothing: self.locked_again.emit(), self._refused, owner=self
            )
            self.read()

    def _open(self, session: Session) -> None:
        self._came = None
        self.opened.emit(session)

    def open_locked(self, supervisor: EntryId, secret: str, reason: str) -> None:
        """A supervisor opens the chosen, locked account at this PC, with a reason."""
        if self.chosen is None:
            return
        port, official = self._port, self.chosen.official
        self._background.run_change(
            lambda: port.open_locked(official, supervisor, secret, reason),
            lambda _nothing: self._account_opened(),
            self._refused,
            owner=self,
        )

    def recover(self, form: RecoveryForm) -> None:
        """A new password for the head, witnessed at this PC."""
        port = self._port
        self._background.run_change(
            lambda: port.recover(form), lambda _nothing: self._account_opened(), self._refused, owner=self
        )

    def confirm_date(self) -> None:
        """ "Đúng": the clock's answer becomes an entry."""
        port, now = self._port, self._now
        self._background.run_change(
            lambda: port.confirm_date(now()),
            lambda _nothing: self.confirmed.emit(),
            self._refused,
            owner=self,
        )

    def _account_opened(self) -> None:
        self.account_opened.emit()
        self.read()

    def _refused(self, error: BaseException) -> None:
        self.refused.emit(error)
        self.read()

    def _show(self, door: Doorstep) -> None:
        before = self.chosen.official if self.chosen is not None else None
        self.door = door
        found = next((one for one in door.people if one.official == before), None)
        chosen = found or (door.people[0] if door.people else None)
        moved = chosen != self.chosen
        self.chosen = chosen
        self.changed.emit()
        if moved:
            self.chosen_changed.emit()
