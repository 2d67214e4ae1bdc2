"""Updates of this PC: when they are looked for, what they are tried on, and what is said of them.

By itself the program looks twice a day, never while the unit is open: a version in place is taken by the
next start,
and a morning should begin with the program of the evening before or with one that was tried overnight. A
technician
may ask at any hour.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.errors import OutsideError
from counter_app.services.enrolment.enrol import Enrolment
from counter_app.services.enrolment.opening import OpenedStore, key_of
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import GOOD, LOOK, CheckRow
from counter_app.services.technician.backups import Backups
from counter_app.services.workplace import Workplace
from counter_app.updates import trials
from counter_app.updates.installation import Installation, installation
from counter_app.updates.sources import FolderSource, Source
from counter_app.updates.updating import Look, State, Updater
from counter_app.updates.words import UpdateError
from sync.protocol.naming.ids import device_of

EVERY_S: Final = 12 * 3_600
_STATES: Final[dict[State, tuple[str, str]]] = {
    State.NONE: ("Đang dùng bản mới nhất ({0}).", "This is the newest version ({0})."),
    State.NOT_YET: ("Bản {0} sẽ đến máy này ở đợt sau.", "Version {0} comes to this PC in a later ring."),
    State.PAUSED: ("Bản {0} đang tạm dừng.", "Version {0} is paused."),
    State.OFFERED: ("Có bản {0}.", "Version {0} is offered."),
    State.READY: (
        "Bản {0} đã sẵn sàng, dùng từ lần khởi động sau.",
        "Version {0} is in place for the next start.",
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a look: ``state``, the version it is about, a sentence, bytes to fetch or fetched."""

    state: str
    version: str
    words: str
    bytes: int = 0


@dataclass
class Updates:
    """The updates of a running counter. ``hub`` opens the province's hub as a source, on use."""

    work: Workplace
    opened: OpenedStore
    enrolled: Enrolment
    saved: Backups
    trials: Path
    hub: Callable[[], AbstractContextManager[Source]]
    find: Callable[[], Installation] = installation
    ticks: Callable[[], float] = time.monotonic
    trouble: OutsideError | None = None
    _one: threading.Lock = field(default_factory=threading.Lock)
    _looked: float | None = None

    def check(self) -> Told:
        """Ask the hub what it has for this PC; fetches nothing. Raises UpdateError."""
        updater = self._updater()
        with self.hub() as source:
            return _told(updater.look(source, self.work.clock.now()))

    def now(self) -> Told:
        """Take what the hub has, whatever the ring and the hour. Raises UpdateError."""
        with self.hub() as source:
            return self._take(source, asked=True)

    def from_file(self, folder: str) -> Told:
        """Take what lies in a folder: a stick, a share, a sibling's. Raises UpdateError."""
        place = Path(folder)
        return self._take(FolderSource(place.parent if place.is_file() else place), asked=True)

    def pause(self, on: bool) -> Told:
        """This PC takes nothing by itself until told otherwise, or takes it again. Raises UpdateError."""
        found = self.find()
        found.folder.pause(on)
        words = ("Máy này tạm không tự cập nhật.", "This PC takes no updates by itself.")
        again = ("Máy này lại tự cập nhật.", "This PC takes updates by itself again.")
        return Told(State.PAUSED if on else State.NONE, found.running.version, say(*(words if on else again)))

    def by_itself(self) -> None:
        """Look, and take, when it is time: twice a day, never while the unit is open. Says nothing, notes
        trouble."""
        due = self._looked is None or self.ticks() - self._looked >= EVERY_S
        if not due or self.is_open():
            return
        self._looked = self.ticks()
        self.trouble = None
        try:
            with self.hub() as source:
                self._take(source, asked=False)
        except UpdateError as error:
            if error.code not in ("update.missing", "update.not_installed", "update.no_keys"):
                self.trouble = error
        except OutsideError as error:  # no backup could be made to try on
            self.trouble = error

    def is_open(self) -> bool:
        """Is it between the day's first hour and its last, lunch too? Unknown hours count as open by day."""
        moment = vn_datetime(self.work.now())
        with suppress(DomainError), self.work.store.read() as connection:
            sessions = self.work.rules(connection).calendar.sessions(moment.date())
            return bool(sessions) and sessions[0][0] <= moment.time() <= sessions[-1][1]
        return 6 <= moment.hour < 20

    def row(self) -> CheckRow | None:
        """The line of the self-test; None for a program that is not installed."""
        try:
            found = self.find()
        except UpdateError:
            return None
        version, waiting = found.running.version, Updater(found, self.enrolled.unit, 0).in_place()
        if self.trouble is not None:
            return _row(LOOK, say(*_pair(self.trouble)), say(*_remedy(self.trouble)))
        if found.folder.paused:
            remedy = say(
                "Lệnh: commune-counter update pause --off", "Command: commune-counter update pause --off"
            )
            return _row(LOOK, say(f"Bản {version}; đang tạm dừng", f"Version {version}; paused"), remedy)
        if waiting:
            return _row(GOOD, _said(State.READY, waiting))
        return _row(GOOD, say(f"Bản {version}", f"Version {version}"))

    def _take(self, source: Source, *, asked: bool) -> Told:
        with self._one:
            updater = self._updater()
            look = updater.look(source, self.work.clock.now(), asked=asked)
            if look.state is not State.OFFERED:
                return _told(look)
            python = updater.installed.python
            came = updater.take(
                source,
                look,
                self_test=partial(trials.self_test, python),
                rehearsal=partial(self._rehearse, python),
            )
            return Told(State.READY, look.version, _said(State.READY, look.version), came)

    def _rehearse(self, python: str, application: Path) -> None:
        backup = Path(self.saved.make().path)
        trials.rehearse(python, application, backup, key_of(self.opened.secrets), self.trials)

    def _updater(self) -> Updater:
        return Updater(self.find(), self.enrolled.unit, device_of(self.enrolled.journal))


def _told(look: Look) -> Told:
    return Told(look.state, look.version, _said(look.state, look.version), look.bytes)


def _said(state: State, version: str) -> str:
    vi, en = _STATES[state]
    return say(vi.format(version), en.format(version))


def _pair(error: OutsideError) -> tuple[str, str]:
    return error.words("vi").title, error.words("en").title


def _remedy(error: OutsideError) -> tuple[str, str]:
    return error.words("vi").remedy, error.words("en").remedy


def _row(verdict: str, words: str, remedy: str = "") -> CheckRow:
    return CheckRow("update", "refresh", say("Bản cập nhật", "Updates"), verdict, words, remedy)
