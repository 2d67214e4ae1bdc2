"""Which kinds this program reads, ours and the system's, and which aggregate each of their subjects is."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from counter_app.domain.kinds import KINDS
from sync.protocol.journals.system_kinds import EntryQuestioned, QuestionSettled, SystemKind, UnitDescribed


class Readable(NamedTuple):
    """One kind as the fold reads it: newest known version, body type, aggregate of each subject."""

    version: int
    body: type[msgspec.Struct]
    aggregates: tuple[str, ...]
    begins: int | None


READABLE: dict[int, Readable] = {
    kind.number: Readable(kind.version, kind.body, kind.aggregates, kind.begins) for kind in KINDS
} | {
    int(SystemKind.UNIT_DESCRIBED): Readable(1, UnitDescribed, ("unit",), None),
    int(SystemKind.ENTRY_QUESTIONED): Readable(1, EntryQuestioned, ("question", "any"), 0),
    int(SystemKind.QUESTION_SETTLED): Readable(1, QuestionSettled, ("question", "any"), None),
}
"""Other system kinds (journals, keys, clocks) concern no aggregate: the exchange and the store read them."""
