"""``commune-hub provision``: whole or nothing, repeatable, and what it says of seats that are taken."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter_app.printing.jobs import PrinterRole
from sync.hub import cli
from sync.hub.enrol import FOREVER
from sync.hub.hub import Hub
from sync.hub.provision import commands, folder
from sync.protocol.meeting.provision import UnitProvision, read_unit_provision
from sync.protocol.meeting.sealing import peek_file
from sync.protocol.meeting.seat_note import SeatNote, note_name, write_note

Run = Callable[..., tuple[int, Any]]
UNIT, URL = "03390", "https://hub.tinh.example:8443"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command against a hub with one unit; gives exit code and JSON."""

    def command(*words: str) -> tuple[int, Any]:
        code = cli.main(["--folder", str(tmp_path / "hub"), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    command("unit", "add", UNIT, "Xã tập thử")
    return command


@pytest.fixture
def provision(run: Run, tmp_path: Path) -> Run:
    """The command as a technician of the province gives it."""

    def command(*more: str) -> tuple[int, Any]:
        return run("provision", "--unit", UNIT, "--url", URL, "-o", str(tmp_path / "usb"), *more)

    return command


def read_from(told: Any) -> UnitProvision:
    return read_unit_provision(Path(told["file"]).read_bytes())


def states(told: Any) -> list[tuple[str, str]]:
    return [(one["name"], one["state"]) for one in told["counters"]]


def test_the_folder_has_a_seat_for_every_counter_and_all_that_goes_along(
    provision: Run, tmp_path: Path
) -> None:
    setup = tmp_path / "setup.exe"
    setup.write_bytes(b"MZ" * 700_000)
    code, told = provision(
        "--counters", "2", "--mobile", "1", "--installer", str(setup), "--printer", "a4=HP LaserJet",
        "--proxy", "http://10.0.0.1:3128",
    )  # fmt: skip
    read, place = read_from(told), Path(told["folder"])
    assert (code, place.name) == (0, "cap-phat-03390")
    assert [(one.counter, one.name) for one in read.granted()] == [
        (1, "QUẦY-01"), (2, "QUẦY-02"), (3, "LƯU ĐỘNG-01"),
    ]  # fmt: skip
    assert [(len(one.grants), one.mobile) for one in read.seats] == [(3, False), (3, False), (3, True)]
    assert (read.hub_url, read.proxy, read.printers) == (
        URL,
        "http://10.0.0.1:3128",
        (("a4", "HP LaserJet"),),
    )
    assert read.unit_key_version == 1
    sums = dict(reversed(line.split("  ")) for line in (place / "SHA256SUMS").read_text("utf-8").splitlines())
    assert sorted(sums) == sorted(
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.is_file() and path.name != folder.SUMS
    )
    for name, digest in sums.items():
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest
    (data,) = read.files
    assert (data.digest.hex(), peek_file((place / data.name).read_bytes()).unit) == (sums[data.name], UNIT)


def test_the_page_says_in_both_languages_what_to_type(provision: Run) -> None:
    _, told = provision("--counters", "2")
    page = (Path(told["folder"]) / "DOC.txt").read_bytes()
    words = page.decode("utf-8-sig")
    assert page.startswith(b"\xef\xbb\xbf")
    for said in (
        "Xã tập thử",
        "QUẦY-02",
        "MỖI SỐ CHỈ DÙNG CHO MỘT MÁY",
        "EACH NUMBER IS FOR ONE PC ONLY",
        "/CONFIG=",
    ):
        assert said in words
    assert max(len(line) for line in words.splitlines()) <= 110


def test_a_second_call_makes_no_second_grant_and_more_counters_add_some(run: Run, provision: Run) -> None:
    first = read_from(provision("--counters", "2")[1])
    again = read_from(provision("--counters", "2")[1])
    assert [seat.grants for seat in first.seats] == [seat.grants for seat in again.seats]
    more = read_from(provision("--counters", "3", "--mobile", "1")[1])
    assert [one.name for one in more.granted()] == ["QUẦY-01", "QUẦY-02", "QUẦY-03", "LƯU ĐỘNG-01"]
    assert len(run("device", "list", UNIT)[1]) == 4


def test_a_noted_seat_stays_out_of_the_next_file_and_its_pc_is_named(provision: Run) -> None:
    _, told = provision("--counters", "2")
    note = Path(told["folder"]) / note_name(UNIT, 1)
    note.parent.mkdir()
    note.write_bytes(write_note(SeatNote(UNIT, 1, "QUẦY-01", 257, 1, "PC-TIEP-NHAN")))
    (note.parent / "hong.json").write_bytes(b"{")
    (note.parent / "khac.json").write_bytes(write_note(SeatNote("03384", 2, "QUẦY-02", 513, 1)))
    _, again = provision("--counters", "2")
    assert states(again) == [("QUẦY-01", "noted"), ("QUẦY-02", "free")]
    assert again["counters"][0]["pc"] == "PC-TIEP-NHAN"
    assert [one.counter for one in read_from(again).granted()] == [2]
    assert "QUẦY-01          ĐÃ DÙNG" in (Path(again["folder"]) / "DOC.txt").read_text("utf-8-sig")
    assert note.exists(), "the note moves over with the folder"


def test_when_all_are_taken_it_names_them_and_leaves_the_folder_alone(provision: Run) -> None:
    _, told = provision()
    note = Path(told["folder"]) / note_name(UNIT, 1)
    note.parent.mkdir()
    note.write_bytes(write_note(SeatNote(UNIT, 1, "QUẦY-01", 257, 1)))
    before = Path(told["file"]).read_bytes()
    code, refused = provision()
    assert code == cli.REFUSED
    assert "1 QUẦY-01 (noted)" in refused["detail"]
    assert Path(told["file"]).read_bytes() == before


def test_seats_end_when_the_last_call_said(provision: Run) -> None:
    early = read_from(provision("--days", "1")[1]).granted()[0]
    late = read_from(provision("--days", "30")[1]).granted()[0]
    assert late.valid_until - early.valid_until > 28 * 86_400_000
    assert late.device == early.device
    assert read_from(provision()[1]).granted()[0].valid_until == FOREVER


@pytest.mark.parametrize(
    "wrong",
    [
        ("--printer", "laser=HP"), ("--printer", "a4="), ("--installer", "khong-co.exe"), ("--counters", "0"),
        ("--counters", "61"), ("--counters", "-1", "--mobile", "3"), ("--url", "http://hub:80"),
        ("--unit", "03384"),
    ],
)  # fmt: skip
def test_a_wrong_word_spends_no_grant_and_writes_nothing(
    run: Run, provision: Run, tmp_path: Path, wrong: Any
) -> None:
    assert provision(*wrong)[0] in (cli.REFUSED, cli.IMPOSSIBLE)
    assert run("device", "list", UNIT)[1] == []
    assert not (tmp_path / "usb" / "cap-phat-03390").exists()


@pytest.mark.parametrize("broken", range(1, 8))
def test_a_full_disk_at_any_file_leaves_the_earlier_folder_whole(
    provision: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    """The n-th flush refuses: of the new folder nothing is seen, the old one stays as it was."""
    _, told = provision()
    before = {path: path.read_bytes() for path in Path(told["folder"]).rglob("*") if path.is_file()}
    calls, flush = [0], folder.os.fsync

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] == broken:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(handle)

    monkeypatch.setattr(folder.os, "fsync", full)
    code, _ = provision("--counters", "2")
    monkeypatch.undo()
    after = {path: path.read_bytes() for path in Path(told["folder"]).rglob("*") if path.is_file()}
    assert code == cli.IMPOSSIBLE
    if broken < 7:  # before the new folder took its place
        assert after == before
        assert [path.name for path in (tmp_path / "usb").iterdir()] == ["cap-phat-03390"]
    else:
        assert len(read_from(told).seats) == 2


def test_a_cut_between_the_two_renames_is_taken_up(provision: Run) -> None:
    _, told = provision()
    place = Path(told["folder"])
    note = place / note_name(UNIT, 1)
    note.parent.mkdir()
    note.write_bytes(write_note(SeatNote(UNIT, 1, "QUẦY-01", 257, 1)))
    place.rename(place.with_name(f".{place.name}.old"))
    place.with_name(f".{place.name}.draft").mkdir()
    _, again = provision("--counters", "2")
    assert states(again) == [("QUẦY-01", "noted"), ("QUẦY-02", "free")], "the notes were not lost"
    assert sorted(path.name for path in place.parent.iterdir()) == [place.name]


def test_a_stick_that_refuses_the_last_rename_keeps_the_earlier_folder(
    provision: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, told = provision()
    before, rename = Path(told["file"]).read_bytes(), Path.rename

    def refuses(self: Path, target: Path) -> Path:
        if self.name.endswith(".draft"):
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuses)
    code, _ = provision("--counters", "2")
    monkeypatch.undo()
    assert (code, Path(told["file"]).read_bytes()) == (cli.IMPOSSIBLE, before)
    _, again = provision("--counters", "1", "--days", "9")
    place = Path(again["folder"])
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert before != Path(again["file"]).read_bytes(), "the next call writes it"


def test_the_kinds_of_paper_are_the_counters() -> None:
    assert set(commands.ROLES) == {role.value for role in PrinterRole}


def test_a_restored_hub_gives_numbers_past_those_it_forgot(run: Run, provision: Run, tmp_path: Path) -> None:
    from sync.hub.enrol import skip_numbers

    with Hub.open(tmp_path / "hub") as hub, hub.database.write() as connection:
        skip_numbers(connection)
    (one,) = read_from(provision()[1]).granted()
    assert (one.counter, one.name) == (21, "QUẦY-21")


def test_a_lost_folders_free_seats_end_and_the_units_key_changes(provision: Run, run: Run) -> None:
    _, told = provision("--counters", "2")
    lost = read_from(told)
    _, again = provision("--counters", "2", "--lost")
    found = read_from(again)
    assert (lost.unit_key_version, found.unit_key_version) == (1, 2)
    assert lost.unit_key != found.unit_key
    assert not {one.device for one in lost.granted()} & {one.device for one in found.granted()}
    assert [bool(one["withdrawn"]) for one in run("device", "list", UNIT)[1]] == [True, True, False, False]
    assert states(again) == [("QUẦY-03", "free"), ("QUẦY-04", "free")]


def test_a_slip_in_the_numbers_takes_no_seat_away(provision: Run, run: Run) -> None:
    _, told = provision("--counters", "2")
    before = read_from(told)
    code, refused = provision("--counters", "0", "--lost")
    assert (code, "counters" in str(refused)) != (0, False)
    _, again = provision("--counters", "2")
    found = read_from(again)
    assert found.unit_key_version == before.unit_key_version == 1
    assert [one.device for one in found.granted()] == [one.device for one in before.granted()]
