"""What an aggregate gives to the fold, and what the fold gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from counter_app.domain.folding.fact import Fact, Place
from sync.protocol.naming.ids import EntryId

S = TypeVar("S")


class Conflict(msgspec.Struct, frozen=True):
    """What ``evolve`` returns when an act cannot stand beside what is already applied.

    ``code`` is stable, such as ``number.double``. Without ``state`` the act is kept but not applied (the
    first in order counts); with ``state`` it is applied as given and reported all the same.
    """

    code: str
    state: Any = None


class Settled(msgspec.Struct, frozen=True):
    """What ``evolve`` returns when a person's entry settles conflicts reported for ``entries``."""

    state: Any
    entries: tuple[EntryId, ...]


class Aggregate(NamedTuple, Generic[S]):
    """One kind of subject: its frozen state and the two pure functions that make it.

    ``start(fact)`` is called with the entry that begins the subject, ``evolve(state, fact)`` with every later
    one in causal order, whatever position the subject has in it; an entry that does not concern the aggregate
    leaves the state as it is. Neither raises. ``rootless``: begun by no entry (the unit); then ``start`` gets
    the first entry in order. ``overhear``: what the state notes of facts that wait, without applying them.
    """

    name: str
    state: type[S]
    start: Callable[[Fact], S]
    evolve: Callable[[S, Fact], S | Conflict | Settled]
    rootless: bool = False
    overhear: Callable[[S, Sequence[Fact]], S] | None = None


class ConflictFound(msgspec.Struct, frozen=True):
    """An act that could not stand; kept, and settled by a named person's entry ``settled_by``."""

    entry: EntryId
    code: str
    settled_by: EntryId | None = None


class Folded(msgspec.Struct, frozen=True):
    """A subject as its facts make it; equal for every holder of the same facts, however they arrived.

    ``state`` None while the first entry is missing or redacted. ``heads`` are what the next entry names in
    ``after`` (ascending). ``waiting``: stored, not applied, a parent or the first entry is missing ("chưa đủ
    dữ liệu"). ``frozen``: holds something newer that must be understood; nobody acts here with this program.
    ``latest`` (the last entry of each journal) and ``last_place`` serve the fast path.
    """

    subject: EntryId
    aggregate: str
    state: Any
    heads: tuple[EntryId, ...] = ()
    waiting: tuple[EntryId, ...] = ()
    conflicts: tuple[ConflictFound, ...] = ()
    frozen: bool = False
    redacted: bool = False
    latest: tuple[EntryId, ...] = ()
    last_place: Place = (0, 0, 0)

    @property
    def open_conflicts(self) -> tuple[ConflictFound, ...]:
        """Those that no person has settled yet."""
        return tuple(found for found in self.conflicts if found.settled_by is None)
