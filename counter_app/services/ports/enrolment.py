"""A PC that is no counter yet: the provisioning file, what it holds, taking it (``sync.md`` 5, decision 004).

This port stands alone: there is no store, no program and nobody signed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.services.ports.program import Program

NO_PASSPHRASE = ""
NEW_PASSPHRASE = "new"
KNOWN_PASSPHRASE = "known"


@dataclass(frozen=True, slots=True)
class PcState:
    """What this PC is before its program opens.

    ``passphrase``: none is wanted (the system keeps secrets), a NEW one for a key file, or the KNOWN one of
    the key file that lies there. ``has_store``: a store is there already, perhaps with a journal in it.
    """

    has_store: bool
    passphrase: str
    practice: bool


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A provisioning file that was found: its path and the place as people call it."""

    path: str
    name: str
    place: str
    removable: bool


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """What a provisioning file holds, shown before anything is done; ``valid_until`` in ms."""

    path: str
    unit: str
    unit_name: str
    province: str
    counter_name: str
    counter_number: int
    device: int
    hub_url: str
    proxy: str
    valid_until: int
    spares: int
    printers: int
    practice: bool
    sticks_ready: bool
    """Whether it brings the unit's key, so that files can be sealed before the province was ever met."""


@dataclass(frozen=True, slots=True)
class EnrolledView:
    """What came of it: ``file_left`` names a provisioning file that could not be deleted."""

    file_left: str = ""


class EnrolmentPort(Protocol):
    """The acts of the first page of a PC that is no counter yet."""

    def state(self) -> PcState:
        """Whether a store is there already, and which passphrase its keys want."""
        ...

    def find(self) -> tuple[FoundFile, ...]:
        """Provisioning files on sticks and beside the program, sticks first."""
        ...

    def look(self, path: str) -> ProvisionView:
        """What the file holds; changes nothing. Raises DomainError ``enrol.*``."""
        ...

    def enrol(self, path: str, passphrase: str, keep_file: bool) -> EnrolledView:
        """Makes this PC the counter that the file names. Raises DomainError ``enrol.*``, OutsideError."""
        ...

    def open(self, passphrase: str) -> Program:
        """The program of this PC, once it is enrolled. Raises OutsideError ``store.*``, ``secret.*``."""
        ...
