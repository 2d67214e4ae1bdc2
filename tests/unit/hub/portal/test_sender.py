"""Dossiers reach the portal once, in order, whatever it does: over real HTTP, with a real queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossiers.entries import PortalStateReported
from counter_app.domain.dossiers.portal import TRANSITIONS
from sync.hub.portal import queue
from sync.hub.portal.port import Fields, PortalPort, Seen
from sync.protocol.journals.codec import decode_body
from tests.support.portal.bench import UNIT, Bench, matter
from tests.support.portal.simulator import AFTER, BEFORE

T = TypeVar("T")


class Killed(BaseException):
    """The hub's process ends here: nothing after it runs."""


class Killing:
    """A port that lets the request through and kills the sender before it can write down the answer."""

    def __init__(self, port: PortalPort, when: int) -> None:
        self._port = port
        self._left = when

    def _done(self, answer: T) -> T:
        self._left -= 1
        if self._left == 0:
            raise Killed
        return answer

    def official_code(self, office: str, own_code: str) -> str:
        return self._done(self._port.official_code(office, own_code))

    def put_dossier(self, office: str, record: Fields, *, known: bool) -> None:
        self._done(self._port.put_dossier(office, record, known=known))

    def put_step(self, office: str, step: Fields) -> None:
        self._done(self._port.put_step(office, step))

    def look(self, office: str, code: str) -> Seen | None:
        return self._done(self._port.look(office, code))

    def online(self, office: str, since: int) -> Sequence[object]:
        return self._done(self._port.online(office, since))


def test_every_state_arrives_once_and_in_order(either_bench: Bench) -> None:
    """The portal took no other road than the dossier; the particulars came before the steps."""
    bench, portal = either_bench, either_bench.portal
    one = matter(1, (1, 2, 4, 5, 4, 9, 10))
    bench.say(one)
    assert bench.turn().done == 1
    assert portal.told[one.code] == [1, 2, 4, 5, 4, 9, 10]
    assert portal.created == [one.code]
    asked = len(portal.asked)
    bench.turn()
    assert len(portal.asked) == asked, "nothing changed, nothing is asked"


def test_what_changes_later_is_told_as_the_difference(bench: Bench) -> None:
    bench.say(matter(1, (1, 2)))
    bench.turn()
    bench.say(matter(1, (1, 2, 4)))
    bench.turn()
    assert bench.portal.told[matter(1, (1,)).code] == [1, 2, 4]


def test_a_step_that_arrives_late_before_one_told_is_passed_over(bench: Bench) -> None:
    """Decision 028: a counter without a line brings an act that belongs in the middle."""
    one = matter(1, (1, 2, 4, 9))
    bench.say(one)
    bench.turn()
    late = one.steps[:2] + matter(7, (5,)).steps + one.steps[2:]
    bench.say(matter(1, (1, 2)).__class__(one.subject, one.code, late, one.values))
    bench.turn()
    assert bench.portal.told[one.code] == [1, 2, 4, 9]


def test_particulars_that_change_replace_those_there_and_keep_the_state(bench: Bench) -> None:
    bench.say(matter(1, (1, 2, 4)))
    bench.turn()
    bench.say(one := matter(1, (1, 2, 4), values={"phone": "0900000001"}))
    bench.turn()
    assert bench.portal.records[one.code]["SoDienThoai"] == "0900000001"
    assert bench.portal.records[one.code]["TrangThaiHoSo"] == "4"
    assert bench.portal.told[one.code] == [1, 2, 4]


@pytest.mark.parametrize(("fault", "place"), [(one, at % 4) for at, one in enumerate((*AFTER, *AFTER[:3]))])
def test_an_answer_that_was_lost_makes_nothing_twice(bench: Bench, fault: str, place: int) -> None:
    """At one of the first four questions the portal does what it is asked and spoils the answer."""
    one = matter(1, (1, 2, 4, 9))
    bench.say(one)
    bench.portal.faults.extend([""] * place + [fault])
    bench.turn()
    bench.settle()
    assert bench.portal.told[one.code] == [1, 2, 4, 9]
    assert bench.portal.created == [one.code]
    assert len(bench.portal.lines) == len(set(bench.portal.lines))
    assert bench.written == [], "the portal did nothing by itself"


@pytest.mark.parametrize("when", range(1, 7))
def test_killed_between_the_answer_and_the_commit(either_bench: Bench, when: int) -> None:
    bench = either_bench
    one = matter(1, (1, 2, 4, 9))
    bench.say(one)
    try:
        bench.turn(Killing(bench.port, when))
    except Killed:
        bench.settle()
    assert bench.portal.told[one.code] == [1, 2, 4, 9]
    assert bench.portal.created == [one.code]


def test_a_session_that_ends_is_begun_again_unseen(either_bench: Bench) -> None:
    either_bench.say(matter(1, (1, 2, 4)))
    either_bench.portal.faults.extend(["", "session", "", "session"])
    assert either_bench.turn().failed == 0


def test_one_that_is_refused_becomes_a_dead_letter_with_words_and_stops_nobody(bench: Bench) -> None:
    bench.say(matter(1, (1, 2), values={"name": ""}))
    bench.say(two := matter(2, (1, 2)))
    turn = bench.turn()
    assert (turn.done, turn.failed) == (1, 1)
    assert bench.portal.told == {two.code: [1, 2]}
    order = bench.order(matter(1, (1,)))
    assert (order.status, order.fault, order.detail) == ("dead", "field", "ChuHoSo")
    bench.say(mended := matter(1, (1, 2)))
    bench.turn()
    assert bench.portal.told[mended.code] == [1, 2], "mended at the counter it goes by itself"


def test_the_portals_no_is_tried_again_and_then_shown(bench: Bench) -> None:
    bench.say(one := matter(1, (1, 2)))
    for _ in range(20):
        bench.portal.faults.append("refuse")
    for _ in range(8):
        bench.turn()
    order = bench.order(one)
    assert (order.status, order.fault, order.tries) == ("dead", "refused", 6)
    assert "Hồ sơ không hợp lệ" in order.detail
    bench.portal.faults.clear()
    bench.settle()
    assert bench.portal.told[one.code] == [1, 2]


def test_a_portal_that_is_away_is_asked_three_times_a_turn_and_nothing_dies(bench: Bench) -> None:
    for number in range(1, 9):
        bench.say(matter(number, (1, 2)))
    bench.portal.faults.extend(["500"] * 40)
    for _ in range(7):
        turn = bench.turn()
        assert (turn.away, turn.worked) == (True, 3)
    assert bench.counts()["dead"] == 0
    bench.portal.faults.clear()
    bench.settle()
    assert all(states == [1, 2] for states in bench.portal.told.values())
    assert len(bench.portal.told) == 8


def test_waits_grow_and_are_spread(bench: Bench) -> None:
    """Full jitter: chance decides within a span that doubles, never beyond half an hour."""
    bench.say(one := matter(1, (1,)))
    bench.portal.faults.extend(["refuse"] * 5)
    waits = []
    for _ in range(5):
        bench.turn()
        waits.append(bench.order(one).next_at - bench.at)
    assert waits == [59_999, 119_999, 239_999, 479_999, 959_999]


def test_an_official_code_is_asked_written_and_used(bench: Bench) -> None:
    bench.asks_codes = True
    portal = bench.portal
    bench.say(one := matter(1, (1, 2)))
    bench.turn()
    official = f"H35.20-{one.code}"
    assert portal.created == [official]
    assert len(bench.written) == 1
    bench.say(matter(1, (1, 2, 4), official=official))
    bench.turn()
    assert portal.told[official] == [1, 2, 4]


def test_a_code_that_another_dossier_has_is_never_written(bench: Bench) -> None:
    bench.asks_codes = True
    portal = bench.portal
    bench.say(one := matter(1, (1, 2)))
    bench.turn()
    two = matter(2, (1, 2))
    portal.given[two.code] = portal.given[one.code]
    bench.say(two)
    for _ in range(7):
        bench.turn()
    assert (bench.order(two).status, bench.order(two).fault) == ("dead", "duplicate")
    assert len(bench.written) == 1
    portal.given[two.code] = "H35.20-KHAC"
    bench.settle()
    assert portal.told["H35.20-KHAC"] == [1, 2]


def test_certifications_go_under_their_own_code(bench: Bench) -> None:
    bench.asks_codes = True
    portal = bench.portal
    bench.say(one := matter(1, (2, 4), certification=True, register="copy", values={"certification": 1}))
    bench.turn()
    sent = portal.records[one.code]
    assert (sent["LaHoSoChungThuc"], sent["MaTTHC"]) == ("1", "2.000815")
    assert not portal.given


def test_a_state_that_the_portal_took_is_told_to_the_unit_once(bench: Bench) -> None:
    """The citizen withdraws on the portal: an entry says so; what the counter does next cannot follow."""
    bench.say(one := matter(1, (1, 2, 4)))
    bench.turn()
    bench.portal.jump(one.code, 7)
    bench.at += 3_600_000
    assert bench.sender().poll() == 1
    (entry,) = bench.written
    assert decode_body(PortalStateReported, entry.body).state == 7
    bench.at += 3_600_000
    assert bench.sender().poll() == 0
    bench.say(matter(1, (1, 2, 4, 9)))
    bench.turn()
    assert (bench.order(one).fault, bench.order(one).detail) == ("apart", "7 > 9")
    assert bench.portal.told[one.code] == [1, 2, 4]
    bench.say(matter(1, (1, 2, 4, 7)))
    bench.turn()
    assert bench.order(one).status == "done", "the counter withdrew it too"
    assert len(bench.written) == 1


def test_a_jump_that_can_be_led_back_is(bench: Bench) -> None:
    """Somebody asked for papers on the portal; the unit, whose matter it is, goes on: 5, 4, 9."""
    bench.say(one := matter(1, (1, 2, 4)))
    bench.turn()
    bench.portal.jump(one.code, 5)
    bench.say(matter(1, (1, 2, 4, 9)))
    bench.turn()
    assert bench.portal.told[one.code] == [1, 2, 4, 4, 9]
    assert len(bench.written) == 1


def test_a_portal_that_lost_a_dossier_gets_it_again(bench: Bench) -> None:
    bench.say(one := matter(1, (1, 2)))
    bench.turn()
    bench.portal.records.clear()
    bench.portal.states.clear()
    bench.say(matter(1, (1, 2, 4)))
    bench.turn()
    assert bench.portal.told[one.code] == [1, 2, 4]


def test_a_hub_from_an_old_backup_tells_nothing_twice(bench: Bench) -> None:
    """The orders are of yesterday, the portal of today: it is asked before anything leaves."""
    bench.say(one := matter(1, (1, 2)))
    bench.turn()
    with bench.database.read() as connection:
        old = queue.order_of(connection, one.subject.key)
    bench.say(matter(1, (1, 2, 4, 9)))
    bench.turn()
    with bench.database.write() as connection:
        assert old is not None
        queue.keep(connection, old)
    bench.life = 9
    bench.say(matter(1, (1, 2, 4, 9, 10)))
    bench.turn()
    assert bench.portal.told[one.code] == [1, 2, 4, 9, 10]
    assert bench.written == []


def test_one_dossiers_fault_of_ours_stops_nobody(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.say(one := matter(1, (1, 2), values={"received_at": "không phải số"}))
    bench.say(two := matter(2, (1, 2)))
    bench.turn()
    assert (bench.order(one).status, bench.order(one).fault) == ("dead", "broken")
    assert bench.portal.told == {two.code: [1, 2]}
    assert "không phải" not in caplog.text


def test_what_is_sent_and_logged_holds_no_secret(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    bench.portal.faults.extend(["500", "html", "refuse", "drop"])
    bench.say(matter(1, (1, 2), values={"note": "ghi chú chim hoàng yến"}))
    bench.settle()
    for secret in ("mat-khau-tap-huan", "phien-", "chim hoàng yến", "LÒ TẬP HUẤN"):
        assert secret not in caplog.text
    held = str(bench.order(matter(1, (1,))))
    assert "mat-khau" not in held
    assert "phien-" not in held


def test_only_one_sender_of_the_province_at_a_time(bench: Bench) -> None:
    with bench.database.write() as connection:
        assert queue.take_lease(connection, "one", 1_000)
        assert not queue.take_lease(connection, "two", 1_001)
        assert queue.take_lease(connection, "one", 2_000)
        assert queue.take_lease(connection, "two", 2_000 + queue.LEASE_MS + 1), "one died"
        queue.end_lease(connection, "one")
        assert not queue.take_lease(connection, "three", 2_000 + queue.LEASE_MS + 2)
        queue.end_lease(connection, "two")
        assert queue.take_lease(connection, "three", 2_000 + queue.LEASE_MS + 3)


def test_marks_of_a_unit_without_an_office_wait_for_one(bench: Bench) -> None:
    bench.say(matter(1, (1,)))
    with bench.database.write() as connection:
        assert queue.take_marks(connection, {"03390"}, bench.at) == 0
        assert queue.take_marks(connection, {UNIT}, bench.at) == 1


# Whatever the portal does.


@st.composite
def roads(draw: Callable[..., object]) -> list[int]:
    """A lawful road of a dossier, as its journals would have it."""
    road = [1]
    for _ in range(draw(st.integers(0, 6))):  # type: ignore[call-overload]
        onward = sorted(TRANSITIONS.get(road[-1], ()))
        if not onward:
            break
        road.append(draw(st.sampled_from(onward)))  # type: ignore[arg-type]
    return road


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(roads(), min_size=1, max_size=3),
    st.lists(st.sampled_from(["", *BEFORE, *AFTER]), max_size=14),
    st.integers(0, 12),
)
def test_whatever_the_portal_does_each_change_reaches_it_once_in_order(
    bench: Bench, ways: list[list[int]], faults: list[str], kill: int
) -> None:
    """Roads revealed step by step, faults at any request, the hub killed at any answer."""
    portal = bench.portal
    bench.fresh()
    bench.asks_codes = True
    portal.faults.extend(faults)
    port: PortalPort = Killing(bench.port, kill) if kill else bench.port
    for length in range(1, max(map(len, ways)) + 1):
        for number, way in enumerate(ways, 1):
            if length <= len(way):
                bench.say(matter(number, way[:length]))
        try:
            bench.turn(port)
        except Killed:
            port = bench.port
    portal.faults.clear()
    bench.settle()
    for number, way in enumerate(ways, 1):
        code = f"H35.20-{matter(number, way).code}"
        assert portal.told[code] == way
        assert portal.created.count(code) == 1
    assert len(portal.lines) == len(set(portal.lines))
    assert bench.counts() | {"done": len(ways)} == bench.counts()
