"""Two counters out of touch, then one desk: every contradiction on both, decided once, known everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from counter_app.domain.certification.entries import CopiesHandedOver, RequesterCorrected
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.services.contradictions.news import LOOK_MS
from counter_app.services.contradictions.port import ContradictionsArea
from counter_app.services.ports.contradictions import ContradictionView, DecisionForm
from counter_app.services.ports.dossiers import ActForm
from sync.protocol.naming.ids import EntryId
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PIN,
    REGISTRAR,
    Counter,
    give,
    make_counter,
    take_in,
)
from tests.unit.services.dossiers.test_two_counters import (
    filed_online,
    meet,
    open_dossier,
    result_twice,
    returned_twice,
)
from tests.unit.services.registers.test_later_notes import correction
from tests.unit.services.test_handover import signed

SALT = b"salt"


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    one = make_counter(tmp_path)
    two = make_counter(tmp_path, 2, founder=one)
    yield one, two
    one.close()
    two.close()


def desk(counter: Counter) -> ContradictionsArea:
    return counter.areas.contradictions


def waiting(*counters: Counter) -> tuple[ContradictionView, ...]:
    """What all of them show, which must be one and the same."""
    shown = {counter.number: desk(counter).waiting() for counter in counters}
    first = shown[counters[0].number]
    assert all(one == first for one in shown.values())
    return first


def settle(counter: Counter, view: ContradictionView, choice: str, words: str = "Theo thẻ căn cước") -> str:
    counter.sign_in(CHAIRMAN)
    return desk(counter).settle(DecisionForm(view.key, choice, words, PIN))


def corrected(counter: Counter, dossier: EntryId, **values: str) -> None:
    counter.sign_in(CLERK)
    party = counter.state(dossier).party
    held = {"name": party.name, "id_number": party.id_number, "address": party.address, "phone": party.phone}
    counter.areas.dossiers.act(ActForm(dossier, "correct", {**held, **values, "reason": "Nhập sai"}))


def write(counter: Counter, *drafts: object, sealed: bool = False) -> None:
    counter.store.append(drafts, counter.areas.desk.act(sealed=sealed))  # type: ignore[arg-type]


def test_one_field_corrected_at_two_counters_is_shown_side_by_side_and_decided_once(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    dossier = open_dossier(one, two)
    two.clock.at = one.clock.at + 60_000
    corrected(one, dossier, phone="0912000001")
    corrected(two, dossier, phone="0912000002")
    assert waiting(one) == waiting(two) == ()
    meet(one, two)
    (view,) = waiting(one, two)
    assert (view.matter, view.field) == ("party", "Điện thoại")
    assert [(side.counter, side.value) for side in view.sides] == [
        ("QUẦY-01", "0912000001"),
        ("QUẦY-02", "0912000002"),
    ]
    assert [side.note for side in view.sides] == ["", "Đang được tính"]
    assert view.sides[0].who == "Lù Thị Mai (tập huấn)"
    assert view.proposed == "1"
    assert settle(one, view, "0") == "Đã ghi quyết định."
    meet(one, two)
    assert waiting(one, two) == ()
    assert one.state(dossier) == two.state(dossier)
    assert one.state(dossier).party.phone == "0912000001"
    (told,) = desk(two).settled()
    assert (told.who, told.counter, told.chosen) == ("Giàng A Chiến (tập huấn)", "QUẦY-01", "Theo QUẦY-01")
    assert told.words == "Theo thẻ căn cước"
    assert not told.by_proposal
    assert "Điện thoại" in told.about


def test_a_correction_of_another_field_took_the_first_one_back_and_that_is_found(
    counters: tuple[Counter, Counter],
) -> None:
    """The whole party is written at each correction: the later one carried the old phone along."""
    one, two = counters
    dossier = open_dossier(one, two)
    two.clock.at = one.clock.at + 60_000
    corrected(one, dossier, phone="0912000001")
    corrected(two, dossier, address="Bản Tập Huấn 2")
    meet(one, two)
    assert one.state(dossier).party.phone != "0912000001"
    views = {view.field: view for view in waiting(one, two)}
    assert set(views) == {"Điện thoại", "Nơi cư trú"}
    assert views["Điện thoại"].proposed == "0"
    assert views["Nơi cư trú"].proposed == "1"
    for view in views.values():
        settle(two, view, view.proposed)
    meet(one, two)
    party = one.state(dossier).party
    assert (party.phone, party.address) == ("0912000001", "Bản Tập Huấn 2")
    assert waiting(one, two) == ()
    assert all(told.by_proposal for told in desk(one).settled())


@pytest.mark.parametrize("clash", [returned_twice, result_twice])
def test_a_clash_of_a_dossier_stands_on_the_desk_and_its_decision_settles_it(
    counters: tuple[Counter, Counter], clash: Callable[[Counter, Counter], EntryId]
) -> None:
    one, two = counters
    dossier = clash(one, two)
    meet(one, two)
    (view,) = waiting(one, two)
    assert (view.matter, view.subject, view.page) == ("dossier", dossier, "dossier")
    assert len(view.sides) == 2
    assert view.sides[0].note == "Đang được tính"
    assert view.todo
    before = one.state(dossier)
    settle(two, view, "told", "Đã gọi điện")
    meet(one, two)
    assert waiting(one, two) == ()
    assert one.state(dossier) == before
    one.sign_in(CLERK)
    assert one.areas.dossiers.look(dossier).state != "two_versions"


def handed_over(counter: Counter, request: EntryId, receiver: str) -> None:
    write(counter, draft(CopiesHandedOver((0,), receiver, "", "paper", False, SALT), request))


def test_copies_handed_over_by_two_counters_are_settled_with_who_really_has_them(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    request = take_in(one).request
    give(one, two)
    two.clock.at = one.clock.at + 60_000
    handed_over(one, request, "")
    handed_over(two, request, "LÒ VĂN TẬP HUẤN")
    meet(one, two)
    views = waiting(one, two)
    assert {view.matter for view in views} == {"request"}
    view = views[0]
    choice = next(code for code, words in view.choices if "LÒ VĂN TẬP HUẤN" in words)
    settle(one, view, choice)
    meet(one, two)
    assert waiting(one, two) == ()
    assert two.state(request).receiver == "LÒ VĂN TẬP HUẤN"


def test_a_requester_corrected_twice_is_decided_on_the_request(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    request = take_in(one).request
    give(one, two)
    two.clock.at = one.clock.at + 60_000
    held = one.state(request).requester
    for counter, name in ((one, "HOÀNG VĂN SƠN A"), (two, "HOÀNG VĂN SƠN B")):
        body = RequesterCorrected(msgspec.structs.replace(held, name=name), "Nhập sai", SALT)
        write(counter, draft(body, request))
    meet(one, two)
    (view,) = waiting(one, two)
    assert (view.matter, view.field) == ("requester", "Họ và tên")
    settle(two, view, "0")
    meet(one, two)
    assert one.state(request).requester.name == "HOÀNG VĂN SƠN A"
    assert waiting(one, two) == ()


def test_one_person_for_one_procedure_at_two_counters_is_listed_until_somebody_decides(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    first, second = filed_online(one, two), filed_online(one, two)
    one.areas.dossiers.act(ActForm(first, "accept"))
    assert desk(one).waiting() == ()  # of an online one alone nobody took the other in
    two.areas.dossiers.act(ActForm(second, "accept"))
    meet(one, two)
    (view,) = waiting(one, two)
    assert view.matter == "same_case"
    assert {side.counter for side in view.sides} == {"QUẦY-01", "QUẦY-02"}
    assert [code for code, _ in view.choices] == ["0", "1", "both"]
    settle(two, view, "both", "Hai người con khác nhau")
    meet(one, two)
    assert waiting(one, two) == ()
    assert desk(one).settled()[0].chosen == "Cả hai đúng"


def test_who_may_not_decide_is_told_so_and_wrong_forms_write_nothing(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    dossier = open_dossier(one, two)
    corrected(one, dossier, phone="0912000001")
    corrected(two, dossier, phone="0912000002")
    meet(one, two)
    (view,) = waiting(one, two)
    one.sign_in(CLERK)
    with pytest.raises(DomainError) as refused:
        desk(one).settle(DecisionForm(view.key, "0", "x", PIN))
    assert refused.value.code.startswith("role.")
    one.sign_in(CHAIRMAN)
    for form, code in (
        (DecisionForm(view.key, "7", "x", PIN), "contradiction.choice"),
        (DecisionForm(view.key, "0", " ", PIN), "contradiction.words"),
        (DecisionForm("party.phone.1", "0", "x", PIN), "contradiction.gone"),
        (DecisionForm(view.key, "0", "x", "135791"), "pin.wrong"),
    ):
        with pytest.raises(DomainError) as refused:
            desk(one).settle(form)
        assert refused.value.code == code
    assert waiting(one, two) == (view,)
    assert desk(one).settled() == ()


def test_two_reviewers_out_of_touch_who_decide_differently_are_a_contradiction_again(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    dossier = open_dossier(one, two)
    two.clock.at = one.clock.at + 60_000
    corrected(one, dossier, phone="0912000001")
    corrected(two, dossier, phone="0912000002")
    meet(one, two)
    (view,) = waiting(one, two)
    settle(one, view, "0")  # writes a correction: the second one holds
    corrected(two, dossier, phone="0912000003")
    meet(one, two)
    (again,) = waiting(one, two)
    assert {side.value for side in again.sides} == {"0912000001", "0912000003"}


def test_a_column_put_right_twice_ends_as_a_note_that_says_which_holds(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    request = take_in(one).request
    signed(one, request)
    line = one.state(request).originals[0].line
    assert line is not None
    give(one, two)
    two.clock.at = one.clock.at + 60_000
    for counter, now in ((one, "Giấy khai sinh, bản chính"), (two, "Trích lục khai sinh")):
        counter.sign_in(REGISTRAR)
        counter.areas.registers.correct(correction(counter, line, now=now))
    meet(one, two)
    (view,) = waiting(one, two)
    assert (view.matter, view.field, view.page) == ("line", "Cột (4) Tên giấy tờ", "registers")
    settle(one, view, "0", "Theo bản chính")
    meet(one, two)
    assert waiting(one, two) == ()
    notes = [note.words for note in two.state(line).notes]
    assert notes[-1] == "Hai đính chính cột (4): đúng là “Giấy khai sinh, bản chính”. Theo bản chính"


def test_home_tells_who_decides_and_looks_again_after_a_decision_or_ten_minutes(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    dossier = open_dossier(one, two)

    def told(login: str) -> list[str]:
        one.sign_in(login)
        return [words for icon, words in one.areas.home.home().reminders if icon == "git-merge"]

    assert told(CHAIRMAN) == []
    corrected(one, dossier, phone="0912000001")
    corrected(two, dossier, phone="0912000002")
    meet(one, two)
    assert told(CHAIRMAN) == []  # counted a moment ago
    one.clock.at += LOOK_MS
    assert told(CLERK) == []
    assert told(CHAIRMAN) == ["1 việc trùng chờ quyết định (Ctrl+K: việc trùng)"]
    settle(one, desk(one).waiting()[0], "0")
    assert told(CHAIRMAN) == []
