"""``commune-hub bundle``: files for a stick or e-mail, of one counter or of all that a stick brought."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sync.hub import files
from sync.hub.commands import Done, existing, new_topic
from sync.hub.hub import Hub
from sync.protocol.refusals import Refusal

REFUSED = 3


def declare(topics: Any) -> None:
    """Add the topic with its acts."""
    parser = new_topic(
        topics, "bundle", "files for a stick or e-mail", "bundle out 03390 --to stick", give_files
    )
    acts = parser.add_subparsers(dest="act", required=True)
    out = new_topic(acts, "out", "write what a unit is to have", "bundle out 03390 --to stick", give_files)
    out.add_argument("unit")
    out.add_argument("--to", type=Path, required=True)
    take = new_topic(
        acts, "in", "take files of counters; those of several PCs may lie together",
        "bundle in stick/*.mcx --answer stick/back", take_files,
    )  # fmt: skip
    take.add_argument("files", type=Path, nargs="+")
    take.add_argument("--answer", type=Path, help="folder for what the senders lack: one file a unit")


def give_files(folder: Path, options: argparse.Namespace) -> Done:
    """Write a parcel for a unit."""
    with existing(folder) as hub:
        return 0, {"files": [str(path) for path in files.give(hub, options.unit, options.to, hub.now())]}


def take_files(folder: Path, options: argparse.Namespace) -> Done:
    """Take each parcel, read it, and answer when asked to: one value, or a list for several parcels.

    Of several a refused one is told by its files and keeps none of the others out; exit code 3 then.
    """
    with existing(folder) as hub:
        parcels = files.parcels_of(options.files)
        if len(parcels) == 1:
            taken = files.take(hub, parcels[0])
            hub.read(taken.unit)
            return 0, {**_shown(taken), "answer": _answers(hub, [taken], options.answer)}
        rows, came = _each(hub, parcels)
        for unit in {one.unit for one in came}:
            hub.read(unit)
        if answers := _answers(hub, came, options.answer):
            rows.append({"answer": answers})
    return (REFUSED if len(came) < len(parcels) else 0), rows


def _each(hub: Hub, parcels: list[list[Path]]) -> tuple[list[dict[str, Any]], list[files.Taken]]:
    rows: list[dict[str, Any]] = []
    came: list[files.Taken] = []
    for paths in parcels:
        names = [path.name for path in paths]
        try:
            came.append(files.take(hub, paths))
        except Refusal as refusal:
            rows.append({"files": names, "refused": refusal.code, "detail": str(refusal)})
        else:
            rows.append({"files": names, **_shown(came[-1])})
    return rows, came


def _shown(taken: files.Taken) -> dict[str, Any]:
    parked = [[list(where), code] for where, code in taken.parked]
    return {"unit": taken.unit, "sender": taken.sender, "applied": taken.applied, "parked": parked}


def _answers(hub: Hub, came: list[files.Taken], folder: Path | None) -> list[str]:
    """One file for each unit, which every sender can use: from where the one furthest behind stands."""
    if folder is None:
        return []
    written: list[str] = []
    for unit in sorted({one.unit for one in came}):
        theirs = files.least([one.vector for one in came if one.unit == unit])
        written += [str(path) for path in files.give(hub, unit, folder, hub.now(), theirs)]
    return written
