"""From what this program runs: the application's zip, the runtime's folder, where updates of it live, whose
keys count."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

import counter_app
from counter_app.updates.manifest import MOST_KEYS
from counter_app.updates.program_folder import Named, ProgramFolder
from counter_app.updates.words import UpdateError

BASE_VARIABLE: Final = "COMMUNE_COUNTER_BASE"
"""Set by the launcher: the folder the installer filled."""
PROGRAM_VARIABLE: Final = "COMMUNE_COUNTER_PROGRAM"
"""Set by the launcher: the user's folder for versions that came later."""
KEYS_FILE: Final = "update-keys.json"
ROOT: Final = Path(counter_app.__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Installation:
    """An installed program. ``zip`` is what it runs from, ``keys`` the publisher's, raw."""

    base: Path
    folder: ProgramFolder
    zip: Path
    running: Named
    keys: tuple[bytes, ...]
    python: str

    def has_runtime(self, name: str) -> bool:
        """Did the installer bring that runtime?"""
        return (self.base / name).is_dir()


def installation(environment: Mapping[str, str] = os.environ, root: Path = ROOT) -> Installation:
    """Of the running program. Raises UpdateError ``update.not_installed``."""
    base, own = environment.get(BASE_VARIABLE, ""), environment.get(PROGRAM_VARIABLE, "")
    if not base or not own or not root.is_file():
        raise UpdateError("update.not_installed")
    version = root.name.removeprefix("app-").removesuffix(".zip")
    running = Named(version, Path(sys.prefix).name)
    return Installation(
        Path(base), ProgramFolder(Path(own)), root, running, read_keys(Path(base) / KEYS_FILE), sys.executable
    )


def read_keys(file: Path) -> tuple[bytes, ...]:
    """The publisher's public keys, a JSON list of 64 hexadecimal digits each; none where the file is none."""
    try:
        found = msgspec.json.decode(file.read_bytes()[:4_096], type=list[str])
        keys = tuple(bytes.fromhex(one) for one in found[:MOST_KEYS])
    except (OSError, ValueError, msgspec.MsgspecError):
        return ()
    return keys if all(len(one) == 32 for one in keys) else ()


def note_started(environment: Mapping[str, str] = os.environ, root: Path = ROOT) -> bool:
    """The program came up: the launcher need not fall back. False where nothing is installed or written."""
    try:
        installation(environment, root).folder.note_proven(root.name)
    except UpdateError:
        return False
    return True
