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

ROOT = Path(__file__).parents[3]
PAPERS_A_PROCESS = 40


class Seen(NamedTuple):
    """One code on one page, as the clean process told it."""

    paper: str
    page: int
    number: int
    year: int
    verdict: str


class Checker(NamedTuple):
    """What a checker has: the published file, the province's public key, his clock (ms)."""

    listed: Path
    key: bytes
    at: int

    def run(self, papers: Sequence[Path]) -> subprocess.CompletedProcess[str]:
        """One clean process over some papers."""
        told = [str(self.listed), self.key.hex(), str(self.at), *map(str, papers)]
        return subprocess.run(
            [sys.executable, "-m", "tests.journeys.season.check_papers", *told],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "HOME": str(ROOT)},
        )  # fmt: skip

    def refusal(self) -> str:
        """Code under which the list is refused, "" when it counts."""
        done = self.run([])
        return json.loads(done.stdout)[0] if done.returncode == 3 else ""

    def read_back(self, papers: Sequence[Path]) -> list[Seen]:
        """What the clean processes say of the papers."""
        found: list[Seen] = []
        for first in range(0, len(papers), PAPERS_A_PROCESS):
            done = self.run(papers[first : first + PAPERS_A_PROCESS])
            assert done.returncode == 0, (done.stdout[-300:], done.stderr[-2_000:])
            seen = [Seen(*json.loads(line)) for line in done.stdout.splitlines()]
            found += [one for one in seen if one.paper != "loaded"]
        return found


def by_number(seen: Iterable[Seen]) -> Tally[tuple[int, str]]:
    """How many copies bear each number with each verdict."""
    return Tally((one.number, one.verdict) for one in seen)
