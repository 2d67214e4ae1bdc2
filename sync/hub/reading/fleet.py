"""The fleet: each PC of the units, its life, when it was met, how its clock stands, what it kept back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from sync.hub import enrol
from sync.hub.tables import journals, schema
from sync.hub.tables.officials import contacts
from sync.hub.tickets.views import StandingLine, standings
from sync.protocol.naming.ids import EntryId, device_of, is_province, life_of

QUIET_MS = 24 * 3_600_000
"""A PC not met for so long deserves a call."""
WRONG_CLOCK_MS = 10 * 60_000
"""``sync.md`` 6."""


class DeviceView(msgspec.Struct, frozen=True):
    """One PC. Moments ms of the hub's clock, 0: never; ``life`` 0: not enrolled yet.

    ``offset``: the hub's clock minus the PC's (ms) at the last exchange; ``held`` entries of its newest life
    are here, ``in_backup`` of them in a checked backup of the province; ``unsent`` it said to have besides,
    first told ``waiting_since``. ``said``: its own words about itself, if ever. ``state``: ok, never, quiet,
    waiting, clock, revoked.
    """

    unit: str
    unit_name: str
    name: str
    device: int
    counter: int
    life: int
    met_at: int
    offset: int
    held: int
    in_backup: int
    unsent: int
    waiting_since: int
    questions: int
    state: str
    said: StandingLine | None = None


def fleet(connection: Connection, units: Sequence[str], now: int) -> tuple[DeviceView, ...]:
    """Every PC with a grant of ``units``, in order of unit and counter; ``now`` is the hub's clock (ms)."""
    return tuple(view for unit in units for view in _of_unit(connection, unit, now))


def _of_unit(connection: Connection, unit: str, now: int) -> list[DeviceView]:
    held = {j: at for j, at in journals.positions(connection, unit).items() if not is_province(j)}
    newest = {device_of(journal): journal for journal in sorted(held)}
    met = _met(connection, unit)
    safe = _safe(connection, newest.values())
    asked = _asked(connection, unit)
    said = standings(connection, unit, now)
    gone = enrol.revocations(connection, unit)
    table = schema.units
    called = connection.execute(select(table.c.name).where(table.c.unit == unit)).scalar() or unit
    found = []
    for device in enrol.devices(connection, unit):
        journal = newest.get(device.device, 0)
        row = met.get(journal, {})
        revoked = bool(device.withdrawn) or journal in gone
        view = DeviceView(
            unit, called, device.name, device.device, device.counter, life_of(journal), row.get("met_at", 0),
            row.get("met_at", 0) - row.get("clock_at", 0), held[journal].seq if journal else 0,
            safe.get(journal, 0), max(0, row.get("claimed", 0) - row.get("held", 0)),
            row.get("waiting_since", 0), asked[device.device], "", said.get(device.device),
        )  # fmt: skip
        found.append(msgspec.structs.replace(view, state="revoked" if revoked else _state(view, now)))
    return sorted(found, key=lambda view: (view.counter, view.device))


def _state(view: DeviceView, now: int) -> str:
    """The one thing a technician is told first."""
    if not view.met_at:
        return "never"
    if now - view.met_at > QUIET_MS:
        return "quiet"
    if view.unsent:
        return "waiting"
    return "clock" if abs(view.offset) > WRONG_CLOCK_MS else "ok"


def _met(connection: Connection, unit: str) -> Mapping[int, Mapping[str, Any]]:
    rows = connection.execute(select(contacts).where(contacts.c.unit == unit)).mappings()
    return {row["journal"]: dict(row) for row in rows}


def _safe(connection: Connection, wanted: Any) -> Mapping[int, int]:
    table = schema.backup_marks
    rows = connection.execute(select(table.c.journal, table.c.seq).where(table.c.journal.in_(list(wanted))))
    return {row[0]: row[1] for row in rows}


def _asked(connection: Connection, unit: str) -> Counter[int]:
    """Open questions by the device whose entry is asked about."""
    table = schema.question_rows
    rows = connection.execute(select(table.c.entry).where(table.c.unit == unit, table.c.status == "open"))
    return Counter(device_of(EntryId.from_key(key).journal) for key in rows.scalars())
