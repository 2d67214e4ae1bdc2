"""Answering the equality proof: heads of the journals of a unit, and digests of what was read of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from sync.hub import enrol, province
from sync.hub.keys import ProvinceKeys
from sync.hub.tables import journals, schema
from sync.hub.tables.held import HeldJournals
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.meeting.exchange import HeadAt
from sync.protocol.meeting.heads import (
    MAX_IN_A_FILE,
    HeadsAnswer,
    SignedHeadsRequest,
    pack_heads_answer,
    unpack_heads_request,
)
from sync.protocol.meeting.reading_digest import DOSSIERS, LINES, REQUESTS, reading_digest
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.refusals import OtherUnit, Refusal, SenderUnknown, TooLarge

Readings = tuple[tuple[str, bytes], ...]


def answer_heads(connection: Connection, keys: ProvinceKeys, data: bytes, at: int) -> bytes:
    """The answer to a request about heads, whatever ``data`` is; ``at`` is the hub's clock (ms)."""
    try:
        asked = unpack_heads_request(data)
        _check_sender(connection, keys, asked)
        request = asked.request
        heads = _tops(connection, request.unit)
        if request.places:
            heads = _at(connection, request.unit, request.places)
        answer = HeadsAnswer(
            at, province.hub_life(connection), heads, reading_digests(connection, request.unit)
        )
        return pack_heads_answer(answer, request.unit, keys.signing)
    except Refusal as refusal:
        return pack_heads_answer(HeadsAnswer(at, refused=refusal.code), "", keys.signing)


def heads_file(connection: Connection, keys: ProvinceKeys, unit: str, at: int) -> bytes:
    """Every head of every journal of ``unit``, signed: what a counter without a line compares itself with.

    Raises OtherUnit for a unit that is not served, TooLarge beyond ``MAX_IN_A_FILE`` entries.
    """
    if unit not in province.unit_codes(connection):
        raise OtherUnit(f"unit {unit} is not served here")
    held = journals.positions(connection, unit)
    total = sum(one.covered for one in held.values())
    if total > MAX_IN_A_FILE:
        raise TooLarge(f"{total} heads; a file holds {MAX_IN_A_FILE}")
    heads = tuple(one for journal, place in held.items() for one in _all(connection, journal, place.covered))
    answer = HeadsAnswer(at, province.hub_life(connection), heads, reading_digests(connection, unit))
    return pack_heads_answer(answer, unit, keys.signing)


def reading_digests(connection: Connection, unit: str) -> Readings:
    """Digests of what was read of ``unit``; none while its reader has work, since they would mean nothing."""
    unread = schema.unread
    waits = select(unread.c.key).where(unread.c.unit == unit).limit(1)
    if connection.execute(waits).first() is not None:
        return ()
    lines, requests, dossiers = schema.line_rows, schema.request_rows, schema.dossier_rows
    made = []
    for name, table, columns in (
        (LINES, lines, (lines.c.subject, lines.c.number, lines.c.state)),
        (REQUESTS, requests, (requests.c.subject, requests.c.stage)),
        (DOSSIERS, dossiers, (dossiers.c.subject, dossiers.c.stage)),
    ):
        rows = connection.execute(select(*columns).where(table.c.unit == unit).order_by(table.c.subject))
        made.append((name, reading_digest(rows)))
    return tuple(made)


def unit_standing(connection: Connection, unit: str) -> dict[str, Any]:
    """How ``unit`` stands, for a technician who compares: positions, heads and digests in hex, by journal.

    Raises OtherUnit for a unit that is not served.
    """
    if unit not in province.unit_codes(connection):
        raise OtherUnit(f"unit {unit} is not served here")
    held = journals.positions(connection, unit)
    return {
        "unit": unit,
        "journals": [f"{j} to {at.covered} head {at.covered_head.hex()[:16]}" for j, at in held.items()],
        "readings": [f"{name} {digest.hex()[:16]}" for name, digest in reading_digests(connection, unit)],
        "unread": not reading_digests(connection, unit),
    }


def _check_sender(connection: Connection, keys: ProvinceKeys, asked: SignedHeadsRequest) -> None:
    """Only a held device of the unit asks, no revoked one. Raises OtherUnit, SenderUnknown, NotAuthentic …"""
    request = asked.request
    held = journals.position(connection, request.journal)
    if is_province(request.journal) or held is None:
        raise SenderUnknown(f"journal {request.journal}")
    if held.unit != request.unit:
        raise OtherUnit(f"journal {request.journal} belongs to {held.unit}")
    public = HeldJournals(connection, {keys.signing.key_id: keys.signing.public}).signing_key(request.journal)
    if public is None:
        raise SenderUnknown(f"journal {request.journal}")
    asked.verify(public, keys.signing)
    if request.journal in enrol.revocations(connection, request.unit):
        raise enrol.GrantWithdrawn(f"journal {request.journal} is revoked")


def _tops(connection: Connection, unit: str) -> tuple[HeadAt, ...]:
    held = journals.positions(connection, unit)
    return tuple(
        HeadAt(journal, one.covered, one.covered_head) for journal, one in held.items() if one.covered
    )


def _at(connection: Connection, unit: str, places: Sequence[EntryId]) -> tuple[HeadAt, ...]:
    held = journals.positions(connection, unit)
    return tuple(
        HeadAt(place.journal, place.seq, journals.head_at(connection, place.journal, place.seq))
        for place in places
        if place.journal in held and place.seq <= held[place.journal].covered
    )


def _all(connection: Connection, journal: int, last: int) -> list[HeadAt]:
    heads: list[HeadAt] = []
    head = first_head(journal)
    for entry in journals.entries_between(connection, journal, 1, last):
        head = next_head(head, entry.header_hash)
        heads.append(HeadAt(journal, entry.id.seq, head))
    return heads
