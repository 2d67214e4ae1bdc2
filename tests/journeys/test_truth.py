"""Each fault is found, told in words, with a way out that is walked to its end: two PCs, a hub over TLS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.cli.app import OK, WRONG, main
from counter_app.composition import compose
from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE, PracticeWorld
from counter_app.services.ports.exchange import DAMAGED, ENTRY_APART, EQUAL, READ_APART
from counter_app.services.ports.technician import BROKEN, GOOD
from counter_app.settings import PASSPHRASE_VARIABLE
from sync.hub.cli import main as hub_main
from sync.hub.hub import Hub
from sync.protocol.naming.ids import EntryId
from tests.support.practice import practice_world, take_in
from tests.support.tampering import change_body, rewrite_at_hub

UNIT = "00000"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    """Two counters that have met the hub and hold everything; each test leaves it as it found it."""
    with practice_world(tmp_path_factory.mktemp("xa"), counters=2) as made:
        take_in(made, "gks 1x2", "hb 4x1")
        take_in(made, "dt bang 2", counter=1)
        made.settle()
        yield made


def last_of(program: RunningProgram, journal: int) -> EntryId:
    """The last entry of a journal but one, held by everybody."""
    with program.opened.store.read() as connection:
        (seq,) = connection.exec_driver_sql(
            "SELECT covered FROM journal_heads WHERE journal = ?", (journal,)
        ).one()
    return EntryId(journal, seq - 1)


def reminders(world: PracticeWorld, counter: int = 0) -> list[str]:
    world.sign_in(people.CLERK, counter)
    return [words for _, words in world.programs[counter].home.home().reminders]


def check_row(program: RunningProgram, name: str) -> tuple[str, str]:
    row = next(row for row in program.technician.self_test() if row.code == name)
    return row.verdict, row.words


def test_equal_counters_say_so_with_the_time_and_how_many(office: PracticeWorld) -> None:
    for program in office.programs:
        proof = program.exchange.compare()
        assert proof.verdict == EQUAL
        assert proof.words.startswith("Khớp với tỉnh lúc 07:30 · ")
        assert program.exchange.status().proof == proof
        assert check_row(program, "equality") == (GOOD, proof.words)


def test_an_entry_that_differs_at_the_province_is_named_by_counter_day_and_kind(
    office: PracticeWorld,
) -> None:
    one, two = office.programs
    place = last_of(one, two.areas.work.journal)
    with Hub.open(office.hub_folder) as hub:
        was = rewrite_at_hub(hub, place, bytes(32))
        try:
            proof = one.exchange.compare()
            assert (proof.verdict, proof.first) == (ENTRY_APART, place)
            assert f"từ mục {place.seq} của BÀN KÝ, 20/11/2026 (" in proof.words
            assert "commune-hub verify --unit" in proof.remedy
            assert hub_main(["--folder", str(office.hub_folder), "--json", "verify", "--unit", UNIT]) == 1
        finally:
            rewrite_at_hub(hub, place, was)
    assert proof.words in reminders(office), "until it is compared again, whatever the line says"
    assert check_row(one, "equality") == (BROKEN, proof.words)
    assert one.exchange.compare().verdict == EQUAL
    assert proof.words not in reminders(office)


def test_a_reading_that_differs_is_told_and_a_rebuild_mends_it(
    office: PracticeWorld, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    one = office.programs[0]
    office.settle()
    with one.opened.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE requests SET stage = 'handed' WHERE id = (SELECT min(id) FROM requests)"
        )
    home = ["--home", str(office.settings[0].paths.home)]
    assert main([*home, "verify", "--with-hub"]) == WRONG
    assert "Đọc khác tỉnh: phiếu chứng thực." in capsys.readouterr().out
    assert one.exchange.status().proof.verdict == READ_APART
    assert main([*home, "rebuild"]) == OK
    assert main([*home, "verify", "--with-hub"]) == OK
    assert "Khớp với tỉnh lúc" in capsys.readouterr().out


def test_without_a_line_the_provinces_file_of_heads_proves_it_too(
    office: PracticeWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    two = office.programs[1]
    file, folder = tmp_path / "xa.mch", str(office.hub_folder)
    office.settle()
    assert hub_main(["--folder", folder, "verify", "--unit", UNIT, "--out", str(file)]) == OK
    assert "head" in capsys.readouterr().out
    home = ["--home", str(office.settings[1].paths.home)]
    assert main([*home, "verify", "--heads", str(file)]) == OK
    assert "(theo tệp)" in capsys.readouterr().out
    place = last_of(two, office.programs[0].areas.work.journal)
    with Hub.open(office.hub_folder) as hub:
        was = rewrite_at_hub(hub, place, bytes(32))
        hub_main(["--folder", folder, "verify", "--unit", UNIT, "--out", str(file)])
        rewrite_at_hub(hub, place, was)
    assert two.exchange.compare_with_file(str(file)).first == place
    bent = bytearray(file.read_bytes())
    bent[len(bent) // 2] ^= 1
    file.write_bytes(bytes(bent))
    with pytest.raises(DomainError) as refused:
        two.exchange.compare_with_file(str(file))
    assert refused.value.code == "equality.file"
    assert two.exchange.compare().verdict == EQUAL


def test_a_body_changed_on_the_disk_is_told_and_a_restore_brings_the_truth_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    with practice_world(tmp_path / "xa") as world:
        program = world.programs[0]
        take_in(world, "gks 1x2")
        world.settle()
        backup = program.technician.back_up()
        place = last_of(program, program.areas.work.journal)
        change_body(program.opened.store, place)
        proof = program.exchange.compare()
        assert (proof.verdict, proof.first) == (DAMAGED, place)
        assert proof.words.startswith("Nội dung trên máy này đã bị đổi: mục ")
        assert "khôi phục từ bản sao lưu" in proof.remedy
        program.close()
        assert main(["--home", str(world.settings[0].paths.home), "restore", backup.path]) == OK
        again = world.programs[0] = compose(world.settings[0])
        world.settle()
        assert again.exchange.compare().verdict == EQUAL
