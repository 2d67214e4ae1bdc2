"""Pure changes of the form, and the draft keeper that never overtakes itself."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.services.ports.copies import LOOK, Notice, PersonForm, RequestForm, RowForm
from counter_app.ui.background import Background
from counter_app.ui.screens.copies import entry
from counter_app.ui.screens.copies.draft_keeper import DraftKeeper
from tests.support.fakes.copies import PERSON, FakeCopies

NOW = 1_795_145_040_000


def form(*texts: str) -> RequestForm:
    return RequestForm(PERSON, tuple(RowForm(text, "", NOW) for text in texts))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("012086006812", "cccd"), ("012 086", "cccd"), ("", "cccd"), ("051999888", "cmnd"),
        ("B1234567", "passport"), ("số 12/CN", "other"),
    ],
)  # fmt: skip
def test_the_kind_of_paper_follows_what_was_typed(number: str, kind: str) -> None:
    assert entry.id_kind(number) == kind


def test_another_number_is_another_person() -> None:
    card = replace(PERSON, sex="male", old_id_number="051999888", card_issued="20210510")
    assert entry.with_number(card, "012 086 006 812") is card
    other = entry.with_number(card, "012186001234")
    assert (other.from_card, other.sex, other.old_id_number, other.card_issued) == (False, "", "", "")
    assert other.name == card.name


def test_a_known_person_fills_what_is_empty_and_only_his_own_number() -> None:
    typed = PersonForm(PERSON.id_number, "TÊN KHÁC")
    filled = entry.filled_from(typed, PERSON)
    assert (filled.name, filled.address) == ("TÊN KHÁC", PERSON.address)
    stranger = PersonForm("012186001234")
    assert entry.filled_from(stranger, PERSON) is stranger


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("bang 1x3; A 0451278", ("bang 1x3", "A 0451278")), ("  hb   24x2p ", ("hb 24x2p", "")),
        ("gks 1x1;", ("gks 1x1", "")), ("ba\u0306ng 1x1", ("băng 1x1", "")),
    ],
)  # fmt: skip
def test_a_row_and_its_mark(typed: str, read: tuple[str, str]) -> None:
    assert entry.split_row(typed) == read


def test_a_row_can_be_typed_again() -> None:
    for row in (RowForm("bang 1x3", "A 1"), RowForm("hb 2x1")):
        assert entry.split_row(entry.typed_row(row)) == (row.text, row.mark)


def test_another_mark_keeps_the_tick_another_text_does_not() -> None:
    start = form("bang 1x3")
    assert entry.write_row(start, 0, "bang 1x3; A 1").rows[0] == RowForm("bang 1x3", "A 1", NOW)
    assert entry.write_row(start, 0, "bang 1x4").rows[0].compared_at == 0
    assert [row.text for row in entry.write_row(start, 5, "hb 1x1").rows] == ["bang 1x3", "hb 1x1"]


def test_a_tick_gets_its_moment_from_the_worker_and_only_once() -> None:
    ticked = entry.turn_tick(RequestForm(rows=(RowForm("a 1x1"), RowForm("b 1x1", "", 5))), 0)
    assert ticked.rows[0].compared_at == entry.TICKED_NOW
    sent = entry.stamped(ticked, NOW)
    assert [row.compared_at for row in sent.rows] == [NOW, 5]
    assert entry.with_stamps(ticked, sent) == sent
    changed = entry.write_row(ticked, 0, "c 1x1")
    assert entry.with_stamps(changed, sent) == changed
    ticked_anew = entry.turn_tick(changed, 0)
    assert entry.with_stamps(ticked_anew, sent) == ticked_anew
    assert entry.turn_tick(sent, 0).rows[0].compared_at == 0


def test_rows_go_in_and_out_in_order() -> None:
    start = form("a 1x1", "b 1x1", "c 1x1")
    gone = entry.without_row(start, 1)
    assert [row.text for row in gone.rows] == ["a 1x1", "c 1x1"]
    assert entry.insert_row(gone, 1, start.rows[1]) == start
    assert entry.copy_of(RowForm("a 1x1", "số 1", NOW, ("x",))) == RowForm("a 1x1")
    assert list(entry.taken_again(("d 1x1",))) == [RowForm("d 1x1")]


def test_what_was_seen_stands_at_its_row_once() -> None:
    notice = Notice(LOOK, "card.expired", "", "", 1)
    seen = entry.see(entry.see(form("a 1x1", "b 1x1"), notice), notice)
    assert [row.seen for row in seen.rows] == [(), ("card.expired",)]
    person = entry.see(form("a 1x1"), replace(notice, row=-1))
    assert person.rows[0].seen == ("card.expired",)
    assert entry.see(RequestForm(), notice) == RequestForm()


def test_a_blank_form_is_not_a_draft() -> None:
    assert entry.is_blank(RequestForm(pay="return", signatory=None))
    assert not entry.is_blank(RequestForm(given="100"))
    assert not entry.is_blank(form("a 1x1"))


class SlowStore(FakeCopies):
    """A disk that waits until it is told."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.go = threading.Event()
        self.reached = threading.Event()

    def save_draft(self, form: RequestForm | None, cursor: int = 0) -> None:
        self.reached.set()
        assert self.go.wait(10)
        super().save_draft(form, cursor)


def test_saves_run_one_at_a_time_and_the_last_one_wins(qapp: QApplication, qtbot: QtBot) -> None:
    port, errors = SlowStore(), list[BaseException]()
    background = Background(errors.append)
    keeper = DraftKeeper(port, background, lambda: NOW)
    keeper.keep(form("a 1x1"), 0)
    assert port.reached.wait(10)
    for text in ("b 1x1", "c 1x1"):
        keeper.keep(form(text), 0)
    port.go.set()
    qtbot.waitUntil(lambda: not background.busy())
    kept = [saved.rows[0].text for saved in port.drafts if saved is not None]
    assert kept == ["a 1x1", "c 1x1"]
    assert keeper.at == NOW
    assert errors == []


def test_a_lock_comes_after_the_save_that_was_asked_before_it(qapp: QApplication, qtbot: QtBot) -> None:
    port = SlowStore()
    background = Background(lambda _error: None)
    keeper = DraftKeeper(port, background, lambda: NOW)
    kept_at_lock: list[tuple[str, ...]] = []

    def lock() -> None:
        kept = port.draft
        kept_at_lock.append(tuple(row.text for row in kept.rows) if kept is not None else ())

    keeper.keep(form("gks 1x"), 0)
    assert port.reached.wait(10)
    keeper.keep(form("gks 1x4"), 0)
    background.run_change(lock, lambda _nothing: None)
    port.go.set()
    qtbot.waitUntil(lambda: not background.busy())
    assert kept_at_lock == [("gks 1x4",)]


def test_a_draft_that_became_an_act_is_not_saved_again(qapp: QApplication, qtbot: QtBot) -> None:
    port = SlowStore()
    background = Background(lambda _error: None)
    keeper = DraftKeeper(port, background, lambda: NOW)
    keeper.keep(form("a 1x1"), 0)
    assert port.reached.wait(10)
    keeper.keep(form("b 1x1"), 0)
    keeper.forget()
    port.go.set()
    qtbot.waitUntil(lambda: not background.busy())
    assert len(port.drafts) == 1


def test_a_blank_form_takes_the_draft_away(qapp: QApplication, qtbot: QtBot) -> None:
    port = FakeCopies(draft=form("a 1x1"))
    background = Background(lambda _error: None)
    keeper = DraftKeeper(port, background, lambda: NOW)
    keeper.keep(RequestForm(), 0)
    qtbot.waitUntil(lambda: not background.busy())
    assert port.draft is None
    assert keeper.at == 0
