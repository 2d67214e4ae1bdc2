"""``commune-hub list``: the signed list for the check of copies, made and read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sync.hub.checking.publishing import GOOD_DAYS, publish_to
from sync.hub.commands import Done, existing, new_topic
from sync.protocol.journals.check_list import MAX_BYTES, CheckList, open_check_list
from sync.protocol.refusals import TooLarge


def declare(topics: Any) -> None:
    """Add the topic with its two acts."""
    example = "list publish --out tinh.mcl"
    parser = new_topic(topics, "list", "the signed list for the check of copies", example, publish)
    acts = parser.add_subparsers(dest="act", required=True)
    out = new_topic(acts, "publish", "write a new list, signed", example, publish)
    out.add_argument("--out", type=Path, required=True, help="file to write (*.mcl)")
    out.add_argument("--days", type=int, default=GOOD_DAYS, help=f"how long it is good (default {GOOD_DAYS})")
    shown = new_topic(acts, "show", "check a list of this province", "list show tinh.mcl", show)
    shown.add_argument("file", type=Path)


def publish(folder: Path, options: argparse.Namespace) -> Done:
    """Read what waits, then write the list."""
    with existing(folder) as hub:
        hub.read()
        data = publish_to(hub, options.out, options.days)
        told = _told(open_check_list(data, hub.public_key))
        return 0, {"file": str(options.out), "bytes": len(data), **told, "key": hub.public_key.hex()}


def show(folder: Path, options: argparse.Namespace) -> Done:
    """What a list says, verified under this province's key."""
    with existing(folder) as hub:
        if options.file.stat().st_size > MAX_BYTES:
            raise TooLarge(f"a list of {options.file.stat().st_size} bytes")
        return 0, _told(open_check_list(options.file.read_bytes(), hub.public_key))


def _told(made: CheckList) -> dict[str, Any]:
    return {
        "number": made.number,
        "issued": made.issued,
        "expires": made.expires,
        "practice": made.practice,
        "units": len(made.units),
        "devices": sum(len(unit.devices) for unit in made.units),
        "annulled": sum(len(year.annulled) for unit in made.units for year in unit.years),
    }
