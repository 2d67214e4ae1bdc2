"""The province's own journals: ``common`` and one for each unit, in the hub's current life.

The reader of a unit alone appends to that unit's journal; ``common`` is written by the administration only.
Each batch ends with a signature, so nothing of ours is ever uncovered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from sync.hub.keys import ProvinceKeys
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import note, put
from sync.hub.tables.journals import COMMON
from sync.hub.tables.locks import lock_heads
from sync.protocol.journals.checkpoint import CHECKPOINT_EVERY, Checkpoint, sign_checkpoint
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import MAX_AFTER, Draft, Entry, resolve, write_entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.grants import JournalOpened, OpenReason
from sync.protocol.naming.ids import FIRST_LIFE, MAX_LIFE, SELF, EntryId, common_journal, unit_journal

_LIFE = "life"
HOLD_MS = 600_000
"""How long the hub writes nothing in a unit whose device claims to know more of the hub's own journal."""
_SHARE_OF_ROOM = 8
"""A restore jumps at most over this part of the lives left: 31 at first, and dozens of restores find room."""


def setting(connection: Connection, name: str) -> str | None:
    """One of the hub's own facts, or None."""
    table = schema.settings
    return connection.execute(select(table.c.value).where(table.c.name == name)).scalar()


def set_setting(connection: Connection, name: str, value: str) -> None:
    """Keep one of the hub's own facts."""
    put(connection, schema.settings, [{"name": name, "value": value}])


def hub_life(connection: Connection) -> int:
    """Which life the hub is in: 1, and a later one after each restore, by a step that chance decides."""
    return int(setting(connection, _LIFE) or "1")


def own_journal(connection: Connection, unit: str) -> int:
    """The journal that the hub writes for ``unit`` now (``common`` for the empty unit)."""
    life = hub_life(connection)
    return common_journal(life) if unit == COMMON else unit_journal(unit, life)


def open_journal(
    connection: Connection, keys: ProvinceKeys, unit: str, at: int, reason: OpenReason = OpenReason.ENROLLED
) -> None:
    """Begin the journal of ``unit`` in the hub's current life, unless it is begun."""
    journal = own_journal(connection, unit)
    if journals.position(connection, journal) is not None:
        return
    life = hub_life(connection)
    before = (journals.position(connection, journal - step) for step in range(1, life - FIRST_LIFE + 1))
    earlier = next((found for found in before if found is not None), None)
    body = JournalOpened(
        b"", keys.signing.public, keys.exchange.public, life, earlier.seq if earlier else 0, int(reason)
    )
    _write(connection, keys, unit, [Draft(SystemKind.JOURNAL_OPENED, (SELF,), encode_body(body))], at)


def append(
    connection: Connection, keys: ProvinceKeys, unit: str, drafts: Sequence[Draft], at: int
) -> list[Entry]:
    """Write ``drafts`` into the province's journal of ``unit`` (or ``common``); signed at once.

    Raises Malformed for a draft that a reader would refuse.
    """
    if not drafts:
        return []
    open_journal(connection, keys, unit, at)
    return _write(connection, keys, unit, drafts, at)


def _write(
    connection: Connection, keys: ProvinceKeys, unit: str, drafts: Sequence[Draft], at: int
) -> list[Entry]:
    journal = own_journal(connection, unit)
    lock_heads(connection, schema.journal_heads, [journal])
    before = journals.position(connection, journal)
    seq = before.seq if before else 0
    added: list[Entry] = []
    for draft in resolve(drafts, EntryId(journal, seq + 1)):
        entry_id = EntryId(journal, seq + 1 + len(added))
        main = draft.subjects[0]
        after = draft.after or (() if main == entry_id else heads_of(connection, main, added))
        facts = msgspec.structs.replace(draft, after=after).facts(at, None, None)
        added.append(write_entry(entry_id, facts, draft.body))
    points: list[Checkpoint] = []
    for start in range(0, len(added), CHECKPOINT_EVERY):
        some = added[start : start + CHECKPOINT_EVERY]
        before = journals.write_entries(connection, some, unit, before, at)
        points.append(sign_checkpoint(keys.signing, journal, before.seq, before.head))
    journals.write_checkpoints(connection, journal, points)
    queue_for_reading(connection, unit, added)
    return added


def heads_of(connection: Connection, subject: EntryId, batch: Sequence[Entry] = ()) -> tuple[EntryId, ...]:
    """Latest entries whose main subject is ``subject``, those of the running batch included."""
    index = schema.entry_subjects
    rows = connection.execute(
        select(index.c.key).where(index.c.subject == subject.key, index.c.position == 0)
    )
    held = journals.entries_by_key(connection, [row[0] for row in rows])
    own = [entry for entry in (*held, *batch) if entry.facts.subjects[0] == subject]
    named = {parent for entry in own for parent in entry.facts.after}
    return tuple(sorted(entry.id for entry in own if entry.id not in named))[-MAX_AFTER:]


def queue_for_reading(connection: Connection, unit: str, added: Sequence[Entry]) -> None:
    """Let the reader of ``unit`` look at ``added``; ``common`` is looked up when needed instead."""
    if unit != COMMON:
        note(connection, schema.unread, [{"unit": unit, "key": entry.id.key} for entry in added])


def begin_next_life(connection: Connection, keys: ProvinceKeys, at: int, known: int = 0) -> int:
    """The hub came from a backup: its journals go on in a later life; returns it.

    Two hubs that came from one backup do not know of each other, so the step to the new life is unlike for
    each moment ``at`` (ms); ``known`` is the highest life known to have been begun elsewhere. What the
    hub wrote and no longer holds comes back from the devices. Raises ValueError after 255 lives.
    """
    before = max(hub_life(connection), known)
    if before >= MAX_LIFE:
        raise ValueError("a hub has 255 lives")
    steps = max(1, (MAX_LIFE - before) // _SHARE_OF_ROOM)
    life = before + 1 + _chance(keys, at) % steps
    set_setting(connection, _LIFE, str(life))
    for unit in (COMMON, *unit_codes(connection)):
        open_journal(connection, keys, unit, at, OpenReason.RESTORED)
    return life


def _chance(keys: ProvinceKeys, at: int) -> int:
    """A number nobody foresees without the province's secret; other moments give other ones."""
    seed = keys.signing_seed + at.to_bytes(8, "big")
    return int.from_bytes(hashlib.sha256(b"commune-counter life of a hub" + seed).digest()[:8], "big")


def unit_codes(connection: Connection) -> list[str]:
    """Units served, in order."""
    return list(connection.execute(select(schema.units.c.unit).order_by(schema.units.c.unit)).scalars())
