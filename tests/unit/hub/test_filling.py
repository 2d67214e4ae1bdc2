"""What goes into the answer behind one that has not landed: exactly what that one leaves, on any worker."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import msgspec
import pytest

from sync.hub.filling import MOST_REMEMBERED, Filler
from sync.hub.hub import Hub
from sync.protocol.carrying.bundle import unpack_bundle
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.vector import Vector, lacking
from sync.protocol.meeting.exchange import ExchangeRequest
from sync.protocol.naming.ids import EntryId
from tests.unit.hub.commune import Clock, Commune
from tests.unit.tools.test_train_dictionary import UNSEEN
from tools.made_up_records import record

UNIT = "00000"
WANT = 1_024
NOTHING = Vector({}, bytes(8))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commune]:
    """A counter whose journal the hub holds, long enough for several answers."""
    folder, clock, chance = tmp_path_factory.mktemp("filling"), Clock(), Random(4)
    with Hub.open(folder / "hub", practice=True, now=clock, durable=False) as hub:
        hub.add_unit(UNIT, "Xã tập huấn")
        counter = Commune(hub, folder, UNIT, clock, 1)
        book = EntryId(counter.journal, 1)
        for serial in range(5):
            drafts = [record(UNSEEN, chance, n, counter.at, 20_261_120, book) for n in range(20)]
            counter.act([one for some in drafts for one in some][: 40 + serial])
        counter.engine.until_idle()
        yield counter


@pytest.fixture(scope="module")
def hub(busy: Commune) -> Hub:
    return busy.hub


def asked(counter: Commune, want: int = WANT, behind: int = 0) -> ExchangeRequest:
    tight = {"brief": True, "tight": True, "behind": behind}
    return ExchangeRequest(UNIT, counter.journal, counter.at, want, NOTHING, b"", **tight)


def given(
    filler: Filler, hub, request: ExchangeRequest, lacks: dict[int, int]
) -> tuple[tuple[Run, ...], bool]:
    with hub.database.read() as connection:
        data, more = filler.fill(connection, request, lacks)
    return (unpack_bundle(data, load_dictionary).runs if data else ()), more


def all_of(hub) -> dict[int, int]:
    return lacking(hub.word(UNIT).received, NOTHING)


def ends(lacks: dict[int, int], runs: tuple[Run, ...]) -> dict[int, int]:
    return lacks | {run.journal: run.last_seq + 1 for run in runs}


@pytest.mark.parametrize("remembers", [True, False])
def test_the_second_answer_begins_where_the_first_ends(hub, busy, remembers) -> None:
    filler, lacks = Filler(), all_of(hub)
    first, more = given(filler, hub, asked(busy), lacks)
    assert more
    other = filler if remembers else Filler()
    ahead, _ = given(other, hub, asked(busy, behind=WANT), lacks)
    positions = hub.word(UNIT).received.positions
    after = {journal: seq for journal, seq in ends(lacks, first).items() if seq <= positions[journal]}
    assert ahead == given(Filler(), hub, asked(busy), after)[0]
    assert {run.journal for run in ahead} <= set(after)


def test_one_behind_another_all_comes_and_the_last_says_so(hub, busy) -> None:
    filler, lacks = Filler(), all_of(hub)
    positions = hub.word(UNIT).received.positions
    more, answers = True, 0
    while more:
        first, _ = given(filler, hub, asked(busy), lacks)
        ahead, more = given(filler, hub, asked(busy, behind=WANT), lacks)
        lacks = {j: seq for j, seq in ends(ends(lacks, first), ahead).items() if seq <= positions[j]}
        answers += 2
    assert lacks == {}
    assert answers > 2
    assert given(filler, hub, asked(busy, behind=WANT), lacks) == ((), False)


def test_behind_all_there_is_comes_nothing(hub, busy) -> None:
    whole = asked(busy, behind=256 * 1024)
    assert given(Filler(), hub, whole, all_of(hub)) == ((), False)


def test_who_wants_nothing_is_told_that_there_is_more(hub, busy) -> None:
    assert given(Filler(), hub, asked(busy, want=0), all_of(hub)) == ((), True)
    assert given(Filler(), hub, asked(busy, want=0), {}) == ((), False)


def test_what_was_given_is_not_packed_again(hub, busy, monkeypatch) -> None:
    filler, lacks = Filler(), all_of(hub)
    given(filler, hub, asked(busy), lacks)
    packed: list[dict[int, int]] = []
    answer = Filler._answer

    def watched(self, connection, request, start, budget):
        packed.append(dict(start))
        return answer(self, connection, request, start, budget)

    monkeypatch.setattr(Filler, "_answer", watched)
    given(filler, hub, asked(busy, behind=WANT), lacks)
    assert len(packed) == 1
    given(Filler(), hub, asked(busy, behind=WANT), lacks)
    assert len(packed) == 3


def test_another_dictionary_is_another_answer(hub, busy) -> None:
    filler, lacks = Filler(), all_of(hub)
    given(filler, hub, asked(busy), lacks)
    without = msgspec.structs.replace(asked(busy, behind=WANT), generation=0)
    plain = msgspec.structs.replace(asked(busy), generation=0)
    first, _ = given(Filler(), hub, plain, lacks)
    ahead, _ = given(filler, hub, without, lacks)
    assert ahead[0].first_seq == ends(lacks, first)[ahead[0].journal]


def test_only_so_much_is_remembered(hub, busy) -> None:
    filler, lacks = Filler(), all_of(hub)
    for seq in range(MOST_REMEMBERED + 5):
        filler._ends["00000", 2, seq, ()] = {}
    given(filler, hub, asked(busy), lacks)
    assert len(filler._ends) == MOST_REMEMBERED
