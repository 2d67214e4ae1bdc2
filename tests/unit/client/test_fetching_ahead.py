"""Two fetches under way: in order whatever overtakes, no hole, nothing twice, never with an older hub."""

from __future__ import annotations

import heapq
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.client.answers import begins_late
from sync.client.engine import DONE, Engine, Outcome
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.run import make_run
from sync.protocol.meeting.exchange import ExchangeRequest, unpack_request
from tests.unit.client.peers import UNIT, MemoryHub, MemoryStore, counter
from tests.unit.client.test_engine import backlog, engine, equal, meet
from tests.unit.client.virtual_line import CUT, FAULTS, GARBLED, LOST, OK, VirtualLine

SLOW_MS = 4_000
MANY = 800


def hub_with(entries: int) -> MemoryHub:
    """A hub that a sibling (counter 2) has told ``entries``."""
    hub, sibling = MemoryHub(load_dictionary), counter(2)
    sibling.wrote(*backlog(entries))
    meet(sibling, hub)
    hub.asked.clear()
    return hub


def known(hub: MemoryHub, device: int = 1) -> MemoryStore:
    """A counter that the hub knows and that has nothing to bring."""
    one = counter(device)
    engine(one, VirtualLine(hub.exchange)).until_idle(1)
    hub.asked.clear()
    return one


def fetched(hub: MemoryHub) -> list[ExchangeRequest]:
    return [one.request for one in hub.asked]


class Overtaking(VirtualLine):
    """Each second answer comes long after the one behind it."""

    def start(self, lane: int, request: bytes) -> None:
        super().start(lane, request)
        if self.requests % 2:
            late = [(lands + SLOW_MS * (number == self.requests), number, *rest)
                    for lands, number, *rest in self._landing]  # fmt: skip
            self._landing = late  # type: ignore[assignment]
            heapq.heapify(self._landing)


def whole(outcomes: list[Outcome]) -> bool:
    """Nothing was parked or found forked on the way."""
    return all(not one.ingested.parked and not one.forked for one in outcomes)


def test_the_second_fetch_leaves_before_the_first_is_answered() -> None:
    hub = hub_with(MANY)
    one, two = known(hub), known(hub)
    slow, quick = VirtualLine(hub.exchange, count=1), VirtualLine(hub.exchange, count=2)
    engine(two, slow).until_idle()
    hub.asked.clear()
    outcomes = engine(one, quick).until_idle()
    assert (equal(hub, one), whole(outcomes), outcomes[-1].code) == (True, True, DONE)
    assert quick.most_under_way == 2
    assert quick.clock < slow.clock - 600  # a round trip at the least
    behind = [asked.behind for asked in fetched(hub)]
    assert behind[0] == 0
    assert sum(size > 0 for size in behind) >= len(behind) - 2
    assert one.ingested == two.ingested  # nothing came twice


def test_no_more_is_under_way_than_one_answer_was_alone() -> None:
    hub = hub_with(MANY)
    talk = engine(known(hub), VirtualLine(hub.exchange, count=2))
    outcomes = talk.until_idle()
    assert max(one.bytes_in for one in outcomes) <= 12 * 1024 + 300
    assert talk.pace.want_bytes == 24 * 1024


def test_an_answer_that_overtakes_waits_for_the_one_before_it() -> None:
    hub = hub_with(MANY)
    one, two = known(hub), known(hub)
    plain, line = VirtualLine(hub.exchange, count=2), Overtaking(hub.exchange, count=2)
    engine(two, plain).until_idle()
    outcomes = engine(one, line).until_idle()
    assert (equal(hub, one), whole(outcomes)) == (True, True)
    assert line.down < plain.down + 1_000  # nothing that came early was thrown away
    assert line.most_under_way == 2
    assert all(outcome.code == DONE for outcome in outcomes)


@pytest.mark.parametrize("fate", [LOST, CUT])
@pytest.mark.parametrize("lost", [1, 3])
def test_a_fetch_whose_forerunner_is_lost_leaves_no_hole(lost: int, fate: str) -> None:
    hub = hub_with(MANY)
    one = known(hub)
    fates = iter([OK] * lost + [fate] + [OK] * 500)
    outcomes = engine(one, VirtualLine(hub.exchange, count=2, fate=lambda: next(fates))).until_idle()
    assert outcomes[-1].code != DONE  # the break is told
    assert whole(outcomes)
    assert whole(again := meet(one, hub, count=2))
    assert again[-1].code == DONE
    assert equal(hub, one)


def test_entries_that_arrive_in_between_cost_a_request_and_no_hole() -> None:
    hub = hub_with(MANY)
    one, third = known(hub, 5), counter(3)
    before = counter(1)  # its journal is given before the sibling's
    heard: Callable[[bytes], bytes] = hub.exchange
    requests = 0

    def grows(data: bytes) -> bytes:
        nonlocal requests
        requests += 1
        if requests in (3, 6):
            before.wrote(*backlog(200))
            meet(before, hub)
            third.wrote("sau")
            meet(third, hub)
        return heard(data)

    outcomes = engine(one, VirtualLine(grows, count=2)).until_idle()
    assert whole(outcomes)
    meet(one, hub, count=2)
    assert equal(hub, one)


def test_a_hub_that_does_not_know_it_is_asked_one_by_one() -> None:
    hub = hub_with(MANY)
    hub.knows = 2
    one = known(hub)
    line = VirtualLine(hub.exchange, count=2)
    engine(one, line).until_idle()
    assert equal(hub, one)
    assert line.most_under_way == 1
    assert not any(asked.behind for asked in fetched(hub))


def test_what_is_written_meanwhile_goes_up_beside_the_fetching() -> None:
    hub = hub_with(MANY)
    one = known(hub)
    one.wrote(*backlog(300))
    outcomes = engine(one, VirtualLine(hub.exchange, count=2)).until_idle()
    assert (equal(hub, one), whole(outcomes)) == (True, True)
    assert sum(outcome.sent_entries for outcome in outcomes) == 300


def test_a_disk_that_fails_leaves_nothing_under_way() -> None:
    hub = hub_with(MANY)
    one = known(hub)
    taken, bundles = one.ingest, []

    def full(bundle: Bundle) -> object:
        bundles.append(bundle)
        if len(bundles) == 3:  # the fourth has overtaken it and waits
            raise OSError("the disk is full")
        return taken(bundle)

    one.ingest = full  # type: ignore[method-assign, assignment]
    line = Overtaking(hub.exchange, count=2)
    talk: Engine = engine(one, line)
    with pytest.raises(OSError, match="full"):
        talk.until_idle()
    assert line.under_way == 0
    one.ingest = taken  # type: ignore[method-assign]
    assert talk.until_idle()[-1].code == DONE
    assert equal(hub, one)


def test_a_hole_is_seen_in_any_run_of_a_bundle() -> None:
    two, three = counter(2), counter(3)
    for one in (two, three):
        one.wrote(*range(9))
        one.hand_over()

    def run(store: MemoryStore, first: int, last: int) -> object:
        entries = store.entries[store.journal][first - 1 : last]
        return make_run(store.heads[store.journal][first - 1], entries, [])

    def bundle(*runs: object) -> Bundle:
        return Bundle(UNIT, two.journal, runs)  # type: ignore[arg-type]

    held = {two.journal: 4}
    assert not begins_late(bundle(run(two, 3, 6), run(two, 7, 9), run(three, 1, 2)), held)
    assert begins_late(bundle(run(two, 6, 9)), held)
    assert begins_late(bundle(run(two, 5, 6), run(three, 2, 3)), held)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_line_does_nothing_is_missed_or_parked(data: st.DataObject) -> None:
    hub = hub_with(data.draw(st.integers(150, 400)))
    one, two = counter(1), counter(3)
    fates = st.sampled_from((*[OK] * 8, *(fault for fault in FAULTS if fault != GARBLED)))
    for _ in range(data.draw(st.integers(1, 4))):
        two.wrote(*backlog(data.draw(st.integers(0, 60))))
        meet(two, hub)
        kind = data.draw(st.sampled_from((VirtualLine, Overtaking)))
        line = kind(hub.exchange, count=2, fate=lambda: data.draw(fates))
        assert whole(engine(one, line).until_idle(data.draw(st.integers(2, 12))))
    for store in (one, two, one):
        assert meet(store, hub, count=2)[-1].code == DONE
    assert equal(hub, one, two)


def test_what_the_engine_asks_is_format_3() -> None:
    hub = hub_with(600)
    sent: list[bytes] = []

    def heard(data: bytes) -> bytes:
        sent.append(data)
        return hub.exchange(data)

    engine(known(hub), VirtualLine(heard, count=2)).until_idle()
    assert {data[3] for data in sent} == {3}
    assert any(unpack_request(data).request.behind for data in sent)
