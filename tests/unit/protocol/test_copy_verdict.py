"""What a code is worth by the list alone: every verdict, and which stands before which."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.journals import copy_verdict as of
from sync.protocol.journals.check_list import ListedAnnulment, ListedYear, pack_numbers
from sync.protocol.journals.copy_code import write_copy_code
from sync.protocol.journals.copy_verdict import ListVerdict, check
from sync.protocol.naming.keys import SigningKey
from tests.unit.protocol.examples import CODE, COUNTER, JOURNAL, LISTED, NEXT_COUNTER, UNIT

YEAR = ListedYear(
    1, 2026, 1776, 1900,
    recovering=pack_numbers(range(1800, 1811)), not_sent=pack_numbers((1850,)),
    unconfirmed=pack_numbers((1860, 1861)), struck=pack_numbers((1777, 1790)),
    doubled=pack_numbers((1870,)), annulled=(ListedAnnulment(1779, 20261121),),
)  # fmt: skip


def listed(year: ListedYear = YEAR):
    unit = msgspec.structs.replace(LISTED.units[0], years=(year,))
    return msgspec.structs.replace(LISTED, units=(unit,))


def text(number: int, key: SigningKey = COUNTER, **changed: object) -> str:
    return write_copy_code(msgspec.structs.replace(CODE, number=number, **changed), key)


def kind(number: int, year: ListedYear = YEAR, **changed: object) -> str:
    return check(text(number, **changed), listed(year)).kind


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (1775, of.UNKNOWN),
        (1776, of.VALID),
        (1777, of.STRUCK_COPY),
        (1778, of.VALID),
        (1779, of.ANNULLED_COPY),
        (1799, of.VALID),
        (1800, of.RECOVERING),
        (1810, of.RECOVERING),
        (1811, of.VALID),
        (1850, of.NOT_SENT),
        (1860, of.UNCONFIRMED),
        (1870, of.DOUBLED),
        (1900, of.VALID),
        (1901, of.NOT_SENT),
    ],
)
def test_each_number_has_the_verdict_of_its_line(number: int, wanted: str) -> None:
    assert kind(number) == wanted


def test_the_verdict_tells_unit_code_and_day() -> None:
    told = check(text(1779), listed())
    assert told.code is not None
    assert (told.code.number, told.unit_name, told.on) == (1779, "Xã Bình Lư", 20261121)


def test_a_closed_year_gives_no_number_any_more() -> None:
    closed = msgspec.structs.replace(YEAR, closed=True)
    assert (kind(1901, closed), kind(1900, closed)) == (of.UNKNOWN, of.VALID)


def test_another_year_or_register_is_not_taken_for_this_one() -> None:
    assert kind(1777, year=YEAR, day=date(2026, 11, 22), register=2) == of.NOT_SENT
    old = msgspec.structs.replace(CODE, number=1777, year=2025, day=date(2025, 11, 22))
    assert check(write_copy_code(old, COUNTER), listed()).kind == of.NOT_SENT


def test_annulled_stands_before_everything_that_is_still_open() -> None:
    both = msgspec.structs.replace(
        YEAR, doubled=pack_numbers((1779,)), recovering=pack_numbers((1779,)), struck=pack_numbers((1779,))
    )
    assert kind(1779, both) == of.ANNULLED_COPY


def test_a_double_is_no_forgery_even_when_one_of_the_two_is_struck() -> None:
    both = msgspec.structs.replace(YEAR, doubled=pack_numbers((1777,)))
    assert kind(1777, both) == of.DOUBLED


def test_a_wrong_signature_is_told_before_anything_of_the_number() -> None:
    for number in (1776, 1777, 1779, 1901):
        assert check(text(number, NEXT_COUNTER), listed()).kind == of.ALTERED


def test_a_changed_letter_is_never_believed() -> None:
    good = text(1776)
    for place in range(4, len(good)):
        bent = good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1 :]
        assert check(bent, listed()).kind != of.VALID, place


def test_a_pc_and_a_unit_that_the_list_does_not_know() -> None:
    assert kind(1776, journal=JOURNAL + 5) == of.NO_KEY
    told = check(text(1776, unit="03390"), listed())
    assert (told.kind, told.unit_name) == (of.OTHER_PROVINCE, "")


def test_other_texts_and_damaged_ones() -> None:
    assert check("hello", listed()) == ListVerdict(of.NOT_A_COPY)
    assert check("MC2:AAAA", listed()) == ListVerdict(of.NEWER_CODE)
    assert check("MC1:AA", listed()) == ListVerdict(of.UNREADABLE)


def revoked(number: int, day: date) -> ListVerdict:
    """By the second PC of the example, revoked on 20 November."""
    return check(text(number, NEXT_COUNTER, journal=JOURNAL + 1, day=day, year=day.year), listed())


def test_a_revoked_pc_is_compared_with_the_register_and_later_codes_are_wrong() -> None:
    before, on, after = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21)
    for number in (1776, 1860, 1800, 1901):
        assert (revoked(number, before).kind, revoked(number, before).on) == (of.REVOKED, 20261120)
        assert revoked(number, on).kind == of.REVOKED
        assert revoked(number, after).kind == of.ALTERED
    assert revoked(1777, after).kind == of.STRUCK_COPY
    assert revoked(1779, before) == msgspec.structs.replace(revoked(1779, before), on=20261121)
    assert revoked(1779, after).kind == of.ANNULLED_COPY


@given(st.text(max_size=200))
def test_no_text_makes_it_raise_or_believe(scanned: str) -> None:
    assert check(scanned, listed()).kind != of.VALID
    assert check("MC1:" + scanned, listed()).kind != of.VALID


def test_every_unit_answers_for_its_own_numbers() -> None:
    other = msgspec.structs.replace(LISTED.units[0], unit="03390", years=())
    both = msgspec.structs.replace(listed(), units=(*listed().units, other))
    assert check(text(1777), both).kind == of.STRUCK_COPY
    assert check(text(1777, unit="03390"), both).kind == of.NOT_SENT
    assert UNIT == "00000"
