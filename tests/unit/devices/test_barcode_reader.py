"""Reading codes from pictures of strangers: right codes, words for bad bytes, caps before decoding."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from counter_app.devices import barcode_reader
from counter_app.devices.barcode_reader import CodeKind, PictureRefused, ReadCode, read_codes
from counter_app.printing.layout import A4, Sheet
from tests.unit.printing.seeing import poor_scan


def a_scan(*, form: str = "PNG", codes: int = 1) -> bytes:
    """A scanned page with codes."""
    sheet = Sheet(A4, "quet", practice=True)
    for n in range(codes):
        sheet.code128(20, 20 + n * 16, f"{n:020d}")
        sheet.qr(120, 20, "MC1:Đỗ Ẫm", module=0.5) if n == 0 else None
    buffer = BytesIO()
    poor_scan(sheet.finish(), blur=0.6).save(buffer, format=form)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP"])
def test_codes_are_read_from_every_common_format(form: str) -> None:
    assert set(read_codes(a_scan(form=form))) == {
        ReadCode(CodeKind.CODE128, "0" * 20),
        ReadCode(CodeKind.QR, "MC1:Đỗ Ẫm"),
    }


def test_several_codes_come_back_and_an_empty_page_has_none() -> None:
    found = {code.text for code in read_codes(a_scan(codes=8)) if code.kind is CodeKind.CODE128}
    assert found == {f"{n:020d}" for n in range(8)}
    buffer = BytesIO()
    Image.new("L", (300, 300), 255).save(buffer, format="PNG")
    assert read_codes(buffer.getvalue()) == []


def a_bomb(side: int) -> bytes:
    """A PNG that claims a huge picture in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8_000, 30_000, 2**31 - 1])
def test_too_many_pixels_are_refused_before_decoding(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("decoded a bomb")

    monkeypatch.setattr(Image.Image, "convert", never)
    with pytest.raises(PictureRefused):
        read_codes(a_bomb(side))


@pytest.mark.parametrize("size", [(65_536, 2), (2, 65_536)])
def test_a_strip_longer_than_the_reader_takes_is_words(size: tuple[int, int]) -> None:
    strip = BytesIO()
    Image.new("L", size).save(strip, "PNG")
    with pytest.raises(PictureRefused) as caught:
        read_codes(strip.getvalue())
    assert "điểm" in caught.value.meaning


def test_too_many_bytes_are_refused_unopened() -> None:
    with pytest.raises(PictureRefused) as caught:
        read_codes(b"\x89PNG" + b"\0" * barcode_reader.MAX_BYTES)
    assert "25 MB" in caught.value.meaning


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.4", b"GIF89a", b"<svg/>"])
def test_other_files_are_words(content: bytes) -> None:
    with pytest.raises(PictureRefused) as caught:
        read_codes(content)
    assert caught.value.title == "Không đọc được ảnh"
    assert caught.value.remedy


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_picture_gives_codes_or_words_never_a_crash(data: st.DataObject) -> None:
    content = bytearray(DAMAGED)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]
    try:
        found = read_codes(bytes(content))
    except PictureRefused:
        return
    assert all(isinstance(code, ReadCode) for code in found)


DAMAGED = a_scan(form="JPEG")
