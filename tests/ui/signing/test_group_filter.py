"""The pile of one group: chosen by Ctrl+B or from the group's drawer; what is not seen is not ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.signing import PileRow
from counter_app.ui.screens.signing import DESK_ENTRY
from counter_app.ui.screens.signing.asked import GroupAsked
from counter_app.ui.screens.signing.group_filter import GroupFilter
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.home import FakeHome
from tests.support.fakes.printing import FakePapers
from tests.support.fakes.signing import FakeSigning, long_pile, request_id, slip
from tests.ui.desk import SIGNER, Desk
from tests.ui.screen_checks import CTRL, KEY, press, too_big

SCHOOL, CLASS = EntryId(513, 71), EntryId(513, 72)
ALL, NEXT_GROUP = (KEY.Key_A, CTRL), (KEY.Key_B, CTRL)


def mixed() -> list[PileRow]:
    """Six requests: two alone, three of a school, one of a class."""
    of = {1: (SCHOOL, "Trường A"), 2: (SCHOOL, "Trường A"), 4: (CLASS, "Lớp B"), 5: (SCHOOL, "Trường A")}
    return [
        replace(row, group=of[place][0], group_name=f"{of[place][1]} (tập huấn)") if place in of else row
        for place, row in enumerate(long_pile(6))
    ]


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    port = FakeSigning(rows=mixed(), groups={slip(1): tuple(request_id(place) for place in (1, 2, 5))})
    ports = {"signing": port, "papers": FakePapers(), "home": FakeHome()}
    made = Desk(themed, DESK_ENTRY, ports, SIGNER).show()
    yield made
    assert made.errors == []
    made.close()


def shown(desk: Desk) -> list[EntryId]:
    return [row.request for row in desk.view.pile.rows.rows()]


def ids(*places: int) -> list[EntryId]:
    return [request_id(place) for place in places]


def test_ctrl_b_goes_from_group_to_group_and_back_to_everybody(desk: Desk) -> None:
    groups = desk.view.pile.groups
    assert [groups.itemText(place) for place in range(groups.count())] == [
        "Tất cả · 6 phiếu", "Trường A (tập huấn) · 3 phiếu", "Lớp B (tập huấn) · 1 phiếu",
    ]  # fmt: skip
    seen = []
    for _ in range(3):
        press(desk, NEXT_GROUP)
        seen.append(shown(desk))
    assert seen == [ids(1, 2, 5), ids(4), ids(0, 1, 2, 3, 4, 5)]


def test_ctrl_a_ticks_what_is_seen_and_a_hidden_tick_is_given_up(desk: Desk) -> None:
    press(desk, ALL)
    assert len(desk.view.model.ticked) == 6
    press(desk, NEXT_GROUP)
    assert desk.view.model.ticked == set(ids(1, 2, 5)), "the lot is what the person sees"
    press(desk, NEXT_GROUP, ALL)
    assert desk.view.model.ticked == set(ids(4))


def test_the_slip_of_a_group_brings_everybody_back_and_ticks_it(desk: Desk) -> None:
    press(desk, NEXT_GROUP, NEXT_GROUP)
    assert shown(desk) == ids(4)
    desk.robot.burst(slip(1))
    desk.settle()
    assert shown(desk) == ids(0, 1, 2, 3, 4, 5)
    assert desk.view.model.ticked == set(ids(1, 2, 5))


def test_the_slip_of_the_group_in_front_leaves_it_in_front(desk: Desk) -> None:
    press(desk, NEXT_GROUP)
    desk.robot.burst(slip(1))
    desk.settle()
    assert (shown(desk), desk.view.model.ticked) == (ids(1, 2, 5), set(ids(1, 2, 5)))


def test_a_group_asked_for_is_in_front_until_the_page_is_opened_anew(desk: Desk) -> None:
    desk.view.on_shown(GroupAsked(SCHOOL))
    desk.settle()
    assert shown(desk) == ids(1, 2, 5)
    desk.view.on_shown(None)
    desk.settle()
    assert len(shown(desk)) == 6


def test_a_group_of_whom_nobody_waits_any_more_is_given_up(desk: Desk) -> None:
    desk.view.on_shown(GroupAsked(EntryId(513, 99)))
    desk.settle()
    assert (len(shown(desk)), desk.view.pile.groups.currentIndex()) == (6, 0)


def test_without_groups_there_is_nothing_to_choose(desk: Desk) -> None:
    assert desk.view.pile.groups.isVisible()
    desk.view.model._port.rows = long_pile(3)
    press(desk, KEY.Key_F5)
    desk.view.model.read()
    desk.settle()
    assert not desk.view.pile.groups.isVisible()
    press(desk, NEXT_GROUP)
    assert len(shown(desk)) == 3


def test_with_the_line_of_groups_it_fits_a_small_screen(desk: Desk) -> None:
    desk.window.resize(1366, 697)
    desk.settle()
    assert too_big(desk) == ""


def test_the_filter_alone() -> None:
    found = GroupFilter()
    rows = tuple(mixed())
    assert found.take(rows) == rows
    assert not found.hides(ids(0)), "everybody is shown"
    assert [row.request for row in found.choose(CLASS)] == ids(4)
    assert (found.hides(ids(0)), found.hides(ids(4)), found.hides(ids(77))) == (True, False, False)
    assert found.take(rows[:3]) == rows[:3]
    assert (found.group, found.waiting()) == (None, 3)
