"""Data checks reach the page with level and reason, and F9 goes by them: each that can occur at a counter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.copies import INFO, LOOK, STOP
from counter_app.services.ports.intake import REFUSE, CompanionForm, IntakeForm, PaperTick
from counter_app.services.ports.saying import speaking
from counter_app.services.rules import shipped_catalogue
from tests.support.counter import CHAIRMAN, CLERK, UNIT
from tests.unit.services.dossiers.pages import (
    BIRTH,
    PARTY,
    complete,
    looked_at,
    page,
    refused,
    take_in,
    ticked,
)

CARD = "012086006812||HOÀNG VĂN SƠN|14031986|Nam|Bản Nà Khan, xã Bình Lư|01012010"
PROCEDURES = shipped_catalogue().procedures
REMOTE = next(p for p in PROCEDURES if p.limits[0].remote is not None and p.form_set == "one_stop")
COUNTER_ONLY = next(p for p in PROCEDURES if p.channels and "post" not in p.channels and p.papers)
DATA = next(
    p for p in PROCEDURES
    if p.reviewed and any(r.group.kind == "data_instead" and (r.originals or r.copies) for r in p.papers)
)  # fmt: skip


def person(**more) -> IntakeForm:
    """A birth for somebody who differs from the usual one."""
    return page(party=replace(PARTY, **more))


def beside(
    role: str, name: str = "LÝ THỊ TẬP HUẤN", number: str = "", detail: str = ""
) -> tuple[CompanionForm, ...]:
    return (CompanionForm(role, name, id_number=number, detail=detail),)


def found(counter, form: IntakeForm) -> dict[str, str]:
    """Code to level of every notice."""
    return {notice.code: notice.level for notice in counter.areas.intake.view(form).notices}


USUAL = page()
CASES = [
    ("identity.birth_year", LOOK, person(birth="14/03/1987")),
    ("identity.sex", LOOK, person(sex="female")),
    ("identity.passport_foreign", LOOK, person(id_kind="passport", id_number="AB12345")),
    ("party.year_only", INFO, person(birth="1986")),
    ("party.one_word", INFO, person(name="SƠN")),
    ("party.very_old", LOOK, person(birth="14/03/1905")),
    ("party.minor", LOOK, person(id_number="012210006812", birth="14/03/2010")),
    ("party.phone", LOOK, person(phone="12345")),
    ("party.commune", INFO, person(unit="")),
    ("party.post_address", STOP, replace(person(address=""), deliver="post")),
    ("party.old_card", LOOK, person(id_kind="cmnd", id_number="045678912")),
    (
        "representative.oneself",
        STOP,
        replace(USUAL, companions=beside("representative", number=PARTY.id_number)),
    ),
    ("witness.oneself", STOP, replace(USUAL, companions=beside("witness", name=PARTY.name))),
    ("witness.clerk", LOOK, replace(USUAL, companions=beside("witness", name="Lù Thị Mai (tập huấn)"))),
    ("fee.exempt", INFO, replace(USUAL, exemption="poor")),
    ("procedure.channel", LOOK, page(COUNTER_ONLY.code, channel="post")),
    ("post.no_mark", LOOK, replace(USUAL, channel="post")),
    ("post.old", LOOK, replace(USUAL, channel="post", arrived="01/10/2026")),
    ("papers.many", LOOK, replace(USUAL, ticks=(PaperTick(3, "brought", count=21),))),
    ("papers.differs", LOOK, replace(USUAL, ticks=(PaperTick(4, "differs"),))),
    ("papers.queued", INFO, replace(USUAL, ticks=(PaperTick(4, "queued"),))),
    ("papers.look_up_first", INFO, page(DATA.code)),
    ("dossier.routed", INFO, replace(USUAL, competent="03388")),
]


@pytest.mark.parametrize(("code", "level", "form"), CASES, ids=[case[0] for case in CASES])
def test_each_check_stands_on_the_page_with_its_level(counter, code, level, form):
    seen = found(counter, form)
    assert seen.get(code) == level, seen


def test_the_usual_page_raises_none_of_them(counter):
    own = {code for code, _, _ in CASES} - {"papers.look_up_first"}
    assert not own.intersection(found(counter, USUAL))


@pytest.mark.parametrize("code", ["witness.clerk", "party.minor", "papers.differs", "post.no_mark"])
def test_why_it_is_asked_stands_beside_in_both_languages(counter, code):
    form = next(form for one, _, form in CASES if one == code)
    said = []
    for language in ("vi", "en"):
        with speaking(language):
            notices = counter.areas.intake.view(form).notices
            said.append(next((n.title, n.detail) for n in notices if n.code == code))
    assert all(title and detail for title, detail in said)
    assert said[0][0] != said[1][0]
    assert said[0][1] != said[1][1]


def test_amber_keeps_f9_back_until_it_was_seen(counter):
    form = complete(counter, companions=beside("witness", name="Lù Thị Mai (tập huấn)"))
    unseen = replace(form, seen=())
    refused("witness.clerk", counter.areas.intake.commit, unseen)
    assert found(counter, form)["witness.clerk"] == INFO
    assert counter.areas.intake.commit(form).short_code == "01-0001"


def test_red_is_not_answered_by_seeing_it(counter):
    form = complete(counter, companions=beside("witness", name=PARTY.name))
    refused("witness.oneself", counter.areas.intake.commit, replace(form, seen=("witness.oneself",)))
    assert not counter.areas.intake.view(form).can_commit


def test_a_refusal_is_not_kept_up_by_amber(counter):
    ground = counter.areas.intake.refusal_grounds()[0][0]
    form = replace(person(phone="12345"), outcome=REFUSE, ground=ground, reason="Không thuộc thẩm quyền")
    assert "party.phone" not in found(counter, form)
    assert counter.areas.intake.commit(form).outcome == REFUSE


def test_nothing_is_said_twice(counter):
    first = take_in(counter)
    form = ticked(counter, page())
    codes = [notice.code for notice in counter.areas.intake.view(form).notices]
    assert codes.count("dossier.twin") == 1
    assert len(codes) == len(set(codes))
    assert counter.areas.intake.view(form).open_twin == first.dossier


def test_a_field_with_a_fault_is_not_looked_at_again(counter):
    seen = found(counter, replace(USUAL, channel="post", arrived="21/11/2026"))
    assert seen["arrived.time"] == STOP
    assert "post.no_mark" not in seen


def test_a_scanned_card_that_has_run_out_is_amber(counter):
    scanned = counter.areas.intake.read_card(CARD).person
    assert scanned.card_issued == "20100101"
    form = person(card_issued=scanned.card_issued)
    notice = next(n for n in counter.areas.intake.view(form).notices if n.code == "party.card_expired")
    assert (notice.level, notice.title) == (LOOK, "Thẻ căn cước hết hạn ngày 14/03/2026.")
    assert "party.card_expired" not in found(counter, person(card_issued="20250101"))


def test_the_last_day_of_a_card_is_remembered_for_who_types_the_number(counter):
    taken = looked_at(counter, ticked(counter, person(card_issued="20100101", from_card=True)))
    counter.areas.intake.commit(taken)
    typed = page(REMOTE.code)
    assert found(counter, typed)["party.card_expired"] == LOOK


def test_the_longer_limit_of_a_remote_commune_is_told(counter):
    assert "limit.remote" not in found(counter, page(REMOTE.code))
    counter.sign_in(CHAIRMAN)
    setting = draft(UnitPolicySet("remote_commune", "yes"), unit_subject(UNIT))
    counter.store.append([setting], counter.areas.desk.act(sealed=True))
    counter.sign_in(CLERK)
    assert found(counter, page(REMOTE.code))["limit.remote"] == INFO


def test_a_residence_in_another_province_is_asked_about(counter):
    places = counter.areas.intake.places
    own, away = places("Bình Lư")[0], places("Hoàn Kiếm")[0]
    assert own.province != away.province
    counter.work.place = replace(counter.work.place, unit=own.code)
    assert found(counter, person(unit=away.code))["party.other_province"] == LOOK
    assert "party.other_province" not in found(counter, person(unit=own.code))


def test_after_the_cut_off_the_page_says_when_it_goes_on(counter):
    counter.clock.at += 9 * 3_600_000
    counter.sign_in(CLERK)
    codes = found(counter, page(BIRTH))
    assert "time.next_day" in codes or "time.forward_tomorrow" in codes
