"""The intake page on a real store: what it shows, what stops it, what F9 writes and prints."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.dossiers.state import Stage
from counter_app.domain.drafting import draft
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import unit_subject
from counter_app.domain.province.entries import DataPut
from counter_app.services.ports.copies import INFO, LOOK, STOP
from counter_app.services.ports.intake import ASK, REFUSE, CompanionForm, IntakeForm, PaperTick
from counter_app.services.ports.saying import speaking
from counter_app.services.rules import catalogue_with, shipped_catalogue
from counter_app.storage.queries import unit as unit_queries
from resources import load
from sync.protocol.naming.ids import SELF
from tests.support.counter import MORNING, TECHNICIAN
from tests.support.counter import take_in as take_copies
from tests.unit.services.dossiers.pages import (
    BIRTH,
    PARTY,
    complete,
    looked_at,
    other,
    page,
    refused,
    take_in,
    ticked,
)

CARD = "012086006812|123456789|Hoàng Văn Sơn|14031986|Nam|Bản Nà Khan, xã Bình Lư, Lai Châu|01012021"
HOUR = 3_600_000


def pick(*, limit: bool | None = None, fee: bool | None = None, reviewed: bool | None = None) -> str:
    """Some shipped procedure with a known or unknown limit and fee."""
    day = date(2026, 11, 20)
    return next(
        p.code
        for p in shipped_catalogue().procedures
        if (limit is None or p.limit(day).is_known == limit)
        and (fee is None or (p.fee(day).amount is not None and bool(p.fee(day).amount) == fee))
        and (reviewed is None or p.reviewed == reviewed)
        and p.papers
    )


FREE = pick(limit=True, fee=False, reviewed=True)


def notice(seen, code):
    return next((n for n in seen.notices if n.code == code), None)


def entries(counter) -> int:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()


def test_a_few_letters_find_it_and_nothing_found_names_the_nearest(counter):
    intake = counter.areas.intake
    assert intake.procedures("ks")[0].code == BIRTH
    assert intake.procedures("dang ky khai sinh")[0].title.startswith("Đăng ký khai sinh")
    assert intake.procedures("dangkykhaisin") == ()
    assert any(hit.title.startswith("Đăng ký khai sinh") for hit in intake.near("dangkykhaisin"))


def test_the_last_used_stand_first_when_nothing_is_typed(counter):
    assert counter.areas.intake.procedures("") == ()
    take_in(counter)
    assert [hit.code for hit in counter.areas.intake.procedures("")] == [BIRTH]


def test_communes_are_picked_without_diacritics(counter):
    found = counter.areas.intake.places("ta leng")
    assert "Tả Lèng" in found[0].name


def test_what_is_missing_is_said_by_group(counter):
    seen = counter.areas.intake.view(page())
    assert (seen.outcome, seen.can_commit) == (ASK, True)
    assert seen.commit_label == "Lưu, in phiếu bổ sung"
    assert seen.missing_words.startswith("Thiếu: ")
    assert "Giấy chứng sinh" in seen.missing_words
    birth = next(row for row in seen.papers if row.name.startswith("Giấy chứng sinh"))
    assert (birth.kind, birth.missing, birth.applies) == ("one_of", True, True)
    assert [row.applies for row in seen.papers if row.kind == "if"] == [False] * sum(
        row.kind == "if" for row in seen.papers
    )


def test_a_case_that_applies_asks_its_paper(counter):
    key, condition = counter.areas.intake.view(page()).cases[0]
    seen = counter.areas.intake.view(page(cases=(key,)))
    row = next(row for row in seen.papers if row.group == key)
    assert (row.applies, row.missing, row.group_words) == (True, True, condition)


def test_the_date_comes_with_its_reasons(counter):
    seen = counter.areas.intake.view(complete(counter))
    assert seen.due == "17:00 20/11/2026"
    assert any("Giải quyết trong ngày." in step.words for step in seen.due_steps)
    counter.clock.at = MORNING + 9 * HOUR  # 16:30: the next working day
    late = counter.areas.intake.view(complete(counter))
    assert late.due == "17:00 23/11/2026"
    assert any("15:00" in step.words for step in late.due_steps)


def test_an_accepted_dossier_is_one_act_with_person_dossier_and_paper(counter):
    before = entries(counter)
    done = take_in(counter)
    state = counter.state(done.dossier)
    assert (done.outcome, done.short_code, state.stage) == ("accept", "01-0001", Stage.ACCEPTED)
    assert done.sentence == "Đã lưu 01-0001, đã tiếp nhận, đã in giấy hẹn."
    assert state.person is not None
    assert entries(counter) == before + 4  # person, dossier, acceptance; and what was printed
    assert dict(state.printed) == {"one_stop_01": 1}
    assert len(counter.papers()) == 1


def test_a_known_person_is_recorded_once_and_nothing_is_retyped(counter):
    first = take_in(counter)
    found = counter.areas.intake.known("012 086 006 812")
    assert (found.person.name, found.person.address) == ("HOÀNG VĂN SƠN", "Bản Nà Khan")
    second = take_in(counter, FREE)
    assert counter.state(first.dossier).person == counter.state(second.dossier).person
    card = counter.areas.intake.read_card(CARD)
    assert (card.person.name, card.person.from_card) == ("HOÀNG VĂN SƠN", True)


def test_form_02_asks_each_missing_group_with_the_clerks_own_words(counter):
    form = page(asked_words=((3, "Giấy chứng sinh bị rách"),), reason="Thiếu giấy tờ")
    done = counter.areas.intake.commit(form)
    state = counter.state(done.dossier)
    assert (done.outcome, state.stage) == (ASK, Stage.WAITING_CITIZEN)
    assert 3 in state.asked
    assert (state.form("02").book, state.form("02").number) == ("01", 1)
    assert len(counter.papers()) == 1


def test_an_outcome_that_does_not_fit_is_refused_before_anything_is_written(counter):
    before = entries(counter)
    wrong = page(outcome="accept")
    assert notice(counter.areas.intake.view(wrong), "dossier.incomplete").level == STOP
    refused("dossier.incomplete", counter.areas.intake.commit, wrong)
    refused("dossier.reason", counter.areas.intake.commit, page(outcome=REFUSE))
    refused("dossier.nothing_asked", counter.areas.intake.commit, complete(counter, outcome=ASK))
    refused("procedure.none", counter.areas.intake.commit, page(""))
    refused("procedure.unknown", counter.areas.intake.commit, page("9.999999"))
    assert entries(counter) == before


def test_a_refusal_has_its_ground_and_paper(counter):
    code, words = counter.areas.intake.refusal_grounds()[0]
    done = counter.areas.intake.commit(page(outcome=REFUSE, ground=code, reason="Nơi cư trú ở tỉnh khác"))
    state = counter.state(done.dossier)
    assert (state.stage, state.form("03").number, words) == (
        Stage.REFUSED, 1, "Không thuộc thẩm quyền giải quyết",
    )  # fmt: skip


def test_an_unreviewed_row_never_makes_form_02_by_itself(counter):
    code = pick(limit=True, reviewed=False)
    seen = counter.areas.intake.view(page(code))
    if seen.missing_words:
        assert seen.outcome == "accept"
        assert notice(seen, "procedure.unreviewed").level == LOOK
        refused("procedure.unreviewed", counter.areas.intake.commit, page(code))
        assert counter.areas.intake.commit(looked_at(counter, page(code))).outcome == "accept"


def test_a_missing_limit_and_fee_are_said_and_taken_only_with_a_ground(counter):
    code = pick(limit=False)
    form = ticked(counter, page(code))
    seen = counter.areas.intake.view(form)
    assert (seen.due, seen.limit_known) == ("", False)
    assert notice(seen, "limit.unknown").level == LOOK
    typed = replace(form, limit_value="7", limit_unit="working_day")
    assert notice(counter.areas.intake.view(typed), "limit.ground").level == STOP
    with_ground = replace(typed, limit_ground="Quyết định công bố (tập huấn)")
    assert counter.areas.intake.view(with_ground).due.endswith("/12/2026")
    assert notice(counter.areas.intake.view(replace(typed, limit_value="x")), "limit.value").level == STOP


def test_a_typed_fee_of_nothing_needs_its_ground_too(counter):
    code = next(p.code for p in shipped_catalogue().procedures if p.fees[0].amount is None and p.papers)
    form = ticked(counter, page(code))
    assert not counter.areas.intake.view(form).fee_known
    assert notice(counter.areas.intake.view(form), "fee.unknown").level == LOOK
    free = replace(form, fee="0")
    assert notice(counter.areas.intake.view(free), "fee.ground").level == STOP
    good = counter.areas.intake.view(replace(free, fee_ground="Nghị quyết HĐND (tập huấn)"))
    assert (good.fee_known, good.total) == (True, 0)


def test_money_is_taken_in_the_same_act_with_change(counter):
    code = pick(limit=True, fee=True)
    form = complete(counter, code)
    owed = counter.areas.intake.view(form).total
    seen = counter.areas.intake.view(replace(form, given=str(owed + 50_000)))
    assert seen.change == 50_000
    done = counter.areas.intake.commit(replace(form, given=str(owed + 50_000)))
    state = counter.state(done.dossier)
    assert (state.paid, state.to_pay, len(done.jobs)) == (owed, 0, 2)
    short = replace(form, given="1.000", party=other(3))
    assert notice(counter.areas.intake.view(short), "money.short").level == LOOK
    refused("money.short", counter.areas.intake.commit, short)


def test_paid_at_return_takes_nothing_now(counter):
    done = take_in(counter, pick(limit=True, fee=True), pay="return")
    assert (counter.state(done.dossier).paid, len(done.jobs)) == (0, 1)


def test_an_exemption_by_reason_waives_the_charge(counter):
    reasons = dict(counter.areas.intake.exemptions())
    code = pick(limit=True, fee=True)
    done = take_in(counter, code, exemption="poor")
    state = counter.state(done.dossier)
    assert (state.fee, state.fees[0].ground, state.to_pay) == (0, reasons["poor"], 0)
    bad = complete(counter, code, exemption="no-such", party=other(9))
    assert notice(counter.areas.intake.view(bad), "fee.exemption").level == STOP


def test_the_postmark_counts_for_post_and_never_lies_ahead(counter):
    form = complete(counter, FREE, channel="post")
    at = replace(form, arrived="18/11/2026 10:00")
    done = counter.areas.intake.commit(looked_at(counter, ticked(counter, replace(at, seen=()))))
    assert counter.state(done.dossier).received_at == MORNING - 2 * 24 * HOUR + int(2.5 * HOUR)
    ahead = replace(form, arrived="21/11/2026")
    assert notice(counter.areas.intake.view(ahead), "arrived.time").level == STOP


def test_an_open_twin_is_named_and_may_be_passed_over(counter):
    first = take_in(counter, FREE)
    code = counter.state(first.dossier).procedure.code
    form = ticked(counter, page(code))
    seen = counter.areas.intake.view(form)
    assert seen.open_twin == first.dossier
    assert notice(seen, "dossier.twin").title == "Đã có hồ sơ 01-0001 ngày 20/11, mới tiếp nhận."
    refused("dossier.twin", counter.areas.intake.commit, form)
    again = looked_at(counter, form)
    assert notice(counter.areas.intake.view(again), "dossier.twin").level == INFO
    assert counter.areas.intake.commit(again).short_code == "01-0002"


def test_a_routed_dossier_says_where_it_goes(counter):
    form = complete(counter, FREE, competent="03388")
    assert counter.areas.intake.view(form).routed.startswith("Ngoài địa bàn xã: tiếp nhận phi địa giới")
    own = replace(form, competent=counter.work.place.unit)
    assert counter.areas.intake.view(own).routed == ""


def test_an_organisation_has_a_representative_and_no_person_is_recorded(counter):
    party = replace(PARTY, kind="organisation", name="Công ty Tập huấn 1", id_number="0123456789")
    assert notice(counter.areas.intake.view(page(party=party)), "dossier.representative").level == STOP
    beside = (CompanionForm("representative", "Giàng A Tập Huấn"),)
    done = take_in(counter, party=party, companions=beside)
    assert counter.state(done.dossier).person is None


@pytest.mark.parametrize("typed", ["0123456789-001", " 0123456789 001", "0123456789001"])
def test_a_branch_has_one_number_however_it_is_typed(counter, typed):
    party = replace(PARTY, kind="organisation", name="Chi nhánh Tập huấn", id_number=typed)
    beside = (CompanionForm("representative", "Giàng A Tập Huấn"),)
    done = take_in(counter, party=party, companions=beside)
    assert counter.state(done.dossier).party.id_number == "0123456789001"


def test_a_number_of_no_organisation_stops_with_its_length(counter):
    party = replace(PARTY, kind="organisation", name="Chi nhánh Tập huấn", id_number="01234-1")
    said = notice(counter.areas.intake.view(page(party=party)), "identity.organisation")
    assert (said.level, said.field) == (STOP, "id_number")


def test_the_draft_is_kept_by_person_and_gone_with_the_dossier(counter):
    form = page(procedure_text="khai sinh")
    counter.areas.intake.save_draft(form)
    assert counter.areas.intake.draft() == form
    counter.areas.intake.save_draft(IntakeForm())
    assert counter.areas.intake.draft() is None
    counter.areas.intake.save_draft(form)
    counter.areas.intake.discard_draft()
    assert counter.areas.intake.draft() is None
    counter.areas.intake.save_draft(form)
    take_in(counter)
    assert counter.areas.intake.draft() is None


def test_slips_of_copies_and_dossiers_never_share_a_code(counter):
    take_copies(counter)
    assert take_in(counter).short_code == "01-0002"
    take_copies(counter, who=None)
    assert take_in(counter, party=other(5)).short_code == "01-0004"


def test_papers_brought_later_are_taken_in_on_the_same_page(counter):
    asked = counter.areas.intake.commit(page())
    form = counter.areas.intake.open(asked.dossier)
    assert (form.procedure, form.party.name, form.dossier) == (BIRTH, "HOÀNG VĂN SƠN", asked.dossier)
    rows = [row for row in counter.areas.intake.view(form).papers if row.missing]
    part = replace(form, ticks=(*form.ticks, PaperTick(rows[0].row, "brought")))
    partly = counter.areas.intake.commit(part)
    assert counter.state(asked.dossier).stage is (
        Stage.WAITING_CITIZEN if len({r.group for r in rows}) > 1 else Stage.ACCEPTED
    )
    assert partly.dossier == asked.dossier
    if counter.state(asked.dossier).stage is Stage.WAITING_CITIZEN:
        whole = looked_at(counter, ticked(counter, counter.areas.intake.open(asked.dossier)))
        counter.areas.intake.commit(whole)
    state = counter.state(asked.dossier)
    assert (state.stage, state.form("01").number, state.code[-5:-1]) == (Stage.ACCEPTED, 1, "0001")
    refused("dossier.not_on_page", counter.areas.intake.open, asked.dossier)


def test_a_catalogue_of_the_province_stands_before_the_shipped_one(counter):
    shipped = json.loads(load.procedures())
    birth = next(one for one in shipped["procedures"] if one["code"] == BIRTH)
    part = {**shipped, "version": "province-1", "procedures": [{**birth, "name": "Khai sinh của tỉnh"}]}
    content = json.dumps(part).encode()
    drafts = [draft(DataPut("procedures", 20260101, content, "tập huấn"), SELF)]
    counter.store.append(drafts, counter.areas.desk.act())
    assert counter.areas.intake.view(page()).procedure.title == "Khai sinh của tỉnh"
    assert counter.areas.intake.procedures("khai sinh cua tinh")[0].code == BIRTH
    assert counter.areas.intake.view(page(FREE)).procedure is not None
    assert counter.state(take_in(counter).dossier).procedure.version == "province-1"


def of_the_province(counter, since: int, name: str, **more) -> None:
    """A part of the catalogue that the province puts from a day on."""
    shipped = json.loads(load.procedures())
    birth = next(one for one in shipped["procedures"] if one["code"] == BIRTH)
    part = {**shipped, "version": name, "procedures": [{**birth, "name": name, **more}]}
    drafts = [draft(DataPut("procedures", since, json.dumps(part).encode(), "tập huấn"), SELF)]
    counter.store.append(drafts, counter.areas.desk.act())


def test_what_the_province_dates_in_the_future_waits_for_its_day(counter):
    of_the_province(counter, 20261120, "Hôm nay")
    of_the_province(counter, 20261121, "Ngày mai")
    assert counter.areas.intake.view(page()).procedure.title == "Hôm nay"


def test_a_version_dated_in_the_future_does_not_end_todays(counter):
    before = counter.areas.intake.view(page()).procedure.title
    of_the_province(counter, 20261101, "Tháng sau", valid_from="2026-12-01")
    assert counter.areas.intake.view(page()).procedure.title == before
    with counter.store.read() as connection:
        parts = tuple(row.content for row in unit_queries.data_sets(connection, "procedures"))
    both = catalogue_with(parts)
    assert both.require(BIRTH, date(2026, 11, 30)).name != "Tháng sau"
    assert both.require(BIRTH, date(2026, 12, 1)).name == "Tháng sau"


def test_the_page_says_which_set_of_forms_prints(counter):
    home = next(p for p in shipped_catalogue().procedures if p.form_set == "residence")
    assert counter.areas.intake.view(page(home.code)).form_set == "residence"
    assert counter.areas.intake.view(page()).form_set == "one_stop"


def test_a_companions_birth_is_kept_and_a_wrong_one_is_said(counter):
    beside = CompanionForm("representative", "LÝ THỊ TẬP HUẤN", "cccd", "012190004455", "14/03/1990", "Mẹ")
    taken = take_in(counter, companions=(beside,))
    assert [one.birth for one in counter.state(taken.dossier).companions] == [19900314]
    wrong = complete(counter, companions=(replace(beside, birth="31/02/1990"),))
    refused("date.impossible", counter.areas.intake.commit, wrong)


def test_a_remote_commune_takes_its_own_limit_once_the_unit_says_so(counter):
    land = next(p for p in shipped_catalogue().procedures if p.limits[0].remote and p.form_set == "one_stop")
    taken = [take_in(counter, land.code, party=other(1)).dossier]
    subject = unit_subject(counter.areas.work.place.unit)
    counter.store.append([draft(UnitPolicySet("remote_commune", "yes"), subject)], counter.areas.desk.act())
    taken.append(take_in(counter, land.code, party=other(2)).dossier)
    values = [counter.state(one).limit.value for one in taken]
    assert values == [land.limits[0].value, land.limits[0].remote]


def test_who_may_not_take_in_is_told_so(counter):
    form = complete(counter)
    counter.sign_in(TECHNICIAN)
    refused("role.not_allowed", counter.areas.intake.commit, form)


def test_a_dead_printer_leaves_the_dossier_saved_and_the_paper_waiting(counter):
    with counter.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM settings WHERE name LIKE 'printer%'")
    done = take_in(counter)
    assert done.sentence.startswith("Đã lưu 01-0001. ")
    assert counter.areas.papers.waiting()[0].state == "failed"


def test_the_page_speaks_english_behind_the_switch(counter):
    with speaking("en"):
        seen = counter.areas.intake.view(page())
    assert seen.commit_label == "Save, print the request for papers"
    assert seen.missing_words.startswith("Missing: ")


@pytest.mark.parametrize("text", ["", "x" * 500, "🙂", "00/00/0000", "\n"])
def test_whatever_is_typed_is_shown_and_never_raises(counter, text):
    party = replace(PARTY, name=text, id_number=text, birth=text, address=text, unit_text=text)
    form = page(party=party, arrived=text, channel="post", limit_value=text, fee=text, given=text, note=text)
    assert counter.areas.intake.view(form).notices
    assert counter.areas.intake.view(replace(form, procedure=text)).procedure is None
