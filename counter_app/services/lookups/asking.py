"""Questions as the counter writes them: at F9 of the intake, or by an act of the dossier's page."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from counter_app.domain.catalogue.checklist import DIFFERS, LOOKED_UP, QUEUED, Checklist
from counter_app.domain.catalogue.procedure import DATA_INSTEAD
from counter_app.domain.dossiers.acts import handling
from counter_app.domain.dossiers.entries import Party
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.lookups import asking
from counter_app.domain.lookups.asking import Asker, Purpose
from counter_app.domain.lookups.rights import check_right, right_key, right_of
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.lookups.systems import System
from counter_app.domain.organisation.state import OfficialState
from counter_app.services import rules as tables_of_rules
from counter_app.services.lookups.words import short_name
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import lookups as queries
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


def asker_of(connection: Connection, work: Workplace, official: OfficialState) -> Asker:
    """Who asks, with the unit's settings and whoever wrote his right."""
    unit = work.policies(connection)
    change = unit.change(right_key(official.id))
    giver = None
    if change is not None and change.by is not None:
        giver = work.state(connection, change.by, required=False)
    return Asker(official, unit, giver if isinstance(giver, OfficialState) else None)


def system_of(group: str) -> System | None:
    """The system whose data stand for a group of papers, None when none is known."""
    return tables_of_rules.lookup_systems().replacing(group)


def may_ask(asker: Asker, system: System, at: int) -> bool:
    """Whether the right covers a system at ``at`` (ms)."""
    try:
        check_right(asker.official, asker.unit, system.code, at, asker.giver)
    except DomainError:
        return False
    return True


def with_intake(
    connection: Connection, work: Workplace, clerk: OfficialState, checklist: Checklist, party: Party,
    procedure: str, dossier: EntryId, at: int,
) -> tuple[Draft, ...]:  # fmt: skip
    """Questions for rows that wait for a look-up, as far as the clerk may ask them.

    Intake never stops for a look-up: who has no right takes the dossier in, somebody who has it asks from the
    dossier's page.
    """
    rows = [
        r for r in checklist.rows if r.applies and r.state == QUEUED and r.paper.group.kind == DATA_INSTEAD
    ]
    if not rows or not asking.has_number(party):
        return ()
    asker = asker_of(connection, work, clerk)
    drafts: list[Draft] = []
    for row in rows:
        system = system_of(row.paper.group.key)
        if system is None or not may_ask(asker, system, at) or not asking.asked_fields(system, party):
            continue
        drafts += asking.ask(system, Purpose(dossier, procedure, row.place), party, asker, at, salt())
    return tuple(drafts)


def ask_for(
    connection: Connection, work: Workplace, state: DossierState, person: OfficialState, row: int, at: int
) -> tuple[Draft, ...]:
    """A paper's data asked from the dossier's page; the row waits from now on.

    Raises DomainError ``role.*``, ``lookup.*``, ``look_up.row``, ``dossier.not_now``.
    """
    paper = next((paper for paper in state.papers if paper.row == row), None)
    system = None if paper is None else system_of(paper.group)
    if system is None:
        raise DomainError("Chưa có hệ thống nào thay được giấy này.", field="row", code="lookup.no_system",
                          title_en="No system holds this paper's data.")  # fmt: skip
    if row in open_rows(connection, state.id):
        raise DomainError("Giấy này đã hỏi, đang chờ trả lời.", field="row", code="lookup.twice",
                          title_en="This was asked and waits for its answer.")  # fmt: skip
    asker = asker_of(connection, work, person)
    purpose = Purpose(state.id, state.procedure.code, row)
    question = asking.ask(system, purpose, state.party, asker, at, salt())
    return (*question, *handling.look_up(state, row, QUEUED, system.short_vi))


def call_back(
    connection: Connection, work: Workplace, state: DossierState, person: OfficialState, row: int, words: str
) -> tuple[Draft, ...]:
    """The question of a row is called back. Raises DomainError ``role.*``, ``lookup.none``."""
    found = open_rows(connection, state.id).get(row)
    lookup = None if found is None else work.state(connection, found)
    if not isinstance(lookup, LookupState):
        raise DomainError("Giấy này không có câu hỏi nào đang chờ.", field="row", code="lookup.none",
                          title_en="No question waits for this paper.")  # fmt: skip
    return asking.withdraw(lookup, person, words)


def open_rows(connection: Connection, dossier: EntryId) -> Mapping[int, EntryId]:
    """Rows of a dossier whose question waits, with the question."""
    return {row.row: row.id for row in queries.of_dossier(connection, dossier) if row.is_open}


def will_ask(
    connection: Connection, work: Workplace, clerk: OfficialState | None, checklist: Checklist, at: int
) -> dict[int, str]:
    """Rows of a page that F9 would ask about, with the system's short name."""
    waiting = [row for row in checklist.rows if row.applies and row.state == QUEUED]
    if clerk is None or not waiting:
        return {}
    asker = asker_of(connection, work, clerk)
    found = {row.place: system_of(row.paper.group.key) for row in waiting}
    return {
        place: say(system.short_vi, system.short_en)
        for place, system in found.items()
        if system is not None and may_ask(asker, system, at)
    }


def askable(connection: Connection, state: DossierState) -> tuple[tuple[int, str], ...]:
    """Papers of a dossier that a system stands for and that do not wait already: (row, name)."""
    waiting = open_rows(connection, state.id)
    return tuple(
        (paper.row, paper.name)
        for paper in state.papers
        if paper.row not in waiting and paper.group and system_of(paper.group) is not None
    )


def why_not(connection: Connection, work: Workplace, person: OfficialState, at: int) -> DomainError | None:
    """Why this person may ask nothing at all, None when his right covers a system."""
    asker = asker_of(connection, work, person)
    right = right_of(asker.unit, person.id)
    code = right.systems[0] if right is not None else ""
    try:
        check_right(person, asker.unit, code, at, asker.giver)
    except DomainError as refused:
        return refused
    return None


def suggested(connection: Connection, state: DossierState) -> tuple[str, str, str]:
    """What the clerk would record of an answer that came: row, outcome, source; empty texts for none."""
    waiting = {paper.row for paper in state.papers if paper.state == QUEUED}
    for row in reversed(queries.of_dossier(connection, state.id)):
        if row.row in waiting and row.status in ("same", "different", "no_person"):
            outcome = LOOKED_UP if row.status == "same" else DIFFERS
            return str(row.row), outcome, short_name(row.system)
    return "", "", ""
