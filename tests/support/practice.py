"""Worlds for tests: one hub over TLS and one or two enrolled counters, on a scripted or the real clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.clock import FixedClock
from counter_app.composition.running import RunningProgram
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.copies import Committed, PersonForm, RequestForm, RowForm

MORNING = 1_795_134_600_000
"""2026-11-20 07:30 in Viet Nam, a Friday, ms."""


@contextmanager
def practice_world(folder: Path, counters: int = 1, **options: object) -> Iterator[PracticeWorld]:
    """A world whose clock stands at a Friday morning, closed at the end."""
    world = PracticeWorld.create(folder, counters, clock=FixedClock(MORNING, step=1), **options)  # type: ignore[arg-type]
    with world:
        yield world


def take_in(world: PracticeWorld, *rows: str, counter: int = 0) -> Committed:
    """The clerk takes a request in at a counter."""
    world.sign_in(people.CLERK, counter)
    program = world.programs[counter]
    person = PersonForm("012086006812", "HOÀNG VĂN SƠN", "14/03/1986", "Bản Nà Khan, xã Bình Lư", sex="male")
    seen = ("original.today",)
    ticked = tuple(RowForm(text, "", program.now(), seen) for text in (rows or ("gks 1x2",)))
    return program.copies.commit(RequestForm(person, ticked, given="100000"))


def waiting(program: RunningProgram) -> int:
    """Entries that are not at the province."""
    return program.exchange.status().waiting
