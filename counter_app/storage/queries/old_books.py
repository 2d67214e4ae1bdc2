"""What came from old books: files let in, lines of a register that paper held before, opening figures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import one, select
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A file that was let in; ``first`` to ``last`` are numbers of lines, moments ms."""

    id: EntryId
    what: str
    name: str
    register: EntryId | None
    planned: int
    written: int
    first: int
    last: int
    begun_at: int
    plan_digest: str


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """Opening figures of the counter of ``journal``; ``day`` yyyymmdd, ``cash`` dong."""

    id: EntryId
    day: int
    journal: int
    form_book: str
    form_number: int
    cash: int
    taken_at: int


@dataclass(frozen=True, slots=True)
class OldPart:
    """Lines of a register-year that stand in the old book: how many, lowest and highest number (0: none)."""

    count: int
    first: int
    last: int


def arrivals(connection: Connection) -> list[ArrivalRow]:
    """Every file that was let in, unfinished ones first, then the newest."""
    return select(connection, ArrivalRow, "FROM arrivals ORDER BY written >= planned, begun_at DESC, id DESC")


def arrival_of_plan(connection: Connection, plan_digest: bytes) -> ArrivalRow | None:
    """The file with exactly these rows, None when it was never let in."""
    rest = "FROM arrivals WHERE plan_digest = ? ORDER BY id"
    return one(connection, ArrivalRow, rest, (plan_digest.hex(),))


def figures_of(connection: Connection, journal: int) -> FiguresRow | None:
    """The newest opening figures of a counter, None before they were taken."""
    rest = "FROM opening_figures WHERE journal = ? ORDER BY taken_at DESC, id DESC"
    return one(connection, FiguresRow, rest, (journal,))


def old_part(connection: Connection, register: EntryId) -> OldPart:
    """What of a register-year was taken over from the old book."""
    row = connection.exec_driver_sql(
        "SELECT count(DISTINCT number), coalesce(min(number), 0), coalesce(max(number), 0) FROM lines"
        " WHERE register = ? AND term = 0",
        (register.key,),
    ).one()
    return OldPart(*row)


def dossier_codes(connection: Connection) -> set[str]:
    """Codes under which dossiers are known here: provisional, official and the portal's."""
    rows = connection.exec_driver_sql(
        "SELECT official_code FROM dossiers WHERE official_code <> ''"
        " UNION SELECT portal_code FROM dossiers WHERE portal_code <> ''"
        " UNION SELECT old_code FROM dossiers WHERE old_code <> ''"
    )
    return {row[0] for row in rows}
