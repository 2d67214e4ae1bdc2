"""The province's board: each unit's figures, and the rows behind any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Text, and_, case, func, literal, select

from sync.hub.reading.figures import AGES, FIGURES, OPEN_NOW, PILES, Moment
from sync.hub.tables import schema
from sync.hub.tables.kpi import kpi_days, kpi_items, kpi_lines
from sync.hub.tables.officials import contacts

MOST_ROWS = 200


class UnitBoard(msgspec.Struct, frozen=True):
    """One unit on the board.

    ``received`` is of the asked day, ``settled`` / ``on_time`` of its month so far, the others as they stand
    now. Piles hold one count for each of ``AGES``. ``met_at``: when the hub last met a PC of the unit, ms;
    ``waiting_since``: since when the hub knows of entries that a PC has not sent yet, ``unsent`` how many (0:
    none that the hub knows of).
    """

    unit: str
    name: str
    received: int
    settled: int
    on_time: int
    overdue: int
    due_today: int
    waiting_citizen: int
    online: int
    ready: int
    sent_back: int
    waits_for_number: tuple[int, ...]
    at_signer: tuple[int, ...]
    devices: int
    met_at: int
    waiting_since: int
    unsent: int

    @property
    def late(self) -> int:
        """Settled in the month after the promised time."""
        return self.settled - self.on_time

    def figure(self, code: str) -> int:
        """A figure by its code; a pile is all of its ages."""
        found = getattr(self, code)
        return sum(found) if code in PILES else int(found)


class WorkItem(msgspec.Struct, frozen=True):
    """One row behind a figure: a request, a dossier (``what`` its procedure), or a line (``number``).

    No name of a citizen: the province counts, the unit knows.
    """

    code: str
    matter: str
    what: str
    number: str
    stage: str
    day: int
    due_at: int
    settled_at: int


class Rows(msgspec.Struct, frozen=True):
    """A page of the rows behind a figure; ``total`` equals the figure on the board."""

    unit: str
    figure: str
    day: int
    total: int
    rows: tuple[WorkItem, ...]


_Counts = Mapping[str, Mapping[str, Any]]


def board(connection: Connection, units: Sequence[str], moment: Moment) -> tuple[UnitBoard, ...]:
    """The board of ``units``, in their order. Costs what is open and thirty rows a unit, not what is held."""
    named = connection.execute(select(schema.units.c.unit, schema.units.c.name))
    names = {row[0]: row[1] for row in named}
    parts = (
        _days(connection, units, moment),
        _open(connection, units, moment),
        _lines(connection, units, moment),
        _met(connection, units),
    )
    return tuple(_unit(unit, names.get(unit, unit), [part.get(unit, {}) for part in parts]) for unit in units)


def _unit(unit: str, name: str, parts: Sequence[Mapping[str, Any]]) -> UnitBoard:
    given: dict[str, Any] = {key: int(value or 0) for part in parts for key, value in part.items()}

    def ages(code: str) -> tuple[int, ...]:
        return tuple(given.get(f"{code}{place}", 0) for place in range(len(AGES)))

    plain = {field: given.get(field, 0) for field in UnitBoard.__struct_fields__[2:]}
    return UnitBoard(**{**plain, "unit": unit, "name": name} | {code: ages(code) for code in PILES})


def _of_units(connection: Connection, asked: Any) -> _Counts:
    """``{unit: the other columns}``."""
    found = [dict(row) for row in connection.execute(asked).mappings()]
    return {row.pop("unit"): row for row in found}


def _days(connection: Connection, units: Sequence[str], moment: Moment) -> _Counts:
    days = kpi_days.c
    of_day = case((days.day == moment.day, days.received), else_=0)
    asked = (
        select(
            days.unit,
            func.sum(of_day).label("received"),
            func.sum(days.settled).label("settled"),
            func.sum(days.on_time).label("on_time"),
        )
        .where(days.unit.in_(units), days.day.between(moment.month_first, moment.day))
        .group_by(days.unit)
    )
    return _of_units(connection, asked)


def _open(connection: Connection, units: Sequence[str], moment: Moment) -> _Counts:
    """Open work is what a province has in hand today, however many years lie behind it."""
    wanted = [_count(FIGURES[code].where(moment), code) for code in OPEN_NOW if code not in PILES]
    wanted += _ages("waits_for_number", moment)
    asked = (
        select(kpi_items.c.unit, *wanted)
        .where(kpi_items.c.unit.in_(units), kpi_items.c.is_open == 1)
        .group_by(kpi_items.c.unit)
    )
    return _of_units(connection, asked)


def _lines(connection: Connection, units: Sequence[str], moment: Moment) -> _Counts:
    asked = (
        select(kpi_lines.c.unit, *_ages("at_signer", moment))
        .where(kpi_lines.c.unit.in_(units), kpi_lines.c.state == "numbered")
        .group_by(kpi_lines.c.unit)
    )
    return _of_units(connection, asked)


def _count(condition: Any, label: str) -> Any:
    return func.sum(case((condition, 1), else_=0)).label(label)


def _ages(code: str, moment: Moment) -> list[Any]:
    return [_count(FIGURES[code].where(moment, age), f"{code}{age}") for age in range(len(AGES))]


def _met(connection: Connection, units: Sequence[str]) -> _Counts:
    table = contacts.c
    asked = (
        select(
            table.unit,
            func.count().label("devices"),
            func.max(table.met_at).label("met_at"),
            func.min(case((table.waiting_since > 0, table.waiting_since))).label("waiting_since"),
            func.sum(table.claimed - table.held).label("unsent"),
        )
        .where(table.unit.in_(units))
        .group_by(table.unit)
    )
    return _of_units(connection, asked)


def rows(
    connection: Connection, unit: str, code: str, moment: Moment, age: int | None = None, page: int = 0
) -> Rows:
    """Page ``page`` (from 0) of the rows behind figure ``code`` of ``unit``, the next promise first.

    Raises KeyError for a figure that is not one.
    """
    figure = FIGURES[code]
    where = and_(figure.table.c.unit == unit, figure.where(moment, age))
    total = connection.execute(select(func.count()).select_from(figure.table).where(where)).scalar()
    asked = _line_rows(where) if figure.table is kpi_lines else _item_rows(where)
    found = connection.execute(asked.limit(MOST_ROWS).offset(page * MOST_ROWS))
    return Rows(unit, code, moment.day, int(total or 0), tuple(WorkItem(*row) for row in found))


def _item_rows(where: Any) -> Any:
    item = kpi_items.c
    columns = (item.code, item.matter, item.what, literal("", Text), item.stage, item.day, item.due_at)
    asked = select(*columns, item.settled_at).where(where)
    return asked.order_by(item.due_at == 0, item.due_at, item.subject)


def _line_rows(where: Any) -> Any:
    line, item, register = kpi_lines.c, kpi_items.c, schema.register_rows.c
    shown = func.coalesce(item.code, "")
    number = line.number.cast(Text) + "/" + line.year.cast(Text)
    columns = (shown, literal("line", Text), func.coalesce(register.symbol, ""), number, line.state, line.day)
    return (
        select(*columns, func.coalesce(item.due_at, 0), line.signed_at)
        .select_from(
            kpi_lines.outerjoin(kpi_items, item.subject == line.request).outerjoin(
                schema.register_rows, register.subject == line.register
            )
        )
        .where(where)
        .order_by(line.year, line.number, line.subject)
    )
