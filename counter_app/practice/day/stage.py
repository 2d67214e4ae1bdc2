"""Where the day is played: the world, the seats, what was said, where papers and pictures go."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.clock import FixedClock
from counter_app.composition.running import RunningProgram
from counter_app.domain.dates import vn_datetime
from counter_app.practice.day.seat import Seat
from counter_app.practice.world import PracticeWorld
from sync.hub.hub import Hub
from sync.hub.serving.server import HubServer
from sync.protocol.naming.ids import EntryId, Journal, Seq

MORNING = 1_795_132_800_000
"""2026-11-20 07:00 in Viet Nam, a Friday, ms."""
NOBODY = EntryId(Journal(0), Seq(0))
FIRST, DESK = 0, 1
"""Places of the two counters: QUẦY-01 and BÀN KÝ."""


@dataclass
class Stage:
    """One day. ``facts`` of later steps: what was taken in, numbered, kept."""

    out: Path
    clock: FixedClock
    world: PracticeWorld
    seats: dict[int, Seat] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    slips: dict[str, tuple[EntryId, str]] = field(default_factory=dict)
    """Request and digits of its barcode by the identity number of the person."""
    dossiers: dict[str, tuple[EntryId, str]] = field(default_factory=dict)
    """Dossiers of the day by what the steps call them, each with the digits of its barcode."""
    copy_codes: list[str] = field(default_factory=list)
    """QR texts of the copies of the big lot, in the order printed."""
    group: EntryId = NOBODY
    """The school's group, once it is written."""
    struck: int = 0
    lost_number: int = 0
    lost_code: str = ""
    """What the pen PC gave last before it died, and the QR on that copy."""
    refused_easy_pin: bool = False
    hub_port: int = 0
    pictures: int = 0

    def say(self, words: str) -> None:
        """One line of the day, with the moment it is played at."""
        line = f"{vn_datetime(self.clock.at):%H:%M}  {words}"
        self.told.append(line)
        print(line, flush=True)

    def at(self, hour: int, minute: int) -> None:
        """Time passes to ``hour:minute`` of the day, never back."""
        start = MORNING - 7 * 60 * 60_000
        self.clock.at = max(self.clock.at, start + (hour * 60 + minute) * 60_000)
        for seat in self.seats.values():
            seat.application._tick()  # what the frame's own timer does every ten seconds

    # --- counters ---

    def program(self, counter: int) -> RunningProgram:
        """The open program of a counter."""
        return self.world.programs[counter]

    def seat(self, counter: int) -> Seat:
        """Somebody sits down before this counter's window; every other window is left."""
        for place, other in self.seats.items():
            if place != counter:
                other.leave()
        if counter not in self.seats:
            self.seats[counter] = Seat(self.program(counter))
        else:
            self.seats[counter].sit()
        return self.seats[counter]

    def close_seat(self, counter: int) -> None:
        """The window of a counter goes (its PC is switched off, or was destroyed)."""
        seat = self.seats.pop(counter, None)
        if seat is not None:
            seat.close()

    # --- the line ---

    def line_down(self) -> None:
        """The province cannot be reached: its process ends."""
        self.hub_port = self.world.server.port
        self.world.server.stop()

    def line_up(self) -> None:
        """The province answers again at the address it had."""
        self.world.server = HubServer(self.world.hub_folder, practice=True, port=self.hub_port).start()

    def hub(self) -> Hub:
        """The province's side, to look or to act; close it (``with``)."""
        return Hub.open(self.world.hub_folder, practice=True)

    # --- what stays ---

    def picture(self, seat: Seat, name: str) -> None:
        """The window as numbered PNG under ``screens/``."""
        self.pictures += 1
        seat.picture(self.out / "screens" / f"{self.pictures:02d}-{name}.png")

    def papers(self, counter: int) -> list[Path]:
        """Papers this counter printed, oldest first."""
        found = self.program(counter).areas.work.papers_folder.glob("*.pdf")
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))

    def keep_papers(self) -> int:
        """Copies every paper of every counter into ``papers/<counter>/``; returns how many."""
        kept = 0
        for place in sorted(self.world.folder.glob("quay-*")):
            target = self.out / "papers" / place.name
            for paper in sorted((place / "papers").glob("*")):
                if paper.is_file():
                    target.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(paper, target / paper.name)
                    kept += 1
        return kept

    def close(self) -> None:
        """Windows, counters and hub end."""
        for counter in tuple(self.seats):
            self.close_seat(counter)
        self.world.close()
