"""Reading: dossiers with the rows of their check-lists; numbers of their papers are acts (``acts``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Index, Table

from counter_app.domain.dates import vn_instant
from counter_app.domain.dossiers.clock.running import Clock
from counter_app.domain.dossiers.entries import ONLINE
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.aggregate import Folded
from counter_app.storage.readings.reading import READ, Filled, Reading, key, key_of, link, text, whole
from counter_app.storage.statements import Row

UNKNOWN_FEE = -1
"""``fee`` of a dossier with a line whose rate is not known: never 0."""

dossiers = Table(
    "dossiers",
    READ,
    key(),
    text("code"),
    whole("daily"),
    whole("day"),
    whole("journal"),
    text("official_code"),
    text("portal_code"),
    text("old_code"),
    text("channel"),
    text("procedure"),
    text("procedure_name"),
    text("field"),
    text("party_kind"),
    text("name"),
    text("id_number"),
    whole("birth"),
    text("phone"),
    link("person"),
    text("stage"),
    whole("submitted_at"),
    link("submitted_by"),
    whole("accept_by"),
    whole("received_at"),
    whole("due_at"),
    whole("promised_at"),
    whole("asked_at"),
    whole("extended"),
    link("place_post"),
    text("place_unit"),
    text("place_name"),
    whole("place_taken"),
    link("place_by"),
    text("competent"),
    text("deliver"),
    text("result_title"),
    whole("done_at"),
    text("drawer"),
    whole("ready_at"),
    whole("returned_at"),
    whole("ended_at"),
    whole("fee"),
    whole("paid"),
    whole("to_pay"),
    whole("contacts"),
    whole("is_open"),
    whole("frozen"),
    whole("waiting"),
    whole("conflicts"),
)
"""One row a dossier; ``stage`` as in the domain, ``due_at`` 0 while no date runs."""

Index("ix_dossiers_due", dossiers.c.due_at, sqlite_where=dossiers.c.is_open == 1)
Index("ix_dossiers_stage", dossiers.c.stage, dossiers.c.ready_at, sqlite_where=dossiers.c.is_open == 1)
Index("ix_dossiers_place", dossiers.c.place_post, sqlite_where=dossiers.c.is_open == 1)
Index("ix_dossiers_code", dossiers.c.code)
Index("ix_dossiers_day", dossiers.c.day, dossiers.c.journal)
Index("ix_dossiers_official", dossiers.c.official_code, sqlite_where=dossiers.c.official_code != "")
Index("ix_dossiers_old", dossiers.c.old_code, sqlite_where=dossiers.c.old_code != "")
Index("ix_dossiers_portal", dossiers.c.portal_code, sqlite_where=dossiers.c.portal_code != "")
Index("ix_dossiers_id_number", dossiers.c.id_number, dossiers.c.procedure)
Index("ix_dossiers_person", dossiers.c.person)
Index("ix_dossiers_done", dossiers.c.done_at)

dossier_papers = Table(
    "dossier_papers",
    READ,
    key("dossier"),
    whole("place", primary=True),
    text("name"),
    text("state"),
    text("made_as"),
    whole("count"),
    text("note"),
    whole("asked"),
    sqlite_with_rowid=False,
)
"""Rows of the check-list that apply; ``asked`` 1 while form 02 waits for it."""


def _ms(moment: datetime | None) -> int:
    return 0 if moment is None else vn_instant(moment)


def _rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: DossierState = folded.state
    row = (*_begun(state), *_clock(state, state.clock), *_where(state), *_end(state))
    known = (int(state.is_open), int(folded.frozen), len(folded.waiting), len(folded.open_conflicts))
    return ((*row, *known),), [*_papers(state)]


def _begun(state: DossierState) -> Row:
    """What it is, who it is for."""
    form, party, used = state.form("01"), state.party, state.procedure
    taken_in = form.entry if form is not None and state.channel == ONLINE else state.id
    return (
        state.id.key, state.code, state.daily, state.day, taken_in.journal, state.official_code,
        state.portal_code, state.old_code, state.channel, used.code, used.name, used.field, party.kind,
        party.name, party.id_number, party.birth, party.phone, key_of(state.person),
    )  # fmt: skip


def _clock(state: DossierState, clock: Clock) -> Row:
    return (
        state.stage.value, state.submitted_at, key_of(state.submitted_by), state.accept_by, state.received_at,
        _ms(clock.due), _ms(clock.promised), _ms(clock.asked), int(clock.extended),
    )  # fmt: skip


def _where(state: DossierState) -> Row:
    place = state.place
    return (
        key_of(place.post), place.unit, place.name, int(place.taken), key_of(place.by), state.competent,
        state.deliver,
    )  # fmt: skip


def _end(state: DossierState) -> Row:
    title, done = ("", 0) if state.result is None else (state.result.title, state.result.at)
    fee = UNKNOWN_FEE if state.fee is None else state.fee
    return (
        title, done, state.drawer, state.ready_at, state.returned_at, state.ended_at, fee, state.paid,
        state.to_pay, state.contacts,
    )  # fmt: skip


def _papers(state: DossierState) -> Iterable[Row]:
    """One row a place: a journal of another program may name one twice, then the last counts."""
    rows = {
        paper.row: (
            state.id.key, paper.row, paper.name, paper.state, paper.made_as, paper.count, paper.note,
            int(paper.row in state.asked),
        )
        for paper in state.papers
    }  # fmt: skip
    return rows.values()


READINGS = (
    Reading("dossiers", 3, ("dossier",), (Filled(dossiers), Filled(dossier_papers, "dossier")), _rows),
)
