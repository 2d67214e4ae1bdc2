"""The store as an exchange sees it (``sync.protocol.carrying.store_port.StorePort``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from counter_app.storage.journals import appending, journal
from counter_app.storage.journals.appending import Act
from counter_app.storage.journals.ingest import head_at, read_new
from counter_app.storage.journals.journal import Position
from counter_app.storage.statements import insert_sql, put_sql, write_rows
from counter_app.storage.store import Store, Then
from counter_app.storage.this_pc.local_tables import hub_word, hub_words
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.ingest import Fork, Plan
from sync.protocol.carrying.run import Run, make_run
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.carrying.vector import (
    SignedVector,
    Vector,
    make_vector,
    pack_signed_vector,
    unpack_signed_vector,
)
from sync.protocol.journals.checkpoint import CHECKPOINT_EVERY, Checkpoint
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import ForkFound, SystemKind
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.refusals import Malformed, OtherUnit

OWN_JOURNAL_AHEAD = "own-journal"


class ExchangeStore:
    """A counter's journals for exchanges over any carrier; safe to call from the exchange's own thread."""

    def __init__(
        self,
        store: Store,
        unit: str,
        hub_keys: HubKeys,
        now: Callable[[], int],
        arrived: Then | None = None,
    ) -> None:
        """``arrived`` belongs to the transaction that takes entries in, and is told of the new ones."""
        self._store, self._arrived = store, arrived
        self._unit = unit
        self._hub_keys = hub_keys
        self._now = now

    @property
    def unit(self) -> str:
        """Five digits."""
        return self._unit

    @property
    def journal(self) -> int:
        """The journal this PC writes."""
        return self._store.author.journal

    def hand_over(self) -> None:
        """Sign the uncovered tail of our own journal, so that all of it may leave."""
        self._store.cover()

    def vector(self) -> Vector:
        """Positions and digest of every journal, as far as signatures cover it."""
        with self._store.read() as connection:
            return make_vector({number: _covered(connection, number, at) for number, at in _all(connection)})

    def heads_at(self, positions: Mapping[int, int]) -> dict[int, bytes]:
        """Heads at the given seqs, for journals that are held so far."""
        with self._store.read() as connection:
            held = journal.positions(connection)
            return {
                number: head_at(connection, number, seq)
                for number, seq in positions.items()
                if number in held and held[number].seq >= seq
            }

    def pieces_from(self, first: Mapping[int, int], most_bytes: int) -> Sequence[Run]:
        """Runs cut at signatures, province journals first, about ``most_bytes`` at the most, at least one."""
        pieces: list[Run] = []
        with self._store.read() as connection:
            for number in sorted(first, key=lambda number: (not is_province(number), number)):
                for piece in _pieces(connection, number, first[number]):
                    pieces.append(piece)
                    most_bytes -= sum(len(e.facts_bytes) + len(e.body or b"") for e in piece.entries) + 64
                    if most_bytes <= 0:
                        return pieces
        return pieces

    def ingest(self, bundle: Bundle) -> Ingested:
        """Take a bundle in one transaction. Raises OtherUnit, ``StoreError``; then nothing changed."""
        if bundle.unit != self._unit:
            raise OtherUnit(f"a bundle for unit {bundle.unit}")
        own = self._store.author.journal
        with self._store.read() as connection:
            ahead = _beyond(bundle.runs, own, journal.position(connection, own).seq)
        runs = [run for run in bundle.runs if run not in ahead]
        plan = self._store.take(bundle.sender, runs, self._hub_keys, self._now(), self._arrived)
        self._note_forks(plan, own)
        if ahead or any(fork.journal == own for fork, _ in plan.forks) or self._told_of_fork(plan, own):
            self._store.stop_writing("copy" if ahead else "fork")
        refused = tuple((one.entry, one.code) for one in plan.parked)
        refused += tuple((EntryId(run.journal, run.first_seq), OWN_JOURNAL_AHEAD) for run in ahead)
        return Ingested(plan.applied, refused, tuple(sorted({fork.journal for fork, _ in plan.forks})))

    def _note_forks(self, plan: Plan, own: int) -> None:
        """Write ``ForkFound`` once for each fork of another's journal, in ours."""
        author, at = self._store.author, self._now()
        for fork, _ in plan.forks:
            if fork.journal == own:
                continue
            with self._store.write() as connection:
                if not _told(connection, fork):
                    entries = appending.append(connection, [_fork_draft(fork)], author, Act(at))
                    read_new(connection, self._store.readings, entries)

    def _told_of_fork(self, plan: Plan, own: int) -> bool:
        """Another holder met both branches of our journal, one of which is ours: each writer stops."""
        added = plan.added
        found = [fork for entry in added if (fork := _fork_told(entry)) is not None and fork.journal == own]
        with self._store.read() as connection:
            ours = [journal.entry_at(connection, EntryId(own, fork.seq)) for fork in found]
        return any(
            entry is not None and entry.header_hash in (fork.held, fork.other)
            for fork, entry in zip(found, ours, strict=True)
        )

    def last_word(self) -> SignedVector | None:
        """The province's newest signed vector."""
        with self._store.read() as connection:
            row = connection.exec_driver_sql(
                "SELECT packed FROM hub_word WHERE unit = ?", (self._unit,)
            ).first()
        return None if row is None else unpack_signed_vector(row[0], self._unit)

    def keep_word(self, word: SignedVector) -> None:
        """Keep a verified signed vector unless a newer one is kept; "at the province" is read from it."""
        last = self.last_word()
        if last is not None and (last.life, last.at) > (word.life, word.at):
            return
        rows = [
            (number, seq, word.backed_up.positions.get(number, 0), word.at, word.life)
            for number, seq in word.received.positions.items()
        ]
        with self._store.write() as connection:
            write_rows(connection, put_sql(hub_word), [(word.unit, pack_signed_vector(word))])
            connection.exec_driver_sql("DELETE FROM hub_words")
            write_rows(connection, insert_sql(hub_words), rows)


def _all(connection: Connection) -> list[tuple[int, Position]]:
    return list(journal.positions(connection).items())


def _covered(connection: Connection, number: int, at: Position) -> tuple[int, bytes]:
    if at.covered == at.seq:
        return at.seq, at.head
    return at.covered, head_at(connection, number, at.covered)


def _pieces(connection: Connection, number: int, first: int) -> Iterator[Run]:
    """Runs of a journal from ``first`` on, each ending at a signature, about 64 entries where that goes."""
    points = journal.checkpoints_between(connection, number, first, 2**32 - 1)
    start = first
    while points:
        within = [point for point in points if point.seq < start + CHECKPOINT_EVERY]
        point = within[-1] if within else points[0]
        yield _run(connection, number, start, point)
        start = point.seq + 1
        points = [later for later in points if later.seq >= start]


def _run(connection: Connection, number: int, start: int, point: Checkpoint) -> Run:
    entries = list(journal.entries_between(connection, number, start, point.seq))
    return make_run(head_at(connection, number, start - 1), entries, [point])


def _beyond(runs: Sequence[Run], own: int, seq: int) -> list[Run]:
    """Runs that know later entries of our own journal than we do: a copy of this store wrote them."""
    return [run for run in runs if run.journal == own and run.covered_seq > seq]


def _fork_draft(fork: Fork) -> Draft:
    body = ForkFound(fork.journal, fork.seq, fork.held, fork.other)
    return Draft(SystemKind.FORK_FOUND, (EntryId(fork.journal, fork.seq),), encode_body(body))


def _fork_told(entry: Entry) -> ForkFound | None:
    """What a ``ForkFound`` entry says, None for any other and for one of a later version."""
    if entry.facts.kind != SystemKind.FORK_FOUND or entry.body is None:
        return None
    try:
        return decode_body(ForkFound, entry.body)
    except Malformed:
        return None


def _told(connection: Connection, fork: Fork) -> bool:
    body = encode_body(ForkFound(fork.journal, fork.seq, fork.held, fork.other))
    found = connection.exec_driver_sql(
        "SELECT 1 FROM entries WHERE kind = ? AND body = ?", (int(SystemKind.FORK_FOUND), body)
    )
    return found.first() is not None
