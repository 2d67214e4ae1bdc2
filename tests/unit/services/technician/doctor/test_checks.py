"""Each line of the self-test seen well and seen wrong, by the real thing where a test can make it."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import counter_app
from counter_app.composition.running import RunningProgram
from counter_app.devices.machine import disk
from counter_app.devices.machine.facts import Memory, Power, Spooler, Support, System
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.printing import fonts
from counter_app.printing.jobs import PrinterRole
from counter_app.services.papers.printers import printer_setting
from counter_app.services.ports.technician import (
    BROKEN,
    GOOD,
    LOOK,
    MEND_BACKUP,
    MEND_REBUILD,
    MEND_SEND,
    NOT_HERE,
    OFFLINE,
)
from counter_app.services.settings.tokens import MODULE
from counter_app.services.technician.doctor import disk_checks as disks
from counter_app.services.technician.doctor import line_checks as line
from counter_app.services.technician.doctor import machine_checks as machines
from counter_app.services.technician.doctor import paper_checks as papers
from counter_app.services.technician.doctor import store_checks as stores
from counter_app.services.technician.doctor.bench import Bench
from counter_app.services.technician.port import TechnicianArea
from counter_app.services.workplace import CLOCK_OFFSET
from counter_app.storage.this_pc import device
from counter_app.updates.installation import Installation
from counter_app.updates.program_folder import Named, ProgramFolder
from counter_app.updates.words import UpdateError
from sync.client.internet import HubAddress
from tests.support.authority import pem
from tests.support.practice import practice_world, take_in

DAY = 24 * 3_600_000
VERSION = counter_app.__version__


GOOD_SYSTEM = System("Windows 11 23H2", "22631.4317", Support.TRIED, True)
MUCH, MAINS, PRINTS = Memory(8_000_000_000, 3_000_000_000), Power(None, True), Spooler(True, 0)


@dataclass
class Pc:
    """A machine that says what the test wants."""

    told: System = GOOD_SYSTEM
    has: Memory = MUCH
    fed: Power = MAINS
    prints: Spooler = PRINTS
    starts: bool = True
    rule: str = ""
    methods: tuple[str, ...] = ("UniKeyNT.exe",)

    def system(self) -> System:
        return self.told

    def memory(self) -> Memory:
        return self.has

    def power(self) -> Power:
        return self.fed

    def spooler(self) -> Spooler:
        return self.prints

    def autostart(self) -> bool:
        return self.starts

    def sticks_refused(self) -> str:
        return self.rule

    def input_methods(self) -> tuple[str, ...]:
        return self.methods


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path_factory.mktemp("xa")) as made:
        take_in(made, "gks 1x2", "hb 4x1")
        yield made


@pytest.fixture
def program(world: PracticeWorld) -> RunningProgram:
    return world.programs[0]


@pytest.fixture
def bench(program: RunningProgram) -> Bench:
    area = program.technician
    assert isinstance(area, TechnicianArea)
    return replace(area.bench(), machine=Pc())


def on(**told: Any) -> Bench:
    """A bench of which a check asks the machine alone."""
    return Bench(None, None, None, None, None, Pc(**told))  # type: ignore[arg-type]


def put(bench: Bench, name: str, value: str) -> None:
    with bench.work.store.write() as connection:
        device.put_setting(connection, name, value)


# --- the machine ---


@pytest.mark.parametrize(
    ("support", "wide", "verdict"),
    [
        (Support.TRIED, True, GOOD), (Support.OLD, True, LOOK), (Support.UNKNOWN, True, LOOK),
        (Support.TOO_OLD, True, BROKEN), (Support.TRIED, False, BROKEN),
    ],
)  # fmt: skip
def test_the_system(support: Support, wide: bool, verdict: str) -> None:
    found = machines.system(on(told=System("Windows 10 22H2", "19045", support, wide)))
    assert (found.verdict, found.words) == (verdict, "Windows 10 22H2 (19045)")


@pytest.mark.parametrize(
    ("total", "free", "verdict"),
    [(8_000_000_000, 2_000_000_000, GOOD), (2_000_000_000, 900_000_000, LOOK), (8_000_000_000, 9_000, LOOK)],
)
def test_memory(total: int, free: int, verdict: str) -> None:
    assert machines.memory(on(has=Memory(total, free))).verdict == verdict


@pytest.mark.parametrize(
    ("power", "verdict"),
    [
        (Power(None, True), NOT_HERE),
        (Power(90, False), GOOD),
        (Power(9, True), GOOD),
        (Power(9, False), LOOK),
    ],
)
def test_power(power: Power, verdict: str) -> None:
    assert machines.power(on(fed=power)).verdict == verdict


@pytest.mark.parametrize(
    ("minutes", "verdict", "words"),
    [(420, GOOD, "UTC+07:00"), (0, LOOK, "UTC+00:00"), (-210, LOOK, "UTC−03:30")],
)
def test_the_zone(monkeypatch: pytest.MonkeyPatch, minutes: int, verdict: str, words: str) -> None:
    monkeypatch.setattr(machines, "utc_minutes", lambda: minutes)
    found = machines.zone(on())
    assert (found.verdict, found.words) == (verdict, words)


def test_sticks_and_input_methods() -> None:
    assert machines.sticks(on()).verdict == GOOD
    refused = machines.sticks(on(rule=r"HKLM\SYSTEM\USBSTOR\Start"))
    assert (refused.verdict, "USBSTOR" in refused.words) == (LOOK, True)
    assert machines.input_method(on()).words == "UniKeyNT.exe"
    assert machines.input_method(on(methods=())).verdict == LOOK


def test_autostart_matters_where_the_installer_was(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machines.autostart(on()).verdict == GOOD
    assert machines.autostart(on(starts=False)).verdict == NOT_HERE
    monkeypatch.setattr(machines, "installation", object)
    assert machines.autostart(on(starts=False)).verdict == LOOK


def test_the_installed_file_is_whole_and_of_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "mã nguồn" in machines.version(on()).words
    zip_file = Path(shutil.make_archive(str(tmp_path / "app"), "zip", tmp_path.parent, tmp_path.name))
    found = Installation(
        tmp_path, ProgramFolder(tmp_path), zip_file, Named(VERSION, "r"), (b"k" * 32,), "",
    )  # fmt: skip
    monkeypatch.setattr(machines, "installation", lambda: found)
    assert machines.version(on()).verdict == GOOD
    monkeypatch.setattr(machines, "installation", lambda: replace(found, keys=()))
    assert machines.version(on()).verdict == LOOK
    monkeypatch.setattr(machines, "installation", lambda: replace(found, running=Named("9.9.9", "r")))
    assert "9.9.9" in machines.version(on()).words


def test_a_bent_program_file_is_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "module.py").write_bytes(b"x = 1\n" * 400)
    zip_file = tmp_path / "app.zip"
    with zipfile.ZipFile(zip_file, "w") as made:
        made.write(tmp_path / "inside" / "module.py", "module.py")
    data = bytearray(zip_file.read_bytes())
    data[200] ^= 1
    zip_file.write_bytes(data)
    found = Installation(
        tmp_path, ProgramFolder(tmp_path), zip_file, Named(VERSION, "r"), (b"k" * 32,), "",
    )  # fmt: skip
    monkeypatch.setattr(machines, "installation", lambda: found)
    told = machines.version(on())
    assert (told.verdict, "module.py" in told.words) == (BROKEN, True)


def test_a_clock_that_the_program_corrects(bench: Bench) -> None:
    assert machines.battery(bench).verdict == GOOD
    put(bench, CLOCK_OFFSET, str(-90 * 60_000))
    try:
        found = machines.battery(bench)
        assert (found.verdict, "90 phút" in found.words, "CMOS" in found.remedy) == (LOOK, True, True)
    finally:
        put(bench, CLOCK_OFFSET, "0")


# --- the disk ---


@pytest.mark.parametrize(
    ("middle", "verdict", "word"),
    [(4.0, GOOD, "4,00 ms"), (0.001, LOOK, "nhanh quá"), (400.0, LOOK, "400 ms")],
)
def test_flushes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, middle: float, verdict: str, word: str
) -> None:
    monkeypatch.setattr(disk, "flush_times", lambda _: disk.Flushes(middle, middle * 2))
    found = disks.flushes(bench)
    assert (found.verdict, word in found.words) == (verdict, True)


def test_this_disk_is_really_flushed(bench: Bench) -> None:
    assert "Ghi xuống đĩa" in disks.flushes(bench).words


def test_files_that_something_holds(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert disks.files_held(bench).verdict in (GOOD, LOOK)
    monkeypatch.setattr(disk, "change_times", lambda _: disk.Changes(900.0, 0))
    assert disks.files_held(bench).verdict == LOOK

    def held(source: Path, target: Path) -> None:
        raise PermissionError(13, "held")

    monkeypatch.undo()
    monkeypatch.setattr(os, "replace", held)
    found = disks.files_held(bench)
    assert (found.verdict, "16/16" in found.words, "diệt virus" in found.remedy) == (BROKEN, True, True)


def test_a_data_folder_that_others_can_open(bench: Bench) -> None:
    folder = bench.work.store.path.parent
    before = folder.stat().st_mode & 0o777
    try:
        folder.chmod(0o700)
        assert disks.data_folder(bench).verdict == GOOD
        folder.chmod(0o755)
        assert disks.data_folder(bench).verdict == LOOK
    finally:
        folder.chmod(before)


def test_a_temporary_folder_that_is_not_there(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert disks.temporary_folder(bench).verdict in (GOOD, LOOK)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert disks.temporary_folder(bench).verdict == BROKEN


# --- the store ---


def test_the_store_is_encrypted_and_a_plain_one_is_said(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "SQLCipher" in stores.cipher(bench).words
    plain = tmp_path / "plain.db"
    plain.write_bytes(stores.PLAIN_HEAD + bytes(84))
    monkeypatch.setattr(bench.work.store, "path", plain)
    assert stores.cipher(bench).verdict == BROKEN


def test_a_search_that_lacks_items_is_made_again_by_its_button(bench: Bench, world: PracticeWorld) -> None:
    assert stores.tables(bench).verdict == GOOD
    with bench.work.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM document_words WHERE rowid = (SELECT max(id) FROM documents)")
    found = stores.tables(bench)
    assert (found.verdict, found.mend) == (LOOK, MEND_REBUILD)
    world.sign_in(people.TECHNICIAN)
    assert "Đã lập lại bảng" in world.programs[0].technician.mend(MEND_REBUILD)
    assert stores.tables(bench).verdict == GOOD


class Forgetful:
    """A place for keys that gives something else back."""

    place = "keyring"

    def get(self, name: str) -> str | None:
        return "other"

    def put(self, name: str, value: str) -> None:
        pass

    def drop(self, name: str) -> None:
        pass


def test_a_place_for_keys_that_lies_is_broken(bench: Bench) -> None:
    assert stores.secrets_place(bench).verdict == LOOK
    assert stores.secrets_place(replace(bench, secrets=Forgetful())).verdict == BROKEN
    assert bench.secrets.get(stores.PROBE) is None, "nothing of the trial stays"


# --- the line ---


def test_a_proxy_that_answers_and_one_that_does_not(bench: Bench) -> None:
    assert line.proxy(bench).verdict == NOT_HERE
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        asked = replace(bench, address=lambda: HubAddress("https://x", "", f"http://u:p@127.0.0.1:{port}"))
        found = line.proxy(asked)
        assert (found.verdict, found.words) == (GOOD, f"127.0.0.1:{port} nhận kết nối")
    found = line.proxy(asked)
    assert (found.verdict, "u:p" in found.words) == (LOOK, False)


def test_the_hubs_certificate_is_read_and_its_end_is_seen_coming(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = line.certificate(bench)
    assert (found.verdict, found.words.startswith("Đến ")) == (GOOD, True)
    now = bench.work.now()
    days = int(found.words.split("còn ")[1].split(" ")[0])
    monkeypatch.setattr(bench.work, "now", lambda: now + (days - 10) * DAY)
    assert line.certificate(bench).verdict == LOOK


def test_a_stranger_in_place_of_the_hub_is_broken_and_no_line_is_offline(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bench.address is not None
    real = bench.address()
    stranger = replace(bench, address=lambda: real._replace(authority_pem=pem()))
    assert line.certificate(stranger).verdict == BROKEN
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = f"https://127.0.0.1:{free.getsockname()[1]}"
    assert line.certificate(replace(bench, address=lambda: real._replace(url=gone))).verdict == OFFLINE
    assert line.certificate(replace(bench, address=None)).verdict == NOT_HERE


def test_the_units_key_is_here_and_ages(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert line.unit_key(bench).verdict == GOOD
    now = bench.work.now()
    monkeypatch.setattr(bench.work, "now", lambda: now + 500 * DAY)
    assert line.unit_key(bench).verdict == LOOK
    monkeypatch.setattr(line, "unit_keys_here", lambda *_: {})
    found = line.unit_key(bench)
    assert (found.verdict, found.mend) == (LOOK, MEND_SEND)
    assert line.unit_key(replace(bench, enrolled=None)).verdict == NOT_HERE


def test_what_waits_long_is_sent_by_its_button(
    bench: Bench, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(world, "gks 1x1")
    assert line.unsent(bench).verdict == GOOD, "today's work may wait"
    now = bench.work.now()
    monkeypatch.setattr(bench.work, "now", lambda: now + 2 * DAY)
    found = line.unsent(bench)
    assert (found.verdict, found.mend) == (LOOK, MEND_SEND)
    monkeypatch.undo()
    world.sign_in(people.TECHNICIAN)
    assert world.programs[0].technician.mend(MEND_SEND) == "Đã gửi."
    assert line.unsent(bench).words == "Tỉnh đã có đủ"


def test_lines_of_parts_that_are_not_here(bench: Bench) -> None:
    bare = replace(bench, neighbours=None, updates=None)
    assert (line.siblings(bare).verdict, line.update(bare).verdict) == (NOT_HERE, NOT_HERE)


# --- papers ---


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (Spooler(True, 0), GOOD), (Spooler(True, 3), GOOD), (Spooler(True, -1), GOOD),
        (Spooler(True, 40), LOOK), (Spooler(False, -1), LOOK), (Spooler(None, -1), NOT_HERE),
    ],
)  # fmt: skip
def test_the_printing_service(bench: Bench, told: Spooler, verdict: str) -> None:
    assert papers.spooler(replace(bench, machine=Pc(prints=told))).verdict == verdict


def test_a_stopped_service_breaks_a_pc_that_prints_by_it(bench: Bench) -> None:
    with bench.work.store.read() as connection:
        before = device.setting(connection, printer_setting(PrinterRole.STRIP))
    put(bench, printer_setting(PrinterRole.STRIP), "XP-80")
    try:
        assert papers.spooler(replace(bench, machine=Pc(prints=Spooler(False, -1)))).verdict == BROKEN
    finally:
        put(bench, printer_setting(PrinterRole.STRIP), before)


def test_every_vietnamese_letter_is_looked_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(papers.LETTERS) == 146
    assert {"Ẵ", "ợ", "Đ", "Ỹ", "a", "y"} <= set(papers.LETTERS)
    assert "146" in papers.font_files(bench).words
    poor = fonts.Widths("PaperSerif")
    poor._widths = {sign: width for sign, width in poor._widths.items() if chr(sign) != "Ẵ"}
    monkeypatch.setattr(fonts, "widths", lambda _: poor)
    found = papers.font_files(bench)
    assert (found.verdict, "Ẵ" in found.words) == (BROKEN, True)


def test_a_broken_font_file(bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(fonts.FOLDER_VARIABLE, str(tmp_path))
    fonts.widths.cache_clear()
    monkeypatch.setattr(fonts, "ready", fonts.ready.__wrapped__)
    try:
        assert papers.font_files(bench).verdict == BROKEN
    finally:
        fonts.widths.cache_clear()


def test_the_tokens_module(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "modules_here", lambda *_: ())
    assert papers.tokens(bench).verdict == NOT_HERE
    module = tmp_path / "token.so"
    put(bench, MODULE, str(module))
    try:
        assert papers.tokens(bench).verdict == BROKEN
        module.write_bytes(b"")
        assert papers.tokens(bench).verdict == GOOD
    finally:
        put(bench, MODULE, "")


def test_a_backup_is_made_by_the_button(bench: Bench, world: PracticeWorld) -> None:
    found = disks.backup_age(bench)
    assert (found.verdict, found.mend) == (LOOK, MEND_BACKUP)
    world.sign_in(people.TECHNICIAN)
    assert "Đã sao lưu" in world.programs[0].technician.mend(MEND_BACKUP)
    assert disks.backup_age(bench).verdict == GOOD


def test_updates_are_not_for_a_program_run_from_its_source(bench: Bench) -> None:
    with pytest.raises(UpdateError):
        machines.installation()
    assert line.update(bench).verdict == NOT_HERE
