"""Getting ready to print while nobody waits: the first paper then takes as long as any other."""

from __future__ import annotations

from counter_app.printing import barcodes, fonts

PRACTICE_CODE = "00000000000000000000"


def prewarm() -> None:
    """Import the printing libraries and register the fonts; call from a worker when the program is idle.

    Cold, the first paper spends some 150 ms on imports alone. Raises FontMissing as the paper would.
    """
    import pypdfium2  # noqa: F401  # counts the pages of every paper that is queued
    import reportlab.pdfgen.canvas  # noqa: F401

    for name in fonts.FILES:
        fonts.widths(name)
    barcodes.code128(PRACTICE_CODE)
    barcodes.qr(PRACTICE_CODE)
