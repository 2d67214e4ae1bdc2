"""Pictures of the dossier's page, the queues and the return of results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from counter_app.services.ports.dossiers import ActField, ActOffer, TimelineRow
from counter_app.ui.actions import Action
from tests.support.fakes.dossiers import FakeDossiers
from tests.support.pictures.stage import Stage

Take = Callable[..., Any]
MAIN = "dossiers"


def dossier_scenes(scene: Take) -> Iterator[Any]:
    """``scene`` makes one picture (screen, state, person, ports, main port ...)."""
    yield from _page(scene)
    yield from _queues(scene)


def _ports(**more: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {MAIN: FakeDossiers(**more)}


def _key(*keys: Qt.Key) -> Callable[[Stage], object]:
    def press(stage: Stage) -> None:
        for key in keys:
            stage.robot.key(key)
            stage.settle()

    return press


def _part(action: Action, *keys: Qt.Key) -> Callable[[Stage], object]:
    def act(stage: Stage) -> None:
        stage.window.takes_action(action)
        _key(*keys)(stage)

    return act


def _page(scene: Take) -> Iterator[Any]:
    day = FakeDossiers().day
    deciding, online, waiting, late = day.deciding, day.online, day.waiting, day.late
    down, enter = Qt.Key.Key_Down, Qt.Key.Key_Return
    yield scene("dossier", "day", "registrar", _ports(), MAIN, argument=deciding)
    yield scene("dossier", "empty", "registrar", _ports(), MAIN, argument=day.refused)
    yield scene("dossier", "loading", "registrar", _ports(), MAIN, argument=deciding)
    yield scene("dossier", "error", "registrar", _ports(), MAIN, argument=deciding)
    shut = "Chỉ xem: cần bản mới để xử lý tiếp"
    yield scene("dossier", "read-only", "registrar", _ports(read_only=shut), MAIN, argument=deciding)
    asked: dict[str, object] = {"state": "questioned", "sync": "asked"}
    yield scene("dossier", "asked", "registrar", _ports(changes=asked), MAIN, argument=deciding)
    contested = _contested(FakeDossiers())
    yield scene("dossier", "contested", "registrar", _ports(changes=contested), MAIN, argument=deciding)
    long = {"timeline": _long(FakeDossiers())}
    to_third = _key(Qt.Key.Key_Home, down, down)
    yield scene("dossier", "long", "registrar", _ports(changes=long), MAIN, argument=deciding, act=to_third)
    brought: dict[str, object] = {"acts": _bring(FakeDossiers())}
    ticks = _part(Action.PART_2, enter, enter, Qt.Key.Key_Space)
    yield scene("dossier", "bring", "clerk", _ports(changes=brought), MAIN, argument=waiting, act=ticks)
    locked: dict[str, object] = {"acts": _locked(FakeDossiers())}
    last = _part(Action.PART_2, Qt.Key.Key_End)
    yield scene("dossier", "locked", "clerk", _ports(changes=locked), MAIN, argument=deciding, act=last)
    for number, name in ((Qt.Key.Key_2, "facts"), (Qt.Key.Key_3, "papers"), (Qt.Key.Key_4, "forms")):
        yield scene("dossier", name, "registrar", _ports(), MAIN, argument=deciding, act=_key(number))
    copied = _key(Qt.Key.Key_5, Qt.Key.Key_Space, Qt.Key.Key_Space)
    yield scene("dossier", "other", "registrar", _ports(), MAIN, argument=deciding, act=copied)
    form = _part(Action.PART_2, enter)
    yield scene("dossier", "form", "registrar", _ports(), MAIN, argument=deciding, act=form)
    wrong = _part(Action.PART_2, down, enter, Qt.Key.Key_F9)
    yield scene("dossier", "wrong", "registrar", _ports(), MAIN, argument=deciding, act=wrong)
    yield scene("dossier", "online", "clerk", _ports(), MAIN, argument=online)
    yield scene("dossier", "waiting", "clerk", _ports(), MAIN, argument=waiting)
    why = _part(Action.EXPLAIN)
    yield scene("dossier", "late", "registrar", _ports(), MAIN, argument=late, act=why)


def _contested(port: FakeDossiers) -> dict[str, object]:
    rows = port.look(port.day.deciding).timeline
    second = replace(rows[-1], contested="Đã có kết quả khác ghi trước ở QUẦY-01; dòng này không tính.")
    return {"timeline": (*rows[:-1], second)}


def _long(port: FakeDossiers) -> tuple[TimelineRow, ...]:
    """A history whose third line no cell can hold."""
    rows = port.look(port.day.deciding).timeline
    words = "Bảo trợ xã hội, xin ý kiến về văn bản của người làm chứng và giấy cam đoan của người nộp; " * 2
    return (*rows[:2], replace(rows[2], words=words.rstrip("; ")), *rows[3:])


def _bring(port: FakeDossiers) -> tuple[ActOffer, ...]:
    """Papers of form 02 one by one, with the names that the catalogue has."""
    names = (
        "Giấy chứng sinh; không có Giấy chứng sinh thì nộp văn bản của người làm chứng việc sinh",
        "Văn bản của người làm chứng xác nhận việc sinh",
        "Tờ khai theo mẫu",
    )
    fields = tuple(ActField(f"paper:{row}", name, "tick") for row, name in enumerate(names))
    whole = (*fields, ActField("all", "Đã đủ giấy tờ", "tick"))
    return tuple(
        replace(act, fields=whole) if act.code == "bring" else act
        for act in port.look(port.day.waiting).acts
    )  # fmt: skip


def _locked(port: FakeDossiers) -> tuple[ActOffer, ...]:
    """Acts of a handler as a clerk of intake sees them."""
    why = "Lù Thị Mai không có quyền giải quyết hồ sơ."
    open_to_him = ("fee", "withdraw")
    return tuple(
        act if act.code in open_to_him else replace(act, why_not=why, fields=())
        for act in port.look(port.day.deciding).acts
    )  # fmt: skip


def _queues(scene: Take) -> Iterator[Any]:
    for screen, person in (("dossiers", "registrar"), ("online", "clerk")):
        yield scene(screen, "day", person, _ports(), MAIN)
        yield scene(screen, "empty", person, _ports(empty=True), MAIN)
        yield scene(screen, "loading", person, _ports(), MAIN)
        yield scene(screen, "error", person, _ports(), MAIN)
        yield scene(screen, "read-only", person, _ports(), MAIN, may_act=False)
    yield scene("dossiers", "unit", "registrar", _ports(), MAIN, act=_key(Qt.Key.Key_2))
    yield scene("dossiers", "online", "registrar", _ports(), MAIN, act=_key(Qt.Key.Key_6))
