"""The signing desk's view model: ticks live by id, nothing is decided by the screen, answers come late."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.signing import COMPLETE, MISSING, NEEDS_LOOK, LotLine
from counter_app.ui.screens.signing.view_model import SigningModel
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.printing import FakePapers
from tests.support.fakes.signing import (
    ELSEWHERE,
    HERE,
    PIN,
    REASONS,
    FakeSigning,
    day_lots,
    day_pile,
    long_pile,
    request_id,
    slip,
)
from tests.ui.desk import MORNING, SIGNATORIES
from tests.ui.hands import Hands, heard

pytestmark = pytest.mark.usefixtures("themed")


def model_of(port: FakeSigning, hands: Hands | None = None, papers: FakePapers | None = None) -> SigningModel:
    """A model over a fake desk, read once."""
    hands = hands or Hands()
    model = SigningModel(
        port, papers or FakePapers(), hands.background(), lambda: MORNING, lambda: SIGNATORIES
    )
    model.read()
    return model


def test_reading_brings_the_whole_page_in_one_question(themed: QApplication) -> None:
    hands = Hands()
    model = model_of(FakeSigning(), hands)
    assert hands.queries == 1
    desk = model.desk
    assert (len(desk.rows), len(desk.tabs), len(desk.lots)) == (7, 5, 1)
    assert (desk.now, desk.pen, len(desk.reasons)) == (MORNING, HERE, len(REASONS))
    assert len(desk.lines[desk.lots[0].lot]) == 14


def test_of_two_readings_only_the_last_counts() -> None:
    hands = Hands(held=True)
    port = FakeSigning()
    model = model_of(port, hands)
    seen = heard(model.desk_changed)
    port.rows = long_pile(3)
    model.read()
    hands.let_go()
    assert len(seen) == 1
    assert len(model.desk.rows) == 3


# --- ticks ---


@pytest.mark.parametrize("check", [NEEDS_LOOK, MISSING])
def test_only_complete_requests_are_ticked(check: str) -> None:
    row = replace(day_pile()[1], check=check)
    model = model_of(FakeSigning(rows=[row]))
    assert model.turn(row.request) is False
    assert model.tick_complete() == 0
    assert model.chosen() == ()


def test_a_tick_turns_and_is_set() -> None:
    model = model_of(FakeSigning())
    one = request_id(1)
    assert model.turn(one)
    assert one in model.ticked
    assert model.turn(one)
    assert one not in model.ticked
    assert model.turn(one, True)
    assert model.turn(one, True)
    assert model.ticked == {one}


def test_an_unknown_request_is_not_ticked() -> None:
    assert model_of(FakeSigning()).turn(EntryId(9, 9)) is False


def test_ticks_outlive_a_reading_and_die_with_their_row() -> None:
    port = FakeSigning()
    model = model_of(port)
    model.tick_complete()
    port.rows = [row for row in port.rows if row.request != request_id(2)]
    model.read()
    assert model.ticked == {request_id(place) for place in (1, 4, 5, 6)}


def test_a_row_that_became_incomplete_loses_its_tick() -> None:
    port = FakeSigning()
    model = model_of(port)
    model.tick_complete()
    port.rows = [replace(row, check=MISSING) if row.request == request_id(1) else row for row in port.rows]
    model.read()
    assert request_id(1) not in model.ticked


def test_the_lot_goes_in_the_order_of_the_pile_not_of_the_ticks() -> None:
    port = FakeSigning()
    model = model_of(port)
    for place in (6, 1, 4):
        model.turn(request_id(place))
    model.number(tuple(row.request for row in model.chosen()), PIN)
    assert port.calls == [("number", (request_id(1), request_id(4), request_id(6)))]


def test_another_queue_gives_the_ticks_up_and_the_same_one_does_not() -> None:
    model = model_of(FakeSigning())
    model.tick_complete()
    model.choose_kind("copy")
    assert len(model.ticked) == 5
    model.choose_kind("signature")
    assert model.ticked == set()
    assert model.desk.rows == ()


# --- opening ---


def test_what_needs_a_look_may_be_numbered_once_it_was_opened() -> None:
    model = model_of(FakeSigning())
    assert not model.may_number_alone(request_id(0))
    model.open(request_id(0))
    assert model.may_number_alone(request_id(0))
    assert model.detail is not None
    assert model.detail.request == request_id(0)


def test_opening_does_not_make_an_incomplete_request_whole() -> None:
    model = model_of(FakeSigning())
    model.open(request_id(3))
    assert not model.may_number_alone(request_id(3))


def test_a_look_is_forgotten_when_the_request_left_the_pile() -> None:
    port = FakeSigning()
    model = model_of(port)
    model.open(request_id(0))
    gone = port.rows
    port.rows = gone[1:]
    model.read()
    assert model.detail is None
    port.rows = gone
    model.read()
    assert not model.may_number_alone(request_id(0))


# --- numbering ---


def test_numbering_clears_the_ticks_and_reads_again() -> None:
    model = model_of(FakeSigning())
    numbered = heard(model.numbered)
    model.tick_complete()
    model.number(tuple(row.request for row in model.chosen()), PIN)
    ((done, unprinted),) = numbered
    assert (done.first, done.last) == (1842, 1874)
    assert unprinted == ()
    assert (model.ticked, len(model.desk.rows), len(model.desk.lots)) == (set(), 2, 2)


def test_only_failed_jobs_of_this_lot_are_told() -> None:
    model = model_of(FakeSigning(), papers=FakePapers(failing={5, 71}))
    numbered = heard(model.numbered)
    model.number((request_id(1),), PIN)
    assert [job.job for job in numbered[0][1]] == [71]


def test_a_wrong_pin_may_be_given_again() -> None:
    port = FakeSigning()
    model = model_of(port)
    refused = heard(model.pin_refused)
    model.number((request_id(1),), "000000")
    assert port.calls == []
    refused[0][1](PIN)
    assert port.calls == [("number", (request_id(1),))]


def test_other_refusals_are_told_and_the_page_is_read_again() -> None:
    port = FakeSigning(differing=False)
    hands = Hands()
    model = model_of(port, hands)
    failed = heard(model.failed)

    def refuse(*_values: object, **_more: object) -> None:
        raise DomainError("Quyết định đã hết hiệu lực.", code="delegation.over")

    port.number = refuse  # type: ignore[method-assign, assignment]
    before = hands.queries
    model.number((request_id(1),), PIN)
    assert [error.code for (error,) in failed] == ["delegation.over"]
    assert hands.queries == before + 1


def test_differing_signatories_are_asked_and_kept_through_a_wrong_pin() -> None:
    port = FakeSigning(differing=True)
    model = model_of(port)
    asked, refused = heard(model.signatory_asked), heard(model.pin_refused)
    model.number((request_id(1),), PIN)
    assert asked == [((request_id(1),), SIGNATORIES)]
    model.number((request_id(1),), "000000", SIGNATORIES[0].official)
    refused[0][1](PIN)
    assert port.calls == [("number", (request_id(1),), SIGNATORIES[0].official)]


@pytest.mark.parametrize(
    ("pen", "needed"),
    [
        (HERE, False),
        (replace(HERE, paper_witness_needed=True), True),
        (replace(HERE, date_confirmation_needed=True), True),
        (ELSEWHERE, False),
    ],
)
def test_when_the_witness_is_asked(pen: object, needed: bool) -> None:
    assert model_of(FakeSigning(status=pen)).needs_witness() is needed  # type: ignore[arg-type]


# --- ink ---


def test_a_scan_ticks_every_waiting_line_of_its_slip() -> None:
    port = FakeSigning()
    model = model_of(port)
    request = next(line.request for line in port.lines[port.lot_rows[0].lot] if line.state == "numbered")
    model.scan(slip(request.seq - 100))
    waiting = [line.line for line in port.lines[port.lot_rows[0].lot] if line.request == request]
    assert model.inked == {line for line in waiting if line.seq >= 2837}
    assert port.calls == []


def test_signed_and_struck_lines_are_not_ticked() -> None:
    rows, lines = day_lots()
    lot = rows[0].lot
    lines[lot][-1] = replace(lines[lot][-1], state="struck")
    model = model_of(FakeSigning(lot_rows=rows, lines=lines))
    assert model.ink(lines[lot][0].line) is False
    assert model.ink(lines[lot][-1].line) is False
    assert model.ink(EntryId(7, 7)) is False
    assert model.inked == set()


def test_ticked_lines_of_two_lots_are_confirmed_lot_by_lot() -> None:
    rows, lines = day_lots()
    other = EntryId(513, 91)
    lines[other] = [LotLine(EntryId(513, 5000), 1900, "Má A Chu", "Giấy", "numbered", request_id(8))]
    rows.append(replace(rows[0], lot=other, confirmed=0, total=1))
    port = FakeSigning(lot_rows=rows, lines=lines)
    model = model_of(port)
    first = lines[rows[0].lot][-1].line
    model.ink(first)
    model.ink(EntryId(513, 5000))
    said = heard(model.said)
    model.confirm(rows[0].lot)
    assert port.calls == [
        ("confirm", rows[0].lot, (first,)),
        ("confirm", other, (EntryId(513, 5000),)),
    ]
    assert len(said) == 1
    assert model.inked == set()


def test_a_second_f9_before_the_answer_confirms_nothing_more() -> None:
    port, hands = FakeSigning(), Hands(held=True)
    model = model_of(port, hands)
    hands.let_go()
    lot = port.lot_rows[0].lot
    model.confirm(lot)
    model.confirm(lot)
    hands.let_go()
    assert [call[0] for call in port.calls] == ["confirm"]


def test_after_a_refused_confirmation_f9_works_again() -> None:
    port = FakeSigning()
    model = model_of(port)
    lot = port.lot_rows[0].lot
    whole = port.confirm

    def refuse(*_values: object) -> str:
        raise DomainError("Không có dòng nào.", code="lines.none")

    port.confirm = refuse  # type: ignore[method-assign, assignment]
    failed = heard(model.failed)
    model.confirm(lot)
    assert len(failed) == 1
    port.confirm = whole  # type: ignore[method-assign]
    model.confirm(lot)
    assert [call[0] for call in port.calls] == ["confirm"]


def test_striking_takes_the_tick_away() -> None:
    port = FakeSigning()
    model = model_of(port)
    line = port.lines[port.lot_rows[0].lot][-1].line
    model.ink(line)
    model.strike(line, "pages", "")
    assert model.inked == set()
    assert model.unconfirmed() == 4


def test_a_scan_that_is_nothing_here_says_so() -> None:
    model = model_of(FakeSigning())
    scanned = heard(model.scanned)
    model.scan("98765432109876543210")
    assert scanned[0][0].request is None
    assert scanned[0][0].lines == ()


def test_a_slip_of_another_queue_is_nothing_here() -> None:
    port = FakeSigning()
    model = model_of(port)
    model.choose_kind("signature")
    scanned = heard(model.scanned)
    model.scan(slip(1))
    assert scanned[0][0].request is None
    assert model.ticked == set()


def test_complete_means_complete() -> None:
    assert {row.check for row in model_of(FakeSigning()).desk.rows if row.check == COMPLETE} == {"complete"}
