"""The page over a real encrypted store: what F9 wrote, what comes back after the power went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.storage.queries import requests
from counter_app.ui.screens.copies import ENTRY
from tests.support.counter import CLERK, REGISTRAR, Counter, make_counter
from tests.support.fakes.copies import CARD, OTHER_CARD
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, press, scan

RIGHTS = frozenset({"copies", "take_in"})


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Counter 1 with the clerk signed in."""
    made = make_counter(tmp_path)
    made.sign_in(CLERK)
    yield made
    made.close()


def sit_down(app: QApplication, counter: Counter) -> Desk:
    """The page over the counter's own ports."""
    areas = counter.areas
    return Desk(app, ENTRY, {"copies": areas.copies, "papers": areas.papers}, RIGHTS, "QUẦY-01").show()


def test_two_originals_are_stored_printed_and_counted(themed: QApplication, counter: Counter) -> None:
    desk = sit_down(themed, counter)
    scan(desk, CARD)
    for row in ("gks 1x4", "hb 24x2"):
        desk.robot.type(row)
        press(desk, KEY.Key_Return, KEY.Key_Space)
    assert desk.view.money.total.text() == "60.000\u00a0đ"
    press(desk, KEY.Key_F9)
    assert bar(desk) == "Đã lưu 01-0001, đã in phiếu."
    view = counter.areas.home.home()
    assert [(row.name, row.what) for row in view.rows] == [("HOÀNG VĂN SƠN", "Chứng thực bản sao · 6 bản")]
    assert counter.papers()
    assert counter.areas.copies.load_draft() is None
    assert desk.errors == []
    desk.close()


def test_the_draft_is_back_after_the_power_went(themed: QApplication, counter: Counter) -> None:
    desk = sit_down(themed, counter)
    scan(desk, CARD)
    desk.robot.type("gks 1x4")
    press(desk, KEY.Key_Return, KEY.Key_Space)
    desk.robot.type("hb 24")
    desk.settle()
    desk.robot.leave()
    again = counter.reopen()
    again.sign_in(CLERK)
    after = sit_down(themed, again)
    assert after.view.person.name.text() == "HOÀNG VĂN SƠN"
    assert [row.text for row in after.view.model.form.rows] == ["gks 1x4", "hb 24"]
    assert after.view.model.form.rows[0].compared_at > 0
    assert after.view.papers.current_original() == 1
    after.close()
    desk.close()


def test_the_last_keys_before_a_lock_are_kept_for_who_typed_them(
    themed: QApplication, counter: Counter
) -> None:
    desk = sit_down(themed, counter)
    scan(desk, CARD)
    for typed in ("gks", "gks 1", "gks 1x4"):  # faster than the disk: the saves wait for their turn
        desk.view.model.keep_typing(0, typed)
    desk.background.run_change(counter.areas.session.lock, lambda _nothing: None)
    desk.settle()
    assert desk.errors == []
    counter.sign_in(REGISTRAR)
    assert counter.areas.copies.load_draft() is None
    counter.sign_in(CLERK)
    draft = counter.areas.copies.load_draft()
    assert draft is not None
    assert [row.text for row in draft.rows] == ["gks 1x4"]
    desk.close()


def test_a_refusal_leaves_no_request(themed: QApplication, counter: Counter) -> None:
    desk = sit_down(themed, counter)
    scan(desk, CARD)
    desk.robot.type("hb 24x2")
    press(desk, KEY.Key_Return, KEY.Key_R, KEY.Key_1, KEY.Key_F9)
    assert "từ chối" in bar(desk)
    assert counter.areas.home.home().rows == ()
    assert desk.view.model.form.rows == ()
    desk.close()


def test_money_and_f9_agree_with_the_store(themed: QApplication, counter: Counter) -> None:
    desk = sit_down(themed, counter)
    scan(desk, CARD)
    desk.robot.type("gks 1x4")
    press(desk, KEY.Key_Return, KEY.Key_Space, KEY.Key_Return)
    desk.robot.type("5")
    desk.settle()
    press(desk, KEY.Key_F9)
    assert counter.areas.home.home().rows == ()
    assert "còn thiếu 3.000" in desk.view.notice.accessibleName()
    press(desk, (KEY.Key_M, CTRL), KEY.Key_F9)
    assert len(counter.areas.home.home().rows) == 1
    desk.close()


def test_the_parties_of_a_deal_are_stored_as_their_cards_say(themed: QApplication, counter: Counter) -> None:
    desk = sit_down(themed, counter)
    scan(desk, CARD)
    desk.robot.type("gd hdmb 2")
    press(desk, KEY.Key_Return)
    scan(desk, OTHER_CARD)
    press(desk, *[KEY.Key_Return] * 4, KEY.Key_Space)
    press(desk, (KEY.Key_Return, Qt.KeyboardModifier.AltModifier), KEY.Key_F9)  # a card that ran out was seen
    assert "Đã lưu 01-0001" in bar(desk), desk.view.notice.accessibleName()
    with counter.store.read() as connection:
        (request,) = [row.id for row in requests.requests_of_number(connection, "012086006812")]
    (one,) = counter.state(request).originals
    facts = one.taken.circumstances
    assert facts is not None
    assert [signer.name for signer in facts.signers] == ["HOÀNG VĂN SƠN", "LÒ THỊ ẨM"]
    assert one.taken.fee == 50_000
    assert desk.errors == []
    desk.close()


def with_the_drawer(app: QApplication, counter: Counter, row: str) -> Desk:
    """A compared row, and the drawer of a later promise beside it."""
    desk = sit_down(app, counter)
    scan(desk, CARD)
    desk.robot.type(row)
    press(desk, KEY.Key_Return, KEY.Key_Space, (KEY.Key_H, CTRL))
    return desk


def extended(counter: Counter) -> list[tuple[object, ...]]:
    with counter.store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT code, extended FROM requests")]


def test_too_many_copies_for_a_day_are_promised_later_by_keyboard(
    themed: QApplication, counter: Counter
) -> None:
    desk = with_the_drawer(themed, counter, "gks 1x20")
    panel = desk.view.later.panel
    assert panel.promise.text() == "Trả trong ngày, trước 17:00"
    press(desk, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)  # many kinds, many pages, many copies
    assert (panel.ground.currentText(), panel.days.text()) == ("yêu cầu số lượng nhiều bản sao", "2")
    assert panel.promise.text() == desk.view.hint.text() == "Hẹn 17:00 ngày 25/11/2026"
    press(desk, KEY.Key_F9)
    assert bar(desk) == "Đã lưu 01-0001, đã in phiếu."
    assert [row[1] for row in extended(counter)] == [1]
    press(desk, (KEY.Key_H, CTRL))
    assert desk.view.later.panel.ground.currentIndex() == 0, "the next citizen's is his own"
    assert desk.errors == []
    desk.close()


def test_more_days_than_the_law_gives_stand_still_until_the_agreement_is_named(
    themed: QApplication, counter: Counter
) -> None:
    desk = with_the_drawer(themed, counter, "gks 1x4")
    press(desk, KEY.Key_Down)
    panel = desk.view.later.panel
    panel.days.edit.setFocus()
    panel.days.edit.selectAll()
    desk.robot.type("5")
    desk.settle()
    assert panel.days.error() == "Gia hạn 5 ngày cần thỏa thuận bằng văn bản."
    press(desk, KEY.Key_F9)
    assert extended(counter) == []
    panel = desk.view.later.panel
    panel.agreement.edit.setFocus()
    desk.robot.type("7/TT, 20/11/2026")
    press(desk, KEY.Key_F9)
    assert [row[1] for row in extended(counter)] == [1]
    desk.close()
