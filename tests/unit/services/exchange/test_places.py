"""Where bundle files can be written and found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counter_app.practice.day import script
from counter_app.services.exchange import places as module
from counter_app.services.exchange.places import MOST_FILES, places


def file(folder: Path, name: str, age: int) -> Path:
    made = folder / name
    made.write_bytes(b"x")
    os.utime(made, (1_000_000 - age, 1_000_000 - age))
    return made


def test_the_outbox_stands_last_and_is_made(tmp_path: Path) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    found = places(tmp_path / "new" / "outbox", [stick])
    assert [(place.name, place.removable, place.writable) for place in found] == [
        ("KINGSTON", True, True),
        ("outbox", False, True),
    ]
    assert (tmp_path / "new" / "outbox").is_dir()


def test_bundles_are_the_newest_files_of_our_kind(tmp_path: Path) -> None:
    for age in range(MOST_FILES + 3):
        file(tmp_path, f"{age:03d}.mcx", age)
    file(tmp_path, "letter.docx", 0)
    (tmp_path / "folder.mcx").mkdir()
    bundles = places(tmp_path / "out", [tmp_path])[0].bundles
    assert [Path(one).name for one in bundles] == [f"{age:03d}.mcx" for age in range(MOST_FILES)]


def test_a_stick_pulled_out_shows_nothing(tmp_path: Path) -> None:
    gone = places(tmp_path / "out", [tmp_path / "gone"])[0]
    assert gone.bundles == ()
    assert not gone.writable


def test_mounts_are_read_as_the_kernel_writes_them(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/lan/USB\\040XA vfat rw 0 0\n"
        "/dev/sdc1 /run/media/lan/B exfat rw 0 0\nshort\n/dev/sdd1 /mediaset ext4 rw 0 0\n"
    )
    assert module._mounts(table) == [Path("/media/lan/USB XA"), Path("/run/media/lan/B")]


def test_no_table_no_sticks(tmp_path: Path) -> None:
    assert module._mounts(tmp_path / "nothing") == []


def test_a_scripted_day_sees_no_stick_of_this_pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen under wine: with a stick in the PC the day wrote its accounts there and then missed them."""
    monkeypatch.setattr(module, "_mounts", lambda _table: [tmp_path])
    monkeypatch.setattr(module, "_windows_drives", lambda: iter([tmp_path]))
    assert list(module.plugged_in()) == [tmp_path]
    with module.without_sticks():
        assert [place.removable for place in places(tmp_path / "out")] == [False]
    assert [place.removable for place in places(tmp_path / "out")] == [True, False]


def test_the_day_is_played_without_sticks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_mounts", lambda _table: [tmp_path])
    monkeypatch.setattr(module, "_windows_drives", lambda: iter([tmp_path]))
    seen: list[list[Path]] = []

    def stop(_stage: object) -> None:
        seen.append(list(module.plugged_in()))

    assert script.play(tmp_path / "day", (stop,)) == script.OK
    assert seen == [[]]
