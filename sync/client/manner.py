"""How this hub is spoken to: the briefest way first, a commoner one for what it refused (format.md 11).

What a refusal taught holds for the engine's life; a hub updated meanwhile is found out at the next start.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from sync.client.backlog import Load
from sync.protocol.carrying.dictionaries import GENERATION, dictionary_of
from sync.protocol.carrying.lean import MOST_PAST, MOST_TIGHT_PAST, Past, fits, pack_lean
from sync.protocol.carrying.run import Run, join
from sync.protocol.carrying.store_port import StorePort
from sync.protocol.meeting.brief import BRIEF, KIB, TIGHT, can_be_brief
from sync.protocol.meeting.exchange import FORMAT, ExchangeRequest
from sync.protocol.refusals import DictionaryUnknown, NewerFormat

_PAST_BYTES = 256 * 2**10


class Spoken(NamedTuple):
    """How one request was said: its past ended before ``lean_first`` (0: it was not lean)."""

    form: int
    lean_first: int
    generation: int


class Manner:
    """What the hub was found to understand. ``generation`` 0 packs without a dictionary."""

    def __init__(self, *, trained: bool) -> None:
        self.form = TIGHT
        self.generation = GENERATION if trained else 0
        self._agreed_from = 1

    @property
    def dictionary(self) -> bytes | None:
        """The dictionary to pack with."""
        return dictionary_of(self.generation)

    def lean(self, store: StorePort, pieces: list[Run], plain: bytes) -> tuple[bytes, int]:
        """``pieces`` as a lean bundle and where it begins, when that is possible and shorter than ``plain``.

        Else ``plain`` and 0. ``pieces`` is all that the bundle is to carry.
        """
        runs = join(pieces)
        if self.form < BRIEF or not self.generation or len(runs) != 1 or not fits(runs[0]):
            return plain, 0
        (run,) = runs
        past = self._past(store, run) if run.journal == store.journal else None
        if past is None:
            return plain, 0
        packed = pack_lean(run, past, self.generation, tight=self.form == TIGHT)
        return (packed, run.first_seq) if len(packed) < len(plain) else (plain, 0)

    def said(self, request: ExchangeRequest, lean_first: int) -> tuple[ExchangeRequest, Spoken]:
        """``request`` as this hub takes it; only format 3 fetches behind another."""
        form = self.form if can_be_brief(request.vector, request.unit) else FORMAT
        brief, tight = form >= BRIEF, form == TIGHT
        want = request.want - request.want % KIB if brief else request.want
        behind = request.behind if tight else 0
        said = msgspec.structs.replace(
            request,
            want=want if behind == request.behind else 0,
            brief=brief,
            tight=tight,
            behind=behind,
            generation=GENERATION,
        )
        return said, Spoken(form, lean_first, self.generation)

    def refused(self, code: str, spoken: Spoken, load: Load) -> bool:
        """Learn from a refusal; True when the same is worth saying again in a commoner way."""
        if code == NewerFormat.code and spoken.form > FORMAT:
            self.form = min(self.form, spoken.form - 1)
            return True
        if code != DictionaryUnknown.code or not load.entries:
            return False
        if spoken.lean_first:
            # Hub and counter differ in what lies before: only what they exchange from here on is common.
            self._agreed_from = max(self._agreed_from, spoken.lean_first)
            return True
        if spoken.generation:
            self.generation = min(self.generation, spoken.generation - 1)
            return True
        return False

    def _past(self, store: StorePort, run: Run) -> Past | None:
        last = run.first_seq - 1
        most = MOST_TIGHT_PAST if self.form == TIGHT else MOST_PAST
        first = max(self._agreed_from, run.first_seq - most)
        if first > last:
            return None
        held = store.pieces_from({run.journal: first}, _PAST_BYTES)
        entries = [entry for piece in held for entry in piece.entries if entry.id.seq <= last]
        head = store.heads_at({run.journal: last}).get(run.journal)
        if head is None or [entry.id.seq for entry in entries] != list(range(first, last + 1)):
            return None
        return Past(head, entries)
