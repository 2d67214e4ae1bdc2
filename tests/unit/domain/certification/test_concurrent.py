"""Acts at two counters at the same time: the first in order counts, nothing is lost, a person settles."""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.certification.handover import Handover, hand_over, settle_handover
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.piles.lots import Desk, number_lot
from counter_app.domain.certification.piles.signing import (
    confirm_signed,
    settle_line,
    strike_double,
    strike_line,
)
from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.amend import resubmit_request, return_request
from counter_app.domain.errors import DomainError
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.certification.ledger import (
    CHECKS,
    DESK,
    MINUTE,
    NOW,
    OTHER,
    RULES,
    SALT,
    SIGNING,
    Ledger,
    original,
    pile_of,
    refused_by,
)

EARLY, LATE = NOW + 2 * MINUTE, NOW + 3 * MINUTE


def open_codes(ledger: Ledger, subject: EntryId) -> list[str]:
    """Conflicts nobody has settled."""
    return [found.code for found in ledger.folded(subject).open_conflicts]


@pytest.mark.parametrize("returned_first", [True, False])
def test_numbering_wins_over_a_return(returned_first: bool) -> None:
    ledger = Ledger()
    request = ledger.take()
    state = ledger.request(request)
    numbers = number_lot(pile_of(state), SIGNING, ledger.book(), CHECKS, Desk(DESK, NOW, NOW))
    back = ledger.append(
        *return_request(state, "pages", ""), journal=OTHER, at=EARLY if returned_first else LATE
    )
    _, line = ledger.append(*numbers, at=LATE if returned_first else EARLY, blind=back)
    after = ledger.request(request)
    assert after.originals[0].state == "numbered"
    assert not after.is_returned
    assert open_codes(ledger, request) == [codes.RETURNED_AND_NUMBERED]
    ledger.append(*confirm_signed([ledger.line(line)]), at=LATE + MINUTE)
    assert open_codes(ledger, request) == []


def test_one_original_numbered_twice_keeps_both_lines_and_one_counts() -> None:
    ledger = Ledger()
    request = ledger.take()
    state, book = ledger.request(request), ledger.book()
    numbers = number_lot(pile_of(state), SIGNING, book, CHECKS, Desk(DESK, NOW, NOW))
    copy_of_store = number_lot(pile_of(state), SIGNING, book, CHECKS, Desk(DESK, NOW, NOW))
    made = ledger.append(*numbers, at=EARLY)
    _, double = ledger.append(*copy_of_store, journal=OTHER, at=LATE, blind=made)
    after = ledger.request(request)
    assert after.originals[0].line == made[1]
    assert [d.line for d in after.doubles] == [double]
    assert open_codes(ledger, request) == [codes.ORIGINAL_DOUBLE]
    # The one that counts is struck: the other takes its place, and nothing is open.
    ledger.append(*strike_double(ledger.line(made[1]), ledger.line(double)), at=LATE + MINUTE)
    settled = ledger.request(request)
    assert (settled.originals[0].line, settled.doubles) == (double, ())
    assert open_codes(ledger, request) == []


@pytest.mark.parametrize("signed_first", [True, False])
def test_signed_here_and_struck_there(signed_first: bool) -> None:
    ledger = Ledger()
    request = ledger.take()
    _, line = ledger.number(request)
    state = ledger.line(line)
    ink = ledger.append(*confirm_signed([state]), at=EARLY if signed_first else LATE)
    ledger.append(
        *strike_line(state, "pages", ""), journal=OTHER, at=LATE if signed_first else EARLY, blind=ink
    )
    expected = "signed" if signed_first else "struck"
    assert ledger.line(line).state == ledger.request(request).originals[0].state == expected
    assert open_codes(ledger, line) == open_codes(ledger, request) == [codes.SIGNED_AND_STRUCK]
    lot = ledger.lot(ledger.line(line).lot)
    assert (lot.signed + lot.struck, lot.unconfirmed) == (1, 0)
    contested = ledger.line(line)
    ledger.append(*settle_line(contested, signed=True, words=""), at=LATE + MINUTE)
    assert ledger.line(line).state == ledger.request(request).originals[0].state == "signed"
    assert open_codes(ledger, line) == open_codes(ledger, request) == []
    with refused_by("line.not_contested"):
        settle_line(ledger.line(line), signed=False, words="x")


def test_line_and_request_agree_even_when_a_clock_ran_wild() -> None:
    """The request also holds an entry with a clock in 2099: both subjects still say the same of the line."""
    ledger = Ledger()
    request = ledger.take()
    _, line = ledger.number(request)
    state, before = ledger.line(line), ledger.request(request)
    wild = ledger.append(*return_request_anyway(before), journal=OTHER, at=NOW + 10**12)
    ink = ledger.append(*confirm_signed([state]), journal=OTHER, at=EARLY, blind=())
    ledger.append(*strike_line(state, "pages", ""), at=LATE, blind=(*ink, *wild))
    assert ledger.line(line).state == ledger.request(request).originals[0].state == "signed"


def return_request_anyway(state: RequestState):  # type: ignore[no-untyped-def]
    """A return as a counter writes it that has not heard of the numbers."""
    originals = tuple(msgspec.structs.replace(o, state="submitted") for o in state.originals)
    return return_request(msgspec.structs.replace(state, originals=originals), "pages", "")


def test_handed_over_twice() -> None:
    ledger = Ledger()
    request = ledger.take()
    _, line = ledger.number(request)
    ledger.append(*confirm_signed([ledger.line(line)]))
    state = ledger.request(request)
    given = Handover(SALT, paid_now=state.to_pay)
    first = ledger.append(*hand_over(state, given), at=EARLY)
    ledger.append(*hand_over(state, given), journal=OTHER, at=LATE, blind=first)
    assert ledger.request(request).originals[0].handed_over_at == EARLY
    assert open_codes(ledger, request) == [codes.HANDED_OVER_TWICE]
    ledger.append(*settle_handover(ledger.request(request), "", "", SALT), at=LATE + MINUTE)
    assert open_codes(ledger, request) == []


def test_mended_here_while_it_was_numbered_there_keeps_what_was_certified() -> None:
    ledger = Ledger()
    request = ledger.take(original(pages=24))
    state = ledger.request(request)
    numbers = number_lot(pile_of(state), SIGNING, ledger.book(), CHECKS, Desk(DESK, NOW, NOW))
    made = ledger.append(*numbers, at=EARLY)
    mended = resubmit_request(
        state, (original(pages=22), original("Bằng", 1, 1)), RULES, ground="x", salt=SALT
    )
    ledger.append(*mended, journal=OTHER, at=LATE, blind=made)
    after = ledger.request(request)
    assert [(o.state, o.taken.pages) for o in after.originals] == [("numbered", 24), ("submitted", 1)]
    assert open_codes(ledger, request) == [codes.CHANGED_AND_NUMBERED]


# --- any sequence of decisions keeps the invariants ------------------------------------------------------

ACTS = ("take", "return", "resubmit", "number", "sign", "strike", "hand_over")


def act(ledger: Ledger, name: str, pick: random.Random, at: int) -> None:
    """One random act on the unit; what a rule refuses is simply not done."""
    requests = [fact.id for fact in ledger.facts if fact.facts.kind == 220]
    if name == "take" or not requests:
        ledger.take(
            *[original(f"Bằng {n}", 1 + n, 1) for n in range(pick.randint(1, 3))], daily=len(requests) + 1
        )
        return
    state = ledger.request(pick.choice(requests))
    journal = pick.choice((DESK, OTHER))
    blind = [ledger.facts[-1].id] if pick.random() < 0.3 and ledger.facts[-1].id.journal != journal else []
    lines = [ledger.line(o.line) for o in state.originals if o.line is not None]
    taken = tuple(o.taken for o in state.originals)
    if name == "number":
        ledger.number(state.id, at=at)
    elif name == "return":
        ledger.append(*return_request(state, "pages", ""), journal=journal, at=at, blind=blind)
    elif name == "resubmit":
        drafts = resubmit_request(state, taken, RULES, ground="x", salt=SALT)
        ledger.append(*drafts, journal=journal, at=at, blind=blind)
    elif name == "sign" and lines:
        ledger.append(*confirm_signed([pick.choice(lines)]), journal=journal, at=at, blind=blind)
    elif name == "strike" and lines:
        ledger.append(*strike_line(pick.choice(lines), "pages", ""), journal=journal, at=at, blind=blind)
    elif name == "hand_over":
        drafts = hand_over(state, Handover(SALT, paid_now=state.to_pay))
        ledger.append(*drafts, journal=journal, at=at, blind=blind)


def invariants(ledger: Ledger) -> Iterator[str]:
    """What is broken, in words; nothing when all is well."""
    lines = [ledger.line(fact.id) for fact in ledger.facts if fact.facts.kind == 231]
    numbers = sorted(line.number for line in lines)
    if numbers != list(range(1776, 1776 + len(numbers))):
        yield f"numbers {numbers}"
    valid = [(line.request, line.original) for line in lines if line.state in ("numbered", "signed")]
    doubled = {pair for pair in valid if valid.count(pair) > 1}
    for request in {fact.id for fact in ledger.facts if fact.facts.kind == 220}:
        state = ledger.request(request)
        if state.fees != sum(o.taken.fee for o in state.originals if o.state != "struck"):
            yield "fees do not sum"
        for index, held in enumerate(state.originals):
            known = (request, index) in doubled and not any(d.original == index for d in state.doubles)
            if known:
                yield f"original {index} has two valid lines and nobody is told"
            if held.state in ("taken_in", "submitted") and (held.number or held.line):
                yield "a number before moment 2"
            if (
                held.state in ("signed", "struck")
                and held.line
                and ledger.line(held.line).state != held.state
            ):
                yield f"line says {ledger.line(held.line).state}, request says {held.state}"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(ACTS), min_size=3, max_size=18))
def test_any_sequence_keeps_the_invariants_and_arrival_order_does_not_matter(
    seed: int, names: list[str]
) -> None:
    pick, ledger = random.Random(seed), Ledger()
    for step, name in enumerate(names):
        try:
            act(ledger, name, pick, NOW + (step + 1) * MINUTE)
        except DomainError:
            continue
    assert list(invariants(ledger)) == []
    for fact in ledger.facts:
        if fact.facts.kind in (220, 230, 231):
            assert ledger.folded(fact.id, pick) == ledger.folded(fact.id)
