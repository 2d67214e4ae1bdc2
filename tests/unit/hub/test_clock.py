"""An hour under a wrong clock: what goes by its age stays, and nothing waits for the year 2099."""

from __future__ import annotations

import pytest

from sync.hub import accounts, clock, province
from sync.hub.accounts import Account, Read
from sync.hub.days_parked import DEFAULT, kept_since
from sync.hub.hub import Hub
from sync.hub.portal import queue as portal
from sync.hub.portal.plan import Order
from sync.hub.portal.queue import DONE, WAITING
from sync.hub.reading.reader import Reader
from sync.hub.tables import officials
from tests.unit.hub.commune import Clock

UNIT = "00000"
DAY = 86_400_000
IN_2099 = 4_070_908_800_000


def met(hub: Hub, at: int, pc: int | None = None) -> None:
    with hub.database.write() as connection:
        clock.note_met(connection, [(at, at if pc is None else pc)])


def believed(hub: Hub, now: int) -> int:
    with hub.database.read() as connection:
        return clock.believed(connection, now)


def test_a_clock_is_believed_as_far_as_its_days_were_lived_or_a_pc_agrees(hub: Hub, clock: Clock) -> None:
    today = clock.at
    assert believed(hub, today) == today, "nothing is known yet"
    met(hub, today)
    assert believed(hub, today + 15 * DAY) == today + 15 * DAY, "holidays"
    assert believed(hub, IN_2099) == today + DAY
    met(hub, IN_2099, pc=today)
    assert believed(hub, IN_2099) <= today + 2 * DAY
    assert believed(hub, today) == today, "never later than the clock itself"
    met(hub, today + 90 * DAY)
    assert believed(hub, today + 90 * DAY) == today + 90 * DAY, "a PC shows the same day"


def test_in_2099_nothing_kept_for_a_time_is_thrown_away(hub: Hub, clock: Clock) -> None:
    met(hub, clock.at)
    look = Read(clock.at, "so", "rows", UNIT, 3)
    with hub.database.write() as connection:
        accounts.note_read(connection, look)
        accounts.begin(connection, Account("so", "province", "", False), IN_2099, bytes)
        assert accounts.reads(connection) == (look,)
        assert kept_since(connection, IN_2099) <= clock.at + DAY - DEFAULT * DAY


@pytest.mark.parametrize(("until", "over"), [(-1, True), (0, True), (1, False), (10, False), (11, True)])
def test_a_wait_that_no_wait_is_so_long_is_over(until: int, over: bool) -> None:
    assert clock.is_over(1_000 + until, 1_000, 10) is over


def test_who_sends_to_the_portal_is_not_kept_out_by_a_lease_of_2099(hub: Hub, clock: Clock) -> None:
    with hub.database.write() as connection:
        assert portal.take_lease(connection, "one", IN_2099)
        assert portal.take_lease(connection, "two", clock.at)
        assert not portal.take_lease(connection, "one", clock.at + 1)


def test_orders_put_off_or_asked_about_in_2099_come_up_again(hub: Hub, clock: Clock) -> None:
    now = clock.at
    with hub.database.write() as connection:
        for order in (
            Order(1, UNIT, WAITING, next_at=IN_2099), Order(2, UNIT, WAITING, next_at=now + 60_000),
            Order(3, UNIT, DONE, code="H-3", polled_at=IN_2099),
            Order(4, UNIT, DONE, code="H-4", polled_at=now),
        ):  # fmt: skip
            portal.keep(connection, order)
        assert [one.subject for one in portal.due(connection, [UNIT], now, 9)] == [1]
        assert [one.subject for one in portal.to_poll(connection, [UNIT], now - 60_000, 9)] == [3]


def test_a_hold_of_2099_does_not_silence_the_province(hub: Hub, clock: Clock) -> None:
    with hub.database.write() as connection:
        reader = Reader(connection, hub.keys, UNIT, clock.at, bytes)
        for until, writes in ((IN_2099, True), (clock.at + 60_000, False), (clock.at, True)):
            province.set_setting(connection, f"hold:{UNIT}", str(until))
            assert reader._may_write() is writes


def test_a_lock_and_a_session_of_2099_end_when_the_clock_is_right(hub: Hub, clock: Clock) -> None:
    with hub.database.write() as connection:
        accounts.add_account(connection, "so", "mat khau tap huan", "province", "", clock.at)
        locked = officials.accounts.update().values(locked_until=IN_2099)
        connection.execute(locked)
        secret = accounts.begin(connection, Account("so", "province", "", False), IN_2099, bytes)
        assert accounts.signed_in(connection, secret, clock.at) is None
    assert accounts.check(hub.database, "so", "sai", clock.at) == (None, clock.at + accounts.LOCKED_MS)
    clock.at += accounts.LOCKED_MS + 1
    account, until = accounts.check(hub.database, "so", "mat khau tap huan", clock.at)
    assert (account is not None, until) == (True, 0)
