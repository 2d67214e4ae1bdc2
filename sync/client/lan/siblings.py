"""Files taken from siblings: who has what, parts of it, a small file whole. A sibling that says nonsense, or
nothing, is passed over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from sync.client.lan.shelf import LOOK, MOST_PART, PART, Item, ask_part, read_items
from sync.client.transport import Garbled, LineFault
from sync.protocol.refusals import Refusal

LOOK_S = 3.0
PART_S = 10.0

Ask = Callable[[int, int, bytes, float], bytes]
"""Journal, topic, words, seconds: the answer's words. Raises LineFault."""
InContact = Callable[[], tuple[tuple[int, str], ...]]
"""Journals and names of the counters in a talk now."""


class Offer(NamedTuple):
    """A file at a sibling: its journal and name, what it says of the file."""

    journal: int
    name: str
    item: Item


class Siblings:
    """The unit's counters in contact, as places where files are."""

    def __init__(self, in_contact: InContact, ask: Ask) -> None:
        """Asks nothing yet."""
        self._in_contact, self._ask = in_contact, ask

    @property
    def anybody(self) -> bool:
        """True while a sibling is in contact."""
        return bool(self._in_contact())

    def look(self) -> list[Offer]:
        """What lies at all of them, by name of the sibling; raises nothing."""
        found: list[Offer] = []
        for journal, name in self._in_contact():
            try:
                items = read_items(self._ask(journal, LOOK, b"", LOOK_S))
            except (LineFault, Refusal):
                continue
            found += [Offer(journal, name, item) for item in items]
        return found

    def part(self, journal: int, digest: bytes, offset: int, most: int) -> bytes:
        """At most ``most`` bytes from ``offset``; none where that sibling has none. Raises LineFault."""
        data = self._ask(journal, PART, ask_part(digest, offset, most), PART_S)
        if len(data) > most:
            raise Garbled("more than was asked for")
        return data

    def whole(self, offer: Offer, most: int) -> bytes | None:
        """The file if it is whole there, at most ``most`` bytes and what its digest says; else None."""
        item, data = offer.item, bytearray()
        if item.held < item.size or item.size > most:
            return None
        try:
            while len(data) < item.size:
                left = min(MOST_PART, item.size - len(data))
                more = self.part(offer.journal, item.digest, len(data), left)
                if len(more) < left:  # gone, or somebody who would keep us for days with a byte at a time
                    return None
                data += more
        except LineFault:
            return None
        return bytes(data) if hashlib.sha256(data).digest() == item.digest else None
