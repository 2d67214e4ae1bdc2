"""A unit's provisioning at one PC: the seat that was typed, notes of others, what is left then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.cli.app import REFUSED, main
from counter_app.composition import compose
from counter_app.composition.arriving import arrive
from counter_app.composition.enrolling import Enrolling
from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.practice import province
from counter_app.services.enrolment import arriving
from counter_app.services.enrolment.enrol import HUB_KEY
from counter_app.services.enrolment.provisioning import drop_setups_copy
from counter_app.services.enrolment.seats import leave_note, notes_beside, notes_near, on_sticks
from counter_app.services.enrolment.steps import DATA, FILE, PRINTERS, STORE, TIDY, StepBoard, all_steps
from counter_app.services.ports.enrolment import DONE, FAILED, LOOK, NOW, WAITING
from counter_app.services.ports.saying import speaking
from counter_app.services.registers.place import is_on_the_move
from counter_app.settings import PASSPHRASE_VARIABLE, Settings
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from sync.hub import cli as hub_cli
from sync.protocol.meeting.seat_note import SeatNote, note_name, write_note
from sync.protocol.naming.ids import PRACTICE_UNIT as UNIT
from tests.unit.services.founding.conftest import MORNING, settings_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the province wrote for two counters, one of which goes to the villages."""
    folder = tmp_path_factory.mktemp("tinh")
    province.found(folder / "hub")
    words = ["--folder", str(folder / "hub"), "provision", "--unit", UNIT, "--mobile", "1"]
    assert (
        hub_cli.main([*words, "--url", "https://127.0.0.1:1", "--printer", "a4=HP x", "-o", str(folder)]) == 0
    )
    return folder / f"cap-phat-{UNIT}"


@pytest.fixture
def stick(made: Path, tmp_path: Path) -> Path:
    """A stick with that folder."""
    shutil.copytree(made, tmp_path / "USB" / made.name)
    return tmp_path / "USB"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path / "home")


def file_on(stick: Path) -> Path:
    return next(stick.glob("*/*.mcp"))


def port_of(settings: Settings, *sticks: Path) -> Enrolling:
    return Enrolling(settings, beside=(settings.paths.home,), sticks=sticks)


def states(port: Enrolling) -> dict[str, str]:
    return {one.code: one.state for one in port.steps()}


def words(port: Enrolling, code: str) -> str:
    return next(one.words for one in port.steps() if one.code == code)


def opened(port: Enrolling) -> None:
    """Opens the program and ends it again."""
    port.open("").close()  # type: ignore[attr-defined]


def note(counter: int, pc: str = "PC-KHAC") -> SeatNote:
    return SeatNote(UNIT, counter, f"QUẦY-{counter:02d}", 256 * counter + 1, MORNING, pc)


def refusal(act: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    for language in ("vi", "en"):
        assert caught.value.words(language).title
        assert caught.value.words(language).remedy
    return caught.value


def test_the_file_shows_its_seats_and_names_no_counter_by_itself(settings: Settings, stick: Path) -> None:
    view = port_of(settings, stick).look(str(file_on(stick)))
    assert (view.counter_number, view.device, view.spares, view.sticks_ready) == (0, 0, 2, True)
    assert [(one.counter, one.name, one.mobile, one.taken) for one in view.seats] == [
        (1, "QUẦY-01", False, ""), (2, "LƯU ĐỘNG-01", True, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("counter", "moves"), [(1, False), (2, True)])
def test_a_counter_for_the_villages_begins_on_the_move(
    settings: Settings, stick: Path, counter: int, moves: bool
) -> None:
    """Else the first morning in a village would number copies, which decree 23 art. 10 does not let it."""
    port = port_of(settings, stick)
    port.enrol(str(file_on(stick)), "", False, counter)
    program = port.open("")
    try:
        with program.areas.work.store.read() as connection:  # type: ignore[attr-defined]
            assert is_on_the_move(connection) is moves
    finally:
        program.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("counter", "code"), [(0, "enrol.which-counter"), (7, "enrol.no-such-counter")])
def test_without_a_number_of_the_file_nothing_is_made(
    settings: Settings, stick: Path, counter: int, code: str
) -> None:
    port = port_of(settings, stick)
    error = refusal(lambda: port.enrol(str(file_on(stick)), "", False, counter))
    assert (error.code, error.field, "2 (LƯU ĐỘNG-01)" in error.meaning) == (code, "counter", True)
    assert states(port)[FILE] == FAILED
    assert not settings.paths.store.exists()


def test_everything_came_and_a_missing_printer_is_told_and_holds_nothing_up(
    settings: Settings, stick: Path
) -> None:
    port = port_of(settings, stick)
    port.enrol(str(file_on(stick)), "", False, 2)
    opened(port)
    assert {code: state for code, state in states(port).items() if state != DONE} == {PRINTERS: LOOK}
    assert "HP x" in words(port, PRINTERS)
    assert "Kỹ thuật viên" in words(port, PRINTERS)
    assert "quầy số 1" in words(port, TIDY)
    assert notes_beside(file_on(stick), UNIT)[2].name == "LƯU ĐỘNG-01"
    again = port_of(settings, stick)
    opened(again)
    assert again.steps() == (), "nothing is left to do"


def test_a_copy_from_the_setup_goes_and_the_stick_learns_the_seat(settings: Settings, stick: Path) -> None:
    """Windows' setup copies the file named by /CONFIG= beside the program."""
    copy = settings.paths.home / "provision.mcp"
    copy.parent.mkdir()
    shutil.copy(file_on(stick), copy)
    port = port_of(settings, stick)
    port.enrol(str(copy), "", False, 1)
    opened(port)
    assert (copy.exists(), file_on(stick).exists(), list(notes_beside(file_on(stick), UNIT))) == (
        False,
        True,
        [1],
    )
    other = settings.paths.home.parent / "home-2"
    shutil.copytree(stick, other / "x")
    assert notes_near(other / "provision.mcp", UNIT, (other / "x",))[1].counter == 1


def test_what_the_setup_brought_is_found_by_the_first_page_and_never_stays(
    settings: Settings, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setup puts the file of /CONFIG= below ``%PROGRAMDATA%``; the stick's own is chosen beside it."""
    monkeypatch.setenv("PROGRAMDATA", str(tmp_path / "ProgramData"))
    copy = tmp_path / "ProgramData" / "commune-counter" / "provision.mcp"
    other = copy.with_name("03391.mcp")
    copy.parent.mkdir(parents=True)
    shutil.copy(file_on(stick), copy)
    other.write_bytes(b"another unit's")
    port = Enrolling(settings, sticks=(stick,))
    assert {str(copy), str(file_on(stick))} <= {one.path for one in port.find()}
    port.enrol(str(file_on(stick)), "", False, 1)
    opened(port)
    assert (copy.exists(), file_on(stick).exists(), other.exists()) == (False, True, True)
    assert list(notes_beside(file_on(stick), UNIT)) == [1]
    assert states(port)[TIDY] == DONE


def test_a_neighbours_file_in_the_same_folder_is_neither_noted_nor_deleted(
    settings: Settings, stick: Path
) -> None:
    """Whoever keeps several units' files in one folder: the first by name is not ours."""
    own = file_on(stick)
    neighbour = own.with_name("00000-a.mcp")
    neighbour.write_bytes(b"another unit's")
    leave_note(own, note(2))
    copy = settings.paths.home / "provision.mcp"
    copy.parent.mkdir()
    shutil.copy(own, copy)
    port = port_of(settings, stick)
    port.enrol(str(copy), "", False, 1)
    opened(port)
    assert (copy.exists(), own.exists(), neighbour.exists()) == (False, False, True)


def test_another_file_of_the_setups_name_stays(tmp_path: Path) -> None:
    copy = tmp_path / "provision.mcp"
    copy.write_bytes(b"this")
    assert not drop_setups_copy(b"that", (tmp_path, tmp_path / "none"))
    assert drop_setups_copy(b"this", (tmp_path,))
    assert not copy.exists()


def test_a_copy_alone_works_and_says_that_the_data_are_missing(settings: Settings, stick: Path) -> None:
    copy = settings.paths.home / "provision.mcp"
    copy.parent.mkdir()
    shutil.copy(file_on(stick), copy)
    port = port_of(settings)
    port.enrol(str(copy), "", False, 1)
    opened(port)
    assert (states(port)[DATA], copy.exists()) == (LOOK, False)
    assert "Cắm USB" in words(port, DATA)
    later = compose(settings)
    steps = arrive(later, (settings.paths.home,), (stick,))
    assert {one.code: one.state for one in steps}[DATA] == DONE, "the stick came with the next start"
    assert arrive(later, (), (stick,)) == ()
    later.close()


def test_changed_data_are_not_taken(settings: Settings, stick: Path) -> None:
    (data,) = stick.glob("*/du-lieu/*.mcx")
    bent = data.read_bytes()
    data.write_bytes(bent[:-1] + bytes([bent[-1] ^ 1]))
    port = port_of(settings, stick)
    port.enrol(str(file_on(stick)), "", False, 1)
    opened(port)
    assert states(port)[DATA] == LOOK
    assert data.name in words(port, DATA)


def test_a_stick_that_takes_no_note_says_what_to_remember(
    settings: Settings, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(arriving, "leave_note", full)
    port = port_of(settings, stick)
    port.enrol(str(file_on(stick)), "", False, 1)
    opened(port)
    assert states(port)[TIDY] == LOOK
    assert "quầy số 1" in words(port, TIDY)


def test_a_taken_seat_is_another_pcs_until_its_note_is_deleted(settings: Settings, stick: Path) -> None:
    leave_note(file_on(stick), note(1))
    port = port_of(settings, stick)
    assert port.look(str(file_on(stick))).seats[0].taken == "đã dùng: PC-KHAC, 20/11/2026"
    with speaking("en"):
        assert port.look(str(file_on(stick))).seats[0].taken == "taken: PC-KHAC, 20/11/2026"
    error = refusal(lambda: port.enrol(str(file_on(stick)), "", False, 1))
    assert (error.code, note_name(UNIT, 1) in error.remedy) == ("enrol.seat-taken", True)
    (file_on(stick).parent / note_name(UNIT, 1)).unlink()
    port.enrol(str(file_on(stick)), "", True, 1)
    opened(port)
    assert notes_beside(file_on(stick), UNIT) == {}, "kept as it was: --keep-file touches nothing"


def test_notes_of_strangers_are_passed_over(stick: Path) -> None:
    folder = (file_on(stick).parent / note_name(UNIT, 1)).parent
    folder.mkdir()
    for name, data in (
        ("a.json", b"{"), ("b.json", bytes(100_000)), ("c.json", b"[" * 2_000), ("d.json", b"\xff\xfe"),
        ("e.json", write_note(note(2)).replace(b'"counter":2', b'"counter":-2')),
        ("f.json", write_note(note(2)).replace(UNIT.encode(), b"03390")), ("g.txt", write_note(note(2))),
        ("h.json", write_note(note(2)).replace(str(MORNING).encode(), b"9223372036854775807")),
    ):  # fmt: skip
        (folder / name).write_bytes(data)
    (folder / "i.json").mkdir()
    assert notes_beside(file_on(stick), UNIT) == {}
    assert on_sticks((stick / "pulled-out",)) == [stick / "pulled-out"]


class Killed(BaseException):
    """The power went."""


CUTS = (("_is_whole", False), ("leave_note", True), ("_drop", True), ("_put", False))
"""Where the power goes, and whether the act itself was done by then."""


@pytest.mark.parametrize(("name", "after"), CUTS, ids=[name for name, _ in CUTS])
def test_a_power_cut_after_the_journal_began_is_made_good_at_the_next_start(
    settings: Settings, stick: Path, monkeypatch: pytest.MonkeyPatch, name: str, after: bool
) -> None:
    leave_note(file_on(stick), note(2))  # ours is the last seat: the file is to go
    file, port = file_on(stick), port_of(settings, stick)
    port.enrol(str(file), "", False, 1)
    wanted = getattr(arriving, name)

    def dying(*arguments: object, **named: object) -> object:
        if after:
            wanted(*arguments, **named)
        raise Killed

    program = compose(settings)
    monkeypatch.setattr(arriving, name, dying)
    with pytest.raises(Killed):
        arrive(program, (settings.paths.home,), (stick,))
    monkeypatch.undo()
    program.close()
    again = compose(settings)
    arrive(again, (settings.paths.home,), (stick,))
    assert arrive(again, (settings.paths.home,), (stick,)) == ()
    assert not file.exists()
    assert again.areas.work.place.title == province.TITLE
    again.close()


def test_what_is_left_is_noted_before_the_first_entry_of_the_journal(
    settings: Settings, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_app.storage.keeping import lives

    def dying(*_: object, **__: object) -> object:
        raise Killed

    monkeypatch.setattr(lives, "open_life", dying)
    with pytest.raises(Killed):
        port_of(settings, stick).enrol(str(file_on(stick)), "", False, 1)
    monkeypatch.undo()
    with pytest.raises(StoreError, match=r"store\.no_journal"):
        compose(settings)
    port = port_of(settings, stick)
    port.enrol(str(file_on(stick)), "", False, 2)  # the number may be another now
    program = port.open("")
    assert isinstance(program, RunningProgram)
    with program.opened.store.read() as connection:
        assert device.setting(connection, HUB_KEY)
    assert program.areas.work.place.counter_number == 2
    assert list(notes_beside(file_on(stick), UNIT)) == [2]
    program.close()


def test_the_board_says_where_it_stands_and_why_it_stopped() -> None:
    board = StepBoard()
    board.put(FILE, NOW)
    assert board.view() == ()
    board.begin()
    assert {one.state for one in board.view()} == {WAITING}
    with board.at(FILE):
        assert board.view()[0].state == NOW
    with pytest.raises(StoreError), board.at(STORE):
        raise StoreError("store.in_use")
    assert [one.state for one in board.view()[:3]] == [DONE, FAILED, WAITING]
    assert board.view()[1].words
    board.finish(())
    assert [one.state for one in board.view()[2:]] == [DONE] * 4, "nothing was left to do for them"


def test_steps_are_said_in_both_languages() -> None:
    vietnamese = [one.title for one in all_steps()]
    with speaking("en"):
        english = [one.title for one in all_steps()]
    assert not set(vietnamese) & set(english)
    assert all(title.isascii() for title in english)


def test_a_command_makes_a_counter_and_tells_the_steps(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "may tap huan")
    home = ["--home", str(tmp_path / "pc"), "enrol", str(file_on(stick)), "--practice", "--json"]
    assert main(home) == REFUSED
    assert json.loads(capsys.readouterr().out)["error"] == "enrol.which-counter"
    assert main([*home, "--counter", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["step"], one["state"]) for one in told["steps"]] == [
        (DATA, DONE),
        (PRINTERS, LOOK),
        (TIDY, DONE),
    ]
    assert main([*home, "--counter", "1", "--set-aside"]) == REFUSED, "its own note stands beside the file"
    capsys.readouterr()
    assert main([*home, "--counter", "2", "--set-aside"]) == 0
    assert list((tmp_path / "pc").glob("store-before-*.db"))
