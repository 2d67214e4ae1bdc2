"""The program's side of the scan child: a chosen file becomes a plain PDF, or is refused in words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.devices.printers import child_environment
from counter_app.devices.scans.child import JPEG, OK, TOO_LONG
from counter_app.domain.errors import Words
from counter_app.errors import OutsideError

MOST_BYTES: Final = 20_000_000
SECONDS: Final = 40.0
CHILD: Final = "counter_app.devices.scans.child"
_MEGABYTE: Final = 1_000_000
_PDF_WITHIN: Final = 1_024
"""A PDF says what it is within its first bytes."""

_AGAIN = "Quét lại bản chính thành PDF hoặc JPEG, rồi chọn tệp đó."
_AGAIN_EN = "Scan the original again as PDF or JPEG, then choose that file."
_WORDS: Final = {
    "scan.missing": (
        ("Không đọc được tệp đã chọn.", "Tệp đã bị chuyển hoặc xóa, hoặc không có quyền đọc.", _AGAIN),
        ("The chosen file cannot be read.", "It was moved or deleted, or may not be read.", _AGAIN_EN),
    ),
    "scan.large": (
        (
            f"Tệp quét lớn hơn {MOST_BYTES // _MEGABYTE} MB.",
            "Tệp này chưa được nhận.",
            "Quét lại ở 200 dpi, màu hoặc xám.",
        ),
        (
            f"The scan is larger than {MOST_BYTES // _MEGABYTE} MB.",
            "It was not taken.",
            "Scan again at 200 dpi, in colour or grey.",
        ),
    ),
    "scan.kind": (
        ("Tệp này không phải PDF hay JPEG.", "Tên tệp không quyết định; nội dung mới tính.", _AGAIN),
        ("This file is no PDF or JPEG.", "Its contents count, not its name.", _AGAIN_EN),
    ),
    "scan.unreadable": (
        ("Không mở được tệp quét.", "Tệp hỏng hoặc đặt mật khẩu.", _AGAIN),
        ("The scan cannot be opened.", "It is damaged or has a password.", _AGAIN_EN),
    ),
    "scan.pages": (
        ("Tệp quét không có trang nào, hoặc quá 200 trang.", "Tệp này chưa được nhận.", _AGAIN),
        ("The scan has no page, or more than 200.", "It was not taken.", _AGAIN_EN),
    ),
}


class ScanFault(OutsideError):
    """A file was not taken; ``code`` is ``scan.`` missing, large, kind, unreadable or pages."""

    def __init__(self, code: str, detail: str = "") -> None:
        vi, en = _WORDS[code]
        super().__init__(code, Words(*vi), Words(*en), detail)


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that was taken: its pages as a plain PDF."""

    pdf: bytes
    pages: int


def read_scan(path: str, *, command: tuple[str, ...] | None = None, seconds: float = SECONDS) -> Scan:
    """The pages of a PDF or JPEG file. Raises ``ScanFault``; the file is never parsed in this process."""
    data = _bytes_of(path)
    try:
        done = subprocess.run(
            command or (sys.executable, "-P", "-m", CHILD),
            input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, check=False,
            env={**child_environment(), "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScanFault("scan.unreadable", type(error).__name__) from error
    if done.returncode != OK or not done.stdout.startswith(b"%PDF-"):
        raise ScanFault("scan.pages" if done.returncode == TOO_LONG else "scan.unreadable")
    return Scan(done.stdout, pages_of(done.stdout))


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of the child has, counted in what the child wrote."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _bytes_of(path: str) -> bytes:
    try:
        file = Path(path)
        if file.stat().st_size > MOST_BYTES:
            raise ScanFault("scan.large")
        with file.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise ScanFault("scan.missing", type(error).__name__) from error
    if len(data) > MOST_BYTES:
        raise ScanFault("scan.large")
    if not data.startswith(JPEG) and b"%PDF-" not in data[:_PDF_WITHIN]:
        raise ScanFault("scan.kind")
    return data
