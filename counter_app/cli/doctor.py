"""``commune-counter doctor``: the self-test for programs and people, and its file for the stick.

Exit codes are those of a monitor: 0 all is well, 1 something wants a look, 2 something is broken.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from counter_app.services.ports.saying import speaking
from counter_app.services.ports.technician import BROKEN, LOOK, UNCHECKED, CheckRow

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram

WELL, LOOK_AT, NOT_WELL = 0, 1, 2


def doctor(program: RunningProgram, options: dict[str, Any]) -> tuple[int, Any]:
    """The self-test; nothing in it names a citizen. ``out`` is a folder for its file, ``language`` vi or en.

    Raises OutsideError ``doctor.place``.
    """
    with speaking("en" if options.get("language") == "en" else "vi"):
        rows = program.technician.self_test()
        shown = [_plain(row) for row in rows]
        if not options.get("out"):
            return code_of(rows), shown
        sentence = program.technician.write_results(str(options["out"]), rows)
    return code_of(rows), [*shown, {"file": sentence}]


def code_of(rows: tuple[CheckRow, ...]) -> int:
    """The exit code of a round."""
    verdicts = {row.verdict for row in rows}
    if BROKEN in verdicts:
        return NOT_WELL
    return LOOK_AT if verdicts & {LOOK, UNCHECKED} else WELL


def _plain(row: CheckRow) -> dict[str, Any]:
    told = asdict(row)
    del told["icon"]
    return told
