"""What goes wrong with a place for backups, in words, by what the system said."""

from __future__ import annotations

import errno
from typing import Final

from counter_app.domain.errors import DomainError, Words
from counter_app.errors import OutsideError
from counter_app.storage.store_errors import CODES, StoreError

_REST: Final = (
    "Kho dữ liệu vẫn nguyên, việc đang làm không bị ảnh hưởng.",
    "The store is whole, and the work goes on.",
)
_SAID: Final = {
    "backup.full": (
        Words(
            "Nơi lưu bản sao lưu đã đầy.", _REST[0],
            "Xóa bớt tệp khác ở nơi lưu, hoặc chọn nơi khác (trang Sao lưu), rồi nhấn F9.",
        ),
        Words(
            "The place for backups is full.", _REST[1],
            "Delete other files there, or choose another place (Backup page), then press F9.",
        ),
    ),
    "backup.gone": (
        Words(
            "Không thấy nơi lưu bản sao lưu.", f"USB đã rút hoặc ổ mạng không nối. {_REST[0]}",
            "Cắm lại USB hoặc chọn nơi khác (trang Sao lưu), rồi nhấn F9.",
        ),
        Words(
            "The place for backups is not there.", f"The stick is gone or the share is away. {_REST[1]}",
            "Put the stick back or choose another place (Backup page), then press F9.",
        ),
    ),
    "backup.read_only": (
        Words(
            "Nơi lưu bản sao lưu không cho ghi.", f"USB bị khóa ghi hoặc không có quyền. {_REST[0]}",
            "Mở khóa ghi của USB, hoặc chọn nơi khác (trang Sao lưu), rồi nhấn F9.",
        ),
        Words(
            "The place for backups cannot be written.",
            f"The stick is locked, or the right is missing. {_REST[1]}",
            "Unlock the stick or choose another place (Backup page), then press F9.",
        ),
    ),
    "backup.folder": (
        Words(
            "Không ghi được bản sao lưu vào nơi đã chọn.", f"Nơi lưu báo lỗi khi ghi. {_REST[0]}",
            "Cắm lại USB hoặc chọn nơi khác (trang Sao lưu), rồi sao lưu lại.",
        ),
        Words(
            "The backup cannot be written where it should go.", f"The place fails on writing. {_REST[1]}",
            "Put the stick back or choose another place (Backup page), then back up again.",
        ),
    ),
}  # fmt: skip
_BY_NUMBER: Final = {
    errno.ENOSPC: "backup.full", errno.EDQUOT: "backup.full", errno.EFBIG: "backup.full",
    errno.ENOENT: "backup.gone", errno.ENOTDIR: "backup.gone", errno.ENODEV: "backup.gone",
    errno.ENXIO: "backup.gone", errno.EROFS: "backup.read_only", errno.EACCES: "backup.read_only",
    errno.EPERM: "backup.read_only",
}  # fmt: skip


def refused(error: OSError) -> OutsideError:
    """The words for what a place answered."""
    return of_code(_BY_NUMBER.get(error.errno or _errno_of(error), "backup.folder"), type(error).__name__)


def of_code(code: str, detail: str = "") -> OutsideError:
    """The words of a code that was noted; one of another version is told as a place that fails."""
    if code in CODES:
        return StoreError(code, detail)
    known = code if code in _SAID else "backup.folder"
    return OutsideError(known, *_SAID[known], detail)


def inside() -> DomainError:
    """A folder of the program itself is no second place."""
    return DomainError(
        "Chọn nơi ngoài thư mục của chương trình.", "Bản sao lưu để cùng chỗ với kho thì mất cùng nhau.",
        "Chọn USB, ổ đĩa thứ hai hoặc thư mục chia sẻ.", code="backup.inside",
        title_en="Choose a place outside the program's folder.",
        meaning_en="A backup beside the store is lost together with it.",
        remedy_en="Choose a stick, a second disk or a share.",
    )  # fmt: skip


def short_name(faulty: str) -> str:
    """``scans/3f2a91c0…`` of ``scans/<64 digits>``: enough to find it, no names of people in it."""
    folder, _, name = faulty.partition("/")
    return f"{folder}/{name[:8]}…"


def _errno_of(error: OSError) -> int:
    return errno.ENOENT if isinstance(error, FileNotFoundError) else 0
