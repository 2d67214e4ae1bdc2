"""Store-and-forward: what the journals say reaches the portal, once, in order, whatever happens between.

Before anything leaves that would count twice if it left twice, the order says so (``doubt``), committed;
after the answer it says what was acknowledged. Killed in between, it looks first what the portal has.
An order that fails waits by itself: no dossier stops another.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from counter_app.domain.dossiers.entries import OfficialCodeGiven, PortalStateReported
from counter_app.domain.drafting import draft
from sync.hub.portal import plan, queue
from sync.hub.portal.mapping import FieldFault, Filled, PortalMap, fill_record, fill_step
from sync.hub.portal.matter import Matter, step_values
from sync.hub.portal.plan import Do, Order
from sync.hub.portal.port import PortalAway, PortalError, PortalPort, PortalRefused
from sync.hub.tables.engine import Database
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

log = logging.getLogger(__name__)
MOST = 500
"""Orders of one visit."""
MOST_TRIES = 6
FIRST_DELAY_MS = 30_000
LONGEST_DELAY_MS = 30 * 60_000
POLL_MS = 30 * 60_000
AWAY_IN_A_ROW = 3
"""After so many orders without an answer the turn ends: the portal is away, not these dossiers."""
_MOST_ACTS = 64
_SHORT = 50


class Office(NamedTuple):
    """A unit as the portal knows it."""

    code: str
    name: str


class Ground(NamedTuple):
    """What a sender stands on. ``write`` appends to the province's journal of a unit inside a transaction;
    ``spread(n)`` is a random number below ``n``; ``life`` the hub's.
    """

    database: Database
    read: Callable[[Connection, EntryId], Matter | None]
    write: Callable[[Connection, str, Sequence[Draft]], None]
    now: Callable[[], int]
    spread: Callable[[int], int]
    life: int


class Turn(NamedTuple):
    """What one turn did: orders worked at, brought to their end, failed."""

    worked: int = 0
    done: int = 0
    failed: int = 0
    away: bool = False


class Sender:
    """Tells one portal about the dossiers of ``offices`` (unit to what the portal calls it)."""

    def __init__(
        self,
        ground: Ground,
        port: PortalPort,
        mapping: PortalMap,
        offices: Mapping[str, Office],
        asks_codes: bool,
    ) -> None:
        self._ground = ground
        self._port = port
        self._map = mapping
        self._offices = offices
        self._asks_codes = asks_codes

    def turn(self, most: int = MOST, alive: Callable[[], bool] = lambda: True) -> Turn:
        """Work at what is due; ``alive`` False ends it between two orders."""
        ground = self._ground
        with ground.database.write() as connection:
            queue.take_marks(connection, self._offices, ground.now())
        with ground.database.read() as connection:
            due = queue.due(connection, self._offices, ground.now(), most)
        worked = done = failed = silent = 0
        for order in due:
            if silent >= AWAY_IN_A_ROW or not alive():
                break
            worked += 1
            fault = self._work(order)
            done += fault == ""
            failed += fault != ""
            silent = silent + 1 if fault == PortalAway.code else 0
        return Turn(worked, done, failed, silent >= AWAY_IN_A_ROW)

    def poll(self, most: int = _SHORT) -> int:
        """Ask about dossiers that may have moved at the portal by themselves; returns how many had."""
        ground = self._ground
        with ground.database.read() as connection:
            asked = queue.to_poll(connection, self._offices, ground.now() - POLL_MS, most)
        moved = 0
        for order in asked:
            try:
                moved += self._looked_again(order)
            except PortalAway:
                break
            except PortalError as error:
                self._keep(order, polled_at=ground.now(), detail=error.detail)
        return moved

    def _looked_again(self, order: Order) -> bool:
        matter = self._matter(order)
        if matter is None:
            return False
        seen = self._port.look(self._office(order).code, order.code)
        if seen is None or seen.state == order.told_state:
            self._keep(order, polled_at=self._ground.now())
            return False
        jumped = msgspec.structs.replace(
            order, told_key=0, told_state=seen.state, reported=seen.state, polled_at=self._ground.now()
        )
        self._report(jumped, matter)
        return True

    def _work(self, order: Order) -> str:
        """Bring an order to its end; returns the fault, "" for none."""
        try:
            self._advance(order)
            return ""
        except PortalError as error:
            return self._failed(order, error.code, error.detail, final=False)
        except FieldFault as error:
            return self._failed(order, "field", str(error), final=True)
        except Exception as error:
            # One dossier's fault of ours may not stop the others; no contents in a log.
            log.error("portal: order of %s failed with %s", order.unit, type(error).__name__)
            return self._failed(order, "broken", type(error).__name__, final=True)

    def _advance(self, order: Order) -> None:
        looked = False
        for _ in range(_MOST_ACTS):
            matter = self._matter(order)
            if matter is None:
                self._keep(order, status=queue.DONE)
                return
            order = plan.begun(order, matter)
            filled = self._record(order, matter)
            record = self._digest(filled)
            act = plan.next_act(order, matter, record, life=self._ground.life, asks_codes=self._asks_codes)
            if act in (Do.PUT, Do.STEP) and order.code and not looked:
                act = Do.LOOK  # the portal may have moved by itself: its state is not overwritten unseen
            looked |= act in (Do.LOOK, Do.PUT)
            if act is Do.REST:
                self._keep(order, status=queue.DONE, fault="", detail="", tries=0)
                return
            if act is Do.APART:
                words = f"{order.told_state} > {matter.steps[-1].state}"
                self._failed(order, "apart", words, final=True)
                return
            order = self._do(act, order, matter, filled)
        raise PortalRefused("no end")

    def _do(self, act: Do, order: Order, matter: Matter, filled: Filled) -> Order:
        match act:
            case Do.ASK_CODE:
                return self._ask_code(order, matter)
            case Do.LOOK:
                return self._look(order, matter)
            case Do.PUT:
                return self._put(order, matter, filled)
            case _:
                return self._step(order, matter)

    def _ask_code(self, order: Order, matter: Matter) -> Order:
        code = self._port.official_code(self._office(order).code, matter.code)
        with self._ground.database.write() as connection:
            if queue.is_taken(connection, code, order.subject):
                raise PortalRefused(code, "duplicate")
            self._ground.write(connection, order.unit, [draft(OfficialCodeGiven(code), matter.subject)])
            order = self._fresh(order, given=code)
            queue.keep(connection, order)
        return order

    def _look(self, order: Order, matter: Matter) -> Order:
        code = order.code or order.given or matter.best_code
        seen = self._port.look(self._office(order).code, code)
        after = plan.after_look(order, matter, seen, code, self._ground.life)
        if seen is not None and after.reported == seen.state == after.told_state and not after.told_key:
            return self._report(after, matter)
        return self._keep(after)

    def _put(self, order: Order, matter: Matter, filled: Filled) -> Order:
        known, code, first = bool(order.code), _code(order, matter), matter.steps[0]
        if not known:
            order = self._keep(order, doubt=1, given=code)
        self._port.put_dossier(self._office(order).code, filled.fields, known=known)
        told = {} if known else {"told_key": first.key, "told_state": first.state}
        return self._keep(
            order, code=code, record=self._digest(filled), doubt=0, cuts="; ".join(filled.cuts)[:600],
            sent_at=self._ground.now(), **told,
        )  # fmt: skip

    def _step(self, order: Order, matter: Matter) -> Order:
        step = (plan.pending(order, matter) or ())[0]
        office = self._office(order)
        values = step_values(step, order.code, office.name, matter.values.get("due_at", 0))
        line = fill_step(self._map, {**values, "state_word": self._map.states[str(step.state)]})
        order = self._keep(order, doubt=1)
        self._port.put_step(office.code, line.fields)
        return self._keep(
            order, doubt=0, told_key=step.key, told_state=step.state, sent_at=self._ground.now()
        )

    def _report(self, order: Order, matter: Matter) -> Order:
        """The portal took a state by itself: an entry tells the unit; no state of ours is changed by it."""
        with self._ground.database.write() as connection:
            if not matter.certification:
                body = PortalStateReported(order.told_state, self._ground.now())
                self._ground.write(connection, order.unit, [draft(body, matter.subject)])
            order = self._fresh(order)
            queue.keep(connection, order)
        return order

    def _record(self, order: Order, matter: Matter) -> Filled:
        state = order.told_state or matter.steps[0].state
        values: dict[str, Any] = {
            **matter.values, "code": _code(order, matter), "office_name": self._office(order).name,
            "state_word": self._map.states[str(state)],
        }  # fmt: skip
        if matter.certification:
            values["procedure"] = self._map.certification.get(matter.register, "")
            values["procedure_name"] = "Chứng thực"
        return fill_record(self._map, values, matter.lists)

    def _digest(self, filled: Filled) -> bytes:
        """Of the particulars without the state, which steps tell."""
        stated = {field.to for field in self._map.record if field.source == "state_word"}
        fields = {name: value for name, value in filled.fields.items() if name not in stated}
        return hashlib.sha256(msgspec.json.encode(fields, order="sorted")).digest()

    def _matter(self, order: Order) -> Matter | None:
        with self._ground.database.read() as connection:
            return self._ground.read(connection, EntryId.from_key(order.subject))

    def _office(self, order: Order) -> Office:
        return self._offices[order.unit]

    def _fresh(self, order: Order, **changes: Any) -> Order:
        return msgspec.structs.replace(order, life=self._ground.life, **changes)

    def _keep(self, order: Order, **changes: Any) -> Order:
        order = self._fresh(order, **changes)
        with self._ground.database.write() as connection:
            queue.keep(connection, order)
        return order

    def _failed(self, order: Order, fault: str, detail: str, *, final: bool) -> str:
        """The order as it was last committed waits, by full jitter, or for a person."""
        with self._ground.database.write() as connection:
            held = queue.order_of(connection, order.subject) or order
            away = fault == PortalAway.code
            tries = min(held.tries + 1, MOST_TRIES // 2) if away else held.tries + 1
            given_up = final or tries >= MOST_TRIES
            delay = min(LONGEST_DELAY_MS, FIRST_DELAY_MS << min(tries, 10))
            later = 0 if given_up else self._ground.spread(delay)
            held = msgspec.structs.replace(
                held, status=queue.DEAD if given_up else queue.WAITING, tries=tries, fault=fault,
                detail=detail[:300], next_at=self._ground.now() + later,
            )  # fmt: skip
            queue.keep(connection, held)
        return fault


def _code(order: Order, matter: Matter) -> str:
    return order.code or order.given or matter.best_code
