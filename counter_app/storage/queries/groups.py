"""Groups: what is being written here, one by its slip, its persons in the order of the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import number, one, select
from sync.protocol.naming.ids import EntryId

MOST = 50


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group as lists show it; moments ms, days ``yyyymmdd``, money dong."""

    id: EntryId
    code: str
    daily: int
    day: int
    journal: int
    taken_at: int
    taken_by: EntryId | None
    name: str
    bearer: str
    phone: str
    papers: str
    planned: int
    taken: int
    originals: int
    copies: int
    amount: int
    to_pay: int
    receipt: str
    ended_at: int
    ground: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person of a group; ``id`` is his request, ``stage`` as in the domain."""

    id: EntryId
    group_id: EntryId
    line: int
    label: str
    name: str
    stage: str


def recent_groups(connection: Connection, limit: int = MOST) -> list[GroupRow]:
    """Groups that are not wholly written first, then the newest."""
    return select(
        connection, GroupRow,
        "FROM request_groups ORDER BY ended_at > 0, taken_at DESC, id DESC LIMIT ?", (limit,),
    )  # fmt: skip


def group_by_code(connection: Connection, code: str) -> GroupRow | None:
    """The group whose slip carries ``code`` (digits only)."""
    return one(connection, GroupRow, "FROM request_groups WHERE code = ? ORDER BY id DESC", (code,))


def members(connection: Connection, group: EntryId) -> list[MemberRow]:
    """Persons of a group, as on the list."""
    return select(
        connection, MemberRow, "FROM group_members WHERE group_id = ? ORDER BY line, id", (group.key,)
    )  # fmt: skip


def groups_of(connection: Connection, requests: Sequence[EntryId]) -> dict[EntryId, EntryId]:
    """``{request: its group}`` for those of ``requests`` that came in one."""
    marks = ", ".join("?" * len(requests))
    sql = f"FROM group_members WHERE id IN ({marks})"
    rows = select(connection, MemberRow, sql, tuple(request.key for request in requests))
    return {row.id: row.group_id for row in rows}


def groups_with(connection: Connection, groups: Collection[EntryId]) -> list[GroupRow]:
    """The groups with these ids, in no order."""
    marks = ", ".join("?" * len(groups))
    values = tuple(group.key for group in groups)
    return select(connection, GroupRow, f"FROM request_groups WHERE id IN ({marks})", values)


def fees_of(connection: Connection, group: EntryId) -> int:
    """What the persons of a group owe together as their requests stand now, in dong; struck lines cost 0."""
    return number(
        connection,
        "SELECT sum(r.fees) FROM group_members AS m JOIN requests AS r ON r.id = m.id WHERE m.group_id = ?",
        (group.key,),
    )


def group_of_day(connection: Connection, prefix: str, daily: int, day: int) -> GroupRow | None:
    """The group with running number ``daily`` of a counter's day; ``prefix``: unit and counter, 8 digits."""
    return one(
        connection, GroupRow,
        "FROM request_groups WHERE day = ? AND daily = ? AND substr(code, 1, 8) = ? ORDER BY id DESC",
        (day, daily, prefix),
    )  # fmt: skip


def numbers_of_day(connection: Connection, day: int) -> set[str]:
    """Identity numbers of everybody who asked for certified copies on ``day``, at any counter known here."""
    rows = connection.exec_driver_sql("SELECT id_number FROM requests WHERE day = ?", (day,))
    return {row[0] for row in rows if row[0]}
