"""Adding our own entries: drafts enter this PC's journal with parents, chain, seals and checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import msgspec
from sqlalchemy import Connection

from counter_app.storage.journals.journal import Position, heads_of, position, write_checkpoint, write_entries
from counter_app.storage.readings.snapshots import applied_heads
from sync.protocol.journals.checkpoint import Checkpoint, checkpoint_due, sign_checkpoint
from sync.protocol.journals.entry import MAX_AFTER, Draft, Entry, resolve, write_entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey


class OfficialSigner(Protocol):
    """An official's opened key."""

    def seal(self, entry: Entry) -> bytes:
        """The official's signature (64 bytes) over the entry's header hash."""
        ...


class Author(NamedTuple):
    """Who writes on this PC: its own journal and the device's key."""

    journal: int
    key: SigningKey


class Act(NamedTuple):
    """Circumstances of one act: wall clock in ms, the official and post it is done under, an opened key."""

    at: int
    actor: EntryId | None = None
    post: EntryId | None = None
    official: OfficialSigner | None = None


class SealMissing(Exception):
    """A decision asked for an official's signature and no opened key was given: a fault of the program."""


class SubjectHeads:
    """What each subject's next entry comes after, followed through one batch of drafts.

    Of a register and the like, only what is read: an act that named an entry which waits here would wait with
    it, and the PC that did it would not know what it has done itself.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[EntryId, tuple[EntryId, ...]] = {}

    def of(self, subject: EntryId) -> tuple[EntryId, ...]:
        """Current heads; at most as many as a header may name, the latest of them."""
        known = self._heads.get(subject)
        if known is None:
            known = applied_heads(self._connection, subject) or heads_of(self._connection, subject)
            known = self._heads[subject] = known[-MAX_AFTER:]
        return known

    def moved(self, entry: Entry) -> None:
        """Note that ``entry`` was added."""
        for subject in entry.facts.subjects:
            left = (
                head
                for head in self.of(subject)
                if head not in entry.facts.after and head.journal != entry.id.journal
            )
            self._heads[subject] = (*left, entry.id)


def append(connection: Connection, drafts: Sequence[Draft], author: Author, act: Act) -> tuple[Entry, ...]:
    """Write ``drafts`` as the next entries of the author's journal, in order, inside the running transaction.

    Place-holders become real ids, ``after`` the heads of each main subject, sealed drafts get the
    official's signature, and a checkpoint is signed when 64 entries are uncovered.
    Raises ``SealMissing``, or ``Malformed`` for a draft that a reader would refuse; then nothing of the
    transaction may be kept.
    """
    before = position(connection, author.journal)
    heads = SubjectHeads(connection)
    added: list[Entry] = []
    for draft in resolve(drafts, EntryId(author.journal, before.seq + 1)):
        entry = _entry(draft, EntryId(author.journal, before.seq + 1 + len(added)), heads, act)
        heads.moved(entry)
        added.append(entry)
    now = write_entries(connection, added, before, act.at)
    if checkpoint_due(now.seq, now.covered):
        sign_head(connection, author, now)
    return tuple(added)


def _entry(draft: Draft, entry_id: EntryId, heads: SubjectHeads, act: Act) -> Entry:
    after = draft.after or heads.of(draft.subjects[0])
    facts = msgspec.structs.replace(draft, after=after).facts(act.at, act.actor, act.post)
    entry = write_entry(entry_id, facts, draft.body)
    if not draft.sealed:
        return entry
    if act.official is None:
        raise SealMissing(f"kind {draft.kind} needs the official's signature")
    return entry.sealed_by(act.official.seal(entry))


def sign_head(connection: Connection, author: Author, now: Position) -> Checkpoint:
    """Sign the head ``now`` of our own journal with the device's key and keep the signature."""
    checkpoint = sign_checkpoint(author.key, author.journal, now.seq, now.head)
    write_checkpoint(connection, checkpoint)
    return checkpoint


def cover(connection: Connection, author: Author) -> Checkpoint | None:
    """Sign our head when anything is uncovered (hand-overs: exchange, bundle, backup, closing, exit)."""
    now = position(connection, author.journal)
    return (
        sign_head(connection, author, now)
        if checkpoint_due(now.seq, now.covered, handing_over=True)
        else None
    )
