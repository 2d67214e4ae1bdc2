"""``commune-hub doctor-report``: the self-tests of all PCs, as they came home on a stick, in one table.

Files are strangers' bytes. Whether a file is its PC's own is said by the key in that PC's first entry here.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from counter_app.domain.dates import vn_datetime
from sync.hub import enrol
from sync.hub.commands import Done, existing, new_topic
from sync.hub.hub import Hub
from sync.protocol.carrying.doctor_file import FOLDER, MAX_BYTES, Report, opened
from sync.protocol.refusals import Refusal

MOST_FILES: Final = 5_000
OWN, UNSIGNED, FOREIGN, UNKNOWN = "own", "unsigned", "foreign", "unknown"
"""Whose a file is: its PC's, nobody's, another key's, of a PC that this hub does not know."""
_HEADS: Final = (
    "unit", "counter", "name", "device", "life", "taken", "version", "system", "good", "look", "broken",
    "unchecked", "offline", "signed", "to_mend", "file",
)  # fmt: skip


class Taken(NamedTuple):
    """A file that could be read: where it lay, what it says, whose it is."""

    file: str
    report: Report
    signed: str


class Gathered(NamedTuple):
    """The newest report of each PC and of each who claims to be it: a stranger's never hides the PC's own;
    files that are none, with the reason.
    """

    taken: tuple[Taken, ...]
    refused: tuple[tuple[str, str], ...]


def declare(topics: Any) -> None:
    """Add the topic."""
    example = "doctor-report /media/stick --excel may-quay.xlsx"
    words = "self-tests of all PCs from a stick as one table; exit 1 when one is broken or a file is bad"
    parser = new_topic(topics, "doctor-report", words, example, report)
    parser.add_argument("folder_of_reports", type=Path, metavar="DIR")
    parser.add_argument("--excel", type=Path, help="also write the table and every line as .xlsx")


def report(folder: Path, options: argparse.Namespace) -> Done:
    """One row a PC, the worst first. Raises OSError for a folder that is not there."""
    with existing(folder) as hub:
        found = gather(options.folder_of_reports, hub)
    if options.excel:
        write_excel(found.taken, options.excel)
    rows = [row_of(one) for one in found.taken]
    bad = any(row["broken"] or row["signed"] == FOREIGN for row in rows) or found.refused
    told = [{"file": name, "refused": why} for name, why in found.refused]
    return (1 if bad else 0), [*rows, *told]


def gather(place: Path, hub: Hub) -> Gathered:
    """Read every file below ``place`` and its folder ``doctor``. Raises OSError."""
    newest: dict[tuple[str, int, int, str], Taken] = {}
    refused: list[tuple[str, str]] = []
    keys: dict[str, dict[int, bytes]] = {}
    for path in _files(place):
        try:
            with path.open("rb") as file:
                read = opened(file.read(MAX_BYTES + 1))
        except (Refusal, OSError) as error:
            refused.append((path.name, getattr(error, "code", type(error).__name__)))
            continue
        told = read.report
        if told.unit not in keys:
            keys[told.unit] = _keys_of(hub, told.unit)
        taken = Taken(path.name, told, _whose(read.key, keys[told.unit].get(told.journal)))
        who = (told.unit, told.counter, told.device, taken.signed)
        if who not in newest or newest[who].report.at <= told.at:
            newest[who] = taken
    return Gathered(tuple(sorted(newest.values(), key=_worst_first)), tuple(refused))


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        raise FileNotFoundError(2, "no folder of self-tests here", str(place))
    found = sorted({*place.glob("*.json"), *(place / FOLDER).glob("*.json")})
    yield from found[:MOST_FILES]


def _keys_of(hub: Hub, unit: str) -> dict[int, bytes]:
    with hub.database.read() as connection:
        return {journal: body.signing_key for journal, body in enrol.openings(connection, unit)}


def _whose(key: bytes, known: bytes | None) -> str:
    if not key:
        return UNSIGNED
    if known is None:
        return UNKNOWN
    return OWN if key == known else FOREIGN


def _worst_first(one: Taken) -> tuple[int, int, str, int]:
    told = one.report
    return -told.count("broken"), -told.count("look"), told.unit, told.counter


def row_of(one: Taken) -> dict[str, Any]:
    """One PC as a row; ``to_mend`` names what is broken, then what wants a look."""
    told = one.report
    lines = [line for verdict in ("broken", "look") for line in told.lines if line.verdict == verdict]
    values = (
        told.unit, told.counter, told.name, told.device, told.life, f"{vn_datetime(told.at):%d/%m/%Y %H:%M}",
        told.version, told.system, *(told.count(name) for name in ("good", "look", "broken", "unchecked",
        "offline")), one.signed, ", ".join(line.code for line in lines), one.file,
    )  # fmt: skip
    return dict(zip(_HEADS, values, strict=True))


def write_excel(taken: Iterable[Taken], path: Path) -> None:
    """A sheet of PCs and a sheet of every line. Raises OSError."""
    import xlsxwriter  # only who wants Excel

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        machines, lines = book.add_worksheet("Máy quầy"), book.add_worksheet("Hạng mục")
        machines.write_row(0, 0, _HEADS, bold)
        lines.write_row(0, 0, ("unit", "counter", "code", "title", "verdict", "words", "remedy"), bold)
        at = 0
        for place, one in enumerate(taken, 1):
            machines.write_row(place, 0, list(row_of(one).values()))
            for line in one.report.lines:
                at += 1
                told = one.report
                lines.write_row(
                    at, 0,
                    (told.unit, told.counter, line.code, line.title, line.verdict, line.words, line.remedy),
                )  # fmt: skip
        for sheet in (machines, lines):
            sheet.freeze_panes(1, 0)
            sheet.autofit()
