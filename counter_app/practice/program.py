"""The practice commune as one program: made at the first start, opened again at later ones."""

from __future__ import annotations

from pathlib import Path

from counter_app.composition.running import RunningProgram
from counter_app.practice.world import PracticeWorld

_MADE = "made"


def open_practice_program(folder: Path) -> RunningProgram:
    """The first counter of the practice world in ``folder``; the hub ends with it.

    A world whose making was interrupted is put aside and made anew: nothing in it was anybody's work.
    """
    mark = folder / _MADE
    if mark.exists():
        world = PracticeWorld.open(folder)
    else:
        if folder.exists() and any(folder.iterdir()):
            folder.rename(_free_name(folder))
        folder.mkdir(parents=True)
        world = PracticeWorld.create(folder, counters=2, exchanging=True)
        mark.touch()
    program = world.programs[0]
    program.at_end = world.close
    return program


def _free_name(folder: Path) -> Path:
    """A name beside ``folder`` that nothing has yet."""
    number = 1
    while (other := folder.with_name(f"{folder.name}-{number}")).exists():
        number += 1
    return other
