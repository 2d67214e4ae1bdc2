"""The sender's own queue: marks by readers, one order a dossier, what came back dirty, whose turn it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, or_, select

from counter_app.domain.folding.aggregate import Folded
from sync.hub import clock
from sync.hub.portal.plan import Order
from sync.hub.tables import schema
from sync.hub.tables.engine import among, in_chunks, note, put, remove
from sync.hub.tables.kpi import kpi_items
from sync.hub.tables.locks import lock_reader
from sync.hub.tables.portal import MOST_RAW, marks, orders, parked
from sync.protocol.naming.ids import EntryId

SWITCH = "portal"
"""The setting that makes readers mark what they fold."""
LEASE = "portal-lease"
LEASE_MS = 180_000
"""Longer than any one question to the portal takes; a sender that died is replaced after it."""
WAITING, DONE, DEAD = "waiting", "done", "dead"
ENDED = (3, 7, 8, 10)
_SENT = frozenset({"dossier", "request"})
_MOST_MARKS = 2_000


def mark_changed(
    connection: Connection, subjects: Collection[Folded], unit_of: Callable[[EntryId], str]
) -> None:
    """Called by a reader, in its transaction: what it folded is to be looked at by the sender."""
    rows = [
        {"subject": one.subject.key, "unit": unit_of(one.subject)}
        for one in subjects
        if one.aggregate in _SENT
    ]
    if rows and setting_of(connection, SWITCH):
        note(connection, marks, rows)


def setting_of(connection: Connection, name: str) -> str:
    """One of the sender's own facts; empty when it was never kept."""
    table = schema.settings
    return connection.execute(select(table.c.value).where(table.c.name == name)).scalar() or ""


def keep_setting(connection: Connection, name: str, value: str) -> None:
    """Keep one of the sender's own facts."""
    put(connection, schema.settings, [{"name": name, "value": value}])


def mark_all(connection: Connection, since: int) -> int:
    """Mark what is open, and what was handed in since a day (``yyyymmdd``); returns how many."""
    keep_setting(connection, SWITCH, "on")
    wanted = or_(kpi_items.c.is_open == 1, kpi_items.c.day >= since)
    rows = connection.execute(select(kpi_items.c.subject, kpi_items.c.unit).where(wanted)).all()
    note(connection, marks, [{"subject": row[0], "unit": row[1]} for row in rows])
    return len(rows)


def take_lease(connection: Connection, holder: str, now: int) -> bool:
    """Be the only sender of the province until ``now`` + ``LEASE_MS``; False while another one is."""
    lock_reader(connection, LEASE)
    held, _, until = setting_of(connection, LEASE).partition(" ")
    if until and held != holder and not clock.is_over(int(until), now, LEASE_MS):
        return False
    keep_setting(connection, LEASE, f"{holder} {now + LEASE_MS}")
    return True


def end_lease(connection: Connection, holder: str) -> None:
    """Let the next sender begin at once."""
    lock_reader(connection, LEASE)
    if setting_of(connection, LEASE).partition(" ")[0] == holder:
        keep_setting(connection, LEASE, f"{holder} 0")


def take_marks(connection: Connection, units: Collection[str], now: int) -> int:
    """Make orders of what changed in ``units``, or wake those there are; the others' marks stay."""
    found = connection.execute(
        select(marks.c.subject, marks.c.unit)
        .where(among(connection, marks.c.unit, sorted(units)))
        .order_by(marks.c.subject)
        .limit(_MOST_MARKS)
    ).all()
    remove(connection, marks, "subject", [row[0] for row in found])
    known: dict[int, Order] = {}
    for keys in in_chunks([row[0] for row in found]):
        rows = connection.execute(select(orders).where(among(connection, orders.c.subject, keys))).mappings()
        known |= {row["subject"]: _order(row) for row in rows}
    for subject, unit in found:
        order = known.get(subject, Order(subject, unit))
        keep(connection, msgspec.structs.replace(order, status=WAITING, next_at=now, tries=0))
    return len(found)


def due(connection: Connection, units: Collection[str], now: int, most: int) -> list[Order]:
    """Orders to be worked at, the one that waits longest first."""
    # an order that waits longer than any does was put off by a clock that stood in another year
    soon = (orders.c.next_at <= now) | (orders.c.next_at > now + clock.LONGEST_WAIT_MS)
    wanted = (orders.c.status == WAITING) & soon
    return _orders(
        connection, wanted & among(connection, orders.c.unit, sorted(units)), orders.c.next_at, most
    )


def to_poll(connection: Connection, units: Collection[str], before: int, most: int) -> list[Order]:
    """Orders told whole whose dossier may move at the portal, not asked about since ``before`` (ms)."""
    ahead = orders.c.polled_at > before + clock.LONGEST_WAIT_MS  # asked under a clock that ran ahead
    wanted = (orders.c.status == DONE) & (orders.c.code != "") & ((orders.c.polled_at < before) | ahead)
    wanted &= orders.c.told_state.not_in(ENDED) & among(connection, orders.c.unit, sorted(units))
    return _orders(connection, wanted, orders.c.polled_at, most)


def _orders(connection: Connection, wanted: Any, first: Any, most: int) -> list[Order]:
    rows = connection.execute(select(orders).where(wanted).order_by(first, orders.c.subject).limit(most))
    return [_order(row) for row in rows.mappings()]


def _order(row: Mapping[Any, Any]) -> Order:
    values = dict(row)
    return Order(**{**values, "record": bytes(values["record"])})


def order_of(connection: Connection, subject: int) -> Order | None:
    """The order of a dossier."""
    row = connection.execute(select(orders).where(orders.c.subject == subject)).mappings().first()
    return None if row is None else _order(row)


def keep(connection: Connection, order: Order) -> None:
    """Write an order as it is now."""
    put(connection, orders, [msgspec.structs.asdict(order)])


def is_taken(connection: Connection, code: str, subject: int) -> bool:
    """True when another dossier has this official code."""
    table = schema.dossier_rows
    told = select(orders.c.subject).where(
        or_(orders.c.code == code, orders.c.given == code), orders.c.subject != subject
    )
    held = select(table.c.subject).where(
        or_(table.c.official_code == code, table.c.portal_code == code), table.c.subject != subject
    )
    return any(connection.execute(one.limit(1)).first() is not None for one in (told, held))


def park(
    connection: Connection, unit: str, source: str, fault: str, detail: str, item: object, now: int
) -> None:
    """Keep what came and could not be read, once."""
    raw = json.dumps(item, ensure_ascii=False, sort_keys=True, default=str).replace("\x00", "")
    raw = raw.encode("utf-8", "replace").decode()
    digest = hashlib.sha256(f"{unit} {source} {raw}".encode()).digest()
    row = {
        "digest": digest, "unit": unit, "source": source, "fault": fault, "detail": detail[:300],
        "raw": raw[:MOST_RAW], "arrived": now,
    }  # fmt: skip
    put(connection, parked, [row])


def drop_parked(connection: Connection, before: int) -> int:
    """What came last before a moment (ms) and nobody could read goes; returns how much that was."""
    return connection.execute(parked.delete().where(parked.c.arrived < before)).rowcount


def retry(connection: Connection, now: int, code: str = "") -> int:
    """Dead letters (all, or the one of ``code``) are tried again; returns how many."""
    wanted = orders.c.status == DEAD
    if code:
        wanted &= or_(orders.c.code == code, orders.c.given == code)
    changed = orders.update().where(wanted).values(status=WAITING, next_at=now, tries=0)
    return connection.execute(changed).rowcount


def counts(connection: Connection) -> dict[str, int]:
    """How many orders stand in each status, how many changes nobody looked at yet, how much is parked."""
    grouped = select(orders.c.status, func.count()).group_by(orders.c.status)
    held: dict[str, int] = {row[0]: row[1] for row in connection.execute(grouped)}
    named = {"marked": marks, "parked": parked}
    also = {
        name: connection.execute(select(func.count()).select_from(t)).scalar_one()
        for name, t in named.items()
    }
    return {WAITING: 0, DONE: 0, DEAD: 0} | held | also


def dead(connection: Connection, most: int = 100) -> Sequence[Order]:
    """Orders that wait for a person, newest failure last."""
    return _orders(connection, orders.c.status == DEAD, orders.c.next_at, most)
