"""Stray acts by what they are about, and which of them may be written anew.

What a branch numbered stays out: a register's numbers, receipts, lots and sealed acts are told and left for
people, since the other branch may have given the same number to somebody else. What remains - who came, with
which papers, what was done with the dossier - loses nothing by being written a second time under a new name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from counter_app.domain.certification import entries as c
from counter_app.domain.contradictions.entries import ContradictionSettled
from counter_app.domain.dossiers import entries as d
from counter_app.domain.folding.fact import Fact
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.people import entries as p
from counter_app.domain.strays.entries import StraysSettled
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import MUST_UNDERSTAND, Draft
from sync.protocol.naming.ids import SELF, EntryId

ANEW: frozenset[type] = frozenset({
    c.CopiesRequested, c.RequestReturned, c.RequestResubmitted, c.RequesterCorrected, c.AppointmentExtended,
    d.DossierSubmitted, d.DossierAccepted, d.SupplementRequested, d.SupplementBrought, d.DossierRefused,
    d.DossierForwarded, d.DossierTaken, d.OpinionGiven, d.DraftPrepared, d.DraftSentBack, d.ResultRecorded,
    d.ResultReady, d.ResultReturned, d.ContactTried, d.UncollectedNoted, d.DossierWithdrawn,
    d.FinancialDutyAsked, d.FinancialDutyMet, d.FeesSet, d.PaperLookedUp, d.PartyCorrected, d.ClashSettled,
    p.PersonRecorded, p.PersonChanged,
})  # fmt: skip
"""Bodies that may be written anew; every other is told and left."""
SILENT: frozenset[type] = frozenset({c.Printed, ContradictionSettled, StraysSettled})
"""What is not even told: a print that came out, and decisions about acts that lie elsewhere."""

Map = Mapping[EntryId, EntryId]
_SYSTEM = 99


class Case(msgspec.Struct, frozen=True):
    """Stray acts about one subject: ``acts`` can be written anew, ``left`` cannot, in their order.

    ``acts`` begin with the persons they need that the branch recorded.
    """

    subject: EntryId
    acts: tuple[Fact, ...]
    left: tuple[Fact, ...]

    @property
    def all(self) -> tuple[Fact, ...]:
        """Every act of the case."""
        return (*self.acts, *self.left)


def cases(strays: Sequence[Fact], done: Map, branch: Iterable[EntryId] = ()) -> tuple[Case, ...]:
    """``strays`` of one branch that nobody has dealt with, by main subject, in the order of their places.

    ``done`` maps what was written anew earlier to its new name; ``branch`` are all places of the branch,
    those dealt with too. An act that needs something of the branch which is not written anew is left.
    """
    begun = {fact.id: fact for fact in strays if fact.id == fact.facts.subjects[0]}
    by_subject: dict[EntryId, list[Fact]] = {}
    for fact in strays:
        if is_told(fact):
            by_subject.setdefault(_about(fact), []).append(fact)
    persons = {one for one, fact in begun.items() if isinstance(fact.body, p.PersonRecorded)}
    wanted: set[EntryId] = set()
    found: list[Case] = []
    places = {fact.id for fact in strays}.union(branch)
    for subject, facts in sorted(by_subject.items()):
        if subject in persons:
            continue
        needed = sorted({one for fact in facts for one in _named(fact)} & persons - done.keys())
        wanted.update(needed)
        before = [one for person in needed for one in by_subject[person]]
        found.append(_case(subject, [*before, *facts], places, done))
    found += [_case(one, by_subject[one], places, done) for one in sorted(persons - wanted)]
    return tuple(found)


def is_told(fact: Fact) -> bool:
    """Whether people are told of an act: not of prints, nor of keys and clocks of the PC itself (1-99)."""
    return type(fact.body) not in SILENT and (fact.body is not None or fact.facts.kind > _SYSTEM)


def _about(fact: Fact) -> EntryId:
    """The main subject; of a receipt and the like, which begin their own, what they were given for."""
    subjects = fact.facts.subjects
    beside = fact.id == subjects[0] and len(subjects) > 1 and type(fact.body) not in ANEW
    return subjects[1] if beside else subjects[0]


def _case(subject: EntryId, facts: Sequence[Fact], branch: set[EntryId], done: Map) -> Case:
    acts: list[Fact] = []
    left: list[Fact] = []
    known = set(done)
    for fact in facts:
        needs = (set(_named(fact)) & branch) - {fact.id}
        can = type(fact.body) in ANEW and needs <= known
        (acts if can else left).append(fact)
        if can:
            known.add(fact.id)
    return Case(subject, tuple(acts), tuple(left))


def _named(fact: Fact) -> list[EntryId]:
    """Every id that an act rests on: its subjects and what its body names."""
    found = list(fact.facts.subjects)
    _walk(fact.body, found.append)
    return found


def written_anew(
    acts: Iterable[Fact], first: EntryId, done: Map
) -> tuple[tuple[Draft, ...], dict[EntryId, EntryId]]:
    """Drafts of ``acts`` when the first of them is appended as ``first``, and the new name of each.

    Bodies keep every word; ids of the branch become the new ones.
    """
    names = dict(done)
    drafts: list[Draft] = []
    for place, fact in enumerate(acts):
        names[fact.id] = EntryId(first.journal, first.seq + place)
        kind = BY_BODY[type(fact.body)]
        subjects = tuple(SELF if one == fact.id else names.get(one, one) for one in fact.facts.subjects)
        body = encode_body(_walk(fact.body, lambda one: names.get(one, one)))
        flags = MUST_UNDERSTAND if kind.must_understand else 0
        drafts.append(Draft(kind.number, subjects, body, kind.version, flags, kind.sealed))
    return tuple(drafts), {fact.id: names[fact.id] for fact in acts}


def _walk(value: Any, change: Callable[[EntryId], Any]) -> Any:
    """``value`` with every id in it replaced by what ``change`` gives; all else is the same."""
    if isinstance(value, EntryId):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_walk(one, change) for one in value)
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **{name: _walk(one, change) for name, one in fields.items()})
    return value
