"""A dossier's page, acts by role and state, queues and the return desk, on a real store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.dossiers.entries import ResultReturned
from counter_app.domain.dossiers.state import Stage
from counter_app.domain.drafting import draft
from counter_app.domain.folding.fact import read_fact
from counter_app.services.ports.dossiers import ActForm, GivingForm
from counter_app.services.ports.saying import speaking
from counter_app.services.rules import shipped_catalogue
from counter_app.storage.journals.journal import entries_of
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CHAIRMAN, CLERK, MORNING, PIN, REGISTRAR, SIGNER, give, make_counter
from tests.unit.domain.dossiers.docket import arrived
from tests.unit.services.dossiers.pages import BIRTH, other, page, refused, take_in

DAY = 86_400_000
FIVE = next(
    p.code for p in shipped_catalogue().procedures
    if p.limits[0].unit == "working_day" and p.limits[0].value >= 5 and p.field != "Hộ tịch"
    and p.fees[0].amount and p.form_set == "one_stop"
)  # fmt: skip
RESULT = {
    "kind": "decision",
    "title": "Quyết định",
    "number": "12/QĐ",
    "date": "20/11/2026",
    "signer": "Chiến",
}


def do(counter, dossier, act, pin="", **values):
    """F9 on an act."""
    return counter.areas.dossiers.act(ActForm(dossier, act, values, pin))


def codes(counter, dossier) -> dict[str, str]:
    """Acts offered, with why not."""
    return {offer.code: offer.why_not for offer in counter.areas.dossiers.look(dossier).acts}


def online(counter) -> EntryId:
    """A dossier from the portal."""
    return counter.store.append(arrived(), counter.areas.desk.act()).entries[0].id


@pytest.fixture
def dossier(counter) -> EntryId:
    return take_in(counter, FIVE, pay="return").dossier


def done(counter, dossier) -> None:
    """With its result in a drawer; the clerk at the counter."""
    counter.sign_in(SIGNER)
    do(counter, dossier, "result", **RESULT)
    counter.sign_in(CLERK)
    do(counter, dossier, "ready", drawer="3")


def test_the_page_tells_state_date_reasons_codes_and_history(counter, dossier):
    page_now = counter.areas.dossiers.look(dossier)
    assert (page_now.state, page_now.short_code, page_now.portal) == ("accepted", "01-0001", "Được tiếp nhận")
    assert page_now.due_second.startswith("Còn ")
    assert any("ngày nhận không tính" in step for step in page_now.why_due)
    assert [label for label, _ in page_now.codes] == ["Mã tạm"]
    assert [row.title for row in page_now.timeline] == ["Nộp hồ sơ", "Tiếp nhận, in giấy hẹn", "In giấy"]
    assert {row.post for row in page_now.timeline} == {"QUẦY-01"}
    assert {row.sync for row in page_now.timeline} == {"waiting"}
    assert page_now.forms == (("01", "Mẫu 01, quyển 01, số 1"),)
    assert dict(page_now.money)["Còn thu"]
    assert "012086006812" in [one.value for one in page_now.for_other]


def test_what_is_not_here_is_said(counter):
    refused("subject.unknown", counter.areas.dossiers.look, EntryId(257, 99_999))
    refused("subject.unknown", counter.areas.dossiers.look, counter.register)


def test_the_clerk_sees_handlers_acts_grey_with_their_reason(counter, dossier):
    offered = codes(counter, dossier)
    assert offered["withdraw"] == offered["contact"] == ""
    assert "không có quyền giải quyết hồ sơ" in offered["result"]
    assert "không có quyền gia hạn" in offered["extend"]
    refused("role.not_allowed", do, counter, dossier, "result", **RESULT)
    counter.sign_in(SIGNER)
    assert codes(counter, dossier)["result"] == ""


def test_the_registrar_works_on_civil_status_only(counter, dossier):
    birth = take_in(counter, BIRTH, party=other(7)).dossier
    counter.sign_in(REGISTRAR)
    assert codes(counter, birth)["opinion"] == ""
    assert "hộ tịch" in codes(counter, dossier)["opinion"]
    refused("role.reach", do, counter, dossier, "opinion", opinion="x")


def test_from_hand_to_hand_with_the_papers_of_each_step(counter, dossier):
    counter.sign_in(SIGNER)
    forward = next(o for o in counter.areas.dossiers.look(dossier).acts if o.code == "forward")
    to = forward.fields[0].choices[0][0]
    do(counter, dossier, "forward", to=to, words="Thẩm tra")
    assert counter.areas.dossiers.look(dossier).place.endswith(", chưa nhận")
    do(counter, dossier, "take")
    do(counter, dossier, "opinion", opinion="Đủ điều kiện")
    do(counter, dossier, "draft", draft="Dự thảo quyết định")
    assert counter.areas.dossiers.look(dossier).state == "submitted"
    do(counter, dossier, "send_back", reason="Sai căn cứ")
    do(counter, dossier, "draft", draft="Dự thảo 2")
    do(counter, dossier, "result", **RESULT)
    seen = counter.areas.dossiers.look(dossier)
    assert (seen.state, dict(seen.result)["Số"]) == ("ready", "12/QĐ")
    assert [r.title for r in seen.timeline][3:] == [
        "Giao", "Nhận", "Ý kiến", "Trình dự thảo", "Trả lại dự thảo", "Trình dự thảo", "Có kết quả",
    ]  # fmt: skip
    before = len(counter.papers())
    counter.areas.dossiers.reprint(dossier, "06", "")
    assert len(counter.papers()) == before + 1


def test_form_04_and_05_ask_the_heads_pin_and_print(counter, dossier):
    counter.sign_in(CHAIRMAN)
    due = counter.state(dossier).clock.due
    new = counter.work.shipped.calendar.next_working_day(due.date())
    values = {"due": f"{new:%d/%m/%Y}", "reason": "Chờ xác minh"}
    refused("pin.wrong", do, counter, dossier, "extend", pin="000000", **values)
    assert len(do(counter, dossier, "extend", pin=PIN, **values).jobs) == 1
    state = counter.state(dossier)
    assert (state.clock.due.date(), state.form("04").number) == (new, 1)
    assert codes(counter, dossier)["extend"] == "Hồ sơ đã được hẹn lại một lần."
    assert any("hẹn lại" in step for step in counter.areas.dossiers.look(dossier).why_due)
    stopped = do(counter, dossier, "stop", pin=PIN, reason="Người nộp đề nghị", papers_returned="Tờ khai")
    assert (counter.state(dossier).stage, len(stopped.jobs)) == (Stage.STOPPED, 1)
    assert dict(counter.state(dossier).printed).keys() == {"one_stop_01", "one_stop_04", "one_stop_05"}
    assert set(codes(counter, dossier)) == {"correct"}


def test_a_waiting_dossier_says_so_and_is_never_overdue(counter):
    asked = counter.areas.intake.commit(page()).dossier
    counter.clock.at = MORNING + 40 * DAY
    counter.sign_in(CLERK)
    seen = counter.areas.dossiers.look(asked)
    assert (seen.due, seen.due_second, seen.state) == ("", "Chờ dân bổ sung, 40 ngày", "supplement")
    rows = counter.areas.dossiers.queue("late").rows
    assert rows == ()
    assert counter.areas.dossiers.queue("waiting").rows[0].due_second == "Chờ dân bổ sung, 40 ngày"


def test_vetting_asks_once_and_everything_brought_restarts(counter, dossier):
    counter.sign_in(SIGNER)
    do(counter, dossier, "vet", papers="Tờ khai\nBản vẽ", reason="Mờ")
    assert counter.state(dossier).stage is Stage.WAITING_CITIZEN
    counter.sign_in(CLERK)
    refused("bring.all", do, counter, dossier, "bring")
    do(counter, dossier, "bring", all="1")
    state = counter.state(dossier)
    assert (state.stage, state.clock.supplements, state.form("01").number) == (Stage.ACCEPTED, 1, 1)
    counter.sign_in(SIGNER)
    refused("clock.second_supplement", do, counter, dossier, "vet", papers="Tờ khai", reason="x")


def test_online_is_accepted_asked_or_refused_from_its_page(counter):
    first, second, third = online(counter), online(counter), online(counter)
    assert [row.dossier for row in counter.areas.dossiers.online().rows] == [first, second, third]
    assert set(codes(counter, first)) >= {"accept", "ask", "refuse"}
    do(counter, first, "accept")
    do(counter, second, "ask", papers="Ảnh thẻ", reason="Thiếu ảnh")
    do(counter, third, "refuse", ground="competence", reason="Nơi khác")
    states = [counter.state(one) for one in (first, second, third)]
    assert [s.stage for s in states] == [Stage.ACCEPTED, Stage.WAITING_CITIZEN, Stage.REFUSED]
    assert states[0].code.startswith("00000001")
    assert counter.areas.dossiers.online().rows == ()
    assert {label for label, _ in counter.areas.dossiers.look(first).codes} == {
        "Mã tạm", "Mã trên Cổng dịch vụ công",
    }  # fmt: skip


def test_queues_by_tab(counter, dossier):
    counter.sign_in(SIGNER)
    view = counter.areas.dossiers.queue()
    assert [row.dossier for row in view.rows] == [dossier]
    do(counter, dossier, "take")
    counter.sign_in(CHAIRMAN)
    assert counter.areas.dossiers.queue("mine").rows == ()
    assert {code: count for code, _, count in counter.areas.dossiers.queue("unit").tabs} == {
        "mine": 0, "unit": 1, "waiting": 0, "deciding": 0, "late": 0, "online": 0,
    }  # fmt: skip


def test_a_duty_stops_and_goes_on(counter, dossier):
    counter.sign_in(SIGNER)
    do(counter, dossier, "duty", label="Lệ phí trước bạ", fee="500", reason="Thông báo thuế")
    assert counter.areas.dossiers.look(dossier).portal == "Yêu cầu thực hiện nghĩa vụ tài chính"
    counter.sign_in(CLERK)
    do(counter, dossier, "duty_met", proof="Giấy nộp tiền 7")
    assert counter.state(dossier).stage is Stage.PROCESSING


def test_a_result_is_given_by_slip_with_what_is_owed_in_the_same_act(counter, dossier):
    done(counter, dossier)
    code = counter.state(dossier).code
    found = counter.areas.dossiers.find_results(code)
    row = found.rows[0]
    assert (found.name, row.ready, row.drawer, found.slip_lost) == ("HOÀNG VĂN SƠN", True, "3", False)
    assert row.to_pay > 0
    answer = counter.areas.dossiers.give(GivingForm((dossier,)))
    assert (counter.state(dossier).stage, counter.state(dossier).to_pay) == (Stage.RETURNED, 0)
    assert answer.sentence.startswith("Đã trả 1 kết quả, đã thu ")
    assert len(answer.jobs) == 1
    again = counter.areas.dossiers.find_results("01-0001")
    assert again.message.startswith("Đã trả lúc ")
    refused("dossier.already_returned", counter.areas.dossiers.give, GivingForm((dossier,)))


@pytest.mark.parametrize("read", [True, False])
def test_that_everything_was_read_to_the_receiver_is_recorded(counter, dossier, read):
    done(counter, dossier)
    counter.areas.dossiers.give(GivingForm((dossier,), read_back=read))
    with counter.store.read() as connection:
        bodies = [read_fact(entry).body for entry in entries_of(connection, dossier)]
    assert [body.read_back for body in bodies if isinstance(body, ResultReturned)] == [read]


def test_two_results_at_once_take_two_receipts_of_the_book(counters):
    counter = counters(1, receipt_book=True)
    both = [take_in(counter, FIVE, pay="return", party=other(place)).dossier for place in (1, 2)]
    for one in both:
        done(counter, one)
    counter.areas.dossiers.give(GivingForm(tuple(both)))
    with counter.store.read() as connection:
        numbers = connection.exec_driver_sql("SELECT number FROM receipts ORDER BY number").scalars().all()
    assert numbers == [1, 2]


def test_a_lost_slip_is_found_by_number_and_marks_itself(counter, dossier):
    done(counter, dossier)
    found = counter.areas.dossiers.find_results("012086006812")
    assert (found.slip_lost, [row.dossier for row in found.rows]) == (True, [dossier])
    assert counter.areas.dossiers.find_results("hoang van son").rows[0].dossier == dossier
    refused("return.none", counter.areas.dossiers.find_results, "012086999999")
    refused("return.nothing", counter.areas.dossiers.give, GivingForm(()))


def test_what_is_not_ready_is_grey_with_its_date_and_cannot_be_given(counter, dossier):
    found = counter.areas.dossiers.find_results(counter.state(dossier).code)
    assert not found.rows[0].ready
    assert found.message.startswith("Hồ sơ này chưa có kết quả. Hẹn ")
    refused("clock.no_result", counter.areas.dossiers.give, GivingForm((dossier,)))
    with counter.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM receipts").scalar() == 0


def test_uncollected_results_stand_first_with_their_waiting(counter, dossier):
    done(counter, dossier)
    do(counter, dossier, "contact", how="call", outcome="no_answer")
    counter.clock.at += 31 * DAY
    counter.sign_in(CLERK)
    row = counter.areas.dossiers.ready()[0]
    assert (row.waited, row.contact) == (31, "Đã báo 1 lần")


def test_a_reprint_has_a_reason_and_its_number(counter, dossier):
    refused("reprint.reason", counter.areas.dossiers.reprint, dossier, "01", " ")
    refused("reprint.none", counter.areas.dossiers.reprint, dossier, "04", "x")
    counter.areas.dossiers.reprint(dossier, "01", "Kẹt giấy")
    assert dict(counter.state(dossier).printed) == {"one_stop_01": 2}


def test_a_correction_keeps_the_first_text_in_history(counter, dossier):
    do(counter, dossier, "correct", name="HOÀNG VĂN ĐÚNG", reason="Gõ nhầm")
    seen = counter.areas.dossiers.look(dossier)
    assert dict(seen.party)["Người nộp"] == "HOÀNG VĂN ĐÚNG"
    assert seen.timeline[-1].title == "Đính chính"


def test_two_counters_that_decide_apart_show_the_loser(counters, tmp_path):
    one = counters(1)
    dossier = take_in(one, FIVE).dossier
    two = make_counter(tmp_path / "two", 2, founder=one)
    try:
        one.sign_in(SIGNER)
        two.sign_in(SIGNER)
        do(one, dossier, "result", **RESULT)
        two.clock.at = one.clock.at + DAY
        do(two, dossier, "result", **{**RESULT, "number": "13/QĐ"})
        give(two, one)
        seen = one.areas.dossiers.look(dossier)
        assert (seen.state, dict(seen.result)["Số"]) == ("two_versions", "12/QĐ")
        assert [row.contested for row in seen.timeline if row.contested] == [
            "Không tính: đã có kết quả khác."
        ]
    finally:
        two.close()


def test_an_unknown_act_and_the_english_page(counter, dossier):
    refused("act.unknown", do, counter, dossier, "fly")
    with speaking("en"):
        seen = counter.areas.dossiers.look(dossier)
    assert seen.portal == "accepted"
    assert {offer.label for offer in seen.acts} >= {"Withdraw", "Tell the requester"}
    assert seen.timeline[0].title == "Handed in"


def test_the_official_code_is_on_the_page_and_finds_it(counter, dossier):
    from counter_app.domain.dossiers.entries import OfficialCodeGiven

    code = "G09.20-20261120-0092637"
    counter.store.append([draft(OfficialCodeGiven(code), dossier)], counter.areas.desk.act())
    assert code in dict(counter.areas.dossiers.look(dossier).codes).values()
    assert counter.areas.dossiers.find_results(code).rows[0].dossier == dossier
    assert replace(GivingForm((dossier,))).dossiers == (dossier,)
