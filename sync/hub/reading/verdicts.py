"""Which held entries are read: the counter's own rules, so that both read alike.

A revoked device's later entries and acts without their official's seal are kept and passed on, not read; the
verdict is derived and taken again when a key or a revocation arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from counter_app.domain.folding.fact import read_fact
from counter_app.domain.kinds import BY_BODY, BY_NUMBER
from counter_app.domain.organisation.entries import OfficialKeySet, OfficialRecorded
from sync.hub import enrol
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import in_chunks, put, remove
from sync.protocol.entry import Entry
from sync.protocol.ids import EntryId, is_province
from sync.protocol.officials import verify_seal
from sync.protocol.refusals import NotAuthentic
from sync.protocol.system_kinds import SystemKind

REVOKED = "revoked"
NO_SEAL = "seal"
OFFICIAL_UNKNOWN = "official-unknown"
_KEY_KINDS = (BY_BODY[OfficialRecorded].number, BY_BODY[OfficialKeySet].number)


class Verdicts:
    """Judges entries of one unit with the keys and revocations held, and the keys in ``arriving``."""

    def __init__(self, connection: Connection, unit: str, arriving: Iterable[Entry] = ()) -> None:
        self.revoked = enrol.revocations(connection, unit)
        self._keys: dict[EntryId, list[bytes]] = {}
        coming = (entry for entry in arriving if entry.facts.kind in _KEY_KINDS)
        for entry in (*journals.entries_of_kinds(connection, unit, _KEY_KINDS), *coming):
            body = read_fact(entry).body
            if isinstance(body, OfficialRecorded | OfficialKeySet):
                self._keys.setdefault(entry.facts.subjects[0], []).append(body.public_key)

    def judge(self, entry: Entry) -> str | None:
        """Why ``entry`` is not read, None when it is."""
        if entry.id.seq > self.revoked.get(entry.id.journal, entry.id.seq):
            return REVOKED
        kind = BY_NUMBER.get(entry.facts.kind)
        if kind is None or not kind.sealed or is_province(entry.id.journal):
            return None
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


def changes_verdicts(added: Iterable[Entry]) -> bool:
    """True when one of ``added`` may make others readable or unreadable."""
    return any(entry.facts.kind in (*_KEY_KINDS, SystemKind.DEVICE_REVOKED) for entry in added)


def note_verdicts(connection: Connection, verdicts: Verdicts, added: Iterable[Entry]) -> list[Entry]:
    """Set aside what is not read; returns what is."""
    readable: list[Entry] = []
    aside = []
    for entry in added:
        reason = verdicts.judge(entry)
        if reason is None:
            readable.append(entry)
        else:
            aside.append({"key": entry.id.key, "reason": reason})
    put(connection, schema.set_aside, aside)
    remove(connection, schema.set_aside, "key", [entry.id.key for entry in readable])
    return readable


def reasons_of(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """``{key: reason}`` of those of ``keys`` that are set aside."""
    table = schema.set_aside
    found: dict[int, str] = {}
    for some in in_chunks(keys):
        rows = connection.execute(select(table.c.key, table.c.reason).where(table.c.key.in_(some)))
        found.update((row[0], row[1]) for row in rows)
    return found


def judge_again(connection: Connection, verdicts: Verdicts, unit: str) -> set[EntryId]:
    """After a new key or revocation: subjects whose readable entries changed."""
    heads, aside, entries = schema.journal_heads, schema.set_aside, schema.entries
    keys = connection.execute(
        select(aside.c.key, aside.c.reason)
        .join(entries, entries.c.key == aside.c.key)
        .join(heads, heads.c.journal == entries.c.journal)
        .where(heads.c.unit == unit)
    ).all()
    reasons = {row[0]: row[1] for row in keys}
    held = journals.entries_by_key(connection, list(reasons))
    moved = [entry for entry in held if verdicts.judge(entry) != reasons[entry.id.key]]
    note_verdicts(connection, verdicts, moved)
    changed = {subject for entry in moved for subject in entry.facts.subjects}
    return changed | _newly_revoked(connection, verdicts)


def _newly_revoked(connection: Connection, verdicts: Verdicts) -> set[EntryId]:
    """Entries read so far that lie behind a revocation that came later than they did."""
    changed: set[EntryId] = set()
    for journal, last in verdicts.revoked.items():
        position = journals.position(connection, journal)
        if position is None or position.seq <= last:
            continue
        late = journals.entries_between(connection, journal, last + 1, position.seq)
        note_verdicts(connection, verdicts, late)
        changed.update(subject for entry in late for subject in entry.facts.subjects)
    return changed
