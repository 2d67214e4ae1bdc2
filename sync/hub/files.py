"""The file as a carrier, at the hub: ``.mcx`` parcels for a unit out, and those of counters in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sync.hub import clock, enrol
from sync.hub.hub import Hub
from sync.hub.unit_port import UnitPort
from sync.protocol.carrying.bundle import MAX_BUNDLE_BYTES
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.vector import Vector
from sync.protocol.meeting.parcel import (
    NOTHING,
    PART_BYTES,
    Giver,
    ParcelKeys,
    Part,
    join_parts,
    open_part,
    order_parts,
    write_parcel,
)
from sync.protocol.meeting.sealing import peek_file
from sync.protocol.refusals import KeyUnknown, Malformed, Refusal, TooLarge

_LARGEST_FILE = MAX_BUNDLE_BYTES + 64 * 1024


class Taken(NamedTuple):
    """What a parcel brought: unit, sender's journal, new entries, refused ones with codes, its vector."""

    unit: str
    sender: int
    applied: int
    parked: tuple[tuple[tuple[int, int], str], ...]
    vector: Vector | None


def give(
    hub: Hub, unit: str, folder: Path, at: int, theirs: Vector = NOTHING, part_bytes: int = PART_BYTES
) -> tuple[Path, ...]:
    """Write what a holder of ``theirs`` lacks of ``unit`` as sealed files; ``at`` is the hub's clock (ms).

    Raises OtherUnit, KeyUnknown (no unit key yet), OSError.
    """
    port = UnitPort(hub, unit)
    with hub.database.read() as connection:
        versions = enrol.unit_keys(connection, hub.keys, unit)
    if not versions:
        raise KeyUnknown(f"unit {unit} has no key yet")
    giver = Giver(hub.keys.signing, versions[max(versions)])
    word = port.last_word()
    with hub.database.write() as connection:
        clock.note_word(connection, word.at)
    parts = write_parcel(port, giver, at, theirs, word, part_bytes)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, data in enumerate(parts, 1):
        name = f"{unit}-{at}" + (f"-{number}-of-{len(parts)}" if len(parts) > 1 else "") + ".mcx"
        draft = folder / f".{name}.part"
        draft.write_bytes(data)
        paths.append(draft.rename(folder / name))
    return tuple(paths)


def parcels_of(paths: Sequence[Path]) -> list[list[Path]]:
    """``paths`` by parcel, in the order they were given: a stick carries those of several counters and days.

    A file that no header can be read from stands alone, so that taking it says why. Raises OSError.
    """
    found: dict[object, list[Path]] = {}
    for path in paths:
        parcel: object = path
        with suppress(Refusal):
            header = peek_file(_read(path))
            if header.parts > 1:
                parcel = (header.unit, header.sender, header.parts)
        found.setdefault(parcel, []).append(path)
    return list(found.values())


def least(vectors: Sequence[Vector | None]) -> Vector:
    """What every holder has: the lower position of each journal; without a vector nothing is known."""
    if len(vectors) == 1:
        return vectors[0] or NOTHING
    held = [{} if one is None else one.positions for one in vectors]
    shared = set(held[0]).intersection(*held[1:])
    return Vector({journal: min(one[journal] for one in held) for journal in sorted(shared)}, NOTHING.digest)


def take(hub: Hub, paths: Sequence[Path]) -> Taken:
    """Take the parcel whose parts are ``paths``, whole or not. Raises Refusal, OSError."""
    datas = [_read(path) for path in paths]
    headers = [peek_file(data) for data in datas]
    if not headers:
        raise Malformed("no files")
    port = UnitPort(hub, headers[0].unit)
    with hub.database.read() as connection:
        versions = enrol.unit_keys(connection, hub.keys, port.unit)
    keys = ParcelKeys(versions, {hub.keys.signing.key_id: hub.public_key}, load_dictionary)
    parts: list[Part] = []
    openings: list[Run] = []
    for place in order_parts(headers):
        parts.append(open_part(datas[place], port, keys, openings))
        openings += [run for run in parts[-1].bundle.runs if run.first_seq == 1]
    whole = join_parts(parts)
    ingested = port.ingest(whole)
    parked = tuple(((entry.journal, entry.seq), code) for entry, code in ingested.parked)
    return Taken(port.unit, whole.sender, ingested.applied, parked, whole.vector)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(_LARGEST_FILE + 1)
    if len(data) > _LARGEST_FILE:
        raise TooLarge(f"a file of more than {_LARGEST_FILE} bytes")
    return data
