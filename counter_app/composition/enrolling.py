"""A PC that is no counter yet, from its first page or a command: file shown, store made, life opened.

Nothing here leaves a PC half enrolled: the store's key comes before the store, the journal's keys before the
journal, and whatever a power cut left of them is taken up or begun again by the next try.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from counter_app.composition import compose
from counter_app.composition.arriving import arrive
from counter_app.composition.ownership import Ownership
from counter_app.devices.secrets import keyring_works
from counter_app.paths import Paths
from counter_app.services.enrolment.enrol import NOWHERE, Enrolment, Source, enrol
from counter_app.services.enrolment.opening import OpenedStore, make_store, service_of
from counter_app.services.enrolment.provisioning import (
    beside_program,
    checked,
    drop_setups_copy,
    find_files,
    read_file,
    setups_folder,
    view_of,
)
from counter_app.services.enrolment.seats import check_free, notes_near, seat_for
from counter_app.services.enrolment.steps import FILE, JOURNAL, STORE, StepBoard
from counter_app.services.exchange.places import plugged_in
from counter_app.services.ports.enrolment import (
    KNOWN_PASSPHRASE,
    NEW_PASSPHRASE,
    NO_PASSPHRASE,
    EnrolledView,
    FoundFile,
    PcState,
    ProvisionView,
    StepView,
)
from counter_app.services.ports.program import Program
from counter_app.settings import Settings
from counter_app.storage.keeping.restore import move_aside
from counter_app.storage.store_errors import disk_words

Opening = Callable[..., OpenedStore]


class Enrolling:
    """Implements ``EnrolmentPort`` for the PC of ``settings``.

    ``beside`` and ``sticks`` are where provisioning files are looked for; None asks the system.
    """

    def __init__(
        self,
        settings: Settings,
        beside: tuple[Path, ...] | None = None,
        sticks: tuple[Path, ...] | None = None,
    ) -> None:
        self._settings = settings
        self._beside = beside_program(settings.paths.home) if beside is None else beside
        self._sticks = sticks
        self._board = StepBoard()

    def state(self) -> PcState:
        """What this PC is before its program opens."""
        paths = self._settings.paths
        return PcState(paths.store.exists(), self._passphrase(), self._settings.practice)

    def _passphrase(self) -> str:
        if self._settings.passphrase is not None:
            return NO_PASSPHRASE
        if self._settings.paths.secrets.exists():
            return KNOWN_PASSPHRASE
        return NO_PASSPHRASE if keyring_works(service_of(self._settings.paths)) else NEW_PASSPHRASE

    def find(self) -> tuple[FoundFile, ...]:
        """Provisioning files on sticks and beside the program."""
        return find_files(self._beside, self._sticks)

    def look(self, path: str) -> ProvisionView:
        """What the file holds, after every check."""
        file, settings = Path(path), self._settings
        provision = checked(read_file(file), settings.clock.now(), settings.practice)
        return view_of(file, provision, self._plugged_in())

    def enrol(self, path: str, passphrase: str, keep_file: bool, counter: int = 0) -> EnrolledView:
        """Make this PC the counter of the file; a file for this PC alone is deleted: it holds grants."""
        file, settings = Path(path), self._with(passphrase)
        self._board.begin()
        with self._board.at(FILE):
            data = read_file(file)
            whole = checked(data, settings.clock.now(), settings.practice)
            number = seat_for(whole, counter).granted().counter
            check_free(notes_near(file, whole.unit, self._plugged_in()).get(number))
        enrol_here(settings, data, counter=number, source=Source(path, keep_file), board=self._board)
        if keep_file or whole.made:  # a unit's file is cleared away by what is done next
            return EnrolledView()
        try:
            file.unlink(missing_ok=True)
            drop_setups_copy(data, setups_folder())
        except OSError:  # a stick that cannot be written
            return EnrolledView(file.name)
        return EnrolledView()

    def steps(self) -> tuple[StepView, ...]:
        """How far it is."""
        return self._board.view()

    def open(self, passphrase: str) -> Program:
        """The program of this PC; what enrolment left to do is done first."""
        program = compose(self._with(passphrase))
        try:
            self._board.finish(arrive(program, self._beside, self._plugged_in()))
        except BaseException:
            program.close()
            raise
        return program

    def _plugged_in(self) -> tuple[Path, ...]:
        return tuple(plugged_in()) if self._sticks is None else self._sticks

    def _with(self, passphrase: str) -> Settings:
        return replace(self._settings, passphrase=passphrase) if passphrase else self._settings


def enrol_here(
    settings: Settings,
    data: bytes,
    unit: str = "",
    *,
    counter: int = 0,
    source: Source = NOWHERE,
    board: StepBoard | None = None,
) -> Enrolment:
    """Store, keys and life 1 from the bytes of a provisioning file; checked before anything is made.

    Raises DomainError ``enrol.*``, ``StoreError``, ``SecretError``.
    """
    steps = board or StepBoard()
    if not settings.paths.store.exists():
        seat_for(checked(data, settings.clock.now(), settings.practice, unit), counter)

    def making(paths: Paths, passphrase: str | None) -> OpenedStore:
        with steps.at(STORE):
            return make_store(paths, passphrase)

    with owned_store(settings, making) as opened, steps.at(JOURNAL):
        return enrol(
            opened, data, settings.clock.now(), practice=settings.practice, unit=unit, counter=counter,
            source=source,
        )  # fmt: skip


def set_aside(settings: Settings) -> None:
    """Another PC has this PC's seat, and nobody believes what was done here: the store is kept apart.

    It stays encrypted under this PC's key, for a person who enters its acts again from their papers. Raises
    ``StoreError`` ``store.in_use`` while the program runs.
    """
    owned = Ownership(settings.paths.lock)
    try:
        with disk_words():
            move_aside(settings.paths.store, settings.clock.now())
    finally:
        owned.release()


@contextmanager
def owned_store(settings: Settings, opening: Opening) -> Iterator[OpenedStore]:
    """The store as its one owner, for as long as the block runs. Raises ``StoreError`` ``store.in_use``."""
    with disk_words():
        settings.paths.prepare()
    owned = Ownership(settings.paths.lock)
    try:
        opened = opening(settings.paths, settings.passphrase)
        try:
            yield opened
        finally:
            opened.store.close()
    finally:
        owned.release()
