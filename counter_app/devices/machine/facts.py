"""Facts of a machine and the port through which the self-test asks for them."""

from __future__ import annotations

import sys
import time
from enum import Enum
from typing import NamedTuple, Protocol


class Support(Enum):
    """What the project says of a system: tried on it, past its maker's care, or never tried."""

    TRIED = "tried"
    OLD = "old"
    TOO_OLD = "too_old"
    UNKNOWN = "unknown"


class System(NamedTuple):
    """The operating system: as people call it, its build or release, and whether 64-bit."""

    name: str
    build: str
    support: Support
    is_64: bool

    @property
    def shown(self) -> str:
        """``Windows 11 23H2 (22631.4317)``; a release that the name tells already is not told again."""
        return f"{self.name} ({self.build})" if self.build not in self.name else self.name


class Memory(NamedTuple):
    """Bytes of memory: in the machine, and free for programs now."""

    total: int
    free: int


class Power(NamedTuple):
    """Battery of a laptop: ``percent`` None for a machine without one; ``plugged`` whether mains feed it."""

    percent: int | None
    plugged: bool


class Spooler(NamedTuple):
    """The system's printing service; ``runs`` None where there is none; ``jobs`` waiting, -1 unknown."""

    runs: bool | None
    jobs: int


class Machine(Protocol):
    """What may be asked of the machine. Raises OSError where the system refuses an answer."""

    def system(self) -> System:
        """Name, build, support."""
        ...

    def memory(self) -> Memory:
        """In the machine and free."""
        ...

    def power(self) -> Power:
        """Battery and mains."""
        ...

    def spooler(self) -> Spooler:
        """The printing service; takes up to some seconds."""
        ...

    def autostart(self) -> bool:
        """Whether the program starts when somebody signs in."""
        ...

    def sticks_refused(self) -> str:
        """The rule that forbids removable storage, "" where none does."""
        ...

    def input_methods(self) -> tuple[str, ...]:
        """Programs and layouts that write Vietnamese, as the system names them."""
        ...


def utc_minutes() -> int:
    """The time zone of this machine now, minutes east of Greenwich."""
    return round(time.localtime().tm_gmtoff / 60)


def this_machine() -> Machine:
    """The machine the program runs on."""
    if sys.platform == "win32":
        from counter_app.devices.machine.windows import WindowsMachine

        return WindowsMachine()
    from counter_app.devices.machine.linux import LinuxMachine

    return LinuxMachine()
