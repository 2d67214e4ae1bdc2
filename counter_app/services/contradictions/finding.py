"""Every contradiction of the unit as the domain finds it: crossed corrections, clashes, twins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.certification.entries import LineCorrected, RequesterCorrected
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.state import RequestState
from counter_app.domain.contradictions.crossing import Side, crossings, is_settled
from counter_app.domain.contradictions.entries import (
    DOSSIER,
    REQUEST,
    SAME_CASE,
    SAME_REQUEST,
    ContradictionSettled,
)
from counter_app.domain.contradictions.same_case import first_of, same_case
from counter_app.domain.dossiers.entries import (
    DossierRefused,
    DossierStopped,
    DossierWithdrawn,
    PartyCorrected,
    ResultRecorded,
)
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.order import causal_order
from counter_app.domain.kinds import BY_BODY
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import contradictions as queries
from counter_app.storage.queries import strays
from counter_app.storage.readings.subjects import facts_of
from sync.protocol.naming.ids import EntryId

HANDED_OVER = (codes.HANDED_OVER_TWICE, codes.HANDED_OVER_UNSIGNED)
_CORRECTIONS = (PartyCorrected, RequesterCorrected, LineCorrected)
_ENDINGS = (ResultRecorded, DossierStopped, DossierWithdrawn, DossierRefused)


@dataclass(frozen=True, slots=True)
class Found:
    """A contradiction with everything it was found from; ``sides`` in the order in which they fold.

    ``stands``: index of the side that counts now, ``proposed`` of the one the program proposes; ``subjects``
    are what a decision is about, the first of them with its ``state``.
    """

    matter: str
    field: str
    subjects: tuple[EntryId, ...]
    state: Any
    sides: tuple[Side, ...]
    stands: int
    proposed: int

    @property
    def key(self) -> str:
        """Names it on the page: the same on every counter."""
        return ".".join([self.matter, self.field, *(str(one.key) for one in self.entries)])

    @property
    def entries(self) -> tuple[EntryId, ...]:
        """The acts that crossed, ascending."""
        return tuple(sorted(side.entry for side in self.sides))


def found_in(connection: Connection, work: Workplace) -> tuple[Found, ...]:
    """All that wait for a person, the newest act first."""
    settled = [one.body for one in queries.settlements(connection, queries.settled_count(connection))]
    found = [
        *_crossed(connection, work),
        *_clashes(connection, work),
        *_same_cases(connection, work, settled),
        *_same_requests(connection, work, settled),
    ]
    return tuple(sorted(found, key=lambda one: (-max(side.at for side in one.sides), one.key)))


def _crossed(connection: Connection, work: Workplace) -> Iterator[Found]:
    for body in _CORRECTIONS:
        for subject in queries.corrected_twice(connection, BY_BODY[body].number):
            state = work.state(connection, subject, required=False)
            if state is None:
                continue
            for one in crossings(subject, facts_of(connection, [subject])[subject]):
                ids = [side.entry for side in one.sides]
                stands, proposed = ids.index(one.stands), ids.index(one.proposed)
                yield Found(one.matter, one.field, (subject,), state, one.sides, stands, proposed)


def _clashes(connection: Connection, work: Workplace) -> Iterator[Found]:
    for table, matter in (("dossiers", DOSSIER), ("requests", REQUEST)):
        for subject in queries.in_conflict(connection, table):
            folded = work.store.readings.state(connection, subject)
            if not isinstance(folded.state, DossierState | RequestState):
                continue
            facts = causal_order(subject, facts_of(connection, [subject])[subject], False).facts
            aside = {conflict.entry for conflict in folded.conflicts}
            by_id = {fact.id: fact for fact in facts}
            for conflict in folded.open_conflicts:
                if matter == REQUEST and conflict.code not in HANDED_OVER:
                    continue  # numbers given twice and ink against strikes have desks of their own
                late = by_id[conflict.entry]
                counted = _counted(late, facts, aside)
                sides = tuple(_side(fact) for fact in (counted, late) if fact is not None)
                yield Found(matter, conflict.code, (subject,), folded.state, sides, 0, 0)


def _counted(late: Fact, facts: Sequence[Fact], aside: set[EntryId]) -> Fact | None:
    """The act beside which ``late`` cannot stand: the same one done before, else what ended the dossier."""
    before = facts[: facts.index(late)]
    same = [one for one in before if type(one.body) is type(late.body) and one.id not in aside]
    ended = [one for one in before if isinstance(one.body, _ENDINGS) and one.id not in aside]
    beside = same or ended
    return beside[-1] if beside else None


def _side(fact: Fact) -> Side:
    return Side(fact.id, fact.at, fact.facts.actor, fact.body, changed=True)


def _same_cases(
    connection: Connection, work: Workplace, settled: Sequence[ContradictionSettled]
) -> Iterator[Found]:
    for pair in queries.twins(connection):
        states = [work.state(connection, one, required=False) for one in pair]
        one, other = states
        if not (isinstance(one, DossierState) and isinstance(other, DossierState)):
            continue
        if not same_case(one, other) or is_settled(SAME_CASE, "", tuple(sorted(pair)), settled):
            continue
        first = first_of(one, other)
        ordered = sorted((one, other), key=lambda state: state.id != first)
        sides = tuple(
            Side(state.id, state.submitted_at, state.submitted_by, state, changed=True) for state in ordered
        )
        subjects = tuple(state.id for state in ordered)
        yield Found(SAME_CASE, "", subjects, ordered[0], sides, 0, 0)


def _same_requests(
    connection: Connection, work: Workplace, settled: Sequence[ContradictionSettled]
) -> Iterator[Found]:
    """Pairs of requests from one lost act; the one that has numbers is proposed, else the first."""
    for pair in strays.written_twice(connection):
        states = [work.state(connection, one, required=False) for one in pair]
        both = [state for state in states if isinstance(state, RequestState)]
        if len(both) < 2 or is_settled(SAME_REQUEST, "", pair, settled):
            continue
        both.sort(key=lambda state: (state.taken_at, state.id))
        sides = tuple(Side(state.id, state.taken_at, state.taken_by, state, changed=True) for state in both)
        numbered = [index for index, state in enumerate(both) if has_numbers(state)]
        proposed = numbered[0] if len(numbered) == 1 else 0
        yield Found(SAME_REQUEST, "", tuple(state.id for state in both), both[0], sides, 0, proposed)


def has_numbers(state: RequestState) -> bool:
    """True when a line of a register counts for one of its originals."""
    return any(original.has_valid_line for original in state.originals)
