"""One counter as it stands on a real PC: enrolled by a file, keys in a sealed file, composed."""

from __future__ import annotations

from pathlib import Path

from counter_app.clock import FixedClock
from counter_app.composition import compose
from counter_app.composition.running import RunningProgram
from counter_app.paths import Paths
from counter_app.practice import people, province, seeding
from counter_app.practice.seeding import Founded
from counter_app.services.enrolment.enrol import enrol
from counter_app.services.enrolment.opening import make_store
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.settings import PRACTICE_COST, Settings
from sync.client.engine import Engine, HubIdentity
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.naming.ids import EntryId
from tests.support import authority
from tests.support.counter import MORNING
from tests.support.invariants import broken, rows, stale
from tests.unit.hub.commune import Direct

PASSPHRASE = "may tap huan"


def settings_of(home: Path, later_ms: int = 0, passphrase: str = PASSPHRASE) -> Settings:
    """How the program of ``home`` starts; nothing exchanges by itself."""
    clock = FixedClock(MORNING + later_ms, step=1)
    return Settings(
        Paths(home), passphrase, practice=True, clock=clock, password_cost=PRACTICE_COST, exchanging=False,
        follows_hub_clock=False,
    )  # fmt: skip


class Desk:
    """The practice province in a folder and one counter enrolled at it; no sockets."""

    def __init__(self, folder: Path, name: str = "QUẦY-01", home: str = "quay-01") -> None:
        self.folder = folder
        self.name = name
        self.home = folder / home
        self.province = folder / "tinh"
        self.founded = Founded()

    def make(self, requests: int = 2) -> None:
        """Province, counter, officials, a register, ``requests`` taken in, everything at the province."""
        province.found(self.province)
        program = self.enrol()
        self.founded = seeding.found(program)
        for place in range(requests):
            self.take_in(program, place)
        self.meet(program)
        program.close()

    def sibling(self) -> Desk:
        """The unit's second counter, which learnt everything from the province; closed."""
        other = Desk(self.folder, "QUẦY-02", "quay-02")
        program = other.enrol()
        seeding.admit(program, self.founded)
        other.founded = self.founded
        other.meet(program)
        program.close()
        mine = self.start(30_000)
        self.meet(mine)
        mine.close()
        return other

    def provisioned(self) -> bytes:
        """A provisioning file for this counter."""
        return province.provision(self.province, self.name, "https://tinh.invalid", authority.pem())

    def enrol(self) -> RunningProgram:
        """Enrolled, printers chosen, met the province once; the program runs."""
        settings = settings_of(self.home)
        opened = make_store(settings.paths, settings.passphrase)
        enrol(opened, self.provisioned(), settings.clock.now())
        opened.store.close()
        program = compose(settings)
        seeding.equip(program)
        self.meet(program)
        return program

    def hub(self) -> Hub:
        """The province."""
        return Hub.open(self.province, practice=True, now=FixedClock(MORNING + 60_000, step=1).now)

    def meet(self, program: RunningProgram) -> None:
        """Exchange until idle, twice, the hub reads between."""
        with self.hub() as hub:
            engine = self.engine(program, hub)
            for _ in range(2):
                engine.until_idle()
                hub.read()

    def engine(self, program: RunningProgram, hub: Hub) -> Engine:
        """An engine on a line without a wire."""
        identity = HubIdentity(hub.public_key, dictionaries=load_dictionary)
        files = program._exchange.files
        return Engine(
            files.port, Direct(hub), program.opened.store.author.key, identity, program.now, lambda: 0
        )

    def start(self, later_ms: int = 3_600_000, passphrase: str = PASSPHRASE) -> RunningProgram:
        """The program starts on what is in the folder."""
        return compose(settings_of(self.home, later_ms, passphrase))

    def take_in(self, program: RunningProgram, place: int) -> EntryId:
        """One request of a practice person."""
        program.session.sign_in(self.founded.officials[people.CLERK], people.PASSWORD)
        who = PersonForm(
            f"012086{place % 1_000_000:06d}",
            f"TẬP HUẤN {chr(65 + place % 26)}",
            "14/03/1986",
            "Bản Nà Khan",
            sex="male",
        )
        row = RowForm("gks 1x2", "", program.now(), ("original.today",))
        return program.copies.commit(RequestForm(who, (row,), given="100000")).request

    def number(self, program: RunningProgram) -> tuple[int, int]:
        """The deputy numbers what waits."""
        program.session.sign_in(self.founded.officials[people.SIGNER], people.PASSWORD)
        pen = program.signing.pen()
        if pen.paper_witness_needed or pen.date_confirmation_needed:
            program.signing.confirm_witness(pen.last_number, people.PIN)
        done = program.signing.number(tuple(row.request for row in program.signing.pile()), people.PIN)
        return done.first, done.last


def sound(program: RunningProgram) -> list[str]:
    """What the invariants say of one store."""
    store = program.opened.store
    return broken(store) + stale(store)


def requests_held(program: RunningProgram) -> set[int]:
    """Keys of the requests the program reads."""
    return {key for (key,) in rows(program.opened.store, "SELECT id FROM requests")}
