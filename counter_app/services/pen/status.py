"""Where each register's pen is, what waits for it, who may stand beside the person at the counter."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.spans import size, spans_text
from counter_app.domain.registers.state import RegisterState
from counter_app.services.ports.pen import Counterpart, PenCard, SecondPerson
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.session import secrets
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import device_of


def cards(connection: Connection, work: Workplace) -> tuple[PenCard, ...]:
    """A card for each register-year, newest first."""
    waiting = request_queries.waiting_by_authority(connection)
    return tuple(
        _card(connection, work, work.state(connection, row.id), waiting)
        for row in register_queries.register_years(connection)
    )


def _card(connection: Connection, work: Workplace, state: RegisterState, waiting: dict[str, int]) -> PenCard:
    current = state.year == work.today().year
    return PenCard(
        state.id, state.symbol, state.year, state.book, holder_name(connection, work, state),
        state.holder == work.journal, state.is_on_paper, state.last_number, spans_text(state.unknown),
        state.unknown_count, size(state.open_doubles), spans_text(state.to_enter_from_paper),
        waiting.get(state.register, 0) if current else 0, state.closed, state.last_numbered_at,
        state.papers[-1].sheets_to if state.is_on_paper else 0,
        state.to_enter_from_paper[0].first if state.to_enter_from_paper else 0,
        _taken_back(connection, work, state),
    )  # fmt: skip


def _taken_back(connection: Connection, work: Workplace, state: RegisterState) -> str:
    """``QUẦY-01 (đến số 12), QUẦY-02 (đến số 14)`` while their numbers are not settled."""
    stay = state.claimed_twice
    if stay is None or not (state.open_doubles or state.to_enter_from_paper):
        return ""
    return ", ".join(
        say(f"{name} (đến số {said.last_used})", f"{name} (up to {said.last_used})")
        for said in stay.back
        for name in (lost_name(connection, work, said.journal),)
    )


def counterparts(connection: Connection, work: Workplace) -> tuple[Counterpart, ...]:
    """Other counters of the unit that this PC knows, by number."""
    return tuple(
        Counterpart(known.number, known.name)
        for known in work.counters(connection)
        if device_of(known.journal) != device_of(work.journal)
    )


def holder_name(connection: Connection, work: Workplace, state: RegisterState) -> str:
    """The counter with the pen, this one too; "sổ giấy" while on paper."""
    return held.where(connection, work, state) or work.place.counter_name


def lost_name(connection: Connection, work: Workplace, journal: int) -> str:
    """Name of a lost PC for sentences and minutes."""
    return work.counter_name(connection, journal) or "máy không rõ tên"


def seconds(connection: Connection, work: Workplace, me: OfficialState, act: str) -> tuple[SecondPerson, ...]:
    """Officials with a key on this PC who may be the second person of ``act``; never ``me``."""
    found = []
    for row in unit_queries.officials(connection):
        known = row.id != me.id and secrets.has_key(connection, row.id)
        if known and roles.may(work.state(connection, row.id), act) is None:
            found.append(SecondPerson(row.id, row.name, row.title_line))
    return tuple(found)
