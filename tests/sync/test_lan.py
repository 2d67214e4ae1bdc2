"""Counters with real stores meet over real sockets on loopback; there is no Internet and no hub."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.client.lan import wire
from sync.client.lan.handshake import FIRST_BYTES, SECOND_BYTES, Call
from sync.client.lan.node import MOST_UNPROVEN_HOST, LanNode, LanSettings
from sync.client.transport import NoLine
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.counter import MORNING, UNIT, Counter, Province, make_counter, take_in
from tests.support.lan import LOOPBACK, UNIT_KEY, equal, node_for, node_of, running, until


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    one = make_counter(tmp_path)
    two = make_counter(tmp_path, 2, founder=one)
    yield one, two
    one.close()
    two.close()


def started(counter: Counter, **options: object) -> LanNode:
    node = node_of(counter, **options)
    node.start()
    return node


def talks(*nodes: LanNode) -> bool:
    return all(any(peer.connected for peer in node.peers()) for node in nodes)


def test_two_counters_meet_and_an_act_has_its_second_copy_at_once(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    take_in(one)
    first = started(one)
    with running(first, started(two, knows=(first,))) as (_, second):
        assert until(lambda: equal(one, two))
        assert [peer.name for peer in first.peers()] == ["QUẦY-02"]
        assert [peer.name for peer in second.peers()] == ["QUẦY-01"]
        done = take_in(one, "hb 4x1")
        first.nudge()
        assert until(lambda: two.port().vector().covers(*done.request))
        assert until(lambda: first.peers()[0].vector.covers(*done.request)), "the first knows of its copy"
        back = take_in(two)
        second.nudge()
        assert until(lambda: one.port().vector().covers(*back.request)), "though only the second can call"


def test_five_counters_of_which_one_knows_all_others_hold_everything(tmp_path: Path) -> None:
    """The second to fifth know only the first; it tells each where the others are."""
    founder = make_counter(tmp_path)
    others = [make_counter(tmp_path, number, founder=founder) for number in (2, 3, 4)]
    counters = [founder, *others]
    first = started(founder)
    nodes = [first, *(started(one, knows=(first,)) for one in others)]
    with running(*nodes):
        for counter in counters:
            take_in(counter)
        for node in nodes:
            node.nudge()
        assert until(lambda: equal(*counters))
        assert until(lambda: all(sum(p.connected for p in node.peers()) == 3 for node in nodes))
        for node in nodes:
            assert len(node._talks) == 3, "one talk with each, not two"
    for counter in counters:
        counter.close()


def test_a_relay_carries_what_the_first_wrote_to_a_third_that_never_meets_it(tmp_path: Path) -> None:
    one = make_counter(tmp_path)
    two, three = (make_counter(tmp_path, number, founder=one) for number in (2, 3))
    done = take_in(one)
    first = started(one)
    with running(first, started(two, knows=(first,))):
        assert until(lambda: equal(one, two))
    middle = started(two)
    with running(middle, started(three, knows=(middle,))):
        assert until(lambda: three.port().vector().covers(*done.request))


def test_what_one_brings_is_passed_on_at_once(tmp_path: Path) -> None:
    """The ends of a row of three know nobody but the middle, which passes on without being asked."""
    one = make_counter(tmp_path)
    two, three = (make_counter(tmp_path, number, founder=one) for number in (2, 3))
    middle = started(two)
    ends = [started(counter, knows=(middle,)) for counter in (one, three)]
    with running(middle, *ends):
        assert until(lambda: sum(peer.connected for peer in middle.peers()) == 2)
        for end in ends:
            end.book._places.clear()
            end._siblings = lambda told: None
        done = take_in(one)
        ends[0].nudge()
        assert until(lambda: three.port().vector().covers(*done.request), 5.0), "before any ping"
    for counter in (one, two, three):
        counter.close()


def test_a_new_sibling_is_known_by_its_grant_alone(tmp_path: Path) -> None:
    province = Province()
    one = make_counter(tmp_path / "a", 1, province=province)
    two = make_counter(tmp_path / "b", 2, province=province)
    assert two.work.journal not in one.port().vector().positions
    first = started(one)
    with running(first, started(two, knows=(first,))):
        assert until(lambda: equal(one, two)), "neither had an entry of the other before"
    one.close()
    two.close()


def turned_away(counter: Counter, second: LanNode) -> LanNode:
    """The first node after the second has called it and got no talk."""
    before = counter.port().vector()
    second.start()
    assert until(lambda: any(place.code for place in second.book.all()))
    assert counter.port().vector() == before
    assert not second.peers()
    return second


def test_another_unit_on_the_same_lan_gets_no_word(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    other = UnitKey(UNIT, 1, bytes(32))
    with running(started(one), node_of(two)) as (first, _):
        second = turned_away(one, node_of(two, knows=(first,), unit_keys={1: other}))
        assert [place.code for place in second.book.all()] == ["unanswered"]
        assert first.refused_here == "key-unknown"
        second.close()


def test_a_device_without_a_grant_of_this_hub_is_told_so_and_learns_nothing_else(
    counters: tuple[Counter, Counter], tmp_path: Path
) -> None:
    """It holds the unit's key, but a hub that nobody here knows signed its grant."""
    one, _ = counters
    stranger = make_counter(tmp_path / "far", 3, province=Province())
    with running(started(one)) as (first,):
        second = turned_away(one, node_of(stranger, knows=(first,)))
        assert [place.code for place in second.book.all()] == ["hub-unknown"]
        assert first.refused_here == "hub-unknown"
        second.close()
    stranger.close()


def test_a_revoked_device_is_turned_away_in_words(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    with running(started(one, revoked=lambda journal: journal == two.work.journal)) as (first,):
        second = turned_away(one, node_of(two, knows=(first,)))
        assert [place.code for place in second.book.all()] == ["revoked"]
        second.close()


def test_a_device_that_claims_a_siblings_journal_with_another_key(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    with running(started(one)) as (first,):
        thief = node_for(two.port(), SigningKey.fresh(), two.province.hub_keys, two.clock.now, knows=(first,))
        second = turned_away(one, thief)
        assert [place.code for place in second.book.all()] == ["not-authentic"]
        second.close()


def test_a_counter_that_missed_a_new_unit_key_is_still_met_and_learns(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    newer = {1: UNIT_KEY, 2: UnitKey(UNIT, 2, bytes([9]) * 32)}
    take_in(one)
    first = started(one, unit_keys=newer)
    with running(first, started(two, knows=(first,))):
        assert until(lambda: equal(one, two))


def test_a_sibling_that_dies_is_missed_and_met_again_at_another_address(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    first = started(one)
    second = started(two, knows=(first,))
    assert until(lambda: talks(first, second))
    second.close()
    assert until(lambda: not first.peers()[0].connected)
    done = take_in(one)
    first.nudge()
    again = started(two, knows=(first,))
    assert again.port != second.port
    with running(first, again):
        assert until(lambda: two.port().vector().covers(*done.request))
        assert len(first.peers()) == 1


class Recorder:
    """A listener between two nodes: passes all bytes on, keeps them, and can stop in the middle."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.seen = bytearray()
        self.most = 2**62
        self._server = socket.create_server((LOOPBACK, 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                inside, _ = self._server.accept()
                outside = socket.create_connection((LOOPBACK, self.target))
            except OSError:
                return
            for pair in ((inside, outside), (outside, inside)):
                threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while piece := source.recv(4096):
                piece = piece[: max(0, self.most - len(self.seen))]
                self.seen += piece
                if not piece:
                    break
                target.sendall(piece)
                if len(self.seen) >= self.most:
                    break
        except OSError:
            pass
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._server.close()


def test_who_listens_on_the_wire_reads_nothing(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    first = started(one)
    tap = Recorder(first.port)
    done = take_in(one)
    second = node_of(two, settings=LanSettings(0, ((LOOPBACK, tap.port),), LOOPBACK, beacons=False))
    with running(first, second):
        second.start()
        assert until(lambda: equal(one, two))
        assert until(lambda: first.peers()[0].vector.covers(*done.request))
    tap.close()
    seen = bytes(tap.seen)
    assert len(seen) > 2_500, "the whole talk was heard"
    hidden = [UNIT.encode(), b"QU\xe1\xba\xa6Y", "HOÀNG".encode(), b"012086006812", b"CCX", b"CCB", b"MCX"]
    keys = (one.author.key.public, two.author.key.public, first.instance, second.instance)
    journals = [number.to_bytes(4, "big") for number in (one.work.journal, two.work.journal)]
    for secret in (*hidden, *keys, one.port().vector().digest):
        assert secret not in seen
    assert not any(journal + bytes(3) in seen for journal in journals)


@pytest.mark.parametrize("most", [10, 224, 300, 500, 1_200, 2_500, 6_000])
def test_a_line_cut_at_any_byte_costs_nothing(counters: tuple[Counter, Counter], most: int) -> None:
    one, two = counters
    take_in(one)
    first = started(one)
    tap = Recorder(first.port)
    tap.most = most
    second = node_of(two, settings=LanSettings(0, ((LOOPBACK, tap.port),), LOOPBACK, beacons=False))
    with running(first, second):
        second.start()
        assert until(lambda: any(place.failures for place in second.book.all()))
        tap.most = 2**62
        assert until(lambda: equal(one, two)), "the next call brings the rest"
    tap.close()


def raw(node: LanNode) -> socket.socket:
    return socket.create_connection((LOOPBACK, node.port), 5)


def test_a_replayed_handshake_leads_nowhere(counters: tuple[Counter, Counter]) -> None:
    """All that one side ever said, once more: the answer is fresh, nothing after it opens."""
    one, two = counters
    first = started(one)
    tap = Recorder(first.port)
    second = node_of(two, settings=LanSettings(0, ((LOOPBACK, tap.port),), LOOPBACK, beacons=False))
    with running(first, second):
        second.start()
        assert until(lambda: talks(first, second))
        second.close()
        assert until(lambda: not talks(first))
        with raw(first) as line:
            line.sendall(bytes(tap.seen))
            line.settimeout(10)
            got = b""
            try:
                while piece := line.recv(4096):
                    got += piece
            except OSError:
                pass
        assert len(got) <= SECOND_BYTES, "not even a refusal that could be told from noise"
        assert until(lambda: not first.peers()[0].connected)
    tap.close()


def test_strangers_hold_few_places_and_a_sibling_still_comes_in(
    counters: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = counters
    first = started(one)
    lines = [raw(first) for _ in range(40)]
    with running(first):
        assert until(lambda: first._unproven.total() == MOST_UNPROVEN_HOST)
        assert threading.active_count() < 30
        for line in lines:
            line.close()
        assert until(lambda: first._unproven.total() == 0)
        with running(started(two, knows=(first,))):
            assert until(lambda: equal(one, two))


def test_a_stranger_that_says_nothing_is_let_go_after_the_limit(
    counters: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire.Handshaking.__init__, "__defaults__", (0.3,))
    with running(started(counters[0])) as (first,), raw(first) as line:
        line.settimeout(10)
        assert line.recv(100) == b""
        assert until(lambda: first._unproven.total() == 0)


def test_noise_gets_no_answer(counters: tuple[Counter, Counter], caplog: pytest.LogCaptureFixture) -> None:
    with running(started(counters[0])) as (first,):
        for noise in (b"GET / HTTP/1.1\r\n\r\n" + bytes(300), os.urandom(FIRST_BYTES), os.urandom(5_000)):
            with raw(first) as line:
                line.settimeout(10)
                line.sendall(noise)
                with contextlib.suppress(ConnectionError):
                    assert line.recv(100) == b""
        stolen = Call({1: UNIT_KEY})
        with raw(first) as line:  # who has the unit's key and no device's
            line.settimeout(10)
            line.sendall(stolen.first)
            assert len(line.recv(SECOND_BYTES)) == SECOND_BYTES
            line.sendall(os.urandom(400))
            with contextlib.suppress(ConnectionError):
                assert line.recv(100) == b""
        assert first.refused_here
    assert "failed" not in caplog.text


def test_a_question_to_a_sibling_that_is_not_there(counters: tuple[Counter, Counter]) -> None:
    with running(started(counters[0])) as (first,), pytest.raises(NoLine):
        first.ask(counters[1].work.journal, 1, b"", 0.1)


def test_a_taken_port_is_told_and_another_serves(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        first = node_of(one, settings=LanSettings(port, (), LOOPBACK, beacons=False))
        first.start()
        with running(first, started(two, knows=(first,))):
            assert first.hears == "port-taken"
            assert until(lambda: equal(one, two))


def test_a_program_that_calls_itself_notices(counters: tuple[Counter, Counter]) -> None:
    first = started(counters[0])
    with running(first):
        first.book.fix([(LOOPBACK, first.port)])
        first.hurry()
        assert until(lambda: any(place.code == "self" for place in first.book.all()))
        assert not first.peers()


def test_the_clock_of_a_sibling_is_known(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    one.clock.at, two.clock.at = MORNING, MORNING + 3_600_000
    first = started(one)
    with running(first, started(two, knows=(first,))):
        assert until(lambda: talks(first))
        assert 3_500_000 < first.peers()[0].offset_ms < 3_700_000
