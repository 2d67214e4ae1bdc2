"""Backups carry the kept files: copied once, listed, proved, brought back; a bad one is named, no more."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.dates import vn_instant
from counter_app.storage.keeping import backup, kept_copies, manifest
from counter_app.storage.keeping.backup import Series, back_up, verify_files
from counter_app.storage.keeping.kept_copies import KeptHome
from counter_app.storage.keeping.manifest import ListedFile, Manifest
from counter_app.storage.keeping.restore import drill, restore, restore_files
from counter_app.storage.keeping.rotation import Rotation, kept
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import files_key
from counter_app.storage.this_pc.kept_files import KeptFiles
from tests.unit.storage.world import NOON

LABEL = "03390-quay02"
SECRET = b"d" * 32
"""The device's: what sealed files before the store had a secret for them."""


class Desk:
    """A counter with kept files, a stick, and what was put there."""

    def __init__(self, counter, tmp_path: Path) -> None:
        self.counter, self.stick, self.home = counter, tmp_path / "usb", tmp_path / "home"
        self.home.mkdir()
        self.keys = files_key.ensure(counter.store)
        self.scans = KeptFiles(self.home / "scans", self.keys[0])
        self.signed = KeptFiles(self.home / "signed", self.keys[0])

    def back_up(self, at: int = NOON, rotation: Rotation = backup.ROTATION, thorough: bool = False):
        home = KeptHome(self.home, self.keys, SECRET)
        return back_up(self.counter.store, self.stick, at, Series(LABEL, (), rotation, home, thorough))

    def lying(self) -> list[str]:
        return sorted(path.name[:8] for path in (self.stick / f"{LABEL}.files").rglob("*.sealed"))


@pytest.fixture
def desk(counter, tmp_path: Path) -> Desk:
    counter.busy_day()
    return Desk(counter, tmp_path)


def test_scans_and_signed_files_come_back_on_another_pc(desk: Desk, tmp_path: Path) -> None:
    scan, signed = desk.scans.put(b"scan"), desk.signed.put(b"signed")
    old = KeptFiles(desk.home / "acts", SECRET).put(b"an act, kept before the update")
    made = desk.back_up()
    assert (made.files.files, made.files.copied, made.files.faulty) == (3, 3, ())
    assert made.files.size == sum(
        path.stat().st_size for path in (desk.stick / f"{LABEL}.files").rglob("*.sealed")
    )
    there = tmp_path / "new-pc"
    found = restore_files(made.path, desk.counter.key, there, NOON)
    restore(made.path, desk.counter.key, there / "store.db", NOON).close()
    assert (found.files, found.copied, found.faulty) == (3, 3, ())
    keys = backup.files_keys(there / "store.db", desk.counter.key)
    assert KeptFiles(there / "scans", keys[0]).get(scan) == b"scan"
    assert KeptFiles(there / "signed", keys[0]).get(signed) == b"signed"
    assert KeptFiles(there / "acts", keys[0]).get(old) == b"an act, kept before the update", (
        "no device secret"
    )
    again = restore_files(made.path, desk.counter.key, there, NOON)
    assert (again.files, again.copied) == (3, 0)


def test_the_next_backup_copies_only_what_is_new(desk: Desk) -> None:
    desk.scans.put(b"one")
    desk.back_up()
    desk.signed.put(b"two")
    made = desk.back_up(NOON + 3_600_000)
    assert (made.files.files, made.files.copied) == (2, 1)
    assert verify_files(made.path, desk.counter.key).files == 2


def test_nothing_of_a_citizen_is_readable_on_the_stick(desk: Desk) -> None:
    desk.scans.put(b"%PDF Ly Thi Tap Huan")
    desk.back_up()
    for path in desk.stick.rglob("*"):
        assert path.is_dir() or (b"%PDF" not in path.read_bytes() and b"scans" not in path.read_bytes())


def test_a_copy_that_went_bad_is_named_and_the_next_backup_mends_it(desk: Desk, tmp_path: Path) -> None:
    good, bad, gone = (desk.scans.put(word) for word in (b"good", b"bad", b"gone"))
    made = desk.back_up()
    place = backup.files_of(made.path)
    spoilt = bytearray(kept_copies.path_of(place, bad).read_bytes())
    spoilt[20] ^= 1
    kept_copies.path_of(place, bad).write_bytes(bytes(spoilt))
    kept_copies.path_of(place, gone).unlink()
    assert set(verify_files(made.path, desk.counter.key).faulty) == {f"scans/{bad}", f"scans/{gone}"}
    there = tmp_path / "new-pc"
    found = restore_files(made.path, desk.counter.key, there, NOON)
    assert (found.files, set(found.faulty)) == (1, {f"scans/{bad}", f"scans/{gone}"})
    assert KeptFiles(there / "scans", desk.keys[0]).get(good) == b"good"
    restore(made.path, desk.counter.key, there / "store.db", NOON).close()
    assert desk.back_up(NOON + 1, thorough=True).files.copied == 2
    assert verify_files(made.path, desk.counter.key).faulty == ()


def test_a_file_that_is_bad_at_home_is_named_and_the_good_copy_stays(desk: Desk) -> None:
    name = desk.scans.put(b"page")
    desk.back_up()
    (desk.home / "scans" / f"{name}.sealed").write_bytes(b"x")
    again = desk.back_up(NOON + 1)
    assert (again.files.files, again.files.faulty) == (1, ()), "the stick has it whole"
    assert verify_files(again.path, desk.counter.key).faulty == ()
    other = desk.scans.put(b"other")
    (desk.home / "scans" / f"{other}.sealed").write_bytes(b"x")
    assert desk.back_up(NOON + 2).files.faulty == (f"scans/{other}",)


def test_a_file_put_while_the_store_is_written_is_in_the_backup(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store's snapshot may name it: asked once before and once after."""
    proved = backup.verify

    def meanwhile(path: Path, key: bytes) -> dict[int, int]:
        desk.scans.put(b"just now")
        return proved(path, key)

    monkeypatch.setattr(backup, "verify", meanwhile)
    assert desk.back_up().files.files == 1


def test_a_stick_too_full_for_a_file_still_gets_the_store(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = desk.scans.put(b"small")
    desk.signed.put(b"large" * 1000)
    write = kept_copies.write_flushed

    def full(target: Path, data: bytes) -> None:
        if len(data) > 1000:
            raise OSError(errno.ENOSPC, "full")
        write(target, data)

    monkeypatch.setattr(kept_copies, "write_flushed", full)
    made = desk.back_up()
    assert (made.files.files, made.files.left) == (1, 1)
    assert desk.lying() == [small[:8]]
    monkeypatch.undo()
    assert desk.back_up(NOON + 1).files.left == 0


def test_files_go_with_the_last_backup_that_lists_them(desk: Desk) -> None:
    gone, stays = desk.scans.put(b"signed since"), desk.scans.put(b"waits")
    desk.back_up(NOON)
    desk.scans.drop(gone)
    two = Rotation(2, 0, 0)
    desk.back_up(NOON + 1, two)
    assert desk.lying() == sorted((gone[:8], stays[:8]))
    desk.back_up(NOON + 2, two)
    assert desk.lying() == [stays[:8]]
    assert len(list(desk.stick.glob("*.mcfiles"))) == len(list(desk.stick.glob("*.mcbak"))) == 2


def test_a_list_that_does_not_open_lets_nothing_be_dropped(desk: Desk) -> None:
    name = desk.scans.put(b"page")
    made = desk.back_up()
    desk.scans.drop(name)
    kept_copies.list_beside(made.path).write_bytes(b"rubbish")
    desk.back_up(NOON + 1)
    assert desk.lying() == [name[:8]]


def test_a_damaged_list_is_told_and_the_store_is_restored(desk: Desk, tmp_path: Path) -> None:
    desk.scans.put(b"page")
    made = desk.back_up()
    kept_copies.list_beside(made.path).write_bytes(b"rubbish")
    with pytest.raises(StoreError) as told:
        restore_files(made.path, desk.counter.key, tmp_path / "new", NOON)
    assert told.value.code == "backup.files"
    restore(made.path, desk.counter.key, tmp_path / "store.db", NOON).close()


def test_a_backup_from_before_has_no_files(desk: Desk, tmp_path: Path) -> None:
    made = back_up(desk.counter.store, desk.stick, NOON)
    assert restore_files(made.path, desk.counter.key, tmp_path / "new", NOON).files == 0


def test_a_file_at_home_that_does_not_open_is_put_aside(desk: Desk, tmp_path: Path) -> None:
    name = desk.scans.put(b"page")
    made = desk.back_up()
    there = tmp_path / "new"
    (there / "scans").mkdir(parents=True)
    (there / "scans" / f"{name}.sealed").write_bytes(b"sealed by another store")
    assert restore_files(made.path, desk.counter.key, there, 77).copied == 1
    assert (there / "scans" / f"{name}.sealed-before-77").read_bytes() == b"sealed by another store"
    assert KeptFiles(there / "scans", desk.keys[0]).get(name) == b"page"


def test_files_sealed_after_an_old_backup_are_still_read_when_it_is_restored(counter, tmp_path: Path) -> None:
    """A backup from before the store had a secret for files: the store put aside lends its own."""
    counter.busy_day()
    before = back_up(counter.store, tmp_path / "b", NOON)
    home = counter.store.path.parent
    name = KeptFiles(home / "scans", files_key.ensure(counter.store)[0]).put(b"later")
    counter.store.close()
    counter.store = restore(before.path, counter.key, counter.store.path, NOON)
    assert KeptFiles(home / "scans", files_key.ensure(counter.store)[0]).get(name) == b"later"


def test_a_drill_restores_everything_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    name = desk.scans.put(b"page")
    made = desk.back_up()
    place = tmp_path / "trials" / "drill"
    done = drill(made.path, desk.counter.key, place, NOON)
    assert (done.positions, done.files.files) == (made.positions, 1)
    kept_copies.path_of(backup.files_of(made.path), name).unlink()
    assert drill(made.path, desk.counter.key, place, NOON).files.faulty == (f"scans/{name}",)
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    with pytest.raises(StoreError):
        drill(made.path, desk.counter.key, place, NOON)
    assert list((tmp_path / "trials").iterdir()) == []


@pytest.mark.parametrize(
    "file",
    [ListedFile("../keys", "0" * 64, 1), ListedFile("scans", "../../x", 1), ListedFile("", "0" * 64, 1)],
)
def test_a_list_names_no_place_outside_the_home(file: ListedFile) -> None:
    data = manifest.write(Manifest(NOON, (file,)), SECRET)
    with pytest.raises(StoreError, match="does not open"):
        manifest.read(data, (SECRET,))


def test_a_list_is_read_with_the_stores_secret_only() -> None:
    held = Manifest(NOON, (ListedFile("scans", "0" * 64, 29),))
    data = manifest.write(held, SECRET)
    assert manifest.read(data, (b"x" * 32, SECRET)) == held
    for bent in (data[:-1], data[:20], b"", data[:30] + bytes([data[30] ^ 1]) + data[31:]):
        with pytest.raises(StoreError):
            manifest.read(bent, (SECRET,))
    with pytest.raises(StoreError):
        manifest.read(data, (b"x" * 32,))


def at(day: int, hour: int, month: int = 11, year: int = 2026) -> int:
    return vn_instant(datetime(year, month, day, hour))  # noqa: DTZ001 - local by its meaning


def test_the_newest_then_one_a_day_then_one_a_month_stay() -> None:
    taken = [
        at(20, 16),
        at(20, 15),
        at(20, 8),
        at(19, 17),
        at(19, 9),
        at(18, 17),
        at(31, 17, 10),
        at(3, 9, 10),
    ]
    files = [(moment, Path(str(place))) for place, moment in enumerate(taken)]
    assert sorted(int(one.name) for one in kept(files, Rotation(2, 3, 0))) == [0, 1, 3, 5]
    assert sorted(int(one.name) for one in kept(files, Rotation(1, 0, 2))) == [0, 6]
    assert sorted(int(one.name) for one in kept([*files, (0, Path("9"))], Rotation(1, 0, 0))) == [0, 9]


def test_a_year_of_hourly_backups_keeps_no_more_than_it_says() -> None:
    hours = [at(1, 0, 1) + hour * 3_600_000 for hour in range(365 * 24)]
    files = [(moment, Path(str(moment))) for moment in reversed(hours)]
    stay = kept(files, Rotation())
    assert 24 + 12 + 10 <= len(stay) <= 24 + 14 + 12
    assert Path(str(hours[-1])) in stay
