"""One person, one procedure, two counters: dossiers that were open at the same time."""

from __future__ import annotations

from counter_app.domain.dossiers.state import DossierState, Stage
from sync.protocol.naming.ids import EntryId, device_of

_OPEN_END = 2**63 - 1


def taken_at(state: DossierState) -> int:
    """The device that took a dossier in: who gave form 01, else who wrote its first entry."""
    form = state.form("01")
    return device_of((state.id if form is None else form.entry).journal)


def same_case(one: DossierState, other: DossierState) -> bool:
    """True for two dossiers of one person and one procedure that two counters had open at the same time.

    Two that are open now count whatever their clocks say; of ended ones the times tell, which are evidence
    only. A person is known by the number of his paper, else by his record.
    """
    if one.id == other.id or one.procedure.code != other.procedure.code or taken_at(one) == taken_at(other):
        return False
    if Stage.ONLINE in (one.stage, other.stage) or not _same_person(one, other):
        return False  # what no counter has accepted yet was taken in by none
    if _at_work(one) and _at_work(other):
        return True
    return one.submitted_at < _end(other) and other.submitted_at < _end(one)


def first_of(one: DossierState, other: DossierState) -> EntryId:
    """The dossier that is proposed to go on: taken in earlier; the smaller id where both say the same."""
    return min((one.submitted_at, one.id), (other.submitted_at, other.id))[1]


def _same_person(one: DossierState, other: DossierState) -> bool:
    numbers = {one.party.id_number, other.party.id_number}
    if "" not in numbers:
        return len(numbers) == 1
    return one.person is not None and one.person == other.person


def _at_work(state: DossierState) -> bool:
    return state.is_open and state.stage is not Stage.DONE


def _end(state: DossierState) -> int:
    if _at_work(state):
        return _OPEN_END
    done = 0 if state.result is None else state.result.at
    return done or state.ended_at or state.returned_at
