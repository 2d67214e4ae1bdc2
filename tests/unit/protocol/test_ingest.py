"""The plan of an ingest: which refusal a second branch gets, seen from in front of and behind the parting."""

from __future__ import annotations

from sync.protocol.carrying.ingest import Plan, plan_ingest
from sync.protocol.carrying.run import Run
from tests.unit.client.peers import HUB_KEYS, MemoryStore, bent, counter

DEVICE = 7


def twins(shared: int, apart: int) -> tuple[MemoryStore, MemoryStore]:
    """Two stores with one key: ``shared`` acts alike, then ``apart`` acts each of its own."""
    one, two = counter(DEVICE), counter(DEVICE)
    for store, words in ((one, "một"), (two, "hai")):
        store.wrote(*range(shared))
        store.hand_over()
        for number in range(apart):
            store.wrote(f"{words} {number}")
            store.hand_over()
    return one, two


def brought(giver: MemoryStore, taker: MemoryStore, first: int) -> Plan:
    pieces = giver.pieces_from({giver.journal: first}, 2**20)
    return plan_ingest(taker, pieces, HUB_KEYS)


def codes(plan: Plan) -> list[str]:
    return [one.code for one in plan.parked]


def test_a_run_from_behind_the_parting_is_parked_as_forked() -> None:
    one, two = twins(3, 4)
    plan = brought(two, one, first=6)
    assert set(codes(plan)) == {"forked"}
    assert (plan.steps, plan.forks) == ((), ())


def test_a_run_from_before_the_parting_shows_where_and_brings_the_other_branch_whole() -> None:
    one, two = twins(3, 4)
    plan = brought(two, one, first=1)
    (fork, branch), *_ = plan.forks
    assert fork.seq == 5
    assert branch[0] == two.entries[two.journal][4]
    assert plan.applied == 0


def test_a_branch_that_nobody_signed_stays_a_forgery() -> None:
    one, two = twins(3, 1)
    (run,) = [run for run in two.pieces_from({two.journal: 5}, 2**20) if isinstance(run, Run)]
    assert codes(plan_ingest(one, [bent(run)], HUB_KEYS)) == ["not-authentic"]


def test_an_overlapping_run_whose_own_beginning_is_ours_is_compared_entry_by_entry() -> None:
    one, two = twins(3, 2)
    plan = brought(two, one, first=5)
    assert [fork.seq for fork, _ in plan.forks] == [5]
