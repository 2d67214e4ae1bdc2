"""What home tells a head of contradictions: how many wait, looked for now and then, never at every act."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.contradictions.finding import found_in
from counter_app.services.ports.saying import counted, say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import contradictions as queries

LOOK_MS = 600_000
"""So long a count is believed (own figure): a year of dossiers is not gone through at each look at home."""


@dataclass
class ContradictionNews:
    """The last count and what it was made for: ten minutes, and the decisions that were taken by then."""

    _for: tuple[int, int] = (-1, -1)
    _count: int = 0

    def lines(
        self, connection: Connection, work: Workplace, person: OfficialState, now: int
    ) -> list[tuple[str, str]]:
        """Icon and words for who decides, none for others and when nothing waits; ``now`` in ms."""
        if roles.may(person, roles.REVIEW_CLASHES) is not None:
            return []
        when = (now // LOOK_MS, queries.settled_count(connection))
        if when != self._for:
            self._for, self._count = when, len(found_in(connection, work))
        if not self._count:
            return []
        many = counted(self._count, "contradiction waits", "contradictions wait")
        words = say(f"{self._count} việc trùng chờ quyết định (Ctrl+K: việc trùng)", f"{many} for a decision")
        return [("git-merge", words)]
