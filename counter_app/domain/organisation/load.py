"""Who of several that may sign is proposed: on duty before absent, then the smallest pile, then the youngest.

The law leaves the choice to the unit; this order is our own (``law.md`` 4.1 names only who may).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class SignerLoad:
    """What lies with one signatory: ``requests`` and their ``originals`` wait for numbers since ``oldest``
    (ms, 0 for none), ``unsigned`` numbers wait for his ink. ``on_duty``: he is known to be here today.
    """

    official: EntryId
    requests: int = 0
    originals: int = 0
    oldest: int = 0
    unsigned: int = 0
    on_duty: bool = False

    @property
    def papers(self) -> int:
        """Everything that he still has to sign."""
        return self.originals + self.unsigned


def least_loaded(loads: Iterable[SignerLoad]) -> list[SignerLoad]:
    """All of them, the one to propose first; who was recorded first stands first among equals."""
    return sorted(loads, key=lambda one: (not one.on_duty, one.papers, -one.oldest, one.official))
