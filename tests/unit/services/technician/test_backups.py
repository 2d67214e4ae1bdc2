"""Backups by themselves, the place they go to, and what is said when it takes none; the journal goes on."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_app.domain.errors import DomainError
from counter_app.errors import OutsideError
from counter_app.paths import Paths
from counter_app.services.technician import backup_words, backups
from counter_app.services.technician.backup_rules import BackupRules, shipped_backup_rules
from counter_app.services.technician.backups import FOLDER, VERIFIED, Backups
from counter_app.storage.keeping import backup as keeping
from counter_app.storage.keeping.rotation import Rotation
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from tests.support.counter import CLERK, Counter, form, make_counter

MINUTE = 60_000
RULES = BackupRules(Rotation(), 60, 2, 180)


@dataclass
class Ticks:
    """The time since the start, ms, moved by hand."""

    now: int = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    made = make_counter(tmp_path_factory.mktemp("quay"))
    yield made
    made.close()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def saved(counter: Counter, ticks: Ticks) -> Iterator[Backups]:
    made = Backups(counter.work, Paths(counter.folder), RULES, ticks)
    yield made
    with counter.store.write() as connection:
        device.put_setting(connection, FOLDER, "")
        device.put_setting(connection, backups.TROUBLE, "")
    for path in Paths(counter.folder).backups.glob("*.mc*"):
        path.unlink()


def something_happens(counter: Counter) -> None:
    counter.sign_in(CLERK)
    counter.areas.copies.commit(form("hb 1x1"))


def test_figures_are_data() -> None:
    rules = shipped_backup_rules()
    assert (rules.keep, rules.every_minutes) == (Rotation(24, 14, 12), 60)
    assert rules.quiet_minutes < rules.every_minutes < rules.at_latest_minutes


@pytest.mark.parametrize(
    ("minutes", "wrote", "due"),
    [
        (0, 0, False),
        (59, 0, False),
        (60, 0, True),
        (61, 60, False),
        (62, 60, True),
        (179, 178, False),
        (180, 180, True),
    ],
)
def test_an_hour_and_a_quiet_moment_or_three_hours(minutes: int, wrote: int, due: bool) -> None:
    assert RULES.due(minutes * MINUTE, 0, wrote * MINUTE) is due


def test_once_an_hour_while_nobody_works(counter: Counter, saved: Backups, ticks: Ticks) -> None:
    assert saved.by_itself() is None
    ticks.now = 61 * MINUTE
    something_happens(counter)
    assert saved.by_itself() is None, "somebody is at work"
    ticks.now += 2 * MINUTE
    made = saved.by_itself()
    assert made is not None
    assert made.verified
    ticks.now += 70 * MINUTE
    assert saved.by_itself() is None, "nothing new since"
    something_happens(counter)
    assert saved.by_itself() is None
    ticks.now += 60 * MINUTE
    assert saved.by_itself() is not None
    assert len(saved.rows()) == 2


def test_a_kept_file_without_an_entry_is_something_new(
    counter: Counter, saved: Backups, ticks: Ticks
) -> None:
    saved.make()
    ticks.now = 61 * MINUTE
    counter.work.kept_files("scans").put(b"brought to the desk")
    counter.work.changed("signing")
    ticks.now += 2 * MINUTE
    made = saved.by_itself()
    assert made is not None
    assert made.files == 1
    counter.work.kept_files("scans").drop(counter.work.kept_files("scans").names()[0])


def test_a_row_tells_its_files(counter: Counter, saved: Backups) -> None:
    name = counter.work.kept_files("scans").put(b"page")
    made = saved.make()
    assert (made.files, made.files_size, made.faulty) == (1, len(b"page") + 28, 0)
    assert saved.rows()[0] == made
    (counter.folder / "scans" / f"{name}.sealed").write_bytes(b"rubbish")
    (copy,) = Paths(counter.folder).backups.glob(f"*.files/*/{name}.sealed")
    copy.unlink()
    assert saved.make().faulty == 1
    counter.work.kept_files("scans").drop(name)
    with counter.store.write() as connection:  # as an earlier version noted it
        device.put_setting(connection, VERIFIED + Path(made.path).name, str(made.at))
    assert saved.rows()[-1].verified


def test_a_trial_tells_its_files_and_names_bad_ones(counter: Counter, saved: Backups) -> None:
    name = counter.work.kept_files("scans").put(b"page")
    made = saved.make()
    assert "1 tệp mở được." in saved.try_restore(Path(made.path))
    (copy,) = Paths(counter.folder).backups.glob(f"*.files/*/{name}.sealed")
    copy.unlink()
    assert f"1 tệp hỏng hoặc thiếu: scans/{name[:8]}…" in saved.try_restore(Path(made.path))
    counter.work.kept_files("scans").drop(name)


def test_another_place_is_tried_before_it_counts(counter: Counter, saved: Backups, tmp_path: Path) -> None:
    assert saved.place().chosen is False
    assert "cùng ổ đĩa" in saved.choose(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    place = saved.place()
    assert (place.path, place.chosen, place.free > 0, place.trouble) == (str(tmp_path), True, True, "")
    assert Path(saved.make().path).parent == tmp_path
    with pytest.raises(DomainError) as inside:
        saved.choose(str(counter.folder / "scans"))
    assert inside.value.code == "backup.inside"
    with pytest.raises(OutsideError) as gone:
        saved.choose(str(tmp_path / "none"))
    assert gone.value.code == "backup.gone"
    assert saved.place().path == str(tmp_path)
    assert saved.choose("") == "Sao lưu ghi cạnh kho dữ liệu."
    assert saved.place().chosen is False


def test_a_pulled_stick_is_told_and_never_written_onto_the_own_disk(
    counter: Counter, saved: Backups, ticks: Ticks, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    saved.choose(str(stick))
    stick.rmdir()
    something_happens(counter)
    ticks.now = 63 * MINUTE
    with counter.store.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()
    assert saved.by_itself() is None
    assert not stick.exists()
    place = saved.place()
    assert (place.free, "Không thấy nơi lưu" in place.trouble) == (0, True)
    something_happens(counter)
    with counter.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one() > before
    stick.mkdir()
    saved.make()
    assert saved.place().trouble == ""


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "backup.full"), (errno.EROFS, "backup.read_only"), (errno.EIO, "backup.folder")],
)
def test_what_a_place_refuses_is_told_with_a_way_out(
    saved: Backups, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(keeping, "write_flushed", refuse)
    with pytest.raises(OutsideError) as told:
        saved.make()
    assert told.value.code == code
    assert told.value.words("vi").remedy
    assert told.value.words("en").remedy
    assert told.value.words("vi").title in saved.place().trouble
    assert saved.rows() == ()
    assert not list(saved.folder.glob("*.part"))


def test_a_full_place_under_the_stores_copy_is_the_places_fault(
    saved: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says that the disk is full: the stick is, not the PC."""
    monkeypatch.setattr(keeping, "_to_disk", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OutsideError) as told:
        saved.make()
    assert told.value.code == "backup.full"


def test_a_backup_that_does_not_prove_itself_is_told_at_the_self_test_too(
    saved: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad(*_: object) -> dict[int, int]:
        raise StoreError("backup.bad")

    monkeypatch.setattr(keeping, "verify", bad)
    with pytest.raises(StoreError):
        saved.make()
    assert saved.place().trouble.startswith("Bản sao lưu không dùng được.")


def test_a_noted_code_of_another_version_still_has_words() -> None:
    assert backup_words.of_code("backup.tape_torn").code == "backup.folder"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder that refuses its owner")
def test_a_folder_without_rights_is_refused(saved: Backups, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutsideError) as told:
        saved.choose(str(tmp_path))
    assert told.value.code == "backup.read_only"
