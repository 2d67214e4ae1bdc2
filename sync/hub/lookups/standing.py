"""How each system answers - well, slowly, not at all - and who is told (decision 045).

A standing changes after a few calls in a row, so that one lost packet is no outage. Units that wait for an
answer, or got one, learn it by a light entry in their province journal: once for each change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from counter_app.domain.drafting import draft
from counter_app.domain.lookups.entries import DOWN, OK, SLOW, SystemStandingSaid
from sync.hub.lookups.tables import lookup_rows, lookup_standing, lookup_told
from sync.hub.tables.engine import put
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF

IN_A_ROW = 2
"""Calls in a row that change a standing for the worse; one good and quick call mends it (own figure)."""


class Standing(NamedTuple):
    """One system: ``since`` ms, how many calls in a row failed or were slow, and since when (ms)."""

    system: str
    standing: str = OK
    since: int = 0
    failures: int = 0
    slow: int = 0
    doubt: int = 0

    def after(self, at: int, *, answered: bool, slow: bool) -> Standing:
        """The standing after one more call, which ended at ``at`` (ms)."""
        bad = slow or not answered
        failures = 0 if answered else self.failures + 1
        slowly = self.slow + 1 if answered and slow else 0
        doubt = (self.doubt or at) if bad else 0
        standing = self.standing if bad else OK
        if failures >= IN_A_ROW:
            standing = DOWN
        elif slowly >= IN_A_ROW:
            standing = SLOW
        since = self.since if standing == self.standing else (doubt or at)
        return Standing(self.system, standing, since, failures, slowly, doubt)


def standings(connection: Connection) -> dict[str, Standing]:
    """Every system that was called so far."""
    return {row.system: Standing(*row) for row in connection.execute(select(lookup_standing))}


def note_call(connection: Connection, system: str, at: int, *, answered: bool, slow: bool) -> Standing:
    """Keep what one call says of its system."""
    before = standings(connection).get(system, Standing(system))
    now = before.after(at, answered=answered, slow=slow)
    put(connection, lookup_standing, [now._asdict()])
    return now


def units_to_tell(connection: Connection, now: Standing) -> list[str]:
    """Units with a question to this system that were last told something else; good news only after bad."""
    rows, told = lookup_rows, lookup_told
    asking = connection.execute(
        select(rows.c.unit).where(rows.c.system == now.system, rows.c.is_open == 1).distinct()
    ).scalars()
    last = {
        row.unit: row.standing for row in connection.execute(select(told).where(told.c.system == now.system))
    }
    concerned = set(asking) | {unit for unit, standing in last.items() if standing != OK}
    return sorted(unit for unit in concerned if last.get(unit, OK) != now.standing)


def tell(connection: Connection, units: Sequence[str], now: Standing, at: int) -> Draft:
    """The entry for ``units``, noted as told."""
    rows = [
        {"unit": unit, "system": now.system, "standing": now.standing, "since": now.since, "at": at}
        for unit in units
    ]
    put(connection, lookup_told, rows)
    return draft(SystemStandingSaid(now.system, now.standing, now.since), SELF)
