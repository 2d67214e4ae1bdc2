"""Reads codes off printed papers as a scanner would: the PDF drawn at 200 dpi, every symbol on it."""

from __future__ import annotations

from pathlib import Path

SCAN_DPI = 200


def codes_on(paper: Path) -> tuple[str, ...]:
    """Texts of all symbols of a PDF, page by page, from top to bottom."""
    import pypdfium2
    import zxingcpp

    found: list[str] = []
    document = pypdfium2.PdfDocument(str(paper))
    try:
        for page in document:
            image = page.render(scale=SCAN_DPI / 72).to_pil().convert("L")
            symbols = zxingcpp.read_barcodes(image)
            found += [one.text for one in sorted(symbols, key=lambda one: one.position.top_left.y)]
    finally:
        document.close()
    return tuple(found)


def draw(paper: Path, target: Path) -> None:
    """The first page of a PDF as PNG, so that a person may look at it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(paper))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        document[0].render(scale=1.6).to_pil().save(target)
    finally:
        document.close()
