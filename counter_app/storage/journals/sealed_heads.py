"""Heads at chosen places, made anew from the bytes on this disk, for the seals of years.

As ``proved_heads``, but only up to the places asked for, and without holding every head meanwhile: neither
the heads nor the hashes that the store keeps are believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from counter_app.storage.statements import fetch
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.entry import header_hash
from sync.protocol.naming.ids import EntryId

_ROWS = "SELECT key & 4294967295, facts, body, digest FROM entries WHERE key BETWEEN ? AND ? ORDER BY key"


class Remade(NamedTuple):
    """Heads of the places that are held; ``damaged``: the first changed body of each journal, if any."""

    heads: dict[EntryId, bytes]
    damaged: dict[int, EntryId]


def heads_remade(connection: Connection, places: Iterable[EntryId]) -> Remade:
    """The heads at ``places``, 32 bytes each; a place beyond what is held, or behind a hole, has none."""
    wanted: dict[int, set[int]] = {}
    for place in places:
        wanted.setdefault(place.journal, set()).add(place.seq)
    made = Remade({}, {})
    for number, seqs in sorted(wanted.items()):
        _remake(connection, number, seqs, made)
    return made


def _remake(connection: Connection, number: int, seqs: set[int], made: Remade) -> None:
    head = first_head(number)
    bounds = (EntryId(number, 1).key, EntryId(number, max(seqs)).key)
    for last, (seq, facts, body, digest) in enumerate(fetch(connection, _ROWS, bounds), 1):
        if seq != last:
            return  # a hole: what is behind it proves nothing
        place = EntryId(number, seq)
        if body is not None and hashlib.sha256(body).digest() != digest:
            made.damaged.setdefault(number, place)
        head = next_head(head, header_hash(place, facts, digest))
        if seq in seqs:
            made.heads[place] = head
