"""Units, grants, unit keys, revocation: who may write in this province, and under which keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from sync.hub.keys import Entropy, ProvinceKeys
from sync.hub.province import append, open_journal, set_setting, setting, unit_codes
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import add, note
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import (
    DeviceRevoked,
    SystemKind,
    UnitDescribed,
    UnitKeyIssued,
    WrappedKey,
)
from sync.protocol.naming.grants import MAX_SPARES, Grant, JournalOpened, Opening, sign_grant
from sync.protocol.naming.ids import MAX_COUNTER_DEVICE, PRACTICE_UNIT, SELF, EntryId, device_of, is_province
from sync.protocol.naming.unit_keys import ExchangeKey, UnitKey, unwrap_unit_key, wrap_unit_key
from sync.protocol.refusals import HubUnknown, Malformed, OtherUnit, Refusal

FOREVER = 2**53
_SKIP_DEVICES = 1_000
_SKIP_COUNTERS = 20


class GrantWithdrawn(Refusal):
    """The grant was withdrawn: lost with its PC, or given by mistake."""

    code = "grant-withdrawn"


class NotForThisProvince(ValueError):
    """A practice unit at a real hub, or a real unit at a practice hub."""


class Device(NamedTuple):
    """A device with a grant: province-wide number, number and name within its unit."""

    device: int
    unit: str
    counter: int
    name: str
    withdrawn: int


def add_unit(
    connection: Connection,
    keys: ProvinceKeys,
    unit: str,
    name: str,
    at: int,
    entropy: Entropy,
    described: UnitDescribed | None = None,
) -> None:
    """Serve ``unit`` (five digits): begin its province journal, describe it, make its first key.

    Known already: nothing changes. Raises ``NotForThisProvince``, ValueError for another code.
    """
    if len(unit) != 5 or not (unit.isascii() and unit.isdigit()):
        raise ValueError(f"a unit code is five digits: {unit!r}")
    if (unit == PRACTICE_UNIT) != keys.practice:
        raise NotForThisProvince(f"unit {unit} at a {'practice' if keys.practice else 'real'} hub")
    if unit in unit_codes(connection):
        return
    add(connection, schema.units, [{"unit": unit, "name": name, "added": at}])
    open_journal(connection, keys, unit, at)
    about = described or UnitDescribed(unit, name, "", "", "", "", "", "", keys.practice)
    subject = EntryId(journals_own(connection, unit), 1)
    append(connection, keys, unit, [Draft(SystemKind.UNIT_DESCRIBED, (subject,), encode_body(about))], at)
    _issue(connection, keys, UnitKey(unit, 1, entropy(32)), (), at, entropy)


def journals_own(connection: Connection, unit: str) -> int:
    """The first province journal of ``unit`` that is held: the unit as a subject is its opening."""
    own = [
        number
        for number, at in journals.positions(connection, unit).items()
        if at.unit and is_province(number)
    ]
    return min(own)


def add_grant(
    connection: Connection,
    keys: ProvinceKeys,
    unit: str,
    name: str,
    at: int,
    counter: int = 0,
    valid_until: int = FOREVER,
) -> Device:
    """A new device of ``unit`` with a grant and two spares; ``counter`` 0 takes the next free number.

    Raises OtherUnit for a unit that is not served, ValueError for a counter number that is taken.
    """
    if unit not in unit_codes(connection):
        raise OtherUnit(f"unit {unit} is not served here")
    taken = {device.counter for device in devices(connection, unit)}
    counter = counter or max((*taken, int(setting(connection, f"counter-floor:{unit}") or 0))) + 1
    if counter in taken:
        raise ValueError(f"counter {counter} of unit {unit} has a grant already")
    device = _next_device(connection)
    rows = []
    for spare in range(MAX_SPARES + 1):
        grant = Grant(unit, device, counter, name, valid_until, spare, keys.signing.key_id, keys.practice)
        rows.append(_row(grant, sign_grant(grant, keys.signing)))
    add(connection, schema.grants, rows)
    return Device(device, unit, counter, name, 0)


def _row(grant: Grant, signed: bytes) -> dict[str, object]:
    return {
        "device": grant.device,
        "spare": grant.spare,
        "unit": grant.unit,
        "counter": grant.counter,
        "name": grant.name,
        "signed": signed,
        "withdrawn": 0,
    }


def _next_device(connection: Connection) -> int:
    granted = connection.execute(select(func.max(schema.grants.c.device))).scalar() or 0
    heads = schema.journal_heads
    seen = connection.execute(
        select(func.max(heads.c.journal)).where(heads.c.journal <= MAX_COUNTER_DEVICE * 256 + 255)
    ).scalar()
    return max(granted, device_of(seen or 0), int(setting(connection, "device-floor") or 0)) + 1


def skip_numbers(connection: Connection) -> None:
    """After a restore: grants signed since the backup are unknown, so leave room for their numbers."""
    set_setting(connection, "device-floor", str(_next_device(connection) + _SKIP_DEVICES))
    for unit in unit_codes(connection):
        highest = max((device.counter for device in devices(connection, unit)), default=0)
        set_setting(connection, f"counter-floor:{unit}", str(highest + _SKIP_COUNTERS))


def devices(connection: Connection, unit: str) -> list[Device]:
    """Devices of ``unit`` with a grant, in order."""
    table = schema.grants
    rows = connection.execute(
        select(table.c.device, table.c.unit, table.c.counter, table.c.name, table.c.withdrawn)
        .where(table.c.unit == unit, table.c.spare == 0)
        .order_by(table.c.device)
    )
    return [Device(*row) for row in rows]


def grant_bytes(connection: Connection, device: int, spare: int = 0) -> bytes:
    """The signed grant of ``device``. Raises KeyError when there is none, GrantWithdrawn."""
    table = schema.grants
    row = connection.execute(
        select(table.c.signed, table.c.withdrawn).where(table.c.device == device, table.c.spare == spare)
    ).first()
    if row is None:
        raise KeyError(f"no grant {spare} for device {device}")
    if row.withdrawn:
        raise GrantWithdrawn(f"device {device}")
    return bytes(row.signed)


def check_opening(connection: Connection, keys: ProvinceKeys, unit: str, opening: Opening) -> None:
    """May this verified opening enrol a journal of ``unit``? A grant a restored hub forgot is learnt again.

    Raises OtherUnit, HubUnknown (practice at a real hub or the reverse), GrantWithdrawn.
    """
    grant = opening.grant
    if grant is None or grant.unit != unit:
        raise OtherUnit(f"granted to {grant.unit if grant else 'the province'}")
    if grant.practice != keys.practice:
        raise HubUnknown("a practice grant at a real hub, or the reverse")
    table = schema.grants
    withdrawn = connection.execute(
        select(func.max(table.c.withdrawn)).where(table.c.device == grant.device)
    ).scalar()
    if withdrawn:
        raise GrantWithdrawn(f"device {grant.device}")


def learn_grant(connection: Connection, opening: Opening) -> None:
    """Keep a grant that was signed after the backup this hub came from."""
    if opening.grant is not None:
        note(connection, schema.grants, [_row(opening.grant, opening.opened.grant)])


def unit_keys(connection: Connection, keys: ProvinceKeys, unit: str) -> dict[int, UnitKey]:
    """Every version of the unit's key, opened with the hub's own exchange key."""
    found: dict[int, UnitKey] = {}
    for body in _issued(connection, unit):
        for wrapped in body.keys:
            if wrapped.journal == 0 and body.version not in found:
                found[body.version] = unwrap_unit_key(wrapped.wrapped, keys.exchange, unit, body.version)
    return found


def _issued(connection: Connection, unit: str) -> list[UnitKeyIssued]:
    bodies = []
    for entry in journals.entries_of_kinds(connection, unit, [SystemKind.UNIT_KEY_ISSUED]):
        if entry.body is not None and is_province(entry.id.journal):
            try:
                body = decode_body(UnitKeyIssued, entry.body)
            except Malformed:  # written by a later hub
                continue
            if body.unit == unit:
                bodies.append(body)
    return bodies


def issue_to(
    connection: Connection,
    keys: ProvinceKeys,
    unit: str,
    opened: dict[int, JournalOpened],
    at: int,
    entropy: Entropy,
) -> None:
    """Give the newest unit key to journals that do not have it yet."""
    held = unit_keys(connection, keys, unit)
    if not held:
        return
    newest = held[max(held)]
    has = {
        w.journal for body in _issued(connection, unit) if body.version == newest.version for w in body.keys
    }
    wanting = tuple((journal, body.exchange_key) for journal, body in opened.items() if journal not in has)
    if wanting:
        _issue(connection, keys, newest, wanting, at, entropy)


def _issue(
    connection: Connection,
    keys: ProvinceKeys,
    unit_key: UnitKey,
    recipients: tuple[tuple[int, bytes], ...],
    at: int,
    entropy: Entropy,
) -> None:
    wrapped = []
    for journal, public in ((0, keys.exchange.public), *recipients):
        try:
            sealed = wrap_unit_key(unit_key, public, ExchangeKey(entropy(32)))
        except Malformed:  # a device that published a useless key gets nothing
            continue
        wrapped.append(WrappedKey(journal, sealed))
    body = UnitKeyIssued(unit_key.unit, unit_key.version, tuple(wrapped))
    append(
        connection, keys, unit_key.unit, [Draft(SystemKind.UNIT_KEY_ISSUED, (SELF,), encode_body(body))], at
    )


def revoke(
    connection: Connection,
    keys: ProvinceKeys,
    journal: int,
    last_seq: int,
    reason: str,
    at: int,
    entropy: Entropy,
) -> None:
    """Entries of ``journal`` after ``last_seq`` are kept, not read; its grants end; the unit's key changes.

    Raises KeyError for a journal that is not held.
    """
    held = journals.position(connection, journal)
    if held is None or is_province(journal):
        raise KeyError(f"no journal {journal}")
    body = DeviceRevoked(journal, last_seq, reason)
    subject = EntryId(journal, 1)
    draft = Draft(SystemKind.DEVICE_REVOKED, (subject,), encode_body(body))
    append(connection, keys, held.unit, [draft], at)
    withdraw(connection, [device_of(journal)], at)
    change_unit_key(connection, keys, held.unit, at, entropy)


def withdraw(connection: Connection, numbers: Iterable[int], at: int) -> None:
    """The grants of these devices end: no journal is opened under them any more."""
    table = schema.grants
    for number in numbers:
        connection.execute(table.update().where(table.c.device == number).values(withdrawn=at))


def change_unit_key(connection: Connection, keys: ProvinceKeys, unit: str, at: int, entropy: Entropy) -> None:
    """A new version of the unit's key, for every journal that is not revoked."""
    versions = unit_keys(connection, keys, unit)
    fresh = UnitKey(unit, max(versions, default=0) + 1, entropy(32))
    _issue(connection, keys, fresh, _standing(connection, unit), at, entropy)


def _standing(connection: Connection, unit: str) -> tuple[tuple[int, bytes], ...]:
    """Journals of the unit that are not revoked, with their exchange keys."""
    gone = revocations(connection, unit)
    return tuple(
        (journal, opened.exchange_key)
        for journal, opened in openings(connection, unit)
        if journal not in gone
    )


def openings(connection: Connection, unit: str) -> list[tuple[int, JournalOpened]]:
    """Journals of the unit's PCs with what began them: their first entry, which was verified when it came.

    A later entry of that kind opens nothing, whatever its author meant by it.
    """
    return [
        (entry.id.journal, decode_body(JournalOpened, entry.body))
        for entry in journals.entries_of_kinds(connection, unit, [SystemKind.JOURNAL_OPENED])
        if entry.id.seq == 1 and entry.body is not None and not is_province(entry.id.journal)
    ]


def revocations(connection: Connection, unit: str) -> dict[int, int]:
    """``{journal: last seq that is read}`` by the province's word; the latest counts."""
    revoked: dict[int, int] = {}
    for entry in journals.entries_of_kinds(connection, unit, [SystemKind.DEVICE_REVOKED]):
        if entry.body is not None and is_province(entry.id.journal):
            try:
                body = decode_body(DeviceRevoked, entry.body)
            except Malformed:  # a later version of the kind
                continue
            revoked[body.journal] = body.last_seq
    return revoked
