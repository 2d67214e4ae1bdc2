"""Reading barcodes from image bytes: scans, camera pictures, dropped files. Size and pixels are capped."""

from __future__ import annotations

from enum import Enum
from io import BytesIO
from typing import Final

import msgspec

MAX_BYTES: Final = 25_000_000
"""Largest file that is opened at all."""
MAX_PIXELS: Final = 60_000_000
"""Largest picture that is decoded: an A3 scan at 600 dpi has 70 M, at 400 dpi 31 M."""
MAX_SIDE: Final = 65_535
"""Longest side that zxing-cpp reads; a longer one is a ValueError of its own."""
MAX_CODES: Final = 64
MAX_TEXT: Final = 4_000
FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")


class CodeKind(Enum):
    """Kinds of barcode the program reads."""

    CODE128 = "code128"
    QR = "qr"


class ReadCode(msgspec.Struct, frozen=True):
    """One code found: its kind and its text."""

    kind: CodeKind
    text: str


class PictureRefused(ValueError):
    """The bytes are not a picture we open. Carries words for people."""

    def __init__(self, meaning: str, detail: str) -> None:
        super().__init__(detail)
        self.title = "Không đọc được ảnh"
        self.meaning = meaning
        self.remedy = "Quét lại ở 200 dpi, lưu PNG hoặc JPEG."


def read_codes(content: bytes) -> list[ReadCode]:
    """Return the QR and Code 128 codes of a picture, in the order found; an empty list when there are none.

    Texts above 4,000 letters are left out, at most 64 codes come back. Raises PictureRefused for bytes that
    are too many, no picture of a known format, damaged, or of too many pixels - found before decoding them.
    """
    if len(content) > MAX_BYTES:
        raise PictureRefused("Tệp ảnh lớn hơn 25 MB.", f"{len(content)} bytes")
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE:
                raise PictureRefused("Ảnh có quá nhiều điểm.", f"{picture.width} x {picture.height}")
            grey = picture.convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, PictureRefused):
            raise
        raise PictureRefused("Tệp không phải ảnh, hoặc ảnh bị hỏng.", str(error)) from error
    kinds = {zxingcpp.BarcodeFormat.Code128: CodeKind.CODE128, zxingcpp.BarcodeFormat.QRCode: CodeKind.QR}
    wanted = zxingcpp.BarcodeFormats([*kinds])
    found = zxingcpp.read_barcodes(grey, formats=wanted, text_mode=zxingcpp.TextMode.Plain)
    return [
        ReadCode(kinds[code.format], code.text)
        for code in found[:MAX_CODES]
        if code.valid and code.format in kinds and len(code.text) <= MAX_TEXT
    ]
