"""A school's list by keys, over a real encrypted store: paste, mend, tick one by one, F9, stop, go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from counter_app.ui.screens.groups import ENTRY
from counter_app.ui.screens.signing.asked import GroupAsked
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.counter import Counter, make_counter
from tests.ui.conftest import StallGuard
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, nameless, press, scan, too_big
from tests.unit.services.groups.school import a_group, as_text, pupil, write_all

RIGHTS = frozenset({"copies", "take_in", "take_money"})
PASTE = (KEY.Key_V, CTRL)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Counter 1 with a book of receipts and the clerk."""
    made = make_counter(tmp_path, receipt_book=True)
    yield made
    made.close()


@pytest.fixture
def sit(themed: QApplication, counter: Counter):
    """Sits down at the page of groups."""
    desks: list[Desk] = []

    def down(height: int = 768) -> Desk:
        areas = counter.areas
        ports = {"groups": areas.groups, "papers": areas.papers, "copies": areas.copies}
        desks.append(Desk(themed, ENTRY, ports, RIGHTS, "QUẦY-01").show(1366, height))
        return desks[-1]

    yield down
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def paste(desk: Desk, people, head: str = "") -> None:
    """The list on the clipboard, then Ctrl+V at the list."""
    QGuiApplication.clipboard().setText(as_text(people, head) if head else as_text(people))
    desk.view.stack.setFocus()
    press(desk, PASTE)


def prepared(desk: Desk, count: int, **change) -> None:
    """Name, papers and ``count`` pupils, none of them ticked."""
    desk.robot.type("Truong PTDTBT Binh Lu")
    press(desk, *(KEY.Key_Return,) * 4)
    desk.robot.type("hb 24x1, ks 1x2")
    press(desk, KEY.Key_Return)
    paste(desk, tuple(replace(pupil(place, ticked=False), **change) for place in range(count)))


def states(desk: Desk) -> list[str]:
    """State of every line."""
    return [desk.view.model.state_of(place) for place in range(len(desk.view.model.form.people))]


def test_a_pasted_list_is_ticked_one_by_one_and_written_by_f9(sit, counter) -> None:
    desk = sit()
    prepared(desk, 3)
    assert states(desk) == ["unticked"] * 3
    assert "Đã đọc 3 người" in bar(desk)
    press(desk, KEY.Key_Space, KEY.Key_Space)
    assert states(desk) == ["ready", "ready", "unticked"]
    press(desk, KEY.Key_F9)
    (group,) = counter.areas.groups.recent()
    assert (group.taken, group.complete) == (2, True)
    assert "2 người" in bar(desk)
    assert sorted(path.name.split("-")[0] for path in counter.papers()) == ["group_list", "receipt", "strip"]
    assert [person.name for person in desk.view.model.form.people] == [pupil(2).name]  # waits for his tick


def test_ctrl_a_ticks_nobody(sit) -> None:
    desk = sit()
    prepared(desk, 3)
    press(desk, (KEY.Key_A, CTRL))
    assert states(desk) == ["unticked"] * 3


def test_f9_writes_nothing_while_a_ticked_line_is_wrong_and_the_cell_is_mended_by_keys(sit, counter) -> None:
    desk = sit()
    prepared(desk, 2, birth="31/02/2012")
    press(desk, KEY.Key_Space, KEY.Key_Space, KEY.Key_F9)
    assert counter.areas.groups.recent() == ()
    assert states(desk) == ["stop", "stop"]
    desk.view.table.setFocus()
    for _ in range(2):
        press(desk, (KEY.Key_Period, CTRL), KEY.Key_Return)
        assert desk.view.person.fields["birth"].edit.hasFocus()
        assert "31/02/2012" in desk.view.person.fields["birth"].error()
        desk.robot.type("15092012")
        press(desk, *(KEY.Key_Return,) * 4)
    assert states(desk) == ["ready", "ready"]
    press(desk, KEY.Key_F9)
    assert counter.areas.groups.recent()[0].complete


def test_unknown_columns_are_named_by_keys(sit) -> None:
    desk = sit()
    prepared(desk, 0)
    paste(desk, (pupil(0), pupil(1)), "A\tB\tC\tD\tE")
    desk.view.columns.pickers["name"].setFocus()
    assert len(desk.view.model.form.people) in (0, 2, 3)
    picker = desk.view.columns.pickers["name"]
    picker.setCurrentIndex(2)
    picker.picked.emit(2)
    desk.settle()
    assert pupil(1).name in [person.name for person in desk.view.model.form.people]


def test_a_paper_one_person_did_not_bring_is_left_out_by_r(sit) -> None:
    desk = sit()
    prepared(desk, 2)
    press(desk, KEY.Key_R, KEY.Key_1, KEY.Key_F9)
    assert desk.view.model.form.people[0].without == (0,)
    assert desk.view.model.line(0).originals == 1
    assert desk.view.model.line(1).originals == 2


def test_a_deleted_line_comes_back(sit) -> None:
    desk = sit()
    prepared(desk, 2)
    press(desk, (KEY.Key_Minus, CTRL))
    assert len(desk.view.model.form.people) == 1
    press(desk, (KEY.Key_Z, CTRL))
    assert [person.name for person in desk.view.model.form.people] == [pupil(0).name, pupil(1).name]


def test_what_was_typed_is_back_after_the_power_went(sit, counter) -> None:
    desk = sit()
    prepared(desk, 3)
    press(desk, KEY.Key_Space)
    counter.reopen()
    counter.sign_in("mai")
    again = sit()
    assert [bool(person.compared_at) for person in again.view.model.form.people] == [True, False, False]
    assert again.view.papers.text() == "hb 24x1, ks 1x2"


def test_a_stop_between_two_pieces_keeps_what_is_written_and_f9_goes_on(sit, counter) -> None:
    desk = sit()
    counter.areas.groups.save_draft(a_group(60))
    desk.view.on_shown(None)
    desk.settle()
    desk.view.on_commit()
    desk.view.model.writing.stop()
    desk.settle()
    assert "Đã dừng: đã ghi 25/60" in bar(desk)
    assert "đã ghi 25/60" in desk.view.notice.accessibleName()
    press(desk, KEY.Key_F9)
    (group,) = counter.areas.groups.recent()
    assert (group.taken, group.complete) == (60, True)


def test_a_group_killed_half_way_stands_on_the_page_at_the_next_start(sit, counter) -> None:
    counter.areas.groups.write_piece(a_group(60))
    counter.reopen()
    counter.sign_in("mai")
    desk = sit()
    assert "đã ghi 25/60" in desk.view.notice.accessibleName()
    assert states(desk).count("taken") == 25
    press(desk, KEY.Key_F9)
    assert counter.areas.groups.recent()[0].complete


def test_a_scan_that_ends_with_enter_writes_nothing(sit, counter) -> None:
    desk = sit()
    prepared(desk, 2)
    press(desk, KEY.Key_Space, KEY.Key_Space)
    for widget in (desk.view.table, desk.view.papers.edit, desk.view.fields["name"].edit):
        widget.setFocus()
        scan(desk, "0123456789012345")
    assert counter.areas.groups.recent() == ()


def test_the_main_thread_is_never_held_while_500_are_read_checked_and_written(sit, counter, themed) -> None:
    desk = sit()
    guard = StallGuard()
    themed.installEventFilter(guard)
    prepared(desk, 0)
    form = a_group(500)
    QGuiApplication.clipboard().setText(as_text(form.people))
    guard.turn()
    guard.watching = True
    desk.view.paste()
    desk.settle()
    assert len(desk.view.model.form.people) == 500
    guard.watching = False  # 500 ticks are a person's, one a key
    people = tuple(replace(person, compared_at=1) for person in desk.view.model.form.people)
    ticked = replace(desk.view.model.form, people=people, name="Truong", papers=form.papers)
    guard.turn()
    guard.watching = True
    desk.view.model.put(ticked)
    desk.settle()
    desk.view.on_commit()
    desk.settle()
    guard.watching = False
    themed.removeEventFilter(guard)
    assert counter.areas.groups.recent()[0].taken == 500
    print(f"longest hold {guard.worst_ms:.0f} ms")
    assert guard.worst_ms < 100


def test_money_at_return_is_taken_from_the_list_of_groups(sit, counter) -> None:
    from tests.unit.services.groups.school import write_all

    done = write_all(counter, a_group(3, pay="return"))
    desk = sit()
    press(desk, (KEY.Key_4, CTRL), KEY.Key_Return, KEY.Key_F9)
    assert counter.state(done.group).to_pay == 0
    assert "78.000" in bar(desk)


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_page_fits_and_everything_has_a_name(sit, themed, scale) -> None:
    themes.apply(themed, Theme("light", scale))
    desk = sit(697)
    prepared(desk, 12)
    assert too_big(desk) == ""
    assert nameless(desk.view) == []


def owing(counter, sit) -> Desk:
    """Three pupils who pay 78,000 at return; the page with the bar on their group."""
    from tests.unit.services.groups.school import write_all

    write_all(counter, a_group(3, pay="return"))
    desk = sit()
    press(desk, (KEY.Key_4, CTRL))
    return desk


def paid(counter) -> list[tuple]:
    """Receipts in the store."""
    with counter.store.read() as connection:
        sql = "SELECT method, amount, given, change FROM receipts"
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_cash_at_return_shows_the_change_before_it_is_taken(sit, counter) -> None:
    desk = owing(counter, sit)
    press(desk, KEY.Key_Return)
    desk.robot.type("50")
    desk.settle()
    press(desk, KEY.Key_F9)
    assert paid(counter) == []
    assert desk.view.owed.given.error()
    press(desk, KEY.Key_Backspace, KEY.Key_Backspace)
    desk.robot.type("100")
    desk.settle()
    assert desk.view.owed.change.text().replace("\u00a0", " ") == "22.000 đ"
    press(desk, KEY.Key_Return)
    assert paid(counter) == []  # F9 alone
    press(desk, KEY.Key_F9)
    assert paid(counter) == [("cash", 78_000, 100_000, 22_000)]


def test_a_transfer_at_return_asks_no_money(sit, counter) -> None:
    desk = owing(counter, sit)
    press(desk, KEY.Key_Return)
    press(desk, (KEY.Key_M, CTRL), KEY.Key_F9)
    assert paid(counter) == [("transfer", 78_000, 78_000, 0)]


def test_esc_goes_back_to_the_list_and_takes_nothing(sit, counter) -> None:
    desk = owing(counter, sit)
    press(desk, KEY.Key_Return, KEY.Key_Escape)
    assert desk.view.side.currentWidget() is desk.view.money
    assert paid(counter) == []


def test_p_prints_slip_and_list_again_with_a_reason(sit, counter) -> None:
    desk = owing(counter, sit)
    before = len(counter.papers())
    press(desk, KEY.Key_P, KEY.Key_1, KEY.Key_F9)
    assert len(counter.papers()) == before + 2
    assert "in lại" in bar(desk)


def test_whom_to_ask_to_sign_is_chosen_on_the_page(sit, counter) -> None:
    desk = sit()
    prepared(desk, 2)
    (signer,) = desk.view.model.signers
    assert desk.view.model.form.signatory == signer.official
    press(desk, KEY.Key_Space, KEY.Key_Space, KEY.Key_F9)
    (group,) = counter.areas.groups.recent()
    asked = {counter.state(one.request).signatory for one in counter.areas.groups.members(group.group)}
    assert asked == {signer.official}


def test_a_transfer_now_needs_no_money_given(sit, counter) -> None:
    desk = sit()
    prepared(desk, 2)
    press(desk, KEY.Key_Space, KEY.Key_Space)
    desk.view.money.given.edit.setFocus()
    press(desk, KEY.Key_Backtab, KEY.Key_Right)
    assert desk.view.money.given.edit.isReadOnly()
    press(desk, KEY.Key_F9)
    assert paid(counter) == [("transfer", 60_000, 60_000, 0)]


def test_esc_closes_the_line_and_keeps_what_was_typed(sit) -> None:
    desk = sit()
    prepared(desk, 2, birth="31/02/2012")
    press(desk, (KEY.Key_Period, CTRL), KEY.Key_Return)
    desk.robot.type("15092012")
    press(desk, KEY.Key_Escape)
    assert desk.view.side.currentWidget() is desk.view.money
    assert desk.view.table.hasFocus()
    assert states(desk) == ["stop", "unticked"] or states(desk) == ["unticked", "stop"]


def test_a_group_opened_from_home_shows_everybody_and_leads_to_the_desk(sit, counter) -> None:
    done = write_all(counter, a_group(3))
    desk = sit()
    desk.view.on_shown(done.group)
    desk.settle()
    panel = desk.view.taken_in.panel()
    assert panel is not None
    assert panel.facts.text() == "Trường PTDTBT Bình Lư (tập huấn)\n01-0001 · 3 người · 3 bản sao"
    assert panel.counts.text() == "Chờ ký: 3"
    assert [line.split(" · ")[0] for line in panel.people.text().split("\n")] == [
        f"{place}. {person.name.upper()}" for place, person in enumerate(a_group(3).people, 1)
    ]
    asked: list[tuple[str, object]] = []
    desk.window.open_screen = lambda name, argument=None: asked.append((name, argument))
    panel.desk.click()
    desk.settle()
    assert asked == [("signing", GroupAsked(done.group))]
    assert desk.view.taken_in.panel() is None


def test_enter_on_a_group_that_owes_nothing_opens_it(sit, counter) -> None:
    write_all(counter, a_group(2))
    desk = sit()
    desk.view.recent.setFocus()
    desk.view.recent.go_to(0)
    press(desk, KEY.Key_Return)
    assert desk.view.taken_in.panel() is not None
    press(desk, KEY.Key_Escape)
    assert desk.view.taken_in.panel() is None
