"""``python -m tests.support.pictures.guide DIR``: the pages that the technician's guide shows.

Light, Vietnamese, at most ``MOST_BYTES`` each. Exit code 1 when a page does not fit or a picture is larger.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from counter_app.ui.application import qt_application
from counter_app.ui.theme.tokens import LIGHT
from tests.support.pictures.__main__ import faults_of, keep
from tests.support.pictures.scenes import scenes
from tests.support.pictures.shooting import shoot
from tests.support.pictures.stage import Stage

MOST_BYTES = 80_000
SHOWN = {
    "first-page": "bare-number",
    "steps": "bare-steps",
    "founding": "founding-day",
    "pin": "signin-pin",
    "officials": "people-day",
    "arrival": "arrival-day",
    "arrival-files": "arrival-files",
    "printers": "printers-day",
    "self-test": "technician-day",
    "backups": "backups-day",
    "second-counter": "founding-elsewhere",
    "exchange": "sync-export",
    "tickets": "tickets-day",
    "unlock": "bare-unlock",
}
"""Name of the file, name of the scene."""


def _number(stage: Stage) -> None:
    """A free number typed, F9 not yet pressed."""
    view: Any = stage.window._cover
    view.seats.number.fill("2")


def main(arguments: list[str]) -> int:
    """Takes the pictures into the folder that is named."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = qt_application()
    known = {scene.name: scene for scene in scenes()}
    known["bare-number"] = replace(known["bare-seats"], act=_number)
    wrong: list[str] = []
    for name, scene in SHOWN.items():
        shot = shoot(app, known[scene], LIGHT)
        path = folder / f"{name}.png"
        keep(shot.image, path)
        wrong += faults_of(shot)
        if path.stat().st_size > MOST_BYTES:
            wrong.append(f"{path.name}: {path.stat().st_size:,} bytes")
    print(f"{len(SHOWN)} pictures of the guide in {folder}")
    print(*wrong, sep="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["docs/pictures/guide"]))
