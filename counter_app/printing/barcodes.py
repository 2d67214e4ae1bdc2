"""Barcodes drawn as plain shapes: digits-only Code 128 and QR.

Code 128 modules come from python-barcode's ``build()`` and are painted as rectangles, since its SVG is
unreadable through some renderers; QR matrices come from zxing-cpp and are painted as one path
(``dependencies.md`` 1, findings 8-10, and 2.7).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import msgspec

CODE128_QUIET: Final = 10
"""Blank modules on each side of a Code 128 symbol."""
QR_QUIET: Final = 4
"""Blank modules around a QR symbol."""
PAPER_MODULE_MM: Final = 0.33
"""Narrowest module on A4 and A5: 2.6 pixels in a scan at 200 dpi."""
MAX_CODE128_DIGITS: Final = 32
SWALLOWED: Final = "99"
"""python-barcode 0.16.1 takes a leading pair 99 for the switch to subset C and leaves it out. No code of ours
begins so (unit codes end at 3xxxx, receipts begin with 41); it is refused rather than printed wrong.
"""
MAX_QR_BYTES: Final = 900
"""Above this a QR on a copy would be larger than the block it stands in."""


class BarcodeRefused(ValueError):
    """The content cannot become a barcode of ours: not digits, empty, or too long."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """One dark run: column and row of its first module and its length, all in modules."""

    column: int
    row: int
    length: int


class Symbol(msgspec.Struct, frozen=True):
    """A symbol without its quiet zone: ``width`` x ``height`` modules and the dark runs in them.

    A Code 128 symbol is one module high; whoever draws it chooses the height of the bars.
    """

    width: int
    height: int
    runs: tuple[Run, ...]


def _runs(bits: str, row: int) -> list[Run]:
    """Turn one row of 0 and 1 into its dark runs."""
    found: list[Run] = []
    start = bits.find("1")
    while start >= 0:
        stop = bits.find("0", start)
        stop = len(bits) if stop < 0 else stop
        found.append(Run(start, row, stop - start))
        start = bits.find("1", stop)
    return found


@lru_cache(maxsize=16)
def code128(digits: str) -> Symbol:
    """Return the Code 128 symbol of a string of digits (subset C where pairs allow).

    Digits only, because a scanner types keys and Vietnamese input methods change letters.
    Raises BarcodeRefused for anything else.
    """
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_CODE128_DIGITS):
        raise BarcodeRefused(f"a printed code holds 1 to {MAX_CODE128_DIGITS} digits, not {digits!r}")
    if digits.startswith(SWALLOWED):
        raise BarcodeRefused(f"a code that begins with {SWALLOWED} would be printed without it: {digits!r}")
    from barcode.codex import Code128

    bits = Code128(digits).build()[0]
    return Symbol(len(bits), 1, tuple(_runs(bits, 0)))


@lru_cache(maxsize=16)
def qr(payload: str) -> Symbol:
    """Return the QR symbol of a text at error correction level M.

    Raises BarcodeRefused for an empty text or one above MAX_QR_BYTES.
    """
    if not payload or len(payload.encode("utf-8")) > MAX_QR_BYTES:
        raise BarcodeRefused(f"a QR of ours holds 1 to {MAX_QR_BYTES} bytes")
    import zxingcpp

    code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    # The package's types do not say that its picture is a buffer of height x width grey bytes.
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    image = memoryview(picture)
    height, width = picture.shape
    flat = image.tobytes().translate(_INK)
    runs: list[Run] = []
    for row in range(height):
        runs.extend(_runs(flat[row * width : (row + 1) * width].decode("ascii"), row))
    return Symbol(width, height, tuple(runs))


_INK: Final = bytes(ord("1") if level < 128 else ord("0") for level in range(256))
"""Grey level to digit: dark is 1."""


def spaced(digits: str, group: int = 4) -> str:
    """Write a long code in groups, as it stands under its bars for a person to read or type."""
    return " ".join(digits[i : i + group] for i in range(0, len(digits), group))
