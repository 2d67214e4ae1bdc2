"""Accounts after their first day: changed, stopped, resumed, a forgotten password, acts that end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.services.ports.founding import AccountView
from sync.protocol.naming.ids import EntryId

WORKING = "working"
SUSPENDED = "suspended"
ENDED = "ended"
STANDINGS = (WORKING, SUSPENDED, ENDED)

IN_FORCE = "in_force"
LATER = "later"
OVER = "over"


SCAN_HERE = "here"
SCAN_ELSEWHERE = "elsewhere"


LOOK_UP = "look_up"
"""Scope of an act that lets somebody look up in national systems; ``look_up.land``: in that one."""


@dataclass(frozen=True, slots=True)
class ActView:
    """A written act and how it stands today. Days are ``yyyymmdd``; ``last_day`` 0 has no end.

    ``with_year``: it ends on 31 December of this year and December has begun. ``days_left`` while it ends
    within seven days, else -1. ``followed``: another act carries on where it ends. ``renew_from`` and
    ``renew_to``: the term proposed for a new one. ``scan``: SCAN_HERE, SCAN_ELSEWHERE or "" without any.
    ``words``: what it is for, where that is not signing: looking up in which systems.
    """

    delegation: EntryId
    official_name: str
    act_number: str
    scope: tuple[str, ...]
    valid_from: int
    last_day: int
    standing: str
    with_year: bool = False
    official: EntryId | None = None
    basis: str = ""
    prefix: str = ""
    signs_as: str = ""
    days_left: int = -1
    followed: bool = False
    scan: str = ""
    renew_from: int = 0
    renew_to: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """Title, roles and standing as they shall be from now on; ``standing`` is one of STANDINGS.

    ``fields``: names of fields of work, with or without diacritics; empty: every field, None: as they are.
    ``id_number`` and ``address`` are the official's own, "" leaves what is known.
    """

    official: EntryId
    title_line: str
    roles: tuple[str, ...]
    standing: str
    ground: str
    fields: tuple[str, ...] | None = None
    id_number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class NewPasswordForm:
    """The official types ``password`` twice; ``secret`` is the PIN or password of the head at the counter."""

    official: EntryId
    password: str
    repeated: str
    ground: str
    secret: str


@dataclass(frozen=True, slots=True)
class EndActForm:
    """An act that no longer counts from ``on`` (``yyyymmdd``) on."""

    delegation: EntryId
    on: int
    ground: str


class OfficialsPort(Protocol):
    """What the head does with the officials of the unit; he is at the counter."""

    def officials(self) -> tuple[AccountView, ...]:
        """Who works here, then whose account was stopped."""
        ...

    def acts(self) -> tuple[ActView, ...]:
        """Written acts: those in force first, by how soon they end."""
        ...

    def systems(self) -> tuple[tuple[str, str], ...]:
        """National systems that somebody may be let look up in: (code, short name)."""
        ...

    def fields(self) -> tuple[str, ...]:
        """Fields of work of the catalogue, by name."""
        ...

    def act_pages(self, delegation: EntryId) -> tuple[bytes, ...]:
        """The first pages of the scanned act as PNG. Raises DomainError ``act_scan.elsewhere``."""
        ...

    def bring_scan(self, delegation: EntryId, path: str) -> None:
        """The file of the scanned act, which lies on another PC, is kept on this one too.

        Raises DomainError ``act_scan.*``; ``scan.*``.
        """
        ...

    def change(self, form: ChangeForm) -> None:
        """Sealed by the head; an ended account is gone from this PC. Raises DomainError ``official.*``,
        ``role.*``, ``ground.missing``, ``session.*``.
        """
        ...

    def mark_present(self, official: EntryId, present: bool, until: str = "") -> None:
        """He is here today, or is away until the time typed (``14:00``; "" the whole day): every counter
        hears it, for today alone. Raises DomainError ``role.*``, ``presence.time``."""
        ...

    def replace_password(self, form: NewPasswordForm) -> None:
        """A new key under a new password, without any line; the head stands for it. Raises DomainError
        ``role.*``, ``second.*``, ``password.*``, ``pin.*``, ``ground.missing``.
        """
        ...

    def end_act(self, form: EndActForm) -> None:
        """Sealed by the head. Raises DomainError ``delegation.*``, ``role.*``, ``ground.missing``."""
        ...
