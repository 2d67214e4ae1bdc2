"""One doorway for work: changes in order on one thread, answers on the main thread, errors in one funnel."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from counter_app.ui.background import Background
from counter_app.ui.notifications import Notifications

MAIN = threading.main_thread()


@pytest.fixture
def funnel() -> list[BaseException]:
    return []


@pytest.fixture
def background(qapp: QApplication, funnel: list[BaseException]) -> Iterator[Background]:
    made = Background(funnel.append)
    yield made
    assert made.finish()


def test_work_runs_elsewhere_and_the_answer_comes_here(background: Background, qtbot: QtBot) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    background.run_query(
        threading.current_thread, lambda worker: seen.append((worker, threading.current_thread()))
    )
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert worker is not MAIN
    assert here is MAIN


def test_changes_run_one_at_a_time_in_order(background: Background, qtbot: QtBot) -> None:
    running, most = [0], [0]
    order: list[int] = []
    guard = threading.Lock()

    def change(number: int) -> int:
        with guard:
            running[0] += 1
            most[0] = max(most[0], running[0])
        threading.Event().wait(0.002)
        with guard:
            running[0] -= 1
        return number

    for number in range(20):
        background.run_change(lambda n=number: change(n), order.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))
    assert most == [1]


def test_a_slow_query_does_not_hold_a_change(background: Background, qtbot: QtBot) -> None:
    gate, done = threading.Event(), []
    background.run_query(gate.wait, lambda _opened: done.append("query"))
    background.run_change(lambda: None, lambda _nothing: done.append("change"))
    qtbot.waitUntil(lambda: done == ["change"])
    gate.set()
    qtbot.waitUntil(lambda: done == ["change", "query"])


def test_only_the_latest_answer_of_a_key_counts(background: Background, qtbot: QtBot) -> None:
    answers: list[str] = []
    gate = threading.Event()

    def old() -> str:
        gate.wait()
        return "old"

    background.run_query(old, answers.append, key="search")
    background.run_query(lambda: "new", answers.append, key="search")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: not background.busy())
    assert answers == ["new"]


def test_two_pages_with_one_key_each_get_their_answer(background: Background, qtbot: QtBot) -> None:
    """A page being put away once asked again and took the answer of the page that had come in its place."""
    answers: list[str] = []
    page, before = QObject(), QObject()
    gate = threading.Event()

    def asked(who: str) -> str:
        gate.wait()
        return who

    background.run_query(lambda: asked("new page"), answers.append, owner=page, key="founding")
    background.run_query(lambda: asked("old page"), answers.append, owner=before, key="founding")
    gate.set()
    qtbot.waitUntil(lambda: not background.busy())
    assert sorted(answers) == ["new page", "old page"]
    assert not background._latest, "what was answered is not remembered"


def test_an_error_goes_to_who_asked(
    background: Background, funnel: list[BaseException], qtbot: QtBot
) -> None:
    caught: list[BaseException] = []
    background.run_query(lambda: 1 // 0, lambda _n: None, caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], ZeroDivisionError)
    assert funnel == []


def test_an_error_nobody_takes_goes_to_the_funnel(
    background: Background, funnel: list[BaseException], qtbot: QtBot
) -> None:
    background.run_change(lambda: 1 // 0, lambda _n: None)
    qtbot.waitUntil(lambda: bool(funnel))
    assert isinstance(funnel[0], ZeroDivisionError)


def test_a_fault_in_an_answer_goes_to_the_funnel_too(
    background: Background, funnel: list[BaseException], qtbot: QtBot
) -> None:
    answers: list[int] = []
    background.run_query(lambda: 0, lambda n: answers.append(1 // n))
    qtbot.waitUntil(lambda: bool(funnel))
    assert isinstance(funnel[0], ZeroDivisionError)
    assert not background.busy()


def test_no_answer_for_who_is_gone(background: Background, qtbot: QtBot) -> None:
    answers: list[int] = []
    owner, gate = QObject(), threading.Event()
    background.run_query(lambda: gate.wait() and 1, answers.append, owner=owner)
    delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not background.busy())
    assert answers == []


def test_what_changed_is_gathered_and_told_on_the_main_thread(qapp: QApplication, qtbot: QtBot) -> None:
    told: list[tuple[frozenset[str], threading.Thread]] = []
    notifications = Notifications()
    notifications.listen(lambda areas: told.append((areas, threading.current_thread())))

    def post() -> None:
        notifications.post(frozenset({"copies"}))
        notifications.post(frozenset({"registers", "copies"}))

    thread = threading.Thread(target=post)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(frozenset({"copies", "registers"}), MAIN)]


def test_nothing_of_a_piece_of_work_stays_when_it_is_done(background: Background, qapp: QApplication) -> None:
    held: list[weakref.ref[Callable[[], int]]] = []

    def ask(run: Callable[..., None]) -> None:
        def work() -> int:
            return sum(range(200))

        held.append(weakref.ref(work))
        run(work, lambda _found: None)

    for _ in range(100):
        for _ in range(4):
            ask(background.run_query)
            ask(background.run_change)
        while background.busy():
            qapp.processEvents()
    assert background.finish()
    gc.collect()
    # The last piece of each of the three workers may lie in its frame until the next one comes.
    assert sum(one() is not None for one in held) <= 3


def test_finish_waits_for_what_runs_and_says_when_it_does_not_end(background: Background) -> None:
    gate = threading.Event()
    background.run_query(gate.wait, lambda _opened: None)
    assert not background.finish(1)
    gate.set()
    assert background.finish()
