"""What two counters contradict one another in, and a reviewer's decision: the port of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class SideView:
    """One counter's word. ``at`` ms; ``value`` is what it says, ``note`` what is to be known beside it."""

    counter: str
    who: str
    at: int
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """One contradiction that waits for a person.

    ``choices``: ``(code, words)``, the proposed one's code in ``proposed`` with ``why``; ``todo`` is what has
    to be done besides. ``page`` and ``subject`` open what it is about.
    """

    key: str
    matter: str
    title: str
    about: str
    field: str
    sides: tuple[SideView, ...]
    choices: tuple[tuple[str, str], ...]
    proposed: str
    why: str
    todo: str
    page: str
    subject: EntryId


@dataclass(frozen=True, slots=True)
class SettledView:
    """A decision that was taken: when (ms), by whom, where, about what, what holds, in his words."""

    at: int
    who: str
    counter: str
    title: str
    about: str
    chosen: str
    words: str
    by_proposal: bool


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """What the reviewer decided: the contradiction's ``key``, a choice's code, his reason, his secret."""

    key: str
    choice: str
    words: str
    pin: str


class ContradictionsPort(Protocol):
    """Every contradiction of the unit on one desk; the same on every counter that holds the same entries."""

    def waiting(self) -> tuple[ContradictionView, ...]:
        """Those that nobody has decided."""
        ...

    def settled(self) -> tuple[SettledView, ...]:
        """Decisions of the unit, the newest first, at most 200."""
        ...

    def settle(self, form: DecisionForm) -> str:
        """F9: the decision and what follows from it in one transaction; the sentence for the bar.

        Raises DomainError ``role.*``, ``pin.*``, ``session.*``, ``contradiction.gone``,
        ``contradiction.choice``, ``contradiction.words``.
        """
        ...
