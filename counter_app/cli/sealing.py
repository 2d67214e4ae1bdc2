"""``commune-counter seal``: take the province's seal of a year from a file, look at those that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram

Options = dict[str, Any]
Done = tuple[int, Any]
_TAKE, _SHOW = "take", "show"


def declare(topics: Any, new: Any) -> None:
    """The grammar; ``new`` makes a command with its words and an example."""
    words = "the province's seals of closed years; exit code 1 when what lies here is not what was closed"
    parser = new(topics, "seal", words, "seal show")
    acts = parser.add_subparsers(dest="act", required=True)
    taken = new(acts, _TAKE, "keep a seal from a stick", "seal take /media/usb/niem-nam/03390-2026.mcy")
    taken.add_argument("file", type=Path, help="the province's file (.mcy); the exchange brings it too")
    new(acts, _SHOW, "compare every kept seal with this PC", "seal show --json")


def seal(program: RunningProgram, options: Options) -> Done:
    """One of both acts; every kept seal with its comparison. Raises DomainError ``seal.*``."""
    told: dict[str, Any] = {}
    if options["act"] == _TAKE:
        from counter_app.services.seals.kept import take_file

        taken, new = take_file(program.areas.work, Path(str(options["file"])))
        told = {"unit": taken.unit, "year": taken.year, "new": new}
    found = rows(program)
    return (1 if differs(found) else 0), {**told, "sealed_years": found}


def rows(program: RunningProgram) -> list[dict[str, Any]]:
    """Every kept seal: year, stable verdict, its words and way out."""
    from counter_app.services.seals.comparing import standings
    from counter_app.services.seals.telling import told

    work, found = program.areas.work, []
    with work.store.read() as connection:
        for one in standings(connection, work.place.unit, work.hub_keys):
            owner = "" if one.place is None else work.counter_name(connection, one.place.journal)
            words, remedy = told(one, owner)
            found.append({"year": one.year, "verdict": one.verdict, "words": words, "remedy": remedy})
    return found


def differs(found: list[dict[str, Any]]) -> bool:
    """Whether something sealed lies otherwise on this PC."""
    return any(one["verdict"] in ("differs", "damaged") for one in found)
