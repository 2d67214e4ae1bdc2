"""``commune-counter diagnostics``: a bundle without personal data, also where the store does not open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.errors import OutsideError
from counter_app.settings import Settings

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram

Options = dict[str, Any]
Done = tuple[int, Any]
WRONG = 1


def diagnostics(program: RunningProgram, options: Options) -> Done:
    """A bundle into a folder; its path and bytes. Raises OutsideError ``bundle.place``, ``StoreError``."""
    path = Path(program.tickets.write_bundle(str(options["out"])))
    return 0, {"bundle": str(path), "bytes": path.stat().st_size}


def as_far_as_possible(settings: Settings, options: Options, whole: Callable[[], Done]) -> Done:
    """The whole bundle, or one of log, crashes and versions with the code of what keeps the store shut.

    Exit code 1 then: the technician reads that something is wrong. Raises OSError.
    """
    try:
        return whole()
    except OutsideError as error:
        if error.code == "bundle.place":
            raise
        from counter_app.services.technician.diagnostics.bundle import write_without_store

        home, now = settings.paths.home, settings.clock.now()
        path = write_without_store(home, Path(str(options["out"])), error.code, now)
        return WRONG, {"bundle": str(path), "bytes": path.stat().st_size, "store": error.code}


def declare(topics: Any, new: Any) -> None:
    """The grammar; ``new`` makes a command with its words and an example."""
    words = "versions, self-test, log and figures as a zip to send; nothing of any citizen"
    parser = new(topics, "diagnostics", words, "diagnostics --out /media/usb")
    parser.add_argument("--out", type=Path, required=True, help="folder for the zip")
