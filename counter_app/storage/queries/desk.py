"""Small questions of the counter's services to this PC's own tables and to positions of journals."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.journals.journal import entry_at
from counter_app.storage.queries.select import number, one, select
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.grants import Grant, HubKeys, JournalOpened, read_grant
from sync.protocol.naming.ids import COMMON_DEVICE, FIRST_LIFE, MAX_LIFE, EntryId, unit_journal
from sync.protocol.refusals import Malformed, Refusal


def last_sign_ins(connection: Connection) -> dict[EntryId, int]:
    """When each official last signed in on this PC, ms."""
    rows = connection.exec_driver_sql("SELECT official, max(begun_at) FROM sessions GROUP BY official")
    return {EntryId.from_key(row[0]): row[1] for row in rows}


def accounts_kept(connection: Connection) -> dict[EntryId, bytes]:
    """Officials with an account on this PC, and the public key (32 bytes) it was made for."""
    rows = connection.exec_driver_sql(
        "SELECT substr(name, 10), substr(sealed, 1, 32) FROM sealed_keys"
        " WHERE substr(name, 1, 9) = 'official:'"
    )
    return {EntryId.from_key(int(row[0])): bytes(row[1]) for row in rows}


def is_set_aside(connection: Connection, entry: EntryId) -> bool:
    """True for an entry that is held and not read."""
    found = connection.exec_driver_sql("SELECT 1 FROM set_aside WHERE key = ?", (entry.key,))
    return found.first() is not None


def province_journals(connection: Connection, unit: str) -> list[int]:
    """Journals of the province for ``unit`` that are held, the latest life first."""
    first = unit_journal(unit, FIRST_LIFE)
    rows = connection.exec_driver_sql(
        "SELECT journal FROM journal_heads WHERE journal BETWEEN ? AND ? ORDER BY journal DESC",
        (first, first + MAX_LIFE - FIRST_LIFE),
    )
    return [row[0] for row in rows]


def province_heard_at(connection: Connection) -> int:
    """The province's time (ms) when its last signed word was written, 0 before the first."""
    return number(connection, "SELECT max(at) FROM hub_words")


def last_entry_at(connection: Connection, journal: int) -> int:
    """The time (ms) of the last entry of a journal that is held here, 0 without any."""
    return number(
        connection,
        "SELECT e.at FROM journal_heads h JOIN entries e ON e.key = (h.journal << 32 | h.seq)"
        " WHERE h.journal = ?",
        (journal,),
    )


def last_entries_at(connection: Connection) -> list[int]:
    """The time (ms) of the last entry of every journal that is held here."""
    rows = connection.exec_driver_sql(
        "SELECT e.at FROM journal_heads h JOIN entries e ON e.key = (h.journal << 32 | h.seq)"
    )
    return [row[0] for row in rows]


def date_proved_at(connection: Connection, journal: int, latest: int) -> int:
    """When something last proved the date here, ms: the province's word, a day's closing, the enrolment.

    What lies after ``latest`` proves nothing: it was said under a clock that stood in another year.
    """
    first = EntryId(journal, 1).key
    return max(
        number(connection, "SELECT max(at) FROM hub_words WHERE at <= ?", (latest,)),
        number(
            connection,
            "SELECT max(closed_at) FROM cash_days WHERE journal = ? AND closed_at <= ?",
            (journal, latest),
        ),
        number(connection, "SELECT at FROM entries WHERE key = ? AND at <= ?", (first, latest)),
    )


def device_key(connection: Connection, journal: int) -> bytes | None:
    """Public key (32 bytes) of the device that writes ``journal``; None when its opening is not held."""
    entry = entry_at(connection, EntryId(journal, 1))
    if entry is None or entry.body is None:
        return None
    try:
        return decode_body(JournalOpened, entry.body).signing_key
    except Malformed:
        return None


@dataclass(frozen=True, slots=True)
class KnownCounter:
    """A counter of the unit: its number within the unit, its name, the journal of its latest life."""

    number: int
    name: str
    journal: int


def known_counters(connection: Connection, hub_keys: HubKeys) -> list[KnownCounter]:
    """Counters whose opening is held and whose grant a pinned hub key signed, by number."""
    found: dict[int, KnownCounter] = {}
    rows = connection.exec_driver_sql(
        "SELECT journal FROM journal_heads WHERE journal < ? ORDER BY journal", (COMMON_DEVICE << 8,)
    )
    for (journal,) in rows.all():
        grant = _grant(connection, journal, hub_keys)
        if grant is not None:
            found[grant.device] = KnownCounter(grant.counter, grant.name, journal)
    return sorted(found.values(), key=lambda counter: (counter.number, counter.journal))


def _grant(connection: Connection, journal: int, hub_keys: HubKeys) -> Grant | None:
    entry = entry_at(connection, EntryId(journal, 1))
    if entry is None or entry.body is None:
        return None
    try:
        return read_grant(decode_body(JournalOpened, entry.body).grant, hub_keys)
    except Refusal:
        return None


@dataclass(frozen=True, slots=True)
class TryRow:
    """The last try of a print job: what the printer said and how many pages came."""

    at: int
    printer: str
    outcome: str
    detail: str
    pages: int


def last_try(connection: Connection, job: int) -> TryRow | None:
    """The last try of a job, None before the first."""
    return one(connection, TryRow, "FROM print_attempts WHERE job = ? ORDER BY id DESC", (job,))


def prints_of(connection: Connection, subject: EntryId, form: str) -> int:
    """How many jobs of a paper were ever queued, whatever became of them."""
    return number(
        connection, "SELECT count(*) FROM print_jobs WHERE subject = ? AND form = ?", (subject.key, form)
    )


@dataclass(frozen=True, slots=True)
class LastTaken:
    """What one person brought: the row as the register names it, for taking it again."""

    kind: str
    name: str
    pages: int
    copies: int
    photocopy_pages: int
    register: str
    mark: str


def last_taken(connection: Connection, request: EntryId) -> list[LastTaken]:
    """Originals of a request in their order."""
    return select(connection, LastTaken, "FROM originals WHERE request = ? ORDER BY place", (request.key,))


def visits_since(connection: Connection, id_number: str, day: int) -> int:
    """How often a person came from ``day`` (``yyyymmdd``) on; what one F9 took in is one visit."""
    return number(
        connection,
        "SELECT count(DISTINCT taken_at << 16 | (id >> 32 & 65535)) FROM requests"
        " WHERE id_number = ? AND day >= ?",
        (id_number, day),
    )


def on_time(connection: Connection, first_day: int, last_day: int) -> tuple[int, int]:
    """Of the requests taken in between two days and handed over: (on time, all)."""
    row = connection.exec_driver_sql(
        "SELECT coalesce(sum(settled <= due_at), 0), count(*) FROM"
        " (SELECT r.due_at AS due_at, max(l.signed_at) AS settled FROM requests r"
        " JOIN lines l ON l.request = r.id WHERE r.day BETWEEN ? AND ? AND l.signed_at > 0 GROUP BY r.id)",
        (first_day, last_day),
    ).one()
    return int(row[0]), int(row[1])


def request_of_day(connection: Connection, prefix: str, daily: int, day: int) -> EntryId | None:
    """The request with a counter's running number; ``prefix`` is unit and counter (8 digits).

    Of several days (``day`` is today) the latest counts.
    """
    row = connection.exec_driver_sql(
        "SELECT id FROM requests WHERE daily = ? AND day <= ? AND substr(code, 1, 8) = ?"
        " ORDER BY day DESC, id DESC",
        (daily, day, prefix),
    ).first()
    return None if row is None else EntryId.from_key(row[0])
