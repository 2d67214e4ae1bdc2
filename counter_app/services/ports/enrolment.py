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
class SeatView:
    """A counter in a unit's file; ``taken`` says in words which PC has it, "" while it is free."""

    counter: int
    name: str
    device: int
    mobile: bool
    valid_until: int
    taken: str = ""


WAITING, NOW, DONE, LOOK, FAILED = "waiting", "now", "done", "look", "failed"


@dataclass(frozen=True, slots=True)
class StepView:
    """One step from box to counter; ``state`` of the five above.

    ``words`` say what came of it, or what is wrong and what to do.
    """

    code: str
    title: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """What a provisioning file holds, shown before anything is done; ``valid_until`` in ms.

    ``seats`` are its counters. With more than one ``counter_number`` is 0: a person says which this PC is.
    """

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
    seats: tuple[SeatView, ...] = ()


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

    def enrol(self, path: str, passphrase: str, keep_file: bool, counter: int = 0) -> EnrolledView:
        """Makes this PC counter ``counter`` of the file, 0 where it names one alone.

        Raises DomainError ``enrol.*``, OutsideError.
        """
        ...

    def steps(self) -> tuple[StepView, ...]:
        """How far ``enrol`` and ``open`` are; asked from any thread while they run."""
        ...

    def open(self, passphrase: str) -> Program:
        """The program of this PC, once it is enrolled; what enrolment left to do is done first.

        Raises OutsideError ``store.*``, ``secret.*``.
        """
        ...
