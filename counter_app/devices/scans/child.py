"""The scan child, ``python -P -m`` this module: a PDF or JPEG comes in, a plain PDF goes out.

Whoever brought the file may have made it to break its reader, so that the reader lives here: no files, little
memory, little time. Only pages go out: no attachments, scripts or forms of the document.
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import Final

MEMORY: Final = 1 << 30
"""Bytes of address space."""
PROCESSOR_SECONDS: Final = 20
MOST_PAGES: Final = 200
OK, UNREADABLE, TOO_LONG = 0, 3, 4
"""How the process ends."""
JPEG: Final = b"\xff\xd8\xff"
_A4: Final = (595.0, 842.0)


def plain_pdf(data: bytes) -> tuple[int, bytes]:
    """(how it went, PDF with the pages alone)."""
    import pypdfium2

    with pypdfium2.PdfDocument.new() as made:
        try:
            if data.startswith(JPEG):
                _add_picture(made, data)
            else:
                with pypdfium2.PdfDocument(data) as found:
                    if not 1 <= len(found) <= MOST_PAGES:
                        return TOO_LONG, b""
                    made.import_pages(found)
        except (pypdfium2.PdfiumError, ValueError):
            return UNREADABLE, b""
        target = BytesIO()
        made.save(target)
        return OK, target.getvalue()


def _add_picture(made: object, data: bytes) -> None:
    """One page of A4, upright or lying as the picture is, the picture as large as fits."""
    import pypdfium2

    assert isinstance(made, pypdfium2.PdfDocument)
    picture = pypdfium2.PdfImage.new(made)
    picture.load_jpeg(BytesIO(data), inline=True)
    width, height = picture.get_px_size()
    if width < 1 or height < 1:
        raise ValueError("an empty picture")
    page_width, page_height = _A4 if height >= width else _A4[::-1]
    scale = min(page_width / width, page_height / height)
    page = made.new_page(page_width, page_height)
    left, bottom = (page_width - width * scale) / 2, (page_height - height * scale) / 2
    picture.set_matrix(pypdfium2.PdfMatrix(width * scale, 0, 0, height * scale, left, bottom))
    page.insert_obj(picture)
    page.gen_content()


def _limit() -> None:
    """Where the system can: no file of its own, no core dump, memory and time."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """Read all that comes, write the PDF."""
    _limit()
    ended, made = plain_pdf(sys.stdin.buffer.read())
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return ended


if __name__ == "__main__":
    sys.exit(main())
