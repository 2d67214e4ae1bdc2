"""Updates of a real store on an installation that lies in a folder: what tests of the service stand on."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.clock import FixedClock
from counter_app.paths import Paths
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.enrolment.opening import OpenedStore
from counter_app.services.technician.backups import Backups
from counter_app.services.updates.updates import Updates
from counter_app.storage.keeping.copy_guard import Verdict
from counter_app.updates.installation import Installation
from counter_app.updates.sources import FolderSource, Source
from counter_app.updates.words import UpdateError
from tests.support.counter import MORNING, UNIT, Counter
from tests.unit.updates.publisher import Pc

HOUR = 3_600_000
NIGHT = MORNING + 14 * HOUR
SATURDAY = MORNING + 26 * HOUR
KEY = bytes(range(32))


class Secrets:
    """A place for keys that has the store's."""

    def get(self, name: str) -> str | None:
        return KEY.hex()

    def put(self, name: str, value: str) -> None:
        raise AssertionError("nothing is put")

    def delete(self, name: str) -> None:
        raise AssertionError("nothing is deleted")


@dataclass
class Desk:
    """Updates of a real store on an installation that lies in a folder."""

    counter: Counter
    pc: Pc
    paths: Paths
    ticks: float = 0.0
    drawn: float = 0.0
    asked: int = 0
    tried: list[tuple[str, Path]] = field(default_factory=list)
    installed: bool = True

    def __post_init__(self) -> None:
        work = self.counter.work
        opened = OpenedStore(work.store, Secrets(), b"", Verdict.SAME)  # type: ignore[arg-type]
        enrolled = Enrolment(UNIT, work.journal, "https://127.0.0.1", "", b"", "", 0)
        saved = Backups(work, self.paths)
        self.updates = Updates(
            work, opened, enrolled, saved, self.paths.trials, self.hub, self.found, lambda: self.ticks,
            chance=lambda: self.drawn,
        )  # fmt: skip

    def hub(self) -> AbstractContextManager[Source]:
        self.asked += 1
        return nullcontext(FolderSource(self.pc.stick))

    def found(self) -> Installation:
        if not self.installed:
            raise UpdateError("update.not_installed")
        return self.pc.installed

    def at(self, moment: int) -> None:
        clock = self.counter.work.clock
        assert isinstance(clock, FixedClock)
        clock.at = moment
