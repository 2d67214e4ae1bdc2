"""``commune-hub life``: how the hub's clock stands to its latest word; the way out after a wrong one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from counter_app.domain.dates import vn_datetime
from sync.hub import clock, province
from sync.hub.commands import Done, existing, new_topic


def declare(topics: Any) -> None:
    """Add the topic."""
    words = "the hub's life and clock; exit 1 while the clock stands before a word it signed"
    parser = new_topic(topics, "life", words, "life --next", tell)
    parser.add_argument(
        "--next", action="store_true", help="the clock was ahead and is right again: go on in the next life"
    )


def tell(folder: Path, options: argparse.Namespace) -> Done:
    """Life, clock, latest word. With ``--next`` the next life first; raises ValueError without need."""
    with existing(folder) as hub:
        if options.next:
            clock.go_on_in_next_life(hub)
        with hub.database.read() as connection:
            late, latest = clock.behind(connection, hub.now()), clock.latest_word(connection)
            told: dict[str, Any] = {"life": province.hub_life(connection), "clock": _moment(hub.now())}
    told["latest word"] = _moment(latest) if latest else "-"
    if late:
        told["behind"] = f"{late // 3_600_000} h"
        told["remedy"] = "set the clock right; if the latest word is what was wrong: commune-hub life --next"
    return (1 if late else 0), told


def _moment(at: int) -> str:
    return f"{vn_datetime(at):%d/%m/%Y %H:%M}"
