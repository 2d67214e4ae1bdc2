"""Tickets and requests from afar: the same state in any order, and nobody answers for another."""

from __future__ import annotations

import random

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.organisation.readable import PROVINCE_ALONE
from counter_app.domain.tickets import decisions
from counter_app.domain.tickets.entries import (
    AnsweredFromAfar,
    AskedFromAfar,
    BundleNamed,
    Standing,
    StandingSaid,
    TicketAnswered,
    TicketOpened,
    Verdict,
)
from counter_app.domain.tickets.state import AfarState, TicketState, ticket_number, ticket_of
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import SELF, EntryId, journal_of, unit_journal
from sync.protocol.refusals import Malformed
from tests.unit.domain.folding.writing import NOON, Counter

STANDING = Standing("0.4.0", 512, 7, 8, 9, (Verdict("store", "good"), Verdict("backup", "look")))
BUNDLE = BundleNamed(bytes(range(32)), 40_000)
GOLDEN = {
    540: (
        TicketOpened("copies", "máy in kẹt", STANDING, BUNDLE),
        (
            "94a6636f70696573ad6dc3a17920696e206be1bab97496a5302e342e30cd02000708099292a573746f7265a467"
            "6f6f6492a66261636b7570a46c6f6f6b92c420000102030405060708090a0b0c0d0e0f10111213141516171819"
            "1a1b1c1d1e1fcd9c40"
        ),
    ),
    541: (TicketAnswered("Đã gửi mực", True), "92b0c490c3a32067e1bbad69206de1bbb163c3"),
    542: (
        AskedFromAfar(5, "doctor", "xem pin", NOON),
        "9405a6646f63746f72a778656d2070696ecf000001a1fc79c080",
    ),
    543: (
        AnsweredFromAfar("done", "", 12, STANDING, BUNDLE),
        (
            "95a4646f6e65a00c96a5302e342e30cd02000708099292a573746f7265a4676f6f6492a66261636b7570a46c6f"
            "6f6b92c420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fcd9c40"
        ),
    ),
    544: (
        StandingSaid(STANDING),
        ("9196a5302e342e30cd02000708099292a573746f7265a4676f6f6492a66261636b7570a46c6f6f6b"),
    ),
}


@pytest.mark.parametrize("number", sorted(GOLDEN))
def test_bytes_of_the_kinds_stay_as_they_were_released(number: int) -> None:
    body, released = GOLDEN[number]
    kind = BY_NUMBER[number]
    assert (kind.body, kind.must_understand, kind.sealed) == (type(body), False, False)
    assert encode_body(body).hex() == released
    assert decode_body(type(body), encode_body(body)) == body


def test_only_the_province_answers_tickets_and_asks_from_afar() -> None:
    assert {541, 542} <= PROVINCE_ALONE
    assert not {540, 543, 544} & PROVINCE_ALONE


def test_a_body_with_too_much_in_it_is_refused() -> None:
    many = Standing("1", 1, 0, 0, 0, (Verdict("store", "good"),) * 81)
    for body in (StandingSaid(many), TicketOpened("", "x", STANDING, BundleNamed(bytes(33), 1))):
        with pytest.raises(Malformed):
            decode_body(type(body), encode_body(body))


def province() -> Counter:
    made = Counter(1)
    made.journal = unit_journal("00000", 1)
    return made


def opened(desk: Counter) -> EntryId:
    (ticket,) = desk.append(decisions.open_ticket("copies", " máy in kẹt ", STANDING, BUNDLE))
    return ticket


def state_of(desk: Counter, subject: EntryId):
    return fold_subject(subject, desk.facts.values()).state


def test_a_ticket_is_answered_and_closed_by_the_province_alone() -> None:
    desk, other, hub = Counter(5), Counter(6), province()
    ticket = opened(desk)
    assert (state_of(desk, ticket).words, state_of(desk, ticket).status) == ("máy in kẹt", "open")
    other.exchange(desk)
    other.append([draft(TicketAnswered("tôi là tỉnh", True), ticket)])
    desk.exchange(other)
    assert state_of(desk, ticket).status == "open"
    hub.exchange(desk)
    hub.append([draft(TicketAnswered("Đã gửi mực", False), ticket)])
    hub.append([draft(TicketAnswered("", True), ticket)])
    hub.append([draft(TicketAnswered("Nhớ đổi hộp mực", False), ticket)])
    desk.exchange(hub)
    state = state_of(desk, ticket)
    assert isinstance(state, TicketState)
    assert state.status == "closed"
    assert [words for _, words in state.answers] == ["Đã gửi mực", "Nhớ đổi hộp mực"]


def test_a_request_is_answered_by_the_pc_it_names_in_any_life_and_once() -> None:
    mine, later, other, hub = Counter(5), Counter(5, life=2), Counter(6), province()
    (request,) = hub.append([decisions.ask_from_afar(5, "doctor", "", NOON)])
    for pc in (mine, later, other):
        pc.exchange(hub)
    other.append([draft(AnsweredFromAfar("done", "", 99, None, BundleNamed()), request)])
    hub.append([draft(AnsweredFromAfar("done", "", 98, None, BundleNamed()), request)])
    for pc in (mine, later, other):
        pc.exchange(hub)
        pc.exchange(other)
    assert state_of(mine, request).is_open
    asked = state_of(mine, request)
    assert decisions.is_for(asked, mine.journal)
    assert decisions.is_for(asked, later.journal)
    assert not decisions.is_for(asked, other.journal)
    later.append(decisions.answer_from_afar(asked, "done", "", 12, STANDING))
    mine.exchange(later)
    mine.append([draft(AnsweredFromAfar("failed", "late", 0, None, BundleNamed()), request)])
    state = state_of(mine, request)
    assert isinstance(state, AfarState)
    assert (state.status, state.items, state.standing) == ("done", 12, STANDING)
    assert decisions.answer_from_afar(state, "done") == ()


def test_the_same_state_in_any_order() -> None:
    desk, hub = Counter(5), province()
    ticket = opened(desk)
    hub.exchange(desk)
    hub.append([draft(TicketAnswered("một", False), ticket)])
    hub.append([draft(TicketAnswered("hai", True), ticket)])
    facts = list(hub.facts.values())
    whole = fold_subject(ticket, facts).state
    chance = random.Random(1)
    for _ in range(20):
        chance.shuffle(facts)
        assert fold_subject(ticket, facts).state == whole


@pytest.mark.parametrize(
    ("wish", "at", "outcome"),
    [("doctor", NOON, ""), ("format_disk", NOON, "unknown"), ("doctor", NOON + 15 * 86_400_000, "lapsed")],
)
def test_a_wish_beyond_the_closed_list_is_not_done(wish: str, at: int, outcome: str) -> None:
    hub = province()
    (request,) = hub.append([draft(AskedFromAfar(5, wish, "", NOON + decisions.LASTS_MS), SELF)])
    assert decisions.settled_without_doing(state_of(hub, request), at) == outcome


def test_the_province_cannot_ask_for_anything_else() -> None:
    with pytest.raises(DomainError) as refused:
        decisions.ask_from_afar(5, "run", "", NOON)
    assert refused.value.code == "afar.wish"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("  ", "ticket.words"),
        ("x" * 2001, "ticket.words"),
        ("hồ sơ của 012190000001 không in", "ticket.personal"),
        ("số 012 190 000 001", "ticket.personal"),
    ],
)
def test_what_may_not_be_told(words: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        decisions.open_ticket("copies", words, STANDING, BUNDLE)
    assert refused.value.code == code
    assert refused.value.words("en").title


def test_serial_numbers_and_phones_of_the_office_may_stand_there() -> None:
    words = "máy in SN 5512190000001, gọi 0213 3 876 543"
    (made,) = decisions.open_ticket("Weird Window 01", words, STANDING, BUNDLE)
    assert decode_body(TicketOpened, made.body).screen == ""


def test_answers_need_words_or_an_end() -> None:
    desk = Counter(5)
    state = state_of(desk, opened(desk))
    with pytest.raises(DomainError) as refused:
        decisions.answer_ticket(state, " ", closes=False)
    assert refused.value.code == "ticket.answer"


def test_numbers_of_tickets_lead_back_to_them() -> None:
    ticket = EntryId(journal_of(1025, 3), 77)
    assert ticket_number(ticket) == "SC-1025-3-77"
    assert ticket_of(" sc-1025-3-77 ") == ticket
    for strange in (
        "",
        "SC-1-1",
        "SC-1-1-0",
        "SC-0-1-1",
        "SC-1-256-1",
        "SC-²-1-1",
        "XX-1-1-1",
        "SC-1-1-99999999999",
    ):
        assert ticket_of(strange) is None


def test_a_ticket_told_under_a_wild_clock_is_dated_by_the_provinces_answer() -> None:
    counter, province = Counter(5, clock=NOON + 10 * 365 * 86_400_000), Counter(6)
    (ticket,) = counter.append(decisions.open_ticket("copies", "máy in kẹt", STANDING, BUNDLE))
    province.journal = unit_journal("00000")
    province.exchange(counter)
    state: TicketState = province.state(ticket)
    province.append([decisions.answer_ticket(state, "Đã gửi mực", closes=False)])
    province.append([decisions.answer_ticket(state, "", closes=True)])
    counter.exchange(province)
    assert counter.state(ticket).changed_at == province.clock == NOON
