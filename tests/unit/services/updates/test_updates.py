"""Updates of a running counter: when they are looked for, tried on what, told how in the self-test."""

from __future__ import annotations

import pytest

from counter_app.services.ports.saying import speaking
from counter_app.services.ports.technician import GOOD, LOOK
from counter_app.services.updates import updates as module
from counter_app.services.updates.updates import EVERY_S, SPREAD_S
from counter_app.updates.manifest import Ring
from counter_app.updates.updating import State
from counter_app.updates.words import UpdateError
from tests.support.counter import MORNING
from tests.unit.services.updates.desk import HOUR, NIGHT, SATURDAY, Desk
from tests.unit.updates.publisher import a_manifest


def test_a_version_is_told_then_taken_after_both_trials(desk: Desk) -> None:
    desk.pc.publish(a_manifest())
    told = desk.updates.check()
    assert (told.state, told.version) == ("offered", "1.1")
    assert desk.tried == []
    done = desk.updates.now()
    zip_ = desk.pc.installed.folder.application("1.1")
    assert desk.tried == [("self_test", zip_), ("rehearsal", zip_)]
    assert (done.state, done.bytes) == ("ready", told.bytes)
    assert "1.1" in done.words


def test_a_folder_or_the_manifest_in_it_may_be_named(desk: Desk) -> None:
    desk.pc.publish(a_manifest())
    assert desk.updates.from_file(str(desk.pc.stick / "update.json")).state == "ready"
    assert desk.updates.from_file(str(desk.pc.stick)).state == "ready"
    assert desk.asked == 0


def test_by_itself_never_while_the_unit_is_open(desk: Desk) -> None:
    desk.pc.publish(a_manifest())
    desk.at(MORNING + HOUR)
    assert desk.updates.is_open()
    desk.updates.by_itself()
    assert (desk.asked, desk.tried) == (0, [])
    desk.at(MORNING + 5 * HOUR)
    assert desk.updates.is_open(), "somebody eats at his desk"
    desk.at(SATURDAY)
    assert not desk.updates.is_open()
    desk.at(NIGHT)
    desk.updates.by_itself()
    assert desk.asked == 1
    assert desk.pc.updater().in_place() == "1.1"


def test_a_technician_may_ask_in_office_hours(desk: Desk) -> None:
    desk.pc.publish(a_manifest(ring=Ring(("99999",))))
    desk.at(MORNING + HOUR)
    assert desk.updates.now().state == "ready"


def test_by_itself_only_in_its_ring_and_twice_a_day(desk: Desk) -> None:
    desk.pc.publish(a_manifest(ring=Ring(("99999",))))
    desk.updates.by_itself()
    desk.updates.by_itself()
    assert (desk.asked, desk.tried) == (1, [])
    desk.ticks += EVERY_S
    desk.updates.by_itself()
    assert desk.asked == 2


def test_each_pc_looks_at_a_moment_of_its_own_after_closing(desk: Desk) -> None:
    desk.pc.publish(a_manifest(ring=Ring(("99999",))))
    desk.drawn = 0.5
    desk.updates.by_itself()
    desk.ticks += SPREAD_S / 2 - 1
    desk.updates.by_itself()
    assert desk.asked == 0
    desk.ticks += 1
    desk.updates.by_itself()
    assert desk.asked == 1


def test_a_line_that_is_down_is_no_trouble_a_refusal_is_told_in_the_self_test(desk: Desk) -> None:
    desk.updates.by_itself()  # nothing lies there
    row = desk.updates.row()
    assert row is not None
    assert (row.verdict, row.words) == (GOOD, "Bản 1.0")
    desk.pc.publish(a_manifest("1.1", serial=9))
    desk.updates.check()
    desk.pc.publish(a_manifest("1.1", serial=8))
    desk.ticks += EVERY_S
    desk.updates.by_itself()
    with speaking("en"):
        row = desk.updates.row()
    assert row is not None
    assert row.verdict == LOOK
    assert "older" in row.words
    assert row.remedy


def test_a_pause_of_this_pc_is_shown_and_holds(desk: Desk) -> None:
    desk.pc.publish(a_manifest())
    assert desk.updates.pause(True).state == "paused"
    desk.updates.by_itself()
    assert desk.tried == []
    row = desk.updates.row()
    assert row is not None
    assert row.verdict == LOOK
    assert "pause --off" in row.remedy
    assert desk.updates.pause(False).state == "none"


def test_a_version_in_place_is_shown_until_the_next_start(desk: Desk) -> None:
    desk.pc.publish(a_manifest())
    desk.updates.now()
    row = desk.updates.row()
    assert row is not None
    assert (row.verdict, "1.1" in row.words) == (GOOD, True)


def test_a_program_that_is_not_installed_has_no_row_and_says_so_when_asked(desk: Desk) -> None:
    desk.installed = False
    assert desk.updates.row() is None
    desk.updates.by_itself()
    assert desk.updates.trouble is None
    with pytest.raises(UpdateError, match="not_installed"):
        desk.updates.check()


def test_every_state_has_words_in_both_languages() -> None:
    assert set(module._STATES) == set(State)
    for vi, en in module._STATES.values():
        assert "{0}" in vi
        assert "{0}" in en
