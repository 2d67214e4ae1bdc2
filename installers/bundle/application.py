"""The application as one zip that Python imports from: ``app-<version>.zip``, stored, the same each time.

Stored and not compressed, because an update is a difference between two of them: in compressed bytes one
changed line changes everything behind it. Sources go along beside their bytecode, so that a report of
an error shows lines and anybody can read what runs; the bytecode is never compared with them at a start.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGES: Final = ("counter_app", "sync", "resources")
TARGET: Final = (3, 11)
"""The interpreter of every runtime: bytecode of another one would be ignored, and a start take seconds."""
UNCHECKED: Final = 0b01
"""Flags of a ``.pyc`` known by its source's hash and never compared with it (PEP 552)."""
WITHOUT_REFERENCES: Final = 2
"""Version of marshal. Later ones mark what somebody in the process happened to intern, so that two
builds differ, and number what they refer back to, so that one new line changes a whole file and its update.
"""
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name: the same for every build."""
START: Final = (Path(__file__).resolve().parent / "start.py.txt").read_bytes()
"""Becomes ``__main__.py`` of the zip."""
_VERSION: Final = re.compile(r'^__version__ = "([0-9A-Za-z.+-]+)"$', re.MULTILINE)


class BuildFault(Exception):
    """What keeps an installer from being made, in one sentence for whoever builds."""


def version_of(root: Path) -> str:
    """The version the sources name. Raises BuildFault."""
    found = _VERSION.search((root / "counter_app" / "__init__.py").read_text("utf-8"))
    if found is None:
        raise BuildFault("counter_app/__init__.py names no version")
    return found[1]


def name_of(version: str) -> str:
    """File name of the application of that version."""
    return f"app-{version}.zip"


def write_application(root: Path, folder: Path, version: str = "") -> Path:
    """Make ``folder/app-<version>.zip`` of the sources below ``root``; ``version`` stands in for theirs.

    Raises BuildFault when another interpreter than the runtime's builds, or fonts were not prepared.
    """
    if sys.version_info[:2] != TARGET:
        raise BuildFault(
            f"the application is compiled by Python {TARGET[0]}.{TARGET[1]}, this is another one"
        )
    if not (root / "resources" / "fonts" / "NotoSans-Regular.ttf").is_file():
        raise BuildFault("fonts are missing: run tools/build_assets.py first")
    own = version_of(root)
    made = folder / name_of(version or own)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, "__main__.py", START)
        for name, data in _files(root):
            if name == "counter_app/__init__.py" and version:
                data = data.replace(f'"{own}"'.encode(), f'"{version}"'.encode())
            _put(archive, name, data)
            if name.endswith(".py"):
                _put(archive, f"{name}c", bytecode(data, name))
    return made


def bytecode(source: bytes, name: str) -> bytes:
    """A ``.pyc`` that is taken without looking at its source; it names no folder of the building machine."""
    compiled = marshal.dumps(compile(source, name, "exec", dont_inherit=True), WITHOUT_REFERENCES)
    known_by = UNCHECKED.to_bytes(4, "little") + importlib.util.source_hash(source)
    return importlib.util.MAGIC_NUMBER + known_by + compiled


def digest_of(file: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_bytes()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    archive.writestr(entry, data)
