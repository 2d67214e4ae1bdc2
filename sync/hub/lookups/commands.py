"""``commune-hub lookups``: put the questions now, how systems stand, who looked up what, is the log whole."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from counter_app.domain.dates import moment_text
from sync.hub.commands import Done, existing, new_topic
from sync.hub.lookups import log, standing
from sync.hub.lookups.keeping import drop_expired
from sync.hub.lookups.running import FILE_NAME, desk_of
from sync.hub.reading.rows import local_day


def declare(topics: Any) -> None:
    """Add the topic with its acts."""
    parser = new_topic(topics, "lookups", "questions to national systems", "lookups standing", show)
    acts = parser.add_subparsers(dest="act", required=True)
    new_topic(acts, "turn", "put what is due, drop what has expired", "lookups turn", turn)
    new_topic(acts, "standing", "how each system answers, since when", "lookups standing", show)
    shown = new_topic(acts, "log", "who asked what for, of a day", "lookups log --day 20261120", show_log)
    shown.add_argument("--day", type=int, default=0, help="yyyymmdd (default: today)")
    shown.add_argument("--unit", default="")
    new_topic(acts, "digests", "each day's calls and digest; exit 1 if changed", "lookups digests", digests)


def turn(folder: Path, options: argparse.Namespace) -> Done:
    """One turn of the desk. Raises ValueError without addresses."""
    with existing(folder) as hub:
        hub.read()
        desk = desk_of(hub, folder)
        if desk is None:
            raise ValueError(f"no {FILE_NAME} in the hub's folder")
        return 0, {**desk.turn()._asdict(), "dropped": drop_expired(hub)}


def show(folder: Path, options: argparse.Namespace) -> Done:
    """Every system that was called."""
    with existing(folder) as hub, hub.database.read() as connection:
        return 0, [
            {"system": one.system, "standing": one.standing, "since": _moment(one.since)}
            for one in standing.standings(connection).values()
        ]


def show_log(folder: Path, options: argparse.Namespace) -> Done:
    """Calls of a day."""
    with existing(folder) as hub, hub.database.read() as connection:
        day = options.day or local_day(hub.now())
        return 0, [
            {**row._asdict(), "at": _moment(row.at), "lookup": str(row.lookup), "official": str(row.official)}
            for row in log.rows(connection, day, options.unit)
        ]


def digests(folder: Path, options: argparse.Namespace) -> Done:
    """Days with their digests; exit code 1 and the row's number when the log was changed."""
    with existing(folder) as hub, hub.database.read() as connection:
        broken = log.broken_at(connection)
        if broken is not None:
            return 1, {"problems": [f"row {broken} of the log was changed or is missing"]}
        return 0, [
            {"day": day.day, "calls": day.calls, "digest": day.digest.hex()} for day in log.days(connection)
        ]


def _moment(at: int) -> str:
    return moment_text(at, "%H:%M %d/%m/%Y")
