"""How a file that is let in folds: rows count once; an old line is a line; figures stay as given."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from counter_app.domain.arrival.aggregates import (
    FOREIGN,
    ROW_TWICE,
    evolve_arrival,
    start_arrival,
    start_figures,
)
from counter_app.domain.arrival.entries import (
    DOSSIERS,
    LINES,
    ArrivalBegun,
    FiguresTaken,
    OldDossierTaken,
    OldLineWritten,
)
from counter_app.domain.certification.lines.line_fold import start as start_line
from counter_app.domain.dates import noon_of, vn_datetime
from counter_app.domain.drafting import draft
from counter_app.domain.folding.aggregate import Conflict
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.registers.evolve import evolve_register
from sync.protocol.journals.entry import Entry, Facts
from sync.protocol.naming.ids import SELF, EntryId
from tests.unit.domain.arrival.test_numbers_of_two_books import register

REGISTER, ARRIVAL, CLERK = EntryId(257, 1), EntryId(257, 40), EntryId(257, 2)
BEGUN = ArrivalBegun(
    LINES, "so.xlsx", b"\1" * 32, b"\2" * 32, 3, 1, 3, 1772, 6, 12_000, "sổ giấy", CLERK, b""
)


def fact(body, *subjects, seq: int):
    """``body`` as an entry of journal 257 read back from its bytes."""
    made = draft(body, *subjects)
    own = tuple(EntryId(257, seq) if one == SELF else one for one in made.subjects)
    facts = Facts(1_795_134_600_000, made.kind, made.version, made.flags, CLERK, None, own)
    return read_fact(Entry(EntryId(257, seq), facts, b"", made.body, b"\0" * 32))


def old_line(row: int, **more) -> OldLineWritten:
    given = {
        "row": row, "number": row + 1, "book": 3, "year": 2026, "day": 20260312, "requester_name": "TẬP HUẤN",
        "original_name": "Giấy", "signatory_line": "Phó Chủ tịch", "copies": 2, "fee": 4_000, "remarks": "",
        "struck": False, "salt": b"salt", **more,
    }  # fmt: skip
    return OldLineWritten(**given)


def begun():
    return start_arrival(fact(BEGUN, SELF, REGISTER, seq=40))


def test_rows_count_up_to_the_plan_and_the_state_does_not_grow():
    state = begun()
    assert (state.written, state.is_complete, state.register) == (0, False, REGISTER)
    for row in range(3):
        state = evolve_arrival(state, fact(old_line(row), SELF, REGISTER, ARRIVAL, seq=41 + row))
    assert (state.written, state.is_complete) == (3, True)


def test_a_row_that_comes_again_is_kept_and_reported_and_moves_nothing():
    state = evolve_arrival(begun(), fact(old_line(0), SELF, REGISTER, ARRIVAL, seq=41))
    again = evolve_arrival(state, fact(old_line(0), SELF, REGISTER, ARRIVAL, seq=42))
    assert again == Conflict(ROW_TWICE)


def test_a_dossier_of_the_file_is_a_row_as_well():
    taken = fact(OldDossierTaken(0, "H35-1"), EntryId(257, 50), ARRIVAL, seq=52)
    state = start_arrival(fact(replace(BEGUN, what=DOSSIERS), SELF, seq=40))
    assert evolve_arrival(state, taken).written == 1
    assert evolve_arrival(begun(), taken) == Conflict(FOREIGN)


@pytest.mark.parametrize(
    ("more", "register_of"),
    [
        ({"number": 4}, REGISTER),  # above the numbers that two persons saw
        ({"row": 3}, REGISTER),  # behind the last row of the plan
        ({}, EntryId(257, 9)),  # another register
    ],
)
def test_a_line_that_two_persons_did_not_let_in_is_kept_and_reported(more, register_of):
    state = begun()
    foreign = fact(old_line(**{"row": 0, **more}), SELF, register_of, ARRIVAL, seq=41)
    assert evolve_arrival(state, foreign) == Conflict(FOREIGN)


@pytest.mark.parametrize("more", [{"number": 1776}, {"number": 99_999}, {"year": 2025}])
def test_no_old_line_takes_a_number_that_is_born_here(more):
    foreign = fact(old_line(**{"row": 0, **more}), SELF, REGISTER, ARRIVAL, seq=41)
    assert evolve_register(register(1776), foreign) == Conflict("number.unexpected")


def test_an_old_line_stands_signed_from_its_day_without_request_lot_and_term():
    line = start_line(fact(old_line(0, remarks="mờ dấu"), SELF, REGISTER, ARRIVAL, seq=41))
    assert (line.state, line.from_old_book, line.register) == ("signed", True, REGISTER)
    assert line.remarks == "Từ sổ cũ; mờ dấu"
    assert f"{vn_datetime(line.signed_at):%d/%m/%Y}" == "12/03/2026"
    assert line.about == (line.id,)


def test_a_struck_one_says_why_and_was_never_signed():
    line = start_line(fact(old_line(0, struck=True, remarks="viết nhầm"), SELF, REGISTER, ARRIVAL, seq=41))
    assert (line.state, line.signed_at, line.remarks) == ("struck", 0, "Số gạch: viết nhầm; Từ sổ cũ")


def test_the_register_year_does_not_move_for_a_line_of_the_old_book():
    state = register(1776)
    assert evolve_register(state, fact(old_line(0), SELF, REGISTER, ARRIVAL, seq=41)) == state


@pytest.mark.parametrize("day", [0, 20261399, 99_991_231, 20260230])
def test_a_day_that_is_none_breaks_no_fold(day):
    start_line(fact(old_line(0, day=day), SELF, REGISTER, ARRIVAL, seq=41))
    assert isinstance(noon_of(day), int)


def test_figures_are_what_two_persons_gave():
    state = start_figures(
        fact(FiguresTaken(20261120, "02", 640, 350_000, "sổ giấy", CLERK, b""), SELF, seq=60)
    )
    assert (state.form_book, state.form_number, state.cash, state.second) == ("02", 640, 350_000, CLERK)
