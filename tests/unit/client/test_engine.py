"""The engine against a hub that answers by the format, over lines that do what lines do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.client.engine import BUDGET_SPENT, DONE, REFUSED, STOPPED, Engine, HubIdentity, Outcome
from sync.client.pacing import ByteBudget
from sync.client.transport import HubFailed, LineFault, NoLine
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.store_port import Ingested, WritingStopped
from sync.protocol.carrying.vector import sign_vector
from sync.protocol.meeting.exchange import ExchangeAnswer, pack_answer, unpack_request
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.refusals import OtherUnit
from tests.unit.client.peers import AT, HUB_KEY, UNIT, MemoryHub, MemoryStore, counter, next_life
from tests.unit.client.virtual_line import FAULTS, OK, VirtualLine

IDENTITY = HubIdentity(HUB_KEY.public)


def engine(store: MemoryStore, line: VirtualLine, **more: object) -> Engine:
    return Engine(store, line, store.key, IDENTITY, lambda: AT, line.tick, **more)  # type: ignore[arg-type]


def meet(store: MemoryStore, hub: MemoryHub, **how: object) -> list[Outcome]:
    return engine(store, VirtualLine(hub.exchange, **how)).until_idle()  # type: ignore[arg-type]


def equal(hub: MemoryHub, *stores: MemoryStore) -> bool:
    return all(store.vector() == hub.store.vector() for store in stores)


def test_a_new_counter_enrols_by_its_first_exchange_in_one_request() -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote("đơn")
    line = VirtualLine(hub.exchange)
    outcome = engine(one, line).exchange()
    assert (outcome.code, outcome.sent_entries, outcome.ingested.applied) == (DONE, 2, 1)
    assert line.requests == 1
    assert not outcome.more
    assert equal(hub, one)
    word = one.last_word()
    assert word is not None
    assert word.received == one.vector()


def test_idle_is_one_request_and_no_entries() -> None:
    hub, one = MemoryHub(), counter(1)
    meet(one, hub)
    (outcome,) = meet(one, hub)
    assert (outcome.code, outcome.sent_entries, outcome.ingested, outcome.more) == (
        DONE,
        0,
        Ingested(),
        False,
    )
    assert outcome.bytes_out + outcome.bytes_in < 200


def test_two_counters_meet_through_the_hub() -> None:
    hub, one, two = MemoryHub(), counter(1), counter(2)
    one.wrote(*range(300))
    two.wrote(*range(200))
    for store in (one, two, one):
        assert meet(store, hub)[-1].code == DONE
    assert equal(hub, one, two)


def test_what_an_answer_brings_is_told_by_the_next_request_not_sent_back() -> None:
    hub, one, two = MemoryHub(), counter(1), counter(2)
    two.wrote(*range(50))
    meet(two, hub)
    one.wrote("một")
    assert sum(outcome.sent_entries for outcome in meet(one, hub)) == 2


def test_batches_grow_on_a_quick_line_and_stay_small_on_a_slow_one() -> None:
    def biggest(bytes_per_s: int, one_way_ms: int) -> int:
        hub, one = MemoryHub(), counter(1)
        one.wrote(*backlog(2_000))
        line = VirtualLine(hub.exchange, bytes_per_s=bytes_per_s, one_way_ms=one_way_ms)
        return max(outcome.bytes_out for outcome in engine(one, line).until_idle())

    assert biggest(16_000, 300) <= 12 * 1024 + 256
    assert biggest(10_000_000, 5) > 24 * 1024


def backlog(rows: int = 600) -> list[bytes]:
    """Acts that do not compress, so that a batch holds few of them."""
    chosen = SigningKey(bytes([77]) * 32)
    return [chosen.sign(Purpose.OFFICIAL, n.to_bytes(4, "big")) for n in range(rows)]


def test_a_second_request_under_way_shortens_a_backlog_and_sends_nothing_twice() -> None:
    took = {}
    for lanes in (1, 2):
        hub, one = MemoryHub(), counter(1)
        one.wrote(*backlog())
        line = VirtualLine(hub.exchange, count=lanes)
        outcomes = engine(one, line).until_idle()
        assert {outcome.code for outcome in outcomes} == {DONE}
        assert equal(hub, one)
        assert sum(outcome.sent_entries for outcome in outcomes) == 601
        assert line.most_under_way == lanes
        took[lanes] = line.clock
    assert took[2] < took[1] * 0.85


def test_beside_a_request_that_fetches_the_other_only_brings() -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*backlog())
    engine(one, VirtualLine(hub.exchange, count=2)).until_idle()
    wants = [asked.request.want for asked in hub.asked]
    assert 0 in wants
    assert all(first or second for first, second in pairwise(wants))


def test_a_run_that_overtook_the_one_before_is_sent_again_and_not_set_aside() -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*backlog())
    fates = iter([OK] * 4 + ["lost"])
    line = VirtualLine(hub.exchange, count=2, fate=lambda: next(fates, OK))
    talk = engine(one, line)
    first = talk.until_idle()
    assert first[-1].code == "cut-off"
    assert talk.backlog.aside == {}
    talk.until_idle()
    assert equal(hub, one)


@pytest.mark.parametrize("fate", FAULTS)
def test_after_one_fault_the_next_attempt_finishes_the_work(fate: str) -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*range(100))
    fates = iter([fate])
    talk = engine(one, VirtualLine(hub.exchange, fate=lambda: next(fates, OK)))
    assert talk.until_idle()[-1].code in {DONE, "cut-off", "timed-out", "garbled", "not-the-hub"}
    assert talk.until_idle()[-1].code == DONE
    assert equal(hub, one)


class Broken:
    """A transport that always fails in one way."""

    def __init__(self, fault: LineFault | bytes) -> None:
        self.fault = fault

    def send(self, request: bytes) -> bytes:
        if isinstance(self.fault, bytes):
            return self.fault
        raise self.fault

    def close(self) -> None: ...


PORTAL = b"<!DOCTYPE html><html><title>Wi-Fi</title>"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (NoLine("x"), "no-line"),
        (HubFailed("HTTP status 500"), "hub-failed"),
        (PORTAL, "not-the-hub"),
        (b"", "not-the-hub"),
        (b"CCX\x01", "garbled"),
        (b"CCX\x02\x00\x00", "garbled"),
        (b"CCX\x01\x00" + b"\xff" * 200, "garbled"),
    ],
)
def test_each_failure_has_its_code_and_changes_nothing(fault: LineFault | bytes, code: str) -> None:
    one = counter(1)
    one.wrote()
    held = one.vector()
    talk = Engine(one, Broken(fault), one.key, IDENTITY, lambda: AT, lambda: 0)
    batch = talk.pace.batch_bytes
    outcomes = talk.until_idle()
    assert [outcome.code for outcome in outcomes] == [code]
    assert talk.pace.batch_bytes < batch
    assert one.last_word() is None
    assert one.vector().positions.keys() == {one.journal}
    assert one.ingested == 0
    assert held.covers(one.journal, 0)


def answering(answer: ExchangeAnswer) -> Callable[[bytes], bytes]:
    return lambda data: pack_answer(answer, unpack_request(data).request.vector)


def test_a_word_of_another_hub_is_never_kept() -> None:
    one = counter(1)
    one.hand_over()
    forged = sign_vector(SigningKey.fresh(), UNIT, AT, 1, one.vector(), one.vector())
    line = VirtualLine(answering(ExchangeAnswer(AT, forged)))
    assert engine(one, line).exchange().code == "garbled"
    assert one.last_word() is None


def test_a_finished_request_is_no_acknowledgement_the_word_is() -> None:
    """A hub that takes the bundle and does not hold it yet: nothing here may say "at the province"."""
    hub, one = MemoryHub(), counter(1)
    meet(one, hub)
    one.wrote("mới")
    stale = sign_vector(HUB_KEY, UNIT, AT + 9_000_000, 1, hub.store.vector(), hub.store.vector())
    line = VirtualLine(answering(ExchangeAnswer(AT, stale)))
    outcomes = engine(one, line).until_idle()
    word = one.last_word()
    assert word is not None
    assert not word.received.covers(one.journal, one.held_to(one.journal))
    assert len(outcomes) <= 3, "a hub that does not move must not be asked for ever"


def test_a_refusal_ends_the_attempt_with_the_hub_s_code() -> None:
    one = counter(1)
    line = VirtualLine(answering(ExchangeAnswer(AT, None, refused="sender-unknown")))
    (outcome,) = engine(one, line).until_idle()
    assert (outcome.code, outcome.refusal) == (REFUSED, "sender-unknown")


def test_a_bundle_we_refuse_does_not_hide_that_ours_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote()

    def refuse(_: Bundle) -> Ingested:
        raise OtherUnit("planted")

    monkeypatch.setattr(one, "ingest", refuse)
    (outcome,) = meet(one, hub)
    assert (outcome.code, outcome.refusal) == (REFUSED, "other-unit")
    word = one.last_word()
    assert word is not None
    assert word.received.covers(one.journal, 2)


def test_a_store_that_fails_is_not_the_line_s_fault_and_leaves_nothing_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*backlog())
    line = VirtualLine(hub.exchange, count=2)
    talk = engine(one, line)
    kept = one.keep_word
    failed: list[int] = []

    def full_disk(word: object) -> None:
        if line.under_way and not failed:
            failed.append(line.under_way)
            raise RuntimeError("disk full")
        kept(word)  # type: ignore[arg-type]

    monkeypatch.setattr(one, "keep_word", full_disk)
    with pytest.raises(RuntimeError, match="disk full"):
        talk.until_idle()
    assert talk.until_idle()[-1].code == DONE
    assert equal(hub, one)


def test_a_journal_closed_in_mid_exchange_ends_it_quietly_and_a_later_start_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*backlog())
    line = VirtualLine(hub.exchange, count=2)
    talk = engine(one, line)
    calls: list[int] = []

    def closed_at_the_third() -> None:
        calls.append(line.under_way)
        if len(calls) >= 3:
            raise WritingStopped("copy")
        MemoryStore.hand_over(one)

    with monkeypatch.context() as closing:
        closing.setattr(one, "hand_over", closed_at_the_third)
        outcomes = talk.until_idle()
        assert outcomes[-1].code == STOPPED
        assert outcomes[0].code == DONE
        assert line.under_way == 0
        assert [outcome.code for outcome in talk.until_idle()] == [STOPPED]
    assert not equal(hub, one)
    assert meet(one, hub)[-1].code == DONE
    assert equal(hub, one)


def test_a_program_that_ends_lets_land_what_is_under_way_and_sends_nothing_more() -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*backlog())
    line = VirtualLine(hub.exchange)
    talk = engine(one, line)

    def hub_and_the_end(request: bytes) -> bytes:
        talk.end()
        return hub.exchange(request)

    line._hub = hub_and_the_end
    assert [outcome.code for outcome in talk.until_idle()] == [DONE, STOPPED]
    assert line.requests == 1
    assert [outcome.code for outcome in talk.until_idle()] == [STOPPED]
    assert line.requests == 1
    word = one.last_word()
    assert word is not None
    assert word.received.positions[one.journal] > 0
    assert meet(one, hub)[-1].code == DONE
    assert equal(hub, one)


def test_a_restored_hub_gets_again_what_it_lost() -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*range(20))
    meet(one, hub)
    old = MemoryHub()
    old.life, old.clock = 2, lambda: AT + 1
    outcomes = meet(one, old)
    assert [outcome.code for outcome in outcomes] == [REFUSED, DONE]
    assert outcomes[0].refusal == "sender-unknown"
    assert equal(old, one)
    word = one.last_word()
    assert word is not None
    assert word.life == 2


def test_a_hub_that_lost_a_long_first_life_learns_who_the_next_one_is() -> None:
    first = counter(1)
    first.wrote(*backlog(900))
    third = next_life(next_life(first))
    third.wrote("sau khi khôi phục")
    hub = MemoryHub()
    outcomes = meet(third, hub)
    assert [one.code for one in outcomes][:2] == [REFUSED, DONE]
    assert all(one.code == DONE for one in outcomes[1:])
    assert equal(hub, third)


def test_more_is_asked_until_all_has_come() -> None:
    hub, one, two = MemoryHub(), counter(1), counter(2)
    two.wrote(*backlog(900))
    meet(two, hub)
    outcomes = meet(one, hub)
    assert len(outcomes) > 3
    assert max(outcome.bytes_in for outcome in outcomes) < 25 * 1024
    assert equal(hub, one)


def test_the_day_s_bytes_end_an_attempt_between_two_requests() -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*backlog())
    budget = ByteBudget(10_000)
    line = VirtualLine(hub.exchange)
    outcomes = engine(one, line, budget=budget).until_idle()
    assert outcomes[-1].code == BUDGET_SPENT
    assert outcomes[-1].more
    assert [outcome.code for outcome in outcomes[:-1]] == [DONE] * line.requests
    assert 10_000 <= budget.spent < 30_000
    assert engine(one, line, budget=budget).until_idle() == [Outcome(BUDGET_SPENT, more=True)]


def test_the_clock_offset_is_measured_to_half_a_round_trip() -> None:
    hub, one = MemoryHub(), counter(1)
    line = VirtualLine(hub.exchange, one_way_ms=300)
    hub.clock = lambda: AT + 42_000 + 300
    outcome = engine(one, line).exchange()
    assert abs(outcome.offset_ms - 42_000) <= outcome.error_ms
    assert 300 <= outcome.error_ms < 400


def test_closing_the_engine_closes_its_connections() -> None:
    line = VirtualLine(MemoryHub().exchange)
    engine(counter(1), line).close()
    assert line.closed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_line_does_all_end_equal_and_nothing_is_claimed_too_early(data: st.DataObject) -> None:
    hub, stores = MemoryHub(), [counter(1), counter(2)]
    fates = st.sampled_from((OK, OK, OK, *FAULTS))
    for _ in range(data.draw(st.integers(1, 6))):
        store = data.draw(st.sampled_from(stores))
        store.wrote(*backlog(data.draw(st.integers(0, 250))))
        line = VirtualLine(hub.exchange, count=data.draw(st.integers(1, 2)), fate=lambda: data.draw(fates))
        engine(store, line).until_idle(data.draw(st.integers(1, 12)))
        word = store.last_word()
        if word is not None:
            assert all(hub.store.held_to(journal) >= seq for journal, seq in word.received.positions.items())
    for store in (*stores, *stores):
        assert meet(store, hub, count=2)[-1].code == DONE
    assert equal(hub, *stores)
