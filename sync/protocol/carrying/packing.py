"""One entry as one byte string: carried inside another, kept in the stray table, shown to a technician.

A MessagePack array of byte strings ``[facts, body, seal]``, or ``[facts, nil, seal, digest]`` when redacted.
The position travels beside it.
"""

from __future__ import annotations

import msgspec

from sync.protocol.journals.codec import decode, encode
from sync.protocol.journals.entry import Entry, read_entry, read_redacted
from sync.protocol.naming.ids import EntryId


class _Packed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    facts: bytes
    body: bytes | None
    seal: bytes
    digest: bytes = b""


def pack_entry(entry: Entry) -> bytes:
    """The exact slices of ``entry`` in one byte string."""
    if entry.body is None:
        return encode([entry.facts_bytes, None, entry.seal, entry.digest])
    return encode([entry.facts_bytes, entry.body, entry.seal])


def unpack_entry(entry_id: EntryId, data: bytes) -> Entry:
    """The entry at ``entry_id`` that ``data`` holds. Raises Malformed."""
    packed = decode(_Packed, data)
    if packed.body is None:
        return read_redacted(entry_id, packed.facts, packed.digest, packed.seal)
    return read_entry(entry_id, packed.facts, packed.body, packed.seal)
