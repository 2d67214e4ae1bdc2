"""Lists of people as they come: pasted cells, .csv in the usual encodings, .xlsx. Nothing is believed.

A file is a stranger's: its size, what it unpacks to, its rows and cells are bounded before anything is made
of them; formulas stay text.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc

MAX_LINES = 2_000
MAX_FILE = 8 * 2**20
MAX_UNPACKED = 24 * 2**20
MAX_PARTS = 400
MAX_COLUMNS = 60
MAX_CELL = 300
_DELIMITERS = "\t;,"

Lines = list[tuple[int, tuple[str, ...]]]


def read_text(text: str) -> Lines:
    """Cells pasted from a spreadsheet. Raises DomainError ``sheet.empty``, ``sheet.long``, ``sheet.size``."""
    if len(text) > MAX_FILE:
        raise _too_big()
    return _bounded(enumerate(_cells_of(text), 1))


def read_file(path: Path, most: int = MAX_LINES) -> Lines:
    """An .xlsx or .csv file by its content, at most ``most`` lines.

    Raises DomainError ``sheet.kind``, ``sheet.damaged``, ``sheet.unreadable`` or those of ``read_text``.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise _too_big()
        content = path.read_bytes()
    except OSError as error:
        raise DomainError(
            f"Không mở được tệp “{path.name}”.", error.strerror or "", "Kiểm tra USB hoặc chép tệp vào máy.",
            code="sheet.unreadable", title_en=f"File “{path.name}” cannot be opened.",
            remedy_en="Check the stick, or copy the file to this PC.",
        ) from error  # fmt: skip
    if content[:4] == b"PK\x03\x04":
        return _bounded(_workbook(content, path.name, most), most)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or path.suffix.lower() in (".xls", ".ods", ".pdf"):
        raise _other_kind(path.name)
    return _bounded(enumerate(_cells_of(_decoded(content, path.name)), 1), most)


def _bounded(rows: Iterable[tuple[int, Iterable[str]]], most: int = MAX_LINES) -> Lines:
    """Rows that hold something, cells trimmed; at most ``most`` of them."""
    found: Lines = []
    for number, row in rows:
        cells = tuple(
            " ".join(nfc(cell[: 4 * MAX_CELL]).split())[:MAX_CELL] for cell in list(row)[:MAX_COLUMNS]
        )
        if any(cells):
            found.append((number, cells))
        if len(found) > most or number > 4 * most:
            raise DomainError(
                f"Danh sách dài hơn {most:,} dòng.".replace(",", "."),
                "Một nhóm nhiều nhất 500 người.", "Tách tệp theo trường hoặc theo lớp, rồi nhập từng tệp.",
                code="sheet.long", title_en=f"The list is longer than {most:,} lines.",
                meaning_en="A group has at most 500 persons.",
                remedy_en="Split the file by school or class and import one after another.",
            )  # fmt: skip
    if not found:
        raise DomainError(
            "Danh sách trống.", remedy="Chọn các ô trong Excel, Ctrl+C, rồi Ctrl+V ở đây.",
            code="sheet.empty",
            title_en="The list is empty.", remedy_en="Select the cells in Excel, Ctrl+C, then Ctrl+V here.",
        )  # fmt: skip
    return found


def _cells_of(text: str) -> Iterator[list[str]]:
    """Rows of delimited text; a cell may hold line ends between quotes."""
    bare = text.lstrip("\ufeff").replace("\0", "")
    reader = csv.reader(io.StringIO(bare, newline=""), delimiter=_delimiter(bare))
    try:
        yield from reader
    except csv.Error as error:
        raise _damaged(str(error)) from error


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first rows into the same number of cells, tab first."""
    rows = [line for line in text.splitlines()[:50] if line.strip()]

    def fits(sign: str) -> int:
        counts = [row.count(sign) for row in rows if row.count(sign)]
        return max((counts.count(count) for count in set(counts)), default=0)

    best = max(_DELIMITERS, key=fits)
    return best if fits(best) else "\t"


def _decoded(content: bytes, name: str) -> str:
    """Text of a .csv: by its mark, else UTF-8, else UTF-16 without a mark, else Windows' Vietnamese."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if content[1:200:2].count(0) > len(content[:200]) // 4:
        return content.decode("utf-16-le", "replace")
    if content.count(0) > 0:
        raise _other_kind(name)
    return nfc(content.decode("cp1258", "replace"))


def _workbook(content: bytes, name: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first sheet that holds any, numbered as in Excel; formulas as their text."""
    _check_archive(content, name)
    import openpyxl  # 0.2 s, only when a file is read

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            rows = sheet.iter_rows(max_row=4 * most + 1, max_col=MAX_COLUMNS, values_only=True)
            held = False
            for number, row in enumerate(rows, 1):
                cells = [_text_of(value) for value in row]
                held = held or any(cells)
                yield number, cells
            if held:
                return
    except DomainError:
        raise
    except Exception as error:  # a stranger's file breaks the reader in ways nobody lists
        raise _damaged(name) from error


def _check_archive(content: bytes, name: str) -> None:
    """Refuse what unpacks to more than it should, is no workbook, or defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_big()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise _other_kind(name)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        _check_start(opened.read(2_000), name)
    except DomainError:
        raise
    except Exception as error:  # also what zlib and lzma raise for a bent stream
        raise _damaged(name) from error


def _check_start(start: bytes, name: str) -> None:
    bare = start.replace(b"\0", b"").lower()
    if b"<!doctype" in bare or b"<!entity" in bare:
        raise _damaged(name)


def _text_of(value: Any) -> str:
    """A cell as people see it: dates as dd/mm/yyyy, whole numbers without a point, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _too_big() -> DomainError:
    return DomainError(
        "Tệp quá lớn để là danh sách người.", f"Nhiều nhất {MAX_FILE // 2**20} MB.",
        "Chép riêng các cột họ tên, số căn cước, ngày sinh sang tệp mới.", code="sheet.size",
        title_en="The file is too large for a list of people.",
        meaning_en=f"At most {MAX_FILE // 2**20} MB.",
        remedy_en="Copy the columns with name, number and birth into a new file.",
    )  # fmt: skip


def _other_kind(name: str) -> DomainError:
    return DomainError(
        f"Chưa đọc được loại tệp “{name}”.", "Đọc được .xlsx và .csv.",
        "Mở bằng Excel, chọn Lưu thành .xlsx; hoặc chọn các ô, Ctrl+C rồi Ctrl+V ở đây.", code="sheet.kind",
        title_en=f"This kind of file is not read: “{name}”.", meaning_en=".xlsx and .csv are.",
        remedy_en="Open it in Excel and save as .xlsx; or select the cells, Ctrl+C, then Ctrl+V here.",
    )  # fmt: skip


def _damaged(detail: str) -> DomainError:
    return DomainError(
        "Tệp danh sách hỏng hoặc có mật khẩu.", detail[:120],
        "Mở bằng Excel rồi lưu lại; hoặc chọn các ô, Ctrl+C rồi Ctrl+V ở đây.", code="sheet.damaged",
        title_en="The file is damaged or protected by a password.", meaning_en=detail[:120],
        remedy_en="Open it in Excel and save it again; or select the cells, Ctrl+C, then Ctrl+V here.",
    )  # fmt: skip
