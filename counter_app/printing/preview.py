"""Pictures of papers: the preview on screen and what a raster printer receives."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_DPI: Final = 620


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int = 0, dpi: float = 90.0) -> Image:
    """Render one page as a grey picture.

    Raises IndexError for a page that is not there, ValueError for a dpi outside 10 to 620.
    """
    if not 10 <= dpi <= MAX_DPI:
        raise ValueError(f"dpi must be 10 to {MAX_DPI}")
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(f"page {page} of {len(document)}")
        picture: Image = document[page].render(scale=dpi / 72.0, grayscale=True).to_pil()
        return picture


def preview_png(pdf: bytes, page: int = 0, dpi: float = 90.0) -> bytes:
    """Render one page as PNG bytes for the preview panel. Raises as ``page_image``."""
    buffer = BytesIO()
    page_image(pdf, page, dpi).save(buffer, format="PNG")
    return buffer.getvalue()
