"""``python -m tests.fuzz``: parsers and hub under bent bytes, as a table.

    python -m tests.fuzz                                every target, FUZZ_SECONDS (20) each, then the hub
    python -m tests.fuzz card-qr bundle --seconds 300   some targets, longer
    python -m tests.fuzz --engine own --runs 10000000   without atheris
    python -m tests.fuzz hub --requests 200000          the hub's requests alone

Under atheris finds are kept in ``--finds`` (out/fuzz) and begin the next run.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path

from tests.fuzz.every import TARGETS
from tests.fuzz.running import ATHERIS, HEAD, OWN, Fault, Run, run_atheris, run_own
from tests.fuzz.target import Target

HUB = "hub"


def main(arguments: list[str]) -> int:
    """Run what was asked for; 1 when a fault was found."""
    asked = _asked(arguments)
    names = asked.targets or [*TARGETS, HUB]
    engine = asked.engine
    if engine == ATHERIS and importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: the own mutator runs in its place, without coverage", flush=True)
        engine = OWN
    print(HEAD, flush=True)
    faults = 0
    for name in names:
        if name == HUB:
            continue
        done = one(TARGETS[name], engine, asked)
        faults += bool(done.fault)
        print(done.line(), flush=True)
        if done.fault:
            print(done.fault, file=sys.stderr, flush=True)
    if HUB in names:
        from tests.fuzz.hub_requests import hub_table

        faults += hub_table(asked.requests, asked.seed)
    return 1 if faults else 0


def one(target: Target, engine: str, asked: argparse.Namespace) -> Run:
    """One target; one that is not instrumented runs under the own mutator whatever was asked."""
    runs = asked.runs or target.goal
    if engine == ATHERIS and target.instrumented:
        return run_atheris(target, runs, asked.seconds, asked.finds)
    try:
        return run_own(target, runs, asked.seed, asked.seconds)
    except Fault as fault:
        return Run(target.name, OWN, fault=str(fault))


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Parsers and hub, bent bytes.")
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, HUB, []], metavar="TARGET")
    parser.add_argument("--engine", choices=(ATHERIS, OWN), default=ATHERIS)
    parser.add_argument("--runs", type=int, default=int(os.environ.get("FUZZ_RUNS", "0")))
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("FUZZ_SECONDS", "20")))
    parser.add_argument("--requests", type=int, default=int(os.environ.get("FUZZ_REQUESTS", "200000")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--finds", type=Path, default=Path("out/fuzz"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
