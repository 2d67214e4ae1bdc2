"""When a year may be sealed, and what may leave: never above the verified backup, never a recent year."""

from __future__ import annotations

from typing import Any

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.sealing import check_may_seal, may_leave
from counter_app.domain.registers.state import RegisterState
from sync.protocol.carrying.year_seal import SealedHead, YearSeal
from sync.protocol.naming.ids import EntryId

CLOSING = EntryId(257, 90)
SEAL = YearSeal("00000", 2026, 0, 1, (SealedHead(257, 100, bytes(32)), SealedHead(513, 40, bytes(32))))


def register(year: int = 2026, **more: Any) -> RegisterState:
    given = {"closed": True, "closed_by": CLOSING, **more}
    return RegisterState(EntryId(257, 5), "copy", "SCT/BS", year, "", 1, 10, 1, 1, 257, **given)


@pytest.mark.parametrize(
    ("day", "registers", "safe", "code"),
    [
        (20270110, (register(),), {257: 90}, None),
        (20270110, (register(),), {257: 89}, "seal.not_safe"),
        (20270110, (register(),), {513: 500}, "seal.not_safe"),
        (20270110, (register(), register(closed=False, closed_by=None)), {257: 99}, "seal.open_register"),
        (20261231, (register(),), {257: 90}, "seal.year_runs"),
        (20270110, (), {257: 90}, "seal.no_register"),
        (20270110, (register(year=2025),), {257: 90}, "seal.no_register"),
    ],
)
def test_a_year_is_sealed_once_it_is_over_closed_and_safe(
    day: int, registers: tuple[RegisterState, ...], safe: dict[int, int], code: str | None
) -> None:
    if code is None:
        check_may_seal(2026, day, registers, safe)
        return
    with pytest.raises(DomainError) as refused:
        check_may_seal(2026, day, registers, safe)
    assert refused.value.code == code
    assert refused.value.words("en").title


@pytest.mark.parametrize(
    ("year", "journal", "safe", "upto"),
    [
        (2028, 257, {257: 500}, 100),  # never above the seal
        (2028, 257, {257: 60}, 60),  # never above what is in a verified backup now
        (2028, 257, {}, 0),  # a province that came back from nothing
        (2028, 769, {769: 9}, 0),  # a journal that the seal does not know
        (2027, 257, {257: 500}, 0),  # the year before stays whole
    ],
)
def test_nothing_leaves_above_the_mark(year: int, journal: int, safe: dict[int, int], upto: int) -> None:
    assert may_leave(SEAL, year, journal, safe) == upto
