"""Parts of parcels that came one by one, by several sticks or mails: kept until their parcel is whole.

A part is kept as it came, sealed, under a name that says to which parcel it belongs; it is flushed before its
name appears, so that a restart or a power cut loses none. Nothing of it is believed here: when the parcel is
whole it is opened and verified as if all parts lay in one folder (``files.import_files``).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sync.client.files import LARGEST_FILE, flush_folder, write_flushed
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.vector import put_vector
from sync.protocol.meeting.parcel import peek_part
from sync.protocol.naming.unit_keys import UnitKey
from sync.protocol.refusals import Refusal

MOST_BYTES = 600_000_000
"""What is kept at most; the parcel that came earliest goes first."""
_NAME = re.compile(r"(?P<parcel>[0-9a-f]{24})-(?P<part>\d{4})-of-(?P<parts>\d{4})\.mcx")


class Gathered(NamedTuple):
    """A parcel as far as it is here: ``paths`` of its parts in order, which of ``parts`` are ``missing``.

    ``parcel`` "" is a parcel of one part, or a file that no unit key here opens: it goes on as it was chosen.
    """

    paths: tuple[Path, ...]
    parcel: str = ""
    parts: int = 1
    missing: tuple[int, ...] = ()

    @property
    def held(self) -> tuple[int, ...]:
        """Numbers of the parts that are here."""
        return tuple(number for number in range(1, self.parts + 1) if number not in self.missing)


class PartBox:
    """The parts kept in ``folder`` for one unit."""

    def __init__(self, folder: Path, unit: str) -> None:
        """The folder is made with the first part."""
        self._folder, self._unit = folder, unit

    def gather(self, chosen: Sequence[Path], keys: Mapping[int, UnitKey]) -> Gathered:
        """``chosen`` parts with those kept of the same parcel; each that is new here is kept first.

        Parts of several parcels stay as they were chosen: whoever opens them refuses them in words. A disk
        that cannot keep a part keeps nobody from a parcel whose parts all lie in one place.
        """
        found: dict[int, Path] = {}
        parcels = set()
        for path in chosen:
            named = self._named(path, keys)
            if named is None:
                return Gathered(tuple(chosen))
            parcel, part, parts = named
            parcels.add((parcel, parts))
            found[part] = path
        if len(parcels) != 1:
            return Gathered(tuple(chosen))
        ((parcel, parts),) = parcels
        if parts == 1:
            return Gathered(tuple(chosen))
        kept = self._kept(parcel)
        if set(found) | set(kept) < set(range(1, parts + 1)):
            with suppress(OSError):
                self._keep(parcel, parts, found)
            kept = self._kept(parcel)
        whole = {**kept, **found}
        missing = tuple(number for number in range(1, parts + 1) if number not in whole)
        return Gathered(tuple(whole[number] for number in sorted(whole)), parcel, parts, missing)

    def drop(self, parcel: str) -> None:
        """Forget the parts of ``parcel``: it was taken, or it holds nothing new."""
        for path in self._kept(parcel).values() if parcel else ():
            with suppress(OSError):
                path.unlink()

    def _named(self, path: Path, keys: Mapping[int, UnitKey]) -> tuple[str, int, int] | None:
        """Parcel, part and parts of a file; None for what cannot be read or opened."""
        try:
            with path.open("rb") as file:
                header, vector = peek_part(file.read(LARGEST_FILE + 1), self._unit, keys, load_dictionary)
        except (OSError, Refusal):
            return None
        told = bytearray(f"{header.unit} {header.sender} {header.parts} ".encode())
        if vector is not None:
            put_vector(told, vector)
        return hashlib.sha256(told).hexdigest()[:24], header.part, header.parts

    def _kept(self, parcel: str) -> dict[int, Path]:
        found = {}
        for path in self._files():
            match = _NAME.fullmatch(path.name)
            if match and match["parcel"] == parcel:
                found[int(match["part"])] = path
        return found

    def _files(self) -> list[Path]:
        try:
            return sorted(path for path in self._folder.iterdir() if _NAME.fullmatch(path.name))
        except OSError:
            return []

    def _keep(self, parcel: str, parts: int, found: Mapping[int, Path]) -> None:
        """Copies, flushed before they have their name. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for part, path in found.items():
            target = self._folder / f"{parcel}-{part:04d}-of-{parts:04d}.mcx"
            draft = target.with_suffix(".part")
            write_flushed(draft, path.read_bytes())
            os.replace(draft, target)
        flush_folder(self._folder)
        self._make_room(parcel)

    def _make_room(self, newest: str) -> None:
        """Whole parcels go, the one that was touched longest ago first, never the one under way."""
        touched: dict[str, float] = {}
        size = 0
        for path in self._files():
            facts, parcel = path.stat(), path.name[:24]
            size += facts.st_size
            touched[parcel] = max(touched.get(parcel, 0.0), facts.st_mtime)
        for parcel in sorted(touched, key=lambda one: (touched[one], one)):
            if size <= MOST_BYTES or parcel == newest:
                break
            size -= sum(path.stat().st_size for path in self._kept(parcel).values())
            self.drop(parcel)
