"""What the province holds, brought down to what a checker needs: keys, and numbers that do not simply count.

Made of journals and readings in one transaction of reading; nothing is written. A year of 24,000 lines in
force costs nothing here but a count, since a list names exceptions only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from sqlalchemy import Connection, func, select

from counter_app.domain.certification.lines.copy_check import REGISTER_CODES
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import ANNULLED, NUMBERED, SIGNED, STRUCK
from counter_app.domain.registers.spans import Spans
from counter_app.domain.registers.state import RegisterState
from sync.hub import enrol
from sync.hub.reading.folded import states_of
from sync.hub.reading.rows import local_day
from sync.hub.tables import journals, schema
from sync.protocol.journals.check_list import (
    ListedAnnulment,
    ListedDevice,
    ListedUnit,
    ListedYear,
    pack_numbers,
)
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.system_kinds import DeviceRevoked, SystemKind
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.refusals import Malformed

_WEIGHT = (SIGNED, NUMBERED, ANNULLED, STRUCK)
"""Of two lines under one number the one that still counts speaks, once a person has ruled."""
_NAME_LENGTH = 200


def listed_units(connection: Connection) -> tuple[ListedUnit, ...]:
    """Every unit served, in order of its code."""
    table = schema.units
    rows = connection.execute(select(table.c.unit, table.c.name).order_by(table.c.unit)).all()
    return tuple(
        ListedUnit(unit, name[:_NAME_LENGTH], _devices(connection, unit), _years(connection, unit))
        for unit, name in rows
    )


def _devices(connection: Connection, unit: str) -> tuple[ListedDevice, ...]:
    """Every journal of the unit's PCs, whatever its life: papers outlive PCs."""
    gone: dict[int, int] = {}
    for entry in journals.entries_of_kinds(connection, unit, [SystemKind.DEVICE_REVOKED]):
        if entry.body is not None and is_province(entry.id.journal):
            with suppress(Malformed):  # a later version of the kind
                gone[decode_body(DeviceRevoked, entry.body).journal] = local_day(entry.facts.at)
    return tuple(
        ListedDevice(journal, opened.signing_key, gone.get(journal, 0))
        for journal, opened in enrol.openings(connection, unit)
    )


def _years(connection: Connection, unit: str) -> tuple[ListedYear, ...]:
    table = schema.register_rows
    rows = connection.execute(select(table.c.subject).where(table.c.unit == unit))
    folded = states_of(connection, [EntryId.from_key(key) for key in rows.scalars()])
    states = [one.state for one in folded.values() if isinstance(one.state, RegisterState)]
    known = [state for state in states if state.register in REGISTER_CODES]
    return tuple(
        _year(connection, state)
        for state in sorted(known, key=lambda s: (s.year, REGISTER_CODES[s.register], s.id))
    )


def _year(connection: Connection, state: RegisterState) -> ListedYear:
    by_state = _numbers_by_state(connection, state)
    recovering = {*_numbers(state.unknown), *_numbers(_voided(state))}
    return ListedYear(
        REGISTER_CODES[state.register],
        state.year,
        state.first_number,
        state.last_number,
        recovering=pack_numbers(recovering),
        not_sent=pack_numbers(_missing(connection, state, recovering)),
        unconfirmed=pack_numbers(by_state.get(NUMBERED, ())),
        struck=pack_numbers(by_state.get(STRUCK, ())),
        doubled=pack_numbers(_numbers(state.open_doubles)),
        annulled=_annulments(connection, state, by_state.get(ANNULLED, set())),
        closed=state.closed,
    )


def _voided(state: RegisterState) -> Spans:
    """Voided for want of evidence: a copy that turns up is evidence, and never called annulled."""
    return tuple(part for one in state.recoveries for part in one.voided)


def _numbers(spans: Spans) -> Iterable[int]:
    return (number for part in spans for number in range(part.first, part.last + 1))


def _numbers_by_state(connection: Connection, state: RegisterState) -> Mapping[str, set[int]]:
    """Numbers whose line is not simply signed, by its state; of several lines the weightiest speaks."""
    table = schema.line_rows
    mine = table.c.register == state.id.key
    odd = connection.execute(select(table.c.number, table.c.state).where(mine, table.c.state != SIGNED))
    found: dict[int, str] = {}
    for number, its in odd:
        before = found.get(number)
        found[number] = its if before is None else min(before, its, key=_WEIGHT.index)
    if state.doubles:
        twice = connection.execute(select(table.c.number).where(mine, table.c.state == SIGNED))
        for number in twice.scalars():
            found.pop(number, None)
    by_state: dict[str, set[int]] = {}
    for number, its in found.items():
        by_state.setdefault(its, set()).add(number)
    return by_state


def _missing(connection: Connection, state: RegisterState, recovering: set[int]) -> set[int]:
    """Numbers that were told of and have no line here: not arrived, or on paper and not entered yet."""
    table = schema.line_rows
    mine = table.c.register == state.id.key
    given = set(range(state.first_number, state.next_number)) - recovering
    for one in state.recoveries:
        given -= set(_numbers(one.rebuilt))
    count = select(func.count(table.c.number.distinct())).where(mine)
    if connection.execute(count).scalar() == len(given):
        return set()
    return given - set(connection.execute(select(table.c.number).where(mine)).scalars())


def _annulments(
    connection: Connection, state: RegisterState, numbers: set[int]
) -> tuple[ListedAnnulment, ...]:
    if not numbers:
        return ()
    table = schema.line_rows
    where = (table.c.register == state.id.key, table.c.state == ANNULLED)
    keys = connection.execute(select(table.c.subject).where(*where)).scalars()
    folded = states_of(connection, [EntryId.from_key(key) for key in keys])
    lines = [one.state for one in folded.values() if isinstance(one.state, LineState)]
    days = {line.number: line.act_date or local_day(line.annulled_at) for line in lines}
    return tuple(ListedAnnulment(number, days.get(number, 0)) for number in sorted(numbers))
