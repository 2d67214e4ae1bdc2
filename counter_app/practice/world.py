"""A whole practice world in one folder: hub in its own process over TLS, counters enrolled under its grants.

Nothing is short-circuited: provisioning files, openings, exchanges and accounts are the product's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from counter_app.clock import Clock, SystemClock
from counter_app.composition import compose
from counter_app.composition.running import RunningProgram
from counter_app.paths import Paths
from counter_app.practice import people, province, seeding
from counter_app.practice.seeding import Founded
from counter_app.services.enrolment.enrol import enrol, move_hub
from counter_app.services.enrolment.opening import make_store, open_store
from counter_app.settings import PRACTICE_COST, Settings
from sync.hub.serving.server import HubNotStarted, HubServer

PASSPHRASE = "may tap huan"
"""Of the practice counters' key files: practice data, on a PC that may have no secret store."""


class ExchangeFailed(RuntimeError):
    """The practice hub did not answer while the world was made."""


@dataclass
class PracticeWorld:
    """``server`` is the running hub, ``programs`` the open counters in order, ``founded`` who works there."""

    folder: Path
    server: HubServer
    clock: Clock
    programs: list[RunningProgram] = field(default_factory=list)
    settings: list[Settings] = field(default_factory=list)
    founded: Founded = field(default_factory=Founded)

    @classmethod
    def create(
        cls,
        folder: Path,
        counters: int = 1,
        *,
        clock: Clock | None = None,
        exchanging: bool = False,
        register: bool = True,
        names: tuple[str, ...] = province.COUNTER_NAMES,
    ) -> PracticeWorld:
        """A new world in an empty folder. ``exchanging`` starts each counter's background exchange.

        ``clock`` other than the PC's makes a scripted day. Raises HubNotStarted, ExchangeFailed, OSError.
        """
        world = cls(folder, _hub(folder), clock or SystemClock())
        try:
            for number in range(counters):
                world.add_counter(names[number], register=register)
            world.settle()
            for program in world.programs if exchanging else ():
                program.exchange_in_background()
        except BaseException:
            world.close()
            raise
        return world

    @classmethod
    def open(cls, folder: Path, *, clock: Clock | None = None, exchanging: bool = True) -> PracticeWorld:
        """The world that was made in ``folder`` before: its counters open again, enrolled as they were."""
        world = cls(folder, _hub(folder), clock or SystemClock())
        try:
            for place in sorted(folder.glob("quay-*")):
                world.settings.append(world._settings(place))
                world.programs.append(world.start(len(world.settings) - 1, exchanging=exchanging))
            world.founded = _known(world.programs[0])
        except BaseException:
            world.close()
            raise
        return world

    def add_counter(self, name: str, *, register: bool = True) -> RunningProgram:
        """Provision and enrol one more counter; the first founds the unit, others learn it from the hub."""
        number = len(self.programs) + 1
        settings = self._settings(self.folder / f"quay-{number:02d}")
        opened = make_store(settings.paths, settings.passphrase)
        try:
            file = province.provision(self.hub_folder, name, self.server.url, self.server.authority_pem)
            enrol(opened, file, self.clock.now())
        finally:
            opened.store.close()
        self._note_hub(settings)
        self.settings.append(settings)
        program = compose(settings)
        self.programs.append(program)
        seeding.equip(program)
        self.meet(program)
        if number == 1:
            self.founded = seeding.found(program, register=register)
            self.meet(program)
        else:
            seeding.admit(program, self.founded)
        return program

    def bare_pc(self, name: str) -> tuple[Settings, bytes]:
        """One more PC, not enrolled yet: how its program starts, and the province's file for it."""
        settings = self._settings(self.folder / f"quay-{len(self.programs) + 1:02d}")
        return settings, province.provision(self.hub_folder, name, self.server.url, self.server.authority_pem)

    def join(self, settings: Settings, program: RunningProgram) -> None:
        """A PC of ``bare_pc`` was enrolled from its own first page."""
        self._note_hub(settings)
        self.settings.append(settings)
        self.programs.append(program)
        seeding.equip(program)

    def start(self, index: int, *, exchanging: bool = False) -> RunningProgram:
        """Open counter ``index`` (from 0) again, as after a restart of its program."""
        settings = self.settings[index]
        self._follow_hub(settings)
        program = compose(replace(settings, exchanging=exchanging))
        if index < len(self.programs):
            self.programs[index] = program
        return program

    def settle(self) -> None:
        """Exchange until everybody holds everything; what the hub's reader writes included."""
        for _ in range(2):
            for program in self.programs:
                self.meet(program)

    def meet(self, program: RunningProgram) -> None:
        """One counter exchanges until nothing is left. Raises ExchangeFailed."""
        last = program.line.exchange()[-1]
        if not program.line.facts.works:
            raise ExchangeFailed(f"{last.code} {last.refusal} {last.detail}")

    def sign_in(self, login: str, counter: int = 0) -> None:
        """Somebody takes the seat at a counter with his practice password."""
        self.programs[counter].session.sign_in(self.founded.officials[login], people.PASSWORD)

    def _follow_hub(self, settings: Settings) -> None:
        """The hub may have had to take another port."""
        if (settings.paths.home / "hub-url").read_text("ascii") == self.server.url:
            return
        opened = open_store(settings.paths, settings.passphrase)
        move_hub(opened, self.server.url)
        opened.store.close()
        self._note_hub(settings)

    def _note_hub(self, settings: Settings) -> None:
        (settings.paths.home / "hub-url").write_text(self.server.url, "ascii")

    @property
    def hub_folder(self) -> Path:
        """The hub's folder; open a ``Hub`` on it to act as the province."""
        return self.folder / "tinh"

    def close(self) -> None:
        """Close every counter, then the hub."""
        for program in self.programs:
            program.close()
        self.server.stop()

    def __enter__(self) -> PracticeWorld:
        """The world itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closed."""
        self.close()

    def _settings(self, home: Path) -> Settings:
        own_clock = isinstance(self.clock, SystemClock)
        return Settings(
            Paths(home), PASSPHRASE, practice=True, clock=self.clock, password_cost=PRACTICE_COST,
            exchanging=False, follows_hub_clock=own_clock,
        )  # fmt: skip


def _hub(folder: Path) -> HubServer:
    """The province's hub in a process of its own, over TLS, on the port it had before if that is free."""
    place = folder / "tinh"
    province.found(place)
    kept = place / "port"
    before = int(kept.read_text("ascii")) if kept.exists() else 0
    try:
        server = HubServer(place, practice=True, port=before).start()
    except HubNotStarted:
        if before == 0:
            raise
        server = HubServer(place, practice=True).start()
    kept.write_text(str(server.port), "ascii")
    return server


def _known(program: RunningProgram) -> Founded:
    """Who works in a world that was made earlier."""
    from counter_app.storage.queries import unit

    with program.opened.store.read() as connection:
        return Founded({row.login: row.id for row in unit.officials(connection)})
