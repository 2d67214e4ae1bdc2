"""Backups of this PC: made, opened and checked; tried as a restore; listed with what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.dates import short_date, vn_datetime
from counter_app.domain.errors import Words
from counter_app.errors import OutsideError
from counter_app.paths import Paths
from counter_app.services.ports.saying import counted, say
from counter_app.services.ports.technician import BackupRow
from counter_app.services.workplace import Workplace
from counter_app.storage.keeping import backup, restore
from counter_app.storage.this_pc import device

FOLDER = "backup.folder"
"""Setting: a second disk or stick where backups go; "" is beside the store."""
VERIFIED = "backup.verified."


@dataclass
class Backups:
    """Backups of the open store."""

    work: Workplace
    paths: Paths

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

    def make(self) -> BackupRow:
        """Backup now: written, opened, every chain and signature checked.

        Raises ``StoreError``, ``OutsideError`` ``backup.folder`` for a folder that does not take it.
        """
        with self.work.store.read() as connection:
            proved = device.settings_of(connection, VERIFIED)
        older = {name.removeprefix(VERIFIED) for name in proved}
        try:
            made = backup.back_up(
                self.work.store, self.folder, self.work.clock.now(), label=self.label, older=older
            )
        except OSError as error:
            raise _no_folder(error) from error
        with self.work.store.write() as connection:
            device.put_setting(connection, VERIFIED + made.path.name, str(made.at))
        self.work.changed("backups")
        return BackupRow(str(made.path), made.at, made.size, True, _words(made.at, True))

    def after_closing(self) -> None:
        """The backup that belongs to a day's closing."""
        self.make()

    def rows(self) -> tuple[BackupRow, ...]:
        """Backups in the folder, newest first; checked ones are those this store saw proved."""
        with self.work.store.read() as connection:
            proved = device.settings_of(connection, VERIFIED)
        return tuple(
            _row(path, VERIFIED + path.name in proved) for path in backup.backups_in(self.folder, self.label)
        )

    def try_restore(self, path: Path) -> str:
        """Restore into a throw-away copy and open it as the program would; changes nothing here.

        Raises ``StoreError`` ``backup.bad``.
        """
        held = restore.try_restore(path, self.work.store.key, self.paths.trials)
        entries, journals = sum(held.values()), len(held)
        return say(
            f"Khôi phục thử được: {entries} mục của {journals} nhật ký, chuỗi và chữ ký đúng.",
            f"The trial restore works: {counted(entries, 'item', 'items')} of"
            f" {counted(journals, 'journal', 'journals')}, chain and signatures hold.",
        )

    def check(self, path: Path) -> dict[int, int]:
        """How far a backup holds each journal; raises ``StoreError`` ``backup.bad``."""
        return backup.verify(path, self.work.store.key)


def _row(path: Path, proved: bool) -> BackupRow:
    at = backup.taken_at(path)
    return BackupRow(str(path), at, path.stat().st_size, proved, _words(at, proved))


def _no_folder(error: OSError) -> OutsideError:
    return OutsideError(
        "backup.folder",
        Words(
            "Không ghi được bản sao lưu vào nơi đã chọn.",
            "USB đã rút, thư mục không có hoặc bị khóa ghi. Kho dữ liệu vẫn nguyên.",
            "Cắm lại USB hoặc chọn nơi khác (trang Sao lưu), rồi sao lưu lại.",
        ),
        Words(
            "The backup cannot be written where it should go.",
            "The stick is gone, the folder is missing or locked. The store is untouched.",
            "Put the stick back or choose another place (Backup page), then back up again.",
        ),
        type(error).__name__,
    )


def _words(at: int, proved: bool) -> str:
    moment = vn_datetime(at)
    when = f"{short_date(moment.date())} {moment:%H:%M}"
    if proved:
        return say(f"Đã kiểm tra {when}", f"Checked {when}")
    return say(f"Chưa kiểm tra trên máy này ({when})", f"Not checked on this PC ({when})")
