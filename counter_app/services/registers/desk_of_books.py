"""What every use case of the books stands on: the workplace, who sits there, the printers, files."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.errors import DomainError
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from sync.flushing import flush_folder


@dataclass
class BookDesk:
    """Base of the use cases of the registers' page."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def write_file(self, name: str, content: bytes) -> str:
        """A file among the papers, whole or not at all; returns its path. Raises ``export.disk``."""
        path = self.work.papers_folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(path.suffix + ".part")
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            flush_folder(path.parent)
        except OSError as error:
            raise _not_written(path) from error
        return str(path)


@contextmanager
def collector_rests() -> Iterator[None]:
    """A year's rows hold no cycles; looking through them stops every thread for 60-100 ms each time."""
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()


def _not_written(path: Path) -> DomainError:
    return DomainError(
        f"Không ghi được tệp {path.name}.", "Đĩa đầy, hoặc thư mục không cho ghi.",
        "Giải phóng chỗ trống hoặc chọn thư mục khác, rồi xuất lại.", code="export.disk",
        title_en=f"{path.name} cannot be written.", meaning_en="The disk is full or read-only.",
        remedy_en="Free some space and export again.",
    )  # fmt: skip
