"""Acts that come to their end: how long they hold, whether another follows, the term of a new one.

Every act that ends on 31 December is listed from 1 December (``law.md`` 4.1); one that ends sooner is warned
of ``WARN_DAYS`` days before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from counter_app.domain.organisation.delegations import WARN_DAYS, as_date, last_day, valid_on
from counter_app.domain.organisation.state import DelegationState


class Term(NamedTuple):
    """First and last day of an act, ``yyyymmdd``, both included."""

    first: int
    last: int


def days_left(act: DelegationState, day: int) -> int | None:
    """Days after ``day`` (yyyymmdd) on which it still holds; None when it has no end or does not hold."""
    last = last_day(act)
    if last is None or not valid_on(act, day):
        return None
    return (last - as_date(day)).days


def ends_soon(act: DelegationState, day: int) -> bool:
    """True from ``WARN_DAYS`` days before the last day of an act in force."""
    left = days_left(act, day)
    return left is not None and left <= WARN_DAYS


def followed(act: DelegationState, acts: Iterable[DelegationState]) -> bool:
    """True when another act lets the same official sign all of it from the day after its last one on."""
    last = last_day(act)
    if last is None:
        return False
    return any(
        other.id != act.id and other.official == act.official and set(act.scope) <= set(other.scope)
        and valid_on(other, _day(last + timedelta(days=1)))
        for other in acts
    )  # fmt: skip


def next_term(act: DelegationState, today: int) -> Term:
    """The term proposed for the act that follows: from the day after its last one, or from today when that is
    past or the act has no end, until 31 December of that year.
    """
    last = last_day(act)
    first = today if last is None else max(today, _day(last + timedelta(days=1)))
    return Term(first, first // 10_000 * 10_000 + 1231)


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
