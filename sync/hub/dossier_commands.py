"""``commune-hub dossier``: online dossiers in, official codes, what the portal is told."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sync.hub.commands import Done, existing, new_topic
from sync.hub.dossiers import read_online


def declare(topics: Any) -> None:
    """Add the topic with its three acts."""
    example = "dossier show 03390 03390002126112000185"
    parser = new_topic(topics, "dossier", "dossiers: from the portal, to the portal", example, show)
    acts = parser.add_subparsers(dest="act", required=True)
    arrive = new_topic(
        acts, "arrive", "an online dossier reaches its unit", "dossier arrive 03390 one.json", take_in
    )
    arrive.add_argument("unit")
    arrive.add_argument(
        "file", type=Path, help="JSON: portal_code, procedure, name, id_number, submitted_at …"
    )
    code = new_topic(
        acts, "code", "the official code has come", "dossier code 03390 02-CODE G09.20-20261120-0092637", give
    )
    code.add_argument("unit")
    code.add_argument("dossier", help="the counter's or the portal's code")
    code.add_argument("code", help="as the central system gave it, at most 50 characters")
    shown = new_topic(acts, "show", "a dossier, its steps and portal states", example, show)
    shown.add_argument("unit")
    shown.add_argument("dossier", help="the counter's, official or portal code")
    listed = new_topic(acts, "list", "dossiers of a day, or the open ones", "dossier list 03390", list_all)
    listed.add_argument("unit")
    listed.add_argument("--day", type=int, default=0, help="yyyymmdd (default: all open ones)")


def take_in(folder: Path, options: argparse.Namespace) -> Done:
    """Write an online dossier into the unit's journal of the province."""
    online = read_online(options.file.read_bytes())
    with existing(folder) as hub:
        dossier = hub.online_arrived(options.unit, online)
        hub.read(options.unit)
        return 0, {"unit": options.unit, "journal": dossier.journal, "seq": dossier.seq}


def give(folder: Path, options: argparse.Namespace) -> Done:
    """Write the official code of a dossier."""
    with existing(folder) as hub:
        hub.give_official_code(options.unit, options.dossier, options.code)
        hub.read(options.unit)
        return 0, hub.dossier(options.unit, options.code)


def show(folder: Path, options: argparse.Namespace) -> Done:
    """A dossier; exit code 1 when the unit has none of that code."""
    with existing(folder) as hub:
        found = hub.dossier(options.unit, options.dossier)
        return (1, {"problems": ["no such dossier"]}) if found is None else (0, found)


def list_all(folder: Path, options: argparse.Namespace) -> Done:
    """Dossiers of a unit."""
    with existing(folder) as hub:
        return 0, hub.dossiers(options.unit, options.day)
