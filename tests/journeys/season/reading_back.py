"""Every printed copy of a season read from its picture, in processes that hold the province's list alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.certification.lines.copy_check import REGISTER_CODES
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.grants import JournalOpened

ROOT = Path(__file__).parents[3]
PAPERS_A_PROCESS = 40


class Seen(NamedTuple):
    """One code on one page, as the clean process told it."""

    paper: str
    page: int
    number: int
    verdict: str


def province_list(hub: Hub, unit: str) -> dict[str, object]:
    """Keys of the unit's PCs, its annulled and its struck numbers, from the hub's journals and readings."""
    keys: dict[str, str] = {}
    journals = {held.journal for held in hub.journals_held(unit)}
    with hub.database.read() as connection:
        for row in connection.execute(schema.entries.select().where(schema.entries.c.seq == 1)):
            if row.journal in journals and row.body is not None:
                body = decode_body(JournalOpened, bytes(row.body))
                keys[str(row.journal)] = body.signing_key.hex()
        kinds = {row.subject: row.register for row in connection.execute(schema.register_rows.select())}
        lines = [row for row in connection.execute(schema.line_rows.select()) if row.unit == unit]
    without_value = {
        state: [
            [REGISTER_CODES[kinds[row.register]], row.year, row.number] for row in lines if row.state == state
        ]
        for state in ("annulled", "struck")
    }
    return {"unit": unit, "keys": keys, **without_value}


def read_back(listed: Path, papers: Sequence[Path]) -> list[Seen]:
    """What the clean processes say of the papers; raises CalledProcessError when one is not clean."""
    found: list[Seen] = []
    for first in range(0, len(papers), PAPERS_A_PROCESS):
        part = [str(paper) for paper in papers[first : first + PAPERS_A_PROCESS]]
        done = subprocess.run(
            [sys.executable, "-m", "tests.journeys.season.check_papers", str(listed), *part],
            cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "HOME": str(listed.parent)},
        )  # fmt: skip
        seen = [Seen(*json.loads(line)) for line in done.stdout.splitlines()]
        found += [one for one in seen if one.paper != "loaded"]
    return found


def by_number(seen: Iterable[Seen]) -> Tally[tuple[int, str]]:
    """How many copies bear each number with each verdict."""
    return Tally((one.number, one.verdict) for one in seen)
