"""``commune-hub files``: what files of a unit are here, and away with what nobody needs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sync.hub.attachments.folder import FileFolder
from sync.hub.attachments.sweeping import UNNAMED_DAYS, UPLOAD_DAYS, rows, sweep
from sync.hub.commands import Done, existing, new_topic


def declare(topics: Any) -> None:
    """Add the topic with its two acts."""
    example = "files list 03390"
    parser = new_topic(topics, "files", "files that entries name: scans of acts, signed files", example, show)
    acts = parser.add_subparsers(dest="act", required=True)
    listed = new_topic(acts, "list", "files of a unit, newest first", example, show)
    listed.add_argument("unit")
    away = new_topic(acts, "sweep", "forget given-up uploads and files no entry names", "files sweep", clear)
    away.add_argument("--upload-days", type=int, default=UPLOAD_DAYS, help="an upload untouched for so long")
    away.add_argument("--unnamed-days", type=int, default=UNNAMED_DAYS, help="a file unnamed for so long")


def show(folder: Path, options: argparse.Namespace) -> Done:
    """Files of a unit."""
    with existing(folder) as hub:
        if options.unit not in hub.units():
            raise KeyError(f"unit {options.unit} is not served here")
        return 0, [row._asdict() for row in rows(hub, options.unit)]


def clear(folder: Path, options: argparse.Namespace) -> Done:
    """Sweep."""
    if min(options.upload_days, options.unnamed_days) < 0:
        raise ValueError("days are not negative")
    with existing(folder) as hub:
        return 0, sweep(hub, FileFolder(folder), options.upload_days, options.unnamed_days)._asdict()
