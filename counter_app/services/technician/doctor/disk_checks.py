"""Lines about the disk: backups, room, flushes, files that others hold, the folder, temporary files."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Final

from counter_app.devices.machine import disk
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.services.ports.saying import counted, say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, MEND_BACKUP
from counter_app.services.technician.doctor.bench import Bench, Found, megabytes

DAY_MS: Final = 24 * 3_600_000
LOW_BYTES, LOWEST_BYTES = 2_000_000_000, 200_000_000
LOW_TEMPORARY: Final = 500_000_000
TOO_FAST_MS: Final = 0.02
"""A flush that takes less reached no disk: memory, or a device that only says so."""
SLOW_MS, HELD_MS = 150.0, 500.0
_OTHERS: Final = 0o077


def backup_age(bench: Bench) -> Found:
    """The last verified backup is at most a day old, with all its files; the last try did not fail."""
    trouble = bench.backups.place().trouble
    proved = [row for row in bench.backups.rows() if row.verified]
    if not proved:
        words = say("Chưa có bản sao lưu đã kiểm tra.", "There is no checked backup yet.")
        return Found(LOOK, f"{words} {trouble}".strip(), _back_up_now(), MEND_BACKUP)
    newest = proved[0]
    moment, age = vn_datetime(newest.at), bench.work.clock.now() - newest.at
    words = say(
        f"Bản gần nhất {short_date(moment.date())} {moment:%H:%M} ({ago(age)}),"
        f" {newest.files} tệp, đã kiểm tra",
        f"The newest is of {short_date(moment.date())} {moment:%H:%M} ({ago(age)}),"
        f" {counted(newest.files, 'file', 'files')}, checked",
    )
    if trouble:
        return Found(LOOK, words, trouble, MEND_BACKUP)
    if newest.faulty:
        lost = say(
            f"{newest.faulty} tệp không sao lưu được: tệp hỏng hoặc nơi lưu hết chỗ.",
            f"{newest.faulty} could not be backed up: damaged, or no room at the place.",
        )
        return Found(LOOK, words, lost, MEND_BACKUP)
    if age > DAY_MS:
        return Found(LOOK, words, _back_up_now(), MEND_BACKUP)
    return Found(GOOD, words)


def _back_up_now() -> str:
    return say("Sao lưu ngay (trang Sao lưu).", "Back up now (Backup page).")


def ago(age: int) -> str:
    """``chưa đầy 1 giờ``, ``5 giờ trước``, ``3 ngày trước``; ``age`` in ms."""
    hours = max(age, 0) // 3_600_000
    if hours < 1:
        return say("chưa đầy 1 giờ", "less than an hour ago")
    if hours < 48:
        return say(f"{hours} giờ trước", f"{counted(hours, 'hour', 'hours')} ago")
    return say(f"{hours // 24} ngày trước", f"{hours // 24} days ago")


def _home(bench: Bench) -> Path:
    return bench.work.store.path.parent


def free_space(bench: Bench) -> Found:
    """Room on the store's disk."""
    free = shutil.disk_usage(_home(bench)).free
    words = say(f"Còn trống {megabytes(free)}", f"{megabytes(free)} free")
    if free < LOWEST_BYTES:
        return Found(BROKEN, words, say("Xóa bớt tệp ngay.", "Delete files now."))
    if free < LOW_BYTES:
        return Found(LOOK, words, say("Xóa bớt tệp không cần.", "Delete files that are not needed."))
    return Found(GOOD, words)


def flushes(bench: Bench) -> Found:
    """Whether a flush reaches a disk at all, and how long each act waits for it."""
    taken = disk.flush_times(_home(bench))
    middle, slowest = _ms(taken.middle), _ms(taken.slowest)
    words = say(
        f"Ghi xuống đĩa {middle} ms, chậm nhất {slowest} ms",
        f"A flush takes {middle} ms, the slowest {slowest} ms",
    )
    if taken.middle < TOO_FAST_MS:
        return Found(
            LOOK,
            say(f"{words}: nhanh quá mức của đĩa thật.", f"{words}: faster than any real disk."),
            say(
                "Đĩa hoặc máy ảo có thể chưa ghi thật: tắt chế độ ghi đệm, có bộ lưu điện (UPS).",
                "The disk or the virtual machine may not write at once: switch its cache off, use a UPS.",
            ),
        )
    if taken.middle > SLOW_MS:
        return Found(
            LOOK,
            words,
            say(
                "Mỗi lần F9 phải chờ. Kiểm tra sức khỏe ổ đĩa; nên thay bằng SSD.",
                "Every F9 waits for it. Look at the disk's health; better an SSD.",
            ),
        )
    return Found(GOOD, words)


def _ms(taken: float) -> str:
    return f"{taken:.2f}".replace(".", ",") if taken < 10 else f"{taken:.0f}"


def files_held(bench: Bench) -> Found:
    """Files of the data folder are replaced at once: no virus scanner or share holds them."""
    seen = disk.change_times(_home(bench))
    if seen.refused:
        return Found(
            BROKEN,
            say(
                f"{seen.refused}/{disk.CHANGES} lần thay tệp bị từ chối ({seen.cause}).",
                f"{seen.refused} of {disk.CHANGES} replaced files were refused ({seen.cause}).",
            ),
            _exclude(),
        )
    if seen.slowest > HELD_MS:
        return Found(
            LOOK,
            say(f"Một lần thay tệp mất {_ms(seen.slowest)} ms.", f"One took {_ms(seen.slowest)} ms."),
            _exclude(),
        )
    return Found(
        GOOD,
        say(
            f"Thay tệp chậm nhất {_ms(seen.slowest)} ms",
            f"The slowest replaced file took {_ms(seen.slowest)} ms",
        ),
    )


def _exclude() -> str:
    return say(
        "Loại trừ thư mục dữ liệu trong phần mềm diệt virus; không đồng bộ đám mây thư mục này.",
        "Exclude the data folder in the anti-malware program; keep it out of cloud folders.",
    )


def data_folder(bench: Bench) -> Found:
    """The folder takes files, and is its owner's alone where the system knows such rights."""
    folder = _home(bench)
    disk.takes_files(folder)
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
        return Found(
            LOOK,
            say("Người dùng khác của máy mở được thư mục này.", "Other users of this PC can open it."),
            say("Đóng rồi mở lại chương trình: máy tự thu hẹp quyền.", "Start the program again."),
        )
    return Found(GOOD, say("Ghi được, giữ tên tiếng Việt", "Takes files and Vietnamese names"))


def temporary_folder(bench: Bench) -> Found:
    """Printing and signing write there."""
    folder = Path(tempfile.gettempdir())
    remedy = say("Dọn thư mục tạm của hệ điều hành.", "Tidy the system's folder of temporary files.")
    try:
        disk.takes_files(folder)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Found(
            BROKEN,
            say(f"Không ghi được: {error.strerror}.", f"Takes no files: {error.strerror}."),
            remedy,
        )
    words = say(f"Ghi được, còn {megabytes(free)}", f"Takes files, {megabytes(free)} free")
    return Found(LOOK, words, remedy) if free < LOW_TEMPORARY else Found(GOOD, words)
