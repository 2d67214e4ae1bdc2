"""Dossiers: work lists, one by any of its codes, a person's, numbers of forms, figures of home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.order import causal_order
from counter_app.storage.queries.select import number, one, select
from counter_app.storage.readings.subjects import facts_of
from sync.protocol.naming.ids import EntryId

FIRST_ROWS = 200
AT_WORK = "stage IN ('accepted', 'processing', 'awaiting_decision', 'waiting_fee')"
"""Stages in which somebody of the unit works, and a date may run."""


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One dossier as lists show it; moments ms, days ``yyyymmdd``, money dong, ``fee`` -1 not known."""

    id: EntryId
    code: str
    daily: int
    day: int
    journal: int
    official_code: str
    portal_code: str
    channel: str
    procedure: str
    procedure_name: str
    field: str
    party_kind: str
    name: str
    id_number: str
    birth: int
    phone: str
    person: EntryId | None
    stage: str
    submitted_at: int
    submitted_by: EntryId | None
    accept_by: int
    received_at: int
    due_at: int
    promised_at: int
    asked_at: int
    extended: bool
    place_post: EntryId | None
    place_name: str
    place_taken: bool
    place_by: EntryId | None
    result_title: str
    done_at: int
    drawer: str
    ready_at: int
    returned_at: int
    fee: int
    paid: int
    to_pay: int
    contacts: int
    is_open: bool
    frozen: bool
    waiting: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of the check-list as it stands."""

    dossier: EntryId
    place: int
    name: str
    state: str
    made_as: str
    count: int
    note: str
    asked: bool


@dataclass(frozen=True, slots=True)
class DossierCounts:
    """Figures of home's tiles and tabs; ``done``/``on_time`` of the month so far."""

    overdue: int
    due_today: int
    waiting: int
    online: int
    ready: int
    taken_today: int
    done: int
    on_time: int
    at_work: int


_WAITING, _DECIDING, _ONLINE = (
    f"stage = '{stage}'" for stage in ("waiting_citizen", "awaiting_decision", "online")
)
_LIVE = f"({AT_WORK} OR {_WAITING})"
_PAST = "due_at BETWEEN 1 AND ?"
"""What the lists of a handler hold; counts and rows ask the same."""


def _open(connection: Connection, rest: str, values: tuple[object, ...] = ()) -> list[DossierRow]:
    return select(connection, DossierRow, f"FROM dossiers WHERE is_open = 1 AND {rest}", values)


def due_list(connection: Connection, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """What a handler works on, the next date first; without a date after them, waiting for citizens last."""
    order = "ORDER BY stage = 'waiting_citizen', due_at = 0, due_at, received_at, id LIMIT ?"
    return _open(connection, f"{_LIVE} {order}", (limit,))


def of_post(connection: Connection, post: EntryId, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """Work that lies with a post, or was handed on to it."""
    return _open(
        connection, f"place_post = ? AND {AT_WORK} ORDER BY due_at = 0, due_at, id LIMIT ?", (post.key, limit)
    )


def of_official(
    connection: Connection, official: EntryId, name: str = "", fields: Sequence[str] = (),
    limit: int = FIRST_ROWS,
) -> list[DossierRow]:  # fmt: skip
    """What an official took, what was handed on to him by ``name``, and what nobody has taken yet of his
    ``fields`` (none: of every field), the next date first.
    """
    order = "ORDER BY due_at = 0, due_at, id LIMIT ?"
    return _open(connection, f"{_his(fields)} {order}", (official.key, name, *fields, limit))


def _his(fields: Sequence[str]) -> str:
    """Values: the official's key, his name, his fields."""
    free = f"place_by IS NULL AND (place_name = '' OR place_post IS NOT NULL){_of_fields(fields)}"
    by_name = "(place_by IS NULL AND place_name = ? AND place_name <> '')"
    return f"{AT_WORK} AND (place_by = ? OR {by_name} OR ({free}))"


def in_fields(connection: Connection, fields: Sequence[str], limit: int = FIRST_ROWS) -> list[DossierRow]:
    """What is worked on or waits for a citizen in some fields of work, in the order of ``due_list``."""
    order = "ORDER BY stage = 'waiting_citizen', due_at = 0, due_at, received_at, id LIMIT ?"
    rest = f"{_LIVE}{_of_fields(fields)} {order}"
    return _open(connection, rest, (*fields, limit))


def _of_fields(fields: Sequence[str]) -> str:
    return f" AND field IN ({', '.join('?' * len(fields))})" if fields else ""


def unclaimed(connection: Connection, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """Accepted and with no post yet: any handler may take it."""
    return _open(connection, f"place_post IS NULL AND {AT_WORK} ORDER BY due_at = 0, due_at, id LIMIT ?",
                 (limit,))  # fmt: skip


def overdue(connection: Connection, now: int, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """Past their date, the oldest first; a waiting dossier has none and is never here."""
    return _open(connection, f"{_PAST} ORDER BY due_at, id LIMIT ?", (now - 1, limit))


def deciding(connection: Connection, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """Drafts that wait for who decides."""
    return _open(connection, f"{_DECIDING} ORDER BY due_at = 0, due_at, id LIMIT ?", (limit,))


def waiting(connection: Connection, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """Waiting for papers of the citizen, the longest first."""
    return _open(connection, f"{_WAITING} ORDER BY asked_at, id LIMIT ?", (limit,))


def online(connection: Connection, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """Filed online and not yet accepted, the most urgent acceptance clock first."""
    return _open(connection, f"{_ONLINE} ORDER BY accept_by, submitted_at, id LIMIT ?", (limit,))


def queue_counts(
    connection: Connection, now: int, official: EntryId, name: str, fields: Sequence[str]
) -> dict[str, int]:
    """How many dossiers each list of a handler holds, however long it is, by the tab's code."""
    wanted: dict[str, tuple[str, tuple[object, ...]]] = {
        "mine": (_his(fields), (official.key, name, *fields)),
        "fields": (f"{_LIVE}{_of_fields(fields)}", tuple(fields)),
        "unit": (_LIVE, ()),
        "waiting": (_WAITING, ()),
        "deciding": (_DECIDING, ()),
        "late": (_PAST, (now - 1,)),
        "online": (_ONLINE, ()),
    }
    counted = "SELECT count(*) FROM dossiers WHERE is_open = 1 AND"
    return {code: number(connection, f"{counted} {rest}", values) for code, (rest, values) in wanted.items()}


def ready(connection: Connection, limit: int = FIRST_ROWS) -> list[DossierRow]:
    """Results that wait for their owners, the oldest first: uncollected ones stand on top."""
    return _open(connection, "stage = 'done' ORDER BY done_at, id LIMIT ?", (limit,))


def dossier(connection: Connection, subject: EntryId) -> DossierRow | None:
    """One dossier, None when it is not (yet) readable here."""
    return one(connection, DossierRow, "FROM dossiers WHERE id = ?", (subject.key,))


def by_code(connection: Connection, code: str) -> DossierRow | None:
    """By provisional, official or portal code, whole and as written.

    A slip of an acceptance that did not count, as another counter's came first, names its dossier too.
    """
    if not code:
        return None
    for column in ("code", "official_code", "portal_code", "old_code"):
        # Without the second condition SQLite cannot use an index over those that have such a code.
        rest = f"FROM dossiers WHERE {column} = ? AND {column} <> '' ORDER BY id DESC"
        if (found := one(connection, DossierRow, rest, (code,))) is not None:
            return found
    printed = "FROM dossiers WHERE id IN (SELECT dossier FROM form_numbers WHERE code = ? AND code <> '')"
    return one(connection, DossierRow, f"{printed} ORDER BY id DESC", (code,))


def of_day(connection: Connection, counter: str, daily: int, day: int) -> DossierRow | None:
    """``02-0018`` of ``day``: the code begins with unit and counter (eight digits)."""
    rest = "FROM dossiers WHERE day = ? AND daily = ? AND code LIKE ? || '%' ORDER BY id DESC"
    return one(connection, DossierRow, rest, (day, daily, counter))


def of_number(connection: Connection, id_number: str, limit: int = 50) -> list[DossierRow]:
    """Dossiers under one identity number, newest first."""
    rest = "FROM dossiers WHERE id_number = ? AND id_number <> '' ORDER BY submitted_at DESC, id DESC LIMIT ?"
    return select(connection, DossierRow, rest, (id_number, limit))


def of_person(connection: Connection, person: EntryId, limit: int = 50) -> list[DossierRow]:
    """Dossiers of one recorded person, newest first."""
    rest = "FROM dossiers WHERE person = ? ORDER BY submitted_at DESC, id DESC LIMIT ?"
    return select(connection, DossierRow, rest, (person.key, limit))


def twin(connection: Connection, id_number: str, procedure: str) -> DossierRow | None:
    """An open dossier of the same person and procedure, the newest (``ux.md`` 4.3)."""
    rest = "id_number = ? AND id_number <> '' AND procedure = ? AND stage <> 'done' ORDER BY id DESC LIMIT 1"
    found = _open(connection, rest, (id_number, procedure))
    return found[0] if found else None


def papers(connection: Connection, subject: EntryId) -> list[PaperRow]:
    """The check-list as it stands."""
    return select(
        connection, PaperRow, "FROM dossier_papers WHERE dossier = ? ORDER BY place", (subject.key,)
    )


def next_form_number(connection: Connection, book: str, form: str, year: int) -> int:
    """The next number of a form in a counter's book of a year, from 1; asked inside the act's transaction.

    Every paper ever written counts, one of an act that lost against another too: its number was printed.
    """
    sql = "SELECT max(number) FROM form_numbers WHERE book = ? AND form = ? AND day BETWEEN ? AND ?"
    return number(connection, sql, (book, form, year * 10_000, year * 10_000 + 1231)) + 1


def history(connection: Connection, subject: EntryId) -> list[Fact]:
    """Everything written about a dossier, in the order in which it is folded."""
    facts = facts_of(connection, [subject])[subject]
    return list(causal_order(subject, facts, False).facts)


def counts(
    connection: Connection, now: int, day: int, day_end: int, month: int, journal: int
) -> DossierCounts:
    """Figures of home: ``now``, ``day_end`` and the ``month``'s beginning in ms, ``day`` the local date."""
    opened = "SELECT count(*) FROM dossiers WHERE is_open = 1 AND"
    done = "SELECT count(*) FROM dossiers WHERE done_at >= ?"
    return DossierCounts(
        overdue=number(connection, f"{opened} due_at BETWEEN 1 AND ?", (now - 1,)),
        due_today=number(connection, f"{opened} due_at BETWEEN ? AND ?", (now, day_end)),
        waiting=number(connection, f"{opened} stage = 'waiting_citizen'"),
        online=number(connection, f"{opened} stage = 'online'"),
        ready=number(connection, f"{opened} stage = 'done'"),
        taken_today=number(
            connection, "SELECT count(*) FROM dossiers WHERE day = ? AND journal = ?", (day, journal)
        ),
        done=number(connection, done, (month,)),
        on_time=number(connection, f"{done} AND (promised_at = 0 OR done_at <= promised_at)", (month,)),
        at_work=number(connection, f"{opened} {AT_WORK}"),
    )


def posts(connection: Connection) -> list[tuple[EntryId, str]]:
    """Posts of the unit with their names, by name."""
    rows = connection.exec_driver_sql("SELECT id, name FROM posts ORDER BY name, id")
    return [(EntryId.from_key(row[0]), str(row[1])) for row in rows]
