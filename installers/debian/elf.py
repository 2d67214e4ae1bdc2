"""Which libraries an ELF file asks for, read from its dynamic section: no tool of the system needed."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

_DYNAMIC, _LOAD, _NEEDED, _STRTAB = 2, 1, 1, 5
_HEADER: Final = struct.Struct("<IIQQQQQQ")


def is_elf(file: Path) -> bool:
    """Does the file begin as programs and libraries of Linux do?"""
    with file.open("rb") as source:
        return source.read(4) == b"\x7fELF"


def needed(file: Path) -> frozenset[str]:
    """Names (sonames) of the libraries a 64-bit ELF file is linked against; none for any other file."""
    data = file.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        return frozenset()
    (table,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    segments = [_HEADER.unpack_from(data, table + number * size) for number in range(count)]
    found: list[int] = []
    strings = 0
    for kind, _flags, offset, _address, _physical, length, *_rest in segments:
        if kind != _DYNAMIC:
            continue
        for at in range(offset, offset + length, 16):
            tag, value = struct.unpack_from("<qQ", data, at)
            if tag == _NEEDED:
                found.append(value)
            elif tag == _STRTAB:
                strings = _place(segments, value)
    return frozenset(data[strings + at : data.index(b"\0", strings + at)].decode() for at in found)


def closure(wanted: Iterable[Path], at_hand: Mapping[str, Path]) -> frozenset[Path]:
    """``wanted`` and all files of ``at_hand`` (by soname) that they need."""
    reached: set[Path] = set()
    waiting = list(wanted)
    while waiting:
        file = waiting.pop()
        if file not in reached:
            reached.add(file)
            waiting += [at_hand[name] for name in needed(file) if name in at_hand]
    return frozenset(reached)


def _place(segments: Iterable[tuple[int, ...]], address: int) -> int:
    for kind, _flags, offset, start, _physical, length, *_rest in segments:
        if kind == _LOAD and start <= address < start + length:
            return offset + address - start
    raise ValueError("an address outside the file")
