"""The province's own clock was in 2099 for an hour: what counters believe meanwhile, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_app.services.exchange.clock_seen import note_offset
from sync.client import pacing
from sync.hub import clock, files
from sync.hub.backup import back_up, restore
from sync.hub.cli import main
from sync.hub.hub import Hub
from tests.support.counter import UNIT, Counter
from tests.support.invariants import contents, hub_contents, rows
from tests.sync.scenarios.office import Office

IN_2099 = 4_070_908_800_000
IN_2009 = 1_230_768_000_000
HOUR = 3_600_000


def waiting(pc: Counter) -> int:
    """Own entries the counter shows as not yet received."""
    word, own = pc.port().last_word(), pc.port().journal
    assert word is not None
    return pc.port().vector().positions[own] - word.received.positions.get(own, 0)


def behind(office: Office) -> int:
    with office.hub.database.read() as connection:
        return clock.behind(connection, office.hub.now())


def in_2099_and_back(office: Office, pc: Counter) -> None:
    """The hub meets ``pc`` under the wrong clock, which is then set right."""
    right, office.clock.at = office.clock.at, IN_2099
    office.meet(pc)
    office.clock.at = right + HOUR


def test_after_a_clock_in_2099_a_person_lets_the_province_go_on_and_every_counter_believes_it(
    office: Office,
) -> None:
    one, two, three = office.pc(1), office.pc(2), office.pc(3)
    office.settle()
    assert behind(office) == 0
    in_2099_and_back(office, one)
    office.take_in(one)
    office.settle(one)
    assert waiting(one) > 0, "never green without a word that is believed; nothing is lost meanwhile"
    assert behind(office) == IN_2099 - office.clock.at
    before = office.hub.life
    assert clock.go_on_in_next_life(office.hub) > before
    assert behind(office) == 0
    office.settle()
    assert [waiting(pc) for pc in (one, two, three)] == [0, 0, 0]
    words = [pc.port().last_word() for pc in (one, two, three)]
    assert [word is not None and word.life for word in words] == [office.hub.life] * 3
    assert office.faults() == []


@pytest.mark.parametrize("wild", [IN_2099, IN_2009], ids=["2099", "2009"])
def test_under_a_wrong_province_papers_and_numbers_keep_the_counters_day(office: Office, wild: int) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    first = office.day(one, 1)
    right, office.clock.at = office.clock.at, wild
    for pc in (one, two):
        for met in office.meet(pc):
            note_offset(pc.work, met.offset_ms, met.error_ms, follow=True)
    asked = office.take_in(one)
    assert office.number(one, [asked]).first == first.last + 1
    office.clock.at = right + HOUR
    if behind(office):
        clock.go_on_in_next_life(office.hub)
    office.settle()
    assert rows(two.store, "SELECT DISTINCT day FROM lines") == [(20261120,)]
    assert office.faults() == []


def test_a_word_of_2099_proves_no_date_for_numbering(office: Office) -> None:
    """36 hours without a proof: the signatory confirms the date, though the province's word lies ahead."""
    one = office.pc(1)
    office.settle()
    in_2099_and_back(office, one)
    guards, state = one.areas.signing.guards, office.register(one)
    with one.store.read() as connection:
        assert not guards.needs_date(connection, state), "met today"
    one.clock.at += 37 * HOUR
    with one.store.read() as connection:
        assert guards.needs_date(connection, state)


def test_what_is_written_after_2099_arrives_before_anybody_mends_the_province(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than one batch of a slow line: what the hub lacks its answers say, not the word of 2099."""
    monkeypatch.setattr(pacing, "START_BYTES", 600)
    monkeypatch.setattr(pacing.Pace, "succeeded", lambda *_: None)  # batches stay as small as they begin
    one = office.pc(1)
    in_2099_and_back(office, one)
    for _ in range(8):
        for _ in range(6):
            office.take_in(one, "gks 1x2", "cccd 1x3")
        office.settle(one)
    assert waiting(one) > 100, "the screen still waits for a word it can believe"
    mine = {at for at in contents(one.store) if at[0] == one.work.journal}
    assert mine <= hub_contents(office.hub).keys()


def test_a_file_written_in_2099_counts_as_a_word_too(office: Office) -> None:
    office.settle(office.pc(1))
    right, office.clock.at = office.clock.at, IN_2099
    assert office.hub.unit_key(UNIT) is not None
    files.give(office.hub, UNIT, office.folder / "usb", IN_2099)
    office.clock.at = right
    assert behind(office) == IN_2099 - right


def test_without_need_no_life_is_used_up(office: Office) -> None:
    one = office.pc(1)
    office.settle(one)
    latest, life = office.clock.at, office.hub.life
    for late in (0, HOUR // 2, HOUR):  # a clock set back by little is overtaken by itself
        office.clock.at = latest - late
        with pytest.raises(ValueError, match="nothing to mend"):
            clock.go_on_in_next_life(office.hub)
    assert office.hub.life == life
    office.clock.at = latest - HOUR - 1
    assert clock.go_on_in_next_life(office.hub) > life


def test_a_hub_that_comes_back_from_a_backup_of_2099_is_in_a_later_life_and_behind_nothing(
    office: Office,
) -> None:
    one = office.pc(1)
    office.settle(one)
    in_2099_and_back(office, one)
    back_up(office.hub, office.folder / "hub.bak")
    held, keys = hub_contents(office.hub), office.hub.keys
    office.hub.close()
    office.hub = restore(
        office.folder / "hub.bak", office.folder / "again", keys=keys, now=office.clock.now, durable=False
    )
    office.province.hub = office.hub
    assert behind(office) == 0
    office.settle(one)
    assert waiting(one) == 0
    assert held.keys() <= hub_contents(office.hub).keys()


def test_the_command_says_how_the_clock_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "hub"
    with Hub.open(folder, practice=True) as hub:
        hub.add_unit(UNIT)
        with hub.database.write() as connection:
            clock.note_word(connection, hub.now() - HOUR)

    def told(*words: str) -> tuple[int, dict[str, object]]:
        code = main(["--folder", str(folder), "--json", "life", *words])
        return code, json.loads(capsys.readouterr().out)

    code, said = told()
    assert (code, said["life"], "behind" in said) == (0, 1, False)
    with Hub.open(folder) as hub, hub.database.write() as connection:
        clock.note_word(connection, IN_2099)
    code, said = told()
    assert code == 1
    assert said["latest word"] == "01/01/2099 07:00"
    assert "commune-hub life --next" in str(said["remedy"])
    code, said = told("--next")
    assert code == 0
    assert int(str(said["life"])) > 1
    assert said["latest word"] == "-"
    code, said = told("--next")
    assert (code, said["code"]) == (3, "refused")
