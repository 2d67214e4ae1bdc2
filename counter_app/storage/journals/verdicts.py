"""The verdicts of ``domain.organisation.readable`` kept: which held entries are set aside, and why."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from counter_app.domain.organisation.readable import (
    KEY_KINDS,
    NO_SEAL,
    OFFICIAL_UNKNOWN,
    REVOKED,
    Judge,
    changes_verdicts,
)
from counter_app.storage.journals.journal import stored_entry
from counter_app.storage.journals.journal_tables import set_aside
from counter_app.storage.statements import put_sql, write_rows
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Entry
from sync.protocol.journals.system_kinds import DeviceRevoked, SystemKind
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.refusals import Malformed

__all__ = ["NO_SEAL", "OFFICIAL_UNKNOWN", "REVOKED", "Verdicts", "changes_verdicts"]


class Verdicts(Judge):
    """Judges entries with the keys and revocations held in this transaction, and the keys in ``arriving``."""

    def __init__(self, connection: Connection, arriving: Iterable[Entry] = ()) -> None:
        super().__init__(_revocations(connection))
        # Straight from the entries: readings may be behind.
        self.learn(_entries_of_kinds(connection, KEY_KINDS))
        self.learn(arriving)


def _entries_of_kinds(connection: Connection, kinds: Iterable[int]) -> list[Entry]:
    marks = ", ".join(map(str, kinds))
    rows = connection.exec_driver_sql(
        f"SELECT key, facts, body, digest, seal FROM entries WHERE kind IN ({marks}) ORDER BY key"
    )
    return [stored_entry(row) for row in rows]


def _revocations(connection: Connection) -> dict[int, int]:
    """``{journal: last seq that counts}`` by the province's word."""
    revoked: dict[int, int] = {}
    for entry in _entries_of_kinds(connection, (SystemKind.DEVICE_REVOKED,)):
        if entry.body is not None and is_province(entry.id.journal):
            try:
                body = decode_body(DeviceRevoked, entry.body)
            except Malformed:  # a later version of the kind: what it says is not known here
                continue
            revoked[body.journal] = body.last_seq
    return revoked


class SealNotTheirs(Exception):
    """An act of ours is not sealed by the official it names: a fault of the program; nothing is written."""


def refuse_unsealed(connection: Connection, entries: Iterable[Entry]) -> None:
    """Raises ``SealNotTheirs`` for an entry that every reader would set aside for its seal."""
    sealed = [entry for entry in entries if entry.seal]
    verdicts = Verdicts(connection) if sealed else None
    for entry in sealed:
        if verdicts is not None and verdicts.judge(entry) in (NO_SEAL, OFFICIAL_UNKNOWN):
            raise SealNotTheirs(f"{entry.id} names {entry.facts.actor}")


def set_entries_aside(connection: Connection, verdicts: Iterable[tuple[Entry, str]]) -> None:
    """Note entries that are held and not read."""
    write_rows(connection, put_sql(set_aside), [(entry.id.key, reason) for entry, reason in verdicts])


def judge_again(connection: Connection) -> set[EntryId]:
    """After a new key or revocation: the subjects whose readable entries changed, to be folded again."""
    verdicts = Verdicts(connection)
    rows = connection.exec_driver_sql(
        "SELECT e.key, e.facts, e.body, e.digest, e.seal, a.reason FROM set_aside a"
        " JOIN entries e ON e.key = a.key"
    )
    changed: set[EntryId] = set()
    for *row, reason in rows.all():
        entry = stored_entry(row)
        verdict = verdicts.judge(entry)
        if verdict == reason:
            continue
        changed.update(entry.facts.subjects)
        if verdict is None:
            connection.exec_driver_sql("DELETE FROM set_aside WHERE key = ?", (entry.id.key,))
        else:
            set_entries_aside(connection, [(entry, verdict)])
    return changed | _newly_revoked(connection, verdicts)


def _newly_revoked(connection: Connection, verdicts: Verdicts) -> set[EntryId]:
    """Entries read so far that lie behind a revocation that came later than they did."""
    changed: set[EntryId] = set()
    for journal, last in verdicts.revoked.items():
        rows = connection.exec_driver_sql(
            "SELECT key, facts, body, digest, seal FROM entries WHERE journal = ? AND seq > ?"
            " AND key NOT IN (SELECT key FROM set_aside)",
            (journal, last),
        )
        late = [stored_entry(row) for row in rows]
        set_entries_aside(connection, [(entry, REVOKED) for entry in late])
        changed.update(subject for entry in late for subject in entry.facts.subjects)
    return changed
