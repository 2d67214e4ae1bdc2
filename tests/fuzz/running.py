"""Runs of targets: the own mutator in this process, atheris in a child; both tell executions and faults."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutating import Mutator
from tests.fuzz.target import Target, tried

OWN, ATHERIS = "own", "atheris"
_COVERAGE = re.compile(r"cov: (\d+) ft: (\d+)")
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_GREW = re.compile(r"#(\d+)\s+(?:NEW|REDUCE|INITED).*cov: (\d+)")


@dataclass
class Run:
    """What came of one target: ``fault`` the traceback's last lines, "" without any.

    ``coverage`` is the number of branches seen, ``last_new`` after how many executions the last new one was.
    """

    target: str
    engine: str
    executed: int = 0
    read: int = 0
    seconds: float = 0.0
    coverage: int = 0
    last_new: int = 0
    fault: str = ""

    def line(self) -> str:
        """One row of the table."""
        seen = f"{self.coverage:6d} {self.last_new:9d}" if self.coverage else f"{'-':>6} {'-':>9}"
        end = f"FAULT {self.fault.strip().splitlines()[-1]}" if self.fault else "ok"
        return f"{self.target:18} {self.engine:8} {self.executed:10d} {self.seconds:7.1f} {seen} {end}"


HEAD = f"{'target':18} {'engine':8} {'runs':>10} {'seconds':>7} {'cover':>6} {'last new':>9}"


class Fault(AssertionError):
    """A parser answered with something that is no answer; ``data`` is what it read."""

    def __init__(self, target: str, data: bytes, cause: BaseException) -> None:
        super().__init__(
            f"{target}: {type(cause).__name__}: {cause} on {data[:200].hex()} ({len(data)} bytes)"
        )
        self.data = data


def run_own(target: Target, runs: int, seed: int = 1, seconds: float = 0.0) -> Run:
    """``runs`` bent examples, or as many as ``seconds`` allow (0: no limit). Raises Fault."""
    corpus, done, begun = target.corpus(), Run(target.name, OWN), time.monotonic()
    mutator = Mutator(corpus, seed, target.tokens)
    with target.around():
        act = target.make()
        for number in range(runs + len(corpus)):
            data = corpus[number] if number < len(corpus) else mutator.bent()
            try:
                done.read += tried(target, act, data)
            except Exception as error:
                raise Fault(target.name, data, error) from error
            done.executed += 1
            if seconds and number % 64 == 0 and time.monotonic() - begun > seconds:
                break
    done.seconds = time.monotonic() - begun
    return done


def run_atheris(target: Target, runs: int, seconds: float, folder: Path) -> Run:
    """The same in a child that chooses by coverage; finds are kept in ``folder`` for the next time."""
    corpus = folder / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    command = [
        sys.executable, "-W", "ignore", "-m", "tests.fuzz.under_atheris", target.name, str(corpus),
        f"-runs={runs}", f"-max_total_time={int(seconds)}", "-print_final_stats=1", "-timeout=60",
        "-max_len=65536", "-rss_limit_mb=3000", f"-artifact_prefix={folder}/fault-{target.name}-",
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    told = ended.stderr + ended.stdout
    done = Run(target.name, ATHERIS, seconds=time.monotonic() - begun)
    done.executed = int(found[-1]) if (found := _DONE.findall(told)) else 0
    done.coverage = int(found[-1][0]) if (found := _COVERAGE.findall(told)) else 0
    grew = _GREW.findall(told)
    done.last_new = min((int(at) for at, seen in grew if int(seen) == done.coverage), default=0)
    if ended.returncode:
        done.fault = told[-1_500:]
    return done
