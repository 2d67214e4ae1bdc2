"""A bundle: runs the other side lacks, in one compressed byte string within a byte budget.

Form: 'CCB' || version 1 || method (0 stored, 1 zstd) || contents. Contents: unit (5 ASCII digits), the
sender's journal, part, parts, whether a vector follows (0/1) and the vector, the number of runs, the runs.
A dictionary is named by its id in the zstd frame. A bundle is applied whole or not at all; again, or in any
order, changes nothing. On files and in the LAN it travels sealed (``sealing``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

import msgspec
from backports import zstd

from sync.protocol.carrying.run import Run, join
from sync.protocol.carrying.run_columns import pack_run, unpack_run
from sync.protocol.carrying.vector import Vector, put_vector, take_vector
from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.naming.ids import MAX_JOURNAL
from sync.protocol.refusals import DictionaryUnknown, Malformed, NewerFormat, NotOurs, TooLarge

MAGIC = b"CCB"
FORMAT = 1
MAX_BUNDLE_BYTES = 16 * 2**20
MAX_UNPACKED_BYTES = 64 * 2**20
MAX_PARTS = 9_999
MAX_RUNS = 4_096
_STORED, _ZSTD = 0, 1
FRAME_MAGIC = b"\x28\xb5\x2f\xfd"
"""How every zstd frame begins (RFC 8878); the method says it already."""
_WORTH_THE_TIME = 256 * 2**10
_GUESSES = 4
PREFIX = MAGIC + bytes([FORMAT])
"""How every bundle begins; left out where an exchange message holds it."""

Dictionaries = Callable[[int], bytes | None]
"""Looks a compression dictionary up by its id."""


class Bundle(msgspec.Struct, frozen=True):
    """Part ``part`` of ``parts`` of what ``sender`` gives ``unit``.

    ``vector`` is the sender's vector once this and the parts before it are applied; None when it does not
    tell.
    """

    unit: str
    sender: int
    runs: tuple[Run, ...]
    vector: Vector | None = None
    part: int = 1
    parts: int = 1


def pack_bundle(bundle: Bundle, dictionary: bytes | None = None) -> bytes:
    """The bytes of ``bundle``; ``dictionary`` is a trained zstd dictionary, its id travels in the frame.

    Raises ValueError for a unit that is not five digits, TooLarge above the limits a reader would apply.
    """
    contents = bundle_contents(bundle)
    if len(contents) > MAX_UNPACKED_BYTES:
        raise TooLarge(f"{len(contents)} bytes in one bundle")
    packed = _compress(contents, dictionary)
    if len(packed) < len(contents):
        return PREFIX + bytes([_ZSTD]) + packed.removeprefix(FRAME_MAGIC)
    return PREFIX + bytes([_STORED]) + contents


def bundle_contents(bundle: Bundle) -> bytes:
    """What is compressed, and what dictionaries are trained on. Raises ValueError for no unit code."""
    if len(bundle.unit) != 5 or not (bundle.unit.isascii() and bundle.unit.isdigit()):
        raise ValueError(f"a unit code is five digits: {bundle.unit!r}")
    out = bytearray(bundle.unit.encode())
    put_varint(out, bundle.sender)
    put_varint(out, bundle.part)
    put_varint(out, bundle.parts)
    out.append(bundle.vector is not None)
    if bundle.vector is not None:
        put_vector(out, bundle.vector)
    put_varint(out, len(bundle.runs))
    for run in bundle.runs:
        pack_run(out, run)
    return bytes(out)


def _compress(contents: bytes, dictionary: bytes | None) -> bytes:
    level = 19 if len(contents) <= _WORTH_THE_TIME else 10
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        zstd.CompressionParameter.checksum_flag: 0,
    }
    # digested once for each level: loading it anew cost 1.4 ms a bundle, the bytes are the same
    trained = _trained(dictionary).as_digested_dict if dictionary else None
    return zstd.compress(contents, options=options, zstd_dict=trained)


@lru_cache(maxsize=8)
def _trained(dictionary: bytes) -> zstd.ZstdDict:
    return zstd.ZstdDict(dictionary)


def unpack_bundle(data: bytes, dictionaries: Dictionaries = lambda _: None) -> Bundle:
    """Read a bundle; nothing is verified yet but its shape (``verify_run`` for each run).

    Raises NotOurs, NewerFormat, DictionaryUnknown, TooLarge (bombs included) or Malformed.
    """
    if not data.startswith(MAGIC):
        raise NotOurs("no bundle")
    if len(data) > MAX_BUNDLE_BYTES:
        raise TooLarge(f"a bundle of {len(data)} bytes")
    if len(data) < 5:
        raise Malformed("cut short")
    if data[3] != FORMAT or data[4] not in (_STORED, _ZSTD):
        raise NewerFormat(f"bundle format {data[3]}, method {data[4]}")
    contents = data[5:] if data[4] == _STORED else _decompress(FRAME_MAGIC + data[5:], dictionaries)
    return _read_contents(Reader(contents))


def _decompress(frame: bytes, dictionaries: Dictionaries) -> bytes:
    """One whole zstd frame, never more than the limit in memory."""
    try:
        wanted = zstd.get_frame_info(frame).dictionary_id
        trained = dictionaries(wanted) if wanted else None
        if wanted and trained is None:
            raise DictionaryUnknown(f"dictionary {wanted}")
        engine = zstd.ZstdDecompressor(zstd_dict=_trained(trained) if trained else None)
        contents = engine.decompress(frame, max_length=MAX_UNPACKED_BYTES + 1)
    except (zstd.ZstdError, ValueError, EOFError, MemoryError) as error:
        raise Malformed(f"zstd: {error}") from error
    if len(contents) > MAX_UNPACKED_BYTES:
        raise TooLarge(f"a bundle unpacks to more than {MAX_UNPACKED_BYTES} bytes")
    if not engine.eof or engine.unused_data:
        raise Malformed("a zstd frame that does not end with the bundle")
    return contents


def _read_contents(reader: Reader) -> Bundle:
    try:
        unit = reader.take(5).decode("ascii")
    except UnicodeDecodeError as error:
        raise Malformed("no unit code") from error
    if not unit.isdigit():
        raise Malformed("no unit code")
    sender = reader.varint(MAX_JOURNAL)
    part, parts = reader.varint(MAX_PARTS), reader.varint(MAX_PARTS)
    if not 1 <= part <= parts or not sender:
        raise Malformed(f"part {part} of {parts} from {sender}")
    vector = take_vector(reader) if reader.varint(1) else None
    runs = tuple(unpack_run(reader) for _ in range(reader.varint(MAX_RUNS)))
    reader.done()
    return Bundle(unit, sender, runs, vector, part, parts)


def fill_bundle(
    bundle: Bundle, pieces: Sequence[Run], budget: int, dictionary: bytes | None = None
) -> tuple[bytes, int]:
    """``bundle`` with as many of ``pieces``, in their order, as fit into ``budget`` bytes; at least one.

    ``pieces`` end at checkpoints (``cut_at_checkpoints``). Returns the bytes and how many pieces went in.
    """

    def packed(count: int) -> bytes:
        runs = tuple(join(pieces[:count]))
        return pack_bundle(msgspec.structs.replace(bundle, runs=runs), dictionary)

    count = min(1, len(pieces))
    best = tried = packed(count)
    sizes = list(accumulate(map(_raw_size, pieces)))
    low, high, middle = count, _worth_trying(pieces, budget), count
    for attempt in range(64):
        if low >= high:
            break
        # As many as fit if the next pieces fold like those just tried: no large bundle is packed in vain.
        likely = bisect_right(sizes, sizes[middle - 1] * budget // len(tried))
        middle = min(max(likely, low + 1), high) if attempt < _GUESSES else (low + high + 1) // 2
        tried = packed(middle)
        if len(tried) <= budget:
            best, count, low = tried, middle, middle
        else:
            high = middle - 1
    return best, count


def _raw_size(piece: Run) -> int:
    return 1 + sum(len(entry.body or b"") + len(entry.facts_bytes) for entry in piece.entries)


def _worth_trying(pieces: Sequence[Run], budget: int) -> int:
    """How many pieces could fit at all, if zstd folded them 40-fold: bounds the search, not the result."""
    room = min(budget * 40, MAX_UNPACKED_BYTES // 2)
    for count, piece in enumerate(pieces):
        room -= _raw_size(piece)
        if room < 0:
            return max(count, min(1, len(pieces)))
    return len(pieces)


def split_into_parts(
    bundle: Bundle, pieces: Sequence[Run], budget: int, dictionary: bytes | None = None
) -> list[bytes]:
    """All of ``pieces`` as numbered parts of about ``budget`` bytes each, for files; a part stands alone.

    Raises TooLarge when that takes more than 9,999 parts.
    """
    # The number of parts is written into each of them: count first with the widest number, then write.
    draft = msgspec.structs.replace(bundle, part=MAX_PARTS, parts=MAX_PARTS)
    groups: list[Sequence[Run]] = []
    rest = pieces
    while rest or not groups:
        _, count = fill_bundle(draft, rest, budget, dictionary)
        groups.append(rest[:count])
        rest = rest[count:]
    if len(groups) > MAX_PARTS:
        raise TooLarge(f"{len(groups)} parts")
    return [
        pack_bundle(
            msgspec.structs.replace(bundle, runs=tuple(join(group)), part=number, parts=len(groups)),
            dictionary,
        )
        for number, group in enumerate(groups, 1)
    ]


def missing_parts(parts: Iterable[Bundle]) -> list[int]:
    """Which part numbers are not among ``parts`` of one export; empty when complete."""
    seen = list(parts)
    held = {bundle.part for bundle in seen}
    return [number for number in range(1, max((b.parts for b in seen), default=0) + 1) if number not in held]
