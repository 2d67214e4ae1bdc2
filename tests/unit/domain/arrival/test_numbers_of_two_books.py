"""Numbers of the old book and of this register together: each once, and nothing between them is a hole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.arrival.lines import OldBook, left_out, read_lines
from counter_app.domain.registers.spans import holds
from counter_app.domain.registers.state import ClosedMonth, RegisterState
from sync.protocol.naming.ids import EntryId

ROLES = ("number", "day", "name", "original", "copies")
TODAY = 20261120


def register(first: int, bound: tuple[int, ...] = ()) -> RegisterState:
    """A register-year that goes on from ``first`` after the paper book."""
    closed = tuple(ClosedMonth(month, 1, 2, EntryId(257, 9)) for month in bound)
    return RegisterState(
        EntryId(257, 1),
        "copy",
        "SCT/BS",
        2026,
        "opening_balance",
        first,
        first,
        3,
        1,
        257,
        closed_months=closed,
    )


def rows(*numbers: int, day: str = "12/03/2026"):
    return [(line, (str(number), day, "TẬP HUẤN", "Giấy", "1")) for line, number in enumerate(numbers, 4)]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_is_let_in_what_is_left_and_what_is_given_make_the_year(data):
    first = data.draw(st.integers(1, 60), "first")
    known = data.draw(st.frozensets(st.integers(1, max(1, first - 1)), max_size=10), "known")
    typed = data.draw(st.lists(st.integers(1, first + 5), max_size=30), "typed")
    book = OldBook(register(first), known if first > 1 else frozenset(), TODAY)
    lines, faults = read_lines(rows(*typed), ROLES, book)
    wrong = {fault.line for fault in faults}
    good = [one.number for one in lines if one.line not in wrong]
    assert len(good) == len(set(good))
    assert not set(good) & set(book.known)
    left = left_out([one for one in lines if one.line not in wrong], book)
    for number in range(1, first):
        places = (number in good) + (number in book.known) + holds(left, number)
        assert places == 1, number
    assert all(number < first for number in good)
    assert not any(holds(left, number) for number in range(first, first + 10))


def test_every_copy_of_a_number_is_named_not_just_the_second():
    lines, faults = read_lines(rows(7, 8, 7), ROLES, OldBook(register(100), (), TODAY))
    assert [fault.line for fault in faults] == [4, 6]
    assert len(lines) == 3


def test_a_month_that_is_bound_takes_no_old_line():
    _, faults = read_lines(rows(7), ROLES, OldBook(register(100, bound=(3,)), (), TODAY))
    assert [fault.vi for fault in faults] == ["tháng 3 đã khóa và in trên máy"]


def test_sums_below_a_page_and_the_row_of_column_numbers_are_no_lines():
    given_rows = [
        (3, ("(1)", "(2)", "(3)", "(4)", "(5)")),
        (4, ("7", "12/03/2026", "TẬP HUẤN", "Giấy", "1")),
        (5, ("Cộng", "", "", "", "120")),
        (6, ("", "", "Tổng số", "", "120")),
        (7, ("", "", "", "", "")),
    ]
    lines, faults = read_lines(given_rows, ROLES, OldBook(register(100), (), TODAY))
    assert ([one.number for one in lines], faults) == ([7], ())


def test_a_struck_number_needs_neither_name_nor_paper():
    given_rows = [(4, ("7", "12/03/2026", "", "", "", "Gạch số, viết nhầm"))]
    (one,), faults = read_lines(given_rows, (*ROLES, "remarks"), OldBook(register(100), (), TODAY))
    assert (one.struck, one.copies, faults) == (True, 0, ())
