"""Updates of this PC: when they are looked for, what they are tried on, and what is said of them.

By itself the program looks twice a day, never while the unit is open: a version in place is taken by the
next start,
and a morning should begin with the program of the evening before or with one that was tried overnight. A
technician
may ask at any hour.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
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
from counter_app.services.exchange.thrift import Thrift
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import GOOD, LOOK, CheckRow
from counter_app.services.technician.backups import Backups
from counter_app.services.workplace import Workplace
from counter_app.updates import trials
from counter_app.updates.gathering import Gathering
from counter_app.updates.installation import Installation, installation
from counter_app.updates.manifest import MOST_BYTES
from counter_app.updates.sharing import Sharing
from counter_app.updates.sources import MANIFEST, FolderSource, MeteredSource, Source, manifest_bytes
from counter_app.updates.updating import Look, State, Trial, Updater
from counter_app.updates.words import UpdateError
from sync.client.lan import shelf
from sync.client.lan.siblings import Ask, InContact, Siblings
from sync.protocol.naming.ids import device_of

EVERY_S: Final = 12 * 3_600
SPREAD_S: Final = 3_600
"""Within so long after closing a PC looks, each at a moment of its own: the first serves the others."""
_AWAY: Final = ("update.missing", "update.not_now")
_QUIET: Final = (*_AWAY, "update.later", "update.not_installed", "update.no_keys")
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
    thrift: Thrift | None = None
    chance: Callable[[], float] = random.random
    _one: threading.Lock = field(default_factory=threading.Lock)
    _looked: float | None = None
    _from: float | None = None

    def __post_init__(self) -> None:
        """Nobody is met yet."""
        self.sharing = Sharing(self.find)
        self.meet(lambda: (), lambda *_: b"")

    def meet(self, in_contact: InContact, ask: Ask, settle: Callable[[float], object] = time.sleep) -> None:
        """From now on siblings are asked first; ``settle`` waits some seconds."""
        self._gathering = Gathering(Siblings(in_contact, ask), self.sharing, self.work.journal, settle)

    def check(self) -> Told:
        """Ask the hub what it has for this PC; fetches nothing. Raises UpdateError."""
        with self.hub() as source:
            return _told(self._look(self._updater(), self._metered(source, asked=True), asked=False))

    def now(self) -> Told:
        """Take what the hub has, whatever the ring and the hour. Raises UpdateError."""
        with self.hub() as source:
            return self._take(self._metered(source, asked=True), asked=True)

    def from_file(self, folder: str) -> Told:
        """Take what lies in a folder: a stick, a share, a sibling's. Raises UpdateError."""
        place = Path(folder)
        source = FolderSource(place.parent if place.is_file() else place)
        updater = self._updater()
        with self._one:
            look = updater.look(source, self.work.clock.now(), asked=True)
            if look.state is not State.OFFERED:
                return _told(look)
            self_test, rehearsal = self._trials(updater)
            came = updater.take(source, look, self_test=self_test, rehearsal=rehearsal)
        return Told(State.READY, look.version, _said(State.READY, look.version), came)

    def pause(self, on: bool) -> Told:
        """This PC takes nothing by itself until told otherwise, or takes it again. Raises UpdateError."""
        found = self.find()
        found.folder.pause(on)
        words = ("Máy này tạm không tự cập nhật.", "This PC takes no updates by itself.")
        again = ("Máy này lại tự cập nhật.", "This PC takes updates by itself again.")
        return Told(State.PAUSED if on else State.NONE, found.running.version, say(*(words if on else again)))

    def by_itself(self) -> None:
        """Look, and take, when it is time: twice a day, never while the unit is open. Says nothing, notes
        trouble. Who stood back for a sibling, or for the line, looks again at the next call."""
        if self.is_open():
            self._from = None
            return
        if not self._is_due():
            return
        self._looked = self.ticks()
        self.trouble = None
        try:
            with self.hub() as source:
                self._take(self._metered(source, asked=False), asked=False)
        except UpdateError as error:
            if error.code not in _QUIET:
                self.trouble = error
            if error.code in ("update.later", "update.not_now"):
                self._looked = None
        except OutsideError as error:  # no backup could be made to try on
            self.trouble = error

    def _is_due(self) -> bool:
        now = self.ticks()
        if self._looked is not None and now - self._looked < EVERY_S:
            self._from = None
            return False
        if self._from is None:
            self._from = now + self.chance() * SPREAD_S
        return now >= self._from

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
        if name := self._gathering.waiting_for:
            told = say(
                f"Bản {version}; {name} đang tải bản mới", f"Version {version}; {name} fetches a newer"
            )
            return _row(GOOD, told)
        return _row(GOOD, say(f"Bản {version}", f"Version {version}"))

    def _take(self, source: Source, *, asked: bool) -> Told:
        with self._one:
            updater = self._updater()
            look = self._look(updater, source, asked=asked)
            if look.state is not State.OFFERED:
                return _told(look)
            trials_ = self._trials(updater)
            came, giver = self._gathering.take(updater, source, look, trials_, patient=not asked)
        return Told(State.READY, look.version, _from(giver, look.version), came)

    def _look(self, updater: Updater, source: Source, *, asked: bool) -> Look:
        """What hub and siblings offer: the hub's manifest, a newer one of a sibling, else the last one kept.

        Raises UpdateError: what the hub gave is refused aloud; of siblings only where nobody gave a good one.
        """
        now = self.work.clock.now()
        found: Look | None = None
        away = False
        trouble: UpdateError | None = None
        try:
            data = manifest_bytes(source)
        except UpdateError as error:
            if error.code not in _AWAY:
                raise
            trouble, away = error, True
        else:
            found = updater.judge(data, now, asked=asked)
        for data in self._newer(updater):
            try:
                found = updater.judge(data, now, asked=asked)
                break
            except UpdateError as error:
                trouble = error
        if found is None and (data := updater.installed.folder.kept(MANIFEST)):
            with suppress(UpdateError):  # the one seen last has run out: nothing newer is known
                found = updater.judge(data, now, asked=asked)
        if found is None or (away and found.state is State.NONE and trouble is not None):
            assert trouble is not None
            raise trouble  # that there is nothing newer only the hub can say
        return found

    def _newer(self, updater: Updater) -> Iterator[bytes]:
        """Manifests of siblings that say they are newer than any seen, newest first."""
        siblings, seen = self._gathering.siblings, updater.installed.folder.seen().serial
        newer = [one for one in siblings.look() if one.item.kind == shelf.MANIFEST and one.item.number > seen]
        for offer in sorted(newer, key=lambda one: -one.item.number):
            data = siblings.whole(offer, MOST_BYTES)
            if data is not None:
                yield data

    def _metered(self, source: Source, *, asked: bool) -> Source:
        """The hub within what the line may cost; what comes by itself ends when the unit opens."""
        thrift = self.thrift
        if thrift is None:
            return source
        return MeteredSource(
            source, lambda: thrift.may_load(asked=asked) and (asked or not self.is_open()), thrift.spend
        )

    def _trials(self, updater: Updater) -> tuple[Trial, Trial]:
        python = updater.installed.python
        return partial(trials.self_test, python), partial(self._rehearse, python)

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


def _from(giver: str, version: str) -> str:
    """That it is in place; and from whom, where a sibling gave it."""
    told = _said(State.READY, version)
    if not giver:
        return told
    return f"{told} {say(f'Lấy từ {giver} qua mạng nội bộ.', f'It came from {giver} over the LAN.')}"


def _pair(error: OutsideError) -> tuple[str, str]:
    return error.words("vi").title, error.words("en").title


def _remedy(error: OutsideError) -> tuple[str, str]:
    return error.words("vi").remedy, error.words("en").remedy


def _row(verdict: str, words: str, remedy: str = "") -> CheckRow:
    return CheckRow("update", "refresh", say("Bản cập nhật", "Updates"), verdict, words, remedy)
