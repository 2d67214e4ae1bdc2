"""This PC's own tables: drafts, print jobs, lock-outs, sessions, measurements, peers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import one, select
from counter_app.storage.statements import put_sql, write_rows
from counter_app.storage.this_pc.local_tables import drafts, lockouts, peers
from sync.protocol.naming.ids import EntryId


def save_draft(
    connection: Connection, official: EntryId | None, screen: str, slot: str, content: bytes, at: int
) -> None:
    """Keep what is being typed; one a person, screen and slot."""
    row = (0 if official is None else official.key, screen, slot, content, at)
    write_rows(connection, put_sql(drafts), [row])


def load_draft(connection: Connection, official: EntryId | None, screen: str, slot: str = "") -> bytes | None:
    """The draft as it was saved last, None without one."""
    row = connection.exec_driver_sql(
        "SELECT content FROM drafts WHERE official = ? AND screen = ? AND slot = ?",
        (0 if official is None else official.key, screen, slot),
    ).first()
    return None if row is None else bytes(row[0])


def drop_draft(connection: Connection, official: EntryId | None, screen: str, slot: str = "") -> None:
    """Forget a draft; in the same transaction as the act it became."""
    connection.exec_driver_sql(
        "DELETE FROM drafts WHERE official = ? AND screen = ? AND slot = ?",
        (0 if official is None else official.key, screen, slot),
    )


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper to print; ``state`` waiting, sent, done, failed or dropped; ``content`` belongs to the form."""

    id: int
    form: str
    title: str
    content: bytes
    subject: EntryId
    copy_no: int
    printer: str
    state: str
    asked_at: int


def queue_print(
    connection: Connection, form: str, title: str, content: bytes, subject: EntryId, at: int,
    *, copy_no: int = 1, printer: str = "",
) -> int:  # fmt: skip
    """Queue a paper in the transaction of the act that wants it; returns the job's number."""
    row = connection.exec_driver_sql(
        "INSERT INTO print_jobs (form, title, content, subject, copy_no, printer, state, asked_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?) RETURNING id",
        (form, title, content, subject.key, copy_no, printer, at),
    ).one()
    return int(row[0])


def print_job(connection: Connection, job: int) -> PrintJob | None:
    """One job."""
    return one(connection, PrintJob, "FROM print_jobs WHERE id = ?", (job,))


def print_jobs(connection: Connection, *states: str) -> list[PrintJob]:
    """Jobs in any of ``states`` (all that are unfinished by default), oldest first."""
    wanted = states or ("waiting", "sent", "failed")
    marks = ", ".join("?" * len(wanted))
    return select(connection, PrintJob, f"FROM print_jobs WHERE state IN ({marks}) ORDER BY id", wanted)


def note_print(
    connection: Connection, job: int, state: str, at: int, printer: str, *, detail: str = "", pages: int = 0
) -> None:
    """A job moved on: the try is kept with what the printer said."""
    connection.exec_driver_sql(
        "UPDATE print_jobs SET state = ?, printer = ? WHERE id = ?", (state, printer, job)
    )
    connection.exec_driver_sql(
        "INSERT INTO print_attempts (job, at, printer, outcome, detail, pages) VALUES (?, ?, ?, ?, ?, ?)",
        (job, at, printer, state, detail, pages),
    )


@dataclass(frozen=True, slots=True)
class Lockout:
    """Failed sign-ins of one login; ``locked_until`` in ms."""

    login: str
    failures: int
    last_failure: int
    locked_until: int


def lockout(connection: Connection, login: str) -> Lockout:
    """How often ``login`` failed since its last success."""
    found = one(connection, Lockout, "FROM lockouts WHERE login = ?", (login,))
    return found or Lockout(login, 0, 0, 0)


def put_lockout(connection: Connection, value: Lockout) -> None:
    """Keep the counters; committed before the answer is shown, so that a kill does not forgive a try."""
    row = (value.login, value.failures, value.last_failure, value.locked_until)
    write_rows(connection, put_sql(lockouts), [row])


def begin_session(connection: Connection, official: EntryId, post: EntryId | None, at: int) -> int:
    """Somebody signed in; returns the session's number."""
    row = connection.exec_driver_sql(
        "INSERT INTO sessions (official, post, begun_at, seen_at, ended_at, ended_by)"
        " VALUES (?, ?, ?, ?, 0, '') RETURNING id",
        (official.key, 0 if post is None else post.key, at, at),
    ).one()
    return int(row[0])


def end_session(connection: Connection, session: int, at: int, how: str) -> None:
    """The session ended: signed out, switched, locked for the night, program closed."""
    connection.exec_driver_sql(
        "UPDATE sessions SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at = 0", (at, how, session)
    )


def measure(connection: Connection, at: int, name: str, value: int) -> None:
    """Keep a measurement of this PC (microseconds or bytes)."""
    connection.exec_driver_sql(
        "INSERT INTO measurements (at, name, value) VALUES (?, ?, ?)", (at, name, value)
    )


def peer_vectors(connection: Connection, since: int) -> dict[str, dict[int, int]]:
    """How far siblings that told so after ``since`` (ms) hold which journals: ``{peer: {journal: seq}}``."""
    found: dict[str, dict[int, int]] = {}
    rows = connection.exec_driver_sql("SELECT peer, journal, seq FROM peers WHERE at >= ?", (since,))
    for peer, journal, seq in rows:
        found.setdefault(peer, {})[journal] = seq
    return found


def note_peer(connection: Connection, peer: str, held: dict[int, int], at: int) -> None:
    """A sibling counter (or a stick) told how far it holds which journals."""
    rows = [(peer, journal, seq, at) for journal, seq in held.items()]
    write_rows(connection, put_sql(peers), rows)
