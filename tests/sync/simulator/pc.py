"""One simulated counter PC: the product's store, engine and domain; only disk, clock and line are bent."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import msgspec

from counter_app.domain.certification.entries import LineNumbered
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import entries as o
from counter_app.domain.registers.pen import take_numbers
from counter_app.domain.registers.state import RegisterState
from counter_app.storage.journals.appending import Author
from counter_app.storage.store import Acting, Store
from sync.client.engine import Engine, HubIdentity
from sync.client.pacing import START_BYTES
from sync.hub.hub import Hub
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.vector import lacking
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId, journal_of
from sync.protocol.naming.keys import SigningKey
from tests.sync.simulator.line import BentLanes, BentLine
from tests.sync.simulator.versions import make_older, upgrade
from tests.unit.hub.commune import Clock, Commune
from tests.unit.storage.world import UNIT, Sealer

BIG = 2**24


class Pc(Commune):
    """A counter of the practice unit. ``witnessed``: it met somebody since its start, so it may number."""

    def __init__(self, hub: Hub, folder: Path, clock: Clock, place: int, line: BentLine) -> None:
        super().__init__(hub, folder, UNIT, clock, place, official=False)
        self.folder = folder / f"pc-{place}"
        self.place = place
        self.life = 1
        self.line: BentLine = line  # type: ignore[assignment]
        self.engine = self.new_engine()
        self.waiting: list[tuple[EntryId, int]] = []
        self.witnessed = True
        self.opened = 0
        self.older = False

    def new_engine(self) -> Engine:
        """Two requests under way, small batches: answers that go on from another are met often."""
        line: object = self.line
        if not isinstance(line, BentLine):  # before ours is set
            return super().new_engine()
        hub = HubIdentity(self.hub.public_key, dictionaries=load_dictionary)
        lanes = BentLanes(line, line.chance)
        tick = count(0, 3_000)  # a slow line: batches stay small
        made = Engine(self.port(), lanes, self.device_key, hub, self.clock, lambda: next(tick))
        made.pace.batch_bytes = START_BYTES // 4
        return made

    def installs(self, older: bool) -> None:
        """The previous program, or the present one: this PC's store is read by it from now on."""
        if older and not self.older:
            make_older(self.store)
        elif self.older and not older:
            upgrade(self.store)
        self.older = older

    def serve(self, official: EntryId, key: SigningKey) -> None:
        """The official who numbers here."""
        self.official, self.official_key = official, key

    def official_recorded(self, name: str, roles: tuple[str, ...], key: SigningKey) -> EntryId:
        body = o.OfficialRecorded(name, "Công chức", roles, key.public, name.split()[-2].lower())
        return self.act([draft(body, SELF)]).entries[0].id

    def state(self, subject: EntryId) -> RegisterState:
        with self.store.read() as connection:
            found: RegisterState = self.store.readings.state(connection, subject).state
            return found

    def take_in(self, originals: int) -> EntryId:
        """One request with so many originals; all of them wait for a number here."""
        taken = self.request(f"TẬP HUẤN {self.serial}", (1,) * originals)
        self.waiting += [(taken, place) for place in range(originals)]
        return taken

    def take_in_many(self, requests: int, originals: int) -> None:
        """So many requests in one act."""
        drafts = [self.request_draft(f"TẬP HUẤN {self.serial}", (1,) * originals) for _ in range(requests)]
        for entry in self.act(drafts).entries if drafts else ():
            self.waiting += [(entry.id, place) for place in range(originals)]

    def pile(
        self, register: EntryId, delegation: EntryId, originals: Sequence[tuple[EntryId, int]]
    ) -> list[tuple[EntryId, int]]:
        """Number originals (request, place in it) as the program does; the papers that come out."""
        given: list[int] = []

        def decide(acting: Acting) -> list[Draft]:
            state: RegisterState = acting.state(register).state
            first = take_numbers(
                state, self.journal, len(originals), self.at, last_contact=self.at, date_confirmed=True
            )
            given.extend(range(first, first + len(originals)))
            lot, *lines = self._lot(state, delegation, [request for request, _ in originals])
            return [lot, *(_of(line, place) for line, (_, place) in zip(lines, originals, strict=True))]

        _, *lines = self.store.act(decide, self.circumstances()).entries
        return [(line.id, number) for line, number in zip(lines, given, strict=True)]

    def given(self, taker: Pc) -> list[Run]:
        """The pieces of everything ``taker`` lacks, as a stick carries them."""
        source = self.port()
        source.hand_over()
        return list(source.pieces_from(lacking(source.vector(), taker.port().vector()), BIG))

    def takes(self, sender: int, pieces: Sequence[Run]) -> None:
        """Pieces from a stick of journal ``sender``, in the order in which they come."""
        for piece in pieces:
            self.port().ingest(Bundle(UNIT, sender, (piece,)))

    def killed(self) -> None:
        """The process is gone in the middle of something; the disk holds what had reached the system."""
        self.opened += 1
        fresh = self.folder / f"store-{self.opened}.db"
        for tail in ("", "-wal"):
            old = self.path.with_name(self.path.name + tail)
            if old.exists():
                shutil.copyfile(old, fresh.with_name(fresh.name + tail))
        self.store.engine.dispose()
        for tail in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + tail).unlink(missing_ok=True)
        self.path = fresh
        self.open(Store.open(fresh, self.key))

    def open(self, store: Store) -> None:
        """Go on with ``store``; a PC that just started has met nobody."""
        self.store = store
        if self.older:
            make_older(store)
        store.enrolled(Author(self.journal, self.device_key))
        self.engine = self.new_engine()
        self.witnessed = False

    def begins(self, life: int, key: SigningKey) -> None:
        """From now on this PC writes the next life of its journal."""
        self.life, self.device_key = life, key
        self.journal = journal_of(self.granted.device, life)
        self.waiting = []
        self.engine = self.new_engine()

    def sealer(self) -> Sealer:
        return Sealer(self.official_key)


def _of(line: Draft, place: int) -> Draft:
    """The line of an original at ``place`` in its request."""
    if place == 0:
        return line
    body = msgspec.structs.replace(decode_body(LineNumbered, line.body), original=place)
    return msgspec.structs.replace(line, body=encode_body(body))
