"""Where counters listen, told through their journals: written when it changed, the latest of each device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.services.exchange.lan_places import AT_MOST_EVERY_MS, Places
from counter_app.services.exchange.neighbours import LanChoice, Neighbours
from counter_app.storage.queries import devices
from counter_app.storage.store_errors import StoreStopped
from sync.client.lan.node import LanNode
from sync.protocol.carrying.vector import Vector
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import DeviceRevoked, LanPlaceSaid, SystemKind
from sync.protocol.naming.ids import SELF
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.counter import UNIT, Counter, give, make_counter
from tests.support.lan import node_of, until

FIRST, SECOND = UnitKey(UNIT, 1, bytes([1]) * 32), UnitKey(UNIT, 2, bytes([2]) * 32)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    """Two counters of a unit."""
    one = make_counter(tmp_path, register=False)
    two = make_counter(tmp_path, 2, founder=one)
    give(two, one)
    yield one, two
    one.close()
    two.close()


def places(counter: Counter, hosts: list[str] | None = None, *keys: UnitKey) -> Places:
    """With the first unit key, unless told; ``hosts`` may change later."""
    held = {key.version: key for key in keys or (FIRST,)}
    return Places(counter.work, lambda: held, lambda: ["10.0.0.1"] if hosts is None else hosts)


def said(counter: Counter) -> int:
    """How many times this counter told its place."""
    with counter.store.read() as connection:
        told = devices.bodies_of(connection, SystemKind.LAN_PLACE_SAID, LanPlaceSaid)
    return sum(place.journal == counter.work.journal for place, _, _ in told)


def test_the_sibling_knows_where_after_an_exchange(
    pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    assert not Places(one.work, dict, lambda: ["10.0.0.1"]).tell(7443), "no key"
    assert not places(one, []).tell(7443), "no network"
    assert not places(one, ["8.8.8.8"]).tell(7443)
    assert said(one) == 0
    assert places(one, ["10.0.0.1", "192.168.7.1"]).tell(7443)
    assert places(two).told() == []
    give(one, two)
    assert places(two).told() == [("10.0.0.1", 7443), ("192.168.7.1", 7443)]
    assert places(one).told() == [], "never its own"
    assert places(two, None, SECOND).told() == [], "a PC without the key learns nothing"
    with monkeypatch.context() as patch:
        patch.setattr(devices, "revoked_journals", lambda _: frozenset({one.work.journal}))
        assert places(two).told() == [], "a revoked PC sends nobody anywhere"


def test_one_entry_until_something_changes_and_at_most_one_an_hour(pair: tuple[Counter, Counter]) -> None:
    one, two = pair
    hosts = ["10.0.0.1"]
    mine = places(one, hosts)
    assert [mine.tell(7443), mine.tell(7443)] == [True, False]
    hosts[:] = ["10.0.0.9"]
    assert not mine.tell(7443), "an address that wanders fills no journal"
    one.clock.forward(minutes=AT_MOST_EVERY_MS // 60_000 + 1)
    assert [mine.tell(7443), mine.tell(7443)] == [True, False]
    give(one, two)
    assert places(two).told() == [("10.0.0.9", 7443)], "the latest alone"
    assert said(one) == 2
    one.clock.forward(hours=2)
    assert places(one, hosts, FIRST, SECOND).tell(7443), "a counter that comes now holds the newest key alone"
    give(one, two)
    assert places(two, None, SECOND).told() == [("10.0.0.9", 7443)]


def test_a_pc_that_was_taken_over_revokes_nobody_and_speaks_for_itself_alone(
    pair: tuple[Counter, Counter],
) -> None:
    """The same sealed words in another's journal tell nothing."""
    one, two = pair
    assert places(one).tell(7443)
    with one.store.read() as connection:
        ((_, _, words),) = devices.bodies_of(connection, SystemKind.LAN_PLACE_SAID, LanPlaceSaid)
    give(one, two)
    two.store.append(
        [
            Draft(SystemKind.LAN_PLACE_SAID, (SELF,), encode_body(words)),
            Draft(SystemKind.DEVICE_REVOKED, (SELF,), encode_body(DeviceRevoked(one.work.journal, 1, ""))),
        ],
        two.areas.desk.act(),
    )
    give(two, one)
    assert places(one).told() == []
    assert places(two).told() == [("10.0.0.1", 7443)]


def neighbours(counter: Counter, hosts: list[str]) -> Neighbours:
    """The siblings of a counter on loopback, without beacons and without any address typed."""

    def build(_hooks: object, choice: LanChoice, _changed: object) -> LanNode:
        assert choice.addresses == choice.learnt == ()
        return node_of(counter)

    return Neighbours(counter.work, lambda: Vector({}, b""), build, places=places(counter, hosts))


def test_counters_meet_though_no_beacon_is_heard(pair: tuple[Counter, Counter]) -> None:
    """What they told travels by another way (here: as the province or a stick brings it)."""
    one, two = pair
    # An address of earlier, where nobody listens, and one's own do no harm.
    first = neighbours(one, ["127.0.0.1"])
    second = neighbours(two, ["127.9.9.9", "127.0.0.1"])
    for mine in (first, second):
        mine.start()
        mine.look_around()
    assert (said(one), said(two)) == (1, 1)
    give(one, two)
    give(two, one)
    try:
        assert not first.in_contact()
        for mine in (first, second):
            mine.work.changed("received")
            mine.look_around()
        assert until(lambda: first.in_contact() and second.in_contact())
    finally:
        first.close()
        second.close()


def test_a_store_that_refuses_is_asked_again_with_the_next_exchange(
    pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    mine = neighbours(one, ["127.0.0.1"])
    mine.start()

    def stopped(_: int) -> bool:
        raise StoreStopped("store.stopped", "copy")

    try:
        with monkeypatch.context() as patch:
            patch.setattr(mine.places, "tell", stopped)
            mine.look_around()
        mine.look_around()
        assert said(one) == 0, "nothing new came: not asked at each turn"
        one.work.changed("sync")
        mine.look_around()
        assert said(one) == 1
    finally:
        mine.close()


def test_who_has_no_sibling_tells_nobody(tmp_path: Path) -> None:
    alone = make_counter(tmp_path, register=False)
    mine = neighbours(alone, ["127.0.0.1"])
    mine.start()
    mine.look_around()
    mine.close()
    assert said(alone) == 0
    alone.close()
