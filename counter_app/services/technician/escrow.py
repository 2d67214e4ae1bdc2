"""The province keeps what opens this PC's store and backups, sealed to its own key (decision 058).

An entry like any other: it goes by line, LAN or file, and only the province's exchange key opens it.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.drafting import draft
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.organisation.entries import KeyEscrowed
from counter_app.domain.organisation.state import unit_subject
from counter_app.domain.recovery_key import RecoveredKeys
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.queries import desk as desk_queries
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.escrow import wrap_recovery
from sync.protocol.naming.grants import HubKeys, JournalOpened
from sync.protocol.naming.ids import EntryId, device_of
from sync.protocol.refusals import Malformed

NO_PROVINCE, WRITTEN, KEPT = "no-province", "written", "kept"


def keep_at_province(work: Workplace, keys: RecoveredKeys) -> str:
    """Write the sealed keys unless the province has them: WRITTEN, KEPT, or NO_PROVINCE while its journal of
    the unit was never received here. Raises ``StoreError``.
    """
    with work.store.read() as connection:
        recipient = province_key(connection, work.place.unit, work.hub_keys)
        if recipient is None:
            return NO_PROVINCE
        if recipient in _kept_for(connection, work.journal):
            return KEPT
    wrapped = wrap_recovery(keys.store_key + keys.device_secret, recipient, work.journal)
    drafts = (draft(KeyEscrowed(recipient, wrapped), unit_subject(work.place.unit)),)
    work.store.append(drafts, Act(work.now()))
    work.changed("technician")
    return WRITTEN


def province_key(connection: Connection, unit: str, hub_keys: HubKeys) -> bytes | None:
    """X25519 key (32 bytes) of the province's newest journal of ``unit`` that a pinned key opened."""
    for journal in desk_queries.province_journals(connection, unit):
        entry = entry_at(connection, EntryId(journal, 1))
        try:
            opened = None if entry is None or entry.body is None else decode_body(JournalOpened, entry.body)
        except Malformed:
            continue
        if opened is not None and opened.signing_key in hub_keys.values():
            return opened.exchange_key
    return None


def _kept_for(connection: Connection, journal: int) -> set[bytes]:
    """For which keys of the province this PC, in any of its lives, has sealed its own."""
    rows = connection.exec_driver_sql(
        "SELECT key, body FROM entries WHERE kind = ? AND body IS NOT NULL", (BY_BODY[KeyEscrowed].number,)
    )
    own = device_of(journal)
    return {
        decode_body(KeyEscrowed, body).recipient
        for key, body in rows
        if device_of(EntryId.from_key(key).journal) == own
    }
