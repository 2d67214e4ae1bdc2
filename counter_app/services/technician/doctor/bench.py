"""What the checks look at, and what one of them says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter_app.devices.machine.facts import Machine, this_machine
from counter_app.devices.secrets import SecretStore
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.neighbours import Neighbours
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import CheckRow
from counter_app.services.technician.backups import Backups
from counter_app.services.updates.updates import Updates
from counter_app.services.workplace import Workplace
from counter_app.storage.keeping.copy_guard import Verdict

if TYPE_CHECKING:
    from sync.client.internet import HubAddress  # brings requests, which no start waits for


@dataclass(frozen=True)
class Bench:
    """The parts of an open program. ``address`` is the hub's as the store knows it now.

    Without ``neighbours``, ``updates``, ``enrolled`` or ``address`` their lines say that they do not apply.
    """

    work: Workplace
    secrets: SecretStore
    verdict: Verdict
    line: Line
    backups: Backups
    machine: Machine = field(default_factory=this_machine)
    enrolled: Enrolment | None = None
    address: Callable[[], HubAddress] | None = None
    neighbours: Neighbours | None = None
    updates: Updates | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a check saw: verdict, a sentence, its cure, the act that mends it (``MENDS``), "" for none."""

    verdict: str
    words: str
    remedy: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-test: a stable name, its icon, its title in both languages, the look itself.

    ``seconds``: how long it may take before the line says that it could not be checked.
    """

    code: str
    icon: str
    title: tuple[str, str]
    look: Callable[[Bench], Found]
    seconds: float = 5.0

    def row(self, found: Found) -> CheckRow:
        """The line as screens and programs read it."""
        return CheckRow(
            self.code, self.icon, say(*self.title), found.verdict, found.words, found.remedy, found.mend
        )


def megabytes(size: int) -> str:
    """``148,0 MB``, ``41 GB``."""
    if size >= 10_000_000_000:
        return f"{size // 1_000_000_000} GB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
