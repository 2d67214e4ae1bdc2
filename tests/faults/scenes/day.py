"""A day in small on a real store: intake, numbers, print, ink, a backup; and what must be true then."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdf.errors

from counter_app.clock import FixedClock
from counter_app.services.areas import open_areas
from counter_app.storage.keeping.backup import back_up
from counter_app.storage.store import Store
from counter_app.storage.store_errors import disk_words
from sync.protocol.naming.ids import EntryId
from tests.faults.harness import Faults, Steps, Tell
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

NUMBER = re.compile(r"Số chứng thực: (\d+) ")


class Day:
    """The scene: one counter, the clerk and the signatory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """The unit on its only counter."""
        self.made = make_counter(self.folder, 1)
        self.made.close()

    def work(self, tell: Tell) -> None:
        """The session, from the start of the program to its end."""
        session(start(self.made), tell)

    def survived(self, steps: Steps) -> Faults:
        """Open the store again, compare it with acknowledgements and papers, and work on to the evening."""
        papers, pages, cut = printed(self.made)
        pc = start(self.made)
        try:
            requests = [EntryId(*what) for step, what in steps if step == "request"]  # type: ignore[misc]
            wrong = cut + _compare(pc, dict(steps), requests, papers)
            wrong += _evening(pc)
        finally:
            pc.close()
        return Faults(wrong, pages)


def start(made: Counter) -> Counter:
    """The program starts on whatever is in the folder."""
    store = Store.open(made.store.path, made.store_key)
    try:
        store.enrolled(made.author)  # type: ignore[arg-type]
    except BaseException:
        store.close()
        raise
    clock = FixedClock(MORNING + 60_000, step=1)
    secret = made.work.device_secret
    work = counters._workplace(made.folder, made.number, store, clock, secret, made.province)
    return replace(made, store=store, areas=open_areas(work), clock=clock)


def session(pc: Counter, told: Tell) -> None:
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
    with disk_words():  # the technician's page tells the same in words of its own
        made = back_up(pc.store, pc.folder / "backups", pc.clock.now())
    told("backup", made.path.name)
    pc.close()
    told("closed", 0)


def at_the_desk(pc: Counter) -> None:
    pc.sign_in(SIGNER)
    pen = pc.areas.signing.pen()
    if pen.paper_witness_needed or pen.date_confirmation_needed:
        pc.areas.signing.confirm_witness(pen.last_number, PIN)


def printed(made: Counter) -> tuple[set[int], int, list[str]]:
    """Numbers on certification texts that came out, how many pages, and papers that are cut."""
    numbers: set[int] = set()
    pages, cut = 0, []
    for paper in (made.folder / "papers").glob("*.pdf"):
        try:
            sheets = pypdf.PdfReader(paper).pages[:]
        except pypdf.errors.PyPdfError:
            cut.append(f"{paper.name} is cut and bears its final name")
            continue
        for page in sheets:
            numbers |= {int(found) for found in NUMBER.findall(page.extract_text())}
            pages += 1
    return numbers, pages, cut


def _compare(pc: Counter, steps: dict[str, object], requests: list[EntryId], papers: set[int]) -> list[str]:
    assert pc.register is not None
    state = pc.state(pc.register)
    wrong = broken(pc.store) + stale(pc.store) + unaccounted(pc.store, state.id, state)
    lines = dict(rows(pc.store, "SELECT number, state FROM lines"))
    held = {key for (key,) in rows(pc.store, "SELECT id FROM requests")}
    wrong += [f"request {one} was acknowledged and is lost" for one in requests if one.key not in held]
    wrong += [f"number {number} is on paper and not in the book" for number in sorted(papers - lines.keys())]
    if (numbers := steps.get("numbered")) is not None:
        first, last = _two(numbers)
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


def _two(told: object) -> tuple[int, int]:
    assert isinstance(told, list)
    return int(told[0]), int(told[1])
