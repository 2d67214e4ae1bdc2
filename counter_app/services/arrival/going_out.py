"""Everything out again: registers, dossiers, receipts, officials, delegations and acts as Excel and PDF.

A unit that leaves the program, or that a court asks, needs nothing of it to read its own work. The files are
written into a folder of their own that gets its name with the last of them: half an export never looks whole.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.printing.formats import hour_and_date
from counter_app.printing.forms import plain_table, year_book
from counter_app.printing.forms.plain_table import PlainTable
from counter_app.services.arrival import unfinished, whole_lists
from counter_app.services.arrival.unfinished import PART
from counter_app.services.ports import reads
from counter_app.services.registers.desk_of_books import collector_rests
from counter_app.services.registers.year_read import book_paper, read_year
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import registers as register_queries
from sync.flushing import flush_folder

INDEX = "MUC-LUC.txt"
Step = Callable[[str, int, int], None]
"""Told before each list: what comes, how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class OutFile:
    """One file as the index has it."""

    name: str
    what: str
    rows: int
    digest: str


@dataclass
class GoingOut:
    """Everything, once, into a new folder below ``folder``."""

    work: Workplace
    desk: Desk
    folder: Path
    tell: Step = lambda what, done, total: None
    stopped: bool = False
    """Set by whoever waits: the next list is not begun, what was written is removed."""
    _files: list[OutFile] = field(default_factory=list)

    def run(self) -> tuple[Path, tuple[OutFile, ...]]:
        """Write; the folder and its files.

        Raises DomainError ``export.folder``, ``export.exists``, ``export.disk``, ``export.stopped``,
        ``role.*``.
        """
        roles.require(self.desk.require(), roles.READ_PEOPLE)
        if not self.folder.is_dir():
            raise _absent(self.folder)
        moment = vn_datetime(self.work.now())
        target = self.folder / f"toan-bo-{self.work.place.unit}-{moment:%Y%m%d-%H%M}"
        part = target.with_name(target.name + PART)
        unfinished.sweep(self.work)
        if target.exists() or part.exists():
            raise _exists(target)
        unfinished.note(self.work, part.absolute())  # before the first byte lies there in plain
        try:
            part.mkdir()
            with collector_rests():
                self._write(part)
            flush_folder(part)
            part.replace(target)
            flush_folder(self.folder)
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise _full(self.folder, error) from error
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        finally:
            unfinished.forget(self.work, part.absolute())
        return target, tuple(self._files)

    def _write(self, part: Path) -> None:
        with self.work.store.read() as connection:
            years = register_queries.register_years(connection)
        lists = whole_lists.LISTS
        total, done = len(years) + len(lists), 0
        for row in years:
            self._step(f"{row.symbol} {row.year}", done, total)
            self._register(part, row.register, row.year)
            done += 1
        for name, make, pdf in lists:
            self._step(name, done, total)
            self._list(part, name, make(self.work), pdf=pdf)
            done += 1
        self._index(part)
        self.tell(INDEX, total, total)

    def _step(self, what: str, done: int, total: int) -> None:
        if self.stopped:
            raise DomainError(
                "Đã dừng xuất.", "Không để lại tệp nào.", "Xuất lại khi cần.", code="export.stopped",
                title_en="The export was stopped.", meaning_en="No file is left.",
                remedy_en="Export again when needed.",
            )  # fmt: skip
        self.tell(what, done, total)

    def _register(self, part: Path, kind: str, year: int) -> None:
        """One register-year: its book as PDF with everything that was pasted in, its lines as Excel."""
        with self.work.store.read() as connection:
            read = read_year(connection, self.work, year, kind)
            paper = book_paper(connection, self.work, read, self.work.now())
        self.desk.saw(reads.EXPORT_ALL, [read.state.id], shown=len(read.rows), reason=f"{kind} {year}")
        name, title = f"so-{kind}-{year}", f"Sổ {read.state.symbol} năm {year}"
        self._put(part, f"{name}.pdf", title, len(read.rows), year_book.render(paper, lambda: None))
        table = whole_lists.register_table(self.work, read)
        self._put(part, f"{name}.xlsx", title, len(read.rows), plain_table.render_excel(table))

    def _list(self, part: Path, name: str, table: PlainTable, *, pdf: bool) -> None:
        self.desk.saw(reads.EXPORT_ALL, (), shown=len(table.rows), reason=name)
        title = table.title.capitalize()
        self._put(part, f"{name}.xlsx", title, len(table.rows), plain_table.render_excel(table))
        if pdf:
            self._put(part, f"{name}.pdf", title, len(table.rows), plain_table.render_pdf(table))

    def _put(self, part: Path, name: str, what: str, rows: int, data: bytes) -> None:
        _flushed(part / name, data)
        self._files.append(OutFile(name, what, rows, hashlib.sha256(data).hexdigest()))

    def _index(self, part: Path) -> None:
        """What there is, with a digest each, so that a file that is lacking or changed is found."""
        _flushed(part / INDEX, "\n".join(self._index_lines()).encode("utf-8"))

    def _index_lines(self) -> Iterator[str]:
        place, person = self.work.place, self.desk.require()
        yield f"TOÀN BỘ DỮ LIỆU CỦA {place.title.upper()} TRÊN {place.counter_name}"
        yield f"Xuất lúc {hour_and_date(vn_datetime(self.work.now()))}, người xuất: {person.name}"
        if place.practice:
            yield "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ"
        yield ""
        for one in self._files:
            yield f"{one.name}\t{one.what}\t{one.rows} dòng\tSHA-256 {one.digest}"
        yield ""
        yield "Lịch sử các việc chỉ có dạng Excel. Hồ sơ gốc, sổ giấy và bản quét lưu riêng."


def _flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _absent(folder: Path) -> DomainError:
    return DomainError(
        f"Không có thư mục {folder.name or folder}.", "", "Tạo thư mục hoặc cắm USB, rồi xuất lại.", "out",
        code="export.folder", title_en=f"There is no folder {folder.name or folder}.",
        remedy_en="Make the folder or plug the stick in, then export again.",
    )  # fmt: skip


def _exists(target: Path) -> DomainError:
    return DomainError(
        f"Đã có {target.name} ở đó.", "Không ghi đè bản xuất nào.", "Chờ một phút, hoặc chọn thư mục khác.",
        "out", code="export.exists", title_en=f"{target.name} is there already.",
        meaning_en="No export is written over.", remedy_en="Wait a minute, or choose another folder.",
    )  # fmt: skip


def _full(folder: Path, error: OSError) -> DomainError:
    return DomainError(
        f"Không ghi được vào {folder.name or folder}.",
        f"Đĩa đầy, USB đã rút, hoặc chỉ đọc: {error.strerror}.",
        "Giải phóng chỗ trống hoặc chọn thư mục khác, rồi xuất lại. Không để lại tệp dở dang.", "out",
        code="export.disk", title_en=f"{folder.name or folder} cannot be written.",
        meaning_en=f"The disk is full, gone or read-only: {error.strerror}.",
        remedy_en="Free some space or choose another folder. Nothing half written is left.",
    )  # fmt: skip
