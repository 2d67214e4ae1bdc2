"""The desk that puts questions to the systems and writes what comes of it.

A call is made outside any transaction; what it brought is written in one, with its row of the log, after the
question was looked at again: it may have been answered by another worker or called back meanwhile. Right and
purpose are asked here as at the counter, before anything of a citizen leaves the province.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.drafting import draft
from counter_app.domain.lookups.asking import Asker, refusal_of
from counter_app.domain.lookups.comparing import compare
from counter_app.domain.lookups.entries import (
    EXPIRED,
    NO_PERSON,
    REFUSED,
    UNREACHABLE,
    FieldAnswer,
    LookupAnswered,
)
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.lookups.systems import System, Systems
from counter_app.domain.organisation.state import OfficialState, UnitState, unit_subject
from sync.hub import clock, province
from sync.hub.hub import Hub
from sync.hub.lookups import log, queue, standing
from sync.hub.lookups.port import Found, NationalSystem, NotAnswered, Question
from sync.hub.lookups.queue import TOLD_AFTER, Taken
from sync.hub.reading.folded import fold_whole, states_of
from sync.hub.tables.locks import lock_readers
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


class Turned(NamedTuple):
    """What one turn did: questions put, answered for good (refused and lapsed ones too), put in vain."""

    put: int = 0
    answered: int = 0
    vain: int = 0


class Called(NamedTuple):
    """One call: what it brought or why not, and how long it took (ms)."""

    found: Found | None
    reason: str
    took: int


class LookupDesk:
    """Puts the questions of all units; ``systems`` are those that this hub can reach, by code."""

    def __init__(
        self, hub: Hub, table: Systems, systems: Mapping[str, NationalSystem],
        chance: Callable[[], float] = random.random, salt: Callable[[], bytes] | None = None,
    ) -> None:  # fmt: skip
        self._hub, self._table, self._systems, self._chance = hub, table, systems, chance
        self._salt = salt or (lambda: random.SystemRandom().randbytes(4))

    def turn(self) -> Turned:
        """Put what is due, once each. Reads what was written, so that counters get it at once."""
        with self._hub.database.write() as connection:
            taken = queue.take(connection, self._hub.now())
        done = Turned()
        for one in taken:
            done = Turned(*map(sum, zip(done, self._one(one), strict=True)))
        for unit in sorted({one.unit for one in taken}):
            self._hub.read(unit)
        return done

    def _one(self, one: Taken) -> Turned:
        with self._hub.database.read() as connection:
            state = _open_state(connection, one.lookup)
            if state is None:
                return Turned()
            refused = refusal_of(state, *_around(connection, one.unit, state))
            lapsed = clock.believed(connection, self._hub.now()) > state.until
        system = self._table.get(state.system)
        if refused is not None or system is None:
            self._finish(one, REFUSED, (), code=refused.code if refused else "lookup.system")
            return Turned(answered=1)
        if lapsed:
            self._finish(one, EXPIRED, ())
            return Turned(answered=1)
        called = self._call(system, state)
        if called.found is None:
            self._in_vain(one, system, state, called)
            return Turned(put=1, vain=1)
        outcome, answers = NO_PERSON, tuple[FieldAnswer, ...]()
        if called.found.known:
            outcome, answers = compare(system, state.fields, called.found.values)
        self._finish(one, outcome, answers, called=called, system=system, state=state)
        return Turned(put=1, answered=1)

    def _call(self, system: System, state: LookupState) -> Called:
        reached = self._systems.get(system.code)
        if reached is None:
            return Called(None, "away", 0)
        assert state.asked_by is not None  # ``refusal_of`` refused it
        by = f"{state.asked_by.journal}.{state.asked_by.seq}"
        fields = tuple(one.field for one in state.fields)
        began = self._hub.now()
        try:
            found = reached.ask(Question(state.id_number, f"{state.procedure}: {state.ground}", by, fields))
            return Called(found, "", self._hub.now() - began)
        except NotAnswered as reason:
            return Called(None, reason.reason, self._hub.now() - began)

    def _finish(
        self, one: Taken, outcome: str, answers: tuple[FieldAnswer, ...], *, code: str = "",
        called: Called | None = None, system: System | None = None, state: LookupState | None = None,
    ) -> None:  # fmt: skip
        """Write the answer, unless the question was closed meanwhile."""
        now = self._hub.now()
        kept = vn_date(now) + timedelta(days=system.days_kept if system else 0)
        expires = kept.year * 10_000 + kept.month * 100 + kept.day
        reference = called.found.reference if called and called.found else ""
        body = LookupAnswered(outcome, answers, 0, expires, reference, code, self._salt())
        with self._hub.database.write() as connection:
            lock_readers(connection, [one.unit, log.LOCK])
            if called is not None and system is not None and state is not None:
                self._log(connection, one, state, outcome, called.took)
                slow = called.took > system.slow_after
                standing.note_call(connection, system.code, now, answered=True, slow=slow)
            held = _open_state(connection, one.lookup)
            if held is not None:
                self._append(connection, one.unit, _answer(body, held))
            queue.done(connection, one.lookup)
        if system is not None:
            self._tell(system.code)

    def _in_vain(self, one: Taken, system: System, state: LookupState, called: Called) -> None:
        """Try again later; the counter hears of it once an outage."""
        now = self._hub.now()
        with self._hub.database.write() as connection:
            lock_readers(connection, [one.unit, log.LOCK])
            self._log(connection, one, state, f"{UNREACHABLE}:{called.reason}", called.took)
            standing.note_call(connection, system.code, now, answered=False, slow=False)
            since = one.since or now
            tells = not one.told and one.tries + 1 >= TOLD_AFTER
            held = _open_state(connection, one.lookup) if tells else None
            if held is not None:
                body = LookupAnswered(UNREACHABLE, (), since, 0, "", called.reason, self._salt())
                self._append(connection, one.unit, _answer(body, held))
            queue.postpone(connection, one, now, self._chance, told=one.told or tells)
        self._tell(system.code)

    def _log(self, connection: Connection, one: Taken, state: LookupState, outcome: str, took: int) -> None:
        official = state.asked_by or EntryId(0, 0)
        log.write(connection, log.Call(
            self._hub.now(), one.unit, one.lookup, official, state.system, state.procedure, state.right,
            outcome, took,
        ))  # fmt: skip

    def _tell(self, system: str) -> None:
        """Units that wait for this system hear how it stands, when that changed."""
        with self._hub.database.write() as connection:
            now = standing.standings(connection).get(system)
            units = standing.units_to_tell(connection, now) if now else []
            lock_readers(connection, units)
            if now is None or not units:
                return
            said = standing.tell(connection, units, now, self._hub.now())
            for unit in units:
                self._append(connection, unit, said)

    def _append(self, connection: Connection, unit: str, *drafts: Draft) -> None:
        province.append(connection, self._hub.keys, unit, drafts, self._hub.now())


def _answer(body: LookupAnswered, state: LookupState) -> Draft:
    subjects = (state.id,) if state.dossier is None else (state.id, state.dossier)
    return draft(body, *subjects)


def _open_state(connection: Connection, lookup: EntryId) -> LookupState | None:
    """The look-up by all entries held, read or not; None when it is no question any more."""
    state = fold_whole(connection, [lookup])[lookup].state
    return state if isinstance(state, LookupState) and state.is_open else None


def _around(
    connection: Connection, unit: str, state: LookupState
) -> tuple[Asker | None, DossierState | None]:
    """Who asked, under which setting of the unit and whose, and the dossier it is for."""
    subject = unit_subject(unit)
    named = [one for one in (subject, state.asked_by, state.dossier) if one is not None]
    known = {one: folded.state for one, folded in states_of(connection, named).items()}
    official, settings, dossier = (
        known.get(state.asked_by) if state.asked_by else None,
        known.get(subject),
        known.get(state.dossier) if state.dossier else None,
    )
    settings = settings if isinstance(settings, UnitState) else UnitState(subject)
    change = settings.change(state.right)
    giver = None
    if change is not None and change.by is not None:
        giver = states_of(connection, [change.by])[change.by].state
    asker = None
    if isinstance(official, OfficialState):
        asker = Asker(official, settings, giver if isinstance(giver, OfficialState) else None)
    return asker, dossier if isinstance(dossier, DossierState) else None
