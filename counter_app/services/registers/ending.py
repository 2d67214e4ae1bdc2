"""Acts that come to their end and that no other follows, in words for the home page."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.organisation.delegations import ending_with_year
from counter_app.domain.organisation.ending import days_left, ends_soon, followed
from counter_app.domain.organisation.state import DelegationState
from counter_app.services.ports.saying import counted, say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries


def ending_words(connection: Connection, work: Workplace, day: int) -> list[str]:
    """One sentence an act: a week before its end, or from 1 December with the year (``day`` yyyymmdd)."""
    states = [work.state(connection, row.id, required=False) for row in unit_queries.delegations(connection)]
    acts = [state for state in states if isinstance(state, DelegationState)]
    with_year = {act.id for act in ending_with_year(acts, day)}
    return [
        _words(act, days_left(act, day) if ends_soon(act, day) else None)
        for act in acts
        if (ends_soon(act, day) or act.id in with_year) and not followed(act, acts)
    ]


def _words(act: DelegationState, left: int | None) -> str:
    number = act.act_number
    if left is None:
        return say(f"Văn bản {number} hết hiệu lực 31/12", f"Act {number} ends on 31/12")
    if not left:
        return say(f"Văn bản {number} hết hiệu lực sau hôm nay", f"Act {number} ends today")
    return say(f"Văn bản {number} còn {left} ngày", f"Act {number}: {counted(left, 'day', 'days')} left")
