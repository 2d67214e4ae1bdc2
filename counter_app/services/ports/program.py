"""All ports together, as screens receive them, and the hook that tells what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .arrival import ArrivalPort
from .contradictions import ContradictionsPort
from .copies import CopiesPort
from .digital import DigitalPort
from .dossiers import DossiersPort
from .exchange import ExchangePort
from .founding import FoundingPort
from .groups import GroupsPort
from .handover import HandoverPort
from .home import HomePort
from .intake import IntakePort
from .officials import OfficialsPort
from .papers import CashPort, PapersPort
from .pen import PenDeskPort
from .reads import ReadsPort
from .registers import RegistersPort
from .session import SessionPort
from .settings import SettingsPort
from .signing import SigningPort
from .strays import StraysPort
from .technician import TechnicianPort
from .tickets import TicketsPort


class Program(Protocol):
    """One program: its areas as attributes; ``on_change`` listeners get the areas that changed."""

    session: SessionPort
    home: HomePort
    copies: CopiesPort
    groups: GroupsPort
    intake: IntakePort
    signing: SigningPort
    digital: DigitalPort
    handover: HandoverPort
    dossiers: DossiersPort
    registers: RegistersPort
    arrival: ArrivalPort
    exchange: ExchangePort
    papers: PapersPort
    cash: CashPort
    pen: PenDeskPort
    technician: TechnicianPort
    founding: FoundingPort
    officials: OfficialsPort
    settings: SettingsPort
    reads: ReadsPort
    tickets: TicketsPort
    contradictions: ContradictionsPort
    strays: StraysPort

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Registers a listener called after each committed change, from the worker's thread."""
        ...

    def now(self) -> int:
        """Moment of the program's clock in ms (a confirmed date counts)."""
        ...

    def percent_read(self) -> int:
        """How far the readings are after an update; below 100 lists are incomplete and no act is taken."""
        ...

    def close(self) -> None:
        """Ends the program: exchange stopped, checkpoint made, store closed."""
        ...
