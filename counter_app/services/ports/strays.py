"""Acts of a lost branch (a copied PC, a restored store), written anew by two persons: the port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.services.ports.pen import SecondPerson
from sync.protocol.naming.ids import EntryId

ANEW, LEAVE = "taken", "left"
"""Choices: write the acts anew; leave them, since they were entered by hand or are not to be."""


@dataclass(frozen=True, slots=True)
class StrayCaseView:
    """Stray acts about one thing. ``at`` ms of the first; ``acts`` can be written anew, ``left`` cannot."""

    key: str
    counter: str
    at: int
    title: str
    second: str
    acts: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrayForm:
    """What is to become of one case: ``outcome``, the ground, both persons' secrets."""

    key: str
    outcome: str
    words: str
    pin: str
    second: EntryId
    second_secret: str


class StraysPort(Protocol):
    """The list and its only act."""

    def cases(self) -> tuple[StrayCaseView, ...]:
        """What nobody has dealt with, by counter and place."""
        ...

    def seconds(self) -> tuple[SecondPerson, ...]:
        """Who may stand beside the person at the counter."""
        ...

    def settle(self, form: StrayForm) -> str:
        """All acts of a case or none, in one transaction; the sentence for the bar.

        Raises DomainError ``role.*``, ``pin.*``, ``password.*``, ``second.*``, ``stray.gone``,
        ``stray.outcome``, ``stray.words``, ``stray.nothing``.
        """
        ...
