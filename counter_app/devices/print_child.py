"""The child that paints PDF pages through QPrinter: ``list`` or ``print <name> <pdf> <title> <copies>``.

``print`` also takes a name ``file:<path>``, which paints into a PDF file, for tests.
Exit codes: 0 taken by the queue, 2 wrong call, 3 no such printer, 4 the printer would not begin or failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

DPI: Final = 300
FILE_PREFIX: Final = "file:"


def main(arguments: Sequence[str]) -> int:
    """Run one order and return the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if sys.platform != "win32" else "windows")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication(["print"])
    try:
        if list(arguments) == ["list"]:
            return _list()
        if len(arguments) == 5 and arguments[0] == "print":
            return _print(arguments[1], arguments[2], arguments[3], int(arguments[4]))
        return 2
    finally:
        del application


def _list() -> int:
    """Write the printers' names, one a line."""
    from PySide6.QtPrintSupport import QPrinterInfo

    sys.stdout.buffer.write("\n".join(QPrinterInfo.availablePrinterNames()).encode("utf-8"))
    return 0


def _print(name: str, path: str, title: str, copies: int) -> int:
    """Paint every page of the file on the printer."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if name.startswith(FILE_PREFIX):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(name.removeprefix(FILE_PREFIX))
    else:
        info = QPrinterInfo.printerInfo(name)
        if info.isNull():
            return 3
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    printer.setResolution(DPI)
    return _paint(printer, path)


def _paint(printer: QPrinter, path: str) -> int:
    """Paint page by page at 300 dpi grey; each page sets its own paper size."""
    import pypdfium2
    from PySide6.QtCore import QMarginsF, QRectF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter

    painter = QPainter()
    with pypdfium2.PdfDocument(path) as document:
        try:
            for index in range(len(document)):
                page = document[index]
                width, height = page.get_size()
                size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point)
                lying = width > height
                turn = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
                printer.setPageLayout(QPageLayout(size, turn, QMarginsF()))
                printer.setFullPage(True)
                if not (printer.newPage() if index else painter.begin(printer)):
                    return 4
                painter.drawImage(QRectF(0, 0, width * DPI / 72, height * DPI / 72), _image(page))
        except BaseException:
            # An open painter brings the process down with a signal instead of an exit code.
            painter.end()
            raise
        return 0 if painter.isActive() and painter.end() else 4


def _image(page: object) -> QImage:
    """Render a page of pypdfium2 to a grey picture of Qt, its memory copied."""
    from PySide6.QtGui import QImage

    bitmap = page.render(scale=DPI / 72, grayscale=True)  # type: ignore[attr-defined]
    picture = bitmap.to_pil().convert("L")
    data = picture.tobytes()
    return QImage(data, picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8).copy()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
