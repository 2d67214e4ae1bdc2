"""Stray acts grouped, what may be written anew, ids that follow into bodies; bytes of the entry for ever."""

from __future__ import annotations

import msgspec

from counter_app.domain.certification.entries import LineNumbered
from counter_app.domain.dossiers.entries import OpinionGiven, PartyCorrected
from counter_app.domain.drafting import draft
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.kinds import BY_NUMBER, KINDS
from counter_app.domain.people.entries import PersonRecorded
from counter_app.domain.strays.aggregates import StraysState
from counter_app.domain.strays.cases import ANEW, cases, is_told, written_anew
from counter_app.domain.strays.entries import TAKEN, Origin, StraysSettled
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import SELF, EntryId, pending
from tests.unit.domain.contradictions.dossiers_by_hand import PARTY_TAKEN, submitted
from tests.unit.domain.folding.writing import Counter

SALT = b"salt"
PERSON = PersonRecorded(
    "LÝ THỊ TẬP HUẤN", "cccd", "012190000001", "", 19900000, "female", "", 0, "", "card", SALT
)
ORIGIN = Origin(EntryId(257, 9), bytes(32), 5, None, EntryId(513, 4))
BODY = StraysSettled(TAKEN, (ORIGIN,), "words", SALT, EntryId(257, 2), b"s")
GOLDEN = (
    "96a574616b656e919592cd010109c420" + "00" * 32 + "05c092cd020104a5776f726473c40473616c7492cd010102c40173"
)


def lost() -> tuple[list[Fact], list[EntryId]]:
    """A branch: a person, a dossier that names him in subjects and body, an opinion."""
    pc = Counter(1)
    (person,) = pc.append([draft(PERSON, SELF)])
    begun = submitted(msgspec.structs.replace(PARTY_TAKEN, person=person))[0]
    (dossier,) = pc.append([msgspec.structs.replace(begun, subjects=(SELF, person))])
    (opinion,) = pc.append([draft(OpinionGiven("Đồng ý", ""), dossier)])
    return [pc.facts[one] for one in sorted(pc.facts)], [person, dossier, opinion]


def test_a_case_begins_with_the_person_it_needs() -> None:
    facts, (person, dossier, opinion) = lost()
    (case,) = cases(facts, {})
    assert case.subject == dossier
    assert [one.id for one in case.acts] == [person, dossier, opinion]
    assert case.left == ()


def test_what_is_written_anew_keeps_every_word_and_names_the_new_ids() -> None:
    facts, (person, dossier, opinion) = lost()
    (case,) = cases(facts, {})
    other = Counter(2)
    first = EntryId(other.journal, 1)
    drafts, names = written_anew(case.acts, first, {})
    written = other.append(list(drafts))
    assert [names[one] for one in (person, dossier, opinion)] == written
    old, new = facts[1].body, other.facts[written[1]].body
    assert new.party.person == written[0]
    assert other.facts[written[1]].facts.subjects == (written[1], written[0])
    assert msgspec.structs.replace(new, party=old.party) == old
    assert fold_subject(written[1], list(other.facts.values())).state.party.name == PARTY_TAKEN.name


def test_a_person_written_anew_for_an_earlier_case_is_not_written_again() -> None:
    facts, (person, dossier, _) = lost()
    known = {person: EntryId(513, 7)}
    (case,) = cases(facts[1:], known, [one.id for one in facts])
    assert case.acts[0].id == dossier
    drafts, _ = written_anew(case.acts, EntryId(513, 20), known)
    assert drafts[0].subjects == (SELF, EntryId(513, 7))


def test_an_act_on_something_of_the_branch_that_is_not_written_anew_is_left() -> None:
    facts, _ = lost()
    (case,) = cases(facts[2:], {}, [one.id for one in facts])  # the opinion alone: its dossier was left
    assert case.acts == ()
    assert len(case.left) == 1


def test_an_act_on_what_both_branches_hold_names_it_as_before() -> None:
    pc = Counter(1)
    (dossier,) = pc.append(submitted())
    (fix,) = pc.append([draft(PartyCorrected(PARTY_TAKEN, (), "Sai", SALT), dossier)])
    (case,) = cases([pc.facts[fix]], {})
    drafts, _ = written_anew(case.acts, EntryId(513, 1), {})
    assert drafts[0].subjects == (dossier,)


def test_numbers_and_sealed_acts_are_never_written_anew() -> None:
    assert LineNumbered not in ANEW
    sealed = {kind.body for kind in KINDS if kind.sealed}
    money = {kind.body for kind in KINDS if 300 <= kind.number < 350}
    registers = {kind.body for kind in KINDS if 200 <= kind.number < 220 or 230 <= kind.number <= 240}
    assert not ANEW & (sealed | money | registers)


def test_people_are_told_of_acts_and_not_of_prints_or_clocks() -> None:
    facts, _ = lost()
    assert all(is_told(one) for one in facts)
    newer = facts[0]._replace(body=None)
    assert is_told(newer)
    clock = newer._replace(facts=msgspec.structs.replace(newer.facts, kind=7))
    assert not is_told(clock)
    (case,) = cases([newer], {})
    assert case.left == (newer,)


def test_the_entry_is_a_subject_of_its_own_and_its_bytes_are_for_ever() -> None:
    assert encode_body(BODY).hex() == GOLDEN
    assert decode_body(BY_NUMBER[535].body, bytes.fromhex(GOLDEN)) == BODY
    assert (BY_NUMBER[535].sealed, BY_NUMBER[535].begins) == (True, 0)
    pc = Counter(1)
    (case,) = pc.append([draft(BODY, SELF)])
    assert pc.state(case) == StraysState(case, TAKEN, 1)
    assert pending(1).is_placeholder
