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
from counter_app.composition.ownership import Ownership
from counter_app.devices.secrets import keyring_works
from counter_app.services.enrolment.enrol import Enrolment, enrol
from counter_app.services.enrolment.opening import OpenedStore, make_store, service_of
from counter_app.services.enrolment.provisioning import (
    beside_program,
    checked,
    find_files,
    read_file,
    view_of,
)
from counter_app.services.ports.enrolment import (
    KNOWN_PASSPHRASE,
    NEW_PASSPHRASE,
    NO_PASSPHRASE,
    EnrolledView,
    FoundFile,
    PcState,
    ProvisionView,
)
from counter_app.services.ports.program import Program
from counter_app.settings import Settings
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
        return view_of(file, provision)

    def enrol(self, path: str, passphrase: str, keep_file: bool) -> EnrolledView:
        """Make this PC the counter of the file, then delete the file: it holds grants."""
        file, settings = Path(path), self._with(passphrase)
        enrol_here(settings, read_file(file))
        if keep_file:
            return EnrolledView()
        try:
            file.unlink(missing_ok=True)
        except OSError:  # a stick that cannot be written
            return EnrolledView(file.name)
        return EnrolledView()

    def open(self, passphrase: str) -> Program:
        """The program of this PC."""
        return compose(self._with(passphrase))

    def _with(self, passphrase: str) -> Settings:
        return replace(self._settings, passphrase=passphrase) if passphrase else self._settings


def enrol_here(settings: Settings, data: bytes, unit: str = "") -> Enrolment:
    """Store, keys and life 1 from the bytes of a provisioning file; checked before anything is made.

    Raises DomainError ``enrol.*``, ``StoreError``, ``SecretError``.
    """
    if not settings.paths.store.exists():
        checked(data, settings.clock.now(), settings.practice, unit)
    with owned_store(settings, make_store) as opened:
        return enrol(opened, data, settings.clock.now(), practice=settings.practice, unit=unit)


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
