"""Piles of 200: many register numbers, and copies of a PC that number side by side without contact (R6)."""

from __future__ import annotations

import copy
import shutil
from typing import NamedTuple

from counter_app.domain.certification.entries import LineNumbered
from counter_app.domain.kinds import BY_BODY
from counter_app.storage.store import Store
from sync.protocol.carrying.packing import unpack_entry
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId
from tests.support import invariants as check
from tests.sync.simulator.losses import go_on
from tests.sync.simulator.pc import Pc
from tests.sync.simulator.troubles import sees_last_number
from tests.sync.simulator.world import World

PILE = 200
ORIGINALS = 5


def pile_of_200(world: World) -> str:
    """The holder takes in what a pile still lacks, in one act, and numbers 200 in another."""
    pc = world.holder()
    if pc is None or not sees_last_number(world, pc):
        return "nothing"
    papers = _numbered(world, pc)
    return f"{pc.place} {papers[0]} {papers[-1]}"


def _numbered(world: World, pc: Pc) -> list[tuple[EntryId, int]]:
    pc.take_in_many(max(0, PILE - len(pc.waiting)) // ORIGINALS, ORIGINALS)
    papers = pc.pile(world.register, world.delegation, pc.waiting[:PILE])
    pc.waiting = pc.waiting[PILE:]
    world.ledger.came_out(papers)
    return papers


class Apart(NamedTuple):
    """Numbers two copies gave without contact, those given by both, and what was wrong at their meeting."""

    given: int
    twice: int
    faults: list[str]


def copies_apart(world: World, piles: int) -> Apart:
    """A running PC with the pen is copied; both number ``piles`` piles, then both meet the hub.

    The double must be found at that first contact, both writers stop, and every line of both branches stays
    readable: the one in the register, the other on the copy and, as far as it was sent before it stopped,
    among the hub's stray. Then the PC goes on in its next life and the pen is recovered above all papers.
    """
    pc = world.holder()
    if pc is None:
        return Apart(0, 0, ["nobody holds the pen"])
    world.calm(pc)
    pc.store.fold_wal()
    pc.opened += 1
    path = pc.folder / f"copy-{pc.opened}.db"
    shutil.copyfile(pc.path, path)
    twin = copy.copy(pc)
    twin.waiting, twin.path = list(pc.waiting), path
    twin.serial, twin.at = pc.serial + 5_000, pc.at + 777  # else both would write the very same entries
    twin.open(Store.open(path, pc.key))
    ours = [paper for _ in range(piles) for paper in _numbered(world, pc)]
    theirs = [paper for _ in range(piles) for paper in _numbered(world, twin)]
    faults = _met(world, pc, twin, ours, theirs)
    twin.store.engine.dispose()
    path.unlink()
    world.ledger.cloned.append(pc.journal)
    twice = {number for _, number in ours} & {number for _, number in theirs}
    world.ledger.papers.update(ours)
    go_on(world, pc)
    return Apart(len(ours) + len(theirs), len(twice), faults)


def _met(
    world: World, pc: Pc, twin: Pc, ours: list[tuple[EntryId, int]], theirs: list[tuple[EntryId, int]]
) -> list[str]:
    for each in (pc, twin, pc):
        world.calm(each)
        world.hub.read()
    faults = [
        f"{name} writes on" for each, name in ((pc, "the PC"), (twin, "its copy")) if each.store.is_enrolled
    ]
    if not _stray_numbers(world, pc.journal):
        faults.append("no double was found at the first contact")
    on_the_copy = dict(check.rows(twin.store, "SELECT id, number FROM lines"))
    faults += [
        f"number {number} of the copy is lost"
        for line, number in theirs
        if on_the_copy.get(line.key) != number
    ]
    held = dict(check.rows(pc.store, "SELECT id, number FROM lines"))
    faults += [f"number {number} is not read" for line, number in ours if held.get(line.key) != number]
    return faults


def _stray_numbers(world: World, journal: int) -> set[int]:
    """Numbers of the lines kept in the hub's stray table."""
    sql = f"SELECT journal, seq, packed FROM stray WHERE journal = {journal}"
    with world.hub.database.read() as connection:
        rows = connection.exec_driver_sql(sql).all()
    entries = [unpack_entry(EntryId(number, seq), bytes(packed)) for number, seq, packed in rows]
    return {number for entry in entries if (number := _number(entry))}


def _number(entry: Entry) -> int:
    if entry.facts.kind != BY_BODY[LineNumbered].number or entry.body is None:
        return 0
    return decode_body(LineNumbered, entry.body).number
