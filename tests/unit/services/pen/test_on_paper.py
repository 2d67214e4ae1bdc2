"""Power cut: printed sheets number, the pen comes back, what was done by hand is entered as such."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from counter_app.domain.errors import DomainError
from counter_app.services.pen import status
from tests.support.counter import CLERK, PASSWORD, PIN, REGISTRAR, SIGNER, give
from tests.unit.domain.registers.test_two_returns import Office
from tests.unit.services.pen.office import FIRST, day, number, printed, refused, take_in


def to_paper(counter, sheets: int = 5) -> str:
    counter.sign_in(REGISTRAR)
    return counter.areas.pen.pass_to_paper(counter.register, sheets, counter.officials[SIGNER], PASSWORD)


def back(counter, last_used: int) -> str:
    counter.sign_in(REGISTRAR)
    return counter.areas.pen.return_from_paper(
        counter.register, last_used, counter.officials[SIGNER], PASSWORD
    )


def test_sheets_with_the_next_numbers_come_out_and_the_pc_numbers_no_more(counter):
    waiting = take_in(counter)
    assert to_paper(counter) == "Quyền cấp số đã chuyển sang sổ giấy, 5 số in sẵn."
    (words,) = printed(counter, "register")
    assert "GHI TAY KHI MẤT ĐIỆN" in words
    assert all(str(n) in words for n in range(FIRST, FIRST + 5))
    assert str(FIRST + 5) not in words
    assert "đã ký" not in words
    assert "Số cuối cùng đã dùng" in words
    (card,) = counter.areas.pen.cards()
    assert (card.on_paper, card.here, card.holder) == (True, False, "sổ giấy")
    assert card.sheets_to == FIRST + 4
    counter.sign_in(SIGNER)
    refused("pen.on_paper", counter.areas.signing.number, (waiting,), PIN)


def test_the_pen_comes_back_and_the_numbers_used_are_entered_marked_and_unprinted(counter):
    asked = [take_in(counter), take_in(counter)]
    to_paper(counter)
    said = back(counter, FIRST + 1)
    assert said.endswith(f"Nhập các số đã dùng trên giấy: {FIRST}-{FIRST + 1}.")
    card = counter.areas.pen.cards()[0]
    assert (card.to_enter, card.enter_first, card.sheets_to) == (f"{FIRST}-{FIRST + 1}", FIRST, 0)
    papers = len(counter.papers())
    counter.sign_in(SIGNER)
    done = counter.areas.pen.enter_from_paper(tuple(asked), FIRST, "20/11/2026", PIN)
    assert done == f"Đã nhập số {FIRST}–{FIRST + 1} từ sổ giấy."
    assert len(counter.papers()) == papers
    (line,) = counter.areas.pen.line_of_number(counter.register, FIRST)
    assert "giấy" in line.remarks
    assert counter.areas.pen.cards()[0].to_enter == ""
    assert day(counter, 1).first == FIRST + 2


def test_only_numbers_used_on_paper_are_entered(counter):
    asked = [take_in(counter), take_in(counter)]
    to_paper(counter)
    back(counter, FIRST)
    counter.sign_in(SIGNER)
    enter = counter.areas.pen.enter_from_paper
    refused("paper.not_used", enter, tuple(asked), FIRST, "20/11/2026", PIN)
    refused("day.future", enter, tuple(asked[:1]), FIRST, "22/11/2026", PIN)
    refused("pin.wrong", enter, tuple(asked[:1]), FIRST, "20/11/2026", "135791")


def test_numbering_goes_on_after_what_the_paper_used(counter):
    waiting = take_in(counter)
    to_paper(counter)
    refused("paper.last_used", back, counter, FIRST + 5)
    back(counter, FIRST + 2)
    assert number(counter, [waiting]).first == FIRST + 3


def test_nothing_used_leaves_nothing_to_enter(counter):
    to_paper(counter)
    assert back(counter, FIRST - 1) == "Quyền cấp số đã về QUẦY-01."
    assert counter.areas.pen.cards()[0].to_enter == ""


def test_it_takes_two_persons_and_a_sensible_count(counter):
    refused("paper.count", to_paper, counter, 0)
    refused("paper.count", to_paper, counter, 201)
    pen, second = counter.areas.pen, counter.officials[CLERK]
    refused("role.not_allowed", pen.pass_to_paper, counter.register, 5, second, PASSWORD)
    refused(
        "password.wrong", pen.pass_to_paper, counter.register, 5, counter.officials[SIGNER], "sai rồi nhé"
    )
    assert not pen.cards()[0].on_paper


def test_another_pc_takes_no_sheets_back_before_or_after_the_one_that_printed_them(counters):
    one = counters(1)
    two = counters(2, founder=one)
    to_paper(one)
    give(one, two)
    refused("paper.elsewhere", back, two, FIRST + 1)
    back(one, FIRST + 1)
    refused("paper.elsewhere", back, two, FIRST + 1)  # it has not heard of the first
    give(one, two)
    with pytest.raises(DomainError) as known:
        back(two, FIRST + 2)
    assert known.value.code == "paper.back"
    assert known.value.title == f"Tờ sổ giấy đã được nhận lại tại QUẦY-01, số cuối cùng {FIRST + 1}."
    assert two.areas.pen.cards()[0].holder == "QUẦY-01"


def test_an_empty_line_has_room_for_handwriting(counter):
    import pypdf

    to_paper(counter, 18)
    (sheets,) = [path for path in counter.papers() if path.name.startswith("register-")]
    # 18 lines of two handwritten lines each (11 mm) do not fit one A4 page laid across.
    assert len(pypdf.PdfReader(sheets).pages) >= 2


def test_sheets_that_came_back_are_not_taken_back_again(counter):
    to_paper(counter)
    back(counter, FIRST + 1)
    refused("paper.back", back, counter, FIRST + 1)


def test_the_card_names_both_pcs_that_took_the_sheets_back(monkeypatch):
    monkeypatch.setattr(status, "lost_name", lambda connection, work, journal: f"QUẦY-0{journal >> 8}")
    office = Office(3)
    state = office.meet()
    one, other = state.papers[-1].back
    assert status._taken_back(None, None, state) == (
        f"QUẦY-0{one.journal >> 8} (đến số {one.last_used}), "
        f"QUẦY-0{other.journal >> 8} (đến số {other.last_used})"
    )
    office.go_on()
    office.rule_all()
    settled = replace(office.one.state(office.register), papers=())
    assert status._taken_back(None, None, settled) == ""
