"""The last steps of a PC that a unit's provisioning made a counter: right after it, or at the next start."""

from __future__ import annotations

import platform
from contextlib import suppress
from pathlib import Path

from counter_app.composition.running import RunningProgram
from counter_app.errors import OutsideError
from counter_app.services.enrolment.arriving import Arrival
from counter_app.services.enrolment.provisioning import beside_program
from counter_app.services.exchange.places import plugged_in
from counter_app.services.papers import printers
from counter_app.services.ports.enrolment import StepView
from counter_app.settings import Settings
from sync.protocol.meeting.seat_note import SeatNote


def arrive(
    program: RunningProgram, beside: tuple[Path, ...], sticks: tuple[Path, ...]
) -> tuple[StepView, ...]:
    """What enrolment left to do, as ``Arrival.go_on``; empty when nothing was left. Raises ``StoreError``."""
    work = program.areas.work

    def note() -> SeatNote:
        place = work.place
        return SeatNote(
            place.unit,
            place.counter_number,
            place.counter_name,
            work.journal,
            work.now(),
            platform.node()[:200],
        )

    def take(path: str) -> str:
        return program.exchange.import_file(path).sentence

    return Arrival(program.opened.store, take, printers.names, beside, sticks, note).go_on()


def arrive_at_start(program: RunningProgram, settings: Settings) -> None:
    """A power cut stopped the first start: go on where it was; a disk that refuses is told by the screens."""
    with suppress(OutsideError):
        arrive(program, beside_program(settings.paths.home), tuple(plugged_in()))
