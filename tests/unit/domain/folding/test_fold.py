"""One subject from its facts: order, waiting, read-only subjects, redaction, the fast path."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.folding.aggregate import Aggregate, Conflict, Settled
from counter_app.domain.folding.doubles import Double, find_doubles
from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.domain.folding.fold import advance, fold
from counter_app.domain.folding.registry import BY_NAME, fold_subject
from counter_app.domain.kinds import KINDS, Kind
from counter_app.domain.organisation.entries import (
    OfficialChanged,
    OfficialRecorded,
    PostRecorded,
    UnitPolicySet,
)
from counter_app.domain.organisation.state import unit_subject
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import MUST_UNDERSTAND, Draft, Facts, write_entry
from sync.protocol.naming.ids import SELF, EntryId

A, B, C = 257, 513, 769
ME = EntryId(A, 1)
KEY = b"k" * 32


def _fact(
    identity: EntryId, at: int, body: object, *after: EntryId, subjects: tuple[EntryId, ...] = (ME,)
) -> Fact:
    number = 100 if isinstance(body, OfficialRecorded) else 101
    facts = Facts(at, number, 1, MUST_UNDERSTAND, None, None, subjects, after)
    return read_fact(write_entry(identity, facts, encode_body(body)))  # type: ignore[arg-type]


def _changed(title: str) -> OfficialChanged:
    return OfficialChanged(title, ("intake",), True, "tập huấn")


BEGUN = _fact(ME, 100, OfficialRecorded("Tập huấn", "a", ("intake",), KEY, "tap-huan"))


def _titles(*facts: Fact) -> set[str]:
    return {fold_subject(ME, order).state.title_line for order in itertools.permutations(facts)}


def test_parents_come_first_whatever_the_clocks_say() -> None:
    early_clock = _fact(EntryId(B, 1), 1, _changed("b"), ME)
    later_act = _fact(EntryId(C, 1), 0, _changed("c"), EntryId(B, 1))
    assert _titles(BEGUN, early_clock, later_act) == {"c"}


def test_lower_numbers_of_one_journal_come_first_whatever_the_clock_says() -> None:
    first = _fact(EntryId(B, 1), 900, _changed("first"), ME)
    second = _fact(EntryId(B, 2), 200, _changed("second"), ME)
    assert _titles(BEGUN, first, second) == {"second"}


def test_ties_go_by_clock_then_journal() -> None:
    other = _fact(EntryId(C, 1), 200, _changed("c"), ME)
    assert _titles(BEGUN, _fact(EntryId(B, 1), 300, _changed("b"), ME), other) == {"b"}
    assert _titles(BEGUN, _fact(EntryId(B, 1), 200, _changed("b"), ME), other) == {"c"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.body.__name__)
def test_an_entry_that_begins_nothing_is_no_beginning_whatever_others_call_it(kind: Kind) -> None:
    """A counter may name any entry as a person or a register: nobody's reading stops at it."""
    no_beginning = _fact(ME, 100, _changed("of another"))
    for place, name in enumerate(kind.aggregates):
        if name == "any" or BY_NAME[name].rootless:
            continue
        subjects = tuple(ME if at == place else EntryId(B, 90 + at) for at in range(len(kind.aggregates)))
        facts = Facts(200, kind.number, kind.version, MUST_UNDERSTAND, None, None, subjects, ())
        called = read_fact(write_entry(EntryId(B, 7), facts, b"\x90"))
        folded = fold_subject(ME, [no_beginning, called])
        assert (folded.aggregate, folded.state) == (name, None)


def test_what_names_a_subject_beside_its_own_follows_the_beginning_unnamed() -> None:
    """A lot names its act of delegation, and in ``after`` what it knows of its register."""
    beside = _fact(EntryId(B, 8), 300, _changed("of another"), EntryId(A, 9), subjects=(EntryId(A, 8), ME))
    first = fold_subject(ME, [BEGUN])
    whole = fold_subject(ME, [BEGUN, beside])
    assert whole.heads == (EntryId(B, 8),)
    assert advance(first, beside, BY_NAME) == whole


def test_a_fact_waits_for_its_parent_and_what_follows_it_waits_too() -> None:
    parent = _fact(EntryId(B, 1), 200, _changed("parent"), ME)
    child = _fact(EntryId(C, 1), 300, _changed("child"), EntryId(B, 1))
    after_child = _fact(EntryId(C, 2), 400, _changed("after"), EntryId(C, 1))
    held_up = fold_subject(ME, [after_child, child, BEGUN])
    assert held_up.waiting == (EntryId(C, 1), EntryId(C, 2))
    assert held_up.state.title_line == "a"
    assert held_up.heads == (ME,)
    whole = fold_subject(ME, [after_child, child, BEGUN, parent])
    assert (whole.waiting, whole.state.title_line, whole.heads) == ((), "after", (EntryId(C, 2),))


def test_everything_waits_for_the_entry_that_begins_the_subject() -> None:
    act = _fact(EntryId(B, 1), 200, _changed("b"))
    folded = fold_subject(ME, [act])
    assert (folded.state, folded.waiting, folded.heads) == (None, (EntryId(B, 1),), ())


def test_the_beginning_comes_first_even_with_a_clock_in_2099() -> None:
    begun = _fact(ME, 4_000_000_000_000, OfficialRecorded("Tập huấn", "a", ("intake",), KEY, "x"))
    assert _titles(begun, _fact(EntryId(B, 1), 1, _changed("b"))) == {"b"}


def test_a_circle_of_parents_waits_and_harms_nobody() -> None:
    one = _fact(EntryId(B, 1), 1, _changed("b"), EntryId(C, 1))
    other = _fact(EntryId(C, 1), 1, _changed("c"), EntryId(B, 1))
    folded = fold_subject(ME, [one, other, BEGUN])
    assert folded.waiting == (EntryId(B, 1), EntryId(C, 1))
    assert folded.state.title_line == "a"


def test_after_of_another_main_subject_holds_nothing_up() -> None:
    """In an entry whose main subject is another one, ``after`` names that one's heads, unknown here."""
    other = EntryId(B, 1)
    mentioned = _fact(EntryId(B, 2), 200, _changed("b"), EntryId(C, 77), subjects=(other, ME))
    assert fold_subject(ME, [BEGUN, mentioned]).waiting == ()


@pytest.mark.parametrize(
    ("kind", "version", "flags", "frozen"),
    [
        (60_000, 1, MUST_UNDERSTAND, True),
        (60_000, 1, 0, False),
        (101, 2, MUST_UNDERSTAND, True),
        (101, 2, 0, False),
    ],
)
def test_newer_kinds_freeze_the_subject_only_when_they_must_be_understood(
    kind: int, version: int, flags: int, frozen: bool
) -> None:
    facts = Facts(200, kind, version, flags, None, None, (ME,), (ME,))
    newer = read_fact(write_entry(EntryId(B, 1), facts, b"\x91\x01"))
    later = _fact(EntryId(B, 2), 300, _changed("later"), EntryId(B, 1))
    folded = fold_subject(ME, [BEGUN, newer, later])
    assert (folded.frozen, folded.state.title_line, folded.heads) == (frozen, "later", (EntryId(B, 2),))
    stepwise = advance(fold_subject(ME, [BEGUN]), newer, BY_NAME)
    assert stepwise is not None
    assert stepwise == fold_subject(ME, [BEGUN, newer])


def test_a_known_kind_that_does_not_decode_is_newer_not_malformed() -> None:
    facts = Facts(200, 101, 1, MUST_UNDERSTAND, None, None, (ME,), (ME,))
    odd = read_fact(write_entry(EntryId(B, 1), facts, encode_body(PostRecorded("x", "y"))))
    assert odd.is_newer
    assert fold_subject(ME, [BEGUN, odd]).frozen


def test_redacted_bodies_leave_the_rest_standing() -> None:
    gone = read_fact(_fact(EntryId(B, 1), 200, _changed("b"), ME).entry.without_body())
    later = _fact(EntryId(B, 2), 300, _changed("later"), EntryId(B, 1))
    folded = fold_subject(ME, [BEGUN, gone, later])
    assert (folded.state.title_line, folded.frozen, folded.redacted) == ("later", False, False)
    without_start = fold_subject(ME, [read_fact(BEGUN.entry.without_body()), later, gone])
    assert (without_start.state, without_start.redacted, without_start.waiting) == (None, True, ())


def test_the_unit_is_begun_by_no_entry() -> None:
    unit = unit_subject("00000")
    put = draft(UnitPolicySet("who_numbers", "registrar"), unit)
    again = draft(UnitPolicySet("who_numbers", "signatory"), unit)
    facts = [
        read_fact(write_entry(EntryId(A, index), each.facts(index, None, None), each.body))
        for index, each in enumerate((put, again), 5)
    ]
    assert fold_subject(unit, reversed(facts)).state.policies == (("who_numbers", "signatory"),)


class _Log(msgspec.Struct, frozen=True):
    seen: tuple[str, ...] = ()


def _evolve(state: _Log, fact: Fact) -> _Log | Conflict | Settled:
    word = fact.body.title_line
    if word == "refuse":
        return Conflict("test.refused")
    if word == "apply":
        return Conflict("test.applied", _Log((*state.seen, word)))
    if word == "settle":
        return Settled(state, (EntryId(B, 1),))
    return _Log((*state.seen, word))


LOGS = {"official": Aggregate("official", _Log, lambda fact: _Log(), _evolve)}


def test_conflicts_are_kept_reported_and_settled_by_a_person() -> None:
    refused = _fact(EntryId(B, 1), 200, _changed("refuse"), ME)
    applied = _fact(EntryId(B, 2), 300, _changed("apply"), EntryId(B, 1))
    folded = fold(ME, [BEGUN, refused, applied], LOGS)
    assert folded.state.seen == ("apply",)
    assert [(found.entry.seq, found.code) for found in folded.open_conflicts] == [
        (1, "test.refused"), (2, "test.applied")
    ]  # fmt: skip
    settled = advance(folded, _fact(EntryId(C, 1), 400, _changed("settle"), EntryId(B, 2)), LOGS)
    assert settled is not None
    assert [found.entry.seq for found in settled.open_conflicts] == [2]
    assert settled.conflicts[0].settled_by == EntryId(C, 1)


def test_the_fast_path_refuses_what_does_not_come_last() -> None:
    folded = fold_subject(ME, [BEGUN, _fact(EntryId(B, 1), 500, _changed("b"), ME)])
    late_tie = _fact(EntryId(C, 1), 400, _changed("c"), ME)
    assert advance(folded, late_tie, BY_NAME) is None
    orphan = _fact(EntryId(C, 1), 900, _changed("c"), EntryId(C, 99))
    assert advance(folded, orphan, BY_NAME) is None
    known = _fact(EntryId(B, 1), 500, _changed("b"), ME)
    assert advance(folded, known, BY_NAME) is None
    follows = _fact(EntryId(C, 1), 1, _changed("c"), EntryId(B, 1))
    moved = advance(folded, follows, BY_NAME)
    assert moved is not None
    assert moved.heads == (EntryId(C, 1),)


def test_doubles_are_found_over_valid_lines() -> None:
    lines = [(7, EntryId(A, 9)), (8, EntryId(A, 10)), (7, EntryId(B, 2)), (7, EntryId(A, 9))]
    assert find_doubles(lines) == (Double(7, (EntryId(A, 9), EntryId(B, 2))),)
    assert find_doubles(lines[:2]) == ()


def test_drafts_take_number_flags_and_seal_from_the_table() -> None:
    made = draft(_changed("x"), ME)
    assert isinstance(made, Draft)
    assert (made.kind, made.flags, made.sealed, made.version) == (101, MUST_UNDERSTAND, True, 1)


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        (_changed("x"), ()),
        (_changed("x"), (ME, ME)),
        (_changed("x"), (SELF,)),
        (PostRecorded("x", "y"), (ME,)),
        (Facts(1, 1, 1, 0, None, None, (ME,)), (ME,)),
    ],
)
def test_drafts_with_wrong_subjects_are_bugs(body: object, subjects: tuple[EntryId, ...]) -> None:
    with pytest.raises(ValueError, match=r"subject|table"):
        draft(body, *subjects)  # type: ignore[arg-type]
