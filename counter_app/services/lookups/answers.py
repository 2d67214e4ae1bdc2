"""Answers that came and that nobody has acted on yet: what home reminds of."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.catalogue.checklist import QUEUED
from counter_app.domain.dossiers.state import DossierState
from counter_app.services.dossiers.showing import words
from counter_app.services.ports.saying import counted, say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import lookups as queries
from sync.protocol.naming.ids import EntryId

DAYS_MS = 10 * 86_400_000
"""So long home reminds of an answer (own figure)."""
MOST_NAMED = 3


def lookup_answers(connection: Connection, work: Workplace, now: int) -> list[tuple[str, str]]:
    """Icon and words, none when nothing waits for a person; codes of dossiers, no name."""
    waiting = dossiers_to_look_at(connection, work, now)
    if not waiting:
        return []
    codes = ", ".join(waiting[:MOST_NAMED]) + (" …" if len(waiting) > MOST_NAMED else "")
    count = len(waiting)
    return [(
        "database",
        say(f"{count} hồ sơ có trả lời tra cứu: {codes}",
            f"{counted(count, 'dossier has', 'dossiers have')} answers of databases: {codes}"),
    )]  # fmt: skip


def dossiers_to_look_at(connection: Connection, work: Workplace, now: int) -> list[str]:
    """Short codes of open dossiers with an answered row that still stands as waiting, newest first."""
    found: dict[EntryId, str] = {}
    for row in queries.answered(connection, now - DAYS_MS):
        if row.dossier is None or row.dossier in found:
            continue
        state = work.state(connection, row.dossier, required=False)
        if isinstance(state, DossierState) and state.is_open and _waits(state, row.row):
            found[row.dossier] = words.short_code(state.code, state.portal_code)
    return list(found.values())


def _waits(state: DossierState, row: int) -> bool:
    return any(paper.row == row and paper.state == QUEUED for paper in state.papers)
