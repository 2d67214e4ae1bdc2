"""Which held entries are read: not a revoked device's later ones, nor acts without their seal.

Such entries are stored and passed on all the same: the chain of their journal must go on. The verdict is
derived, and taken again when a key or a revocation arrives.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from counter_app.domain.folding.fact import read_fact
from counter_app.domain.kinds import BY_BODY, BY_NUMBER
from counter_app.domain.organisation.entries import OfficialKeySet, OfficialRecorded
from counter_app.storage.journal import stored_entry
from counter_app.storage.journal_tables import set_aside
from counter_app.storage.statements import put_sql, write_rows
from sync.protocol.codec import decode_body
from sync.protocol.entry import Entry
from sync.protocol.ids import EntryId, is_province
from sync.protocol.officials import verify_seal
from sync.protocol.refusals import Malformed, NotAuthentic
from sync.protocol.system_kinds import DeviceRevoked, SystemKind

REVOKED = "revoked"
NO_SEAL = "seal"
OFFICIAL_UNKNOWN = "official-unknown"

_KEY_KINDS = (BY_BODY[OfficialRecorded].number, BY_BODY[OfficialKeySet].number)


class Verdicts:
    """Judges entries with the keys and revocations held in this transaction, and the keys in ``arriving``."""

    def __init__(self, connection: Connection, arriving: Iterable[Entry] = ()) -> None:
        self.revoked = _revocations(connection)
        self._keys = _official_keys(connection)
        for entry in arriving:
            if entry.facts.kind in _KEY_KINDS:
                _learn(self._keys, entry)

    def judge(self, entry: Entry) -> str | None:
        """Why ``entry`` is not read, None when it is."""
        if entry.id.seq > self.revoked.get(entry.id.journal, entry.id.seq):
            return REVOKED
        kind = BY_NUMBER.get(entry.facts.kind)
        if kind is None or not kind.sealed or is_province(entry.id.journal):
            return None
        return self._seal(entry)

    def _seal(self, entry: Entry) -> str | None:
        actor = entry.facts.actor
        if actor is None or not entry.seal:
            return NO_SEAL
        keys = self._keys.get(actor)
        if keys is None:
            return OFFICIAL_UNKNOWN
        return None if any(_verifies(entry, public) for public in keys) else NO_SEAL


def _verifies(entry: Entry, public: bytes) -> bool:
    try:
        verify_seal(entry, public)
    except NotAuthentic:
        return False
    return True


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


def _official_keys(connection: Connection) -> dict[EntryId, list[bytes]]:
    """Every key each official ever had, straight from the entries: readings may be behind."""
    keys: dict[EntryId, list[bytes]] = {}
    for entry in _entries_of_kinds(connection, _KEY_KINDS):
        _learn(keys, entry)
    return keys


def _learn(keys: dict[EntryId, list[bytes]], entry: Entry) -> None:
    body = read_fact(entry).body
    if isinstance(body, OfficialRecorded | OfficialKeySet):
        keys.setdefault(entry.facts.subjects[0], []).append(body.public_key)


class SealNotTheirs(Exception):
    """An act of ours is not sealed by the official it names: a fault of the program; nothing is written."""


def refuse_unsealed(connection: Connection, entries: Iterable[Entry]) -> None:
    """Raises ``SealNotTheirs`` for an entry that every reader would set aside for its seal."""
    sealed = [entry for entry in entries if entry.seal]
    verdicts = Verdicts(connection) if sealed else None
    for entry in sealed:
        if verdicts is not None and verdicts.judge(entry) in (NO_SEAL, OFFICIAL_UNKNOWN):
            raise SealNotTheirs(f"{entry.id} names {entry.facts.actor}")


def changes_verdicts(entries: Iterable[Entry]) -> bool:
    """True when one of ``entries`` may make others readable or unreadable."""
    return any(entry.facts.kind in (*_KEY_KINDS, SystemKind.DEVICE_REVOKED) for entry in entries)


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
