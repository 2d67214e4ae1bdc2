"""Scenario 9: the province comes back from an old backup."""

from __future__ import annotations

import pytest

from sync.hub import backup, clock, province
from sync.hub.backup import back_up, restore
from sync.protocol.naming.ids import is_province, unit_journal
from tests.support.counter import UNIT
from tests.support.invariants import broken_promises, contents, doubled, hub_contents, unaccounted
from tests.sync.scenarios.office import Office


def go_back(office: Office, life: str) -> None:
    """The hub's disk is lost; it comes back from the backup in an empty folder."""
    old = office.hub
    keys = old.keys
    old.close()
    office.clock.forward(minutes=5)
    office.hub = restore(
        office.folder / "hub.bak", office.folder / life, keys=keys, now=office.clock.now, durable=False
    )
    office.province.hub = office.hub


def test_devices_complete_a_restored_hub_and_their_screens_wait_until_then(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.day(one, 1)
    office.settle()
    back_up(office.hub, office.folder / "hub.bak")
    office.settle()
    safe = one.port().last_word()
    assert safe is not None
    assert safe.backed_up.positions == safe.received.positions
    later = office.day(one, 2)
    office.settle()
    word, everything = one.port().last_word(), hub_contents(office.hub)
    assert word is not None
    go_back(office, "restored")
    assert office.hub.life > word.life
    lost = everything.keys() - hub_contents(office.hub).keys()
    assert lost, "the backup is older than the last day"
    # Only what was promised as "in a verified backup" is surely still there.
    promised = {(j, s) for j, s in word.backed_up.positions.items()}
    assert promised <= hub_contents(office.hub).keys()
    # The first contact says so on the screen: entries go back to "waiting", then arrive again.
    office.meet(two)
    office.settle()
    assert everything.keys() <= hub_contents(office.hub).keys()
    assert all(hub_contents(office.hub)[at] == everything[at] for at in everything)
    words = [pc.port().last_word() for pc in office.running]
    assert broken_promises(words, office.hub) == []
    assert {w.life for w in words if w is not None} == {office.hub.life}
    state = office.register(one)
    assert doubled(one.store, state.id) == [] == unaccounted(one.store, state.id, state)
    assert later.last == state.next_number - 1
    assert office.faults() == []


def test_a_hub_restored_twice_gives_no_device_number_twice(office: Office) -> None:
    office.pc(1)
    office.settle()
    seen = {device.device for device in office.hub.devices(UNIT)}
    for life in ("second", "third"):
        back_up(office.hub, office.folder / f"{life}.bak")
        (office.folder / f"{life}.bak").replace(office.folder / "hub.bak")
        given = office.hub.add_grant(UNIT, "QUẦY-04").device
        assert given not in seen
        seen.add(given)
        go_back(office, life)
        office.settle()
    assert office.hub.add_grant(UNIT, "QUẦY-04").device not in seen
    assert office.faults() == []


def test_the_same_backup_restored_twice_writes_two_lives_and_loses_no_word_of_either(office: Office) -> None:
    """No backup was made between two losses: the second restore knows nothing of the first.

    Each wrote a life of its own, so nothing forks: the words of the first come back from a counter.
    """
    one, two = office.pc(1), office.pc(2)
    office.settle()
    back_up(office.hub, office.folder / "hub.bak")
    lives = [office.hub.life]
    for life in ("second", "third"):
        office.day(one, 1)
        go_back(office, life)
        lives.append(office.hub.life)
        office.settle()
    assert lives == sorted(set(lives))
    assert office.hub.life == lives[-1], "nobody had to make it change its life again"
    held, ours = hub_contents(office.hub), contents(one.store)
    assert {unit_journal(UNIT, life) for life in lives} <= {journal for journal, _ in held}
    assert held == ours == contents(two.store)
    assert office.hub.trouble(UNIT).stray == 0
    assert office.faults() == []


def test_two_restores_in_one_life_after_all_find_out_and_go_on_apart(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note was lost and chance gave one life twice: a counter shows it, and nothing it wrote is lost."""
    one = office.pc(1)
    office.settle()
    back_up(office.hub, office.folder / "hub.bak")
    with monkeypatch.context() as unlucky:
        unlucky.setattr(province, "_chance", lambda keys, at: 0)
        unlucky.setattr(backup, "_begun_from", lambda path: 0)
        for life in ("second", "third"):
            office.day(one, 1)
            go_back(office, life)
            assert office.hub.life == 2
            office.settle()
    assert office.hub.life > 2, "it found its own fork and went on in a life nobody has seen"
    held, ours = hub_contents(office.hub), contents(one.store)
    assert all(held[at] == kept for at, kept in ours.items() if not is_province(at[0]))


def test_a_backup_from_before_a_later_life_goes_on_behind_that_life(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator let the hub go on in its next life; the backup beside which that is noted is older."""
    one, two = office.pc(1), office.pc(2)
    office.settle()
    back_up(office.hub, office.folder / "hub.bak")
    with monkeypatch.context() as chance:
        chance.setattr(province, "_chance", lambda keys, at: 20)
        office.clock.at -= 2 * 3_600_000
        later = clock.go_on_in_next_life(office.hub)
        office.day(one, 1)
        office.settle()
        chance.setattr(province, "_chance", lambda keys, at: 0)
        go_back(office, "restored")
        assert office.hub.life < later
        office.settle()
    assert office.hub.life > later
    assert [pc.port().last_word().life for pc in (one, two)] == [office.hub.life] * 2  # type: ignore[union-attr]
    assert hub_contents(office.hub) == contents(one.store) == contents(two.store)
    assert office.faults() == []
