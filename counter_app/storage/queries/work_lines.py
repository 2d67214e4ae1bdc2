"""The lines of home's work list: a request each, and one for those of a group who are equally far.

They are put together before the list is cut to its first lines, so that a school of 300 is one of them and
hides nobody behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.requests import FIRST_ROWS, RequestRow
from counter_app.storage.queries.select import select
from sync.protocol.naming.ids import EntryId

WORK, OVERDUE, RETURNED, READY = "todo", "overdue", "returned", "ready"
_WHERE = {
    WORK: "",
    OVERDUE: " AND r.stage <> 'signed' AND r.due_at < :now",
    RETURNED: " AND r.returned_reason <> ''",
    READY: " AND r.stage = 'signed'",
}
_TOGETHER = (
    "m.group_id IS NOT NULL AND r.returned_reason = '' AND r.stage IN ('submitted', 'numbered', 'signed')"
    " AND NOT (r.frozen OR r.waiting OR r.conflicts)"
    " AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.subject = r.id AND q.status = 'open')"
)
"""Whose next step is done for all at once; who is sent back or asked about keeps his own line."""
_PRESSING = (
    "CASE WHEN r.stage = 'signed' THEN 's' WHEN r.due_at < :now THEN 'o' WHEN r.due_at <= :day_end THEN 't'"
    " ELSE 'l' END"
)
_LINES = (
    f"WITH told AS (SELECT r.*, CASE WHEN {_TOGETHER} THEN m.group_id END AS group_id,"
    f" CASE WHEN {_TOGETHER} THEN m.group_id || r.stage || {_PRESSING} ELSE r.id END AS line"
    " FROM requests r LEFT JOIN group_members m ON m.id = r.id WHERE r.is_open = 1{where}),"
    " lined AS (SELECT *, count(*) OVER same AS people, sum(copies) OVER same AS all_copies,"
    " min(id) OVER same AS lowest, max(id) OVER same AS highest,"
    " row_number() OVER (PARTITION BY line ORDER BY due_at, id) AS place"
    " FROM told WINDOW same AS (PARTITION BY line))"
)
"""``group_id`` is null for who stands alone; of each line ``place`` 1 is the one that is due first."""


@dataclass(frozen=True, slots=True)
class WorkLine(RequestRow):
    """A request, or the first due of ``people`` of ``group_id`` whose requests have ``lowest`` … ``highest``.

    ``all_copies``: of all of them.
    """

    group_id: EntryId | None
    people: int
    all_copies: int
    lowest: EntryId
    highest: EntryId


def work_lines(
    connection: Connection, tab: str, now: int, day_end: int, limit: int = FIRST_ROWS
) -> list[WorkLine]:
    """Lines of a tab (WORK, OVERDUE, RETURNED, READY): sent back first, then by promise, signed ones last.

    ``now`` and ``day_end`` in ms. Raises KeyError for another tab.
    """
    plan = _LINES.replace("{where}", _WHERE[tab])
    return select(
        connection, WorkLine,
        "FROM lined WHERE place = 1"
        " ORDER BY returned_reason = '', stage = 'signed', due_at >= :now, due_at, id LIMIT :most",
        {"now": now, "day_end": day_end, "most": limit}, before=plan,
    )  # fmt: skip


def latest_of_group(connection: Connection, group: EntryId) -> list[EntryId]:
    """The last request of a group in each journal that wrote some of them."""
    sql = "SELECT max(id) FROM group_members WHERE group_id = ? GROUP BY id >> 32"
    return [EntryId.from_key(row[0]) for row in connection.exec_driver_sql(sql, (group.key,))]
