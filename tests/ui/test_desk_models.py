"""View models of the return desk, the register and the cash day, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.ports.papers import DayForm
from counter_app.services.ports.registers import OpeningForm
from counter_app.ui.screens.cash.view_model import CashModel
from counter_app.ui.screens.handover.rows import ResultsModel, WaitingModel, badge_of
from counter_app.ui.screens.handover.view_model import (
    FINGERPRINT,
    HandoverModel,
    Receiver,
    copies_ready,
    is_ready,
)
from counter_app.ui.screens.registers.view_model import CHECK, COUNT, RegistersModel
from sync.protocol.naming.ids import EntryId
from tests.support.fakes import cash as cash_fakes
from tests.support.fakes import registers as register_fakes
from tests.support.fakes.cash import FREE, FakeCash
from tests.support.fakes.handover import CARD, FIRST, OTHER_CARD, SECOND, SLIP, THIRD, FakeHandover
from tests.support.fakes.pen import FakePen
from tests.support.fakes.registers import FakePeople, FakeRegisters, day_rows, november, october
from tests.ui.desk import MORNING
from tests.ui.hands import Hands, heard

pytestmark = pytest.mark.usefixtures("themed")


# --- return desk ---


def return_desk(port: FakeHandover, hands: Hands | None = None) -> HandoverModel:
    """Read once."""
    model = HandoverModel(port, (hands or Hands()).background())
    model.read()
    return model


def test_ready_is_what_has_ink_and_seal() -> None:
    assert (is_ready(FIRST), copies_ready(FIRST)) == (True, 3)
    assert (is_ready(THIRD), copies_ready(THIRD)) == (False, 0)


def test_everything_found_is_shown_and_only_ready_requests_are_ticked() -> None:
    model = return_desk(FakeHandover())
    model.find(CARD)
    assert [(one.view.short_code, one.first) for one in model.lines()] == [
        ("02-0006", True),
        ("02-0006", False),
        ("02-0009", True),
        ("02-0014", True),
    ]
    assert model.chosen == {FIRST.request, SECOND.request}
    assert model.to_pay() == 6_000


def test_unticking_takes_its_money_out_of_the_sum() -> None:
    model = return_desk(FakeHandover())
    model.find(CARD)
    assert model.turn(FIRST.request)
    assert (model.to_pay(), model.leaving()) == (0, (SECOND,))
    assert model.turn(FIRST.request)
    assert model.to_pay() == 6_000


def test_what_is_not_ready_or_not_found_is_not_ticked() -> None:
    model = return_desk(FakeHandover())
    model.find(CARD)
    assert model.turn(THIRD.request) is False
    assert model.turn(EntryId(3, 3)) is False


def test_the_money_of_one_request_is_written_as_it_was_given() -> None:
    port = FakeHandover()
    model = return_desk(port)
    model.find(SLIP)
    model.hand_over(Receiver("GIÀNG A PÁO", "012085004471", FINGERPRINT, "10"), slip_lost=False)
    assert port.forms == [ReturnForm(FIRST.request, "GIÀNG A PÁO", "012085004471", FINGERPRINT, False, "10")]


def test_of_several_each_takes_what_it_costs() -> None:
    port = FakeHandover()
    model = return_desk(port)
    model.find(CARD)
    model.hand_over(Receiver(given="10"), slip_lost=True)
    assert [form.given for form in port.forms] == ["", ""]
    assert model.found == ()


def test_nothing_ticked_hands_nothing_over() -> None:
    port, hands = FakeHandover(of_person=(THIRD,)), Hands()
    model = return_desk(port, hands)
    model.find(CARD)
    model.hand_over(Receiver(), slip_lost=False)
    assert (port.forms, hands.changes) == ([], 0)


def test_a_scan_that_is_overtaken_by_another_shows_only_the_last() -> None:
    hands = Hands(held=True)
    model = return_desk(FakeHandover(), hands)
    hands.let_go()
    model.find(CARD)
    model.find(SLIP)
    hands.let_go()
    assert model.found == (FIRST,)
    assert not model.by_card


def test_nobody_found_empties_what_stood_there() -> None:
    model = return_desk(FakeHandover())
    model.find(SLIP)
    none = heard(model.not_found)
    model.find("khong co")
    assert (model.found, len(none)) == ((), 1)


def test_a_refusal_keeps_the_person_and_lets_f9_try_again() -> None:
    port = FakeHandover(refuses=DomainError("Chưa được.", code="handover.unpaid"))
    model = return_desk(port)
    failed = heard(model.failed)
    model.find(SLIP)
    model.hand_over(Receiver(), slip_lost=False)
    assert (len(failed), model.found) == (1, (FIRST,))
    port.refuses = None
    model.hand_over(Receiver(), slip_lost=False)
    assert len(port.forms) == 1


def test_the_other_persons_card_is_read_and_a_cut_one_is_refused() -> None:
    model = return_desk(FakeHandover())
    read, failed = heard(model.card_read), heard(model.failed)
    model.read_card(OTHER_CARD)
    assert (read[0][0].name, read[0][0].number) == ("GIANG A PAO", "012085004471")
    model.read_card("012085004471|")
    assert isinstance(failed[0][0], DomainError)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("signed", "Chờ trả"),
        ("numbered", "Đã cấp số, chờ ký"),
        ("handed_over", "Đã trả"),
        ("struck", "Số gạch"),
        ("submitted", "Chờ ký"),
        ("of a newer version", "Chưa rõ"),
    ],
)
def test_states_of_originals_in_words(state: str, words: str) -> None:
    assert badge_of(state)[0] == words


def test_rows_of_the_return_desk() -> None:
    model = return_desk(FakeHandover())
    model.find(CARD)
    rows = ResultsModel(lambda request: request in model.chosen)
    rows.show_rows(model.lines())
    assert (rows.cell(0, 0).tick, rows.cell(0, 0).row_kind) == (True, "sel")
    assert rows.cell(1, 0).tick is None
    assert rows.cell(0, 1).second == "02-0006 · thu khi trả 6.000\u00a0đ"
    assert rows.cell(1, 1).second == "02-0006"
    assert rows.cell(3, 2).text == "chưa có số"
    waiting = WaitingModel()
    waiting.show_rows((FIRST, SECOND, THIRD))
    assert [waiting.cell(row, 4).text for row in range(3)] == ["6.000\u00a0đ", "", ""]
    assert waiting.cell(0, 3).text == "1829/2026"
    assert waiting.cell(2, 2).second_colour == "warn"


# --- register ---


def the_book(port: FakeRegisters, hands: Hands | None = None) -> RegistersModel:
    """Read once."""
    model = RegistersModel(port, FakePen(), FakePeople(), (hands or Hands()).background(), lambda: MORNING)  # type: ignore[arg-type]
    model.read()
    return model


def test_the_newest_month_comes_first_and_a_chosen_one_stays() -> None:
    model = the_book(FakeRegisters())
    assert model.month is not None
    assert (model.month.year, model.month.month) == (2026, 11)
    model.choose(2026, 10)
    model.read()
    assert model.month.month == 10


def test_a_month_that_is_gone_gives_way_to_the_newest() -> None:
    port = FakeRegisters()
    model = the_book(port)
    model.choose(2026, 10)
    del port.kept[2026, 10]
    model.read()
    assert model.month is not None
    assert model.month.month == 11


def test_a_register_that_is_not_open_is_no_failure() -> None:
    port = FakeRegisters(kept={})
    model = RegistersModel(port, FakePen(), FakePeople(), Hands().background(), lambda: MORNING)  # type: ignore[arg-type]
    none, unread = heard(model.no_register), heard(model.unread)
    model.read()
    assert (len(none), unread) == (1, [])


def test_counting_ends_when_something_opens_again() -> None:
    port = FakeRegisters()
    model = the_book(port)
    model.choose(2026, 10)
    assert model.next_step() == COUNT
    port.kept[2026, 10] = replace(october(), blocked="Tháng 10 còn 1 số.")
    model.read()
    assert model.step == CHECK


def test_closing_tells_and_reads_the_closed_month() -> None:
    port = FakeRegisters()
    model = the_book(port)
    closed = heard(model.closed)
    model.choose(2026, 10)
    model.next_step()
    model.close(register_fakes.PIN)
    assert closed == [("Đã khóa sổ tháng 10/2026, đã in sổ.",)]
    assert model.month is not None
    assert (model.month.closed, model.step) == (True, CHECK)


def test_a_wrong_pin_is_told_apart_from_a_refusal() -> None:
    port = FakeRegisters()
    model = the_book(port)
    refused, failed = heard(model.pin_refused), heard(model.failed)
    model.close("000000")
    assert (len(refused), failed) == (1, [])

    def running(*_values: object) -> str:
        raise DomainError("Tháng 11 chưa hết.", code="month.running")

    port.close_month = running  # type: ignore[method-assign, assignment]
    model.close(register_fakes.PIN)
    assert [error.code for (error,) in failed] == ["month.running"]


def test_the_history_of_a_lost_number_is_its_note() -> None:
    hands = Hands()
    model = the_book(FakeRegisters(), hands)
    told, before = heard(model.history_read), hands.queries
    unknown = next(row for row in day_rows() if row.line is None)
    model.history(unknown)
    assert told == [(unknown, (unknown.note,))]
    assert hands.queries == before
    model.history(day_rows()[0])
    assert len(told[1][1]) == 2


def test_opening_asks_who_is_there_and_which_year_it_is() -> None:
    port = FakeRegisters(kept={})
    model = the_book(port)
    people, opened = heard(model.people_read), heard(model.opened)
    model.ask_people()
    ((found, year),) = people
    assert ([one.name for one in found], year) == (["Vàng Văn Thăng", "Đỗ Hải"], 2026)
    form = OpeningForm(2026, 3, 1775, "biên bản", found[1].official, "mật khẩu")
    model.open_register(form)
    assert port.calls == [("open", form)]
    assert len(opened) == 1


def test_nothing_is_exported_or_closed_before_anything_was_read() -> None:
    port, hands = FakeRegisters(), Hands()
    model = RegistersModel(port, FakePen(), FakePeople(), hands.background(), lambda: MORNING)  # type: ignore[arg-type]
    model.export(excel=True)
    model.close(register_fakes.PIN)
    assert (hands.queries, hands.changes, port.calls) == (0, 0, [])


def test_a_closed_month_leaves_no_counting_behind() -> None:
    port = FakeRegisters(kept={(2026, 10): october(), (2026, 11): november()})
    model = the_book(port)
    model.choose(2026, 10)
    model.next_step()
    model.choose(2026, 11)
    assert model.step == CHECK


# --- cash day ---


def cash_day(port: FakeCash, hands: Hands | None = None) -> CashModel:
    """Read once."""
    model = CashModel(port, (hands or Hands()).background())
    model.read()
    return model


def test_the_count_adds_up_and_a_zero_takes_its_note_out() -> None:
    model = cash_day(FakeCash())
    model.count(500_000, 3)
    model.count(200_000, 2)
    assert (model.counted(), model.difference()) == (1_900_000, -446_000)
    model.count(200_000, 0)
    assert model.pieces == {500_000: 3}


def test_before_the_day_was_read_there_is_no_difference() -> None:
    model = CashModel(FakeCash(), Hands(held=True).background())
    model.count(1_000, 1)
    assert model.difference() == 0


@pytest.mark.parametrize(
    ("day", "pieces", "needed"),
    [
        (FREE, {500_000: 4, 200_000: 1, 100_000: 1, 20_000: 2, 5_000: 1, 1_000: 1}, False),
        (FREE, {}, True),
        (replace(FREE, expected=0), {}, False),
        (replace(FREE, expected=0, problems=(cash_fakes.UNPRINTED,)), {}, True),
    ],
)
def test_when_a_reason_is_needed(day: object, pieces: dict[int, int], needed: bool) -> None:
    model = cash_day(FakeCash(day))  # type: ignore[arg-type]
    for note, count in pieces.items():
        model.count(note, count)
    assert model.needs_reason() is needed


def test_the_form_lists_the_notes_from_the_biggest_down() -> None:
    port = FakeCash()
    model = cash_day(port)
    for note in (1_000, 500_000, 20_000):
        model.count(note, 2)
    model.close("lý do", cash_fakes.PIN)
    assert port.forms == [DayForm(((500_000, 2), (20_000, 2), (1_000, 2)), "lý do")]


def test_two_closings_at_once_are_one() -> None:
    port, hands = FakeCash(), Hands(held=True)
    model = cash_day(port, hands)
    hands.let_go()
    model.close("a", cash_fakes.PIN)
    model.close("b", cash_fakes.PIN)
    hands.let_go()
    assert [form.reason for form in port.forms] == ["a"]


def test_after_a_wrong_pin_the_day_can_be_closed() -> None:
    port = FakeCash()
    model = cash_day(port)
    refused, closed = heard(model.pin_refused), heard(model.closed)
    model.close("", "000000")
    assert (len(refused), port.forms) == (1, [])
    model.close("", cash_fakes.PIN)
    assert len(closed) == 1
    assert model.day is not None
    assert model.day.closed


def test_a_new_day_begins_with_an_empty_count() -> None:
    port = FakeCash()
    model = cash_day(port)
    model.count(500_000, 1)
    model.read()
    assert model.pieces == {500_000: 1}
    port.today = replace(FREE, day=20261123)
    model.read()
    assert model.pieces == {}
