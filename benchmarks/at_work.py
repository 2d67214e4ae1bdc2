"""One PC's whole program at work: real window, real store, a robot at the keyboard, the hub beside it.

``Desk`` plays an hour of a counter: people sign in, requests are typed and saved, the pile is numbered and
confirmed, copies are handed over, every screen is looked at, the province is met. ``Watch`` listens to the
main thread while that goes on.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt

from counter_app.clock import FixedClock
from counter_app.composition.running import RunningProgram
from counter_app.practice import people
from counter_app.practice.day.citizens import citizen
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import FIRST, MORNING, Stage
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.practice.day.steps.taking_in import ROUTINE, card_and_rows
from counter_app.practice.day.steps.the_pile import number
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm

HOUR_MS = 3_600_000
TICKS_AN_HOUR = 360
"""The frame looks at its clock each ten seconds."""
EXCHANGES_AN_HOUR = 12
HELD_MS = 50.0
OTHERS = 4_000
"""Citizens from here on come to no window: one person, the same papers twice would have to be looked at."""


class Watch(QObject):
    """Pieces of the main thread's time between two events delivered, while it watches.

    Processor time of this thread, not the clock's: on a machine shared with others a late turn is nobody's
    fault. ``worst_ms`` and how many pieces were longer than ``HELD_MS``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.worst_ms, self.long, self.turns = 0.0, 0, 0
        self._since = time.thread_time()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every event delivered ends a piece."""
        now = time.thread_time()
        piece = (now - self._since) * 1e3
        self.worst_ms = max(self.worst_ms, piece)
        self.long += piece > HELD_MS
        self.turns += 1
        self._since = now
        return False


@contextlib.contextmanager
def watching(seat: Seat) -> Iterator[Watch]:
    """The main thread watched while the block runs."""
    watch = Watch()
    app = seat._app
    app.installEventFilter(watch)
    try:
        yield watch
    finally:
        app.removeEventFilter(watch)


def commit(program: RunningProgram, place: int) -> None:
    """The ``place``-th citizen's request of two originals, by the service."""
    who = citizen(place)
    form = PersonForm(
        who.number, who.name, f"{who.birth[:2]}/{who.birth[2:4]}/{who.birth[4:]}", who.home, sex="male"
    )
    rows = tuple(RowForm(text, "", program.now(), ("original.today",)) for text in ROUTINE[:2])
    program.copies.commit(RequestForm(form, rows, given="100000"))


class Desk:
    """The first counter of a practice world and its window. Close it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(MORNING + HOUR_MS, step=1)
        self.world = PracticeWorld.create(folder, 1, clock=self.clock)
        self.stage = Stage(folder, self.clock, self.world)
        self.served = 0
        self.program = self.world.programs[FIRST]
        self.seat = self.sit(people.CLERK)
        gc.freeze()  # as the program itself does ten seconds after its start

    def sit(self, login: str) -> Seat:
        """Somebody signs in at this PC; who sat there is locked out."""
        with contextlib.redirect_stdout(io.StringIO()):
            return sign_in(self.stage, login)

    def take_in(self, count: int) -> None:
        """``count`` citizens: a card, two rows, F9, one strip each. RuntimeError when one is not saved."""
        for _ in range(count):
            rows = (ROUTINE[(self.served + place) % len(ROUTINE)] for place in range(2))
            card_and_rows(self.seat, citizen(self.served), *rows)
            self.served += 1
            before = self._one("SELECT count(*) FROM requests")
            self.seat.commit()
            self.seat.until(lambda: not self.seat.view.model.busy, "lưu phiếu")
            self.seat.settle()
            if self._one("SELECT count(*) FROM requests") != before + 1:
                raise RuntimeError(f"not saved: {self.seat.bar()}")

    def number_pile(self) -> int:
        """The signatory numbers all that is complete; how many originals got a number."""
        self.seat.press(Qt.Key.Key_F7)
        before = self._lines()
        self.seat.press(Qt.Key.Key_A, CTRL)
        number(self.seat, (Qt.Key.Key_Return, CTRL))
        self.seat.settle()
        return self._lines() - before

    def confirm(self) -> None:
        """Everything that lies with the signatory was signed: each slip scanned, then F9."""
        here = {
            line.request
            for lot in self.program.signing.lots()
            for line in self.program.signing.lot_lines(lot.lot)
        }
        self.seat.press(Qt.Key.Key_4, CTRL)
        for request in sorted(here):
            self.seat.scan(self._code(request.key))
        self.seat.commit()

    def hand_over(self) -> int:
        """Every slip whose copies are ready is scanned and given; how many."""
        self.seat.press(Qt.Key.Key_F6)
        ready = [view.request for view in self.program.handover.waiting()]
        for request in ready:
            self.seat.scan(self._code(request.key))
            self.seat.commit()
        return len(ready)

    def look_around(self) -> int:
        """Every screen this person may open, once; how many."""
        names = sorted(name for name in self.seat.application._allowed if name)
        for name in names:
            self.seat.window.open_screen(name)
            self.seat.settle()
        return len(names)

    def hour(self, citizens: int) -> None:
        """An hour: taking in, the signatory's pile, handing over, every screen, the province."""
        self.sit(people.CLERK)
        self.take_in(citizens)
        self.look_around()
        self.sit(people.SIGNER)
        self.number_pile()
        self.confirm()
        self.look_around()
        self.sit(people.CLERK)
        self.hand_over()
        for turn in range(TICKS_AN_HOUR):
            self.clock.at += HOUR_MS // TICKS_AN_HOUR
            self.seat.application._tick()
            if turn % (TICKS_AN_HOUR // EXCHANGES_AN_HOUR) == 0:
                self.program.exchange.try_now()
                self.seat.settle()

    def pile(self, originals: int) -> None:
        """A pile of that many originals, two a request, by the service alone: nobody waits at the window."""
        self.sit(people.CLERK)
        for place in range(originals // 2):
            commit(self.program, OTHERS + place)

    def others(self, citizens: int) -> None:
        """A second counter of the unit whose day is at the province already, and not here."""
        other = self.world.add_counter("BÀN KÝ")
        self.world.sign_in(people.CLERK, 1)
        for place in range(citizens):
            commit(other, 2 * OTHERS + place)
        self.world.meet(other)

    def meet_others(self) -> int:
        """What others wrote arrives while the clerk here takes a citizen in; how many entries are new."""
        before = self._one("SELECT count(*) FROM entries")
        self.seat.application.background.run_query(self.program.exchange.try_now, lambda _: None)
        self.take_in(1)
        return self._one("SELECT count(*) FROM entries") - before

    def close(self) -> None:
        """Window, counter and hub end."""
        self.stage.close()

    def _lines(self) -> int:
        return self._one("SELECT count(*) FROM lines")

    def _code(self, request: int) -> str:
        return str(self._one("SELECT code FROM requests WHERE id = ?", request))

    def _one(self, sql: str, *values: int) -> int:
        with self.program.opened.store.read() as connection:
            found: int = connection.exec_driver_sql(sql, values).scalar_one()
        return found
