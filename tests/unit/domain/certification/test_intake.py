"""Moment 1: what stops a request, what is promised, what a refusal says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from counter_app.domain.certification.taking_in.amend import (
    correct_requester,
    extend_appointment,
    resubmit_request,
    return_request,
)
from counter_app.domain.certification.taking_in.grounds import parse_grounds
from counter_app.domain.certification.taking_in.intake import (
    Refusal,
    intake_faults,
    own_notices,
    refuse_original,
    take_request,
)
from counter_app.domain.certification.taking_in.reasons import REASONS, reason_of
from counter_app.domain.certification.taking_in.time_limit import Extension, ExtensionGround
from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError, Notice
from resources import load
from tests.unit.domain.certification.ledger import (
    NOW,
    REQUESTER,
    RULES,
    SALT,
    Ledger,
    intake,
    local,
    original,
    refused_by,
)


def test_a_request_is_taken_in_with_its_promise() -> None:
    ledger = Ledger()
    state = ledger.request(ledger.take(original("Bằng", 1, 3), original("Học bạ", 24, 2)))
    assert [o.state for o in state.originals] == ["submitted", "submitted"]
    assert state.fees == 6_000 + 52_000
    assert vn_datetime(state.due_at).isoformat() == "2026-11-20T17:00:00"
    assert all(o.number == 0 and o.line is None for o in state.originals)


@pytest.mark.law
@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [
        (14, 59, date(2026, 11, 20)),
        (15, 0, date(2026, 11, 20)),
        (15, 1, date(2026, 11, 23)),  # Friday after 15:00: Monday, NĐ 23/2015 art. 7
    ],
)
def test_law_art_7_same_day_until_fifteen_hours(hour: int, minute: int, due: date) -> None:
    at = local(f"2026-11-20 {hour}:{minute:02d}")
    ledger = Ledger()
    drafts = take_request(intake(original(compared_at=at), at=at), RULES)
    state = ledger.request(ledger.append(*drafts, at=at)[0])
    assert vn_datetime(state.due_at).date() == due


def test_the_words_when_an_original_was_not_compared() -> None:
    with pytest.raises(DomainError) as error:
        take_request(intake(original(), original("Bằng", 1, 1, compared_at=0)), RULES)
    assert error.value.title == "Dòng 2: chưa đánh dấu đã đối chiếu bản chính."
    assert error.value.field == "originals.1.compared"


@pytest.mark.parametrize(
    ("pages", "copies", "words"),
    [
        (0, 1, "Dòng 1: số trang phải từ 1 đến 999."),
        (1000, 1, "Dòng 1: số trang phải từ 1 đến 999."),
        (1, 0, "Dòng 1: số bản phải từ 1 đến 200."),
        (1, 201, "Dòng 1: số bản phải từ 1 đến 200."),
    ],
)
def test_ranges(pages: int, copies: int, words: str) -> None:
    with pytest.raises(DomainError) as error:
        take_request(intake(original(pages=pages, copies=copies, fee=0)), RULES)
    assert error.value.title == words


@pytest.mark.parametrize("fee", [51_999, 52_001, 0])
def test_a_fee_that_is_not_the_table_s(fee: int) -> None:
    with refused_by("original.fee"):
        take_request(intake(original(fee=fee)), RULES)


def test_an_amber_notice_must_be_seen() -> None:
    expired = Notice(
        "card.expired", "thẻ căn cước hết hạn ngày 14/03/2026.", "the card expired on 14/03/2026."
    )
    form = intake(original(), original("Bằng", 1, 1), required=((1, expired),))
    with pytest.raises(DomainError) as error:
        take_request(form, RULES)
    assert error.value.title == "Dòng 2: thẻ căn cước hết hạn ngày 14/03/2026."
    assert error.value.remedy == "Kiểm tra rồi nhấn Alt+Enter."
    seen = replace(form, originals=(original(), original("Bằng", 1, 1, noticed=("card.expired",))))
    assert take_request(seen, RULES)


def test_a_notice_about_the_person_may_be_seen_in_any_row() -> None:
    notice = Notice("identity.sex", "giới tính không khớp", "sex differs", "sex")
    with refused_by("notice.unseen"):
        take_request(intake(original(), required=((-1, notice),)), RULES)
    assert take_request(intake(original(noticed=("identity.sex",)), required=((-1, notice),)), RULES)


def test_the_same_paper_twice_is_shown_not_blocked() -> None:
    twice = (original(), original(), original("Bằng", 1, 60))
    assert [(row, notice.code) for row, notice in own_notices(twice)] == [
        (1, "original.twice"),
        (2, "original.many_copies"),
    ]


def test_every_fault_is_told_in_the_order_of_the_page() -> None:
    form = intake(
        original(compared_at=0), requester=msgspec.structs.replace(REQUESTER, name=" ", id_number="")
    )
    codes = [fault.code for fault in intake_faults(form, RULES)]
    assert codes == ["requester.name", "requester.identity", "original.not_compared"]


def test_no_paper_and_too_many() -> None:
    with refused_by("originals.count"):
        take_request(replace(intake(), originals=()), RULES)
    with refused_by("originals.count"):
        take_request(intake(*[original("Bằng", 1, 1)] * 100), RULES)


def test_a_wrong_code_or_way_of_paying_is_refused() -> None:
    with refused_by("code.wrong"):
        take_request(replace(intake(), code="00000001126112000012"), RULES)
    with refused_by("pay.unknown"):
        take_request(intake(pay="later"), RULES)


# --- refusal -------------------------------------------------------------------------------------------

GROUNDS = parse_grounds(load.refusal_grounds())


@pytest.mark.law
def test_law_art_22_a_refusal_has_its_ground_and_no_line() -> None:
    ledger = Ledger()
    request = ledger.take()
    ground = GROUNDS.on(date(2026, 11, 20))[1]
    made = ledger.append(
        *refuse_original(
            Refusal(REQUESTER, "Giấy khai sinh", "gks", ground.key, NOW, SALT, request=request), GROUNDS
        )
    )
    state = ledger.folded(made[0]).state
    assert (state.ground, state.words, state.request) == (ground.key, ground.text, request)
    assert ledger.request(request).refusals == (made[0],)
    assert ledger.book().lines == 0


def test_an_unknown_ground_is_refused() -> None:
    with refused_by("ground.unknown"):
        refuse_original(Refusal(REQUESTER, "Giấy khai sinh", "gks", "nothing", NOW, SALT), GROUNDS)


# --- returned, mended, extended ------------------------------------------------------------------------


def test_nine_reasons_and_an_unknown_one_reads_as_other() -> None:
    assert len(REASONS) == 9
    assert reason_of("from a newer program").code == "other"


def test_returned_and_mended() -> None:
    ledger = Ledger()
    request = ledger.take(original(), original("Bằng", 1, 1))
    ledger.append(*return_request(ledger.request(request), "pages", "24, không phải 22"))
    state = ledger.request(request)
    assert state.is_returned
    assert state.returned_words == "Sai số trang: 24, không phải 22"
    assert not state.waits_for_number
    with refused_by("request.returned"):
        return_request(state, "fee", "")
    mended = (original(pages=22), original("Bằng", 1, 1))
    ledger.append(*resubmit_request(state, mended, RULES, ground="sửa số trang", salt=SALT))
    after = ledger.request(request)
    assert after.waits_for_number
    assert after.originals[0].taken.pages == 22
    assert after.due_at == state.due_at


def test_another_reason_needs_words() -> None:
    ledger = Ledger()
    state = ledger.request(ledger.take())
    with refused_by("reason.words"):
        return_request(state, "other", "  ")
    with refused_by("reason.unknown"):
        return_request(state, "nope", "words")


def test_a_numbered_request_is_not_sent_back() -> None:
    ledger = Ledger()
    request = ledger.take()
    ledger.number(request)
    with pytest.raises(DomainError) as error:
        return_request(ledger.request(request), "pages", "")
    assert error.value.code == "request.numbered"
    assert "gạch" in error.value.remedy


def test_a_numbered_row_neither_moves_nor_changes() -> None:
    ledger = Ledger()
    request = ledger.take()
    ledger.number(request)
    with refused_by("request.closed"):
        resubmit_request(ledger.request(request), (original(pages=3),), RULES, ground="x", salt=SALT)


def test_a_correction_keeps_the_line_as_certified() -> None:
    ledger = Ledger()
    request = ledger.take()
    _, line = ledger.number(request)
    right = msgspec.structs.replace(REQUESTER, name="LÝ THỊ TẬP HUẤN B")
    ledger.append(*correct_requester(ledger.request(request), right, "gõ sai", SALT))
    assert ledger.request(request).requester.name == "LÝ THỊ TẬP HUẤN B"
    assert ledger.line(line).requester_name == "LÝ THỊ TẬP HUẤN"
    with refused_by("correction.same"):
        correct_requester(ledger.request(request), right, "x", SALT)


@pytest.mark.law
def test_law_art_21_two_working_days_or_a_written_agreement() -> None:
    ledger = Ledger()
    request = ledger.take()
    state = ledger.request(request)
    ledger.append(*extend_appointment(state, Extension(2, ExtensionGround.MANY_COPIES), RULES))
    # Friday 20 November; Monday 23; Tuesday 24 is Culture Day; Wednesday 25.
    assert vn_datetime(ledger.request(request).due_at).date() == date(2026, 11, 25)
    with refused_by("extension.agreement"):
        extend_appointment(state, Extension(3, ExtensionGround.MANY_COPIES), RULES)
    with refused_by("extension.not_later"):
        extend_appointment(ledger.request(request), Extension(1, ExtensionGround.COMPLEX), RULES)
    agreed = Extension(5, ExtensionGround.COMPLEX, "Biên bản thỏa thuận ngày 20/11/2026")
    assert extend_appointment(state, agreed, RULES)
