"""Paths of a dossier worked by hand from ``law.md`` 1.2 and 2.2: what each act leaves behind."""

from __future__ import annotations

import pytest

from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.dossiers.acts import desk, ending, handling, intake
from counter_app.domain.dossiers.acts.handling import ResultGiven
from counter_app.domain.dossiers.acts.intake import Held
from counter_app.domain.dossiers.clock import Phase
from counter_app.domain.dossiers.entries import Companion, FeeUsed
from counter_app.domain.dossiers.portal import DeliveryAxis, FeeAxis, delivery_axis, fee_axis, portal_state
from counter_app.domain.dossiers.state import Stage
from counter_app.domain.drafting import draft
from counter_app.domain.money.entries import FeeLine, ReceiptIssued, ReceiptVoided
from counter_app.domain.organisation import roles
from sync.protocol.naming.ids import SELF, EntryId
from tests.unit.domain.dossiers.docket import (
    ALL_HELD,
    CALENDAR,
    FIVE_DAYS,
    LIMIT,
    MINUTE,
    NOW,
    RATE,
    SALT,
    Docket,
    handed_in,
    local,
    number,
    papers,
    take_online,
)
from tests.unit.domain.folding.writing import official

HEAD = official(1, roles.DIRECTOR)
RESULT = ResultGiven("decision", "Quyết định trợ cấp", "12/QĐ-UBND", 20261120, "Giàng A Chiến (tập huấn)")
POST = EntryId(1, 77)


def test_at_the_counter_form_01_starts_the_clock_and_gives_a_date():
    docket = Docket()
    state = docket.state
    assert (state.stage, portal_state(state), state.channel) == (Stage.ACCEPTED, 2, "counter")
    assert state.clock.due == vn_datetime(FIVE_DAYS)
    assert state.received_at == NOW
    assert (state.form("01").book, state.form("01").number) == ("01", 1)
    assert (fee_axis(state), delivery_axis(state)) == (FeeAxis.OWED, DeliveryAxis.NOT_YET)


def test_by_post_the_postmark_starts_the_clock_not_the_opening_of_the_envelope():
    postmark = local("2026-11-16 10:00")  # Monday: 17, 18, 19, 20, 23
    docket = Docket(handed_in(channel="post", arrived_at=postmark))
    assert docket.state.received_at == postmark
    assert docket.state.clock.due == vn_datetime(local("2026-11-23 17:00"))
    assert docket.state.day == 20261118


def test_online_it_waits_with_a_clock_of_its_own_and_counts_from_acceptance():
    docket = Docket(accepted=False)
    state = docket.state
    assert (state.stage, portal_state(state), state.code) == (Stage.ONLINE, 1, "")
    assert state.clock.phase is Phase.BEFORE
    assert state.accept_by == NOW + 8 * 60 * MINUTE
    later = local("2026-11-19 08:00")  # Thursday: 20, 23, 25, 26, 27
    docket.act(take_online(state, later), later)
    assert docket.state.clock.due == vn_datetime(local("2026-11-27 17:00"))
    assert docket.state.code == provisional_code("03390", 1, 1, vn_date(later), 7).digits
    assert (docket.state.daily, docket.state.day) == (7, 20261119)
    assert docket.state.portal_code == "G09.20-20261118-0000001"


def test_an_online_dossier_gets_its_person_at_acceptance():
    docket = Docket(accepted=False)
    person = EntryId(1 << 8, 40)
    code = desk.CounterCode("0" * 20, 1, person)
    docket.act(desk.accept_online(docket.state, docket.state.papers, number(1), code, NOW, CALENDAR))
    assert docket.state.person == person


def test_helped_online_names_the_helper():
    helper = Companion("helper", "GIÀNG A TẬP HUẤN", "cccd", "012086000002", 0, "")
    docket = Docket(handed_in(channel="online_helped", companions=(helper,)))
    assert docket.state.companions == (helper,)
    assert docket.state.channel == "online_helped"


def test_form_02_at_the_desk_asks_everything_once_and_no_clock_runs():
    given = handed_in(held={0: Held("brought")})
    asked = intake.asked_of(given.checklist)
    docket = Docket(given, accepted=False)
    assert [row.row for row in asked] == [1]  # one line for the group, not one a row
    assert (docket.state.stage, portal_state(docket.state)) == (Stage.WAITING_CITIZEN, 5)
    assert docket.state.clock.due is None
    assert docket.state.clock.supplements == 0
    assert (docket.state.asked, docket.state.asked_reason) == ((1,), "Thiếu giấy tờ")


def test_partly_brought_keeps_waiting_and_strikes_what_came_off_the_list():
    docket = Docket(handed_in(held={}), accepted=False)
    assert docket.state.asked == (0, 1)
    docket.act(desk.bring(docket.state, papers("brought", "missing"), False, NOW, CALENDAR))
    assert docket.state.stage is Stage.WAITING_CITIZEN
    assert docket.state.asked == (1,)


def test_complete_at_the_desk_is_form_01_in_the_same_batch_counted_from_now():
    docket = Docket(handed_in(held={}), accepted=False)
    later = local("2026-11-20 10:00")  # Friday: 23, 25, 26, 27, 30
    docket.act(
        desk.bring(docket.state, papers("brought", "brought"), True, later, CALENDAR, number(2)), later
    )
    assert (docket.state.stage, docket.state.asked) == (Stage.ACCEPTED, ())
    assert docket.state.clock.due == vn_datetime(local("2026-11-30 17:00"))
    assert docket.state.form("01").number == 2


def test_between_the_entries_of_that_batch_it_still_waits_so_no_illegal_step_is_told():
    docket = Docket(handed_in(held={}), accepted=False)
    brought, _ = desk.bring(docket.state, papers("brought", "brought"), True, NOW, CALENDAR, number(2))
    docket.act((brought,))
    assert portal_state(docket.state) == 5


def test_vetting_stops_the_clock_and_restarts_it_from_zero():
    docket = Docket()
    docket.act(handling.take(docket.state, POST))
    asked = intake.asked_of(handed_in(held={}).checklist)
    friday = local("2026-11-20 16:00")
    docket.act(desk.ask(docket.state, number(1), asked, "Tờ khai mờ", "0213", friday, CALENDAR), friday)
    assert (docket.state.clock.phase, docket.state.clock.due) == (Phase.WAITING, None)
    monday = local("2026-12-07 09:00")  # 8, 9, 10, 11, 14 December
    docket.act(desk.bring(docket.state, papers("brought", "brought"), True, monday, CALENDAR), monday)
    assert docket.state.stage is Stage.PROCESSING
    assert docket.state.clock.due == vn_datetime(local("2026-12-14 17:00"))


def test_refused_at_the_desk_ends_it_with_form_03():
    docket = Docket(accepted=False)
    docket.act(desk.refuse(docket.state, number(4), "competence", "Không thuộc thẩm quyền", NOW))
    assert (docket.state.stage, portal_state(docket.state), docket.state.is_open) == (Stage.REFUSED, 3, False)
    assert docket.state.form("03").number == 4
    assert docket.state.ended_words == "Không thuộc thẩm quyền"


def test_refused_in_the_batch_of_intake():
    one = Docket().one
    drafts = intake.refuse(handed_in(held={}, daily=2), number(1), "competence", "Nhầm nơi")
    assert one.state(one.append(drafts)[0]).stage is Stage.REFUSED


def test_from_hand_to_hand_to_a_result_and_home():
    docket = Docket()
    docket.act(handling.forward(docket.state, to_post=POST, to_name="Công chức văn hóa", note=""))
    assert (docket.state.place.post, docket.state.place.taken, portal_state(docket.state)) == (POST, False, 2)
    docket.act(handling.take(docket.state, POST))
    assert (docket.state.stage, docket.state.place.taken) == (Stage.PROCESSING, True)
    docket.act(handling.give_opinion(docket.state, "Đủ điều kiện", "grant"))
    docket.act(handling.prepare(docket.state, "Dự thảo quyết định"))
    assert (docket.state.stage, portal_state(docket.state)) == (Stage.AWAITING_DECISION, 4)
    docket.act(handling.send_back(docket.state, "Sai căn cứ"))
    assert docket.state.stage is Stage.PROCESSING
    docket.act(handling.prepare(docket.state, "Dự thảo 2"))
    docket.act(handling.record_result(docket.state, RESULT))
    assert (docket.state.stage, docket.state.clock.phase) == (Stage.DONE, Phase.ENDED)
    assert docket.state.clock.promised == vn_datetime(FIVE_DAYS)
    docket.act(ending.make_ready(docket.state, "Ngăn 3"))
    assert (docket.state.drawer, delivery_axis(docket.state)) == ("Ngăn 3", DeliveryAxis.READY)
    docket.act(ending.give(docket.state, ending.Giving(SALT, paid_now=8_000), NOW))
    assert (docket.state.stage, portal_state(docket.state)) == (Stage.RETURNED, 10)


def test_a_written_refusal_after_vetting_is_a_result_too():
    docket = Docket()
    refusal = ResultGiven(
        "refusal", "Văn bản từ chối", "13/UBND", 20261120, "Chiến (tập huấn)", granted=False
    )
    docket.act(handling.record_result(docket.state, refusal))
    assert (docket.state.stage, docket.state.result.granted) == (Stage.DONE, False)


@pytest.mark.parametrize(("setting", "phase"), [("fee_pauses", Phase.FEE), ("", Phase.RUNNING)])
def test_a_financial_duty_waits_only_where_the_procedure_says_so(setting, phase):
    limit = type(LIMIT)(5, "working_day", "", setting)
    docket = Docket(handed_in(limit=limit))
    duty = (FeeUsed("tax", "Lệ phí trước bạ", 500_000, True, ground="Thông báo thuế số 1"),)
    docket.act(handling.ask_duty(docket.state, duty, ""))
    assert (docket.state.stage, portal_state(docket.state)) == (Stage.WAITING_FEE, 6)
    assert docket.state.clock.phase is phase
    assert docket.state.to_pay == 508_000
    later = local("2026-11-20 09:00")
    docket.act(handling.meet_duty(docket.state, "Giấy nộp tiền 77", later, CALENDAR), later)
    assert (docket.state.stage, portal_state(docket.state)) == (Stage.PROCESSING, 4)
    # two working days of waiting come on top of the 26th only where it paused
    expected = "2026-11-30 17:00" if setting else "2026-11-26 17:00"
    assert docket.state.clock.due == vn_datetime(local(expected))


def test_form_04_moves_the_date_once_a_day_before_it():
    docket = Docket()
    new = local("2026-12-03 17:00")
    at = local("2026-11-25 16:59")
    docket.act(ending.extend(docket.state, HEAD, number(1), new, "Chờ xác minh", at, CALENDAR), at)
    assert docket.state.clock.due == vn_datetime(new)
    assert docket.state.clock.extended
    assert docket.state.form("04").number == 1


def test_a_due_date_runs_on_while_a_duty_that_does_not_pause_is_open_and_may_be_extended():
    docket = Docket()
    docket.act(handling.ask_duty(docket.state, (RATE,), ""))
    new = local("2026-12-03 17:00")
    docket.act(ending.extend(docket.state, HEAD, number(1), new, "Chờ", docket.one.clock, CALENDAR))
    assert docket.complaints() == []
    assert (docket.state.clock.due, docket.state.stage) == (vn_datetime(new), Stage.WAITING_FEE)


def test_form_05_stops_it_for_good():
    docket = Docket()
    docket.act(ending.stop(docket.state, HEAD, number(1), "Người nộp đề nghị dừng", "Tờ khai", NOW))
    assert (docket.state.stage, portal_state(docket.state), docket.state.clock.due) == (
        Stage.STOPPED, 8, None,
    )  # fmt: skip


@pytest.mark.parametrize("accepted", [True, False])
def test_the_requester_may_take_it_back_before_and_after_acceptance(accepted):
    docket = Docket(accepted=accepted)
    docket.act(ending.withdraw(docket.state, "Đổi ý", "Tất cả giấy tờ", NOW))
    assert (docket.state.stage, portal_state(docket.state)) == (Stage.WITHDRAWN, 7)


def done() -> Docket:
    """A dossier with its result in a drawer."""
    docket = Docket()
    docket.act(handling.record_result(docket.state, RESULT))
    docket.act(ending.make_ready(docket.state, "Ngăn 1"))
    return docket


def test_another_receiver_brings_his_authorisation():
    docket = done()
    receiver = Companion("receiver", "LÝ A TẬP HUẤN", "cccd", "012086000003", 0, "")
    giving = ending.Giving(SALT, receiver=receiver, authorisation="Giấy ủy quyền 1", paid_now=8_000)
    docket.act(ending.give(docket.state, giving, NOW))
    assert docket.state.receiver == "LÝ A TẬP HUẤN"


def test_by_post_the_parcel_has_its_number():
    docket = done()
    docket.act(
        ending.give(docket.state, ending.Giving(SALT, how="post", tracking="EB1", paid_now=8_000), NOW)
    )
    assert docket.state.stage is Stage.RETURNED


def test_a_lost_slip_is_noted_and_stops_nothing():
    docket = done()
    docket.act(ending.give(docket.state, ending.Giving(SALT, slip_lost=True, paid_now=8_000), NOW))
    assert docket.state.slip_lost


def test_uncollected_is_called_and_noted_and_stays_ready():
    docket = done()
    docket.act(ending.contact(docket.state, "call", "no_answer"))
    docket.act(ending.contact(docket.state, "hamlet", "told"))
    docket.act(ending.note_uncollected(docket.state, "Giao trưởng bản", NOW))
    assert (docket.state.contacts, docket.state.last_contact) == (2, "hamlet")
    assert docket.state.stage is Stage.DONE


def test_a_correction_changes_the_particulars_and_keeps_the_rest():
    docket = Docket()
    party = type(docket.state.party)(
        "citizen", "LÝ THỊ ĐÚNG", "cccd", "012190000001", 19900102, "female", "Bản khác", "03390", "", ""
    )
    docket.act(ending.correct(docket.state, party, (), "Gõ nhầm tên", SALT))
    assert docket.state.party.name == "LÝ THỊ ĐÚNG"
    assert docket.state.clock.due == vn_datetime(FIVE_DAYS)


def test_the_official_code_stands_beside_the_counters_own():
    from counter_app.domain.dossiers.entries import OfficialCodeGiven

    docket = Docket()
    own = docket.state.code
    docket.act((draft(OfficialCodeGiven("G09.20-20261120-0092637"), docket.id),))
    assert (docket.state.code, docket.state.official_code) == (own, "G09.20-20261120-0092637")


def test_a_queued_look_up_is_answered_later_and_may_differ():
    docket = Docket(handed_in(held={0: Held("brought"), 1: Held("queued")}))
    docket.act(handling.look_up(docket.state, 1, "differs", "CSDL dân cư", "Khác ngày sinh"))
    assert [p.state for p in docket.state.papers] == ["brought", "differs", "missing"]


def test_a_dossier_without_a_known_limit_has_no_date_and_no_zero():
    unknown = handed_in(limit=type(LIMIT)(0, "", ""))
    assert Docket(unknown).state.clock.due is None


def test_money_of_a_dossier_folds_as_that_of_a_request():
    docket = Docket()
    lines = (FeeLine("le_phi", "Lệ phí", 1, 8_000),)
    body = ReceiptIssued("AA-26P", 1, lines, 8_000, "cash", 8_000, 0, "Tập huấn", 20261118, SALT)
    receipt = docket.act((draft(body, SELF, docket.id, EntryId(1 << 8, 900)),))[0]
    assert (docket.state.paid, docket.state.to_pay, fee_axis(docket.state)) == (8_000, 0, FeeAxis.PAID)
    docket.act((draft(ReceiptVoided("Sai số", HEAD.id, b""), receipt, docket.id),))
    assert (docket.state.paid, docket.state.to_pay) == (0, 8_000)


def test_an_exempt_line_is_owed_by_nobody_and_an_unknown_rate_is_never_nothing():
    exempt = FeeUsed("le_phi", "Lệ phí", 8_000, True, "poor", "Hộ nghèo")
    unknown = FeeUsed("phi", "Phí", 0, False)
    free = Docket(handed_in(fees=(exempt,))).state
    assert (free.fee, fee_axis(free)) == (0, FeeAxis.NONE)
    assert fee_axis(Docket(handed_in(fees=(exempt, unknown))).state) is FeeAxis.UNKNOWN


def test_a_routed_dossier_counts_from_its_forwarding_also_after_a_restart():
    late = local("2026-11-18 16:00")  # after 15:00: forwarded Thursday morning; 20, 23, 25, 26, 27
    docket = Docket(handed_in(competent="03403", received_at=late, held=ALL_HELD))
    assert docket.state.clock.due == vn_datetime(local("2026-11-27 17:00"))
    assert "routed" in docket.state.limit.settings


def test_what_was_paid_on_the_portal_is_not_taken_again_and_is_no_cash_of_this_counter():
    state = Docket(accepted=False).state
    assert (state.paid, state.to_pay, fee_axis(state)) == (0, 0, FeeAxis.PAID)
