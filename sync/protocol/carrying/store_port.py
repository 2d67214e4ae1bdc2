"""What an exchange needs of whoever keeps journals: a counter's store, or a hub's tables of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.vector import SignedVector, Vector
from sync.protocol.naming.ids import EntryId


class WritingStopped(Exception):
    """The holder's journal is closed to it (a copy, a fork, the program's end): it exchanges no more."""


class Ingested(msgspec.Struct, frozen=True):
    """What became of a bundle: entries new here, entries parked with a refusal's code, journals found forked.

    A bundle whose every entry was known already has ``applied`` 0 and nothing else.
    """

    applied: int = 0
    parked: tuple[tuple[EntryId, str], ...] = ()
    forked: tuple[int, ...] = ()


class StorePort(Protocol):
    """Journals of one unit as an exchange sees them. Only what checkpoints cover is ever told or given.

    Whatever needs the own journal (``journal``, ``hand_over``, ``ingest``) may raise ``WritingStopped``.
    """

    @property
    def unit(self) -> str:
        """Five digits."""
        ...

    @property
    def journal(self) -> int:
        """The journal this holder writes (of a hub: the province's journal of the unit)."""
        ...

    def hand_over(self) -> None:
        """Signs a checkpoint over the own uncovered tail, so that all of it may leave."""
        ...

    def vector(self) -> Vector:
        """Positions and digest of all journals held, as far as checkpoints cover them."""
        ...

    def heads_at(self, positions: Mapping[int, int]) -> dict[int, bytes]:
        """The head held at ``{journal: seq}`` for those journals that reach so far (32 bytes each)."""
        ...

    def pieces_from(self, first: Mapping[int, int], most_bytes: int) -> Sequence[Run]:
        """Runs cut at checkpoints from ``{journal: first seq}`` on, about ``most_bytes`` unpacked at the most
        (at least one piece when there is any), province journals first, then in order of journal.
        """
        ...

    def ingest(self, bundle: Bundle) -> Ingested:
        """Takes a bundle in one transaction, whole or not; known positions have their bytes compared.

        Raises Refusal when the bundle as a whole cannot be taken; then nothing has changed.
        """
        ...

    def last_word(self) -> SignedVector | None:
        """The newest signed vector of the hub, verified when it was kept; None before the first."""
        ...

    def keep_word(self, word: SignedVector) -> None:
        """Keeps a verified signed vector; an older one (life, then hub time) never replaces a newer."""
        ...
