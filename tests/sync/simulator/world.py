"""A unit, its hub and every trouble at once, drawn from one seed; at the end all meet and are compared."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import random
import shutil
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.decisions import pass_pen_into_file, recover_pen, settle_void
from counter_app.domain.seconds import Second
from counter_app.storage import lives
from counter_app.storage.backup import back_up
from counter_app.storage.restore import restore
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from sync.hub.backup import back_up as back_hub_up
from sync.hub.backup import restore as restore_hub
from sync.hub.hub import Hub
from sync.hub.keys import fresh_keys
from sync.protocol.codec import decode_body, encode_body
from sync.protocol.entry import MUST_UNDERSTAND, Draft
from sync.protocol.grants import OpenReason
from sync.protocol.ids import SELF, EntryId
from sync.protocol.keys import Purpose, SigningKey
from sync.protocol.system_kinds import ForkFound, SystemKind, carry
from tests.support import invariants as check
from tests.sync.simulator.line import BentLine
from tests.sync.simulator.pc import Pc
from tests.unit.hub.commune import Clock
from tests.unit.storage.world import UNIT, Counter, Province

YEARS = 365 * 86_400_000


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

    highest: int = 0

    def came_out(self, papers: list[tuple[EntryId, int]]) -> None:
        """Texts were printed: ``highest`` is what persons find when they look at all papers."""
        self.papers.update(papers)
        self.highest = max(self.highest, *(number for _, number in papers))


class World:
    """``pcs`` run, ``dead`` do not. ``steps`` counts what was done, ``trace`` digests it."""

    def __init__(self, folder: Path, seed: int, pcs: int = 4) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.clock = Clock()
        keys = fresh_keys(True, self.chance.randbytes)
        (folder / "hub-1").mkdir(parents=True)
        self.hub = Hub.open(
            folder / "hub-1", practice=True, keys=keys, now=self.clock, entropy=self.chance.randbytes,
            durable=False,
        )  # fmt: skip
        self.hub.add_unit(UNIT, "Xã Bình Lư (tập huấn)")
        self.ledger = Ledger()
        self.steps: Tally[str] = Tally()
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
        self.far = Counter(Province(), self._folder("far"), 7)
        self.meet_calmly()

    def _folder(self, name: str) -> Path:
        made = self.folder / name
        made.mkdir()
        return made

    # The troubles.

    def run(self, steps: int) -> None:
        """``steps`` moments, each drawn by chance; rules that say no are part of it."""
        for _ in range(steps):
            name, act = self.chance.choices(TROUBLES, WEIGHTS)[0]
            try:
                told = act(self)
            except DomainError as refused:
                told = refused.code
            except StoreError as stopped:  # another copy of it writes; any other is a fault of the store
                if stopped.code != "store.stopped":
                    raise
                told = stopped.code
            self.steps[name] += 1
            self.clock.at += self.chance.randrange(1, 60_000)
            self.trace.update(f"{name} {told}\n".encode())

    def any(self) -> Pc:
        return self.chance.choice(self.pcs)

    def take_in(self) -> str:
        pc = self.any()
        pc.waiting.append(pc.request(f"TẬP HUẤN {pc.serial}"))
        return str(pc.waiting[-1])

    def number(self) -> str:
        """A pile leaves for the signer: numbers are born, committed, printed."""
        holders = [pc for pc in self.pcs if pc.state(self.register).holder == pc.journal and pc.waiting]
        pc = self.chance.choice(holders) if holders and self.chance.random() < 0.8 else self.any()
        if not pc.waiting or not pc.witnessed:
            return "nothing"
        pile = pc.waiting[: self.chance.randrange(1, 6)]
        papers = pc.pile(self.register, self.delegation, pile)
        pc.waiting = pc.waiting[len(pile) :]
        self.ledger.came_out(papers)
        return str(papers)

    def exchange(self) -> str:
        pc = self.any()
        outcomes = pc.engine.until_idle(self.chance.randrange(1, 6))
        pc.witnessed |= any(one.code == "done" for one in outcomes)
        return str([(one.code, one.sent_entries, one.ingested.applied) for one in outcomes])

    def read(self) -> str:
        return str(self.hub.read())

    def stick(self) -> str:
        """Pieces carried by hand: some lost, some twice, in any order, sometimes bent on the way."""
        giver, taker = self.chance.sample(self.pcs, 2)
        pieces = giver.given(taker)
        pieces += self.chance.sample(pieces, min(len(pieces), 2))
        self.chance.shuffle(pieces)
        pieces = pieces[: self.chance.randrange(len(pieces) + 1)]
        if pieces and self.chance.random() < 0.4:
            pieces[0] = bent(pieces[0])
        taker.takes(giver, pieces)
        taker.witnessed |= bool(pieces)
        return f"{giver.place}>{taker.place} {len(pieces)}"

    def send_pen(self) -> str:
        giver, taker = self.chance.sample(self.pcs, 2)
        if not giver.witnessed:
            return "nothing"
        giver.act(pass_pen_into_file(giver.state(self.register), giver.journal, taker.journal))
        return f"{giver.place}>{taker.place}"

    def kill(self) -> str:
        """Killed before its act was committed, or between two acts."""
        pc = self.any()
        if self.chance.random() < 0.5:
            with contextlib.suppress(Killed):
                pc.store.act(lambda _: [pc.request_draft("MẤT ĐIỆN", (1,))], pc.circumstances(), _die)
        pc.killed()
        return str(pc.place)

    def die(self) -> str:
        """A PC goes dark with what nobody has seen; its pen is recovered after a look at all papers."""
        if len(self.pcs) < 3:
            return "nothing"
        self.dead.append(self.pcs.pop(self.chance.randrange(len(self.pcs))))
        return str(self.dead[-1].place) + self.recover()

    def recover(self) -> str:
        """Whoever holds the pen by the latest word is not running: two persons take it over."""
        for pc in self.pcs:  # two persons ask every PC of the office first
            self.carry_all(pc, self.pcs[0])
        taker = self.pcs[0]
        state = taker.state(self.register)
        if state.holder in {pc.journal for pc in self.pcs}:
            return " kept"
        author, second = taker.state(self.official), taker.state(self.director)
        sign = Second(second, lambda message: self.keys[1].sign(Purpose.OFFICIAL, message))  # type: ignore[arg-type]
        taker.act(
            recover_pen(
                state, taker.journal, author, sign, highest_on_paper=self.ledger.highest,  # type: ignore[arg-type]
                waiting_there=self.chance.randrange(4), ground="Máy hỏng",
            )
        )  # fmt: skip
        for pc in self.pcs[1:]:
            self.carry_all(taker, pc)
        return " recovered"

    def revive(self) -> str:
        if not self.dead:
            return "nothing"
        back = self.dead.pop(0)
        back.witnessed = False
        self.pcs.append(back)
        return str(back.place)

    def back_up(self) -> str:
        pc = self.any()
        made = back_up(pc.store, pc.folder / "backups", self.clock.at)
        self.backups[pc.place] = (made.path, pc.life, pc.device_key)
        return f"{pc.place} {sorted(made.positions.items())}"

    def restore(self) -> str:
        """A disk is lost; the PC comes back from its backup as the next life, offline, and holds no pen."""
        pc = self.any()
        if pc.place not in self.backups or pc.life > 60:
            return "nothing"
        source, life, key = self.backups.pop(pc.place)
        if life != pc.life:
            return "nothing"
        pc.opened += 1
        pc.store.engine.dispose()
        pc.path = pc.folder / f"store-{pc.opened}.db"
        store = restore(source, pc.key, pc.path, self.clock.at)
        fresh = SigningKey.fresh()
        number, fresh = next_life(pc, store, fresh, key)
        pc.begins(number, fresh)
        pc.open(store)
        self._forget_lost()
        return f"{pc.place} life {pc.life}" + self.recover()

    def _forget_lost(self) -> None:
        """What only the lost disk held is lost with it; its numbers are unknown, never given again."""
        held = set().union(*(check.contents(pc.store) for pc in (*self.pcs, *self.dead)))
        held |= set(check.hub_contents(self.hub))
        gone = [line for line in self.ledger.papers if tuple(line) not in held]
        self.ledger.lost_with_a_disk += len(gone)
        for line in gone:
            self.ledger.highest = max(self.ledger.highest, self.ledger.papers.pop(line))
        self.ledger.unknown = {at: body for at, body in self.ledger.unknown.items() if tuple(at) in held}

    def wild_clock(self) -> str:
        pc = self.any()
        by = self.chance.choice((-10, -1, 1, 10)) * YEARS
        pc.at = self.clock.at if abs(pc.at - self.clock.at) > YEARS // 2 else pc.at + by
        return str(pc.place)

    def newer(self) -> str:
        """A PC with a later program writes a kind that nobody else knows."""
        pc = self.any()
        entry = pc.act([Draft(60_000, (SELF,), self.chance.randbytes(5), 3, MUST_UNDERSTAND)]).entries[0]
        self.ledger.unknown[entry.id] = entry.body or b""
        return str(entry.id)

    def other_unit(self) -> str:
        """The province carries a request of another unit here."""
        entry = self.far.store.append(
            [self.far.request_draft("Xã khác", (1,))], self.far.circumstances()
        ).entries[0]
        body = encode_body(carry(entry))
        self.hub.append(UNIT, Draft(SystemKind.CARRIED, entry.facts.subjects, body))
        self.ledger.carried.append(entry.id)
        return str(entry.id)

    def returned(self) -> str:
        """Two PCs act on one request, perhaps at once and under different clocks."""
        pc = self.any()
        held = check.rows(pc.store, "SELECT id FROM requests ORDER BY id")
        if not held:
            return "nothing"
        request = EntryId.from_key(self.chance.choice(held)[0])
        words = f"máy {pc.place} {self.chance.randrange(1000)}"
        return str(pc.act([draft(c.RequestReturned("mend", words), request)]).entries[0].id)

    def back_hub_up(self) -> str:
        self.hub_backup = self.folder / f"hub-{sum(self.steps.values())}.bak"
        return str(back_hub_up(self.hub, self.hub_backup).entries)

    def restore_hub(self) -> str:
        """The province comes back from its last backup, once from each backup."""
        if self.hub_backup is None or self.hub.life > 60:
            return "nothing"
        keys, self.hub_life = self.hub.keys, self.hub_life + 1
        self.hub.close()
        place = self._folder(f"hub-{self.hub_life}")
        self.hub = restore_hub(self.hub_backup, place, keys=keys, now=self.clock, durable=False)
        self.hub._entropy = self.chance.randbytes
        self.hub_backup = None
        return str(self.hub.life)

    def clone(self) -> str:
        """A copy of a PC runs beside it and both write; the copy meets the province second."""
        pc = self.any()
        if not pc.store.is_enrolled or pc.life > 60:
            return "nothing"
        self._calm(pc)
        pc.store.fold_wal()
        pc.opened += 1
        path = pc.folder / f"copy-{pc.opened}.db"
        shutil.copyfile(pc.path, path)
        twin = copy.copy(pc)
        twin.path = path
        twin.open(Store.open(path, pc.key))
        for each, name in ((pc, "MÁY CHÍNH"), (twin, "BẢN SAO")):
            each.request(name)
            self._calm(each)
            self.hub.read()
        twin.store.engine.dispose()
        self._calm(pc)
        self.ledger.cloned.append(pc.journal)
        return f"{pc.place} {self._go_on(pc)}"

    def _go_on(self, pc: Pc) -> str:
        """A PC that was stopped goes on in its next life."""
        if pc.store.is_enrolled:
            return "not told"
        life, key = next_life(pc, pc.store, SigningKey.fresh(), pc.device_key)
        pc.begins(life, key)
        pc.witnessed = False
        return f"life {life}" + self.recover()

    def _calm(self, pc: Pc) -> None:
        pc.line.calm = True  # type: ignore[attr-defined]
        pc.engine.backlog.ask_again()
        try:
            pc.engine.until_idle()
        except StoreError as stopped:
            if stopped.code != "store.stopped":
                raise
        finally:
            pc.line.calm = False  # type: ignore[attr-defined]

    # Meeting.

    def carry_all(self, giver: Pc, taker: Pc) -> None:
        """Both directions between two PCs, everything, undisturbed."""
        for one, other in ((giver, taker), (taker, giver)):
            if one is not other:
                other.takes(one, one.given(other))
                other.witnessed = True

    def meet_calmly(self) -> None:
        """Everybody exchanges until nothing is left."""
        self.clock.at += 700_000  # a hub that was lied to writes again
        for _ in range(3):
            for pc in (*self.pcs, *self.dead):
                pc.hub = self.hub
                self._calm(pc)
                self.hub.read()

    def faults(self) -> list[str]:
        """Everybody meets; then every invariant."""
        self.pcs += self.dead
        self.dead.clear()
        self.meet_calmly()
        state = self.pcs[0].state(self.register)
        for pc in self.pcs:
            pc.at = max(other.at for other in self.pcs)
        for part in state.unknown:
            for number in range(part.first, part.last + 1):
                author = self.pcs[0].state(self.official)
                drafts = settle_void(self.pcs[0].state(self.register), author, number, "BB 12")  # type: ignore[arg-type]
                self.pcs[0].act(drafts)
        self.meet_calmly()
        return self._invariants()

    def _invariants(self) -> list[str]:
        stores = [pc.store for pc in self.pcs]
        first, register = stores[0], self.register
        state = self.pcs[0].state(register)
        found = check.apart(stores) + check.hub_apart(self.hub, UNIT, first) + check.hub_broken(self.hub)
        found += check.lost_prints(self.ledger.papers.items(), first)
        found += [f"number {number} was given twice" for number in check.doubled(first, register)]
        found += check.unaccounted(first, register, state) + check.unknown_kept(first, self.ledger.unknown)
        read = {EntryId.from_key(key) for (key,) in check.rows(first, "SELECT id FROM requests")}
        found += [f"the carried request {one} is not read" for one in self._carried_held() - read]
        told = {fork.journal for fork in self._forks_told()}
        found += [f"the second branch of {journal} was swallowed" for journal in {*self.ledger.cloned} - told]
        words = [pc.port().last_word() for pc in self.pcs]
        found += check.broken_promises(words, self.hub)
        found += check.lying_vectors([(pc.port(), pc.store) for pc in self.pcs])
        found += check.foreign_hands(stores, {pc.journal: pc.store for pc in self.pcs})
        for pc in self.pcs:
            found += check.broken(pc.store) + check.stale(pc.store) + check.backlog(pc.port())
            found += check.false_acknowledgement(pc.port(), pc.store)
        return found

    def _carried_held(self) -> set[EntryId]:
        """Carried requests whose envelope outlived the hub's disks."""
        kinds = f"kind = {int(SystemKind.CARRIED)}"
        subjects = f"SELECT subject FROM entry_subjects WHERE key IN (SELECT key FROM entries WHERE {kinds})"
        held = {EntryId.from_key(key) for (key,) in check.rows(self.pcs[0].store, subjects)}
        return held & set(self.ledger.carried)

    def _forks_told(self) -> list[ForkFound]:
        sql = f"SELECT body FROM entries WHERE kind = {int(SystemKind.FORK_FOUND)}"
        return [decode_body(ForkFound, body) for (body,) in check.rows(self.pcs[0].store, sql)]

    def digest(self) -> str:
        """The trace with every head at the end: equal for equal seeds."""
        for pc in self.pcs:
            self.trace.update(pc.port().vector().digest)
        return self.trace.hexdigest()

    def close(self) -> None:
        for pc in (*self.pcs, *self.dead, self.far):
            pc.store.engine.dispose()
        self.hub.close()


def next_life(pc: Pc, store: Store, fresh: SigningKey, previous: SigningKey) -> tuple[int, SigningKey]:
    """Open the next life of a restored PC: its number and its key."""
    grant, exchange = pc.province.grant(pc.granted.device), fresh.public
    opened = lives.open_life(
        store, grant, pc.province.hub_keys, fresh, exchange, pc.at, reason=OpenReason.RESTORED,
        previous=previous,
    )  # fmt: skip
    return opened.id.journal & 0xFF, fresh


def bent(run):  # type: ignore[no-untyped-def]
    """A run whose last body has one bit changed on the way, its digest made to fit by the forger."""
    from sync.protocol.entry import read_entry

    last = run.entries[-1]
    body = (last.body or b"\0")[:-1] + bytes([(last.body or b"\0")[-1] ^ 1])
    return msgspec.structs.replace(
        run, entries=(*run.entries[:-1], read_entry(last.id, last.facts_bytes, body, last.seal))
    )


def _die(*_: object) -> None:
    raise Killed


Trouble = Callable[[World], str]
_WEIGHED: tuple[tuple[str, Trouble, int], ...] = (
    ("take in", World.take_in, 20), ("number", World.number, 14), ("exchange", World.exchange, 22),
    ("read", World.read, 6), ("stick", World.stick, 10), ("send pen", World.send_pen, 4),
    ("kill", World.kill, 3), ("die", World.die, 2), ("revive", World.revive, 2),
    ("back up", World.back_up, 2),
    ("restore", World.restore, 2), ("wild clock", World.wild_clock, 3), ("newer", World.newer, 2),
    ("other unit", World.other_unit, 1), ("returned", World.returned, 6),
    ("back hub up", World.back_hub_up, 1),
    ("restore hub", World.restore_hub, 1), ("clone", World.clone, 1),
)  # fmt: skip
TROUBLES = tuple((name, act) for name, act, _ in _WEIGHED)
WEIGHTS = tuple(weight for *_, weight in _WEIGHED)
