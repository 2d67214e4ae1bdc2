"""What the hub must notice of a giver who lies or is cut short - and that the test sees a hub that does not.

Honest engines send whole, signed runs only, so a simulator of honest counters can never tell a hub that
checks from one that does not. Here runs are made by hand: bent, joined to another chain, without their end's
signature. Each fault is planted in the product's own source and has to turn the same examination red.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from sync.hub import ingest as taking
from sync.hub.hub import Hub
from sync.hub.tables import journals, schema
from sync.hub.verify import problems
from sync.protocol.carrying import ingest as planning
from sync.protocol.carrying import run as runs
from sync.protocol.carrying.run import Run
from sync.protocol.journals.chain import follow
from sync.protocol.journals.checkpoint import Checkpoint
from tests.unit.hub.commune import Commune
from tests.unit.hub.conftest import NewCommune
from tests.unit.hub.test_exchange import ask, bent, pieces, rows

UNIT = "00000"
Examine = Callable[[Hub, Commune, Commune], list[str]]
Plant = Callable[[pytest.MonkeyPatch], None]


def promised(hub: Hub, giver: Commune) -> list[str]:
    """What the hub's word claims beyond what it can prove, and what a sibling would be given of it."""
    found: list[str] = []
    with hub.database.read() as connection:
        found += problems(connection, {hub.keys.signing.key_id: hub.public_key})
        at = journals.position(connection, giver.journal)
        signed = max((row[1] for row in rows(hub, schema.checkpoints) if row[0] == giver.journal), default=0)
    if at is not None and (at.seq, at.covered) != (signed, signed):
        found.append(f"held to {at.seq}, said to be covered to {at.covered}, signed to {signed}")
    told = hub.word(UNIT).received.positions.get(giver.journal, 0)
    return [*found, f"the word covers {told}, signed is {signed}"] if told > signed else found


def after_a_bent_run(hub: Hub, giver: Commune, other: Commune) -> list[str]:
    """Another counter brings the giver's run with one bit changed, then the true one."""
    giver.request()
    giver.port().hand_over()
    (true,) = pieces(giver)
    parked = [one.code for one in ask(other, bent(true)).parked]
    found = [] if parked == ["not-authentic"] else [f"a bent run: {parked}"]
    ask(other, true)
    return found + differing(hub, true)


def after_a_run_of_another_chain(hub: Hub, giver: Commune, other: Commune) -> list[str]:
    """A run that says it follows another head than the one held, though its entries are the giver's."""
    ask(giver, *pieces(giver))
    first = giver.port().vector().positions[giver.journal]
    giver.request()
    (more,) = pieces(giver, first + 1)
    elsewhere = msgspec.structs.replace(more, before=bytes(8))
    parked = [one.code for one in ask(other, elsewhere).parked]
    found = [] if parked == ["forked"] else [f"a run of another chain: {parked}"]
    return found + promised(hub, giver)


def after_a_tail(hub: Hub, giver: Commune, other: Commune) -> list[str]:
    """The giver's line was cut behind the entries and before their signature; a sibling asks for all."""
    ask(giver, *pieces(giver))
    first = giver.port().vector().positions[giver.journal]
    giver.request()
    (more,) = pieces(giver, first + 1)
    answer = ask(giver, msgspec.structs.replace(more, checkpoints=()))
    found = promised(hub, giver)
    if answer.word.received.positions[giver.journal] != first:
        found.append("an unsigned tail is acknowledged")
    other.sync()
    if other.port().vector().positions.get(giver.journal) != first:
        found.append("an unsigned tail is passed on")
    if hub.trouble(UNIT).tails != len(more.entries):
        found.append("the tail is not kept apart")
    ask(giver, more)
    return found + differing(hub, more)


def differing(hub: Hub, true: Run) -> list[str]:
    """Entries of ``true`` that the hub lacks or holds otherwise; and what it cannot prove."""
    held = {row[0]: row for row in rows(hub, schema.entries)}
    body = list(schema.entries.c.keys()).index("body")
    lost = [one.id for one in true.entries if held.get(one.id.key, {body: None})[body] != one.body]
    with hub.database.read() as connection:
        wrong = problems(connection, {hub.keys.signing.key_id: hub.public_key})
    return wrong + [f"{place} is not as its author wrote it" for place in lost]


def drop_the_chain_check(patch: pytest.MonkeyPatch) -> None:
    """No head is compared and no signature verified; whatever signatures came are kept."""

    def believing(run: Run, head_before: bytes, public: bytes) -> runs.Verified:
        heads = tuple(follow(head_before, run.first_seq - 1, run.entries))
        points = tuple(
            Checkpoint(run.journal, one.seq, heads[one.seq - run.first_seq], one.signature)
            for one in run.checkpoints
        )
        covered = run.covered_seq - run.first_seq + 1
        return runs.Verified(run.entries[:covered], heads[:covered], points, run.entries[covered:])

    patch.setattr(planning, "verify_run", believing)


def drop_the_head_comparison(patch: pytest.MonkeyPatch) -> None:
    """Signatures are verified, the eight bytes of the head before are not looked at."""
    real = runs.verify_run

    def lenient(run: Run, head_before: bytes, public: bytes) -> runs.Verified:
        return real(msgspec.structs.replace(run, before=head_before[:8]), head_before, public)

    patch.setattr(planning, "verify_run", lenient)


def drop_the_signature(patch: pytest.MonkeyPatch) -> None:
    """Checkpoints count unread."""
    patch.setattr(Checkpoint, "verify", lambda self, public: None)


def count_the_tail_as_covered(patch: pytest.MonkeyPatch) -> None:
    """Everything in a run is taken as signed."""
    real = runs.verify_run

    def generous(run: Run, head_before: bytes, public: bytes) -> runs.Verified:
        found = real(run, head_before, public)
        heads = tuple(follow(head_before, run.first_seq - 1, run.entries))
        return runs.Verified(run.entries, heads, found.checkpoints, ())

    patch.setattr(planning, "verify_run", generous)


def count_the_tail_in_the_word(patch: pytest.MonkeyPatch) -> None:
    """The tail is written beside the covered entries, and the position says that a signature covers it."""
    real = taking._add

    def add(connection: Any, unit: str, step: planning.Step, arrived: int) -> None:
        real(connection, unit, step, arrived)
        if step.tail:
            before = journals.position(connection, step.journal)
            now = journals.write_entries(connection, step.tail, unit, before, arrived)
            heads = schema.journal_heads
            connection.execute(
                heads.update()
                .where(heads.c.journal == step.journal)
                .values(covered=now.seq, covered_head=now.head)
            )

    patch.setattr(taking, "_add", add)


EXAMINATIONS: tuple[Examine, ...] = (after_a_bent_run, after_a_run_of_another_chain, after_a_tail)
FAULTS: tuple[tuple[Plant, Examine], ...] = (
    (drop_the_chain_check, after_a_bent_run),
    (drop_the_chain_check, after_a_run_of_another_chain),
    (drop_the_head_comparison, after_a_run_of_another_chain),
    (drop_the_signature, after_a_bent_run),
    (count_the_tail_as_covered, after_a_tail),
    (count_the_tail_in_the_word, after_a_tail),
)


@contextmanager
def planted(plant: Plant) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        yield


@pytest.mark.parametrize("examine", EXAMINATIONS, ids=lambda one: one.__name__)
def test_the_hub_takes_nothing_that_its_author_did_not_sign(
    examine: Examine, hub: Hub, counters: NewCommune
) -> None:
    giver, other = counters(), counters()
    other.sync()
    assert examine(hub, giver, other) == []


@pytest.mark.parametrize(("plant", "examine"), FAULTS, ids=lambda one: one.__name__)
def test_a_planted_fault_is_seen(plant: Plant, examine: Examine, hub: Hub, counters: NewCommune) -> None:
    giver, other = counters(), counters()
    other.sync()
    with planted(plant):
        assert examine(hub, giver, other) != []
