"""What people come with: papers asked again, an ended procedure, hands that cannot sign, a firm, a year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.state import Stage
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.province.entries import DataPut
from counter_app.services.ports.dossiers import ActForm, Done, DossierView, GivingForm
from counter_app.services.ports.intake import ACCEPT, CompanionForm, PartyForm
from resources import load
from sync.protocol.naming.ids import SELF, EntryId
from tests.support.counter import CLERK, MORNING, REGISTRAR, Counter, make_counter
from tests.unit.services.dossiers.pages import BIRTH, complete, looked_at, page, ticked

UNMARRIED, EXTRACT = "1.004873", "2.000635"
DAY = 86_400_000
LATE_WORDS = ("quá hạn", "trễ", "chậm")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path)
    made.sign_in(CLERK)
    yield made
    made.close()


def does(counter: Counter, login: str, dossier: EntryId, act: str, **values: str) -> Done:
    """Somebody sits down and presses F9 on an act."""
    counter.sign_in(login)
    return counter.areas.dossiers.act(ActForm(dossier, act, values))


def looks(counter: Counter, dossier: EntryId) -> DossierView:
    """The page of a dossier."""
    return counter.areas.dossiers.look(dossier)


def days_pass(counter: Counter, days: int) -> None:
    """The clock stands at the same hour, ``days`` later."""
    counter.clock.at += days * DAY


def words_on(paper: Path) -> str:
    """What a printed paper says, in one line."""
    document = pypdfium2.PdfDocument(str(paper))
    try:
        text = " ".join(part.get_textpage().get_text_bounded() for part in document)
    finally:
        document.close()
    return " ".join(text.split())


def unmarried(counter: Counter, **more: object):  # type: ignore[no-untyped-def]
    """A page for the paper that somebody is not married; its rate is typed with a ground."""
    return looked_at(
        counter,
        ticked(counter, page(UNMARRIED, fee="0", fee_ground="Nghị quyết HĐND tỉnh (tập huấn)", **more)),
    )


# --- asked once more at vetting ---


def test_papers_asked_at_vetting_stop_the_clock_and_start_it_anew(counter: Counter) -> None:
    """Friday, three working days: Thursday 26 (the 24th is a holiday). Asked on Monday, brought on
    9 December: three more from there."""
    dossier = counter.areas.intake.commit(unmarried(counter)).dossier
    assert counter.state(dossier).clock.due.date() == date(2026, 11, 26)
    days_pass(counter, 3)
    does(counter, REGISTRAR, dossier, "take")
    does(counter, REGISTRAR, dossier, "vet", papers="Giấy xác nhận nơi cư trú", reason="Chưa rõ nơi cư trú")
    assert counter.state(dossier).stage is Stage.WAITING_CITIZEN
    days_pass(counter, 16)
    assert vn_date(counter.clock.at) == date(2026, 12, 9)
    assert counter.state(dossier).clock.due is None
    does(counter, CLERK, dossier, "bring", all="1")
    state = counter.state(dossier)
    assert (state.stage in (Stage.ACCEPTED, Stage.PROCESSING), state.clock.due.date()) == (
        True, date(2026, 12, 14),
    )  # fmt: skip


def test_nothing_that_waits_is_ever_called_late_anywhere(counter: Counter) -> None:
    """Half a year at home, on its page, in every list, under the scanner: no word of lateness."""
    dossier = counter.areas.intake.commit(looked_at(counter, page(BIRTH))).dossier
    code = counter.state(dossier).code
    for _ in range(26):
        days_pass(counter, 7)
        counter.sign_in(CLERK)
        view = looks(counter, dossier)
        (row,) = counter.areas.home.home("supplement").rows
        found = counter.areas.dossiers.find_results(code)
        said = " ".join(
            (
                view.due,
                view.due_second,
                *view.why_due,
                row.due,
                row.due_second,
                found.message,
                found.rows[0].words,
            )
        ).casefold()
        assert not [word for word in LATE_WORDS if word in said], said
        assert counter.areas.home.home("overdue").rows == ()
        counter.sign_in(REGISTRAR)
        assert counter.areas.dossiers.queue("late").rows == ()
    assert "Chờ dân bổ sung, 182 ngày" in view.due_second


def test_papers_are_asked_once_at_vetting_and_within_three_days(counter: Counter) -> None:
    dossier = counter.areas.intake.commit(unmarried(counter)).dossier
    days_pass(counter, 7)
    does(counter, REGISTRAR, dossier, "take")
    with pytest.raises(DomainError) as refused:
        does(counter, REGISTRAR, dossier, "vet", papers="Giấy xác nhận nơi cư trú", reason="Chưa rõ")
    assert refused.value.code == "clock.vetting_over"
    assert counter.state(dossier).stage is Stage.PROCESSING


# --- a procedure that ended ---


def ended(counter: Counter, last: date, instead: str) -> None:
    """The province sends the catalogue's row of a procedure with its last day."""
    shipped = json.loads(load.procedures())
    row = next(one for one in shipped["procedures"] if one["code"] == UNMARRIED)
    part = {**shipped, "version": "2026-11b", "procedures": [
        {**row, "valid_to": last.isoformat(), "replaced_by": instead}
    ]}  # fmt: skip
    body = DataPut(
        "procedures", 20261101, json.dumps(part, ensure_ascii=False).encode(), "Quyết định (tập huấn)"
    )
    counter.store.append([draft(body, SELF)], counter.areas.desk.act())


def test_an_ended_procedure_is_not_taken_in_any_more_and_says_what_instead(counter: Counter) -> None:
    """Who was taken in before goes on under what was promised to him."""
    before = counter.areas.intake.commit(unmarried(counter)).dossier
    due = counter.state(before).clock.due
    ended(counter, vn_date(MORNING) - timedelta(days=1), EXTRACT)
    intake = counter.areas.intake
    assert UNMARRIED not in {hit.code for hit in intake.procedures("tthn")}
    form = page(UNMARRIED, party=PartyForm(id_number="012062100074", name="LÒ TẬP HUẤN ẬP", birth="1962"))
    seen = intake.view(form)
    assert not seen.can_commit
    assert any(EXTRACT in f"{one.title} {one.detail}" for one in seen.notices), seen.notices
    with pytest.raises(DomainError):
        intake.commit(replace(form, outcome=ACCEPT))
    does(counter, REGISTRAR, before, "take")
    does(counter, REGISTRAR, before, "opinion", opinion="Đủ điều kiện")
    assert counter.state(before).clock.due == due


def test_on_its_last_day_a_procedure_is_still_taken_in(counter: Counter) -> None:
    ended(counter, vn_date(MORNING), EXTRACT)
    made = counter.areas.intake.commit(unmarried(counter))
    assert made.outcome == ACCEPT
    days_pass(counter, 1)
    counter.sign_in(CLERK)
    assert not counter.areas.intake.view(page(UNMARRIED)).can_commit


# --- who cannot sign, who does not speak the language ---


def test_a_person_who_cannot_sign_has_a_witness_and_an_interpreter(counter: Counter) -> None:
    """Fingerprint; without the witness F9 says so; form 01 names both; at return they stand there again."""
    alone = complete(counter, BIRTH, cannot_sign="fingerprint")
    stops = {one.field for one in counter.areas.intake.view(alone).notices if one.level == "stop"}
    assert stops == {"witness"}
    beside = (
        CompanionForm("witness", "GIÀNG A LỀNH TẬP HUẤN", id_number="012060000111"),
        CompanionForm("interpreter", "SÙNG THỊ MỶ TẬP HUẤN", id_number="012170000222", detail="tiếng Mông"),
    )
    made = counter.areas.intake.commit(complete(counter, BIRTH, cannot_sign="fingerprint", companions=beside))
    said = words_on(counter.papers()[-1])
    assert "GIÀNG A LỀNH TẬP HUẤN" in said
    assert "SÙNG THỊ MỶ TẬP HUẤN" in said
    assert "tiếng Mông" in said
    finish(counter, made.dossier)
    counter.sign_in(CLERK)
    with pytest.raises(DomainError):
        counter.areas.dossiers.give(GivingForm((made.dossier,), how_signed="fingerprint"))
    assert counter.state(made.dossier).stage is Stage.DONE
    counter.areas.dossiers.give(
        GivingForm((made.dossier,), how_signed="fingerprint", witness=beside[0].name, read_back=True)
    )
    assert counter.state(made.dossier).stage is Stage.RETURNED


def finish(counter: Counter, dossier: EntryId) -> None:
    """Taken and decided by the registrar."""
    does(counter, REGISTRAR, dossier, "take")
    does(
        counter, REGISTRAR, dossier, "result", kind="certificate", title="Giấy khai sinh", number="118/2026",
        date="20/11/2026", signer="Giàng A Chiến (tập huấn)", medium="paper",
    )  # fmt: skip


# --- a firm, a year ---


def test_a_firm_comes_through_who_represents_it(counter: Counter) -> None:
    """Its code instead of a card, somebody who stands for it; the slip names the firm."""
    firm = PartyForm(
        "organisation", "enterprise", "0101234567", "HỢP TÁC XÃ CHÈ TẬP HUẤN", address="Bản Nà Khan"
    )
    alone = complete(counter, EXTRACT, party=firm)
    assert {one.field for one in counter.areas.intake.view(alone).notices if one.level == "stop"} == {
        "representative"
    }
    director = CompanionForm("representative", "VÀNG VĂN PÁO TẬP HUẤN", id_number="012075000333")
    made = counter.areas.intake.commit(complete(counter, EXTRACT, party=firm, companions=(director,)))
    state = counter.state(made.dossier)
    assert (state.party.name, state.party.person) == (firm.name, None)
    assert any(firm.name in words_on(paper) for paper in counter.papers())
    (hit,) = [one for one in counter.areas.home.search("che tap huan") if one.group == "dossier"]
    assert hit.subject == made.dossier


def test_a_year_of_birth_is_enough_and_stays_a_year(counter: Counter) -> None:
    """Born 1951, no day known, one single name: nothing is made up, on screen or on paper."""
    old = PartyForm(id_number="012051000444", name="ẢN", birth="1951", address="Bản Thèn Thầu")
    made = counter.areas.intake.commit(complete(counter, BIRTH, party=old))
    state = counter.state(made.dossier)
    assert (state.party.name, state.party.birth) == ("ẢN", 19_510_000)
    said = " ".join(value for _, value in looks(counter, made.dossier).party)
    assert "1951" in said
    assert "01/01/1951" not in said
    paper = words_on(counter.papers()[-1])
    assert "ẢN" in paper
    assert "01/01/1951" not in paper
    (row,) = counter.areas.home.home().rows
    assert (row.name, row.name_second) == ("ẢN", "CCCD …0444")
