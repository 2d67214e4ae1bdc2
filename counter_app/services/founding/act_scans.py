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
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.kept_files import KeptFiles

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
        """True when the pages of a scan lie on this PC."""
        return self.files.has(device.setting(connection, PAGES_OF + digest.hex()))

    def pages(self, digest: bytes) -> tuple[bytes, ...]:
        """The first ``MOST_SHOWN`` pages as PNG. Raises DomainError ``act_scan.elsewhere``."""
        with self.work.store.read() as connection:
            name = device.setting(connection, PAGES_OF + digest.hex())
        pdf = self.files.get(name) if name else None
        if pdf is None:
            raise _elsewhere()
        return tuple(preview_png(pdf, page) for page in range(min(page_count(pdf), MOST_SHOWN)))


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


def _elsewhere() -> DomainError:
    return DomainError(
        "Ảnh văn bản không có trên máy này.", "Ảnh nằm ở máy đã ghi văn bản; nội dung văn bản vẫn đầy đủ.",
        "Chép tệp sang (Ctrl+O), hoặc xem ở máy đó.", "scan", code="act_scan.elsewhere",
        title_en="The scan is not on this PC.",
        meaning_en="It lies on the PC that recorded the act; what the act says is here in full.",
        remedy_en="Bring the file (Ctrl+O), or look at it there.",
    )  # fmt: skip
