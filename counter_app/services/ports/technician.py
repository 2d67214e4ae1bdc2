"""The technician's page: self-test, backup, enrolment, printers (``ux.md`` 4.11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

GOOD = "good"
LOOK = "look"
BROKEN = "broken"
OFFLINE = "offline"
NOT_HERE = "not_here"
"""The line does not apply to this PC."""
UNCHECKED = "unchecked"
"""The look itself failed or took too long; the words say why."""
MEND_BACKUP, MEND_SEND, MEND_REBUILD = "backup", "send", "rebuild"
"""What a line's button can do here; other cures are a person's."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line of the self-test: verdict, meaning, remedy; ``mend`` is a ``MEND_*`` or ""."""

    code: str
    icon: str
    title: str
    verdict: str
    words: str
    remedy: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One verified (or broken) backup.

    ``files`` kept files lie beside it (``files_size`` bytes), ``faulty`` of this PC's could not go with it.
    """

    path: str
    at: int
    size: int
    verified: bool
    words: str
    files: int = 0
    files_size: int = 0
    faulty: int = 0


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where backups go: ``chosen`` by a technician, else beside the store; ``same_disk`` as the store.

    ``free`` bytes, 0 when the place is not there; ``trouble`` is the sentence of the last failure or "".
    """

    path: str
    chosen: bool
    same_disk: bool
    free: int
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """Who this PC is for the province."""

    unit: str
    counter: str
    device: int
    life: int
    hub: str
    since: int
    spare_grants: int


@dataclass(frozen=True, slots=True)
class PrinterRoleView:
    """A kind of paper and the printer it goes to: ``printer`` is its name, ``shown`` as people read it, both
    "" when none is chosen; ``falls_back`` when the A4 printer serves because none was chosen for it.
    """

    role: str
    words: str
    printer: str
    shown: str
    falls_back: bool = False


@dataclass(frozen=True, slots=True)
class LanSibling:
    """Another counter of the unit: where it was met, whether a talk is under way, one line of words."""

    name: str
    address: str
    connected: bool
    words: str


@dataclass(frozen=True, slots=True)
class LanView:
    """The office LAN as this PC's settings have it, and how it goes.

    ``addresses`` as typed, parted by blanks. ``own``: where this PC listens, none while it does not.
    ``learnt``: addresses of siblings known from before, called at every start. ``trouble``: a sentence or "".
    """

    on: bool = True
    port: int = 7443
    addresses: str = ""
    own: tuple[str, ...] = ()
    siblings: tuple[LanSibling, ...] = ()
    learnt: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class LanForm:
    """The settings as typed; an empty port is the usual one."""

    on: bool
    port: str = ""
    addresses: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """The line to the province as set here: MB a day (0: no limit), paid hours as typed, whether always paid.

    ``proxy`` without user or password; of the password only whether one is kept. ``spent`` bytes today, 0
    where nothing is limited. ``hub`` is the province's address, ``https://name[:port]``.
    """

    day_mb: int = 0
    hours: str = ""
    paid: bool = False
    proxy: str = ""
    user: str = ""
    has_password: bool = False
    spent: int = 0
    hub: str = ""


@dataclass(frozen=True, slots=True)
class LineForm:
    """The settings as typed; an empty password leaves the kept one, an empty user drops both.

    An empty ``hub`` leaves the address as it is.
    """

    day_mb: str = ""
    hours: str = ""
    paid: bool = False
    proxy: str = ""
    user: str = ""
    password: str = ""
    hub: str = ""


class TechnicianPort(Protocol):
    """Technician's acts; no personal data on any of these pages."""

    def self_test(self) -> tuple[CheckRow, ...]:
        """Runs the list."""
        ...

    def mend(self, what: str) -> str:
        """Does what a line's button says (``MEND_*``); returns the sentence.

        Raises DomainError ``role.*``, ``session.*``, ``doctor.mend``; StoreError, OutsideError.
        """
        ...

    def write_results(self, folder: str, rows: tuple[CheckRow, ...] = ()) -> str:
        """Writes ``rows`` (none: of a fresh run) as results below ``folder``, a stick; returns the sentence.

        Raises OutsideError ``doctor.place``.
        """
        ...

    def backups(self) -> tuple[BackupRow, ...]:
        """Backups on this PC, newest first."""
        ...

    def back_up(self) -> BackupRow:
        """Backup now: written, opened, verified."""
        ...

    def backup_place(self) -> BackupPlace:
        """Where backups go and how it is with that place."""
        ...

    def choose_backup_place(self, path: str) -> str:
        """Backups go into this folder from now on, "" beside the store; returns the sentence.

        Raises DomainError, OutsideError.
        """
        ...

    def try_restore(self, path: str) -> str:
        """Restores into a copy and verifies it; changes nothing."""
        ...

    def enrolment(self) -> EnrolmentView:
        """Unit, counter, life, hub."""
        ...

    def acceptance(self) -> str:
        """Prints the acceptance minutes; returns the sentence."""
        ...

    def test_page(self, printer: str) -> str:
        """Prints the test page; returns the sentence."""
        ...

    def printer_roles(self) -> tuple[PrinterRoleView, ...]:
        """Kinds of paper and their printers."""
        ...

    def choose_printer(self, role: str, printer: str) -> str:
        """From now on papers of ``role`` go to ``printer``; returns the sentence. Raises DomainError."""
        ...

    def lan(self) -> LanView:
        """The office LAN: settings, siblings, what is wrong."""
        ...

    def keep_lan(self, form: LanForm) -> str:
        """Keeps them; listening and calls begin anew at once. Returns the sentence.

        Raises DomainError ``role.*`` (the technician's), ``session.*``, ``lan.port``, ``lan.address``.
        """
        ...

    def province_line(self) -> LineView:
        """The line to the province: what it may cost, the way out."""
        ...

    def keep_province_line(self, form: LineForm) -> str:
        """Keeps them, in force with the next exchange. Returns the sentence.

        Raises DomainError ``role.*``, ``session.*``, ``line.size``, ``line.hours``, ``line.proxy``.
        """
        ...

    def call_siblings(self) -> None:
        """Every address is called now."""
        ...

    def scan_samples(self) -> tuple[str, ...]:
        """Texts of the codes on the test page: digits of the bar code, text of the QR."""
        ...

    def scanner_answered(self) -> None:
        """A code of the test page was read back unchanged."""
        ...
