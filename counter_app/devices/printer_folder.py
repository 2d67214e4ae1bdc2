"""The printer that writes PDFs into a folder: for practice, tests, and PCs without a printer."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from counter_app.devices.printers import ACCEPTED, PrintOutcome
from sync.flushing import flush_folder

UNSAFE = frozenset('/\\:*?"<>|')


class FolderPrinter:
    """Writes each paper as one file that is either whole or not there, also after a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """Return the name people see."""
        return f"Thư mục {self._folder.name}"

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> PrintOutcome:
        """Write the PDF under its title; a title used before gets ``-2``, ``-3`` …: nothing is replaced.

        ``copies`` is noted in the name, not repeated.
        """
        safe = (
            "".join("-" if sign in UNSAFE or ord(sign) < 32 else sign for sign in title).strip(". ")
            or "paper"
        )
        stem = f"{safe}-x{copies}" if copies > 1 else safe
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(stem, pdf)
        except OSError as error:
            return PrintOutcome(
                accepted=False,
                problem=f"Không ghi được vào {self.name}. Hồ sơ đã lưu.",
                remedy="Kiểm tra ổ đĩa còn chỗ và quyền ghi, hoặc chọn máy in khác.",
                detail=str(error),
            )
        return ACCEPTED

    def _write(self, stem: str, pdf: bytes) -> None:
        """Write to a temporary file, flush it to the disk, then give it a name that is still free."""
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(pdf)
                stream.flush()
                os.fsync(stream.fileno())
            self._claim(Path(temporary), stem)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        flush_folder(self._folder)

    def _claim(self, temporary: Path, stem: str) -> None:
        """Give the whole paper the first free name; no moment shows an empty or cut file under it."""
        number = 1
        while True:
            wanted = self._folder / (f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf")
            try:
                _name(temporary, wanted)
                return
            except FileExistsError:
                number += 1


def _name(temporary: Path, wanted: Path) -> None:
    """Rename without replacing. Raises FileExistsError, OSError."""
    if os.name != "nt":
        try:
            os.link(temporary, wanted)
        except FileExistsError:
            raise
        except OSError:  # FAT sticks know no second name for a file
            if wanted.exists():
                raise FileExistsError(wanted) from None
        else:
            temporary.unlink()
            return
    os.rename(temporary, wanted)  # Windows refuses a name that is taken
