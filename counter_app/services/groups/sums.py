"""What a group that pays as one owes, or is to be given back.

The fees are those of its persons' requests as they stand now, not those of the day it was taken in: a line
that was struck costs nothing, and one that is certified after all costs again.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.state import RequestState
from counter_app.domain.groups.entries import ONE
from counter_app.domain.groups.state import GroupState
from counter_app.domain.money_words import money_figures
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of a group in dong; all 0 where each person pays his own."""

    fees: int = 0
    paid: int = 0

    @property
    def to_pay(self) -> int:
        """What is still to be paid."""
        return max(0, self.fees - self.paid)

    @property
    def to_refund(self) -> int:
        """What was paid for lines that were struck since."""
        return max(0, self.paid - self.fees)


def sums_of(connection: Connection, group: GroupState) -> Sums:
    """The sums of one group as it stands."""
    if group.receipt != ONE:
        return Sums()
    return Sums(group_queries.fees_of(connection, group.id), group.paid)


def refund_words(connection: Connection, work: Workplace, request: RequestState) -> str:
    """What goes back to the school once a line of one of its persons was struck, "" when nothing does."""
    if request.group is None:
        return ""
    group: GroupState = work.state(connection, request.group)
    back = sums_of(connection, group).to_refund
    if not back:
        return ""
    money = money_figures(back)
    return say(
        f"Hoàn {money} cho {group.name}: trang Biên lai, biên lai của nhóm.",
        f"Give {money} back to {group.name}: page of receipts, the group's receipt.",
    )
