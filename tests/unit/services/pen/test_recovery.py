"""The pen of a dead PC on two real stores: proposal, minutes, and the journal that comes back."""

from __future__ import annotations

import pytest

from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN, REGISTRAR, SIGNER, give
from tests.unit.services.pen.office import (
    FIRST,
    day,
    entries,
    number,
    numbers,
    printed,
    recover,
    recovery,
    refused,
    take_in,
)


@pytest.fixture
def pair(counters):
    """PC 1 holds the pen and numbered two in the other's sight."""
    one = counters(1)
    day(one, 2)
    two = counters(2, founder=one)
    return one, two


def test_the_card_says_who_holds_the_pen_and_what_waits(pair):
    one, two = pair
    take_in(two)
    (card,) = two.areas.pen.cards()
    assert (card.symbol, card.year, card.holder, card.here) == ("SCT/BS", 2026, "QUẦY-01", False)
    assert (card.last_number, card.waiting, card.unknown, card.doubles) == (FIRST + 1, 1, "", 0)
    (mine,) = one.areas.pen.cards()
    assert (mine.holder, mine.here) == ("QUẦY-01", True)


def test_the_proposal_counts_all_that_waits_and_the_largest_lot(pair):
    _, two = pair
    take_in(two, "gks 1x2", "hb 3x1")
    two.sign_in(REGISTRAR)
    proposal = two.areas.pen.proposal(two.register)
    assert (proposal.lost, proposal.last_known, proposal.largest_lot) == ("QUẦY-01", FIRST + 1, 2)
    assert proposal.waiting_there == 2
    assert proposal.least_resume_at == FIRST + 1 + 2 + 2 + 1
    raised = two.areas.pen.proposal(two.register, FIRST + 9, 5)
    assert raised.least_resume_at == FIRST + 9 + 5 + 2 + 1
    lowered = two.areas.pen.proposal(two.register, 0, 1)
    assert lowered.waiting_there == 2


def test_figures_may_be_raised_never_lowered(pair):
    _, two = pair
    take_in(two)
    two.sign_in(REGISTRAR)
    before = entries(two)
    refused("recovery.waiting", two.areas.pen.recover, recovery(two, FIRST + 1, 0))
    refused("recovery.resume_at", two.areas.pen.recover, recovery(two, FIRST + 1, 1, resume_at=FIRST + 2))
    refused("recovery.numbers", two.areas.pen.recover, recovery(two, -1, 1))
    refused("ground.missing", two.areas.pen.recover, recovery(two, FIRST + 1, 1, ground=" "))
    assert entries(two) == before
    two.areas.pen.recover(recovery(two, FIRST + 1, 1, resume_at=FIRST + 40))
    assert two.state(two.register).next_number == FIRST + 40


def test_it_takes_two_persons_who_may(pair):
    _, two = pair
    two.sign_in(REGISTRAR)
    pen = two.areas.pen
    assert [one.name for one in pen.seconds()] == ["Giàng A Chiến (tập huấn)", "Vàng Văn Thăng (tập huấn)"]
    refused("second.same_person", pen.recover, recovery(two, FIRST + 1, second=two.officials[REGISTRAR]))
    refused("role.not_allowed", pen.recover, recovery(two, FIRST + 1, second=two.officials[CLERK]))
    refused("password.wrong", pen.recover, recovery(two, FIRST + 1, second_secret="sai mật khẩu"))
    two.sign_in(CLERK)
    refused("role.not_allowed", pen.recover, recovery(two, FIRST + 1))
    two.sign_in(CHAIRMAN)
    assert [one.name for one in pen.seconds()] == ["Vàng Văn Thăng (tập huấn)"]


def test_the_pc_with_the_pen_has_nothing_to_recover(pair):
    one, _ = pair
    one.sign_in(REGISTRAR)
    refused("recovery.not_lost", one.areas.pen.recover, recovery(one, FIRST + 1))


def test_minutes_come_out_with_what_was_typed(pair):
    _, two = pair
    said = recover(two, FIRST + 4)
    assert said == "Đã khôi phục quyền cấp số về QUẦY-02; 5 số chưa rõ. Đã in biên bản."
    (words,) = printed(two, "minutes")
    for part in ("KHÔI PHỤC QUYỀN CẤP SỐ", "QUẦY-01", "Máy hỏng nguồn", "Lò Thị Hoa", "Vàng Văn Thăng",
                 f"{FIRST + 2} - {FIRST + 6}", str(FIRST + 7)):  # fmt: skip
        assert part in words, part


def test_a_printer_that_does_not_answer_keeps_the_recovery(pair, monkeypatch):
    _, two = pair
    from counter_app.services.papers import printers

    monkeypatch.setattr(printers, "find", lambda name: None)
    said = recover(two, FIRST + 4)
    assert "Chưa chọn máy in" in said
    assert two.areas.pen.cards()[0].here
    assert [job.title for job in two.areas.papers.waiting()] == [
        "Biên bản khôi phục quyền cấp số SCT/BS/2026"
    ]


def test_numbering_goes_on_here_without_another_question(pair):
    _, two = pair
    waiting = take_in(two)
    recover(two, FIRST + 4, 1)
    two.sign_in(SIGNER)
    assert not two.areas.signing.pen().paper_witness_needed
    done = two.areas.signing.number((waiting,), PIN)
    assert done.first == FIRST + 4 + 1 + 2 + 1


def test_after_a_restart_the_paper_lies_below_what_was_passed_over(pair):
    _, two = pair
    waiting = take_in(two)
    recover(two, FIRST + 4, 1)
    after = two.state(two.register).next_number
    two.reopen()
    two.sign_in(SIGNER)
    assert two.areas.signing.pen().paper_witness_needed
    refused("pen.witness_differs", two.areas.signing.confirm_witness, after, PIN)
    assert number(two, [waiting], on_paper=FIRST + 4).first == after


def test_the_dead_pc_returns_and_its_numbers_settle_as_rebuilt(pair):
    one, two = pair
    unseen = day(one, 3)  # three lines nobody else holds, then PC 1 dies
    assert (unseen.first, unseen.last) == (FIRST + 2, FIRST + 4)
    recover(two, unseen.last)
    two.sign_in(REGISTRAR)
    unknown = [one_.number for one_ in two.areas.pen.unknown_numbers(two.register)]
    assert unknown == list(range(FIRST + 2, FIRST + 7))
    assert {found.lost for found in two.areas.pen.unknown_numbers(two.register)} == {"QUẦY-01"}
    after = day(two, 1)
    assert after.first == FIRST + 7
    # PC 1 is repaired: its journal comes by the same bundle that a file or a line carries.
    give(one, two)
    two.sign_in(REGISTRAR)
    left = [found.number for found in two.areas.pen.unknown_numbers(two.register)]
    assert left == [FIRST + 5, FIRST + 6]
    assert (unseen.first, "numbered") in numbers(two)
    assert two.areas.pen.doubles(two.register) == ()
    for number_ in left:
        two.areas.pen.settle_void(two.register, number_, "BB 12/2026")
    assert two.areas.pen.cards()[0].unknown == ""
    give(two, one)
    one.sign_in(REGISTRAR)
    assert one.state(one.register) == two.state(two.register)
    refused("pen.elsewhere", number, one, [take_in(one)])


def test_the_returned_line_takes_the_place_of_what_was_rebuilt_by_hand(pair):
    from counter_app.services.ports.pen import RebuiltForm

    one, two = pair
    unseen = day(one, 1)
    recover(two, unseen.last)
    two.sign_in(REGISTRAR)
    form = RebuiltForm(two.register, unseen.first, "phiếu 01-0003", "TẬP HUẤN", "Giấy khai sinh", 2, 4000,
                       "20/11/2026", "Vàng Văn Thăng")  # fmt: skip
    two.areas.pen.settle_rebuilt(form)
    assert [row.state for row in two.areas.registers.month(2026, 11).rows if row.number == unseen.first] == [
        "rebuilt"
    ]
    give(one, two)
    rows = [row for row in two.areas.registers.month(2026, 11).rows if row.number == unseen.first]
    assert [(row.state, row.line is not None) for row in rows] == [("numbered", True)]


def test_a_second_recovery_by_a_third_pc_counts_once(counters, pair):
    _, two = pair
    three = counters(3, founder=two)
    recover(two, FIRST + 1)
    recover(three, FIRST + 1)
    give(two, three)
    give(three, two)
    assert two.state(two.register).holder == three.state(three.register).holder
    assert len(two.state(two.register).recoveries) == 1


@pytest.mark.parametrize("login", [CHAIRMAN, SIGNER])
def test_the_second_may_be_any_head_by_his_password(pair, login):
    _, two = pair
    recover(two, FIRST + 1, second=two.officials[login], second_secret=PASSWORD)
    assert two.areas.pen.cards()[0].here
