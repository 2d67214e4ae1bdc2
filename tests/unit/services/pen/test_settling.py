"""Unknown numbers and doubles are settled by persons, one at a time."""

from __future__ import annotations

import pytest

from counter_app.services.ports.pen import RebuiltForm
from tests.support.counter import CLERK, REGISTRAR, give
from tests.unit.services.pen.office import FIRST, day, numbers, recover, refused


@pytest.fixture
def lost(counters):
    """PC 1 numbered one line nobody saw; PC 2 took the pen over, its registrar sits there."""
    one = counters(1)
    day(one, 1)
    two = counters(2, founder=one)
    unseen = day(one, 1)
    recover(two, unseen.last)
    return one, two


def rebuilt(counter, number: int, **more) -> RebuiltForm:
    given = {
        "evidence": "phiếu 01-0002", "name": "TẬP HUẤN B", "original": "Giấy khai sinh", "copies": 2,
        "fee": 4000, "day": "20/11/2026", "signatory": "Vàng Văn Thăng, Phó Chủ tịch",
    }  # fmt: skip
    return RebuiltForm(counter.register, number, **{**given, **more})


def test_a_number_is_rebuilt_from_a_slip_with_its_columns(lost):
    _, two = lost
    said = two.areas.pen.settle_rebuilt(rebuilt(two, FIRST + 1))
    assert said == f"Đã dựng lại số {FIRST + 1} từ phiếu 01-0002."
    day(two, 1)
    two.sign_in(REGISTRAR)
    (row,) = [row for row in two.areas.registers.month(2026, 11).rows if row.number == FIRST + 1]
    assert (row.name, row.original, row.copies, row.fee, row.day) == (
        "TẬP HUẤN B", "Giấy khai sinh", 2, 4000, 20261120,
    )  # fmt: skip
    assert "phiếu 01-0002" in row.note
    refused("number.not_unknown", two.areas.pen.settle_rebuilt, rebuilt(two, FIRST + 1))


def test_a_rebuilt_number_needs_its_columns_its_evidence_and_a_day_that_came(lost):
    _, two = lost
    pen = two.areas.pen
    refused("number.columns", pen.settle_rebuilt, rebuilt(two, FIRST + 1, name=" "))
    refused("number.evidence", pen.settle_rebuilt, rebuilt(two, FIRST + 1, evidence=""))
    refused("day.future", pen.settle_rebuilt, rebuilt(two, FIRST + 1, day="21/11/2026"))
    refused("day.whole", pen.settle_rebuilt, rebuilt(two, FIRST + 1, day="2026"))
    refused("number.not_unknown", pen.settle_rebuilt, rebuilt(two, FIRST))
    assert len(pen.unknown_numbers(two.register)) == 2


def test_a_number_is_voided_with_its_minutes_only_once(lost):
    _, two = lost
    pen = two.areas.pen
    refused("number.evidence", pen.settle_void, two.register, FIRST + 1, "  ")
    assert pen.settle_void(two.register, FIRST + 1, "BB 12/2026") == f"Đã hủy số {FIRST + 1} theo BB 12/2026."
    refused("number.not_unknown", pen.settle_void, two.register, FIRST + 1, "BB 13/2026")
    assert [one.number for one in pen.unknown_numbers(two.register)] == [FIRST + 2]


def test_a_clerk_settles_nothing(lost):
    _, two = lost
    two.sign_in(CLERK)
    refused("role.not_allowed", two.areas.pen.settle_void, two.register, FIRST + 1, "BB 12/2026")
    refused("role.not_allowed", two.areas.pen.settle_rebuilt, rebuilt(two, FIRST + 1))


def test_a_line_that_returns_stands_over_the_void_of_its_number(lost):
    one, two = lost
    two.areas.pen.settle_void(two.register, FIRST + 1, "BB 12/2026")
    give(one, two)
    assert two.state(two.register).voided == 0
    two.sign_in(REGISTRAR)
    rows = [row for row in two.areas.registers.month(2026, 11).rows if row.number == FIRST + 1]
    assert [(row.state, row.copies) for row in rows] == [("numbered", 2)]


def test_a_voided_number_whose_line_is_read_later_stands_when_a_person_says_so(counters):
    one = counters(1)
    day(one, 1)
    two = counters(2, founder=one)
    one.clock.forward(hours=2)  # the dead PC's clock ran ahead: its lines are read after the void
    unseen = day(one, 1)
    recover(two, unseen.last)
    two.areas.pen.settle_void(two.register, FIRST + 1, "BB 12/2026")
    give(one, two)
    assert two.state(two.register).voided == 1
    two.sign_in(REGISTRAR)
    two.areas.pen.settle_rebuilt(rebuilt(two, FIRST + 1, evidence="máy cũ trả lại"))
    assert two.state(two.register).voided == 0
    (line,) = two.areas.pen.line_of_number(two.register, FIRST + 1)
    assert (line.number, line.state) == (f"{FIRST + 1}/2026", "numbered")


@pytest.fixture
def doubled(counters):
    """PC 1 was thought dead too early: both PCs gave one number."""
    one = counters(1)
    day(one, 1)
    two = counters(2, founder=one)
    recover(two, FIRST)
    resumed = two.state(two.register).next_number
    day(one, resumed - FIRST)  # runs past the range while nobody knows
    day(two, 1)
    give(one, two)
    give(two, one)
    two.sign_in(REGISTRAR)
    return one, two, resumed


def test_of_two_lines_one_stands_and_the_other_is_struck_in_the_same_act(doubled):
    one, two, number = doubled
    (double,) = two.areas.pen.doubles(two.register)
    assert double.number == number
    assert {line.counter for line in double.lines} == {"QUẦY-01", "QUẦY-02"}
    (card,) = two.areas.pen.cards()
    assert card.doubles == 1
    keep = next(line for line in double.lines if line.counter == "QUẦY-02")
    strike = next(line for line in double.lines if line.counter == "QUẦY-01")
    refused("ground.missing", two.areas.pen.rule_double, two.register, number, keep.line, strike.line, "")
    two.areas.pen.rule_double(two.register, number, keep.line, strike.line, "Bản ở QUẦY-02 đã trao dân")
    assert two.areas.pen.doubles(two.register) == ()
    assert two.areas.pen.cards()[0].doubles == 0
    assert sorted(state for n, state in numbers(two) if n == number) == ["numbered", "struck"]
    refused("double.not_open", two.areas.pen.rule_double, two.register, number, keep.line, strike.line, "lại")
    give(two, one)
    assert one.state(strike.line).state == "struck"
    assert one.state(one.register) == two.state(two.register)


def test_a_clerk_rules_on_nothing(doubled):
    _, two, number = doubled
    keep, strike = two.areas.pen.doubles(two.register)[0].lines
    two.sign_in(CLERK)
    refused("role.not_allowed", two.areas.pen.rule_double, two.register, number, keep.line, strike.line, "x")
