"""Every refusal of the acts, once, with words in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_app.domain.dossiers.acts import desk, ending, handling, intake
from counter_app.domain.dossiers.acts.handling import ResultGiven
from counter_app.domain.dossiers.acts.intake import Held
from counter_app.domain.dossiers.entries import Companion, FeeUsed, LimitUsed, Party
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from tests.unit.domain.dossiers.docket import (
    ALL_HELD,
    CALENDAR,
    CITIZEN_OF_TRAINING,
    NOW,
    RATE,
    SALT,
    UNKNOWN,
    Docket,
    handed_in,
    local,
    number,
    papers,
    refused_by,
    take_online,
)
from tests.unit.domain.dossiers.test_paths import HEAD, RESULT, done
from tests.unit.domain.folding.writing import official

CLERK = official(2, roles.INTAKE)
LATE = local("2026-11-25 09:00")


def accept(**more):
    """F9 on a complete dossier with something changed."""
    return intake.accept(handed_in(**more), number(1), CALENDAR)


def party(**more) -> Party:
    """The practice party with fields replaced."""
    values = {f: getattr(CITIZEN_OF_TRAINING, f) for f in CITIZEN_OF_TRAINING.__struct_fields__}
    return Party(**{**values, **more})


def waiting() -> Docket:
    """Papers are asked at vetting."""
    docket = Docket()
    rows = intake.asked_of(handed_in(held={}).checklist)
    docket.act(desk.ask(docket.state, number(1), rows, "Thiếu", "0213", NOW, CALENDAR))
    return docket


def ask_again(docket: Docket, at: int = NOW):
    """Form 02 at vetting."""
    rows = intake.asked_of(handed_in(held={}).checklist)
    return desk.ask(docket.state, number(2), rows, "Thiếu", "0213", at, CALENDAR)


def brought() -> Docket:
    """Asked and complete again."""
    docket = waiting()
    docket.act(desk.bring(docket.state, papers("brought", "brought"), True, NOW, CALENDAR))
    return docket


def duty() -> Docket:
    """A duty that does not pause is open."""
    docket = Docket()
    docket.act(handling.ask_duty(docket.state, (RATE,)))
    return docket


def returned() -> Docket:
    """The result was given."""
    docket = done()
    docket.act(ending.give(docket.state, ending.Giving(SALT, paid_now=8_000), NOW))
    return docket


def give(docket: Docket, **more):
    """F9 at the return desk."""
    return ending.give(docket.state, ending.Giving(SALT, **{"paid_now": 8_000, **more}), NOW)


def extend(docket: Docket, new: str, at: str = "2026-11-20 09:00", head=HEAD, reason: str = "Chờ"):
    """Form 04."""
    return ending.extend(docket.state, head, number(1), local(new), reason, local(at), CALENDAR)


INTAKE: list[tuple[str, Callable[[], object]]] = [
    ("dossier.incomplete", lambda: accept(held={0: Held("brought")})),
    ("dossier.incomplete", lambda: accept(held={**ALL_HELD, 1: Held("differs")})),
    ("dossier.incomplete", lambda: accept(cases=("by_other",))),
    ("code.wrong", lambda: accept(code="1" * 20)),
    ("party.identity", lambda: accept(party=party(id_number=""))),
    ("identity.length", lambda: accept(party=party(id_number="01219000000"))),
    ("identity.organisation", lambda: accept(party=party(kind="organisation", id_number="12"))),
    ("party.name", lambda: accept(party=party(kind="organisation", name=" ", id_number=""))),
    ("party.name", lambda: accept(party=party(kind="household", name=""))),
    ("name.empty", lambda: accept(party=party(name=""))),
    ("dossier.representative", lambda: accept(party=party(kind="organisation", id_number="0123456789"))),
    ("dossier.channel", lambda: accept(channel="pigeon")),
    ("dossier.helper", lambda: accept(channel="online_helped")),
    ("dossier.witness", lambda: accept(cannot_sign="fingerprint")),
    ("companion.name", lambda: accept(companions=(Companion("witness", "", "cccd", "", 0, ""),))),
    ("companion.name", lambda: accept(companions=(Companion("spouse", "", "cccd", "", 0, ""),))),
    ("companion.language", lambda: accept(companions=(Companion("interpreter", "A", "cccd", "", 0, ""),))),
    ("fee.ground", lambda: accept(fees=(FeeUsed("le_phi", "Lệ phí", 9_000, True),))),
    ("fee.ground", lambda: accept(procedure=UNKNOWN, fees=(FeeUsed("le_phi", "Lệ phí", 0, True),))),
    ("fee.exemption", lambda: accept(fees=(FeeUsed("le_phi", "Lệ phí", 8_000, True, "poor"),))),
    ("limit.ground", lambda: accept(procedure=UNKNOWN, fees=(), limit=LimitUsed(3, "working_day", " "))),
    ("limit.ground", lambda: accept(limit=LimitUsed(9, "working_day", ""))),
    ("dossier.nothing_asked", lambda: intake.ask(handed_in(), number(1), (), "x", "y")),
    ("dossier.reason", lambda: intake.refuse(handed_in(), number(1), "competence", " ")),
]

DESK: list[tuple[str, Callable[[], object]]] = [
    ("dossier.not_now", lambda: take_online(Docket().state)),
    ("dossier.nothing_asked", lambda: desk.ask(Docket().state, number(1), (), "", "", NOW, CALENDAR)),
    ("clock.waiting", lambda: ask_again(waiting())),
    ("clock.second_supplement", lambda: ask_again(brought())),
    ("clock.vetting_over", lambda: ask_again(Docket(), LATE)),
    ("clock.ended", lambda: ask_again(done())),
    ("dossier.not_now", lambda: ask_again(duty())),
    ("dossier.not_now", lambda: desk.bring(Docket().state, (), True, NOW, CALENDAR)),
    ("dossier.form_01", lambda: desk.bring(
        Docket(handed_in(held={}), accepted=False).state, papers("brought"), True, NOW, CALENDAR)),
    ("dossier.not_now", lambda: desk.refuse(Docket().state, number(1), "x", "y", NOW)),
    ("dossier.reason", lambda: desk.refuse(Docket(accepted=False).state, number(1), "x", "", NOW)),
]  # fmt: skip

HANDLING: list[tuple[str, Callable[[], object]]] = [
    ("dossier.not_now", lambda: handling.forward(done().state, to_unit="1", to_name="x")),
    ("clock.waiting", lambda: handling.take(waiting().state, None)),
    ("dossier.to_whom", lambda: handling.forward(Docket().state, to_name="x")),
    ("dossier.opinion", lambda: handling.give_opinion(Docket().state, " ")),
    ("dossier.draft", lambda: handling.prepare(Docket().state, "")),
    ("dossier.not_now", lambda: handling.send_back(Docket().state, "x")),
    ("clock.ended", lambda: handling.record_result(done().state, RESULT)),
    ("clock.waiting", lambda: handling.record_result(waiting().state, RESULT)),
    ("dossier.not_now", lambda: handling.record_result(duty().state, RESULT)),
    ("result.number", lambda: handling.record_result(Docket().state, replace(RESULT, number=""))),
    ("result.date", lambda: handling.record_result(Docket().state, replace(RESULT, date=0))),
    ("result.signer", lambda: handling.record_result(Docket().state, replace(RESULT, signer=" "))),
    ("look_up.outcome", lambda: handling.look_up(Docket().state, 0, "maybe", "")),
    ("look_up.row", lambda: handling.look_up(Docket().state, 9, "differs", "")),
    ("dossier.not_now", lambda: handling.look_up(returned().state, 0, "differs", "")),
    ("duty.nothing", lambda: handling.ask_duty(Docket().state, ())),
    ("dossier.not_now", lambda: handling.meet_duty(Docket().state, "x", NOW, CALENDAR)),
    ("duty.proof", lambda: handling.meet_duty(duty().state, " ", NOW, CALENDAR)),
    ("fee.ground", lambda: handling.set_fees(Docket().state, (RATE,), "")),
    ("dossier.not_now", lambda: handling.set_fees(returned().state, (RATE,), "x")),
]

ENDING: list[tuple[str, Callable[[], object]]] = [
    ("role.not_allowed", lambda: extend(Docket(), "2026-12-03 17:00", head=CLERK)),
    ("role.needs_act", lambda: extend(Docket(), "2026-12-03 17:00", head=official(3, roles.DEPUTY_DIRECTOR))),
    ("clock.ended", lambda: extend(done(), "2026-12-03 17:00")),
    ("clock.extension_paused", lambda: extend(waiting(), "2026-12-03 17:00")),
    ("clock.no_due", lambda: extend(Docket(handed_in(limit=LimitUsed(0, "", ""))), "2026-12-03 17:00")),
    ("clock.extension_late", lambda: extend(Docket(), "2026-12-03 17:00", "2026-11-26 08:00")),
    ("clock.extension_not_later", lambda: extend(Docket(), "2026-11-26 17:00")),
    ("clock.extension_day_off", lambda: extend(Docket(), "2026-11-29 17:00")),
    ("dossier.reason", lambda: extend(Docket(), "2026-12-03 17:00", reason="")),
    ("role.not_allowed", lambda: ending.stop(Docket().state, CLERK, number(1), "x", "", NOW)),
    ("clock.ended", lambda: ending.stop(done().state, HEAD, number(1), "x", "", NOW)),
    ("dossier.not_now", lambda: ending.stop(Docket(accepted=False).state, HEAD, number(1), "x", "", NOW)),
    ("dossier.reason", lambda: ending.stop(Docket().state, HEAD, number(1), "", "", NOW)),
    ("clock.ended", lambda: ending.withdraw(done().state, "", "", NOW)),
    ("clock.no_result", lambda: ending.make_ready(Docket().state, "")),
    ("dossier.already_returned", lambda: ending.make_ready(returned().state, "")),
    ("clock.no_result", lambda: give(Docket())),
    ("dossier.already_returned", lambda: give(returned())),
    ("dossier.unpaid", lambda: give(done(), paid_now=7_999)),
    ("dossier.authorisation", lambda: give(done(), receiver=Companion("r", "A", "cccd", "", 0, ""))),
    ("dossier.tracking", lambda: give(done(), how="post")),
    ("dossier.witness", lambda: give(done(), how_signed="fingerprint")),
    ("clock.no_result", lambda: ending.note_uncollected(Docket().state, "x", NOW)),
    ("dossier.reason", lambda: ending.note_uncollected(done().state, "", NOW)),
    ("dossier.reason", lambda: ending.correct(Docket().state, CITIZEN_OF_TRAINING, (), "", SALT)),
    ("identity.length", lambda: ending.correct(Docket().state, party(id_number="1"), (), "x", SALT)),
]


@pytest.mark.parametrize(("code", "act"), [*INTAKE, *DESK, *HANDLING, *ENDING])
def test_the_act_is_refused(code, act):
    with refused_by(code) as caught:
        act()
    error: DomainError = caught.value
    assert error.words("en").title not in ("", error.title)


def test_originals_due_at_return_are_seen_before_the_result_leaves():
    docket = Docket(handed_in(held={0: Held("brought"), 1: Held("at_return")}))
    docket.act(handling.record_result(docket.state, RESULT))
    with refused_by("dossier.originals"):
        give(docket)
    docket.act(give(docket, originals_shown=True))
    assert docket.state.returned_at


def test_of_an_unreviewed_procedure_the_clerk_answers_for_what_is_missing():
    drafts = accept(procedure=UNKNOWN, fees=(), limit=LimitUsed(0, "", ""), held={})
    assert len(drafts) == 2


def test_a_typed_limit_and_fee_with_their_grounds_are_taken():
    fees = (FeeUsed("le_phi", "Lệ phí", 0, True, ground="Nghị quyết HĐND tỉnh (tập huấn)"),)
    limit = LimitUsed(3, "working_day", "Quyết định công bố (tập huấn)")
    assert accept(procedure=UNKNOWN, fees=fees, limit=limit)


def test_one_word_names_and_household_names_with_figures_are_names():
    assert accept(party=party(name="PÓ"))
    household = party(kind="household", name="Hộ kinh doanh số 1 (tập huấn)", id_number="0123456789")
    assert accept(party=household)


def test_an_unusual_companion_needs_only_a_name():
    child = Companion("child", "LÝ TẬP HUẤN", "", "", 20260101, "con")
    assert Docket(handed_in(companions=(child,))).state.companions == (child,)


def test_a_result_needs_its_kind_of_answer_said():
    with refused_by("result.number"):
        handling.record_result(Docket().state, ResultGiven("x", "", "", 0, ""))
