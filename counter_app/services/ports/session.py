"""Signing in, locking, changing person (``ux.md`` 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId

NEEDS_PIN = "pin"
NEEDS_PASSWORD = "password"
LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """An official of this PC and what he must give; ``locked_until`` in ms, 0 when not locked."""

    official: EntryId
    name: str
    title: str
    needs: str
    locked_until: int = 0
    idle_days: int = 0
    """More than 0: locked because nobody used the account for so many days."""
    is_head: bool = False
    """He replaces the passwords of others; his own is recovered by two named officials."""
    may_witness: bool = False
    """He may witness such a recovery."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who is at the counter now. ``permissions`` are screen and act codes his roles give him."""

    official: EntryId
    name: str
    title: str
    roles: tuple[str, ...]
    permissions: frozenset[str]
    signed_in_at: int
    idle_minutes: int
    has_pin: bool = True
    """False while he has set no PIN at this PC: a lot then asks his password."""
    offers_pin: bool = False
    """He came by password and has no PIN here, or forgot it: setting one is offered."""
    before: str = ""
    """When and where he signed in last and what failed since; "" when there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class PinForm:
    """A PIN changed in the settings: the password proves who does it. Nothing is trimmed."""

    password: str
    pin: str
    repeated: str


@dataclass(frozen=True, slots=True)
class PasswordForm:
    """A password changed in the settings by the person at the counter."""

    password: str
    new: str
    repeated: str


@dataclass(frozen=True, slots=True)
class RecoveryForm:
    """The head ``official`` types a new password twice, each witness his PIN or password.

    ``second`` None: the province's act stands for the second witness. Nothing is trimmed but ``ground``.
    """

    official: EntryId
    password: str
    repeated: str
    ground: str
    first: EntryId
    first_secret: str
    second: EntryId | None = None
    second_secret: str = ""


@dataclass(frozen=True, slots=True)
class CounterInfo:
    """What the frame says about this PC; ``practice_hint`` tells the practice password.

    ``founding`` is the stage of ``services.ports.founding``: "" once somebody can sign in here.
    """

    unit_code: str
    unit_name: str
    unit_title: str
    counter_name: str
    counter_number: int
    practice: bool
    clock_question: str = ""
    practice_hint: str = ""
    founding: str = ""


class SessionPort(Protocol):
    """Signing in and out of one PC."""

    def counter(self) -> CounterInfo:
        """What the sign-in page and the frame show about this PC."""
        ...

    def people(self) -> tuple[PersonChoice, ...]:
        """Officials of this PC, the last one to sign in first."""
        ...

    def sign_in(self, official: EntryId, secret: str) -> Session:
        """Password or PIN, as ``PersonChoice.needs`` says; raises DomainError with the tries left."""
        ...

    def check_pin(self, pin: str) -> None:
        """Confirms a lot by the PIN of the person at the counter; raises DomainError."""
        ...

    def set_pin(self, pin: str, repeated: str) -> None:
        """His six digits, right after the password opened the counter to him; raises DomainError."""
        ...

    def change_pin(self, form: PinForm) -> None:
        """A PIN later on, proved by the password; raises DomainError ``pin.*``, ``password.*``."""
        ...

    def change_password(self, form: PasswordForm) -> None:
        """A new password at this PC; the old one no longer opens. Raises DomainError ``password.*``."""
        ...

    def lock(self) -> None:
        """Covers the screen; drafts stay."""
        ...

    def reminders(self) -> tuple[str, ...]:
        """What would stay open if the person at the counter signed out now."""
        ...

    def sign_out(self) -> tuple[str, ...]:
        """Ends the session; returns reminders of what stays open."""
        ...

    def open_locked(self, locked: EntryId, supervisor: EntryId, secret: str, reason: str) -> None:
        """A supervisor opens a locked account at this PC, offline, with a reason."""
        ...

    def recover(self, form: RecoveryForm) -> None:
        """A head's lost password, witnessed by two officials; raises DomainError ``recovery.*``."""
        ...

    def confirm_date(self, at: int) -> None:
        """The answer to the clock question becomes an entry (``sync.md`` 6)."""
        ...
