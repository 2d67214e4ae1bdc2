"""Dossiers in the work list of home: rows, tabs and figures (``ux.md`` 4.2)."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.organisation.state import OfficialState
from counter_app.services.dossiers.showing import queue
from counter_app.services.ports.dossiers import DossierRow
from counter_app.services.ports.home import WorkRow
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as queries

_LISTS = {"overdue": "late", "supplement": "waiting", "online": "online", "todo": "unit"}
"""Tab of home -> list of the queue; what is ready comes from its own query."""


def rows_of(
    connection: Connection, work: Workplace, person: OfficialState, tab: str, now: int
) -> tuple[WorkRow, ...]:
    """The dossiers of a tab of home, the next date first; those that wait for citizens are never late."""
    if tab == "ready":
        found = queries.ready(connection)
    elif tab in _LISTS:
        found = queue.rows_in(connection, _LISTS[tab], person, now)
    else:
        return ()
    shown = queue.rows_as_shown(connection, work, found, now)
    return tuple(_row(row) for row in shown)


def _row(row: DossierRow) -> WorkRow:
    target = "intake" if row.state == "online_new" else "dossier"
    return WorkRow(
        row.dossier, row.code, row.code_second, row.name, row.name_second, row.what, row.what_second,
        row.due, row.due_second, row.due_kind, row.state, row.sync, target,
    )  # fmt: skip
