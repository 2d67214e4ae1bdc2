"""Keeps the board's tables: what each piece of work counts for, and the sums of a unit's days.

A day that something touched is counted again from its own items (a few hundred rows by an index), never by
adding to what stood there: a subject folded twice, late or anew counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, or_, select

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import RequestState
from counter_app.domain.dates import vn_date, vn_instant
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.aggregate import Folded
from sync.hub.tables.engine import among, in_chunks, put, remove
from sync.hub.tables.kpi import kpi_days, kpi_items, kpi_lines
from sync.protocol.naming.ids import EntryId

VERSION = "2"
"""Rises with any change of these rows, or of a fold behind any row of the hub, and with new kinds that rows
are made of; a hub that finds another one makes its readings again."""
_CLOSED = ("handed_over", "annulled", "struck")
UnitDay = tuple[str, int]


def write_kpi(connection: Connection, subjects: Sequence[Folded], unit_of: Callable[[EntryId], str]) -> None:
    """Bring items, lines and the days they count for up to date with ``subjects``.

    The reader holds the locks of every unit whose subjects these are, so a day is summed by one at a time.
    """
    of = {folded.subject.key: folded for folded in subjects}
    lines = _readable(subjects, "line")
    requests = {state.request.key for state in map(_state, lines)} | _requests_of(connection, of)
    put(connection, kpi_lines, [_line(folded, unit_of) for folded in lines])
    items = [*_readable(subjects, "request"), *_readable(subjects, "dossier")]
    touched = [*requests, *of]
    dirty = _days_of(connection, touched)
    _drop_unreadable(connection, subjects)
    put(connection, kpi_items, [_item(folded, unit_of) for folded in items])
    _settle(connection, requests | {folded.subject.key for folded in items if folded.aggregate == "request"})
    _count_again(connection, dirty | _days_of(connection, touched))


def _readable(subjects: Sequence[Folded], aggregate: str) -> list[Folded]:
    return [folded for folded in subjects if folded.aggregate == aggregate and folded.state is not None]


def _state(folded: Folded) -> Any:
    return folded.state


def _drop_unreadable(connection: Connection, subjects: Sequence[Folded]) -> None:
    gone = [folded.subject.key for folded in subjects if folded.state is None]
    for table in (kpi_items, kpi_lines):
        remove(connection, table, "subject", gone)


def _line(folded: Folded, unit_of: Callable[[EntryId], str]) -> dict[str, Any]:
    state: LineState = folded.state
    return {
        "subject": folded.subject.key,
        "unit": unit_of(folded.subject),
        "request": state.request.key,
        "register": state.register.key,
        "number": state.number,
        "year": state.year,
        "day": state.day,
        "state": state.state,
        "signed_at": state.signed_at,
    }


def _item(folded: Folded, unit_of: Callable[[EntryId], str]) -> dict[str, Any]:
    row = _dossier(folded.state) if folded.aggregate == "dossier" else _request(folded.state)
    return {"subject": folded.subject.key, "unit": unit_of(folded.subject), **row}


def _request(state: RequestState) -> dict[str, Any]:
    stage = state.stage
    return {
        "matter": "copies",
        "code": state.code,
        "what": "",
        "day": state.day,
        "taken_at": state.taken_at,
        "due_at": state.due_at,
        "promised_at": state.due_at,
        "stage": stage,
        "is_open": int(stage not in _CLOSED),
        "waits_for_number": int(state.waits_for_number),
        "sent_back": int(state.is_returned),
        "settled_at": 0,
        "period_day": state.day,
    }


def _dossier(state: DossierState) -> dict[str, Any]:
    done = 0 if state.result is None else state.result.at
    due, promised = state.clock.due, state.clock.promised
    return {
        "matter": "dossier",
        "code": state.code or state.portal_code,
        "what": state.procedure.code,
        "day": state.day,
        "taken_at": state.received_at or state.submitted_at,
        "due_at": 0 if due is None else vn_instant(due),
        "promised_at": 0 if promised is None else vn_instant(promised),
        "stage": str(state.stage),
        "is_open": int(state.is_open),
        "waits_for_number": 0,
        "sent_back": 0,
        "settled_at": done,
        "period_day": _day_of(done),
    }


def _day_of(at: int) -> int:
    """The day in Viet Nam of a moment (ms) as ``yyyymmdd``, 0 for none."""
    if at <= 0:
        return 0
    day = vn_date(at)
    return day.year * 10_000 + day.month * 100 + day.day


def _requests_of(connection: Connection, keys: Iterable[int]) -> set[int]:
    """Requests that lines among ``keys`` belonged to so far."""
    found: set[int] = set()
    for some in in_chunks(list(keys)):
        rows = connection.execute(
            select(kpi_lines.c.request).where(among(connection, kpi_lines.c.subject, some))
        )
        found.update(rows.scalars())
    return found


def _days_of(connection: Connection, keys: Iterable[int]) -> set[UnitDay]:
    """Days that the items ``keys`` count for as they are written now."""
    found: set[UnitDay] = set()
    for some in in_chunks(sorted(set(keys))):
        rows = connection.execute(
            select(kpi_items.c.unit, kpi_items.c.day, kpi_items.c.period_day).where(
                among(connection, kpi_items.c.subject, some)
            )
        )
        for unit, *days in rows:
            found.update((unit, day) for day in days if day)
    return found


def _settle(connection: Connection, requests: Iterable[int]) -> None:
    """A request is settled when the last of its lines was signed; lines and request come in any order."""
    for some in in_chunks(sorted(requests)):
        signed = connection.execute(
            select(kpi_lines.c.request, func.max(kpi_lines.c.signed_at))
            .where(among(connection, kpi_lines.c.request, some))
            .group_by(kpi_lines.c.request)
        )
        of = {row[0]: int(row[1]) for row in signed}
        stood = connection.execute(
            select(kpi_items.c.subject, kpi_items.c.settled_at).where(
                among(connection, kpi_items.c.subject, some)
            )
        )
        changed = [{"item": key, "at": of.get(key, 0)} for key, at in stood if of.get(key, 0) != at]
        if changed:
            setting = kpi_items.update().where(kpi_items.c.subject == bindparam("item"))
            connection.execute(setting.values(settled_at=bindparam("at")), changed)


def _count_again(connection: Connection, dirty: set[UnitDay]) -> None:
    by_unit: dict[str, list[int]] = {}
    for unit, day in sorted(dirty):
        by_unit.setdefault(unit, []).append(day)
    for unit, days in by_unit.items():
        for some in in_chunks(days):
            _count_days(connection, unit, some)


def _count_days(connection: Connection, unit: str, days: Sequence[int]) -> None:
    items = kpi_items.c
    received = _sums(connection, select(items.day, func.count()), unit, items.day, days)
    on_time = or_(items.promised_at == 0, items.settled_at <= items.promised_at)
    settled = select(items.period_day, func.count(), func.sum(case((on_time, 1), else_=0)))
    done = _sums(connection, settled.where(items.settled_at > 0), unit, items.period_day, days)
    rows = [
        {
            "unit": unit,
            "day": day,
            "received": received.get(day, (0,))[0],
            "settled": done.get(day, (0, 0))[0],
            "on_time": done.get(day, (0, 0))[1],
        }
        for day in days
        if day in received or day in done
    ]
    connection.execute(kpi_days.delete().where(kpi_days.c.unit == unit, kpi_days.c.day.in_(list(days))))
    put(connection, kpi_days, rows)


def _sums(
    connection: Connection, asked: Any, unit: str, column: Any, days: Sequence[int]
) -> Mapping[int, tuple[int, ...]]:
    rows = connection.execute(asked.where(kpi_items.c.unit == unit, column.in_(list(days))).group_by(column))
    return {row[0]: tuple(int(value) for value in row[1:]) for row in rows}
