"""The running program: every port of the screens, and its end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from counter_app.composition.door import Door
from counter_app.composition.ownership import Ownership
from counter_app.domain.recovery_key import RecoveredKeys
from counter_app.errors import OutsideError
from counter_app.services.areas import Areas
from counter_app.services.attachments.turns import FileTurns
from counter_app.services.check.fetching import ListFetching
from counter_app.services.enrolment.opening import OpenedStore, key_of
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.loop import ExchangeLoop
from counter_app.services.exchange.neighbours import Neighbours
from counter_app.services.exchange.port import ExchangeArea
from counter_app.services.exchange.thrift import Thrift
from counter_app.services.founding.port import FoundingArea
from counter_app.services.ports.arrival import ArrivalPort
from counter_app.services.ports.contradictions import ContradictionsPort
from counter_app.services.ports.copies import CopiesPort
from counter_app.services.ports.digital import DigitalPort
from counter_app.services.ports.dossiers import DossiersPort
from counter_app.services.ports.exchange import ExchangePort
from counter_app.services.ports.founding import FoundingPort
from counter_app.services.ports.groups import GroupsPort
from counter_app.services.ports.handover import HandoverPort
from counter_app.services.ports.home import HomePort
from counter_app.services.ports.intake import IntakePort
from counter_app.services.ports.officials import OfficialsPort
from counter_app.services.ports.papers import CashPort, PapersPort
from counter_app.services.ports.pen import PenDeskPort
from counter_app.services.ports.reads import ReadsPort
from counter_app.services.ports.registers import RegistersPort
from counter_app.services.ports.session import SessionPort
from counter_app.services.ports.settings import SettingsPort
from counter_app.services.ports.signing import SigningPort
from counter_app.services.ports.strays import StraysPort
from counter_app.services.ports.technician import TechnicianPort
from counter_app.services.ports.tickets import TicketsPort
from counter_app.services.technician.diagnostics import program_log
from counter_app.services.technician.escrow import NO_PROVINCE, keep_at_province
from counter_app.services.technician.port import TechnicianArea
from counter_app.services.technician.tickets.afar import AfarDesk
from counter_app.services.technician.tickets.port import TicketsArea
from counter_app.services.updates.updates import Updates
from counter_app.storage.store import WAL_BYTES_BEFORE_CHECKPOINT
from counter_app.storage.store_errors import StoreError
from sync.client.lan.siblings import Siblings

UPKEEP_S = 2.0
BETWEEN_PIECES_S = 0.05
BETWEEN_READINGS_S = 0.005
BETWEEN_UPDATES_S = 600.0


class RunningProgram:
    """Implements ``services.ports.program.Program``; ``areas`` and ``opened`` are for tests and commands."""

    def __init__(
        self,
        areas: Areas,
        exchange: ExchangeArea,
        technician: TechnicianArea,
        founding: FoundingArea,
        opened: OpenedStore,
        owned: Ownership,
        line: Line,
        updates: Updates,
        files: FileTurns | None = None,
    ) -> None:
        self.areas = areas
        self.opened = opened
        self.line = line
        self.files = files
        self.loop: ExchangeLoop | None = None
        self.door: Door | None = None
        self.neighbours: Neighbours | None = None
        self.updates: Updates = updates
        self.lists: ListFetching | None = None
        self.session: SessionPort = areas.session
        self.officials: OfficialsPort = areas.officials
        self.home: HomePort = areas.home
        self.copies: CopiesPort = areas.copies
        self.groups: GroupsPort = areas.groups
        self.intake: IntakePort = areas.intake
        self.dossiers: DossiersPort = areas.dossiers
        self.signing: SigningPort = areas.signing
        self.digital: DigitalPort = areas.digital
        self.handover: HandoverPort = areas.handover
        self.registers: RegistersPort = areas.registers
        self.arrival: ArrivalPort = areas.arrival
        self.papers: PapersPort = areas.papers
        self.cash: CashPort = areas.cash
        self.pen: PenDeskPort = areas.pen
        self.settings: SettingsPort = areas.settings
        self.reads: ReadsPort = areas.reads
        self.contradictions: ContradictionsPort = areas.contradictions
        self.strays: StraysPort = areas.strays
        self.exchange: ExchangePort = exchange
        self.technician: TechnicianPort = technician
        self.founding: FoundingPort = founding
        tickets = TicketsArea(areas.work, areas.desk, line, technician.saved, technician.self_test)
        self.tickets: TicketsPort = tickets
        self.afar = AfarDesk(tickets)
        self._log: program_log.ProgramLog | None = None
        self._exchange = exchange
        self._technician = technician
        self._backups = technician.saved
        self.at_end: Callable[[], None] | None = None
        self.thrift: Thrift | None = None
        self._owned = owned
        self._over = threading.Event()
        self._key_kept = False
        self._upkeep = threading.Thread(target=self._fold, name="upkeep", daemon=True)

    def begin(self) -> None:
        """Start what runs beside the screens."""
        self._log = program_log.begin(self.areas.work.papers_folder.parent)
        self._upkeep.start()
        if self.door is not None:
            self.door.open()

    def exchange_in_background(self) -> None:
        """From now on the province is asked by itself."""
        if self.loop is None:
            self.loop = ExchangeLoop(self.areas.work, self.line, files=self.files)
            if (equality := self._exchange.equality) is not None:
                self.loop.nightly = equality.nightly
            self._exchange.loop = self.loop
            if self.thrift is not None:
                from counter_app.devices.network_hint import NetworkHint

                hint = self._hint = NetworkHint(self.loop.ask_now)
                self.thrift.hint = lambda: hint.paid
                self.loop.saving = lambda: self.thrift is not None and self.thrift.saving
                self.loop.round_over = self.thrift.round_over
            self.loop.start()

    def update_in_background(self) -> None:
        """From now on newer versions are looked for outside opening hours, which only an installed program
        has, and the province's list for the check of copies."""
        threading.Thread(target=self._update, name="updates", daemon=True).start()

    def _update(self) -> None:
        installed = self.updates.row() is not None
        while not self._over.wait(BETWEEN_UPDATES_S):
            if installed:
                self.updates.by_itself()
            if self.lists is not None:
                self.lists.by_itself()

    def meet_neighbours(self, neighbours: Neighbours) -> None:
        """From now on siblings of the unit are met on the LAN; the pen may be asked of them."""
        self.neighbours = neighbours
        self._exchange.neighbours = neighbours
        self._technician.neighbours = neighbours
        self.areas.pen.ask = neighbours.ask
        self.areas.pen.siblings = neighbours.in_contact
        self.updates.meet(neighbours.in_contact, neighbours.ask, self._over.wait)
        if self.lists is not None:
            self.lists.siblings = Siblings(neighbours.in_contact, neighbours.ask)
        neighbours.start()

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        """``listener`` is called after each committed change, from the worker's thread."""
        self.areas.work.on_change(listener)

    def now(self) -> int:
        """Moment of the program's clock in ms."""
        return self.areas.work.now()

    def close(self) -> None:
        """End: exchange stopped, head signed, WAL folded, store closed, lock let go. Twice is harmless."""
        if self._over.is_set():
            return
        self._over.set()
        if self.door is not None:
            self.door.close()
        if self.neighbours is not None:
            self.neighbours.close()
        if self.loop is not None:
            self.loop.end()
        self.line.close()
        if self.files is not None:
            self.files.close()
        if self._upkeep.is_alive():
            self._upkeep.join()
        store = self.opened.store
        if store.is_enrolled:
            with suppress(StoreError):  # a full disk must not keep the program from ending
                store.cover()
        store.close()
        if self._log is not None:
            self._log.end()
        self._owned.release()
        if self.at_end is not None:
            self.at_end()

    def percent_read(self) -> int:
        """How far the readings of a newer version are; 100 when they are complete."""
        return self.opened.store.percent_read() if self.opened.store.reading_anew else 100

    def _read_anew(self) -> None:
        """Readings of a newer version in pieces; then every screen looks again, and work goes on."""
        store = self.opened.store
        if not store.reading_anew:
            return
        more = True
        with suppress(StoreError):  # a disk that refuses: the next start goes on where this one was
            while more and not self._over.wait(BETWEEN_READINGS_S):
                more = store.read_more()
                self._fold_if_large()
        if not more:
            self.areas.work.changed("received", "read_anew")

    def _fold(self) -> None:
        """Merge the search index in pieces and fold the WAL into the file at 8 MB, never inside an act."""
        from counter_app.printing.warm import prewarm

        self._read_anew()
        if not self._over.wait(UPKEEP_S):
            prewarm()
        while not self._over.wait(UPKEEP_S):
            self.opened.store.settle_reads()
            with suppress(StoreError):
                while self.opened.store.merge_words() and not self._over.wait(BETWEEN_PIECES_S):
                    pass
                self._fold_if_large()
            self._backups.by_itself()
            self._let_province_keep_key()
            self.afar.turn()
            if self.neighbours is not None:
                self.neighbours.look_around()

    def _let_province_keep_key(self) -> None:
        """Once in a PC's life, as soon as the province's key is known; never in practice."""
        if self._key_kept or self.areas.work.place.practice:
            return
        with suppress(OutsideError):  # a stopped journal, a full disk, a locked secret store: later
            self._key_kept = self.keep_key_at_province() != NO_PROVINCE

    def keep_key_at_province(self) -> str:
        """As ``services.technician.escrow`` has it. Raises ``StoreError``, ``SecretError``."""
        keys = RecoveredKeys(key_of(self.opened.secrets), self.opened.device_secret)
        return keep_at_province(self.areas.work, keys)

    def _fold_if_large(self) -> None:
        if self.opened.store.wal_bytes() > WAL_BYTES_BEFORE_CHECKPOINT:
            self.opened.store.fold_wal()
