"""What is to be done next for one order: pure, so that every crossing of faults can be tried without a wire.

The portal is told the *difference* between what it acknowledged and what the journals say now. A step that
arrived late and belongs before one already told is passed over; when the portal stands elsewhere than the
dossier, the shortest lawful way there is told instead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from counter_app.domain.dossiers.portal import TRANSITIONS
from sync.hub.portal.matter import Matter, Step
from sync.hub.portal.port import Seen


class Order(msgspec.Struct, frozen=True):
    """A row of ``portal_orders``, as its columns say."""

    subject: int
    unit: str
    status: str = "waiting"
    code: str = ""
    given: str = ""
    record: bytes = b""
    told_key: int = 0
    told_state: int = 0
    doubt: int = 0
    life: int = 0
    next_at: int = 0
    tries: int = 0
    reported: int = 0
    polled_at: int = 0
    sent_at: int = 0
    fault: str = ""
    detail: str = ""
    cuts: str = ""


class Do(StrEnum):
    """The next thing to do for an order."""

    ASK_CODE = "ask_code"
    LOOK = "look"
    PUT = "put"
    STEP = "step"
    APART = "apart"
    REST = "rest"


def begun(order: Order, matter: Matter) -> Order:
    """An order that was never sent; what was filed online the portal has, in its first state."""
    if order.code or not matter.portal_code:
        return order
    first = matter.steps[0]
    return msgspec.structs.replace(order, code=matter.portal_code, told_key=first.key, told_state=first.state)


def pending(order: Order, matter: Matter) -> tuple[Step, ...] | None:
    """Steps the portal was not told, in order; None when no lawful way leads from its state to ours."""
    place = _place(order, matter.steps)
    if place is not None:
        return matter.steps[place + 1 :]
    last = matter.steps[-1]
    if order.told_state == last.state:
        return ()
    way = lawful_way(order.told_state, last.state)
    return None if way is None else tuple(msgspec.structs.replace(last, state=state) for state in way)


def _place(order: Order, steps: Sequence[Step]) -> int | None:
    """Where the step that was told last stands in the history as it is now."""
    for place in range(len(steps) - 1, -1, -1):
        if (steps[place].key, steps[place].state) == (order.told_key, order.told_state):
            return place
    return None


def lawful_way(before: int, after: int) -> tuple[int, ...] | None:
    """The shortest way through the portal's transitions [U], without the beginning; None without one."""
    seen = {before}
    ways: deque[tuple[int, ...]] = deque([(before,)])
    while ways:
        way = ways.popleft()
        for step in sorted(TRANSITIONS.get(way[-1], frozenset())):
            if step == after:
                return (*way[1:], step)
            if step not in seen:
                seen.add(step)
                ways.append((*way, step))
    return None


def next_act(order: Order, matter: Matter, record: bytes, *, life: int, asks_codes: bool) -> Do:
    """What comes next; ``record`` is the digest of the particulars as they are, ``life`` the hub's."""
    if order.doubt or (life > 1 and order.life != life):
        return Do.LOOK
    has_code = order.code or order.given or matter.official
    if asks_codes and not has_code and not matter.certification:
        return Do.ASK_CODE
    if not order.code:
        return Do.PUT
    steps = pending(order, matter)
    if steps is None:
        return Do.APART
    if order.record != record:
        return Do.PUT
    return Do.STEP if steps else Do.REST


def after_look(order: Order, matter: Matter, seen: Seen | None, code: str, life: int) -> Order:
    """The order after the portal showed what it holds under ``code``: no doubt is left.

    One step may have been told whose answer was lost. After a restored hub it may be several: the last one
    that leads to the portal's state counts then, for nothing is to be told twice. Any other state the portal
    took by itself; ``reported`` names it.
    """
    clear = msgspec.structs.replace(order, doubt=0, life=life)
    if seen is None:
        return msgspec.structs.replace(clear, code="", record=b"", told_key=0, told_state=0)
    first = matter.steps[0]
    if not order.code:
        clear = msgspec.structs.replace(
            clear, code=code, told_key=first.key, told_state=first.state, record=b""
        )
    if seen.state == clear.told_state:
        return clear
    steps = pending(clear, matter) or ()
    restored = order.life != life or not order.code
    candidates = steps if restored else steps[:1] if order.doubt else ()
    for step in reversed(candidates):
        if step.state == seen.state:
            return msgspec.structs.replace(clear, told_key=step.key, told_state=step.state)
    return msgspec.structs.replace(clear, told_key=0, told_state=seen.state, reported=seen.state)
