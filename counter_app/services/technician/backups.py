"""Backups of this PC: made by hand, at closing and by themselves; opened, checked, rehearsed, listed."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.dates import short_date, vn_datetime
from counter_app.errors import OutsideError
from counter_app.paths import Paths
from counter_app.services.exchange.line import tick_ms
from counter_app.services.ports.saying import counted, say, spoken
from counter_app.services.ports.technician import BackupPlace, BackupRow
from counter_app.services.technician import backup_words
from counter_app.services.technician.backup_rules import BackupRules, shipped_backup_rules
from counter_app.services.workplace import Workplace
from counter_app.storage.keeping import backup, restore
from counter_app.storage.keeping.backup import Backup, Series
from counter_app.storage.keeping.kept_copies import KeptHome
from counter_app.storage.queries.exchange import sync_counts
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.flushed import write_flushed

FOLDER = "backup.folder"
"""Setting: a second disk or stick where backups go; "" is beside the store."""
VERIFIED = "backup.verified."
"""Setting by file: what this PC saw when it proved a backup."""
TROUBLE = "backup.trouble"
"""Setting: the words in which the last backup failed, "" after one that worked."""
PROBE = "commune-counter.try"


@dataclass
class Backups:
    """Backups of the open store. ``ticks`` counts ms of this run and never goes back."""

    work: Workplace
    paths: Paths
    rules: BackupRules = field(default_factory=shipped_backup_rules)
    ticks: Callable[[], int] = tick_ms
    _tried: int = 0
    _wrote: int = 0
    _entries: int = -1
    _making: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """The first backup by itself comes an hour after the start; what is written meanwhile is noticed."""
        self._tried = self._wrote = self.ticks()
        self.work.on_change(self._note_change)

    @property
    def folder(self) -> Path:
        """Where backups go."""
        with self.work.store.read() as connection:
            chosen = device.setting(connection, FOLDER)
        return Path(chosen) if chosen else self.paths.backups

    @property
    def label(self) -> str:
        """How this PC's files begin: unit and counter, as those of its bundles."""
        place = self.work.place
        return f"{place.unit}-quay{place.counter_number:02d}"

    def make(self, *, thorough: bool = True) -> BackupRow:
        """Backup now: written, opened, every chain and signature checked; kept files beside it.

        ``thorough`` opens all its files again, else those it copied. What goes wrong is noted for the
        self-test. Raises ``StoreError``, ``OutsideError`` ``backup.*`` for a folder that does not take it.
        """
        with self._making:
            self._tried = self.ticks()
            try:
                made = self._made(thorough)
            except OSError as error:
                refused = backup_words.refused(error)
                self._note_trouble(refused.code)
                raise refused from error
            except StoreError as error:
                self._note_trouble(error.code)
                raise
        with self.work.store.write() as connection:
            device.put_setting(connection, VERIFIED + made.path.name, _noted(made))
            device.put_setting(connection, TROUBLE, "")
        self.work.changed("backups")
        return self._row(made.path, _noted(made))

    def _made(self, thorough: bool) -> Backup:
        with self.work.store.read() as connection:
            proved = device.settings_of(connection, VERIFIED)
            entries = sync_counts(connection).saved
        older = {name.removeprefix(VERIFIED) for name in proved}
        if not self._place_is_there():
            raise FileNotFoundError(str(self.folder))
        home = KeptHome(self.paths.home, self.work.files_keys(), self.work.device_secret)
        series = Series(self.label, older, self.rules.keep, home, thorough)
        made = backup.back_up(self.work.store, self.folder, self.work.clock.now(), series)
        self._entries = entries
        return made

    def _place_is_there(self) -> bool:
        """A chosen folder is never made: where a stick was pulled, its mount point is the PC's own disk."""
        return self.folder == self.paths.backups or self.folder.is_dir()

    def after_closing(self) -> None:
        """The backup that belongs to a day's closing. Raises as ``make``."""
        self.make(thorough=False)

    def by_itself(self) -> BackupRow | None:
        """A backup if one is due, something was written since the last, and nobody is at work just now.

        Called every now and then from a thread beside the screens. What fails is noted and tried again after
        the same while; the journal is not touched by it.
        """
        now = self.ticks()
        if not self.rules.due(now, self._tried, self._wrote):
            return None
        try:
            if not self._something_new():
                self._tried = now
                return None
            return self.make(thorough=False)
        except OutsideError:
            self.work.changed("backups")
            return None

    def _something_new(self) -> bool:
        with self.work.store.read() as connection:
            entries = sync_counts(connection).saved
        return entries != self._entries or self._wrote > self._tried

    def _note_change(self, areas: frozenset[str]) -> None:
        if areas - {"backups"}:
            self._wrote = self.ticks()

    def _note_trouble(self, code: str) -> None:
        with suppress(StoreError), self.work.store.write() as connection:
            device.put_setting(connection, TROUBLE, code)

    def place(self) -> BackupPlace:
        """Where backups go, whether that is another disk, what room is there, and what went wrong last."""
        folder = self.folder
        with self.work.store.read() as connection:
            code = device.setting(connection, TROUBLE)
        there = folder if folder.exists() else self.paths.home
        return BackupPlace(
            str(folder), folder != self.paths.backups, _same_disk(there, self.paths.home),
            shutil.disk_usage(there).free if self._place_is_there() else 0,
            backup_words.of_code(code).words(spoken()).sentence if code else "",
        )  # fmt: skip

    def choose(self, path: str) -> str:
        """Backups go into a folder on another disk, a stick or a share; "" beside the store again.

        The folder is tried first. Raises DomainError ``backup.inside``, ``OutsideError`` ``backup.*``.
        """
        folder = Path(path) if path else self.paths.backups
        if path:
            if folder.resolve().is_relative_to(self.paths.home.resolve()):
                raise backup_words.inside()
            _try(folder)
        with self.work.store.write() as connection:
            device.put_setting(connection, FOLDER, path)
            device.put_setting(connection, TROUBLE, "")
        self.work.changed("backups")
        if not path:
            return say("Sao lưu ghi cạnh kho dữ liệu.", "Backups lie beside the store.")
        if _same_disk(folder, self.paths.home):
            return say(
                "Sao lưu ghi vào thư mục này. Nơi này cùng ổ đĩa với kho: đĩa hỏng thì mất cả hai.",
                "Backups go into this folder. It is on the same disk as the store: a broken disk costs both.",
            )
        return say("Sao lưu ghi vào nơi này từ nay.", "Backups go there from now on.")

    def rows(self) -> tuple[BackupRow, ...]:
        """Backups in the folder, newest first; checked ones are those this store saw proved."""
        with self.work.store.read() as connection:
            proved = device.settings_of(connection, VERIFIED)
        return tuple(
            self._row(path, proved.get(VERIFIED + path.name))
            for path in backup.backups_in(self.folder, self.label)
        )

    def _row(self, path: Path, noted: str | None) -> BackupRow:
        at = backup.taken_at(path)
        files, size, faulty = _read_note(noted or "")
        return BackupRow(
            str(path), at, path.stat().st_size, noted is not None, _words(at, noted is not None), files, size,
            faulty,
        )  # fmt: skip

    def try_restore(self, path: Path) -> str:
        """Rehearse a whole restore, store and files, in a folder that is removed; changes nothing.

        Raises ``StoreError`` ``backup.bad``.
        """
        trial = self.paths.trials / f"{path.stem}.trial"
        done = restore.drill(path, self.work.store.key, trial, self.work.clock.now())
        entries, journals = sum(done.positions.values()), len(done.positions)
        told = say(
            f"Khôi phục thử được: {entries} mục của {journals} nhật ký, chuỗi và chữ ký đúng;"
            f" {done.files.files} tệp mở được.",
            f"The trial restore works: {counted(entries, 'item', 'items')} of"
            f" {counted(journals, 'journal', 'journals')}, chain and signatures hold;"
            f" {counted(done.files.files, 'file opens', 'files open')}.",
        )
        if not done.files.faulty:
            return told
        names = ", ".join(backup_words.short_name(one) for one in done.files.faulty[:5])
        return told + say(
            f" {len(done.files.faulty)} tệp hỏng hoặc thiếu: {names}. Sao lưu lại (F9) để bù.",
            f" {len(done.files.faulty)} damaged or missing: {names}. Back up again (F9) to make up for them.",
        )

    def check(self, path: Path) -> dict[int, int]:
        """How far a backup holds each journal; raises ``StoreError`` ``backup.bad``."""
        return backup.verify(path, self.work.store.key)


def _noted(made: Backup) -> str:
    """What is remembered of a proved backup: moment, files, their bytes, how many of them were not good."""
    held = made.files
    return json.dumps([made.at, held.files, held.size, len(held.faulty) + held.left])


def _read_note(noted: str) -> tuple[int, int, int]:
    """Files, bytes and faulty ones of a note; notes of earlier versions were the moment alone."""
    found = json.loads(noted) if noted.startswith("[") else []
    files, size, faulty = found[1:4] if len(found) >= 4 else (0, 0, 0)
    return int(files), int(size), int(faulty)


def _try(folder: Path) -> None:
    """Write a little into a folder and take it away. Raises ``OutsideError`` ``backup.*``."""
    probe = folder / PROBE
    try:
        write_flushed(probe, b"commune-counter")
        probe.unlink()
    except OSError as error:
        raise backup_words.refused(error) from error


def _same_disk(one: Path, two: Path) -> bool:
    try:
        return one.stat().st_dev == two.stat().st_dev
    except OSError:
        return False


def _words(at: int, proved: bool) -> str:
    moment = vn_datetime(at)
    when = f"{short_date(moment.date())} {moment:%H:%M}"
    if proved:
        return say(f"Đã kiểm tra {when}", f"Checked {when}")
    return say(f"Chưa kiểm tra trên máy này ({when})", f"Not checked on this PC ({when})")
