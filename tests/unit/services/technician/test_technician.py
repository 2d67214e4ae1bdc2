"""The self-test tells each trouble and its cure; backups prove themselves; papers carry no personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from counter_app.composition.running import RunningProgram
from counter_app.errors import OutsideError
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.printing import fonts
from counter_app.printing.jobs import PrinterRole
from counter_app.services.papers.printers import printer_setting
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, OFFLINE, UNCHECKED
from counter_app.services.technician.backups import FOLDER
from counter_app.services.technician.doctor import (
    disk_checks,
    line_checks,
    machine_checks,
    paper_checks,
    store_checks,
)
from counter_app.services.technician.doctor.bench import Bench, Check, Found
from counter_app.services.technician.doctor.catalogue import CHECKS
from counter_app.services.technician.doctor.running import Rounds
from counter_app.services.technician.port import TechnicianArea
from counter_app.storage.keeping.copy_guard import Verdict
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from tests.support.practice import practice_world, take_in

DAY = 24 * 3_600_000


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
    return Bench(area.work, area.opened.secrets, area.opened.verdict, area.line, area.saved)


def test_a_healthy_pc(program: RunningProgram) -> None:
    program.technician.back_up()
    rows = program.technician.self_test()
    assert [row.code for row in rows] == [
        "version", "system", "memory", "sqlite", "cipher", "store", "chain", "tables", "copy", "secrets",
        "backup", "space", "flush", "antivirus", "folder", "temporary", "clock", "battery", "zone", "power",
        "hub", "proxy", "certificate", "unit_key", "lan", "equality", "standing", "year_seals", "unsent",
        "parked", "sticks", "printers", "spooler", "scanner", "input_method", "fonts", "forms", "tokens",
        "autostart",
        "update",
    ], "names that programs read stay"  # fmt: skip
    verdicts = {row.code: row.verdict for row in rows}
    assert {code for code, verdict in verdicts.items() if verdict != GOOD} <= {
        "secrets",
        "equality",
        "scanner",
        "clock",
        "space",
        # what depends on the machine the tests run on
        "system", "memory", "flush", "antivirus", "zone", "power", "spooler", "input_method", "autostart",
        "temporary", "tokens", "proxy", "lan", "update", "sticks",
        "year_seals",  # no year is over
    }  # fmt: skip
    for row in rows:
        assert row.title
        assert row.words
        assert row.verdict != UNCHECKED, row
        if row.verdict in (LOOK, BROKEN):
            assert row.remedy, row.code


def test_no_line_in_the_list_names_a_citizen(program: RunningProgram) -> None:
    told = " ".join(f"{row.words} {row.remedy}" for row in program.technician.self_test())
    for personal in ("SƠN", "012086006812", "Nà Khan"):
        assert personal not in told


def test_a_bad_sqlite_is_named(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "counter_app.services.technician.doctor.store_checks.driver.sqlite_version_info", (3, 50, 2)
    )
    row = store_checks.sqlite_version(bench)
    assert (row.verdict, "mất dữ liệu" in row.words) == (BROKEN, True)


def test_a_damaged_chain_is_named(bench: Bench) -> None:
    with bench.work.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER heads_only_forward")
        kept = connection.exec_driver_sql(
            "SELECT head FROM journal_heads WHERE journal = ?", (bench.work.journal,)
        ).scalar()
        connection.exec_driver_sql(
            "UPDATE journal_heads SET head = ? WHERE journal = ?", (bytes(32), bench.work.journal)
        )
    try:
        assert store_checks.chains(bench).verdict == BROKEN
        assert store_checks.store_pages(bench).verdict == BROKEN, "a missing guard is a finding"
    finally:
        from counter_app.storage.journals.guards import create_guards

        with bench.work.store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE journal_heads SET head = ? WHERE journal = ?", (kept, bench.work.journal)
            )
            create_guards(connection)
    assert (store_checks.chains(bench).verdict, store_checks.store_pages(bench).verdict) == (GOOD, GOOD)


def test_an_old_backup_and_none(
    bench: Bench, program: RunningProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = program.technician.back_up()
    assert disk_checks.backup_age(bench).verdict == GOOD
    clock = bench.work.clock
    monkeypatch.setattr(bench.work, "clock", type("Later", (), {"now": lambda _: clock.now() + 2 * DAY})())
    assert disk_checks.backup_age(bench).verdict == LOOK
    monkeypatch.undo()
    for row in program.technician.backups():
        Path(row.path).unlink()
    assert made.verified
    assert disk_checks.backup_age(bench).words == "Chưa có bản sao lưu đã kiểm tra."


def test_printers_that_are_not_chosen_or_gone(bench: Bench) -> None:
    with bench.work.store.write() as connection:
        before = device.settings_of(connection, "printer.")
        device.put_setting(connection, printer_setting(PrinterRole.STRIP), "")
    assert paper_checks.printers_set(bench).words == "Chưa chọn máy in: phiếu 80 mm."
    with bench.work.store.write() as connection:
        device.put_setting(connection, printer_setting(PrinterRole.STRIP), "K80-QUAY-01")
    row = paper_checks.printers_set(bench)
    assert (row.verdict, row.words) == (BROKEN, "Không thấy máy in K80-QUAY-01 (phiếu 80 mm).")
    with bench.work.store.write() as connection:
        for name, value in before.items():
            device.put_setting(connection, name, value)
    assert paper_checks.printers_set(bench).verdict == GOOD


class Stopped:
    """A store that may not write any more."""

    is_enrolled = False


def test_a_copy_of_the_store_is_named(bench: Bench) -> None:
    copied = store_checks.copy_guard(replace(bench, verdict=Verdict.OLDER_COPY))
    assert (copied.verdict, "không giữ quyền cấp số" in copied.words) == (LOOK, True)
    stopped = replace(bench, work=replace(bench.work, store=Stopped()))  # type: ignore[arg-type]
    assert store_checks.copy_guard(stopped).verdict == BROKEN
    assert store_checks.copy_guard(bench).verdict == GOOD


@pytest.mark.parametrize(
    ("free", "verdict"), [(50_000_000_000, GOOD), (1_000_000_000, LOOK), (1_000_000, BROKEN)]
)
def test_room_on_the_disk(bench: Bench, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str) -> None:
    usage = type("Usage", (), {"free": free})()
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert disk_checks.free_space(bench).verdict == verdict


def test_a_clock_behind_the_journal(bench: Bench, world: PracticeWorld) -> None:
    before = world.clock.at  # type: ignore[attr-defined]
    world.clock.at = before - 40 * DAY  # type: ignore[attr-defined]
    try:
        assert machine_checks.clock(bench).verdict == BROKEN
    finally:
        world.clock.at = before  # type: ignore[attr-defined]


def test_a_missing_font_is_named(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise fonts.FontMissing(fonts.FILES[name])

    monkeypatch.setattr(fonts, "widths", gone)
    found = paper_checks.font_files(bench)
    assert (found.verdict, found.words) == (BROKEN, "Thiếu phông: PaperSerif-Regular.ttf")


def test_what_the_store_says_of_itself_is_a_finding_and_the_rest_goes_on(bench: Bench) -> None:
    def broken(_: Bench) -> Found:
        raise StoreError("store.disk")

    asked = (CHECKS[0], Check("store", "database", ("Kho", "Store"), broken), CHECKS[3])
    rows = list(Rounds(asked).run(bench))
    assert [row.verdict for row in rows] == [GOOD, BROKEN, GOOD]
    assert "Đĩa báo lỗi" in rows[1].words


def test_the_hub_is_asked_and_its_absence_is_offline(
    world: PracticeWorld, program: RunningProgram, bench: Bench
) -> None:
    assert line_checks.hub(bench).verdict == GOOD
    world.server.stop()
    try:
        row = line_checks.hub(bench)
        assert (row.verdict, row.words) == (OFFLINE, "Chưa nối được tỉnh.")
    finally:
        world.server = world.server.__class__(world.hub_folder, practice=True, port=world.server.port).start()
    assert line_checks.hub(bench).verdict == GOOD


def test_backups_are_opened_checked_and_tried(program: RunningProgram, tmp_path: Path) -> None:
    made = program.technician.back_up()
    assert made.verified
    assert made.size > 100_000
    assert program.technician.backups()[0] == made
    assert "chuỗi và chữ ký đúng" in program.technician.try_restore(made.path)
    spoilt = tmp_path / Path(made.path).name
    data = bytearray(Path(made.path).read_bytes())
    data[len(data) // 2] ^= 1
    spoilt.write_bytes(data)
    with pytest.raises(StoreError, match=r"backup\.bad"):
        program.technician.try_restore(str(spoilt))


def test_backups_go_to_a_second_disk_when_one_is_chosen(program: RunningProgram, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    with program.opened.store.write() as connection:
        device.put_setting(connection, FOLDER, str(tmp_path / "usb"))
    made = program.technician.back_up()
    assert Path(made.path).parent == tmp_path / "usb"
    assert re.fullmatch(r"00000-quay01-\d{8}-\d{6}-\d{3}\.mcbak", Path(made.path).name)
    stranger = tmp_path / "usb" / "store-000000000000001.mcbak"
    stranger.write_bytes(b"?")
    rows = {row.path: row.verified for row in program.technician.backups()}
    assert rows == {made.path: True, str(stranger): False}
    with program.opened.store.write() as connection:
        device.put_setting(connection, FOLDER, "")


def test_enrolment_as_the_page_shows_it(program: RunningProgram, world: PracticeWorld) -> None:
    view = program.technician.enrolment()
    assert (view.unit, view.counter) == ("Xã Bình Lư (tập huấn) (00000)", "QUẦY-01")
    assert (view.life, view.spare_grants, view.hub) == (1, 2, world.server.url)
    assert view.since > 0


def test_acceptance_minutes_and_test_page_come_out(program: RunningProgram, world: PracticeWorld) -> None:
    world.sign_in(people.TECHNICIAN)
    folder = program.areas.work.papers_folder
    before = set(folder.glob("*.pdf"))
    assert program.technician.acceptance() == "Đã in biên bản nghiệm thu."
    (minutes,) = set(folder.glob("nghiem-thu-*.pdf")) - before
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(minutes))
    for words in ("Đơn vị: Xã Bình Lư (tập huấn) (00000)", "Hệ điều hành: ", "40 mục kiểm tra",
                  "KỸ THUẬT VIÊN", "ĐẠI DIỆN ĐƠN VỊ"):  # fmt: skip
        assert words in text
    with program.opened.store.read() as connection:
        printer = device.setting(connection, printer_setting(PrinterRole.A4))
    assert program.technician.test_page(printer) == "Đã in trang thử."
    assert len(set(folder.glob("*.pdf")) - before) >= 2
    assert "Chưa chọn máy in" in program.technician.test_page("")


def test_a_place_that_takes_no_backup_is_told(program: RunningProgram, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with program.opened.store.write() as connection:
        device.put_setting(connection, FOLDER, str(blocked / "usb"))
    try:
        with pytest.raises(OutsideError) as told:
            program.technician.back_up()
        assert told.value.code == "backup.gone"
        assert told.value.remedy
    finally:
        with program.opened.store.write() as connection:
            device.put_setting(connection, FOLDER, "")
