"""The seats of a unit: a device with its grants for every counter wanted, made when it is not there yet.

A second call makes no second grant for a counter: it finds the seats of the first, and says which are taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from sync.hub import enrol
from sync.hub.hub import Hub
from sync.hub.province import setting
from sync.hub.tables import schema
from sync.protocol.meeting.provision import MOST_SEATS, Seat
from sync.protocol.naming.grants import MAX_SPARES, Grant, read_grant, sign_grant
from sync.protocol.naming.ids import device_of
from sync.protocol.naming.keys import key_id
from sync.protocol.refusals import OtherUnit

FREE, AT_WORK, NOTED, WITHDRAWN = "free", "at-work", "noted", "withdrawn"
"""A seat nobody took; its PC was heard of; a note in the folder says so; the province took it back."""
FIXED_NAME, MOBILE_NAME = "QUẦY", "LƯU ĐỘNG"


class Placed(NamedTuple):
    """A counter of the unit and how its seat stands."""

    counter: int
    device: int
    name: str
    mobile: bool
    state: str


def placed(hub: Hub, unit: str, noted: Iterable[int] = ()) -> list[Placed]:
    """Every counter of ``unit`` by its number; ``noted`` are numbers that notes in a folder call taken."""
    told = frozenset(noted)
    with hub.database.read() as connection:
        opened = {device_of(journal) for journal, _ in enrol.openings(connection, unit)}
        return sorted(
            Placed(one.counter, one.device, one.name, _is_mobile(one.name), _state(one, opened, told))
            for one in enrol.devices(connection, unit)
        )


def check_room(hub: Hub, unit: str, counters: int, mobile: int) -> None:
    """Before anything is changed. Raises OtherUnit for a unit that is not served, ValueError for more than a
    file has room for, or none.
    """
    if unit not in hub.units():
        raise OtherUnit(f"unit {unit} is not served here")
    if counters + mobile < 1 or min(counters, mobile) < 0 or counters + mobile > MOST_SEATS:
        raise ValueError(f"1 to {MOST_SEATS} counters in one file")


def make_room(hub: Hub, unit: str, counters: int, mobile: int) -> None:
    """Grants until ``unit`` has ``counters`` fixed and ``mobile`` mobile counters that were not withdrawn.

    Raises as ``check_room``.
    """
    check_room(hub, unit, counters, mobile)
    for wanted, is_mobile, word in ((counters, False, FIXED_NAME), (mobile, True, MOBILE_NAME)):
        standing = [
            one for one in hub.devices(unit) if not one.withdrawn and _is_mobile(one.name) == is_mobile
        ]
        for _ in range(wanted - len(standing)):
            number = _next_number(hub, unit)
            shown = 1 + sum(_is_mobile(one.name) for one in hub.devices(unit)) if is_mobile else number
            hub.add_grant(unit, f"{word}-{shown:02d}", number)


def seat_of(hub: Hub, one: Placed, valid_until: int) -> Seat:
    """The grants of a free seat, good until ``valid_until`` (ms); signed anew where they end otherwise.

    Nothing was opened under the old ones; should a lost stick still hold them, both lead to one journal, and
    two PCs in it are found out like any other double use.
    """
    with hub.database.write() as connection:
        signed = _signed(connection, one.device)
        keys = {key_id(hub.public_key): hub.public_key}
        if read_grant(signed[0], keys).valid_until != valid_until:
            signed = _sign_anew(connection, hub, signed, valid_until)
    return Seat(signed, one.mobile)


def _sign_anew(
    connection: Connection, hub: Hub, signed: tuple[bytes, ...], valid_until: int
) -> tuple[bytes, ...]:
    table, made = schema.grants, []
    for data in signed:
        old = read_grant(data, {key_id(hub.public_key): hub.public_key})
        new = Grant(
            old.unit, old.device, old.counter, old.name, valid_until, old.spare, old.hub_key_id, old.practice
        )
        made.append(sign_grant(new, hub.keys.signing))
        which = (table.c.device == old.device) & (table.c.spare == old.spare)
        connection.execute(table.update().where(which).values(signed=made[-1]))
    return tuple(made)


def _signed(connection: Connection, device: int) -> tuple[bytes, ...]:
    return tuple(enrol.grant_bytes(connection, device, spare) for spare in range(MAX_SPARES + 1))


def _next_number(hub: Hub, unit: str) -> int:
    """The next number of a counter in the unit, as a grant without a number would take it."""
    with hub.database.read() as connection:
        floor = int(setting(connection, f"counter-floor:{unit}") or 0)
        return max((floor, *(one.counter for one in enrol.devices(connection, unit)))) + 1


def _is_mobile(name: str) -> bool:
    return name.startswith(MOBILE_NAME)


def _state(one: enrol.Device, opened: set[int], noted: frozenset[int]) -> str:
    if one.withdrawn:
        return WITHDRAWN
    if one.device in opened:
        return AT_WORK
    return NOTED if one.counter in noted else FREE
