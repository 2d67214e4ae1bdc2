"""Opening and closing: one register of a kind in a year, closed only when every number is accounted for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.closing import open_months, year_obstacles
from counter_app.domain.registers.decisions import (
    LineCounts,
    close_month,
    close_year,
    obstacles,
    open_from_paper_book,
    open_new_year,
    open_register,
    recover_pen,
    settle_void,
    take_numbers,
)
from counter_app.domain.registers.entries import OPENING_BALANCE, MonthClosed, RegisterOpened
from counter_app.domain.registers.spans import Span, joined, overlap, size, span, spans_text, without
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import MINUTE, NOON, Counter, second
from tests.unit.domain.registers.counters import CLERK, DIRECTOR, REGISTRAR, number_lot, opened

DAY = 24 * 60 * MINUTE
DECEMBER_1 = NOON + 10 * DAY
DECEMBER_31 = NOON + 40 * DAY
LAST_DAY = date(2026, 12, 31)
SECOND = second(DIRECTOR, 2)


def _code(call: Any, *args: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call(*args)
    return refused.value.code


def _numbered(count: int) -> tuple[Counter, EntryId]:
    counter = Counter(1)
    register = opened(counter)
    number_lot(counter, register, count)
    return counter, register


@pytest.mark.parametrize(
    ("counts", "codes"),
    [
        (LineCounts(1, 5, 4, 1, 0), []),
        (LineCounts(1, 5, 3, 1, 1), ["unconfirmed"]),
        (LineCounts(1, 5, 4, 0, 0, missing=(Span(3, 3),)), ["missing"]),
        (LineCounts(1, 5, 6, 0, 0, doubles=(Span(2, 2),)), ["double"]),
        (LineCounts(1, 5, 3, 0, 1, missing=(Span(3, 3),)), ["unconfirmed", "missing"]),
    ],
)
def test_a_month_closes_only_when_nothing_is_open(counts: LineCounts, codes: list[str]) -> None:
    counter, register = _numbered(5)
    state = counter.state(register)
    assert [item.code for item in obstacles(state, counts)] == codes
    if codes:
        assert _code(close_month, state, REGISTRAR, 11, counts, NOON) == "closing.blocked"
    else:
        (closing,) = close_month(state, REGISTRAR, 11, counts, NOON)
        body = decode_body(MonthClosed, closing.body)
        assert (body.month, body.last, body.signed, body.struck, closing.sealed) == (11, 5, 4, 1, True)


def test_the_refusal_names_what_is_open() -> None:
    counter, register = _numbered(5)
    with pytest.raises(DomainError) as refused:
        close_month(counter.state(register), REGISTRAR, 11, LineCounts(1, 5, 3, 0, 2), NOON)
    assert "2 số chưa xác nhận ký" in refused.value.title
    assert "2 numbers not yet confirmed" in refused.value.words("en").title


def test_unknown_numbers_hold_the_closing_up_until_each_is_settled() -> None:
    counter, register = _numbered(2)
    other = Counter(2)
    other.exchange(counter)
    other.clock += MINUTE
    other.append(
        recover_pen(
            other.state(register),
            other.journal,
            REGISTRAR,
            SECOND,
            highest_on_paper=0,
            waiting_there=0,
            ground="máy hỏng",
        )
    )
    counts = LineCounts(1, 4, 2, 0, 0)
    for number in (3, 4):
        assert [item.code for item in obstacles(other.state(register), counts)] == ["unknown"]
        other.append(settle_void(other.state(register), REGISTRAR, number, "biên bản 01"))
    (closing,) = close_month(other.state(register), REGISTRAR, 11, counts, NOON)
    assert decode_body(MonthClosed, closing.body).voided == 2


def test_a_closed_month_takes_no_more_numbers_and_closes_once() -> None:
    counter, register = _numbered(2)
    counts = LineCounts(1, 2, 2, 0, 0)
    counter.append(close_month(counter.state(register), REGISTRAR, 11, counts, NOON))
    state = counter.state(register)
    with pytest.raises(DomainError) as refused:
        take_numbers(state, counter.journal, 1, NOON, last_contact=NOON)
    assert refused.value.code == "month.closed"
    assert take_numbers(state, counter.journal, 1, DECEMBER_1, last_contact=DECEMBER_1) == 3
    assert _code(close_month, state, REGISTRAR, 11, counts, NOON) == "month.closed"


def test_the_year_closes_after_its_months_with_two_persons() -> None:
    counter, register = _numbered(2)
    counts = LineCounts(1, 2, 2, 0, 0)
    last = DECEMBER_31
    assert _code(close_year, counter.state(register), REGISTRAR, SECOND, counts, last) == "closing.blocked"
    counter.append(close_month(counter.state(register), REGISTRAR, 11, counts, NOON))
    state = counter.state(register)
    own = second(REGISTRAR, 1)
    assert _code(close_year, state, REGISTRAR, own, counts, last) == "second.same_person"
    assert _code(close_year, state, CLERK, SECOND, counts, last) == "role.not_allowed"
    counter.append(close_year(state, REGISTRAR, SECOND, counts, last))
    closed = counter.state(register)
    assert closed.closed
    assert _code(close_year, closed, REGISTRAR, SECOND, counts, last) == "register.closed"
    with pytest.raises(DomainError) as refused:
        take_numbers(closed, counter.journal, 1, last, last_contact=last)
    assert refused.value.code == "register.closed"


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (LineCounts(1, 5, 3, 1, 1), "unconfirmed"),
        (LineCounts(1, 5, 4, 0, 0, missing=(Span(3, 3),)), "missing"),
        (LineCounts(1, 5, 6, 0, 0, doubles=(Span(2, 2),)), "double"),
        (LineCounts(1, 5, 4, 1, 0, unexplained=(Span(4, 4),)), "unexplained"),
    ],
)
def test_each_open_item_alone_keeps_the_year_open(counts: LineCounts, code: str) -> None:
    counter, register = _numbered(5)
    good = LineCounts(1, 5, 5, 0, 0)
    counter.append(close_month(counter.state(register), REGISTRAR, 11, good, NOON))
    state = counter.state(register)
    assert [item.code for item in year_obstacles(state, counts, LAST_DAY)] == [code]
    assert _code(close_year, state, REGISTRAR, SECOND, counts, DECEMBER_31) == "closing.blocked"
    assert year_obstacles(state, good, LAST_DAY) == ()


def test_the_year_closes_on_its_last_day_or_later_and_names_the_months_left() -> None:
    counter, register = _numbered(2)
    counts = LineCounts(1, 2, 2, 0, 0)
    state = counter.state(register)
    assert open_months(state) == (11,)
    early = year_obstacles(state, counts, date(2026, 12, 30))
    assert [item.code for item in early] == ["too_early", "months"]
    assert "tháng 11 chưa khóa" in early[1].vi
    assert [item.code for item in year_obstacles(state, counts, date(2027, 1, 4))] == ["months"]
    counter.append(close_month(state, REGISTRAR, 11, counts, NOON))
    state = counter.state(register)
    assert _code(close_year, state, REGISTRAR, SECOND, counts, DECEMBER_31 - DAY) == "closing.blocked"
    assert close_year(state, REGISTRAR, SECOND, counts, DECEMBER_31 + 4 * DAY)


def test_a_bound_month_knows_what_its_pages_show_without_asking_a_clock() -> None:
    counter, register = _numbered(2)
    counts = LineCounts(1, 2, 2, 0, 0)
    held = ((257, 9), (513, 4))
    counter.append(close_month(counter.state(register), REGISTRAR, 11, counts, NOON, held))
    (closed,) = counter.state(register).closed_months
    assert closed.shows(EntryId(257, 9))
    assert closed.shows(EntryId(513, 4))
    assert not closed.shows(EntryId(513, 5))
    assert not closed.shows(EntryId(769, 1)), "a journal nobody had heard of then"
    assert closed._replace(held=()).shows(EntryId(769, 1)), "closings of before say nothing"


def test_one_register_of_a_kind_in_a_year() -> None:
    counter, register = _numbered(1)
    held = [counter.state(register)]
    assert _code(open_register, REGISTRAR, "copy", "SCT/BS", 257, NOON, held) == "register.exists"
    assert open_register(REGISTRAR, "signature", "SCT/CK,ĐC", 257, NOON, held)
    assert _code(open_register, CLERK, "signature", "SCT/CK,ĐC", 257, NOON, held) == "role.not_allowed"


def test_the_opening_balance_goes_on_from_the_paper_book_with_two_persons() -> None:
    counter = Counter(1)
    body = RegisterOpened(
        "copy", "SCT/BS", 2026, 1775, 3, OPENING_BALANCE, "Sổ giấy quyển 03, số cuối 1774", counter.journal
    )
    register = counter.append(open_from_paper_book(REGISTRAR, SECOND, body, ()))[0]
    assert number_lot(counter, register, 2) == 1775
    assert (counter.state(register).book, counter.state(register).first_number) == (3, 1775)
    own = second(REGISTRAR, 1)
    assert _code(open_from_paper_book, REGISTRAR, own, body, ()) == "second.same_person"
    silent = RegisterOpened("copy", "SCT/BS", 2026, 1775, 3, OPENING_BALANCE, "", counter.journal)
    assert _code(open_from_paper_book, REGISTRAR, SECOND, silent, ()) == "register.words"


def test_the_last_holder_opens_the_new_year_from_december() -> None:
    counter, register = _numbered(3)
    state = counter.state(register)
    assert (
        _code(open_new_year, REGISTRAR, state, "SCT/BS", 257, DECEMBER_1 - DAY, [state])
        == "register.too_early"
    )
    assert _code(open_new_year, REGISTRAR, state, "SCT/BS", 513, DECEMBER_1, [state]) == "pen.elsewhere"
    following = counter.append(open_new_year(REGISTRAR, state, "SCT/BS", 257, DECEMBER_1, [state]))[0]
    opened_year = counter.state(following)
    assert (opened_year.year, opened_year.next_number, opened_year.holder) == (2027, 1, 257)
    held = [state, opened_year]
    assert _code(open_new_year, REGISTRAR, state, "SCT/BS", 257, DECEMBER_1, held) == "register.exists"


def test_spans() -> None:
    held = (Span(1, 5), Span(8, 8))
    assert without(held, 3, 8) == (Span(1, 2),)
    assert without(held, 2, 3) == (Span(1, 1), Span(4, 5), Span(8, 8))
    assert overlap(held, 4, 9) == (Span(4, 5), Span(8, 8))
    assert joined([Span(6, 7), *held]) == (Span(1, 8),)
    assert (span(3, 2), size(held), spans_text(held)) == ((), 6, "1-5, 8")
