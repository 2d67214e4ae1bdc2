"""The Windows setup, built here and used under wine: installed, at work, upgraded, rolled back, uninstalled.

One PC goes through the life of an installation, in the order of the file. Tried is the installed product,
not the sources. Not tried, and said so in ``installers/windows/release-checklist.md``: a native window, DPI,
Vietnamese keyboards, printers, virus scanners, SmartScreen, a Windows that is really old.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.services.technician.doctor.catalogue import CHECKS
from installers.bundle.application import digest_of, version_of
from installers.windows.build import ROOT, Setup, build
from installers.windows.imports import imports_of
from installers.windows.runtime import check_libraries
from sync.hub import cli as hub_cli
from sync.hub.serving.server import HubServer
from sync.protocol.carrying import doctor_file
from tests.system.wine_pc import COMPILER, WINDOWS_10, WINE, WinePc

pytestmark = [pytest.mark.system, pytest.mark.net, pytest.mark.timeout(2_400)]

CACHE = Path(os.environ.get("WINDOWS_CACHE", ROOT / "build" / "windows"))
NEXT = "9.0.0"
UNINSTALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\commune-counter"
AUTOSTART = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
SHORTCUT = "Một cửa cấp xã.lnk"
HEAD, TECHNICIAN = "Giàng A Chiến (tập huấn)", "Kỹ thuật viên (tập huấn)"


@pytest.fixture(scope="module")
def out(needs: Callable[..., str]) -> Iterator[Path]:
    """Where setups are made; skips where a tool is missing and apt does not bring it."""
    needs("makensis", "nsis")
    needs(COMPILER, "gcc-mingw-w64-x86-64-win32")
    needs(WINE, "wine64", "wine")
    needs("osslsigncode", "osslsigncode")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="windows-setup-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def first(out: Path) -> Setup:
    """The setup of the sources as they are."""
    return build(out / "first", CACHE, quick=True)


@pytest.fixture(scope="module")
def later(out: Path, first: Setup) -> Setup:
    """The setup of a later version on the same runtime."""
    return build(out / "later", CACHE, version=NEXT, quick=True, runtime=first.payload / first.runtime)


@pytest.fixture(scope="module")
def pc(out: Path) -> Iterator[WinePc]:
    """One PC for the whole file."""
    made = WinePc(out / "pc")
    made.prefix.mkdir()
    made.make()
    yield made
    made.end()


class Province:
    """A hub of our own on this machine, and the stick it made for a unit with two counters."""

    def __init__(self, folder: Path, setup: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.ask("unit", "add", "03390", "Xã tập thử")
        self.stick = folder / "stick"
        self.ask(
            "provision", "--unit", "03390", "--counters", "2", "--url", f"https://127.0.0.1:{self.port}",
            "--installer", str(setup), "-o", str(self.stick),
        )  # fmt: skip
        self.made = self.stick / "cap-phat-03390"
        self.file = self.made / "03390.mcp"

    def ask(self, *words: str) -> Any:
        """One command of the hub; its answer."""
        self.capture.readouterr()
        assert hub_cli.main(["--folder", str(self.folder / "hub"), "--json", *words]) == 0
        return json.loads(self.capture.readouterr().out)


def answer(pc: WinePc, *words: str, given: str = "") -> Any:
    """The JSON a command of the installed product answers with; fails with its words."""
    done = pc.command(words[0], "--json", *words[1:], given=given)
    assert done.code == 0, done
    return json.loads(done.said)


def looked_at(pc: WinePc) -> None:
    """The self-test of the installed product: every call into Windows answers, the file lies on the stick."""
    done = pc.command("doctor", "--json", "--out", "C:\\")
    *rows, written = json.loads(done.said)
    told = {row["code"]: (row["verdict"], row["words"]) for row in rows}
    print(json.dumps(told, ensure_ascii=False, indent=1))
    assert (len(told), done.code) == (
        len(CHECKS),
        2 if any(one[0] == "broken" for one in told.values()) else 1,
    ), done
    assert [code for code, one in told.items() if one[0] == "unchecked"] == []
    calls = "memory", "cipher", "chain", "backup", "hub", "certificate", "fonts", "autostart", "folder"
    assert {code: told[code] for code in calls if told[code][0] != "good"} == {}
    assert "thiếu khóa" in told["version"][1], "whole; a setup made without keys takes no updates and says so"
    assert "Windows 10" in told["system"][1]
    assert told["spooler"][0] in ("good", "not_here", "look")
    (file,) = (pc.drive / "doctor").iterdir()
    assert file.name in written["file"]
    assert doctor_file.opened(file.read_bytes()).key


def test_every_library_is_brought_or_part_of_windows(first: Setup) -> None:
    assert check_libraries(first.payload / first.runtime) > 60
    plain = {"kernel32.dll", "msvcrt.dll", "shell32.dll", "shlwapi.dll", "user32.dll"}
    for name in ("commune-counter.exe", "commune-counter-window.exe"):
        assert imports_of(first.payload / name) <= plain
    print(json.dumps(first.described(), indent=1))


def test_a_second_build_makes_the_same_bytes(first: Setup, out: Path) -> None:
    again = build(out / "again", CACHE, quick=True)
    differing = [
        path.relative_to(first.payload).as_posix()
        for path in sorted(first.payload.rglob("*"))
        if path.is_file() and digest_of(path) != digest_of(again.payload / path.relative_to(first.payload))
    ]
    assert (again.runtime, differing) == (first.runtime, [])
    assert digest_of(again.file) == digest_of(first.file)
    shutil.rmtree(again.payload)


def test_a_windows_before_10_1809_is_refused_before_anything_changes(pc: WinePc, first: Setup) -> None:
    assert pc.run(first.file, "/S").code == 3
    assert not pc.installed.exists()
    pc.become(WINDOWS_10)


def test_a_provisioning_file_that_is_not_there_is_refused_before_anything_changes(
    pc: WinePc, first: Setup
) -> None:
    assert pc.run(first.file, "/S", r"/CONFIG=C:\none.mcp").code == 5
    assert not pc.installed.exists()


def test_installed_from_the_provinces_stick_and_at_work(
    pc: WinePc, first: Setup, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of ``DOC.txt``: the setup on the stick, the seat taken without a line, then the line."""
    province = Province(tmp_path, first.file, capsys)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=province.made, check=True)
    pc.plug_in("E", province.stick)
    stick = "E:\\cap-phat-03390\\"
    assert pc.run(stick + first.file.name, "/S", f"/CONFIG={stick}03390.mcp").code == 0, pc.log()
    assert (pc.installed / "current").read_text() == f"{first.application} {first.runtime}\n"
    assert (pc.installed / first.runtime / "whole").is_file()
    assert pc.query(UNINSTALL, "DisplayVersion") == first.version
    assert "commune-counter-window.exe" in pc.query(AUTOSTART, "commune-counter")
    assert len(list(pc.drive.rglob(SHORTCUT))) == 2, "menu and desktop"
    brought = pc.common / "provision.mcp"
    assert brought.read_bytes() == province.file.read_bytes()

    told = _takes_its_seat(pc, province)
    with HubServer(province.folder / "hub", port=province.port, practice=False):
        assert answer(pc, "exchange")["waiting"] == 0
        assert answer(pc, "backup")["verified"]
        assert answer(pc, "verify") == {"problems": []}
        looked_at(pc)
    held = {one["journal"]: one["seq"] for one in province.ask("status", "03390")["journals"]}
    assert held[told["journal"]] == answer(pc, "status")["saved"], "the province holds what the PC wrote"


def _takes_its_seat(pc: WinePc, province: Province) -> Any:
    """Counter 1 of two, with nobody on the line; what ``enrol`` told."""
    brought = "C:\\ProgramData\\commune-counter\\provision.mcp"
    refused = pc.command("enrol", "--json", brought)
    said = (refused.said + refused.complained).strip().splitlines()[-1]
    assert json.loads(said)["error"] == "enrol.which-counter", refused
    told = answer(pc, "enrol", brought, "--counter", "1")
    assert (told["unit"], told["life"]) == ("03390", 1)
    assert {one["step"]: one["state"] for one in told["steps"] if one["state"] != "done"} == {}, told
    assert not (pc.common / "provision.mcp").exists(), "used: no grant of the unit stays on the PC"
    assert province.file.is_file(), "counter 2 still needs it"
    assert [path.name for path in (province.made / "da-dung").iterdir()] == ["03390-001.json"]
    answer(
        pc, "found", "--head", HEAD, "--head-title", "Chủ tịch", "--technician", TECHNICIAN,
        "--technician-title", "Kỹ thuật viên", "--act", "12/QĐ-UBND", "--act-date", "01/07/2026",
        "--passwords-from-stdin", given="Núi cao mây trắng 7\nSuối trong đá cuội 9\n",
    )  # fmt: skip
    return told


def test_the_installed_program_plays_the_whole_day(pc: WinePc) -> None:
    """Widgets, intake, numbers, papers, two counters, a hub beside them: all of it installed."""
    done = pc.window("--practice", "--play-day", "--out", r"C:\day", seconds=1_500)
    assert done.code == 0, done.said[-2_000:] + done.complained[-2_000:]
    day = pc.drive / "day"
    assert len(list(day.rglob("*.pdf"))) >= 20
    assert len(list(day.rglob("*.png"))) >= 30
    assert "chuỗi và chữ ký của cả hai kho đều đúng" in (day / "day.txt").read_text("utf-8")
    assert not pc.own("program/starting").exists(), "an end as asked is no failed start"


def test_a_later_version_goes_beside_the_first_and_nothing_is_lost(
    pc: WinePc, first: Setup, later: Setup
) -> None:
    saved = answer(pc, "status")["saved"]
    assert pc.run(later.file, "/S").code == 0, pc.log()
    assert (pc.installed / "current").read_text() == f"{later.application} {first.runtime}\n"
    assert (pc.installed / "previous").read_text() == f"{first.application} {first.runtime}\n"
    assert pc.command("--version").said.strip() == f"commune-counter {NEXT}"
    assert answer(pc, "status")["saved"] == saved
    assert pc.run(first.file, "/S").code == 4, "an older setup is refused"


def test_a_version_that_twice_does_not_come_up_is_left(pc: WinePc, first: Setup, later: Setup) -> None:
    zip_file = pc.installed / later.application
    zip_file.write_bytes(zip_file.read_bytes()[: 1 << 20])
    assert [pc.window("--version").code for _ in range(2)] == [1, 1]
    assert pc.window("--version").code == 0
    assert pc.own("program/refused").read_text() == f"{later.application}\n"
    assert pc.command("--version").said.strip() == f"commune-counter {version_of(ROOT)}"
    assert answer(pc, "verify") == {"problems": []}


def test_the_setup_mends_a_damaged_version(pc: WinePc, later: Setup) -> None:
    assert pc.run(later.file, "/S").code == 0, pc.log()
    assert digest_of(pc.installed / later.application) == digest_of(later.payload / later.application)
    assert pc.command("--version").said.strip() == f"commune-counter {NEXT}", "refused, then installed anew"


def test_uninstalled_without_a_question_the_data_stays(pc: WinePc) -> None:
    store = pc.own("store.db")
    assert store.is_file()
    assert pc.run(pc.installed / "uninstall.exe", "/S").code == 0
    assert pc.wait_until_gone(pc.installed), sorted(path.name for path in pc.installed.iterdir())
    assert store.is_file()
    assert pc.query(AUTOSTART, "commune-counter") == ""
    assert list(pc.drive.rglob(SHORTCUT)) == []
    assert "data: keep" in pc.log()
