"""Which register-year a kind of certification writes in now, and who may sign it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from counter_app.domain.certification.taking_in.signing_faults import Certifier
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.delegations import choose_delegation
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.domain.registers.state import RegisterState
from counter_app.services.ports.saying import say
from counter_app.services.rules import register_kinds
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import EntryId

COPY = "copy"


def symbol_on(kind: str, day: date) -> str:
    """The symbol a kind of register bears on a day: ``SCT/HĐ,GD`` became ``SCT/GD`` on 2025-11-01."""
    return register_kinds().on(kind, day).symbol


def register_now(
    connection: Connection, work: Workplace, year: int, kind: str = COPY
) -> RegisterState | None:
    """The register of a kind and year, None when it is not open."""
    row = register_queries.register_of(connection, kind, year)
    return None if row is None else work.state(connection, row.id)


def required_register(connection: Connection, work: Workplace, year: int, kind: str = COPY) -> RegisterState:
    """As ``register_now``; DomainError ``register.none``."""
    found = register_now(connection, work, year, kind)
    if found is None:
        symbol = symbol_on(kind, work.today())
        raise DomainError(
            f"Sổ {symbol} năm {year} chưa mở.", "Chưa có sổ thì chưa cấp số được.",
            "Mở sổ (số dư từ sổ giấy, hai người), rồi cấp số.", code="register.none",
            title_en=f"The register {symbol} of {year} is not open.",
            meaning_en="Without it no numbers are given.", remedy_en="Open it with two persons.",
        )  # fmt: skip
    return found


def where(connection: Connection, work: Workplace, state: RegisterState | None) -> str:
    """Where numbers are given: a counter's name, "" when it is this PC, "sổ giấy" while on paper."""
    if state is None or state.holder == work.journal:
        return ""
    if state.is_on_paper:
        return say("sổ giấy", "the paper book")
    return work.counter_name(connection, state.holder) or say("máy khác", "another PC")


def certifiers(connection: Connection, work: Workplace, *officials: EntryId | None) -> tuple[Certifier, ...]:
    """Those of the office whom no party may be (NĐ 23/2015 art. 9(3)).

    The same number stops, the same name is looked at; number and address are "" while the head gave none.
    """
    known = dict.fromkeys(one for one in officials if one is not None)
    states: list[OfficialState] = [work.state(connection, one) for one in known]
    return tuple(Certifier(_bare(one.name), one.id_number, one.address) for one in states)


def _bare(name: str) -> str:
    """The name without what practice data add in brackets."""
    return name.partition(" (")[0]


class Signer(NamedTuple):
    """An official with an act in force."""

    official: OfficialState
    delegation: DelegationState


def delegations_on(connection: Connection, work: Workplace, day: int) -> list[DelegationState]:
    """Acts in force on a day."""
    return [work.state(connection, row.id) for row in unit_queries.delegations(connection, day)]


def signers(connection: Connection, work: Workplace, scope: str, day: int) -> Iterator[Signer]:
    """Everybody who may sign papers of ``scope`` on ``day``, in the order they were recorded."""
    acts = delegations_on(connection, work, day)
    for row in unit_queries.officials(connection):
        official: OfficialState = work.state(connection, row.id)
        chosen = choose_delegation(acts, official, scope, day)
        if chosen is not None:
            yield Signer(official, chosen)


def act_of(
    connection: Connection, work: Workplace, official: EntryId, scope: str, day: int
) -> DelegationState | None:
    """The act under which one official signs, None without any."""
    state: OfficialState = work.state(connection, official)
    return choose_delegation(delegations_on(connection, work, day), state, scope, day)
