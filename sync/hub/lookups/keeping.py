"""What was asked and found of a person goes when its time is over: the province orders the entries redacted.

Header and digest stay, the chain verifies; what the paper needed stands in ``PaperLookedUp`` of the dossier.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from counter_app.domain.lookups.entries import LookupAnswered, LookupAsked
from sync.hub import clock, province
from sync.hub.hub import Hub
from sync.hub.lookups.tables import lookup_rows, lookup_tries
from sync.hub.reading.folded import facts_of
from sync.hub.reading.rows import local_day
from sync.hub.tables.locks import lock_readers
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import Redacted, SystemKind
from sync.protocol.naming.ids import EntryId

GROUND = "lookup-kept"
ACT = "NQ 66.7/2025/NQ-CP"
AT_ONCE = 200


def drop_expired(hub: Hub) -> int:
    """Order the bodies of look-ups redacted whose day is over; how many look-ups that were."""
    rows = lookup_rows
    with hub.database.read() as connection:
        today = local_day(clock.believed(connection, hub.now()))  # what is redacted never comes back
        found = connection.execute(
            select(rows.c.subject, rows.c.unit)
            .where(rows.c.expires > 0, rows.c.expires < today, rows.c.is_open == 0)
            .order_by(rows.c.unit, rows.c.subject)
            .limit(AT_ONCE)
        ).all()
    of_unit: dict[str, list[EntryId]] = {}
    for key, unit in found:
        of_unit.setdefault(unit, []).append(EntryId.from_key(key))
    for unit, lookups in of_unit.items():
        _order(hub, unit, lookups)
        hub.read(unit)
    with hub.database.write() as connection:
        drop_tries(connection)
    return len(found)


def drop_tries(connection: Connection) -> int:
    """Notes on questions that were closed by somebody else than the desk go; how many those were."""
    still = select(lookup_rows.c.subject).where(lookup_rows.c.is_open == 1)
    return connection.execute(lookup_tries.delete().where(lookup_tries.c.lookup.not_in(still))).rowcount


def _order(hub: Hub, unit: str, lookups: list[EntryId]) -> None:
    with hub.database.write() as connection:
        lock_readers(connection, [unit])
        drafts = [
            Draft(int(SystemKind.REDACTED), (lookup,), encode_body(Redacted(fact.id, GROUND, ACT)))
            for lookup, facts in facts_of(connection, lookups).items()
            for fact in facts
            if isinstance(fact.body, LookupAsked | LookupAnswered)
        ]
        province.append(connection, hub.keys, unit, drafts, hub.now())
