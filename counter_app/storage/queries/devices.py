"""What journals say of the unit's devices and keys: openings, the unit's description, keys issued, clocks."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from sync.protocol.journals.codec import Body, decode_body
from sync.protocol.journals.system_kinds import (
    SYSTEM_BODIES,
    AuthorityAnnounced,
    DeviceRevoked,
    LanPlaceSaid,
    SystemKind,
    UnitDescribed,
    UnitKeyIssued,
)
from sync.protocol.naming.grants import Grant, JournalOpened, read_grant
from sync.protocol.naming.ids import EntryId, common_journal, device_of, is_province, life_of
from sync.protocol.naming.keys import key_id
from sync.protocol.refusals import Refusal

T = TypeVar("T", bound=Body)


class OpenedJournal(msgspec.Struct, frozen=True):
    """A counter's journal as its first entry tells it; ``at`` is that entry's time in ms."""

    journal: int
    at: int
    opened: JournalOpened
    grant: Grant


def bodies_of(connection: Connection, kind: SystemKind, body: type[T]) -> list[tuple[EntryId, int, T]]:
    """Every entry of a system kind that this program can read: id, time in ms, body; in order of ids."""
    version = max(number for known, number in SYSTEM_BODIES if known == kind)
    rows = connection.exec_driver_sql(
        "SELECT key, at, body FROM entries WHERE kind = ? AND version <= ? AND body IS NOT NULL ORDER BY key",
        (int(kind), version),
    )
    found: list[tuple[EntryId, int, T]] = []
    for key, at, data in rows:
        try:
            found.append((EntryId.from_key(key), at, decode_body(body, data)))
        except Refusal:  # a later version's field: newer than this program
            continue
    return found


def unit_described(connection: Connection) -> UnitDescribed | None:
    """The province's latest description of the unit."""
    told = [
        (at, place, body)
        for place, at, body in bodies_of(connection, SystemKind.UNIT_DESCRIBED, UnitDescribed)
        if is_province(place.journal)
    ]
    return max(told, key=lambda one: one[:2])[2] if told else None


def announced_authorities(connection: Connection) -> tuple[list[str], set[bytes]]:
    """Certificates (PEM) announced in ``common``, oldest first, and digests of those given up."""
    told = [
        body
        for place, _, body in bodies_of(connection, SystemKind.AUTHORITY_ANNOUNCED, AuthorityAnnounced)
        if place.journal == common_journal(life_of(place.journal))
    ]
    given_up = {digest for body in told for digest in body.retires}
    return [body.certificate for body in told if body.certificate], given_up


def opened_journals(connection: Connection, hub_key: bytes) -> list[OpenedJournal]:
    """Journals of counters whose openings are held here, in order of journal."""
    keys = {key_id(hub_key): hub_key}
    found = []
    for place, at, opened in bodies_of(connection, SystemKind.JOURNAL_OPENED, JournalOpened):
        if place.seq == 1 and not is_province(place.journal):
            try:
                found.append(OpenedJournal(place.journal, at, opened, read_grant(opened.grant, keys)))
            except Refusal:  # ingest verified it under a key that is no longer pinned
                continue
    return found


def unit_keys_issued(connection: Connection) -> list[UnitKeyIssued]:
    """The unit keys the province issued, oldest first."""
    issued = bodies_of(connection, SystemKind.UNIT_KEY_ISSUED, UnitKeyIssued)
    return [body for place, _, body in issued if is_province(place.journal)]


def lan_places(connection: Connection) -> dict[int, tuple[int, LanPlaceSaid]]:
    """Of each counter's device the journal and words of the latest that it said of its place on the LAN."""
    told = bodies_of(connection, SystemKind.LAN_PLACE_SAID, LanPlaceSaid)
    revoked = revoked_journals(connection)
    return {
        device_of(place.journal): (place.journal, body)
        for place, _, body in told
        if not is_province(place.journal) and place.journal not in revoked
    }


def revoked_journals(connection: Connection) -> frozenset[int]:
    """Journals whose device the province revoked."""
    told = bodies_of(connection, SystemKind.DEVICE_REVOKED, DeviceRevoked)
    return frozenset(body.journal for place, _, body in told if is_province(place.journal))
