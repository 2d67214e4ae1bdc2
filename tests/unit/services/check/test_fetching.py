"""The province's list comes by itself: once a day, only when it says something new, or from a sibling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec
import pytest

from counter_app.services.check.fetching import ANEW_MS, EVERY_MS, SPREAD_S, ListFetching
from counter_app.services.check.kept_list import KeptList
from counter_app.services.exchange.thrift import DAY_MB, MEGABYTE, PAID, Thrift, day_number
from counter_app.storage.this_pc import device
from sync.client.lan.shelf import PART, Shelf
from sync.client.lan.siblings import Siblings
from sync.client.list_line import Fetched
from sync.client.pacing import ByteBudget
from sync.client.transport import NoLine
from sync.protocol.journals.check_list import CheckList, mark_of, write_check_list
from tests.support.counter import Counter, make_counter
from tests.unit.services.check.test_kept_list import DAY, listed

MINUTE = 60_000
SIBLING = 99 * 256 + 1


class Hub:
    """The province's end of the line: its list, who asked with which mark."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.made: CheckList = listed(counter)
        self.marks: list[str] = []
        self.down = False
        self.raw = b""

    def __call__(self) -> AbstractContextManager[Hub]:
        return nullcontext(self)

    def newer(self, mark: str) -> Fetched:
        self.marks.append(mark)
        if self.down:
            raise NoLine("down")
        if mark and mark == mark_of(self.made):
            return Fetched(b"", 400)
        data = self.raw or write_check_list(self.made, self.counter.province.key)
        return Fetched(data, 400 + len(data))

    def says(self, number: int, name: str = "Xã Tà Tổng") -> None:
        """Another list: with the same contents unless the unit's name is another."""
        made = listed(self.counter, number)
        unit = msgspec.structs.replace(made.units[0], name=name)
        self.made = msgspec.structs.replace(made, units=(unit,))


class Desk:
    """Fetching of one counter, at a clock that is set."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.hub = counter, Hub(counter)
        self.kept = KeptList(counter.work)
        self.ticks, self.drawn = 0.0, 0.0
        self.fetching = ListFetching(
            counter.work, self.kept, self.hub, ticks=lambda: self.ticks, chance=lambda: self.drawn
        )

    @property
    def number(self) -> int:
        found = self.kept.current()
        return 0 if found is None else found.number

    def after(self, ms: int) -> None:
        self.counter.clock.at += ms
        self.fetching.by_itself()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_counter(tmp_path)
    yield Desk(made)
    made.close()


def test_a_list_comes_at_the_first_look_and_then_once_a_day(desk: Desk) -> None:
    desk.fetching.by_itself()
    assert desk.number == 5
    desk.after(EVERY_MS - MINUTE)
    assert desk.hub.marks == [""]
    desk.hub.says(6, "Xã Mường Tè")
    desk.after(MINUTE)
    assert (desk.number, len(desk.hub.marks)) == (6, 2)
    assert desk.kept.words().startswith("Danh sách của tỉnh ngày 21/11/2026, ")


def test_a_list_that_says_the_same_is_not_sent_again_before_a_week(desk: Desk) -> None:
    desk.fetching.by_itself()
    for number in range(6, 12):
        desk.hub.says(number)
        desk.after(DAY)
    assert desk.number == 5
    assert set(desk.hub.marks[1:]) == {mark_of(desk.hub.made)}
    assert "(6 ngày trước)" in desk.kept.words()
    desk.hub.says(12)
    desk.after(ANEW_MS - 6 * DAY)
    assert (desk.number, desk.hub.marks[-1]) == (12, "")


def test_a_restart_does_not_ask_again(desk: Desk) -> None:
    desk.fetching.by_itself()
    again = Desk(desk.counter)
    again.fetching.by_itself()
    assert (again.number, again.hub.marks) == (5, [])


def test_each_pc_asks_at_a_moment_of_its_own_unless_it_has_no_list(desk: Desk) -> None:
    desk.drawn = 0.5
    desk.fetching.by_itself()
    assert desk.number == 5, "without any it does not wait"
    desk.hub.says(6, "Xã Mường Tè")
    desk.after(EVERY_MS)
    desk.ticks += SPREAD_S / 2 - 1
    desk.after(0)
    assert desk.number == 5
    desk.ticks += 1
    desk.after(0)
    assert desk.number == 6


def test_a_line_that_is_down_is_asked_again_and_says_nothing(desk: Desk) -> None:
    desk.hub.down = True
    desk.fetching.by_itself()
    desk.hub.down = False
    desk.after(600_000)
    assert (desk.number, desk.hub.marks) == (5, ["", ""])


@pytest.mark.parametrize("bent", [b"", b"MCL\x01\x00", b"x" * 1_000])
def test_what_is_no_list_is_not_kept(desk: Desk, bent: bytes) -> None:
    desk.fetching.by_itself()
    good = desk.kept.path.read_bytes()
    desk.hub.says(6, "Xã Mường Tè")
    whole = write_check_list(desk.hub.made, desk.counter.province.key)
    desk.hub.raw = bent or whole[:-1] + bytes([whole[-1] ^ 1])
    desk.after(EVERY_MS)
    assert desk.kept.path.read_bytes() == good
    desk.hub.raw = b""
    desk.after(0)
    assert desk.number == 6


def test_an_older_list_of_the_province_is_refused(desk: Desk) -> None:
    desk.hub.says(9)
    desk.fetching.by_itself()
    desk.hub.says(8, "Xã Mường Tè")
    desk.after(EVERY_MS)
    assert desk.number == 9


def test_where_bytes_are_paid_for_or_few_are_left_none_comes(desk: Desk) -> None:
    work = desk.counter.work
    budget = ByteBudget(day=lambda: day_number(work.now()))
    with work.store.write() as connection:
        device.put_setting(connection, PAID, "1")
    desk.fetching.thrift = Thrift(work, budget)
    desk.fetching.by_itself()
    assert (desk.number, desk.hub.marks) == (0, [])
    with work.store.write() as connection:
        device.put_setting(connection, PAID, "0")
        device.put_setting(connection, DAY_MB, "1")
    desk.fetching.thrift.refresh()
    budget.spend(MEGABYTE * 3 // 4)
    desk.fetching.by_itself()
    assert desk.hub.marks == []
    desk.counter.clock.at += DAY
    desk.fetching.by_itself()
    assert desk.number == 5
    assert budget.spent == 400 + desk.kept.path.stat().st_size


class Sibling:
    """Another counter that holds a list; it may bend what it gives."""

    def __init__(self, folder: Path, desk: Desk) -> None:
        folder.mkdir()
        self.counter = make_counter(folder, province=desk.counter.province, number=2)
        self.counter.clock.at = desk.counter.clock.at
        self.kept = KeptList(self.counter.work)
        self.bent = False
        self.asked = 0
        shelf = Shelf(self.kept.places)

        def ask(_: int, topic: int, words: bytes, __: float) -> bytes:
            data = shelf.answer(topic, words)
            if topic != PART:
                return data
            self.asked += 1
            return bytes([data[0] ^ 1]) + data[1:] if self.bent else data

        desk.fetching.siblings = Siblings(lambda: ((SIBLING, "QUẦY-02"),), ask)


@pytest.fixture
def sibling(desk: Desk, tmp_path: Path) -> Iterator[Sibling]:
    made = Sibling(tmp_path / "sibling", desk)
    yield made
    made.counter.close()


def test_a_sibling_that_has_it_spares_the_line(desk: Desk, sibling: Sibling) -> None:
    sibling.kept.take_bytes(write_check_list(desk.hub.made, desk.counter.province.key))
    desk.fetching.by_itself()
    assert (desk.number, desk.hub.marks) == (5, [])
    desk.after(EVERY_MS - MINUTE)
    assert (desk.hub.marks, sibling.asked) == ([], 1), "nor is what is held fetched again"
    desk.after(MINUTE)
    assert len(desk.hub.marks) == 1


def test_a_list_bent_by_a_sibling_is_nothing_and_the_province_is_asked(desk: Desk, sibling: Sibling) -> None:
    sibling.kept.take_bytes(write_check_list(desk.hub.made, desk.counter.province.key))
    sibling.bent = True
    desk.fetching.by_itself()
    assert (desk.number, desk.hub.marks) == (5, [""])


def test_without_a_line_a_sibling_brings_it(desk: Desk, sibling: Sibling) -> None:
    desk.hub.down = True
    desk.fetching.by_itself()
    assert desk.number == 0
    sibling.kept.take_bytes(write_check_list(desk.hub.made, desk.counter.province.key))
    desk.after(600_000)
    assert desk.number == 5


def test_an_old_list_of_a_sibling_is_taken_and_the_province_asked_all_the_same(
    desk: Desk, sibling: Sibling
) -> None:
    sibling.kept.take_bytes(write_check_list(desk.hub.made, desk.counter.province.key))
    desk.counter.clock.at += 2 * DAY
    desk.hub.says(6, "Xã Mường Tè")
    desk.fetching.by_itself()
    assert (desk.number, len(desk.hub.marks)) == (6, 1)


def test_an_expired_list_does_not_lie_on_the_shelf(desk: Desk, sibling: Sibling) -> None:
    sibling.kept.take_bytes(write_check_list(listed(desk.counter, days=2), desk.counter.province.key))
    assert len(list(sibling.kept.places())) == 1
    sibling.counter.clock.at += 3 * DAY
    assert list(sibling.kept.places()) == []
