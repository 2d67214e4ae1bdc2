"""``commune-hub doctor-report``: every PC's newest self-test in one table, whose it is, what is no file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import msgspec
import openpyxl
import pytest

from sync.hub import cli, doctor_commands
from sync.hub.doctor_commands import FOREIGN, OWN, UNKNOWN, UNSIGNED, gather, row_of
from sync.hub.hub import Hub
from sync.protocol.carrying.doctor_file import MAX_BYTES, Line, Report, sealed
from sync.protocol.naming.ids import device_of
from sync.protocol.naming.keys import SigningKey
from tests.unit.hub.commune import Commune

AT = 1_795_134_600_000
GOOD = Line("store", "good", "Kho dữ liệu", "Nguyên vẹn")
LOOK = Line("clock", "look", "Ngày giờ", "Lệch 412 giây", "Chỉnh lại giờ")
BROKEN = Line("chain", "broken", "Chuỗi nhật ký", "=1+1", "Gọi tỉnh")


def report(counter: int, *lines: Line, unit: str = "00000", journal: int = 0, at: int = AT) -> Report:
    return Report(
        unit=unit, counter=counter, name=f"QUẦY-{counter:02d}", journal=journal, device=device_of(journal),
        life=1, version="0.1.0", system="Windows 11 23H2 22631", at=at, practice=True, lines=lines,
    )  # fmt: skip


@dataclass
class Stick:
    """The stick that went round the communes."""

    folder: Path

    def put(self, name: str, told: Report | bytes, key: SigningKey | None = None) -> None:
        place = self.folder / "doctor"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(told if isinstance(told, bytes) else sealed(told, key))


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    (tmp_path / "usb").mkdir()
    return Stick(tmp_path / "usb")


def test_a_file_is_its_pcs_own_by_the_key_of_its_first_entry(
    hub: Hub, counter: Commune, stick: Stick
) -> None:
    counter.sync()
    own = counter.store.author
    stick.put("a.json", report(1, GOOD, journal=own.journal), own.key)
    stick.put("b.json", report(2, GOOD, journal=own.journal), SigningKey.fresh())
    stick.put("c.json", report(3, GOOD, journal=own.journal + 256), own.key)
    stick.put("d.json", report(4, GOOD))
    stick.put("e.json", report(5, GOOD, unit="99999"), own.key)
    signed = {one.report.counter: one.signed for one in gather(stick.folder, hub).taken}
    assert signed == {1: OWN, 2: FOREIGN, 3: UNKNOWN, 4: UNSIGNED, 5: UNKNOWN}


def test_the_worst_stands_first_and_only_the_newest_of_a_pc(hub: Hub, stick: Stick) -> None:
    stick.put("1.json", report(1, GOOD, LOOK))
    stick.put("2-old.json", report(2, GOOD, at=AT - 1))
    stick.put("2-a.json", report(2, GOOD, BROKEN, LOOK))
    stick.put("2-older.json", report(2, GOOD, at=AT - 2))
    stick.put("3.json", report(3, GOOD))
    rows = [row_of(one) for one in gather(stick.folder, hub).taken]
    assert [(row["counter"], row["broken"], row["look"], row["to_mend"]) for row in rows] == [
        (2, 1, 1, "chain, clock"), (1, 0, 1, "clock"), (3, 0, 0, ""),
    ]  # fmt: skip
    assert rows[0]["taken"] == "20/11/2026 07:30"


def test_no_strangers_file_stands_in_the_place_of_the_pcs_own(
    hub: Hub, counter: Commune, stick: Stick
) -> None:
    counter.sync()
    own = counter.store.author
    stick.put("a.json", report(1, BROKEN, journal=own.journal), own.key)
    stick.put("b.json", report(1, GOOD, journal=own.journal, at=AT + 5), SigningKey.fresh())
    stick.put("c.json", report(1, GOOD, journal=own.journal, at=AT + 9))
    stick.put("d.json", report(1, GOOD, journal=own.journal, at=AT - 5), own.key)
    found = [(one.signed, one.file) for one in gather(stick.folder, hub).taken]
    assert found[0] == (OWN, "a.json"), "the broken one first"
    assert sorted(found[1:]) == [(FOREIGN, "b.json"), (UNSIGNED, "c.json")]


def test_what_is_no_file_is_named_and_ends_nothing(hub: Hub, stick: Stick) -> None:
    stick.put("0.json", b"{}")
    stick.put("1.json", b" " * (MAX_BYTES + 1))
    whole = sealed(report(7, GOOD), SigningKey.fresh())
    stick.put("2.json", whole.replace(b'"counter": 7', b'"counter": 8'))
    (stick.folder / "doctor" / "3.json").mkdir()
    stick.put("4.json", report(4, GOOD))
    found = gather(stick.folder, hub)
    assert [name for name, _ in found.refused] == ["0.json", "1.json", "2.json", "3.json"]
    assert dict(found.refused)["2.json"] == "not-authentic"
    assert [one.report.counter for one in found.taken] == [4]


def test_at_most_so_many_files_are_read(hub: Hub, stick: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_commands, "MOST_FILES", 2)
    for number in range(4):
        stick.put(f"{number}.json", report(number, GOOD))
    assert len(gather(stick.folder, hub).taken) == 2


def test_the_command_tells_it_and_writes_excel(
    tmp_path: Path, stick: Stick, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "province"
    Hub.open(folder, practice=True, durable=False).close()
    stick.put("1.json", report(1, GOOD, BROKEN))
    excel = tmp_path / "may.xlsx"
    command = ["--folder", str(folder), "--json", "doctor-report", str(stick.folder), "--excel", str(excel)]
    assert cli.main(command) == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["broken"], row["signed"], row["file"]) == (1, UNSIGNED, "1.json")
    book = openpyxl.load_workbook(excel)
    assert [sheet.title for sheet in book] == ["Máy quầy", "Hạng mục"]
    machines, lines = (list(sheet.values) for sheet in book)
    assert dict(zip(machines[0], machines[1], strict=True))["name"] == "QUẦY-01"
    assert lines[2][5] == "=1+1", "words of a stick are text, never a formula"
    assert book["Hạng mục"].cell(3, 6).data_type == "s"


def test_a_well_province_is_exit_code_0_and_a_missing_folder_words(
    tmp_path: Path, stick: Stick, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "province"
    Hub.open(folder, practice=True, durable=False).close()
    stick.put("1.json", report(1, GOOD, LOOK))
    assert cli.main(["--folder", str(folder), "doctor-report", str(stick.folder / "doctor")]) == 0
    assert "to_mend=clock" in capsys.readouterr().out
    assert cli.main(["--folder", str(folder), "doctor-report", str(tmp_path / "none")]) == 4
    assert "no folder of self-tests here" in capsys.readouterr().err


def test_structs_of_the_file_stay_in_their_order() -> None:
    """Signed are the fields in this order: an older file would not verify after a change."""
    assert Report.__struct_fields__ == (
        "format", "unit", "counter", "name", "journal", "device", "life", "version", "system", "at",
        "practice", "lines",
    )  # fmt: skip
    assert msgspec.structs.fields(Line)[-1].name == "remedy"
