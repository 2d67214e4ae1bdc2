"""Public files that counters of a unit hand to each other: versions of the program, the province's lists.

A question (topic ``LOOK``) is answered by what lies here, each file under the digest of its bytes; another
(``PART``) by bytes of one. All of it is signed by its maker and checked by whoever takes it, so a sibling is
asked for bytes and believed in nothing. A counter that knows neither topic answers what is no list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from sync.protocol.journals.codec import decode, encode
from sync.protocol.refusals import Malformed

LOOK, PART = 3, 4
TOPICS: Final = frozenset({LOOK, PART})
MANIFEST, PROGRAM, CHECK_LIST = 1, 2, 3
AT_REST, MEANT, FETCHING = 0, 1, 2
"""Of a file that is not whole: nobody is at it, its PC is about to fetch it, its PC is fetching it."""
MOST_ITEMS = 64
MOST_PART = 64 * 1024
MOST_SIZE = 2**31 - 1

Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
Count = Annotated[int, Meta(ge=0, le=MOST_SIZE)]


class Item(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A file: its ``kind``, the rising ``number`` of its kind (0: none), SHA-256 and size of the whole.

    ``held`` bytes of it are here, ``state`` says what becomes of the rest.
    """

    kind: Annotated[int, Meta(ge=1, le=255)]
    number: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    digest: Digest
    size: Count
    held: Count
    state: Annotated[int, Meta(ge=0, le=255)] = AT_REST


class _Wanted(msgspec.Struct, array_like=True, frozen=True, gc=False):
    digest: Digest
    offset: Count
    most: Annotated[int, Meta(ge=1, le=MOST_PART)]


class Place(NamedTuple):
    """A file that siblings may have, and where it lies."""

    item: Item
    path: Path


Lying = Callable[[], Iterable[Place]]
"""What lies on the shelf now, of one kind or another."""


class Shelf:
    """Answers siblings. ``lying`` are asked anew each time, from the threads of the talks."""

    def __init__(self, *lying: Lying) -> None:
        self._lying = lying

    def answer(self, topic: int, words: bytes) -> bytes:
        """The words of an answer; none for what is not a question, or not here. Raises nothing for it."""
        try:
            if topic == LOOK:
                return encode([place.item for place in self._places()[:MOST_ITEMS]])
            return self._part(decode(_Wanted, words))
        except (Malformed, OSError):
            return b""

    def _part(self, wanted: _Wanted) -> bytes:
        for item, path in self._places():
            if item.digest == wanted.digest and wanted.offset < item.held:
                with path.open("rb") as file:
                    file.seek(wanted.offset)
                    return file.read(min(wanted.most, item.held - wanted.offset))
        return b""

    def _places(self) -> list[Place]:
        return [place for lying in self._lying for place in lying()]


def read_items(words: bytes) -> tuple[Item, ...]:
    """What a sibling says lies there; nothing for no words. Raises Malformed."""
    if not words:
        return ()
    items = decode(list[Item], words)
    if len(items) > MOST_ITEMS or any(item.held > item.size for item in items):
        raise Malformed("a shelf that cannot be")
    return tuple(items)


def ask_part(digest: bytes, offset: int, most: int) -> bytes:
    """The words of a question for at most ``most`` bytes from ``offset``."""
    return encode(_Wanted(digest, offset, min(most, MOST_PART)))
