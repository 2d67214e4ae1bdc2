"""Tickets and requests from afar: what the page shows and asks (decision 057)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What a person at the counter tells: ``screen`` is the page's name, ``words`` what happened."""

    screen: str
    words: str


@dataclass(frozen=True, slots=True)
class TicketDone:
    """A ticket was opened: its ``number``, the sentence about it, and the slip's file when offline ("")."""

    number: str
    words: str
    slip: str = ""


@dataclass(frozen=True, slots=True)
class TicketView:
    """One ticket: moments in ms; ``answers`` as (moment, words); ``where`` says in words whether it is out.

    ``status``: ``open``, ``answered``, ``closed``.
    """

    number: str
    status: str
    screen: str
    words: str
    opened_at: int
    counter: str
    where: str
    answers: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AfarView:
    """What the province asked of this PC: in words, with its outcome in words; ``waits`` while not done."""

    what: str
    why: str
    asked_at: int
    outcome: str
    waits: bool


@dataclass(frozen=True, slots=True)
class TicketsView:
    """The page: tickets of the unit, what was asked of this PC, the draft, and whom to call."""

    tickets: tuple[TicketView, ...] = ()
    afar: tuple[AfarView, ...] = ()
    draft: TicketForm | None = None
    support: str = ""
    offline: bool = False


class TicketsPort(Protocol):
    """Tickets of this unit."""

    def view(self) -> TicketsView:
        """The page as it stands."""
        ...

    def keep_draft(self, form: TicketForm) -> None:
        """Keeps what is typed, so that a power cut costs nothing; an empty one forgets it."""
        ...

    def open_ticket(self, form: TicketForm) -> TicketDone:
        """Opens a ticket: self-test, bundle, entry; a slip on paper when offline.

        Raises DomainError ``session.*``, ``ticket.*``, ``StoreError``.
        """
        ...

    def write_bundle(self, folder: str) -> str:
        """A diagnostics bundle into ``folder`` ("": the papers' folder); returns its path.

        Raises OutsideError ``bundle.place``, ``StoreError``.
        """
        ...
