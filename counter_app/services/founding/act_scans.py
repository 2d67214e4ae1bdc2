"""Scans of written acts: the entry holds the SHA-256, the file lies sealed beside the store of this PC.

The digest is that of the file as it was chosen, so that the same file brought to another counter can be told.
What is shown are its plain pages as the scan child made them: the file itself is never parsed here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from counter_app.devices.scans.reading import ScanFault, read_scan
from counter_app.domain.errors import DomainError
from counter_app.printing.preview import page_count, preview_png
from counter_app.services.attachments.asking import FileWish
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.kept_files import KeptFiles
from sync.protocol.naming.ids import EntryId

FOLDER: Final = "acts"
"""Beside the folder of papers, in the program's data."""
PAGES_OF: Final = "act_scan."
MOST_BYTES: Final = 5_000_000
MOST_SHOWN: Final = 6
"""Pages shown in the panel; an act of delegation has one or two."""


@dataclass(frozen=True)
class ActScans:
    """The scanned acts of this PC."""

    work: Workplace

    @property
    def files(self) -> KeptFiles:
        """Where they lie."""
        return self.work.kept_files(FOLDER)

    def take(self, path: str, expected: bytes = b"") -> bytes:
        """Keep a chosen file; returns its SHA-256. ``expected``: no other file than that one.

        Raises ``ScanFault`` ``scan.*``, DomainError ``act_scan.large``, ``.other``, ``.unwritable``.
        """
        data = _bytes_of(path)
        digest = hashlib.sha256(data).digest()
        if expected and digest != expected:
            raise _other()
        pages = read_scan(path).pdf
        try:
            self.files.put(data)
            name = self.files.put(pages)
        except OSError as error:
            raise _unwritable() from error
        with self.work.store.write() as connection:
            device.put_setting(connection, PAGES_OF + digest.hex(), name)
        return digest

    def has(self, connection: Connection, digest: bytes) -> bool:
        """True when a scan lies on this PC: its pages, or the file as it came from the province."""
        pages = device.setting(connection, PAGES_OF + digest.hex())
        return self.files.has(pages) or self.files.has(digest.hex())

    def pages(self, digest: bytes, act: EntryId) -> tuple[bytes, ...]:
        """The first ``MOST_SHOWN`` pages as PNG; the scan of another PC's act is asked for at the province.

        Raises DomainError ``act_scan.elsewhere``, ``.unwritable``, ``ScanFault`` for a file that came.
        """
        with self.work.store.read() as connection:
            name = device.setting(connection, PAGES_OF + digest.hex())
        pdf = (self.files.get(name) if name else None) or self._of_what_came(digest)
        if pdf is None:
            raise _elsewhere(FileWish(self.work).ask(digest, FOLDER, act))
        return tuple(preview_png(pdf, page) for page in range(min(page_count(pdf), MOST_SHOWN)))

    def _of_what_came(self, digest: bytes) -> bytes | None:
        """The plain pages of a file that came whole from the province, made here as for a chosen one."""
        if not self.files.has(digest.hex()):
            return None
        try:
            with self.files.opened(digest.hex()) as path:
                pages = read_scan(str(path)).pdf
            name = self.files.put(pages)
        except FileNotFoundError:  # there, and not as it was
            return None
        except OSError as error:
            raise _unwritable() from error
        with self.work.store.write() as connection:
            device.put_setting(connection, PAGES_OF + digest.hex(), name)
        return pages


def _bytes_of(path: str) -> bytes:
    try:
        with Path(path).open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise ScanFault("scan.missing", type(error).__name__) from error
    if len(data) > MOST_BYTES:
        raise DomainError(
            f"Ảnh văn bản lớn hơn {MOST_BYTES // 1_000_000} MB.", "Tệp chưa được nhận.",
            "Quét lại ở 200 dpi, màu xám, rồi chọn tệp đó.", "scan", code="act_scan.large",
            title_en=f"The scan of the act is larger than {MOST_BYTES // 1_000_000} MB.",
            meaning_en="It was not taken.", remedy_en="Scan again at 200 dpi, grey, and choose that file.",
        )  # fmt: skip
    return data


def _other() -> DomainError:
    return DomainError(
        "Tệp này không phải ảnh của văn bản đã ghi.", "Mã kiểm tra của tệp khác với mã trong sổ.",
        "Chép đúng tệp từ máy đã ghi văn bản.", "scan", code="act_scan.other",
        title_en="This file is not the scan of the act.",
        meaning_en="Its digest differs from the one that was recorded.",
        remedy_en="Copy the very file from the PC that recorded the act.",
    )  # fmt: skip


def _unwritable() -> DomainError:
    return DomainError(
        "Không giữ được ảnh văn bản trên máy này.", "Đĩa đầy hoặc không có quyền ghi.",
        "Xóa bớt tệp trên đĩa, rồi chọn lại.", "scan", code="act_scan.unwritable",
        title_en="The scan cannot be kept on this PC.", meaning_en="The disk is full or may not be written.",
        remedy_en="Free some room, then choose it again.",
    )  # fmt: skip


def _elsewhere(where: str) -> DomainError:
    """``where``: what ``FileWish.ask`` said, in the language in use."""
    return DomainError(
        "Ảnh văn bản chưa có trên máy này.", where, "Mở lại sau khi tải xong, hoặc chép tệp sang (Ctrl+O).",
        "scan", code="act_scan.elsewhere", title_en="The scan is not on this PC yet.", meaning_en=where,
        remedy_en="Open it again when it has come, or bring the file (Ctrl+O).",
    )  # fmt: skip
