"""Both launchers, compiled by mingw-w64 from one small C file; and the icon they carry."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Final

from installers.bundle.application import BuildFault

HERE: Final = Path(__file__).resolve().parent
CONSOLE, WINDOW = "commune-counter.exe", "commune-counter-window.exe"
COMPILER: Final = "x86_64-w64-mingw32-gcc"
RESOURCES: Final = "x86_64-w64-mingw32-windres"
LIBRARIES: Final = ("-lshlwapi", "-lshell32", "-lole32")
ICON_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
GROUND, INK = "#F6B73C", "#0F2A47"
"""The colours of the mark in the window's corner."""


def make_launchers(folder: Path, version: str, icon_svg: str) -> tuple[Path, Path]:
    """The console's and the window's launcher of that version in ``folder``. Raises BuildFault."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "counter.ico").write_bytes(icon(icon_svg))
    shutil.copyfile(HERE / "launcher.manifest", folder / "launcher.manifest")
    return _make(folder, version, CONSOLE), _make(folder, version, WINDOW)


def version_numbers(version: str) -> str:
    """Four numbers as Windows wants them: ``1.2.3rc1`` is ``1,2,3,0``."""
    numbers = [re.match(r"\d*", part)[0] or "0" for part in version.split("+")[0].split(".")]  # type: ignore[index]
    return ",".join([*numbers, "0", "0", "0", "0"][:4])


def icon(svg: str) -> bytes:
    """The program's icon in all sizes Windows asks for, drawn from one of the program's pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    side = max(ICON_SIZES)
    picture = QImage(side, side, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(GROUND))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.2, side * 0.2)
    drawn = svg.replace("currentColor", INK).encode()
    QSvgRenderer(QByteArray(drawn)).render(
        painter, QRectF(side * 0.14, side * 0.14, side * 0.72, side * 0.72)
    )
    painter.end()
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(kept, "PNG")  # type: ignore[call-overload]
    made = BytesIO()
    Image.open(BytesIO(kept.data().data())).save(made, "ICO", sizes=[(one, one) for one in ICON_SIZES])
    return made.getvalue()


def _make(folder: Path, version: str, name: str) -> Path:
    resources, made = folder / f"{name}.res.o", folder / name
    window = ["-DWINDOW", "-mwindows"] if name == WINDOW else []
    _run(
        RESOURCES, "-O", "coff", f"-DVERSION_NUMBERS={version_numbers(version)}",
        f'-DVERSION_TEXT=\\"{version}\\"', f'-DORIGINAL_NAME=\\"{name}\\"', f"-I{folder}",
        str(HERE / "launcher.rc"), str(resources),
    )  # fmt: skip
    _run(
        COMPILER, "-Os", "-s", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror", "-municode", "-static",
        *window, "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat", str(HERE / "launcher.c"),
        str(resources), *LIBRARIES, "-o", str(made),
    )  # fmt: skip
    return made


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BuildFault(f"{command[0]} is missing: apt-get install gcc-mingw-w64-x86-64-win32") from error
    if done.returncode:
        raise BuildFault(f"{command[0]}: {done.stderr.strip()[-1_000:]}")
