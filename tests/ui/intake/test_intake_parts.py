"""The form's changes, the lists and the model of the intake page, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import LOOK, STOP, KnownPerson
from counter_app.services.ports.intake import (
    ASK,
    REFUSE,
    CompanionForm,
    IntakeForm,
    IntakeView,
    PaperTick,
    PartyForm,
)
from counter_app.ui.screens.intake import entry
from counter_app.ui.screens.intake.layout import MOST_WORDS, shortened
from counter_app.ui.screens.intake.problems import after, problems, to_show
from counter_app.ui.screens.intake.procedure_card import ProcedureCard
from counter_app.ui.screens.intake.rows import (
    CASE,
    FOLD,
    PAPER,
    HitsModel,
    PapersModel,
    lines_of,
    missing_groups,
)
from counter_app.ui.screens.intake.view_model import IntakeModel
from tests.support.fakes.intake import (
    AT,
    BIRTH,
    BIRTH_AGAIN,
    CARD,
    OTHER_CARD,
    OTHER_PERSON,
    PERSON,
    PORTAL,
    FakeIntake,
    birth_form,
    brought,
    full_form,
    online,
    paid_form,
    sample,
    unknown_form,
    wrong_form,
)
from tests.support.fakes.printing import FakePapers
from tests.ui.hands import Hands, heard

CARD_PERSON = KnownPerson(PERSON, 0, ())


def model_of(port: FakeIntake, hands: Hands | None = None) -> IntakeModel:
    return IntakeModel(port, FakePapers(), (hands or Hands()).background(), lambda: AT)


def view_of(form: IntakeForm) -> IntakeView:
    return FakeIntake().view(form)


# --- the form ---


@pytest.mark.parametrize(
    ("typed", "kind", "stored"),
    [
        ("012 198 004 471", "cccd", "012198004471"),
        ("051999888", "cmnd", "051999888"),
        ("C1234567", "passport", "C1234567"),
    ],
)
def test_a_number_tells_its_kind(typed: str, kind: str, stored: str) -> None:
    party = entry.with_number(PartyForm(), typed)
    assert (party.id_kind, party.id_number) == (kind, stored)


def test_another_number_forgets_the_card() -> None:
    party = entry.party_of(CARD_PERSON, PartyForm())
    assert party.from_card
    assert entry.with_number(party, party.id_number) is party
    changed = entry.with_number(party, "012198004472")
    assert (changed.from_card, changed.sex, changed.name) == (False, "", PERSON.name)


def test_an_organisation_keeps_what_was_typed_and_loses_the_card() -> None:
    party = entry.with_kind(entry.party_of(CARD_PERSON, PartyForm()), "organisation")
    assert (party.kind, party.name, party.from_card) == ("organisation", PERSON.name, False)
    assert entry.with_kind(party, "citizen").id_kind == "cccd"


def test_a_card_of_the_same_number_keeps_phone_and_commune() -> None:
    typed = PartyForm(id_number=PERSON.id_number, phone="0912", unit="03391", unit_text="Xã Tả Lèng")
    assert entry.party_of(CARD_PERSON, typed).phone == "0912"
    assert entry.party_of(CARD_PERSON, typed).unit == "03391"
    other = replace(typed, id_number="012000000000")
    assert (entry.party_of(CARD_PERSON, other).phone, entry.party_of(CARD_PERSON, other).unit) == ("", "")


def test_a_known_person_fills_only_what_is_empty() -> None:
    typed = PartyForm(id_number=PERSON.id_number, name="PHAM", birth="")
    filled = entry.filled_from(typed, CARD_PERSON)
    assert (filled.name, filled.birth) == ("PHAM", PERSON.birth)
    assert entry.filled_from(PartyForm(id_number="1"), CARD_PERSON) == PartyForm(id_number="1")


def test_ticks_turn_and_keep_how_they_were_made() -> None:
    form = IntakeForm(ticks=(PaperTick(3, "missing", "photo", 2, "mờ"),))
    brought_form = entry.turn_tick(form, 3)
    assert brought_form.ticks == (PaperTick(3, "brought", "photo", 2, "mờ"),)
    assert entry.turn_tick(brought_form, 3) == form
    assert entry.turn_tick(entry.turn_tick(IntakeForm(), 5), 5) == IntakeForm()


def test_space_undoes_a_look_up() -> None:
    form = entry.turn_look_up(IntakeForm(), 4)
    assert entry.state_of(form, 4) == "looked_up"
    assert entry.turn_tick(form, 4).ticks == ()


def test_a_case_turns_on_and_off() -> None:
    form = entry.turn_case(entry.turn_case(IntakeForm(), "a"), "b")
    assert form.cases == ("a", "b")
    assert entry.turn_case(form, "a").cases == ("b",)


def test_another_procedure_starts_anew_but_keeps_the_people() -> None:
    form = replace(wrong_form(), ticks=(PaperTick(1, "brought"),), outcome=REFUSE, reason="x", fee="1",
                   limit_unit="month", seen=("a",))  # fmt: skip
    new = entry.with_procedure(form, BIRTH_AGAIN, "Đăng ký lại khai sinh")
    assert (new.ticks, new.outcome, new.reason, new.fee, new.limit_unit, new.seen) == ((), "", "", "", "", ())
    assert (new.party, new.companions) == (form.party, form.companions)
    assert entry.with_procedure(form, BIRTH, "Đăng ký khai sinh").ticks == form.ticks


def test_words_for_form_02_are_kept_by_row() -> None:
    form = entry.with_asked(entry.with_asked(IntakeForm(), 3, " hai   người "), 5, "b")
    assert (entry.asked_words(form, 3), entry.asked_words(form, 4)) == ("hai người", "")
    assert entry.with_asked(form, 3, " ").asked_words == ((5, "b"),)


def test_outcomes_of_the_clerk() -> None:
    asked = entry.turn_ask(entry.refused(IntakeForm(), "forged", " giả "))
    assert (asked.outcome, asked.ground, asked.reason) == (ASK, "", "")
    assert entry.turn_ask(asked).outcome == ""
    refused = entry.refused(IntakeForm(), "forged", " giả ")
    assert (refused.outcome, refused.reason) == (REFUSE, "giả")
    assert entry.not_refused(refused) == IntakeForm()


def test_blank_is_what_nobody_typed() -> None:
    assert entry.is_blank(IntakeForm())
    assert entry.is_blank(IntakeForm("post", deliver="post"))
    assert not entry.is_blank(IntakeForm(procedure_text="k", procedure="1"))
    assert not entry.is_blank(IntakeForm(companions=(CompanionForm("witness"),)))


# --- the lists ---


def test_papers_stand_group_by_group_and_conditions_are_folded() -> None:
    form = birth_form()
    lines = lines_of(form, view_of(form), unfolded=False)
    assert [(line.kind, line.row) for line in lines] == [
        (PAPER, 6), (PAPER, 3), (PAPER, 5), (PAPER, 4), (FOLD, -1)
    ]  # fmt: skip
    assert [line.ticked for line in lines] == [True, False, True, True, None]
    assert lines[3].second == "Chờ mạng để tra cứu, không cần giấy"
    assert "3 trường hợp" in lines[4].name


def test_unfolded_conditions_add_their_papers_when_they_apply() -> None:
    form = birth_form()
    key = view_of(form).cases[1][0]
    held = entry.turn_case(form, key)
    lines = lines_of(held, view_of(held), unfolded=True)
    assert [line.ticked for line in lines if line.kind == CASE] == [False, True, False]
    assert [line.row for line in lines if line.group == "if" and line.kind == PAPER] == [1]
    assert "2 trường hợp" in next(line.name for line in lines if line.kind == FOLD)


def test_rows_of_one_group_stand_together() -> None:
    form = replace(full_form(), ticks=())
    groups = [row.group for row in view_of(form).papers]
    lines = [line for line in lines_of(form, view_of(form), unfolded=False) if line.group == "one_of"]
    order = [groups[line.row] for line in lines]
    assert len(order) > len(set(order)), "this procedure has a group of several rows"
    assert all(order.index(one) + order.count(one) > i for i, one in enumerate(order))


def test_the_badge_counts_groups_not_rows() -> None:
    form = replace(full_form(), ticks=())
    view = view_of(form)
    missing = [row for row in view.papers if row.missing]
    assert missing_groups(view) < len(missing)
    assert missing_groups(view_of(full_form())) == 0
    assert missing_groups(None) == 0


def test_words_of_states() -> None:
    form = entry.with_asked(birth_form(), 3, "của hai người")
    shown = {line.row: line.second for line in lines_of(form, view_of(form), unfolded=False)}
    assert shown[3] == "Ghi vào phiếu: của hai người"
    differs = entry.with_state(form, 4, "differs")
    shown = {line.row: line.second for line in lines_of(differs, view_of(differs), unfolded=False)}
    assert shown[4].startswith("Tra cứu khác")
    untouched = entry.with_state(form, 4, "missing")
    shown = {line.row: line.second for line in lines_of(untouched, view_of(untouched), unfolded=False)}
    assert shown[4].startswith("T: tra cứu trước")


def test_no_procedure_no_lines() -> None:
    assert lines_of(IntakeForm(), None, unfolded=True) == []
    assert lines_of(IntakeForm(), view_of(IntakeForm()), unfolded=True) == []


def test_the_list_speaks(themed: QApplication) -> None:
    form = birth_form()
    model = PapersModel()
    model.show_rows(lines_of(form, view_of(form), unfolded=False))
    assert model.row_words(1).startswith("thiếu chưa chọn, Giấy chứng sinh")
    assert model.row_words(1).endswith("một trong các")
    assert model.row_words(0).startswith("đủ đã chọn")
    assert model.cell(1, 1).second_colour == "bad"
    assert (model.place_of(4), model.place_of(99)) == (3, -1)
    assert model.line(-1) is None


def test_unreviewed_and_unknown_are_amber_words(themed: QApplication) -> None:
    model = HitsModel()
    model.show_rows([view_of(unknown_form()).procedure, view_of(birth_form()).procedure])
    bare = [model.cell(0, column) for column in range(4)]
    assert bare[1].badge == ("chưa rà soát", "warn", "alert-triangle")
    assert [(cell.text, cell.colour) for cell in bare[2:]] == [
        ("chưa có hạn", "warn"), ("chưa có mức", "warn")
    ]  # fmt: skip
    known = [model.cell(1, column) for column in range(4)]
    assert known[1].badge is None
    assert [cell.text for cell in known[2:]] == ["Trong ngày", "Miễn lệ phí"]
    assert known[0].second == "Hộ tịch · 1.001193 · ks"


def test_no_procedure_of_the_catalogue_shows_an_unknown_as_nought(themed: QApplication) -> None:
    model = HitsModel()
    hits = [hit for letter in "aeiou" for hit in FakeIntake().procedures(letter)]
    model.show_rows(hits)
    words = [model.cell(row, column).text for row in range(len(hits)) for column in (2, 3)]
    assert words
    assert not [one for one in words if one in ("", "0", "0 đ", "0\u00a0đ")]


# --- problems ---


def test_problems_stand_in_the_order_of_the_page() -> None:
    model = model_of(FakeIntake(kept=wrong_form()))
    model.open()
    assert [one.field for one in problems(model)] == [
        "id_number", "name", "birth", "unit", "witness", "interpreter"
    ]  # fmt: skip
    assert to_show(model) == []
    model.tried = True
    assert [one.field for one in to_show(model)] == ["witness", "interpreter"]


def test_the_walk_goes_round() -> None:
    model = model_of(FakeIntake(kept=wrong_form()))
    model.open()
    found = problems(model)
    assert after(found, "").field == "id_number"
    assert after(found, "birth").field == "unit"
    assert after(found, "interpreter").field == "id_number"


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert shortened("ngắn") == "ngắn"
    cut = shortened("giấy " * 100)
    assert len(cut) <= MOST_WORDS + 2
    assert cut.endswith("giấy …")


# --- the model ---


def test_opening_brings_the_draft_and_reads_it() -> None:
    model = model_of(sample())
    restored = heard(model.restored)
    model.open()
    assert len(restored) == 1
    assert model.form == birth_form()
    assert model.view is not None
    assert model.view.outcome == ASK
    assert model.exemptions
    assert model.grounds
    assert model.read_at == AT


def test_a_draft_that_cannot_be_read_is_told() -> None:
    class Broken(FakeIntake):
        def draft(self) -> IntakeForm | None:
            raise DomainError("Chưa đọc được nháp.")

    model = model_of(Broken())
    told = heard(model.not_opened)
    model.open()
    assert len(told) == 1


def test_what_was_typed_meanwhile_is_not_overwritten_by_the_draft() -> None:
    hands = Hands(held=True)
    port = sample()
    model = model_of(port, hands)
    model.open()
    model.set_party(PartyForm(id_number="0"))
    hands.let_go()
    assert model.form.party.id_number == "0"


def test_each_change_is_kept_and_a_blank_form_takes_the_draft_away() -> None:
    port = FakeIntake()
    model = model_of(port)
    model.set_party(PartyForm(name="A"))
    assert port.kept is not None
    assert model.saved_at == AT
    model.set_party(PartyForm())
    assert port.kept is None
    assert model.saved_at == 0


def test_one_save_at_a_time_and_the_last_one_wins() -> None:
    hands = Hands(held=True)
    port = FakeIntake()
    model = model_of(port, hands)
    for name in ("A", "AB", "ABC"):
        model.set_party(PartyForm(name=name))
    assert hands.changes == 1
    hands.let_go()
    hands.let_go()
    assert [draft.party.name for draft in port.drafts if draft is not None] == ["A", "ABC"]


def test_a_lock_comes_after_all_that_was_typed_before_it() -> None:
    hands = Hands(held=True)
    port = FakeIntake()
    model = model_of(port, hands)
    for name in ("A", "AB"):
        model.set_party(PartyForm(name=name))
    kept_at_lock: list[IntakeForm | None] = []
    hands.background().run_change(lambda: kept_at_lock.append(port.kept), lambda _nothing: None)
    hands.let_go()
    assert [kept.party.name for kept in kept_at_lock if kept is not None] == ["AB"]


def test_a_save_that_fails_is_told() -> None:
    class Full(FakeIntake):
        def save_draft(self, form: IntakeForm) -> None:
            raise DomainError("Hết chỗ.")

    model = model_of(Full())
    told = heard(model.failed)
    model.set_party(PartyForm(name="A"))
    assert len(told) == 1


def test_a_birth_is_tidied_only_for_the_text_it_was_read_of() -> None:
    model = model_of(FakeIntake())
    model.set_party(PartyForm(birth="020998"))
    model.evaluate()
    assert model.birth_text == "02/09/1998"
    model.set_party(PartyForm(birth="02099"))
    assert model.birth_text == ""


@pytest.mark.parametrize(("typed", "tidy"), [("1951", "1951"), ("31/02/1998", ""), ("", "")])
def test_a_year_alone_is_a_date_and_an_impossible_day_is_not(typed: str, tidy: str) -> None:
    model = model_of(FakeIntake())
    model.set_party(PartyForm(birth=typed))
    model.evaluate()
    assert model.birth_text == tidy


def test_searches_tell_hits_or_the_nearest() -> None:
    model = model_of(FakeIntake())
    found = heard(model.hits_found)
    model.search("ks")
    model.search("khai sihn")
    model.search("")
    (first,), (second,), (third,) = found
    assert (first.near, first.hits[0].code) == (False, BIRTH)
    assert second.near
    assert (third.near, third.hits[0].code) == (False, BIRTH)


def test_the_usual_second_person_of_an_organisation_represents_it() -> None:
    model = model_of(FakeIntake())
    model.set_party(PartyForm("organisation", id_number="6200012345", name="HTX"))
    model.read_card(CARD)
    assert [one.role for one in model.form.companions] == ["representative"]


def test_a_card_fills_an_empty_row_before_it_makes_one() -> None:
    model = model_of(FakeIntake())
    model.read_card(CARD)
    model.add_companion("interpreter")
    model.read_card(OTHER_CARD)
    assert [(one.role, one.name) for one in model.form.companions] == [("interpreter", OTHER_PERSON.name)]


def test_a_fingerprint_adds_one_witness_only() -> None:
    model = model_of(FakeIntake())
    model.set_fingerprint(True)
    model.set_fingerprint(False)
    model.set_fingerprint(True)
    assert [one.role for one in model.form.companions] == ["witness"]


def test_a_known_person_is_looked_up_once() -> None:
    port = FakeIntake(known_people={PERSON.id_number: KnownPerson(PERSON, 1, ())})
    hands = Hands()
    model = model_of(port, hands)
    model.set_party(PartyForm(id_number=PERSON.id_number))
    model.leave_party()
    asked = hands.queries
    model.leave_party()
    assert hands.queries == asked + 1, "only the reading of the form again"
    assert model.form.party.name == PERSON.name


def test_f9_looks_once_more_and_blocks() -> None:
    port = FakeIntake(kept=wrong_form())
    model = model_of(port)
    model.open()
    blocked = heard(model.blocked)
    model.commit()
    assert (len(blocked), port.commits, model.busy, model.tried) == (1, [], False, True)


def test_f9_writes_the_outcome_that_was_shown_and_begins_anew() -> None:
    port = sample()
    model = model_of(port)
    model.open()
    done = heard(model.committed)
    model.commit()
    assert [form.outcome for form in port.commits] == [ASK]
    assert model.form == IntakeForm()
    assert (model.last_code, model.tried, model.saved_at) == ("02-0018", False, 0)
    assert done[0][0].short_code == "02-0018"


def test_what_did_not_print_is_told_with_the_act() -> None:
    class Jammed(FakePapers):
        def waiting(self):  # type: ignore[no-untyped-def]
            from types import SimpleNamespace

            return (SimpleNamespace(job=41), SimpleNamespace(job=7))

    model = IntakeModel(sample(), Jammed(), Hands().background(), lambda: AT)
    model.open()
    done = heard(model.committed)
    model.commit()
    assert [job.job for job in done[0][1]] == [41]


def test_a_refused_commit_lets_the_keys_go_again() -> None:
    port = FakeIntake(kept=full_form(), refuse_commit=DomainError("Không được."))
    model = model_of(port)
    model.open()
    failed = heard(model.failed)
    model.commit()
    assert (len(failed), model.busy) == (1, False)
    model.put(replace(model.form, note="x"))
    assert model.form.note == "x"


def test_nothing_changes_while_f9_runs() -> None:
    hands = Hands()
    port = FakeIntake(kept=full_form())
    model = model_of(port, hands)
    model.open()
    hands.held = True
    model.commit()
    model.put(replace(model.form, note="x"))
    model.read_card(CARD)
    assert model.form == full_form()


def test_amber_is_answered_one_by_one() -> None:
    model = model_of(FakeIntake(kept=unknown_form()))
    model.open()
    assert [one.code for one in model.notices(LOOK)] == ["limit.unknown", "fee.unknown"]
    assert model.see()
    assert [one.code for one in model.notices(LOOK)] == ["fee.unknown"]
    assert model.see()
    assert not model.see()
    assert model.notices(STOP) == ()


def test_short_money_is_not_answered_with_a_key() -> None:
    model = model_of(FakeIntake(kept=paid_form()))
    model.open()
    assert [one.code for one in model.notices(LOOK)][-1] == "money.short"
    while model.see():
        pass
    assert [one.code for one in model.notices(LOOK)] == ["money.short"]


def test_an_opened_dossier_is_no_draft() -> None:
    port = online()
    model = model_of(port)
    model.open_dossier(PORTAL)
    assert entry.is_online(model.form)
    model.put(entry.turn_ask(model.form))
    assert port.drafts == []
    assert model.form.outcome == ASK


def test_a_dossier_that_somebody_else_took_is_said() -> None:
    model = model_of(FakeIntake())
    failed = heard(model.failed)
    model.open_dossier(PORTAL)
    assert "người khác xử lý" in str(failed[0][0])
    assert model.form == IntakeForm()


def test_a_companion_may_become_the_party_and_back() -> None:
    model = model_of(FakeIntake())
    model.read_card(CARD)
    model.read_card(OTHER_CARD)
    before = heard(model.replaced)
    model.make_party(0)
    assert model.form.party.id_number == OTHER_PERSON.id_number
    model.put_back(before[0][0])
    assert model.form.party.id_number == PERSON.id_number


def test_every_state_of_the_fake_is_true() -> None:
    """The pictures' own forms read as they are meant to: by the catalogue and the clock that ship."""
    assert view_of(birth_form()).outcome == ASK
    assert view_of(full_form()).due == "17:00 30/11/2026"
    assert view_of(full_form()).total == 0
    assert view_of(brought(full_form())).can_commit
    assert view_of(paid_form()).change < 0
    assert not view_of(unknown_form()).limit_known


def test_f9_twice_before_the_answer_writes_once() -> None:
    hands = Hands()
    port = FakeIntake(kept=full_form())
    model = model_of(port, hands)
    model.open()
    hands.held = True
    model.commit()
    model.commit()
    for _ in range(4):
        hands.let_go()
    assert len(port.commits) == 1


@pytest.mark.parametrize("typed", ["khai sihn", "khia sinh"])
def test_the_nearest_name_is_the_plain_one(typed: str) -> None:
    assert FakeIntake().near(typed)[0].code == BIRTH


def test_the_chosen_procedure_stands_in_one_line_with_limit_and_rate_in_its_head(
    themed: QApplication,
) -> None:
    port, card = FakeIntake(), ProcedureCard()
    form = birth_form()
    card.fill(form)
    card.show_form(form, port.view(form))
    assert card.hits.isHidden(), "the room goes to the papers"
    assert (card.limit.text(), card.rate.text()) == ("Trong ngày", "Miễn lệ phí")
    assert card.unreviewed.isHidden()
    assert "1.001193" in card.count.text()


def test_an_unreviewed_procedure_says_so_and_shows_no_nought(themed: QApplication) -> None:
    port, card = FakeIntake(), ProcedureCard()
    form = unknown_form()
    card.fill(form)
    card.show_form(form, port.view(form))
    assert not card.unreviewed.isHidden()
    assert (card.limit.text(), card.rate.text()) == ("chưa có hạn", "chưa có mức")
    assert card.rate.property("colour") == "warn"
