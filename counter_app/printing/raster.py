"""PDF page to the 1-bit raster of ESC/POS receipt printers.

Printers' own Vietnamese code pages cannot be relied on (``dependencies.md`` 1, finding 7), so the strip goes
as a picture: ``GS v 0`` in bands, then feed and cut.
"""

from __future__ import annotations

from typing import Final

import msgspec

DOTS_PER_MM: Final = 8
"""203 dpi heads have 8 dots a millimetre."""
HEAD_DOTS: Final = 576
"""72 mm of the 80 mm are printed."""
BAND: Final = 240
"""Rows a command: small enough for the buffer of cheap printers."""
FINER: Final = 3
"""The page is rendered this much finer than the head prints."""
BOX: Final = 4
"""Pillow's number for the box filter, which averages whole dots."""
THRESHOLD: Final = 150
"""Grey below this is ink: thin strokes of small letters stay closed."""

INITIALISE: Final = b"\x1b@"
FEED_AND_CUT: Final = b"\x1bd\x04\x1dV\x42\x00"


class Bitmap(msgspec.Struct, frozen=True):
    """One bit a dot, rows padded to whole bytes, 1 is ink, highest bit leftmost."""

    width: int
    height: int
    rows: bytes


def bitmap(pdf: bytes, page: int = 0) -> Bitmap:
    """Render a strip to the dots of the print head; the page is cut evenly to 72 mm from both sides.

    Raises IndexError for a page that is not there.
    """
    from counter_app.printing.preview import page_image

    fine = page_image(pdf, page, DOTS_PER_MM * 25.4 * FINER)
    # Averaged down from a finer picture: at the head's own dots the renderer widens some bars by one.
    image = fine.resize((round(fine.width / FINER), round(fine.height / FINER)), BOX)
    left = max(0, (image.width - HEAD_DOTS) // 2)
    image = image.crop((left, 0, left + min(HEAD_DOTS, image.width), image.height))
    inverted = image.point(lambda grey: 255 if grey < THRESHOLD else 0).convert("1")
    return Bitmap(inverted.width, inverted.height, inverted.tobytes())


def escpos(picture: Bitmap) -> bytes:
    """Return the bytes a receipt printer takes: initialise, picture in bands, feed, cut."""
    stride = (picture.width + 7) // 8
    parts = [INITIALISE]
    for first in range(0, picture.height, BAND):
        count = min(BAND, picture.height - first)
        parts.append(b"\x1dv0\x00" + stride.to_bytes(2, "little") + count.to_bytes(2, "little"))
        parts.append(picture.rows[first * stride : (first + count) * stride])
    parts.append(FEED_AND_CUT)
    return b"".join(parts)
