"""What the steps about dossiers do alike: choose, tick, save, open by scan, fill in an act."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.domain.dossiers.state import DossierState
from counter_app.practice import people
from counter_app.practice.day.citizens import Citizen
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.paper_eyes import codes_on
from counter_app.practice.day.robot import ALT, CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import FIRST, Stage
from counter_app.services.ports.dossiers import ActField, DossierView
from counter_app.storage.queries import dossiers as queries
from counter_app.ui.screens.intake.entry import LOOKED_UP, state_of
from sync.protocol.naming.ids import EntryId

INTAKE, DOSSIER, PAPER = "intake", "dossier", "paper"
MOST_TABS = 60


def card_and_procedure(seat: Seat, who: Citizen, letters: str, code: str) -> None:
    """F3, the card, a few letters of the procedure, Enter; what was chosen is looked at."""
    if seat.screen() != INTAKE:
        seat.press(Qt.Key.Key_F3)
    seat.scan(who.card)
    choose(seat, letters, code)


def choose(seat: Seat, letters: str, code: str) -> None:
    """Ctrl+2, the letters, Enter."""
    seat.press(Qt.Key.Key_2, CTRL)
    seat.type(letters)
    seat.enter()
    equal(seat.view.model.form.procedure, code, f"thủ tục chọn bằng “{letters}”")


def tick(seat: Seat, *but: int) -> None:
    """Space on every paper that is missing, T where the State's own data come first; not on rows of ``but``.

    Goes down the list as a clerk does: a key a paper.
    """
    seat.press(Qt.Key.Key_3, CTRL)
    table, model = seat.view.papers.table, seat.view.model
    seat.press(Qt.Key.Key_Home)
    place = 0
    while place < seat.view.papers.model.rowCount():
        while table.current_row() < place:
            seat.press(Qt.Key.Key_Down)
        line = seat.view.papers.model.line(place)
        if line.kind == PAPER and line.missing and not line.ticked and line.row not in but:
            seat.press(Qt.Key.Key_T if line.look_up else Qt.Key.Key_Space)
            wanted = LOOKED_UP if line.look_up else "brought"
            equal(state_of(model.form, line.row), wanted, f"giấy tờ “{line.name}”")
        place += 1


def see_everything(seat: Seat) -> None:
    """Alt+Enter for what is amber: the clerk has looked."""
    for _ in range(8):
        if not seat.view.model.notices("look"):
            return
        seat.press(Qt.Key.Key_Return, ALT)


def save(stage: Stage, seat: Seat, name: str, counter: int = FIRST) -> Path:
    """F9: the bar, the store and the paper name the same dossier, kept as ``name``; returns the paper."""
    before = set(stage.papers(counter))
    see_everything(seat)
    seat.commit()
    seat.until(lambda: not seat.view.model.busy, "lưu hồ sơ")
    seat.settle()
    short: str = seat.view.model.last_code
    stops = [notice.title for notice in seat.view.model.notices("stop")]
    check(short and short in seat.bar(), f"thanh báo phải nêu mã hồ sơ, thấy “{seat.bar()}” {stops}")
    printed = sorted(set(stage.papers(counter)) - before)
    codes = {code for paper in printed for code in codes_on(paper) if is_slip(code)}
    equal(len(codes), 1, f"mã vạch của hồ sơ trên {[paper.name for paper in printed]}")
    code = codes.pop()
    dossier = of_code(stage, code, counter)
    stage.dossiers[name] = (dossier, code)
    return printed[0]


def is_slip(text: str) -> bool:
    """Whether a scanned text is the code of a slip of this unit."""
    return classify_scan(text).kind is ScanKind.REQUEST


def of_code(stage: Stage, code: str, counter: int = FIRST) -> EntryId:
    """The dossier with this code in a counter's store."""
    with stage.program(counter).opened.store.read() as connection:
        row = queries.by_code(connection, code)
    check(row is not None, f"không thấy hồ sơ {code} trong kho")
    assert row is not None
    return row.id


def state_of_dossier(stage: Stage, name: str, counter: int = FIRST) -> DossierState:
    """What a counter's journals make of a dossier of the day."""
    program = stage.program(counter)
    with program.opened.store.read() as connection:
        state: DossierState = program.areas.work.state(connection, stage.dossiers[name][0])
    return state


def page_of(stage: Stage, name: str, counter: int = FIRST) -> DossierView:
    """A dossier's page as its port shows it to who sits there."""
    return stage.program(counter).dossiers.look(stage.dossiers[name][0])


def open_page(stage: Stage, seat: Seat, name: str) -> None:
    """F2 and the slip: the dossier's own page comes."""
    dossier, code = stage.dossiers[name]
    seat.press(Qt.Key.Key_F2)
    seat.scan(code)
    equal(seat.screen(), DOSSIER, f"quét phiếu {code} mở trang (thanh báo “{seat.bar()}”)")
    equal(seat.view.model.page.dossier, dossier, "hồ sơ đang mở")


def do(seat: Seat, act: str, *values: str, pin: bool = False) -> str:
    """One act of the page by keys: its letter in the list of acts, each field, F9; returns the bar's words.

    A choice takes the words of one of its lines; "" leaves a field as it stands.
    """
    offers = {offer.code: offer for offer in seat.view.model.page.acts}
    check(act in offers, f"việc {act!r} phải có lúc này, có {sorted(offers)}")
    offer = offers[act]
    check(not offer.why_not, f"việc “{offer.label}”: {offer.why_not}")
    seat.press(Qt.Key.Key_2, CTRL)
    seat.press(Qt.Key.Key_Home)
    for _ in range([one.code for one in seat.view.parts.act_rows.rows()].index(act)):
        seat.press(Qt.Key.Key_Down)
    seat.enter()
    form = seat.view.parts.form
    check(form is not None and form.offer.code == act, f"Enter phải mở “{offer.label}”: “{seat.bar()}”")
    for field, value in zip(offer.fields, values, strict=False):
        _fill(seat, field, value)
    seat.commit()
    if pin:
        check(seat.window.dialog.is_open(), f"phải hỏi PIN, thanh báo “{seat.bar()}”")
        seat.type(people.PIN)
        seat.enter()
    seat.settle()
    left = seat.view.parts.form
    check(left is None, f"“{offer.label}” chưa ghi được: “{seat.bar()}” {_faults(left) if left else ''}")
    return seat.bar()


def _fill(seat: Seat, field: ActField, value: str) -> None:
    """The field that has the focus takes a value; Enter goes on."""
    form = seat.view.parts.form
    if field.kind == "choice" and value:
        words = [said for _, said in field.choices]
        found = [place for place, said in enumerate(words) if value in said]
        check(found, f"“{value}” phải có ở ô {field.label}: {words}")
        picker = form.choices[field.name].picker
        seat.press(Qt.Key.Key_Home)
        for _ in range(found[0]):
            seat.press(Qt.Key.Key_Down)
        equal(picker.currentIndex(), found[0], f"lựa chọn ở ô {field.label}")
    elif field.kind == "tick" and value:
        press_button(seat)
    elif value:
        form.fields[field.name].edit.selectAll()
        seat.type(value)
    seat.enter()


def _faults(form: object) -> list[str]:
    """What the fields of an act's form complain about."""
    inputs = [*form.fields.values(), *form.choices.values()]  # type: ignore[attr-defined]
    return [one.error() for one in inputs if one.error()]


def press_button(seat: Seat) -> None:
    """Space on the button that has the keys."""
    seat.robot.hold(Qt.Key.Key_Space)
    seat.settle()


def tab_to(seat: Seat, target: QWidget, words: str) -> None:
    """Tab until a part of the page has the keys: everything on it can be reached without a mouse."""
    for _ in range(MOST_TABS):
        if QApplication.focusWidget() is target:
            return
        seat.press(Qt.Key.Key_Tab)
    check(False, f"phím Tab không tới được {words}")
