"""The hash chain of a journal: each head stands for everything before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sync.protocol.journals.entry import Entry
from sync.protocol.refusals import ChainBroken, Forked, SealDiffers

START = b"commune-counter journal"
HEAD_BYTES = 32
SHORT_HEAD_BYTES = 8


def first_head(journal: int) -> bytes:
    """head(0) of ``journal``: SHA-256('commune-counter journal' || journal u32 BE)."""
    return hashlib.sha256(START + journal.to_bytes(4, "big")).digest()


def next_head(head: bytes, header_hash: bytes) -> bytes:
    """head(n) = SHA-256(head(n-1) || header hash of entry n)."""
    return hashlib.sha256(head + header_hash).digest()


def follow(head: bytes, last_seq: int, entries: Iterable[Entry]) -> list[bytes]:
    """The heads after each of ``entries``, which must continue one journal at ``last_seq + 1`` without a
    hole.

    ``head`` is the head at ``last_seq``. Raises ChainBroken on a hole or a foreign journal. The result proves
    nothing until one of the heads is compared with a checkpoint or a head already trusted.
    """
    heads: list[bytes] = []
    journal: int | None = None
    for entry in entries:
        last_seq += 1
        if entry.id.seq != last_seq or journal not in (None, entry.id.journal):
            raise ChainBroken(f"{entry.id} where seq {last_seq} was due")
        journal = entry.id.journal
        head = next_head(head, entry.header_hash)
        heads.append(head)
    return heads


def short(head: bytes) -> bytes:
    """The first 8 bytes of a head, as a run carries it: enough to notice a fork, never proof by itself."""
    return head[:SHORT_HEAD_BYTES]


def compare_known(held: Entry, given: Entry) -> Entry:
    """Both claim one position: returns what should be kept, or refuses.

    Equal chained bytes: the held entry, with the given seal if it had none; a redacted one stays redacted, a
    body given for it is not taken back. Raises Forked when the chained bytes differ, and SealDiffers when
    only the seals do: those lie outside the chain, so whoever knows the official's key decides.
    """
    if held.id != given.id:
        raise ValueError("compare entries of one position")
    if held.facts_bytes != given.facts_bytes or held.digest != given.digest:
        raise Forked(f"two contents at {held.id}")
    if held.seal and given.seal and held.seal != given.seal:
        raise SealDiffers(f"two seals at {held.id}")
    return held.sealed_by(given.seal) if given.seal and not held.seal else held
