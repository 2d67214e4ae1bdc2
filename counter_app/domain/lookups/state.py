"""What the journals say about one look-up and about one system's standing."""

from __future__ import annotations

import msgspec

from counter_app.domain.lookups.entries import AskedField, FieldAnswer
from sync.protocol.naming.ids import EntryId

ASKED, WITHDRAWN = "asked", "withdrawn"


class LookupState(msgspec.Struct, frozen=True, gc=False):
    """A look-up. ``status`` is ``asked``, ``withdrawn`` or an outcome; moments ms, ``expires`` yyyymmdd.

    ``contradicted``: two final answers differ (a restored province answered again): neither counts.
    """

    id: EntryId
    system: str
    row: int
    procedure: str
    ground: str
    id_number: str
    fields: tuple[AskedField, ...]
    right: str
    asked_at: int
    asked_by: EntryId | None
    until: int
    dossier: EntryId | None = None
    status: str = ASKED
    answers: tuple[FieldAnswer, ...] = ()
    answered_at: int = 0
    since: int = 0
    expires: int = 0
    reference: str = ""
    code: str = ""
    contradicted: bool = False

    @property
    def is_open(self) -> bool:
        """True while an answer is still to come."""
        return self.status in (ASKED, "unreachable")

    def answers_on(self, day: int) -> tuple[FieldAnswer, ...]:
        """The answer field by field; from the day after ``expires`` (yyyymmdd) on without what was found."""
        if not self.expires or day <= self.expires:
            return self.answers
        return tuple(FieldAnswer(one.field, one.how) for one in self.answers)


class StandingState(msgspec.Struct, frozen=True, gc=False):
    """How a system stood since a moment (ms); the newest entry of a system counts."""

    id: EntryId
    system: str
    standing: str
    since: int
