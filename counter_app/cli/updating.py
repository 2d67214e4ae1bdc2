"""``commune-counter update``: look for a version, take it from the line or from a folder, hold it back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram
    from counter_app.services.updates.updates import Told

Options = dict[str, Any]
Done = tuple[int, Any]


def check(program: RunningProgram, options: Options) -> Done:
    """What the province has for this PC; nothing is fetched."""
    return _shown(program.updates.check())


def now(program: RunningProgram, options: Options) -> Done:
    """The newest version, now, whatever the hour."""
    return _shown(program.updates.now())


def from_file(program: RunningProgram, options: Options) -> Done:
    """A version from a folder."""
    return _shown(program.updates.from_file(str(options["folder"])))


def pause(program: RunningProgram, options: Options) -> Done:
    """Nothing by itself until told otherwise."""
    return _shown(program.updates.pause(not options.get("off")))


def declare(topics: Any, new: Any) -> None:
    """The grammar; ``new`` makes a command with its words and an example."""
    parser = new(topics, "update", "newer versions of the program", "update check")
    acts = parser.add_subparsers(dest="act", required=True)
    new(acts, "check", "what the province has for this PC", "update check --json")
    new(acts, "now", "take the newest version, for the next start", "update now")
    taken = new(
        acts, "from-file", "take a version from a stick or a share", "update from-file /media/usb/updates"
    )
    taken.add_argument("folder", type=Path, help="the folder with update.json, or that file")
    held = new(acts, "pause", "take no versions by itself", "update pause")
    held.add_argument("--off", action="store_true", help="take them again")


def _shown(told: Told) -> Done:
    return 0, asdict(told)
