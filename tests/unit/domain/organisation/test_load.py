"""Who is proposed to sign: on duty, then the smallest pile, then whose oldest slip is youngest."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.organisation.load import SignerLoad, least_loaded
from sync.protocol.naming.ids import EntryId

FREE = SignerLoad(EntryId(257, 1), on_duty=True)
BUSY = SignerLoad(EntryId(257, 2), 2, 24, 1_000, on_duty=True)
INK = SignerLoad(EntryId(257, 3), 1, 1, 5_000, 40, on_duty=True)
AWAY = SignerLoad(EntryId(257, 4))


def test_papers_that_wait_for_ink_are_load_too() -> None:
    assert [one.official.seq for one in least_loaded([INK, AWAY, BUSY, FREE])] == [1, 2, 3, 4]


def test_who_is_not_here_comes_last_however_little_lies_with_him() -> None:
    assert least_loaded([AWAY, INK]) == [INK, AWAY]
    assert least_loaded([AWAY]) == [AWAY], "nobody is here: still somebody is proposed"


def test_of_equal_piles_the_younger_one_comes_first() -> None:
    old, young = SignerLoad(EntryId(257, 1), 1, 2, 1_000), SignerLoad(EntryId(257, 2), 1, 2, 9_000)
    assert least_loaded([old, young]) == [young, old]


_LOADS = st.builds(
    SignerLoad, st.integers(1, 9).map(lambda seq: EntryId(257, seq)), st.integers(0, 5), st.integers(0, 9),
    st.integers(0, 9), st.integers(0, 9), st.booleans(),
)  # fmt: skip


@given(st.lists(_LOADS, max_size=4, unique_by=lambda one: one.official))
def test_the_order_does_not_depend_on_how_they_came(loads: list[SignerLoad]) -> None:
    orders = {tuple(least_loaded(order)) for order in itertools.permutations(loads)}
    assert len(orders) == 1
