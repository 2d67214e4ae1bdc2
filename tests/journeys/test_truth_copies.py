"""Copies, forks, revocations, wrong clocks, older and restored hubs: told in words, the way out walked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.cli.app import OK, main
from counter_app.composition import compose
from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.paths import Paths
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE, PracticeWorld
from counter_app.services.exchange import standing
from counter_app.services.ports.exchange import ENTRY_APART, EQUAL, SYNCED
from counter_app.settings import PASSPHRASE_VARIABLE
from counter_app.storage.store_errors import StoreError
from sync.client.transport import RequestRefused
from sync.hub.hub import Hub
from sync.protocol.naming.ids import life_of
from tests.support.practice import practice_world, take_in
from tests.sync.scenarios.office import Office

DAY = 86_400_000


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)


def codes(program: RunningProgram) -> list[str]:
    return [one.code for one in program.exchange.status().troubles]


def reminders(world: PracticeWorld, counter: int = 0) -> list[str]:
    world.sign_in(people.CLERK, counter)
    return [words for _, words in world.programs[counter].home.home().reminders]


def row(program: RunningProgram, name: str) -> str:
    return next(one.words for one in program.technician.self_test() if one.code == name)


def copied(world: PracticeWorld, folder: Path, index: int = 0) -> RunningProgram:
    """The PC's whole folder on another disk, started there as if nothing were."""
    world.programs[index].close()
    shutil.copytree(world.settings[index].paths.home, folder)
    twin = compose(replace(world.settings[index], paths=Paths(folder)))
    world.start(index)
    return twin


def test_a_copy_that_works_beside_its_original_is_told_everywhere_and_a_restart_is_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with practice_world(tmp_path / "xa", counters=2) as world:
        twin = copied(world, tmp_path / "ban-sao")
        one, two = world.programs
        take_in(world, "gks 1x2")
        world.meet(one)
        world.programs[0] = twin
        take_in(world, "hb 4x1")
        twin.line.exchange()
        # found and told on the copy: the page, the home page, whoever tries to work
        assert standing.STOPPED in codes(twin)
        assert twin.exchange.status().pill.kind != SYNCED
        assert twin.exchange.pill().words == "Máy tạm ngừng ghi"
        with pytest.raises(StoreError) as page:
            reminders(world)
        assert "hai bản của cùng một kho dữ liệu" in page.value.words("vi").sentence
        with pytest.raises((DomainError, StoreError)) as refused:
            take_in(world, "gks 1x1")
        assert "đóng rồi mở lại chương trình" in refused.value.words("vi").remedy
        # told on the other counter, named
        world.programs[0] = one
        world.meet(two)
        fork = next(one for one in two.exchange.status().troubles if one.code == standing.FORKED)
        assert "QUẦY-01" in fork.title
        assert "QUẦY-01" in row(two, "standing")
        # the way out: the copy stays off, the real one starts again in its next life and goes on
        twin.close()
        one.close()
        again = world.start(0)
        if (
            life_of(again.areas.work.journal) == 1
        ):  # it held the branch that came first, and was told by nobody yet
            again.line.exchange()
            again.close()
            again = world.start(0)
        assert life_of(again.areas.work.journal) == 2
        take_in(world, "dt bang 2")
        world.settle()
        assert codes(again) == []
        assert again.exchange.compare().verdict == EQUAL
        assert standing.FORKED not in codes(two)
        assert main(["--home", str(world.settings[1].paths.home), "stray"]) == OK


def test_the_copys_own_branch_stays_apart_and_the_comparison_names_where_it_begins(tmp_path: Path) -> None:
    with practice_world(tmp_path / "xa") as world:
        twin = copied(world, tmp_path / "ban-sao")
        one = world.programs[0]
        place = one.exchange.status().saved
        take_in(world, "gks 1x2")
        world.meet(one)
        world.programs[0] = twin
        take_in(world, "hb 4x1")
        twin.line.exchange()
        proof = twin.exchange.compare()
        assert proof.verdict == ENTRY_APART
        assert proof.first is not None
        assert proof.first.seq == place + 1, "the first act after the copy was made"
        assert "QUẦY-01" in proof.words
        twin.close()
        world.programs[0] = one


def test_a_revoked_pc_says_so_and_takes_no_more_for_granted(tmp_path: Path) -> None:
    with practice_world(tmp_path / "xa", counters=2) as world:
        one, two = world.programs
        with Hub.open(world.hub_folder) as hub:
            hub.revoke(two.areas.work.journal, reason="mất máy")
        world.meet(two)
        assert codes(two)[0] == standing.REVOKED
        assert any("Tỉnh đã thu hồi máy này." in words for words in reminders(world, 1))
        assert "Tỉnh đã thu hồi máy này." in row(two, "standing")
        with pytest.raises(DomainError) as refused:
            two.exchange.compare()
        assert "thu hồi" in refused.value.words("vi").sentence
        world.meet(one)
        assert codes(one) == []
        assert one.exchange.compare().verdict == EQUAL


def test_a_clock_in_the_past_asks_once_and_the_answer_serves(tmp_path: Path) -> None:
    office = Office(tmp_path)
    pc = office.pc(1)
    office.day(pc, 1)
    office.settle()
    right = pc.clock.at
    pc.clock.at = right - 3_000 * DAY
    assert "Bây giờ là " in pc.areas.session.counter().clock_question
    pc.areas.session.confirm_date(right + 60_000)
    assert pc.areas.session.counter().clock_question == ""
    assert right <= pc.work.now() <= right + DAY
    request = office.take_in(pc)
    office.clock.at = max(office.clock.at, right)
    office.settle()
    assert pc.state(request).day == 20261120
    assert office.faults() == []
    office.close()


def test_an_older_hub_is_told_as_older_and_nothing_else_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with practice_world(tmp_path / "xa") as world:
        program = world.programs[0]

        def unknown(message: bytes) -> bytes:
            raise RequestRefused("HTTP status 400")

        monkeypatch.setattr(program.line._engine, "ask", unknown)
        with pytest.raises(DomainError) as told:
            program.exchange.compare()
        assert "Tỉnh đang chạy bản cũ hơn máy này." in told.value.words("vi").sentence
        take_in(world, "gks 1x2")
        world.settle()
        assert program.exchange.status().waiting == 0
        assert codes(program) == []
