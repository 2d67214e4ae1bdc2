"""``commune-counter doctor``: the self-test for programs and people, and its file for the stick.

Exit codes are those of a monitor: 0 all is well, 1 something wants a look, 2 something is broken.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from counter_app.services.ports.saying import speaking
from counter_app.services.ports.technician import (
    BROKEN,
    GOOD,
    LOOK,
    MEND_BACKUP,
    MEND_REBUILD,
    MEND_SEND,
    NOT_HERE,
    OFFLINE,
    UNCHECKED,
    CheckRow,
)

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram

WELL, LOOK_AT, NOT_WELL = 0, 1, 2
_ORDER = (BROKEN, LOOK, UNCHECKED, OFFLINE, GOOD, NOT_HERE)
_VERDICTS = {
    "vi": dict(
        zip(_ORDER, ("Hỏng", "Cần xem", "Không rõ", "Ngoại tuyến", "Đạt", "Không áp dụng"), strict=True)
    ),
    "en": dict(zip(_ORDER, ("Broken", "Look", "Unknown", "Offline", "Good", "Not used"), strict=True)),
}
"""The words of the page's badges."""
_BY_COMMAND = {
    MEND_BACKUP: "commune-counter backup",
    MEND_SEND: "commune-counter exchange",
    MEND_REBUILD: "commune-counter rebuild",
}
"""What the page does with Ctrl+Enter, for somebody at a terminal."""


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


def lines_of(rows: list[dict[str, Any]], language: str) -> tuple[str, ...]:
    """The rows of a round for people: what wants a person stands first, and with it what to do.

    ``rows`` as ``doctor`` gives them, the file's sentence at the end when one was written.
    """
    words = _VERDICTS["en" if language == "en" else "vi"]
    wide = max(map(len, words.values()))
    looked_at = sorted(
        (row for row in rows if "verdict" in row), key=lambda row: _ORDER.index(row["verdict"])
    )
    lines = [_line(row, f"{words[row['verdict']]:{wide}}") for row in looked_at]
    counted = Counter(row["verdict"] for row in looked_at)
    lines.append(
        " · ".join(f"{words[verdict]}: {counted[verdict]}" for verdict in _ORDER if counted[verdict])
    )
    return (*lines, *(str(row["file"]) for row in rows if "file" in row))


def _line(row: dict[str, Any], verdict: str) -> str:
    line = f"{verdict}  {row['code']}: {row['title']}: {row['words']}"
    if row["verdict"] in (BROKEN, LOOK, UNCHECKED, OFFLINE) and row["remedy"]:
        line += f" → {row['remedy']}"
    mend = _BY_COMMAND.get(row["mend"])
    return line if mend is None else f"{line} [{mend}]"
