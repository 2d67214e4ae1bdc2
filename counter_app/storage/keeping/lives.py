"""Lives of this PC's journal: enrolment opens life 1, restore or replacement the next, offline."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.storage.journals import journal
from counter_app.storage.journals.appending import Act, Author
from counter_app.storage.store import Store
from counter_app.storage.this_pc import device
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.grants import (
    HubKeys,
    JournalOpened,
    OpenReason,
    certify_next_life,
    check_usable,
    read_grant,
)
from sync.protocol.naming.ids import SELF, device_of, journal_of, life_of
from sync.protocol.naming.keys import SigningKey


def last_life(connection: Connection, device_number: int) -> int:
    """Highest life of a device that is held here, 0 for none."""
    bounds = (journal_of(device_number, 1), journal_of(device_number, 255))
    row = connection.exec_driver_sql(
        "SELECT max(journal) FROM journal_heads WHERE journal BETWEEN ? AND ?", bounds
    ).one()
    return 0 if row[0] is None else life_of(row[0])


def open_life(
    store: Store,
    grant: bytes,
    hub_keys: HubKeys,
    key: SigningKey,
    exchange_public: bytes,
    at: int,
    *,
    reason: OpenReason = OpenReason.ENROLLED,
    previous: SigningKey | None = None,
) -> Entry:
    """Open the next life of the granted device's journal with fresh keys and write in it from now on.

    ``previous`` is the key of the life before (certifies the new one); without it a spare grant is needed.
    The new life continues no serial and holds no pen: readings follow from its journal number.
    Raises what ``read_grant`` and ``check_usable`` raise; then nothing is written.
    """
    granted = read_grant(grant, hub_keys)
    check_usable(granted, granted.unit, at)
    with store.read() as connection:
        life = last_life(connection, granted.device) + 1
        before = journal.position(connection, journal_of(granted.device, life - 1)).seq if life > 1 else 0
    body = JournalOpened(grant, key.public, exchange_public, life, before, reason)
    if previous is not None and life > 1:
        body = certify_next_life(previous, body)
    number = journal_of(granted.device, life)
    store.enrolled(Author(number, key))
    acted = store.act(
        lambda _: [Draft(SystemKind.JOURNAL_OPENED, (SELF,), encode_body(body))],
        Act(at),
        lambda connection, _: _remember(connection, number, granted.unit),
    )
    store.cover()
    return acted.entries[0]


def _remember(connection: Connection, number: int, unit: str) -> None:
    old = device.own_journal(connection)
    if old is not None and old != number:
        device.stop(connection, old, "next life")
    device.put_setting(connection, device.OWN_JOURNAL, str(number))
    device.put_setting(connection, device.UNIT, unit)
    device.put_setting(connection, "device", str(device_of(number)))
