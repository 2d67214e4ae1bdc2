"""A dossier as the province shows it: where it stands for the portal, and every step that led there."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, or_, select

from counter_app.domain.dates import vn_instant
from counter_app.domain.dossiers.entries import DossierAccepted
from counter_app.domain.dossiers.history import history
from counter_app.domain.dossiers.portal import PORTAL_WORDS, delivery_axis, fee_axis, portal_state
from counter_app.domain.folding.registry import read_fact
from sync.hub.reading.folded import facts_of
from sync.hub.tables import schema
from sync.hub.tables.journals import stored_entry
from sync.protocol.naming.ids import EntryId


class StepView(msgspec.Struct, frozen=True):
    """One step: when (ms), which act, the stage after it, what the portal was told; ``conflict``: why not."""

    at: int
    journal: int
    seq: int
    act: str
    stage: str
    told: tuple[int, ...]
    conflict: str


class DossierView(msgspec.Struct, frozen=True):
    """A dossier without the citizen's particulars; ``due_at`` 0: waiting, ended, or no limit known."""

    unit: str
    dossier: EntryId
    code: str
    official_code: str
    portal_code: str
    channel: str
    procedure: str
    stage: str
    portal: int
    portal_words: str
    fee: str
    delivery: str
    due_at: int
    forms: tuple[tuple[str, str, int], ...]
    steps: tuple[StepView, ...]


class DossierRow(msgspec.Struct, frozen=True):
    """One line of a list."""

    dossier: EntryId
    code: str
    procedure: str
    channel: str
    stage: str
    portal: int
    day: int
    due_at: int
    late: int


def find(connection: Connection, unit: str, code: str) -> EntryId | None:
    """The dossier of ``unit`` with a counter's, official or portal code; None when there is none.

    The code of an acceptance that did not count, as another counter's came first, is on a slip too.
    """
    if not code:
        return None
    table = schema.dossier_rows
    named = or_(table.c.code == code, table.c.official_code == code, table.c.portal_code == code)
    # A code has few rows and a unit many: asked for both, a planner without figures reads all of the unit's.
    found = connection.execute(select(table.c.subject, table.c.unit).where(named))
    key = min((row.subject for row in found if row.unit == unit), default=None)
    return _of_lost_act(connection, unit, code) if key is None else EntryId.from_key(key)


def _of_lost_act(connection: Connection, unit: str, code: str) -> EntryId | None:
    """By the entries about which the province asked since they clash: few, where the entries are many."""
    asked, entries = schema.question_rows, schema.entries
    held = connection.execute(
        select(entries.c.key, entries.c.facts, entries.c.body, entries.c.digest, entries.c.seal)
        .join(asked, asked.c.entry == entries.c.key)
        .where(asked.c.unit == unit, asked.c.code.like("dossier.%"))
        .order_by(entries.c.key)
    )
    for row in held:
        fact = read_fact(stored_entry(row))
        if isinstance(fact.body, DossierAccepted) and fact.body.code == code:
            return fact.facts.subjects[0]
    return None


def view(connection: Connection, unit: str, dossier: EntryId) -> DossierView | None:
    """The dossier with its history; None while its first entry is not here."""
    steps = history(dossier, facts_of(connection, [dossier])[dossier])
    if not steps:
        return None
    state = steps[-1].after
    portal = portal_state(state)
    return DossierView(
        unit, dossier, state.code, state.official_code, state.portal_code, state.channel,
        state.procedure.code,
        str(state.stage), portal, PORTAL_WORDS[portal][0], str(fee_axis(state)), str(delivery_axis(state)),
        0 if state.clock.due is None else vn_instant(state.clock.due),
        tuple((form.form, form.book, form.number) for form in state.forms),
        tuple(
            StepView(step.fact.at, step.fact.id.journal, step.fact.id.seq, type(step.fact.body).__name__,
                     str(step.after.stage), step.told, step.conflict)
            for step in steps
        ),
    )  # fmt: skip


def rows(connection: Connection, unit: str, day: int = 0, limit: int = 500) -> tuple[DossierRow, ...]:
    """Dossiers of ``unit`` handed in on ``day`` (``yyyymmdd``), or the open ones, oldest first."""
    table = schema.dossier_rows
    which = table.c.day == day if day else table.c.portal.not_in((3, 7, 8, 10))
    found = connection.execute(
        select(
            table.c.subject, table.c.code, table.c.procedure, table.c.channel, table.c.stage, table.c.portal,
            table.c.day, table.c.due_at, table.c.late,
        )
        .where(table.c.unit == unit, which)
        .order_by(table.c.day, table.c.subject)
        .limit(limit)
    )  # fmt: skip
    return tuple(DossierRow(EntryId.from_key(row[0]), *row[1:]) for row in found)
