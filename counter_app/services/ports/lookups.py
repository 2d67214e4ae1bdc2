"""Rights to look up in national systems, and how those stand (``law.md`` 7.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class RightRow:
    """An official whose role may have the right; ``systems`` empty without one, ``until`` dd/mm/yyyy."""

    official: EntryId
    name: str
    login: str
    systems: tuple[str, ...] = ()
    act: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class RightForm:
    """A right as the head types it; no ``systems``: it ends, ``act`` then says why. ``secret``: his PIN."""

    official: EntryId
    systems: tuple[str, ...]
    act: str
    until: str
    secret: str


class LookupsPort(Protocol):
    """Who may ask which system, and how systems answer."""

    def systems(self) -> tuple[tuple[str, str], ...]:
        """Every system: (code, name)."""
        ...

    def standings(self) -> tuple[tuple[str, str], ...]:
        """Systems that answer slowly or not at all: (kind, words)."""
        ...

    def rights(self) -> tuple[RightRow, ...]:
        """Officials whose role may have the right, with the right they have."""
        ...

    def give_right(self, form: RightForm) -> None:
        """The head gives, changes or ends a right. Raises DomainError."""
        ...
