"""Results of dossiers at the return desk, together with the person's copies; by keys, F9 once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.dossiers import ActForm, GivingForm, GivingRow, GivingView
from counter_app.ui import i18n
from counter_app.ui.screens.handover import ENTRY
from counter_app.ui.screens.handover.view_model import HandoverModel, Receiver, ResultLine, uncollected
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.dossiers import FakeDossiers
from tests.support.fakes.handover import CARD, OTHER_CARD, SLIP, FakeHandover
from tests.ui.desk import CLERK, Desk
from tests.ui.hands import Hands
from tests.ui.screen_checks import CTRL, KEY, bar, nameless, press, scan, takes_keys, too_big

Seat = Callable[..., Desk]
TO_RECEIVER = (KEY.Key_3, CTRL)


class Originals(FakeDossiers):
    """Every result asks for its originals."""

    def giving(self, dossier: object) -> GivingRow:
        return replace(super().giving(dossier), originals_due=True)  # type: ignore[arg-type]


class Known(FakeDossiers):
    """The person's whole number is known."""

    def find_results(self, code_or_text: str) -> GivingView:
        if code_or_text == "03390002126111100035":
            return replace(super().find_results("dí"), id_number="dí")
        return super().find_results(code_or_text)


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """A clerk before both ports."""
    desks: list[Desk] = []

    def sit(dossiers: FakeDossiers, copies: FakeHandover | None = None) -> Desk:
        copies = copies or FakeHandover(of_person=())
        copies.dossiers = dossiers
        ports = {"handover": copies, "dossiers": dossiers}
        desks.append(Desk(themed, ENTRY, ports, CLERK, "QUẦY-02"))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def test_a_card_opens_results_and_copies_of_the_person_on_one_page(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), copies := FakeHandover())
    scan(desk, CARD)
    kinds = [isinstance(line, ResultLine) for line in desk.view.model.lines()]
    assert kinds == [False, False, True, True, True, True]
    assert desk.view.commit.words() == "Đã trả 3 kết quả"
    press(desk, KEY.Key_F9)
    (form,) = port.given
    assert (form.dossiers, form.slip_lost) == ((port.day.ready,), True)
    assert len(copies.forms) == 2


def test_what_is_not_ready_is_grey_with_its_date_and_stays(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    scan(desk, CARD)
    assert desk.view.result_rows.cell(1, 2).second == "hẹn 23/11 17:00"
    assert desk.view.result_rows.cell(1, 1).colour == "text2"
    press(desk, KEY.Key_Down, KEY.Key_Space)
    assert "Hồ sơ này chưa có kết quả. Hẹn 23/11." in bar(desk)
    press(desk, KEY.Key_F9)
    assert [form.dossiers for form in port.given] == [(port.day.ready,)]


def test_nothing_ready_at_all_is_said_above_the_list(seat: Seat) -> None:
    class Later(FakeDossiers):
        def find_results(self, code_or_text: str) -> GivingView:
            found = super().find_results(code_or_text)
            return replace(found, rows=tuple(row for row in found.rows if not row.ready))

    desk = seat(port := Later())
    scan(desk, CARD)
    assert "Hồ sơ này chưa có kết quả. Hẹn 23/11." in desk.view.notice.accessibleName()
    press(desk, KEY.Key_F9)
    assert port.given == []


def test_a_dossiers_slip_brings_the_copies_of_the_same_person(seat: Seat) -> None:
    desk = seat(Known(), FakeHandover())
    scan(desk, "03390002126111100035")
    assert len(desk.view.model.found) == 3
    assert desk.view.model.results is not None
    assert not desk.view.model.by_card


def test_a_slip_of_copies_alone_still_works(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), copies := FakeHandover())
    scan(desk, SLIP)
    press(desk, KEY.Key_F9)
    assert (len(copies.forms), port.given) == (1, [])


def test_a_groups_slip_names_the_school_and_how_many(seat: Seat) -> None:
    copies = FakeHandover()
    copies.of_person = tuple(replace(one, group="Trường PTDTBT (tập huấn)") for one in copies.of_person)
    desk = seat(FakeDossiers(), copies)
    scan(desk, CARD)
    assert desk.view._results_title is not None
    assert desk.view._results_title.text() == "Kết quả của Trường PTDTBT (tập huấn)"
    assert desk.view._person.text() == "3 người"


def test_people_of_two_groups_stand_under_the_first_name(seat: Seat) -> None:
    copies = FakeHandover()
    first, *others = copies.of_person
    copies.of_person = (replace(first, group="Trường PTDTBT (tập huấn)"), *others)
    desk = seat(FakeDossiers(), copies)
    scan(desk, CARD)
    assert desk.view._results_title is not None
    assert desk.view._results_title.text() == f"Kết quả của {first.name}"


def test_the_more_telling_refusal_is_shown(seat: Seat) -> None:
    class Given(FakeDossiers):
        def find_results(self, code_or_text: str) -> GivingView:
            raise DomainError("Đã trả lúc 09:12 cho Lý A Vảng.", code="dossier.already_returned")

    desk = seat(Given())
    scan(desk, "98765432109876543210")
    assert "Đã trả lúc 09:12" in desk.view.notice.accessibleName()
    nothing = seat(FakeDossiers())
    scan(nothing, "98765432109876543210")
    assert "Quét thẻ căn cước của người nhận." in nothing.view.notice.accessibleName()


def test_money_of_results_and_copies_is_one_sum(seat: Seat) -> None:
    desk = seat(FakeDossiers(), FakeHandover())
    scan(desk, CARD)
    assert desk.view.model.to_pay() == 8_000 + 6_000
    press(desk, KEY.Key_Space)
    assert desk.view.model.to_pay() == 6_000


def test_money_given_is_told_when_one_receipt_takes_it(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    scan(desk, CARD)
    press(desk, (KEY.Key_4, CTRL))
    desk.robot.type("10")
    assert desk.view.pay._change.text() == "2.000\u00a0đ"
    press(desk, KEY.Key_F9)
    assert port.given[0].given == "10"


def test_another_receiver_needs_name_card_and_authorisation(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    scan(desk, CARD)
    press(desk, TO_RECEIVER, KEY.Key_Right, KEY.Key_F9)
    assert port.given == []
    assert desk.view.receiver.authorisation.error() == "Người khác nhận cần giấy ủy quyền."
    scan(desk, OTHER_CARD)
    desk.view.receiver.authorisation.edit.setFocus()
    desk.robot.type("05/UQ 19/11/2026")
    press(desk, KEY.Key_F9)
    assert port.given[0].receiver == "GIANG A PAO"
    assert port.given[0].authorisation == "05/UQ 19/11/2026"


def test_copies_alone_ask_another_receiver_for_no_authorisation(seat: Seat) -> None:
    desk = seat(FakeDossiers(), copies := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right)
    assert not desk.view.receiver.authorisation.isVisible()
    scan(desk, OTHER_CARD)
    press(desk, KEY.Key_F9)
    assert len(copies.forms) == 1


def test_a_fingerprint_needs_its_witness_whose_card_is_scanned(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    scan(desk, CARD)
    desk.view.receiver.how.choose("fingerprint")
    press(desk, KEY.Key_F9)
    beside = desk.view.receiver.beside
    assert beside.witness.error() == "Chọn điểm chỉ nên cần người làm chứng."
    assert beside.witness.edit.hasFocus()
    scan(desk, OTHER_CARD)
    beside.interpreter.fill("THÀO THỊ MÁY")
    press(desk, KEY.Key_F9)
    assert beside.language.error() == "Nhập tiếng phiên dịch."
    beside.language.fill("Mông")
    beside.read_back.setChecked(True)
    press(desk, KEY.Key_F9)
    (form,) = port.given
    assert (form.how_signed, form.witness, form.witness_id) == ("fingerprint", "GIANG A PAO", "012085004471")
    assert (form.interpreter, form.language, form.read_back) == ("THÀO THỊ MÁY", "Mông", True)
    assert form.receiver == "", "the witness is not the receiver"


def test_by_post_asks_the_parcel_and_no_signature(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    scan(desk, CARD)
    press(desk, TO_RECEIVER, KEY.Key_Right, KEY.Key_Right, KEY.Key_F9)
    assert desk.view.receiver.tracking.error() == "Nhập mã bưu gửi."
    assert not desk.view.receiver.how.isVisible()
    desk.robot.type("EA123456789VN")
    press(desk, KEY.Key_F9)
    assert (port.given[0].how, port.given[0].tracking) == ("post", "EA123456789VN")


def test_originals_due_are_asked_only_where_they_are(seat: Seat) -> None:
    plain = seat(FakeDossiers())
    scan(plain, CARD)
    assert not plain.view.receiver.beside.originals.isVisible()
    desk = seat(port := Originals())
    scan(desk, CARD)
    desk.view.receiver.beside.originals.setChecked(True)
    press(desk, KEY.Key_F9)
    assert port.given[0].originals_shown is True


def test_nothing_of_one_person_stays_for_the_next(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    scan(desk, CARD)
    desk.view.receiver.how.choose("fingerprint")
    desk.view.receiver.beside.witness.fill("GIANG A PAO")
    press(desk, KEY.Key_Escape)
    scan(desk, CARD)
    assert desk.view.receiver.beside.witness.text() == ""
    press(desk, KEY.Key_F9)
    assert port.given == [GivingForm((port.day.ready,), slip_lost=True)]


def test_ink_is_what_the_copies_call_paper(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), copies := FakeHandover())
    scan(desk, CARD)
    press(desk, KEY.Key_F9)
    assert (port.given[0].how_signed, copies.forms[0].how_signed) == ("ink", "paper")


def test_two_presses_of_f9_give_once(themed: QApplication) -> None:
    port, hands = FakeDossiers(), Hands()
    model = HandoverModel(FakeHandover(of_person=(), dossiers=port), hands.background(), port)
    model.find(CARD)
    hands.held = True
    model.hand_over(Receiver(), slip_lost=True)
    model.hand_over(Receiver(), slip_lost=True)
    hands.let_go()
    assert len(port.given) == 1


def test_what_lies_long_stands_first_and_in_its_own_tab(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    rows = desk.view.drawer.rows.rows()
    assert uncollected(rows[0])
    assert desk.view.drawer.rows.cell(0, 3).second_colour == "warn"
    assert "39 ngày" in desk.view.drawer.rows.row_words(0)
    desk.view.waiting.setFocus()
    press(desk, KEY.Key_2)
    assert [row.dossier for row in desk.view.drawer.rows.rows()] == [port.day.uncollected]


def test_b_notes_that_the_owner_was_told(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    desk.view.waiting.setFocus()
    press(desk, KEY.Key_B)
    assert port.forms == []
    press(desk, KEY.Key_3, KEY.Key_F9)
    assert port.forms == [
        ActForm(port.day.uncollected, "contact", {"how": "hamlet", "outcome": "told", "words": ""})
    ]
    assert bar(desk) == "Đã ghi."


def test_copies_have_nobody_to_be_told(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(empty=True), FakeHandover())
    desk.view.waiting.setFocus()
    press(desk, KEY.Key_B)
    assert not desk.window.dialog.is_open()
    assert port.forms == []


def test_a_result_of_the_work_list_opens_by_itself(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    desk.window.open_screen("handover", port.day.ready)
    desk.settle()
    assert [line.dossier for line in desk.view.model.lines()] == [port.day.ready]


@pytest.mark.parametrize("field", ["authorisation", "witness", "tracking"])
def test_a_refusal_stands_at_its_field_or_in_the_bar(seat: Seat, field: str) -> None:
    desk = seat(port := FakeDossiers(refuses=DomainError("Chưa đúng.", field=field)))
    scan(desk, CARD)
    press(desk, KEY.Key_F9)
    assert bar(desk) == "Chưa đúng."
    assert port.given == []


def test_a_burst_into_any_field_gives_nothing(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    scan(desk, CARD)
    desk.view.receiver.how.choose("fingerprint")
    for widget in takes_keys(desk.window):
        widget.setFocus()
        scan(desk, CARD)
    assert port.given == []


@pytest.mark.parametrize("look", [Theme(name) for name in THEMES] + [Theme("light", 1.3)])
def test_the_longest_form_fits_and_everything_has_a_name(
    themed: QApplication, seat: Seat, look: Theme
) -> None:
    themes.apply(themed, look)
    desk = seat(Originals())
    scan(desk, CARD)
    desk.view.receiver.how.choose("fingerprint")
    press(desk, TO_RECEIVER, KEY.Key_Right, KEY.Key_F9)
    assert too_big(desk) == ""
    assert nameless(desk.view) == []
    held = desk.view._people
    assert held.widget().minimumSizeHint().width() <= held.width()


def test_english_is_whole_and_fits(themed: QApplication, seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(FakeDossiers())
    scan(desk, CARD)
    assert desk.view.receiver.beside.read_back.text() == "Read back to the receiver"
    assert too_big(desk) == ""
