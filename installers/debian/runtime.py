"""The immutable half of an installation on Debian: Debian's own CPython 3.11 and locked wheels,
``runtime-<hash>``.

CPython comes as packages of Debian (fetched and verified by apt, version pinned by what is in the folder):
security
updates of OpenSSL, zlib and the C library stay the system's, as those libraries are depended on and not
copied.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from installers.bundle.application import BuildFault
from installers.bundle.wheels import Wheel, compile_tree, install, tree_hash
from installers.debian.elf import closure, is_elf, needed

SUITE_PACKAGES: Final = ("libpython3.11-minimal", "libpython3.11-stdlib", "python3.11-minimal")
QT_MODULES: Final = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtDBus", "QtTest")
QT_PLUGINS: Final = (
    "platforms/libqxcb.so", "platforms/libqoffscreen.so", "imageformats/libqjpeg.so",
    "imageformats/libqsvg.so",
    "iconengines/libqsvgicon.so", "printsupport/libcupsprintersupport.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platformthemes/libqxdgdesktopportal.so",
)  # fmt: skip
"""With the bus of input methods, without which nobody types Vietnamese."""
NOT_RUN: Final = frozenset({".pyi", ".h", ".c", ".pyx", ".pxd", ".pxi", ".cpp", ".a"})
NOT_RUN_FOLDERS: Final = frozenset({"tests", "test", "testing", "include", "__pycache__"})
NEEDED_ALL_THE_SAME: Final = ("alembic/testing", "sqlalchemy/testing", "lxml/includes", "PySide6/Qt")
NOT_SHIPPED: Final = (
    "lib2to3", "idlelib", "tkinter", "turtledemo", "ensurepip", "pydoc_data", "sqlite3", "distutils/command",
    "lib-dynload/_sqlite3*", "lib-dynload/_dbm*", "lib-dynload/nis*", "lib-dynload/_curses*",
    "lib-dynload/readline*",
    "lib-dynload/*_test*", "config-3.11-*",
)  # fmt: skip
"""The store is SQLCipher's; the rest asks for libraries that a counter has no use for."""


def fetch_python(cache: Path) -> list[Path]:
    """Debian's packages of CPython, fetched by apt into ``cache`` unless they are there. Raises
    BuildFault."""
    folder = cache / "python"
    if len(list(folder.glob("*.deb"))) < len(SUITE_PACKAGES):
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["apt-get", "download", *SUITE_PACKAGES], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BuildFault(f"apt-get download: {done.stderr.strip()[-300:]}")
    return sorted(folder.glob("*.deb"))


def make_runtime(
    debs: Sequence[Path], wheels: Iterable[Wheel], folder: Path, application: Path | None = None
) -> Path:
    """``folder/runtime-<hash>``, the hash of all it holds; ``application`` (a folder of packages) goes
    along."""
    making = folder / "runtime-new"
    shutil.rmtree(making, ignore_errors=True)
    library = making / "lib" / "python3.11"
    _unpack_python(debs, making)
    site = library / "dist-packages"
    for wheel in wheels:
        install(wheel, site)
    _trim_qt(site)
    _trim(site)
    _trim_python(library)
    if application is not None:
        shutil.copytree(application, site, dirs_exist_ok=True)
    compile_tree(library)
    _settle_modes(making)
    ready = folder / f"runtime-{tree_hash(making)[:12]}"
    shutil.rmtree(ready, ignore_errors=True)
    return making.rename(ready)


def outside(runtime: Path) -> frozenset[str]:
    """Sonames the runtime asks for and does not bring: what the package depends on."""
    files = [path for path in runtime.rglob("*") if path.is_file() and not path.is_symlink() and is_elf(path)]
    brought = {path.name for path in runtime.rglob("*.so*")}
    return frozenset(name for file in files for name in needed(file)) - brought


def _unpack_python(debs: Sequence[Path], making: Path) -> None:
    whole = making / "whole"
    for deb in debs:
        whole.mkdir(parents=True, exist_ok=True)
        subprocess.run(["dpkg-deb", "-x", str(deb), str(whole)], check=True)
    (making / "bin").mkdir()
    (whole / "usr" / "bin" / "python3.11").rename(making / "bin" / "python3")
    shutil.copytree(
        whole / "usr" / "lib" / "python3.11",
        making / "lib" / "python3.11",
        dirs_exist_ok=True,
        symlinks=False,
    )
    shutil.copyfile(whole / "usr/share/doc/python3.11-minimal/copyright", making / "PYTHON-LICENCE")
    shutil.rmtree(whole)


def _trim_python(library: Path) -> None:
    for pattern in NOT_SHIPPED:
        for path in library.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _trim(site: Path) -> None:
    """Away with what never runs. Every licence text stays."""
    for path in sorted(site.rglob("*"), reverse=True):
        inside = path.relative_to(site).as_posix()
        if ".dist-info" in inside or inside.startswith(NEEDED_ALL_THE_SAME):
            continue
        if path.is_dir() and path.name in NOT_RUN_FOLDERS:
            shutil.rmtree(path)
        elif path.is_file() and path.suffix in NOT_RUN:
            path.unlink()


def _trim_qt(site: Path) -> None:
    """Of Qt the modules and plugins that are used, and the libraries they ask for."""
    qt = site / "PySide6"
    if not qt.is_dir():
        return
    at_hand = {
        path.name: path
        for path in [*(qt / "Qt/lib").glob("*.so*"), *qt.glob("*.so*"), *(site / "shiboken6").glob("*.so*")]
    }
    wanted = [qt / f"{name}.abi3.so" for name in QT_MODULES] + [
        qt / "Qt/plugins" / name for name in QT_PLUGINS
    ]
    kept = closure(wanted, at_hand)
    for path in sorted(qt.rglob("*")):
        inside = path.relative_to(qt).parts
        python = (len(inside) == 1 and path.suffix == ".py") or inside[0] == "support"
        if path.is_file() and path not in kept and not python:
            path.unlink()
    for folder in sorted(qt.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _settle_modes(making: Path) -> None:
    for path in making.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
