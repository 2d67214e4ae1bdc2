"""Counters and a hub for the ten scenarios: the product's own stores, services, engine and hub.

Only the line is short: a request is a call. PCs die, are copied, restored and revoked here as they are in an
office; whoever sits at the desk uses the product's own services and decisions.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from counter_app.clock import FixedClock
from counter_app.domain.registers.decisions import recover_pen, settle_void
from counter_app.domain.registers.state import RegisterState
from counter_app.services.areas import open_areas
from counter_app.services.ports.signing import Numbered
from counter_app.storage.journals.appending import Author
from counter_app.storage.keeping.lives import open_life
from counter_app.storage.store import Store
from sync.client.engine import Engine, HubIdentity, Outcome
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import EntryId, device_of, journal_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey
from tests.support import counter as counters
from tests.support.counter import (
    MORNING,
    NAMES,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    UNIT,
    Counter,
    make_counter,
    person,
    take_in,
)
from tests.support.invariants import apart, backlog, broken, hub_apart, hub_broken, rows, stale
from tests.unit.hub.commune import Direct

MINUTES = "BB 12/2026"


class HubProvince(counters.Province):
    """The hub's key and its grants, by the number of the counter."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.key = hub.keys.signing
        self.hub_keys = {self.key.key_id: hub.public_key}
        self.devices: dict[int, int] = {}

    def grant(self, number: int) -> bytes:
        """The grant of counter ``number``, ordered at the first call."""
        return self.spare(number, 0)

    def spare(self, number: int, spare: int) -> bytes:
        """One of the counter's two spare grants."""
        if number not in self.devices:
            self.devices[number] = self.hub.add_grant(UNIT, NAMES[number]).device
        return self.hub.grant_bytes(self.devices[number], spare)


class Office:
    """One unit: its hub, its running PCs, one clock on the wall."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(MORNING)
        self.hub = Hub.open(folder / "hub", practice=True, now=self.clock.now, durable=False)
        self.hub.add_unit(UNIT, "Xã Bình Lư (tập huấn)")
        self.province = HubProvince(self.hub)
        self.running: list[Counter] = []
        self.lines: dict[int, Direct] = {}
        self.serial = 0

    def close(self) -> None:
        for pc in self.running:
            pc.close()
        self.hub.close()

    def pc(self, number: int) -> Counter:
        """One more counter; the first founds the unit, others learn it from the first."""
        founder = self.running[0] if self.running else None
        clock = FixedClock(self.clock.at, step=1)
        made = make_counter(
            self.folder,
            number,
            clock=clock,
            province=self.province,
            founder=founder,
            register=founder is None,
        )
        self.running.append(made)
        return made

    def meet(self, pc: Counter) -> list[Outcome]:
        """One PC exchanges until idle, the hub reads, and once more: a quiet minute with a line."""
        line = self.lines.setdefault(id(pc), Direct(self.hub))
        line.hub = self.hub
        identity = HubIdentity(self.hub.public_key, dictionaries=load_dictionary)
        engine = Engine(pc.port(), line, pc.author.key, identity, pc.clock.now, lambda: 0)
        outcomes: list[Outcome] = []
        for _ in range(2):
            outcomes += engine.until_idle()
            self.hub.read()
        return outcomes

    def settle(self, *pcs: Counter) -> list[Outcome]:
        """Everybody meets the hub, twice."""
        everyone = pcs or self.running
        return [outcome for _ in range(2) for pc in everyone for outcome in self.meet(pc)]

    def faults(self, *pcs: Counter) -> list[str]:
        """What the invariants say once everybody has met: convergence, chains, readings, nothing waiting."""
        everyone = list(pcs or self.running)
        found = apart([pc.store for pc in everyone]) + hub_apart(self.hub, UNIT, everyone[0].store)
        for pc in everyone:
            found += broken(pc.store) + stale(pc.store) + backlog(pc.port())
        return found + hub_broken(self.hub)

    def register(self, pc: Counter) -> RegisterState:
        """The register-year as ``pc`` reads it."""
        assert pc.register is not None
        state: RegisterState = pc.state(pc.register)
        return state

    def take_in(self, pc: Counter, *originals: str) -> EntryId:
        """One request of somebody new."""
        pc.sign_in(counters.CLERK)
        self.serial += 1
        letters = chr(65 + self.serial // 26) + chr(65 + self.serial % 26)
        who = person(f"TẬP HUẤN {letters}", f"01208600{self.serial:04d}")
        return take_in(pc, *(originals or ("gks 1x2",)), who=who).request

    def number(self, pc: Counter, requests: Sequence[EntryId]) -> Numbered:
        """The signatory sits down, looks at the last number on paper where he is asked, and numbers."""
        pc.sign_in(SIGNER)
        pen = pc.areas.signing.pen()
        if pen.paper_witness_needed or pen.date_confirmation_needed:
            pc.areas.signing.confirm_witness(pen.last_number, PIN)
        return pc.areas.signing.number(tuple(requests), PIN)

    def day(self, pc: Counter, originals: int = 2) -> Numbered:
        """Requests taken in and numbered as one pile."""
        return self.number(pc, [self.take_in(pc) for _ in range(originals)])

    def recover(self, pc: Counter, on_paper: int, waiting: int = 0) -> None:
        """Two persons take the pen of a dead PC over."""
        pc.sign_in(REGISTRAR)
        desk = pc.areas.desk
        drafts = recover_pen(
            self.register(pc), pc.work.journal, desk.require(), desk.second(pc.officials[SIGNER], PASSWORD),
            highest_on_paper=on_paper, waiting_there=waiting, ground="Máy hỏng nguồn",
        )  # fmt: skip
        pc.store.append(drafts, desk.act(sealed=True))

    def void(self, pc: Counter, number: int) -> None:
        """One unknown number is voided with minutes."""
        pc.sign_in(REGISTRAR)
        desk = pc.areas.desk
        drafts = settle_void(self.register(pc), desk.require(), number, MINUTES)
        pc.store.append(drafts, desk.act(sealed=True))

    def files(self, pc: Counter, name: str) -> Path:
        """The store's file as a copying program or a backup finds it."""
        pc.store.fold_wal()
        target = self.folder / f"{name}.db"
        shutil.copyfile(pc.store.path, target)
        return target

    def running_from(self, pc: Counter, file: Path) -> Counter:
        """Another PC with the same journal and keys, running from a copy of the store."""
        store = Store.open(file, pc.store_key)
        store.enrolled(pc.author)  # type: ignore[arg-type]
        work = counters._workplace(
            pc.folder,
            pc.number,
            store,
            FixedClock(self.clock.at, step=1),
            pc.work.device_secret,
            self.province,
        )
        return replace(pc, store=store, areas=open_areas(work), clock=work.clock)

    def next_life(
        self, pc: Counter, store: Store, reason: OpenReason, previous: SigningKey | None
    ) -> Counter:
        """The PC goes on as the next life of its journal, with fresh keys, offline."""
        key = SigningKey.fresh()
        grant = self.province.spare(pc.number, 0 if previous else 1)
        open_life(
            store, grant, self.province.hub_keys, key, ExchangeKey.fresh().public, pc.clock.now(),
            reason=reason, previous=previous,
        )  # fmt: skip
        work = counters._workplace(
            pc.folder, pc.number, store, pc.clock, pc.work.device_secret, self.province
        )
        return replace(pc, store=store, areas=open_areas(work), author=store.author)


def device_life(pc: Counter, life: int) -> int:
    """The journal of another life of the PC's device."""
    author = pc.author
    assert isinstance(author, Author)
    return journal_of(device_of(author.journal), life)


def names(pc: Counter) -> list[str]:
    """Names on the requests ``pc`` reads, sorted."""
    return sorted(name for (name,) in rows(pc.store, "SELECT name FROM requests"))


def numbers(pc: Counter) -> list[tuple[int, str]]:
    """Numbers with their lines' states, as ``pc`` reads them."""
    return [(n, state) for n, state in rows(pc.store, "SELECT number, state FROM lines ORDER BY number, id")]
