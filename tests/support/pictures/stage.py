"""A window with the whole rail of a person, and made-up ports behind one of its screens."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports.exchange import OFFLINE, Pill
from counter_app.services.ports.program import Program
from counter_app.services.ports.session import CounterInfo, Session
from counter_app.services.session.permissions import SCREENS, permissions_of
from counter_app.ui.application import COVERS
from counter_app.ui.background import Background
from counter_app.ui.notifications import Notifications
from counter_app.ui.screens import ENTRIES, rail_for
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.shell.topbar import pill_state
from counter_app.ui.shell.window import Window
from counter_app.ui.theme import theme as themes
from sync.protocol.naming.ids import EntryId, Journal, Seq
from tests.support.fakes.copies import FakeCopies
from tests.support.fakes.exchange import MORNING, FakeExchange
from tests.support.fakes.home import FakeHome
from tests.support.fakes.printing import FakePapers
from tests.support.fakes.signing import FakeSigning
from tests.ui.robot import Robot

UNIT = "UBND xã Bình Lư"
PEOPLE = {
    "clerk": ("Lù Thị Mai", "Công chức một cửa", (roles.INTAKE, roles.CASHIER), "QUẦY-02"),
    "signer": ("Vàng Văn Thăng", "Phó Chủ tịch UBND", (roles.DIRECTOR, roles.SIGNATORY), "BÀN KÝ"),
    "head": ("Giàng A Chiến", "Chủ tịch", (roles.CHAIRMAN,), "QUẦY-01"),
    "registrar": ("Lò Thị Hoa", "Tư pháp - hộ tịch", (roles.REGISTRAR,), "QUẦY-01"),
    "technician": ("Lê Quốc Hùng", "Kỹ thuật viên", (roles.TECHNICIAN,), "QUẦY-02"),
    "onlooker": ("Trần Văn Kiểm", "Kiểm tra", (roles.INSPECTOR,), "QUẦY-02"),
}
"""Practice people (tập huấn) as they sit down: name, title, roles, counter."""
BROKEN = DomainError(
    "Không đọc được kho dữ liệu.", "Việc đã lưu vẫn còn nguyên.", "Nhấn F5 để thử lại.", code="store.read",
    title_en="The store cannot be read.", remedy_en="Press F5 to try again.",
)  # fmt: skip


class Slow:
    """A port whose every answer waits until ``go`` is set."""

    def __init__(self, port: Any) -> None:
        self._port, self.go = port, threading.Event()

    def __getattr__(self, name: str) -> Any:
        wanted, go = getattr(self._port, name), self.go

        def waits(*arguments: Any, **named: Any) -> Any:
            go.wait(20)
            return wanted(*arguments, **named)

        return waits if callable(wanted) else wanted


class Failing:
    """A port whose every question fails in words."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Any:
        def fails(*_arguments: Any, **_named: Any) -> Any:
            raise BROKEN

        return fails if callable(getattr(self._port, name)) else getattr(self._port, name)


def session_of(person: str, *, may_act: bool = True) -> Session:
    """Who sits there; without ``may_act`` he has the screens and none of the acts."""
    name, title, his_roles, _ = PEOPLE[person]
    official = OfficialState(EntryId(Journal(257), Seq(1)), name, title, his_roles, b"", person)
    permissions = permissions_of(official) if may_act else frozenset(SCREENS)
    return Session(official.id, name, title, his_roles, permissions, MORNING, 10)


TURNS = 6
"""Gathered notifications come a turn later, what they ask another; lists make room in turns of their own."""


def until_idle(background: Background, rounds: int = 200, milliseconds: int = 20_000) -> None:
    """Turns the event loop until every answer has come; a real loop leaves the workers their time."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(rounds):
        for _ in range(TURNS):
            app.processEvents()
        if not background.busy():
            return
        loop, timer = QEventLoop(), QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        background.idle.connect(loop.quit)
        timer.start(milliseconds)
        loop.exec()
        background.idle.disconnect(loop.quit)
        assert timer.isActive(), "the workers did not come to rest"
    raise AssertionError("every answer asks again")


@dataclass
class Stage:
    """One picture's window; ``close`` takes it down."""

    app: QApplication
    person: str
    ports: dict[str, Any]
    pill: Pill = field(default_factory=lambda: Pill(OFFLINE, "Ngoại tuyến · 14 chưa ở tỉnh", 3))
    may_act: bool = True
    practice: bool = False

    def __post_init__(self) -> None:
        """The frame with rail, badges and pills; no screen's data is read yet."""
        self.errors: list[BaseException] = []
        self.window, self.background = Window(), Background(self.errors.append)
        session = session_of(self.person, may_act=self.may_act)
        counter = CounterInfo("00000", UNIT, UNIT, PEOPLE[self.person][3], 2, self.practice)
        common = {"home": FakeHome(), "papers": FakePapers(), "copies": FakeCopies(),
                  "exchange": FakeExchange(), "signing": FakeSigning()}  # fmt: skip
        ports = {**common, **self.ports}
        program = SimpleNamespace(now=lambda: MORNING, percent_read=lambda: 100, **ports)
        context = ScreenContext(
            program=cast(Program, program),
            background=self.background,
            notifications=Notifications(),
            shell=self.window,
            theme=themes.current(),
            session=session,
            counter=counter,
        )
        self.context = context
        allowed = [e for e in ENTRIES if e.name not in COVERS and context.may(e.permission)]
        rail = rail_for(allowed, session.permissions, frozenset(session.roles))
        self.window._context, self.window._entries = context, {entry.name: entry for entry in allowed}
        self.window.rail.show_entries(rail)
        self.window.rail.show_unit(f"{UNIT} · {counter.counter_name}")
        self.window.rail.person.show_person(session.name, session.title)
        self.window.show_badges(
            {"home": 2, "online": 1, "handover": 12, "signing": 6, "sync": 3, "prints": 2}
        )
        self.window.top.show_sync(pill_state(self.pill))
        self.window.top.show_tasks(self.pill.tasks)
        self.window.legend.show_time("Thứ Sáu, 20/11/2026 · 10:41")
        self.robot = Robot(self.app, self.window)

    def show(self, screen: str, argument: object, size: tuple[int, int]) -> None:
        """Brings a screen to the front at a size."""
        self.stand(size)
        self.window.open_screen(screen, argument)

    def stand(self, size: tuple[int, int]) -> None:
        """The window on the (offscreen) screen, with the keyboard."""
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def view(self) -> Any:
        """The screen in front."""
        return self.window.current_view()

    def settle(self) -> None:
        """Waits until nothing is asked any more."""
        until_idle(self.background)

    def picture(self) -> QImage:
        """What stands on the screen now."""
        self.app.processEvents()
        return self.window.grab().toImage()

    def close(self) -> None:
        """Lets waiting answers go and takes the window down."""
        for port in self.ports.values():
            if isinstance(port, Slow):
                port.go.set()
        self.settle()
        self.robot.leave()
        self.window.close()
        self.background.finish()
        self.window.deleteLater()
        self.app.processEvents()
