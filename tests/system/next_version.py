"""The application of a next version, made from the one that is there: what an update's bytes depend on."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from installers.bundle.application import bytecode, version_of

ROOT: Final = Path(__file__).resolve().parents[2]
CHANGED: Final = 16
"""Modules of an ordinary correction."""
MOST_ON_THE_WIRE: Final = 20_000
"""Bytes that such an update may cost."""

Change = Callable[[str, bytes], bytes]
"""From a file's name and bytes to its bytes in the next version."""


def next_application(old: Path, new: Path, version: str, change: Change) -> None:
    """The application with other modules, compiled as a build does."""
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as target:
        changed: dict[str, bytes] = {}
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "counter_app/__init__.py":
                data = data.replace(version_of(ROOT).encode(), version.encode())
                changed[entry.filename] = data
            elif entry.filename.endswith(".py") and (other := change(entry.filename, data)) != data:
                data = changed[entry.filename] = other
            elif entry.filename.endswith(".pyc") and entry.filename[:-1] in changed:
                data = bytecode(changed[entry.filename[:-1]], entry.filename[:-1])
            target.writestr(entry, data)


def changed_modules(name: str, data: bytes) -> bytes:
    """One line more in sixteen modules of the domain."""
    modules = sorted(
        path.relative_to(ROOT).as_posix() for path in (ROOT / "counter_app/domain").rglob("*.py")
    )
    chosen = [one for one in modules if not one.endswith("__init__.py")][::9][:CHANGED]
    assert len(chosen) == CHANGED
    if name not in chosen:
        return data
    return data + f'\n\nCHANGED: str = "one line more in {name}"\n'.encode()


def breaking_module(module: str, text: str, before: str = "") -> Change:
    """``module`` with ``text`` at its end, or in front of the line ``before``."""

    def change(name: str, data: bytes) -> bytes:
        if name != module:
            return data
        whole = data.decode()
        return (whole.replace(before, f"{text}\n\n{before}") if before else whole + "\n\n" + text).encode()

    return change
