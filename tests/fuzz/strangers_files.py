"""Files people bring: lists as .csv and .xlsx, pictures with codes, and scans, whose reader is a child."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from pathlib import Path

import openpyxl
from PIL import Image

from counter_app.devices.barcode_reader import PictureRefused, read_codes
from counter_app.devices.scans import child
from counter_app.devices.scans.reading import pages_of
from counter_app.domain.errors import DomainError
from counter_app.services.groups import sheets
from tests.fuzz.target import Act, Target

ROWS = (("STT", "Họ tên", "Số căn cước"), (1, "LÙ TẬP HUẤN", "012190000001"), (2, "=1+1", 20261120))
MOST_SECONDS = 40.0


def _sheet(suffix: str, inside: str = "") -> Act:
    """A file with this ending; ``inside`` a part of a workbook: the bytes stand there, unpacked."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-sheet-")  # gone with the act

    def act(data: bytes) -> object:
        file = Path(folder.name) / f"danh-sach{suffix}"
        file.write_bytes(_with_part(inside, data) if inside else data)
        return sheets.read_file(file)

    return act


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_WORKBOOK = _workbook()


def _with_part(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_WORKBOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, data if part.filename == name else old.read(part))
    return out.getvalue()


def _part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_WORKBOOK)) as book:
        return book.read(name)


def _csv() -> list[bytes]:
    text = "STT;Họ tên;Số căn cước\r\n1;LÙ TẬP HUẤN;012190000001\r\n"
    return [text.encode(), text.encode("utf-16"), text.encode("utf-16-le"), "1,a,b\n".encode("cp1258")]


def _pictures() -> list[bytes]:
    """Small pictures of each kind that is opened, with a code in them."""
    import zxingcpp

    code = zxingcpp.create_barcode("00000002126112000185", zxingcpp.BarcodeFormat.QRCode)
    picture = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=2))
    found = []
    for kind in ("PNG", "JPEG", "TIFF", "BMP", "GIF"):
        out = io.BytesIO()
        picture.convert("RGB").save(out, kind)
        found.append(out.getvalue())
    return found


def _scans() -> list[bytes]:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    page = Canvas(out, pageCompression=0)
    page.drawString(72, 720, "Ban chinh (tap huan)")
    page.showPage()
    page.save()
    photo = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(photo, "JPEG")
    return [out.getvalue(), photo.getvalue()]


def _in_a_child(data: bytes) -> None:
    """As the program does: a child of limited time and memory reads; whatever it sends back, we can count."""
    reader, writer = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        child._limit()
        try:
            ended, made = child.plain_pdf(data)
            with os.fdopen(writer, "wb") as out:
                out.write(made)
        except BaseException:  # the child's own end; the program takes it for a file it cannot open
            ended = 9
        os._exit(ended)
    os.close(writer)
    with os.fdopen(reader, "rb") as back:
        made = back.read()
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) == child.OK:
        assert made.startswith(b"%PDF-")
        assert pages_of(made) >= 1


TARGETS = (
    Target("csv", lambda: _sheet(".csv"), _csv, (DomainError,), (b";", b'"', b"\0", b"\xff\xfe"), weight=12,
           goal=1_000_000, modules=("counter_app.services.groups", "counter_app.domain")),
    Target("xlsx", lambda: _sheet(".xlsx"), lambda: [_WORKBOOK], (DomainError,), (b"PK\3\4", b"PK\1\2"),
           weight=400, goal=100_000, modules=("counter_app.services.groups", "openpyxl")),
    Target("xlsx-sheet", lambda: _sheet(".xlsx", "xl/worksheets/sheet1.xml"),
           lambda: [_part("xl/worksheets/sheet1.xml")], (DomainError,),
           (b"<c", b' t="s"', b"<v>", b"</v>", b"999999999", b' r="ZZZZ9"', b"&#0;", b"1e999", b"nan"),
           weight=900, goal=100_000, modules=("counter_app.services.groups", "openpyxl")),
    Target("xlsx-styles", lambda: _sheet(".xlsx", "xl/styles.xml"), lambda: [_part("xl/styles.xml")],
           (DomainError,), (b'count="', b"<xf ", b'numFmtId="'), weight=900, goal=100_000,
           modules=("counter_app.services.groups", "openpyxl")),
    Target("picture", lambda: read_codes, _pictures, (PictureRefused,), weight=400, goal=10_000,
           instrumented=False),
    Target("scan", lambda: _in_a_child, _scans, (), weight=900, goal=10_000, instrumented=False),
)  # fmt: skip
