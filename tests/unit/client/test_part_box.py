"""Parts that come one by one, in any order and over restarts; taken when whole, refused whole before."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sync.client import files, part_box
from sync.client.files import export_files, import_files, parts_beside
from sync.client.part_box import PartBox
from sync.protocol.meeting.parcel import Giver, ParcelKeys
from sync.protocol.naming.unit_keys import UnitKey
from tests.unit.client.peers import AT, HUB_KEYS, UNIT, UNIT_KEY, MemoryStore, counter

KEYS = {1: UNIT_KEY}
PARCEL = ParcelKeys(KEYS, HUB_KEYS)


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Four parts, each in a mail of its own."""
    return mailed(a_busy_one(), tmp_path / "mail")


def a_busy_one() -> MemoryStore:
    one = counter(1)
    one.wrote(*(os.urandom(400) for _ in range(600)))
    return one


def mailed(one: MemoryStore, folder: Path) -> list[Path]:
    out = export_files(one, Giver(one.key, UNIT_KEY), folder / "all", "goi", AT, part_bytes=100_000)
    assert len(out.paths) == 4
    alone = []
    for number, path in enumerate(out.paths, 1):
        place = folder / f"mail-{number}"
        place.mkdir()
        alone.append(shutil.copy(path, place / f"scan{number}.mcx"))
    return alone


def box(tmp_path: Path) -> PartBox:
    """As after a restart: nothing but the folder is known."""
    return PartBox(tmp_path / "inbox", UNIT)


def test_parts_come_in_any_order_over_restarts_and_the_last_one_makes_the_parcel(
    parts: list[Path], tmp_path: Path
) -> None:
    taker = counter(2)
    for number, held in ((3, (3,)), (1, (1, 3)), (4, (1, 3, 4))):
        gathered = box(tmp_path).gather([parts[number - 1]], KEYS)
        assert gathered.held == held
        told = import_files(taker, PARCEL, gathered.paths)
        assert (told.code, told.missing) == ("part-missing", gathered.missing)
        assert taker.ingested == 0, "a partial set is refused whole"
        parts[number - 1].unlink()
    gathered = box(tmp_path).gather([parts[1]], KEYS)
    assert gathered.missing == ()
    assert import_files(taker, PARCEL, gathered.paths).applied == 601
    box(tmp_path).drop(gathered.parcel)
    assert list((tmp_path / "inbox").iterdir()) == []


def test_a_part_given_again_changes_nothing(parts: list[Path], tmp_path: Path) -> None:
    for _ in range(3):
        gathered = box(tmp_path).gather([parts[0]], KEYS)
    assert (gathered.held, gathered.missing) == ((1,), (2, 3, 4))
    assert len(list((tmp_path / "inbox").iterdir())) == 1


def test_parts_of_another_day_are_another_parcel(tmp_path: Path) -> None:
    one = a_busy_one()
    monday = mailed(one, tmp_path / "monday")
    one.wrote("thêm một")
    tuesday = mailed(one, tmp_path / "tuesday")
    box(tmp_path).gather(monday[:3], KEYS)
    gathered = box(tmp_path).gather(tuesday[3:], KEYS)
    assert gathered.held == (4,)
    assert box(tmp_path).gather(monday[3:], KEYS).missing == ()


def test_a_parcel_whose_parts_lie_together_is_not_copied(parts: list[Path], tmp_path: Path) -> None:
    beside = parts_beside(next((tmp_path / "mail" / "all").iterdir()))
    assert box(tmp_path).gather(beside, KEYS).missing == ()
    assert not (tmp_path / "inbox").exists()


def test_what_is_no_part_of_ours_is_not_kept_and_goes_on_to_be_refused(
    parts: list[Path], tmp_path: Path
) -> None:
    bent = bytearray(parts[0].read_bytes())
    bent[-300] ^= 1
    parts[0].write_bytes(bytes(bent))
    for path, code in ((parts[0], "damaged"), (tmp_path / "gone.mcx", files.UNREADABLE)):
        gathered = box(tmp_path).gather([path], KEYS)
        assert gathered == part_box.Gathered((path,))
        assert import_files(counter(2), PARCEL, gathered.paths).code in (code, "part-missing")
    other = {1: UnitKey(UNIT, 1, bytes([9]) * 32)}
    assert box(tmp_path).gather([parts[1]], other).parcel == ""
    assert not (tmp_path / "inbox").exists()


def test_a_part_has_its_name_only_when_it_is_flushed(
    parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes at each flush in turn: what has a name is whole, and giving the part again mends it."""
    for cut in (1, 2):
        calls = []

        def fails(handle: int, cut: int = cut, calls: list[int] = calls) -> None:
            calls.append(handle)
            if len(calls) == cut:
                raise OSError(5, "planted")

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", fails)
            box(tmp_path).gather([parts[0], parts[1]], KEYS)
        for path in (tmp_path / "inbox").glob("*.mcx"):
            assert path.read_bytes() in (parts[0].read_bytes(), parts[1].read_bytes())
    assert box(tmp_path).gather([parts[2]], KEYS).held in ((3,), (1, 3), (1, 2, 3))
    assert box(tmp_path).gather(parts[:2], KEYS).held == (1, 2, 3)


def test_the_parcel_that_came_earliest_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_box, "MOST_BYTES", 250_000)
    one = a_busy_one()
    old = mailed(one, tmp_path / "old")
    box(tmp_path).gather(old[:2], KEYS)
    for kept in (tmp_path / "inbox").iterdir():
        os.utime(kept, (1, 1))
    one.wrote("thêm")
    new = mailed(one, tmp_path / "new")
    assert box(tmp_path).gather(new[:2], KEYS).held == (1, 2)
    assert box(tmp_path).gather(old[2:3], KEYS).held == (3,)
