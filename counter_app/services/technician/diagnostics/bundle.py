"""The diagnostics bundle: a zip of text pages below one megabyte, without personal data (decision 057)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.domain.dates import vn_datetime
from counter_app.services.exchange.line import Line, tick_ms
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import CheckRow
from counter_app.services.technician.diagnostics import sections
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc.flushed import make_folder, write_flushed

MOST_BYTES: Final = 900_000
"""Of all pages together, before they are packed: the zip stays below a megabyte whatever is in them."""
MOST_PAGE: Final = 500_000


def readme() -> str:
    """What a bundle is, for whoever opens it."""
    return say(
        "Gói chẩn đoán của một máy tại quầy (commune-counter).\n\n"
        "Chữ thường, đọc được trước khi gửi. Mỗi giá trị đều đi qua danh sách những gì được phép có ở đây:"
        " số bản, con số, mã, chỗ trong mã nguồn. Không có công dân, cán bộ, mật khẩu, khóa, chữ ai đã gõ,"
        " tên tệp, tên máy in, tên cửa sổ.\n",
        "Diagnostics of one counter PC (commune-counter).\n\n"
        "Plain text, to be read before it is sent. Every value went through a list of what may be here:"
        " versions, numbers, codes, places in the source. No citizen, official, password, key, text that"
        " somebody typed, name of a file, a printer or a window.\n",
    )


@dataclass
class Diagnostics:
    """Makes bundles of this PC; ``doctor`` runs its self-test."""

    work: Workplace
    line: Line
    doctor: Callable[[], tuple[CheckRow, ...]]

    def make(self, rows: tuple[CheckRow, ...] | None = None) -> bytes:
        """A bundle now; ``rows`` of a self-test that has just run. Raises ``StoreError``."""
        began = tick_ms()
        checks = self.doctor() if rows is None else rows
        took = tick_ms() - began
        home = self.work.papers_folder.parent
        with self.work.store.read() as connection:
            pages: dict[str, Sequence[str]] = {
                "about.txt": self._about(),
                "versions.txt": sections.versions(),
                "settings.txt": sections.settings(connection),
                "doctor.txt": sections.doctor(checks),
                "journals.txt": sections.journals(connection),
                "sync.txt": sections.sync(connection, self.line),
                "counts.txt": sections.counts(connection),
                "disk.txt": sections.disk(self.work),
            }
        pages["timings.txt"] = [*sections.timings(self.work), f"doctor: {took}"]
        pages["crashes.txt"] = sections.crashes(home)
        pages["log.jsonl"] = sections.log(home)
        return pack(pages)

    def write(self, folder: Path) -> Path:
        """A bundle as a file in ``folder``; returns its path. Raises OSError, ``StoreError``."""
        place, when = self.work.place, vn_datetime(self.work.now())
        name = f"chan-doan-{place.unit}-quay{place.counter_number:02d}-{when:%Y%m%d-%H%M%S}.zip"
        data = self.make()
        make_folder(folder)
        write_flushed(folder / name, data)
        return folder / name

    def _about(self) -> list[str]:
        place = self.work.place
        return [
            f"unit: {place.unit}", f"counter: {place.counter_number}", f"journal: {self.work.journal}",
            f"practice: {'yes' if place.practice else 'no'}", f"made: {sections.moment(self.work.now())}",
        ]  # fmt: skip


def write_without_store(home: Path, folder: Path, code: str, at: int) -> Path:
    """What is known of a PC whose store does not open (``code`` says why), at ``at`` (ms). Raises OSError."""
    data = pack({
        "about.txt": [f"store: {code if code.replace('.', '_').isidentifier() else 'other'}"],
        "versions.txt": sections.versions(),
        "crashes.txt": sections.crashes(home),
        "log.jsonl": sections.log(home),
    })  # fmt: skip
    make_folder(folder)
    path = folder / f"chan-doan-{vn_datetime(at):%Y%m%d-%H%M%S}.zip"
    write_flushed(path, data)
    return path


def pack(pages: Mapping[str, Sequence[str]]) -> bytes:
    """The zip: a page longer than its share loses its oldest lines, and the pages' digests come last."""
    room = MOST_BYTES
    texts = {"README.txt": readme().encode()}
    for name, lines in pages.items():
        text = _newest(lines, min(MOST_PAGE, room))
        room -= len(text)
        texts[name] = text
    digests = "".join(f"{hashlib.sha256(text).hexdigest()}  {name}\n" for name, text in texts.items())
    texts["SHA256SUMS"] = digests.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in texts.items():
            file.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _newest(lines: Sequence[str], most: int) -> bytes:
    kept: list[bytes] = []
    size = 0
    for line in reversed(lines):
        data = line.encode() + b"\n"
        if size + len(data) > most:
            break
        kept.append(data)
        size += len(data)
    return b"".join(reversed(kept))
