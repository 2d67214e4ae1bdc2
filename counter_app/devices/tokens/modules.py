"""Where the PKCS#11 module of a token may lie: the technician's setting, else well-known names (unverified).

A public name of the Government CA's module could not be found, so the path is configuration; the list of
``resources/tokens/modules.json`` is only offered as a start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from resources import open_resource

_LINUX: Final = (
    "/usr/lib", "/usr/lib/softhsm", "/usr/lib64", "/usr/local/lib",
    "/usr/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/lib/aarch64-linux-gnu/softhsm",
)  # fmt: skip


class Vendor(msgspec.Struct, frozen=True):
    """File names of one vendor's module on one platform (``sys.platform``); the newest first."""

    vendor: str
    platform: str
    names: tuple[str, ...]


class Found(msgspec.Struct, frozen=True):
    """A module that lies on this PC."""

    vendor: str
    path: str


class _Listed(msgspec.Struct, frozen=True):
    note: str
    verified: bool
    modules: tuple[Vendor, ...]


def known_vendors() -> tuple[Vendor, ...]:
    """The list shipped with the program; nobody tried it with real tokens."""
    data = open_resource("tokens", "modules.json").read_bytes()
    return msgspec.json.decode(data, type=_Listed).modules


def usual_folders(platform: str = sys.platform) -> tuple[Path, ...]:
    """Where installers of the platform put such modules."""
    if platform == "win32":
        root = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))
        return (root / "System32",)  # 64-bit only: the module must match the program
    return tuple(Path(folder) for folder in _LINUX)


def modules_here(
    vendors: Iterable[Vendor], folders: Iterable[Path], platform: str = sys.platform
) -> tuple[Found, ...]:
    """Modules of the list that lie in ``folders``, in the order of the list, each file once."""
    places = tuple(folders)
    found: dict[str, Found] = {}
    for vendor in vendors:
        if vendor.platform != platform:
            continue
        for name in vendor.names:
            for folder in places:
                path = folder / name
                if path.is_file():
                    found.setdefault(str(path.resolve()), Found(vendor.vendor, str(path)))
    return tuple(found.values())
