"""Each lock of the hub on PostgreSQL, shown by two workers that are made to meet - and missed when it is out.

The first worker is held at a named statement until the second waits for it or is done (``interleaving``). An
examination says what is wrong afterwards; with a lock taken out of the product it has to say something.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from sync.hub import ingest, province
from sync.hub.hub import Hub
from sync.hub.reading import reader as reading
from sync.hub.reading import rulings
from sync.hub.reading.reader import Reader
from sync.hub.tables import engine, journals, schema
from sync.hub.tables.engine import note
from sync.hub.tables.locks import lock_heads
from sync.hub.tables.postgres import open_postgres
from sync.hub.verify import problems
from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.run import Run
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.meeting.exchange import ExchangeAnswer, ExchangeRequest, pack_request, unpack_answer
from sync.protocol.naming.grants import JournalOpened
from sync.protocol.naming.ids import EntryId, unit_journal
from tests.support.interleaving import Met, meet
from tests.support.postgres import Databases
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.test_exchange import NOTHING, pieces, rows
from tests.unit.hub.test_reading import lot_of_a_wrong_day
from tests.unit.storage.test_exchange_store import clone
from tests.unit.storage.world import Counter

pytestmark = pytest.mark.system
HERE, THERE = "03390", "03388"
INTO_ENTRIES = 'INSERT INTO "entries"'


class World:
    """Two workers over one database, and counters of two units."""

    def __init__(self, folder: Path, databases: Databases) -> None:
        self.clock, self.folder = Clock(), folder
        address = databases.new()
        self.one = Hub.open(folder / "hub", practice=False, now=self.clock, database=address)
        self.two = Hub.over(open_postgres(address), self.one.keys, self.clock)
        for unit in (HERE, THERE):
            self.one.add_unit(unit, "Xã tập huấn")
        self.counters: list[Commune] = []

    def counter(self, unit: str = HERE, *, enrolled: bool = True) -> Commune:
        made = Commune(self.one, self.folder, unit, self.clock, len(self.counters) + 1)
        self.counters.append(made)
        if enrolled:
            made.sync()
        return made

    def wrong(self, met: Met) -> list[str]:
        """What no meeting may leave behind: errors, refusals, broken chains, an entry twice."""
        found = met.errors()
        found += [
            f"refused: {one.refused or one.parked}"
            for one in met[:2]
            if isinstance(one, ExchangeAnswer) and (one.refused or one.parked)
        ]
        with self.one.database.read() as connection:
            found += problems(connection, {self.one.keys.signing.key_id: self.one.public_key})
        held = Tally(row[0] for row in rows(self.one, schema.entries))
        return found + [f"{EntryId.from_key(key)} {times} times" for key, times in held.items() if times > 1]

    def close(self) -> None:
        for counter in self.counters:
            counter.close()
        for hub in (self.two, self.one):
            hub.close()


@pytest.fixture
def world(tmp_path: Path, databases: Databases) -> Iterator[World]:
    made = World(tmp_path, databases)
    yield made
    made.close()


def brings(counter: Commune, *runs: Run) -> bytes:
    """The bytes of a request of ``counter`` with ``runs``."""
    bundle = pack_bundle(Bundle(counter.unit, counter.journal, runs))
    asked = ExchangeRequest(counter.unit, counter.journal, counter.at, 0, NOTHING, bundle)
    return pack_request(asked, counter.device_key, counter.hub.public_key)


def answering(hub: Hub, data: bytes) -> Callable[[], ExchangeAnswer]:
    return lambda: unpack_answer(hub.exchange(data), HERE, NOTHING)


def position(counter: Counter) -> int:
    return counter.port().vector().positions[counter.journal]


def _pieces(twin: Counter, first: int) -> list[Run]:
    port = twin.port()
    port.hand_over()
    return list(port.pieces_from({twin.journal: first}, 2**30))


def the_same_run_twice(world: World) -> list[str]:
    giver, sibling = world.counter(), world.counter()
    first = position(giver) + 1
    giver.request()
    (run,) = pieces(giver, first)
    asked = brings(giver, run), brings(sibling, run)
    met = meet(world.one, INTO_ENTRIES, answering(world.one, asked[0]), answering(world.two, asked[1]))
    return world.wrong(met) + _lacks(world, run)


def runs_that_overlap(world: World) -> list[str]:
    giver, sibling = world.counter(), world.counter()
    first = position(giver) + 1
    giver.request("Một")
    (short,) = pieces(giver, first)
    giver.request("Hai")
    (longer,) = pieces(giver, first)
    assert len(longer.entries) > len(short.entries)
    asked = brings(giver, short), brings(sibling, longer)
    met = meet(world.one, INTO_ENTRIES, answering(world.one, asked[0]), answering(world.two, asked[1]))
    return world.wrong(met) + _lacks(world, longer)


def forks_at_once(world: World) -> list[str]:
    giver, sibling = world.counter(), world.counter()
    first = position(giver) + 1
    twin = clone(giver, world.folder)
    giver.request("Một")
    twin.request("Hai")
    (left,), (right,) = pieces(giver, first), _pieces(twin, first)
    twin.store.close()
    asked = brings(giver, left), brings(sibling, right)
    met = meet(world.one, INTO_ENTRIES, answering(world.one, asked[0]), answering(world.two, asked[1]))
    found = world.wrong(met) + _lacks(world, left)
    told = [row for row in rows(world.one, schema.entries) if row[4] == SystemKind.FORK_FOUND]
    stray = rows(world.one, schema.stray)
    return found if (len(told), len(stray)) == (1, 1) else [*found, f"{len(told)} told, {len(stray)} stray"]


def a_journal_that_begins_twice(world: World) -> list[str]:
    sibling, fresh = world.counter(), world.counter(enrolled=False)
    (run,) = pieces(fresh)
    asked = brings(fresh, run), brings(sibling, run)
    met = meet(world.one, INTO_ENTRIES, answering(world.one, asked[0]), answering(world.two, asked[1]))
    return world.wrong(met) + _lacks(world, run)


def a_reader_and_an_ingest_in_one_journal(world: World) -> list[str]:
    """The reader writes a question while another worker takes a fork in and writes ``ForkFound``."""
    giver, sibling = world.counter(), world.counter()
    twin = clone(giver, world.folder)
    lot_of_a_wrong_day(giver)
    twin.request("Hai")
    giver.engine.until_idle()
    (other,) = _pieces(twin, position(twin))
    twin.store.close()
    asked = brings(sibling, other)
    met = meet(world.one, INTO_ENTRIES, lambda: world.one.read(HERE), answering(world.two, asked))
    found = [line for line in world.wrong(met) if "refused" not in line]
    kinds = Tally(row[4] for row in rows(world.one, schema.entries) if row[1] == unit_journal(HERE))
    whole = kinds[SystemKind.FORK_FOUND] == 1 and kinds[SystemKind.ENTRY_QUESTIONED] >= 1
    return found if whole else [*found, f"written: {dict(kinds)}"]


def two_readers_of_one_unit(world: World) -> list[str]:
    """A question that had waited its day for what the entry names is asked by one of two readers."""
    giver = world.counter()
    unknown = EntryId(giver.journal + 256, 7)
    giver.act([draft(c.RequestReturned("mend", "Thiếu trang 2"), unknown)])
    lot_of_a_wrong_day(giver)
    giver.engine.until_idle()
    with world.one.database.write() as connection:  # as if everything had been looked at and put off
        keys = [row[1] for row in rows(world.one, schema.unread) if row[0] == HERE]
        note(connection, schema.unruled, [{"unit": HERE, "key": k, "since": 1} for k in keys])
        connection.execute(schema.unread.delete())
    world.clock.at += rulings.PATIENCE_MS + 1
    met = meet(world.one, INTO_ENTRIES, lambda: world.one._turn(HERE), lambda: world.two._turn(HERE))
    bodies = Tally(
        bytes(row[6]) for row in rows(world.one, schema.entries) if row[4] == SystemKind.ENTRY_QUESTIONED
    )
    assert bodies, "there is nothing to ask"
    return world.wrong(met) + [f"asked {times} times" for times in bodies.values() if times > 1]


def readers_of_two_units_on_one_subject(world: World) -> list[str]:
    """The guest's reader folds a shared request while the host's reader learns something newer of it."""
    here, there = world.counter(HERE), world.counter(THERE)
    request = here.request()
    here.sync()
    world.one.share(request, THERE)
    world.one.read()
    there.sync()
    there.act([draft(c.RequestReturned("mend", "Thiếu trang 2"), request)])
    there.engine.until_idle()
    due = here.at + 86_400_000
    here.act([draft(c.AppointmentExtended(due, "many", False), request)])

    def hosts() -> None:
        here.line.hub = world.two
        here.engine.until_idle()
        world.two._turn(HERE)

    met = meet(world.one, 'INSERT INTO "request_rows"', lambda: world.one._turn(THERE), hosts)
    shown = [row.due_at for row in _rows_of(world.one, request)]
    return world.wrong(met) + ([] if shown == [due] else [f"shown as due {shown}, is {due}"])


def two_grants_at_once(world: World) -> list[str]:
    met = meet(
        world.one,
        'INSERT INTO "grants"',
        lambda: world.one.add_grant(HERE, "QUẦY-08").device,
        lambda: world.two.add_grant(HERE, "QUẦY-09").device,
    )
    return world.wrong(met) + (["one number twice"] if met.first == met.second else [])


def a_new_life_while_a_reader_writes(world: World) -> list[str]:
    """The opening of the next life says where the one before ended: nobody writes there afterwards."""
    giver = world.counter()
    lot_of_a_wrong_day(giver)
    giver.engine.until_idle()

    def begin() -> int:
        with world.two.database.write(alone=True) as connection:
            return province.begin_next_life(connection, world.two.keys, world.clock())

    met = meet(world.one, INTO_ENTRIES, lambda: world.one._turn(HERE), begin)
    with world.one.database.read() as connection:
        opening = journals.entry_at(connection, EntryId(unit_journal(HERE, met.second), 1))
        before = journals.position(connection, unit_journal(HERE))
    assert opening is not None
    assert before is not None
    told = decode_body(JournalOpened, opening.body or b"").previous_seq
    return world.wrong(met) + ([] if told == before.seq else [f"ended at {before.seq}, told {told}"])


def an_entry_queued_again_while_it_is_read(world: World) -> list[str]:
    """Its seal comes while the reader looks at it without: it has to be looked at once more."""
    giver = world.counter()
    request = giver.request()
    giver.engine.until_idle()

    def again() -> None:
        with world.two.database.write() as connection:
            note(connection, schema.unread, [{"unit": HERE, "key": request.key}])

    met = meet(world.one, 'INSERT INTO "request_rows"', lambda: world.one._turn(HERE), again)
    queued = {row[1] for row in rows(world.one, schema.unread)}
    return world.wrong(met) + ([] if request.key in queued else ["its seal would go unread"])


def _rows_of(hub: Hub, request: EntryId) -> list[Any]:
    table = schema.request_rows
    with hub.database.read() as connection:
        return list(connection.execute(select(table).where(table.c.subject == request.key)))


def _lacks(world: World, run: Run) -> list[str]:
    held = {row[0] for row in rows(world.one, schema.entries)}
    return [f"{entry.id} is not held" for entry in run.entries if entry.id.key not in held]


# The locks, taken out of the product's source.


def no_lock(*_: object, **__: object) -> None:
    """Nobody waits."""


def ingest_without_heads(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest, "lock_heads", no_lock)


def only_heads_that_are_there(patch: pytest.MonkeyPatch) -> None:
    """A journal that begins has no row, and no lock of its number."""

    def rows_alone(connection: Any, heads: Any, wanted: Any) -> None:
        held = select(heads.c.journal).where(heads.c.journal.in_(sorted(set(wanted))))
        lock_heads(connection, heads, list(connection.execute(held).scalars()))

    patch.setattr(ingest, "lock_heads", rows_alone)


def province_without_heads(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(province, "lock_heads", no_lock)


def no_readers_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reading, "lock_readers", no_lock)


def a_reader_locks_its_own_unit_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Reader, "_homes", lambda self, entries: {self._unit})


def nobody_is_alone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(engine, "lock_province", no_lock)


def taken_off_at_the_end(patch: pytest.MonkeyPatch) -> None:
    """The queue is read first and emptied last, as one writer may."""
    real = Reader.turn

    def turn(self: Reader) -> Any:
        keys = self._unread()
        done = real(self)
        table = schema.unread
        self._connection.execute(table.delete().where(table.c.unit == self._unit, table.c.key.in_(keys)))
        return done

    patch.setattr(Reader, "turn", turn)
    patch.setattr(Reader, "_take_off", Reader._unread)


Examine = Callable[[World], list[str]]
Plant = Callable[[pytest.MonkeyPatch], None]
PLANTED: tuple[tuple[Plant, Examine], ...] = (
    (ingest_without_heads, the_same_run_twice),
    (ingest_without_heads, runs_that_overlap),
    (ingest_without_heads, forks_at_once),
    (only_heads_that_are_there, a_journal_that_begins_twice),
    (province_without_heads, a_reader_and_an_ingest_in_one_journal),
    (no_readers_lock, two_readers_of_one_unit),
    (a_reader_locks_its_own_unit_only, readers_of_two_units_on_one_subject),
    (nobody_is_alone, two_grants_at_once),
    (nobody_is_alone, a_new_life_while_a_reader_writes),
    (taken_off_at_the_end, an_entry_queued_again_while_it_is_read),
)
EXAMINATIONS = tuple(dict.fromkeys(examine for _, examine in PLANTED))


@contextmanager
def planted(plant: Plant) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        yield


@pytest.mark.parametrize("examine", EXAMINATIONS, ids=lambda one: one.__name__)
def test_two_workers_that_meet_leave_everything_right(examine: Examine, world: World) -> None:
    assert examine(world) == []


@pytest.mark.parametrize(("plant", "examine"), PLANTED, ids=lambda one: one.__name__)
def test_a_lock_taken_out_is_seen(plant: Plant, examine: Examine, world: World) -> None:
    with planted(plant):
        found = examine(world)
    print(found)  # what is missed, for whoever reads the log
    assert found != []
