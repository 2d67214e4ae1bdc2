"""A day in small on a real store that is killed somewhere in it, and what must be true afterwards.

Run as a program under ``LD_PRELOAD`` of ``kill_at.c``: ``python -m tests.faults.session FOLDER POINTS MODE``.
The unit is made once; for each point its folder is put back, a child works the session and is killed, and
the survivor is opened, compared with the papers that came out, and worked on to the end of the day. Prints
one JSON object.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdf
import pypdf.errors

from counter_app.clock import FixedClock
from counter_app.services.areas import open_areas
from counter_app.storage.backup import back_up
from counter_app.storage.store import Store
from sync.protocol.ids import EntryId
from tests.support import counter as counters
from tests.support.counter import (
    CLERK,
    LAST_ON_PAPER,
    MORNING,
    PIN,
    SIGNER,
    Counter,
    make_counter,
    person,
    take_in,
)
from tests.support.invariants import broken, doubled, rows, stale, unaccounted

MEMORY = 777
"""The descriptor of what people remember: ``kill_at.c`` lets it through whatever happens to the disk."""
KILLS = ctypes.CDLL(None)
NUMBER = re.compile(r"Số chứng thực: (\d+) ")


class Faults(NamedTuple):
    """What a kill point showed: ``where`` the last step that was acknowledged, and what was wrong."""

    where: str
    wrong: list[str]
    pages: int


def prepare(folder: Path) -> Counter:
    """The unit, closed; its folder is kept as a template beside it."""
    made = make_counter(folder, 1)
    made.close()
    shutil.copytree(made.folder, folder / "template")
    return made


def again(made: Counter) -> None:
    """The folder as it was before the session."""
    shutil.rmtree(made.folder)
    shutil.copytree(made.folder.parent / "template", made.folder)


def start(made: Counter) -> Counter:
    """The program starts on whatever is in the folder."""
    store = Store.open(made.store.path, made.store_key)
    store.enrolled(made.author)  # type: ignore[arg-type]
    clock = FixedClock(MORNING + 60_000, step=1)
    secret = made.work.device_secret
    work = counters._workplace(made.folder, made.number, store, clock, secret, made.province)
    return replace(made, store=store, areas=open_areas(work), clock=clock)


def session(pc: Counter, told: Callable[[str, object], None]) -> None:
    """Two requests, a pile, ink for one of its lines, a stroke through another, a backup, the end."""
    pc.sign_in(CLERK)
    asked = []
    for place, letter in enumerate("AB"):
        who = person(f"TẬP HUẤN {letter}", f"01208600000{place}")
        asked.append(take_in(pc, "gks 1x2", "hb 3x1", who=who).request)
        told("request", list(asked[-1]))
    at_the_desk(pc)
    if os.environ.get("PLANT") == "told-too-early":
        told("numbered", [LAST_ON_PAPER + 1, LAST_ON_PAPER + 4])
    done = pc.areas.signing.number(tuple(asked), PIN)
    told("numbered", [done.first, done.last])
    lines = pc.areas.signing.lot_lines(done.lot)
    pc.areas.signing.strike(lines[-1].line, pc.areas.signing.reasons()[0].code, "Rách khi đóng dấu")
    told("struck", lines[-1].number)
    pc.areas.signing.confirm(done.lot, None)
    told("confirmed", done.last)
    made = back_up(pc.store, pc.folder / "backups", pc.clock.now())
    told("backup", made.path.name)
    pc.close()
    told("closed", 0)


def at_the_desk(pc: Counter) -> None:
    pc.sign_in(SIGNER)
    pen = pc.areas.signing.pen()
    if pen.paper_witness_needed or pen.date_confirmation_needed:
        pc.areas.signing.confirm_witness(pen.last_number, PIN)


def child(made: Counter, ready: Callable[[], None]) -> int:
    """The session in a process of its own; ``ready`` arms the fault. Returns how it ended (waitpid)."""
    ours = os.fork()
    if ours == 0:
        sink = MEMORY
        os.dup2(os.open(made.folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND), sink)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        code, calls = 1, 0
        try:
            ready()
            session(start(made), lambda step, what: _tell(sink, step, what))
            code, calls = 0, KILLS.calls_seen()
        except BaseException as ended:
            calls = KILLS.calls_seen()
            KILLS.kill_at(0, 0)
            _tell(sink, "ended", f"{type(ended).__name__}: {ended}"[:200])
        finally:
            _tell(sink, "calls", calls)
            os._exit(code)
    return os.waitpid(ours, 0)[1]


def _tell(sink: int, step: str, what: object) -> None:
    os.write(sink, json.dumps([step, what]).encode() + b"\n")


def told(made: Counter) -> list[tuple[str, object]]:
    """What the killed session had acknowledged; a torn last line was not acknowledged."""
    path = made.folder / "told"
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    return [tuple(json.loads(line)) for line in lines if line.endswith("\n")]  # type: ignore[misc]


def printed(made: Counter) -> tuple[set[int], int]:
    """Numbers on certification texts that came out whole, and how many pages there are."""
    numbers: set[int] = set()
    pages = 0
    for paper in (made.folder / "papers").glob("*.pdf"):
        try:
            sheets = pypdf.PdfReader(paper).pages[:]
        except pypdf.errors.PdfReadError:  # killed while the printer was fed: half a paper, the job says so
            continue
        for page in sheets:
            numbers |= {int(found) for found in NUMBER.findall(page.extract_text())}
            pages += 1
    return numbers, pages


def survived(made: Counter) -> Faults:
    """Open the store again, compare it with acknowledgements and papers, and work on to the evening."""
    steps = told(made)
    papers, pages = printed(made)
    pc = start(made)
    try:
        wrong = _compare(pc, dict(steps), [EntryId(*w) for s, w in steps if s == "request"], papers)  # type: ignore[misc]
        wrong += _evening(pc)
    finally:
        pc.close()
    done = [step for step, _ in steps if step not in ("ended", "calls")]
    return Faults(done[-1] if done else "started", wrong, pages)


def _compare(pc: Counter, steps: dict[str, object], requests: list[EntryId], papers: set[int]) -> list[str]:
    assert pc.register is not None
    state = pc.state(pc.register)
    wrong = broken(pc.store) + stale(pc.store) + unaccounted(pc.store, state.id, state)
    lines = dict(rows(pc.store, "SELECT number, state FROM lines"))
    held = {key for (key,) in rows(pc.store, "SELECT id FROM requests")}
    wrong += [f"request {one} was acknowledged and is lost" for one in requests if one.key not in held]
    wrong += [f"number {number} is on paper and not in the book" for number in sorted(papers - lines.keys())]
    if (numbers := steps.get("numbered")) is not None:
        first, last = numbers  # type: ignore[misc]
        wrong += [
            f"number {n} was acknowledged and is lost" for n in range(first, last + 1) if n not in lines
        ]
    if (struck := steps.get("struck")) is not None and lines.get(struck) != "struck":
        wrong.append(f"the stroke through {struck} is lost")
    if "confirmed" in steps and "numbered" in lines.values():
        wrong.append("ink that was confirmed is lost")
    return wrong


def _evening(pc: Counter) -> list[str]:
    """The day goes on: what waits is printed and numbered; nothing twice, nothing missing."""
    at_the_desk(pc)
    waiting = tuple(row.request for row in pc.areas.signing.pile())
    if waiting:
        pc.areas.signing.number(waiting, PIN)
    pc.sign_in(CLERK)
    fresh = take_in(pc, "gks 1x1", who=person("TẬP HUẤN C", "012086000009")).request
    at_the_desk(pc)
    pc.areas.signing.number((fresh,), PIN)
    assert pc.register is not None
    state = pc.state(pc.register)
    wrong = [f"number {n} was given twice" for n in doubled(pc.store, state.id)]
    return wrong + unaccounted(pc.store, state.id, state) + broken(pc.store)


def points(total: int, wanted: int) -> list[int]:
    """``wanted`` kill points spread evenly over ``total`` calls."""
    return sorted({1 + round(place * (total - 1) / max(1, wanted - 1)) for place in range(wanted)})


def run(folder: Path, wanted: int, mode: str) -> dict[str, object]:
    """The whole series; figures and what was wrong, by the place of the fault."""
    made = prepare(folder)
    again(made)
    assert child(made, lambda: KILLS.kill_at(0, 0)) == 0, told(made)
    total = int(dict(told(made))["calls"])  # type: ignore[call-overload]
    untouched = survived(made)
    wrong = {"unharmed": untouched.wrong} if untouched.wrong else {}
    hit, pages = 0, 0
    where: dict[str, int] = {}
    for place, point in enumerate(points(total, wanted)):
        again(made)
        status = child(made, lambda n=point, odd=place % 2: arm(mode, n, odd))  # type: ignore[misc]
        ended = str(dict(told(made)).get("ended", ""))
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        hit += killed if mode == "kill" else bool(ended)
        found = survived(made)
        where[found.where] = where.get(found.where, 0) + 1
        pages += found.pages
        if found.wrong or (ended and not ended.startswith(IN_WORDS)):
            wrong[str(point)] = [*found.wrong, *([ended] if ended else [])]
    return {"calls": total, "points": len(points(total, wanted)), "hit": hit, "pages": pages, "after": where,
            "wrong": wrong}  # fmt: skip


IN_WORDS = ("StoreError", "DomainError")
"""An error that a person reads: anything else that ends the session is a fault of the program."""


def arm(mode: str, point: int, odd: int) -> None:
    """Kill at the call (every second one within its write), or let it fail once, or from then on."""
    if mode == "kill":
        KILLS.kill_at(point, odd)
        return
    last = point if odd else 2**60
    KILLS.fail_at(point, last, errno.ENOSPC if mode == "full" else errno.EIO)


if __name__ == "__main__":
    KILLS.calls_seen.restype = ctypes.c_long
    KILLS.kill_at.argtypes = (ctypes.c_long, ctypes.c_int)
    KILLS.fail_at.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_int)
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
