"""The lean bundle: a few new entries of the sender's own journal, packed against what came before them.

Only inside an exchange request (``meeting.exchange``): both sides hold the sender's journal up to where the
new entries begin, so its last entries serve as a dictionary that nobody has to send. Names, hamlets and
papers of a commune come back all day; no trained dictionary knows them.

Form, behind the method byte 2: first seq of the new entries || how many entries before it serve as past ||
4 bytes of SHA-256('commune-counter past' || head before the new entries || past) || generation of the trained
dictionary || checkpoints: count, then seq step and signature of each || a zstd frame without its first four
bytes and without a dictionary id, whose contents are the columns of the run, times counted from the last
entry of the past. Signatures stand outside the frame: noise spoils the code that the text gets.

Method 3, tight: first seq || how many entries serve as past, one byte || the same 4 bytes || the signature of
the one checkpoint, which covers the last entry || of the frame, which is a single compressed block, that
block's contents alone: what stands before it is always equal, and so is the trained dictionary.

Past: the bodies side by side, then the columns of the last four entries. The dictionary of the frame is the
trained one with the past behind it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from backports import zstd

from sync.protocol.carrying.bundle import FRAME_MAGIC, PREFIX, Bundle
from sync.protocol.carrying.dictionaries import SHIPPED, load_dictionary
from sync.protocol.carrying.run import Run, RunCheckpoint
from sync.protocol.carrying.run_columns import put_columns, take_checkpoints, take_columns
from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.journals.chain import short
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import MAX_SEQ
from sync.protocol.naming.keys import SIGNATURE_BYTES
from sync.protocol.refusals import DictionaryUnknown, Malformed

LEAN, TIGHT = 2, 3
MOST_ENTRIES = 16
MOST_PAST, MOST_TIGHT_PAST = 127, 255
TIGHT_GENERATION = 2
"""The dictionary of method 3, which says none: a newer one wants another method."""
MAX_PAST_BYTES = 256 * 2**10
MAX_LEAN_BYTES = 64 * 2**10
"""What a lean bundle may unpack to: it is for an act or two, everything else travels in the common form."""
_CHECK_BYTES = 4
_SHOWN = 4
_LEVEL = 19
_FRAME_HEAD = FRAME_MAGIC + b"\x00\x38"
"""A frame of 128 KiB window that tells neither its size nor a dictionary (RFC 8878, 3.1.1.1)."""
_LAST_COMPRESSED, _BLOCK_HEAD_BYTES = 5, 3


class Past(NamedTuple):
    """The head before the new entries (32 bytes), and the entries that end there, in order."""

    head: bytes
    entries: Sequence[Entry]


Pasts = Callable[[int, int], Past | None]
"""The past of the sender's journal from the first seq to the last; None when it is not all held."""


def fits(run: Run) -> bool:
    """Whether ``run`` may travel lean: few entries, all covered, not the beginning of its journal."""
    size = sum(len(entry.facts_bytes) + len(entry.body or b"") for entry in run.entries)
    return 1 < run.first_seq == run.covered_seq - len(run.entries) + 1 and (
        len(run.entries) <= MOST_ENTRIES and size <= MAX_LEAN_BYTES // 4
    )


def pack_lean(run: Run, past: Past, generation: int = len(SHIPPED), *, tight: bool = False) -> bytes:
    """The bytes of a bundle that brings ``run`` alone, which ``fits``; ``past`` ends where it begins.

    ``generation`` counts the trained dictionaries from 1; ``tight`` asks for method 3, which what does not
    compress has not. Raises ValueError for another past.
    """
    if not past.entries or past.entries[-1].id != (run.journal, run.first_seq - 1):
        raise ValueError("the past ends where the run begins")
    words = _words(run.journal, past.entries)
    contents = bytearray()
    put_columns(contents, run.journal, run.entries, past.entries[-1].facts.at)
    frame = _deflate(bytes(contents), _dictionary(generation, words), sized=not tight)
    tight = tight and generation == TIGHT_GENERATION and len(run.checkpoints) == 1
    block = _only_block(frame) if tight else None
    if block is None and len(past.entries) > MOST_PAST:
        return pack_lean(run, Past(past.head, past.entries[-MOST_PAST:]), generation)
    out = bytearray(PREFIX + bytes([LEAN if block is None else TIGHT]))
    put_varint(out, run.first_seq)
    if block is None:
        put_varint(out, len(past.entries))
    else:
        out.append(len(past.entries))
    out += _check(past.head, words)
    if block is not None:
        return bytes(out) + run.checkpoints[0].signature + block
    put_varint(out, generation)
    put_varint(out, len(run.checkpoints))
    before = run.first_seq - 1
    for point in run.checkpoints:
        put_varint(out, point.seq - before)
        out += point.signature
        before = point.seq
    return bytes(out) + frame.removeprefix(FRAME_MAGIC)


def is_lean(data: bytes) -> bool:
    """Whether these bytes of a bundle have the lean form, tight or not."""
    return data[: len(PREFIX) + 1] in (PREFIX + bytes([LEAN]), PREFIX + bytes([TIGHT]))


def unpack_lean(data: bytes, unit: str, sender: int, pasts: Pasts) -> Bundle:
    """Read a lean bundle of ``sender``; nothing of its run is verified yet but its shape.

    Raises DictionaryUnknown when the past or the trained dictionary is not the sender's (then it sends the
    common form), Malformed.
    """
    reader = Reader(data)
    tight = reader.take(len(PREFIX) + 1)[-1] == TIGHT
    first = reader.varint(MAX_SEQ)
    count = reader.take(1)[0] if tight else reader.varint(MOST_PAST)
    check = reader.take(_CHECK_BYTES)
    generation = TIGHT_GENERATION if tight else reader.varint()
    if not 1 <= count < first:
        raise Malformed("a past of no entries")
    points = () if tight else take_checkpoints(reader, first, MOST_ENTRIES)
    signature = reader.take(SIGNATURE_BYTES) if tight else b""
    past = pasts(first - count, first - 1)
    words = b"" if past is None else _words(sender, past.entries)
    if past is None or _check(past.head, words) != check:
        raise DictionaryUnknown(f"the {count} entries before {first} are not what the sender holds")
    packed = reader.take(reader.left)
    frame = _whole_frame(packed) if tight else FRAME_MAGIC + packed
    contents = Reader(_inflate(frame, _dictionary(generation, words)))
    entries = take_columns(contents, sender, first, past.entries[-1].facts.at)
    contents.done()
    if tight and entries:
        points = (RunCheckpoint(entries[-1].id.seq, signature),)
    if len(entries) > MOST_ENTRIES or not points or points[-1].seq != entries[-1].id.seq:
        raise Malformed("a lean bundle ends at its last checkpoint")
    return Bundle(unit, sender, (Run(sender, first, short(past.head), entries, points),))


def _words(journal: int, past: Sequence[Entry]) -> bytes:
    """The past as text to copy from; equal on both sides or of no use."""
    out = bytearray().join(entry.body or b"" for entry in past)
    put_columns(out, journal, past[-_SHOWN:])
    return bytes(out[-MAX_PAST_BYTES:])


def _check(head: bytes, words: bytes) -> bytes:
    return hashlib.sha256(b"commune-counter past" + head + words).digest()[:_CHECK_BYTES]


def _dictionary(generation: int, words: bytes) -> zstd.ZstdDict:
    """A trained dictionary with the past at its end, where copying from it costs least."""
    trained = load_dictionary(SHIPPED[generation - 1]) if 1 <= generation <= len(SHIPPED) else None
    if trained is None:
        raise DictionaryUnknown(f"dictionary number {generation}")
    return zstd.ZstdDict(trained + words)


def _deflate(contents: bytes, dictionary: zstd.ZstdDict, *, sized: bool) -> bytes:
    """A whole frame; without its own size unless ``sized``."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _LEVEL,
        zstd.CompressionParameter.checksum_flag: 0,
        zstd.CompressionParameter.dict_id_flag: 0,
        zstd.CompressionParameter.content_size_flag: int(sized),
    }
    return zstd.compress(contents, options=options, zstd_dict=dictionary)


def _only_block(frame: bytes) -> bytes | None:
    """The contents of a frame's block when that is all there is to it; None for every other frame."""
    before = len(_FRAME_HEAD) + _BLOCK_HEAD_BYTES
    return (
        frame[before:]
        if _whole_frame(frame[before:])[len(_FRAME_HEAD) :] == frame[len(_FRAME_HEAD) :]
        else None
    )


def _whole_frame(block: bytes) -> bytes:
    """The frame of one last compressed block. Raises Malformed for one longer than a block may be."""
    if len(block) > MAX_LEAN_BYTES:
        raise Malformed(f"a block of {len(block)} bytes")
    return _FRAME_HEAD + (len(block) << 3 | _LAST_COMPRESSED).to_bytes(_BLOCK_HEAD_BYTES, "little") + block


def _inflate(frame: bytes, dictionary: zstd.ZstdDict) -> bytes:
    """One whole frame, never more than a lean bundle may hold."""
    try:
        if zstd.get_frame_info(frame).dictionary_id:
            raise Malformed("a lean frame names no dictionary")
        engine = zstd.ZstdDecompressor(zstd_dict=dictionary)
        contents = engine.decompress(frame, max_length=MAX_LEAN_BYTES + 1)
    except (zstd.ZstdError, ValueError, EOFError, MemoryError) as error:
        raise Malformed(f"zstd: {error}") from error
    if len(contents) > MAX_LEAN_BYTES or not engine.eof or engine.unused_data:
        raise Malformed("a lean frame that is too long or does not end with the bundle")
    return contents
