"""A school of 300 is one line of the work list: those of a group who are equally far stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from counter_app.domain.codes import parse_provisional
from counter_app.services.ports.home import WorkRow
from counter_app.services.ports.saying import counted, say
from counter_app.storage.queries import groups as group_queries
from counter_app.storage.queries.work_lines import WorkLine, latest_of_group
from sync.protocol.naming.ids import EntryId

SCREEN = "groups"
"""Where a line of a group is opened."""

Marks = Mapping[int, int]
"""``{journal: last seq at the province}``."""
Pair = tuple[WorkLine, WorkRow]


def once(connection: Connection, pairs: Sequence[Pair], marks: Marks) -> tuple[WorkRow, ...]:
    """The rows in their order, that of a group told as the group; one person alone stays himself."""
    together = {line.group_id for line, _ in pairs if line.people > 1 and line.group_id is not None}
    groups = {row.id: row for row in group_queries.groups_with(connection, together)}
    return tuple(
        _line(connection, groups[line.group_id], line, row, marks)
        if line.people > 1 and line.group_id in groups
        else row
        for line, row in pairs
    )


def _line(
    connection: Connection, group: group_queries.GroupRow, line: WorkLine, row: WorkRow, marks: Marks
) -> WorkRow:
    total = say(f"{line.people} người", counted(line.people, "person", "persons"))
    if line.people < group.taken:
        total = say(f"{line.people} trong {group.taken} người", f"{line.people} of {group.taken} persons")
    return replace(
        row, subject=group.id, code=parse_provisional(group.code).short, name=group.name, name_second=total,
        what=say(f"Chứng thực bản sao · {line.all_copies} bản", f"Certified copies · {line.all_copies}"),
        what_second=group.papers, sync=_sync(connection, group.id, line, marks), target=SCREEN,
    )  # fmt: skip


def _sync(connection: Connection, group: EntryId, line: WorkLine, marks: Marks) -> str:
    """Received only once all are; of one journal the highest tells for all."""
    one_journal = line.lowest.journal == line.highest.journal
    latest = [line.highest] if one_journal else latest_of_group(connection, group)
    there = all(marks.get(one.journal, 0) >= one.seq for one in latest)
    return "received" if there else "waiting"
