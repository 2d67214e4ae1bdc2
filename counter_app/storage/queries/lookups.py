"""Look-ups: those of a dossier, answers that came last, how systems stand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import select
from sync.protocol.naming.ids import EntryId

MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class LookupRow:
    """One look-up; ``row`` is the paper's place in the procedure's list, ``answered_at`` ms, 0 for none."""

    id: EntryId
    dossier: EntryId | None
    row: int
    system: str
    status: str
    is_open: int
    answered_at: int


@dataclass(frozen=True, slots=True)
class SystemRow:
    """How a system stood since a moment (ms)."""

    id: EntryId
    system: str
    standing: str
    since: int
    journal: int


def of_dossier(connection: Connection, dossier: EntryId) -> list[LookupRow]:
    """Look-ups for papers of a dossier, the newest question of a row last."""
    return select(connection, LookupRow, "FROM lookups WHERE dossier = ? ORDER BY id", (dossier.key,))


def answered(connection: Connection, since: int, most: int = MOST_ANSWERS) -> list[LookupRow]:
    """Look-ups answered for good after ``since`` (ms), the newest first."""
    return select(
        connection, LookupRow,
        "FROM lookups WHERE answered_at > ? AND is_open = 0 ORDER BY answered_at DESC, id DESC LIMIT ?",
        (since, most),
    )  # fmt: skip


def systems(connection: Connection) -> list[SystemRow]:
    """The last word on each system; a later life of the province's journal has the higher number."""
    return select(
        connection, SystemRow,
        "FROM lookup_systems WHERE id IN (SELECT max(id) FROM lookup_systems GROUP BY system)"
        " ORDER BY system",
    )  # fmt: skip
