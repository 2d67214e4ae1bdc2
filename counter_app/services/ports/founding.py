"""The first officials of a unit, later accounts, and accounts that move to another PC (``sync.md`` 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.services.ports.enrolment import FoundFile
from sync.protocol.naming.ids import EntryId

READY = ""
FOUND = "found"
ADMIT = "admit"


@dataclass(frozen=True, slots=True)
class FoundingView:
    """How far this PC is: FOUND nobody of the unit is known here, ADMIT officials but no account, READY.

    ``officials`` counts those known here. ``siblings`` names other counters of the unit that are known.
    """

    stage: str
    officials: int
    siblings: tuple[str, ...]
    practice: bool


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """A person as typed: ``roles`` are codes of ``domain.organisation.roles``."""

    name: str
    title_line: str
    roles: tuple[str, ...]
    login: str
    password: str
    repeated: str
    pin: str = ""


@dataclass(frozen=True, slots=True)
class FoundingForm:
    """The act of two persons that founds a unit: its head, the technician, the decision it rests on.

    ``act_day`` is ``yyyymmdd``.
    """

    head: OfficialForm
    technician: OfficialForm
    act_number: str
    act_day: int


@dataclass(frozen=True, slots=True)
class AccountView:
    """An official of the unit; ``here`` when this PC keeps his account."""

    official: EntryId
    name: str
    title_line: str
    roles: tuple[str, ...]
    login: str
    here: bool
    act: str = ""
    """The act under which he may sign now, "" without one."""
    active: bool = True
    current: bool = True
    """False when his password was replaced elsewhere and this PC keeps the old account."""
    fields: tuple[str, ...] = ()
    """Fields of work whose unclaimed dossiers are his; empty: every field."""
    number_end: str = ""
    """Last four digits of his own identity number, "" while it is not known."""
    has_address: bool = False
    on_duty: bool = False
    """Signed in or acted today, or marked present at this PC."""
    presence: str = ""
    """``vắng đến 14:00``, ``Đang làm việc tại QUẦY-02 từ 07:58``; "" when nobody said anything today."""
    last_sign_in: str = ""
    """When and where he signed in last and what failed since, in words; "" without an account here."""
    idle_days: int = 0
    """More than 0: nobody used the account here for so many days, it is closed."""


@dataclass(frozen=True, slots=True)
class DelegationForm:
    """A written act that lets ``official`` sign: days ``yyyymmdd``, ``valid_to`` 0 for no end.

    ``scan``: path of the scanned act (PDF or JPEG), "" without one.
    """

    official: EntryId
    act_number: str
    act_day: int
    basis: str
    prefix: str
    signs_as: str
    scope: tuple[str, ...]
    valid_from: int
    valid_to: int
    scan: str = ""


@dataclass(frozen=True, slots=True)
class CarriedAccounts:
    """A file of accounts that was written or read, and how many of them."""

    path: str
    count: int


class FoundingPort(Protocol):
    """Who belongs to the unit and has an account at this PC."""

    def stage(self) -> FoundingView:
        """What the first page has to be."""
        ...

    def files(self) -> tuple[FoundFile, ...]:
        """Bundles and files of accounts on sticks and in the program's outbox."""
        ...

    def found(self, form: FoundingForm) -> EntryId:
        """Records head and technician, sealed by the head; returns the head. Raises DomainError."""
        ...

    def accounts(self) -> tuple[AccountView, ...]:
        """Officials of the unit."""
        ...

    def add(self, form: OfficialForm) -> EntryId:
        """One more official, by the head who is at the counter. Raises DomainError."""
        ...

    def delegate(self, form: DelegationForm) -> EntryId:
        """Records a written act, by the head who is at the counter. Raises DomainError; ``scan.*``."""
        ...

    def write_accounts(self, folder: str) -> CarriedAccounts:
        """The accounts of this PC into a sealed file for another PC of the unit.

        Raises DomainError ``accounts.*``.
        """
        ...

    def read_accounts(self, path: str) -> CarriedAccounts:
        """Accounts from such a file; ``count`` are new here. Raises DomainError ``accounts.*``."""
        ...
