"""Monday to Friday in two units, a fault each day, and what stands in the end."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.dossiers.state import Stage
from counter_app.storage.store import Store
from sync.client.engine import DONE
from sync.protocol.naming.ids import EntryId
from tests.journeys.week.units import DAY_MS, HERE, THERE, Pc, Province, meet_on_the_lan, unit_keys
from tests.support.invariants import apart, broken, hub_apart, hub_broken, rows, stale
from tests.unit.hub.commune import Direct

Told = Callable[[str], None]


@dataclass
class Week:
    """``here`` are three counters that never have a line, ``there`` two that have one.

    ``requests`` are taken in by each counter on each day.
    """

    folder: Path
    requests: int = 4
    tell: Told = lambda _: None
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.province = Province(self.folder)
        clock, hub = self.province.clock, self.province.hub
        self.here = [Pc(hub, self.folder, HERE, clock, place) for place in (1, 2, 3)]
        self.there = [Pc(hub, self.folder, THERE, clock, place) for place in (4, 5)]
        self.everyone = [*self.here, *self.there]
        self.dossier: EntryId | None = None

    def close(self) -> None:
        """Let go of every store."""
        for pc in self.everyone:
            pc.close()
        self.province.hub.close()

    def run(self) -> None:
        """The five days, then a quiet evening."""
        for day in (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday):
            self._works()
            day()
            self.tell(f"{day.__name__}: {self.faults[-1]}")
            self._night()
        self._settle()

    # --- days ---

    def monday(self) -> None:
        """The other unit's line is down at noon; what waits goes in the evening. A dossier begins here."""
        self._fault("the line is down")
        self.dossier = self.here[0].hand_in()
        meet_on_the_lan(self.here)
        for pc in self.there:
            pc.line.down = True
            assert pc.engine.until_idle()[-1].code != DONE
            pc.line.down = False
            self._meets(pc)
        self.province.carries(self.here[1])
        self.province.hub.share(self._shared(), THERE)
        self.province.hub.read()

    def tuesday(self) -> None:
        """The power goes when the hub has committed and its answer is under way; the PC starts again."""
        self._fault("the power goes in mid-exchange")
        cut = self.there[0]
        cut.line.cut = True
        assert cut.engine.until_idle()[-1].code != DONE
        held = cut.acts()
        cut.restart()
        assert cut.acts() == held
        cut.line.cut = False
        for pc in self.there:
            self._meets(pc)
        for act in ("take", "draft"):
            self.there[1].does(act, self._shared())
        self._meets(self.there[1])
        assert self.there[1].dossier(self._shared()).stage is Stage.AWAITING_DECISION

    def wednesday(self) -> None:
        """The stick to the province is lost; the next one holds everything. The dossier comes back by it."""
        self._fault("a stick is lost")
        meet_on_the_lan(self.here)
        self.province.carries(self.here[2], lost=True)
        self.there[1].does("result", self._shared())
        for pc in self.there:
            self._meets(pc)
        self.province.carries(self.here[2])
        meet_on_the_lan(self.here)
        assert self.here[0].dossier(self._shared()).stage is Stage.DONE
        self.province.backs_up()

    def thursday(self) -> None:
        """The hub loses its disk behind a day's exchanges and comes back from Wednesday's backup."""
        self._fault("the hub comes back from an older backup")
        self.here[0].does("give", self._shared())
        meet_on_the_lan(self.here)
        self.province.carries(self.here[0])
        for pc in self.there:
            self._meets(pc)
        before = self.province.hub.life
        self.province.loses_its_disk(self.everyone, "restored")
        assert self.province.hub.life > before
        for pc in (*self.there, *self.there):
            self._meets(pc)
        self.province.carries(self.here[0])

    def friday(self) -> None:
        """A clock stands in 2099; a stolen PC is revoked and writes on; a cold copy of another one starts."""
        self._fault("a wrong clock, a revoked PC, a cloned PC")
        wild, stolen, cloned = self.here[1], self.here[2], self.there[1]
        wild.at += 73 * 365 * DAY_MS
        wild.request("Ngày lạ")
        wild.at = self.province.clock()
        meet_on_the_lan(self.here)
        self.province.carries(self.here[0])
        stolen.last_key = max(unit_keys(self.province.hub, HERE))
        self.province.hub.revoke(stolen.journal, reason="mất máy")
        self.province.carries(self.here[0])
        stolen.request("Sau khi mất")
        self.province.imports(self.here[0], self.province.stick(stolen))
        assert rows(self.here[0].store, "SELECT DISTINCT reason FROM set_aside") == [("revoked",)]
        with self._copy_of(cloned) as twin:
            cloned.request("Của máy thật")
            self._meets(cloned)
            twin.request("Của bản sao")
            twin.engine.until_idle()
            assert self.province.hub.trouble(THERE).stray > 0, "the twin's branch is kept apart, whole"

    # --- what happens every day ---

    def _works(self) -> None:
        for pc in self.everyone:
            for number in range(self.requests):
                pc.request(f"Lý Tập Huấn {number}", (1, 2))

    def _night(self) -> None:
        self.province.clock.at += DAY_MS
        for pc in self.everyone:
            pc.at = max(pc.at, self.province.clock())

    def _meets(self, pc: Pc) -> None:
        pc.sync()

    def _settle(self) -> None:
        """Everybody who is still in service meets, by his own way, until all is told."""
        for _ in range(2):
            meet_on_the_lan(self.in_service(HERE))
            self.province.carries(self.here[0])
            for pc in self.there:
                self._meets(pc)
        meet_on_the_lan(self.in_service(HERE))

    def in_service(self, unit: str) -> list[Pc]:
        """Counters of a unit that were not revoked."""
        return self.here[:2] if unit == HERE else self.there

    @contextmanager
    def _copy_of(self, pc: Pc) -> Iterator[Pc]:
        """Another PC with the same disk and keys."""
        pc.store.fold_wal()
        twin = copy.copy(pc)
        twin.path = self.folder / "ban-sao.db"
        shutil.copyfile(pc.path, twin.path)
        twin.store = Store.open(twin.path, pc.key)
        twin.store.enrolled(pc.store.author)
        twin.line = Direct(self.province.hub)  # type: ignore[assignment]
        twin.engine = twin.new_engine()
        yield twin
        twin.close()

    def _shared(self) -> EntryId:
        assert self.dossier is not None
        return self.dossier

    def _fault(self, words: str) -> None:
        self.faults.append(words)

    # --- what stands in the end ---

    def wrong(self) -> list[str]:
        """What the invariants say of every store in service and of the hub."""
        found = hub_broken(self.province.hub)
        for unit in (HERE, THERE):
            pcs = self.in_service(unit)
            found += apart([pc.store for pc in pcs]) + hub_apart(self.province.hub, unit, pcs[0].store)
            for pc in pcs:
                found += broken(pc.store) + stale(pc.store)
        ends = {str(pc.dossier(self._shared())) for pc in (*self.in_service(HERE), *self.there)}
        if len(ends) != 1:
            found.append("the dossier is not read alike in both units")
        for pc in self.there:
            if rows(pc.store, "SELECT count(*) FROM form_numbers") != [(0,)]:
                found.append("a carried form stands in the book of the other unit's counter")
        return found

    def table(self) -> list[str]:
        """Acts, heads and readings of every counter in service."""
        lines = []
        for unit in (HERE, THERE):
            for pc in self.in_service(unit):
                heads, read = pc.proof()
                who = f"{unit} QUẦY-{pc.place:02d}"
                lines.append(f"{who}  {pc.acts():6d} acts  heads {heads}  readings {read[:40]}")
        return lines
