"""Which DLLs a Windows program or DLL asks for, read from its import tables: no tool of Windows needed."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

IMPORTS, DELAYED = 1, 13
"""Places of both tables in the directory of the optional header (PE format, section "Optional Header")."""
_SECTION: Final = 40
BROUGHT_BY_WINDOWS: Final = frozenset((
    "advapi32", "authz", "bcrypt", "bcryptprimitives", "cabinet", "cfgmgr32", "combase", "comctl32",
    "comdlg32", "crypt32", "d2d1", "d3d11", "d3d12", "d3d9", "dbghelp", "dnsapi", "dwmapi", "dwrite",
    "dxgi", "gdi32", "imm32", "iphlpapi", "kernel32", "kernelbase", "mpr", "msi", "msvcrt", "ncrypt",
    "netapi32", "normaliz", "ntdll", "ole32", "oleaut32", "powrprof", "propsys", "psapi", "rpcrt4",
    "secur32", "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore", "user32",
    "userenv", "usp10", "uxtheme", "version", "winhttp", "winmm", "winscard", "winspool", "wintrust",
    "wldap32", "ws2_32", "wsock32", "wtsapi32",
))  # fmt: skip
"""What Windows 10 1809 and later bring and Qt, CPython or the wheels ask for, without ``.dll``."""


class NotPortable(ValueError):
    """The file is no 64-bit program of Windows."""


def imports_of(file: Path) -> frozenset[str]:
    """Names of the DLLs ``file`` asks for, also on first use; small letters. Raises NotPortable."""
    data = file.read_bytes()
    try:
        return frozenset(name.lower() for name in _Image(data).names())
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotPortable(f"{file.name}: {error}") from error


def by_windows(name: str) -> bool:
    """Is the DLL part of Windows itself?"""
    stem = name.lower().removesuffix(".dll").removesuffix(".drv")
    return stem.startswith(("api-ms-win-", "ext-ms-win-")) or stem in BROUGHT_BY_WINDOWS


def closure(wanted: Iterable[Path], at_hand: Iterable[Path]) -> tuple[frozenset[Path], dict[str, str]]:
    """All files of ``at_hand`` that ``wanted`` need, themselves included; and who asks in vain for what.

    Of several files of one name the one in the asking file's folder is taken, as Windows does.
    """
    named: dict[str, list[Path]] = {}
    for path in at_hand:
        named.setdefault(path.name.lower(), []).append(path)
    reached: set[Path] = set()
    missing: dict[str, str] = {}
    waiting = list(wanted)
    while waiting:
        file = waiting.pop()
        if file in reached:
            continue
        reached.add(file)
        for name in imports_of(file):
            found = sorted(named.get(name, ()), key=lambda one: (one.parent != file.parent, str(one)))
            if found:
                waiting.append(found[0])
            elif not by_windows(name):
                missing[name] = file.name
    return frozenset(reached), missing


class _Image:
    """The parts of a PE32+ file that lead to the names of its imports."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        if data[:2] != b"MZ":
            raise struct.error("no MZ header")
        (head,) = struct.unpack_from("<I", data, 0x3C)
        signature, machine, sections = struct.unpack_from("<4sHH", data, head)
        (optional_size,) = struct.unpack_from("<H", data, head + 20)
        self.optional = head + 24
        (magic,) = struct.unpack_from("<H", data, self.optional)
        if (signature, machine, magic) != (b"PE\0\0", 0x8664, 0x20B):
            raise struct.error("not made for 64-bit Windows")
        table = self.optional + optional_size
        self.sections: list[tuple[int, int, int, int]] = [
            struct.unpack_from("<IIII", data, table + number * _SECTION + 8) for number in range(sections)
        ]

    def names(self) -> Iterator[str]:
        for which, size, at in ((IMPORTS, 20, 12), (DELAYED, 32, 4)):
            (where,) = struct.unpack_from("<I", self.data, self.optional + 112 + which * 8)
            offset = self._offset(where) if where else None
            while offset is not None:
                (name,) = struct.unpack_from("<I", self.data, offset + at)
                if not name:
                    break
                yield self._text(self._offset(name))
                offset += size

    def _offset(self, address: int) -> int:
        for size, start, raw_size, raw in self.sections:
            if start <= address < start + max(size, raw_size):
                return address - start + raw
        raise struct.error("an address outside all sections")

    def _text(self, offset: int) -> str:
        return self.data[offset : self.data.index(b"\0", offset)].decode("ascii")
