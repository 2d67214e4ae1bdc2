"""One simulated counter PC: the product's store, engine and domain; only disk, clock and line are bent."""

from __future__ import annotations

import shutil
from pathlib import Path

from counter_app.domain.drafting import draft
from counter_app.domain.organisation import entries as o
from counter_app.domain.registers.pen import take_numbers
from counter_app.domain.registers.state import RegisterState
from counter_app.storage.appending import Author
from counter_app.storage.store import Store
from sync.hub.hub import Hub
from sync.protocol.bundle import Bundle
from sync.protocol.entry import Draft
from sync.protocol.ids import SELF, EntryId, journal_of
from sync.protocol.keys import SigningKey
from sync.protocol.vector import lacking
from tests.support.invariants import rows
from tests.sync.simulator.line import BentLine
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
        self.line = line  # type: ignore[assignment]
        self.engine = self.new_engine()
        self.waiting: list[EntryId] = []
        self.witnessed = True
        self.opened = 0

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

    def pile(
        self, register: EntryId, delegation: EntryId, requests: list[EntryId]
    ) -> list[tuple[EntryId, int]]:
        """Number one original of each request as the program does; the papers that come out."""

        def decide(acting) -> list[Draft]:  # type: ignore[no-untyped-def]
            state = acting.state(register).state
            take_numbers(
                state, self.journal, len(requests), self.at, last_contact=self.at, date_confirmed=True
            )
            return self._lot(state, delegation, requests)

        _, *lines = self.store.act(decide, self.circumstances()).entries
        first = rows(self.store, f"SELECT min(number) FROM lines WHERE id = {lines[0].id.key}")[0][0]
        return [(line.id, first + place) for place, line in enumerate(lines)]

    def given(self, taker: Pc) -> list[object]:
        """The pieces of everything ``taker`` lacks, as a stick carries them."""
        source = self.port()
        source.hand_over()
        return list(source.pieces_from(lacking(source.vector(), taker.port().vector()), BIG))

    def takes(self, giver: Pc, pieces: list[object]) -> None:
        """Pieces from a stick, in the order in which they come."""
        for piece in pieces:
            self.port().ingest(Bundle(UNIT, giver.journal, (piece,)))  # type: ignore[arg-type]

    def killed(self) -> None:
        """The process is gone in the middle of something; the disk holds what had reached the system."""
        self.opened += 1
        fresh = self.folder / f"store-{self.opened}.db"
        for tail in ("", "-wal"):
            old = self.path.with_name(self.path.name + tail)
            if old.exists():
                shutil.copyfile(old, fresh.with_name(fresh.name + tail))
        self.store.engine.dispose()
        self.path = fresh
        self.open(Store.open(fresh, self.key))

    def open(self, store: Store) -> None:
        """Go on with ``store``; a PC that just started has met nobody."""
        self.store = store
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
