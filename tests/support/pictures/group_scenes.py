"""Pictures of the page of groups: a list in the middle, empty, stopped half way, money at return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt

from counter_app.ui.actions import Action
from tests.support.fakes import groups, pen
from tests.support.pictures.stage import Stage

SCREEN, PERSON = "groups", "clerk"


def _ports(made: groups.FakeGroups) -> dict[str, Any]:
    return {"groups": made}


def _key(stage: Stage, *keys: Qt.Key) -> None:
    for key in keys:
        stage.robot.key(key)
        stage.settle()


def _mends(stage: Stage) -> None:
    """Ctrl+. to the first wrong line, Enter opens it at the wrong cell."""
    stage.view().table.setFocus()
    stage.window.takes_action(Action.NEXT_TASK)
    _key(stage, Qt.Key.Key_Return)


def _takes_money(stage: Stage) -> None:
    """Ctrl+4, Enter, the money the school gives."""
    stage.window.takes_action(Action.PART_4)
    _key(stage, Qt.Key.Key_Return)
    stage.robot.type("1000000")
    stage.settle()


def _prints_again(stage: Stage) -> None:
    stage.window.takes_action(Action.PART_4)
    _key(stage, Qt.Key.Key_P)


def _columns(stage: Stage) -> None:
    """A list whose columns say nothing."""
    head = "A\tB\tC\tD\n"
    people = map(groups.pupil, range(12))
    rows = "".join(f"{n}\tx\t{one.id_number}\t{one.birth}\n" for n, one in enumerate(people))
    stage.view().model.paste(head + rows)
    stage.settle()


def _gives_back(stage: Stage) -> None:
    """From the drawer of the group to that of its refund."""
    stage.view().taken_in.refunds.open(groups.HALF)
    stage.settle()


def group_scenes(scene: Callable[..., Any]) -> Iterator[Any]:
    """The scenes; ``scene`` makes one (``scenes.Scene``)."""
    yield scene(SCREEN, "day", PERSON, lambda: _ports(groups.sample()), SCREEN)
    yield scene(SCREEN, "empty", PERSON, lambda: _ports(groups.FakeGroups()), SCREEN)
    yield scene(SCREEN, "members", PERSON, lambda: _ports(groups.sample()), SCREEN, argument=groups.HALF)
    with_pen = {"groups": groups.sample(), "pen": pen.FakePen()}
    yield scene(SCREEN, "refund", PERSON, lambda: with_pen, SCREEN, act=_gives_back)
    yield scene(SCREEN, "loading", PERSON, lambda: _ports(groups.sample()), SCREEN)
    yield scene(SCREEN, "error", PERSON, lambda: _ports(groups.sample()), SCREEN)
    yield scene(SCREEN, "read-only", PERSON, lambda: _ports(groups.sample()), SCREEN, may_act=False)
    yield scene(SCREEN, "half", PERSON, lambda: _ports(groups.half_written()), SCREEN)
    yield scene(SCREEN, "mend", PERSON, lambda: _ports(groups.sample()), SCREEN, act=_mends)
    yield scene(SCREEN, "columns", PERSON, lambda: _ports(groups.FakeGroups()), SCREEN, act=_columns)
    yield scene(SCREEN, "money", PERSON, lambda: _ports(groups.FakeGroups()), SCREEN, act=_takes_money)
    yield scene(SCREEN, "again", PERSON, lambda: _ports(groups.FakeGroups()), SCREEN, act=_prints_again)
