"""What of the wheels goes onto a counter PC: of Qt six modules, of the rest no tests and no headers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from installers.windows.imports import closure

QT_MODULES: Final = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtTest")
QT_PLUGINS: Final = (
    "platforms/qwindows.dll", "platforms/qoffscreen.dll", "styles/qmodernwindowsstyle.dll",
    "imageformats/qjpeg.dll", "imageformats/qsvg.dll", "iconengines/qsvgicon.dll",
)  # fmt: skip
QT_PYTHON: Final = ("__init__.py", "_config.py", "_git_pyside_version.py", "py.typed")
NOT_RUN: Final = frozenset({".pyi", ".lib", ".h", ".c", ".pyx", ".pxd", ".pxi", ".cpp", ".prl", ".exe"})
"""Endings of files that only a compiler or an editor reads; programs of the wheels are not ours to start."""
NOT_RUN_FOLDERS: Final = frozenset({"tests", "test", "testing", "include", "__pycache__"})


def trim(site: Path) -> None:
    """Take away, below the folder of packages ``site``, what never runs there. Keeps every licence text."""
    _trim_qt(site)
    for folder in sorted(site.rglob("*"), reverse=True):
        inside = folder.relative_to(site).as_posix()
        if folder.is_dir() and folder.name in NOT_RUN_FOLDERS and ".dist-info" not in inside:
            shutil.rmtree(folder)
        elif folder.is_file() and folder.suffix in NOT_RUN:
            folder.unlink()
    for folder in sorted(site.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _trim_qt(site: Path) -> None:
    """Qt: used modules and plugins, and of the DLLs those they ask for."""
    qt = site / "PySide6"
    wanted = [qt / f"{name}.pyd" for name in QT_MODULES] + [qt / "plugins" / name for name in QT_PLUGINS]
    at_hand = [*qt.glob("*.dll"), *(site / "shiboken6").glob("*.dll")]
    libraries, _missing = closure(wanted, at_hand)
    kept = {*wanted, *libraries, *(qt / name for name in QT_PYTHON)}
    for path in sorted(qt.rglob("*")):
        if path.is_file() and path not in kept and "support" not in path.relative_to(qt).parts[:1]:
            path.unlink()
    shiboken = site / "shiboken6"
    run, _missing = closure([shiboken / "Shiboken.pyd", *libraries], shiboken.glob("*.dll"))
    for path in shiboken.glob("*.dll"):
        if path not in run:
            path.unlink()
