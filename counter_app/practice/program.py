"""The practice commune as one program: made at the first start, opened again at later ones."""

from __future__ import annotations

from pathlib import Path

from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.practice.world import PracticeWorld
from counter_app.storage.store_errors import disk_words

_BEGUN, _MADE = "begun", "made"


def open_practice_program(folder: Path) -> RunningProgram:
    """The first counter of the practice world in ``folder``, which may be new, empty or a world's.

    The hub ends with it. A world whose making was interrupted is put aside and made anew: nothing in it was
    anybody's work. Raises DomainError ``practice.folder`` for a folder with other things in it, StoreError
    where the disk refuses.
    """
    mark = folder / _MADE
    if mark.exists():
        world = PracticeWorld.open(folder)
    else:
        with disk_words():
            _make_room(folder)
        world = PracticeWorld.create(folder, counters=2, exchanging=True)
        mark.touch()
    program = world.programs[0]
    program.at_end = world.close
    return program


def _make_room(folder: Path) -> None:
    """An empty folder, marked as ours from now on."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _BEGUN).exists():
            raise DomainError(
                f"Thư mục {folder.name} có tệp khác, không phải nơi tập huấn.", "Chưa có gì thay đổi.",
                "Chọn thư mục trống hoặc chưa có.", "home", code="practice.folder",
                title_en=f"The folder {folder.name} holds other files and no practice world.",
                meaning_en="Nothing was changed.", remedy_en="Choose an empty folder, or a new one.",
            )  # fmt: skip
        folder.rename(_free_name(folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _BEGUN).touch()


def _free_name(folder: Path) -> Path:
    """A name beside ``folder`` that nothing has yet."""
    number = 1
    while (other := folder.with_name(f"{folder.name}-{number}")).exists():
        number += 1
    return other
