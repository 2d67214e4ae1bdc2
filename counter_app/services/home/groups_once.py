"""A school of 300 is one line of the work list: those of a group who are equally far stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from counter_app.domain.codes import parse_provisional
from counter_app.services.ports.home import WorkRow
from counter_app.services.ports.saying import counted, say
from counter_app.storage.queries import groups as group_queries
from counter_app.storage.queries.requests import RequestRow
from sync.protocol.naming.ids import EntryId

TOGETHER = frozenset({"submitted", "numbered", "ready"})
"""States whose next step is done for all at once; who is sent back or asked about keeps his own line."""

Pair = tuple[RequestRow, WorkRow]


def once(connection: Connection, pairs: Sequence[Pair]) -> tuple[WorkRow, ...]:
    """The rows in their order, a group where its first person stood; one person alone stays himself."""
    groups = group_queries.groups_of(connection, [request.id for request, _ in pairs])
    parts: dict[tuple[EntryId | None, str, str], list[Pair]] = {}
    for request, row in pairs:
        group = groups.get(request.id) if row.state in TOGETHER and not request.returned_reason else None
        key = (None, str(request.id.key), "") if group is None else (group, row.state, row.due_kind)
        parts.setdefault(key, []).append((request, row))
    names = {row.id: row for row in group_queries.groups_with(connection, set(groups.values()))}
    return tuple(
        _line(names[key[0]], part) if key[0] is not None and len(part) > 1 else part[0][1]
        for key, part in parts.items()
    )


def _line(group: group_queries.GroupRow, part: Sequence[Pair]) -> WorkRow:
    first, people = part[0][1], len(part)
    copies = sum(request.copies for request, _ in part)
    total = say(f"{people} người", counted(people, "person", "persons"))
    if people < group.taken:
        total = say(f"{people} trong {group.taken} người", f"{people} of {group.taken} persons")
    return replace(
        first, code=parse_provisional(group.code).short, name=group.name, name_second=total,
        what=say(f"Chứng thực bản sao · {copies} bản", f"Certified copies · {copies}"),
        what_second=group.papers, sync=_sync(row.sync for _, row in part),
    )  # fmt: skip


def _sync(marks: Iterable[str]) -> str:
    """Received only once all are."""
    return "received" if set(marks) == {"received"} else "waiting"
