"""Is the store whole? Pages, structure, triggers, every chain and every signature."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import Connection, Engine
from sqlcipher3.dbapi2 import DatabaseError

from counter_app.storage.engine import pragma, transaction
from counter_app.storage.journals import journal
from counter_app.storage.journals.guards import missing_guards
from counter_app.storage.readings import found
from counter_app.storage.statements import fetch
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.checkpoint import Checkpoint
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import header_hash
from sync.protocol.naming.grants import JournalOpened
from sync.protocol.naming.ids import MAX_SEQ, EntryId
from sync.protocol.refusals import NotAuthentic, Refusal


class Finding(NamedTuple):
    """One thing that is wrong: a code and where."""

    code: str
    where: str


def check_file(engine: Engine) -> list[Finding]:
    """Everything below, side by side on connections of their own: SQLite works while Python hashes.

    For a file that nobody changes meanwhile. Raises ``StoreError`` for what cannot be read at all.
    """
    with ThreadPoolExecutor(2, "check") as beside:
        pages = beside.submit(_apart, engine, _check_page_proofs)
        structure = beside.submit(_apart, engine, _check_structure)
        chains = _apart(engine, check_chains)
        return [*pages.result(), *structure.result(), *chains]


def _apart(engine: Engine, check: Callable[[Connection], list[Finding]]) -> list[Finding]:
    with transaction(engine, "read") as connection:
        return check(connection)


def check_pages(connection: Connection) -> list[Finding]:
    """HMAC of every page, then SQLite's quick check; needs a connection of ``tx='none'`` or a reader."""
    return _check_page_proofs(connection) + _check_structure(connection)


def _check_page_proofs(connection: Connection) -> list[Finding]:
    return [Finding("page", str(row[0])) for row in pragma(connection, "cipher_integrity_check")]


def _check_structure(connection: Connection) -> list[Finding]:
    # FTS5's own check trusts what this connection knew of the index when it last searched, though another has
    # merged it since, and calls that corruption (seen with SQLite 3.53.4): a search makes it look again.
    with suppress(DatabaseError):  # on the bare driver: a damaged index is reported below, in its own words
        connection.connection.cursor().execute(found.NO_HIT).fetchall()
    broken = [str(row[0]) for row in pragma(connection, "quick_check") if row[0] != "ok"]
    faults = [Finding("structure", words) for words in broken]
    return faults + [Finding("guard", name) for name in missing_guards(connection)]


def check_chains(connection: Connection) -> list[Finding]:
    """Every body against its digest, every header against its head, every checkpoint against its key."""
    return [
        finding
        for number, held in journal.positions(connection).items()
        for finding in _check_journal(connection, number, held)
    ]


def _check_journal(connection: Connection, number: int, held: journal.Position) -> list[Finding]:
    points = {point.seq: point for point in journal.checkpoints_between(connection, number, 1, held.seq)}
    key = _device_key(connection, number)
    head, last = first_head(number), 0
    found: list[Finding] = []
    for seq, facts, body, digest in fetch(
        connection,
        "SELECT key & 4294967295, facts, body, digest FROM entries WHERE key BETWEEN ? AND ? ORDER BY key",
        (EntryId(number, 1).key, EntryId(number, MAX_SEQ).key),
    ):
        if seq != last + 1:
            found.append(Finding("hole", f"{number}/{last + 1}"))
        if body is not None and hashlib.sha256(body).digest() != digest:
            found.append(Finding("body", f"{number}/{seq}"))
        head, last = next_head(head, header_hash(EntryId(number, seq), facts, digest)), seq
        point = points.get(last)
        if point is not None:
            found += _check_point(point, head, key)
    if (last, head) != (held.seq, held.head):
        found.append(Finding("head", f"{number}/{held.seq}"))
    return found


def _device_key(connection: Connection, number: int) -> bytes | None:
    entry = journal.entry_at(connection, EntryId(number, 1))
    try:
        opened = None if entry is None or entry.body is None else decode_body(JournalOpened, entry.body)
    except Refusal:
        return None
    return None if opened is None else opened.signing_key


def _check_point(point: Checkpoint, head: bytes, key: bytes | None) -> list[Finding]:
    where = f"{point.journal}/{point.seq}"
    if point.head != head:
        return [Finding("checkpoint", where)]
    if key is None:
        return [Finding("opening", where)]
    try:
        point.verify(key)
    except NotAuthentic:
        return [Finding("signature", where)]
    return []
