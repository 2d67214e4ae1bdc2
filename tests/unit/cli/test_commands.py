"""``commune-counter``: every command on a real PC, with the program running and without; exit codes; JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.cli.acts import SERVED
from counter_app.cli.app import IMPOSSIBLE, OK, REFUSED, USAGE, WRONG, main
from counter_app.cli.doctor import code_of
from counter_app.cli.grammar import build_parser
from counter_app.domain.dates import vn_datetime
from counter_app.domain.recovery_key import read_recovery_key
from counter_app.practice import people, province
from counter_app.practice.world import PASSPHRASE, PracticeWorld
from counter_app.services.ports.technician import CheckRow
from counter_app.settings import PASSPHRASE_VARIABLE
from sync.hub import files as hub_files
from sync.hub.hub import Hub
from sync.protocol.carrying import doctor_file
from sync.protocol.meeting.parcel import NOTHING
from tests.support.authority import pem
from tests.support.practice import practice_world, take_in

COMMANDS = (
    "enrol",
    "found",
    "accounts",
    "status",
    "exchange",
    "bundle",
    "backup",
    "restore",
    "restore-drill",
    "recovery-key",
    "recover",
    "escrow",
    "passphrase",
    "rebuild",
    "verify",
    "stray",
    "doctor",
    "export",
    "export-all",
    "check",
    "seal",
)
UNIT = "00000"
MILLISECONDS = re.compile(r"\b1[5-9]\d{11}\b")


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path_factory.mktemp("xa")) as made:
        take_in(made, "gks 1x2", "hb 4x1")
        yield made


class Pc:
    """A PC at whose terminal commands are typed."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.capsys = home, capsys

    def __call__(self, *words: str) -> tuple[int, Any]:
        """Exit code and what was printed: JSON where it was asked for."""
        self.capsys.readouterr()
        code = main(["--home", str(self.home), *words])
        out = self.capsys.readouterr()
        return code, json.loads(out.out) if "--json" in words and out.out else out.out + out.err


@pytest.fixture(params=["running", "closed"])
def pc(
    request: pytest.FixtureRequest, world: PracticeWorld, capsys: pytest.CaptureFixture[str]
) -> Iterator[Pc]:
    """The same PC twice: its program running, and closed."""
    if request.param == "closed":
        world.programs[0].close()
    yield Pc(world.settings[0].paths.home, capsys)
    if request.param == "closed":
        world.start(0)


@pytest.fixture
def closed_pc(world: PracticeWorld, capsys: pytest.CaptureFixture[str]) -> Iterator[Pc]:
    world.programs[0].close()
    yield Pc(world.settings[0].paths.home, capsys)
    world.start(0)


def test_status_tells_who_this_is_and_what_waits(pc: Pc) -> None:
    code, told = pc("status", "--json")
    assert code == OK
    assert told["enrolment"]["counter"] == "QUẦY-01"
    assert told["saved"] == told["received"] + told["waiting"]
    code, text = pc("status")
    assert code == OK
    assert "saved:" in text
    assert f"last_ack: {vn_datetime(told['last_ack']):%d/%m/%Y %H:%M}" in text
    assert "offline_since: none" in text
    assert not MILLISECONDS.search(text)


def test_backup_and_exchange_tell_people_a_date(pc: Pc) -> None:
    for command in ("backup", "exchange"):
        code, text = pc(command)
        assert code == OK
        assert not MILLISECONDS.search(text), text
    code, text = pc("backup")
    made = pc("backup", "--json")[1]
    assert f"{vn_datetime(made['at']):%d/%m/%Y}" in text
    assert "verified: yes" in text


def test_exchange_brings_everything_to_the_province(pc: Pc, world: PracticeWorld) -> None:
    code, told = pc("exchange", "--json")
    assert (code, told["waiting"]) == (OK, 0)
    with Hub.open(world.hub_folder, practice=True) as hub:
        assert sum(hub.word(UNIT).received.positions.values()) >= told["received"]


def test_doctor_is_for_programs_and_people(pc: Pc) -> None:
    code, rows = pc("doctor", "--json")
    verdicts = {row["verdict"] for row in rows}
    assert code == (2 if "broken" in verdicts else 1 if verdicts & {"look", "unchecked"} else OK)
    assert {"sqlite", "store", "chain", "hub", "backup"} <= {row["code"] for row in rows}
    assert set(rows[0]) == {"code", "title", "verdict", "words", "remedy", "mend"}
    assert "012086006812" not in json.dumps(rows)


def test_doctor_writes_its_file_onto_the_stick(pc: Pc, tmp_path: Path) -> None:
    code, rows = pc("doctor", "--json", "--out", str(tmp_path))
    (file,) = (tmp_path / "doctor").iterdir()
    assert re.fullmatch(r"00000-quay01-\d{8}\.json", file.name)
    assert file.name in rows.pop()["file"]
    read = doctor_file.opened(file.read_bytes())
    assert read.key, "signed by the device"
    assert [(line.code, line.verdict) for line in read.report.lines] == [
        (row["code"], row["verdict"]) for row in rows
    ]
    assert "012086006812" not in file.read_text("utf-8")
    code, told = pc("doctor", "--json", "--out", str(tmp_path / "gone"))
    assert (code, told["error"]) == (IMPOSSIBLE, "doctor.place")


def test_doctor_speaks_english_when_asked(pc: Pc) -> None:
    _, rows = pc("doctor", "--json", "--language", "en")
    assert {row["code"]: row["title"] for row in rows}["backup"] == "Backup"


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        (("good", "not_here", "offline"), 0), (("good", "look"), 1), (("unchecked", "good"), 1),
        (("look", "broken"), 2), ((), 0),
    ],
)  # fmt: skip
def test_the_doctors_exit_code_is_a_monitors(verdicts: tuple[str, ...], code: int) -> None:
    assert code_of(tuple(CheckRow("x", "", "", verdict, "") for verdict in verdicts)) == code


def test_verify_and_rebuild(pc: Pc) -> None:
    assert pc("verify", "--json") == (OK, {"problems": []})
    assert pc("verify") == (OK, "problems: none\n"), "a word, not an empty place"
    code, told = pc("rebuild", "--json")
    assert code == OK
    assert told["entries"] > 5
    assert pc("verify", "--json") == (OK, {"problems": []})


def test_seals_are_shown_and_a_file_that_is_none_is_refused(pc: Pc, tmp_path: Path) -> None:
    assert pc("seal", "show", "--json") == (OK, {"sealed_years": []})
    code, told = pc("seal", "take", str(tmp_path / "gone.mcy"), "--json")
    assert (code, told["error"]) == (REFUSED, "seal.file")
    (tmp_path / "bad.mcy").write_bytes(b"\xc1")
    code, told = pc("seal", "take", str(tmp_path / "bad.mcy"), "--json")
    assert (code, told["error"]) == (REFUSED, "seal.malformed")


def test_backup_is_made_verified_and_tried(pc: Pc) -> None:
    code, made = pc("backup", "--json")
    assert (code, made["verified"]) == (OK, True)
    code, told = pc("verify", made["path"], "--json")
    assert code == OK
    assert told["entries"] > 5
    code, tried = pc("restore", made["path"], "--try", "--json")
    assert (code, tried) == (OK, {name: told[name] for name in ("journals", "entries")})


def test_a_damaged_backup_is_told_in_words(pc: Pc, tmp_path: Path) -> None:
    _, made = pc("backup", "--json")
    data = bytearray(Path(made["path"]).read_bytes())
    data[len(data) // 3] ^= 8
    bad = tmp_path / "store-000000000000001.mcbak"
    bad.write_bytes(data)
    code, told = pc("verify", str(bad), "--json")
    assert (code, told["error"]) == (IMPOSSIBLE, "backup.bad")
    assert pc("verify", str(tmp_path / "gone.mcbak"), "--json")[1]["error"] == "store.absent"


def test_bundle_out_and_in(pc: Pc, world: PracticeWorld, tmp_path: Path) -> None:
    code, out = pc("bundle", "out", "--to", str(tmp_path), "--json")
    assert code == OK
    with Hub.open(world.hub_folder, practice=True) as hub:
        taken = hub_files.take(hub, [Path(out["path"])])
        answer = hub_files.give(hub, UNIT, tmp_path / "answer", hub.now(), taken.vector or NOTHING)
    saved = pc("status", "--json")[1]["saved"]
    code, seen = pc("bundle", "in", "--look", *map(str, answer), "--json")
    assert (code, [one["giver"] for one in seen]) == (OK, ["tỉnh"])
    assert pc("status", "--json")[1]["saved"] == saved, "looking changes nothing"
    code, brought = pc("bundle", "in", *map(str, answer), "--json")
    assert code == OK
    assert [one["contents"] for one in brought] == [one["sentence"] for one in seen]
    bad = tmp_path / "bad.mcx"
    bad.write_bytes(b"<html>")
    code, told = pc("bundle", "in", str(bad), "--json")
    assert (code, told["error"]) == (REFUSED, "file.not-ours")
    code, text = pc("--english", "bundle", "in", str(bad))
    assert code == REFUSED
    assert "This is no bundle." in text


def test_a_second_program_cannot_take_the_store(
    world: PracticeWorld, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The program runs but does not answer: its door is gone, the lock is not."""
    pc = Pc(world.settings[0].paths.home, capsys)
    door = world.settings[0].paths.door
    kept = door.read_bytes()
    door.unlink()
    try:
        code, told = pc("status", "--json")
        assert (code, told["error"]) == (IMPOSSIBLE, "store.in_use")
        backup = next(world.settings[0].paths.backups.glob("*.mcbak"), None) or tmp_path / "x.mcbak"
        code, told = pc("restore", str(backup), "--json")
        assert (code, told["error"]) == (IMPOSSIBLE, "store.in_use")
    finally:
        door.write_bytes(kept)


def test_restore_goes_on_in_a_new_life(closed_pc: Pc, world: PracticeWorld) -> None:
    _, made = closed_pc("backup", "--json")
    _, before = closed_pc("status", "--json")
    code, told = closed_pc("restore", made["path"], "--json")
    assert code == OK
    assert (told["life"], told["device"]) == (before["enrolment"]["life"] + 1, before["enrolment"]["device"])
    code, after = closed_pc("exchange", "--json")
    assert (code, after["waiting"]) == (OK, 0)
    aside = list(world.settings[0].paths.home.glob("store-before-*"))
    assert aside, "the store that was there is moved aside, never deleted"


def test_a_next_life_can_be_asked_for(closed_pc: Pc) -> None:
    _, before = closed_pc("status", "--json")
    code, told = closed_pc("enrol", "--next-life", "reimaged", "--json")
    assert (code, told["life"]) == (OK, before["enrolment"]["life"] + 1)
    assert closed_pc("exchange", "--json")[0] == OK


def test_enrolment_from_the_provinces_file(
    world: PracticeWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pc = Pc(tmp_path / "new", capsys)
    file = tmp_path / "QUAY-07.mcp"
    file.write_bytes(
        province.provision(world.hub_folder, "QUẦY-07", world.server.url, world.server.authority_pem)
    )
    code, told = pc("enrol", str(file), "--json")
    assert (code, told["error"]) == (REFUSED, "enrol.practice-file"), "a real PC never practises"
    code, told = pc("enrol", str(file), "--look", "--json")
    assert (code, told["counter_name"], told["sticks_ready"]) == (OK, "QUẦY-07", True)
    code, told = pc("enrol", str(file), "--practice", "--unit", "03390", "--json")
    assert (code, told["error"]) == (REFUSED, "enrol.other-unit")
    assert file.exists()
    code, told = pc("enrol", str(file), "--practice", "--unit", UNIT, "--json")
    assert (code, told["unit"], told["life"]) == (OK, UNIT, 1)
    assert not file.exists(), "grants do not stay on the stick"
    code, told = pc("exchange", "--json")
    assert (code, told["waiting"]) == (OK, 0)
    _, status = pc("status", "--json")
    assert status["enrolment"]["counter"] == "QUẦY-07"
    again = tmp_path / "again.mcp"
    again.write_bytes(b"MCP rubbish")
    code, told = pc("enrol", str(again), "--json")
    assert (code, told["error"]) == (REFUSED, "enrol.again")
    code, out = pc("bundle", "out", "--to", str(tmp_path / "usb"), "--json")
    assert code == OK, out
    assert again.exists()


@pytest.mark.parametrize("command", ["status", "exchange", "backup", "doctor", "verify", "rebuild"])
def test_a_pc_without_a_store_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, told = Pc(tmp_path / "none", capsys)(command, "--json")
    assert (code, told["error"]) == (IMPOSSIBLE, "store.no_journal")
    assert "Ghi danh" in told["words"]


def test_enrolling_without_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pc = Pc(tmp_path / "none", capsys)
    assert pc("enrol", "--json")[1]["error"] == "enrol.what"
    code, told = pc("enrol", str(tmp_path / "missing.mcp"), "--json")
    assert (code, told["error"]) == (REFUSED, "enrol.unreadable")
    assert not (tmp_path / "none" / "store.db").exists()


def test_a_month_is_exported_under_somebodys_name(
    closed_pc: Pc, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = closed_pc("export", "2026-11", "--json")
    assert (code, told["error"]) == (REFUSED, "export.who")
    assert "--login" in told["words"]
    login = ("export", "2026-11", "--login", people.REGISTRAR, "--password-from-stdin", "--json")
    monkeypatch.setattr("sys.stdin", io.StringIO("sai mật khẩu\n"))
    code, told = closed_pc(*login)
    assert (code, told["error"]) == (REFUSED, "password.wrong")
    monkeypatch.setattr("sys.stdin", io.StringIO(people.PASSWORD + "\n"))
    code, told = closed_pc(*login)
    assert code == OK, told
    assert Path(told["pdf"]).read_bytes().startswith(b"%PDF")


def founding(pc: Pc, monkeypatch: pytest.MonkeyPatch, *passwords: str) -> tuple[int, Any]:
    """Both passwords come from a script."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(passwords) + "\n"))
    return pc(
        "found", "--head", "Giàng A Chiến (tập huấn)", "--head-title", "Chủ tịch", "--head-login", "chien",
        "--technician", "Lê Quốc Hùng (tập huấn)", "--technician-login", "hung", "--act", "12/QĐ-UBND",
        "--act-date", "01/07/2026", "--passwords-from-stdin", "--json",
    )  # fmt: skip


def test_a_unit_is_founded_and_a_second_pc_follows_by_stick(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From bare PCs to two counters with accounts, all of it from a script and without any line."""
    province.found(tmp_path / "tinh")
    pcs = []
    for name in ("QUẦY-01", "BÀN KÝ"):
        file, usb = tmp_path / f"{name}.mcp", tmp_path / "usb"
        file.write_bytes(province.provision(tmp_path / "tinh", name, "https://127.0.0.1:1", pem()))
        pcs.append(Pc(tmp_path / name, capsys))
        assert pcs[-1]("enrol", str(file), "--practice", "--json")[0] == OK
    one, two = pcs
    code, told = founding(one, monkeypatch, "ngan", "tap huan 2026")
    assert (code, told["error"]) == (REFUSED, "password.short")
    code, told = founding(one, monkeypatch, "tap huan 2026", "tap huan 2027")
    assert (code, [row["login"] for row in told]) == (OK, ["chien", "hung"])
    code, told = founding(one, monkeypatch, "tap huan 2026", "tap huan 2027")
    assert (code, told["error"]) == (REFUSED, "founding.again")
    _, bundle = one("bundle", "out", "--to", str(usb), "--json")
    _, accounts = one("accounts", "out", "--to", str(usb), "--json")
    code, told = two("accounts", "in", accounts["path"], "--json")
    assert (code, told["error"]) == (REFUSED, "accounts.unknown")
    assert two("bundle", "in", bundle["path"], "--json")[0] == OK
    code, told = two("accounts", "in", accounts["path"], "--json")
    assert (code, told["count"]) == (OK, 2)


@pytest.mark.parametrize("words", [["export", "11/2026"], ["export", "2026-13"], ["bundle"], ["nothing"], []])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == USAGE


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["bundle", "out"], ["bundle", "in"],
                                     ["accounts", "out"], ["accounts", "in"], ["seal", "take"],
                                     ["seal", "show"]])  # fmt: skip
def test_help_has_an_example_and_exit_codes(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert re.search(rf"Example: commune-counter {' '.join(command)}", text)
    assert "Exit codes: 0 done" in text


def test_the_examples_are_commands_that_parse() -> None:
    parser = build_parser("1")
    text = parser.format_help()
    for name in COMMANDS:
        assert re.search(rf"^    {name}\s", text, re.MULTILINE), name
    parser.parse_args(["bundle", "out", "--to", "/media/usb"])
    parser.parse_args(["restore", "store-0017.mcbak", "--try"])
    assert set(SERVED) == {
        "status", "exchange", "bundle-out", "bundle-in", "backup", "verify", "stray", "rebuild", "doctor",
        "export", "export-all", "found", "accounts-out", "accounts-in", "diagnostics", "escrow",
        "seal", "update-check", "update-now", "update-from-file", "update-pause",
    }  # fmt: skip


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert re.fullmatch(r"commune-counter \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_a_restore_is_rehearsed_and_leaves_nothing(pc: Pc, world: PracticeWorld) -> None:
    work = world.programs[0].areas.work
    name = work.kept_files("scans").put(b"a scan")
    _, made = pc("backup", "--json")
    assert (made["files"], made["faulty"]) == (1, 0)
    code, told = pc("restore-drill", made["path"], "--json")
    assert (code, told["files"], told["entries"] > 5, told["removed"]) == (OK, 1, True, True)
    assert 0 <= told["seconds"] < 60
    assert list(world.settings[0].paths.trials.iterdir()) == []
    assert "taken: " in pc("restore-drill", made["path"])[1]
    (copy,) = Path(made["path"]).parent.glob(f"*.files/*/{name}.sealed")
    copy.unlink()
    code, told = pc("restore-drill", made["path"], "--json")
    assert (code, told["files_bad"]) == (WRONG, [f"scans/{name[:8]}…"])
    assert pc("verify", made["path"], "--json")[0] == WRONG
    work.kept_files("scans").drop(name)
    assert pc("restore-drill", str(copy), "--json")[0] == IMPOSSIBLE


def test_another_passphrase_opens_the_keys_and_the_old_one_no_longer(
    world: PracticeWorld, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pc, new = Pc(world.settings[0].paths.home, capsys), "mưa rào trên bản tập huấn"

    def change(to: str) -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(to + "\n"))
        return pc("passphrase", "--passphrase-from-stdin", "--json")

    code, told = change(new)
    assert (code, told["error"]) == (IMPOSSIBLE, "store.in_use")  # the program would write the old one back
    world.programs[0].close()
    assert change("ngắn")[1]["error"] == "secret.short"
    assert change(new) == (OK, {"changed": True})
    code, told = pc("status", "--json")
    assert (code, told["error"]) == (IMPOSSIBLE, "secret.passphrase")
    monkeypatch.setenv(PASSPHRASE_VARIABLE, new)
    assert pc("status", "--json")[0] == OK
    assert change(PASSPHRASE) == (OK, {"changed": True})
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    world.start(0)


def test_a_recovery_key_is_for_a_pc_without_a_store(
    pc: Pc, monkeypatch: pytest.MonkeyPatch, world: PracticeWorld
) -> None:
    code, told = pc("recovery-key", "--json")
    assert code == OK
    keys = read_recovery_key(told["recovery_key"])
    assert keys.store_key == world.programs[0].opened.store.key
    monkeypatch.setattr("sys.stdin", io.StringIO(told["recovery_key"]))
    code, refused = pc("restore", "x.mcbak", "--recover", "--key-from-stdin", "--json")
    assert (code, refused["error"]) == (REFUSED, "recovery.occupied")
    monkeypatch.setattr("sys.stdin", io.StringIO(told["recovery_key"][:-1] + "?"))
    code, refused = pc("restore", "x.mcbak", "--recover", "--key-from-stdin", "--json")
    assert (code, refused["error"]) == (REFUSED, "recovery.mistyped")
