"""A unit, its hub and every trouble at once, drawn from one seed; at the end all meet and are compared."""

from __future__ import annotations

import hashlib
import random
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.storage.store_errors import StoreError
from sync.hub import clock
from sync.hub.hub import Hub
from sync.hub.keys import fresh_keys
from sync.protocol.carrying.run import Run
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey
from tests.sync.simulator.docket import Docket
from tests.sync.simulator.line import BentLine
from tests.sync.simulator.pc import Pc
from tests.unit.hub.commune import Clock
from tests.unit.storage.world import UNIT, Counter, Province


class Killed(Exception):
    """The process is gone before its transaction could commit."""


@dataclass
class Ledger:
    """What stands on paper and what was promised, outside every PC."""

    papers: dict[EntryId, int] = field(default_factory=dict)
    unknown: dict[EntryId, bytes] = field(default_factory=dict)
    carried: list[EntryId] = field(default_factory=list)
    cloned: list[int] = field(default_factory=list)
    lost_with_a_disk: int = 0
    unknown_numbers: int = 0
    highest: int = 0

    def came_out(self, papers: list[tuple[EntryId, int]]) -> None:
        """Texts were printed: ``highest`` is what persons find when they look at all papers."""
        self.papers.update(papers)
        self.highest = max(self.highest, *(number for _, number in papers))


@dataclass
class ProvincesClock:
    """The hub's own clock: that on the wall, ``off`` by so many ms."""

    wall: Clock
    off: int = 0

    def __call__(self) -> int:
        """What it shows, ms."""
        return self.wall() + self.off


class World:
    """``pcs`` run, ``dead`` do not. ``steps`` counts what was done, ``trace`` digests it."""

    def __init__(self, folder: Path, seed: int, pcs: int = 4) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.clock = Clock()
        self.hub_clock = ProvincesClock(self.clock)
        keys = fresh_keys(True, self.chance.randbytes)
        (folder / "hub-1").mkdir(parents=True)
        self.hub = Hub.open(
            folder / "hub-1", practice=True, keys=keys, now=self.hub_clock, entropy=self.chance.randbytes,
            durable=False,
        )  # fmt: skip
        self.hub.add_unit(UNIT, "Xã Bình Lư (tập huấn)")
        self.ledger = Ledger()
        self.docket = Docket()
        self.steps: Tally[str] = Tally()
        self.refused: Tally[str] = Tally()
        self.pocket: list[tuple[int, Run]] = []
        self.trace = hashlib.sha256(str(seed).encode())
        self.backups: dict[int, tuple[Path, int, SigningKey]] = {}
        self.hub_backup: Path | None = None
        self.hub_life = 1
        self.pcs = [self._pc(place + 1) for place in range(pcs)]
        self.dead: list[Pc] = []
        self._found()

    def _pc(self, place: int) -> Pc:
        return Pc(self.hub, self.folder, self.clock, place, BentLine(lambda: self.hub, self.chance))

    def _found(self) -> None:
        """The first PC records the officials and opens the register; everybody learns it on a calm line."""
        first = self.pcs[0]
        self.keys = [SigningKey.fresh(), SigningKey.fresh()]
        registrar, signatory = (roles.REGISTRAR, roles.SIGNATORY), (roles.DIRECTOR,)
        self.official = first.official_recorded("Lò Thị Tập Huấn", registrar, self.keys[0])
        self.director = first.official_recorded("Giàng A Tập Huấn", signatory, self.keys[1])
        for pc in self.pcs:
            pc.serve(self.official, self.keys[0])
        self.register = first.register()
        self.delegation = first.delegation()
        self.far = Counter(Province(), self.fresh_folder("far"), 7)
        self.meet_calmly()
        self.pcs[-1].installs(older=True)

    def fresh_folder(self, name: str) -> Path:
        """An empty folder of the simulated disk."""
        made = self.folder / name
        made.mkdir()
        return made

    def run(self, steps: int, weather: Weather) -> None:
        """``steps`` moments, each drawn by chance; rules that say no are part of it."""
        acts, weights = zip(*weather, strict=True)
        for _ in range(steps):
            act: Trouble = self.chance.choices(acts, weights)[0]
            try:
                told = act(self)
            except DomainError as refused:
                told = refused.code
                self.refused[told] += 1
            except StoreError as stopped:  # another copy of it writes; any other is a fault of the store
                if stopped.code != "store.stopped":
                    raise
                told = stopped.code
            self.steps[act.__name__] += 1
            self.clock.at += self.chance.randrange(1, 60_000)
            self.trace.update(f"{act.__name__} {told}\n".encode())

    def holder(self) -> Pc | None:
        """The running PC that knows itself as the holder of the pen."""
        return next((pc for pc in self.pcs if pc.state(self.register).holder == pc.journal), None)

    def liar(self) -> int:
        """Who brings what was changed on the way: no honest PC's signature stands under it."""
        return self.far.journal

    def any(self) -> Pc:
        """One of the running PCs."""
        return self.chance.choice(self.pcs)

    def calm(self, pc: Pc) -> None:
        """A PC exchanges on a line that lets everything through, until nothing is left."""
        pc.line.calm = True
        pc.engine.backlog.ask_again()
        try:
            pc.engine.until_idle()
        except StoreError as stopped:
            if stopped.code != "store.stopped":
                raise
        finally:
            pc.line.calm = False

    def carry_all(self, giver: Pc, taker: Pc) -> None:
        """Both directions between two PCs, everything, undisturbed."""
        for one, other in ((giver, taker), (taker, giver)):
            if one is not other:
                other.takes(one.journal, one.given(other))
                other.witnessed = True

    def meet_calmly(self) -> None:
        """Everybody exchanges until nothing is left."""
        self.clock.at += 700_000  # a hub that was lied to writes again
        self.set_the_provinces_clock_right()
        for _ in range(3):
            for pc in (*self.pcs, *self.dead):
                pc.hub = self.hub
                self.calm(pc)
                self.hub.read()

    def set_the_provinces_clock_right(self) -> bool:
        """An administrator does it, and lets the hub go on in its next life where that is needed.

        What is tolerated, less than an hour, passes by itself.
        """
        self.hub_clock.off = 0
        self.hub.contacts.write()
        with self.hub.database.read() as connection:
            late, latest = clock.behind(connection, self.hub_clock()), clock.latest_word(connection)
        if late:
            clock.go_on_in_next_life(self.hub)
        self.clock.at = max(self.clock.at, 0 if late else latest + 1)
        return late > 0

    def digest(self) -> str:
        """The trace with every head at the end: equal for equal seeds."""
        for pc in self.pcs:
            self.trace.update(pc.port().vector().digest)
        return self.trace.hexdigest()

    def close(self) -> None:
        """Let go of every store."""
        for pc in (*self.pcs, *self.dead, self.far):
            pc.store.engine.dispose()
        self.hub.close()


Trouble = Callable[[World], str]
"""One step: does something to a world and tells what, for the trace."""
Weather = Sequence[tuple[Trouble, int]]
"""Troubles with how often they come."""
