"""Moments 2 to 5: numbers, ink, striking, hand-over, annulment, and who may."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from counter_app.domain.certification.handover import Handover, hand_over
from counter_app.domain.certification.lines.annulment import AnnulmentAct, annul_line
from counter_app.domain.certification.piles.lots import FROM_PAPER, Desk, Signing, lines_digest, number_lot
from counter_app.domain.certification.piles.signing import (
    confirm_pile,
    confirm_signed,
    note_line,
    printed,
    strike_line,
)
from counter_app.domain.certification.state import MAX_LOT
from counter_app.domain.certification.taking_in.checks import ALLOW, FORBID, check_request
from counter_app.domain.errors import DomainError
from counter_app.domain.registers import pen
from counter_app.domain.seconds import Second
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import Purpose
from tests.unit.domain.certification.ledger import (
    CHAIRMAN,
    CHECKS,
    DELEGATION,
    DESK,
    MINUTE,
    NOW,
    OTHER,
    REGISTRAR,
    SALT,
    SIGNATORY,
    SIGNING,
    Ledger,
    key,
    local,
    original,
    pile_of,
    refused_by,
)

HERE = Desk(DESK, NOW + MINUTE, NOW)


def attempt(ledger: Ledger, *requests: EntryId, **more: Any) -> Any:
    """Drafts of numbering the requests with something changed."""
    pile = pile_of(*map(ledger.request, requests), looked_at=more.pop("looked_at", True))
    return number_lot(
        more.pop("pile", pile),
        more.pop("signing", SIGNING),
        more.pop("register", ledger.book()),
        more.pop("rules", CHECKS),
        more.pop("desk", HERE),
    )


def test_numbers_follow_the_pile() -> None:
    ledger = Ledger()
    one = ledger.take(original("Bằng", 1, 3), original("Học bạ", 24, 2), daily=1)
    two = ledger.take(original("Giấy khai sinh", 1, 4), daily=2)
    lot, *lines = ledger.number(two, one)
    assert [(ledger.line(line).number, ledger.line(line).original_name) for line in lines] == [
        (1776, "Giấy khai sinh"),
        (1777, "Bằng"),
        (1778, "Học bạ"),
    ]
    line = ledger.line(lines[2])
    assert (line.requester_name, line.copies, line.fee, line.book, line.year) == (
        "LÝ THỊ TẬP HUẤN",
        2,
        52_000,
        3,
        2026,
    )
    assert line.signatory_line == "Cán bộ tập huấn 1, Phó Chủ tịch"
    state = ledger.lot(lot)
    assert (state.first_number, state.last_number, state.seen, state.unconfirmed) == (1776, 1778, 3, 3)
    assert (state.prefix, state.signatory_line) == ("KT.", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
    assert ledger.book().next_number == 1779


@pytest.mark.law
def test_law_tt01_art_4_one_number_for_each_original_shared_by_its_copies() -> None:
    ledger = Ledger()
    _, *lines = ledger.number(ledger.take(*[original(f"Bằng {n}", 1, 5) for n in range(10)]))
    assert [ledger.line(line).number for line in lines] == list(range(1776, 1786))


def test_the_seal_on_the_lot_covers_every_line() -> None:
    ledger = Ledger()
    lot, *_ = attempt(ledger, ledger.take(original(), original("Bằng", 1, 1)))
    _, *lines = attempt(ledger, *[f.id for f in ledger.facts if f.facts.kind == 220])
    body = msgspec.msgpack.decode(lot.body)
    assert lot.sealed
    assert lines_digest(line.body for line in lines) in body
    assert lines_digest(line.body for line in reversed(lines)) not in body


def test_who_may_number_and_sign() -> None:
    ledger = Ledger()
    request = ledger.take()
    registrar = replace(SIGNING, numberer=REGISTRAR)
    with refused_by("lot.own_key"):
        attempt(ledger, request, signing=registrar)
    drafts = attempt(ledger, request, signing=replace(registrar, registrar_may_number=True))
    assert msgspec.msgpack.decode(drafts[0].body)[-1] is False  # under_own_key
    with refused_by("role.not_allowed"):
        attempt(ledger, request, signing=Signing(SIGNATORY, DELEGATION, _cashier()))
    with refused_by("delegation.missing"):
        attempt(ledger, request, signing=replace(SIGNING, delegation=None))


def _cashier() -> Any:
    return msgspec.structs.replace(SIGNATORY, id=EntryId(DESK, 9), roles=("cashier",))


@pytest.mark.law
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"valid_to": 20261119}, "delegation.ended"),
        ({"valid_from": 20261121}, "delegation.not_yet"),
        ({"scope": ("signature",)}, "delegation.scope"),
        ({"ended_on": 20261120}, "delegation.ended"),
        ({"delegated_under": EntryId(DESK, 5)}, "delegation.redelegated"),  # NĐ 30/2020 art. 13(3)
        ({"official": EntryId(DESK, 6)}, "delegation.other_official"),
    ],
)
def test_law_authority_is_checked_at_that_instant(change: dict[str, Any], code: str) -> None:
    ledger = Ledger()
    request = ledger.take()
    with refused_by(code):
        attempt(
            ledger,
            request,
            signing=replace(SIGNING, delegation=msgspec.structs.replace(DELEGATION, **change)),
        )


def test_the_pen_and_the_clock_decide_too() -> None:
    ledger = Ledger()
    request = ledger.take()
    with refused_by("pen.elsewhere"):
        attempt(ledger, request, desk=replace(HERE, journal=OTHER))
    with refused_by("register.other_year"):
        next_year = Desk(DESK, local("2027-01-04 09:00"), local("2027-01-04 08:00"))
        endless = replace(SIGNING, delegation=msgspec.structs.replace(DELEGATION, valid_to=0))
        attempt(ledger, request, desk=next_year, signing=endless)
    assert pen.MAX_LOT == MAX_LOT


def test_numbers_of_a_day_without_power_are_entered_afterwards() -> None:
    ledger = Ledger()
    request = ledger.take(original("Bằng", 1, 1), original())
    second = Second(CHAIRMAN, lambda message: key(3).sign(Purpose.OFFICIAL, message))
    ledger.append(*pen.pass_to_paper(ledger.book(), DESK, 1900, REGISTRAR, second))
    with refused_by("pen.on_paper"):
        attempt(ledger, request)
    ledger.append(*pen.return_from_paper(ledger.book(), DESK, 1777, REGISTRAR, second))
    sheets = replace(HERE, paper_first=1776, paper_day=20261119)
    with refused_by("paper.not_used"):
        attempt(ledger, request, desk=replace(sheets, paper_first=1777))
    _, *made = ledger.append(*attempt(ledger, request, desk=sheets))
    lines = [ledger.line(line) for line in made[:2]]
    assert [(line.number, line.day, line.remarks) for line in lines] == [
        (1776, 20261119, FROM_PAPER),
        (1777, 20261119, FROM_PAPER),
    ]
    assert ledger.book().to_enter_from_paper == ()
    assert ledger.number(ledger.take(daily=2))
    assert ledger.book().next_number == 1779


def test_kinds_never_cross_and_nothing_is_chosen_twice() -> None:
    ledger = Ledger()
    request = ledger.take()
    signature = msgspec.structs.replace(ledger.request(request), id=EntryId(DESK, 77), register="signature")
    with refused_by("lot.kinds"):
        attempt(ledger, pile=pile_of(ledger.request(request), signature))
    with refused_by("lot.twice"):
        attempt(ledger, pile=pile_of(ledger.request(request), ledger.request(request)))
    with refused_by("lot.empty"):
        attempt(ledger)


def test_one_to_look_at_is_numbered_alone_and_after_a_look() -> None:
    ledger = Ledger()
    fine = ledger.take(daily=1)
    amber = ledger.take(original("Bằng", 1, 1, noticed=("card.expired",), note="Thẻ hết hạn"), daily=2)
    with refused_by("lot.look"):
        attempt(ledger, fine, amber)
    with pytest.raises(DomainError) as error:
        attempt(ledger, amber, looked_at=False)
    assert error.value.title == "Phiếu 0002 cần xem riêng: Dòng 1: Thẻ hết hạn."
    assert len(attempt(ledger, amber)) == 2


def test_receiver_who_signs_goes_by_the_unit_s_policy() -> None:
    ledger = Ledger()
    request = ledger.take()
    own = msgspec.structs.replace(ledger.request(request), taken_by=SIGNATORY.id)
    verdicts = {
        policy: check_request(own, replace(CHECKS, receiver_policy=policy)).verdict
        for policy in (ALLOW, "warn", FORBID)
    }
    assert verdicts == {ALLOW: "complete", "warn": "look", FORBID: "missing"}
    with refused_by("lot.not_ready"):
        attempt(ledger, pile=pile_of(own), rules=replace(CHECKS, receiver_policy=FORBID))


def test_what_the_machine_checked_is_said() -> None:
    ledger = Ledger()
    first = ledger.request(ledger.take(daily=1))
    second = ledger.request(ledger.take(daily=2))
    check = check_request(second, replace(CHECKS, recent=(first,)))
    assert check.verdict == "look"
    assert check.reasons[0].vi == "Trùng người và giấy tờ với phiếu số 0001."
    assert "Phí đúng bảng phí: 52.000\u00a0đ." in [point.vi for point in check.points]
    wrong = msgspec.structs.replace(
        second,
        originals=(msgspec.structs.replace(second.originals[0], taken=original(compared_at=0, fee=1)),),
    )
    assert [point.code for point in check_request(wrong, CHECKS).reasons] == [
        "original.not_compared",
        "original.fee",
    ]


def test_ink_is_confirmed_by_scan_or_for_the_pile_minus_the_unsigned() -> None:
    ledger = Ledger()
    request = ledger.take(*[original(f"Bằng {n}", 1, 1) for n in range(4)])
    lot, *lines = ledger.number(request)
    ledger.append(*confirm_signed([ledger.line(lines[0])]))
    ledger.append(*strike_line(ledger.line(lines[3]), "differs", "thiếu trang 2"))
    rest = confirm_pile([ledger.line(line) for line in lines])
    assert len(rest) == 2
    ledger.append(*rest)
    state = ledger.lot(lot)
    assert (state.signed, state.struck, state.unconfirmed) == (3, 1, 0)
    struck = ledger.line(lines[3])
    assert struck.remarks == "Số gạch: Bản sao khác bản chính: thiếu trang 2"
    assert ledger.request(request).stage == "signed"
    with refused_by("lines.none"):
        confirm_pile([ledger.line(line) for line in lines])
    with refused_by("line.signed"):
        confirm_signed([ledger.line(lines[0])])
    with refused_by("line.struck"):
        confirm_signed([struck])
    with refused_by("line.signed"):
        strike_line(ledger.line(lines[0]), "pages", "")


def test_a_struck_original_gets_a_new_number_after_it_was_submitted_again() -> None:
    from counter_app.domain.certification.taking_in.amend import resubmit_request
    from tests.unit.domain.certification.ledger import RULES

    ledger = Ledger()
    request = ledger.take(original("Bằng", 1, 1), original())
    _, first, second = ledger.number(request)
    ledger.append(*strike_line(ledger.line(first), "differs", ""))
    ledger.append(*confirm_signed([ledger.line(second)]))
    state = ledger.request(request)
    assert state.fees == 52_000  # the struck one is not owed
    rows = tuple(o.taken for o in state.originals)
    with refused_by("original.has_line"):
        resubmit_request(state, rows[:1], RULES, ground="in lại", salt=SALT)
    with refused_by("request.nothing"):
        resubmit_request(state, rows, RULES, ground="in lại", salt=SALT, left_out=(0,))
    ledger.append(*resubmit_request(state, rows, RULES, ground="in lại", salt=SALT))
    _, again = ledger.number(request)
    assert ledger.line(again).number == 1778
    assert [o.number for o in ledger.request(request).originals] == [1778, 1777]
    assert ledger.line(first).state == "struck"


# --- hand-over -----------------------------------------------------------------------------------------


def signed(ledger: Ledger, request: EntryId) -> None:
    """Number and confirm a whole request."""
    _, *lines = ledger.number(request)
    ledger.append(*confirm_pile([ledger.line(line) for line in lines]))


def paid(ledger: Ledger, request: EntryId) -> Handover:
    return Handover(SALT, paid_now=ledger.request(request).to_pay)


def test_the_words_of_the_return_desk() -> None:
    ledger = Ledger()
    request = ledger.take()
    state = ledger.request(request)
    assert _words(state) == "Hồ sơ này chưa có kết quả. Hẹn 20/11."
    _, line = ledger.number(request)
    assert _words(ledger.request(request)) == "Số 1776 chưa xác nhận đã ký, đóng dấu."
    ledger.append(*confirm_signed([ledger.line(line)]))
    assert _words(ledger.request(request)) == "Còn thu 52.000\u00a0đ trước khi trả."
    ledger.append(*hand_over(ledger.request(request), paid(ledger, request)), at=local("2026-11-20 09:12"))
    assert _words(ledger.request(request)) == "Đã trả lúc 09:12 cho LÝ THỊ TẬP HUẤN. Xem lại?"


def _words(state: Any, **more: Any) -> str:
    with pytest.raises(DomainError) as error:
        hand_over(state, Handover(SALT, **more))
    return error.value.title


def test_another_receiver_is_named_with_his_number() -> None:
    ledger = Ledger()
    request = ledger.take()
    signed(ledger, request)
    with refused_by("handover.receiver"):
        hand_over(ledger.request(request), replace(paid(ledger, request), receiver="NGƯỜI NHẬN TẬP HUẤN"))
    with refused_by("handover.how"):
        hand_over(ledger.request(request), replace(paid(ledger, request), how_signed="nod"))
    ledger.append(*hand_over(ledger.request(request), replace(paid(ledger, request), slip_lost=True)))
    state = ledger.request(request)
    assert (state.stage, state.slip_lost) == ("handed_over", True)


def test_part_of_a_request_may_go_home_first() -> None:
    ledger = Ledger()
    request = ledger.take(original("Bằng", 1, 1), original())
    _, one, _ = ledger.number(request)
    ledger.append(*confirm_signed([ledger.line(one)]))
    with refused_by("handover.unsigned"):
        hand_over(ledger.request(request), replace(paid(ledger, request), originals=(0, 1)))
    ledger.append(*hand_over(ledger.request(request), paid(ledger, request)))
    assert [o.state for o in ledger.request(request).originals] == ["handed_over", "numbered"]


# --- annulment, notes, prints --------------------------------------------------------------------------

ACT = AnnulmentAct("12/QĐ-UBND", 20261120, "chứng thực sai bản chính")
SECOND = Second(CHAIRMAN, lambda message: key(3).sign(Purpose.OFFICIAL, message))


@pytest.mark.law
def test_law_tt01_art_7_annulled_by_decision_of_two_persons_and_kept_in_the_book() -> None:
    ledger = Ledger()
    request = ledger.take()
    _, line = ledger.number(request)
    with refused_by("annul.not_signed"):
        annul_line(ledger.line(line), ACT, 20261120, REGISTRAR, SECOND)
    ledger.append(*confirm_signed([ledger.line(line)]))
    with refused_by("annul.date"):
        annul_line(ledger.line(line), replace(ACT, day=20261121), 20261120, REGISTRAR, SECOND)
    with refused_by("annul.act"):
        annul_line(ledger.line(line), replace(ACT, number=" "), 20261120, REGISTRAR, SECOND)
    drafts = annul_line(ledger.line(line), ACT, 20261120, REGISTRAR, SECOND)
    assert drafts[0].sealed
    ledger.append(*drafts)
    assert (
        ledger.line(line).remarks
        == "Huỷ bỏ giá trị theo 12/QĐ-UBND ngày 20/11/2026: chứng thực sai bản chính"
    )
    assert ledger.request(request).originals[0].state == "annulled"
    with refused_by("annul.done"):
        annul_line(ledger.line(line), ACT, 20261120, REGISTRAR, SECOND)


def test_nobody_annuls_alone() -> None:
    ledger = Ledger()
    _, line = ledger.number(ledger.take())
    ledger.append(*confirm_signed([ledger.line(line)]))
    alone = msgspec.structs.replace(CHAIRMAN, roles=("deputy_director", "chairman"))
    with refused_by("second.same_person"):
        annul_line(ledger.line(line), ACT, 20261120, alone, replace_second(alone))
    with refused_by("second.not_signed"):
        annul_line(ledger.line(line), ACT, 20261120, REGISTRAR, Second(CHAIRMAN, lambda message: b"\0" * 64))


def replace_second(official: Any) -> Second:
    return Second(official, SECOND.sign)


def test_notes_and_reprints() -> None:
    ledger = Ledger()
    _, line = ledger.number(ledger.take())
    ledger.append(*note_line(ledger.line(line), "Đính chính họ tên"))
    assert ledger.line(line).remarks == "Đính chính họ tên"
    with refused_by("note.empty"):
        note_line(ledger.line(line), " ")
    ledger.append(*printed("certification_text", 1, line))
    with refused_by("reprint.reason"):
        printed("certification_text", 1, line, printed_before=1)
    ledger.append(*printed("certification_text", 1, line, printed_before=1, reason="kẹt giấy"))
    assert ledger.line(line).printed == (("certification_text", 2),)
