"""Runs the hub refuses, and branches that part: nothing is in another's way, nothing goes on for ever."""

from __future__ import annotations

import msgspec
import pytest

from sync.client.backlog import Backlog, load_of
from sync.client.engine import DONE, Engine, HubIdentity
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.store_port import Ingested
from sync.protocol.carrying.vector import Vector, sign_vector
from sync.protocol.journals.codec import encode
from sync.protocol.journals.entry import write_entry
from sync.protocol.meeting.exchange import ExchangeAnswer, Parked
from sync.protocol.naming.ids import EntryId, journal_of
from tests.unit.client.peers import AT, HUB_KEY, UNIT, MemoryHub, MemoryStore, counter
from tests.unit.client.virtual_line import VirtualLine

ONE, TWO = journal_of(1, 1), journal_of(2, 1)


def talk(store: MemoryStore, hub: MemoryHub) -> Engine:
    line = VirtualLine(hub.exchange)
    return Engine(store, line, store.key, HubIdentity(HUB_KEY.public), lambda: AT, line.tick)


def poison(store: MemoryStore, seq: int) -> None:
    """A bad sector under one entry: what is stored is no longer what was signed."""
    journal = store.journal
    held = store.entries[journal][seq - 1]
    store.entries[journal][seq - 1] = write_entry(held.id, held.facts, encode(["hỏng"]))


def test_one_poisoned_run_delays_nobody_and_is_not_sent_for_ever() -> None:
    hub, one, two = MemoryHub(), counter(1), counter(2)
    for store in (one, two):
        talk(store, hub).until_idle()
    one.wrote(*range(500))
    poison(one, 20)
    two.wrote(*range(100))
    two.hand_over()
    one.ingest(Bundle(UNIT, TWO, tuple(two.pieces_from({TWO: 1}, 2**30))))
    engine = talk(one, hub)
    outcomes = engine.until_idle()
    assert outcomes[-1].code == DONE
    assert hub.store.held_to(TWO) == 101
    assert engine.backlog.aside == {ONE: "not-authentic"}
    assert len(outcomes) < 6
    assert engine.exchange().sent_entries == 0
    engine.backlog.ask_again()
    assert engine.exchange().sent_entries > 0


def twin_of(store: MemoryStore) -> MemoryStore:
    """A copy of the PC that goes on by itself."""
    copy = counter(1)
    for name in ("entries", "heads", "points"):
        setattr(copy, name, {journal: list(rows) for journal, rows in getattr(store, name).items()})
    copy.word = store.word
    copy.at = store.at + 77
    return copy


@pytest.mark.parametrize("hub_is_behind", [0, 5, 300])
def test_a_fork_is_shown_to_the_hub_where_it_began(hub_is_behind: int) -> None:
    """The twin's branch is longer than, as long as, and shorter than the one the hub has."""
    hub, one = MemoryHub(), counter(1)
    one.wrote(*range(200))
    talk(one, hub).until_idle()
    twin = twin_of(one)
    one.wrote(*range(1_000, 1_150))
    talk(one, hub).until_idle()
    twin.wrote(*range(2_000, 2_150 - 5 + hub_is_behind))
    forks: list[int] = []
    taken = hub.store.ingest

    def ingest(bundle: Bundle) -> Ingested:
        result = taken(bundle)
        forks.extend(result.forked)
        return result

    hub.store.ingest = ingest  # type: ignore[method-assign]
    engine = talk(twin, hub)
    outcomes = [outcome for _ in range(6) for outcome in engine.until_idle()]
    assert ONE in forks
    assert any(ONE in outcome.forked for outcome in outcomes) or hub_is_behind == 0
    assert engine.backlog.aside == {ONE: "forked"} or hub_is_behind == 0
    assert len(outcomes) < 20
    assert engine.exchange().sent_entries == 0
    assert hub.store.entries[ONE] == one.entries[ONE]


def answer(received: dict[int, int], *parked: Parked) -> ExchangeAnswer:
    held = Vector(received, bytes(8))
    return ExchangeAnswer(AT, sign_vector(HUB_KEY, UNIT, AT, 1, held, held), parked=parked)


def pieces(*spans: tuple[int, int, int]) -> list[Run]:
    """Empty runs over ``(journal, first, last)``."""
    store = counter(1)
    store.hand_over()
    (run,) = store.pieces_from({ONE: 1}, 1)
    return [
        msgspec.structs.replace(
            run, journal=journal, first_seq=first, entries=run.entries * (last - first + 1)
        )
        for journal, first, last in spans
    ]


MINE = Vector({ONE: 100, TWO: 50}, bytes(8))
HUB = Vector({ONE: 40}, bytes(8))


def test_what_is_under_way_is_not_sent_twice() -> None:
    backlog = Backlog()
    assert backlog.needed(MINE, HUB) == {ONE: 41, TWO: 1}
    half = load_of(pieces((ONE, 41, 60), (ONE, 61, 80)))
    assert (half.first, half.last, half.entries) == ({ONE: 41}, {ONE: 80}, 40)
    assert backlog.needed(MINE, HUB, [half]) == {ONE: 81, TWO: 1}
    assert backlog.needed(MINE, HUB, [half, load_of(pieces((ONE, 81, 100)))]) == {TWO: 1}


def test_an_entry_the_hub_has_gone_past_is_not_in_the_way() -> None:
    """One of two seals was refused; the run behind it was taken."""
    backlog = Backlog()
    backlog.answered(
        load_of(pieces((ONE, 41, 100))), answer({ONE: 100}, Parked(EntryId(ONE, 50), "seal-differs"))
    )
    assert backlog.aside == {}


def test_a_journal_comes_back_when_the_hub_moved_in_it() -> None:
    backlog = Backlog()
    refused = answer({ONE: 40}, Parked(EntryId(ONE, 41), "not-authentic"))
    backlog.answered(load_of(pieces((ONE, 41, 100))), refused)
    assert backlog.needed(MINE, HUB) == {TWO: 1}
    assert backlog.needed(MINE, Vector({ONE: 70}, b"")) == {ONE: 71, TWO: 1}
    assert backlog.aside == {}


def test_a_run_that_came_too_early_is_simply_sent_again() -> None:
    backlog = Backlog()
    early = answer({ONE: 40}, Parked(EntryId(ONE, 61), "chain-broken"))
    backlog.answered(load_of(pieces((ONE, 61, 100))), early)
    assert backlog.needed(MINE, HUB)[ONE] == 41
    backlog.answered(
        load_of(pieces((ONE, 41, 100))), answer({ONE: 40}, Parked(EntryId(ONE, 41), "chain-broken"))
    )
    assert backlog.aside == {ONE: "chain-broken"}


def test_the_way_back_to_a_fork_doubles() -> None:
    backlog, firsts, first = Backlog(), [], 1_001
    hub = Vector({ONE: 1_000}, bytes(8))
    mine = Vector({ONE: 1_200}, bytes(8))
    while first > 1:
        backlog.answered(
            load_of(pieces((ONE, first, first))), answer({ONE: 1_000}, Parked(EntryId(ONE, first), "forked"))
        )
        first = backlog.needed(mine, hub)[ONE]
        firsts.append(first)
    assert firsts == [937, 809, 425, 1]


def test_we_are_introduced_once_until_the_hub_answers_with_its_word() -> None:
    backlog = Backlog()
    assert backlog.introduce()
    assert not backlog.introduce(), "it was told and does not know us all the same"
    backlog.answered(load_of(pieces((ONE, 1, 3))), answer({ONE: 3}))
    assert not backlog.introducing
    assert backlog.introduce(), "another hub, later"
