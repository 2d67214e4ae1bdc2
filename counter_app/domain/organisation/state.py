"""States of officials, posts, delegations and of the unit itself."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from sync.protocol.naming.ids import EntryId, unit_journal


class Permit(NamedTuple):
    """The province's act ``entry`` lets one official recover an account until ``until`` (yyyymmdd)."""

    entry: EntryId
    until: int


class OfficialState(msgspec.Struct, frozen=True, gc=False):
    """An official: ``roles`` are codes of ``organisation.roles``, ``public_key`` verifies what he seals.

    ``keys`` are all keys he ever had with the entry that set each (the recording itself first), so that an
    older seal still verifies. ``fields``: fields of work whose unclaimed dossiers are his, empty: all.
    ``id_number`` and ``address`` are his own, "" unknown: against them a conflict of interest is told.
    ``allowed``: acts of the province for a recovery of his account that nobody used yet.
    """

    id: EntryId
    name: str
    title_line: str
    roles: tuple[str, ...]
    public_key: bytes
    login: str
    active: bool = True
    keys: tuple[tuple[EntryId, bytes], ...] = ()
    fields: tuple[str, ...] = ()
    id_number: str = ""
    address: str = ""
    allowed: tuple[Permit, ...] = ()


class PostState(msgspec.Struct, frozen=True, gc=False):
    """A post (vị trí việc làm): work belongs to it, not to the person."""

    id: EntryId
    name: str
    code: str


class DelegationState(msgspec.Struct, frozen=True, gc=False):
    """A written act that lets ``official`` sign; days are ``yyyymmdd``, ``valid_to`` 0 has no end.

    ``ended_on`` 0 while nobody ended it early; it is not valid from that day on. ``scan``: SHA-256 of the
    file of the scanned act, empty without one.
    """

    id: EntryId
    official: EntryId | None
    act_number: str
    act_date: int
    basis: str
    prefix: str
    scope: tuple[str, ...]
    valid_from: int
    valid_to: int
    signs_as: str
    delegated_under: EntryId | None = None
    ended_on: int = 0
    scan: bytes = b""


class PolicyChange(msgspec.Struct, frozen=True, gc=False):
    """How a setting came to its present value: when (ms), by whom (None: unknown), on what ground."""

    key: str
    at: int
    by: EntryId | None
    ground: str = ""


class Presence(NamedTuple):
    """What was said last of one official: on ``day`` he was at ``journal``'s counter since ``since`` (ms), or
    away (not ``here``) until ``until`` (ms, 0 for the rest of the day).
    """

    official: EntryId
    day: int
    here: bool
    journal: int
    since: int
    until: int = 0


class UnitState(msgspec.Struct, frozen=True, gc=False):
    """Settings of the unit as pairs (key, value), ascending by key; ``changes``: the last of each.

    ``present``: what was said last of each official's presence.
    """

    id: EntryId
    policies: tuple[tuple[str, str], ...] = ()
    changes: tuple[PolicyChange, ...] = ()
    present: tuple[Presence, ...] = ()

    def policy(self, key: str, default: str = "") -> str:
        """Value of a setting, ``default`` when the unit never set it."""
        return dict(self.policies).get(key, default)

    def change(self, key: str) -> PolicyChange | None:
        """The last change of a setting, None when the unit never set it."""
        return next((one for one in self.changes if one.key == key), None)


def unit_subject(unit: str) -> EntryId:
    """The subject that stands for the unit (five digits) itself: place 1 of its province journal.

    No entry begins it, so a unit that stands alone without any hub can set its policies too.
    """
    return EntryId(unit_journal(unit), 1)
