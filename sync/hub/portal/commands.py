"""``commune-hub portal``: the line to the national portal."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from counter_app.domain.certification.taking_in.intake import day_of
from resources import load
from sync.hub.commands import Done, existing, new_topic
from sync.hub.days_parked import days_parked, kept_since, set_days_parked
from sync.hub.hub import Hub
from sync.hub.portal import queue
from sync.hub.portal.config import LEGACY, NEWER, PortalConfig, keep_config, read_config
from sync.hub.portal.mapping import parse_map
from sync.hub.portal.service import WrongKind, configured, status, visit


def declare(topics: Any) -> None:
    """Add the topic with its acts."""
    parser = new_topic(
        topics, "portal", "the national portal: what waits, what failed", "portal status", show
    )
    acts = parser.add_subparsers(dest="act")
    new_topic(acts, "status", "what waits, what failed and why", "portal status", show)
    put = new_topic(
        acts, "set", "how to reach the portal; marks what is open", "portal set portal.json", put_in
    )
    put.add_argument("file", type=Path, help="JSON: generation, address, user, secret, offices …")
    put.add_argument("--since", type=int, default=0, help="yyyymmdd: send ended dossiers since then too")
    new_topic(acts, "run", "visit the portal now", "portal run", run)
    again = new_topic(acts, "retry", "try dead letters again", "portal retry", retry)
    again.add_argument("--code", default="", help="only the dossier of this code")
    kept = new_topic(acts, "parked", "drop what is too old and unread", "portal parked --days 30", drop)
    kept.add_argument("--days", type=int, default=0, help="from now on so long (1 to 365; default: as set)")
    check = new_topic(acts, "map-check", "check a mapping file", "portal map-check legacy.json", map_check)
    check.add_argument("file", type=Path, nargs="?", help="default: the shipped ones")


def _needed(hub: Hub) -> PortalConfig:
    config = configured(hub)
    if config is None:
        raise FileNotFoundError(2, "no portal.json here: portal set FILE", str(hub.folder or ""))
    return config


def show(folder: Path, options: argparse.Namespace) -> Done:
    """The queue; exit code 1 while something waits for a person."""
    with existing(folder) as hub:
        there = configured(hub) is not None
        with hub.database.read() as connection:
            found = status(connection, there)
    return (1 if found.dead else 0), found._asdict() | {"letters": [one._asdict() for one in found.letters]}


def put_in(folder: Path, options: argparse.Namespace) -> Done:
    """Keep a configuration and mark what is to be sent."""
    raw = options.file.read_bytes()
    with existing(folder) as hub:
        if read_config(raw).practice != hub.is_practice:
            raise WrongKind('practice and real do not mix: "practice" must be what the hub is')
        config = keep_config(folder, raw)
        with hub.database.write() as connection:
            marked = queue.mark_all(connection, options.since or day_of(hub.now()))
        unknown = sorted(set(config.offices) - set(hub.units()))
    return 0, {"offices": len(config.offices), "marked": marked, "not_served_here": unknown}


def run(folder: Path, options: argparse.Namespace) -> Done:
    """One visit; exit code 1 when it ended early."""
    with existing(folder) as hub:
        hub.read()
        ran = visit(hub, _needed(hub))
        hub.read()
    return (1 if ran.fault or ran.busy else 0), ran._asdict()


def retry(folder: Path, options: argparse.Namespace) -> Done:
    """Dead letters go back into the queue."""
    with existing(folder) as hub, hub.database.write() as connection:
        return 0, {"retried": queue.retry(connection, hub.now(), options.code)}


def drop(folder: Path, options: argparse.Namespace) -> Done:
    """Drop what nobody could read in its days; ``--days`` sets how many. Raises ValueError."""
    with existing(folder) as hub, hub.database.write() as connection:
        if options.days:
            set_days_parked(connection, options.days)
        dropped = queue.drop_parked(connection, kept_since(connection, hub.now()))
        return 0, {
            "days": days_parked(connection), "dropped": dropped, "parked": queue.counts(connection)["parked"]
        }  # fmt: skip


def map_check(folder: Path, options: argparse.Namespace) -> Done:
    """Read mappings as the sender does. Raises ValueError with what is wrong."""
    raws = [options.file.read_bytes()] if options.file else [load.portal_map(one) for one in (LEGACY, NEWER)]
    maps = [parse_map(raw) for raw in raws]
    return 0, [
        {
            "generation": one.generation, "version": one.version, "status": one.status, "source": one.source,
            "fields": len(one.record), "lists": len(one.lists),
            "required": sum(field.required for field in one.record),
        }
        for one in maps
    ]  # fmt: skip
