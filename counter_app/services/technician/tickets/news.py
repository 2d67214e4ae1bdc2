"""What home says of tickets: answers that came, and what the province asked of this PC."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from counter_app.domain.tickets.state import AfarState, ticket_number
from counter_app.services.ports.saying import say
from counter_app.services.technician.tickets.words import wish_words
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import tickets as queries
from sync.protocol.naming.ids import device_of

NEWS_MS: Final = 3 * 86_400_000
"""So long home tells of an answer (own figure)."""
MOST_NAMED: Final = 3


def ticket_news(connection: Connection, work: Workplace, now: int) -> list[tuple[str, str]]:
    """Icon and words, none when nothing came; numbers of tickets, no name."""
    found: list[tuple[str, str]] = []
    answered = [
        ticket_number(row.id)
        for row in queries.tickets(connection)
        if row.status != "open" and now - row.changed_at < NEWS_MS
    ]
    if answered:
        shown = ", ".join(answered[:MOST_NAMED]) + (" …" if len(answered) > MOST_NAMED else "")
        found.append(("lifebuoy", say(f"Tỉnh đã trả lời phiếu báo sự cố {shown}",
                                      f"The province answered ticket {shown}")))  # fmt: skip
    for row in queries.waiting(connection, device_of(work.journal))[:MOST_NAMED]:
        state = work.state(connection, row.id, required=False)
        if isinstance(state, AfarState):
            wish = wish_words(state.wish)
            found.append(("cloud", say(f"Tỉnh nhờ máy này {wish}; máy tự làm lúc rảnh",
                                       f"The province asks this PC to {wish}; done when idle")))  # fmt: skip
    return found
