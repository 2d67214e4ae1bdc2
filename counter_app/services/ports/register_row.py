"""One line of a register, as its page, the year and the reports show it."""

from __future__ import annotations

from dataclasses import dataclass

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line with the eight columns of its register; ``state`` signed, numbered, struck, unknown …"""

    line: EntryId | None
    number: int
    day: int
    name: str
    original: str
    signatory: str
    copies: int
    fee: int
    note: str
    state: str
