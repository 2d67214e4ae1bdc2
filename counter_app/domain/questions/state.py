"""State of one question of the province ("Tỉnh hỏi lại")."""

from __future__ import annotations

import msgspec

from sync.protocol.naming.ids import EntryId

OPEN = "open"
ANSWERED = "answered"
SETTLED = "settled"


class QuestionState(msgspec.Struct, frozen=True, gc=False):
    """A question about ``entry``: OPEN (the unit has to act), ANSWERED by the unit, SETTLED by the province.

    ``subject`` is the main subject of the questioned entry, ``theirs`` what the province holds instead.
    ``answers`` are the unit's answering entries in order, ``how`` the last exit taken.
    """

    id: EntryId
    entry: EntryId
    code: str
    field: str
    words: str
    subject: EntryId | None = None
    theirs: str = ""
    status: str = OPEN
    how: str = ""
    answers: tuple[EntryId, ...] = ()
    corrected_by: EntryId | None = None
    last_words: str = ""

    @property
    def is_open(self) -> bool:
        """True while the unit still has to act."""
        return self.status == OPEN
