"""SELECT for a dataclass: its fields name the columns, ids come back as ``EntryId``."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from sync.protocol.naming.ids import EntryId

T = TypeVar("T")


def _id(value: int) -> EntryId:
    return EntryId.from_key(value)


def _id_or_none(value: int | None) -> EntryId | None:
    return None if value is None else EntryId.from_key(value)


_CONVERT: dict[str, Callable[[Any], Any]] = {"EntryId": _id, "EntryId | None": _id_or_none, "bool": bool}


@cache
def _plan(kind: Any) -> tuple[str, tuple[tuple[int, Callable[[Any], Any]], ...]]:
    given = fields(kind)
    names = ", ".join(field.metadata.get("sql", field.name) for field in given)
    converts = tuple(
        (place, _CONVERT[str(field.type)]) for place, field in enumerate(given) if str(field.type) in _CONVERT
    )
    return names, converts


def select(
    connection: Connection,
    kind: type[T],
    rest: str,
    values: tuple[Any, ...] | dict[str, Any] = (),
    before: str = "",
) -> list[T]:
    """``SELECT <fields of kind> <rest>``, each row as a ``kind``; ``rest`` is ours, values are bound.

    ``before``: a WITH in front of it.
    """
    names, converts = _plan(cast(Hashable, kind))
    found = []
    for row in connection.exec_driver_sql(f"{before} SELECT {names} {rest}", values):
        given = list(row)
        for place, convert in converts:
            given[place] = convert(given[place])
        found.append(kind(*given))
    return found


def one(connection: Connection, kind: type[T], rest: str, values: tuple[Any, ...] = ()) -> T | None:
    """The first row of ``select``, None without any."""
    found = select(connection, kind, f"{rest} LIMIT 1", values)
    return found[0] if found else None


def number(connection: Connection, sql: str, values: tuple[Any, ...] = ()) -> int:
    """A single number, 0 for null or no row."""
    row = connection.exec_driver_sql(sql, values).first()
    return int(row[0] or 0) if row is not None else 0
