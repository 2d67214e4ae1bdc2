"""What lies with each signatory, who of them was at work today, and where receiver and signatory were one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import select
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class PileOf:
    """Requests and originals that wait for one signatory's numbers; ``oldest`` when the first came, ms."""

    signatory: EntryId
    requests: int
    originals: int
    oldest: int


@dataclass(frozen=True, slots=True)
class ReceiverSigned:
    """Lines of one signatory and kind of register which he had taken in himself."""

    signatory: EntryId
    name: str
    register: str
    lines: int
    own: int


def piles(connection: Connection) -> dict[EntryId, PileOf]:
    """The pile of each signatory whom slips name."""
    rows = connection.exec_driver_sql(
        "SELECT r.signatory, count(DISTINCT r.id), count(*), min(r.taken_at) FROM requests r"
        " JOIN originals o ON o.request = r.id AND o.state = 'submitted'"
        " WHERE r.waits_for_number = 1 AND r.signatory IS NOT NULL GROUP BY r.signatory"
    )
    found = (PileOf(EntryId.from_key(row[0]), row[1], row[2], row[3]) for row in rows)
    return {pile.signatory: pile for pile in found}


def unsigned(connection: Connection) -> dict[EntryId, int]:
    """Numbers given whose ink is not confirmed, by signatory."""
    rows = connection.exec_driver_sql(
        "SELECT signatory, sum(unconfirmed) FROM lots WHERE unconfirmed > 0 GROUP BY signatory"
    )
    return {EntryId.from_key(row[0]): row[1] for row in rows}


def at_work_since(connection: Connection, since: int, day: int) -> frozenset[EntryId]:
    """Who was signed in on this PC since ``since`` (ms), or numbered or took in anywhere on ``day``.

    Sessions are never exchanged: of the other counters only their acts tell, as far as they have arrived.
    """
    rows = connection.exec_driver_sql(
        "SELECT official FROM sessions WHERE begun_at >= ?1 OR seen_at >= ?1"
        " UNION SELECT numbered_by FROM lots WHERE numbered_at >= ?1 AND numbered_by IS NOT NULL"
        " UNION SELECT taken_by FROM requests WHERE day = ?2 AND taken_by IS NOT NULL",
        (since, day),
    )
    return frozenset(EntryId.from_key(row[0]) for row in rows)


def receiver_signed(connection: Connection, first: int, last: int) -> list[ReceiverSigned]:
    """Lines numbered from ``first`` to ``last`` (yyyymmdd) by signatory and register, and how many of them he
    had taken in himself; struck and annulled ones are left out.
    """
    return select(
        connection, ReceiverSigned,
        "FROM (SELECT t.signatory AS signatory, max(t.signatory_name) AS name, g.register AS register,"
        " count(*) AS lines, sum(coalesce(r.taken_by = t.signatory, 0)) AS own"
        " FROM lines l JOIN lots t ON t.id = l.lot JOIN registers g ON g.id = l.register"
        " LEFT JOIN requests r ON r.id = l.request"
        " WHERE l.day BETWEEN ? AND ? AND l.state IN ('numbered', 'signed')"
        " GROUP BY t.signatory, g.register) ORDER BY name, register",
        (first, last),
    )  # fmt: skip
