"""Two units, five counters, one hub for the scripted week: what passes between them, and how."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

from counter_app.clock import FixedClock
from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.acts import intake as intake_acts
from counter_app.domain.dossiers.acts.intake import Held, Intake
from counter_app.domain.dossiers.entries import CITIZEN, FeeUsed, LimitUsed, Party
from counter_app.domain.dossiers.fold import FORM_01
from counter_app.domain.dossiers.state import DossierState
from counter_app.services.dossiers.commit import next_code_on, next_number
from counter_app.services.rules import shipped_rules
from counter_app.services.workplace import Place, Workplace
from counter_app.storage.readings.upkeep import digests
from counter_app.storage.store import Acting, Store
from sync.client.files import APPLIED, NOTHING_NEW, Imported, export_files, import_files
from sync.client.transport import CutOff
from sync.hub import enrol
from sync.hub import files as hub_files
from sync.hub.backup import back_up, restore
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.journals.entry import Draft
from sync.protocol.meeting.parcel import NOTHING, Giver, ParcelKeys
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.lan import node_for, until
from tests.sync.simulator.dossiers import PERMIT, _decision
from tests.unit.hub.commune import Clock, Commune, Direct
from tests.unit.storage.world import SALT

HERE, THERE = "03390", "03388"
DAY_MS = 86_400_000


class CutLine(Direct):
    """The hub hears the request; when ``cut`` its answer is lost on the way back."""

    cut = False
    down = False

    def send(self, request: bytes) -> bytes:
        """Raises CutOff while the line is down, or once the answer is under way."""
        if self.down:
            raise CutOff("no line")
        answer = super().send(request)
        if self.cut:
            raise CutOff("the power went")
        return answer


class Pc(Commune):
    """A counter of the week; ``place`` is its number within the unit."""

    def __init__(self, hub: Hub, folder: Path, unit: str, clock: Clock, place: int) -> None:
        self.place, self.last_key = place, 0  # the last version of the unit's key it was given; 0: the newest
        super().__init__(hub, folder, unit, clock, place)
        self.line = CutLine(hub)
        self.engine = self.new_engine()
        self.at = clock()

    def workplace(self) -> Workplace:
        """The program's own workplace on this PC."""
        place = Place(self.unit, "Xã Tập Huấn", "UBND", "TTPVHCC", "Tập Huấn", f"QUẦY-{self.place:02d}",
                      self.place, practice=True)  # fmt: skip
        return Workplace(self.store, FixedClock(self.at), place, shipped_rules(), bytes(32), Path())

    def giver(self) -> Giver:
        """What seals a parcel of this PC."""
        keys = unit_keys(self.hub, self.unit)
        return Giver(self.device_key, keys[self.last_key or max(keys)], newest_dictionary())

    def restart(self) -> None:
        """The power comes back: the same disk, a new program."""
        author = self.store.author
        self.store.close()
        self.store = Store.open(self.path, self.key)
        self.store.enrolled(author)
        self.engine = self.new_engine()

    def hand_in(self) -> EntryId:
        """A dossier is accepted at this counter."""
        work = self.workplace()

        def drafts(acting: Acting) -> Sequence[Draft]:
            code = next_code_on(acting.connection, work, vn_date(self.at))
            number = next_number(acting.connection, work, FORM_01, vn_date(self.at).year)
            page = Intake(
                code=code.digits, daily=code.seq, channel="counter", procedure=PERMIT, version="1",
                party=Party(CITIZEN, "LÙ THỊ TẬP HUẤN", "cccd", "012190000001", 19900000, "female", "Bản",
                            self.unit, "", ""),
                limit=LimitUsed(5, "working_day", ""), received_at=self.at, salt=SALT,
                held={0: Held("brought"), 1: Held("brought")},
                fees=(FeeUsed("le_phi", "Lệ phí", 8_000, True),),
            )  # fmt: skip
            return list(intake_acts.accept(page, number, work.rules(acting.connection).calendar))

        return self.store.act(drafts, self.circumstances()).entries[0].id

    def does(self, code: str, dossier: EntryId) -> None:
        """One act on a dossier, decided on what this PC holds."""
        decision, by = _decision(code, dossier), self.circumstances()
        seat = SimpleNamespace(store=self.store, place=self.place, at=self.at)
        self.store.act(lambda acting: list(decision(seat, acting, by.at)), by)

    def dossier(self, dossier: EntryId) -> DossierState:
        """The dossier as it stands here."""
        with self.store.read() as connection:
            found: DossierState = self.store.readings.state(connection, dossier).state
        return found

    def acts(self) -> int:
        """Entries held of the unit's counters."""
        return sum(seq for journal, seq in self.port().vector().positions.items() if journal < 2**24)

    def proof(self) -> tuple[str, str]:
        """The vector's digest over all heads, and one digest over those of every reading."""
        with self.store.read() as connection:
            read = digests(connection)
        return self.port().vector().digest.hex(), "".join(value[:2] for _, value in sorted(read.items()))


def unit_keys(hub: Hub, unit: str) -> dict[int, UnitKey]:
    """Every version of the unit's key, as a counter in service holds them."""
    with hub.database.read() as connection:
        return enrol.unit_keys(connection, hub.keys, unit)


class Province:
    """The hub, and what goes between it and units that it never hears on a line."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.serial = folder, Clock(), 0
        self.hub = Hub.open(folder / "hub", practice=False, now=self.clock, durable=False)
        self.hub.add_unit(HERE, "Xã Bình Lư")
        self.hub.add_unit(THERE, "Phường Đoàn Kết")

    def loses_its_disk(self, pcs: Sequence[Pc], life: str) -> None:
        """It comes back from its backup in an empty folder."""
        keys = self.hub.keys
        self.hub.close()
        self.clock.at += 600_000
        self.hub = restore(
            self.folder / "hub.bak", self.folder / life, keys=keys, now=self.clock, durable=False
        )
        for pc in pcs:
            pc.hub = pc.line.hub = self.hub

    def backs_up(self) -> None:
        """Once, before the loss."""
        back_up(self.hub, self.folder / "hub.bak")

    def stick(self, pc: Pc) -> list[Path]:
        """A parcel of ``pc`` for the province, in several parts."""
        self.serial += 1
        word = pc.port().last_word()
        out = export_files(
            pc.port(), pc.giver(), self.folder / f"stick-{self.serial}", "goi", pc.at,
            word.received if word else NOTHING, part_bytes=40_000,
        )  # fmt: skip
        return list(out.paths)

    def carries(self, pc: Pc, *, lost: bool = False) -> Imported | None:
        """A messenger takes the unit's parcel to the hub and brings the answer; ``lost`` neither arrives."""
        paths = self.stick(pc)
        if lost:
            shutil.rmtree(paths[0].parent)
            return None
        taken = hub_files.take(self.hub, paths[::-1])
        assert taken.parked == ()
        self.hub.read()
        back = hub_files.give(
            self.hub, pc.unit, self.folder / f"answer-{self.serial}", self.clock(), taken.vector or NOTHING
        )
        return self.imports(pc, list(back))

    def imports(self, pc: Pc, paths: Sequence[Path]) -> Imported:
        """A parcel read at a counter."""
        keys = unit_keys(self.hub, pc.unit)
        hub_keys = {self.hub.keys.signing.key_id: self.hub.public_key}
        done = import_files(pc.port(), ParcelKeys(keys, hub_keys, load_dictionary), paths)
        assert done.code in (APPLIED, NOTHING_NEW), done
        return done


def meet_on_the_lan(pcs: Sequence[Pc]) -> None:
    """Siblings find each other by their addresses and talk until all hold the same."""
    key = pcs[0].hub.unit_key(pcs[0].unit)
    assert key is not None
    nodes: list[object] = []
    hub_keys = {pcs[0].hub.keys.signing.key_id: pcs[0].hub.public_key}
    for pc in pcs:
        node = node_for(
            pc.port(), pc.device_key, hub_keys, lambda pc=pc: pc.at,
            unit_keys={key.version: key}, knows=tuple(nodes),  # type: ignore[arg-type]
        )  # fmt: skip
        node.start()
        nodes.append(node)
    try:
        equal = until(lambda: len({pc.port().vector().digest for pc in pcs}) == 1, 60.0)
        assert equal, "the LAN never ended equal"
    finally:
        for node in nodes:
            node.close()  # type: ignore[attr-defined]
